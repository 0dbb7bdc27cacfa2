package telegram

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// said returns the update of a message that person 7 writes in a group, with these fields besides, and the entities that
// Telegram finds in its text.
func said(fields map[string]any) map[string]any {
	m := map[string]any{"chat": map[string]any{"id": -100, "type": "supergroup", "title": "Desk"}}
	for text, entities := range map[string]string{"text": "entities", "caption": "caption_entities"} {
		if s, ok := fields[text].(string); ok {
			m[entities] = telegramtest.FindEntities(s)
		}
	}
	maps.Copy(m, fields)
	return private(m)
}

// fromBot is a message of the bot that another one replies to.
var fromBot = map[string]any{"message_id": 99, "text": "because", "from": map[string]any{"id": 42, "is_bot": true}}

// A message of a group is for the bot when it calls it by its name, anywhere in it. The name is no part of what it says.
func TestMentions(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"at the beginning", "@OurName who won?", "who won?"},
		{"in another case", "@ourNAME who won?", "who won?"},
		{"at the end", "who won @OurName", "who won"},
		{"at the end of a question", "من فاز @OurName؟", "من فاز؟"},
		{"called", "يا @OurName من فاز؟", "من فاز؟"},
		{"called after an emoji", "😀 يا @OurName من فاز؟", "😀 من فاز؟"},
		{"called at the end", "من فاز يا @OurName؟", "من فاز؟"},
		{"called between isolates", "يا \u2068@OurName\u2069 من فاز؟", "من فاز؟"},
		{"called on its own line", "سؤال\nيا @OurName\nمن فاز؟", "سؤال\nمن فاز؟"},
		{"called alone", "يا @OurName", ""},
		{"behind a word that ends so", "متى الانتخابات في سوريا @OurName؟", "متى الانتخابات في سوريا؟"},
		{"after a comma", "who won, @OurName?", "who won?"},
		{"in the middle", "tell me @OurName who won", "tell me who won"},
		{"after Arabic", "من فاز @OurName في الانتخابات؟", "من فاز في الانتخابات؟"},
		{"after an emoji", "🗞️ @OurName who won?", "🗞️ who won?"},
		{"beside an emoji", "🗞@OurName🗞 who won?", "🗞🗞 who won?"},
		{"after joined emoji", "👩\u200d👩\u200d👧 سؤال: @OurName من فاز؟", "👩\u200d👩\u200d👧 سؤال: من فاز؟"},
		{"after a keycap", "1\ufe0f\u20e3@OurName who won?", "1\ufe0f\u20e3 who won?"},
		{"behind a mark", "\u200f@OurName من فاز؟", "من فاز؟"},
		{"between marks", "\u200f@OurName\u200f من فاز؟", "من فاز؟"},
		{"isolated", "\u2068@OurName\u2069 من فاز؟", "من فاز؟"},
		{"isolated in a line", "\u2067سؤال \u2066@OurName\u2069 من فاز؟\u2069", "\u2067سؤال من فاز؟\u2069"},
		{"before a colon", "@OurName: who won?", "who won?"},
		{"before an Arabic comma", "@OurName، من فاز؟", "من فاز؟"},
		{"before a dash", "@OurName - who won?", "who won?"},
		{"before a number", "@OurName -5 where?", "-5 where?"},
		{"on its own line", "@OurName\nwho won?\nand where?", "who won?\nand where?"},
		{"on a line between", "who won?\n@OurName\nand where?", "who won?\nand where?"},
		{"twice", "@OurName @OurName who won @OurName", "who won"},
		{"alone", " @OurName ", ""},
		{"alone with a colon", "@OurName:", ""},
		{"with others", "@Mona @OurName who won?", "@Mona who won?"},
		{"in brackets", "who won (@OurName)", "who won ()"},
		{"a command in a question", "@OurName what does the bot's /help do", "what does the bot's /help do"},
	}
	for _, tt := range tests {
		for _, form := range []string{"entities", "none", "caption"} {
			t.Run(tt.name+", "+form, func(t *testing.T) {
				fields := map[string]any{"text": tt.text}
				switch form {
				case "none":
					fields["entities"] = nil
				case "caption":
					fields = map[string]any{"caption": tt.text, "photo": []any{1}}
				}
				in, err := decoded(t, said(fields))
				want := bot.Event{
					ID: 1, Chat: -100, Group: true, Title: "Desk", Message: 5, Text: tt.want, Person: bot.Person{ID: 7, LanguageCode: "ar"},
				}
				if diff := cmp.Diff(want, in.event); diff != "" || in.action != handle || err != nil {
					t.Errorf("action %d, error %v, event -want +got:\n%s", in.action, err, diff)
				}
			})
		}
	}
}

// Words can lead to the bot without its name, when Telegram says so.
func TestTextMention(t *testing.T) {
	mention := func(id any, offset, length any) map[string]any {
		return map[string]any{"type": "text_mention", "offset": offset, "length": length, "user": map[string]any{"id": id, "is_bot": true}}
	}
	const text = "سؤال 🗞 News Bot: من فاز؟"
	tests := []struct {
		name   string
		entity map[string]any
		want   action
		words  string
	}{
		{"of the bot", mention(42, 8, 8), handle, "سؤال 🗞: من فاز؟"},
		{"of somebody", mention(43, 8, 8), ignore, ""},
		{"of nobody", mention("x", 8, 8), ignore, ""},
		{"within a character", mention(42, 6, 1), ignore, ""},
		{"behind the end", mention(42, 8, 80), ignore, ""},
		{"far behind the end", mention(42, 1<<62, 1<<62), ignore, ""},
		{"before the beginning", mention(42, -8, 8), ignore, ""},
		{"of another type", mention(42, "x", []int{}), ignore, ""},
		{"of a name that is not the bot's", map[string]any{"type": "mention", "offset": 8, "length": 8}, ignore, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := decoded(t, said(map[string]any{"text": text, "entities": []any{tt.entity}}))
			if in.action != tt.want || in.event.Text != tt.words || err != nil {
				t.Errorf("action %d, words %q, error %v, want %d, %q", in.action, in.event.Text, err, tt.want, tt.words)
			}
		})
	}
}

// What only looks like the bot's name is not it.
func TestNoMention(t *testing.T) {
	for _, text := range []string{
		"who won?", "OurName who won?", "@OurNameToo who won?", "@OurNam who won?", "x@OurName who won?", "سؤال@OurName",
		"@OurNameسؤال", "write to mona@OurName.com", "https://t.me/@OurName", "@Mona who won?", "@", "",
	} {
		for _, entities := range []any{telegramtest.FindEntities(text), nil} {
			if in, err := decoded(t, said(map[string]any{"text": text, "entities": entities})); in.action != ignore || err != nil {
				t.Errorf("%q with %v: action %d, error %v", text, entities, in.action, err)
			}
		}
	}
	code := []any{map[string]any{"type": "code", "offset": 0, "length": 8}}
	if in, _ := decoded(t, said(map[string]any{"text": "@OurName", "entities": code})); in.action != ignore {
		t.Error("a name in code mentions the bot")
	}
}

func TestGroupCommands(t *testing.T) {
	reply := map[string]any{"reply_to_message": fromBot}
	tests := []struct {
		name, text string
		fields     map[string]any
		ok         bool
		want       bot.Event
	}{
		{"named", "/ask@OurName who won?", nil, true, bot.Event{Text: "/ask@OurName who won?", Command: "ask", Argument: "who won?"}},
		{"in another case", "/ask@ourname", nil, true, bot.Event{Text: "/ask@ourname", Command: "ask"}},
		{"named, of no known kind", "/dance@OurName", nil, true, bot.Event{Text: "/dance@OurName", Command: "dance"}},
		{"after Arabic", "مرحبا /ask@OurName من فاز؟", nil, true, bot.Event{Text: "مرحبا /ask@OurName من فاز؟", Command: "ask", Argument: "من فاز؟"}},
		{"after an emoji", "🗞 /ask@OurName", nil, true, bot.Event{Text: "🗞 /ask@OurName", Command: "ask"}},
		{"bare", "/ask who won?", nil, true, bot.Event{Text: "/ask who won?", Command: "ask", Argument: "who won?", Bare: true}},
		{"bare after an emoji", "\u200f🗞 /ask من فاز؟", nil, true, bot.Event{Text: "\u200f🗞 /ask من فاز؟", Command: "ask", Argument: "من فاز؟", Bare: true}},
		{"spoken of", "try /help", nil, false, bot.Event{}},
		{"bare with the name", "@OurName /ask who won?", nil, true, bot.Event{Text: "/ask who won?", Command: "ask", Argument: "who won?"}},
		{"bare, the name behind", "/ask who won, @OurName?", nil, true, bot.Event{Text: "/ask who won?", Command: "ask", Argument: "who won?"}},
		{"bare in reply to the bot", "please /help", reply, true,
			bot.Event{Text: "please /help", Command: "help", Replied: &bot.Replied{Message: 99, Text: "because", FromBot: true}}},
		{"for another bot", "/ask@OtherBot who won?", nil, false, bot.Event{}},
		{"for another bot, with the name", "/ask@OtherBot who is @OurName?", nil, false, bot.Event{}},
		{"for another bot, in reply", "/ask@OtherBot", reply, false, bot.Event{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fields := map[string]any{"text": tt.text}
			maps.Copy(fields, tt.fields)
			in, err := decoded(t, said(fields))
			if tt.ok {
				tt.want.ID, tt.want.Chat, tt.want.Message, tt.want.Group, tt.want.Title = 1, -100, 5, true, "Desk"
				tt.want.Person = bot.Person{ID: 7, LanguageCode: "ar"}
			}
			if diff := cmp.Diff(tt.want, in.event); diff != "" || err != nil || (in.action == handle) != tt.ok {
				t.Errorf("action %d, error %v, event -want +got:\n%s", in.action, err, diff)
			}
		})
	}
}

// A reply to the bot is for it, except in a topic that begins with a message of its: there everything is one.
func TestGroupReplies(t *testing.T) {
	forum := map[string]any{"id": -100, "type": "supergroup", "title": "Desk", "is_forum": true}
	topic := map[string]any{"message_id": 4, "forum_topic_created": map[string]any{"name": "x"}, "from": map[string]any{"id": 42, "is_bot": true}}
	root := map[string]any{"message_id": 4, "text": "because", "from": map[string]any{"id": 42, "is_bot": true}}
	other := map[string]any{"message_id": 98, "text": "من فاز؟", "document": map[string]any{"file_id": "f"}, "from": map[string]any{"id": 8}}
	answer := &bot.Replied{Message: 99, Text: "because", FromBot: true}
	tests := []struct {
		name    string
		fields  map[string]any
		want    action
		replied *bot.Replied
	}{
		{"to the bot", map[string]any{"text": "why?", "reply_to_message": fromBot}, handle, answer},
		{"without words", map[string]any{"sticker": map[string]any{}, "reply_to_message": fromBot}, handle, answer},
		{"to somebody", map[string]any{"text": "why?", "reply_to_message": other}, ignore, nil},
		{"to somebody, with the name", map[string]any{"text": "@OurName", "reply_to_message": other}, handle, &bot.Replied{Message: 98, Text: "من فاز؟"}},
		{"in a topic", map[string]any{"text": "why?", "chat": forum, "message_thread_id": 4, "reply_to_message": topic}, ignore, nil},
		{"in a topic, with the name", map[string]any{"text": "@OurName", "chat": forum, "message_thread_id": 4, "reply_to_message": topic}, handle, nil},
		{"to the root of a topic", map[string]any{"text": "why?", "chat": forum, "message_thread_id": 4, "reply_to_message": root}, ignore, nil},
		{"to the bot in a topic", map[string]any{"text": "why?", "chat": forum, "message_thread_id": 4, "reply_to_message": fromBot}, handle, answer},
		{"to the first of a thread", map[string]any{"text": "why?", "message_thread_id": 99, "reply_to_message": fromBot}, handle, answer},
		{"from elsewhere", map[string]any{"text": "why?", "external_reply": map[string]any{"message_id": 99}}, ignore, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := decoded(t, said(tt.fields))
			if diff := cmp.Diff(tt.replied, in.event.Replied); diff != "" || err != nil || in.action != tt.want {
				t.Errorf("action %d, error %v, want %d; reply -want +got:\n%s", in.action, err, tt.want, diff)
			}
		})
	}
}

// What is handed on, comes from machines or is a file tells the bot nothing.
func TestGroupOthers(t *testing.T) {
	tests := []struct {
		name   string
		fields map[string]any
		want   action
	}{
		{"forwarded", map[string]any{"forward_origin": map[string]any{"type": "user"}}, ignore},
		{"from the group's channel", map[string]any{"is_automatic_forward": true}, ignore},
		{"from a bot", map[string]any{"from": map[string]any{"id": 8, "is_bot": true}}, ignore},
		{"to a channel", map[string]any{"chat": map[string]any{"id": -100, "type": "supergroup", "is_direct_messages": true}}, ignore},
		{"by way of a bot", map[string]any{"via_bot": map[string]any{"id": 42}}, ignore},
		{"a file", map[string]any{"text": nil, "caption": "@OurName who won?", "document": map[string]any{"file_id": "f"}}, handle},
		{"a piece of an album", map[string]any{"text": nil, "photo": []any{1}, "media_group_id": "g", "reply_to_message": fromBot}, ignore},
		{"an edit", map[string]any{"edit_date": 5}, handle},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fields := map[string]any{"text": "@OurName who won?"}
			maps.Copy(fields, tt.fields)
			in, err := decoded(t, said(fields))
			if in.action != tt.want || err != nil || in.event.File != nil || in.event.Post != nil || in.event.BringsFile() {
				t.Errorf("action %d, error %v, want %d: %+v", in.action, err, tt.want, in.event)
			}
			changed := map[string]any{"edited_message": said(fields)["message"]}
			if in, _ := decoded(t, changed); in.action != tt.want || in.event.Edited != (tt.want == handle) {
				t.Errorf("edited: action %d, want %d: %+v", in.action, tt.want, in.event)
			}
		})
	}
	if in, _ := decoded(t, map[string]any{"edited_message": said(map[string]any{"location": map[string]any{}, "reply_to_message": fromBot})["message"]}); in.action != ignore {
		t.Error("a place that moves is an event")
	}
	if in, _ := decoded(t, private(map[string]any{"text": "They won.", "via_bot": map[string]any{"id": 42}})); in.action != ignore {
		t.Error("what the bot has offered is a question to it")
	}
}

// Whoever writes as a chat is that chat.
func TestAnonymous(t *testing.T) {
	group, channel := map[string]any{"id": -100, "title": "Desk"}, map[string]any{"id": -200, "title": "\u202eNews\n"}
	tests := []struct {
		name string
		from int64
		as   map[string]any
		want bot.Person
	}{
		{"an administrator", anonymousAdmin, group, bot.Person{ID: -100, Name: "Desk"}},
		{"a channel", channelBot, channel, bot.Person{ID: -200, Name: "News"}},
		{"the channel of the group", 777000, channel, bot.Person{}},
		{"an administrator of another group", anonymousAdmin, channel, bot.Person{}},
		{"the group as a channel", channelBot, group, bot.Person{}},
		{"a person as one", channelBot, map[string]any{"id": 7}, bot.Person{}},
		{"nobody", channelBot, map[string]any{}, bot.Person{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := decoded(t, said(map[string]any{
				"text": "@OurName who won?", "sender_chat": tt.as, "from": map[string]any{"id": tt.from, "is_bot": tt.from != 777000},
			}))
			if in.event.Person != tt.want || in.event.Anonymous != (tt.want.ID != 0) || (in.action == handle) != (tt.want.ID != 0) || err != nil {
				t.Errorf("action %d, error %v, %+v", in.action, err, in.event)
			}
		})
	}
}

func FuzzAddressing(f *testing.F) {
	for _, text := range []string{
		"@OurName who won?", "من فاز يا @OurName؟ @ourname", "👩\u200d💻@OurName\u200f:", "@Our@OurNameName", "@@OurNameOurName",
		"/ask@OurName @OurName", "/ask \u2068@OurName\u2069 x", "a\n @OurName \nb", "\xff@OurName\xff",
	} {
		f.Add(text, 0, 8, true)
		f.Add(text, 4, 12, false)
	}
	f.Fuzz(func(t *testing.T, text string, offset, length int, recognised bool) {
		var entities []fields
		if recognised {
			raw, _ := json.Marshal(telegramtest.FindEntities(text))
			entities = value[[]fields](raw)
		}
		if len(entities) == 0 && !recognised {
			raw, _ := json.Marshal([]any{map[string]any{"type": "text_mention", "offset": offset, "length": length, "user": map[string]any{"id": 42}}})
			entities = value[[]fields](raw)
		}
		at := 0
		for _, s := range findMentions(text, entities, testBot) {
			if s.from < at || s.to <= s.from || s.to > len(text) {
				t.Fatalf("%q is cut at %v after %d", text, s, at)
			}
			at = s.to
		}
		cut := cutOut(text, findMentions(text, entities, testBot))
		if utf8.ValidString(text) && !utf8.ValidString(cut) {
			t.Errorf("%q is cut to %q", text, cut)
		}
		left, were := len(mentionsByForm(cut, testBot.username)), len(mentionsByForm(text, testBot.username))
		if recognised && left > were || left > 0 && len(entities) == 0 { // what stood before a name may make none of it
			t.Errorf("%q is cut to %q, which has %d mentions", text, cut, left)
		}
		if strings.TrimSpace(cut) != cut {
			t.Errorf("%q is cut to %q", text, cut)
		}
		m, _ := said(map[string]any{"text": text, "entities": entities})["message"].(map[string]any)
		raw, _ := json.Marshal(m)
		if in, err := decodeMessage(incoming{id: 1}, value[fields](raw), testBot); err != nil || in.event.Bare && in.event.Command == "" {
			t.Errorf("%q is %+v, %v", text, in, err)
		}
	})
}
