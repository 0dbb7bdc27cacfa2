package bot

import (
	"context"
	"slices"
	"testing"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A view takes the place of the answer, with buttons of its own.
func TestViews(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	arabic := w.pressKey(first, keyOnlyArabicButton)
	if w.last.Only != text.Arabic || w.last.Newest || w.last.Text != bilingual("en") {
		t.Errorf("asked: %+v", w.last)
	}
	newest := w.press(reader, "v:"+keyOf(w, arabic)+":ar-newest")
	if w.last.Only != text.Arabic || !w.last.Newest {
		t.Errorf("asked: %+v", w.last)
	}
	for _, r := range []Reply{arabic, newest} {
		if r.Edit == nil || len(r.Messages) > 0 || r.Notice != "" {
			t.Errorf("a view is not shown in place: %s", show(r))
		}
		if keyOf(w, r) == keyOf(w, first) {
			t.Error("a view has the key of the answer")
		}
	}
	saysAll(t, newest, "View: Only Arabic, Newest first")
	saysAll(t, w.press(reader, w.labelled(newest, keyPassageButton, 1)), "View: Only Arabic, Newest first", "أسئلة الصحفيين")
	back := w.pressKey(w.pressKey(newest, keyBestButton), keyAllLanguagesButton)
	if got, want := back.Edit.Document.HTML(testLink), first.Messages[0].Document.HTML(testLink); got != want {
		t.Errorf("back in the first view it reads\n%s\nand at first\n%s", got, want)
	}
	kept, err := w.Journal.AnswerIn(t.Context(), reader, botsMessage)
	if err != nil || kept.Key != keyOf(w, back) || kept.Message != 0 || kept.Person != reader {
		t.Errorf("kept: %+v, %v", kept, err)
	}
}

// A second press on the same button, or a button of an older state, shows
// nothing twice, and says so: after an edit that was refused nothing else would.
func TestViewShownAlready(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	e := w.pressed(reader, w.labelled(first, keyOnlyArabicButton))
	shown := w.handle(e)
	const already = "This view is already shown, here or below."
	asked := len(w.asked)
	if r := w.pressKey(first, keyOnlyArabicButton); len(outgoing(r)) > 0 || r.Notice != already {
		t.Errorf("pressed twice: %s", show(r))
	}
	if r := w.press(reader, "v:"+keyOf(w, shown)+":ar-best"); len(outgoing(r)) > 0 || r.Notice != already {
		t.Errorf("the view that is shown: %s", show(r))
	}
	if len(w.asked) != asked {
		t.Error("it was asked again")
	}
	if again := w.again(e); show(again) != show(shown) {
		t.Errorf("handled again it is\n%s\nand at first\n%s", show(again), show(shown))
	}
}

// What cannot be edited is followed by a message of its own.
func TestViewBelow(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	kept, err := w.Journal.Answer(t.Context(), keyOf(w, first))
	if err != nil {
		t.Fatal(err)
	}
	kept.Reply = 55 // as the gateway notes it
	if _, err := w.Journal.KeepAnswer(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	r := w.fixed(first, keyOnlyArabicButton)
	if r.Edit != nil || len(r.Messages) != 1 || r.Messages[0].ReplyTo != 55 {
		t.Errorf("a view of a message that cannot be edited: %s", show(r))
	}
	below, err := w.Journal.Answer(t.Context(), keyOf(w, r))
	if err != nil || below.Reply != 0 {
		t.Errorf("kept: %+v, %v", below, err)
	}
}

// A view without an answer leads back.
func TestEmptyView(t *testing.T) {
	w := newWorld(t)
	r := crowded(w)
	for _, a := range w.articles() {
		if a.Language == text.Arabic {
			w.remove(a.ID)
		}
	}
	r = w.pressKey(r, keyOnlyArabicButton)
	saysAll(t, r, "View: Only Arabic", "The coverage has no answer")
	if got := rowsOf(r); got != "Only English|All languages" && got != "Only English All languages" {
		t.Errorf("the buttons are %s", got)
	}
	saysAll(t, w.pressKey(r, keyAllLanguagesButton), "The summit ended in Anchorage")
}

// Views and more coverage count as questions, and are not counted twice.
func TestViewsAreCounted(t *testing.T) {
	w := newWorld(t)
	w.Limits = journal.Limits{Minute: 3}
	r := crowded(w)
	e := w.pressed(reader, w.labelled(r, keyNewestButton))
	w.handle(e)
	w.again(e)
	saysAll(t, w.pressKey(r, keyMoreButton), "More on this:")
	for _, k := range []key{keyOnlyArabicButton} {
		if r := w.pressKey(r, k); len(outgoing(r)) > 0 || r.Notice == "" {
			t.Errorf("one question too many: %s", show(r))
		}
	}
	saysAll(t, w.send(reader, "What now?"), "That is a lot of questions")
}

// More coverage goes on until there is none, and never repeats an article.
func TestMore(t *testing.T) {
	w := newWorld(t)
	r := crowded(w)
	w.most = 1
	seen := cited(t, w, r)
	for slices.Contains(labels(r), "More coverage") {
		r = w.pressKey(r, keyMoreButton)
		if r.Edit != nil || len(r.Messages) != 1 || r.Messages[0].ReplyTo != botsMessage {
			t.Fatalf("more coverage is not in reply: %s", show(r))
		}
		saysAll(t, r, "More on this:")
		saysNot(t, r, "This is what the coverage says:")
		for _, id := range cited(t, w, r) {
			if slices.Contains(seen, id) {
				t.Fatalf("an article is shown again: %s", show(r))
			}
			seen = append(seen, id)
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d articles were shown, want 4", len(seen))
	}
}

// A view of more coverage is still about what has not been shown.
func TestViewOfMore(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	r := w.pressKey(w.pressKey(first, keyMoreButton), keyOnlyEnglishButton)
	saysAll(t, r, "View: Only English", "More on this:")
	for _, id := range cited(t, w, r) {
		if slices.Contains(cited(t, w, first), id) {
			t.Errorf("an article is shown again: %s", show(r))
		}
	}
}

// More coverage comes once, and again only for the same update.
func TestMoreOnce(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	e := w.pressed(reader, w.labelled(first, keyMoreButton))
	shown := w.handle(e)
	if again := w.again(e); show(again) != show(shown) || len(again.Messages) != 1 {
		t.Errorf("handled again it is\n%s\nand at first\n%s", show(again), show(shown))
	}
	asked := len(w.asked)
	if r := w.pressKey(first, keyMoreButton); r.Notice != "More is already shown below." || len(outgoing(r)) > 0 {
		t.Errorf("pressed twice: %s", show(r))
	}
	if len(w.asked) != asked {
		t.Error("it was asked again")
	}
}

// Where there is nothing more, the button can be tried again later.
func TestNoMore(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	w.Asker = askNothing
	if r := w.pressKey(first, keyMoreButton); r.Notice != "There is no more coverage of this." || len(outgoing(r)) > 0 {
		t.Errorf("nothing more: %s", show(r))
	}
	w.Asker, w.verdict = w, retrieval.Nearest // what is left is about something else
	if r := w.pressKey(first, keyMoreButton); r.Notice != "There is no more coverage of this." || len(outgoing(r)) > 0 {
		t.Errorf("nothing but the nearest: %s", show(r))
	}
	w.verdict = ""
	saysAll(t, w.pressKey(first, keyMoreButton), "More on this:")
}

// askNothing finds nothing.
var askNothing = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	return retrieval.Answer{Language: text.English, Verdict: retrieval.Declined, Articles: 4}, nil
})
