package bot

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus/source"
	"newsbot/corpus/source/files"
)

// A cloud is a [Downloader] of files by their IDs: contents, or errors.
type cloud map[string]any

func (c cloud) Download(ctx context.Context, id string, limit int64) ([]byte, error) {
	switch f := c[id].(type) {
	case string:
		if int64(len(f)) > limit {
			return nil, &source.Refusal{Reason: source.TooLarge}
		}
		return []byte(f), ctx.Err()
	case error:
		return nil, f
	}
	return nil, &source.Refusal{Reason: source.Gone}
}

// withFiles gives a world files to download.
func withFiles(w *world, c cloud) *world {
	w.Downloads = c
	return w
}

// zipped is an archive of files: names and contents in turn.
func zipped(t testing.TB, namesAndContents ...string) string {
	t.Helper()
	var b strings.Builder
	z := zip.NewWriter(&b)
	for pair := range slices.Chunk(namesAndContents, 2) {
		f, err := z.Create(pair[0])
		if err == nil {
			_, err = io.WriteString(f, pair[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	tramStory = "Tram line 12 opened on Monday. It has 22 stops and runs until midnight."
	portStory = "The port was closed on Tuesday because of the storm. Ships wait outside."
	riverFile = "---\nsource: Daily Star\npublished: 2025-08-14\n---\nThe river rose by two metres in a night. Nobody was hurt."
)

// sendFile sends a file, with a caption.
func (w *world) sendFile(person int64, id, name, caption string) Reply {
	w.t.Helper()
	return w.handle(w.fileEvent(person, id, name, caption))
}

func (w *world) fileEvent(person int64, id, name, caption string) Event {
	e := w.event(person, caption)
	e.File = &File{ID: id, Name: name}
	return e
}

// album is the event of files that were sent together, with their captions.
func (w *world) album(person int64, idsAndCaptions ...string) Event {
	var pieces []Event
	for pair := range slices.Chunk(idsAndCaptions, 2) {
		e := w.fileEvent(person, pair[0], pair[0]+".txt", pair[1])
		e.Album = "album"
		pieces = append(pieces, e)
	}
	first := pieces[0]
	first.Pieces = pieces[1:]
	return first
}

func TestUpload(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory})
	r := w.sendFile(admin, "tram", "tram.txt", "Reuters, 15 August 2025")
	saysAll(t, r, "Added:\n\nTram line 12", "Outlet: Reuters", "Date: 15 August 2025")
	if got := labels(r); !slices.Contains(got, "Undo") || !slices.Contains(got, "Edit") {
		t.Errorf("the buttons are %q", got)
	}
	saysAll(t, w.sendFile(admin, "tram", "again.txt", "Reuters, 15 August 2025"), "Already in the collection:")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "Tram line 12")
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
	saysAll(t, w.sendFile(admin, "tram", "tram.txt", "Reuters, 15 August 2025"), "Back again:")
}

func TestUploadWithAdd(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "river": riverFile, "port": portStory})
	saysAll(t, w.sendFile(admin, "tram", "tram.txt", "/add رويترز 15/8/2025"), "Added:", "Outlet: رويترز")
	e := w.event(admin, "/add")
	e.Replied = &Replied{Message: 5, Text: "AFP", File: &File{ID: "river", Name: "river.txt"}}
	saysAll(t, w.handle(e), "Added:", "Outlet: AFP", "Date: 14 August 2025")
	e = w.event(admin, "/add source: Kyodo")
	e.Replied = &Replied{Message: 5, Text: "AFP", File: &File{ID: "port", Name: "port.txt"}}
	saysAll(t, w.handle(e), "Added:", "Outlet: Kyodo")
}

func TestUploadRefused(t *testing.T) {
	tests := []struct {
		name, file string
		content    any
		want       []string
	}{
		{"too large", "a.txt", strings.Repeat("x", files.MaxFile+1), []string{"This file was not added:", "a.txt\n", "larger than 20 MB"}},
		{"network", "a.txt", &source.Refusal{Reason: source.Unreachable}, []string{"could not be downloaded"}},
		{"what goes wrong inside", "a.txt", errDisk, []string{"could not be downloaded"}},
		{"gone", "", nil, []string{"a file without a name\n", "does not have it any more"}},
		{"a local server", "a.txt", &source.Refusal{Reason: source.Private}, []string{"without --local"}},
		{"empty", "a.txt", " … ", []string{"There is no text of an article in it."}},
		{"short", "a.txt", "Two words", []string{"too few words"}},
		{"front matter", "a.txt", "---\npublished: soon\n---\n" + tramStory, []string{"could be two days: published, soon"}},
		{"nested", "a.zip", zipped(t, "b.zip", zipped(t, "a.txt", tramStory)), []string{"a.zip/b.zip\n", "an archive within an archive"}},
		{"a picture", "a.txt", "\x89PNG\r\n\x1a\n", []string{"Files of this kind are not read. These are"}},
		{"an old document", "a.doc", "{\\rtf1 x}", []string{"send it again: docx"}},
		{"cut off", "a.zip", zipped(t, "a.txt", tramStory)[:60], []string{"It is damaged"}},
		{"no line of JSON", "a.jsonl", `{"title": "A"`, []string{"one JSON object", "ends too early"}},
		{"a field under two names", "a.jsonl", `{"text":"` + tramStory + `","date":"2025-01-01","published":"2025-01-02"}`,
			[]string{"Leave one out: date, published"}},
		{"too many files", "a.zip", zipped(t, slices.Repeat([]string{"a.txt", ""}, 2001)...), []string{"the most that one may hold: 2000"}},
		{"too long", "a.txt", strings.Repeat("Trams ran late. ", 400_000), []string{"in MiB: 5"}},
		{"a long name", strings.Repeat("\u202eع", 300) + ".zip", "PK\x05\x06", []string{"…", ".zip\n"}},
	}
	for _, tt := range tests {
		for _, lang := range bothLanguages {
			t.Run(tt.name+" "+string(lang), func(t *testing.T) {
				w := withFiles(newWorld(t), cloud{"f": tt.content})
				w.lang = string(lang)
				r := w.sendFile(admin, "f", tt.file, "")
				if lang == "en" {
					saysAll(t, r, tt.want...)
				}
				if len(labels(r)) > 0 || len(w.articles()) > 0 {
					t.Errorf("there are buttons %q, and articles: %d", labels(r), len(w.articles()))
				}
			})
		}
	}
	w := withFiles(newWorld(t), cloud{})
	e := w.fileEvent(admin, "f", "a.txt", "")
	e.File.Size = files.MaxFile + 1
	saysAll(t, w.handle(e), "larger than 20 MB")
}

func TestUploadMany(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"week": zipped(t,
		"1.txt", tramStory, "2.md", riverFile, "3.zip", zipped(t, "a.txt", tramStory), "4.txt", portStory, "5.txt", tramStory)})
	r := w.sendFile(admin, "week", "week.zip", "AFP, 15 August 2025\ntitle: A week")
	saysAll(t, r, "Added: 3, updated: 0, there already: 1, not added: 1",
		"Added: Tram line 12 opened on Monday., AFP, 15 August 2025", "Daily Star, 14 August 2025", "There already: Tram line 12",
		"week.zip/3.zip\nIt is an archive within an archive.", "was taken for the articles that do not say it themselves", "can belong to one article only")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "No longer there:", "Tram line 12", "The river rose", "The port was closed")
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
	r = w.sendFile(admin, "week", "week.zip", "AFP, 15 August 2025")
	saysAll(t, r, "Added: 3")
	if r = w.sendFile(admin, "week", "week.zip", "AFP, 15 August 2025"); len(labels(r)) > 0 {
		t.Errorf("nothing was added, and there is %q", labels(r))
	}
	saysAll(t, r, "Added: 0, updated: 0, there already: 4, not added: 1")
}

// However many there are, there is one message, and one Undo for all.
func TestUploadVeryMany(t *testing.T) {
	for _, lang := range bothLanguages {
		w := newWorld(t)
		w.lang = string(lang)
		var parts []string
		for i := range 300 {
			part := fmt.Sprintf("---\ntitle: %s %d\n---\nلم يتغير سعر الخبز في المدينة رقم %d هذا العام.", strings.Repeat("خبر & ", 60), i, i)
			if i%3 == 0 {
				part = "\x89PNG\r\n\x1a\n"
			}
			parts = append(parts, fmt.Sprintf("%d.txt", i), part)
		}
		withFiles(w, cloud{"all": zipped(t, parts...)})
		r := w.sendFile(admin, "all", "all.zip", "")
		if lang == "en" {
			saysAll(t, r, "Added: 200, updated: 0, there already: 0, not added: 100")
		}
		if len(r.Messages) != 1 || len(r.Messages[0].Document.Parts()) != 1 {
			t.Errorf("the summary is %d messages", len(r.Messages[0].Document.Parts()))
		}
		undone := w.press(admin, r.Messages[0].Buttons[0][0].Data)
		if n := len(outgoing(undone)[0].Document.Parts()); n > 2 || len(w.articles()) > 0 {
			t.Errorf("Undo is %d messages and leaves %d articles", n, len(w.articles()))
		}
	}
}

// There is an end to what one message may bring.
func TestUploadTooMany(t *testing.T) {
	const rows = 1000 // so many that cannot be articles are read of one table
	all := cloud{"port": portStory}
	var sent []string
	for i := range mostUploaded / rows {
		id := fmt.Sprint(i)
		all[id] = strings.Repeat("{}\n", rows)
		sent = append(sent, id, "")
	}
	w := withFiles(newWorld(t), all)
	e := w.album(admin, append(sent, "port", "", "port", "")...)
	e.File.Name = "0.jsonl"
	for i := range mostUploaded/rows - 1 {
		e.Pieces[i].File.Name = "more.jsonl"
	}
	saysAll(t, w.handle(e), fmt.Sprintf("Added: 0, updated: 0, there already: 0, not added: %d\n", mostUploaded),
		"and more that were not added: 4990", fmt.Sprintf("No more than %d articles are taken at once.", mostUploaded))
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
}

func TestUploadAlbum(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "river": riverFile, "port": portStory})
	r := w.handle(w.album(admin, "tram", "", "gone", "", "river", "AFP, 15 August 2025", "port", ""))
	saysAll(t, r, "Added: 3, updated: 0, there already: 0, not added: 1", "gone.txt\nTelegram does not have it",
		"Tram line 12 opened on Monday., AFP, 15 August 2025", "Daily Star, 14 August 2025")
	w.press(admin, button(t, r, "Undo"))
	r = w.handle(w.album(admin, "tram", "Reuters", "river", "AFP\nurl: https://news.example/river", "port", ""))
	saysAll(t, r, "Added: 3", "Tram line 12 opened on Monday., Reuters, date unknown", "AFP, 14 August 2025", "The port was closed on Tuesday because of the storm., outlet unknown")
	saysNot(t, r, "caption")
}

func TestCaptionLeft(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "port": portStory})
	saysAll(t, w.sendFile(admin, "tram", "a.txt", "Please add this one to the archive."), "Outlet: unknown",
		"was not understood, and was left out:\nPlease add this one to the archive.\n")
	saysAll(t, w.sendFile(admin, "port", "a.txt", "Reuters, 15 August 2125"), "Outlet: Reuters", "Date: unknown", "is still to come")
	w.put(englishStory())
	withFiles(w, cloud{"a": "Nobody knows who has sent the second letter."})
	saysAll(t, w.sendFile(admin, "a", "a.txt", "Newsbot Sample Desk"), "Outlet: Newsbot Sample Desk")
	withFiles(w, cloud{"a": "Everybody knows who has sent the first letter."})
	e := w.fileEvent(admin, "a", "a.txt", "Somebody's own words")
	e.Origin = OriginPerson
	saysNot(t, w.handle(e), "not understood")
}

// After a crash the reply is what it would have been, and nothing is there twice,
// wherever it came and whatever does not come again.
func TestUploadAgain(t *testing.T) {
	all := cloud{"tram": tramStory, "river": riverFile, "port": portStory, "week": zipped(t, "1.txt", tramStory, "2.txt", portStory)}
	one := func(w *world) Event { return w.fileEvent(admin, "tram", "tram.txt", "Reuters") }
	week := func(w *world) Event { return w.fileEvent(admin, "week", "week.zip", "Reuters") }
	album := func(w *world) Event { return w.album(admin, "tram", "", "river", "", "port", "") }
	tests := []struct {
		name  string
		event func(*world) Event
		first cloud // that there is the first time
		then  cloud
		want  string
		count int
	}{
		{"one", one, all, all, "Added:\n\nTram line 12", 1},
		{"one that does not come again", one, all, cloud{}, "Added:\n\nTram line 12", 1},
		{"one that has come only now", one, cloud{}, all, "Added:\n\nTram line 12", 1},
		{"a zip", week, all, all, "Added: 2, updated: 0, there already: 0, not added: 0", 2},
		{"a zip that does not come again", week, all, cloud{}, "Added: 2, updated: 0, there already: 0, not added: 1", 2},
		{"an album", album, all, all, "Added: 3, updated: 0, there already: 0, not added: 0", 3},
		{"half an album", album, cloud{"tram": tramStory}, all, "Added: 3, updated: 0, there already: 0, not added: 0", 3},
		{"the other half", album, all, cloud{"river": riverFile}, "Added: 3, updated: 0, there already: 0, not added: 2", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := withFiles(newWorld(t), tt.first)
			e := tt.event(w)
			w.handle(e)
			w.Downloads = tt.then
			r := w.again(e)
			saysAll(t, r, tt.want)
			if n := len(w.articles()); n != tt.count {
				t.Errorf("there are %d articles, want %d", n, tt.count)
			}
			w.press(admin, button(t, r, "Undo"))
			if n := len(w.articles()); n != 0 {
				t.Errorf("after Undo there are %d articles", n)
			}
		})
	}
	t.Run("an album of which one piece was there the first time", func(t *testing.T) {
		w := withFiles(newWorld(t), all)
		e := album(w)
		alone := e
		alone.Pieces = nil
		w.handle(alone)
		r := w.again(e)
		saysAll(t, r, "Added: 3, updated: 0, there already: 0, not added: 0")
		w.press(admin, button(t, r, "Undo"))
		if n := len(w.articles()); n != 0 {
			t.Errorf("after Undo there are %d articles", n)
		}
	})
}

// A stop in the middle loses nothing: the event is handled again.
func TestUploadStopped(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "port": portStory})
	e := w.album(admin, "tram", "", "stop", "", "port", "")
	ctx, stop := context.WithCancel(t.Context())
	w.Downloads = stopping{cloud{"tram": tramStory}, stop}
	if r, err := w.Handle(ctx, e); !errors.Is(err, context.Canceled) {
		t.Fatalf("Handle = %s, %v", show(r), err)
	}
	w.Downloads = cloud{"tram": tramStory, "stop": riverFile, "port": portStory}
	saysAll(t, w.again(e), "Added: 3, updated: 0, there already: 0, not added: 0")
}

// stopping is a cloud that ends a context at the file "stop".
type stopping struct {
	cloud
	stop func()
}

func (s stopping) Download(ctx context.Context, id string, limit int64) ([]byte, error) {
	if id == "stop" {
		s.stop()
		return nil, ctx.Err()
	}
	return s.cloud.Download(ctx, id, limit)
}

func TestUploadOfReader(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory})
	r := w.sendFile(reader, "tram", "tram.txt", "")
	saysAll(t, r, "I can read text only", "Only administrators can add articles from files.")
	saysAll(t, w.sendFile(reader, "tram", "tram.txt", "/add"), "Only the administrators")
	w.handle(w.album(reader, "tram", "", "tram", "When did tram line 12 open?"))
	if got := w.asked; !slices.Equal(got, []string{"When did tram line 12 open?"}) {
		t.Errorf("asked was %q", got)
	}
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
	w.Downloads = nil
	saysAll(t, w.sendFile(admin, "tram", "tram.txt", ""), "I can read text only")
}

// A reader that breaks down over a file spoils no other one.
func TestUploadBreaksDown(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory, "bad": "x"})
	w.readsFiles = func(ctx context.Context, f files.File) iter.Seq2[files.Item, error] {
		if f.Name == "bad.txt" {
			return func(func(files.Item, error) bool) { panic("a reader") }
		}
		return files.Read(ctx, f)
	}
	saysAll(t, w.handle(w.album(admin, "bad", "", "tram", "")), "Added: 1", "not added: 1", "bad.txt\nIt is damaged")
	if !strings.Contains(w.log.String(), "panic: string") {
		t.Errorf("the log is %q", w.log.String())
	}
}

func TestUploadOfAnotherKind(t *testing.T) {
	page := "<!doctype html><html><body><article><h1>Tram</h1><p>" + strings.Repeat(tramStory+" ", 20) + "</p></article></body></html>"
	w := withFiles(newWorld(t), cloud{"a": page, "b": zipped(t, "1.pdf", portStory, "2.txt", riverFile)})
	saysAll(t, w.sendFile(admin, "a", "a.txt", ""), "Added:\n\nTram", "of another kind than its name says, and was read as: html")
	saysAll(t, w.sendFile(admin, "b", "b.zip", ""), "Added: 2", "of another kind than its name says, and was read as: txt")
}

func TestUploadEdited(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"tram": tramStory})
	e := w.fileEvent(admin, "tram", "tram.txt", "Reuters")
	e.Edited = true
	saysAll(t, w.handle(e), "A caption that is changed later")
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
}

// What was set by hand stays; what a file has of an article at its address is taken.
func TestUploadUpdates(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"a": "---\nurl: https://news.example/1\n---\n" + tramStory})
	w.sendFile(admin, "a", "a.md", "")
	w.send(admin, "/edit "+w.only().ID+" outlet AFP")
	withFiles(w, cloud{"a": "---\nurl: https://news.example/1\nsource: Kyodo\n---\n" + tramStory + " It is late."})
	r := w.sendFile(admin, "a", "a.md", "")
	saysAll(t, r, "Updated:", "Outlet: AFP", "Stays as set by hand")
	w.press(admin, button(t, r, "Undo"))
	if got := w.only(); got.Body != tramStory || got.Source != "AFP" {
		t.Errorf("after Undo: %+v", got)
	}
}

// Only so many uploads have their files in memory at a time.
func TestGate(t *testing.T) {
	var g gate
	ended, end := context.WithCancel(t.Context())
	end()
	var leave func()
	for range MostUploads {
		var err error
		if leave, err = g.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := g.enter(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("one more comes in: %v", err)
	}
	leave()
	if _, err := g.enter(t.Context()); err != nil {
		t.Error(err)
	}
}
