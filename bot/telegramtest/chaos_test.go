package telegramtest

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// What a bot that never repeats is told, and what arrived.
type told struct {
	Status    []int
	Counts    map[Fault]int
	Lost      int
	Doubled   int
	Delivered int
}

func shake(t *testing.T, c *Chaos, n int) (out told) {
	synctest.Test(t, func(t *testing.T) {
		s, rec, b := newBubble(t)
		p := s.Person(reader, "ar")
		p.Send("x")
		s.Fail(c.Hook())
		for range n {
			r, _ := b.try(t.Context(), "sendMessage", params{"chat_id": reader, "text": "x"})
			out.Status = append(out.Status, r.status)
		}
		b.call("getMe", nil)
		b.call("getUpdates", nil)
		out.Counts, out.Lost, out.Doubled = c.Counts(), len(c.Lost(reader)), len(c.Doubled(reader))
		out.Delivered = len(p.Received())
		if got := rec.end(); len(got) > 0 {
			t.Errorf("broken rules: %q", got)
		}
	})
	return out
}

func TestChaos(t *testing.T) {
	const n = 300
	got := shake(t, &Chaos{Seed: 1, Rate: 0.5}, n)
	if diff := cmp.Diff(got, shake(t, &Chaos{Seed: 1, Rate: 0.5}, n)); diff != "" {
		t.Errorf("the same seed gives other faults:\n%s", diff)
	}
	if cmp.Equal(got.Status, shake(t, &Chaos{Seed: 2, Rate: 0.5}, n).Status) {
		t.Error("another seed gives the same faults")
	}
	for _, kind := range allFaults {
		if got.Counts[kind] == 0 {
			t.Errorf("nothing met %q", kind)
		}
	}
	refused := got.Counts[FaultFlood] + got.Counts[FaultServer]
	if want := n - refused - got.Lost; got.Delivered != want {
		t.Errorf("%d of %d messages were delivered, want %d: %+v", got.Delivered, n, want, got.Counts)
	}
	doubts := got.Counts[FaultProxy] + got.Counts[FaultCutBefore] + got.Counts[FaultCutAfter]
	if got.Lost == 0 || got.Doubled <= got.Counts[FaultCutAfter] || got.Lost+got.Doubled != doubts {
		t.Errorf("lost %d, doubled %d of %d doubts", got.Lost, got.Doubled, doubts)
	}
	if ok := len(slices.DeleteFunc(got.Status, func(s int) bool { return s != 200 })); ok != n-refused-doubts {
		t.Errorf("%d messages were said to be delivered, want %d", ok, n-refused-doubts)
	}
}

func TestChaosOfSomeKinds(t *testing.T) {
	got := shake(t, &Chaos{Rate: 1, Faults: []Fault{FaultSlow}}, 3)
	want := told{Status: []int{200, 200, 200}, Counts: map[Fault]int{FaultSlow: 3}, Delivered: 3}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("slow answers (-want +got):\n%s", diff)
	}
}

func TestSlowAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, b := newBubble(t)
		s.Person(reader, "ar").Send("x")
		s.Fail((&Chaos{Rate: 1, Faults: []Fault{FaultSlow}, Slow: 7 * time.Second}).Hook())
		begun := time.Now()
		b.send(reader, params{"text": "x"})
		if took := time.Since(begun); took != 7*time.Second {
			t.Errorf("the answer took %v, want 7 s", took)
		}
	})
}

func TestChaosOfPolls(t *testing.T) {
	for _, polls := range []bool{false, true} {
		s := New(t)
		c := &Chaos{Rate: 1, Faults: []Fault{FaultServer}, Polls: polls}
		s.Fail(c.Hook())
		if r := newBot(t, s).call("getUpdates", nil); r.OK == polls {
			t.Errorf("getUpdates with trouble for polls %t = %+v", polls, r)
		}
		if got := c.Counts()[FaultServer] == 1; got != polls {
			t.Errorf("trouble for polls %t: %v", polls, c.Counts())
		}
	}
}

// Who waits for a message learns that it was lost.
func TestWaitForALostMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, b := newBubble(t)
		p := s.Person(reader, "ar")
		p.Send("x")
		c := &Chaos{Rate: 1, Faults: []Fault{FaultCutBefore}}
		s.Fail(c.Hook())
		go func() {
			time.Sleep(time.Second) // until somebody waits
			_, _ = b.try(t.Context(), "sendMessage", params{"chat_id": reader, "text": "x"})
		}()
		p.WaitFor(func([]Message) bool { return len(c.Lost(reader)) == 1 })
		if lost := c.Lost(reader); !slices.Equal(lost, []string{"x"}) || c.Doubts()[0].Delivered {
			t.Errorf("lost are %q, doubts %+v", lost, c.Doubts())
		}
	})
}
