package corpus

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsbot/corpus/database"
)

// keptVersions is how many of the newest versions of an article are kept, beside the first: an outlet that changes a page
// every minute must not fill the disk.
const keptVersions = 50

// Version is an article as it was before a change.
type Version struct {
	// N counts the versions of the article from 1, oldest first. Of more than 51 only the first and the newest 50 are kept;
	// the others leave gaps.
	N int
	// Article is how it was; its ID and Added are those of the article now. What was set by hand and its embargo are not
	// known any more.
	Article Article
	// Until is when it was changed; Actor is who did, as WithActor names it.
	Until time.Time
	Actor string
}

// versionColumns is what scanVersion reads after the body.
const versionColumns = `a.id, a.added, v.n, v.until, v.actor, v.title, v.title_derived, v.source, v.language, v.published, v.url,
	v.author, v.modified, v.corrected FROM article a JOIN version v ON v.article = a.pk WHERE a.pk = ?`

// Versions returns up to limit (0 means all) of the earlier versions of an article, newest first, without their texts, and
// how many there are. The error wraps ErrNotFound when the store does not have the article.
func (s *Store) Versions(ctx context.Context, id string, limit int) (list []Version, total int, err error) {
	if limit <= 0 {
		limit = -1
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		pk, err := articleKey(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM version WHERE article = ?", pk).Scan(&total); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT '', "+versionColumns+" ORDER BY v.n DESC LIMIT ?", pk, limit)
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			v, err := scanVersion(rows)
			list = append(list, v)
			return err
		})
	})
	return list, total, wrap(err, "read the versions of article %s", shorten(id, 40))
}

// Version returns one earlier version of an article, with its text. The error wraps ErrNotFound when the store does not have
// it.
func (s *Store) Version(ctx context.Context, id string, n int) (v Version, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		pk, err := articleKey(ctx, tx, id)
		if err != nil {
			return err
		}
		v, err = scanVersion(tx.QueryRowContext(ctx, "SELECT v.body, "+versionColumns+" AND v.n = ?", pk, n))
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		return err
	})
	return v, wrap(err, "read version %d of article %s", n, shorten(id, 40))
}

func scanVersion(row scanner) (v Version, err error) {
	a := &v.Article
	var added, until int64
	var published, modified, corrected string
	err = row.Scan(&a.Body, &a.ID, &added, &v.N, &until, &v.Actor, &a.Title, &a.TitleDerived, &a.Source, &a.Language, &published,
		&a.URL, &a.Author, &modified, &corrected)
	if err != nil {
		return Version{}, err
	}
	a.Added, v.Until = time.UnixMilli(added).UTC(), time.UnixMilli(until).UTC()
	err = errors.Join(scanDate(&a.Published, published), scanDate(&a.Modified, modified), scanDate(&a.Corrected, corrected))
	return v, err
}

// keepVersion keeps an article as it is, before it is changed. The first version stays, for it is what was read first.
func (s *Store) keepVersion(ctx context.Context, tx *sql.Tx, old *known) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO version (article, n, until, actor, title, title_derived, source, language,
		published, url, author, modified, corrected, body)
		SELECT ?1, 1 + coalesce(max(n), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 FROM version WHERE article = ?1`,
		old.pk, s.stamp().UnixMilli(), actorOf(ctx), old.Title, old.TitleDerived, old.Source, string(old.Language),
		old.Published.String(), old.URL, old.Author, old.Modified.String(), old.Corrected.String(), old.Body)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM version WHERE article = ?1 AND n > 1
		AND n <= (SELECT max(n) FROM version WHERE article = ?1) - ?2`, old.pk, keptVersions)
	return err
}
