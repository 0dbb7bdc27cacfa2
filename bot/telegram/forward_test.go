package telegram

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"newsbot/bot/telegramtest"
	"newsbot/corpus"
)

// operate runs the real dialogue, over a store of its own, until the test ends.
func operate(t *testing.T, d *desk) (admin *telegramtest.Person, store *corpus.Store) {
	t.Helper()
	handler, store := dialogue(t, d)
	d.config.Handler = handler
	return d.begin(), store
}

// begin runs what the configuration has, and returns the administrator.
func (d *desk) begin() *telegramtest.Person {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := Run(ctx, d.config); err != nil {
			d.t.Errorf("Run = %v", err)
		}
	})
	d.t.Cleanup(func() {
		cancel()
		running.Wait()
		if d.log.has(`"level":"ERROR"`) || d.log.has(`"level":"WARN"`) {
			d.t.Errorf("complaints:\n%s", d.log.text())
		}
	})
	return d.server.Person(1, "en")
}

// all returns the articles of a store, by their addresses.
func all(t *testing.T, s *corpus.Store) map[string]corpus.Article {
	t.Helper()
	list, err := s.List(t.Context(), corpus.ListOptions{})
	articles := map[string]corpus.Article{}
	for _, summary := range list {
		a, found := s.Article(t.Context(), summary.ID)
		if err == nil {
			err = found
		}
		articles[a.URL] = a
	}
	if err != nil {
		t.Fatal(err)
	}
	return articles
}

// A post that an administrator forwards becomes an article with its links, until that is undone.
func TestRunForwarded(t *testing.T) {
	d := newDesk(t)
	admin, store := operate(t, d)
	const text = "🗞🗞 Talks ended on Friday, " + secret + " said. Read more"
	fields := map[string]any{"text": text, "entities": []any{
		map[string]any{"type": "bold", "offset": 0, "length": 4},
		over("text_link", text, "Read more", "https://desk.example/1"),
	}}
	admin.Forward(telegramtest.FromChannel(-1001234567890, "the_desk", "The Desk", 12, published), fields)
	card := admin.Wait(1)[0]
	if !strings.HasPrefix(card.Text, "Added:") {
		t.Errorf("the card says %q", card.Text)
	}
	a := all(t, store)["https://t.me/the_desk/12"]
	if a.Body != text+"\n\nRead more: https://desk.example/1" || a.Source != "The Desk" || !a.Published.Time.Equal(published) {
		t.Errorf("the article is %+v", a)
	}
	admin.Press(card, card.Buttons[0][0].Data)
	admin.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 1 })
	if n := len(all(t, store)); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}

	admin.Forward(telegramtest.FromChannel(-1005, "", "Closed "+secret, 3, published), map[string]any{
		"caption": "The delegations meet again in a week.", "photo": []any{},
	})
	admin.Wait(2)
	if a := all(t, store)["https://t.me/c/5/3"]; a.Body != "The delegations meet again in a week." {
		t.Errorf("of a private channel there are %v", all(t, store))
	}
	d.settled()
}

// Albums come as messages of their own, of which one has the words.
func TestRunForwardedAlbum(t *testing.T) {
	d := newDesk(t)
	admin, store := operate(t, d)
	last := int64(0)
	for n := range 4 {
		fields := map[string]any{"photo": []any{}, "media_group_id": "album"}
		if n == 0 {
			fields["caption"] = "Talks ended on Friday, " + secret + " said."
		}
		last = admin.Forward(telegramtest.FromChannel(-1001234567890, "the_desk", "The Desk", 12+n, published), fields)
	}
	d.done(last)
	if m := admin.Received(); len(m) != 1 || !strings.HasPrefix(m[0].Text, "Added:") {
		t.Errorf("four pictures are answered with %q", texts(m))
	}
	if n := len(all(t, store)); n != 1 {
		t.Errorf("there are %d articles, want one", n)
	}
}

// Words that nobody has published wait for a button, which finds them in the message that it stands below.
func TestRunForwardedFromHidden(t *testing.T) {
	d := newDesk(t)
	admin, store := operate(t, d)
	const text = "Talks ended on Friday, " + secret + " said."
	admin.Forward(telegramtest.FromHidden("A "+secret, published), map[string]any{"text": text})
	offer := admin.Wait(1)[0]
	if offer.ReplyTo == 0 || len(offer.Buttons) != 1 || len(all(t, store)) != 0 {
		t.Fatalf("the offer is %+v, and there are %d articles", offer, len(all(t, store)))
	}
	press := admin.Press(offer, offer.Buttons[0][0].Data)
	admin.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 1 })
	d.server.WaitAnswer(press.ID)
	if a := all(t, store)[""]; a.Body != text || !a.Published.Time.Equal(published) || a.Source != "" {
		t.Errorf("the article is %+v", a)
	}
	d.settled()
}

// A forward whose article was added before a crash is told of as it would have been, and is there once.
func TestResumeForwarded(t *testing.T) {
	d := newDesk(t)
	handler, store := dialogue(t, d)
	d.config.Handler = handler
	update := private(fromChannel(map[string]any{
		"chat": map[string]any{"id": 1, "type": "private"}, "from": map[string]any{"id": 1, "language_code": "en"},
		"text": "Talks ended on Friday, " + secret + " said.",
	}, nil))
	raw, err := json.Marshal(update)
	if err != nil {
		t.Fatal(err)
	}
	in, err := decodeUpdate(1, raw, testBot)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := handler.Handle(t.Context(), in.event); err != nil {
		t.Fatal(err)
	}
	d.receive(update)
	met(d, 1)
	if card := d.begin().Wait(1)[0]; !strings.HasPrefix(card.Text, "Added:") || len(card.Buttons) == 0 {
		t.Errorf("the card says %q", card.Text)
	}
	if n := len(all(t, store)); n != 1 {
		t.Errorf("there are %d articles, want one", n)
	}
	d.settled()
}
