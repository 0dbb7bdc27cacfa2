package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Each calls fn with every article that is not hidden and its passages, in the order they were first added, all as they are at
// one moment. fn owns what it is given, may use the store, and ends the walk by returning an error, which Each returns.
func (s *Store) Each(ctx context.Context, fn func(Article, []Passage) error) error {
	err := s.read(ctx, func(tx *sql.Tx) error {
		w, err := newWalk(ctx, tx, s.moment())
		if err != nil {
			return err
		}
		return errors.Join(w.run(fn), w.close())
	})
	return wrap(err, "read all articles")
}

// walk reads articles and passages side by side, both in the order of the articles' rows: two queries for the whole
// store instead of one for each article. Passages of hidden articles are passed over.
type walk struct {
	articles *sql.Rows
	passages *sql.Rows
	// ahead is the passage read last, and aheadOf its article; 0 before the first and after the last.
	ahead   Passage
	aheadOf int64
}

func newWalk(ctx context.Context, tx *sql.Tx, now int64) (*walk, error) {
	articles, err := tx.QueryContext(ctx, "SELECT "+articleColumns+", b.text, a.pk, a.passages "+
		"FROM article a JOIN body b ON b.article = a.pk WHERE "+visible+" ORDER BY a.pk", now)
	if err != nil {
		return nil, err
	}
	passages, err := tx.QueryContext(ctx, "SELECT article, n, start, stop, sentences FROM passage ORDER BY article, n")
	if err != nil {
		return nil, errors.Join(err, articles.Close())
	}
	return &walk{articles: articles, passages: passages}, nil
}

func (w *walk) close() error { return errors.Join(w.articles.Close(), w.passages.Close()) }

func (w *walk) run(fn func(Article, []Passage) error) error {
	if err := w.advance(); err != nil {
		return err
	}
	for w.articles.Next() {
		var pk int64
		var count int
		a, err := scanArticle(w.articles, &pk, &count)
		if err != nil {
			return err
		}
		ps, err := w.take(pk, &a)
		if err != nil {
			return err
		}
		if len(ps) != count {
			return fmt.Errorf("article %s has %d passages of %d: %w", a.ID, len(ps), count, ErrDamaged)
		}
		if err := fn(a, ps); err != nil {
			return err
		}
	}
	return w.articles.Err()
}

// take returns the passages of one article.
func (w *walk) take(pk int64, a *Article) ([]Passage, error) {
	for w.aheadOf != 0 && w.aheadOf < pk {
		if err := w.advance(); err != nil {
			return nil, err
		}
	}
	var ps []Passage
	for w.aheadOf == pk {
		if w.ahead.End > len(a.Body) {
			return nil, fmt.Errorf("article %s ends before its passage %d: %w", a.ID, w.ahead.N, ErrDamaged)
		}
		w.ahead.name(a.ID)
		ps = append(ps, w.ahead)
		if err := w.advance(); err != nil {
			return nil, err
		}
	}
	return ps, nil
}

func (w *walk) advance() (err error) {
	w.aheadOf = 0
	if !w.passages.Next() {
		return w.passages.Err()
	}
	w.aheadOf, w.ahead, err = scanPassage(w.passages)
	return err
}
