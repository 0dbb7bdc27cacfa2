package bot

import (
	"fmt"
	"testing"
)

// wordings are two files with articles that have addresses.
func wordings(end string) cloud {
	files := cloud{}
	for i := 1; i <= 2; i++ {
		files[fmt.Sprintf("%d%s", i, end)] = fmt.Sprintf("---\nurl: https://news.example/%d\n---\nTram line %d opened on Monday%s.", i, i, end)
	}
	return files
}

// Articles that several files have updated are what they were before when that is undone, but for those that were changed since.
func TestUndoUpdates(t *testing.T) {
	w := withFiles(newWorld(t), wordings(""))
	w.handle(w.album(admin, "1", "", "2", ""))
	withFiles(w, wordings(" at noon"))
	e := w.album(admin, "1 at noon", "", "2 at noon", "")
	r := w.handle(e)
	saysAll(t, r, "Added: 0, updated: 2, there already: 0, not added: 0")
	again := w.again(e)
	if show(r) != show(again) {
		t.Errorf("the first time: %s\nagain: %s", show(r), show(again))
	}
	undone := w.press(admin, button(t, again, "Undo"))
	saysAll(t, undone, "Undone.", "As before again:", "Tram line 1 opened on Monday.", "Tram line 2 opened on Monday.")
	saysNot(t, undone, "brought back")
	if n := len(w.articles()); n != 2 {
		t.Fatalf("there are %d articles", n)
	}

	w.handle(w.album(admin, "1 at noon", "", "2 at noon", ""))
	withFiles(w, wordings(" at nine"))
	w.sendFile(admin, "1 at nine", "1.txt", "")
	w.send(admin, "/undo")
	w.sendFile(admin, "2 at nine", "2.txt", "")
	saysAll(t, w.send(admin, "/undo"), "The article is as it was before:")
	saysAll(t, w.send(admin, "/undo"), "Changed or removed since, and left as they are: 2")
}
