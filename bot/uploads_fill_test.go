package bot

import "testing"

// A file that is sent again with a caption is how an editor says what he has forgotten.
func TestUploadAgainWithCaption(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "port": portStory})
	w.sendFile(admin, "tram", "tram.txt", "")
	e := w.fileEvent(admin, "tram", "tram.txt", "Reuters, 2 May 2025")
	r := w.handle(e)
	saysAll(t, r, "Updated:", "Outlet: Reuters", "Date: 2 May 2025")
	if again := w.again(e); show(again) != show(r) {
		t.Errorf("the first time: %s\nagain: %s", show(r), show(again))
	}
	saysAll(t, w.press(admin, button(t, r, "Undo")), "The article is as it was before:", "Outlet: unknown")

	saysAll(t, w.sendFile(admin, "tram", "tram.txt", "Reuters"), "Updated:", "Outlet: Reuters", "Date: unknown")
	r = w.sendFile(admin, "tram", "tram.txt", "AFP, 3 May 2025")
	saysAll(t, r, "Updated:", "Outlet: Reuters", "Date: 3 May 2025", "something else than the caption")
	r = w.sendFile(admin, "tram", "tram.txt", "AFP")
	saysAll(t, r, "Outlet: Reuters", "something else than the caption")
	saysNot(t, r, "Updated:")
	saysNot(t, w.sendFile(admin, "tram", "tram.txt", "Reuters"), "something else", "Updated:")
	w.only()
}

// Nothing is claimed of a caption that was taken for nothing.
func TestAlbumAgainWithCaption(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "port": portStory})
	saysAll(t, w.handle(w.album(admin, "tram", "AFP", "port", "")), "Added: 2", "was taken for")
	r := w.handle(w.album(admin, "tram", "", "port", "Reuters, 2 May 2025"))
	saysAll(t, r, "Added: 0, updated: 2", "was taken for", "something else than the caption")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "As before again:")
	for _, s := range w.articles() {
		if !s.Published.IsZero() || s.Source != "AFP" {
			t.Errorf("the article is %+v", s)
		}
	}
	w.handle(w.album(admin, "tram", "", "port", "2 May 2025"))
	r = w.handle(w.album(admin, "tram", "", "port", "2 May 2025"))
	saysAll(t, r, "updated: 0, there already: 2")
	saysNot(t, r, "was taken", "something else")
}
