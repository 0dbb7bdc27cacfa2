package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

func TestConversation(t *testing.T) {
	d := newDesk(t)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Press != "" {
			return reply{edit: &message{html: "<b>open</b> " + secret, markup: inline("hide", "h:1")}, notice: "opened"}, nil
		}
		r := says("one "+secret, "two "+secret)
		r.messages[1].markup = inline("show", "s:1")
		return r, nil
	}
	started := ""
	d.config.Started = func(username string) { started = username }
	stop := d.run()
	p := d.server.Person(7, "ar")
	id := p.Send("/start@" + d.server.Username() + " a_1 " + secret)
	got := p.Wait(2)
	if diff := cmp.Diff([]string{"re one " + secret, "re two " + secret}, texts(got)); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	if !got[1].NoPreview || len(got[0].Buttons) != 0 || len(got[1].Buttons) != 1 {
		t.Errorf("preview or buttons are wrong: %+v", got)
	}
	press := p.Press(got[1], "s:1")
	if answered := d.server.WaitAnswer(press.ID); answered.Text != "opened" {
		t.Errorf("the notice is %q", answered.Text)
	}
	p.WaitFor(func(m []telegramtest.Message) bool { return m[1].Edits == 1 && m[1].Buttons[0][0].Data == "h:1" })
	d.settled()
	if err := stop(); err != nil || started != d.server.Username() {
		t.Errorf("Run = %v, started as %q", err, started)
	}
	want := bot.Event{
		ID: id, Chat: 7, Message: 1, Person: bot.Person{ID: 7, LanguageCode: "ar", Name: "Person"},
		Text: "/start@" + d.server.Username() + " a_1 " + secret, Command: "start", Argument: "a_1 " + secret,
	}
	if diff := cmp.Diff(want, d.handled()[0]); diff != "" {
		t.Errorf("event -want +got:\n%s", diff)
	}
}

// A message that asks for something opens a reply.
func TestForceReply(t *testing.T) {
	d := newDesk(t)
	d.respond = func(context.Context, bot.Event) (reply, error) {
		return reply{messages: []message{{html: "which one?", markup: models.ForceReply{ForceReply: true}}}}, nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	if m := p.Wait(1)[0]; !m.ForceReply {
		t.Errorf("no reply is asked for: %+v", m)
	}
}

// Updates that nobody expects are passed over, and those around them answered.
func TestPoison(t *testing.T) {
	d := newDesk(t)
	p := d.server.Person(7, "en")
	p.Send("first " + secret)
	for _, u := range []string{
		`{"message":5}`, `{"message":{"chat":{"id":"` + secret + `"}}}`, `{"message":{"message_id":{},"chat":[],"text":"` + secret + `"}}`,
		`{"callback_query":{"id":5,"data":"` + secret + `"}}`,
		`{"edited_message":{"chat":"` + secret + `"}}`, `{"my_chat_member":{"chat":{},"new_chat_member":"` + secret + `"}}`,
	} {
		d.server.Update(u)
	}
	p.SendMessage(map[string]any{"text": "second " + secret, "forward_origin": map[string]any{"type": "from_the_future"},
		"external_reply": map[string]any{"origin": 5}, "reply_markup": "x", "photo": "y"})
	d.run()
	if diff := cmp.Diff([]string{"re first " + secret, "re second " + secret}, texts(p.Wait(2))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
	if n := d.log.count("an update cannot be read"); n != 6 {
		t.Errorf("%d complaints about updates, want 6:\n%s", n, d.log.text())
	}
}

// One chat with much to say does not hold up the others, and gets its answers in
// order.
func TestManyChats(t *testing.T) {
	const many, others = 200, 50
	d := newDesk(t)
	release := make(chan struct{})
	var once atomic.Bool
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Chat == 1 && once.CompareAndSwap(false, true) {
			<-release
		}
		return says(e.Text), nil
	}
	p := d.server.Person(1, "en")
	var want []string
	for i := range many {
		text := fmt.Sprintf("%s %d", secret, i)
		p.Send(text)
		want = append(want, "re "+text)
	}
	d.run()
	for i := range int64(others) {
		d.server.Person(100+i, "ar").Send(secret)
	}
	for i := range int64(others) {
		d.server.Person(100+i, "ar").Wait(1)
	}
	if n := len(p.Received()); n != 0 {
		t.Errorf("%d messages to the chat that is stuck", n)
	}
	close(release)
	if diff := cmp.Diff(want, texts(p.Wait(many))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
}

// No more events are handled at once than Config says.
func TestHandlersAreBounded(t *testing.T) {
	const chats, limit = 12, 3
	d := newDesk(t)
	d.config.Handlers = limit
	var busy, most atomic.Int64
	full := make(chan struct{}, chats)
	release := make(chan struct{})
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		n := busy.Add(1)
		defer busy.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		full <- struct{}{}
		<-release
		return says(e.Text), nil
	}
	last := int64(0)
	for i := range int64(chats) {
		last = d.server.Person(i+1, "en").Send(secret)
	}
	d.run()
	for range limit {
		<-full
	}
	d.server.WaitConfirmed(last) // so that the others have had their chance
	close(release)
	for i := range int64(chats) {
		d.server.Person(i+1, "en").Wait(1)
	}
	if most.Load() != limit {
		t.Errorf("%d events were handled at once, want %d", most.Load(), limit)
	}
}

// Nothing is said about what is not for the bot.
func TestSilence(t *testing.T) {
	d := newDesk(t)
	d.run()
	group := map[string]any{"id": -5, "type": "group", "title": secret}
	from := map[string]any{"id": 7, "is_bot": false, "first_name": secret}
	say := func(fields map[string]any) {
		d.server.Update(map[string]any{"message": map[string]any{
			"message_id": 1, "date": 1700000000, "chat": group, "from": from, "text": fields["text"], "entities": fields["entities"],
		}})
	}
	say(map[string]any{"text": secret})
	say(map[string]any{"text": "try /help, or mail me@" + d.server.Username()})
	say(map[string]any{"text": "/help@OtherBot"})
	channel := map[string]any{"id": -6, "type": "channel", "title": secret}
	d.server.Update(map[string]any{"channel_post": map[string]any{"message_id": 1, "chat": channel, "text": secret}})
	p := d.server.Person(7, "en")
	p.SendMessage(map[string]any{"text": nil, "pinned_message": map[string]any{"text": secret}})
	named := "/help@" + strings.ToUpper(d.server.Username())
	say(map[string]any{"text": named, "entities": []map[string]any{{"type": "bot_command", "offset": 0, "length": len(named)}}})
	d.server.WaitRequests(func(r []telegramtest.Request) bool {
		return slices.ContainsFunc(r, func(r telegramtest.Request) bool { return r.Method == "sendMessage" && r.Answered })
	})
	d.settled()
	e := slices.DeleteFunc(d.handled(), func(e bot.Event) bool { return e.Channel != nil }) // they are handled in silence
	if len(e) != 1 || !e[0].Group || e[0].Command != "help" || e[0].Chat != -5 {
		t.Errorf("events %+v, want the one command for the bot", e)
	}
	if n := len(p.Received()); n != 0 {
		t.Errorf("%d messages to somebody who only pinned one", n)
	}
}

// A panic costs one reply. What it panicked with is not logged.
func TestPanic(t *testing.T) {
	d := newDesk(t)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if strings.HasPrefix(e.Text, "bad") {
			panic("cannot cope with " + e.Text)
		}
		if strings.HasPrefix(e.Text, "worse") {
			return says(e.Text[10_000:]), nil
		}
		if strings.HasPrefix(e.Text, "error") {
			return reply{}, errors.New(e.Text)
		}
		return says(e.Text), nil
	}
	d.run()
	p := d.server.Person(7, "en")
	for _, s := range []string{"bad ", "worse ", "error ", "good "} {
		p.Send(s + secret)
	}
	want := []string{"re sorry " + secret, "re sorry " + secret, "re sorry " + secret, "re good " + secret}
	if diff := cmp.Diff(want, texts(p.Wait(4))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	if !d.log.has("slice bounds out of range") || !d.log.has("run_test.go") {
		t.Errorf("the log does not say where and why:\n%s", d.log.text())
	}
}

// A decoder that breaks down costs the update, not the program; neither now nor at
// the next start.
func TestPanicInDecoding(t *testing.T) {
	d := newDesk(t)
	d.config.decode = func(id int64, raw []byte, me identity) (incoming, error) {
		if bytes.Contains(raw, []byte("bad")) {
			panic("cannot read " + string(raw))
		}
		return decodeUpdate(id, raw, me)
	}
	d.receive(written("bad " + secret))
	p := d.server.Person(7, "en")
	p.Send("bad " + secret)
	p.Send("good " + secret)
	stop := d.run()
	if diff := cmp.Diff([]string{"re good " + secret}, texts(p.Wait(1))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
	if err := stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	p.Send("bad " + secret)
	p.Send(testCode)
	if person, err := Claim(t.Context(), d.config, testCode); err != nil || person != 7 {
		t.Errorf("Claim = %d, %v, want 7", person, err)
	}
}

// Even an apology may break down.
func TestPanicTwice(t *testing.T) {
	d := newDesk(t)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if strings.HasPrefix(e.Text, "bad") {
			panic(e)
		}
		return says(e.Text), nil
	}
	d.apology = func(context.Context, bot.Event) reply { panic(secret) }
	d.run()
	p := d.server.Person(7, "en")
	p.Send("bad " + secret)
	p.Send("good " + secret)
	if diff := cmp.Diff([]string{"re good " + secret}, texts(p.Wait(1))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
}

func TestUnauthorizedAtStart(t *testing.T) {
	for _, token := range []string{"1:not-the-token", "bad form/../", ""} {
		d := newDesk(t)
		d.server.AllowRefusals(true)
		d.config.Token = token
		err := d.result()
		if !errors.Is(err, ErrUnauthorized) || token != "" && strings.Contains(err.Error(), token) {
			t.Errorf("Run with the token %q = %v", token, err)
		}
	}
}

func TestUnauthorizedLater(t *testing.T) {
	for _, method := range []string{"getUpdates", "sendMessage"} {
		t.Run(method, func(t *testing.T) {
			d := newDesk(t)
			p := d.server.Person(7, "en")
			p.Send(secret)
			d.fail(method, 1, telegramtest.Failure{Code: 401, Description: "Unauthorized"})
			if err := d.result(); !errors.Is(err, ErrUnauthorized) {
				t.Errorf("Run = %v", err)
			}
			d.server.Fail(nil)
			d.run() // with the token of before
			p.Wait(1)
		})
	}
}

// Two programs cannot poll for one bot. That is said, but not for every poll.
func TestConflict(t *testing.T) {
	d := newDesk(t)
	d.server.AllowRefusals(true)
	d.fail("getUpdates", 3, telegramtest.Failure{Code: 409, Description: "Conflict: terminated by other getUpdates request"})
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	p.Wait(1)
	if n := d.log.count("another program is polling"); n != 1 {
		t.Errorf("the conflict is named %d times, want once:\n%s", n, d.log.text())
	}
}

// A webhook that is set while the bot polls is named, without what may be secret
// of its address.
func TestConflictWithWebhook(t *testing.T) {
	d := newDesk(t)
	d.server.AllowRefusals(true)
	d.config.Started = func(string) { d.server.SetWebhook("https://hooks.example.com:8443/secret-path?x=1") }
	d.run()
	d.until("the webhook is named", func() bool { return d.log.count("a webhook is set for this bot") > 0 })
	if !d.log.has(`"host":"hooks.example.com:8443"`) || d.log.has("secret-path") {
		t.Errorf("log:\n%s", d.log.text())
	}
}

// What the bot wants to be told of is said in every poll: Telegram remembers what
// an earlier program wanted.
func TestAllowedUpdates(t *testing.T) {
	d := newDesk(t)
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	p.Wait(1)
	want := []any{"message", "edited_message", "callback_query", "my_chat_member", "channel_post", "edited_channel_post", "inline_query", "stopped_message_generation"}
	for _, r := range d.server.Requests() {
		if r.Method != "getUpdates" {
			continue
		}
		if diff := cmp.Diff(want, r.Params["allowed_updates"]); diff != "" {
			t.Errorf("allowed_updates -want +got:\n%s", diff)
		}
	}
}

// A webhook that somebody has set is removed, and what it held back answered.
func TestWebhookIsRemoved(t *testing.T) {
	d := newDesk(t)
	d.server.SetWebhook("https://example.com/hook")
	p := d.server.Person(7, "en")
	p.Send(secret)
	d.run()
	p.Wait(1)
}

// Without a network the bot waits for one.
func TestNoNetworkAtStart(t *testing.T) {
	d := newDesk(t)
	p := d.server.Person(7, "en")
	p.Send(secret)
	d.config.URL = deaf(t)
	d.config.pause = func(ctx context.Context, wait time.Duration) error {
		if _ = d.pause(ctx, wait); len(d.waited()) == 5 {
			l, err := net.Listen("tcp", strings.TrimPrefix(d.config.URL, "http://"))
			if err != nil {
				t.Error(err)
				return err
			}
			s := httptest.NewUnstartedServer(d.server)
			_ = s.Listener.Close()
			s.Listener = l
			s.Start()
			t.Cleanup(s.Close)
		}
		return ctx.Err()
	}
	stop := d.run()
	p.Wait(1)
	if err := stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	if n := d.log.count("telegram cannot be reached"); n != 1 {
		t.Errorf("complained %d times, want once:\n%s", n, d.log.text())
	}
}

// A stop while there is no network is one like any other.
func TestStopWithoutNetwork(t *testing.T) {
	d := newDesk(t)
	d.config.URL = deaf(t)
	stop := d.run()
	d.until("it has tried", func() bool { return d.log.count("telegram cannot be reached") > 0 })
	if err := stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
}

// What cannot be kept is not confirmed, and comes again.
func TestNotConfirmedUntilCommitted(t *testing.T) {
	d := newDesk(t)
	db := sabotage(t, d.dir)
	d.config.Started = func(string) { db.exec("ALTER TABLE inbox RENAME TO away") }
	d.run()
	p := d.server.Person(7, "en")
	id := p.Send(secret)
	d.until("a commit has failed", func() bool { return d.log.count("updates cannot be received") > 0 })
	if got := d.server.Confirmed(); got >= id || len(p.Received()) > 0 {
		t.Errorf("update %d is confirmed though it is not kept, or answered", got)
	}
	db.exec("ALTER TABLE away RENAME TO inbox")
	p.Wait(1)
	d.settled()
}

func TestMe(t *testing.T) {
	s := telegramtest.New(t)
	s.AllowRefusals(true)
	if name, err := Me(t.Context(), s.Token(), s.URL()); err != nil || name != s.Username() {
		t.Errorf("Me = %q, %v", name, err)
	}
	for _, token := range []string{"1:wrong", "", "x y"} {
		if _, err := Me(t.Context(), token, s.URL()); !errors.Is(err, ErrUnauthorized) {
			t.Errorf("Me with the token %q = %v", token, err)
		}
	}
	notFound := serve(t, refusal(http.StatusNotFound, "Not Found", ""))
	if _, err := Me(t.Context(), "1:x", notFound); !errors.Is(err, ErrUnauthorized) {
		t.Errorf("Me where nothing is found = %v", err)
	}
	for _, url := range []string{deaf(t), "://", "no-url", serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "1:x") })} {
		if _, err := Me(t.Context(), "1:x", url); err == nil || errors.Is(err, ErrUnauthorized) || strings.Contains(err.Error(), "1:x") {
			t.Errorf("Me at %s = %v", url, err)
		}
	}
}
