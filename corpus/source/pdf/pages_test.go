package pdf

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"newsbot/corpus/source"
)

// Two instances read the same as one, in the order of the pages.
func TestReadLong(t *testing.T) {
	data := pages(form, nil, longText(150_000)...)
	bodies := map[string]int{}
	for _, cores := range []int{1, 2} {
		before := runtime.GOMAXPROCS(cores)
		a, err := Read(t.Context(), data)
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		bodies[a.Body]++
	}
	if len(bodies) != 1 {
		t.Error("one instance reads another text than two")
	}
}

// A file that takes longer than it may is refused, not taken for damaged.
func TestReadTooComplex(t *testing.T) {
	_, err := readWithin(t.Context(), endless(), 50*time.Millisecond)
	var r *source.Refusal
	if !errors.As(err, &r) || r.Reason != source.Complex {
		t.Errorf("got %v, want it to be too complex", err)
	}
}
