package journal

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// MaxTopic is the size in bytes of the longest words Follow takes: 1 KiB.
const MaxTopic = 1 << 10

// ErrMany is the error of Follow for somebody who follows as much as he may.
var ErrMany = errors.New("no more can be followed")

// Subscription is a topic that a person follows.
type Subscription struct {
	// ID is its number, which no other one gets; the journal gives it.
	ID int64
	// Person is who follows it, N his own number for it: the smallest from 1 that was free. The journal gives it.
	Person int64
	N      int
	// Words are the topic and Folded the same as words are compared, at most MaxTopic bytes each.
	Words, Folded string
	// Since is when it was followed; UTC, milliseconds. What came in before is no news.
	Since time.Time
	// Asked is until when all that came in was looked through; Since at first.
	Asked time.Time
	// Update is the number of the update that made it.
	Update int64
}

// Follower is somebody who follows something.
type Follower struct {
	Person int64
	// Language is that of the person's app.
	Language text.Language
	// Hour is when the digest comes, 0 to 23, where the bot's people are.
	Hour int
	// Day is the last one whose digest is settled, as yyyy-mm-dd; "" for none.
	Day string
}

// Follow keeps that a person follows a topic and returns what is kept: it is this update's when its Update is the same, as
// it still is when the update is handled again; else the topic was followed before. The hour and the day of one who
// follows something already stay as they are. The error wraps ErrMany when he follows most topics.
func (j *Journal) Follow(ctx context.Context, f Follower, s Subscription, most int) (kept Subscription, err error) {
	if err = bounded("topic", max(len(s.Words), len(s.Folded)), MaxTopic); err == nil {
		err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
			kept, err = follow(ctx, tx, f, s, most)
			return err
		})
	}
	return kept, wrap(err, "follow what update %d says", s.Update)
}

func follow(ctx context.Context, tx *sql.Tx, f Follower, s Subscription, most int) (Subscription, error) {
	_, err := tx.ExecContext(ctx, `INSERT INTO follower (person, language, hour, day) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET language = excluded.language`, f.Person, string(f.Language), f.Hour, f.Day)
	if err != nil {
		return Subscription{}, err
	}
	list, err := subscriptions(ctx, tx, f.Person)
	if err != nil {
		return Subscription{}, err
	}
	s.Person, s.N = f.Person, 1
	for _, other := range list { // in the order of their numbers
		if other.Folded == s.Folded {
			return other, nil
		}
		if other.N == s.N {
			s.N++
		}
	}
	if len(list) >= most {
		return Subscription{}, ErrMany
	}
	at := s.Since.UnixMilli()
	s.Since, s.Asked = fromMillis(at), fromMillis(at)
	return s, scan(tx.QueryRowContext(ctx, `INSERT INTO subscription (person, n, words, folded, since, asked, made_by)
		VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`, s.Person, s.N, s.Words, s.Folded, at, at, s.Update), &s.ID)
}

// Following returns what a person follows, in the order of his numbers, and when he is told of it. The Follower is the
// zero one when he follows nothing.
func (j *Journal) Following(ctx context.Context, person int64) (f Follower, list []Subscription, err error) {
	err = database.View(ctx, j.db, func(tx *sql.Tx) error {
		if list, err = subscriptions(ctx, tx, person); err != nil || len(list) == 0 {
			return err
		}
		f, err = follower(tx.QueryRowContext(ctx, selectFollower+"WHERE person = ?", person).Scan)
		return err
	})
	return f, list, wrap(err, "read what a person follows")
}

// Unfollow ends a subscription of a person and returns it. With the last one all goes that is kept of following. The error
// wraps ErrNotFound when the person has none with that ID.
func (j *Journal) Unfollow(ctx context.Context, person, id int64) (s Subscription, err error) {
	err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		s, err = subscription(tx.QueryRowContext(ctx, selectSubscription+"WHERE person = ? AND id = ?", person, id).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "DELETE FROM subscription WHERE id = ?", id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM follower WHERE person = ?1
			AND NOT EXISTS (SELECT 1 FROM subscription WHERE person = ?1)`, person)
		return err
	})
	return s, wrap(err, "end a subscription")
}

// SetDigestHour keeps when a person's digest comes from now on, and the last day whose digest is settled. Somebody who
// follows nothing has none: that is no error.
func (j *Journal) SetDigestHour(ctx context.Context, f Follower) error {
	_, err := j.exec(ctx, "UPDATE follower SET hour = ?, day = ? WHERE person = ?", f.Hour, f.Day, f.Person)
	return wrap(err, "keep the hour of a digest")
}

// CountFollowers returns how many people follow something.
func (j *Journal) CountFollowers(ctx context.Context) (n int, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT count(*) FROM follower"), &n)
	return n, wrap(err, "count who follows something")
}

const selectFollower = "SELECT person, language, hour, day FROM follower "

func follower(scan func(dest ...any) error) (f Follower, err error) {
	err = scan(&f.Person, &f.Language, &f.Hour, &f.Day)
	return f, err
}

const selectSubscription = "SELECT id, person, n, words, folded, since, asked, made_by FROM subscription "

func subscription(scan func(dest ...any) error) (s Subscription, err error) {
	var since, asked int64
	err = scan(&s.ID, &s.Person, &s.N, &s.Words, &s.Folded, &since, &asked, &s.Update)
	s.Since, s.Asked = fromMillis(since), fromMillis(asked)
	return s, err
}

// subscriptions are those of a person, in the order of his numbers.
func subscriptions(ctx context.Context, tx *sql.Tx, person int64) (list []Subscription, err error) {
	rows, err := tx.QueryContext(ctx, selectSubscription+"WHERE person = ? ORDER BY n", person)
	if err != nil {
		return nil, err
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		s, err := subscription(rows.Scan)
		list = append(list, s)
		return err
	})
	return list, err
}
