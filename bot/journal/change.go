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
	// Before is the article as it was, in the caller's own form, at most MaxBefore bytes; nil when it was not there;
	// an empty one is as good as nil.
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

func (c *Change) bounded() error {
	if err := bounded("name of an article", len(c.Article), maxName); err != nil {
		return err
	}
	return bounded("article", len(c.Before), MaxBefore)
}

// Change returns the change with a key. A key comes from outside: compare the change's Person with the one who sent it.
// The error wraps ErrNotFound when there is none, or none any more.
func (j *Journal) Change(ctx context.Context, key string) (Change, error) {
	c, err := scanChange(j.db.QueryRowContext(ctx, selectChange+"WHERE key = ?", key))
	return c, wrap(err, "read a change")
}

// DropChange forgets a change that has been undone. An unknown key is no error.
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
