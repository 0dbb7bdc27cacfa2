package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// converse opens a conversation about a new data folder: about its samples, or
// about the collection itself.
func converse(t *testing.T, encoder retrieval.Encoder, patience time.Duration, samples bool) *conversation {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) }) // once it is closed
	a := newApp(&Main{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now, Patience: patience})
	a.dataDir, a.logger = t.TempDir(), slog.New(slog.DiscardHandler)
	store, err := a.openStore(t.Context(), a.dataDir)
	if err != nil {
		t.Fatal(err)
	}
	encoders := retrieval.Encoders{Strong: encoder, Quick: fakeUSE()}
	v := &conversation{app: a, models: models{own: encoders}, notes: silence{}}
	t.Cleanup(v.close)
	begin := v.beginOwn
	if samples {
		begin = v.begin
	}
	if err := begin(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	return v
}

var tram = corpus.Article{Source: "Tram Times", Body: "Tram line 12 opened on Monday. It has 22 stops and runs until midnight."}

// quoted returns the quotes of the answer to a question about the tram.
func quoted(t *testing.T, v *conversation) string {
	t.Helper()
	answer, err := v.Ask(t.Context(), retrieval.Question{Text: "When did tram line 12 open?"})
	if err != nil {
		t.Fatal(err)
	}
	var quotes strings.Builder
	for _, c := range answer.Citations {
		quotes.WriteString(c.Quote.Text + "\n")
	}
	return quotes.String()
}

func backlog(t *testing.T, v *conversation) int {
	t.Helper()
	p, err := v.Backlog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p.Articles
}

// What an editor has done is known to the next question and wholly encoded, be
// the conversation about the samples before or not.
func TestEditor(t *testing.T) {
	for _, samples := range []bool{false, true} {
		t.Run(map[bool]string{false: "empty", true: "samples"}[samples], func(t *testing.T) {
			v := converse(t, &encodertest.Fake{}, patience, samples)
			o, err := v.Add(t.Context(), tram, corpus.AddOptions{})
			if err != nil || o.Status != corpus.Added {
				t.Fatalf("Add = %v, %v", o.Status, err)
			}
			a := o.Article
			if n := backlog(t, v); n != 0 || v.articles() != 1 {
				t.Errorf("after Add %d of %d articles are to be encoded, want 0 of 1", n, v.articles())
			}
			if got := quoted(t, v); !strings.Contains(got, "opened on Monday") {
				t.Errorf("the answer quotes %q", got)
			}
			edited, status, err := v.Edit(t.Context(), a.ID, func(a *corpus.Article) error {
				a.Body = strings.Replace(a.Body, "Monday", "Tuesday", 1)
				return nil
			})
			if err != nil || status != corpus.Updated || edited.ID != a.ID {
				t.Fatalf("Edit = %s, %v, %v; want %s updated", edited.ID, status, err, a.ID)
			}
			if got := quoted(t, v); !strings.Contains(got, "opened on Tuesday") || backlog(t, v) != 0 {
				t.Errorf("after Edit the answer quotes %q, backlog %d", got, backlog(t, v))
			}
			if err := v.Remove(t.Context(), a.ID); err != nil {
				t.Fatal(err)
			}
			if got := quoted(t, v); got != "" || v.articles() != 0 {
				t.Errorf("after Remove the answer quotes %q", got)
			}
			if err := v.Remove(t.Context(), a.ID); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("Remove again = %v, want that it is not there", err)
			}
		})
	}
}

// The samples cannot be changed, and trying it leaves the conversation there.
func TestEditorLeavesSamplesAlone(t *testing.T) {
	v := converse(t, &encodertest.Fake{}, patience, true)
	list, err := v.List(t.Context(), corpus.ListOptions{Limit: 1})
	if err != nil || len(list) != 1 {
		t.Fatalf("List = %v, %v", list, err)
	}
	id := list[0].ID
	if _, _, err := v.Full(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	sample, err := v.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Stored(t.Context(), id); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Stored of a sample = %v, want that it is not there", err)
	}
	if err := v.Remove(t.Context(), id); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Remove of a sample = %v, want that it is not there", err)
	}
	_, _, err = v.Edit(t.Context(), id, func(a *corpus.Article) error { a.Title = "Mine"; return nil })
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Edit of a sample = %v, want that it is not there", err)
	}
	if _, err := v.Add(t.Context(), corpus.Article{Body: "..."}, corpus.AddOptions{}); !errors.Is(err, corpus.ErrEmpty) {
		t.Errorf("Add of nothing = %v, want %v", err, corpus.ErrEmpty)
	}
	if n := v.articles(); n < 2 {
		t.Errorf("the conversation is about %d articles, want the samples", n)
	}
	// Its text is an article like any other once somebody adds it.
	if o, err := v.Add(t.Context(), sample, corpus.AddOptions{}); err != nil || o.Status != corpus.Added || v.articles() != 1 {
		t.Errorf("Add of a sample's text = %v, %v, with %d articles then; want 1, added", o.Status, err, v.articles())
	}
	if _, err := v.Stored(t.Context(), id); err != nil {
		t.Errorf("Stored = %v", err)
	}
}

// An article that takes long to encode is acknowledged all the same: its words
// find it.
func TestAddWhileEncodingTakesLong(t *testing.T) {
	v := converse(t, blocked{&encodertest.Fake{}}, time.Millisecond, false)
	if o, err := v.Add(t.Context(), tram, corpus.AddOptions{}); err != nil || o.Status != corpus.Added {
		t.Fatalf("Add = %v, %v", o.Status, err)
	}
	if got := quoted(t, v); !strings.Contains(got, "opened on Monday") || backlog(t, v) != 1 {
		t.Errorf("the answer quotes %q, backlog %d; want the article, and it in the backlog", got, backlog(t, v))
	}
}

// What is committed stands, also for somebody who gives up waiting.
func TestAddGivenUp(t *testing.T) {
	ctx, giveUp := context.WithCancel(t.Context())
	slow := &encodertest.Fake{Before: func(ctx context.Context, _ []string) error {
		giveUp()
		<-ctx.Done()
		return ctx.Err()
	}}
	v := converse(t, slow, patience, false)
	if o, err := v.Add(ctx, tram, corpus.AddOptions{}); err != nil || o.Status != corpus.Added {
		t.Fatalf("Add = %v, %v, want it added", o.Status, err)
	}
	if ctx.Err() == nil {
		t.Error("Add did not wait for the article to be encoded")
	}
}
