package retrieval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// manyArticles are more than are read ahead, every tenth of many passages.
func manyArticles() []corpus.Article {
	var out []corpus.Article
	for i := range 2 * tasksAhead {
		body := fmt.Sprintf("The harbour of town%d opened today. Ships came from port%d.", i, i%7)
		if i%10 == 0 {
			for j := range 15 {
				body += fmt.Sprintf(" Then the mayor of town%d spoke for the %dth time about the harbour and about ships that had come.", i, j)
			}
		}
		out = append(out, corpus.Article{Title: fmt.Sprint("Report ", i), Source: "Test", Language: text.English, Body: body})
	}
	return out
}

// TestLoadAsOneByOne compares what the goroutines of a start make with what adding
// one article after the other does.
func TestLoadAsOneByOne(t *testing.T) {
	b := newBench(t, manyArticles()...)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	one := &Engine{analyzer: text.NewAnalyzer(), articles: map[string]*article{}, byID: map[string]*passage{}, words: map[text.Language]*fields{}}
	err := b.store.Each(t.Context(), func(a corpus.Article, ps []corpus.Passage) error {
		one.add(a, ps)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, want := b.open(), one
	if len(got.passages) != len(want.passages) || len(want.passages) <= 2*tasksAhead {
		t.Fatalf("%d passages, want %d, and more than articles", len(got.passages), len(want.passages))
	}
	for i, p := range got.passages {
		w := want.passages[i]
		if p.ID != w.ID || p.slot != w.slot || p.hash != w.hash || !slices.Equal(p.sentences, w.sentences) {
			t.Fatalf("in slot %d is passage %s, want %s", i, p.ID, w.ID)
		}
	}
	g, w := got.words[text.English].stems, want.words[text.English].stems
	if !slices.Equal(g.lengths, w.lengths) || len(g.terms) != len(w.terms) {
		t.Errorf("%d terms, want %d", len(g.terms), len(w.terms))
	}
	for term := range w.terms {
		if !slices.Equal(g.lookup(term), w.lookup(term)) {
			t.Errorf("postings of %q = %v, want %v", term, g.lookup(term), w.lookup(term))
		}
	}
}

// TestLoadStops ends the context while articles are being read: all that was
// started ends, and what is left is not taken in.
func TestLoadStops(t *testing.T) {
	b := newBench(t)
	for _, a := range manyArticles() {
		b.add(a)
	}
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	e := &Engine{store: b.store, articles: map[string]*article{}, byID: map[string]*passage{}, words: map[text.Language]*fields{}}
	ctx := &stopAfter{Context: t.Context()}
	ctx.left.Store(tasksAhead)
	if err := e.loadArticles(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("loadArticles, stopped on the way = %v, want %v", err, context.Canceled)
	}
	if n := len(e.articles); n == 2*tasksAhead {
		t.Errorf("all %d articles were taken in", n)
	}
}

// A stopAfter is a context that has ended when it was asked a few times.
type stopAfter struct {
	context.Context
	left atomic.Int64
}

func (s *stopAfter) Err() error {
	if s.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestTogether wants the first error, which ends the others.
func TestTogether(t *testing.T) {
	wrong := errors.New("wrong")
	waits := func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}
	fails := func(context.Context) error { return wrong }
	works := func(context.Context) error { return nil }
	ended, end := context.WithCancel(t.Context())
	end()
	for _, test := range []struct {
		name  string
		ctx   context.Context
		tasks []func(context.Context) error
		want  error
	}{
		{"none", t.Context(), nil, nil},
		{"done", t.Context(), []func(context.Context) error{works, works}, nil},
		{"one fails", t.Context(), []func(context.Context) error{waits, works, fails}, wrong},
		{"stopped", ended, []func(context.Context) error{waits, works}, context.Canceled},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := together(test.ctx, test.tasks...); !errors.Is(err, test.want) {
				t.Errorf("together = %v, want %v", err, test.want)
			}
		})
	}
}
