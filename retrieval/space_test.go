package retrieval

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/encoder/encodertest"
)

// upgraded is a bench whose articles have the vectors of an encoder that another
// has replaced, and whose words alone do not answer its question.
func upgraded(t *testing.T) (*bench, Encoders) {
	b := newBench(t, harbour, bridge, museum)
	former := b.fake
	b.fake = &encodertest.Fake{Size: 200}
	return b, Encoders{Strong: b.fake, Quick: b.quick, Former: []Encoder{former}}
}

func (b *bench) openWith(encoders Encoders) *Engine {
	b.t.Helper()
	e, err := Open(b.t.Context(), Config{Store: b.store, Encoders: encoders})
	if err != nil {
		b.t.Fatal(err)
	}
	return e
}

// TestFormerServes replaces the encoder of a collection: the old vectors serve,
// an article that comes meanwhile is found by its vector too, and the new ones
// take over when they are complete. Then the old ones are gone.
func TestFormerServes(t *testing.T) {
	b, encoders := upgraded(t)
	former := encoders.Former[0].(*encodertest.Fake)
	e := b.openWith(encoders)
	if e.serving.encoder != former || len(e.serving.missing) != 0 {
		t.Fatalf("%s serves, lacking %d articles; want the former encoder, lacking none", e.serving.encoder.ID(), len(e.serving.missing))
	}
	fresh := b.add(ferries)
	encoded := map[string]bool{}
	b.fake.Before = func(ctx context.Context, texts []string) error {
		if err := e.Refresh(ctx); err != nil {
			return err
		}
		if e.serving.encoder != former || len(e.serving.missing) != 0 {
			t.Errorf("while the new one encodes, %s serves and lacks %d articles", e.serving.encoder.ID(), len(e.serving.missing))
		}
		if _, err := e.Ask(ctx, Question{Text: "How many euros had the harbour cost?"}); err != nil {
			t.Errorf("Ask while the new one encodes: %v", err)
		}
		for _, text := range texts {
			if encoded[text] {
				t.Errorf("encoded twice: %q", text)
			}
			encoded[text] = true
		}
		return nil
	}
	x := &Indexer{Store: b.store, Encoders: encoders, Dir: b.dir}
	if err := x.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	b.fake.Before = nil
	if err := e.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e.serving.encoder != Encoder(b.fake) || e.coming != nil || e.serving.lacks(e.articles[fresh]) != nil {
		t.Errorf("%s serves in the end, want the new encoder with all vectors", e.serving.encoder.ID())
	}
	for _, days := range []int{6, 8} {
		want := days < 7
		x.Now = func() time.Time { return time.Now().AddDate(0, 0, days) }
		if err := x.Run(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		names, err := b.store.Encoders(t.Context())
		if err != nil || slices.Contains(names, former.ID()) != want {
			t.Errorf("after %d days the stored encoders are %q, %v; want the former's among them: %t", days, names, err, want)
		}
	}
	if a, err := e.Ask(t.Context(), Question{Text: "How many euros had the harbour cost?"}); err != nil || a.Verdict != Answered {
		t.Errorf("Ask with the new encoder: %s, %v", a.Verdict, err)
	}
}

// TestMovedWhileAsking changes the encoder that serves between a question's
// encoding and its ranking.
func TestMovedWhileAsking(t *testing.T) {
	b, encoders := upgraded(t)
	former := encoders.Former[0].(*encodertest.Fake)
	e := b.openWith(encoders)
	if err := (&Indexer{Store: b.store, Encoders: encoders, Dir: b.dir}).Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	asked := 0
	former.Before = func(ctx context.Context, _ []string) error {
		asked++
		return e.Refresh(ctx)
	}
	a, err := e.Ask(t.Context(), Question{Text: "How many euros had the harbour cost?"})
	if err != nil || a.Verdict != Answered || asked != 1 {
		t.Errorf("Ask = %s, %v after asking the former encoder %d times; want an answer by the new one", a.Verdict, err, asked)
	}
}

// TestFormerThatLacksMuch is not asked for what it had left undone.
func TestFormerThatLacksMuch(t *testing.T) {
	b, encoders := upgraded(t)
	former := encoders.Former[0].(*encodertest.Fake)
	for _, a := range numbered(formerArticles + 1) {
		b.add(a)
	}
	former.Before = func(context.Context, []string) error { return encodertest.ErrFake }
	if err := (&Indexer{Store: b.store, Encoders: encoders, Dir: b.dir}).Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if b.backlog() != 0 {
		t.Errorf("backlog = %d", b.backlog())
	}
}

// TestOtherPacking serves vectors of older weights of a model with questions of
// newer ones.
func TestOtherPacking(t *testing.T) {
	b := newBench(t, harbour, bridge)
	encoders := Encoders{Strong: renamed{b.fake, "fake-trigram.2"}, Quick: b.quick}
	e := b.openWith(encoders)
	if e.serving.encoder.ID() != b.fake.ID() {
		t.Errorf("%s serves, want %s", e.serving.encoder.ID(), b.fake.ID())
	}
	a, err := e.Ask(t.Context(), Question{Text: "How many euros had the harbour cost?"})
	if err != nil || a.Verdict != Answered {
		t.Errorf("Ask = %s, %v", a.Verdict, err)
	}
}

// TestUnknownEncoderIsDropped deletes the vectors that nobody can ask for, when
// everything has others.
func TestUnknownEncoderIsDropped(t *testing.T) {
	b := newBench(t, harbour)
	old := corpus.Vector{Hash: corpus.TextHash(harbour.Body), Scale: 1, Data: []int8{1}}
	if err := b.store.PutVectors(t.Context(), "nobody-knows.1", []corpus.Vector{old}); err != nil {
		t.Fatal(err)
	}
	x := &Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir, Now: func() time.Time { return time.Now().AddDate(0, 0, 8) }}
	if err := x.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	names, err := b.store.Encoders(t.Context())
	if want := []string{b.fake.ID(), b.quick.ID()}; err != nil || !slices.Equal(names, want) {
		t.Errorf("stored encoders = %q, %v; want %q", names, err, want)
	}
}

func TestModel(t *testing.T) {
	for id, want := range map[string]string{
		"e5-small-q4.1": "e5-small", "use-multilingual-3.1": "use-multilingual", "plain": "plain", "": "",
		"ollama:nomic-embed-text": "ollama:nomic-embed-text", "openai:e5-small": "openai:e5-small",
	} {
		if got := model(id); got != want {
			t.Errorf("model(%q) = %q, want %q", id, got, want)
		}
	}
}

// A christened encoder has an ID of its own.
type christened struct {
	*encodertest.Fake
	id string
}

func (c christened) ID() string { return c.id }

// TestOtherPackingIsMeasured gives vectors of another packing the statistics of
// the model: questions are centred and cosines read as for the encoder itself.
func TestOtherPackingIsMeasured(t *testing.T) {
	today := christened{&encodertest.Fake{Size: 384}, "e5-small-q4.1"}
	for _, enc := range []Encoder{today, renamed{today, "e5-small-q4.0"}} {
		s, err := newSpace(t.Context(), nil, enc, slog.New(slog.DiscardHandler), true)
		if err != nil {
			t.Fatal(err)
		}
		if s.known.Questions[text.Arabic] == nil {
			t.Errorf("nothing is known of %s", enc.ID())
		}
	}
}

// TestTwoVersions lets two versions of the program work on one folder in turns:
// neither takes the other's vectors away.
func TestTwoVersions(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	encoded := 0
	b.fake.Before = func(_ context.Context, texts []string) error { encoded += len(texts); return nil }
	other := Encoders{Strong: renamed{b.fake, "fake-trigram.2"}, Quick: b.quick}
	for range 3 {
		for _, encoders := range []Encoders{b.encoders(), other} {
			if err := (&Indexer{Store: b.store, Encoders: encoders, Dir: b.dir}).Run(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, all, err := b.store.Backlog(t.Context(), "one that has encoded nothing")
	if err != nil || encoded != all {
		t.Errorf("%d texts were encoded, %v; want each once: %d", encoded, err, all)
	}
}

// TestKnownTextsNeedNoEncoder adds an article whose texts have vectors already: it
// is found by its meaning at once.
func TestKnownTextsNeedNoEncoder(t *testing.T) {
	b := newBench(t, harbour)
	again := harbour
	again.URL += "/again"
	b.add(again)
	b.refresh()
	if n := b.engine.Pending(); n != 0 {
		t.Errorf("%d articles lack vectors, want none", n)
	}
}

// TestMeanFollows lets an article come and go: the mean of the language is what it
// was.
func TestMeanFollows(t *testing.T) {
	b := newBench(t, harbour, bridge)
	before := b.engine.serving.centre(text.English, false)
	id := b.add(ferries)
	b.encode()
	b.refresh()
	if slices.Equal(b.engine.serving.centre(text.English, false), before) {
		t.Error("the mean did not change with an article more")
	}
	if err := b.store.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	for i, x := range b.engine.serving.centre(text.English, false) {
		if diff := x - before[i]; diff < -1e-6 || diff > 1e-6 {
			t.Fatalf("number %d of the mean is %v after the article has gone, was %v", i, x, before[i])
		}
	}
}
