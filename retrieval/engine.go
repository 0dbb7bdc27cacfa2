package retrieval

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// A Config says what an [Engine] works on.
type Config struct {
	Store   *corpus.Store
	Encoder Encoder
	Lexicon *lexicon.Lexicon // nil is the one inside the program
	Logger  *slog.Logger     // nil discards
}

// An Engine answers questions about the articles of a store. It keeps the word
// index and the passage vectors in memory (about 3 kB a passage) and reads
// bodies and sentence vectors from the store as it needs them. It is safe for
// concurrent use.
type Engine struct {
	store    *corpus.Store
	encoder  Encoder
	logger   *slog.Logger
	analyzer *text.Analyzer
	lexicon  *lexicon.Lexicon
	general  *general

	refresh chan struct{} // holds one value while somebody takes in changes; guards seq and version too

	mu       sync.RWMutex // guards what follows
	articles map[string]*article
	passages []*passage // by slot, nil where one was removed
	free     []int32    // slots to use again
	byID     map[string]*passage
	words    map[text.Language]*fields
	vectors  *vectorIndex
	lacking  map[corpus.Hash][]*passage // passages without a vector
	means    map[text.Language]*mean
	pending  int // articles some of whose passages lack a vector

	seq     int64 // of the last change taken in
	version int64 // of the store's data when it was last looked at
}

// An article is what the engine remembers of one: all but its body.
type article struct {
	corpus.Article // Body is empty
	passages       []*passage
	lacking        int // passages without a vector
}

// A passage is a document of the indexes.
type passage struct {
	corpus.Passage
	slot    int32
	article *article
	hash    corpus.Hash
	// sentences are the hashes of Passage.Sentences, in order.
	sentences []corpus.Hash
	vector    []float32 // nil until it is encoded; shared with the vector index
}

// fields are the word indexes of one language's passages.
type fields struct {
	stems *wordIndex
	grams *wordIndex
}

// Open builds the indexes from all that the store holds.
func Open(ctx context.Context, c Config) (*Engine, error) {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	analyzer := text.NewAnalyzer()
	if c.Lexicon == nil {
		lex, err := lexicon.Default(analyzer)
		if err != nil {
			return nil, fmt.Errorf("reading the lexicon: %w", err)
		}
		c.Lexicon = lex
	}
	known, err := newGeneral(c.Encoder)
	if err != nil {
		return nil, fmt.Errorf("reading the background statistics: %w", err)
	}
	e := &Engine{
		store: c.Store, encoder: c.Encoder, logger: c.Logger,
		analyzer: analyzer, lexicon: c.Lexicon, general: known,
		articles: map[string]*article{}, byID: map[string]*passage{},
		words: map[text.Language]*fields{}, vectors: newVectorIndex(c.Encoder.Dim()),
		lacking: map[corpus.Hash][]*passage{}, means: map[text.Language]*mean{},
		refresh: make(chan struct{}, 1),
	}
	if err := e.load(ctx); err != nil {
		return nil, err
	}
	return e, nil
}

// load reads the whole store. The change sequence is read first, so that what
// is committed meanwhile is at worst taken in twice.
func (e *Engine) load(ctx context.Context) error {
	version, err := e.store.DataVersion(ctx)
	if err != nil {
		return err
	}
	seq, err := e.store.Seq(ctx)
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.version, e.seq = version, seq
	err = e.store.Each(ctx, func(a corpus.Article, ps []corpus.Passage) error {
		e.add(a, ps)
		return nil
	})
	if err != nil {
		return fmt.Errorf("building the word index: %w", err)
	}
	return e.loadVectors(ctx)
}

// loadVectors gives every passage the vector that the store has for it.
func (e *Engine) loadVectors(ctx context.Context) error {
	err := e.store.EachVector(ctx, e.encoder.ID(), func(v corpus.Vector) error {
		return e.attach(ctx, v)
	})
	if err != nil {
		return fmt.Errorf("building the vector index: %w", err)
	}
	return nil
}

// attach hands a vector to the passages that lack it. One that the index
// refuses is logged and left out: words still find the passage.
func (e *Engine) attach(ctx context.Context, v corpus.Vector) error {
	waiting := e.lacking[v.Hash]
	if len(waiting) == 0 {
		return nil
	}
	vector := unit(corpus.Dequantize(v.Scale, v.Data))
	for _, p := range waiting {
		if err := e.vectors.add(ctx, p.article.Language, p.ID, vector); err != nil {
			e.logger.Warn("vector refused", slog.String("passage", p.ID), slog.Any("error", err))
			return nil
		}
		p.vector = vector
		e.means[p.article.Language].add(vector)
		if p.article.lacking--; p.article.lacking == 0 {
			e.pending--
		}
	}
	delete(e.lacking, v.Hash)
	return nil
}

// add takes an article into the word index; its vectors come by attach.
func (e *Engine) add(a corpus.Article, ps []corpus.Passage) {
	body := a.Body
	a.Body = ""
	entry := &article{Article: a}
	f := e.fields(a.Language)
	for _, cp := range ps {
		content := body[cp.Start:cp.End]
		p := &passage{Passage: cp, slot: e.slot(), article: entry, hash: corpus.TextHash(content)}
		for _, s := range cp.Sentences {
			p.sentences = append(p.sentences, corpus.TextHash(body[s.Start:s.End]))
		}
		words := stems(e.analyzer.Terms(content))
		f.stems.add(p.slot, words)
		f.grams.add(p.slot, grams(words))
		entry.passages = append(entry.passages, p)
		e.passages[p.slot] = p
		e.byID[p.ID] = p
		e.lacking[p.hash] = append(e.lacking[p.hash], p)
	}
	if entry.lacking = len(entry.passages); entry.lacking > 0 {
		e.pending++
	}
	e.articles[a.ID] = entry
}

// slot returns the number of a free place for a passage.
func (e *Engine) slot() int32 {
	if n := len(e.free); n > 0 {
		slot := e.free[n-1]
		e.free = e.free[:n-1]
		return slot
	}
	e.passages = append(e.passages, nil)
	return int32(len(e.passages) - 1)
}

// remove takes an article out of both indexes; unknown ids are no error.
func (e *Engine) remove(ctx context.Context, id string) error {
	entry := e.articles[id]
	if entry == nil {
		return nil
	}
	ids := make([]string, len(entry.passages))
	for i, p := range entry.passages {
		ids[i] = p.ID
	}
	if err := e.vectors.remove(ctx, entry.Language, ids...); err != nil {
		return err
	}
	f := e.fields(entry.Language)
	for _, p := range entry.passages {
		f.stems.remove(p.slot)
		f.grams.remove(p.slot)
		e.passages[p.slot] = nil
		e.free = append(e.free, p.slot)
		delete(e.byID, p.ID)
		e.forget(p)
	}
	if entry.lacking > 0 {
		e.pending--
	}
	delete(e.articles, id)
	return nil
}

// forget drops a passage's claim on a vector.
func (e *Engine) forget(p *passage) {
	if p.vector != nil {
		e.means[p.article.Language].remove(p.vector)
		return
	}
	waiting := e.lacking[p.hash][:0]
	for _, other := range e.lacking[p.hash] {
		if other != p {
			waiting = append(waiting, other)
		}
	}
	if len(waiting) == 0 {
		delete(e.lacking, p.hash)
		return
	}
	e.lacking[p.hash] = waiting
}

// fields returns the word indexes of a language, which with its mean are made
// when its first article comes.
func (e *Engine) fields(lang text.Language) *fields {
	f := e.words[lang]
	if f == nil {
		f = &fields{newWordIndex(), newWordIndex()}
		e.words[lang] = f
		e.means[lang] = newMean(e.encoder.Dim())
	}
	return f
}

// Articles returns the number of articles indexed.
func (e *Engine) Articles() int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return len(e.articles)
}
