// Package batch shares the texts of a batch out among goroutines. Each is all of
// it.
package batch

import (
	"cmp"
	"sync"
	"sync/atomic"
)

// Each calls do for the n items of a batch, size at a time: from is the first of
// them and to the one behind the last. The calls come from the caller's goroutine
// and at most workers-1 others, which are done when it returns; each takes the
// next items when it is done with those it had. A goroutine ends with its first
// error, and Each returns one of them. size and workers are at least 1.
func Each(n, size, workers int, do func(from, to int) error) error {
	var next atomic.Int64
	errs := make([]error, max(1, min(workers, (n+size-1)/size)))
	work := func(w int) {
		for errs[w] == nil {
			from := (int(next.Add(1)) - 1) * size
			if from >= n {
				return
			}
			errs[w] = do(from, min(from+size, n))
		}
	}
	var others sync.WaitGroup
	for w := 1; w < len(errs); w++ {
		others.Go(func() { work(w) })
	}
	work(0)
	others.Wait()
	return cmp.Or(errs...)
}
