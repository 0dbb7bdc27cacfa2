package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// Memory is bounded by what is needed. Without a limit the collector lets the
// heap double before it runs; with one that is too low it never stops running.
// So the limit is memoryFloor, which suits a collection of 100,000 passages (their
// indexes take 580 MB), and for a larger one half as much again as is in use.
const memoryFloor = 900 << 20

// memoryEvery is how often the limit is set anew while a collection grows.
const memoryEvery = time.Second

// limitMemory keeps the limit until ctx ends, unless the environment sets one
// (GOMEMLIMIT).
func limitMemory(ctx context.Context, lookup func(string) (string, bool)) {
	if _, set := lookup("GOMEMLIMIT"); set {
		return
	}
	debug.SetMemoryLimit(memoryFloor)
	tick := time.NewTicker(memoryEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			debug.SetMemoryLimit(memoryLimit(liveHeap()))
		}
	}
}

// memoryLimit is that for so many bytes in use.
func memoryLimit(live uint64) int64 { return max(memoryFloor, int64(live+live/2)) }

// liveHeap is what the last run of the collector left.
func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
