package telegramtest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestDrafts(t *testing.T) {
	s := New(t)
	now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	p.Send("x")
	p.SendIn(3, "in a topic")
	b.call("sendMessageDraft", params{"chat_id": reader, "draft_id": 5, "text": ""})
	b.call("sendMessageDraft", params{"chat_id": reader, "draft_id": 5, "text": "<b>one</b>", "parse_mode": "HTML", "can_stop": true})
	b.send(reader, params{"text": "one two"})
	b.call("sendMessageDraft", params{"chat_id": reader, "draft_id": "6", "message_thread_id": 3, "text": "three", "can_stop": true, "keep_on_stop": true})
	want := []Draft{
		{ID: 5, Time: now},
		{ID: 5, Text: "one", Entities: []Entity{{Type: "bold", Length: 3}}, CanStop: true, Time: now},
		{ID: 6, Text: "three", Thread: 3, CanStop: true, KeepOnStop: true, Time: now, Received: 1},
	}
	got := p.WaitDrafts(func(d []Draft) bool { return len(d) == len(want) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Drafts (-want +got):\n%s", diff)
	}
	if n := len(p.Received()); n != 1 {
		t.Errorf("the chat has %d messages of the bot; drafts are none", n)
	}
}

func TestDraftsRefused(t *testing.T) {
	tests := []struct {
		name        string
		p           params
		description string
	}{
		{"a group", params{"chat_id": -5, "draft_id": 5, "text": "x"}, "TEXTDRAFT_PEER_INVALID"},
		{"zero", params{"chat_id": reader, "draft_id": 0, "text": "x"}, "non-zero"},
		{"no number", params{"chat_id": reader, "draft_id": "x", "text": "x"}, "Integer"},
		{"none", params{"chat_id": reader, "text": "x"}, "required"},
		{"a name", params{"chat_id": "@name", "draft_id": 5, "text": "x"}, "Integer"},
		{"long", params{"chat_id": reader, "draft_id": 5, "text": strings.Repeat("x", 4097)}, "message is too long"},
		{"markup", params{"chat_id": reader, "draft_id": 5, "text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"},
		{"buttons", params{"chat_id": reader, "draft_id": 5, "text": "x", "reply_markup": keyboard("a")}, "reply_markup"},
		{"a topic", params{"chat_id": reader, "draft_id": 5, "text": "x", "message_thread_id": 9}, "message thread not found"},
		{"a stranger", params{"chat_id": 8, "draft_id": 5, "text": "x"}, "can't initiate"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, rec := newRecorded(t)
			b := newBot(t, s)
			p := s.Person(reader, "ar")
			p.Send("x")
			s.Person(8, "ar")
			s.Group(-5, false)
			if r := b.call("sendMessageDraft", tt.p); r.OK || !strings.Contains(r.Description, tt.description) {
				t.Errorf("sendMessageDraft = %+v, want %q", r, tt.description)
			}
			if got := rec.end(); len(got) != 1 || len(p.Drafts()) > 0 {
				t.Errorf("%d drafts, broken rules: %q", len(p.Drafts()), got)
			}
		})
	}
}

// Somebody who has blocked the bot is shown nothing, which is no broken rule.
func TestDraftBlocked(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	p.Send("x")
	p.Block()
	if r := b.call("sendMessageDraft", params{"chat_id": reader, "draft_id": 5, "text": "x"}); r.ErrorCode != 403 || len(p.Drafts()) > 0 {
		t.Errorf("sendMessageDraft = %+v", r)
	}
}

// Drafts count as messages do.
func TestDraftsAreLimited(t *testing.T) {
	s, rec := newRecorded(t)
	now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	s.Limit(Limits{PerChatBurst: 3})
	b := newBot(t, s)
	s.Person(reader, "ar").Send("x")
	for range 2 {
		b.call("sendMessageDraft", params{"chat_id": reader, "draft_id": 5, "text": "x"})
	}
	b.send(reader, params{"text": "x"})
	if got := s.Broken(); len(got) > 0 {
		t.Errorf("broken rules: %q", got)
	}
	b.call("sendMessageDraft", params{"chat_id": reader, "draft_id": 5, "text": "x"})
	if got := rec.end(); !contains(got, "more than the limit of messages to a private chat") {
		t.Errorf("broken rules: %q", got)
	}
}

// A bot is told that somebody has stopped it when it asks for that.
func TestStop(t *testing.T) {
	s, rec := newRecorded(t)
	now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	b.updates(params{"offset": p.SendIn(3, "x") + 1, "allowed_updates": `["message"]`})
	show := func(id int, stop bool) {
		t.Helper()
		b.call("sendMessageDraft", params{"chat_id": reader, "draft_id": id, "message_thread_id": 3, "text": "y", "can_stop": stop})
	}
	show(5, true)
	p.Stop(5)
	if _, kinds := b.updates(params{"allowed_updates": `["message","stopped_message_generation"]`}); len(kinds) > 0 {
		t.Errorf("a bot that has not asked is told of %q", kinds)
	}
	p.Stop(5)
	p.StopForeign(9, 0)
	got := struct {
		Stopped []struct {
			Update struct {
				Chat   struct{ ID int64 }
				Thread int `json:"message_thread_id"`
				Draft  int `json:"draft_id"`
			} `json:"stopped_message_generation"`
		}
	}{}
	if err := json.Unmarshal([]byte(`{"Stopped":`+string(b.call("getUpdates", nil).Result)+`}`), &got); err != nil || len(got.Stopped) != 2 {
		t.Fatalf("updates %+v, %v", got, err)
	}
	if one, two := got.Stopped[0].Update, got.Stopped[1].Update; one.Chat.ID != reader || one.Thread != 3 || one.Draft != 5 || two.Thread != 0 || two.Draft != 9 {
		t.Errorf("told of %+v and %+v", one, two)
	}
	if got := s.Broken(); len(got) > 0 {
		t.Errorf("broken rules: %q", got)
	}
	show(6, false)
	p.Stop(6) // has no button
	show(7, true)
	now = now.Add(draftLife)
	p.Stop(7) // is no longer there
	b.send(reader, params{"text": "y"})
	p.Stop(5) // has become a message
	p.Stop(8) // was never there
	if got := rec.end(); len(got) != 4 {
		t.Errorf("the test fails with %q, want four failures", got)
	}
}
