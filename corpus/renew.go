package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"newsbot/corpus/database"
)

// manyOlder is how many articles take so long to be brought up to date that whoever waits should know why: some seconds.
const manyOlder = 1000

// queryOlder counts the articles that lack what an older program does not know: of its last two steps.
const queryOlder = "SELECT count(*) FROM (SELECT pk FROM article WHERE texts = 0 UNION SELECT article FROM unsketched)"

// renewAll brings the articles up to date that an older program has stored. It can be interrupted, and goes on at the next
// start.
func (s *Store) renewAll(ctx context.Context) error {
	var older int
	if err := s.reader.QueryRowContext(ctx, queryOlder).Scan(&older); err != nil {
		return database.Explain(err)
	}
	if older > 0 {
		level := slog.LevelInfo
		if older >= manyOlder {
			level = slog.LevelWarn
		}
		s.log.Log(ctx, level, "bringing older articles up to date, once", "articles", older)
	}
	for _, renew := range []func(context.Context) error{s.renewTexts, s.renewMarks, s.sketchOlder} {
		if err := renew(ctx); err != nil {
			return err
		}
	}
	return nil
}

// renewed is how many articles a transaction of renew takes.
const renewed = 100

// renewTexts finds anew the passages and what is to be encoded of articles that an older program has stored. An article that cannot be read
// is left as it is.
func (s *Store) renewTexts(ctx context.Context) error {
	return wrap(s.renew(ctx, "texts = 0", s.renewArticle), "find the texts of older articles")
}

// renewMarks finds what articles are known by that an older program has stored.
func (s *Store) renewMarks(ctx context.Context) error {
	return wrap(s.renew(ctx, "content IS NULL", markArticle), "find copies of older articles")
}

// renew calls do for the articles of a condition, some in each transaction. A process killed in the middle leaves the rest
// to the next.
func (s *Store) renew(ctx context.Context, condition string, do func(context.Context, *sql.Tx, int64) error) error {
	query := "SELECT pk FROM article WHERE " + condition + " AND pk > ? ORDER BY pk LIMIT ?"
	for last := int64(0); ; {
		var keys []int64
		err := s.write(ctx, func(tx *sql.Tx) error {
			rows, err := tx.QueryContext(ctx, query, last, renewed)
			if err != nil {
				return err
			}
			if keys, err = database.Column[int64](rows); err != nil {
				return err
			}
			for _, pk := range keys {
				if err := do(ctx, tx, pk); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(keys) == 0 {
			return err
		}
		last = keys[len(keys)-1]
	}
}

// markArticle writes the hashes of an article's link and text.
func markArticle(ctx context.Context, tx *sql.Tx, pk int64) error {
	var a Article
	err := tx.QueryRowContext(ctx, "SELECT a.url, b.text FROM article a JOIN body b ON b.article = a.pk WHERE a.pk = ?", pk).
		Scan(&a.URL, &a.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // damaged: whoever reads it is told
	}
	if err != nil {
		return err
	}
	var address []byte
	if h, ok := addressHash(&a); ok {
		address = h[:]
	}
	content := contentHash(a.Body)
	_, err = tx.ExecContext(ctx, "UPDATE article SET address = ?, content = ? WHERE pk = ?", address, content[:], pk)
	return err
}

// queryRename gives a text the vectors that are stored under another hash.
const queryRename = `INSERT OR IGNORE INTO vector SELECT encoder, ?1, scale, data FROM vector
	WHERE encoder IN (SELECT pk FROM encoder) AND hash = ?2`

// renewArticle writes the passages and texts of an article, as far as they are others than before, and what they lack.
func (s *Store) renewArticle(ctx context.Context, tx *sql.Tx, pk int64) error {
	a, ps, err := renewPassages(ctx, tx, pk)
	if errors.Is(err, ErrDamaged) {
		s.log.Warn("an article cannot be read", "error", err)
		return nil
	}
	if err != nil {
		return err
	}
	old, err := hashesOf(ctx, tx, pk)
	if err != nil {
		return err
	}
	list := Texts(&a, ps)
	if err := renewHashes(ctx, tx, pk, old, list); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE article SET passages = ?, texts = ? WHERE pk = ?", len(ps), len(list), pk)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM backlog WHERE article = ?", pk); err != nil {
		return err
	}
	if err := s.openBacklog(ctx, tx, pk); err != nil {
		return err
	}
	return s.logChanges(ctx, tx, []Change{{ArticleID: a.ID}})
}

// renewHashes makes the texts of an article those of list. Vectors of passages were once stored under TextHash; they are
// kept, while those that nothing needs any more go.
func renewHashes(ctx context.Context, tx *sql.Tx, article int64, old []Hash, list []Text) error {
	before, now := map[Hash]bool{}, map[Hash]bool{}
	for _, h := range old {
		before[h] = true
	}
	for _, t := range list {
		now[t.Hash] = true
	}
	gone := slices.DeleteFunc(slices.Clone(old), func(h Hash) bool { return now[h] })
	fresh := slices.DeleteFunc(slices.Clone(list), func(t Text) bool { return before[t.Hash] })
	err := each(ctx, tx, "DELETE FROM text WHERE article = ? AND hash = ?", gone, func(h *Hash) []any {
		return []any{article, h[:]}
	})
	if err != nil {
		return err
	}
	err = each(ctx, tx, "INSERT INTO text VALUES (?, ?)", fresh, func(t *Text) []any { return []any{article, t.Hash[:]} })
	if err != nil {
		return err
	}
	err = each(ctx, tx, queryRename, fresh, func(t *Text) []any {
		former := TextHash(t.Text)
		return []any{t.Hash[:], former[:]}
	})
	if err != nil {
		return err
	}
	return dropOrphans(ctx, tx, gone)
}

// renewPassages reads an article and divides it anew. It writes the passages when they are others than before.
func renewPassages(ctx context.Context, tx *sql.Tx, pk int64) (Article, []Passage, error) {
	var id string
	if err := tx.QueryRowContext(ctx, "SELECT id FROM article WHERE pk = ?", pk).Scan(&id); err != nil {
		return Article{}, nil, err
	}
	a, err := article(ctx, tx, id)
	if err != nil {
		return Article{}, nil, err
	}
	old, err := passagesOf(ctx, tx, pk, id)
	if err != nil {
		return Article{}, nil, err
	}
	if err := fits(a.Body, old); err != nil {
		return Article{}, nil, fmt.Errorf("article %s: %w", id, err)
	}
	ps := Split(a.Body)
	for i := range ps {
		ps[i].name(id)
	}
	if slices.EqualFunc(ps, old, samePassage) {
		return a, ps, nil
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM passage WHERE article = ?", pk); err != nil {
		return Article{}, nil, err
	}
	return a, ps, insertPassages(ctx, tx, pk, ps)
}

// samePassage reports whether two passages are the same stretch, cut into the same sentences.
func samePassage(a, b Passage) bool {
	return a.ID == b.ID && a.Span == b.Span && slices.Equal(a.Sentences, b.Sentences)
}
