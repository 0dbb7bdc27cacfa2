package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/writer"
)

// A quote is translated that is in the other language, into that of the answer, as often as somebody presses.
func TestTranslate(t *testing.T) {
	w := newWorld(t)
	r, s := translates(w)
	for range 2 {
		one := w.pressTranslate(r)
		saysAll(t, one, "Machine translation of [2], not a quote", "llama3.1:8b", "The summit concluded its work in <Anchorage> on Friday.", "[2] شينخوا, 15 August 2025, read")
		if one.Edit != nil || one.Notice != "" || len(one.Messages) != 1 || one.Messages[0].ReplyTo != botsMessage || len(labels(one)) > 0 {
			t.Errorf("it is no message below the answer: %s", show(one))
		}
		for _, l := range slices.Concat(one.Messages[0].Document.blocks...) {
			if l.quotation {
				t.Errorf("it looks like a quotation: %s", show(one))
			}
		}
	}
	if want := "ar en اختتمت القمة أعمالها في أنكوراج يوم الجمعة."; len(s.translated) != 2 || s.translated[0] != want {
		t.Errorf("translated %q", s.translated)
	}
}

// It is below the answer where that cannot be edited, too.
func TestTranslateFixed(t *testing.T) {
	w := newWorld(t)
	r, _ := translates(w)
	kept, err := w.Journal.Answer(t.Context(), keyOf(w, r))
	if err != nil {
		t.Fatal(err)
	}
	if got := w.fixed(r, keyTranslateButton, 2); got.Messages[0].ReplyTo != kept.Reply {
		t.Errorf("it replies to %d, the answer is %d", got.Messages[0].ReplyTo, kept.Reply)
	}
}

// The buttons stay whatever is pressed, and are under no answer where nobody translates, and for no quote that is gone.
func TestTranslationButtons(t *testing.T) {
	w := newWorld(t)
	r, _ := translates(w)
	passage := w.pressKey(r, keyPassageButton, 1)
	report := w.pressKey(r, keyReportButton)
	for name, r := range map[string]Reply{
		"a passage": passage, "hidden": w.pressKey(passage, keyHideButton, 1), "cancelled": w.pressKey(report, keyReportCancelButton),
		"a view": w.pressKey(r, keyNewestButton), "opened": w.open(stranger, r),
	} {
		if !slices.Contains(labels(r), "Translate [2]") {
			t.Errorf("%s: %v", name, labels(r))
		}
	}
	w.remove(w.citedIn(r)[1])
	if got := labels(w.pressKey(r, keyPassageButton, 1)); slices.Contains(got, "Translate [2]") {
		t.Errorf("of a quote that is gone: %v", got)
	}
	w.Writer = nil
	if got := strings.Join(labels(w.send(reader, bilingual("en"))), " "); strings.Contains(got, "Translate") {
		t.Errorf("without a model: %s", got)
	}
}

func TestTranslationRows(t *testing.T) {
	cited := func(n int, lang text.Language) (citations []retrieval.Citation) {
		for i := range n {
			c := englishCitation(i + 1)
			c.Language = lang
			citations = append(citations, c)
		}
		return citations
	}
	for _, tt := range []struct {
		n    int
		lang text.Language
		want string
	}{
		{0, text.English, "[]"}, {3, text.Arabic, "[]"}, {3, text.Other, "[]"}, {1, text.English, "[1]"}, {4, text.English, "[4]"},
		{5, text.English, "[4 1]"}, {8, text.English, "[4 4]"}, {60, text.English, "[4 4]"},
	} {
		w := newWorld(t)
		w.writes()
		a := answering{Answer: retrieval.Answer{Language: text.Arabic, Citations: cited(tt.n, tt.lang)}, key: "abcdefghij"}
		rows := []int{}
		for _, row := range (turn{Dialogue: w.Dialogue}).translationButtons(a) {
			rows = append(rows, len(row))
		}
		if got := fmt.Sprint(rows); got != tt.want {
			t.Errorf("%d quotes in %s: rows of %s, want %s", tt.n, tt.lang, got, tt.want)
		}
	}
}

// A translation counts as a question, of whoever presses; the model is asked for none that is refused.
func TestTranslateCounts(t *testing.T) {
	w := newWorld(t)
	w.Limits = journal.Limits{Minute: 2}
	s := w.writes()
	stories(w)
	r := w.sayInGroup(reader, bilingual("en"))
	data := w.labelled(r, keyTranslateButton, 2)
	saysAll(t, w.pressInGroup(reader, data), "Machine translation")
	saysAll(t, w.pressInGroup(reader, data), "That is a lot of questions")
	saysAll(t, w.pressInGroup(stranger, data), "Machine translation")
	if len(s.translated) != 2 {
		t.Errorf("translated %d times", len(s.translated))
	}
}

// Data come from outside.
func TestTranslateFromOutside(t *testing.T) {
	w := newWorld(t)
	r, s := translates(w)
	key := keyOf(w, r)
	for _, data := range []string{"", key, key + ":", key + ":0", key + ":1", key + ":3", key + ":-1", key + ":2x", "abcdefghij:2", key + ":99999999999999999999"} {
		if got := w.press(reader, buttonTranslate+":"+data); got.Notice != "This button no longer works." || len(outgoing(got)) > 0 {
			t.Errorf("%q: %s", data, show(got))
		}
	}
	if got := w.press(stranger, buttonTranslate+":"+key+":2"); got.Notice != "This button no longer works." {
		t.Errorf("a foreign chat's button: %s", show(got))
	}
	if len(s.translated) > 0 {
		t.Errorf("translated %q", s.translated)
	}
}

// What is gone when the model has translated it is not shown.
func TestTranslateGoneMeanwhile(t *testing.T) {
	w := newWorld(t)
	r, s := translates(w)
	s.during = func() { w.remove(w.citedIn(r)[1]) }
	if got := w.pressTranslate(r); got.Notice != "This article has been removed, or its text has changed." || len(outgoing(got)) > 0 {
		t.Errorf("it says %s", show(got))
	}
}

// Whoever stops it gets nothing more, and a stop of the program has it handled again.
func TestTranslateIsStopped(t *testing.T) {
	w := newWorld(t)
	r, s := translates(w)
	stop := make(chan struct{})
	e := w.pressed(reader, w.labelled(r, keyTranslateButton, 2))
	e.Writing = &Writing{Stop: stop}
	saysAll(t, w.handle(e), "Machine translation")
	close(stop)
	w.Writer = patient{s}
	if got := w.handle(e); len(outgoing(got)) > 0 || got.Notice != "" {
		t.Errorf("it says %s", show(got))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Handle(ctx, e); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// A patient translator is one that takes until nobody wants it any more.
type patient struct{ *scribe }

func (p patient) Translate(ctx context.Context, quote string, from, to text.Language) (string, writer.Reason, error) {
	<-ctx.Done()
	return p.scribe.Translate(ctx, quote, from, to)
}
