package bot

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// bothStories is a world with an answer that cites two articles.
func bothStories(t *testing.T) (w *world, newer, older corpus.Article, answer Reply) {
	t.Helper()
	w = newWorld(t)
	older = englishStory()
	older.Title, older.Published = "Talks in Anchorage", corpus.Day(2025, time.August, 14)
	older.Body = "Anchorage awaits the summit. Hotels are full.\n\nPolice close streets."
	newer, older = w.put(englishStory()), w.put(older)
	return w, newer, older, w.send(reader, question("en"))
}

func TestPassages(t *testing.T) {
	w, _, _, answer := bothStories(t)
	saysNot(t, answer, "The leaders took no questions.", "Police close streets.")

	one := w.press(reader, button(t, answer, "Passage [1]"))
	saysAll(t, one, "The leaders took no questions.", "This is what the coverage says:", "Anchorage awaits the summit.")
	saysNot(t, one, "Police close streets.")
	if again := w.press(reader, button(t, answer, "Passage [1]")); show(again) != show(one) {
		t.Errorf("the same button pressed twice gives\n%s\nand then\n%s", show(one), show(again))
	}

	both := w.press(reader, button(t, one, "Passage [2]"))
	saysAll(t, both, "The leaders took no questions.", "Police close streets.")
	second := w.press(reader, button(t, both, "Hide [1]"))
	saysAll(t, second, "Police close streets.")
	saysNot(t, second, "The leaders took no questions.")
	closed := w.press(reader, button(t, second, "Hide [2]"))
	if got, want := closed.Edit.Document.HTML(testLink), answer.Messages[0].Document.HTML(testLink); got != want {
		t.Errorf("with both passages hidden it reads\n%s\nand at first\n%s", got, want)
	}
	for _, r := range []Reply{one, both, second, closed} {
		if r.Edit == nil || len(r.Messages) > 0 || r.Notice != "" {
			t.Errorf("a passage is not shown in place: %s", show(r))
		}
	}
}

func TestPassageAlone(t *testing.T) {
	w, newer, _, answer := bothStories(t)
	e := w.pressed(reader, button(t, answer, "Passage [1]"))
	e.Fixed = true
	r := w.handle(e)
	saysAll(t, r, newer.Body, "[1] newsbot sample desk")
	saysNot(t, r, "This is what")
	if r.Edit != nil {
		t.Error("a message that cannot be edited is edited")
	}
	w.remove(newer.ID)
	if r := w.handle(e); r.Notice == "" || len(outgoing(r)) > 0 {
		t.Errorf("the passage of a removed article: %s", show(r))
	}
}

// Passages that are too long to be shown at once are shown one by one, and one
// that does not fit into its answer by itself.
func TestLongPassages(t *testing.T) {
	w := newWorld(t)
	for i := range 3 {
		a := englishStory()
		a.Title, a.Published = fmt.Sprintf("Report %d", i+1), corpus.Day(2025, time.August, 20-i)
		a.Body = strings.TrimSpace(strings.Repeat(fmt.Sprintf("In Anchorage, point %d was made. ", i+1), 150))
		w.put(a)
	}
	answer := w.send(reader, question("en"))
	w.Library = onePassage{shelf{w.store}}
	r := w.press(reader, button(t, answer, "Passage [1]"))
	if r.Edit != nil || len(r.Messages) != 1 || !strings.Contains(said(r), strings.Repeat("In Anchorage, point 1 was made. ", 50)) {
		t.Errorf("a passage too long for its answer: %.300s", show(r))
	}

	for i, a := range w.articles() {
		short := strings.TrimSpace(strings.Repeat(fmt.Sprintf("In Anchorage, point %d was made. ", i+1), 80))
		_, _, err := w.store.Edit(t.Context(), a.ID, func(a *corpus.Article) error { a.Body = short; return nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	one := w.press(reader, button(t, answer, "Passage [1]"))
	if one.Edit == nil {
		t.Fatalf("a passage that fits is not shown in place: %.300s", show(one))
	}
	two := w.press(reader, button(t, one, "Passage [2]"))
	if two.Edit == nil || !strings.HasPrefix(strings.Join(labels(two), " "), "Passage [1] Hide [2] Passage [3] Helpful") {
		t.Errorf("two passages that do not fit together: %s", strings.Join(labels(two), " "))
	}
}

// An onePassage makes every article one passage.
type onePassage struct{ shelf }

func (o onePassage) Full(ctx context.Context, id string) (corpus.Article, []corpus.Passage, error) {
	a, passages, err := o.shelf.Full(ctx, id)
	for i := range passages {
		passages[i].Span = text.Span{End: len(a.Body)}
	}
	return a, passages, err
}

func TestPassageOfForeignChat(t *testing.T) {
	w, _, _, answer := bothStories(t)
	for _, person := range []int64{stranger, admin} {
		if r := w.press(person, button(t, answer, "Passage [1]")); r.Notice != "This button no longer works." || len(outgoing(r)) > 0 {
			t.Errorf("a foreign chat's button: %s", show(r))
		}
	}
}

func TestStaleButtons(t *testing.T) {
	w, newer, _, answer := bothStories(t)
	key := strings.Split(button(t, answer, "Passage [1]"), ":")[1]
	for _, data := range []string{
		"x", ":", "s", "s:", "s:" + key, "s:" + key + ":1", "s:" + key + ":0:1", "s:" + key + ":3:1", "s:" + key + ":64:1",
		"s:" + key + ":-1:1", "s:" + key + ":1:g", "s:" + key + ":1:-1", "s:" + key + ":1:10000000000000000", "s:" + key + ":1:2:3",
		"s:aaaaaaaaaa:1:2", "p", "p:" + newer.ID, "p:" + newer.ID + ":x", "g:xx", "unknown:1", "\x00",
	} {
		if r := w.press(reader, data); r.Notice != "This button no longer works." || len(outgoing(r)) > 0 {
			t.Errorf("the button %q: %s", data, show(r))
		}
	}
	w.now = w.now.Add(31 * 24 * time.Hour)
	if err := w.Journal.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	saysAll(t, w.press(reader, button(t, answer, "Passage [1]")), "This button no longer works.")
}

// A bit for a citation that the answer does not have opens nothing.
func TestUnknownOpenPassages(t *testing.T) {
	w, _, _, answer := bothStories(t)
	key := strings.Split(button(t, answer, "Passage [1]"), ":")[1]
	saysAll(t, w.press(reader, "s:"+key+":1:ffffffffffffffff"), "The leaders took no questions.", "Police close streets.")
}

// What has been removed or changed since is not shown any more.
func TestPassagesGone(t *testing.T) {
	const gone = "[1] This article has been removed, or its text has changed."
	t.Run("removed", func(t *testing.T) {
		w, newer, _, answer := bothStories(t)
		w.remove(newer.ID)
		r := w.press(reader, button(t, answer, "Passage [1]"))
		saysAll(t, r, gone, "Anchorage awaits the summit.")
		saysNot(t, r, newer.Title, "The summit ended")
		if r.Notice == "" || !strings.HasPrefix(strings.Join(labels(r), " "), "Passage [2] Helpful") {
			t.Errorf("the article of a citation is removed: %s", show(r))
		}
		saysAll(t, w.press(reader, button(t, answer, "Passage [2]")), gone, "Police close streets.")
	})
	t.Run("removed while it is open", func(t *testing.T) {
		w, newer, older, answer := bothStories(t)
		open := w.press(reader, button(t, answer, "Passage [1]"))
		both := w.press(reader, button(t, open, "Passage [2]"))
		w.send(admin, "/remove "+newer.ID)
		for _, label := range []string{"Hide [1]", "Hide [2]"} {
			r := w.press(reader, button(t, both, label))
			saysNot(t, r, newer.Title, "The summit ended", "The leaders took no questions.")
			if r.Edit == nil {
				t.Errorf("%s does not redraw the answer: %s", label, show(r))
			}
		}
		w.send(admin, "/remove "+older.ID)
		r := w.press(reader, button(t, both, "Hide [2]"))
		saysNot(t, r, older.Title, "Anchorage awaits")
		if r.Edit == nil {
			t.Errorf("an answer of which nothing is left is not redrawn: %s", show(r))
		}
	})
	t.Run("changed", func(t *testing.T) {
		w, newer, _, answer := bothStories(t)
		edit(t, w, newer.ID, func(a *corpus.Article) { a.Body = "Corrected: " + a.Body })
		r := w.press(reader, button(t, answer, "Passage [1]"))
		saysAll(t, r, gone)
		saysNot(t, r, "The summit ended")
	})
	t.Run("shortened", func(t *testing.T) {
		w, newer, _, answer := bothStories(t)
		edit(t, w, newer.ID, func(a *corpus.Article) { a.Body = "Withdrawn." })
		saysAll(t, w.press(reader, button(t, answer, "Passage [1]")), gone)
	})
	t.Run("behind the quote", func(t *testing.T) {
		w, newer, _, answer := bothStories(t)
		edit(t, w, newer.ID, func(a *corpus.Article) { a.Body += " They left."; a.Title = "Corrected" })
		r := w.press(reader, button(t, answer, "Passage [1]"))
		saysAll(t, r, "The leaders took no questions. They left.", "Corrected")
		if r.Notice != "" {
			t.Errorf("the notice is %q", r.Notice)
		}
	})
}

func edit(t *testing.T, w *world, id string, change func(*corpus.Article)) {
	t.Helper()
	_, _, err := w.store.Edit(t.Context(), id, func(a *corpus.Article) error { change(a); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

// An answer handled again keeps its buttons.
func TestAnswerAgain(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	e := w.event(reader, question("en"))
	first, second := w.handle(e), w.again(e)
	if got, want := button(t, second, "Passage [1]"), button(t, first, "Passage [1]"); got != want {
		t.Errorf("the button of an answer given again is %q, at first %q", got, want)
	}
	saysAll(t, w.press(reader, button(t, first, "Passage [1]")), "The leaders took no questions.")
}

func TestPressedAtOnce(t *testing.T) {
	w, _, _, answer := bothStories(t)
	e := w.pressed(reader, button(t, answer, "Passage [1]"))
	shown := make([]string, 8)
	var all sync.WaitGroup
	for i := range shown {
		all.Go(func() {
			r, err := w.Handle(t.Context(), e)
			shown[i] = fmt.Sprint(show(r), err)
		})
	}
	all.Wait()
	for _, s := range shown {
		if s != shown[0] {
			t.Errorf("pressed at once, a button gives\n%s\nand\n%s", shown[0], s)
		}
	}
}

func TestRead(t *testing.T) {
	w, newer, older, _ := bothStories(t)
	for _, which := range []string{"1", "[1]", "١", " 1 ", newer.ID, strings.ToUpper(newer.ID)} {
		saysAll(t, w.send(reader, "/read "+which), newer.Title, newer.Body)
	}
	saysAll(t, w.send(reader, "/read 2"), older.Title, older.Body)
	for _, which := range []string{"3", "0", "-1", "99999999999999999999", "aaaaaaaaaaaaaaaa", "[", "x' --"} {
		if which == "[" {
			saysAll(t, w.send(reader, "/read "+which), "Write the number")
			continue
		}
		saysAll(t, w.send(reader, "/read "+which), "There is no article with this number or ID.")
	}
	saysAll(t, w.send(reader, "/read"), "Write the number")
	saysAll(t, w.send(stranger, "/read 1"), "There is no article with this number or ID.")
	w.remove(newer.ID)
	saysAll(t, w.send(reader, "/read 1"), "There is no article with this number or ID.")
}

// The pages of an article hold all of its text.
func TestPages(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		w := newWorld(t)
		w.lang = lang
		a := w.put(longStory(lang))
		next, previous := map[string]string{"ar": "التالي", "en": "Next"}[lang], map[string]string{"ar": "السابق", "en": "Previous"}[lang]
		r := w.send(reader, "/start a_"+a.ID)
		var read strings.Builder
		pages := 1
		for ; ; pages++ {
			for _, o := range outgoing(r) {
				read.WriteString(quoted(o.Document))
			}
			if !strings.Contains(strings.Join(labels(r), " "), next) {
				break
			}
			r = w.press(reader, button(t, r, next))
		}
		if got, want := seen(read.String()), seen(a.Body); got != want || pages != 3 {
			t.Errorf("%d pages hold %d bytes, want 3 and %d", pages, len(got), len(want))
		}
		if got := strings.Join(labels(r), " "); got != previous {
			t.Errorf("the last page has the buttons %q", got)
		}
		first := w.press(reader, "p:"+a.ID+":-7")
		if show(first) != show(w.press(reader, "p:"+a.ID+":0")) || show(w.press(reader, "p:"+a.ID+":77")) != show(w.press(reader, "p:"+a.ID+":2")) {
			t.Error("pages that there are not differ from the first and the last one")
		}
		w.remove(a.ID)
		if r := w.press(reader, "p:"+a.ID+":1"); r.Notice == "" || len(outgoing(r)) > 0 {
			t.Errorf("the page of a removed article: %s", show(r))
		}
	}
}

// A page that rendering makes too long is shown, all of it.
func TestPageOfLineFeeds(t *testing.T) {
	w := newWorld(t)
	a := arabicStory()
	a.Body = strings.Repeat("س\n\n", 2000) + "نهاية."
	a = w.put(a)
	r := w.send(reader, "/start a_"+a.ID)
	for strings.Contains(strings.Join(labels(r), " "), "Next") {
		r = w.press(reader, button(t, r, "Next"))
	}
	saysAll(t, r, "نهاية.")
}
