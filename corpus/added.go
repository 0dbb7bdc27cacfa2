package corpus

import (
	"context"
	"database/sql"
	"time"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// An Addition is that an article was added.
type Addition struct {
	At       time.Time // UTC, milliseconds
	Language text.Language
}

// AddedSince returns when the articles were added that are not hidden, from some time on, oldest first.
func (s *Store) AddedSince(ctx context.Context, from time.Time) (list []Addition, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT added, language FROM article a WHERE "+visible+" AND added >= ? ORDER BY added, id",
			s.moment(), from.UnixMilli())
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			var at int64
			var a Addition
			err := rows.Scan(&at, &a.Language)
			a.At = time.UnixMilli(at).UTC()
			list = append(list, a)
			return err
		})
	})
	return list, wrap(err, "read when articles were added")
}
