package retrieval

import (
	"context"
	"testing"
	"time"

	"newsbot/retrieval/encoder/encodertest"
)

// TestPrefer changes the encoder of a running engine, there and back: the old vectors serve
// until the new ones are complete, and when these are there they serve at once.
func TestPrefer(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	before, after := b.fake, &encodertest.Fake{Size: 200}
	there := Encoders{Strong: after, Quick: b.quick, Former: []Encoder{before}}
	serves := func(enc Encoder, coming bool) {
		t.Helper()
		e := b.engine
		if e.serving.encoder.ID() != enc.ID() || (e.coming != nil) != coming || e.Pending() != 0 {
			t.Errorf("%s serves, lacking %d articles, another to come: %t; want %s, %t", e.serving.encoder.ID(), e.Pending(), e.coming != nil, enc.ID(), coming)
		}
		if a := b.ask("How many euros had the harbour cost?"); a.Verdict != Answered {
			t.Errorf("with %s Ask = %s", e.serving.encoder.ID(), a.Verdict)
		}
	}
	prefer := func(to Encoders) {
		t.Helper()
		if err := b.engine.Prefer(t.Context(), to); err != nil {
			t.Fatal(err)
		}
	}
	prefer(there)
	serves(before, true)
	prefer(there)
	serves(before, true)
	b.add(ferries)
	if err := (&Indexer{Store: b.store, Encoders: there, Dir: b.dir}).Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	serves(after, false)
	prefer(Encoders{Strong: before, Former: []Encoder{after}})
	serves(before, false)
	prefer(there)
	serves(after, false)
	b.add(numbered(1)[0])
	b.refresh()
	if b.engine.Pending() != 1 {
		t.Errorf("%d articles lack vectors, want 1", b.engine.Pending())
	}
	if b.engine.encoders.Quick != Encoder(b.quick) {
		t.Error("the quick encoder has changed")
	}
}

// TestPreferWhileAsking does so while questions are asked.
func TestPreferWhileAsking(t *testing.T) {
	b := newBench(t, harbour, bridge)
	after := &encodertest.Fake{Size: 200}
	there := Encoders{Strong: after, Quick: b.quick, Former: []Encoder{b.fake}}
	if err := (&Indexer{Store: b.store, Encoders: there, Dir: b.dir}).Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 20 {
			to := there
			if i%2 == 1 {
				to = b.encoders()
			}
			if err := b.engine.Prefer(t.Context(), to); err != nil {
				t.Error(err)
			}
		}
		cancel()
	}()
	for ctx.Err() == nil {
		if a := b.ask("How many euros had the harbour cost?"); a.Verdict != Answered {
			t.Errorf("Ask = %s", a.Verdict)
		}
		b.engine.Down()
	}
	<-done
}

// TestReloadKeepsSettings starts anew as it was set up and as was preferred since.
func TestReloadKeepsSettings(t *testing.T) {
	b := newBench(t, harbour)
	e, err := Open(t.Context(), Config{Store: b.store, Encoders: b.encoders(), Caution: HighCaution, StaleAfter: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	after := &encodertest.Fake{Size: 200}
	if err := e.Prefer(t.Context(), Encoders{Strong: after, Former: []Encoder{b.fake}}); err != nil {
		t.Fatal(err)
	}
	if err := e.reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e.caution != HighCaution || e.stale != time.Hour || e.encoders.Strong != Encoder(after) || e.coming == nil {
		t.Errorf("caution %q, stale after %v, %s preferred, coming: %t", e.caution, e.stale, e.encoders.Strong.ID(), e.coming != nil)
	}
}
