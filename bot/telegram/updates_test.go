package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"testing"

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
		{"reply to the bot", map[string]any{"text": "why", "reply_to_message": map[string]any{"text": "because", "from": map[string]any{"id": 42}}},
			bot.Event{Text: "why", Replied: &bot.Replied{Text: "because", FromBot: true}}},
		{"reply to a caption", map[string]any{"text": "/add", "reply_to_message": map[string]any{"caption": "news", "from": map[string]any{"id": 7}}},
			bot.Event{Text: "/add", Command: "add", Replied: &bot.Replied{Text: "news"}}},
		{"reply to nothing that is left", map[string]any{"text": "why", "reply_to_message": map[string]any{}},
			bot.Event{Text: "why", Replied: &bot.Replied{}}},
		{"entities of another type", map[string]any{"text": "/help me", "entities": "none"},
			bot.Event{Text: "/help me", Command: "help", Argument: "me"}},
		{"text of another type", map[string]any{"text": 5}, bot.Event{}},
		// What somebody else wrote tells the bot to do nothing.
		{"forwarded command", map[string]any{"text": "/help me", "entities": command, "forward_origin": map[string]any{"type": "hidden_user"}},
			bot.Event{Text: "/help me"}},
		{"forwarded command without entities", map[string]any{"text": "/help me", "forward_origin": map[string]any{}}, bot.Event{Text: "/help me"}},
		{"command after a word", map[string]any{"text": "مرحبا /help", "entities": []map[string]any{{"type": "bot_command", "offset": 6, "length": 5}}},
			bot.Event{Text: "مرحبا /help", Command: "help"}},
		{"unknown forward origin", map[string]any{"text": "so", "forward_origin": map[string]any{"type": "from_the_future"}},
			bot.Event{Text: "so"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.ID, tt.want.Chat, tt.want.Person = 1, 7, reader
			in, err := decoded(t, private(tt.fields))
			if diff := cmp.Diff(tt.want, in.event); diff != "" || err != nil || in.action != handle || in.chat != 7 {
				t.Errorf("action %d, chat %d, error %v, event -want +got:\n%s", in.action, in.chat, err, diff)
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
		{"another command in a group", private(map[string]any{"chat": group, "text": "/help"}), ignore, false},
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
		{"channel post", map[string]any{"channel_post": map[string]any{"text": "hello"}}, ignore, false},
		{"edited message", map[string]any{"edited_message": private(map[string]any{"text": "hello"})["message"]}, ignore, false},
		{"membership", map[string]any{"my_chat_member": map[string]any{}}, ignore, false},
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
		`{"callback_query":[]}`, `{"callback_query":{"id":5}}`,
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
		{"of the bot", nil, incoming{action: handle, message: 9, event: bot.Event{Press: "s:1"}}},
		{"of a message out of reach", map[string]any{"message": map[string]any{"message_id": 9, "date": 0, "chat": chat}},
			incoming{action: handle, event: bot.Event{Press: "s:1", Fixed: true}}},
		{"of no message", map[string]any{"message": nil},
			incoming{action: handle, mute: true, event: bot.Event{Press: "s:1", Fixed: true}}},
		{"without data", map[string]any{"data": nil, "game_short_name": "chess"},
			incoming{action: acknowledge, message: 9, event: bot.Event{}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.id, tt.want.chat, tt.want.query = 1, 7, "q1"
			tt.want.event.ID, tt.want.event.Chat, tt.want.event.Person = 1, 7, bot.Person{ID: 7, LanguageCode: "en"}
			got, err := decoded(t, press(tt.fields))
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(incoming{})); diff != "" || err != nil {
				t.Errorf("error %v, -want +got:\n%s", err, diff)
			}
		})
	}
	t.Run("in a group", func(t *testing.T) {
		m := map[string]any{"message_id": 9, "date": 1700000000, "chat": map[string]any{"id": -7, "type": "group"}}
		if in, err := decoded(t, press(map[string]any{"message": m})); err != nil || in.action != acknowledge {
			t.Errorf("action %d, error %v", in.action, err)
		}
	})
}

func FuzzDecodeUpdate(f *testing.F) {
	for _, u := range []any{
		private(map[string]any{"text": "/help@OurName سؤال 🗞"}), press(nil),
		map[string]any{"message": map[string]any{"chat": map[string]any{"id": "7"}}}, []int{1}, nil,
	} {
		raw, _ := json.Marshal(u)
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := decodeUpdate(1, raw, testBot)
		switch {
		case err != nil && in.action != ignore:
			t.Error("undecodable, but not ignored")
		case in.action == ignore:
		case in.chat == 0 || in.event.Chat != in.chat || in.event.ID != 1 || in.event.Person.ID == 0:
			t.Errorf("an event from nowhere: %s", fmt.Sprintf("%+v", in))
		case in.action == acknowledge && in.query == "":
			t.Error("nothing to acknowledge")
		}
	})
}
