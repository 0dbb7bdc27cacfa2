package journal

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// MaxRaw is the size in bytes of the largest update Receive takes: 4 MiB. Telegram's are a few kilobytes.
const MaxRaw = 4 << 20

// Update is one update as Telegram delivered it, on its way to being answered.
type Update struct {
	// ID is Telegram's number.
	ID int64
	// Raw is the update itself, at most MaxRaw bytes. It may hold what a person wrote.
	Raw []byte
	// Received is when it arrived; UTC, milliseconds. Receive fills in a zero one.
	Received time.Time
	// Sent is how many messages of its answer are out; Receive ignores it.
	Sent int
	// Tries is how often Retry was called for it; Receive ignores it.
	Tries int
}

// Receive commits updates, in the order given, in one transaction, and returns those to be handled. Left out are those
// whose ID is known already: they were delivered again, and are done or being handled.
//
// An update longer than MaxRaw is an error wrapping ErrTooLarge that names it, and then none is stored.
func (j *Journal) Receive(ctx context.Context, updates []Update) (fresh []Update, err error) {
	now := j.now()
	for _, u := range updates {
		if err := bounded("update", len(u.Raw), MaxRaw); err != nil {
			return nil, fmt.Errorf("receive update %d: %w", u.ID, err)
		}
	}
	if len(updates) == 0 { // most polls end like this
		return nil, nil
	}
	err = database.Update(ctx, j.db, func(tx *sql.Tx) error {
		fresh, err = receive(ctx, tx, updates, now)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("receive %d updates: %w", len(updates), err)
	}
	return fresh, nil
}

func receive(ctx context.Context, tx *sql.Tx, updates []Update, now time.Time) (fresh []Update, err error) {
	for _, u := range updates {
		if u.Received.IsZero() {
			u.Received = now
		}
		at := u.Received.UnixMilli()
		res, err := tx.ExecContext(ctx, `INSERT INTO inbox (id, raw, received, sent, tries) VALUES (?, ?, ?, 0, 0)
			ON CONFLICT DO NOTHING`, u.ID, notNull(u.Raw), at)
		if err != nil {
			return nil, err
		}
		switch n, err := res.RowsAffected(); {
		case err != nil:
			return nil, err
		case n == 1:
			fresh = append(fresh, Update{ID: u.ID, Raw: u.Raw, Received: fromMillis(at)})
		}
	}
	return fresh, nil
}

const selectUnfinished = "SELECT id, raw, received, sent, tries FROM inbox WHERE done IS NULL "

// Update returns an update that is not done. The error wraps ErrNotFound when it is unknown or done.
func (j *Journal) Update(ctx context.Context, id int64) (Update, error) {
	u, err := scanUpdate(func(dest ...any) error {
		return scan(j.db.QueryRowContext(ctx, selectUnfinished+"AND id = ?", id), dest...)
	})
	return u, wrap(err, "read update %d", id)
}

// EachUnfinished calls fn for each update that is not done, in the order received, until fn returns an error, which it
// wraps. At the start they are those that an earlier run of the program was stopped in the middle of, or never came to.
// One is in memory at a time. The journal waits meanwhile: fn must not call it.
func (j *Journal) EachUnfinished(ctx context.Context, fn func(Update) error) error {
	rows, err := j.db.QueryContext(ctx, selectUnfinished+"ORDER BY seq")
	if err == nil {
		err = database.ForRows(rows, func(rows *sql.Rows) error {
			u, err := scanUpdate(rows.Scan)
			if err != nil {
				return err
			}
			return fn(u)
		})
	}
	return wrap(database.Explain(err), "read the unfinished updates")
}

func scanUpdate(scan func(dest ...any) error) (u Update, err error) {
	var received int64
	if err := scan(&u.ID, &u.Raw, &received, &u.Sent, &u.Tries); err != nil {
		return Update{}, err
	}
	u.Received = fromMillis(received)
	return u, nil
}

// Backlog returns how many updates are not done.
func (j *Journal) Backlog(ctx context.Context) (n int, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT count(*) FROM inbox WHERE done IS NULL"), &n)
	return n, wrap(err, "count the unfinished updates")
}

// Retry commits that an unfinished update is begun again after a stop, and returns how often it has been, this time
// included: one that kills the program every time can be given up. The error wraps ErrNotFound when the update is
// unknown or done.
func (j *Journal) Retry(ctx context.Context, id int64) (tries int, err error) {
	err = database.Update(ctx, j.db, func(tx *sql.Tx) error {
		const query = "UPDATE inbox SET tries = tries + 1 WHERE id = ? AND done IS NULL RETURNING tries"
		return scan(tx.QueryRowContext(ctx, query, id), &tries)
	})
	return tries, wrap(err, "try update %d again", id)
}

// Sent commits that the first n messages of an update's answer are out; a smaller n than before changes nothing. message
// is the number that Telegram gave to the one just sent, 0 when that is not known or when it went to another chat: an
// answer kept for the update remembers the first. Call it before the next message is sent, and for the last message call
// Done alone. The error wraps ErrNotFound when the update is unknown or done.
func (j *Journal) Sent(ctx context.Context, id int64, n, message int) error {
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		changed, err := affected(tx.ExecContext(ctx, "UPDATE inbox SET sent = max(sent, ?) WHERE id = ? AND done IS NULL", n, id))
		if err == nil && changed == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		return replied(ctx, tx, id, message)
	})
	return wrap(err, "note %d messages sent for update %d", n, id)
}

// Done commits that an update needs nothing more: its whole answer is out, or it is given up. message is the number of
// the last message, as for Sent. The update's content is erased; its number stays for 48 hours, so that the update is
// known when it is delivered again. To call it again, or for an unknown update, is no error.
//
// with are other updates that the same answer is for: in the same transaction they are done, too.
func (j *Journal) Done(ctx context.Context, id int64, message int, with ...int64) error {
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		for _, other := range with {
			if _, err := finish(ctx, tx, other, j.now()); err != nil {
				return err
			}
		}
		changed, err := finish(ctx, tx, id, j.now())
		if err != nil || changed == 0 {
			return err
		}
		return replied(ctx, tx, id, message)
	})
	return wrap(err, "finish update %d", id)
}

// Pass is Done for updates that are passed over without an answer, in one transaction.
func (j *Journal) Pass(ctx context.Context, ids ...int64) error {
	if len(ids) == 0 {
		return nil
	}
	now := j.now()
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := finish(ctx, tx, id, now); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap(err, "pass over %d updates", len(ids))
}

// finish erases the content of an update.
func finish(ctx context.Context, tx *sql.Tx, id int64, now time.Time) (changed int64, err error) {
	return affected(tx.ExecContext(ctx, "UPDATE inbox SET raw = x'', done = ? WHERE id = ? AND done IS NULL", now.UnixMilli(), id))
}

// replied notes which message an answer begins with.
func replied(ctx context.Context, tx *sql.Tx, id int64, message int) error {
	if message == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE answer SET reply = ? WHERE id = ? AND reply = 0", message, id)
	return err
}

// affected returns how many rows a statement has changed.
func affected(res sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
