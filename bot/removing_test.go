package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// leaky is a collection whose indexes do not let go.
type leaky struct{ collection }

func (l leaky) Purge(ctx context.Context, id string) (retrieval.Traces, error) {
	_, err := l.collection.Purge(ctx, id)
	return retrieval.Traces{Words: 2, Vectors: 1}, err
}

// What is removed is in no answer and no list, and comes back.
func TestRemoveAndBack(t *testing.T) {
	w := newWorld(t)
	arabic, english := stories(w)
	removed := w.send(admin, "/remove "+english.ID+"\n"+arabic.URL)
	saysAll(t, removed, english.Title, arabic.Title)
	saysNot(t, w.send(reader, question("en")), "ended in Anchorage")
	saysAll(t, w.send(reader, "/read "+english.ID), "There is no article")
	saysAll(t, w.send(admin, "/list"), "There are no articles yet.")
	list := w.send(admin, "/list removed")
	saysAll(t, list, "[1] "+arabic.Title, "[2] Summit ends in Anchorage")

	saysAll(t, w.press(admin, button(t, list, "Restore [2]")), "Back again:\nSummit ends in Anchorage")
	saysAll(t, w.press(admin, button(t, list, "Restore [2]")), "There is nothing to bring back")
	saysAll(t, w.send(reader, question("en")), "ended in Anchorage")
	saysAll(t, w.press(admin, button(t, removed, "Undo")), "Back again:\n"+arabic.Title)
	if n := len(w.articles()); n != 2 {
		t.Errorf("there are %d articles, want 2", n)
	}
}

// Each /undo goes one change further back, as far as the person's own.
func TestUndoLast(t *testing.T) {
	w := newWorld(t)
	step := func(message string) Reply {
		t.Helper()
		w.now = w.now.Add(time.Minute)
		return w.send(admin, message)
	}
	step("/add " + undated)
	id := w.only().ID
	step("/edit " + id + " outlet Reuters")
	step("/alias Cairo = القاهرة")
	step("/remove " + id)
	w.Admin = func(person int64) bool { return person == admin || person == stranger }
	saysAll(t, w.send(stranger, "/undo"), "There is nothing left to undo.")

	saysAll(t, step("/undo"), "Back again:")
	saysAll(t, step("/undo"), "These no longer mean the same:")
	saysAll(t, step("/undo"), "The article is as it was before:", "Outlet: unknown")
	undo := w.event(admin, "/undo")
	for _, r := range []Reply{w.handle(undo), w.again(undo)} {
		saysAll(t, r, "The article is no longer there:")
	}
	saysAll(t, step("/undo"), "There is nothing left to undo.")
	saysAll(t, step("/add "+undated), "Back again:")
	w.now = w.now.Add(24*time.Hour + time.Minute)
	saysAll(t, step("/undo"), "There is nothing left to undo.")
}

// What was removed after an edit stays removed when the edit is undone, and the edit
// can be undone once it is back.
func TestUndoEditOfRemoved(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	edited := w.send(admin, "/edit "+a.ID+" title Another title")
	for _, hide := range []func() error{
		func() error { return w.store.Remove(t.Context(), a.ID) },
		func() error { return w.store.Withdraw(t.Context(), a.ID) },
	} {
		if err := hide(); err != nil {
			t.Fatal(err)
		}
		saysAll(t, w.press(admin, button(t, edited, "Undo")), "this article was removed since")
		saysAll(t, w.send(admin, "/undo"), "this article was removed since")
		if n := len(w.articles()); n != 0 {
			t.Fatalf("there are %d articles, want none", n)
		}
		if err := w.store.Restore(t.Context(), a.ID); err != nil {
			t.Fatal(err)
		}
	}
	saysAll(t, w.press(admin, button(t, edited, "Undo")), "The article is as it was before:\n\nSummit ends in Anchorage")
}

// What somebody else has removed anew is not brought back by undoing the removal
// before.
func TestUndoRemovalOfOther(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	removed := w.send(admin, "/remove "+a.ID)
	if err := w.store.Restore(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Minute)
	w.remove(a.ID)
	saysAll(t, w.press(admin, button(t, removed, "Undo")), "There is nothing left to undo.")
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
}

// To add what was removed brings it back; to undo that removes it again.
func TestAddRemoved(t *testing.T) {
	w := newWorld(t)
	online(w)
	w.send(admin, "/add "+englishPage)
	a := w.only()
	w.send(admin, "/remove "+a.ID)
	back := w.event(admin, "/add "+englishPage)
	for _, r := range []Reply{w.handle(back), w.again(back)} {
		saysAll(t, r, "Back again:\n\nSummit ends in Anchorage")
	}
	saysAll(t, w.send(admin, "/undo"), "The article is no longer there: Summit ends in Anchorage")
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
}

// Nothing of an article is left, and what had been sent with it is told.
func TestPurge(t *testing.T) {
	w := newWorld(t)
	_, english := stories(w)
	answered := w.send(reader, bilingual("en"))
	w.now = w.now.Add(time.Minute)
	alone := w.send(reader, "What of the leaders?")
	w.send(admin, "/edit "+english.ID+" title Another title")
	ask := w.send(admin, "/purge "+english.ID)
	saysAll(t, ask, "Erase this article for good?", "Another title")
	press := w.pressed(admin, button(t, ask, "Erase for good"))
	done := w.handle(press)
	saysAll(t, done, "Erased: Another title", "Left in the index of words: 0, left in the index of meanings: 0",
		"Answers that had been sent with it: 2\n20 August 2025, What of the leaders?\n20 August 2025, "+bilingual("en"))
	if done.Edit == nil {
		t.Error("the question stays")
	}
	saysAll(t, w.again(press), "Erased: "+english.ID, "is no longer known")
	for _, r := range []Reply{answered, alone} {
		saysAll(t, w.press(reader, button(t, r, "Passage [1]")), "This button no longer works.")
	}
	saysAll(t, w.send(admin, "/undo"), "There is nothing left to undo.")
	saysAll(t, w.press(admin, button(t, ask, "Erase for good")), "It is erased already.")
	if _, err := w.store.Lookup(t.Context(), english.ID); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Lookup of what was erased: %v", err)
	}
}

// A crash between the two halves of erasing leaves neither half undone, nor untold.
func TestPurgeAfterCrash(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	w.send(reader, question("en"))
	e := w.pressed(admin, "purge:"+a.ID)
	if err := w.store.Purge(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	saysAll(t, w.again(e), "Erased: "+a.ID, "Answers that had been sent with it: 1")
}

func TestRemovalForAdminsOnly(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	for _, name := range []string{"remove", "purge", "restore", "edit", "url", "author", "embargo"} {
		saysAll(t, w.press(reader, name+":"+a.ID), "Only the administrators")
	}
	for _, command := range []string{"remove", "purge", "edit", "article", "undo", "list"} {
		saysAll(t, w.send(reader, "/"+command+" "+a.ID), "Only the administrators")
	}
	for _, garbage := range []string{"", "x", strings.Repeat("a", 60), "aaaaaaaaaaaaaaaa", "' OR 1=1"} {
		for _, name := range []string{"remove", "purge", "restore", "edit", "url"} {
			if r := w.press(admin, name+":"+garbage); r.Notice == "" {
				t.Errorf("%s:%s: %s", name, garbage, show(r))
			}
		}
	}
	if len(w.articles()) != 1 {
		t.Error("the article is gone")
	}
}

// The audit names who did it.
func TestActors(t *testing.T) {
	w := newWorld(t)
	w.Operator = "cli:alice"
	w.Admin = func(int64) bool { return true }
	w.send(admin, "/add "+undated)
	id := w.only().ID
	w.send(0, "/edit "+id+" outlet Reuters")
	entries, err := w.store.Audit(t.Context(), corpus.AuditOptions{Article: id})
	if err != nil {
		t.Fatal(err)
	}
	var actors []string
	for _, e := range entries {
		actors = append(actors, e.Actor)
	}
	if want := []string{"cli:alice", "telegram:1"}; !slices.Equal(actors, want) {
		t.Errorf("the actors are %q, want %q", actors, want)
	}
	saysAll(t, w.send(admin, "/article "+id), "command line alice, edited", ", you, added")
	saysAll(t, w.send(stranger, "/article "+id), ", 1, added")
}

// What was removed stays so while another article has its text.
func TestRestoreTwin(t *testing.T) {
	w := newWorld(t)
	a, _ := stories(w)
	w.send(admin, "/remove "+a.ID)
	twin := arabicStory()
	twin.URL = "https://other.example/ar/1"
	if _, err := w.store.AddWith(t.Context(), twin, corpus.AddOptions{Explicit: true}); err != nil {
		t.Fatal(err)
	}
	for _, r := range []Reply{w.press(admin, buttonRestore+":"+a.ID), w.send(admin, "/undo")} {
		if got := said(r); !strings.Contains(got, say(text.English, keyRestoreTwin)) {
			t.Errorf("it says %q", got)
		}
	}
}
