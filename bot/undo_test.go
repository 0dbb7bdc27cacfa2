package bot

import (
	"encoding/json"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
)

// Undoing an edit leaves alone what has been corrected since, by whomever.
func TestUndoLeavesLaterChanges(t *testing.T) {
	w := newWorld(t)
	a := w.put(arabicStory())
	later := func(change func(a *corpus.Article)) {
		t.Helper()
		w.now = w.now.Add(25 * time.Hour / 2)
		if _, _, err := w.store.Edit(t.Context(), a.ID, func(a *corpus.Article) error { change(a); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	edited := w.send(admin, "/edit "+a.ID+" title Another title")
	update := arabicStory()
	update.Body += "\n\nوعاد الوفدان إلى بلديهما."
	w.put(update)
	later(func(a *corpus.Article) { a.Author = "ليلى حداد" })
	press := w.pressed(admin, button(t, edited, "Undo"))
	for _, r := range []Reply{w.handle(press), w.again(press)} {
		saysAll(t, r, "The article is as it was before:\n\n"+a.Title)
	}
	got := w.only()
	if got.Title != a.Title || got.Body != update.Body || got.Author != "ليلى حداد" || got.Edited != corpus.FieldAuthor {
		t.Errorf("after Undo there is %+v", got)
	}
	if got.Corrected.IsZero() {
		t.Error("the correction of the text is not told any more")
	}

	edited = w.send(admin, "/edit "+a.ID+" outlet Reuters")
	later(func(a *corpus.Article) { a.Source = "Xinhua" })
	saysAll(t, w.press(admin, button(t, edited, "Undo")), "This article has been changed since")
	if got := w.only().Source; got != "Xinhua" {
		t.Errorf("the outlet is %q", got)
	}
}

// An update of the whole text is undone as a whole, or not at all.
func TestUndoUpdate(t *testing.T) {
	w := newWorld(t)
	const message = "/add ---\nurl: https://news.example/1\n---\n"
	w.send(admin, message+undated)
	updated := w.send(admin, message+"Talks ended on Sunday. Nobody will meet again.")
	id := w.only().ID
	w.now = w.now.Add(time.Minute)
	outlet := w.send(admin, "/edit "+id+" outlet Reuters")
	saysAll(t, w.press(admin, button(t, updated, "Undo")), "A later change of this article stands.")
	w.press(admin, button(t, outlet, "Undo"))
	saysAll(t, w.press(admin, button(t, updated, "Undo")), "as it was before:\n\nTalks began on Friday")

	updated = w.send(admin, message+"Talks ended on Monday. Nobody will meet again.")
	if _, _, err := w.store.Edit(t.Context(), id, func(a *corpus.Article) error { a.Source = "AFP"; return nil }); err != nil {
		t.Fatal(err)
	}
	saysAll(t, w.press(admin, button(t, updated, "Undo")), "This article has been changed since")
	if got := w.only(); got.Source != "AFP" || got.Title != "Talks ended on Monday." {
		t.Errorf("after Undo there is %+v", got)
	}
}

// Part of what a change has made may have been changed since.
func TestTakeBackPart(t *testing.T) {
	was := corpus.Article{Title: "A", Source: "S", Body: "b", Edited: corpus.FieldSource}
	made := corpus.Article{Title: "B", Source: "T", Body: sum("b"), Edited: corpus.FieldSource | corpus.FieldTitle}
	now := corpus.Article{Title: "B", Source: "U", Body: "b", Author: "C", Edited: made.Edited | corpus.FieldAuthor}
	stays, err := changed{was, &made}.takeBack(&now)
	want := corpus.Article{Title: "A", Source: "U", Body: "b", Author: "C", Edited: corpus.FieldSource | corpus.FieldAuthor}
	if stays != corpus.FieldSource || err != nil || now != want {
		t.Errorf("takeBack leaves %s, %v in %+v; want %+v", stays, err, now, want)
	}
}

// What an earlier version of the program has kept does not say what the change has
// made: it is not undone.
func TestUndoOldChange(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.Journal.KeepChange(t.Context(), journal.Change{Update: 900, Person: admin, Article: a.ID, Before: data})
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Minute)
	if _, _, err := w.store.Edit(t.Context(), a.ID, func(a *corpus.Article) error { a.Title = "B"; return nil }); err != nil {
		t.Fatal(err)
	}
	saysAll(t, w.press(admin, "u:"+c.Key), "This article has been changed since")
}

// What is so already leaves nothing to undo.
func TestEditNothing(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	w.send(admin, "/edit "+a.ID+" outlet Reuters")
	same := w.event(admin, "/edit "+a.ID+" outlet Reuters")
	for _, r := range []Reply{w.handle(same), w.again(same)} {
		saysAll(t, r, "It is so already:", "Outlet: Reuters")
		if got := labels(r); len(got) != 1 {
			t.Errorf("the buttons are %q, want Edit alone", got)
		}
	}
	saysAll(t, w.send(admin, "/undo"), "The article is as it was before:", "Outlet: newsbot sample desk")
}

// An edit that a crash has cut off from its note can be undone once it is handled
// again.
func TestUndoAfterCrash(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	e := w.event(admin, "/edit "+a.ID+" outlet Reuters")
	data, err := json.Marshal(changed{Article: a})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Journal.KeepChange(t.Context(), journal.Change{Update: e.ID, Person: admin, Article: a.ID, Before: data}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.store.Edit(t.Context(), a.ID, func(a *corpus.Article) error { a.Source = "Reuters"; return nil }); err != nil {
		t.Fatal(err)
	}
	r := w.again(e)
	saysAll(t, r, "Changed:", "Outlet: Reuters")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "Outlet: newsbot sample desk")
}

// Two articles never have one address.
func TestEditAddressTaken(t *testing.T) {
	w := newWorld(t)
	arabic, english := stories(w)
	r := w.send(admin, "/edit "+english.ID+" url <"+arabic.URL+">")
	saysAll(t, r, "Another article has this address:\n\n"+arabic.Title)
	if got, err := w.store.Lookup(t.Context(), english.ID); err != nil || got != english {
		t.Errorf("the article is %+v, %v", got, err)
	}
	saysAll(t, w.send(admin, "/undo"), "There is nothing left to undo.")
	w.remove(english.ID)
	saysAll(t, w.send(admin, "/edit "+english.ID+" title A title"), "This article is removed.")
}

// Administrators read what is hidden, and nobody else.
func TestReadHidden(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	w.send(admin, "/edit "+a.ID+" embargo 2025-08-25")
	check := func(label string) {
		t.Helper()
		for _, r := range []Reply{
			w.send(admin, "/read "+a.ID), w.send(admin, "/start a_"+a.ID), w.press(admin, "p:"+a.ID+":0"),
			w.press(admin, button(t, w.send(admin, "/article "+a.ID), "Text")),
		} {
			saysAll(t, r, label, "The talks lasted nearly three hours.")
		}
		saysAll(t, w.send(reader, "/read "+a.ID), "There is no article")
		saysAll(t, w.press(reader, "p:"+a.ID+":0"), "This article has been removed")
	}
	check("Under embargo until: 25 August 2025")
	w.remove(a.ID)
	check("Removed: 20 August 2025")
}

// Earlier versions are counted, and can be read by their numbers.
func TestReadVersion(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	for _, title := range []string{"B", "C", "D", "E", "F", "G"} {
		w.send(admin, "/edit "+a.ID+" title "+title)
	}
	saysAll(t, w.send(admin, "/article "+a.ID), "Earlier versions: 6\nVersion 6, until: ", ", F\n", "Version 2, until: ",
		"and more earlier versions: 1", "To read one, write its number: /article ID N")
	saysAll(t, w.send(admin, "/article "+a.ID+" ١"), "Version 1, until: 20 August 2025", "Summit ends in Anchorage", "The talks lasted")
	saysAll(t, w.press(admin, "version:"+a.ID+":2:0"), "Version 2, until: ", "B\n")
	for _, n := range []string{"0", "7", "x", "-1"} {
		saysAll(t, w.send(admin, "/article "+a.ID+" "+n), "There is no earlier version with this number.")
	}
	for _, data := range []string{"version:", "version:x", "version:" + a.ID, "version:" + a.ID + ":x:0", "version:" + a.ID + ":9:0"} {
		if r := w.press(admin, data); r.Notice == "" {
			t.Errorf("%s: %s", data, show(r))
		}
	}
	saysAll(t, w.press(reader, "version:"+a.ID+":1:0"), "Only the administrators")
}
