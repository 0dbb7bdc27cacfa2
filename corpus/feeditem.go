package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// keptItems is how many items a feed that no longer lists them are remembered.
const keptItems = 400

// FeedItem is what is remembered of an item of a feed.
type FeedItem struct {
	// Key is the hash of what the feed names the item by.
	Key Hash
	// Link is the address of its page; "" for none. It stays what it was first, and is forgotten when the article is purged.
	Link string
	// Article is the ID of the article that was made of it; "" for none.
	Article string
	// Content is the hash of what the item said last.
	Content Hash
	// Published is the publication date of what is in the store; unknown, too, when nothing is.
	Published Date
	// Listed is when the feed listed it last.
	Listed time.Time
	// Withdrawn says that the outlet has withdrawn the article.
	Withdrawn bool
	// Tries is how often its page was asked for in vain, and Again when that is to be tried again; zero for not at all.
	Tries int
	Again time.Time
	// Own says that the article is the beginning that the feed itself gives, since its page could not be read.
	Own bool
	// Checked is when its page was seen or asked for last, to learn whether it is withdrawn; zero for never.
	Checked time.Time
}

// FeedItems returns what is remembered of a feed's items, by their keys. The error wraps fs.ErrNotExist when there is
// no such feed.
func (s *Store) FeedItems(ctx context.Context, url string) (items map[Hash]FeedItem, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		pk, err := feedKey(ctx, tx, url)
		if err != nil {
			return err
		}
		items, err = itemsOf(ctx, tx, pk)
		return err
	})
	return items, wrap(err, "read the items of feed %s", feedLabel(url))
}

func itemsOf(ctx context.Context, tx *sql.Tx, pk int64) (map[Hash]FeedItem, error) {
	rows, err := tx.QueryContext(ctx, `SELECT key, link, article, content, published, listed, withdrawn, tries, again, own, checked
		FROM feed_item WHERE feed = ?`, pk)
	if err != nil {
		return nil, err
	}
	items := map[Hash]FeedItem{}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		it, err := scanItem(rows)
		items[it.Key] = it
		return err
	})
	return items, err
}

func scanItem(rows *sql.Rows) (it FeedItem, err error) {
	var key, content []byte
	var published string
	var listed, again, checked int64
	err = rows.Scan(&key, &it.Link, &it.Article, &content, &published, &listed, &it.Withdrawn, &it.Tries, &again, &it.Own, &checked)
	if err != nil {
		return FeedItem{}, err
	}
	hashes, err := toHashes([][]byte{key, content})
	if err != nil {
		return FeedItem{}, err
	}
	it.Key, it.Content = hashes[0], hashes[1]
	it.Listed, it.Again, it.Checked = fromMilli(listed), fromMilli(again), fromMilli(checked)
	return it, scanDate(&it.Published, published)
}

// NoteItems remembers items of a feed while it is still being polled. Note one only when what became of it is in
// the store. The error wraps fs.ErrNotExist when there is no such feed.
func (s *Store) NoteItems(ctx context.Context, url string, items []FeedItem) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		pk, err := feedKey(ctx, tx, url)
		if err != nil {
			return err
		}
		return noteItems(ctx, tx, pk, items)
	})
	return wrap(err, "note items of feed %s", feedLabel(url))
}

// NotePoll notes how a poll of a feed went, in one transaction: the feed's Title, Tried, Read, Next, Failing, Failures,
// Problem, Gone, ETag and LastModified, and its items as NoteItems does. It forgets items that have not been listed
// for long. The error wraps fs.ErrNotExist when there is no such feed.
func (s *Store) NotePoll(ctx context.Context, f Feed, items []FeedItem) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		pk, err := feedKey(ctx, tx, f.URL)
		if err != nil {
			return err
		}
		if err := notePoll(ctx, tx, pk, &f); err != nil {
			return err
		}
		if len(items) == 0 {
			return nil
		}
		if err := noteItems(ctx, tx, pk, items); err != nil {
			return err
		}
		return forgetItems(ctx, tx, pk)
	})
	return wrap(err, "note the poll of feed %s", feedLabel(f.URL))
}

func notePoll(ctx context.Context, tx *sql.Tx, pk int64, f *Feed) error {
	_, err := tx.ExecContext(ctx, `UPDATE feed SET title = ?, tried = ?, read = ?, next = ?, failing = ?, failures = ?,
		problem = ?, gone = ?, etag = ?, last_modified = ? WHERE pk = ?`,
		oneLine(f.Title, maxFeedTitle), toMilli(f.Tried), toMilli(f.Read), toMilli(f.Next), toMilli(f.Failing), f.Failures,
		oneLine(f.Problem, maxProblem), f.Gone, validator(f.ETag), validator(f.LastModified), pk)
	return err
}

// validator returns what is kept of an ETag or LastModified.
func validator(s string) string {
	if len(s) > maxValidator {
		return ""
	}
	return s
}

// noteItems writes items, and counts what they bring.
func noteItems(ctx context.Context, tx *sql.Tx, pk int64, items []FeedItem) error {
	known, err := itemsOf(ctx, tx, pk)
	if err != nil {
		return err
	}
	brought, newest := 0, Date{}
	var withdrawn []string
	for _, it := range items {
		old := known[it.Key]
		if it.Article != "" && old.Article == "" {
			brought++
		}
		if it.Withdrawn && !old.Withdrawn && it.Article != "" {
			withdrawn = append(withdrawn, it.Article)
		}
		if it.Published.Time.After(newest.Time) {
			newest = it.Published
		}
	}
	if err := putItems(ctx, tx, pk, items); err != nil {
		return err
	}
	err = each(ctx, tx, "INSERT OR IGNORE INTO withdrawal VALUES (?)", withdrawn, func(id *string) []any { return []any{*id} })
	if err != nil {
		return err
	}
	return bring(ctx, tx, pk, brought, newest)
}

// putItems writes items. What their links were first stays, so that one that was forgotten does not come back. The link to
// an article that has been purged meanwhile is not written.
func putItems(ctx context.Context, tx *sql.Tx, pk int64, items []FeedItem) error {
	const query = `INSERT INTO feed_item (feed, key, link, article, content, published, listed, withdrawn, tries, again, own, checked)
		VALUES (?1, ?2, CASE WHEN ?4 = '' OR EXISTS (SELECT 1 FROM article WHERE id = ?4) THEN ?3 ELSE '' END,
			?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
		ON CONFLICT (feed, key) DO UPDATE SET link = CASE feed_item.article WHEN excluded.article THEN feed_item.link ELSE excluded.link END,
		article = excluded.article, content = excluded.content, published = excluded.published, listed = excluded.listed,
		withdrawn = excluded.withdrawn, tries = excluded.tries, again = excluded.again, own = excluded.own, checked = excluded.checked`
	return each(ctx, tx, query, items, func(it *FeedItem) []any {
		return []any{
			pk, it.Key[:], it.Link, it.Article, it.Content[:], it.Published.String(), toMilli(it.Listed),
			it.Withdrawn, it.Tries, toMilli(it.Again), it.Own, toMilli(it.Checked),
		}
	})
}

// FeedsOf returns the addresses of the feeds that have brought an article.
func (s *Store) FeedsOf(ctx context.Context, id string) (urls []string, err error) {
	const query = "SELECT DISTINCT f.url FROM feed_item i JOIN feed f ON f.pk = i.feed WHERE i.article = ? AND i.article != '' ORDER BY f.key"
	err = s.query(ctx, query, []any{id}, func(rows *sql.Rows) error {
		var url string
		err := rows.Scan(&url)
		urls = append(urls, url)
		return err
	})
	return urls, wrap(err, "find the feeds of article %s", shorten(id, 40))
}

// bring counts what a feed has brought.
func bring(ctx context.Context, tx *sql.Tx, pk int64, articles int, newest Date) error {
	var stored string
	if err := tx.QueryRowContext(ctx, "SELECT newest FROM feed WHERE pk = ?", pk).Scan(&stored); err != nil {
		return err
	}
	var before Date
	if err := scanDate(&before, stored); err != nil {
		return err
	}
	if !newest.Time.After(before.Time) {
		newest = before
	}
	_, err := tx.ExecContext(ctx, "UPDATE feed SET articles = articles + ?, newest = ? WHERE pk = ?", articles, newest.String(), pk)
	return err
}

// forgetItems forgets all items but the latest listing and keptItems before it.
func forgetItems(ctx context.Context, tx *sql.Tx, pk int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM feed_item WHERE feed = ?1 AND key IN (
		SELECT key FROM feed_item WHERE feed = ?1 AND listed < (SELECT max(listed) FROM feed_item WHERE feed = ?1)
		ORDER BY listed DESC, published DESC, key LIMIT -1 OFFSET ?2)`, pk, keptItems)
	if err != nil {
		return fmt.Errorf("forget items: %w", err)
	}
	return nil
}
