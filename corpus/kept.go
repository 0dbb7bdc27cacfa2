package corpus

import (
	"context"
	"database/sql"

	"newsbot/corpus/database"
)

// EachKept calls fn with every article that is not removed, those under an embargo too, in the order they were first
// added, all as they are at one moment. fn owns what it is given, and ends the walk by returning an error, which EachKept
// returns. Until it returns, what others purge leaves traces in the write-ahead log.
func (s *Store) EachKept(ctx context.Context, fn func(Article) error) error {
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT "+articleColumns+", b.text "+
			"FROM article a JOIN body b ON b.article = a.pk WHERE a.removed = 0 ORDER BY a.pk")
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			a, err := scanArticle(rows)
			if err != nil {
				return err
			}
			return fn(a)
		})
	})
	return wrap(err, "read all articles")
}
