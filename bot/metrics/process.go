package metrics

import (
	"runtime/metrics"
	"time"
)

// process are the numbers of the program itself: few, and cheap to read. What the
// library knows of it stops the program to count, and looks for files that a
// sandbox hides.
var process = []struct{ name, help, sample string }{
	{"go_goroutines", "Goroutines that exist.", "/sched/goroutines:goroutines"},
	{"go_memstats_heap_alloc_bytes", "Memory of objects that are in use or not yet swept.", "/memory/classes/heap/objects:bytes"},
	{"go_memstats_sys_bytes", "Memory mapped by the Go runtime.", "/memory/classes/total:bytes"},
}

// Process adds the numbers of the program itself, which started at a time.
func (m *Metrics) Process(started time.Time) {
	start := float64(started.UnixMilli()) / 1000
	m.Gauge("process_start_time_seconds", "When the program started, in seconds since 1970.", func() float64 { return start })
	for _, p := range process {
		m.Gauge(p.name, p.help, func() float64 { return read(p.sample) })
	}
}

// Memory is how many bytes the Go runtime has mapped.
func Memory() uint64 { return uint64(read("/memory/classes/total:bytes")) }

// read reads a number of the runtime's.
func read(name string) float64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return float64(sample[0].Value.Uint64())
}
