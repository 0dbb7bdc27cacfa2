package database

import (
	"errors"
	"fmt"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors a caller branches on. The errors returned wrap them and say more: test with errors.Is.
var (
	// ErrNewer: the file was written by a newer version of the program.
	ErrNewer = errors.New("the folder was written by a newer newsbot")
	// ErrOlder: the file was written by an older version of the program, and only opening it for writing brings it up to
	// date.
	ErrOlder = errors.New("the folder was written by an older newsbot")
	// ErrDamaged: the file is not what it should be, or is damaged.
	ErrDamaged = errors.New("not a newsbot store, or damaged: move the file away, or put a copy back")
	// ErrFull: there is no room left to write. Nothing of the write was kept.
	ErrFull = errors.New("no room left on the disk, nothing was changed")
	// ErrBusy: other processes kept the file for longer than a connection waits (30 seconds).
	ErrBusy = errors.New("another process is busy writing: try again")
)

// Explain puts one of the errors above in front of what SQLite reports, where one fits, and returns any other error,
// nil too and one that is explained already, as it is.
func Explain(err error) error {
	for _, explained := range []error{ErrFull, ErrBusy, ErrDamaged} {
		if errors.Is(err, explained) {
			return err
		}
	}
	if full(err) {
		return fmt.Errorf("%w (%w)", ErrFull, err)
	}
	switch resultCode(err) {
	case sqlite3.SQLITE_BUSY:
		return fmt.Errorf("%w (%w)", ErrBusy, err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	return err
}

// full reports whether there was no room to write. The file that connections share is written through memory, and reports
// that in its own way.
func full(err error) bool {
	var e *sqlite.Error
	return errors.Is(err, syscall.ENOSPC) || errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_FULL || e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE)
}

// CannotCreate reports whether SQLite could not make the files that even a reader needs beside the one it reads.
func CannotCreate(err error) bool {
	code := resultCode(err)
	return code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY
}

// resultCode is the primary result code of an error from SQLite, and 0 for any other.
func resultCode(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}
