package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"newsbot/corpus/database"
)

// Feed is a feed that is polled, and how that went.
type Feed struct {
	// URL is the feed's address as it was given. Its canonical form names the feed.
	URL string
	// Title is what the feed calls itself; "" before it was read.
	Title string
	// Paused says that it is not polled.
	Paused bool
	// Added is when it was added, Tried when it was polled last and Read when that last worked; zero for never.
	Added, Tried, Read time.Time
	// Next is when it is to be polled next.
	Next time.Time
	// Failing is since when no poll has worked, Failures how many did not since then, and Problem what was wrong with the
	// last, a source.Problem; zero and "" for a feed that works.
	Failing  time.Time
	Failures int
	Problem  string
	// Gone says that the server knows of no such feed, or no longer.
	Gone bool
	// ETag and LastModified are what the server wants to hear at the next poll.
	ETag, LastModified string
	// Articles is how many articles it has brought, Newest the newest of their publication dates.
	Articles int
	Newest   Date
	// Rhythm is the time that usually passes between two of its articles; 0 when it has brought too few to tell. Quiet says
	// that it has been silent for much longer than that, or than any feed should be.
	Rhythm time.Duration
	Quiet  bool
}

// errNoFeed wraps fs.ErrNotExist.
var errNoFeed = fmt.Errorf("no such feed: %w", fs.ErrNotExist)

// Texts of feeds longer than this many runes are cut.
const (
	maxFeedTitle = 120
	maxProblem   = 300
	// maxValidator is the longest ETag or LastModified kept, in bytes; one that is longer is left out.
	maxValidator = 512
)

// feedColumns is what scanFeed reads.
const feedColumns = `pk, url, title, paused, added, tried, read, next, failing, failures, problem, gone, etag,
	last_modified, articles, newest`

// Feeds returns the feeds in the order of their addresses.
func (s *Store) Feeds(ctx context.Context) (list []Feed, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		list, err = s.feeds(ctx, tx, "ORDER BY key")
		return err
	})
	return list, wrap(err, "list the feeds")
}

// Feed returns the feed with an address. The error wraps fs.ErrNotExist when there is none.
func (s *Store) Feed(ctx context.Context, url string) (f Feed, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		pk, err := feedKey(ctx, tx, url)
		if err != nil {
			return err
		}
		list, err := s.feeds(ctx, tx, "WHERE pk = ?", pk)
		if err == nil {
			f = list[0]
		}
		return err
	})
	return f, wrap(err, "read feed %s", feedLabel(url))
}

// DueFeeds returns the addresses of the feeds that are to be polled by now, those that have waited longest first.
func (s *Store) DueFeeds(ctx context.Context, now time.Time) (urls []string, err error) {
	const query = "SELECT url FROM feed WHERE NOT paused AND next <= ? ORDER BY next, key"
	err = s.query(ctx, query, []any{now.UnixMilli()}, func(rows *sql.Rows) error {
		var url string
		err := rows.Scan(&url)
		urls = append(urls, url)
		return err
	})
	return urls, wrap(err, "list the feeds that are due")
}

// feeds returns feeds with their rhythms.
func (s *Store) feeds(ctx context.Context, tx *sql.Tx, which string, args ...any) (list []Feed, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+feedColumns+" FROM feed "+which, args...)
	if err != nil {
		return nil, err
	}
	var pks []int64
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		pk, f, err := scanFeed(rows)
		list, pks = append(list, f), append(pks, pk)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, pk := range pks {
		dates, err := itemDates(ctx, tx, pk)
		if err != nil {
			return nil, err
		}
		list[i].judge(dates, s.now())
	}
	return list, nil
}

func scanFeed(row scanner) (pk int64, f Feed, err error) {
	var added, tried, read, next, failing int64
	var newest string
	err = row.Scan(&pk, &f.URL, &f.Title, &f.Paused, &added, &tried, &read, &next, &failing, &f.Failures, &f.Problem, &f.Gone,
		&f.ETag, &f.LastModified, &f.Articles, &newest)
	if err != nil {
		return 0, Feed{}, err
	}
	f.Added, f.Tried, f.Read = fromMilli(added), fromMilli(tried), fromMilli(read)
	f.Next, f.Failing = fromMilli(next), fromMilli(failing)
	return pk, f, scanDate(&f.Newest, newest)
}

// fromMilli and toMilli are times as the feed tables have them.
func fromMilli(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func toMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// feedLabel is how errors name a feed.
func feedLabel(url string) string { return shorten(RedactURL(url), 120) }

// feedKey returns the row of a feed.
func feedKey(ctx context.Context, q database.Querier, url string) (pk int64, err error) {
	name, err := CanonicalURL(url)
	if err != nil {
		return 0, errNoFeed // it cannot have been added
	}
	err = q.QueryRowContext(ctx, "SELECT pk FROM feed WHERE key = ?", name).Scan(&pk)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errNoFeed
	}
	return pk, err
}

// AddFeed adds a feed, of which only URL and Title count, to be polled at once. The error wraps fs.ErrExist when the
// feed is there, however its address was written, and names an address that cannot be.
func (s *Store) AddFeed(ctx context.Context, f Feed) error {
	name, err := CanonicalURL(f.URL)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO feed (key, url, title, added) VALUES (?, ?, ?, ?)",
			name, f.URL, oneLine(f.Title, maxFeedTitle), s.now().UnixMilli())
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fs.ErrExist)
		}
		return s.audit(ctx, tx, "feed add", "", RedactURL(f.URL))
	})
	return wrap(err, "add feed %s", feedLabel(f.URL))
}

// RemoveFeed removes a feed; its articles stay. The error wraps fs.ErrNotExist when there is none.
func (s *Store) RemoveFeed(ctx context.Context, url string) error {
	return s.changeFeed(ctx, "feed remove", url, "DELETE FROM feed WHERE pk = ?")
}

// PauseFeed rests the polling of a feed, or goes on with it, at once and as if nothing had ever failed. The error wraps
// fs.ErrNotExist when there is no such feed.
func (s *Store) PauseFeed(ctx context.Context, url string, paused bool) error {
	if paused {
		return s.changeFeed(ctx, "feed pause", url, "UPDATE feed SET paused = 1 WHERE pk = ?")
	}
	return s.changeFeed(ctx, "feed resume", url,
		"UPDATE feed SET paused = 0, next = 0, failing = 0, failures = 0, problem = '', gone = 0 WHERE pk = ?")
}

func (s *Store) changeFeed(ctx context.Context, action, url, query string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		pk, err := feedKey(ctx, tx, url)
		if err != nil {
			return err
		}
		var name string
		if err := tx.QueryRowContext(ctx, "SELECT url FROM feed WHERE pk = ?", pk).Scan(&name); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, query, pk); err != nil {
			return err
		}
		return s.audit(ctx, tx, action, "", RedactURL(name))
	})
	return wrap(err, "%s %s", action, feedLabel(url))
}
