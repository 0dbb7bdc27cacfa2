package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestMemoryLimit(t *testing.T) {
	for _, tt := range []struct {
		name string
		live uint64
		want int64
	}{
		{"nothing yet", 0, memoryFloor},
		{"100,000 passages", 600_000_000, memoryFloor},
		{"more", 2_000_000_000, 3_000_000_000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := memoryLimit(tt.live); got != tt.want {
				t.Errorf("memoryLimit(%d) = %d, want %d", tt.live, got, tt.want)
			}
		})
	}
	runtime.GC()
	if live := liveHeap(); live == 0 {
		t.Error("liveHeap() = 0 after a collection")
	}
}

func TestLimitMemoryLeavesTheEnvironmentsAlone(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	t.Cleanup(func() { debug.SetMemoryLimit(before) })
	ended, end := context.WithCancel(t.Context())
	end()
	limitMemory(ended, func(string) (string, bool) { return "2GiB", true })
	if got := debug.SetMemoryLimit(-1); got != before {
		t.Errorf("with GOMEMLIMIT the limit is %d, want %d as before", got, before)
	}
	limitMemory(ended, func(string) (string, bool) { return "", false })
	if got := debug.SetMemoryLimit(-1); got != memoryFloor {
		t.Errorf("the limit is %d, want %d", got, memoryFloor)
	}
}
