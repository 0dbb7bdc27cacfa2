package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"
)

// collectionEnv names the data folder of a large collection for BenchmarkMemory,
// such as one that the benchmarks of package retrieval have made:
//
//	NEWSBOT_COLLECTION=DIR/100000 go test -run '^$' -bench Memory -benchtime 3x ./cmd/newsbot
const collectionEnv = "NEWSBOT_COLLECTION"

// BenchmarkMemory starts the program over a collection and asks it questions in
// the terminal. It reports, as medians, the time from the start to the prompt, and
// the memory that is resident then, after the questions, and at most.
func BenchmarkMemory(b *testing.B) {
	dir := os.Getenv(collectionEnv)
	if dir == "" {
		b.Skipf("%s names no data folder", collectionEnv)
	}
	if runtime.GOOS != "linux" {
		b.Skip("what is resident is read from /proc")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		b.Fatal(err)
	}
	exe, questions := build(b), sampleQuestions(b)
	figures := map[string][]float64{}
	for b.Loop() {
		started := time.Now()
		p := startFile(b, exe, nil, "-data", dir, "chat")
		p.stuck.Stop() // on a busy machine all this takes long
		p.until("\n> ")
		figures["start-s"] = append(figures["start-s"], time.Since(started).Seconds())
		figures["prompt-MB"] = append(figures["prompt-MB"], p.memory("VmRSS"))
		for _, q := range questions {
			p.say(q.text)
			p.until("\n> ")
		}
		figures["asked-MB"] = append(figures["asked-MB"], p.memory("VmRSS"))
		figures["peak-MB"] = append(figures["peak-MB"], p.memory("VmHWM"))
		p.say("/quit")
		if code := p.end(); code != exitDone {
			b.Fatalf("exit code %d, stderr %q", code, p.stderr.String())
		}
	}
	for unit, values := range figures {
		slices.Sort(values)
		b.ReportMetric(values[len(values)/2], unit)
	}
}

// build builds the program as it ships, with its limit of memory, which the one
// inside the test binary has not.
func build(b *testing.B) string {
	b.Helper()
	exe := filepath.Join(b.TempDir(), "newsbot")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", exe, ".").CombinedOutput(); err != nil {
		b.Fatalf("building the program: %v\n%s", err, out)
	}
	return exe
}

// memory is a size in the process's status, in MB.
func (p *process) memory(name string) float64 {
	p.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	m := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(status)
	if m == nil {
		p.t.Fatalf("no %s in %q", name, status)
	}
	kB, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		p.t.Fatal(err)
	}
	return kB * 1024 / 1e6
}
