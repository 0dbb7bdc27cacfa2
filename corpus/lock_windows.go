package corpus

import (
	"errors"
	"math"
	"os"

	"golang.org/x/sys/windows"
)

// lockFile takes the lock or returns ErrLocked. The kernel gives it up when the file is closed or the process ends.
// What is locked is a byte far behind the end, because others must be able to read the holder's number.
func lockFile(f *os.File, h hold) error {
	flags := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if h == exclusive {
		flags |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	place := &windows.Overlapped{Offset: math.MaxUint32, OffsetHigh: math.MaxInt32}
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, place)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrLocked
	}
	return err
}
