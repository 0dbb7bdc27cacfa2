//go:build !windows && (!unix || solaris || illumos || aix)

package corpus

import (
	"errors"
	"os"
)

// lockFile refuses: a lock that does not exclude would be worse than none.
func lockFile(*os.File, hold) error { return errors.ErrUnsupported }
