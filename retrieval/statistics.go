package retrieval

import (
	"bytes"
	"context"
	"fmt"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
	"newsbot/retrieval/background/bank"
)

// How much of a collection an encoder is measured with: a passage and a sentence each of so
// many articles, spread evenly over all.
const measuredArticles = 150

// measuredAtOnce is how many texts an encoder gets in one call while it is measured.
const measuredAtOnce = 32

// Measure finds out how an encoder's vectors lie, of which nothing ships, and keeps it in
// the store: 120 questions, 240 passages and sentences that are inside the program and, if the
// store has articles, up to 300 texts of theirs are encoded, those that have no vector
// yet. A running [Engine] takes it in with the next Refresh. Errors are those of the encoder,
// of ctx and of the store.
func Measure(ctx context.Context, store *corpus.Store, enc Encoder) error {
	s := &background.Sample{
		Questions: vectorsBy{}, Passages: vectorsBy{}, Sentences: vectorsBy{},
		OtherPassages: vectorsBy{}, OtherSentences: vectorsBy{},
	}
	stats, err := store.Stats(ctx)
	if err == nil {
		err = sampleBank(ctx, enc, s)
	}
	if err == nil {
		err = sampleStore(ctx, store, enc, s)
	}
	if err != nil {
		return fmt.Errorf("measuring the encoder %s: %w", enc.ID(), err)
	}
	m := &background.Measured{Dim: enc.Dim(), Passages: stats.Passages, Vectors: background.Measure(s)}
	if e, ok := enc.(marked); ok {
		m.Mark = e.Mark()
	}
	return store.SetStatistics(ctx, enc.ID(), background.EncodeMeasured(m))
}

// A marked encoder is recognized by its mark: it may become another under its name.
type marked interface{ Mark() []float32 }

// Measured returns what was measured of an encoder for a store; nil when it was not, or what was
// kept of it cannot be read.
func Measured(ctx context.Context, store *corpus.Store, id string) (*background.Measured, error) {
	raw, err := store.Statistics(ctx, id)
	if err != nil {
		return nil, err
	}
	return readMeasured(raw), nil
}

// readMeasured returns nil for what is not there or another version has written, so that it
// is measured anew.
func readMeasured(raw []byte) *background.Measured {
	if m, err := background.DecodeMeasured(raw); err == nil {
		return m
	}
	return nil
}

type vectorsBy = map[text.Language][][]float32

// sampleBank encodes the texts that are inside the program.
func sampleBank(ctx context.Context, enc Encoder, s *background.Sample) error {
	items := bank.Items()
	for _, lang := range [...]text.Language{text.Arabic, text.English} {
		var questions, passages, sentences []string
		for _, i := range items {
			questions = append(questions, asWritten(i.Question[lang]))
			passages, sentences = append(passages, i.Passage[lang]), append(sentences, i.Sentence(lang))
		}
		var err error
		if s.Questions[lang], err = encodeQuestions(ctx, enc, questions); err != nil {
			return err
		}
		if s.Passages[lang], err = encodePlain(ctx, enc, passages); err != nil {
			return err
		}
		if s.Sentences[lang], err = encodePlain(ctx, enc, sentences); err != nil {
			return err
		}
	}
	return nil
}

// An asksMany encodes many questions at once, and as patiently as passages: nobody waits for
// them.
type asksMany interface {
	Questions(ctx context.Context, texts []string) ([][]float32, error)
}

// encodeQuestions encodes questions.
func encodeQuestions(ctx context.Context, enc Encoder, texts []string) ([][]float32, error) {
	if many, ok := enc.(asksMany); ok {
		vectors, err := many.Questions(ctx, texts)
		return units(enc, vectors, len(texts), err)
	}
	vectors := make([][]float32, len(texts))
	for i, t := range texts {
		var err error
		if vectors[i], err = enc.Question(ctx, t); err != nil {
			return nil, err
		}
	}
	return units(enc, vectors, len(texts), nil)
}

// units makes the vectors of n texts ones of length 1, when they are such as they must be.
func units(enc Encoder, vectors [][]float32, n int, err error) ([][]float32, error) {
	if err == nil && len(vectors) != n {
		err = fmt.Errorf("the encoder gave %d vectors of %d texts", len(vectors), n)
	}
	if err != nil {
		return nil, err
	}
	out := make([][]float32, n)
	for i, v := range vectors {
		if err := checkVector(v, enc.Dim()); err != nil {
			return nil, err
		}
		out[i] = unit(v)
	}
	return out, nil
}

// encodePlain encodes texts as they are encoded of articles.
func encodePlain(ctx context.Context, enc Encoder, texts []string) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		some := make([]string, min(len(texts), measuredAtOnce))
		for i := range some {
			some[i] = text.FoldDigits(texts[i])
		}
		texts = texts[len(some):]
		vectors, err := enc.Passages(ctx, some)
		vectors, err = units(enc, vectors, len(some), err)
		if err != nil {
			return nil, err
		}
		out = append(out, vectors...)
	}
	return out, nil
}

// sampleStore takes a passage and a sentence each of some articles.
func sampleStore(ctx context.Context, store *corpus.Store, enc Encoder, s *background.Sample) error {
	list, err := store.List(ctx, corpus.ListOptions{})
	if err != nil {
		return err
	}
	passages, sentences := map[text.Language][]corpus.Text{}, map[text.Language][]corpus.Text{}
	n := min(len(list), measuredArticles)
	for i := range n {
		a, ps, err := store.Full(ctx, list[i*len(list)/n].ID)
		if err != nil || len(ps) == 0 {
			continue // it went since
		}
		p := ps[i%len(ps)]
		hash, hashes := a.Hashes(p)
		passages[a.Language] = append(passages[a.Language], corpus.Text{Hash: hash, Text: a.PassageText(p)})
		if k := len(p.Sentences); k > 0 {
			at := p.Sentences[i%k]
			sentences[a.Language] = append(sentences[a.Language], corpus.Text{Hash: hashes[i%k], Text: a.Body[at.Start:at.End]})
		}
	}
	for lang := range passages {
		if s.OtherPassages[lang], err = vectorsFor(ctx, store, enc, passages[lang]); err != nil {
			return err
		}
		if s.OtherSentences[lang], err = vectorsFor(ctx, store, enc, sentences[lang]); err != nil {
			return err
		}
	}
	return nil
}

// vectorsFor returns the vectors of texts in no order, those that the store has as it has them.
func vectorsFor(ctx context.Context, store *corpus.Store, enc Encoder, texts []corpus.Text) ([][]float32, error) {
	hashes := make([]corpus.Hash, len(texts))
	for i := range texts {
		hashes[i] = texts[i].Hash
	}
	found, err := store.Vectors(ctx, enc.ID(), hashes)
	if err != nil {
		return nil, err
	}
	var out [][]float32
	var rest []string
	for _, t := range texts {
		v, ok := found[t.Hash]
		if !ok {
			rest = append(rest, t.Text)
			continue
		}
		whole := unit(corpus.Dequantize(v.Scale, v.Data))
		if err := checkVector(whole, enc.Dim()); err != nil {
			return nil, err
		}
		out = append(out, whole)
	}
	made, err := encodePlain(ctx, enc, rest)
	return append(out, made...), err
}

// knownOf returns how an encoder's vectors lie: as ships, else as it was measured for the
// store, where raw has it too, else what stands in for it.
func knownOf(ctx context.Context, store *corpus.Store, enc Encoder) (known *background.Vectors, raw []byte, err error) {
	known, err = background.LoadVectors(measuredAs(enc), enc.Dim())
	if err != nil || known != nil {
		return known, nil, err
	}
	raw, err = store.Statistics(ctx, measuredAs(enc))
	if err != nil {
		return nil, nil, err
	}
	if m := readMeasured(raw); m != nil && m.Dim == enc.Dim() {
		return m.Vectors, raw, nil
	}
	return &background.Vectors{}, raw, nil
}

// refreshKnown takes in what has been measured of the encoders since. Questions under way go
// on with what was known before.
func (e *Engine) refreshKnown(ctx context.Context) error {
	for s := range e.spaces {
		known, raw, err := knownOf(ctx, e.store, s.encoder)
		if err != nil {
			return fmt.Errorf("reading the statistics of %s: %w", s.encoder.ID(), err)
		}
		if bytes.Equal(raw, s.statistics) {
			continue
		}
		e.mu.Lock()
		s.known, s.statistics = known, raw
		e.mu.Unlock()
	}
	return nil
}

// An encoder is measured again when the collection has become so many times as large, and
// so many passages larger.
const (
	measuredAgain = 4
	measuredMore  = 100
)

// outgrown says whether an encoder of which nothing ships is to be measured again.
func outgrown(ctx context.Context, store *corpus.Store, enc Encoder) (bool, error) {
	ships, err := background.LoadVectors(measuredAs(enc), enc.Dim())
	if err != nil || ships != nil {
		return false, err
	}
	m, err := Measured(ctx, store, enc.ID())
	if err != nil {
		return false, err
	}
	before := 0
	if m != nil && m.Dim == enc.Dim() {
		before = m.Passages
	}
	stats, err := store.Stats(ctx)
	now := stats.Passages
	return now >= measuredAgain*before && now-before >= measuredMore, err
}
