package retrieval

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// A space is how one encoder sees the passages: a vector of each, where they
// lie around it, and how its vectors lie in general. The [Engine] guards it.
type space struct {
	encoder Encoder
	logger  *slog.Logger

	known      *background.Vectors // empty for an encoder nobody has measured
	statistics []byte              // what the store has of it; nil for an encoder of which something ships

	index   *vectorIndex // nil for an encoder that no passage is looked for with
	vectors map[*passage]vector
	means   map[text.Language]*mean
	again   map[text.Language]*mean    // of the passages that are copies of others
	lacking map[corpus.Hash][]*passage // passages without a vector
	missing map[*article]int           // passages without one, of articles that have such
}

// A vector is a passage's: whole and shared with the index, or in bytes when
// there is none.
type vector struct {
	whole []float32
	bytes corpus.Vector
}

// floats returns the vector, of unit length, which nobody may change.
func (v vector) floats() []float32 {
	if v.whole != nil {
		return v.whole
	}
	return unit(corpus.Dequantize(v.bytes.Scale, v.bytes.Data))
}

// newSpace returns an empty space, in which passages are looked for if searched. What the
// store knows of the encoder is read where nothing ships of it.
func newSpace(ctx context.Context, store *corpus.Store, enc Encoder, logger *slog.Logger, searched bool) (*space, error) {
	s := &space{
		encoder: enc, logger: logger, vectors: map[*passage]vector{}, means: map[text.Language]*mean{},
		lacking: map[corpus.Hash][]*passage{}, missing: map[*article]int{},
	}
	var err error
	if s.known, s.statistics, err = knownOf(ctx, store, enc); err != nil {
		return nil, fmt.Errorf("reading the background statistics of %s: %w", enc.ID(), err)
	}
	if searched {
		s.index = newVectorIndex(enc.Dim())
	}
	return s, nil
}

// add takes in an article whose vectors are to come by attach.
func (s *space) add(a *article) {
	for _, p := range a.passages {
		s.lacking[p.hash] = append(s.lacking[p.hash], p)
	}
	if n := len(a.passages); n > 0 {
		s.missing[a] = n
	}
}

// attach hands a vector to the passages that lack it. One that the index
// refuses is logged and left out: words still find the passage.
func (s *space) attach(ctx context.Context, v corpus.Vector) error {
	waiting := s.lacking[v.Hash]
	if len(waiting) == 0 {
		return nil
	}
	whole := unit(corpus.Dequantize(v.Scale, v.Data))
	for _, p := range waiting {
		kept, err := s.keep(ctx, p, v, whole)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			s.logger.Warn("vector refused", slog.String("passage", p.ID), slog.Any("error", err))
			return nil
		}
		s.vectors[p] = kept
		s.mean(p.article.Language).add(whole)
		if s.missing[p.article]--; s.missing[p.article] == 0 {
			delete(s.missing, p.article)
		}
	}
	delete(s.lacking, v.Hash)
	return nil
}

// keep returns a passage's vector as it is kept, and puts it into the index.
func (s *space) keep(ctx context.Context, p *passage, v corpus.Vector, whole []float32) (vector, error) {
	if s.index == nil {
		return vector{bytes: v}, checkVector(whole, s.encoder.Dim())
	}
	return vector{whole: whole}, s.index.add(ctx, p.article.Language, p.ID, whole)
}

// remove takes an article out.
func (s *space) remove(ctx context.Context, a *article) error {
	ids := make([]string, len(a.passages))
	for i, p := range a.passages {
		ids[i] = p.ID
	}
	if s.index != nil {
		if err := s.index.remove(ctx, a.Language, ids...); err != nil {
			return err
		}
	}
	for _, p := range a.passages {
		s.forget(p)
	}
	delete(s.missing, a)
	return nil
}

// forget drops a passage's claim on a vector.
func (s *space) forget(p *passage) {
	if v, ok := s.vectors[p]; ok {
		s.mean(p.article.Language).remove(v.floats())
		delete(s.vectors, p)
		return
	}
	waiting := s.lacking[p.hash][:0]
	for _, other := range s.lacking[p.hash] {
		if other != p {
			waiting = append(waiting, other)
		}
	}
	if len(waiting) == 0 {
		delete(s.lacking, p.hash)
		return
	}
	s.lacking[p.hash] = waiting
}

// mean is that of a language's passages.
func (s *space) mean(lang text.Language) *mean {
	m := s.means[lang]
	if m == nil {
		m = newMean(s.encoder.Dim())
		s.means[lang] = m
	}
	return m
}

// centre is where a language's passages lie around, its few vectors blended with
// what is usual; those of copies once or again and again.
func (s *space) centre(lang text.Language, once bool) []float32 {
	m := s.means[lang]
	if m == nil {
		m = newMean(s.encoder.Dim())
	}
	if again := s.again[lang]; once && again != nil {
		m = m.without(again)
	}
	return m.blend(s.known.Passages[lang], backgroundVectors)
}

// lacks returns the hashes of those of an article's passages that lack a vector.
func (s *space) lacks(a *article) []corpus.Hash {
	if s.missing[a] == 0 {
		return nil
	}
	var hashes []corpus.Hash
	for _, p := range a.passages {
		if _, ok := s.vectors[p]; !ok {
			hashes = append(hashes, p.hash)
		}
	}
	return hashes
}

// load attaches the vectors of passages that the store has.
func (s *space) load(ctx context.Context, store *corpus.Store) error {
	err := store.EachPassageVector(ctx, s.encoder.ID(), func(v corpus.Vector) error { return s.attach(ctx, v) })
	if err != nil {
		return fmt.Errorf("building the vector index: %w", err)
	}
	s.lacking, s.missing = fitted(s.lacking), fitted(s.missing) // they had room for all passages
	return nil
}

// fitted returns a map that has no more room than it needs.
func fitted[K comparable, V any](m map[K]V) map[K]V {
	small := make(map[K]V, len(m))
	maps.Copy(small, m)
	return small
}

// question encodes what somebody asked, not centred.
func (s *space) question(ctx context.Context, a analysis) ([]float32, error) {
	v, err := s.encoder.Question(ctx, asWritten(a.meant))
	if err == nil {
		err = checkVector(v, s.encoder.Dim())
	}
	if err != nil {
		return nil, fmt.Errorf("encoding the question: %w", err)
	}
	return v, nil
}

// usual is where a language's passages lie around by what was measured of the encoder; nil
// when something ships of it.
func (s *space) usual(lang text.Language) []float32 {
	if s.statistics == nil {
		return nil
	}
	return s.known.Passages[lang]
}

// apart is how much of the square length of e5's vectors is not what all of them have in
// common: .20 of Arabic passages, .24 of English ones.
const apart = 0.22

// alongside makes a vector of which the usual is known lie beside others like e5's do, for
// what compares cosines that are not centred. With no usual it is v itself.
func alongside(v, usual []float32) []float32 {
	if usual == nil {
		return v
	}
	out := centred(v, usual)
	for i := range out {
		out[i] *= float32(math.Sqrt(apart))
	}
	return append(out, float32(math.Sqrt(1-apart)))
}
