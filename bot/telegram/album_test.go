package telegram

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// piece is a message that brings a file of an album.
func piece(file, album, caption string) any {
	m := map[string]any{"document": map[string]any{"file_id": file, "file_name": secret + ".txt"}, "media_group_id": album}
	if caption != "" {
		m["caption"] = caption
	}
	return private(m)
}

// filesOf lists the files of an event, in order.
func filesOf(e bot.Event) (ids []string) {
	for _, e := range append([]bot.Event{e}, e.Pieces...) {
		if e.File != nil {
			ids = append(ids, e.File.ID)
		}
	}
	return ids
}

// handledFiles lists the files of each event that was handled, or its text.
func (d *desk) handledFiles() (all []string) {
	for _, e := range d.handled() {
		if ids := filesOf(e); ids != nil {
			all = append(all, fmt.Sprint(ids))
			continue
		}
		all = append(all, e.Text)
	}
	return all
}

// patient has a desk wait for the pieces of an album until something else comes, as
// long as that takes.
func (d *desk) patient() {
	d.config.pause = func(ctx context.Context, wait time.Duration) error {
		if wait != albumCalm {
			return d.pause(ctx, wait)
		}
		<-ctx.Done()
		return ctx.Err()
	}
}

// The files of an album are one event, whose reply is for all; what else is sent is
// not.
func TestAlbum(t *testing.T) {
	d := newDesk(t)
	d.patient()
	p := d.server.Person(7, "en")
	p.SendDocument(telegramtest.Document{Data: []byte("1")})
	p.SendAlbum(telegramtest.Document{Data: []byte("2")}, telegramtest.Document{Data: []byte("3"), Caption: secret}, telegramtest.Document{Data: []byte("4")})
	p.SendAlbum(telegramtest.Document{Data: []byte("5")}, telegramtest.Document{Data: []byte("6")})
	p.Send("last " + secret)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) { return says(fmt.Sprint(len(filesOf(e)))), nil }
	d.run()
	if diff := cmp.Diff([]string{"re 1", "re 3", "re 2", "re 0"}, texts(p.Wait(4))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
	second := d.handled()[1]
	if len(second.Pieces) != 2 || second.Pieces[0].Text != secret || second.Pieces[1].Message != second.Message+2 {
		t.Errorf("the album is %+v", second)
	}
}

// The first piece waits for the others, until none has come for a while.
func TestAlbumThatComesSlowly(t *testing.T) {
	d := newDesk(t)
	waiting, calm := make(chan struct{}), make(chan struct{})
	d.config.pause = func(ctx context.Context, wait time.Duration) error {
		if wait != albumCalm {
			return d.pause(ctx, wait)
		}
		waiting <- struct{}{}
		select {
		case <-calm:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	d.run()
	p := d.server.Person(7, "en")
	send := func(id string) {
		p.SendMessage(map[string]any{"document": map[string]any{"file_id": id}, "media_group_id": "g"})
		<-waiting
	}
	send("1")
	send("2")
	send("3")
	calm <- struct{}{}
	p.Wait(1)
	send("4")
	calm <- struct{}{}
	p.Wait(2)
	d.settled()
	if diff := cmp.Diff([]string{"[1 2 3]", "[4]"}, d.handledFiles()); diff != "" {
		t.Errorf("events -want +got:\n%s", diff)
	}
}

// A whole album is not waited for, nor one that something else has come behind.
func TestAlbumThatIsThere(t *testing.T) {
	ten := make([]any, 0, mostPieces+1)
	for i := range mostPieces {
		ten = append(ten, piece(fmt.Sprint(i+1), "a", ""))
	}
	for name, tt := range map[string]struct {
		updates []any
		want    []string
	}{
		"ten":           {ten, []string{"[1 2 3 4 5 6 7 8 9 10]"}},
		"a message":     {[]any{piece("1", "a", ""), piece("2", "a", ""), written("x")}, []string{"[1 2]", "x"}},
		"another album": {[]any{piece("1", "a", ""), piece("2", "b", ""), written("x")}, []string{"[1]", "[2]", "x"}},
		"a file":        {[]any{piece("1", "a", ""), private(map[string]any{"document": map[string]any{"file_id": "2"}})}, []string{"[1]", "[2]"}},
		"a command":     {[]any{piece("1", "a", ""), piece("2", "a", "/help"), written("x")}, []string{"[1]", "[2]", "x"}},
		"its first has a command of another kind": {[]any{piece("1", "a", "/help"), piece("2", "a", ""), written("x")},
			[]string{"[1]", "[2]", "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.patient()
			d.respond = func(context.Context, bot.Event) (reply, error) { return reply{}, nil }
			d.receive(tt.updates...)
			d.run()
			d.settled()
			if diff := cmp.Diff(tt.want, d.handledFiles()); diff != "" {
				t.Errorf("events -want +got:\n%s", diff)
			}
		})
	}
}

// After a stop, wherever it came, the pieces are one album again, and when its reply
// is out all are done.
func TestAlbumIsLeft(t *testing.T) {
	d := newDesk(t)
	d.patient()
	begun, stalled := make(chan struct{}), false
	d.receive(piece("1", "a", ""), piece("2", "a", ""), piece("3", "a", ""), written("x"))
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		if !stalled {
			stalled = true
			close(begun)
			<-ctx.Done()
			return reply{}, ctx.Err()
		}
		return says(fmt.Sprint(filesOf(e))), nil
	}
	d.config.Drain = time.Millisecond
	p := met(d, 7)
	stop := d.run()
	<-begun
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	for id := range int64(3) {
		if _, err := d.journal.Update(t.Context(), id+1); err != nil {
			t.Fatalf("a piece is done: %v", err)
		}
	}
	d.config.Drain = 0
	d.run()
	d.settled()
	if diff := cmp.Diff([]string{"re [1 2 3]", "re []"}, texts(p.Received())); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
}

// A stop does not wait for the rest of an album.
func TestAlbumIsStoppedWhileItComes(t *testing.T) {
	d := newDesk(t)
	waiting := make(chan struct{})
	d.config.pause = func(ctx context.Context, wait time.Duration) error {
		if wait != albumCalm {
			return d.pause(ctx, wait)
		}
		close(waiting)
		<-ctx.Done()
		return ctx.Err()
	}
	d.receive(piece("1", "a", ""))
	stop := d.run()
	<-waiting
	if err := stop(); err != nil || len(d.handled()) > 0 {
		t.Errorf("Run = %v, %d events", err, len(d.handled()))
	}
	if _, err := d.journal.Update(t.Context(), 1); err != nil {
		t.Errorf("the piece is done: %v", err)
	}
}

// A file that stops the program each time is given up, and not those that come with
// it.
func TestAlbumIsGivenUp(t *testing.T) {
	d := newDesk(t)
	d.patient()
	d.receive(piece("1", "a", ""), piece("2", "a", ""), piece("3", "a", ""), written("x"))
	for range maxTries {
		if _, err := d.journal.Retry(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	met(d, 7)
	d.run()
	d.settled()
	if diff := cmp.Diff([]string{"[2 3]", "x"}, d.handledFiles()); diff != "" {
		t.Errorf("events -want +got:\n%s", diff)
	}
}

// Files keep nobody else waiting, and have more time than other messages.
func TestUploadsHaveTheirOwnSlots(t *testing.T) {
	d := newDesk(t)
	d.config.Handlers = 1
	begun, over := make(chan struct{}), make(chan struct{})
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		if e.File == nil && (e.Replied == nil || e.Replied.File == nil) {
			return says(e.Text), nil
		}
		if end, ok := ctx.Deadline(); !ok || time.Until(end) < bot.UploadTime {
			return reply{}, errors.New("too little time")
		}
		close(begun)
		<-over
		return says("file"), nil
	}
	d.run()
	admin, reader := d.server.Person(7, "en"), d.server.Person(8, "en")
	admin.SendDocument(telegramtest.Document{Data: []byte("1")})
	<-begun
	reader.Send(secret)
	reader.Wait(1)
	close(over)
	if diff := cmp.Diff([]string{"re file"}, texts(admin.Wait(1))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	begun = make(chan struct{})
	admin.Reply(admin.Messages()[0].ID, "/add")
	admin.Wait(2)
	d.settled()
}

// An album is no crowd.
func TestAlbumIsNoCrowd(t *testing.T) {
	b := &box{}
	for range 2 * manyWaiting {
		if c := b.put(ticket{upload: true}, maxQueue); c != taken {
			t.Fatalf("put = %v", c)
		}
	}
	if c := b.put(ticket{}, maxQueue); c != manyBefore {
		t.Errorf("a message behind it: %v", c)
	}
}
