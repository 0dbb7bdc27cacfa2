package telegram

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
	"newsbot/corpus"
)

// harbour is a channel as the Bot API tells of it.
var harbour = map[string]any{"id": -1001, "type": "channel", "title": "Harbour", "username": "harbour"}

// posted is an update of a kind that tells of a post with these fields besides.
func posted(kind string, fields map[string]any) map[string]any {
	m := map[string]any{"message_id": 5, "date": 1700000000, "chat": harbour, "sender_chat": harbour}
	maps.Copy(m, fields)
	return map[string]any{"update_id": 1, kind: m}
}

// standing is the update that tells what the bot is in a channel now.
func standing(before, now string) map[string]any {
	return map[string]any{"update_id": 1, "my_chat_member": map[string]any{
		"chat": harbour, "from": map[string]any{"id": 7, "language_code": "ar", "first_name": "Mona"}, "date": 1700000000,
		"old_chat_member": map[string]any{"status": before}, "new_chat_member": map[string]any{"status": now},
	}}
}

func TestDecodeChannel(t *testing.T) {
	at, by := time.Unix(1700000000, 0).UTC(), bot.Person{ID: 7, LanguageCode: "ar", Name: "Mona"}
	where := bot.Channel{ID: -1001, Name: "harbour", Title: "Harbour"}
	other := map[string]any{"id": -1002, "type": "channel", "title": "Other"}
	post := func(p bot.Post) *bot.Post {
		p.Channel, p.Message, p.Date = where, 5, at
		return &p
	}
	tests := []struct {
		name   string
		update map[string]any
		want   bot.Event
	}{
		{"post", posted("channel_post", map[string]any{"text": "/help me", "author_signature": "Mona"}),
			bot.Event{Message: 5, Published: true, Post: post(bot.Post{Text: "/help me", Author: "Mona"})}},
		{"reply", posted("channel_post", map[string]any{"text": "more", "reply_to_message": map[string]any{"message_id": 4}}),
			bot.Event{Message: 5, Published: true, Post: post(bot.Post{Text: "more", Reply: 4})}},
		{"file", posted("channel_post", map[string]any{"document": map[string]any{"file_id": "F", "file_name": "a.pdf", "file_size": 9}}),
			bot.Event{Message: 5, Published: true, File: &bot.File{ID: "F", Name: "a.pdf", Size: 9}, Post: post(bot.Post{})}},
		{"album", posted("channel_post", map[string]any{"photo": []any{1}, "caption": "news", "media_group_id": "9"}),
			bot.Event{Message: 5, Published: true, Post: post(bot.Post{Text: "news", Album: "9"})}},
		{"edited", posted("edited_channel_post", map[string]any{"text": "news", "edit_date": 1700000060}),
			bot.Event{Message: 5, Published: true, Edited: true, Post: post(bot.Post{Text: "news", Edited: at.Add(time.Minute)})}},
		{"title", posted("channel_post", map[string]any{"new_chat_title": "Harbour"}), bot.Event{Message: 5, Published: true}},
		{"shared", posted("channel_post", map[string]any{"text": "news", "forward_origin": map[string]any{"type": "channel", "chat": other, "message_id": 3, "date": 1600000000}}),
			bot.Event{Message: 5, Published: true, Post: &bot.Post{
				Channel: bot.Channel{ID: -1002, Title: "Other"}, Message: 3, Date: time.Unix(1600000000, 0).UTC(), Text: "news",
			}}},
		{"shared by a person", posted("channel_post", map[string]any{"text": "news", "forward_origin": map[string]any{"type": "hidden_user", "date": 1600000000}}),
			bot.Event{Message: 5, Published: true, Post: post(bot.Post{Text: "news"})}},
		{"promoted", standing("left", "administrator"), bot.Event{Person: by, Standing: bot.StandingAdmin}},
		{"promoted a member", standing("member", "administrator"), bot.Event{Person: by, Standing: bot.StandingAdmin}},
		{"other rights", standing("administrator", "administrator"), bot.Event{Person: by}},
		{"demoted", standing("administrator", "member"), bot.Event{Person: by, Standing: bot.StandingMember}},
		{"left", standing("administrator", "left"), bot.Event{Person: by, Standing: bot.StandingMember}},
		{"kicked", standing("administrator", "kicked"), bot.Event{Person: by, Standing: bot.StandingMember}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.ID, tt.want.Chat, tt.want.Channel = 1, -1001, &where
			in, err := decoded(t, tt.update)
			if diff := cmp.Diff(tt.want, in.event); diff != "" || err != nil || in.action != handle || in.place != (place{chat: -1001}) {
				t.Errorf("action %d, place %v, error %v, event -want +got:\n%s", in.action, in.place, err, diff)
			}
			if !in.ticket().silent || in.mostWaiting() != unbounded {
				t.Errorf("ticket %+v, of which %d may wait", in.ticket(), in.mostWaiting())
			}
		})
	}
	own := map[string]any{"type": "user", "date": 1, "sender_user": map[string]any{"id": testBot.id}}
	for name, update := range map[string]map[string]any{
		"what the bot has said":        posted("channel_post", map[string]any{"text": "news", "forward_origin": own}),
		"a standing from the future":   standing("left", "emperor"),
		"a group":                      posted("channel_post", map[string]any{"chat": map[string]any{"id": -1, "type": "supergroup"}}),
		"no chat":                      posted("edited_channel_post", map[string]any{"chat": nil}),
		"a channel without a number":   posted("channel_post", map[string]any{"chat": map[string]any{"type": "channel"}}),
		"nothing":                      {"channel_post": 5},
		"a standing in no channel":     {"my_chat_member": map[string]any{"chat": map[string]any{"type": "channel"}}},
		"a title without a channel id": {"channel_post": map[string]any{"new_chat_title": "x"}},
	} {
		if in, _ := decoded(t, update); in.action != ignore {
			t.Errorf("%s: action %d", name, in.action)
		}
	}
}

// A newsroom is a bot with its real dialogue over a collection, whose admin 1 has written.
type newsroom struct {
	*desk
	store *corpus.Store
	admin *telegramtest.Person
	stop  func()
}

// newNewsroom begins to serve; change configures the dialogue before.
func newNewsroom(t *testing.T, change func(*bot.Dialogue)) *newsroom {
	t.Helper()
	d := newDesk(t)
	handler, store := dialogue(t, d)
	handler.Channels, handler.Admins = store, func() []int64 { return []int64{1} }
	if change != nil {
		change(handler)
	}
	d.config.Handler = handler
	n := &newsroom{desk: d, store: store, admin: d.server.Person(1, "en")}
	n.serve()
	n.admin.Send("/id")
	n.admin.Wait(1)
	return n
}

// serve serves until n.stop is called.
func (n *newsroom) serve() {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := Run(ctx, n.config); err != nil {
			n.t.Errorf("Run = %v", err)
		}
	})
	n.stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
	})
	n.t.Cleanup(n.stop)
}

// articles are the addresses of the articles with their texts.
func (n *newsroom) articles() map[string]string {
	n.t.Helper()
	all := map[string]string{}
	list, err := n.store.List(context.Background(), corpus.ListOptions{})
	if err != nil {
		n.t.Fatal(err)
	}
	for _, s := range list {
		a, err := n.store.Article(context.Background(), s.ID)
		if err != nil {
			n.t.Fatal(err)
		}
		all[a.URL] = a.Body
	}
	return all
}

// covered is a channel whose posts are articles: the admin has said so.
func (n *newsroom) covered() *telegramtest.Channel {
	n.t.Helper()
	c := n.server.Channel(-1_001_000_000_001, "harbour_news", "Harbour News")
	before := len(n.admin.Received())
	c.Promote(n.admin)
	question := n.admin.Wait(before + 1)[before]
	n.admin.Press(question, question.Buttons[0][0].Data)
	n.admin.WaitFor(func(m []telegramtest.Message) bool { return m[before].Edits == 1 })
	return c
}

// From the question to the articles: posts, albums, edits, what is shared, other names, the end. Nothing is ever sent to a
// channel, which the server makes sure of.
func TestChannel(t *testing.T) {
	n := newNewsroom(t, nil)
	c := n.server.Channel(-1_001_000_000_001, "harbour_news", "Harbour News")
	c.Post("What nobody tells the bot of.")
	c.Promote(n.admin)
	question := n.admin.Wait(2)[1]
	if !strings.Contains(question.Text, "@harbour_news") || len(question.Buttons) != 1 {
		t.Fatalf("the question is %+v", question)
	}
	n.done(c.EditPost(c.Post("What comes before the answer is not taken."), "What comes before the answer is never taken."))
	n.admin.Press(question, question.Buttons[0][0].Data)
	n.admin.WaitFor(func(m []telegramtest.Message) bool { return m[1].Edits == 1 })
	other := n.server.Channel(-1_001_000_000_002, "", "Other")
	far := other.Post("The lighthouse has been painted red and white again.")
	c.Later(time.Minute)
	first := c.Post("The new bridge was opened on Tuesday " + secret)
	c.Later(time.Minute)
	second := c.Album("", "The ferry sails again from Monday on.", "It costs two crowns.")
	c.EditPost(first, "The new bridge was opened on Wednesday "+secret)
	c.Share(other, far)
	c.Rename("harbour_daily", "Harbour Daily")
	c.PostMessage(map[string]any{"sticker": map[string]any{
		"file_id": "x", "file_unique_id": "x", "type": "regular", "width": 1, "height": 1, "is_animated": false, "is_video": false,
	}})
	n.done(c.EditPost(second+2, "It costs three crowns."))
	want := map[string]string{
		fmt.Sprintf("https://t.me/harbour_daily/%d", first):  "The new bridge was opened on Wednesday " + secret,
		fmt.Sprintf("https://t.me/harbour_daily/%d", second): "The ferry sails again from Monday on.\n\nIt costs three crowns.",
		fmt.Sprintf("https://t.me/c/1000000002/%d", far):     "The lighthouse has been painted red and white again.",
	}
	if diff := cmp.Diff(want, n.articles()); diff != "" {
		t.Errorf("articles -want +got:\n%s", diff)
	}
	n.admin.Send("/feeds")
	if list := n.admin.Wait(3)[2]; !strings.Contains(list.Text, "@harbour_daily, Harbour Daily") {
		t.Errorf("the list is %q", list.Text)
	}
	c.Rename("", "Harbour Daily")
	c.Later(time.Minute)
	last := c.Post("The harbour is closed to ships at night.")
	n.done(c.Kick(n.admin))
	if got := n.articles(); got[fmt.Sprintf("https://t.me/c/1000000001/%d", last)] == "" || len(got) != 4 {
		t.Errorf("articles %v", got)
	}
	c.Post("What nobody tells the bot of, any more.")
	n.admin.Send("/feeds")
	if list := n.admin.Wait(4)[3]; !strings.Contains(list.Text, "not its administrator any more") {
		t.Errorf("the list is %q", list.Text)
	}
	if n.log.has(`"level":"ERROR"`) || n.log.has(`"level":"WARN"`) {
		t.Errorf("complaints:\n%s", n.log.text())
	}
}

// A burst of posts longer than any queue is taken in whole, and in order.
func TestChannelBurst(t *testing.T) {
	n := newNewsroom(t, nil)
	c := n.covered()
	last := 0
	for i := range maxQueue + 50 {
		last = c.Post(fmt.Sprintf("This is number %d of many posts, each of them about something else: %d.", i, i*i))
		c.Later(time.Minute)
	}
	n.done(c.EditPost(last, "This was the last of many posts."))
	got := n.articles()
	if len(got) != maxQueue+50 || got[fmt.Sprintf("https://t.me/harbour_news/%d", last)] != "This was the last of many posts." {
		t.Errorf("%d articles, want %d", len(got), maxQueue+50)
	}
}

// A flaky store is [bot.Channels] that fail to take in a post, at first.
type flaky struct {
	*corpus.Store
	mu   sync.Mutex
	left int   // failures
	err  error // nil panics
}

func (f *flaky) AddPost(ctx context.Context, p corpus.Post, o corpus.AddOptions) (corpus.Outcome, error) {
	f.mu.Lock()
	failing := f.left > 0
	f.left--
	f.mu.Unlock()
	if !failing {
		return f.Store.AddPost(ctx, p, o)
	}
	if f.err == nil {
		panic(secret)
	}
	return corpus.Outcome{}, f.err
}

// A post is tried again until it is taken in, or given up when it never will be; a full disk is waited for.
func TestChannelPersists(t *testing.T) {
	for name, tt := range map[string]struct {
		failures int
		err      error
		articles int
	}{
		"error":        {maxPersisting - 1, errors.New("busy"), 2},
		"panic":        {1, nil, 2},
		"for good":     {maxPersisting, errors.New("broken"), 1},
		"a full disk":  {3 * maxPersisting, fmt.Errorf("add: %w", corpus.ErrFull), 2},
		"panics again": {maxPersisting, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			f := &flaky{left: tt.failures, err: tt.err}
			n := newNewsroom(t, func(d *bot.Dialogue) { f.Store = d.Channels.(*corpus.Store); d.Channels = f })
			c := n.covered()
			c.Post("The new bridge was opened on Tuesday.")
			c.Later(time.Hour)
			second := c.Post("The ferry sails again from Monday on.")
			n.done(c.EditPost(second, "The ferry sails again from Sunday on."))
			if got := n.articles(); len(got) != tt.articles {
				t.Errorf("articles %v, want %d", got, tt.articles)
			}
			if gone := n.log.has("an update of a channel is given up"); gone != (tt.articles == 1) {
				t.Errorf("given up: %v; log:\n%s", gone, n.log.text())
			}
		})
	}
}

// A dying store is [bot.Channels] of a program that is killed just when a post is on the disk.
type dying struct {
	*corpus.Store
	die func()
}

func (d dying) AddPost(ctx context.Context, p corpus.Post, o corpus.AddOptions) (corpus.Outcome, error) {
	if _, err := d.Store.AddPost(ctx, p, o); err != nil {
		return corpus.Outcome{}, err
	}
	d.die()
	return corpus.Outcome{}, context.Canceled
}

// After a kill every post is there once, and as it was changed last.
func TestChannelRestart(t *testing.T) {
	d := newDesk(t)
	d.receive(
		posted("channel_post", map[string]any{"text": "The new bridge was opened on Tuesday."}),
		posted("edited_channel_post", map[string]any{"text": "The new bridge was opened on Wednesday."}),
		posted("channel_post", map[string]any{"message_id": 6, "date": 1700000300, "text": "The ferry sails again from Monday on."}),
	)
	handler, store := dialogue(t, d)
	covered := corpus.Channel{ID: -1001, Name: "harbour", Title: "Harbour", State: corpus.ChannelCovered}
	if _, err := store.NoteChannel(t.Context(), covered); err != nil {
		t.Fatal(err)
	}
	d.config.Handler, d.config.Drain = handler, time.Second
	for range 2 {
		ctx, kill := context.WithCancel(t.Context())
		handler.Channels = dying{store, kill}
		if err := Run(ctx, d.config); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := d.journal.Backlog(t.Context()); err != nil || left != 3 {
		t.Fatalf("%d updates are left, %v; want all", left, err)
	}
	n := &newsroom{desk: d, store: store, admin: d.server.Person(1, "en")}
	// However long the disk is full then, what is left from before is not given up.
	handler.Channels = &flaky{Store: store, left: 3 * maxTries, err: corpus.ErrFull}
	n.serve()
	d.settled()
	n.stop()
	want := map[string]string{
		"https://t.me/harbour/5": "The new bridge was opened on Wednesday.", "https://t.me/harbour/6": "The ferry sails again from Monday on.",
	}
	if diff := cmp.Diff(want, n.articles()); diff != "" {
		t.Errorf("articles -want +got:\n%s", diff)
	}
}
