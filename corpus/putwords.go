package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// Each must find its rows by an index; a test asks SQLite's planner.
const (
	queryWordless = `SELECT a.pk, a.language, b.text FROM article a JOIN body b ON b.article = a.pk
		WHERE a.id = ?2 AND EXISTS (SELECT 1 FROM backlog w WHERE w.article = a.pk AND w.encoder = ?1)`
	queryUse = `INSERT INTO word_use SELECT value, ?1 FROM json_each(?2) WHERE true
		ON CONFLICT (word) DO UPDATE SET uses = uses + excluded.uses`
	queryRelease = "UPDATE word_use SET uses = uses - ?1 WHERE word IN (SELECT value FROM json_each(?2))"
	queryUnused  = `DELETE FROM word WHERE pk IN
		(SELECT word FROM word_use WHERE uses <= 0 AND word IN (SELECT value FROM json_each(?1)))`
	queryReleased     = "DELETE FROM article_word WHERE article = ?1 RETURNING words"
	queryDropWords    = "DELETE FROM article_word WHERE encoder = ?1 AND article = ?2"
	queryReopenWords  = "INSERT INTO backlog VALUES (?2, ?1, 1)"
	queryWordArticles = `SELECT w.article, a.id, w.words FROM article_word w JOIN article a ON a.pk = w.article
		WHERE w.encoder = ?1 LIMIT ?2`
)

// PutWords stores the words of articles, in one transaction: the vectors of those that are new (one already there is
// kept, and one that none of the articles holds is left out), and that the articles hold them. The articles then have
// nothing missing in the backlog of WordsOf the encoder, and the change log says so.
//
// An article that is gone, has another body or language now, or has its words already, is passed over. A word of one of
// the others that has no vector, neither in words nor in the store, is an error wrapping ErrNoVector; it may have
// gone since UnknownWords, with the last article that held it. An unusable vector or form (empty, no UTF-8, with a NUL) is
// an error too. After an error nothing is stored.
func (s *Store) PutWords(ctx context.Context, encoder string, articles []ArticleWords, words []Word) error {
	if err := checkWords(encoder, articles, words); err != nil {
		return fmt.Errorf("store words of %s: %w", encoder, err)
	}
	err := s.write(ctx, func(tx *sql.Tx) error {
		pk, err := s.registerEncoder(ctx, tx, WordsOf(encoder))
		if err != nil {
			return err
		}
		p := wordPut{tx: tx, encoder: pk}
		if err := p.run(ctx, articles, words); err != nil {
			return err
		}
		return s.logEncoded(ctx, tx, WordsOf(encoder), p.ids())
	})
	return wrap(err, "store words of %s", encoder)
}

func checkWords(encoder string, articles []ArticleWords, words []Word) error {
	if err := checkEncoder(encoder); err != nil {
		return err
	}
	for _, w := range words {
		if err := (Vector{Scale: w.Scale, Data: w.Data}).check(); err != nil {
			return fmt.Errorf("word %q: %w", shorten(w.Form, 40), err)
		}
		if err := checkForms([]string{w.Form}); err != nil {
			return err
		}
	}
	for _, a := range articles {
		if err := checkForms(a.Forms); err != nil {
			return fmt.Errorf("article %s: %w", shorten(a.ArticleID, 40), err)
		}
	}
	return nil
}

// wordPut is the work of one PutWords.
type wordPut struct {
	tx       *sql.Tx
	encoder  int64 // the row of WordsOf
	articles []wordless
	keys     map[spelling]int64 // of the articles' words; 0 for one that is not stored yet
}

// wordless is an article about to be given its words.
type wordless struct {
	*ArticleWords
	pk int64
}

func (p *wordPut) run(ctx context.Context, articles []ArticleWords, words []Word) error {
	if err := p.choose(ctx, articles); err != nil {
		return err
	}
	if err := p.find(ctx); err != nil {
		return err
	}
	if err := p.insert(ctx, words); err != nil {
		return err
	}
	return p.use(ctx)
}

func (p *wordPut) ids() []string {
	ids := make([]string, len(p.articles))
	for i, a := range p.articles {
		ids[i] = a.ArticleID
	}
	return ids
}

// choose keeps the articles that are still as their words were read, and have none.
func (p *wordPut) choose(ctx context.Context, articles []ArticleWords) error {
	seen := map[string]bool{}
	for i := range articles {
		a := &articles[i]
		if seen[a.ArticleID] {
			continue
		}
		var pk int64
		var lang text.Language
		var body string
		err := p.tx.QueryRowContext(ctx, queryWordless, p.encoder, a.ArticleID).Scan(&pk, &lang, &body)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		if lang == a.Language && TextHash(body) == a.Body {
			seen[a.ArticleID] = true
			p.articles = append(p.articles, wordless{a, pk})
		}
	}
	return nil
}

// find looks the articles' words up, those of each language together.
func (p *wordPut) find(ctx context.Context) error {
	p.keys = map[spelling]int64{}
	forms := map[text.Language][]string{}
	for _, a := range p.articles {
		for _, f := range a.Forms {
			w := spelling{a.Language, f}
			if _, ok := p.keys[w]; !ok {
				p.keys[w] = 0
				forms[w.language] = append(forms[w.language], f)
			}
		}
	}
	for lang, list := range forms {
		err := findForms(ctx, p.tx, p.encoder, lang, list, func(form string, key int64) {
			p.keys[spelling{lang, form}] = key
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// insert stores those words that an article holds and the store lacks.
func (p *wordPut) insert(ctx context.Context, words []Word) error {
	stmt, err := p.tx.PrepareContext(ctx, "INSERT INTO word (encoder, language, form, scale, data) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer stmt.Close() //nolint:errcheck // the transaction closes it too
	for _, w := range words {
		id := spelling{w.Language, w.Form}
		if key, held := p.keys[id]; !held || key != 0 {
			continue
		}
		res, err := stmt.ExecContext(ctx, p.encoder, string(w.Language), w.Form, float64(w.Scale), toBytes(w.Data))
		if err != nil {
			return err
		}
		if p.keys[id], err = res.LastInsertId(); err != nil {
			return err
		}
	}
	return nil
}

// use writes which words the articles hold, and takes the articles out of the backlog.
func (p *wordPut) use(ctx context.Context) error {
	uses := map[int64]int{}
	packed := map[int64][]byte{}
	for _, a := range p.articles {
		keys, err := p.keysOf(a.ArticleWords)
		if err != nil {
			return err
		}
		packed[a.pk] = encodeKeys(keys)
		count(uses, keys)
	}
	err := each(ctx, p.tx, "INSERT INTO article_word VALUES (?, ?, ?)", p.articles, func(a *wordless) []any {
		return []any{p.encoder, a.pk, packed[a.pk]}
	})
	if err != nil {
		return err
	}
	if err := eachCount(ctx, p.tx, queryUse, uses); err != nil {
		return err
	}
	return each(ctx, p.tx, "DELETE FROM backlog WHERE article = ? AND encoder = ?", p.articles, func(a *wordless) []any {
		return []any{a.pk, p.encoder}
	})
}

// keysOf returns the keys of an article's words, sorted.
func (p *wordPut) keysOf(a *ArticleWords) ([]int64, error) {
	keys := make([]int64, len(a.Forms))
	for i, f := range a.Forms {
		if keys[i] = p.keys[spelling{a.Language, f}]; keys[i] == 0 {
			return nil, fmt.Errorf("word %q of article %s: %w", shorten(f, 40), a.ArticleID, ErrNoVector)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// count adds one to the number of every key.
func count(uses map[int64]int, keys []int64) {
	for _, k := range keys {
		uses[k]++
	}
}

// eachCount runs a statement, which takes a number and a list of keys, for all keys of each number.
func eachCount(ctx context.Context, tx *sql.Tx, query string, uses map[int64]int) error {
	groups := map[int][]int64{}
	for k, n := range uses {
		groups[n] = append(groups[n], k)
	}
	for n, keys := range groups {
		slices.Sort(keys) // neighbours share a page
		if err := withKeys(ctx, tx, query, keys, n); err != nil {
			return err
		}
	}
	return nil
}

// withKeys runs a statement whose last argument is a list of keys.
func withKeys(ctx context.Context, tx *sql.Tx, query string, keys []int64, args ...any) error {
	list, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, query, append(args, string(list))...)
	return err
}

// releaseWordsUnless takes an article's words away from it unless the draft that replaces it has the same.
func releaseWordsUnless(ctx context.Context, tx *sql.Tx, article int64, d *draft) error {
	var same bool
	err := tx.QueryRowContext(ctx, `SELECT b.text = ?2 AND a.language = ?3 FROM article a JOIN body b ON b.article = a.pk
		WHERE a.pk = ?1`, article, d.Body, string(d.Language)).Scan(&same)
	if err != nil || same {
		return err
	}
	return releaseWords(ctx, tx, article)
}

// releaseWords takes an article's words away from it, and out of the store where no other article holds them.
func releaseWords(ctx context.Context, tx *sql.Tx, article int64) error {
	rows, err := tx.QueryContext(ctx, queryReleased, article)
	if err != nil {
		return err
	}
	packed, err := database.Column[[]byte](rows) // one for each encoder
	if err != nil {
		return err
	}
	uses := map[int64]int{}
	for _, b := range packed {
		keys, err := decodeKeys(b)
		if err != nil {
			return err
		}
		count(uses, keys)
	}
	return release(ctx, tx, uses)
}

// release counts uses off and deletes the words that have none left.
func release(ctx context.Context, tx *sql.Tx, uses map[int64]int) error {
	if len(uses) == 0 {
		return nil
	}
	if err := eachCount(ctx, tx, queryRelease, uses); err != nil {
		return err
	}
	return withKeys(ctx, tx, queryUnused, slices.Sorted(maps.Keys(uses)))
}
