package telegramtest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A bot is told what is published in a channel while it is an administrator there, in updates as the schema has them.
func TestChannel(t *testing.T) {
	s := New(t)
	b, who := newBot(t, s), s.Person(reader, "ar")
	c, other := s.Channel(-1001, "the_desk", "The Desk"), s.Channel(-1002, "", "Other")
	c.Post("What it is not told.")
	shared := other.Post("Talks ended.")
	c.Promote(who)
	c.Regrant(who)
	c.Later(time.Minute)
	first := c.Post("Talks began at https://news.example/ on Friday.")
	c.EditPost(first, "Talks began.")
	pictures := c.Album("", "Two of them.")
	c.EditPost(pictures+1, "Three of them.")
	c.Share(other, shared)
	c.Rename("another_desk", "The Desk")
	c.Rename("", "Another Desk")
	c.Demote(who)
	c.Promote(who)
	c.Kick(who)
	c.Post("What it is not told, either.")
	raw := b.call("getUpdates", nil).Result
	_, kinds := decodeUpdates(t, raw)
	want := []string{
		"my_chat_member", "my_chat_member", "channel_post", "edited_channel_post", "channel_post", "channel_post", "edited_channel_post",
		"channel_post", "channel_post", "my_chat_member", "my_chat_member", "my_chat_member",
	}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("updates -want +got:\n%s", diff)
	}
	for _, part := range []string{
		`"username":"the_desk"`, `"type":"url"`, `"caption":"Three of them."`, `"new_chat_title":"Another Desk"`, `"forward_origin":{`,
		`"media_group_id":"1"`, `"status":"kicked"`,
	} {
		if !strings.Contains(string(raw), part) {
			t.Errorf("the updates lack %s", part)
		}
	}
}

// Whatever a bot sends to a channel fails the test.
func TestSendToChannel(t *testing.T) {
	s, failures := newRecorded(t)
	c := s.Channel(-1001, "the_desk", "The Desk")
	c.Promote(s.Person(reader, "ar"))
	b := newBot(t, s)
	for method, p := range map[string]params{
		"sendMessage": {"chat_id": -1001, "text": "Hello"}, "sendChatAction": {"chat_id": -1001, "action": "typing"},
	} {
		if r := b.call(method, p); r.ErrorCode != 403 {
			t.Errorf("%s: %+v", method, r)
		}
	}
	if lines := failures.end(); !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, "channel chat") }) {
		t.Errorf("failures %q", lines)
	}
}
