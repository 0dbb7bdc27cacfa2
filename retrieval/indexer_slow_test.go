package retrieval

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/retrieval/encoder/encodertest"
)

// TestSlowEncoderBlocksNobody lets an article come while the strong encoder does not answer:
// it gets its quick vectors at once.
func TestSlowEncoderBlocksNobody(t *testing.T) {
	b := newBench(t)
	b.add(harbour)
	var order []string
	note := func(name string, texts []string) {
		if slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, "railway bridge") }) {
			order = append(order, name)
		}
	}
	calls := 0
	b.fake.Before = func(ctx context.Context, texts []string) error {
		note("strong", texts)
		if calls++; calls > 1 {
			return nil
		}
		b.add(bridge)
		<-ctx.Done()
		return ctx.Err()
	}
	b.quick.Before = func(_ context.Context, texts []string) error { note("quick", texts); return nil }
	r := (&Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}).newRun(nil)
	r.patience = time.Microsecond
	if err := r.encode(t.Context()); err != nil || b.backlog() != 0 {
		t.Fatalf("encode = %v, backlog %d", err, b.backlog())
	}
	if len(order) < 2 || order[0] != "quick" || order[len(order)-1] != "strong" {
		t.Errorf("the article that came got vectors in the order %q, want quick ones first", order)
	}
}

// TestDownEncoderComesLast has all words and quick vectors done before the run ends with
// the error of a strong encoder that is down, and those of the former one that serves.
func TestDownEncoderComesLast(t *testing.T) {
	b, encoders := upgraded(t)
	former := encoders.Former[0].(*encodertest.Fake)
	e := b.openWith(encoders)
	b.fake.Before = func(context.Context, []string) error { return encodertest.ErrFake }
	for _, a := range numbered(formerArticles - 10) {
		b.add(a)
	}
	b.add(ferries)
	x := &Indexer{Store: b.store, Encoders: encoders, Dir: b.dir}
	if err := x.Run(t.Context(), nil); !errors.Is(err, encodertest.ErrFake) {
		t.Fatalf("Run = %v, want the encoder's error", err)
	}
	names := encoders.Names()
	for _, done := range append(names[:len(names)-1], former.ID()) {
		if n, _, err := b.store.Backlog(t.Context(), done); err != nil || n != 0 {
			t.Errorf("%d articles lack something of %s, %v", n, done, err)
		}
	}
	if err := e.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e.Pending() != 0 || e.serving.encoder.ID() != former.ID() {
		t.Errorf("%d articles are not found by their meaning, and %s serves", e.Pending(), e.serving.encoder.ID())
	}
}
