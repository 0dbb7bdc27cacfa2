package bot

import "testing"

// A file that a covered channel publishes is not read: its words are taken, and /feeds says
// how to add it.
func TestChannelFile(t *testing.T) {
	for _, words := range []string{"", "Our edition", bridge} {
		w := channelled(withFiles(newWorld(t), cloud{"tram": tramStory}))
		w.cover(harbour)
		e := w.post(harbour, 2, words)
		e.File = &File{ID: "tram", Name: "tram.txt"}
		w.silently(e)
		saysAll(t, w.send(admin, "/feeds"), "A post had a file, which was not read. Forward it to the bot")
		want := 0
		if words == bridge {
			want = 1
		}
		if n := len(w.articles()); n != want {
			t.Errorf("%q: there are %d articles, want %d", words, n, want)
		}
		r := w.forwardFile(*e.Post, "tram", "tram.txt")
		saysAll(t, r, "Added:\n\nTram line 12", "Outlet: Harbour News")
		if words == "" {
			saysAll(t, r, "Address: https://t.me/harbour_news/2")
		}
		w.publish(harbour, 7, "The ferry runs again from Monday, three times a day.")
		saysNot(t, w.send(admin, "/feeds"), "had a file")
	}
}
