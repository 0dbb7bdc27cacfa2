package corpus

import (
	"context"
	"database/sql"
	"fmt"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// Text is something of an article that wants a vector: a passage, or a sentence.
type Text struct {
	// ArticleID is the article it was found in.
	ArticleID string
	// Hash is TextHash of Text.
	Hash Hash
	// Passage says that it is a passage; a passage of one sentence is a passage.
	Passage bool
	// Text is exactly what is to be encoded.
	Text string
}

// defaultPending is how many articles Pending looks at when it is not told.
const defaultPending = 50

// The statements run once for every text or vector. Each must find its rows by an index; a test asks SQLite's planner.
const (
	queryEncoded = `SELECT hash FROM text t WHERE article = ?1
		AND EXISTS (SELECT 1 FROM vector v WHERE v.encoder = ?2 AND v.hash = t.hash)`
	queryCountOff = `UPDATE backlog SET missing = missing - 1
		WHERE encoder = ?1 AND article IN (SELECT article FROM text WHERE hash = ?2)`
	queryDone = `DELETE FROM backlog
		WHERE encoder = ?1 AND missing <= 0 AND article IN (SELECT article FROM text WHERE hash = ?2)`
	queryReopen = `INSERT INTO backlog SELECT article, ?1, 1 FROM text WHERE hash = ?2
		ON CONFLICT DO UPDATE SET missing = missing + 1`
	queryOrphan = `DELETE FROM vector WHERE encoder IN (SELECT pk FROM encoder) AND hash = ?1
		AND NOT EXISTS (SELECT 1 FROM text WHERE hash = ?1)`
)

// texts returns the distinct texts of an article, passages before their sentences. ArticleID is empty.
func texts(body string, passages []Passage) []Text {
	var list []Text
	seen := map[Hash]bool{}
	add := func(s text.Span, passage bool) {
		t := body[s.Start:s.End]
		if h := TextHash(t); !seen[h] {
			seen[h] = true
			list = append(list, Text{Hash: h, Passage: passage, Text: t})
		}
	}
	for _, p := range passages {
		add(p.Span, true)
		for _, s := range p.Sentences {
			add(s, false)
		}
	}
	return list
}

// Pending returns the texts that lack a vector of an encoder, for up to limit articles (0 means 50): those published
// last first, then those added last. All the missing texts of an article are returned together, and none twice.
func (s *Store) Pending(ctx context.Context, encoder string, limit int) ([]Text, error) {
	if limit <= 0 {
		limit = defaultPending
	}
	var list []Text
	err := s.read(ctx, func(tx *sql.Tx) error {
		pk, err := encoderKey(ctx, tx, encoder)
		if err != nil {
			return err
		}
		waiting, err := waitingArticles(ctx, tx, pk, limit)
		if err != nil {
			return err
		}
		list, err = missingTexts(ctx, tx, pk, waiting)
		return err
	})
	return list, wrap(err, "find texts without a vector of %s", encoder)
}

// waiting is an article in the backlog.
type waiting struct {
	Article
	pk int64
}

func waitingArticles(ctx context.Context, q database.Querier, encoder int64, limit int) ([]waiting, error) {
	// The bodies are joined to the few articles chosen: to sort all of them with their bodies would take long.
	const order = " ORDER BY a.published_at DESC, a.added DESC, a.id"
	where, args := "", []any{limit}
	if encoder != 0 {
		where, args = " WHERE a.pk IN (SELECT article FROM backlog WHERE encoder = ?)", []any{encoder, limit}
	}
	rows, err := q.QueryContext(ctx, "SELECT "+articleColumns+", b.text, a.pk FROM (SELECT * FROM article a"+
		where+order+" LIMIT ?) a JOIN body b ON b.article = a.pk"+order, args...)
	if err != nil {
		return nil, err
	}
	var list []waiting
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var w waiting
		w.Article, err = scanArticle(rows, &w.pk)
		list = append(list, w)
		return err
	})
	return list, err
}

// missingTexts returns the texts of the articles that have no vector, each once.
func missingTexts(ctx context.Context, tx *sql.Tx, encoder int64, articles []waiting) ([]Text, error) {
	var list []Text
	seen := map[Hash]bool{}
	for _, a := range articles {
		ps, err := passagesOf(ctx, tx, a.pk, a.ID)
		if err != nil {
			return nil, err
		}
		if err := fits(a.Body, ps); err != nil {
			return nil, fmt.Errorf("article %s: %w", a.ID, err)
		}
		if err := markEncoded(ctx, tx, encoder, a.pk, seen); err != nil {
			return nil, err
		}
		for _, t := range texts(a.Body, ps) {
			if !seen[t.Hash] {
				seen[t.Hash] = true
				t.ArticleID = a.ID
				list = append(list, t)
			}
		}
	}
	return list, nil
}

// markEncoded adds the hashes of an article's texts that have a vector.
func markEncoded(ctx context.Context, tx *sql.Tx, encoder, article int64, seen map[Hash]bool) error {
	rows, err := tx.QueryContext(ctx, queryEncoded, article, encoder)
	if err != nil {
		return err
	}
	raw, err := database.Column[[]byte](rows)
	if err != nil {
		return err
	}
	hashes, err := toHashes(raw)
	for _, h := range hashes {
		seen[h] = true
	}
	return err
}

// Backlog returns how many articles have texts without a vector of an encoder, and how many such texts there are; a
// text of several articles counts once for each.
func (s *Store) Backlog(ctx context.Context, encoder string) (articles, texts int, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		pk, err := encoderKey(ctx, tx, encoder)
		if err != nil {
			return err
		}
		query, args := "SELECT count(*), coalesce(sum(texts), 0) FROM article", []any(nil)
		if pk != 0 {
			query, args = "SELECT count(*), coalesce(sum(missing), 0) FROM backlog WHERE encoder = ?", []any{pk}
		}
		return tx.QueryRowContext(ctx, query, args...).Scan(&articles, &texts)
	})
	return articles, texts, wrap(err, "count texts without a vector of %s", encoder)
}

// openBacklog notes for every encoder how many vectors an article that has just been written lacks.
func openBacklog(ctx context.Context, tx *sql.Tx, article int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO backlog SELECT * FROM (SELECT ?1, e.pk,
		(SELECT count(*) FROM text t WHERE t.article = ?1
			AND NOT EXISTS (SELECT 1 FROM vector v WHERE v.encoder = e.pk AND v.hash = t.hash)) AS missing
		FROM encoder e) WHERE missing > 0`, article)
	return err
}

// closeBacklog counts new vectors off, and takes out the articles that lack none any more.
func closeBacklog(ctx context.Context, tx *sql.Tx, encoder int64, fresh []Hash) error {
	for _, query := range []string{queryCountOff, queryDone} {
		err := each(ctx, tx, query, fresh, func(h *Hash) []any { return []any{encoder, h[:]} })
		if err != nil {
			return err
		}
	}
	return nil
}

// reopenBacklog counts vectors that have been deleted as missing again.
func reopenBacklog(ctx context.Context, tx *sql.Tx, encoder int64, hashes [][]byte) error {
	return each(ctx, tx, queryReopen, hashes, func(h *[]byte) []any { return []any{encoder, *h} })
}
