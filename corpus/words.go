package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

const (
	wordColumns = "pk, language, form, scale, data"

	// The plus keeps SQLite from going by the index on encoder, after which it would have to sort all the vectors.
	queryWordsAfter = "SELECT " + wordColumns + " FROM word WHERE +encoder = ?1 AND pk > ?2 ORDER BY pk"
	queryWordAt     = "SELECT " + wordColumns + " FROM word WHERE encoder = ?1 AND pk = ?2"
	queryWordKeys   = "SELECT pk FROM word WHERE encoder = ?1"
	queryWordCounts = "SELECT language, count(*) FROM word WHERE encoder = ?1 GROUP BY language"
	queryWordForms  = `SELECT w.form, w.pk FROM json_each(?2) f CROSS JOIN word w
		WHERE w.encoder = ?1 AND w.language = ?3 AND w.form = f.value`
)

// PendingWords returns up to limit articles (0 means 50) whose words are not stored for an encoder, in the order of
// Pending.
func (s *Store) PendingWords(ctx context.Context, encoder string, limit int) ([]WordSource, error) {
	if limit <= 0 {
		limit = defaultPending
	}
	var list []WordSource
	err := s.readWords(ctx, encoder, func(tx *sql.Tx, pk int64) error {
		waiting, err := waitingArticles(ctx, tx, pk, limit)
		for _, a := range waiting {
			list = append(list, WordSource{ArticleID: a.ID, Language: a.Language, Body: a.Body})
		}
		return err
	})
	return list, wrap(err, "find articles without words of %s", encoder)
}

// UnknownWords returns those of the words of a language that are not stored for an encoder, in order, each once.
func (s *Store) UnknownWords(ctx context.Context, encoder string, lang text.Language, forms []string) ([]string, error) {
	keys := map[string]int64{}
	err := checkForms(forms)
	if err == nil {
		err = s.readWords(ctx, encoder, func(tx *sql.Tx, pk int64) error {
			return findForms(ctx, tx, pk, lang, forms, func(form string, key int64) { keys[form] = key })
		})
	}
	if err != nil {
		return nil, fmt.Errorf("look for words of %s: %w", encoder, err)
	}
	var unknown []string
	for _, f := range forms {
		if _, ok := keys[f]; !ok {
			keys[f] = 0
			unknown = append(unknown, f)
		}
	}
	return unknown, nil
}

// findForms calls found with the keys of those forms that are stored.
func findForms(ctx context.Context, q database.Querier, encoder int64, lang text.Language, forms []string,
	found func(form string, key int64),
) error {
	list, err := json.Marshal(forms)
	if err != nil {
		return err
	}
	rows, err := q.QueryContext(ctx, queryWordForms, encoder, string(list), string(lang))
	if err != nil {
		return err
	}
	return database.ForRows(rows, func(rows *sql.Rows) error {
		var form string
		var key int64
		err := rows.Scan(&form, &key)
		found(form, key)
		return err
	})
}

// WordsAfter calls fn with every word of an encoder whose key is larger, in the order of keys, all as they are at one
// moment; 0 begins with the first. fn owns the word, may use the store, and ends the walk by returning an error, which
// WordsAfter returns.
func (s *Store) WordsAfter(ctx context.Context, encoder string, key int64, fn func(Word) error) error {
	err := s.readWords(ctx, encoder, func(tx *sql.Tx, pk int64) error {
		rows, err := tx.QueryContext(ctx, queryWordsAfter, pk, key)
		if err != nil {
			return err
		}
		return forWords(rows, fn)
	})
	return wrap(err, "read the words of %s after %d", encoder, key)
}

// Words calls fn with the words of an encoder that have the keys, in the order asked, all as they are at one moment; keys
// that are no longer there are passed over. fn owns the word, may use the store, and ends the walk by returning an
// error, which Words returns.
func (s *Store) Words(ctx context.Context, encoder string, keys []int64, fn func(Word) error) error {
	err := s.readWords(ctx, encoder, func(tx *sql.Tx, pk int64) error {
		stmt, err := tx.PrepareContext(ctx, queryWordAt)
		if err != nil {
			return err
		}
		for _, key := range keys {
			rows, err := stmt.QueryContext(ctx, pk, key)
			if err != nil {
				return err
			}
			if err := forWords(rows, fn); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap(err, "read words of %s", encoder)
}

// forWords hands out a result of wordColumns, and closes it.
func forWords(rows *sql.Rows, fn func(Word) error) error {
	var data sql.RawBytes
	return database.ForRows(rows, func(rows *sql.Rows) error {
		var w Word
		if err := rows.Scan(&w.Key, &w.Language, &w.Form, &w.Scale, &data); err != nil {
			return err
		}
		w.Data = fromBytes(data)
		return fn(w)
	})
}

// WordKeys returns the keys of all words of an encoder, sorted: what is not among them is gone.
func (s *Store) WordKeys(ctx context.Context, encoder string) (keys []int64, err error) {
	err = s.readWords(ctx, encoder, func(tx *sql.Tx, pk int64) error {
		rows, err := tx.QueryContext(ctx, queryWordKeys, pk)
		if err != nil {
			return err
		}
		keys, err = database.Column[int64](rows)
		return err
	})
	slices.Sort(keys)
	return keys, wrap(err, "read the keys of the words of %s", encoder)
}

// CountWords returns how many words of an encoder are stored, by language. A language without words is not there.
func (s *Store) CountWords(ctx context.Context, encoder string) (map[text.Language]int, error) {
	counts := map[text.Language]int{}
	err := s.readWords(ctx, encoder, func(tx *sql.Tx, pk int64) error {
		rows, err := tx.QueryContext(ctx, queryWordCounts, pk)
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			var lang text.Language
			var n int
			err := rows.Scan(&lang, &n)
			counts[lang] = n
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("count the words of %s: %w", encoder, err)
	}
	return counts, nil
}

// readWords runs do in one transaction with the row of an encoder's words, 0 when none were ever stored.
func (s *Store) readWords(ctx context.Context, encoder string, do func(*sql.Tx, int64) error) error {
	return s.read(ctx, func(tx *sql.Tx) error {
		pk, err := encoderKey(ctx, tx, WordsOf(encoder))
		if err != nil {
			return err
		}
		return do(tx, pk)
	})
}
