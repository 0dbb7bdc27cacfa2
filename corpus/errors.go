package corpus

import (
	"errors"
	"fmt"
	"io/fs"

	"newsbot/corpus/database"
)

// Errors a caller branches on. The errors returned wrap them and say more: test with errors.Is.
var (
	// ErrNotFound: the store has no such article. It wraps fs.ErrNotExist.
	ErrNotFound = fmt.Errorf("no such article: %w", fs.ErrNotExist)
	// ErrDuplicate: another article has the same text or link; a [DuplicateError] says which.
	ErrDuplicate = errors.New("another article has the same text or link")
	// ErrEmpty: an article's body holds no word.
	ErrEmpty = errors.New("the article has no text")
	// ErrTooLarge: an article's body is longer than MaxBody.
	ErrTooLarge = errors.New("the article is too large")
	// ErrReadOnly: a write was asked of a store opened with Config.ReadOnly. It wraps fs.ErrPermission.
	ErrReadOnly = fmt.Errorf("the store is open for reading only: %w", fs.ErrPermission)
	// ErrNewer: the folder was written by a newer version of the program.
	ErrNewer = database.ErrNewer
	// ErrOlder: the folder was written by an older version of the program, and only opening it for writing brings it up to
	// date.
	ErrOlder = database.ErrOlder
	// ErrDamaged: the store's file is not a store, or is damaged.
	ErrDamaged = database.ErrDamaged
	// ErrFull: there is no room left to write. Nothing of the write was kept.
	ErrFull = database.ErrFull
	// ErrBusy: other processes kept the store for longer than the store waits (30 seconds).
	ErrBusy = database.ErrBusy
	// ErrNoVector: a word of an article has no vector. Ask UnknownWords again.
	ErrNoVector = errors.New("the word has no vector")
	// ErrTooOld: the change log no longer reaches back, or never reached, to the place asked for.
	ErrTooOld = errors.New("the change log does not reach that far: read everything again")
	// ErrLocked: another process, or another Lock of this one, holds the lock.
	ErrLocked = errors.New("locked")
)

// DuplicateError says which article has the same text or link as one that was to be changed or brought back. It wraps
// ErrDuplicate.
type DuplicateError struct{ ID string }

func (e *DuplicateError) Error() string { return "article " + e.ID + " has the same text or link" }

// Unwrap returns ErrDuplicate.
func (e *DuplicateError) Unwrap() error { return ErrDuplicate }
