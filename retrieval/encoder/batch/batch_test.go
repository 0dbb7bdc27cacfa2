package batch

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 2, 15, 16, 17, 100} {
		for _, size := range []int{1, 3, 16} {
			for _, workers := range []int{1, 2, 200} {
				t.Run(fmt.Sprintf("%d by %d, %d workers", n, size, workers), func(t *testing.T) { checkEach(t, n, size, workers) })
			}
		}
	}
}

// checkEach wants every item once.
func checkEach(t *testing.T, n, size, workers int) {
	t.Helper()
	done := make([]int, n)
	var running atomic.Int64
	err := Each(n, size, workers, func(from, to int) error {
		if r := running.Add(1); r > int64(workers) {
			t.Errorf("%d calls at once", r)
		}
		defer running.Add(-1)
		if to-from > size || to-from < size && to != n {
			t.Errorf("items %d to %d together", from, to)
		}
		for i := from; i < to; i++ {
			done[i]++
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	for i, times := range done {
		if times != 1 {
			t.Errorf("item %d was done %d times", i, times)
		}
	}
}

// Both workers are at work at once: each waits for the other.
func TestEachTogether(t *testing.T) {
	met := make(chan struct{})
	err := Each(2, 1, 2, func(from, _ int) error {
		if from == 0 {
			met <- struct{}{}
			return nil
		}
		<-met
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestEachFails(t *testing.T) {
	broken := errors.New("broken")
	for _, workers := range []int{1, 3} {
		var calls atomic.Int64
		err := Each(100, 1, workers, func(int, int) error {
			calls.Add(1)
			return broken
		})
		if !errors.Is(err, broken) || calls.Load() > int64(workers) {
			t.Errorf("%d workers: error %v after %d calls", workers, err, calls.Load())
		}
	}
}
