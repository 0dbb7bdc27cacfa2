package main

import (
	"fmt"
	"strings"
	"testing"

	"newsbot/bot/telegramtest"
)

// trams are files of different articles.
func trams(from, to int) (album []telegramtest.Document) {
	for i := from; i < to; i++ {
		album = append(album, telegramtest.Document{
			Name: fmt.Sprintf("%d.txt", i),
			Data: fmt.Appendf(nil, "Tram line %d opened on Monday. It has %d stops and runs until midnight.", i, i+10),
		})
	}
	return album
}

// The whole way through another process: an admin sends files, a reader asks about
// them, and the admin takes them back.
func TestServeUploads(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	bot := serving(t, s, dir)
	admin, reader := s.Person(theAdmin, "ar"), s.Person(7, "en")
	file := trams(12, 13)[0]
	file.Caption = "رويترز 15/8/2025"
	admin.SendDocument(file)
	if got := last(admin.Wait(1)); !strings.Contains(got, "رويترز") || !strings.Contains(got, "15 أغسطس 2025") {
		t.Errorf("the card is %q", got)
	}
	album := trams(20, 30)
	album[4].Data = []byte("%PDF-1.7\nnothing")
	admin.SendAlbum(album...)
	summary := admin.Wait(2)[1]
	if !strings.Contains(summary.Text, "4.txt") {
		t.Errorf("the summary is %q", summary.Text)
	}
	reader.Send("When did tram line 12 open?")
	if got := last(reader.Wait(1)); !strings.Contains(got, "Tram line 12 opened on Monday.") || !strings.Contains(got, "رويترز") {
		t.Errorf("the answer is %q", got)
	}
	wantStatus(t, dir, "articles", "10 (en 10)")
	admin.Press(summary, summary.Buttons[0][0].Data)
	admin.Wait(3)
	wantStatus(t, dir, "articles", "1 (en 1)")
	stopServing(t, s, bot, "tram", "Tram", "12.txt", "4.txt")
}

// A program that is killed while an album comes in, wherever that is, adds each of its
// articles once, and says so.
func TestServeUploadsKilled(t *testing.T) {
	for _, tt := range []struct {
		method string
		n      int // the request at which it is killed
		cut    telegramtest.Cut
		sent   int // summaries
	}{
		{"getFile", 1, telegramtest.CutBefore, 1},
		{telegramtest.FileMethod, 7, telegramtest.CutAfter, 1},
		{"sendMessage", 1, telegramtest.CutBefore, 1},
		{"sendMessage", 1, telegramtest.CutAfter, 2},
	} {
		t.Run(fmt.Sprintf("at %s %d", strings.TrimPrefix(tt.method, "/"), tt.n), func(t *testing.T) {
			s, dir := telegramtest.New(t), t.TempDir()
			p := startServing(t, s, dir)
			n := 0
			s.Fail(func(r telegramtest.Request) *telegramtest.Failure {
				if r.Method == tt.method {
					n++
				}
				if n < tt.n || r.Method != tt.method {
					return nil
				}
				_ = p.cmd.Process.Kill()
				return &telegramtest.Failure{Cut: tt.cut}
			})
			admin := s.Person(theAdmin, "en")
			admin.SendAlbum(trams(0, 10)...)
			if code := p.end(); code != -1 {
				t.Fatalf("exit code %d, stderr %q; want it killed", code, p.stderr.String())
			}
			s.Fail(nil)
			again := startServing(t, s, dir)
			for _, m := range admin.Wait(tt.sent) {
				if !strings.HasPrefix(m.Text, "Added: 10, updated: 0, there already: 0, not added: 0") {
					t.Errorf("the summary is %q", m.Text)
				}
			}
			admin.Send("/undo")
			if got := last(admin.Wait(tt.sent + 1)); !strings.Contains(got, "Undone.") {
				t.Errorf("/undo says %q", got)
			}
			wantStatus(t, dir, "articles", "0")
			stopServing(t, s, again)
		})
	}
}
