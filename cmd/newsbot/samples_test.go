package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/samples"
	"newsbot/retrieval"
)

// everyNth of the samples' questions is asked: each needs a program of its own.
const everyNth = 6

// The whole way with the encoder that ships: files in, questions in both
// languages, quotes out.
func TestSamplesEndToEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("encodes the samples with the real encoder")
	}
	dir := t.TempDir()
	encoder, err := newEncoder()
	if err != nil {
		t.Fatal(err)
	}
	shared := func() (retrieval.Encoder, error) { return encoder, nil }
	args := append([]string{"import"}, writeSamples(t)...)
	if code, _, stderr := run(t, dir, shared, args...); code != exitDone {
		t.Fatalf("import: exit code %d, stderr %q", code, stderr)
	}
	asked, right := 0, 0
	for i, q := range sampleQuestions(t) {
		if i%everyNth != 0 {
			continue
		}
		code, stdout, stderr := run(t, dir, shared, "ask", "-json", q.text)
		if code != exitDone {
			t.Fatalf("ask %q: exit code %d, stderr %q", q.text, code, stderr)
		}
		var a answerJSON
		if err := json.Unmarshal([]byte(stdout), &a); err != nil {
			t.Fatalf("ask %q: %v", q.text, err)
		}
		asked++
		if q.answeredBy(a) {
			right++
		} else {
			t.Logf("ask %q: %s, want a quote with one of %q", q.text, a.Verdict, q.wanted)
		}
		if len(a.Citations) > 0 {
			checkQuotes(t, dir, shared, []byte(stdout))
		}
	}
	// How good the answers are is measured in package retrieval; this many are
	// right whenever the way is whole.
	if right*2 < asked {
		t.Errorf("%d of %d questions are answered right, want half of them", right, asked)
	}
}

func checkQuotes(t *testing.T, dir string, encoder func() (retrieval.Encoder, error), answer []byte) {
	t.Helper()
	err := checkVerbatim(answer, func(id string) ([]byte, error) {
		_, stdout, _ := run(t, dir, encoder, "show", "-json", id)
		return []byte(stdout), nil
	})
	if err != nil {
		t.Error(err)
	}
}

// writeSamples writes the sample articles to files and returns their names.
func writeSamples(tb testing.TB) []string {
	tb.Helper()
	dir := tb.TempDir()
	if err := os.CopyFS(dir, samples.FS()); err != nil {
		tb.Fatal(err)
	}
	names, err := fs.Glob(samples.FS(), "*.md")
	if err != nil {
		tb.Fatal(err)
	}
	for i, name := range names {
		names[i] = filepath.Join(dir, name)
	}
	return names
}

// A sampleQuestion is a line of the samples' questions.
type sampleQuestion struct {
	text   string
	wanted []string // one of them in the quote; none for no answer
}

func sampleQuestions(t testing.TB) []sampleQuestion {
	t.Helper()
	var out []sampleQuestion
	for line := range strings.Lines(string(samples.Questions())) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) != 4 {
			t.Fatalf("question %q has %d fields, want 4", line, len(fields))
		}
		q := sampleQuestion{text: fields[0]}
		if fields[2] != "-" {
			q.wanted = strings.Split(fields[3], "|")
		}
		out = append(out, q)
	}
	return out
}

// answeredBy tells whether the first citation holds what is wanted, or whether
// nothing is answered when nothing is.
func (q sampleQuestion) answeredBy(a answerJSON) bool {
	if len(q.wanted) == 0 {
		return a.Verdict != retrieval.Answered
	}
	if a.Verdict != retrieval.Answered || len(a.Citations) == 0 {
		return false
	}
	return slices.ContainsFunc(q.wanted, func(w string) bool { return strings.Contains(a.Citations[0].Quote, w) })
}

// BenchmarkFirstPrompt is the time from nothing to the first prompt of a first
// run, in which the samples are stored.
func BenchmarkFirstPrompt(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		first := &bytes.Buffer{}
		m := &Main{
			Stdin: &bytes.Buffer{}, Stdout: first, Stderr: &bytes.Buffer{},
			LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
			NewEncoder: newEncoder, NewUSE: newUSE,
		}
		b.StartTimer()
		if code := m.Run(b.Context(), []string{"-data", dir, "chat"}); code != exitDone {
			b.Fatalf("exit code %d", code)
		}
	}
}
