package remote

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// turned answers in place of a provider, with vectors of the same length that another model
// would make.
func turned(t *testing.T, p *provider) refuser {
	return func(w http.ResponseWriter, r *http.Request, texts []string) bool {
		vectors, err := p.fake.Passages(r.Context(), texts)
		if err != nil {
			t.Error(err)
			return false
		}
		for _, v := range vectors {
			slices.Reverse(v)
		}
		writeJSON(w, map[string]any{"data": p.data(vectors)})
		return true
	}
}

// TestAnotherModel has another model answer under the name of the one that is known: nothing
// but probes is sent to it.
func TestAnotherModel(t *testing.T) {
	p := newProvider(t)
	known, _ := proven(t, p, func(c *Config) { c.Dim = 0 })
	if len(known.Mark()) != known.Dim() || known.WithDim(3).Mark() != nil {
		t.Fatalf("a mark of %d numbers for vectors of %d", len(known.Mark()), known.Dim())
	}
	later, _ := unproven(t, p, nil)
	later = later.WithMark(known.Mark())
	p.refuses(turned(t, p))
	for range 2 {
		if _, err := later.Question(t.Context(), "a question"); !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), "another model") {
			t.Errorf("Question: %v, want ErrConfig", err)
		}
		if _, err := later.Passages(t.Context(), []string{"a passage"}); !errors.Is(err, ErrConfig) {
			t.Errorf("Passages: %v, want ErrConfig", err)
		}
		if _, err := later.Probe(t.Context()); !errors.Is(err, ErrConfig) {
			t.Errorf("Probe: %v, want ErrConfig", err)
		}
	}
	for _, texts := range p.requests() {
		if !slices.Equal(texts, []string{probeText}) {
			t.Errorf("%q was sent", texts)
		}
	}
	p.refuses(nil)
	if _, err := later.Question(t.Context(), "a question"); err != nil {
		t.Errorf("Question to the model that is known: %v", err)
	}
}

// TestBack has a provider that goes away and comes back: it is probed before anything else is
// sent, for it may be another.
func TestBack(t *testing.T) {
	p := newProvider(t)
	e, _ := proven(t, p, nil)
	p.refuses(func(http.ResponseWriter, *http.Request, []string) bool { panic(http.ErrAbortHandler) })
	if _, err := e.Question(t.Context(), "first"); !errors.Is(err, ErrUnavailable) {
		t.Fatalf("Question = %v, want ErrUnavailable", err)
	}
	p.refuses(turned(t, p))
	if _, err := e.Question(t.Context(), "second"); !errors.Is(err, ErrConfig) {
		t.Errorf("Question = %v, want ErrConfig", err)
	}
	for _, texts := range p.requests() {
		if slices.Contains(texts, "second") {
			t.Error("what came back has got a question before it was probed")
		}
	}
}

// TestManyQuestions has questions for which nobody waits refused for a while: they go out in
// batches, with their prefix, as late as the provider wants.
func TestManyQuestions(t *testing.T) {
	p := newProvider(t)
	left := 2
	p.refuses(func(w http.ResponseWriter, _ *http.Request, _ []string) bool {
		if left == 0 {
			return false
		}
		left--
		w.Header().Set("Retry-After", "20")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	})
	e, clock := proven(t, p, func(c *Config) { c.Query = new("query: ") })
	if vectors, err := e.Questions(t.Context(), []string{"who?", "where?"}); err != nil || len(vectors) != 2 {
		t.Fatalf("Questions = %d vectors, %v", len(vectors), err)
	}
	if want := []time.Duration{20 * time.Second, 20 * time.Second}; !slices.Equal(clock.pauses, want) {
		t.Errorf("pauses of %v, want %v", clock.pauses, want)
	}
	for _, texts := range p.requests() {
		if want := []string{"query: who?", "query: where?"}; !slices.Equal(texts, want) {
			t.Errorf("%q was sent, want %q", texts, want)
		}
	}
}

// TestPace has a provider of which a text takes a fifth of a second, and which becomes quick:
// batches are as long as a question may wait.
func TestPace(t *testing.T) {
	p := newProvider(t)
	e, clock := proven(t, p, nil)
	each := 200 * time.Millisecond
	p.refuses(func(_ http.ResponseWriter, _ *http.Request, texts []string) bool {
		clock.spend(time.Duration(len(texts)) * each)
		return false
	})
	texts := make([]string, 104)
	for i := range texts {
		texts[i] = strings.Repeat("a", i+1)
	}
	sizes := func() (n []int) {
		p.mu.Lock()
		p.texts = nil
		p.mu.Unlock()
		checkAll(t, p, e, texts)
		for _, some := range p.requests() {
			n = append(n, len(some))
		}
		return n
	}
	if got, want := sizes(), []int{64, 10, 10, 10, 10}; !slices.Equal(got, want) {
		t.Errorf("batches of %v texts, want %v", got, want)
	}
	each = time.Second
	if got := sizes(); slices.Max(got[1:]) != fewTexts {
		t.Errorf("batches of %v texts, want %d", got, fewTexts)
	}
	each = 0
	if got, want := sizes(), []int{8, 16, 32, 48}; !slices.Equal(got, want) {
		t.Errorf("batches of %v texts, want %v", got, want)
	}
}

// spend lets time pass.
func (c *clock) spend(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
