package telegram

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/bot/telegramtest"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A chat that takes no messages costs those to it, not the others of the reply.
func TestSeveralChats(t *testing.T) {
	d := newDesk(t)
	d.respond = func(context.Context, bot.Event) (reply, error) {
		r := says("own 1", "blocked 1", "blocked 2", "unknown 1", "unknown 2", "other", "own 2", "blocked 3")
		for i, chat := range []int64{0, 8, 8, 9, 9, 10, 0, 8} {
			r.messages[i].chat = chat
		}
		return r, nil
	}
	d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		switch r.Params["chat_id"] {
		case int64(8):
			return &telegramtest.Failure{Code: 403, Description: "Forbidden: bot was blocked by the user"}
		case int64(9):
			return &telegramtest.Failure{Code: 400, Description: "Bad Request: chat not found"}
		}
		return nil
	})
	other := met(d, 10)
	d.run()
	p := d.server.Person(7, "en")
	d.done(p.Send(secret))
	if diff := cmp.Diff([]string{"re own 1", "re own 2"}, texts(p.Received())); diff != "" {
		t.Errorf("messages to the person -want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"re other"}, texts(other.Received())); diff != "" {
		t.Errorf("messages to another -want +got:\n%s", diff)
	}
	if n := d.calls("sendMessage"); n != 5 {
		t.Errorf("%d calls, want one for each message that arrived and for each chat that takes none", n)
	}
}

// Of a reply to several chats, what is out counts wherever it went.
func TestResumeInSeveralChats(t *testing.T) {
	d := newDesk(t)
	d.receive(written(secret))
	if err := d.journal.Sent(t.Context(), 1, 2, 0); err != nil {
		t.Fatal(err)
	}
	d.respond = func(context.Context, bot.Event) (reply, error) {
		r := says("one", "two", "three", "four")
		r.messages[0].chat, r.messages[2].chat = 8, 8
		return r, nil
	}
	p, other := met(d, 7), met(d, 8)
	d.run()
	d.settled()
	if diff := cmp.Diff([][]string{{"re four"}, {"re three"}}, [][]string{texts(p.Received()), texts(other.Received())}); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
}

// The answer that is kept remembers the first message of it in its own chat, and
// that message is the reply to the question.
func TestReplyIsRemembered(t *testing.T) {
	d := newDesk(t)
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		_, err := d.journal.KeepAnswer(ctx, journal.Answer{Update: e.ID, Chat: e.Chat})
		r := says("elsewhere", "one", "two")
		r.messages[0].chat, r.messages[1].replyTo = 8, e.Message
		return r, err
	}
	met(d, 8)
	d.run()
	p := d.server.Person(7, "en")
	id := p.Send(secret)
	d.done(id)
	all := p.Messages()
	if len(all) != 3 || all[1].ReplyTo != all[0].ID || all[2].ReplyTo != 0 {
		t.Fatalf("messages %+v, want the first to be a reply", all)
	}
	var got int
	err := sabotage(t, d.dir).db.QueryRowContext(t.Context(), "SELECT reply FROM answer WHERE id = ?", id).Scan(&got)
	if err != nil || got != all[1].ID {
		t.Errorf("the answer begins with message %d, %v; want %d", got, err, all[1].ID)
	}
}

// An edited message is an event of its own, in its turn.
func TestEdited(t *testing.T) {
	d := newDesk(t)
	d.run()
	p := d.server.Person(7, "en")
	p.Send("before " + secret)
	before := p.Wait(1)
	for _, fields := range []map[string]any{
		{"location": map[string]any{"latitude": 1.5, "longitude": 2.5, "live_period": 60}},
		{"text": "after " + secret},
	} {
		u := edited(fields)
		delete(u, "update_id")
		d.server.Update(u)
	}
	if diff := cmp.Diff([]string{"re before " + secret, "re after " + secret}, texts(p.Wait(len(before)+1))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
	e := d.handled()
	if len(e) != 2 || e[0].Edited || !e[1].Edited || e[1].Message != 5 {
		t.Errorf("events %+v, want the second to be edited", e)
	}
}

// Who blocks the bot and comes back is answered again; nothing is made of the
// updates that tell of it.
func TestMembership(t *testing.T) {
	d := newDesk(t)
	d.run()
	p := d.server.Person(7, "en")
	p.Send("one " + secret)
	p.Wait(1)
	p.Block()
	p.Unblock()
	p.Send("two " + secret)
	if diff := cmp.Diff([]string{"re one " + secret, "re two " + secret}, texts(p.Wait(2))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
	if n := len(d.handled()); n != 2 {
		t.Errorf("%d events, want the two messages", n)
	}
}

// Topics of a chat are answered each by itself, where the question was.
func TestTopics(t *testing.T) {
	d := newDesk(t)
	begun, release := make(chan struct{}), make(chan struct{})
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Thread == 4 {
			close(begun)
			<-release
		}
		return says(e.Text), nil
	}
	var mu sync.Mutex
	var threads []any
	answered := make(chan struct{}, 2)
	d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		if r.Method != "sendMessage" {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		threads = append(threads, r.Params["message_thread_id"])
		answered <- struct{}{}
		return &telegramtest.Failure{Status: 200, Body: `{"ok":true,"result":{"message_id":9,"date":1700000000,"chat":{"id":7,"type":"private"}}}`}
	})
	d.run()
	for _, thread := range []int{4, 5} {
		u := private(map[string]any{"text": secret, "message_thread_id": thread, "is_topic_message": true})
		delete(u, "update_id")
		d.server.Update(u)
	}
	<-begun
	<-answered
	close(release)
	<-answered
	d.settled()
	mu.Lock()
	defer mu.Unlock()
	if diff := cmp.Diff([]any{int64(5), int64(4)}, threads); diff != "" {
		t.Errorf("threads -want +got:\n%s", diff)
	}
}

// A press that is answered when nobody waits for it any more still does what it
// is for.
func TestPressAnsweredLate(t *testing.T) {
	d := newDesk(t)
	var mu sync.Mutex
	now := time.Now()
	d.server.Now = func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}
	begun, release := make(chan struct{}), make(chan struct{})
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Press != "" {
			close(begun)
			<-release
			return reply{edit: &message{html: "open"}, notice: "opened"}, nil
		}
		r := says(e.Text)
		r.messages[0].markup = inline("show", "s:1")
		return r, nil
	}
	d.server.AllowRefusals(true) // that the query is too old
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	press := p.Press(p.Wait(1)[0], "s:1")
	<-begun
	mu.Lock()
	now = now.Add(151 * time.Second)
	mu.Unlock()
	close(release)
	p.WaitFor(func(m []telegramtest.Message) bool { return m[0].Text == "open" })
	d.done(press.Update)
	if d.log.has(`"level":"ERROR"`) || d.calls("answerCallbackQuery") != 1 {
		t.Errorf("%d answers to the press; log:\n%s", d.calls("answerCallbackQuery"), d.log.text())
	}
}

// quoting is a [bot.Asker] that quotes the second paragraph of an article.
type quoting struct {
	store *corpus.Store
	id    string
}

func (q quoting) Ask(ctx context.Context, _ retrieval.Question) (retrieval.Answer, error) {
	a, passages, err := q.store.Full(ctx, q.id)
	if err != nil {
		return retrieval.Answer{}, err
	}
	p := passages[0]
	start := strings.Index(a.Body, "الثانية")
	quote := retrieval.Quote{Text: "الثانية", Start: start, End: start + len("الثانية")}
	return retrieval.Answer{
		Language: text.Arabic, Asked: text.Arabic, Verdict: retrieval.Answered, Articles: 1,
		Citations: []retrieval.Citation{{N: 1, ArticleID: q.id, PassageID: p.ID, Title: a.Title, Language: text.Arabic, Quote: quote}},
	}, nil
}

// A button of before a restart does what it says.
func TestPressAfterRestart(t *testing.T) {
	d := newDesk(t)
	handler, store := dialogue(t, d)
	handler.Asker = quoting{store, stored(t, store, "الفقرة الأولى.\n\nالفقرة الثانية.\n\nالفقرة الثالثة.")}
	d.config.Handler = handler
	p := d.server.Person(2, "ar")
	d.serving(func() {
		p.Send("ماذا حدث؟")
		p.Wait(1)
		d.settled()
	})
	d.serving(func() {
		before := p.Received()[0]
		d.server.WaitAnswer(p.Press(before, before.Buttons[0][0].Data).ID)
		p.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 1 && len(m[0].Text) > len(before.Text) })
		d.settled()
	})
}

// serving does something while the bot is at work with its real handler.
func (d *desk) serving(do func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := Run(ctx, d.config); err != nil {
			d.t.Errorf("Run = %v", err)
		}
	})
	defer running.Wait()
	defer cancel()
	do()
}
