package corpus

import (
	"context"
	"database/sql"
	"fmt"

	"newsbot/corpus/database"
)

// holding is an article with the keys of its words.
type holding struct {
	article int64
	keys    []int64
}

// dropSomeWords takes the words away from a number of articles, which puts these back on the list of what is to be
// encoded, and at the end deletes the row of the encoder's words.
func (s *Store) dropSomeWords(ctx context.Context, tx *sql.Tx, encoder string) (left bool, err error) {
	pk, err := encoderKey(ctx, tx, WordsOf(encoder))
	if err != nil || pk == 0 {
		return false, err
	}
	limit := max(1, s.chunk/20) // an article holds many words
	list, err := holdings(ctx, tx, pk, limit)
	if err != nil {
		return false, err
	}
	uses := map[int64]int{}
	for _, h := range list {
		count(uses, h.keys)
	}
	for _, query := range []string{queryDropWords, queryReopenWords} {
		err := each(ctx, tx, query, list, func(h *holding) []any { return []any{pk, h.article} })
		if err != nil {
			return false, err
		}
	}
	if err := release(ctx, tx, uses); err != nil || len(list) == limit {
		return true, err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM encoder WHERE pk = ?", pk) // its backlog cascades
	return false, err
}

// holdings reads which words some articles hold.
func holdings(ctx context.Context, tx *sql.Tx, encoder int64, limit int) ([]holding, error) {
	rows, err := tx.QueryContext(ctx, queryWordArticles, encoder, limit)
	if err != nil {
		return nil, err
	}
	var list []holding
	var packed sql.RawBytes
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var h holding
		var id string
		if err := rows.Scan(&h.article, &id, &packed); err != nil {
			return err
		}
		var err error
		if h.keys, err = decodeKeys(packed); err != nil {
			return fmt.Errorf("article %s: %w", id, err)
		}
		list = append(list, h)
		return nil
	})
	return list, err
}
