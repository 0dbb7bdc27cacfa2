package journal

import (
	"context"
	"database/sql"
	"time"

	"newsbot/corpus/database"
)

// maxURL bounds the address of a page in bytes.
const maxURL = 4096

// MaxPages is how many pages wait to be read again, at a few hundred bytes each: more than channels that publish little
// else lead to in days.
const MaxPages = 10_000

// Page is one that a post of a channel leads to and that could not be read. Its table is called link.
type Page struct {
	// Channel and Message say which post leads there.
	Channel int64
	Message int
	// URL is its address, at most 4096 bytes.
	URL string
	// Published is when the post was; UTC, milliseconds.
	Published time.Time
	// Tries is how often it was read in vain, Again when it is to be read again.
	Tries int
	Again time.Time
}

// KeepPage keeps that a page is to be read again; one that is known gets other Tries and Again. The error wraps
// ErrTooLarge when MaxPages wait already.
func (j *Journal) KeepPage(ctx context.Context, p Page) error {
	err := bounded("address", len(p.URL), maxURL)
	if err != nil {
		return wrap(err, "keep a page to read again")
	}
	err = database.Update(ctx, j.db, func(tx *sql.Tx) error {
		n := 0
		query := "SELECT count(*) FROM link WHERE NOT (channel = ? AND message = ? AND url = ?)"
		if err := tx.QueryRowContext(ctx, query, p.Channel, p.Message, p.URL).Scan(&n); err != nil {
			return err
		}
		if err := bounded("list", n+1, MaxPages); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?)",
			p.Channel, p.Message, p.URL, millisOrZero(p.Published), p.Tries, p.Again.UnixMilli())
		return err
	})
	return wrap(err, "keep a page to read again")
}

// Pages returns at most limit pages that are to be read again at a time, the most urgent first.
func (j *Journal) Pages(ctx context.Context, at time.Time, limit int) (list []Page, err error) {
	err = database.View(ctx, j.db, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT channel, message, url, published, tries, again FROM link
			WHERE again <= ? ORDER BY again, channel, message LIMIT ?`, at.UnixMilli(), limit)
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			var p Page
			var published, again int64
			err := rows.Scan(&p.Channel, &p.Message, &p.URL, &published, &p.Tries, &again)
			p.Published, p.Again = timeOrZero(published), fromMillis(again)
			list = append(list, p)
			return err
		})
	})
	return list, wrap(err, "list the pages to read again")
}

// HasPage tells whether a page is still to be read again.
func (j *Journal) HasPage(ctx context.Context, p Page) (kept bool, err error) {
	err = database.View(ctx, j.db, func(tx *sql.Tx) error {
		const query = "SELECT EXISTS (SELECT 1 FROM link WHERE channel = ? AND message = ? AND url = ?)"
		return tx.QueryRowContext(ctx, query, p.Channel, p.Message, p.URL).Scan(&kept)
	})
	return kept, wrap(err, "look for a page to read again")
}

// CountPages returns how many pages of each channel's posts are to be read again.
func (j *Journal) CountPages(ctx context.Context) (n map[int64]int, err error) {
	n = map[int64]int{}
	err = database.View(ctx, j.db, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT channel, count(*) FROM link GROUP BY channel")
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			var channel int64
			var pages int
			err := rows.Scan(&channel, &pages)
			n[channel] = pages
			return err
		})
	})
	return n, wrap(err, "count the pages to read again")
}

// DropPage forgets a page. One that is not kept is no error.
func (j *Journal) DropPage(ctx context.Context, p Page) error {
	_, err := j.exec(ctx, "DELETE FROM link WHERE channel = ? AND message = ? AND url = ?", p.Channel, p.Message, p.URL)
	return wrap(err, "forget a page to read again")
}

// DropPages forgets all pages that a post leads to.
func (j *Journal) DropPages(ctx context.Context, channel int64, message int) error {
	_, err := j.exec(ctx, "DELETE FROM link WHERE channel = ? AND message = ?", channel, message)
	return wrap(err, "forget the pages of a post")
}
