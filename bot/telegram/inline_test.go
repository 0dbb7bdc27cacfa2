package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/bot/telegramtest"
)

// offered is a desk whose bot can be asked in any chat: it offers an echo.
func offered(t testing.TB) *desk {
	d := newDesk(t)
	d.server.OfferInline(true)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if !e.Inline {
			return says(e.Text), nil
		}
		return reply{inline: offering(e.Text)}, nil
	}
	return d
}

func offering(s string) *offer {
	r := renderer{username: "OurName"}
	o := r.offer(&bot.Inline{For: time.Minute, Hint: bot.Link{Label: "ask", Start: "inline"}})
	o.results = []choice{{
		"1", "title", "outlet", message{html: "<b>" + escape("re "+s) + "</b>", markup: r.keyboard(nil, []bot.Link{{Label: "read", Start: "a_x"}})},
	}}
	return o
}

func TestInline(t *testing.T) {
	d := offered(t)
	on := make(chan bool, 1)
	d.config.Inline = func(is bool) { on <- is }
	d.run()
	p := d.server.Person(7, "ar")
	q := d.server.WaitInline(p.Inline(secret + " <&>").ID)
	if !<-on {
		t.Error("the bot does not know that inline mode is on")
	}
	if len(q.Results) != 1 || !q.Personal || q.Cache != time.Minute || q.Button != (telegramtest.InlineButton{Text: "ask", Start: "inline"}) {
		t.Fatalf("offered %+v", q)
	}
	r := q.Results[0]
	if r.Text != "re "+secret+" <&>" || !r.NoPreview || r.Buttons[0][0].URL != "https://t.me/OurName?start=a_x" {
		t.Errorf("the result %+v", r)
	}
	want := bot.Event{
		ID: q.Update, Chat: 7, Person: bot.Person{ID: 7, LanguageCode: "ar", Name: "Person"}, Inline: true, Text: secret + " <&>",
	}
	if diff := cmp.Diff([]bot.Event{want}, d.handled()); diff != "" {
		t.Errorf("event -want +got:\n%s", diff)
	}
	d.settled()
	if d.calls("sendChatAction")+d.calls("sendMessage") > 0 {
		t.Error("something was shown in a chat")
	}
}

func TestInlineOff(t *testing.T) {
	d := newDesk(t)
	on := make(chan bool, 1)
	d.config.Inline = func(is bool) { on <- is }
	d.run()
	if <-on {
		t.Error("the bot takes inline mode for switched on")
	}
}

// Of what somebody types only the last is asked: the pause ends when there is more. The others are done without an answer.
func TestInlineDebounce(t *testing.T) {
	d := offered(t)
	calm := make(chan struct{})
	d.config.pause = func(ctx context.Context, wait time.Duration) error {
		if wait != inlineCalm {
			return pause(ctx, time.Millisecond)
		}
		select {
		case <-calm:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	d.run()
	p := d.server.Person(7, "en")
	var last telegramtest.InlineQuery
	for i := range 10 {
		last = p.Inline(strings.Repeat("x", i+1))
		if i%3 == 0 {
			d.server.WaitConfirmed(last.Update) // some of them come by themselves
		}
	}
	d.server.WaitConfirmed(last.Update)
	d.until("the last one alone is left", func() bool {
		n, err := d.journal.Backlog(t.Context())
		return err == nil && n == 1
	})
	close(calm)
	if q := d.server.WaitInline(last.ID); len(q.Results) != 1 {
		t.Errorf("the last one is answered with %+v", q)
	}
	d.settled()
	if e := d.handled(); len(e) != 1 || e[0].Text != strings.Repeat("x", 10) {
		t.Errorf("asked: %+v", e)
	}
	if n := d.calls(inlineMethod); n != 1 {
		t.Errorf("%d answers", n)
	}
}

// What follows while the one before is being answered waits; only the last of it is asked. The places of those who write are
// free all the time, and nobody is told to wait.
func TestInlineFlood(t *testing.T) {
	d := offered(t)
	d.config.Handlers = 1
	begun, free := make(chan struct{}, 1000), make(chan struct{})
	echo := d.respond
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		if e.Inline {
			begun <- struct{}{}
			<-free
		}
		return echo(ctx, e)
	}
	d.aside = func(bot.Event, bot.Aside) reply { return says("wait") }
	d.run()
	var busy []*telegramtest.Person
	for i := range int64(inlineHandlers) {
		busy = append(busy, d.server.Person(10+i, "en"))
		busy[i].Inline("first")
		<-begun
	}
	var last telegramtest.InlineQuery
	for i := range 1000 {
		last = busy[0].Inline(fmt.Sprint("typed ", i))
	}
	busy[0].Send("hello")
	if m := busy[0].Wait(1); m[0].Text != "re hello" {
		t.Errorf("the message is answered %+v", m)
	}
	d.server.WaitConfirmed(last.Update)
	d.until("three are unfinished", func() bool {
		n, err := d.journal.Backlog(t.Context())
		return err == nil && n == inlineHandlers+1
	})
	close(free)
	d.server.WaitInline(last.ID)
	d.settled()
	if n := len(d.handled()); n != inlineHandlers+2 {
		t.Errorf("%d events, want the first ones, the last and the message", n)
	}
	if n := len(busy[0].Received()); n != 1 {
		t.Errorf("%d messages, want the answer alone", n)
	}
}

// Nothing of what was typed before a stop, or long ago, is asked; it is done.
func TestInlineOld(t *testing.T) {
	d := offered(t)
	d.receive(map[string]any{"inline_query": map[string]any{
		"id": "5", "from": map[string]any{"id": 7, "is_bot": false, "first_name": "x"}, "query": secret, "offset": "",
	}}, written("message"))
	p := met(d, 7)
	d.run()
	p.Wait(1)
	d.settled()
	if e := d.handled(); len(e) != 1 || e[0].Inline {
		t.Errorf("handled %+v", e)
	}
}

func TestInlineLate(t *testing.T) {
	d := offered(t)
	var late atomic.Int64
	d.config.Now = func() time.Time { return time.Now().Add(time.Duration(late.Load())) }
	d.config.pause = func(ctx context.Context, wait time.Duration) error {
		if wait == inlineCalm {
			late.Store(int64(inlineAge + time.Second))
		}
		return pause(ctx, time.Millisecond)
	}
	d.run()
	d.done(d.server.Person(7, "en").Inline(secret).Update)
	if len(d.handled()) > 0 || d.calls(inlineMethod) > 0 {
		t.Error("what is too old was answered")
	}
}

// What Telegram no longer waits for is no matter, and nothing is said of it.
func TestInlineExpired(t *testing.T) {
	d := offered(t)
	d.fail(inlineMethod, 1, telegramtest.Failure{
		Code: 400, Description: "Bad Request: query is too old and response timeout expired or query ID is invalid",
	})
	d.run()
	d.done(d.server.Person(7, "en").Inline(secret).Update)
	if n := d.calls(inlineMethod); n != 1 || d.log.has(`"level":"ERROR"`) || d.log.has(`"level":"WARN"`) {
		t.Errorf("%d calls; log:\n%s", n, d.log.text())
	}
}

// A flood is waited for, and markup that is refused goes without.
func TestInlineAnswerAgain(t *testing.T) {
	for name, f := range map[string]telegramtest.Failure{
		"flood":  {Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1},
		"markup": {Code: 400, Description: "Bad Request: can't parse entities: Unsupported start tag"},
		"fault":  {Code: 502, Description: "Bad Gateway"},
	} {
		t.Run(name, func(t *testing.T) {
			d := offered(t)
			d.fail(inlineMethod, 1, f)
			d.run()
			q := d.server.WaitInline(d.server.Person(7, "en").Inline(secret).ID)
			if len(q.Results) != 1 || q.Results[0].Text != "re "+secret || (q.Results[0].HTML == "") != (name == "markup") {
				t.Errorf("offered %+v", q)
			}
			d.settled()
		})
	}
}

// A handler that fails, hangs or breaks down makes no message: what it says instead is offered, or nothing is.
func TestInlineHandlerFails(t *testing.T) {
	for name, respond := range map[string]func(context.Context, bot.Event) (reply, error){
		"error":   func(context.Context, bot.Event) (reply, error) { return reply{}, errors.New(secret) },
		"panic":   func(context.Context, bot.Event) (reply, error) { panic(secret) },
		"hang":    func(ctx context.Context, _ bot.Event) (reply, error) { <-ctx.Done(); return reply{}, ctx.Err() },
		"message": func(context.Context, bot.Event) (reply, error) { return says(secret), nil },
	} {
		t.Run(name, func(t *testing.T) {
			d := offered(t)
			d.config.handleTime = 20 * time.Millisecond
			d.respond = respond
			d.run()
			if q := d.server.WaitInline(d.server.Person(7, "en").Inline("x").ID); len(q.Results) != 0 || q.Cache != time.Second {
				t.Errorf("offered %+v", q)
			}
			d.settled()
			if d.calls("sendMessage") > 0 {
				t.Error("a message was sent")
			}
		})
	}
}

// A stop in the middle leaves nothing that the next start does not end.
func TestInlineStop(t *testing.T) {
	d := offered(t)
	begun := make(chan struct{})
	d.config.Drain = time.Millisecond
	d.respond = func(ctx context.Context, _ bot.Event) (reply, error) {
		close(begun)
		<-ctx.Done()
		return reply{}, ctx.Err()
	}
	stop := d.run()
	p := d.server.Person(7, "en")
	p.Inline("first")
	<-begun
	d.server.WaitConfirmed(p.Inline("second").Update)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n, err := d.journal.Backlog(t.Context()); err != nil || n != 2 {
		t.Errorf("%d are left, %v", n, err)
	}
	d.run()
	d.settled()
	if n := len(d.handled()); n != 1 {
		t.Errorf("%d events", n)
	}
}

// A message between inline queries of the same person is no one of them.
func TestPutLast(t *testing.T) {
	m, step := held(t)
	for id := range int64(4) {
		instead, err := m.putLast(t.Context(), ticket{id: id + 1, inline: true})
		if want := min(int(id), 1); err != nil || len(instead) != want || want == 1 && instead[0].id != id {
			t.Errorf("put %d: in place of %v, %v", id+1, instead, err)
		}
	}
	if m.waiting() != 1 || len(m.room) != 2 {
		t.Errorf("%d wait, %d places are taken", m.waiting(), len(m.room))
	}
	step()
	step()
	m.wait()
	if m.waiting() != 0 || len(m.room) != 0 {
		t.Errorf("%d wait, %d places are taken", m.waiting(), len(m.room))
	}
}

func TestDecodeInline(t *testing.T) {
	from := `"from":{"id":7,"is_bot":false,"first_name":"x"}`
	for raw, want := range map[string]string{
		`{"id":"1","query":"a",` + from + `}`:                                 "a",
		`{"id":"1",` + from + `}`:                                             "",
		`{"id":"1","query":7,` + from + `}`:                                   "",
		`{"id":"1","query":"` + strings.Repeat("ق", 4000) + `",` + from + `}`: strings.Repeat("ق", maxInlineQuery),
	} {
		in, err := decodeUpdate(9, []byte(`{"update_id":9,"inline_query":`+raw+`}`), identity{})
		if err != nil || in.action != handle || in.event.Text != want || in.place != (place{7, inlineThread}) || !in.mute || !in.ticket().inline {
			t.Errorf("%.80s: %+v, %v", raw, in, err)
		}
	}
	for raw, undecodable := range map[string]bool{
		`{"query":"a",` + from + `}`:                           true,
		`{"id":"1","query":"a"}`:                               false,
		`{"id":"1","query":"a","from":{"id":7,"is_bot":true}}`: false,
		`null`: false,
		`7`:    true,
	} {
		in, err := decodeUpdate(9, []byte(`{"update_id":9,"inline_query":`+raw+`}`), identity{})
		if errors.Is(err, errUndecodable) != undecodable || in.action != ignore || in.ticket().inline && err == nil {
			t.Errorf("%s: %+v, %v", raw, in, err)
		}
	}
	if _, ok := (&line{read: decodeUpdate}).find([]journal.Update{{ID: 1, Raw: []byte(`{"update_id":1,"inline_query":{"id":"1","query":"code",` + from + `}}`)}}, "code"); ok {
		t.Error("a code that is typed in some chat claims the bot")
	}
}

// Results that no message can be made of are left out, and labels are cut.
func TestRenderOffer(t *testing.T) {
	d := newDesk(t)
	handler, _ := dialogue(t, d)
	help, err := handler.Handle(t.Context(), bot.Event{ID: 1, Chat: 2, Person: bot.Person{ID: 2}, Command: "help"})
	if err != nil {
		t.Fatal(err)
	}
	fit := bot.Result{ID: "1", Title: "t", Document: help.Messages[0].Document, Links: []bot.Link{{Label: "l", Start: "s"}}}
	untitled, empty := fit, fit
	untitled.Title, empty.Document = " ", bot.Document{}
	r := renderer{handler, "OurName"}
	o := r.offer(&bot.Inline{Results: []bot.Result{fit, untitled, empty}, Hint: bot.Link{Label: strings.Repeat("x", 65), Start: "s"}})
	if len(o.results) != 1 || o.results[0].message.html == "" || o.results[0].message.markup == nil || len([]rune(o.hint.Text)) != maxHint {
		t.Errorf("offer %+v", o)
	}
	many := &bot.Inline{}
	for range mostResults + 1 {
		many.Results = append(many.Results, fit)
	}
	if o := r.offer(many); len(o.results) != mostResults || o.hint != nil {
		t.Errorf("%d results, hint %v", len(o.results), o.hint)
	}
	if r.offer(nil) != nil {
		t.Error("an offer of nothing")
	}
}

// The real dialogue, through the strict server: what is offered can be sent into a chat of others, and leads to the article.
func TestInlineDialogue(t *testing.T) {
	d := offered(t)
	handler, store := dialogue(t, d)
	id := stored(t, store, "They ended.")
	handler.Asker, d.config.Handler = brief(id), handler
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, d.config) }()
	p := d.server.Person(2, "en")
	q := d.server.WaitInline(p.Inline("how did it end?").ID)
	if len(q.Results) != 1 || q.Cache != time.Minute || q.Results[0].Title != "They ended." {
		t.Fatalf("offered %+v", q)
	}
	if m := p.Choose(q, 0, -5); !strings.Contains(m.HTML, "?start=a_"+id) || !strings.HasPrefix(m.Text, "They ended.") {
		t.Errorf("sent: %+v", m)
	}
	if q := d.server.WaitInline(p.Inline("?").ID); len(q.Results) != 0 || q.Button.Start == "" || q.Cache != time.Second {
		t.Errorf("offered for nothing: %+v", q)
	}
	d.settled()
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if d.log.has(`"level":"ERROR"`) || d.log.has(`"level":"WARN"`) || d.calls("sendMessage") > 0 {
		t.Errorf("complaints or messages:\n%s", d.log.text())
	}
}
