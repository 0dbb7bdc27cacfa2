package telegramtest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTopics(t *testing.T) {
	const forum = -1_000_000_000_005
	s, _ := newRecorded(t)
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	p.Send("x")
	p.SendIn(3, "in a topic")
	s.Update(map[string]any{"message": map[string]any{
		"chat": map[string]any{"id": int64(forum), "type": "supergroup", "title": "F", "is_forum": true}, "message_thread_id": 9,
	}})
	s.Update(map[string]any{"message": map[string]any{ // replies in other groups have a thread too
		"chat": map[string]any{"id": -5, "type": "group", "title": "G"}, "message_thread_id": 9,
	}})
	raw := string(b.call("getUpdates", nil).Result)
	if !strings.Contains(raw, `"is_topic_message":true,"message_id":2,"message_thread_id":3`) {
		t.Errorf("updates %s lack the topic", raw)
	}
	tests := []struct {
		name   string
		chat   int64
		thread int
		ok     bool
	}{
		{"private", reader, 3, true},
		{"private, unknown", reader, 4, false},
		{"forum", forum, 9, true},
		{"forum, unknown", forum, 3, false},
		{"no forum", -5, 9, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for method, p := range map[string]params{
				"sendMessage":    {"chat_id": tt.chat, "message_thread_id": tt.thread, "text": "x"},
				"sendChatAction": {"chat_id": tt.chat, "message_thread_id": tt.thread, "action": "typing"},
			} {
				r := b.call(method, p)
				if r.OK != tt.ok || !r.OK && r.Description != "Bad Request: message thread not found" {
					t.Errorf("%s = %+v, want ok %t", method, r, tt.ok)
				}
			}
			if m := s.Messages(tt.chat); tt.ok && m[len(m)-1].Thread != tt.thread {
				t.Errorf("message is %+v, want thread %d", m[len(m)-1], tt.thread)
			}
		})
	}
}

func TestActions(t *testing.T) {
	s := New(t)
	now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	b := newBot(t, s)
	s.Person(reader, "ar").Send("x")
	b.call("sendChatAction", params{"chat_id": reader, "action": "typing"})
	b.send(reader, params{"text": "x"})
	b.call("sendChatAction", params{"chat_id": reader, "action": "upload_document"})
	want := []Action{{"typing", 0, now, 0}, {"upload_document", 0, now, 1}}
	got := s.WaitActions(reader, func(a []Action) bool { return len(a) == 2 })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Actions (-want +got):\n%s", diff)
	}
}

func TestPersonEdits(t *testing.T) {
	s, rec := newRecorded(t)
	now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	first := p.SendIn(3, "/one")
	answer := b.send(reader, params{"text": "x", "reply_parameters": `{"message_id":1}`, "message_thread_id": 3})
	now = now.Add(time.Minute)
	edit := p.Edit(1, "two")
	m := p.Messages()[0]
	if m.Text != "two" || m.Edits != 1 || !m.Edited.Equal(now) || len(m.Entities) != 0 || m.Thread != 3 {
		t.Errorf("edited message is %+v", m)
	}
	r := b.call("getUpdates", nil)
	ids, kinds := decodeUpdates(t, r.Result)
	if !cmp.Equal(ids, []int64{first, edit}) || !cmp.Equal(kinds, []string{"message", "edited_message"}) {
		t.Errorf("updates are %v %v, want a message and its edit", ids, kinds)
	}
	for _, part := range []string{`"text":"/one"`, `"text":"two"`, `"edit_date":1754049660`} {
		if !strings.Contains(string(r.Result), part) {
			t.Errorf("updates %s lack %s", r.Result, part)
		}
	}
	p.Edit(answer, "not the person's")
	p.Edit(99, "nobody's")
	if got := rec.end(); len(got) != 2 {
		t.Errorf("the test fails with %q, want two failures", got)
	}
}

func TestMigration(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	s.Group(-5, false)
	b.send(-5, params{"text": "x"})
	s.Migrate(-5, -1_000_000_000_077)
	for range 2 {
		r := b.call("sendMessage", params{"chat_id": -5, "text": "x"})
		if r.ErrorCode != 400 || r.Parameters["migrate_to_chat_id"] != -1_000_000_000_077 {
			t.Errorf("sendMessage to the old group = %+v", r)
		}
	}
	b.send(-1_000_000_000_077, params{"text": "x"})
}
