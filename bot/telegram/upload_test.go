package telegram

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"newsbot/bot/telegramtest"
	"newsbot/corpus"
)

// An office is a bot with its real dialogue, whose admin sends files.
type office struct {
	*desk
	t     *testing.T
	admin *telegramtest.Person
	store *corpus.Store
	n     int // messages that the admin has received
}

func newOffice(t *testing.T) *office {
	t.Helper()
	d := newDesk(t)
	d.patient()
	handler, store := dialogue(t, d)
	handler.Downloads = downloads(t, d)
	d.config.Handler = handler
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := Run(ctx, d.config); err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	t.Cleanup(func() { cancel(); running.Wait() })
	return &office{desk: d, t: t, admin: d.server.Person(1, "en"), store: store}
}

// reply waits for the next message to the admin, and wants it to say all of these.
func (o *office) reply(want ...string) telegramtest.Message {
	o.t.Helper()
	o.n++
	m := o.admin.Wait(o.n)[o.n-1]
	for _, s := range want {
		if !strings.Contains(m.Text, s) {
			o.t.Errorf("the reply lacks %q:\n%s", s, m.Text)
		}
	}
	if err := telegramtest.CheckBidi(m.Text); err != nil {
		o.t.Error(err)
	}
	return m
}

// articles counts those that are there.
func (o *office) articles() int {
	o.t.Helper()
	n, err := o.store.Count(o.t.Context(), corpus.ListOptions{})
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}

// story is a text of an article of its own.
func story(n int) []byte {
	return fmt.Appendf(nil, "Tram line %d opened on Monday, says %s. It has %d stops and runs until midnight.", n, secret, n+10)
}

func doc(name string, data []byte, caption string) telegramtest.Document {
	return telegramtest.Document{Name: name, Data: data, Caption: caption}
}

func TestUploadFiles(t *testing.T) {
	o := newOffice(t)
	o.admin.SendDocument(doc("a.txt", story(1), "Reuters, 15 August 2025"))
	card := o.reply("Added:", "Tram line 1 ", "Outlet: Reuters", "Date: 15 August 2025")
	o.admin.SendDocument(doc("b.md", []byte("# Tram\n\n"+string(story(2))), "المصدر: رويترز\nالتاريخ: 15 آب 2025"))
	o.reply("Added:", "Outlet: \u2068رويترز\u2069", "Date: 15 August 2025")
	o.admin.SendDocument(doc("c.txt", []byte("<!doctype html><html><head><title>Tram</title></head><body><article><p>"+
		strings.Repeat(string(story(3))+" ", 12)+"</p></article></body></html>"), ""))
	o.reply("Added:", "was read as: html")
	o.admin.SendDocument(doc("again.txt", story(1), "AFP"))
	o.reply("Not added: this article is in the collection already.")
	o.admin.SendDocument(telegramtest.Document{Name: "big.pdf", Size: 20<<20 + 1})
	o.reply("This file was not added:", "big.pdf", "larger than 20 MB")
	o.admin.SendDocument(doc("d.txt", story(4), "/add AFP"))
	o.reply("Added:", "Outlet: AFP")
	o.admin.SendDocument(doc("e.csv", []byte("title,text,date\nOne,\""+string(story(5))+"\",2025-08-01\nTwo,\""+string(story(6))+"\",soon\n"), ""))
	o.reply("Added: 1, updated: 0, there already: 0, not added: 1", "e.csv:3")
	if n := o.articles(); n != 5 {
		t.Errorf("there are %d articles", n)
	}
	o.admin.Press(card, card.Buttons[0][0].Data)
	o.admin.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 1 })
	if n := o.articles(); n != 4 {
		t.Errorf("after Undo there are %d articles", n)
	}
	o.settled()
	if o.log.has(`"level":"ERROR"`) || o.log.has(`"level":"WARN"`) {
		t.Errorf("complaints:\n%s", o.log.text())
	}
}

// A file that was sent before is added in reply to it.
func TestUploadInReply(t *testing.T) {
	o := newOffice(t)
	o.admin.SendDocument(doc("a.txt", []byte("\x89PNG\r\n\x1a\n"), ""))
	o.reply("Files of this kind are not read.")
	o.admin.SendDocument(doc("b.txt", story(1), ""))
	card := o.reply("Added:")
	o.admin.Press(card, card.Buttons[0][0].Data)
	o.admin.WaitFor(func(m []telegramtest.Message) bool { return m[1].Edits == 1 })
	for _, m := range o.admin.Messages() {
		if !m.FromBot {
			o.admin.Reply(m.ID, "/add Reuters, 15 August 2025")
		}
	}
	o.reply("Files of this kind are not read.")
	o.reply("Added:", "Outlet: Reuters", "Date: 15 August 2025")
}

func TestUploadAlbumOfTen(t *testing.T) {
	o := newOffice(t)
	var album []telegramtest.Document
	for i := range mostPieces {
		album = append(album, doc(fmt.Sprintf("%d.txt", i), story(i), ""))
	}
	album[3].Data = []byte("%PDF-1.7\nnothing")
	album[9].Caption = "رويترز، 15 آب 2025"
	o.admin.SendAlbum(album...)
	summary := o.reply("Added: 9, updated: 0, there already: 0, not added: 1", "3.txt\n", "رويترز", "15 August 2025", "was taken for the articles that do not say it themselves")
	o.settled()
	if n := len(o.admin.Received()); n != 1 {
		t.Errorf("%d messages about one album", n)
	}
	o.admin.Press(summary, summary.Buttons[0][0].Data)
	o.reply("Undone.", "No longer there:")
	if n := o.articles(); n != 0 {
		t.Errorf("after Undo there are %d articles", n)
	}
}

func TestUploadZip(t *testing.T) {
	o := newOffice(t)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 30 {
		w, err := z.Create(fmt.Sprintf("تقرير %d.txt", i))
		if err == nil {
			_, err = w.Write(story(i % 29))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	o.admin.SendDocument(doc("week.zip", b.Bytes(), ""))
	o.reply("Added: 29, updated: 0, there already: 1, not added: 0", "and more articles: 20")
	if n := o.articles(); n != 29 {
		t.Errorf("there are %d articles", n)
	}
}

// What is cut off on its way is fetched again, and what never comes is named.
func TestUploadOverABadNetwork(t *testing.T) {
	o := newOffice(t)
	o.fail(telegramtest.FileMethod, 2, telegramtest.Failure{Cut: telegramtest.CutAfter})
	o.admin.SendDocument(doc("a.txt", story(1), ""))
	o.reply("Added:")
	o.fail(telegramtest.FileMethod, -1, telegramtest.Failure{Cut: telegramtest.CutBefore})
	o.admin.SendDocument(doc(secret+".txt", story(2), ""))
	o.reply("This file was not added:", secret+".txt", "It could not be downloaded from Telegram. Please send it again.")
	if n := o.articles(); n != 1 {
		t.Errorf("there are %d articles", n)
	}
}

func TestUploadByOthers(t *testing.T) {
	o := newOffice(t)
	reader := o.server.Person(2, "en")
	reader.SendAlbum(doc("a.txt", story(1), ""), doc("b.txt", story(2), ""))
	reader.Send("/help")
	if got := reader.Wait(2)[0].Text; !strings.Contains(got, "Only administrators can add articles from files.") {
		t.Errorf("a reader is told %q", got)
	}
	if n := o.calls("getFile"); n != 0 || o.articles() != 0 {
		t.Errorf("the file of a reader was asked for %d times; there are %d articles", n, o.articles())
	}
	o.admin.Send("/help")
	o.reply("Files may be sent, too")
	if strings.Contains(reader.Received()[1].Text, "Files may be sent") {
		t.Error("a reader is told that files may be sent")
	}
}
