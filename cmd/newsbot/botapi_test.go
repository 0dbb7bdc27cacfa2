package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"newsbot/bot/telegramtest"
)

// An otherServer is a Bot API server that nobody here wrote, npm's
// telegram-test-api, with a shim in front of it. It is told what people do.
type otherServer struct {
	t     *testing.T
	url   string
	stdin io.Writer
	reply *json.Decoder
}

// An otherMessage is what the server keeps of a message of the bot: the text as
// it was sent, and the data of its buttons.
type otherMessage struct {
	ID   int      `json:"id"`
	Text string   `json:"text"`
	Data []string `json:"data"`
}

// newOtherServer starts the server, or skips the test where it cannot.
func newOtherServer(t *testing.T) *otherServer {
	t.Helper()
	stdin, stdout, _ := startNode(t, otherToken, botapiFiles, "server.mjs")
	s := &otherServer{t: t, stdin: stdin, reply: json.NewDecoder(stdout)}
	var at struct{ Port int }
	s.read(&at)
	s.url = fmt.Sprintf("http://127.0.0.1:%d", at.Port)
	return s
}

// read reads what the server says next.
func (s *otherServer) read(into any) {
	s.t.Helper()
	if err := s.reply.Decode(into); err != nil {
		s.t.Fatalf("the other server says nothing: %v", err)
	}
}

// tell tells the server what to do and reads what it says to that.
func (s *otherServer) tell(command map[string]any, into any) {
	s.t.Helper()
	line, err := json.Marshal(command)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.stdin.Write(append(line, '\n')); err != nil {
		s.t.Fatalf("the other server is gone: %v", err)
	}
	s.read(into)
}

// say lets a person write.
func (s *otherServer) say(user int64, text string) {
	s.t.Helper()
	s.tell(map[string]any{"do": "say", "user": user, "text": text}, &struct{}{})
}

// press lets a person press a button of a message.
func (s *otherServer) press(user int64, m otherMessage, data string) {
	s.t.Helper()
	s.tell(map[string]any{"do": "press", "user": user, "message": m.ID, "data": data}, &struct{}{})
}

// wait waits for n messages to a person, and so many edits of them, and returns
// the last message, and the methods that the server did not know.
func (s *otherServer) wait(user int64, n, edits int) (last otherMessage, unknown []string) {
	s.t.Helper()
	var got struct {
		Messages []otherMessage
		Unknown  []string
	}
	s.tell(map[string]any{"do": "wait", "user": user, "messages": n, "edits": edits}, &got)
	if len(got.Messages) != n {
		s.t.Fatalf("%d messages, want %d", len(got.Messages), n)
	}
	return got.Messages[n-1], got.Unknown
}

// The program holds a conversation with a server that others wrote and that knows
// hardly half of the methods, which answers the others with an error 500.
func TestOtherServer(t *testing.T) {
	const reader = 7
	s, dir := newOtherServer(t), t.TempDir()
	file := filepath.Join(t.TempDir(), "bridge.txt")
	if err := os.WriteFile(file, []byte(theBridge), 0o600); err != nil {
		t.Fatal(err)
	}
	article := regexp.MustCompile(`added (\w+)`).FindStringSubmatch(finish(t, dir, "fake", "import", file))[1]
	p := startWith(t, []string{
		encoderEnv + "=slow", "TELEGRAM_API_URL=" + s.url, "TELEGRAM_BOT_TOKEN=" + otherToken, fmt.Sprint("ADMIN_IDS=", theAdmin),
	}, "-data", dir)
	p.until("Stop with Ctrl-C.\n")

	s.say(reader, "كم يبلغ طول الجسر الجديد؟")
	answer, _ := s.wait(reader, 1, 0)
	wantShown(t, answer, "ويبلغ طول الجسر 900 متر.", "[1]")
	source := slices.IndexFunc(answer.Data, func(d string) bool { return strings.HasPrefix(d, "s:") })
	if source < 0 {
		t.Fatalf("the answer has the buttons %q, want one for the source", answer.Data)
	}
	s.press(reader, answer, answer.Data[source])
	unfolded, _ := s.wait(reader, 1, 1)
	wantShown(t, unfolded, "افتتحت المدينة جسرًا جديدًا")

	s.say(reader, "/start a_"+article)
	page, _ := s.wait(reader, 2, 1)
	wantShown(t, page, "افتتحت المدينة جسرًا جديدًا", "الأفق")
	s.say(reader, "/help")
	// The bot lives on without a menu of commands, and without showing that it was
	// at work.
	_, unknown := s.wait(reader, 3, 1)
	for _, method := range []string{"getMyCommands", "sendChatAction"} {
		if !slices.Contains(unknown, method) {
			t.Errorf("the server has refused %q, want %s among them", unknown, method)
		}
	}

	p.signal(syscall.SIGTERM)
	if code := p.end(); code != exitDone {
		t.Errorf("exit code %d, want %d", code, exitDone)
	}
	for _, secret := range []string{otherToken, "الجسر"} {
		if strings.Contains(p.seen.String()+p.stderr.String(), secret) {
			t.Errorf("the program shows %q", secret)
		}
	}
}

// wantShown wants parts in a message, and all directions in it closed.
func wantShown(t *testing.T, m otherMessage, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Text, part) {
			t.Errorf("message %q, want %q in it", m.Text, part)
		}
	}
	if err := telegramtest.CheckBidi(m.Text); err != nil {
		t.Errorf("message %q: %v", m.Text, err)
	}
}

// A bot with a library that others wrote finds nothing amiss in the server that
// the other tests use, nor that server in it.
func TestOtherClient(t *testing.T) {
	s := telegramtest.New(t)
	s.AllowRefusals(true)
	stdin, _, wait := startNode(t, s.Token(), botapiFiles, "client.mjs", s.URL())
	p := s.Person(7, "ar")

	p.Send("سؤال <1> & [2]")
	first := p.Wait(1)[0]
	if first.Text != "سؤال <1> & [2]" || len(first.Entities) != 1 || first.Entities[0].Type != "bold" ||
		first.ReplyTo != 1 || !first.NoPreview || len(first.Buttons) != 1 {
		t.Errorf("the answer is %+v", first)
	}
	press := p.Press(first, "m:1")
	if got := s.WaitAnswer(press.ID); got.Text != "pressed" || !got.Alert {
		t.Errorf("the button is answered with %+v", got)
	}
	edited := p.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 1 })[0]
	if edited.Text != first.Text+" by 7" || len(edited.Buttons) != 0 {
		t.Errorf("after the edit the answer is %+v", edited)
	}
	p.Edit(1, "other words")
	if got := last(p.Wait(2)); got != "edited: other words" {
		t.Errorf("an edit is answered with %q", got)
	}
	p.SendIn(3, "in a topic")
	if m := p.Wait(3)[2]; m.Thread != 3 || m.Text != "in a topic" {
		t.Errorf("in a topic the answer is %+v", m)
	}
	if got := s.Actions(7); len(got) != 2 || got[1].Thread != 3 {
		t.Errorf("chat actions are %+v, want one for each question", got)
	}
	otherErrors(t, s, p)

	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := wait(); err != nil {
		t.Errorf("the client ends with %v", err)
	}
}

// otherErrors lets the client meet errors, and wants it to understand them.
func otherErrors(t *testing.T, s *telegramtest.Server, p *telegramtest.Person) {
	t.Helper()
	failures := map[string]*telegramtest.Failure{
		"flood":    {Code: 429, RetryAfter: 3, Description: "Too Many Requests: retry after 3"},
		"migrated": {Code: 400, MigrateToChatID: -1_000_000_000_005, Description: "Bad Request: group chat was upgraded to a supergroup chat"},
	}
	s.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		text, _ := r.Params["text"].(string)
		return failures[text]
	})
	tests := []struct{ text, want string }{
		{"", `{"method":"sendMessage","code":400,"description":"Bad Request: message text is empty","parameters":{}}`},
		{strings.Repeat("x", 4097), `{"method":"sendMessage","code":400,"description":"Bad Request: message is too long","parameters":{}}`},
		{"flood", `{"method":"sendMessage","code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`},
		{"migrated", `{"method":"sendMessage","code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1000000000005}}`},
	}
	sent := len(p.Received())
	for _, tt := range tests {
		p.Send("/try " + tt.text)
		sent++
		if got := last(p.Wait(sent)); got != tt.want {
			t.Errorf("/try %.20s: the client understands %s, want %s", tt.text, got, tt.want)
		}
	}
}
