package retrieval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/retrieval/encoder/encodertest"
)

func numbered(n int) []corpus.Article {
	out := make([]corpus.Article, n)
	for i := range out {
		out[i] = corpus.Article{
			Title: fmt.Sprint("Report ", i), Source: "Test",
			Body: fmt.Sprintf("Report number %d speaks of the town of Valen. It has %d lines in all.", i, i+2),
		}
	}
	return out
}

// unencoded is a bench whose articles have no vectors.
func unencoded(t *testing.T, n int) *bench {
	b := newBench(t)
	for _, a := range numbered(n) {
		b.add(a)
	}
	return b
}

func (b *bench) backlog() int {
	b.t.Helper()
	articles, _, err := b.store.Backlog(b.t.Context(), b.encoders().Names()...)
	if err != nil {
		b.t.Fatal(err)
	}
	return articles
}

func TestIndexerEncodesAll(t *testing.T) {
	b := unencoded(t, 11)
	var last Progress
	x := &Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}
	err := x.Run(t.Context(), func(p Progress) {
		if p.Articles+p.Done != 11 {
			t.Errorf("progress %+v does not add up to 11", p)
		}
		last = p
	})
	if err != nil || b.backlog() != 0 || last.Done != 11 {
		t.Errorf("Run = %v, backlog %d, progress %+v; want all done", err, b.backlog(), last)
	}
}

// TestIndexerQuickPassages has the quick encoder's vectors of passages and none of
// sentences, also where an older program has made some.
func TestIndexerQuickPassages(t *testing.T) {
	b := unencoded(t, 5)
	var older, want []corpus.Vector
	err := b.store.Each(t.Context(), func(a corpus.Article, ps []corpus.Passage) error {
		for _, x := range corpus.Texts(&a, ps) {
			v := corpus.Vector{Hash: x.Hash, Scale: 1, Data: make([]int8, b.quick.Dim())}
			older = append(older, v)
			if x.Passage {
				want = append(want, v)
			}
		}
		return nil
	})
	if err != nil || len(older) == len(want) {
		t.Fatalf("%d texts, %d of them passages, %v; want sentences too", len(older), len(want), err)
	}
	if err := b.store.PutVectors(t.Context(), b.quick.ID(), older[:len(older)/2]); err != nil {
		t.Fatal(err)
	}
	if err := (&Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}).Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	var hashes []corpus.Hash
	for _, v := range older {
		hashes = append(hashes, v.Hash)
	}
	got, err := b.store.Vectors(t.Context(), b.quick.ID(), hashes)
	if err != nil || len(got) != len(want) {
		t.Errorf("%d vectors of %d texts, %v; want those of the %d passages", len(got), len(older), err, len(want))
	}
	for _, v := range want {
		if _, ok := got[v.Hash]; !ok {
			t.Errorf("the passage %x has no vector", v.Hash)
		}
	}
	if strong, err := b.store.Vectors(t.Context(), b.fake.ID(), hashes); err != nil || len(strong) != len(older) {
		t.Errorf("%d vectors of the strong encoder, %v; want all %d", len(strong), err, len(older))
	}
}

// TestIndexerGoesOnAfterAStop stops the encoder in the middle: what was stored
// stays, and the next run encodes only the rest.
func TestIndexerGoesOnAfterAStop(t *testing.T) {
	b := unencoded(t, 12)
	ctx, cancel := context.WithCancel(t.Context())
	batches := 0
	b.fake.Before = func(context.Context, []string) error {
		if batches++; batches == 2 {
			cancel()
		}
		return nil
	}
	x := &Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}
	if err := x.Run(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("Run = %v, want context.Canceled", err)
	}
	left := b.backlog()
	if left == 0 || left == 12 {
		t.Fatalf("after the stop %d of 12 are left, want some", left)
	}
	encoded := 0
	b.fake.Before = func(_ context.Context, texts []string) error { encoded += len(texts); return nil }
	if err := x.Run(t.Context(), nil); err != nil || b.backlog() != 0 {
		t.Fatalf("second Run = %v, backlog %d", err, b.backlog())
	}
	if want := 3 * left; encoded != want { // a passage and two sentences each
		t.Errorf("the second run encoded %d texts, want %d", encoded, want)
	}
}

func TestIndexerRefusesBadVectors(t *testing.T) {
	nan := float32(math.NaN())
	tests := map[string]func([][]float32) ([][]float32, error){
		"too few":    func(v [][]float32) ([][]float32, error) { return v[1:], nil },
		"too many":   func(v [][]float32) ([][]float32, error) { return append(v, v[0]), nil },
		"NaN":        func(v [][]float32) ([][]float32, error) { v[0][0] = nan; return v, nil },
		"wrong size": func(v [][]float32) ([][]float32, error) { v[0] = v[0][:5]; return v, nil },
		"error":      func([][]float32) ([][]float32, error) { return nil, encodertest.ErrFake },
	}
	for name, after := range tests {
		t.Run(name, func(t *testing.T) {
			b := unencoded(t, 2)
			b.fake.After = after
			x := &Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}
			if err := x.Run(t.Context(), nil); err == nil {
				t.Error("Run = nil, want an error")
			}
			if b.backlog() != 2 {
				t.Errorf("backlog = %d, want 2: nothing bad is stored", b.backlog())
			}
		})
	}
}

// TestIndexerWaitsForTheLock lets another holder of the lock do the work, and
// then one that goes away without doing it.
func TestIndexerWaitsForTheLock(t *testing.T) {
	for _, works := range []bool{true, false} {
		t.Run(fmt.Sprint("holder works: ", works), func(t *testing.T) {
			b := unencoded(t, 3)
			lock, err := corpus.TryLock(b.dir, corpus.EncodeLock)
			if err != nil {
				t.Fatal(err)
			}
			seen := make(chan Progress, 100)
			done := make(chan error)
			x := &Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}
			go func() { done <- x.Run(t.Context(), func(p Progress) { seen <- p }) }()
			for p := range seen {
				if p.Waiting {
					break
				}
			}
			if works {
				if err := x.newRun(nil).encode(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if err := lock.Unlock(); err != nil {
				t.Fatal(err)
			}
			if err := <-done; err != nil || b.backlog() != 0 {
				t.Errorf("Run = %v, backlog %d", err, b.backlog())
			}
		})
	}
}

// TestIndexerOrder looks at what is encoded when: words, then what the quick
// encoder makes, then the strong one's, the newest article first. What comes in
// the middle is taken first.
func TestIndexerOrder(t *testing.T) {
	b := newBench(t)
	for i := range 3 * articlesRead {
		a := numbered(i + 1)[i]
		a.Published = corpus.Day(2024, 1, 1+i)
		b.add(a)
	}
	var quick, strong []string // the first text of every batch
	b.quick.Before = func(_ context.Context, texts []string) error {
		quick = append(quick, texts[0])
		return nil
	}
	b.fake.Before = func(_ context.Context, texts []string) error {
		if len(strong) == 0 {
			quick = append(quick, "strong begins")
		}
		if strong = append(strong, texts[0]); len(strong) == 2 {
			b.add(ferries)
		}
		return nil
	}
	b.encode()
	// Words, all else in three batches; in the middle of the strong encoder's work
	// the words of what has come, and all else of that.
	if len(quick) != 7 || quick[4] != "strong begins" {
		t.Errorf("first texts of the quick encoder: %q", quick)
	}
	newest := fmt.Sprintf("Report %d\n", 3*articlesRead-1)
	if !strings.HasPrefix(strong[0], newest) {
		t.Errorf("the strong encoder began with %q, want %q", strong[0], newest)
	}
	if b.backlog() != 0 {
		t.Errorf("backlog = %d", b.backlog())
	}
}

// TestIndexerLongestFirst sorts each batch.
func TestIndexerLongestFirst(t *testing.T) {
	b := newBench(t)
	b.add(harbour)
	b.add(bridge)
	b.fake.Before = func(_ context.Context, texts []string) error {
		if !slices.IsSortedFunc(texts, func(a, b string) int { return len(b) - len(a) }) {
			t.Errorf("a batch is not sorted by length: %q", texts)
		}
		return nil
	}
	b.encode()
}

func TestIndexerEncodesNothingTwice(t *testing.T) {
	b := newBench(t)
	twice := func(name string) func(context.Context, []string) error {
		seen := map[string]bool{}
		return func(_ context.Context, texts []string) error {
			for _, text := range texts {
				if seen[text] {
					t.Errorf("%s encoded %q twice", name, text)
				}
				seen[text] = true
			}
			return nil
		}
	}
	b.fake.Before, b.quick.Before = twice("strong"), twice("quick")
	for range 3 {
		for _, a := range []corpus.Article{harbour, bridge, museum, ferries} {
			b.add(a)
			b.encode()
		}
		again := harbour
		again.URL += "/again"
		b.add(again) // another article of the same text
	}
}

// TestIndexerWordsGoMeanwhile removes an article, and with it words that another
// one has too, while that one's new words are being encoded.
func TestIndexerWordsGoMeanwhile(t *testing.T) {
	b := newBench(t)
	first := b.add(ferries)
	b.encode()
	more := ferries
	more.URL, more.Body = "https://news.example/more", ferries.Body+" Lighthouses shine."
	b.add(more)
	removed := false
	b.quick.Before = func(ctx context.Context, _ []string) error {
		if removed {
			return nil
		}
		removed = true
		return b.store.Purge(ctx, first)
	}
	b.encode()
	b.refresh()
	if b.backlog() != 0 || !removed {
		t.Errorf("backlog = %d", b.backlog())
	}
	b.checkVocabulary(more)
}

// TestIndexerStrongIsLast adds an article in the middle of a step, when it is too
// late for its words: the strong encoder, whose vectors say that all is done,
// waits for the next step.
func TestIndexerStrongIsLast(t *testing.T) {
	b := unencoded(t, 1)
	r := (&Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}).newRun(nil)
	seq, err := b.store.Seq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.add(harbour)
	encoded := 0
	b.fake.Before = func(_ context.Context, texts []string) error { encoded += len(texts); return nil }
	if busy, err := r.vectors(t.Context(), b.fake, strongBytes, seq); !busy || err != nil || encoded != 0 {
		t.Errorf("vectors = %t, %v and encoded %d texts; want another step before", busy, err, encoded)
	}
	if err := r.encode(t.Context()); err != nil || b.backlog() != 0 {
		t.Errorf("encode = %v, backlog %d; want all done", err, b.backlog())
	}
}
