package e5

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/encodertest"
)

// admission is what join returned.
type admission struct {
	place, meetings int
	ok              bool
}

// join has a new thread join, and returns when it has announced itself.
func join(b *barrier) <-chan admission {
	before := announced(b)
	result := make(chan admission, 1)
	go func() {
		var a admission
		a.place, a.meetings, a.ok = b.join()
		result <- a
	}()
	awaitAnnounced(b, before+1)
	return result
}

func announced(b *barrier) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.joining
}

func awaitAnnounced(b *barrier, n int) {
	for announced(b) < n {
		runtime.Gosched()
	}
}

func TestBarrierAdmitsAtNextMeeting(t *testing.T) {
	var b barrier
	b.reset(t.Context())
	if !b.wait() || b.threads != 1 {
		t.Fatalf("the first thread alone stopped or became %d", b.threads)
	}
	first, second := join(&b), join(&b)
	if b.threads != 1 {
		t.Errorf("%d threads before they meet, want 1", b.threads)
	}
	if !b.wait() || b.threads != 3 {
		t.Fatalf("%d threads after two joined, want 3", b.threads)
	}
	for i, result := range []<-chan admission{first, second} {
		if got, want := <-result, (admission{i + 1, 1, true}); got != want {
			t.Errorf("thread %d: %+v, want %+v", i+1, got, want)
		}
	}
	b.close()
}

// TestBarrierClose closes before one thread joins and while another waits, and
// after a third was let in, which must not be sent away.
func TestBarrierClose(t *testing.T) {
	var b barrier
	b.reset(t.Context())
	in := join(&b)
	b.wait()
	late := join(&b)
	b.close()
	if got, want := <-in, (admission{1, 0, true}); got != want {
		t.Errorf("let in before the end: %+v, want %+v", got, want)
	}
	if got := <-late; got.ok {
		t.Errorf("still waiting at the end: %+v, want not ok", got)
	}
	if _, _, ok := b.join(); ok {
		t.Error("joined after the end")
	}
}

func TestBarrierStop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var b barrier
	b.reset(ctx)
	member := join(&b)
	b.wait()
	<-member
	newcomer := join(&b)
	cancel()
	other := make(chan bool)
	go func() { other <- b.wait() }()
	if b.wait() || <-other {
		t.Error("a thread goes on after the context has ended")
	}
	if got := <-newcomer; got.ok {
		t.Errorf("a thread joined then: %+v, want not ok", got)
	}
	b.close()
}

// TestBarrierSameAnswer has a context end while threads come in, one of them at
// the first meeting. All who were at the last meeting must leave after it.
func TestBarrierSameAnswer(t *testing.T) {
	const helpers, stop = 5, 40
	var b barrier
	b.reset(encodertest.NewCountdown(t.Context(), stop))
	var wg sync.WaitGroup
	var left [helpers]int
	for i := range helpers {
		wg.Go(func() {
			if _, n, ok := b.join(); ok {
				for n += 2; b.wait(); n++ {
				}
				left[i] = n
			}
		})
	}
	awaitAnnounced(&b, 1)
	n := 1
	for ; b.wait(); n++ {
		runtime.Gosched()
	}
	b.close()
	wg.Wait()
	for i, got := range left {
		if got != 0 && got != n { // 0: came too late
			t.Errorf("helper %d left after meeting %d, want %d", i, got, n)
		}
	}
}

// TestBarrierHammer has threads come in at any time, and those present share the
// tokens at every meeting: every token must be done once.
func TestBarrierHammer(t *testing.T) {
	const helpers, tokens = 7, 64
	random := rand.New(rand.NewPCG(1, 2))
	var s state // one for all rounds, as questions use it
	for round := range 200 {
		s.tokens = tokens
		s.barrier.reset(t.Context())
		var w shares
		var wg sync.WaitGroup
		for range helpers {
			delay := random.IntN(40)
			wg.Go(func() {
				for range delay {
					runtime.Gosched()
				}
				if place, n, ok := s.barrier.join(); ok {
					w.work(&s, place, n)
				}
			})
		}
		s.barrier.wait()
		w.work(&s, 0, 0)
		s.barrier.close()
		wg.Wait()
		w.check(t, round)
	}
}

// shares counts how often each token was done after each meeting.
type shares [24][64]int32

// work does the share of one thread from meeting n on. The counters are not
// atomic: a token of two threads is a data race too.
func (w *shares) work(s *state, place, n int) {
	for {
		rows := s.share(place)
		for r := rows.from; r < rows.to; r++ {
			w[n][r]++
		}
		if n++; n == len(w) || !s.barrier.wait() {
			return
		}
	}
}

func (w *shares) check(t *testing.T, round int) {
	t.Helper()
	for n := range w {
		for r, times := range w[n] {
			if times != 1 {
				t.Fatalf("round %d, meeting %d: token %d was done %d times", round, n, r, times)
			}
		}
	}
}

// TestLateThreads asks for the same bits whenever the second and the third thread
// come in.
func TestLateThreads(t *testing.T) {
	e := newEncoder(t, Options{})
	content := e.ids("query: " + textOf(t, e, 40))
	s := newState(e.model, e.kernel, stateSizes[0])
	var want [weights.Width]float32
	if err := s.run(t.Context(), &want, content, effort{threads: 1, pause: func() {}}); err != nil {
		t.Fatal(err)
	}
	x := slices.Clone(s.x[:s.tokens*weights.Width])
	last := len(e.model.Layers) - 1
	for _, at := range [][2]int{{0, 0}, {0, 1}, {0, last}, {3, 4}, {5, 5}, {last - 1, last}, {last, last}} {
		t.Run(fmt.Sprintf("layers %d and %d", at[0], at[1]), func(t *testing.T) {
			if admitted := runLate(t, s, content, at[:]); admitted != 2 {
				t.Errorf("%d threads were let in, want 2", admitted)
			}
			if !slices.Equal(s.x[:s.tokens*weights.Width], x) {
				t.Error("the bits depend on when threads come in")
			}
		})
	}
}

// runLate is state.run with helpers that announce themselves as the first thread
// is about to meet the others in the layers given. It returns how many were let in.
func runLate(t *testing.T, s *state, content []int32, layers []int) int {
	t.Helper()
	s.prepare(content, 1+len(layers))
	s.barrier.reset(t.Context())
	quiet := effort{threads: 1 + len(layers), pause: func() {}}
	var wg sync.WaitGroup
	// A chunk takes all tokens here, so the first thread pauses after projecting
	// layer 0, and then twice a layer: the pauses before meetings have even numbers.
	pauses := 0
	lead := quiet
	lead.pause = func() {
		for _, l := range layers {
			if pauses == 2*l {
				before := announced(&s.barrier)
				wg.Go(func() { s.help(quiet) })
				awaitAnnounced(&s.barrier, before+1)
			}
		}
		pauses++
	}
	s.lead(lead)
	s.barrier.close()
	wg.Wait()
	return s.barrier.threads - 1
}
