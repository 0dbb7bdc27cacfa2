package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// MaxDigest is how many answers a digest may have: so many numbers below that of its update are its own.
const MaxDigest = 127

// DigestDue is the content of an update that says that it is time for a digest: {"digest": {...}}. The journal makes these
// updates itself, with negative numbers. Telegram's are positive, so that none of its can be one.
type DigestDue struct {
	// Person is whose digest it is; his private chat has the same number.
	Person int64 `json:"person"`
	// Day is the one that it is for, as yyyy-mm-dd.
	Day string `json:"day"`
	// Language is that of the person's app.
	Language text.Language `json:"language"`
}

// DueDigests commits that digests are due, at most limit of them, and returns the new updates, which are in the inbox. In
// the same transaction the day of each is settled: whatever happens, none is due twice.
//
// day is called for everybody who follows something and whose last settled day is another than today, as yyyy-mm-dd. It
// returns the day whose digest is due now, "" for none. For a person who has blocked the bot the day is settled without an
// update.
func (j *Journal) DueDigests(ctx context.Context, today string, limit int, day func(Follower) string) (fresh []Update, err error) {
	now := j.now()
	err = database.Update(ctx, j.db, func(tx *sql.Tx) error {
		list, err := dueFollowers(ctx, tx, today, limit, day)
		if err != nil {
			return err
		}
		for _, due := range list {
			u, err := settle(ctx, tx, due)
			if err != nil {
				return err
			}
			made, err := receive(ctx, tx, u, now)
			if err != nil {
				return err
			}
			fresh = append(fresh, made...)
		}
		return nil
	})
	if err != nil {
		return nil, wrap(err, "look for digests that are due")
	}
	return fresh, nil
}

// A dueFollower is somebody whose digest is due.
type dueFollower struct {
	DigestDue
	blocked bool
}

func dueFollowers(ctx context.Context, tx *sql.Tx, today string, limit int, day func(Follower) string) (list []dueFollower, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT person, language, hour, day,
		EXISTS (SELECT 1 FROM chat WHERE id = person AND blocked_at IS NOT NULL) FROM follower WHERE day != ? ORDER BY day, person`, today)
	if err != nil {
		return nil, err
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var blocked bool
		f, err := follower(func(dest ...any) error { return rows.Scan(append(dest, &blocked)...) })
		if err != nil || len(list) == limit {
			return err
		}
		if d := day(f); d != "" {
			list = append(list, dueFollower{DigestDue{f.Person, d, f.Language}, blocked})
		}
		return nil
	})
	return list, err
}

// settle keeps that the digest of a day is settled, and returns the update that says it is due; none for who has blocked
// the bot.
func settle(ctx context.Context, tx *sql.Tx, due dueFollower) ([]Update, error) {
	if _, err := tx.ExecContext(ctx, "UPDATE follower SET day = ? WHERE person = ?", due.Day, due.Person); err != nil || due.blocked {
		return nil, err
	}
	raw, err := json.Marshal(map[string]DigestDue{"digest": due.DigestDue})
	if err != nil {
		return nil, err
	}
	u := Update{Raw: raw}
	err = scan(tx.QueryRowContext(ctx, "UPDATE digest_number SET last = last - ? RETURNING last", MaxDigest+1), &u.ID)
	return []Update{u}, err
}

// Digest is what a digest has been found to hold.
type Digest struct {
	// Update is the number of the update that says that it is due, Person whose it is.
	Update, Person int64
	// Answers are its answers, at most MaxDigest; KeepDigest gives them the numbers below that of the update, in order, as
	// their Update.
	Answers []Answer
	// Told are the IDs of the articles that it tells of.
	Told []string
	// Asked are the IDs of the subscriptions of which all that came in until Until was looked through.
	Asked []int64
	Until time.Time
}

// KeepDigest keeps what a digest holds, in one transaction: its answers, what the person is told of by it, and how far his
// subscriptions were looked through. It returns the keys of the answers. Nothing of an answer makes the next question go
// on from it, unless that replies to it. The error wraps ErrTaken when the digest is kept already.
func (j *Journal) KeepDigest(ctx context.Context, d Digest) (keys []string, err error) {
	err = bounded("digest", len(d.Answers), MaxDigest)
	for i := range d.Answers {
		d.Answers[i].Update = d.Update - int64(i) - 1
		err = errors.Join(err, d.Answers[i].bounded())
	}
	if err == nil {
		err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
			keys, err = d.keep(ctx, tx, j.now())
			return err
		})
	}
	return keys, wrap(err, "keep digest %d", d.Update)
}

func (d *Digest) keep(ctx context.Context, tx *sql.Tx, now time.Time) (keys []string, err error) {
	n, err := affected(tx.ExecContext(ctx, "INSERT OR IGNORE INTO digest VALUES (?, ?, ?)", d.Update, len(d.Answers), now.UnixMilli()))
	if err == nil && n == 0 {
		err = ErrTaken
	}
	if err != nil {
		return nil, err
	}
	for _, a := range d.Answers {
		key, err := keepAnswer(ctx, tx, a, now)
		if err == nil {
			_, err = tx.ExecContext(ctx, "UPDATE answer SET closed = id WHERE id = ?", a.Update)
		}
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	for _, article := range d.Told {
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO told VALUES (?, ?, ?)", d.Person, article, now.UnixMilli()); err != nil {
			return nil, err
		}
	}
	for _, id := range d.Asked {
		const query = "UPDATE subscription SET asked = max(asked, ?) WHERE id = ? AND person = ?"
		if _, err := tx.ExecContext(ctx, query, d.Until.UnixMilli(), id, d.Person); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// DigestAnswers returns how many answers a digest has, which are those to the updates with the numbers below its own. The
// error wraps ErrNotFound when it is not kept what it holds.
func (j *Journal) DigestAnswers(ctx context.Context, update int64) (n int, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT answers FROM digest WHERE id = ?", update), &n)
	return n, wrap(err, "read digest %d", update)
}

// Told returns the IDs of the articles that digests have told a person of, the last ones first.
func (j *Journal) Told(ctx context.Context, person int64) (articles []string, err error) {
	rows, err := j.db.QueryContext(ctx, "SELECT article FROM told WHERE person = ? ORDER BY at DESC, article", person)
	if err == nil {
		articles, err = database.Column[string](rows)
	}
	return articles, wrap(database.Explain(err), "list what a person was told of")
}
