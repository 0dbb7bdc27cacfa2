package retrieval

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/encoder/encodertest"
)

// start is what a clock of newClockBench shows first.
var start = time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC)

// newClockBench is newBench with a clock, of the store and the engine, that is set
// through what it returns.
func newClockBench(t testing.TB, articles ...corpus.Article) (*bench, *time.Time) {
	t.Helper()
	at := start
	b := &bench{t: t, dir: t.TempDir(), fake: &encodertest.Fake{}, quick: &encodertest.Fake{Size: 64}}
	b.now = func() time.Time { return at }
	b.store = b.openStore()
	for _, a := range articles {
		b.add(a)
	}
	b.encode()
	b.engine = b.open()
	return b, &at
}

// openStore opens the folder once more, as another process would.
func (b *bench) openStore() *corpus.Store {
	b.t.Helper()
	store, err := corpus.Open(b.t.Context(), corpus.Config{Dir: b.dir, Now: b.now})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		if err := store.Close(); err != nil {
			b.t.Error(err)
		}
	})
	return store
}

// quoted tells whether an answer quotes an article, and whether it was found for it.
func quoted(a Answer, id string) (cited, found bool) {
	for _, c := range a.Citations {
		cited = cited || c.ArticleID == id
	}
	for _, r := range a.Evidence {
		found = found || r.ArticleID == id
	}
	return cited, found
}

const gatesQuestion = "When did the harbour open its gates?"

var gatesArticle = corpus.Article{
	Title: "Harbour opens", Source: "Test", Language: text.English,
	Body: "The harbour opened its gates on Monday. Ships came from everywhere to see the harbour.",
}

var otherArticle = corpus.Article{
	Title: "Wheat harvest", Source: "Test", Language: text.English,
	Body: "Farmers brought in the wheat in August. The harvest was the best in years.",
}

// wantQuoted asks for the gates and wants the article quoted, or neither quoted nor
// found.
func (b *bench) wantQuoted(when, id string, want bool) {
	b.t.Helper()
	cited, found := quoted(b.ask(gatesQuestion), id)
	if cited != want || found != want {
		b.t.Errorf("%s: quoted %v, found %v; want %v", when, cited, found, want)
	}
}

func TestEmbargoEnds(t *testing.T) {
	held := gatesArticle
	held.Embargo = start.Add(time.Hour)
	b, at := newClockBench(t, otherArticle)
	id := b.add(held)
	b.encode()
	b.refresh()
	b.wantQuoted("under an embargo", id, false)
	b.engine = b.open()
	b.wantQuoted("under an embargo, after a restart", id, false)
	if n := b.engine.Articles(); n != 1 {
		t.Errorf("%d articles; want 1", n)
	}
	for _, step := range []struct {
		when string
		at   time.Time
		want bool
	}{
		{"a second too early", held.Embargo.Add(-time.Second), false},
		{"when it ends", held.Embargo, true},
		{"by a clock set back", start, false},
		{"a moment too early", held.Embargo.Add(-time.Nanosecond), false},
		{"a second after its end", held.Embargo.Add(time.Second), true},
		{"an hour after its end", held.Embargo.Add(time.Hour), true},
	} {
		*at = step.at
		b.refresh()
		b.wantQuoted(step.when, id, step.want)
		if n := b.engine.Pending(); n != 0 {
			t.Errorf("%s: %d articles lack vectors", step.when, n)
		}
	}
	b.engine = b.open()
	b.wantQuoted("after its end and a restart", id, true)
}

// What an embargo is set on by an edit, or lifted from, is a change like any other.
func TestEmbargoByEdit(t *testing.T) {
	b, _ := newClockBench(t, otherArticle, gatesArticle)
	id := corpus.NewID(gatesArticle.Key())
	for _, embargo := range []time.Time{start.Add(time.Hour), {}, start.Add(time.Second), start} {
		_, _, err := b.store.Edit(t.Context(), id, func(a *corpus.Article) error { a.Embargo = embargo; return nil })
		if err != nil {
			t.Fatal(err)
		}
		if cited, _ := quoted(b.ask(gatesQuestion), id); cited && embargo.After(start) {
			t.Errorf("embargo %v: quoted before Refresh", embargo)
		}
		b.refresh()
		b.wantQuoted("embargo "+embargo.String(), id, !embargo.After(start))
	}
}

// Removing takes effect at once, also in another process.
func TestRemovedElsewhere(t *testing.T) {
	b, _ := newClockBench(t, otherArticle, gatesArticle)
	other := b.openStore()
	id := corpus.NewID(gatesArticle.Key())
	b.wantQuoted("before", id, true)
	if err := other.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if cited, _ := quoted(b.ask(gatesQuestion), id); cited {
		t.Error("quoted after its removal, before Refresh")
	}
	b.refresh()
	b.wantQuoted("removed", id, false)
	b.engine = b.open()
	b.wantQuoted("removed, after a restart", id, false)
	if err := other.Restore(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	b.wantQuoted("restored", id, true)
	if n := b.engine.Pending(); n != 0 {
		t.Errorf("%d articles lack vectors after Restore", n)
	}
}

func TestTraces(t *testing.T) {
	arabic := corpus.Article{
		Title: "افتتاح الميناء", Source: "Test", Language: text.Arabic,
		Body: "افتتح الوزير الميناء الجديد يوم الاثنين. وقدمت السفن من كل مكان لرؤية الميناء.",
	}
	for _, a := range []corpus.Article{gatesArticle, arabic} {
		b, _ := newClockBench(t, otherArticle, a)
		id := corpus.NewID(a.Key())
		stored, ps, err := b.store.Full(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		want := func(when string, n int) {
			t.Helper()
			got, err := b.engine.Traces(t.Context(), stored, ps)
			if err != nil || got != (Traces{Words: n, Vectors: n}) {
				t.Errorf("%s: traces %+v, %v; want %d of each", when, got, err, n)
			}
		}
		want("before", len(ps))
		if err := b.store.Purge(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		want("purged, but the engine does not know", len(ps))
		b.refresh()
		want("purged", 0)
	}
}

// Every part of the indexes that could keep something is really looked into.
func TestTracesOfParts(t *testing.T) {
	id := corpus.NewID(gatesArticle.Key())
	for _, test := range []struct {
		name string
		keep func(b *bench, e *article) // puts back a part of what was taken out
		want Traces
	}{
		{"nothing", func(*bench, *article) {}, Traces{}},
		{"a word", func(b *bench, _ *article) {
			b.engine.words[text.English].stems.add(b.engine.slot(), []string{"harbour"})
		}, Traces{Words: 1}},
		{"a 4-gram", func(b *bench, _ *article) {
			b.engine.words[text.English].grams.add(b.engine.slot(), grams(stems(b.engine.analyzer.Terms("الميناء"))))
		}, Traces{}}, // the article is not Arabic
		{"a vector in the index", func(b *bench, e *article) {
			v, err := b.fake.Passages(b.t.Context(), []string{"something else"})
			if err == nil {
				err = b.engine.serving.index.add(b.t.Context(), text.Arabic, e.passages[0].ID, v[0])
			}
			if err != nil {
				b.t.Fatal(err)
			}
		}, Traces{Vectors: 1}},
		{"a vector of a later passage", func(b *bench, e *article) {
			v, err := b.fake.Passages(b.t.Context(), []string{gatesArticle.Body})
			if err == nil {
				err = b.engine.serving.index.add(b.t.Context(), text.English, id+".9", v[0])
			}
			if err != nil {
				b.t.Fatal(err)
			}
		}, Traces{Vectors: 1}},
		{"a quick vector", func(b *bench, e *article) { b.engine.quick.vectors[e.passages[0]] = vector{} }, Traces{Vectors: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, _ := newClockBench(t, otherArticle, gatesArticle)
			stored, ps, err := b.store.Full(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			was := b.engine.articles[id]
			if err := b.store.Purge(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			b.refresh()
			test.keep(b, was)
			got, err := b.engine.Traces(t.Context(), stored, ps)
			if err != nil || got != test.want {
				t.Errorf("Traces = %+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}

// Of a long article only some passages are encoded anew, and all are looked for.
func TestTracesOfALongArticle(t *testing.T) {
	long := gatesArticle
	for i := range 900 {
		long.Body += fmt.Sprintf(" The ship of number %d came into the harbour when it had opened, with all that it carried.", i)
	}
	b, _ := newClockBench(t, otherArticle, long)
	id := corpus.NewID(long.Key())
	stored, ps, err := b.store.Full(t.Context(), id)
	if err != nil || len(ps) < 2*tracesEncoded {
		t.Fatalf("%d passages, %v; want more", len(ps), err)
	}
	var encoded []string
	b.fake.Before = func(_ context.Context, texts []string) error { encoded = append(encoded, texts...); return nil }
	got, err := b.engine.Traces(t.Context(), stored, ps)
	if err != nil || got != (Traces{len(ps), len(ps)}) {
		t.Errorf("Traces = %+v, %v; want %d of each", got, err, len(ps))
	}
	first, late := stored.PassageText(ps[0]), stored.PassageText(ps[len(ps)*9/10])
	if len(encoded) != tracesEncoded || encoded[0] != first || encoded[tracesEncoded*9/10] != late {
		t.Errorf("%d passages encoded; want %d, spread", len(encoded), tracesEncoded)
	}
}

// Of a damaged article nothing but its ID is known.
func TestTracesOfADamagedArticle(t *testing.T) {
	b, _ := newClockBench(t, otherArticle, gatesArticle)
	got, err := b.engine.Traces(t.Context(), corpus.Article{ID: corpus.NewID(gatesArticle.Key())}, nil)
	if err != nil || got.Words == 0 {
		t.Errorf("Traces = %+v, %v; want the passages that the engine knows", got, err)
	}
}

// BenchmarkRefresh is what every question pays to be up to date: nothing has changed, within a second and after one.
func BenchmarkRefresh(b *testing.B) {
	for _, step := range []time.Duration{0, time.Second} {
		b.Run("after "+step.String(), func(b *testing.B) {
			x, at := newClockBench(b, manyArticles()...)
			for b.Loop() {
				*at = at.Add(step)
				x.refresh()
			}
		})
	}
}

// A citation says when its article was corrected.
func TestCitationCorrected(t *testing.T) {
	b, at := newClockBench(t, otherArticle, gatesArticle)
	id := corpus.NewID(gatesArticle.Key())
	if c := b.ask(gatesQuestion).Citations[0]; c.ArticleID != id || !c.Corrected.IsZero() {
		t.Errorf("cites %s, corrected %v; want %s, never corrected", c.ArticleID, c.Corrected, id)
	}
	*at = start.AddDate(0, 0, 3)
	_, _, err := b.store.Edit(t.Context(), id, func(a *corpus.Article) error {
		a.Body = "The harbour opened its gates on Tuesday. Ships came from everywhere to see the harbour."
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b.refresh()
	if c := b.ask(gatesQuestion).Citations[0]; c.ArticleID != id || c.Corrected.String() != "2025-08-18" {
		t.Errorf("cites %s, corrected %v; want %s, corrected 2025-08-18", c.ArticleID, c.Corrected, id)
	}
}

// What only hidden articles say is in no vocabulary, whichever are hidden when it is
// looked at, and moves no mean; what others say too stays.
func TestVocabularyLeavesHiddenOut(t *testing.T) {
	held, gone := ferries, bridge
	held.Embargo = start.Add(time.Hour)
	b, at := newClockBench(t, harbour)
	b.add(held)
	id := b.add(gone)
	b.encode()
	b.refresh()
	b.checkVocabulary(harbour, gone)
	if err := b.store.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	*at = held.Embargo // one comes as the other goes
	b.refresh()
	b.checkVocabulary(harbour, held)
	*at = start
	if err := b.store.Restore(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	b.checkVocabulary(harbour, gone)
	b.add(museum) // comes while another is hidden
	b.encode()
	b.refresh()
	b.checkVocabulary(harbour, gone, museum)
	*at = held.Embargo
	b.refresh()
	b.checkVocabulary(harbour, gone, museum, held)
	fresh := b.open().meanings()
	for _, stem := range []string{"ferri", "sail", "harbour"} {
		got, want := b.engine.vocabulary.vector(text.English, stem), fresh.vector(text.English, stem)
		if !slices.Equal(got, want) || want == nil {
			t.Errorf("the vector of %q is %v, read anew %v", stem, got, want)
		}
	}
}

// Nobody is told a name that only an embargoed article holds.
func TestExplainLeavesHiddenOut(t *testing.T) {
	held := corpus.Article{Language: text.Arabic, Body: "وصل زيلنوفسكي إلى المدينة يوم الاثنين.", Embargo: start.Add(time.Hour)}
	b, at := newClockBench(t, otherArticle)
	b.add(held)
	b.encode()
	b.refresh()
	for _, want := range []bool{false, true} {
		e, err := b.engine.Explain(t.Context(), "Zelnovsky")
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(fmt.Sprintf("%+v", e), "زيلنوفسك"); got != want {
			t.Errorf("explained with the name: %v; want %v: %+v", got, want, e)
		}
		*at = held.Embargo
		b.refresh()
	}
}
