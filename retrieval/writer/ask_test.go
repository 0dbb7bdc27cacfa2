package writer

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/retrieval/llm"
)

// A reader who stops it keeps what is checked by then.
func TestWriteStopped(t *testing.T) {
	for name, tt := range map[string]struct {
		says   string
		reason Reason
		want   int
	}{
		"with a sentence": {"Rain fell on Paris [1]. Snow fell ", ReasonNone, 1},
		"before there is": {"Rain fell on ", ReasonStopped, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, s := weather(t)
				stop := make(chan struct{})
				go func() {
					synctest.Wait()
					close(stop)
				}()
				w := newWriter(&fakeModel{says: tt.says, stall: true}, fakeChecker{})
				got, err := w.Write(t.Context(), Request{Answer: a, Library: s, Stop: stop})
				if err != nil || got.Reason != tt.reason || len(got.Sentences) != tt.want {
					t.Errorf("%+v, %v", got, err)
				}
				if w.rest.failures != 0 {
					t.Error("the model is blamed for it")
				}
			})
		})
	}
	a, s := weather(t)
	stop := make(chan struct{})
	close(stop)
	m := &fakeModel{says: "Rain fell on Paris [1]."}
	if got, err := newWriter(m, fakeChecker{}).Write(t.Context(), Request{Answer: a, Library: s, Stop: stop}); err != nil || got.Reason != ReasonStopped || len(m.asked) > 0 {
		t.Errorf("stopped before: %+v, %v", got, err)
	}
}

// A model that is too slow has failed, whatever it has said by then.
func TestWriteLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, s := weather(t)
		began := time.Now()
		w := newWriter(&fakeModel{says: "Rain fell on Paris [1]. Snow fell on Lille [3]. Then ", stall: true}, fakeChecker{})
		got, err := w.Write(t.Context(), Request{Answer: a, Library: s})
		if err != nil || got.Reason != ReasonTime || len(got.Sentences) != 0 {
			t.Errorf("%+v, %v", got, err)
		}
		if took := time.Since(began); took != DefaultLimit {
			t.Errorf("took %v", took)
		}
	})
}

func TestWriteCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, s := weather(t)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			synctest.Wait()
			cancel()
		}()
		w := newWriter(&fakeModel{says: "Rain fell on Paris [1]. Snow ", stall: true}, fakeChecker{})
		got, err := w.Write(ctx, Request{Answer: a, Library: s})
		if !errors.Is(err, context.Canceled) || len(got.Sentences) != 0 || w.rest.failures != 0 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// Four are served at once; the fifth does not wait.
func TestWriteSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, s := weather(t)
		m := &fakeModel{stall: true}
		w := newWriter(m, fakeChecker{})
		var all sync.WaitGroup
		reasons := make([]Reason, maxCalls+1)
		for i := range reasons {
			all.Go(func() {
				got, _ := w.Write(t.Context(), Request{Answer: a, Library: s})
				reasons[i] = got.Reason
			})
		}
		synctest.Wait()
		if n := m.times(); n != maxCalls {
			t.Errorf("asked %d times at once", n)
		}
		all.Wait()
		slices.Sort(reasons)
		if want := []Reason{ReasonBusy, ReasonTime, ReasonTime, ReasonTime, ReasonTime}; !slices.Equal(reasons, want) {
			t.Errorf("reasons %q, want %q", reasons, want)
		}
	})
}

// After three failures the model is left alone, then tried once.
func TestWriteRests(t *testing.T) {
	a, s := weather(t)
	now := today()
	m := &fakeModel{ends: llm.ErrServer}
	w := New(Config{Model: m, Checker: fakeChecker{}, Now: func() time.Time { return now }})
	for i, step := range []struct {
		after  time.Duration
		works  bool
		reason Reason
	}{
		{0, false, ReasonModel},
		{0, true, ReasonNone}, // begins to count anew
		{0, false, ReasonModel},
		{0, false, ReasonModel},
		{0, false, ReasonModel},
		{0, true, ReasonResting},
		{restFor - 1, true, ReasonResting},
		{1, false, ReasonModel},
		{restFor - 1, true, ReasonResting},
		{1, true, ReasonNone},
		{0, false, ReasonModel},
		{0, true, ReasonNone},
	} {
		now = now.Add(step.after)
		m.says, m.ends = "", llm.ErrServer
		if step.works {
			m.says, m.ends = "Rain fell on Paris [1].", nil
		}
		if got, err := w.Write(t.Context(), Request{Answer: a, Library: s}); err != nil || got.Reason != step.reason {
			t.Errorf("step %d: reason %q, %v, want %q", i, got.Reason, err, step.reason)
		}
	}
}

// While one finds out whether the model works again, nobody else asks it.
func TestRestTriesOnce(t *testing.T) {
	var r rest
	for range mostFailures {
		r.end(failed, false, today())
	}
	later := today().Add(restFor)
	if may, try := r.begin(later); !may || !try {
		t.Fatal("the one try is refused")
	}
	if may, _ := r.begin(later); may {
		t.Error("two try")
	}
	r.end(neither, true, later)
	if may, try := r.begin(later); !may || !try {
		t.Error("a try that was broken off is the last")
	}
}
