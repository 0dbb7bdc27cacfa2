package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"

	"newsbot/corpus/database"
)

// Each must find its rows by an index; a test asks SQLite's planner.
const (
	queryRemovedWords = `SELECT w.words FROM article a CROSS JOIN article_word w ON w.encoder = ?1 AND w.article = a.pk
		WHERE a.removed != 0 AND a.removed > 0`
	queryHeldWords = `SELECT w.words FROM article a CROSS JOIN article_word w ON w.encoder = ?1 AND w.article = a.pk
		WHERE a.embargo != 0 AND a.embargo > ?2 AND a.removed = 0`
	queryUses = "SELECT word, uses FROM word_use WHERE word IN (SELECT value FROM json_each(?1))"
)

// HiddenWords returns the keys of the words of an encoder that only hidden articles hold, sorted. Where none is hidden it
// takes no time.
func (s *Store) HiddenWords(ctx context.Context, encoder string) (keys []int64, err error) {
	err = s.readWords(ctx, encoder, func(tx *sql.Tx, pk int64) error {
		hidden := map[int64]int{} // how many hidden articles hold a word
		if err := countWords(ctx, tx, hidden, queryRemovedWords, pk); err != nil {
			return err
		}
		if err := countWords(ctx, tx, hidden, queryHeldWords, pk, s.moment()); err != nil {
			return err
		}
		keys, err = heldOnly(ctx, tx, hidden)
		return err
	})
	slices.Sort(keys)
	return keys, wrap(err, "find the words of %s in hidden articles", encoder)
}

// countWords counts how many of the articles whose words a query returns hold each word.
func countWords(ctx context.Context, q database.Querier, uses map[int64]int, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	var packed sql.RawBytes
	return database.ForRows(rows, func(rows *sql.Rows) error {
		if err := rows.Scan(&packed); err != nil {
			return err
		}
		keys, err := decodeKeys(packed)
		count(uses, keys)
		return err
	})
}

// heldOnly returns those of some words that no more articles hold than uses says.
func heldOnly(ctx context.Context, q database.Querier, uses map[int64]int) (keys []int64, err error) {
	if len(uses) == 0 {
		return nil, nil
	}
	all := slices.Sorted(maps.Keys(uses))
	list, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, queryUses, string(list))
	if err != nil {
		return nil, err
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var key int64
		var held int
		err := rows.Scan(&key, &held)
		if held <= uses[key] {
			keys = append(keys, key)
		}
		return err
	})
	return keys, err
}
