package main

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"newsbot/bot/telegramtest"
)

// theQuote is how the answer quotes the article.
const theQuote = "\n\nThe wing has twelve rooms.\n[1] "

// serveModel serves a folder of its own, in which an admin has added an article about a
// museum, with a model.
func serveModel(t *testing.T, s *telegramtest.Server, m *testModel, name string) *watched {
	t.Helper()
	w := watch(t, s, t.TempDir(), map[string]string{
		settingLogFormat: logJSON, settingLogLevel: "info",
		settingModelURL: m.URL + "/v1", settingModel: name, settingModelKey: theModelKey,
	})
	admin := s.Person(theAdmin, "en")
	admin.Send("/add " + theMuseum)
	admin.Wait(1)
	return w
}

// stopWritten stops the program, and wants it to have told the operator nothing of what
// was asked and written.
func stopWritten(t *testing.T, w *watched, s *telegramtest.Server) {
	t.Helper()
	w.stop()
	for _, secret := range []string{s.Token(), theModelKey, "museum", "wing", "rooms", "Paris", "7001234"} {
		if strings.Contains(w.stderr.String()+w.stdout.String(), secret) {
			t.Errorf("%q is shown to the operator: stdout %q, stderr %q", secret, w.stdout.String(), w.stderr.String())
		}
	}
}

// A model writes the answer: what the quotes bear out stands above them, and the rest of
// what it says is shown to nobody, at no time.
func TestServeWritten(t *testing.T) {
	s := telegramtest.New(t)
	m := newTestModel(t, map[string]string{
		"writes": "The wing has twelve rooms [1]. The wing has twenty rooms [1]. Entry is free until March [1]. The museum is in Paris.",
	})
	w := serveModel(t, s, m, "writes")
	reader := s.Person(7001234, "en")
	reader.Send("How many rooms does the wing have?")
	answer := reader.Wait(1)[0]
	written := strings.Index(answer.Text, "The wing has twelve rooms. [1]")
	label := strings.Index(answer.Text, "language model (writes)")
	quote := strings.Index(answer.Text, theQuote)
	if written < 0 || label < written || quote < label {
		t.Errorf("the answer is %q, want what is written, by whom, and the quotes", answer.Text)
	}
	for _, d := range reader.Drafts() {
		if strings.Contains(d.Text, "twenty") || strings.Contains(d.Text, "Paris") {
			t.Errorf("a draft shows %q", d.Text)
		}
	}
	if strings.Contains(answer.Text, "twenty") || strings.Contains(answer.Text, "Paris") || !strings.Contains(answer.Text, "Entry is free until March. [") {
		t.Errorf("the answer is %q", answer.Text)
	}
	if err := telegramtest.CheckBidi(answer.Text); err != nil {
		t.Errorf("the answer %q: %v", answer.Text, err)
	}
	reader.Send("/privacy")
	if got := last(reader.Wait(2)); !strings.Contains(got, strings.TrimPrefix(m.URL, "http://")) || !strings.Contains(got, "writes") {
		t.Errorf("/privacy says %q, want to whom questions are sent", got)
	}
	heard := m.heard()
	if !strings.Contains(heard, "How many rooms does the wing have?") || !strings.Contains(heard, "The wing has twelve rooms.") || strings.Contains(heard, "7001234") {
		t.Errorf("the model is told %q", heard)
	}
	w.wantMetric(`newsbot_written_answers_total{outcome="written"}`, 1)
	w.wantMetric(`newsbot_removed_sentences_total{kind="number"}`, 1)
	w.wantMetric(`newsbot_removed_sentences_total{kind="uncited"}`, 1)
	w.wantMetric(`newsbot_first_sentence_seconds_count`, 1)
	stopWritten(t, w, s)
}

// A reader sees what is checked while the rest is written, and may stop it: he keeps what
// there is, with the quotes.
func TestServeWrittenStopped(t *testing.T) {
	s := telegramtest.New(t)
	m := newTestModel(t, map[string]string{"holds": "The wing has twelve rooms [1]. The wing has twenty rooms [1]. Entry " + holds})
	w := serveModel(t, s, m, "holds")
	reader := s.Person(7001234, "en")
	reader.Send("How many rooms does the wing have?")
	reader.WaitDrafts(func(drafts []telegramtest.Draft) bool {
		for _, d := range drafts {
			if strings.Contains(d.Text, "The wing has twelve rooms. [1]") {
				return true
			}
		}
		return false
	})
	reader.Send("/cancel")
	answer := reader.Wait(1)[0]
	if !strings.Contains(answer.Text, "The wing has twelve rooms. [1]") || !strings.Contains(answer.Text, theQuote) || strings.Contains(answer.Text, "twenty") {
		t.Errorf("what is left is %q", answer.Text)
	}
	stopWritten(t, w, s)
}

// Readers learn nothing of a model that does not work, or says what is not so: they get
// the quotes.
func TestServeModelFails(t *testing.T) {
	for model, outcome := range map[string]string{"down": "model", "false": "little", "other": "model"} {
		t.Run(model, func(t *testing.T) {
			s := telegramtest.New(t)
			w := serveModel(t, s, newTestModel(t, scriptModels), model)
			reader := s.Person(7001234, "en")
			reader.Send("How many rooms does the wing have?")
			answer := reader.Wait(1)[0]
			if !strings.Contains(answer.Text, theQuote) || strings.Contains(answer.Text, "language model") || strings.Contains(answer.Text, "twenty") {
				t.Errorf("the answer is %q, want the quotes alone", answer.Text)
			}
			w.wantMetric(`newsbot_written_answers_total{outcome="`+outcome+`"}`, 1)
			stopWritten(t, w, s)
		})
	}
}

// A model that does not come to an end keeps few from their answers for long: all others are
// given the quotes at once, however many ask.
func TestServeSlowModel(t *testing.T) {
	const people, atOnce = 20, 4
	s := telegramtest.New(t)
	m := newTestModel(t, map[string]string{"holds": "The wing has twelve rooms [1]. The wing " + holds})
	w := serveModel(t, s, m, "holds")
	answered := make(chan int, people)
	var readers []*telegramtest.Person
	var waiting sync.WaitGroup
	for i := range people {
		reader := s.Person(int64(7001000+i), "en")
		readers = append(readers, reader)
		reader.Send("How many rooms does the wing have?")
		waiting.Go(func() {
			reader.Wait(1)
			answered <- i
		})
	}
	held := map[int]bool{}
	for i := range people {
		held[i] = true
	}
	for range people - atOnce {
		delete(held, <-answered)
	}
	for i := range held {
		readers[i].WaitDrafts(func(drafts []telegramtest.Draft) bool { return len(drafts) > 0 })
		readers[i].Send("/cancel")
	}
	waiting.Wait()
	for i, reader := range readers {
		if text := reader.Wait(1)[0].Text; !strings.Contains(text, theQuote) || strings.Contains(text, "language model") != held[i] {
			t.Errorf("the model writes for %v, and the answer is %q", held[i], text)
		}
	}
	w.wantMetric(`newsbot_written_answers_total{outcome="busy"}`, people-atOnce)
	stopWritten(t, w, s)
}

// A kill in the middle of writing loses no question: it is answered at the next start, under
// the same number, so that what was shown before goes.
func TestServeKilledWriting(t *testing.T) {
	s := telegramtest.New(t)
	m := newTestModel(t, map[string]string{"holds": "The wing has twelve rooms [1]. The wing " + holds, "writes": "The wing has twelve rooms [1]."})
	dir := t.TempDir()
	serving := func(model string) *process {
		return startWith(t, []string{
			encoderEnv + "=fake", settingToken + "=" + s.Token(), settingAPI + "=" + s.URL(), settingAdmins + "=" + strconv.Itoa(theAdmin),
			settingModelURL + "=" + m.URL + "/v1", settingModel + "=" + model, settingModelKey + "=" + theModelKey,
		}, "-data", dir, "serve")
	}
	p := serving("holds")
	admin, reader := s.Person(theAdmin, "en"), s.Person(7001234, "en")
	admin.Send("/add " + theMuseum)
	admin.Wait(1)
	reader.Send("How many rooms does the wing have?")
	first := reader.WaitDrafts(func(drafts []telegramtest.Draft) bool { return len(drafts) > 0 })[0]
	p.signal(os.Kill)
	p.end()
	p = serving("writes")
	if answer := reader.Wait(1)[0].Text; !strings.Contains(answer, "The wing has twelve rooms. [1]") || !strings.Contains(answer, theQuote) {
		t.Errorf("the answer is %q", answer)
	}
	for _, d := range reader.Drafts() {
		if d.ID != first.ID {
			t.Errorf("a draft is shown as %v, want %v again", d.ID, first.ID)
		}
	}
	p.signal(os.Interrupt)
	if code := p.end(); code != exitDone || len(reader.Wait(1)) != 1 {
		t.Errorf("exit code %d, and the reader has %v", code, reader.Wait(1))
	}
}
