package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/bot/telegramtest"
	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// The mill is opened by somebody no list knows.
var mill = []corpus.Article{
	{Title: "الطاحونة", Body: "افتتح سندباد الطاحونة القديمة في القاهرة. وحضر الحفل ثلاثون ضيفا."},
	{Title: "المدرسة", Body: "افتتح قرنفول المدرسة الجديدة في تونس. وحضر الحفل عشرون ضيفا."},
	{Title: "المرفأ", Body: "وصل شلهوب إلى المرفأ في بيروت. واستقبله عشرة ضيوف."},
}

const aboutZagarbut = "Zagarbut, Cairo"

// quotesMill tells whether an answer in English quotes the article about the mill.
func quotesMill(t *testing.T, v *conversation) bool {
	t.Helper()
	answer, err := v.Ask(t.Context(), retrieval.Question{Text: aboutZagarbut})
	if err != nil {
		t.Fatal(err)
	}
	return len(answer.Citations) > 0 && strings.Contains(answer.Citations[0].Quote.Text, "سندباد") && answer.Verdict == retrieval.Answered
}

// writeList writes a list into a data folder.
func writeList(t *testing.T, dataDir, name, content string) {
	t.Helper()
	dir := filepath.Join(dataDir, lexiconDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A question finds by an alias, and by a list that an editor has written, from the
// next moment on, and no longer when they are gone.
func TestListsAreKnownAtOnce(t *testing.T) {
	v := converse(t, &encodertest.Fake{}, patience, false)
	for _, a := range mill {
		if _, err := v.Add(t.Context(), a, corpus.AddOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if quotesMill(t, v) {
		t.Fatal("the article is found without an alias: the test shows nothing")
	}
	names := v.aliases()
	c, err := names.Join("Zagarbut", "سندباد")
	if err != nil {
		t.Fatal(err)
	}
	if err := names.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if !quotesMill(t, v) {
		t.Error("the article is not found by the alias")
	}
	if err := names.Apply(t.Context(), c.Inverse()); err != nil {
		t.Fatal(err)
	}
	if quotesMill(t, v) {
		t.Error("the article is found by an alias that is gone")
	}
	writeList(t, v.dataDir, "mine.tsv", "# proper\nZagarbut\tسندباد\n")
	if !quotesMill(t, v) {
		t.Error("the article is not found by a list")
	}
}

// What is wrong with lists is told once, and not without end.
func TestListsWarn(t *testing.T) {
	var log bytes.Buffer
	a := newApp(&Main{Stderr: &log})
	a.dataDir, a.logger = t.TempDir(), slog.New(newWarnings(&log))
	writeList(t, a.dataDir, "a.tsv", "Zagarbut\tسندباد\nbad\n")
	l, err := a.openLists()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(a.dataDir, lexiconDir, "a.tsv")
	if want := fmt.Sprintf("newsbot: warning: reading a list: %s:2: 0 tabs, want 1\n", path); log.String() != want {
		t.Errorf("the warnings are %q, want %q", log.String(), want)
	}
	log.Reset()
	l.lexicon()
	if log.Len() > 0 {
		t.Errorf("told again: %q", log.String())
	}
	writeList(t, a.dataDir, "b.tsv", strings.Repeat("bad\n", 30))
	l.lexicon()
	if got := log.String(); strings.Count(got, "\n") != mostWarnings+1 || !strings.HasSuffix(got, "newsbot config shows more bad lines, lines 11\n") {
		t.Errorf("the warnings are %q, want %d and how many more", got, mostWarnings)
	}
}

// The whole way: an admin joins two names, and a reader's question in English
// finds the Arabic article; so does newsbot ask beside it. What an editor writes
// into the folder is known too.
func TestServeAlias(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	files := make([]string, len(mill))
	for i, a := range mill {
		files[i] = filepath.Join(t.TempDir(), "article.txt")
		if err := os.WriteFile(files[i], []byte(a.Body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	finish(t, dir, "fake", append([]string{"import"}, files...)...)
	program := serving(t, s, dir)
	admin, reader, other := s.Person(theAdmin, "en"), s.Person(7, "en"), s.Person(8, "en")
	reader.Send(aboutZagarbut)
	if got := last(reader.Wait(1)); strings.Contains(got, "This is what the coverage says") {
		t.Fatalf("without an alias the answer is %q: the test shows nothing", got)
	}
	other.Send("/alias Zagarbut = سندباد")
	if got := last(other.Wait(1)); !strings.Contains(got, "Only the administrators") {
		t.Errorf("a reader is told %q", got)
	}
	admin.Send("/alias Zagarbut = سندباد")
	joined := admin.Wait(1)[0]
	if !strings.Contains(joined.Text, "From now on these mean the same") {
		t.Errorf("the admin is told %q", joined.Text)
	}
	reader.Send(aboutZagarbut)
	if got := last(reader.Wait(2)); !strings.Contains(got, "This is what the coverage says") || !strings.Contains(got, "افتتح سندباد") {
		t.Errorf("the answer is %q", got)
	}
	fake := func() (retrieval.Encoder, error) { return &encodertest.Fake{}, nil }
	if code, stdout, stderr := run(t, dir, fake, "ask", aboutZagarbut); code != exitDone || !strings.Contains(stdout, "افتتح سندباد") {
		t.Errorf("newsbot ask: exit code %d, %q, %q", code, stdout, stderr)
	}
	press(t, admin, joined)
	edited(admin, 1)
	writeList(t, dir, "mine.tsv", "# proper\nQorunfol\tقرنفول\n")
	other.Send("Qorunfol, Monday")
	if got := last(other.Wait(2)); !strings.Contains(got, "افتتح قرنفول") {
		t.Errorf("by an operator's list the answer is %q", got)
	}
	reader.Send(aboutZagarbut)
	if got := last(reader.Wait(3)); strings.Contains(got, "This is what the coverage says") {
		t.Errorf("when the alias is undone the answer is %q", got)
	}
	stopServing(t, s, program, "Zagarbut", "سندباد")
}
