package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"newsbot/corpus/database"
)

// Text is something of an article that wants a vector: a passage, or a sentence.
type Text struct {
	// ArticleID is the article it was found in.
	ArticleID string
	// Hash is what Article.Hashes returns for it.
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
		WHERE encoder = ?1 AND article IN (SELECT article FROM text WHERE hash = ?2) RETURNING article, missing`
	queryDone = `DELETE FROM backlog WHERE encoder = ?1 AND article = ?2
		RETURNING (SELECT a.id FROM article a WHERE a.pk = ?2)`
	queryReopen = `INSERT INTO backlog SELECT article, ?1, 1 FROM text WHERE hash = ?2
			AND (?2 >= x'ff' OR NOT EXISTS (SELECT 1 FROM encoder WHERE pk = ?1 AND only_passages))
		ON CONFLICT DO UPDATE SET missing = missing + 1`
	// All of the backlog is wanted: it is read once from end to end, and the few encoders are looked up.
	queryMissing = `SELECT count(DISTINCT b.article),
			coalesce(sum(CASE WHEN substr(e.name, -6) = ' words' THEN 0 ELSE b.missing END), 0)
		FROM backlog b CROSS JOIN encoder e ON e.pk = b.encoder WHERE e.name IN (SELECT value FROM json_each(?1))`
	queryOrphan = `DELETE FROM vector WHERE encoder IN (SELECT pk FROM encoder) AND hash = ?1
		AND NOT EXISTS (SELECT 1 FROM text WHERE hash = ?1)`
)

// Texts returns the distinct texts of an article that has these passages, passages before their sentences. ArticleID is
// empty.
func Texts(a *Article, passages []Passage) []Text {
	var list []Text
	seen := map[Hash]bool{}
	add := func(h Hash, t string, passage bool) {
		if !seen[h] {
			seen[h] = true
			list = append(list, Text{Hash: h, Passage: passage, Text: t})
		}
	}
	for _, p := range passages {
		passage, sentences := a.Hashes(p)
		add(passage, a.PassageText(p), true)
		for i, s := range p.Sentences {
			add(sentences[i], a.Body[s.Start:s.End], false)
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
	only, err := onlyPassages(ctx, tx, encoder)
	if err != nil {
		return nil, err
	}
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
		for _, t := range Texts(&a.Article, ps) {
			if !seen[t.Hash] && (!only || t.Hash[0] == ofPassages) {
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

// Backlog returns how many articles lack something of the encoders, whose names may also be made by WordsOf, and how many
// vectors of texts are missing: a text counts once for each encoder and each article that lacks its vector. Words are
// not counted, only their articles. Of a name that has stored nothing yet, everything is missing.
func (s *Store) Backlog(ctx context.Context, encoders ...string) (articles, texts int, err error) {
	err = s.read(ctx, func(tx *sql.Tx) (err error) {
		articles, texts, err = countMissing(ctx, tx, encoders)
		return err
	})
	return articles, texts, wrap(err, "count what is without a vector of %s", strings.Join(encoders, ", "))
}

func countMissing(ctx context.Context, q database.Querier, encoders []string) (articles, texts int, err error) {
	names, err := json.Marshal(encoders)
	if err != nil {
		return 0, 0, err
	}
	err = q.QueryRowContext(ctx, queryMissing, string(names)).Scan(&articles, &texts)
	if err != nil {
		return 0, 0, err
	}
	fresh, untold, err := unregistered(ctx, q, encoders)
	if err != nil || fresh == 0 {
		return articles, texts, err
	}
	var all int
	err = q.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(texts), 0) FROM article").Scan(&articles, &all)
	return articles, texts + untold*all, err
}

// unregistered returns how many different names have stored nothing yet, and how many of them are no words.
func unregistered(ctx context.Context, q database.Querier, encoders []string) (names, texts int, err error) {
	for _, name := range slices.Compact(slices.Sorted(slices.Values(encoders))) {
		pk, err := encoderKey(ctx, q, name)
		if err != nil {
			return 0, 0, err
		}
		if pk != 0 {
			continue
		}
		names++
		if !namesWords(name) {
			texts++
		}
	}
	return names, texts, nil
}

// queryOpen finds for every encoder how many vectors an article lacks.
const queryOpen = `INSERT INTO backlog SELECT * FROM (SELECT ?1, e.pk,
	(SELECT count(*) FROM text t WHERE t.article = ?1 AND (t.hash >= x'ff' OR NOT e.only_passages)
		AND NOT EXISTS (SELECT 1 FROM vector v WHERE v.encoder = e.pk AND v.hash = t.hash)) AS missing
	FROM encoder e WHERE NOT EXISTS (SELECT 1 FROM article_word w WHERE w.encoder = e.pk AND w.article = ?1))
	WHERE missing > 0`

// openBacklog notes what an article that has just been written lacks.
func (s *Store) openBacklog(ctx context.Context, tx *sql.Tx, article int64) error {
	_, err := tx.StmtContext(ctx, s.prepared.openBacklog).ExecContext(ctx, article)
	return err
}

// closeBacklog counts new vectors off, takes out the articles that lack none any more, and returns their IDs.
func closeBacklog(ctx context.Context, tx *sql.Tx, encoder int64, fresh []Hash) (ids []string, err error) {
	var done []int64
	err = eachRow(ctx, tx, queryCountOff, fresh, func(h *Hash) []any { return []any{encoder, h[:]} },
		func(rows *sql.Rows) error {
			var article, missing int64
			err := rows.Scan(&article, &missing)
			if missing <= 0 {
				done = append(done, article)
			}
			return err
		})
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, tx, queryDone, done, func(pk *int64) []any { return []any{encoder, *pk} },
		func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
	return ids, err
}

// reopenBacklog counts vectors that have been deleted as missing again.
func reopenBacklog(ctx context.Context, tx *sql.Tx, encoder int64, hashes [][]byte) error {
	return each(ctx, tx, queryReopen, hashes, func(h *[]byte) []any { return []any{encoder, *h} })
}
