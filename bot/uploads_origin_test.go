package bot

import (
	"testing"
	"time"

	"newsbot/corpus/source"
)

// forwardFile forwards a post of a channel that brings a file.
func (w *world) forwardFile(p Post, id, name string) Reply {
	w.t.Helper()
	return w.handle(w.postedFile(p, id, name))
}

func (w *world) postedFile(p Post, id, name string) Event {
	e := w.fileEvent(admin, id, name, p.Text)
	e.Origin, e.Post, e.Written, e.Album = OriginChannel, &p, p.Date, p.Album
	return e
}

func TestForwardedFile(t *testing.T) {
	tests := []struct {
		name, content, caption string
		want, not              []string
	}{
		{"without a caption", tramStory, "", []string{"Added:\n\nTram line 12", "Outlet: The Desk", "Date: 15 August 2025",
			"Address: https://t.me/the_desk/12"}, []string{"came with the file"}},
		{"a caption of a word", tramStory, "PDF 👇", []string{"Added:\n\nTram line 12", "Outlet: The Desk",
			"came with the file, and were not taken:\nPDF 👇"}, []string{"To add them"}},
		{"a caption of a sentence", tramStory, "Our edition of Tuesday, with everything of the day.", []string{"Added:\n\nTram line 12",
			"Outlet: The Desk", "were not taken:\nOur edition of Tuesday, with everything of the day.\nTo add them as an article, send them after /add"}, []string{"not understood"}},
		{"a caption that says it", tramStory, "Reuters, 12 August 2025", []string{"Outlet: Reuters", "Date: 12 August 2025", "t.me/the_desk/12"},
			[]string{"came with the file"}},
		{"an address of something else", tramStory, "Subscribe: https://t.me/the_desk", []string{"Address: https://t.me/the_desk/12",
			"were not taken:\nSubscribe:\nhttps://t.me/the_desk"}, nil},
		{"a file that says it", riverFile, "", []string{"Outlet: Daily Star", "Date: 14 August 2025", "https://t.me/the_desk/12"}, nil},
		{"several articles", zipped(t, "1.txt", tramStory, "2.txt", riverFile), "", []string{"Added: 2",
			"Tram line 12 opened on Monday., The Desk, 15 August 2025", "Daily Star, 14 August 2025"}, nil},
		{"a picture without words", "\x89PNG\r\n\x1a\n", "", []string{"This file was not added:", "Files of this kind are not read."}, nil},
		{"a picture with words", "\x89PNG\r\n\x1a\n", quay, []string{"Added:\n\nThe new quay", "Outlet: The Desk",
			"The file was not read:\n\ntram.txt\nFiles of this kind are not read."}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := withFiles(newWorld(t), cloud{"tram": tt.content})
			r := w.forwardFile(post(12, tt.caption), "tram", "tram.txt")
			saysAll(t, r, tt.want...)
			saysNot(t, r, tt.not...)
		})
	}
}

// A file that may come when it is sent again is no reason to take other words for it.
func TestForwardedFileUnreachable(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": &source.Refusal{Reason: source.Unreachable}})
	saysAll(t, w.forwardFile(post(12, quay), "tram", "tram.txt"), "not added:", "Please send it again.")
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
	w.Downloads = nil
	saysAll(t, w.forwardFile(post(12, quay), "tram", "tram.txt"), "Added:\n\nThe new quay")
}

// A post that is an article by its words stays one beside the file that it brings.
func TestForwardedFileOfKnownPost(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory})
	w.forward(post(12, quay))
	r := w.forwardFile(post(12, quay), "tram", "tram.txt")
	saysAll(t, r, "Added:\n\nTram line 12", "Outlet: The Desk")
	saysNot(t, r, "Address: https://t.me/the_desk/12")
	if n := len(w.articles()); n != 2 {
		t.Errorf("there are %d articles, want 2", n)
	}
}

func TestForwardedFilesOfAlbum(t *testing.T) {
	album := func(message int, words string) Post {
		p := post(message, words)
		p.Album = "g1"
		return p
	}
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "port": portStory, "a": "\x89PNG\r\n\x1a\n"})
	e := w.postedFile(album(12, "Both parts"), "tram", "tram.txt")
	e.Pieces = []Event{w.postedFile(album(13, ""), "port", "port.txt")}
	saysAll(t, w.handle(e), "Added: 2", "Tram line 12 opened on Monday., The Desk, 15 August 2025", "were not taken:\nBoth parts")
	e = w.postedFile(album(14, ""), "a", "a.png")
	e.Pieces = []Event{w.postedFile(album(15, quay), "a", "b.png")}
	saysAll(t, w.handle(e), "Added:\n\nThe new quay", "The file was not read:", "a.png", "b.png")
}

func TestForwardedFileOfPerson(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "port": portStory})
	e := w.fileEvent(admin, "tram", "tram.txt", "Have a look")
	e.Origin, e.Written = OriginPerson, time.Date(2025, 8, 13, 9, 30, 0, 0, time.UTC)
	saysAll(t, w.handle(e), "Added:", "Outlet: unknown", "Date: 13 August 2025", "were not taken:\nHave a look\n")

	f := w.event(admin, "/add")
	p := post(12, "Our edition")
	f.Replied = &Replied{Message: 5, Text: p.Text, File: &File{ID: "port", Name: "port.txt"}, Post: &p, Written: p.Date}
	saysAll(t, w.handle(f), "Added:", "Outlet: The Desk", "https://t.me/the_desk/12", "were not taken:\nOur edition")
}

// Of a caption all that is understood is taken, and only the rest is told of.
func TestCaptionInParts(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "port": portStory, "river": riverFile})
	r := w.sendFile(admin, "tram", "a.txt", "Reuters, 12/07/2025")
	saysAll(t, r, "Outlet: Reuters", "Date: unknown", "was left out:\n12/07/2025\nDay and month could be mistaken for one another")
	saysNot(t, r, "Reuters, 12/07/2025", "its year")
	r = w.sendFile(admin, "port", "a.txt", "Source: Reuters, 15 August 2025")
	saysAll(t, r, "Outlet: Reuters", "Date: 15 August 2025")
	saysNot(t, r, "caption")
	w.lang = "ar"
	saysAll(t, w.sendFile(admin, "river", "a.txt", "رويترز، 15 آب"), "رويترز", "لا بد للتاريخ من سنة.")
}
