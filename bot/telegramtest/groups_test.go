package telegramtest

import (
	"encoding/json"
	"strings"
	"testing"

	"newsbot/bot/telegramtest/schema"
)

const (
	forum = -1_000_000_000_005
	plain = -5
)

// heard are the updates that the bot is told, as JSON.
func heard(t *testing.T, b *bot) (updates []string) {
	t.Helper()
	var list []json.RawMessage
	if err := json.Unmarshal(b.call("getUpdates", nil).Result, &list); err != nil {
		t.Fatal(err)
	}
	for _, u := range list {
		updates = append(updates, string(u))
	}
	return updates
}

// has tells whether an update has all of these parts.
func has(update string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(update, p) {
			return false
		}
	}
	return true
}

func TestGroupMessages(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	s.Group(forum, true)
	s.Group(plain, false)
	p := s.Person(reader, "ar")
	topic := s.Topic(forum, p, "News")
	p.Say(plain, "سؤال @"+s.Username()+" /ask@"+s.Username())
	p.SayIn(forum, topic, "in a topic")
	answer := b.send(forum, params{"text": "x", "message_thread_id": topic})
	p.SayReply(forum, answer, "why?")
	p.SayAnonymously(plain, "hidden")
	p.SayAs(s.Channel(-1_000_000_000_009, "", "Wire"), plain, "also")
	p.SayMessage(plain, map[string]any{"caption": "see", "photo": []any{picture()}})
	updates := heard(t, b)
	for i, parts := range [][]string{
		{`"forum_topic_created"`, `"is_topic_message":true`},
		{`"type":"mention"`, `"type":"bot_command"`, `"type":"group"`},
		{`"in a topic"`, `"reply_to_message":{`, `"forum_topic_created"`, `"is_forum":true`},
		{`"why?"`, `"reply_to_message":{`, `"text":"x"`, `"is_topic_message":true`},
		{`"hidden"`, `"id":1087968824`, `"sender_chat":{`},
		{`"also"`, `"id":136817688`, `"title":"Wire"`},
		{`"caption":"see"`},
	} {
		if i >= len(updates) || !has(updates[i], parts...) {
			t.Errorf("update %d of %q lacks some of %q", i, updates, parts)
		}
	}
	if m := s.Messages(forum); len(m) != 4 || m[2].Thread != topic || m[3].Thread != topic || m[3].ReplyTo != answer {
		t.Errorf("the group shows %+v", m)
	}
}

func TestGroupEditsAndPresses(t *testing.T) {
	s, rec := newRecorded(t)
	b := newBot(t, s)
	s.Group(plain, false)
	p, other := s.Person(reader, "ar"), s.Person(8, "en")
	p.Say(plain, "one")
	p.EditIn(plain, s.Messages(plain)[0].ID, "two")
	b.send(plain, params{"text": "x", "reply_markup": `{"inline_keyboard":[[{"text":"b","callback_data":"s:1"}]]}`})
	press := other.PressIn(plain, s.Messages(plain)[1], "s:1")
	updates := heard(t, b)
	if len(updates) != 3 || !has(updates[1], "edited_message", `"two"`) || !has(updates[2], `"data":"s:1"`, `"id":-5`, `"id":8`) || press.Chat != plain {
		t.Errorf("updates are %q", updates)
	}
	other.EditIn(plain, s.Messages(plain)[0].ID, "not his")
	if got := rec.end(); len(got) != 1 {
		t.Errorf("the test fails with %q, want one failure", got)
	}
}

func TestMembership(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	s.Group(plain, false)
	p := s.Person(reader, "ar")
	s.AddBot(plain, p)
	s.PromoteBot(plain, p)
	s.RemoveBot(plain, p)
	if id := p.Say(plain, "unheard"); id != 0 {
		t.Errorf("the bot is told in update %d what is said without it", id)
	}
	updates := heard(t, b)
	for i, parts := range [][]string{
		{"my_chat_member", `"status":"left"`, `"status":"member"`}, {"new_chat_members"}, {`"status":"administrator"`}, {`"status":"kicked"`},
	} {
		if i >= len(updates) || !has(updates[i], parts...) {
			t.Errorf("update %d of %q lacks some of %q", i, updates, parts)
		}
	}
	if r := b.call("sendMessage", params{"chat_id": plain, "text": "x"}); r.ErrorCode != 403 {
		t.Errorf("sendMessage after it was put out: %+v", r)
	}
}

func TestGetChatMember(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	s.Group(plain, false)
	s.Person(reader, "ar").Say(plain, "x")
	for i, status := range []string{"creator", "administrator", "member", "restricted", "left", "kicked"} {
		s.SetMember(plain, int64(100+i), status)
		r := b.call("getChatMember", params{"chat_id": plain, "user_id": 100 + i})
		if err := schema.Object("TelegramChatMember", r.Result); err != nil || !has(string(r.Result), `"status":"`+status+`"`) {
			t.Errorf("%s: %s, %v", status, r.Result, err)
		}
	}
	if r := b.call("getChatMember", params{"chat_id": plain, "user_id": reader}); !has(string(r.Result), `"status":"member"`) {
		t.Errorf("who has written: %+v", r)
	}
	for name, p := range map[string]params{
		"nobody": {"chat_id": plain, "user_id": 99}, "nowhere": {"chat_id": -99, "user_id": reader},
	} {
		s.AllowRefusals(true)
		if r := b.call("getChatMember", p); r.ErrorCode != 400 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	old := s.Person(reader, "ar")
	to := s.Upgrade(plain, old)
	if r := b.call("getChatMember", params{"chat_id": plain, "user_id": reader}); r.Parameters["migrate_to_chat_id"] != to {
		t.Errorf("of a group that is another one: %+v", r)
	}
	if updates := heard(t, b); len(updates) != 5 || !has(updates[3], "migrate_to_chat_id") || !has(updates[4], "migrate_from_chat_id") {
		t.Errorf("updates are %q", updates)
	}
}

func TestClosedPlaces(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	s.Group(forum, true)
	topic := s.Topic(forum, s.Person(reader, "ar"), "News")
	s.CloseTopic(forum, topic)
	if r := b.call("sendMessage", params{"chat_id": forum, "message_thread_id": topic, "text": "x"}); r.Description != "Bad Request: TOPIC_CLOSED" {
		t.Errorf("in a closed topic: %+v", r)
	}
	b.send(forum, params{"text": "x"})
	s.Mute(forum, true)
	if r := b.call("sendMessage", params{"chat_id": forum, "text": "x"}); !has(r.Description, "not enough rights") {
		t.Errorf("muted: %+v", r)
	}
	s.Mute(forum, false)
	b.send(forum, params{"text": "y"})
}
