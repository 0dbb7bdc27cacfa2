package retrieval

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/lexicon"
)

// A Config says what an [Engine] works on.
type Config struct {
	Store    *corpus.Store
	Encoders Encoders
	Lexicon  *lexicon.Lexicon // nil is the one inside the program
	Logger   *slog.Logger     // nil discards
	// Now gives the time, which embargoes end by; nil means time.Now. It is to be the store's.
	Now func() time.Time
	// Caution says how sure answers must be; "" is [NormalCaution].
	Caution Caution
	// Calendar says where weeks begin and which day it is; nil is [dates.Default].
	Calendar *dates.Calendar
	// StaleAfter is the age from which on evidence of how things are now is said to be
	// old; 0 is [DefaultStaleAfter].
	StaleAfter time.Duration
}

// DefaultStaleAfter is the age from which on evidence of the present is old, unless
// [Config] says otherwise.
const DefaultStaleAfter = 90 * 24 * time.Hour

// An Engine answers questions about the articles of a store. It keeps the word
// index, the passage vectors (about 4 kB a passage) and a vector of every stem (about
// a kB each) in memory, and reads bodies and sentence vectors from the store as it
// needs them. It is safe for concurrent use.
type Engine struct {
	store    *corpus.Store
	encoders Encoders
	logger   *slog.Logger
	now      func() time.Time
	caution  Caution
	calendar dates.Calendar
	stale    time.Duration
	analyzer *text.Analyzer
	lexicon  atomic.Pointer[lexicon.Lexicon]
	general  *general
	breaker  breaker // of the strong encoder that serves

	refresh chan struct{} // holds one value while somebody takes in changes; guards seq and what follows it too

	mu        sync.RWMutex // guards what follows
	articles  map[string]*article
	passages  []*passage // by slot, nil where one was removed
	moments   []moment   // by slot, that of the passage
	free      []int32    // slots to use again
	byID      map[string]*passage
	words     map[text.Language]*fields
	outlets   map[string]*outlet // by their names as stored
	families  map[string]int64   // which articles are copies of each other, by ID
	uncounted bool               // some of these have changed and the spaces do not know; refresh guards it
	// serving is by which encoder questions are answered; coming is that of the
	// strong one while vectors of a former one serve, nil otherwise.
	serving *space
	coming  *space
	// quick and vocabulary are the quick encoder's; nil without one. It has a say in
	// ranking, and translates words.
	quick      *space
	vocabulary *vocabulary

	seq     int64     // of the last change taken in
	version int64     // of the store's data when it was last looked at
	looked  time.Time // when that was
	release time.Time // when the first embargo after that ends; zero for none
}

// An article is what the engine remembers of one: all but its body.
type article struct {
	corpus.Article // Body is empty
	passages       []*passage
}

// A passage is a document of the indexes.
type passage struct {
	corpus.Passage
	slot    int32
	article *article
	hash    corpus.Hash
	// sentences are the hashes of Passage.Sentences, in order.
	sentences []corpus.Hash
	moment    moment
}

// Open builds the indexes from all that the store holds.
func Open(ctx context.Context, c Config) (*Engine, error) {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Calendar == nil {
		calendar := dates.Default()
		c.Calendar = &calendar
	}
	if c.StaleAfter == 0 {
		c.StaleAfter = DefaultStaleAfter
	}
	analyzer := text.NewAnalyzer()
	if c.Lexicon == nil {
		var err error
		if c.Lexicon, err = builtInLexicon(); err != nil {
			return nil, fmt.Errorf("reading the lexicon: %w", err)
		}
	}
	known, err := newGeneral()
	if err != nil {
		return nil, err
	}
	e := &Engine{
		store: c.Store, encoders: c.Encoders, logger: c.Logger, now: c.Now, caution: c.Caution,
		calendar: *c.Calendar, stale: c.StaleAfter,
		analyzer: analyzer, general: known,
		articles: map[string]*article{}, byID: map[string]*passage{},
		words:   map[text.Language]*fields{},
		refresh: make(chan struct{}, 1),
	}
	e.lexicon.Store(c.Lexicon)
	if err := e.load(ctx); err != nil {
		return nil, err
	}
	return e, nil
}

// builtInLexicon is read once: it takes a tenth of a second, and nobody changes it.
var builtInLexicon = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Default(text.NewAnalyzer()) })

// loadSpaces reads the vectors of the encoders, and decides whose serve.
func (e *Engine) loadSpaces(ctx context.Context) error {
	loadStrong := func(ctx context.Context) (err error) {
		e.serving, e.coming, err = e.choose(ctx, e.encoders)
		return err
	}
	loadQuick := func(ctx context.Context) (err error) {
		if e.encoders.Quick != nil {
			e.quick, err = e.loadSpace(ctx, e.encoders.Quick, false)
		}
		return err
	}
	return together(ctx, loadStrong, loadQuick)
}

// choose returns whose vectors are to serve: the strong encoder's, or while some of these
// are missing those of a former one that has more, and then whose are to come. Spaces
// that the engine has are used again.
func (e *Engine) choose(ctx context.Context, encoders Encoders) (serving, coming *space, err error) {
	strong, err := e.spaceOf(ctx, encoders.Strong)
	if err != nil || len(strong.missing) == 0 {
		return strong, nil, err
	}
	formers, err := encoders.former(ctx, e.store)
	if err != nil {
		return nil, nil, err
	}
	if e.serving != nil {
		formers = append(formers, e.serving.encoder)
	}
	serving = strong
	for _, enc := range formers {
		former, err := e.spaceOf(ctx, enc)
		if err != nil {
			return nil, nil, err
		}
		if len(former.missing) < len(serving.missing) {
			serving, coming = former, strong
		}
	}
	return serving, coming, nil
}

// spaceOf returns the space of an encoder of passages, which is read unless the engine has it.
func (e *Engine) spaceOf(ctx context.Context, enc Encoder) (*space, error) {
	for _, s := range [...]*space{e.serving, e.coming} {
		if s != nil && s.encoder.ID() == enc.ID() && s.encoder.Dim() == enc.Dim() {
			return s, nil
		}
	}
	return e.loadSpace(ctx, enc, true)
}

func (e *Engine) loadSpace(ctx context.Context, enc Encoder, searched bool) (*space, error) {
	s, err := newSpace(ctx, e.store, enc, e.logger, searched)
	if err != nil {
		return nil, err
	}
	for _, a := range e.articles {
		s.add(a)
	}
	return s, s.load(ctx, e.store)
}

// spaces yields those that are kept in step with the store.
func (e *Engine) spaces(yield func(*space) bool) {
	for _, s := range [...]*space{e.serving, e.coming, e.quick} {
		if s != nil && !yield(s) {
			return
		}
	}
}

// slot returns the number of a free place for a passage.
func (e *Engine) slot() int32 {
	if n := len(e.free); n > 0 {
		slot := e.free[n-1]
		e.free = e.free[:n-1]
		return slot
	}
	e.passages, e.moments = append(e.passages, nil), append(e.moments, moment{})
	return int32(len(e.passages) - 1)
}

// remove takes an article out of all indexes; unknown ids are no error.
func (e *Engine) remove(ctx context.Context, id string) error {
	entry := e.articles[id]
	if entry == nil {
		return nil
	}
	for s := range e.spaces {
		if err := s.remove(ctx, entry); err != nil {
			return err
		}
	}
	f := e.fields(entry.Language)
	for _, p := range entry.passages {
		f.stems.remove(p.slot)
		f.grams.remove(p.slot)
		e.passages[p.slot], e.moments[p.slot] = nil, moment{}
		e.free = append(e.free, p.slot)
		delete(e.byID, p.ID)
	}
	delete(e.articles, id)
	e.unlist(entry.Source)
	return nil
}

// fields returns the word indexes of a language, which are made when its first
// article comes.
func (e *Engine) fields(lang text.Language) *fields {
	f := e.words[lang]
	if f == nil {
		f = newFields()
		e.words[lang] = f
	}
	return f
}

// SetLexicon makes l the lexicon of the questions that are asked from now on; it is
// not nil. Those under way keep the one before.
func (e *Engine) SetLexicon(l *lexicon.Lexicon) { e.lexicon.Store(l) }

// Pending returns the number of articles that questions cannot find by their
// meaning yet.
func (e *Engine) Pending() int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return len(e.serving.missing)
}

// Articles returns the number of articles indexed.
func (e *Engine) Articles() int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return len(e.articles)
}
