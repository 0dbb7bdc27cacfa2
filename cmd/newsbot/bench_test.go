package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
	"newsbot/retrieval"
)

// benchmarkArticles is the size of the collection of BenchmarkUpdate.
const benchmarkArticles = 100

// updateRate is how many questions a second come at the most in BenchmarkUpdate;
// 30 messages a second may go out.
const updateRate = 20

// BenchmarkUpdate is the time from an update at the Bot API server to the answer
// there, over 100 articles with the encoder that ships. The questions come one
// at a time, in both languages, from as many people and at such a pace that the
// limits of Telegram are out of sight.
func BenchmarkUpdate(b *testing.B) {
	encoder, err := newEncoder()
	if err != nil {
		b.Fatal(err)
	}
	shared := func() (retrieval.Encoder, error) { return encoder, nil }
	dir := b.TempDir()
	args := append([]string{"import"}, append(writeSamples(b), writeMore(b)...)...)
	if code, _, stderr := run(b, dir, shared, args...); code != exitDone {
		b.Fatalf("import: exit code %d, stderr %q", code, stderr)
	}
	s := telegramtest.New(b)
	stop := serveInside(b, s, dir, shared)
	defer stop()
	w := newSteadyWatch(s)
	questions := sampleQuestions(b)
	asked := 0
	for b.Loop() {
		b.StopTimer()
		w.pace(updateRate)
		b.StartTimer()
		w.ask(asked, questions[asked%len(questions)].text)
		asked++
		w.wait(asked)
	}
	reportTimes(b, w.took)
}

// reportTimes reports how long most of the answers took at the most.
func reportTimes(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	for name, part := range map[string]int{"p50-ms": 50, "p95-ms": 95, "p99-ms": 99} {
		b.ReportMetric(float64(took[len(took)*part/100].Microseconds())/1000, name)
	}
}

// writeMore writes as many articles as the samples lack.
func writeMore(b *testing.B) []string {
	b.Helper()
	dir := b.TempDir()
	files := make([]string, benchmarkArticles-len(writeSamples(b)))
	for i := range files {
		var body strings.Builder
		for p := range 12 {
			fmt.Fprintf(&body, "The council of district %d spoke about road %d on Monday. Its repair costs %d thousand and takes until autumn, said the mayor of district %d.\n\n", i, p*i+p, 100+p*i, i)
		}
		files[i] = filepath.Join(dir, fmt.Sprintf("district-%d.txt", i))
		if err := os.WriteFile(files[i], []byte(body.String()), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return files
}

// serveInside serves from inside the test, and returns what stops it.
func serveInside(b *testing.B, s *telegramtest.Server, dir string, encoder func() (retrieval.Encoder, error)) (stop func()) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	environment := map[string]string{
		settingToken: s.Token(), settingAPI: s.URL(), settingAdmins: fmt.Sprint(theAdmin),
	}
	var errs bytes.Buffer
	m := &Main{
		Stdin: &bytes.Buffer{}, Stdout: io.Discard, Stderr: &errs,
		LookupEnv: func(name string) (string, bool) { v, ok := environment[name]; return v, ok },
		Now:       time.Now, NewEncoder: encoder, NewUSE: newUSE,
	}
	var running sync.WaitGroup
	running.Go(func() {
		if code := m.Run(ctx, []string{"-data", dir, "serve"}); code != exitDone {
			b.Errorf("exit code %d, stderr %q", code, errs.String())
		}
	})
	s.WaitRequests(func(rs []telegramtest.Request) bool {
		return slices.ContainsFunc(rs, func(r telegramtest.Request) bool { return r.Method == "getUpdates" })
	})
	return func() {
		cancel()
		running.Wait()
	}
}
