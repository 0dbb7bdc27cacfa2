package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"newsbot/corpus/database"
	"newsbot/corpus/minhash"
	"newsbot/corpus/text"
)

// draft is an article ready to be written, with everything derived from it.
type draft struct {
	Article
	passages []Passage
	texts    []Text
	words    int
	content  []byte // hash of the body
	address  []byte // hash of the canonical URL; nil for none
	given    []byte // hash of all that was given; nil when that is not known
	says     Fields // the fields that were given
	sketch   minhash.Sketch
	grown    bool // what was there is all there still, and more of it has come: that is no correction
}

func newDraft(a Article) (draft, error) {
	a, err := Prepare(a)
	if err != nil {
		return draft{}, err
	}
	return draftOf(a), nil
}

// draftOf returns the draft of a prepared article.
func draftOf(a Article) draft {
	d := draft{Article: a, passages: Split(a.Body), words: CountWords(a.Body), sketch: minhash.New(a.Body)}
	d.texts = Texts(&a, d.passages)
	d.mark()
	return d
}

// mark fills in what the article is known again by.
func (d *draft) mark() {
	content := contentHash(d.Body)
	d.content, d.address = content[:], nil
	if h, ok := addressHash(&d.Article); ok {
		d.address = h[:]
	}
}

// newGiven returns the draft of an article that comes from outside.
func newGiven(a Article, o AddOptions) (draft, error) {
	id, inLanguage := a.ID, a.Language != ""
	if o.KeepIDs && id != "" && !IsID(id) {
		return draft{}, fmt.Errorf("ID %q cannot be: write 16 characters of a to z and 2 to 7, or leave it out", shorten(id, 40))
	}
	a, err := Prepare(a)
	if err != nil {
		return draft{}, err
	}
	a.Added, a.Changed, a.Removed, a.Corrected, a.Edited = time.Time{}, time.Time{}, time.Time{}, Date{}, 0
	if o.KeepIDs {
		a.TitleDerived = a.TitleDerived || a.Title == deriveTitle(a.Body)
		a.ID = cmp.Or(id, NewID(a.Key()))
	}
	d := draftOf(a)
	d.says, d.given = said(&a, inLanguage), givenHash(&a)
	return d, nil
}

// givenHash returns what tells whether the same was given before.
func givenHash(a *Article) []byte {
	title, address := a.Title, ""
	if a.TitleDerived {
		title = ""
	}
	if h, ok := addressHash(a); ok {
		address = string(h[:])
	}
	h := TextHash(strings.Join([]string{
		title, a.Source, a.Published.String(), address, string(a.Language), a.Author, a.Embargo.String(), a.Body,
	}, "\x00"))
	return h[:]
}

const queryInsertArticle = `INSERT INTO article (id, title, title_derived, source, language, published, published_at, url, words,
		passages, texts, added, changed, author, modified, corrected, embargo, edited, address, content, given)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// insert writes a new article.
func (s *Store) insert(ctx context.Context, tx *sql.Tx, d *draft) error {
	res, err := tx.StmtContext(ctx, s.prepared.insertArticle).ExecContext(ctx, append([]any{d.ID}, d.columns()...)...)
	if err != nil {
		return err
	}
	pk, err := res.LastInsertId()
	if err != nil {
		return err
	}
	return s.insertParts(ctx, tx, pk, d)
}

// replace writes new content over an article's old one.
func (s *Store) replace(ctx context.Context, tx *sql.Tx, pk int64, d *draft) error {
	old, err := hashesOf(ctx, tx, pk)
	if err != nil {
		return err
	}
	if err := releaseWordsUnless(ctx, tx, pk, d); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE article SET title = ?, title_derived = ?, source = ?, language = ?, published = ?,
		published_at = ?, url = ?, words = ?, passages = ?, texts = ?, added = ?, changed = ?,
		author = ?, modified = ?, corrected = ?, embargo = ?, edited = ?,
		address = ?, content = ?, given = ? WHERE pk = ?`,
		append(d.columns(), pk)...)
	if err != nil {
		return err
	}
	for _, table := range []string{"body", "passage", "text", "backlog", "sketch"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE article = ?", pk); err != nil {
			return err
		}
	}
	if err := s.insertParts(ctx, tx, pk, d); err != nil {
		return err
	}
	return dropOrphans(ctx, tx, old)
}

// columns are the values of the article's row after its ID.
func (d *draft) columns() []any {
	var at any
	if !d.Published.IsZero() {
		at = d.Published.Time.Unix()
	}
	var embargo int64
	if !d.Embargo.IsZero() {
		embargo = d.Embargo.Unix()
	}
	return []any{
		d.Title, d.TitleDerived, d.Source, string(d.Language), d.Published.String(), at, d.URL,
		d.words, len(d.passages), len(d.texts), d.Added.UnixMilli(), d.Changed.UnixMilli(),
		d.Author, d.Modified.String(), d.Corrected.String(), embargo, uint16(d.Edited),
		d.address, d.content, d.given,
	}
}

// insertParts writes what hangs on the article's row, and the change.
func (s *Store) insertParts(ctx context.Context, tx *sql.Tx, pk int64, d *draft) error {
	if _, err := tx.ExecContext(ctx, "INSERT INTO body VALUES (?, ?)", pk, d.Body); err != nil {
		return err
	}
	if err := insertPassages(ctx, tx, pk, d.passages); err != nil {
		return err
	}
	err := each(ctx, tx, "INSERT INTO text VALUES (?, ?)", d.texts, func(t *Text) []any {
		return []any{pk, t.Hash[:]}
	})
	if err != nil {
		return err
	}
	if err := s.putSketch(ctx, tx, pk, &d.sketch); err != nil {
		return err
	}
	if err := s.openBacklog(ctx, tx, pk); err != nil {
		return err
	}
	return s.logChanges(ctx, tx, []Change{{ArticleID: d.ID}})
}

// insertPassages writes the passages of an article that has none.
func insertPassages(ctx context.Context, tx *sql.Tx, pk int64, passages []Passage) error {
	return each(ctx, tx, "INSERT INTO passage VALUES (?, ?, ?, ?, ?)", passages, func(p *Passage) []any {
		return []any{pk, p.N, p.Start, p.End, encodeSpans(p.Start, p.Sentences)}
	})
}

// each runs one statement for every value.
func each[T any](ctx context.Context, tx *sql.Tx, query string, values []T, args func(*T) []any) error {
	stmt, err := tx.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer stmt.Close() //nolint:errcheck // the transaction closes it too
	for i := range values {
		if _, err := stmt.ExecContext(ctx, args(&values[i])...); err != nil {
			return err
		}
	}
	return nil
}

// eachRow runs one statement for every value and hands out the rows it returns.
func eachRow[T any](ctx context.Context, tx *sql.Tx, query string, values []T, args func(*T) []any, fn func(*sql.Rows) error) error {
	stmt, err := tx.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer stmt.Close() //nolint:errcheck // the transaction closes it too
	for i := range values {
		rows, err := stmt.QueryContext(ctx, args(&values[i])...)
		if err != nil {
			return err
		}
		if err := database.ForRows(rows, fn); err != nil {
			return err
		}
	}
	return nil
}

// encodeSpans packs ordered spans, the first of which begins at or after start.
func encodeSpans(start int, spans []text.Span) []byte {
	b := make([]byte, 0, 4*len(spans))
	for _, s := range spans {
		b = binary.AppendUvarint(b, uint64(s.Start-start))
		b = binary.AppendUvarint(b, uint64(s.End-s.Start))
		start = s.End
	}
	return b
}

// decodeSpans reads what encodeSpans packed. Every span must lie within the outer one.
func decodeSpans(outer text.Span, b []byte) ([]text.Span, error) {
	var spans []text.Span
	at := outer.Start
	for len(b) > 0 {
		gap, n := binary.Uvarint(b)
		size, m := binary.Uvarint(b[max(n, 0):])
		room := uint64(outer.End - at)
		if n <= 0 || m <= 0 || gap > room || size > room-gap {
			return nil, fmt.Errorf("sentences of the passage at %d: %w", outer.Start, ErrDamaged)
		}
		start := at + int(gap)
		at = start + int(size)
		spans = append(spans, text.Span{Start: start, End: at})
		b = b[n+m:]
	}
	return spans, nil
}
