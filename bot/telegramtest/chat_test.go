package telegramtest

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestConversation(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	p.Send("سؤال")
	question := p.Messages()[0]
	b.send(reader, params{
		"text": "<b>جواب</b> \u202Eexample.com", "parse_mode": "HTML",
		"link_preview_options": `{"is_disabled":true}`, "reply_markup": keyboard("s:1", "s:2"),
		"reply_parameters": map[string]any{"message_id": question.ID, "quote": "سؤال"},
	})
	b.send(reader, params{"text": "متى؟", "disable_notification": true, "protect_content": true,
		"reply_markup":     `{"force_reply":true,"input_field_placeholder":"2025-08-01"}`,
		"reply_parameters": `{"message_id":99,"allow_sending_without_reply":true}`})
	want := []Message{
		{ID: 1, Text: "سؤال"},
		{ID: 2, FromBot: true, Text: "جواب example.com", HTML: "<b>جواب</b> \u202Eexample.com",
			Entities: []Entity{{Type: "bold", Length: 4}, {Type: "url", Offset: 5, Length: 11}},
			Buttons:  [][]Button{{{Text: "1", Data: "s:1"}, {Text: "2", Data: "s:2"}}}, ReplyTo: 1, NoPreview: true},
		{ID: 3, FromBot: true, Text: "متى؟", ForceReply: true, Placeholder: "2025-08-01", Silent: true, Protected: true},
	}
	ignore := cmpopts.IgnoreFields(Message{}, "Sent", "Edited")
	if diff := cmp.Diff(want, p.Messages(), ignore); diff != "" {
		t.Errorf("Messages (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[1:], p.Wait(2), ignore); diff != "" {
		t.Errorf("Wait (-want +got):\n%s", diff)
	}
}

func TestEdits(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "en")
	p.Send("x")
	id := b.send(reader, params{"text": "<i>one</i>", "parse_mode": "HTML", "reply_markup": keyboard("a")})
	steps := []struct {
		name, method string
		p            params
		text, data   string // "" for no button
	}{
		{"text", "editMessageText", params{"text": "two", "reply_markup": keyboard("a")}, "two", "a"},
		{"entities", "editMessageText", params{"text": "<b>two</b>", "parse_mode": "HTML", "reply_markup": keyboard("a")}, "two", "a"},
		{"keyboard", "editMessageReplyMarkup", params{"reply_markup": keyboard("b")}, "two", "b"},
		{"no keyboard", "editMessageReplyMarkup", params{}, "two", ""},
		{"keyboard again", "editMessageText", params{"text": "two", "reply_markup": keyboard("c")}, "two", "c"},
		{"text without keyboard", "editMessageText", params{"text": "three"}, "three", ""},
	}
	for i, step := range steps {
		step.p["chat_id"], step.p["message_id"] = reader, id
		if r := b.call(step.method, step.p); !r.OK || !strings.Contains(string(r.Result), `"edit_date"`) {
			t.Errorf("%s: %+v", step.name, r)
		}
		m := p.Received()[0]
		data := ""
		if len(m.Buttons) > 0 {
			data = m.Buttons[0][0].Data
		}
		if m.Text != step.text || data != step.data || m.Edits != i+1 || m.Edited.IsZero() {
			t.Errorf("%s: message is %+v, want text %q, button %q, %d edits", step.name, m, step.text, step.data, i+1)
		}
	}
}

func TestWaitForAnEdit(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "en")
	p.Send("x")
	id := b.send(reader, params{"text": "one"})
	done := make(chan error, 1)
	go func() {
		_, err := b.try(t.Context(), "editMessageText", params{"chat_id": reader, "message_id": id, "text": "two"})
		done <- err
	}()
	got := p.WaitFor(func(m []Message) bool { return m[0].Edits == 1 })
	if err := <-done; err != nil || got[0].Text != "two" {
		t.Errorf("WaitFor = %+v, %v", got, err)
	}
}

// A message with another markup than an inline keyboard cannot be edited.
func TestForceReplyCannotBeEdited(t *testing.T) {
	s, _, b, _ := conversation(t)
	s.AllowRefusals(true)
	id := b.send(reader, params{"text": "x", "reply_markup": `{"force_reply":true}`})
	r := b.call("editMessageText", params{"chat_id": reader, "message_id": id, "text": "y"})
	if r.Description != "Bad Request: message can't be edited" {
		t.Errorf("editMessageText = %q", r.Description)
	}
}

func TestDeletion(t *testing.T) {
	s := New(t)
	now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	b := newBot(t, s)
	p := s.Person(reader, "en")
	p.Send("x")
	young := b.send(reader, params{"text": "young"})
	old := b.send(reader, params{"text": "old"})
	if r := b.call("deleteMessage", params{"chat_id": reader, "message_id": young}); !r.OK {
		t.Error(r.Description)
	}
	now = now.Add(49 * time.Hour)
	r := b.call("deleteMessage", params{"chat_id": reader, "message_id": old})
	if r.Description != "Bad Request: message can't be deleted for everyone" {
		t.Errorf("deleteMessage of an old message = %+v", r)
	}
	// Wait counts deleted messages too.
	if got := p.Wait(2); len(got) != 1 || got[0].Text != "old" {
		t.Errorf("Wait = %+v, want the old message", got)
	}
}

func TestWhatPeopleSend(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	p.Send("/start")
	answer := b.send(reader, params{"text": "hi", "reply_markup": keyboard("a")})
	p.Reply(answer, "سؤال /help")
	p.SendMessage(map[string]any{"caption": "/add x", "photo": []any{map[string]any{"file_id": "f"}}, "from": nil})
	p.SendMessage(map[string]any{"pinned_message": map[string]any{"message_id": 1}, "text": "x", "entities": []any{}})
	var got []struct {
		Message map[string]json.RawMessage
	}
	if err := json.Unmarshal(b.call("getUpdates", nil).Result, &got); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name        string
		n           int
		field, want string
	}{
		{"chat", 0, "chat", `{"first_name":"Person","id":7,"type":"private"}`},
		{"sender", 0, "from", `{"first_name":"Person","id":7,"is_bot":false,"language_code":"ar"}`},
		{"command", 0, "entities", `[{"type":"bot_command","offset":0,"length":6}]`},
		{"command in a reply", 1, "entities", `[{"type":"bot_command","offset":5,"length":5}]`},
		{"caption", 2, "caption_entities", `[{"type":"bot_command","offset":0,"length":4}]`},
		{"photo", 2, "photo", `[{"file_id":"f"}]`},
		{"field taken away", 2, "from", ""},
		{"service message", 3, "pinned_message", `{"message_id":1}`},
		{"entities given", 3, "entities", `[]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if raw := string(got[tt.n].Message[tt.field]); raw != tt.want {
				t.Errorf("%s of message %d = %s, want %s", tt.field, tt.n, raw, tt.want)
			}
		})
	}
	for _, part := range []string{`"is_bot":true`, `"callback_data":"a"`, `"text":"hi"`} {
		if raw := string(got[1].Message["reply_to_message"]); !strings.Contains(raw, part) {
			t.Errorf("reply_to_message = %s, lacks %s", raw, part)
		}
	}
	if m := p.Messages()[3]; m.Text != "/add x" {
		t.Errorf("chat shows %+v, want the caption", m)
	}
}

func TestReplyToNothingFailsTheTest(t *testing.T) {
	s, _ := newRecorded(t)
	if got := fatalOf(func() { s.Person(reader, "").Reply(3, "x") }); !strings.Contains(got, "message to be replied not found") {
		t.Errorf("Reply fails the test with %q", got)
	}
}

func TestBlocking(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "en")
	p.Send("x")
	p.Block()
	p.Block() // changes nothing
	if r := b.call("sendMessage", params{"chat_id": reader, "text": "x"}); r.ErrorCode != 403 {
		t.Errorf("sendMessage to who blocked = %+v", r)
	}
	p.Unblock()
	b.send(reader, params{"text": "x"})
	r := b.call("getUpdates", nil)
	if _, kinds := decodeUpdates(t, r.Result); cmp.Diff(kinds, []string{"message", "my_chat_member", "my_chat_member"}) != "" {
		t.Errorf("updates are %v", kinds)
	}
	p.Block()
	p.Send("x") // who writes has unblocked
	b.send(reader, params{"text": "x"})
}

// Blocking a bot is no reason to be written to.
func TestWhoNeverWrote(t *testing.T) {
	s, rec := newRecorded(t)
	s.AllowRefusals(true)
	b := newBot(t, s)
	p := s.Person(reader, "en")
	p.Block()
	p.Unblock()
	if r := b.call("sendMessage", params{"chat_id": reader, "text": "x"}); r.ErrorCode != 403 {
		t.Errorf("sendMessage = %+v", r)
	}
	if got := rec.end(); !contains(got, "can't initiate conversation") {
		t.Errorf("broken rules: %q", got)
	}
}

func TestSupergroup(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	moved := s.Supergroup(-5)
	r := b.call("sendMessage", params{"chat_id": -5, "text": "x"})
	if r.ErrorCode != 400 || r.Parameters["migrate_to_chat_id"] != moved {
		t.Errorf("sendMessage to the old group = %+v, want to be sent to %d", r, moved)
	}
	b.send(moved, params{"text": "x"})
}

func TestWaitForGivesUp(t *testing.T) {
	s, _ := newRecorded(t)
	s.Patience = time.Nanosecond
	if got := fatalOf(func() { s.Person(reader, "").Wait(1) }); !strings.Contains(got, "gave up waiting") {
		t.Errorf("Wait fails the test with %q", got)
	}
	s.Patience = time.Hour
	s.Close()
	if got := fatalOf(func() { s.Person(reader, "").Wait(1) }); !strings.Contains(got, "server closed") {
		t.Errorf("Wait fails the test with %q", got)
	}
}

func TestManyAtOnce(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	var wg sync.WaitGroup
	for id := range int64(20) {
		wg.Go(func() {
			p := s.Person(100+id, "en")
			for n := range 5 {
				p.Send("x")
				b.send(p.ID, params{"text": "y", "reply_markup": keyboard("a")})
				m := p.Wait(n + 1)
				p.Press(m[n], "a")
			}
		})
	}
	wg.Wait()
	if ids, _ := b.updates(params{"limit": 100}); len(ids) != 100 {
		t.Errorf("getUpdates returns %d updates, want 100", len(ids))
	}
	if got := len(s.Callbacks()); got != 100 {
		t.Errorf("%d callbacks, want 100", got)
	}
}
