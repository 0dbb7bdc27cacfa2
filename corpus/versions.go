package corpus

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsbot/corpus/database"
)

// Version is an article as it was before a change.
type Version struct {
	// Article is how it was; its ID and Added are those of the article now. What was set by hand and its embargo are not
	// known any more.
	Article Article
	// Until is when it was changed; Actor is who did, as WithActor names it.
	Until time.Time
	Actor string
}

// Versions returns the earlier versions of an article, newest first; none for one that was never changed. The error
// wraps ErrNotFound when the store does not have the article.
func (s *Store) Versions(ctx context.Context, id string) (list []Version, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		now, err := lookup(ctx, tx, id)
		if err != nil {
			return err
		}
		if now == nil {
			return ErrNotFound
		}
		rows, err := tx.QueryContext(ctx, `SELECT until, actor, title, title_derived, source, language, published, url, author,
			modified, corrected, body FROM version WHERE article = ? ORDER BY n DESC`, now.pk)
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			v, err := scanVersion(rows)
			v.Article.ID, v.Article.Added = now.ID, now.Added
			list = append(list, v)
			return err
		})
	})
	return list, wrap(err, "read the versions of article %s", shorten(id, 40))
}

func scanVersion(row scanner) (v Version, err error) {
	a := &v.Article
	var until int64
	var published, modified, corrected string
	err = row.Scan(&until, &v.Actor, &a.Title, &a.TitleDerived, &a.Source, &a.Language, &published, &a.URL, &a.Author,
		&modified, &corrected, &a.Body)
	if err != nil {
		return Version{}, err
	}
	v.Until = time.UnixMilli(until).UTC()
	err = errors.Join(scanDate(&a.Published, published), scanDate(&a.Modified, modified), scanDate(&a.Corrected, corrected))
	return v, err
}

// keepVersion keeps an article as it is, before it is changed.
func (s *Store) keepVersion(ctx context.Context, tx *sql.Tx, old *known) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO version (article, n, until, actor, title, title_derived, source, language,
		published, url, author, modified, corrected, body)
		SELECT ?1, 1 + coalesce(max(n), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 FROM version WHERE article = ?1`,
		old.pk, s.stamp().UnixMilli(), actorOf(ctx), old.Title, old.TitleDerived, old.Source, string(old.Language),
		old.Published.String(), old.URL, old.Author, old.Modified.String(), old.Corrected.String(), old.Body)
	return err
}
