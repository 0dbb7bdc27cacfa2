package corpus

import (
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors a caller branches on. The errors returned wrap them and say more: test with errors.Is.
var (
	// ErrNotFound: the store has no such article. It wraps fs.ErrNotExist.
	ErrNotFound = fmt.Errorf("no such article: %w", fs.ErrNotExist)
	// ErrEmpty: an article's body holds no word.
	ErrEmpty = errors.New("the article has no text")
	// ErrTooLarge: an article's body is longer than MaxBody.
	ErrTooLarge = errors.New("the article is too large")
	// ErrReadOnly: a write was asked of a store opened with Config.ReadOnly. It wraps fs.ErrPermission.
	ErrReadOnly = fmt.Errorf("the store is open for reading only: %w", fs.ErrPermission)
	// ErrNewer: the folder was written by a newer version of the program.
	ErrNewer = errors.New("the folder was written by a newer newsbot")
	// ErrDamaged: the store's file is not a store, or is damaged.
	ErrDamaged = errors.New("not a newsbot store, or damaged: move the file away, or put a copy back")
	// ErrFull: there is no room left to write. Nothing of the write was kept.
	ErrFull = errors.New("no room left on the disk, nothing was changed")
	// ErrBusy: other processes kept the store for longer than the store waits (30 seconds).
	ErrBusy = errors.New("another process is busy writing: try again")
	// ErrTooOld: the change log no longer reaches back, or never reached, to the place asked for.
	ErrTooOld = errors.New("the change log does not reach that far: read everything again")
	// ErrLocked: another process, or another Lock of this one, holds the lock.
	ErrLocked = errors.New("locked")
)

// explain puts one of the errors above in front of what SQLite reports, where one fits.
func explain(err error) error {
	switch resultCode(err) {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w (%w)", ErrFull, err)
	case sqlite3.SQLITE_BUSY:
		return fmt.Errorf("%w (%w)", ErrBusy, err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	return err
}

// resultCode is the primary result code of an error from SQLite, and 0 for any other.
func resultCode(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}
