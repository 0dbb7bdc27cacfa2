package corpus

import (
	"context"
	"database/sql"
)

// Full returns an article and its passages as they are at one moment. The error wraps ErrNotFound when the store does not
// have the article, or it is hidden.
func (s *Store) Full(ctx context.Context, id string) (a Article, ps []Passage, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		pk, err := s.shownKey(ctx, tx, id)
		if err != nil {
			return err
		}
		if a, err = article(ctx, tx, id); err != nil {
			return err
		}
		if ps, err = passagesOf(ctx, tx, pk, id); err != nil {
			return err
		}
		return fits(a.Body, ps)
	})
	return a, ps, wrap(err, "read article %s", shorten(id, 40))
}
