package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// A vocabulary holds the meanings of a collection's words: by language, for each
// stem the mean of the quick encoder's vectors of the forms it is written in. It
// follows the store, which keeps the vectors of the forms. What only hidden
// articles say is left out: it would tell of them, and move what means nearly the
// same. The [Engine] guards it.
//
// A mean is kept in bytes, like the vectors it is made of, and every form moves it
// in turn, in the order of keys: so it is the same whether the forms came one by
// one or were read at the start.
type vocabulary struct {
	encoder  string // its ID
	dim      int
	analyzer *text.Analyzer
	usual    map[text.Language]*usualWords
	stems    map[text.Language]*stemVectors
	places   map[int64]place // of the forms, by key
	last     int64           // the largest key seen
	hidden   []int64         // the keys left out, sorted
	version  int             // counts the changes

	translated wordCache[[]translation]
	meant      wordCache[corpus.Vector] // what the words of questions mean
}

// A place is the row that a form belongs to.
type place struct {
	lang text.Language
	row  int32
}

// stemVectors are those of one language, a row for each stem.
type stemVectors struct {
	rows    map[string]int32
	stems   []string  // by row; "" where one is free
	forms   [][]int64 // by row: the keys of its forms, sorted
	vectors *lexicon.Matrix
	names   lexicon.SkeletonIndex // of the stems
	free    []int32

	mean  []float32 // room for move
	bytes []int8
}

func newVocabulary(enc Encoder, analyzer *text.Analyzer) (*vocabulary, error) {
	usual, err := loadUsualWords(enc)
	if err != nil {
		return nil, err
	}
	return &vocabulary{
		encoder: enc.ID(), dim: enc.Dim(), analyzer: analyzer, usual: usual,
		stems: map[text.Language]*stemVectors{}, places: map[int64]place{},
	}, nil
}

// count returns the number of stems of a language.
func (v *vocabulary) count(lang text.Language) int {
	if s := v.stems[lang]; s != nil {
		return len(s.rows)
	}
	return 0
}

// vector returns the mean of a stem's forms; nil when the collection of that
// language has no such stem.
func (v *vocabulary) vector(lang text.Language, stem string) []float32 {
	s := v.stems[lang]
	if s == nil {
		return nil
	}
	row, ok := s.rows[stem]
	if !ok {
		return nil
	}
	return corpus.Dequantize(s.vectors.Row(int(row)))
}

// stemsOf returns the vectors of a language, which are made when its first word
// comes.
func (v *vocabulary) stemsOf(lang text.Language) (*stemVectors, error) {
	if s := v.stems[lang]; s != nil {
		return s, nil
	}
	vectors, err := v.matrix(lang)
	if err != nil {
		return nil, err
	}
	s := &stemVectors{
		rows: map[string]int32{}, vectors: vectors,
		mean: make([]float32, v.dim), bytes: make([]int8, v.dim),
	}
	v.stems[lang] = s
	return s, nil
}

// add takes in a form.
func (v *vocabulary) add(w corpus.Word) error {
	if len(w.Data) != v.dim {
		return fmt.Errorf("the vector of the word %d has %d numbers, %d are wanted: %w", w.Key, len(w.Data), v.dim, corpus.ErrDamaged)
	}
	v.last = max(v.last, w.Key)
	if _, known := v.places[w.Key]; known {
		return nil
	}
	s, err := v.stemsOf(w.Language)
	if err != nil {
		return err
	}
	row := s.rowOf(v.stem(w.Form))
	s.forms[row] = append(s.forms[row], w.Key)
	v.places[w.Key] = place{w.Language, row}
	s.move(row, len(s.forms[row]), w)
	return nil
}

// stem is that of a form; the form itself, should the analyzer make nothing of
// it.
func (v *vocabulary) stem(form string) string {
	if terms := v.analyzer.Terms(form); len(terms) > 0 {
		return terms[0].Stem
	}
	return form
}

// rowOf returns the row of a stem, new or known.
func (s *stemVectors) rowOf(stem string) int32 {
	row, ok := s.rows[stem]
	if ok {
		return row
	}
	if n := len(s.free); n > 0 {
		row, s.free = s.free[n-1], s.free[:n-1]
		s.stems[row] = stem
	} else {
		row = int32(s.vectors.Append())
		s.stems, s.forms = append(s.stems, stem), append(s.forms, nil)
	}
	s.rows[stem] = row
	s.names.Add(stem)
	return row
}

// move makes the mean of n-1 forms that of n.
func (s *stemVectors) move(row int32, n int, w corpus.Word) {
	if n == 1 {
		s.vectors.Set(int(row), w.Scale, w.Data)
		return
	}
	s.vectors.ReadRow(s.mean, int(row))
	for i, x := range w.Data {
		s.mean[i] += (w.Scale*float32(x) - s.mean[i]) / float32(n)
	}
	s.vectors.Set(int(row), corpus.QuantizeTo(s.bytes, s.mean), s.bytes)
}

// A wordChange is what a vocabulary has to take in: forms that have gone, and
// those to be added, in the order of keys.
type wordChange struct {
	gone   []int64
	come   []corpus.Word
	last   int64   // the largest key seen
	hidden []int64 // the keys left out, sorted
}

// left tells whether a sorted list has a key.
func left(keys []int64, key int64) bool {
	_, found := slices.BinarySearch(keys, key)
	return found
}

// changes reads what has come to the store since, and what has gone from it, or is
// hidden or shown now. It changes nothing. Words that come or go between two of its
// looks are noticed by the next call: whatever the reason, the numbers of words do
// not agree then, or others are hidden.
func (v *vocabulary) changes(ctx context.Context, store *corpus.Store) (c wordChange, err error) {
	come := func(w corpus.Word) error { c.come = append(c.come, w); return nil }
	if err := store.WordsAfter(ctx, v.encoder, v.last, come); err != nil {
		return c, err
	}
	counts, err := store.CountWords(ctx, v.encoder)
	if err != nil {
		return c, err
	}
	if c.hidden, err = store.HiddenWords(ctx, v.encoder); err != nil {
		return c, err
	}
	if n := len(c.come); n > 0 {
		c.last = c.come[n-1].Key
	}
	c.come = slices.DeleteFunc(c.come, func(w corpus.Word) bool { return left(c.hidden, w.Key) })
	shown := -len(c.hidden)
	for _, n := range counts {
		shown += n
	}
	if shown == len(v.places)+len(c.come) && slices.Equal(c.hidden, v.hidden) {
		return c, nil
	}
	keys, err := store.WordKeys(ctx, v.encoder)
	if err != nil {
		return c, err
	}
	keys = slices.DeleteFunc(keys, func(key int64) bool { return left(c.hidden, key) })
	again, err := v.changed(ctx, store, keys)
	again.come = append(again.come, c.come...)
	again.last, again.hidden = c.last, c.hidden
	return again, err
}

// changed returns what changes when the forms with the keys given, which are sorted,
// are all there are up to the last seen.
func (v *vocabulary) changed(ctx context.Context, store *corpus.Store, keys []int64) (c wordChange, err error) {
	come := func(w corpus.Word) error { c.come = append(c.come, w); return nil }
	unknown := slices.DeleteFunc(slices.Clone(keys), func(key int64) bool {
		_, known := v.places[key]
		return known || key > v.last
	})
	if err := store.Words(ctx, v.encoder, unknown, come); err != nil {
		return c, err
	}
	var again []int64
	c.gone, again = v.goneWithout(keys, c.come)
	err = store.Words(ctx, v.encoder, again, come)
	slices.SortFunc(c.come, func(a, b corpus.Word) int { return cmp.Compare(a.Key, b.Key) })
	return c, err
}

// goneWithout returns the forms that go when only those with the keys given,
// which are sorted, are left, and those of back have come back: with them the others
// of their stems go, which are to come again, so that the mean is made anew.
func (v *vocabulary) goneWithout(keys []int64, back []corpus.Word) (gone, again []int64) {
	rows := map[place]bool{}
	for key, p := range v.places {
		if !left(keys, key) {
			rows[p] = true
		}
	}
	for _, w := range back {
		if p, ok := v.placeOf(w); ok {
			rows[p] = true
		}
	}
	for p := range rows {
		for _, key := range v.stems[p.lang].forms[p.row] {
			gone = append(gone, key)
			if left(keys, key) {
				again = append(again, key)
			}
		}
	}
	return gone, again
}

// placeOf returns the row of a form's stem, if there is one.
func (v *vocabulary) placeOf(w corpus.Word) (place, bool) {
	s := v.stems[w.Language]
	if s == nil {
		return place{}, false
	}
	row, ok := s.rows[v.stem(w.Form)]
	return place{w.Language, row}, ok
}

// apply takes in what changes returned.
func (v *vocabulary) apply(c wordChange) error {
	if len(c.gone)+len(c.come) > 0 {
		v.version++
	}
	for _, key := range c.gone {
		v.remove(key)
	}
	for _, w := range c.come {
		if err := v.add(w); err != nil {
			return err
		}
	}
	v.last, v.hidden = max(v.last, c.last), c.hidden
	return nil
}

// remove takes out a form, all of whose stem go.
func (v *vocabulary) remove(key int64) {
	p := v.places[key]
	delete(v.places, key)
	s := v.stems[p.lang]
	if stem := s.stems[p.row]; stem != "" {
		delete(s.rows, stem)
		s.names.Remove(stem)
		s.stems[p.row], s.forms[p.row] = "", nil
		s.vectors.Clear(int(p.row))
		s.free = append(s.free, p.row)
	}
}

// loadVocabulary reads the vocabulary from the store, which Refresh keeps it in step
// with from then on.
func (e *Engine) loadVocabulary(ctx context.Context) error {
	if e.encoders.Quick == nil {
		return nil
	}
	v, err := newVocabulary(e.encoders.Quick, e.analyzer)
	if err != nil {
		return err
	}
	if err := v.load(ctx, e.store); err != nil {
		return fmt.Errorf("reading the vectors of words: %w", err)
	}
	e.vocabulary = v
	return nil
}

// load takes in all words.
func (v *vocabulary) load(ctx context.Context, store *corpus.Store) (err error) {
	if v.hidden, err = store.HiddenWords(ctx, v.encoder); err != nil {
		return err
	}
	return store.WordsAfter(ctx, v.encoder, 0, func(w corpus.Word) error {
		if left(v.hidden, w.Key) {
			v.last = max(v.last, w.Key)
			return nil
		}
		return v.add(w)
	})
}

// meanings returns the vocabulary; nil without a quick encoder. Whoever looks into
// it holds the engine's lock.
func (e *Engine) meanings() *vocabulary {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.vocabulary
}

// refreshVocabulary takes in how the words of the store have changed.
func (e *Engine) refreshVocabulary(ctx context.Context) error {
	if e.vocabulary == nil {
		return nil
	}
	c, err := e.vocabulary.changes(ctx, e.store)
	if err != nil {
		return fmt.Errorf("reading the vectors of words: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.vocabulary.apply(c)
}
