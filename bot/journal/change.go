package journal

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// MaxBefore is the size in bytes of the largest Before KeepChange takes: 32 MiB, which every article has room in.
const MaxBefore = 32 << 20

// maxName bounds what should be a short name, in bytes.
const maxName = 256

// Change is something done to an article that can be undone.
type Change struct {
	// Key is 10 characters of [a-z2-7] that nobody can guess; KeepChange ignores it.
	Key string
	// Update is the number of the update that asked for it, Person who did.
	Update, Person int64
	// Article is the ID of the article, at most 256 bytes.
	Article string
	// Before is the article as it was, and what NoteChange adds to that, in the caller's own form, at most MaxBefore bytes;
	// nil when it was not there; an empty one is as good as nil.
	Before []byte
	// At is when; UTC, milliseconds. KeepChange fills in a zero one.
	At time.Time
}

// KeepChange keeps a change for 24 hours and returns it with a key. For an update that has a change already it keeps
// nothing and returns that one: when an update is handled again, what was there before is no longer what is there.
// Call it before the change is made.
func (j *Journal) KeepChange(ctx context.Context, c Change) (Change, error) {
	if err := c.bounded(); err != nil {
		return Change{}, fmt.Errorf("keep the change of update %d: %w", c.Update, err)
	}
	if c.At.IsZero() {
		c.At = j.now()
	}
	var before any
	if len(c.Before) > 0 {
		before = c.Before
	}
	var kept Change
	err := database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		_, err = tx.ExecContext(ctx, `INSERT INTO change (id, key, person, article, before, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO NOTHING`, c.Update, newKey(), c.Person, c.Article, before, c.At.UnixMilli())
		if err != nil {
			return err
		}
		kept, err = scanChange(tx.QueryRowContext(ctx, selectChange+"WHERE id = ?", c.Update))
		return err
	})
	return kept, wrap(err, "keep the change of update %d", c.Update)
}

// ChangeOf returns the change that an update has made. The error wraps ErrNotFound when there is none, or none any more.
func (j *Journal) ChangeOf(ctx context.Context, update int64) (Change, error) {
	c, err := scanChange(j.db.QueryRowContext(ctx, selectChange+"WHERE id = ?", update))
	return c, wrap(err, "read the change of update %d", update)
}

// NoteChange puts what is known of a change once it is made in place of its Before. An unknown key is no error.
func (j *Journal) NoteChange(ctx context.Context, key string, before []byte) error {
	err := bounded("article", len(before), MaxBefore)
	if err == nil {
		_, err = j.exec(ctx, "UPDATE change SET before = ? WHERE key = ?", before, key)
	}
	return wrap(err, "note what a change has made")
}

// ReturnChange takes TakeChange back: the change can be undone by another update. An unknown key is no error.
func (j *Journal) ReturnChange(ctx context.Context, key string) error {
	_, err := j.exec(ctx, "UPDATE change SET taken = NULL WHERE key = ?", key)
	return wrap(err, "return a change")
}

func (c *Change) bounded() error {
	if err := bounded("name of an article", len(c.Article), maxName); err != nil {
		return err
	}
	return bounded("article", len(c.Before), MaxBefore)
}

// TakeChange returns the change with a key, to be undone by an update: no other one gets it then, but the same one still
// does when it is handled again. The error wraps ErrNotFound when there is no such change, or none any more, and is
// ErrLater when a later change of an article that was there before has not been undone.
func (j *Journal) TakeChange(ctx context.Context, key string, update int64) (Change, error) {
	var c Change
	err := database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		c, err = scanChange(tx.QueryRowContext(ctx, selectChange+"WHERE key = ? AND coalesce(taken, ?2) = ?2", key, update))
		if err != nil {
			return err
		}
		if err := latest(ctx, tx, c); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE change SET taken = ? WHERE key = ?", update, key)
		return err
	})
	if err != nil {
		return Change{}, wrap(err, "take a change")
	}
	return c, nil
}

// LastChange returns the last change of a person that is not undone, or that update has undone, when it is handled again.
// TakeChange takes it. The error wraps ErrNotFound when there is none, or none any more.
func (j *Journal) LastChange(ctx context.Context, person, update int64) (Change, error) {
	// Numbers of updates count upward, and those of a terminal's events downward from 0.
	c, err := scanChange(j.db.QueryRowContext(ctx, selectChange+`WHERE person = ?1 AND at >= ?2 AND coalesce(taken, ?3) = ?3
		ORDER BY taken IS NULL, at DESC, abs(id) DESC LIMIT 1`, person, j.now().Add(-changeKept).UnixMilli(), update))
	return c, wrap(err, "read the last change for update %d", update)
}

// latest returns ErrLater when c is not the last change of its article. To undo the first one, which brought it, undoes
// all of them.
func latest(ctx context.Context, tx *sql.Tx, c Change) error {
	if c.Before == nil {
		return nil
	}
	var later bool
	row := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM change WHERE article = ? AND at > ? AND taken IS NULL)",
		c.Article, c.At.UnixMilli())
	if err := row.Scan(&later); err != nil {
		return err
	}
	if later {
		return ErrLater
	}
	return nil
}

// DropChange forgets a change that was none. An unknown key is no error.
func (j *Journal) DropChange(ctx context.Context, key string) error {
	_, err := j.exec(ctx, "DELETE FROM change WHERE key = ?", key)
	return wrap(err, "drop a change")
}

const selectChange = "SELECT key, id, person, article, before, at FROM change "

func scanChange(row *sql.Row) (Change, error) {
	var c Change
	var at int64
	if err := scan(row, &c.Key, &c.Update, &c.Person, &c.Article, &c.Before, &at); err != nil {
		return Change{}, err
	}
	c.At = fromMillis(at)
	return c, nil
}
