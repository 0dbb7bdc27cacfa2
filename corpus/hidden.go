package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsbot/corpus/database"
)

// RestoreTime is how long after its removal an article can be restored.
const RestoreTime = 24 * time.Hour

// visible is the condition that an article is not hidden: neither removed nor under an embargo. Its parameter is what
// Store.moment returns.
const visible = "a.removed = 0 AND a.embargo <= ?"

// moment is the time by which embargoes are judged, in Unix seconds.
func (s *Store) moment() int64 { return s.now().Unix() }

// shown returns an article that is not hidden.
func (s *Store) shown(ctx context.Context, q database.Querier, id string) (Article, error) {
	a, err := article(ctx, q, id)
	if err != nil {
		return Article{}, err
	}
	if a.hidden(s.moment()) {
		return Article{}, ErrNotFound
	}
	return a, nil
}

// hidden tells what visible does not.
func (a *Article) hidden(moment int64) bool {
	return !a.Removed.IsZero() || (!a.Embargo.IsZero() && a.Embargo.Unix() > moment)
}

// shownKey returns the row of an article that is not hidden.
func (s *Store) shownKey(ctx context.Context, q database.Querier, id string) (pk int64, err error) {
	query := "SELECT a.pk FROM article a WHERE a.id = ? AND " + visible
	return oneKey(q.QueryRowContext(ctx, query, id, s.moment()))
}

// Lookup returns an article whatever its state: removed, under an embargo or neither. The error wraps ErrNotFound when
// the store does not have it.
func (s *Store) Lookup(ctx context.Context, id string) (a Article, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		a, err = article(ctx, tx, id)
		return err
	})
	return a, wrap(err, "read article %s", shorten(id, 40))
}

// Remove hides an article at once from everything but Lookup, List with ListOptions.Removed, Restore and Purge, and
// keeps it from coming back by itself. One that its outlet has withdrawn can be removed, too, and is due a day later like any
// other. It returns an error wrapping ErrNotFound when there is no such article, or it is removed already.
func (s *Store) Remove(ctx context.Context, id string) error {
	return wrap(s.hide(ctx, id, false), "remove article %s", shorten(id, 40))
}

// RemoveAll is Remove of several articles, some of them to a transaction. Those that there are not, or that are removed
// already, are passed over.
func (s *Store) RemoveAll(ctx context.Context, ids []string) error {
	for some := range slices.Chunk(ids, batchArticles) {
		err := s.write(ctx, func(tx *sql.Tx) error {
			for _, id := range some {
				if err := s.hideIn(ctx, tx, id, false); err != nil && !errors.Is(err, ErrNotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("remove %d articles: %w", len(ids), err)
		}
	}
	return nil
}

// Withdraw hides an article like Remove, since its outlet has withdrawn it. It is never due: it stays until somebody
// restores or purges it.
func (s *Store) Withdraw(ctx context.Context, id string) error {
	return wrap(s.hide(ctx, id, true), "withdraw article %s", shorten(id, 40))
}

// hide removes an article that is not removed, or only withdrawn by its outlet.
func (s *Store) hide(ctx context.Context, id string, withdrawn bool) error {
	return s.write(ctx, func(tx *sql.Tx) error { return s.hideIn(ctx, tx, id, withdrawn) })
}

// hideIn is hide in a transaction.
func (s *Store) hideIn(ctx context.Context, tx *sql.Tx, id string, withdrawn bool) error {
	detail := ""
	if withdrawn {
		detail = "withdrawn"
	}
	const hideable = "SELECT pk FROM article WHERE id = ? AND (removed = 0 OR withdrawn AND NOT ?)"
	pk, err := oneKey(tx.QueryRowContext(ctx, hideable, id, withdrawn))
	if err != nil {
		return err
	}
	const query = "UPDATE article SET removed = ?, withdrawn = ? WHERE pk = ?"
	if _, err := tx.ExecContext(ctx, query, s.now().UnixMilli(), withdrawn, pk); err != nil {
		return err
	}
	if err := s.bury(ctx, tx, pk); err != nil {
		return err
	}
	if err := s.audit(ctx, tx, "remove", id, detail); err != nil {
		return err
	}
	return s.logChanges(ctx, tx, []Change{{ArticleID: id, Removed: true}})
}

// Restore takes a removal back; an article of posts has the words then that they have by now. It returns an error wrapping
// ErrNotFound when there is no such article any more, or it is not removed, and a [*DuplicateError] when another that came
// meanwhile has the same text or link.
func (s *Store) Restore(ctx context.Context, id string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		old, err := lookup(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case old == nil || old.Removed.IsZero():
			return ErrNotFound
		}
		twin, err := s.twinOf(ctx, tx, &old.Article, old.pk)
		if err != nil {
			return err
		}
		if twin != nil && twin.Removed.IsZero() {
			return &DuplicateError{twin.ID}
		}
		if err := s.revive(ctx, tx, old); err != nil {
			return err
		}
		if err := s.followPosts(ctx, tx, id); err != nil {
			return err
		}
		if err := s.audit(ctx, tx, "restore", id, ""); err != nil {
			return err
		}
		return s.logChanges(ctx, tx, []Change{{ArticleID: id}})
	})
	return wrap(err, "restore article %s", shorten(id, 40))
}

// due is the condition that an article was removed at or before a moment, and is to be purged; its parameter, the first,
// is in Unix milliseconds.
const due = "removed != 0 AND removed <= ?1 AND withdrawn = 0"

// The statements are asked again and again. Each must find its rows by an index; a test asks SQLite's planner.
const (
	queryDue   = "SELECT id FROM article WHERE " + due + " ORDER BY removed, pk"
	queryEnded = "SELECT id FROM article WHERE embargo != 0 AND embargo > ?1 AND embargo <= ?2 AND removed = 0 ORDER BY embargo, pk"
	queryNext  = "SELECT min(embargo) FROM article WHERE embargo != 0 AND embargo > ?1 AND removed = 0"
)

// Due returns the IDs of the articles that were removed at or before a moment, longest ago first: those to be purged.
func (s *Store) Due(ctx context.Context, until time.Time) ([]string, error) {
	ids, err := s.ids(ctx, queryDue, until.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("find the articles to be purged: %w", err)
	}
	return ids, nil
}

// Released returns the IDs of the articles whose embargo ended after a moment and not after another. Embargoes end at whole
// seconds.
func (s *Store) Released(ctx context.Context, after, until time.Time) ([]string, error) {
	ids, err := s.ids(ctx, queryEnded, after.Unix(), until.Unix())
	if err != nil {
		return nil, fmt.Errorf("find the articles whose embargo has ended: %w", err)
	}
	return ids, nil
}

// NextRelease returns when the next embargo after a moment ends, the zero Time when none does.
func (s *Store) NextRelease(ctx context.Context, after time.Time) (time.Time, error) {
	var next sql.NullInt64
	if err := s.reader.QueryRowContext(ctx, queryNext, after.Unix()).Scan(&next); err != nil {
		return time.Time{}, fmt.Errorf("find the next embargo to end: %w", database.Explain(err))
	}
	if !next.Valid {
		return time.Time{}, nil
	}
	return time.Unix(next.Int64, 0).UTC(), nil
}

// ids runs a query that returns IDs.
func (s *Store) ids(ctx context.Context, query string, args ...any) ([]string, error) {
	rows, err := s.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, database.Explain(err)
	}
	ids, err := database.Column[string](rows)
	return ids, database.Explain(err)
}
