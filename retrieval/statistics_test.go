package retrieval

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
	"newsbot/retrieval/encoder/encodertest"
)

func TestMeasure(t *testing.T) {
	b := newBench(t, harbour, museum)
	if m, err := Measured(t.Context(), b.store, b.fake.ID()); m != nil || err != nil {
		t.Errorf("Measured before = %+v, %v", m, err)
	}
	if err := Measure(t.Context(), b.store, b.fake); err != nil {
		t.Fatal(err)
	}
	m, err := Measured(t.Context(), b.store, b.fake.ID())
	if err != nil || m == nil || m.Passages == 0 || m.Dim != b.fake.Dim() {
		t.Fatalf("Measured = %+v, %v; want %d numbers", m, err, b.fake.Dim())
	}
	for _, lang := range []text.Language{text.Arabic, text.English} {
		if len(m.Vectors.Questions[lang]) != b.fake.Dim() || len(m.Vectors.Passages[lang]) != b.fake.Dim() {
			t.Errorf("%s: no means", lang)
		}
	}
	for _, asked := range []text.Language{text.Arabic, text.English} {
		d := background.Direction{Question: asked, Passage: text.Arabic}
		for _, spread := range []background.Spread{m.Vectors.PassageSpread(d), m.Vectors.SentenceSpread(d)} {
			if spread.Deviation < .02 || spread.Deviation > .3 {
				t.Errorf("%v: a deviation of %v", d, spread.Deviation)
			}
		}
	}
}

// patient is an encoder with a mark, to which many questions go at once.
type patient struct {
	Encoder
	many int
}

func (*patient) Mark() []float32 { return unit(append(make([]float32, 127), 1)) }

func (*patient) Question(context.Context, string) ([]float32, error) {
	return nil, errors.New("nobody waits for this question")
}

func (p *patient) Questions(ctx context.Context, texts []string) ([][]float32, error) {
	p.many++
	return p.Passages(ctx, texts)
}

// TestMeasureRemote asks many questions at once where that can be, and keeps the mark.
func TestMeasureRemote(t *testing.T) {
	b := newBench(t)
	enc := &patient{Encoder: b.fake}
	if err := Measure(t.Context(), b.store, enc); err != nil || enc.many != 2 {
		t.Fatalf("Measure = %v, %d times many questions, want once a language", err, enc.many)
	}
	if m, err := Measured(t.Context(), b.store, enc.ID()); err != nil || !slices.Equal(m.Mark, enc.Mark()) {
		t.Errorf("Measured = %+v, %v; want the mark", m, err)
	}
}

// TestMeasureFails keeps nothing of an encoder that fails, in whatever way.
func TestMeasureFails(t *testing.T) {
	for name, after := range map[string]func([][]float32) ([][]float32, error){
		"error": encodertest.HalfWay, "too few": encodertest.TooFew, "wrong size": encodertest.WrongDimension, "NaN": encodertest.NotANumber,
	} {
		b := newBench(t)
		b.fake.After = after
		if err := Measure(t.Context(), b.store, b.fake); err == nil {
			t.Errorf("%s: Measure = nil, want an error", name)
		}
		if m, err := Measured(t.Context(), b.store, b.fake.ID()); m != nil || err != nil {
			t.Errorf("%s: Measured = %+v, %v", name, m, err)
		}
	}
}

// TestMeasuredWhileRunning has a running engine take in what was measured, and a question
// under way go on.
func TestMeasuredWhileRunning(t *testing.T) {
	b := newBench(t, harbour, bridge)
	if b.engine.serving.known.Questions[text.English] != nil {
		t.Fatal("something is known of the encoder already")
	}
	b.fake.Before = func(ctx context.Context, texts []string) error {
		b.fake.Before = nil
		if err := Measure(ctx, b.store, b.fake); err != nil {
			return err
		}
		return b.engine.Refresh(ctx)
	}
	b.ask("How many euros had the harbour cost?")
	if b.engine.serving.known.Questions[text.English] == nil {
		t.Error("the engine does not know what was measured")
	}
	if since, reason := b.engine.Down(); !since.IsZero() {
		t.Errorf("the encoder is down: %s", reason)
	}
	if a := b.ask("How many euros had the harbour cost?"); a.Verdict != Answered {
		t.Errorf("Ask = %s", a.Verdict)
	}
}

// TestKnownOf takes what ships first, then what was measured with as many numbers.
func TestKnownOf(t *testing.T) {
	b := newBench(t)
	if err := Measure(t.Context(), b.store, b.fake); err != nil {
		t.Fatal(err)
	}
	shipped := christened{&encodertest.Fake{Size: 384}, "e5-small-q4.1"}
	if err := b.store.SetStatistics(t.Context(), shipped.ID(), []byte("something else")); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		encoder Encoder
		known   bool
	}{
		{b.fake, true},
		{renamed{b.fake, "fake-trigram.2"}, true},
		{shipped, true},
		{christened{&encodertest.Fake{Size: 99}, b.fake.ID()}, false},
		{b.quick, false},
	} {
		s, err := newSpace(t.Context(), b.store, tt.encoder, slog.New(slog.DiscardHandler), true)
		if err != nil || (s.known.Questions[text.Arabic] != nil) != tt.known {
			t.Errorf("%s with %d numbers: known %t, %v; want %t", tt.encoder.ID(), tt.encoder.Dim(), !tt.known, err, tt.known)
		}
	}
}

// TestMeasuredAgain measures when the collection has outgrown what is known, and never what
// ships.
func TestMeasuredAgain(t *testing.T) {
	b := newBench(t)
	if err := Measure(t.Context(), b.store, b.fake); err != nil {
		t.Fatal(err)
	}
	passages := func() int {
		m, err := Measured(t.Context(), b.store, b.fake.ID())
		if err != nil {
			t.Fatal(err)
		}
		return m.Passages
	}
	grow := func(n int, name string, want int) {
		t.Helper()
		for i := range n {
			b.add(corpus.Article{Title: fmt.Sprint(name, i), Source: "Test", Body: fmt.Sprintf("The %s report has the number %d.", name, i)})
		}
		b.encode()
		if got := passages(); got != want {
			t.Errorf("measured with %d passages, want %d", got, want)
		}
	}
	grow(measuredMore-1, "first", 0)
	grow(1, "second", measuredMore)
	grow(measuredMore, "third", measuredMore) // more, but not so many times
	shipped := christened{&encodertest.Fake{Size: 384}, "e5-small-q4.1"}
	if due, err := outgrown(t.Context(), b.store, shipped); due || err != nil {
		t.Errorf("outgrown of what ships = %t, %v", due, err)
	}
}

// TestMeasuringFailsSilently ends a run well when all is encoded and only the measuring fails.
func TestMeasuringFailsSilently(t *testing.T) {
	b := newBench(t)
	for _, a := range numbered(measuredMore) {
		b.add(a)
	}
	b.fake.Before = func(_ context.Context, texts []string) error {
		if len(texts) == 1 && strings.HasSuffix(texts[0], "?") || strings.HasSuffix(texts[0], "؟") {
			return errors.New("no questions now")
		}
		return nil
	}
	if err := (&Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}).Run(t.Context(), nil); err != nil {
		t.Errorf("Run = %v", err)
	}
	if m, err := Measured(t.Context(), b.store, b.fake.ID()); m != nil || err != nil || b.backlog() != 0 {
		t.Errorf("Measured = %+v, %v, backlog %d", m, err, b.backlog())
	}
}

// TestAlongside gives vectors that have next to everything in common the cosines of e5.
func TestAlongside(t *testing.T) {
	usual := []float32{.99, 0, 0}
	a, b := unit([]float32{1, .1, 0}), unit([]float32{1, -.1, 0})
	if got, want := dot(alongside(a, usual), alongside(b, usual)), 1-2*apart; math.Abs(got-want) > .05 {
		t.Errorf("cosine %.3f of opposite ones, want about %.3f", got, want)
	}
	if v := alongside(a, usual); math.Abs(dot(v, v)-1) > 1e-5 {
		t.Errorf("length %v", dot(v, v))
	}
	if v := alongside(a, nil); &v[0] != &a[0] {
		t.Error("a vector changes though nothing was measured")
	}
}
