package journal

import (
	"strings"
	"sync"
	"testing"

	"newsbot/corpus/text"
)

func TestReader(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	all := Reader{Language: text.Arabic, Months: "levant", Whole: true, Newest: true, QuotesOnly: true}
	for _, want := range []Reader{
		{}, all, {Months: "both"}, {Whole: true}, {Newest: true}, {QuotesOnly: true}, {Language: text.English}, {},
	} {
		if err := j.SetReader(ctx, 1, want); err != nil {
			t.Fatal(err)
		}
		j = reopen(t, j)
		if got, err := j.Reader(ctx, 1); err != nil || got != want {
			t.Errorf("Reader = %+v, %v; want %+v", got, err, want)
		}
		if got, err := j.Reader(ctx, 2); err != nil || got != (Reader{}) {
			t.Errorf("another's = %+v, %v; want none", got, err)
		}
	}
	if lines := dump(t, j); strings.Contains(strings.Join(lines, "\n"), "reader[") {
		t.Errorf("who has chosen nothing is kept: %v", lines)
	}
}

// The language alone is chosen and forgotten by SetLanguage.
func TestLanguageOfReader(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	want := Reader{Months: "levant", Whole: true, Newest: true, QuotesOnly: true}
	if err := j.SetReader(ctx, 1, want); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []text.Language{text.Arabic, text.English, ""} {
		if err := j.SetLanguage(ctx, 1, lang); err != nil {
			t.Fatal(err)
		}
		want.Language = lang
		if got, err := j.Reader(ctx, 1); err != nil || got != want {
			t.Errorf("Reader = %+v, %v; want %+v", got, err, want)
		}
	}
	if _, err := j.NotePresent(ctx, 1, text.Arabic, 5); err != nil {
		t.Fatal(err)
	}
	if lang, err := j.Speaks(ctx, 1); err != nil || lang != text.Arabic {
		t.Errorf("Speaks = %q, %v; want the app's", lang, err)
	}
}

func TestReaderIsChecked(t *testing.T) {
	j, _ := testJournal(t)
	for _, r := range []Reader{{Language: "tlh"}, {Language: text.Other}, {Months: strings.Repeat("m", maxName+1)}} {
		if err := j.SetReader(t.Context(), 1, r); err == nil {
			t.Errorf("SetReader(%.40v) keeps it", r)
		}
	}
}

// What is changed at once is all kept.
func TestChangeReaderAtOnce(t *testing.T) {
	j, _ := testJournal(t)
	var wg sync.WaitGroup
	for _, change := range []func(*Reader){
		func(r *Reader) { r.Language = text.English }, func(r *Reader) { r.Months = "both" },
		func(r *Reader) { r.Whole = true }, func(r *Reader) { r.Newest = true },
	} {
		wg.Go(func() {
			if _, err := j.ChangeReader(t.Context(), 1, change); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	want := Reader{Language: text.English, Months: "both", Whole: true, Newest: true}
	if got, err := j.Reader(t.Context(), 1); err != nil || got != want {
		t.Errorf("Reader = %+v, %v; want %+v", got, err, want)
	}
}

// What was chosen before there was more to choose stays.
func TestReaderOfOlderSchema(t *testing.T) {
	olderSchemas(t, func(t *testing.T, dir string, schema int) {
		want := Reader{Language: text.Arabic}
		if schema >= 10 {
			want.Months, want.Whole = "levant", true
		}
		j := openJournal(t, Config{Dir: dir, Now: new(clock).now})
		if got, err := j.Reader(t.Context(), oldReader); err != nil || got != want {
			t.Errorf("Reader = %+v, %v; want %+v", got, err, want)
		}
		want.Newest, want.QuotesOnly = true, true
		r, err := j.ChangeReader(t.Context(), oldReader, func(r *Reader) { r.Newest, r.QuotesOnly = true, true })
		if err != nil || r != want {
			t.Errorf("ChangeReader = %+v, %v; want %+v", r, err, want)
		}
		a, err := j.LastAnswer(t.Context(), oldReader, 0)
		if err != nil || a.Shared != "" {
			t.Errorf("LastAnswer = %+v, %v; want one of its own", a, err)
		}
		mustKeepAnswer(t, j, Answer{Update: 9000, Chat: 5, Shared: a.Key})
		checkIntegrity(t, j)
	})
}
