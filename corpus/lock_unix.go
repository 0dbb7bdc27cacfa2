//go:build unix && !solaris && !illumos && !aix

package corpus

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lockFile takes the lock or returns ErrLocked. The kernel gives it up when the file is closed or the process ends.
func lockFile(f *os.File, h hold) error {
	how := unix.LOCK_EX
	if h == shared {
		how = unix.LOCK_SH
	}
	for {
		err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.EWOULDBLOCK):
			return ErrLocked
		}
		return err
	}
}
