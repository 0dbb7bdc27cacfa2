package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// articleColumns is what scanSummary reads.
const articleColumns = "a.id, a.title, a.title_derived, a.source, a.language, a.published, a.url, a.added, a.changed, a.words, " +
	"a.author, a.modified, a.corrected, a.embargo, a.removed, a.edited"

// Summary is an article without its text.
type Summary struct {
	ID           string
	Title        string
	TitleDerived bool
	Source       string
	Language     text.Language
	Published    Date
	URL          string
	Added        time.Time
	Changed      time.Time
	Author       string
	Modified     Date
	Embargo      time.Time
	Corrected    Date
	Removed      time.Time
	Edited       Fields
	// Words is how many words the body has.
	Words int
}

// Stats counts what is in a store.
type Stats struct {
	Articles, Passages, Words int
	// ByLanguage counts articles.
	ByLanguage map[text.Language]int
	// Newest and Oldest are the outermost publication dates; unknown when no article has one.
	Newest, Oldest Date
	// Embargoed and Removed count the articles that are hidden, which nothing else here counts.
	Embargoed, Removed int
	// Bytes is the size of the store's files.
	Bytes int64
}

// scanner is a row, or rows standing at one.
type scanner interface{ Scan(dest ...any) error }

// scanSummary reads articleColumns, and what follows them into more.
func scanSummary(row scanner, more ...any) (Summary, error) {
	var m Summary
	var published, modified, corrected string
	var added, changed, embargo, removed int64
	dest := []any{
		&m.ID, &m.Title, &m.TitleDerived, &m.Source, &m.Language, &published, &m.URL, &added, &changed, &m.Words,
		&m.Author, &modified, &corrected, &embargo, &removed, &m.Edited,
	}
	if err := row.Scan(append(dest, more...)...); err != nil {
		return Summary{}, err
	}
	for _, d := range []struct {
		into *Date
		s    string
	}{{&m.Published, published}, {&m.Modified, modified}, {&m.Corrected, corrected}} {
		if err := scanDate(d.into, d.s); err != nil {
			return Summary{}, fmt.Errorf("article %s: %w", m.ID, err)
		}
	}
	m.Added, m.Changed = time.UnixMilli(added).UTC(), time.UnixMilli(changed).UTC()
	if embargo != 0 {
		m.Embargo = time.Unix(embargo, 0).UTC()
	}
	if removed != 0 {
		m.Removed = time.UnixMilli(removed).UTC()
	}
	return m, nil
}

// scanDate reads a date as it is stored.
func scanDate(into *Date, s string) error {
	if s == "" {
		return nil
	}
	d, err := ParseDate(s)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	*into = d
	return nil
}

func scanArticle(row scanner, more ...any) (Article, error) {
	var body sql.NullString
	m, err := scanSummary(row, append([]any{&body}, more...)...)
	if err != nil {
		return Article{}, err
	}
	if !body.Valid {
		return Article{}, fmt.Errorf("article %s has no text: %w", m.ID, ErrDamaged)
	}
	return Article{
		ID: m.ID, Title: m.Title, TitleDerived: m.TitleDerived, Source: m.Source, Language: m.Language,
		Published: m.Published, URL: m.URL, Body: body.String, Added: m.Added, Changed: m.Changed,
		Author: m.Author, Modified: m.Modified, Corrected: m.Corrected, Embargo: m.Embargo, Removed: m.Removed, Edited: m.Edited,
	}, nil
}

// Article returns one article. The error wraps ErrNotFound when the store does not have it, or it is hidden.
func (s *Store) Article(ctx context.Context, id string) (a Article, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		a, err = s.shown(ctx, tx, id)
		return err
	})
	return a, wrap(err, "read article %s", shorten(id, 40))
}

// article returns an article whatever its state.
func article(ctx context.Context, q database.Querier, id string) (Article, error) {
	row := q.QueryRowContext(ctx,
		"SELECT "+articleColumns+", b.text FROM article a LEFT JOIN body b ON b.article = a.pk WHERE a.id = ?", id)
	a, err := scanArticle(row)
	if errors.Is(err, sql.ErrNoRows) {
		return Article{}, ErrNotFound
	}
	return a, err
}

// Articles returns those of the articles that the store has and does not hide, by ID.
func (s *Store) Articles(ctx context.Context, ids []string) (map[string]Article, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("read articles: %w", err)
	}
	found := make(map[string]Article, len(ids))
	query := "SELECT " + articleColumns + `, b.text FROM article a JOIN body b ON b.article = a.pk
		WHERE a.id IN (SELECT value FROM json_each(?)) AND ` + visible
	err = s.query(ctx, query, []any{string(list), s.moment()}, func(rows *sql.Rows) error {
		a, err := scanArticle(rows)
		found[a.ID] = a
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read articles: %w", err)
	}
	return found, nil
}

// Stats counts articles, passages and words. What is hidden has counts of its own.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	st := Stats{ByLanguage: map[text.Language]int{}, Bytes: s.bytes()}
	err := s.read(ctx, func(tx *sql.Tx) error {
		now := s.moment()
		if err := countLanguages(ctx, tx, now, &st); err != nil {
			return err
		}
		if err := countHidden(ctx, tx, now, &st); err != nil {
			return err
		}
		var err error
		if st.Newest, err = outermost(ctx, tx, now, "DESC"); err != nil {
			return err
		}
		st.Oldest, err = outermost(ctx, tx, now, "ASC")
		return err
	})
	if err != nil {
		return Stats{}, fmt.Errorf("count the articles: %w", err)
	}
	return st, nil
}

func countLanguages(ctx context.Context, q database.Querier, now int64, st *Stats) error {
	rows, err := q.QueryContext(ctx,
		"SELECT language, count(*), sum(passages), sum(words) FROM article a WHERE "+visible+" GROUP BY language", now)
	if err != nil {
		return err
	}
	return database.ForRows(rows, func(rows *sql.Rows) error {
		var lang text.Language
		var articles, passages, words int
		if err := rows.Scan(&lang, &articles, &passages, &words); err != nil {
			return err
		}
		st.ByLanguage[lang] = articles
		st.Articles += articles
		st.Passages += passages
		st.Words += words
		return nil
	})
}

func countHidden(ctx context.Context, q database.Querier, now int64, st *Stats) error {
	const query = "SELECT (SELECT count(*) FROM article WHERE embargo != 0 AND embargo > ? AND removed = 0), " +
		"(SELECT count(*) FROM article WHERE removed != 0)"
	return q.QueryRowContext(ctx, query, now).Scan(&st.Embargoed, &st.Removed)
}

// outermost returns the first known publication date in the order given.
func outermost(ctx context.Context, q database.Querier, now int64, order string) (Date, error) {
	var published string
	err := q.QueryRowContext(ctx, "SELECT published FROM article a WHERE published_at IS NOT NULL AND "+visible+
		" ORDER BY published_at "+order+", id LIMIT 1", now).Scan(&published)
	if errors.Is(err, sql.ErrNoRows) {
		return Date{}, nil
	}
	if err != nil {
		return Date{}, err
	}
	return ParseDate(published)
}

// bytes is the size of the store's files; a file that is not there has none.
func (s *Store) bytes() (n int64) {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(s.path() + suffix); err == nil {
			n += info.Size()
		}
	}
	return n
}

// Passages returns an article's passages in order. The error wraps ErrNotFound when the store does not have the article, or
// it is hidden.
func (s *Store) Passages(ctx context.Context, articleID string) (ps []Passage, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		pk, err := s.shownKey(ctx, tx, articleID)
		if err != nil {
			return err
		}
		ps, err = passagesOf(ctx, tx, pk, articleID)
		return err
	})
	return ps, wrap(err, "read the passages of article %s", shorten(articleID, 40))
}

func passagesOf(ctx context.Context, q database.Querier, pk int64, id string) ([]Passage, error) {
	rows, err := q.QueryContext(ctx, "SELECT article, n, start, stop, sentences FROM passage WHERE article = ? ORDER BY n", pk)
	if err != nil {
		return nil, err
	}
	var ps []Passage
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		_, p, err := scanPassage(rows)
		p.name(id)
		ps = append(ps, p)
		return err
	})
	return ps, err
}

// scanPassage reads a row of the passage table; the passage has no ID yet.
func scanPassage(rows *sql.Rows) (pk int64, p Passage, err error) {
	var packed sql.RawBytes
	if err := rows.Scan(&pk, &p.N, &p.Start, &p.End, &packed); err != nil {
		return 0, Passage{}, err
	}
	if p.Start < 0 || p.End < p.Start {
		return 0, Passage{}, fmt.Errorf("passage from %d to %d: %w", p.Start, p.End, ErrDamaged)
	}
	p.Sentences, err = decodeSpans(p.Span, packed)
	return pk, p, err
}

// fits makes sure that passages lie within their body.
func fits(body string, ps []Passage) error {
	for _, p := range ps {
		if p.End > len(body) {
			return fmt.Errorf("passage %d goes beyond the end of the text: %w", p.N, ErrDamaged)
		}
	}
	return nil
}

func (p *Passage) name(articleID string) {
	p.ArticleID = articleID
	p.ID = articleID + "." + strconv.Itoa(p.N)
}

// query runs a query in a transaction of its own and hands out its rows.
func (s *Store) query(ctx context.Context, query string, args []any, fn func(*sql.Rows) error) error {
	return s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		return database.ForRows(rows, fn)
	})
}
