package retrieval

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"newsbot/corpus"
)

// Traces counts the passages of an article that the indexes still have.
type Traces struct {
	Words   int // found by their words
	Vectors int // found by their vectors
}

// tracesBeside is how many of the nearest passages a search for traces looks at
// beside as many as the article had.
const tracesBeside = 20

// tracesEncoded is how many passages of an article are encoded anew to search by
// their meaning, spread over a long one: whoever waits for the search, as changes of
// the collection do, must not wait for minutes.
const tracesEncoded = 50

// Traces searches both indexes for an article that is gone, by its ID and by every
// passage of it as it was, a and ps, and counts what they find of it.
//
// Every word of a passage, and every 4-gram, is followed to all passages that the
// word index has for it; one that nobody knows any more counts, too, since it may
// have been the article's. The passages' vectors are made anew, of a long article
// those of some, and the vector index is asked for what is nearest to them, unless the
// encoder fails.
// It is also asked for all passages by their IDs, as is what the engine itself keeps.
func (e *Engine) Traces(ctx context.Context, a corpus.Article, ps []corpus.Passage) (Traces, error) {
	vectors, err := e.nearTraces(ctx, &a, ps)
	if err != nil {
		return Traces{}, fmt.Errorf("searching for traces of article %s: %w", a.ID, err)
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	for s := range e.spaces {
		s.traces(a.ID, ps, vectors)
	}
	return Traces{Words: len(e.wordTraces(&a, ps)), Vectors: len(vectors)}, nil
}

// nearTraces returns the IDs of the article's passages that are found by its vectors.
func (e *Engine) nearTraces(ctx context.Context, a *corpus.Article, ps []corpus.Passage) (map[string]bool, error) {
	e.mu.RLock()
	serving := e.serving
	e.mu.RUnlock()
	var texts []string
	for i := range min(len(ps), tracesEncoded) {
		texts = append(texts, a.PassageText(ps[i*len(ps)/min(len(ps), tracesEncoded)]))
	}
	if len(texts) == 0 { // of a damaged article
		return map[string]bool{}, nil
	}
	found := map[string]bool{}
	vectors, err := e.encodeTraces(ctx, serving.encoder, texts)
	if err != nil {
		return nil, err
	}
	for _, v := range vectors {
		for _, lang := range serving.index.languages() { // the article may have been of another one before
			near, err := serving.index.nearest(ctx, lang, v, len(ps)+tracesBeside)
			if err != nil {
				return nil, err
			}
			for _, n := range near {
				if strings.HasPrefix(n.id, a.ID+".") {
					found[n.id] = true
				}
			}
		}
	}
	return found, nil
}

// tracesWait is how long the search waits for an encoder that somebody else runs.
const tracesWait = 15 * time.Second

// encodeTraces encodes passages of an article that is gone. An encoder that somebody else runs
// may be down: then there are none, and what is left of the article is found by its ID.
func (e *Engine) encodeTraces(ctx context.Context, enc Encoder, texts []string) ([][]float32, error) {
	if since, _ := e.Down(); !since.IsZero() {
		return nil, nil
	}
	short, cancel := context.WithTimeout(ctx, tracesWait)
	defer cancel()
	vectors, err := enc.Passages(short, texts)
	if err != nil && ctx.Err() == nil {
		e.logger.Warn("searching for traces without the encoder", slog.String("encoder", enc.ID()))
		return nil, nil
	}
	return vectors, err
}

// traces adds to found the IDs of an article's passages that a space has.
func (s *space) traces(id string, ps []corpus.Passage, found map[string]bool) {
	for p := range s.vectors {
		if p.ArticleID == id {
			found[p.ID] = true
		}
	}
	if s.index == nil {
		return
	}
	for _, p := range ps {
		if passage := id + "." + strconv.Itoa(p.N); s.index.has(passage) {
			found[passage] = true
		}
	}
}

// wordTraces returns the slots of the article's passages that the word indexes have,
// and of those that they have and the engine has not.
func (e *Engine) wordTraces(a *corpus.Article, ps []corpus.Passage) map[int32]bool {
	found := map[int32]bool{}
	follow := func(w *wordIndex, terms []string) {
		for _, term := range terms {
			for _, posting := range w.lookup(term) {
				if p := e.passages[posting.doc]; p == nil || p.ArticleID == a.ID {
					found[posting.doc] = true
				}
			}
		}
	}
	for _, p := range ps {
		words := stems(e.analyzer.Terms(a.PassageText(p)))
		for _, f := range e.words {
			follow(f.stems, words)
			follow(f.grams, grams(words))
		}
	}
	for slot, p := range e.passages {
		if p != nil && p.ArticleID == a.ID {
			found[int32(slot)] = true
		}
	}
	return found
}
