package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
)

var testBot = identity{id: 42, username: "OurName"}

// private returns a message update from a person in a private chat, with these
// fields besides.
func private(fields map[string]any) map[string]any {
	m := map[string]any{
		"message_id": 5, "date": 1700000000,
		"chat": map[string]any{"id": 7, "type": "private"},
		"from": map[string]any{"id": 7, "is_bot": false, "language_code": "ar"},
	}
	maps.Copy(m, fields)
	return map[string]any{"update_id": 1, "message": m}
}

// press returns a callback query, with these fields besides.
func press(fields map[string]any) map[string]any {
	q := map[string]any{
		"id": "q1", "data": "s:1",
		"from":    map[string]any{"id": 7, "language_code": "en"},
		"message": map[string]any{"message_id": 9, "date": 1700000000, "chat": map[string]any{"id": 7, "type": "private"}},
	}
	maps.Copy(q, fields)
	return map[string]any{"update_id": 1, "callback_query": q}
}

// edited returns the update that tells of a change of a private message.
func edited(fields map[string]any) map[string]any {
	return map[string]any{"update_id": 1, "edited_message": private(fields)["message"]}
}

func decoded(t *testing.T, update any) (incoming, error) {
	t.Helper()
	raw, err := json.Marshal(update)
	if err != nil {
		t.Fatal(err)
	}
	return decodeUpdate(1, raw, testBot)
}

func TestDecodeMessage(t *testing.T) {
	reader := bot.Person{ID: 7, LanguageCode: "ar"}
	command := []map[string]any{{"type": "bot_command", "offset": 0, "length": 5}}
	tests := []struct {
		name   string
		fields map[string]any
		want   bot.Event
	}{
		{"text", map[string]any{"text": "من فاز؟"}, bot.Event{Text: "من فاز؟"}},
		{"command", map[string]any{"text": "/help me", "entities": command},
			bot.Event{Text: "/help me", Command: "help", Argument: "me"}},
		{"named command", map[string]any{"text": "/help@ourname"}, bot.Event{Text: "/help@ourname", Command: "help"}},
		{"caption", map[string]any{"caption": "/list x", "caption_entities": command, "photo": []any{}},
			bot.Event{Text: "/list x", Command: "list", Argument: "x"}},
		{"album", map[string]any{"photo": []any{1}, "media_group_id": "g1"}, bot.Event{Album: "g1"}},
		{"reply to the bot", map[string]any{"text": "why", "reply_to_message": map[string]any{"message_id": 99, "text": "because", "from": map[string]any{"id": 42}}},
			bot.Event{Text: "why", Replied: &bot.Replied{Message: 99, Text: "because", FromBot: true}}},
		{"reply to a caption", map[string]any{"text": "/add", "reply_to_message": map[string]any{"caption": "news", "from": map[string]any{"id": 7}}},
			bot.Event{Text: "/add", Command: "add", Replied: &bot.Replied{Text: "news"}}},
		{"reply to nothing that is left", map[string]any{"text": "why", "reply_to_message": map[string]any{}},
			bot.Event{Text: "why", Replied: &bot.Replied{}}},
		{"entities of another type", map[string]any{"text": "/help me", "entities": "none"},
			bot.Event{Text: "/help me", Command: "help", Argument: "me"}},
		{"text of another type", map[string]any{"text": 5}, bot.Event{}},
		// What somebody else wrote tells the bot to do nothing.
		{"forwarded command", map[string]any{"text": "/help me", "entities": command, "forward_origin": map[string]any{"type": "hidden_user"}},
			bot.Event{Text: "/help me", Origin: bot.OriginHidden}},
		{"forwarded command without entities", map[string]any{"text": "/help me", "forward_origin": map[string]any{}},
			bot.Event{Text: "/help me", Origin: bot.OriginHidden}},
		{"command after a word", map[string]any{"text": "مرحبا /help", "entities": []map[string]any{{"type": "bot_command", "offset": 6, "length": 5}}},
			bot.Event{Text: "مرحبا /help", Command: "help"}},
		{"unknown forward origin", map[string]any{"text": "so", "forward_origin": map[string]any{"type": "from_the_future"}},
			bot.Event{Text: "so", Origin: bot.OriginHidden}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.ID, tt.want.Chat, tt.want.Person, tt.want.Message = 1, 7, reader, 5
			in, err := decoded(t, private(tt.fields))
			if diff := cmp.Diff(tt.want, in.event); diff != "" || err != nil || in.action != handle || in.place != (place{chat: 7}) {
				t.Errorf("action %d, place %v, error %v, event -want +got:\n%s", in.action, in.place, err, diff)
			}
		})
	}
}

// Whatever a person sends, something can be said about it.
func TestContents(t *testing.T) {
	for _, name := range contents {
		in, err := decoded(t, private(map[string]any{name: map[string]any{"odd": true}}))
		if err != nil || in.action != handle || in.event.Text != "" {
			t.Errorf("a message with %s: action %d, text %q, error %v", name, in.action, in.event.Text, err)
		}
	}
}

// What a chat is told about itself is not answered.
func TestServiceMessages(t *testing.T) {
	for _, name := range []string{
		"new_chat_members", "left_chat_member", "chat_owner_left", "new_chat_title", "new_chat_photo", "delete_chat_photo",
		"group_chat_created", "supergroup_chat_created", "channel_chat_created", "message_auto_delete_timer_changed",
		"migrate_to_chat_id", "migrate_from_chat_id", "pinned_message", "successful_payment", "refunded_payment",
		"users_shared", "chat_shared", "gift", "unique_gift", "gift_upgrade_sent", "connected_website",
		"write_access_allowed", "passport_data", "proximity_alert_triggered", "boost_added", "chat_background_set",
		"checklist_tasks_done", "checklist_tasks_added", "direct_message_price_changed", "forum_topic_created",
		"forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
		"general_forum_topic_unhidden", "giveaway_created", "giveaway_completed", "paid_message_price_changed",
		"suggested_post_approved", "suggested_post_paid", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
		"video_chat_participants_invited", "web_app_data", "something_from_the_future",
	} {
		in, err := decoded(t, private(map[string]any{name: map[string]any{"odd": true}}))
		if err != nil || in.action != ignore {
			t.Errorf("a message with %s: action %d, error %v", name, in.action, err)
		}
	}
}

func TestDecodeOther(t *testing.T) {
	group := map[string]any{"id": -100, "type": "supergroup"}
	named := map[string]any{"chat": group, "text": "/help@OurName", "entities": []map[string]any{{"type": "bot_command", "offset": 0, "length": 13}}}
	tests := []struct {
		name   string
		update any
		want   action
		group  bool
	}{
		{"command for the bot in a group", private(named), handle, true},
		{"bare command in a group", private(map[string]any{"chat": group, "text": "/help"}), handle, true},
		{"a question in a group", private(map[string]any{"chat": group, "text": "من فاز؟"}), ignore, false},
		{"forwarded command in a group", private(maps.Collect(func(yield func(string, any) bool) {
			maps.All(named)(yield)
			yield("forward_origin", map[string]any{"type": "user"})
		})), ignore, false},
		{"command for another bot in a group", private(map[string]any{"chat": group, "text": "/help@OtherName"}), ignore, false},
		{"command for another bot", private(map[string]any{"text": "/help@OtherName"}), ignore, false},
		{"in a channel", private(map[string]any{"chat": map[string]any{"id": -5, "type": "channel"}, "text": "/help@OurName"}), ignore, false},
		{"in a chat of an unknown kind", private(map[string]any{"chat": map[string]any{"id": 5}, "text": "hello"}), ignore, false},
		{"from nobody", private(map[string]any{"from": nil, "text": "hello"}), ignore, false},
		{"from a bot", private(map[string]any{"from": map[string]any{"id": 8, "is_bot": true}, "text": "hello"}), ignore, false},
		{"on its way from a channel to its group", private(map[string]any{"is_automatic_forward": true, "text": "hello"}), ignore, false},
		{"edited command for the bot in a group", edited(named), handle, true},
		{"edited message in a group", edited(map[string]any{"chat": group, "text": "من فاز؟"}), ignore, false},
		{"edited without words", edited(map[string]any{"location": map[string]any{"live_period": 60}}), ignore, false},
		{"edited to blanks", edited(map[string]any{"text": " \n"}), ignore, false},
		{"from the future", map[string]any{"thought_query": map[string]any{}}, ignore, false},
		{"empty", map[string]any{}, ignore, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := decoded(t, tt.update)
			if err != nil || in.action != tt.want || in.event.Group != tt.group {
				t.Errorf("action %d, group %v, error %v, want %d, %v", in.action, in.event.Group, err, tt.want, tt.group)
			}
		})
	}
}

func TestUndecodable(t *testing.T) {
	for _, raw := range []string{
		``, `null`, `5`, `[]`, `"x"`, `{`, `{"message":5}`, `{"message":{}}`, `{"message":{"chat":{}}}`,
		`{"message":{"chat":{"id":"x"}}}`, `{"message":{"chat":{"id":0}}}`, `{"message":{"chat":[]}}`,
		`{"callback_query":[]}`, `{"callback_query":{"id":5}}`, `{"my_chat_member":{}}`, `{"edited_message":{"text":"x"}}`,
	} {
		if in, err := decodeUpdate(1, []byte(raw), testBot); !errors.Is(err, errUndecodable) || in.action != ignore {
			t.Errorf("decodeUpdate(%s): action %d, error %v", raw, in.action, err)
		}
	}
}

func TestDecodePress(t *testing.T) {
	chat := map[string]any{"id": 7, "type": "private"}
	tests := []struct {
		name   string
		fields map[string]any
		want   incoming
	}{
		{"of the bot", nil, incoming{action: handle, message: 9, event: bot.Event{Press: "s:1", Message: 9}}},
		{"of a message out of reach", map[string]any{"message": map[string]any{"message_id": 9, "date": 0, "chat": chat}},
			incoming{action: handle, event: bot.Event{Press: "s:1", Fixed: true}}},
		{"of no message", map[string]any{"message": nil},
			incoming{action: handle, mute: true, event: bot.Event{Press: "s:1", Fixed: true}}},
		{"without data", map[string]any{"data": nil, "game_short_name": "chess"},
			incoming{action: acknowledge, message: 9, event: bot.Event{Message: 9}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.id, tt.want.kind, tt.want.place.chat, tt.want.query = 1, "callback_query", 7, "q1"
			tt.want.event.ID, tt.want.event.Chat, tt.want.event.Person = 1, 7, bot.Person{ID: 7, LanguageCode: "en"}
			got, err := decoded(t, press(tt.fields))
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(incoming{}, place{})); diff != "" || err != nil {
				t.Errorf("error %v, -want +got:\n%s", err, diff)
			}
		})
	}
	t.Run("in a group", func(t *testing.T) {
		m := map[string]any{
			"message_id": 9, "date": 1700000000, "chat": map[string]any{"id": -7, "type": "group", "title": "Desk"},
			"reply_to_message": map[string]any{"forward_origin": map[string]any{"type": "user"}},
		}
		in, err := decoded(t, press(map[string]any{"message": m}))
		want := bot.Event{
			ID: 1, Chat: -7, Group: true, Title: "Desk", Person: bot.Person{ID: 7, LanguageCode: "en"}, Press: "s:1", Message: 9,
		}
		if diff := cmp.Diff(want, in.event); diff != "" || err != nil || in.action != handle || in.message != 9 || in.mute {
			t.Errorf("%+v, error %v, event -want +got:\n%s", in, err, diff)
		}
		for _, odd := range []string{"channel", "from_the_future", ""} {
			m["chat"] = map[string]any{"id": -7, "type": odd}
			if in, err := decoded(t, press(map[string]any{"message": m})); err != nil || in.action != acknowledge || in.event.Group {
				t.Errorf("in a %q: action %d, error %v", odd, in.action, err)
			}
		}
	})
}

// membership returns the update that tells what the bot is in a chat now.
func membership(chat int64, status string) map[string]any {
	return map[string]any{"update_id": 1, "my_chat_member": map[string]any{
		"chat": map[string]any{"id": chat, "type": "private"}, "from": map[string]any{"id": 7}, "date": 1700000000,
		"new_chat_member": map[string]any{"status": status, "user": map[string]any{"id": 42}},
	}}
}

func TestDecodeMembership(t *testing.T) {
	for status, want := range map[string]action{
		"member": admitted, "administrator": admitted, "creator": admitted,
		"kicked": expelled, "left": expelled, "restricted": expelled, "from_the_future": ignore, "": ignore,
	} {
		in, err := decoded(t, membership(7, status))
		if err != nil || in.action != want || in.place != (place{chat: 7}) || in.kind != "my_chat_member" {
			t.Errorf("%q: action %d in %v, error %v, want %d", status, in.action, in.place, err, want)
		}
	}
	inside := membership(-7, "restricted")
	inside["my_chat_member"].(map[string]any)["new_chat_member"].(map[string]any)["is_member"] = true
	if in, err := decoded(t, inside); err != nil || in.action != admitted {
		t.Errorf("restricted, but a member: action %d, error %v", in.action, err)
	}
}

// Both groups are told that the one has become the other.
func TestDecodeMove(t *testing.T) {
	const old, now = -5, -1_000_000_000_005
	tests := []struct {
		name     string
		chat     int64
		fields   map[string]any
		from, to int64
	}{
		{"the old one", old, map[string]any{"migrate_to_chat_id": now}, old, now},
		{"the new one", now, map[string]any{"migrate_from_chat_id": old}, old, now},
		{"a person", 7, map[string]any{"migrate_to_chat_id": now}, 0, 0},
		{"to a person", old, map[string]any{"migrate_to_chat_id": 7}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.fields["chat"] = map[string]any{"id": tt.chat, "type": "group"}
			in, err := decoded(t, private(tt.fields))
			if moves := in.action == renumbered; err != nil || in.from != tt.from || in.to != tt.to || moves != (tt.to != 0) {
				t.Errorf("action %d from %d to %d, error %v, want from %d to %d", in.action, in.from, in.to, err, tt.from, tt.to)
			}
		})
	}
}

func TestThreads(t *testing.T) {
	private1, group := map[string]any{"id": 7, "type": "private"}, map[string]any{"id": -7, "type": "supergroup"}
	forum := map[string]any{"id": -7, "type": "supergroup", "is_forum": true}
	tests := []struct {
		name   string
		fields map[string]any
		want   int
	}{
		{"topic of a private chat", map[string]any{"chat": private1, "message_thread_id": 4, "is_topic_message": true}, 4},
		{"reply in a private chat with topics", map[string]any{"chat": map[string]any{"id": 7, "type": "private", "is_forum": true}, "message_thread_id": 4}, 0},
		{"reply in a private chat", map[string]any{"chat": private1, "message_thread_id": 4}, 0},
		{"topic of a group", map[string]any{"chat": group, "message_thread_id": 4, "is_topic_message": true}, 4},
		{"group with topics", map[string]any{"chat": forum, "message_thread_id": 4}, 4},
		{"the first topic", map[string]any{"chat": forum, "message_thread_id": 1, "is_topic_message": true}, 0},
		{"reply in a group", map[string]any{"chat": group, "message_thread_id": 4}, 0},
		{"no number", map[string]any{"chat": forum, "message_thread_id": "x"}, 0},
		{"not a topic's number", map[string]any{"chat": forum, "message_thread_id": -4}, 0},
		{"too large a number", map[string]any{"chat": forum, "message_thread_id": 1 << 40}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.fields["text"] = "/help@OurName"
			in, err := decoded(t, private(tt.fields))
			if err != nil || in.action != handle || in.place.thread != tt.want || in.event.Thread != tt.want {
				t.Errorf("%+v, error %v, want the thread %d", in, err, tt.want)
			}
			tt.fields["date"] = 1700000000
			tt.fields["message_id"] = 9
			if in, err = decoded(t, press(map[string]any{"message": tt.fields})); err != nil || in.event.Thread != tt.want || in.place.thread != tt.want {
				t.Errorf("a press: %+v, error %v, want the thread %d", in, err, tt.want)
			}
		})
	}
}

// Names are shown to others: what could disorder the line around them is taken out.
func TestNames(t *testing.T) {
	tests := []struct {
		name        string
		first, last any
		want        string
	}{
		{"both", "Mona", "Ali", "Mona Ali"},
		{"one", "منى", nil, "منى"},
		{"none", nil, nil, ""},
		{"another type", 5, []any{"x"}, ""},
		{"lines", "a\nb\t", "\u2028c", "a b c"},
		{"directions", "\u202eabc\u2066\u200f", "\u061cd", "abc d"},
		{"emoji", "👩\u200d💻", "می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"},
		{"long", strings.Repeat("ط", 70), "x", strings.Repeat("ط", 64)},
		{"cut at a space", strings.Repeat("y", 63), "x", strings.Repeat("y", 63)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := decoded(t, private(map[string]any{
				"text": "x", "from": map[string]any{"id": 7, "first_name": tt.first, "last_name": tt.last},
			}))
			if err != nil || in.event.Person.Name != tt.want {
				t.Errorf("%+q, error %v, want %+q", in.event.Person.Name, err, tt.want)
			}
		})
	}
}

func TestUsernames(t *testing.T) {
	for given, want := range map[string]string{
		"Mona_5": "Mona_5", "": "", "منى": "", "a b": "", "@mona": "", "a\u202eb": "", strings.Repeat("x", 65): "",
	} {
		in, err := decoded(t, private(map[string]any{"text": "x", "from": map[string]any{"id": 7, "username": given}}))
		if err != nil || in.event.Person.Username != want {
			t.Errorf("%q: %q, error %v, want %q", given, in.event.Person.Username, err, want)
		}
	}
}

func TestKinds(t *testing.T) {
	for _, u := range []struct {
		update any
		want   string
	}{
		{private(nil), "message"}, {edited(nil), "edited_message"}, {press(nil), "callback_query"}, {membership(7, ""), "my_chat_member"},
		{map[string]any{"poll": 5}, "other"}, {5, "other"},
		{map[string]any{"channel_post": 5}, "channel_post"}, {map[string]any{"edited_channel_post": 5}, "edited_channel_post"},
	} {
		if in, _ := decoded(t, u.update); in.kind != u.want {
			t.Errorf("kind %q, want %q", in.kind, u.want)
		}
	}
}

func FuzzDecodeUpdate(f *testing.F) {
	for _, u := range []any{
		private(map[string]any{"text": "/help@OurName سؤال 🗞"}), press(nil),
		map[string]any{"message": map[string]any{"chat": map[string]any{"id": "7"}}}, []int{1}, nil,
		edited(map[string]any{"text": "سؤال", "message_thread_id": 4, "is_topic_message": true}), membership(-7, "kicked"),
		private(map[string]any{"chat": map[string]any{"id": -7, "type": "group"}, "migrate_to_chat_id": -8}),
		piece("f1", "album", "سؤال"),
		posted("channel_post", map[string]any{"text": "سؤال", "author_signature": "محرّر"}), posted("edited_channel_post", nil),
		standing("left", "administrator"),
		said(map[string]any{"text": "من فاز؟ @OurName", "message_thread_id": 4, "is_topic_message": true}),
		said(map[string]any{"text": "لماذا؟", "reply_to_message": fromBot}), said(map[string]any{"text": "بيننا"}),
		said(map[string]any{"new_chat_members": []any{map[string]any{"id": 42}}}),
		press(map[string]any{"message": map[string]any{"message_id": 9, "date": 1700000000, "chat": map[string]any{"id": -7, "type": "supergroup"}}}),
		map[string]any{"inline_query": map[string]any{"id": "1", "query": "سؤال 🗞", "offset": "", "from": map[string]any{"id": 7}}},
	} {
		raw, _ := json.Marshal(u)
		f.Add(int64(1), raw)
	}
	for _, raw := range []string{
		`{"digest":{"person":7,"day":"2026-11-30","language":"ar"}}`, `{"digest":{"person":-7}}`, `{"digest":7}`, `{"message":{"chat":{"id":7}}}`,
		`{"stopped_message_generation":{"chat":{"id":7,"type":"private"},"message_thread_id":3,"draft_id":5}}`,
	} {
		f.Add(int64(-128), []byte(raw))
		f.Add(int64(1), []byte(raw))
	}
	f.Fuzz(func(t *testing.T, id int64, raw []byte) {
		in, err := decodeUpdate(id, raw, testBot)
		if in.event.Digest && id >= 0 || id < 0 && (in.action != ignore) != in.event.Digest {
			t.Errorf("update %d is %s", id, fmt.Sprintf("%+v", in))
		}
		if name := in.event.Person.Name; utf8.RuneCountInString(name) > maxName || name != cleanName(name) {
			t.Errorf("the name %q is not clean", name)
		}
		switch {
		case err != nil && in.action != ignore:
			t.Error("undecodable, but not ignored")
		case in.action == ignore:
		case in.action == renumbered && (in.from >= 0 || in.to >= 0):
			t.Errorf("a chat that is no group has another ID: %s", fmt.Sprintf("%+v", in))
		case in.action == admitted || in.action == expelled || in.action == renumbered:
		case in.event.Inline && in.place == place{in.event.Person.ID, inlineThread} && in.inline != "":
		case in.place.chat == 0 || in.event.Chat != in.place.chat || in.event.Thread != in.place.thread || in.event.ID != id ||
			in.event.Person.ID == 0 && in.event.Channel == nil:
			t.Errorf("an event from nowhere: %s", fmt.Sprintf("%+v", in))
		case in.action == acknowledge && in.query == "":
			t.Error("nothing to acknowledge")
		}
	})
}
