package telegram

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
)

// published is the time of posts in these tests.
var published = time.Date(2025, time.August, 15, 9, 30, 0, 0, time.UTC)

// fromChannel is a message forwarded from a channel, with these fields of it and of its origin.
func fromChannel(message, origin map[string]any) map[string]any {
	o := map[string]any{
		"type": "channel", "date": published.Unix(), "message_id": 12,
		"chat": map[string]any{"id": -1001234567890, "type": "channel", "title": "The Desk", "username": "the_desk"},
	}
	maps.Copy(o, origin)
	m := map[string]any{"forward_origin": o}
	maps.Copy(m, message)
	return m
}

// over is an entity over the first occurrence of words in a text.
func over(kind, text, words, url string) map[string]any {
	before, _, found := strings.Cut(text, words)
	if !found {
		panic(words)
	}
	e := map[string]any{"type": kind, "offset": length16(before), "length": length16(words)}
	if url != "" {
		e["url"] = url
	}
	return e
}

func length16(s string) (n int) {
	for _, r := range s {
		n += units16(r)
	}
	return n
}

func TestDecodeForward(t *testing.T) {
	desk := bot.Channel{ID: -1001234567890, Name: "the_desk", Title: "The Desk"}
	tests := []struct {
		name            string
		message, origin map[string]any
		want            *bot.Post
	}{
		{"text", map[string]any{"text": " Talks ended.\n\nSlowly. "}, nil,
			&bot.Post{Channel: desk, Message: 12, Date: published, Text: " Talks ended.\n\nSlowly. "}},
		{"caption of an album, signed", map[string]any{"photo": []any{1}, "caption": "Talks ended.", "media_group_id": "g1"},
			map[string]any{"author_signature": " A.\u202e\n Writer "},
			&bot.Post{Channel: desk, Message: 12, Date: published, Text: "Talks ended.", Author: "A. Writer", Album: "g1"}},
		{"a picture alone", map[string]any{"photo": []any{1}}, nil, &bot.Post{Channel: desk, Message: 12, Date: published}},
		{"private", map[string]any{"text": "x"}, map[string]any{"chat": map[string]any{"id": -1005, "title": "مكتب\u2067 الأخبار"}},
			&bot.Post{Channel: bot.Channel{ID: -1005, Title: "مكتب الأخبار"}, Message: 12, Date: published, Text: "x"}},
		{"a username that leads elsewhere", map[string]any{"text": "x"},
			map[string]any{"chat": map[string]any{"id": -1005, "title": "T", "username": "evil/../x"}},
			&bot.Post{Channel: bot.Channel{ID: -1005, Title: "T"}, Message: 12, Date: published, Text: "x"}},
		{"a username too short", map[string]any{"text": "x"}, map[string]any{"chat": map[string]any{"id": -1005, "username": "abc"}},
			&bot.Post{Channel: bot.Channel{ID: -1005}, Message: 12, Date: published, Text: "x"}},
		{"a long title", map[string]any{"text": "x"}, map[string]any{"chat": map[string]any{"id": -1005, "title": strings.Repeat("ع", 500)}},
			&bot.Post{Channel: bot.Channel{ID: -1005, Title: strings.Repeat("ع", 120)}, Message: 12, Date: published, Text: "x"}},
		{"a date that cannot be", map[string]any{"text": "x"}, map[string]any{"date": -5},
			&bot.Post{Channel: desk, Message: 12, Text: "x"}},
		{"no number", map[string]any{"text": "x"}, map[string]any{"message_id": "none"}, nil},
		{"no channel", map[string]any{"text": "x"}, map[string]any{"chat": 5}, nil},
		{"of a person", map[string]any{"text": "x"}, map[string]any{"type": "user"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := decoded(t, private(fromChannel(tt.message, tt.origin)))
			if diff := cmp.Diff(tt.want, in.event.Post); diff != "" || err != nil || in.action != handle {
				t.Errorf("action %d, error %v, post -want +got:\n%s", in.action, err, diff)
			}
		})
	}
}

func TestDecodeOrigin(t *testing.T) {
	tests := []struct {
		name   string
		origin any
		want   bot.Origin
	}{
		{"channel", map[string]any{"type": "channel", "date": published.Unix()}, bot.OriginChannel},
		{"person", map[string]any{"type": "user", "date": published.Unix(), "sender_user": map[string]any{"id": 9}}, bot.OriginPerson},
		{"this bot", map[string]any{"type": "user", "date": published.Unix(), "sender_user": map[string]any{"id": testBot.id}}, bot.OriginOwn},
		{"hidden", map[string]any{"type": "hidden_user", "date": published.Unix(), "sender_user_name": "x"}, bot.OriginHidden},
		{"group", map[string]any{"type": "chat", "date": published.Unix(), "sender_chat": map[string]any{"id": -9}}, bot.OriginGroup},
		{"unknown", map[string]any{"type": "from_the_future", "date": published.Unix()}, bot.OriginHidden},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := decoded(t, private(map[string]any{"text": "so", "forward_origin": tt.origin}))
			if e := in.event; e.Origin != tt.want || !e.Written.Equal(published) || err != nil {
				t.Errorf("origin %d, written %v, error %v; want %d", e.Origin, e.Written, err, tt.want)
			}
		})
	}
	if in, _ := decoded(t, private(map[string]any{"text": "so"})); in.event.Origin != bot.OriginNone || !in.event.Written.IsZero() {
		t.Errorf("what was not forwarded: origin %d, written %v", in.event.Origin, in.event.Written)
	}
}

// A message that replies to a forwarded one, and a button under the bot's reply to it, lead to its words.
func TestRepliedForward(t *testing.T) {
	forwarded := fromChannel(map[string]any{"message_id": 4, "text": "Talks ended."}, nil)
	want := &bot.Replied{
		Message: 4, Text: "Talks ended.", Written: published,
		Post: &bot.Post{
			Channel: bot.Channel{ID: -1001234567890, Name: "the_desk", Title: "The Desk"},
			Message: 12, Date: published, Text: "Talks ended.",
		},
	}
	in, err := decoded(t, private(map[string]any{"text": "/add", "reply_to_message": forwarded}))
	if diff := cmp.Diff(want, in.event.Replied); diff != "" || err != nil {
		t.Errorf("a reply: error %v, -want +got:\n%s", err, diff)
	}
	under := map[string]any{"message_id": 9, "date": 1700000000, "chat": map[string]any{"id": 7, "type": "private"}}
	under["reply_to_message"] = forwarded
	in, err = decoded(t, press(map[string]any{"message": under}))
	if diff := cmp.Diff(want, in.event.Replied); diff != "" || err != nil {
		t.Errorf("a button: error %v, -want +got:\n%s", err, diff)
	}
	under["reply_to_message"] = map[string]any{"message_id": 4, "text": "who?"}
	if in, _ = decoded(t, press(map[string]any{"message": under})); in.event.Replied != nil {
		t.Errorf("a button under an answer replies to %+v", in.event.Replied)
	}
}

func TestDecodePost(t *testing.T) {
	m := fromChannel(map[string]any{
		"message_id": 77, "date": published.Unix(), "edit_date": published.Add(time.Hour).Unix(), "author_signature": "Writer",
		"chat": map[string]any{"id": -1009, "type": "channel", "title": "Wire"}, "text": "Talks ended.",
	}, nil)
	want := &bot.Post{
		Channel: bot.Channel{ID: -1009, Title: "Wire"}, Message: 77, Date: published, Edited: published.Add(time.Hour),
		Author: "Writer", Text: "Talks ended.",
	}
	if diff := cmp.Diff(want, decodePost(fieldsOf(t, m))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	m["chat"] = map[string]any{"id": -1009, "type": "supergroup"}
	if post := decodePost(fieldsOf(t, m)); post != nil {
		t.Errorf("a message of a group is the post %+v", post)
	}
}

func fieldsOf(t testing.TB, m map[string]any) fields {
	t.Helper()
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return value[fields](raw)
}

func TestPostText(t *testing.T) {
	const (
		page  = "https://desk.example/talks/1"
		talks = "🗞🗞 انتهت المحادثات 👨‍👩‍👧 في أنكوراج أمس. Read more"
	)
	tests := []struct {
		name     string
		text     string
		entities []map[string]any
		tail     string // of the text, behind what was published
		links    []string
	}{
		{"no entities", talks, nil, "", nil},
		{"a link behind emoji", talks, []map[string]any{over("text_link", talks, "Read more", page)}, "\n\nRead more: " + page, nil},
		{"the same under other words", talks,
			[]map[string]any{over("text_link", talks, "Read more", page), over("text_link", talks, "أنكوراج", page+"/")},
			"\n\nRead more: " + page, nil},
		{"two links", talks,
			[]map[string]any{over("text_link", talks, "أنكوراج", "http://place.example"), over("text_link", talks, "Read more", page)},
			"\n\nأنكوراج: http://place.example\nRead more: " + page, nil},
		{"an address that can be seen", "Talks ended (" + page + ").",
			[]map[string]any{over("text_link", "Talks ended ("+page, "ended", page), over("url", "Talks ended ("+page, page, "")}, "", []string{page}},
		{"addresses of people and of other kinds", "Talks ended, says desk", []map[string]any{
			over("text_link", "Talks ended, says desk", "desk", "https://t.me/the_desk"),
			over("text_link", "Talks ended, says desk", "desk", "https://t.me/+AbCdEf"),
			over("text_link", "Talks ended, says desk", "desk", "tg://user?id=5"),
			over("text_link", "Talks ended, says desk", "desk", "mailto:desk@desk.example"),
			over("text_link", "Talks ended, says desk", "desk", "https://"),
			over("text_link", "Talks ended, says desk", "desk", "https://a.example/ \u202eb"),
		}, "", nil},
		{"a post of another channel", "Talks ended, says desk",
			[]map[string]any{over("text_link", "Talks ended, says desk", "desk", "https://t.me/the_desk/7?single")},
			"\n\ndesk: https://t.me/the_desk/7?single", nil},
		{"words over several lines", "Talks\nended\u2067 now, they say",
			[]map[string]any{over("text_link", "Talks\nended\u2067 now", "Talks\nended\u2067 now", page)}, "\n\nTalks ended now: " + page, []string{page}},
		{"other formats", "Talks ended", []map[string]any{over("bold", "Talks ended", "Talks", ""), over("spoiler", "Talks ended", "ended", "")}, "", nil},
		{"nothing but an address", "👉 " + page, []map[string]any{over("url", "👉 "+page, page, "")}, "", []string{page}},
		{"an address without a scheme", "desk.example/1", []map[string]any{over("url", "desk.example/1", "desk.example/1", "")}, "",
			[]string{"https://desk.example/1"}},
		{"a headline over a page", "Talks end in Anchorage", []map[string]any{over("text_link", "Talks end in Anchorage", "Talks end in Anchorage", page)},
			"\n\nTalks end in Anchorage: " + page, []string{page}},
		{"with the channel's name below", "Read more\n\n@the_desk #talks",
			[]map[string]any{over("text_link", "Read more", "Read more", page), over("mention", "Read more\n\n@the_desk", "@the_desk", ""),
				over("hashtag", "Read more\n\n@the_desk #talks", "#talks", "")},
			"\n\nRead more: " + page, []string{page}},
		{"words that lead to it", "Read the full story here: " + page,
			[]map[string]any{over("url", "Read the full story here: "+page, page, "")}, "", []string{page}},
		{"Arabic words that lead to it", "للاطلاع على الخبر كاملاً اضغط هنا 👇\n" + page,
			[]map[string]any{over("url", "للاطلاع على الخبر كاملاً اضغط هنا 👇\n"+page, page, "")}, "", []string{page}},
		{"too few words for an article", "التفاصيل والأسباب: " + page,
			[]map[string]any{over("url", "التفاصيل والأسباب: "+page, page, "")}, "", []string{page}},
		{"words that say something", "Read more of Anchorage: " + page,
			[]map[string]any{over("url", "Read more of Anchorage: "+page, page, "")}, "", nil},
		{"too many words that lead to it", strings.Repeat("read more ", 6) + page,
			[]map[string]any{over("url", strings.Repeat("read more ", 6)+page, page, "")}, "", nil},
		{"a headline above the address", "Talks end in Anchorage\n\n👉 " + page + "\n\n@the_desk",
			[]map[string]any{over("url", "Talks end in Anchorage\n\n👉 "+page, page, "")}, "", []string{page}},
		{"with words that lead on", "انتهاء المحادثات في أنكوراج؟\n" + page + "\nتابعونا هنا",
			[]map[string]any{over("url", "انتهاء المحادثات في أنكوراج؟\n"+page, page, "")}, "", []string{page}},
		{"a sentence above the address", "Talks ended in Anchorage.\n" + page,
			[]map[string]any{over("url", "Talks ended in Anchorage.\n"+page, page, "")}, "", nil},
		{"a headline above words", "Talks end in Anchorage\nThey went on for days " + page,
			[]map[string]any{over("url", "Talks end in Anchorage\nThey went on for days "+page, page, "")}, "", nil},
		{"a headline above two addresses", "Talks end in Anchorage\n" + page + "\n" + page + "2", []map[string]any{
			over("url", "Talks end in Anchorage\n"+page, page, ""), over("url", "Talks end in Anchorage\n"+page+"\n"+page+"2", page+"2", "")},
			"", nil},
		{"words below an address below a tag", "#talks\n" + page + "\nThey went on for days in Anchorage", []map[string]any{
			over("hashtag", "#talks", "#talks", ""), over("url", "#talks\n"+page, page, "")}, "", nil},
		{"nothing but a name", "@the_desk", []map[string]any{over("mention", "@the_desk", "@the_desk", "")}, "", nil},
		{"a long text that is one link", strings.Repeat("Talks ended. ", 20),
			[]map[string]any{{"type": "text_link", "offset": 0, "length": 13 * 20, "url": page}},
			"\n\n" + strings.TrimSpace(strings.Repeat("Talks ended. ", 20)[:100]) + ": " + page, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, kind := range []string{"text", "caption"} {
				field := map[string]string{"text": "entities", "caption": "caption_entities"}[kind]
				post := decodeForward(fieldsOf(t, fromChannel(map[string]any{kind: tt.text, field: tt.entities}, nil)))
				if diff := cmp.Diff(tt.text+tt.tail, post.Text); diff != "" {
					t.Errorf("%s -want +got:\n%s", kind, diff)
				}
				if diff := cmp.Diff(tt.links, post.Links); diff != "" {
					t.Errorf("links of a %s -want +got:\n%s", kind, diff)
				}
			}
		})
	}
}

// What says something beside its link is an article when no page is behind it; a post of a channel is no page.
func TestWordedPost(t *testing.T) {
	const page, headline = "https://desk.example/talks/1", "Talks end in Anchorage"
	for _, tt := range []struct {
		text   string
		entity map[string]any
		links  int
		worded bool
	}{
		{page, over("url", page, page, ""), 1, false},
		{"Read more: " + page, over("url", "Read more: "+page, page, ""), 1, false},
		{"Read the full story", over("text_link", "Read the full story", "Read the full story", page), 1, false},
		{headline, over("text_link", headline, headline, page), 1, true},
		{headline + "\n" + page, over("url", headline+"\n"+page, page, ""), 1, true},
		{headline + "\nhttps://t.me/the_desk/7", over("url", headline+"\nhttps://t.me/the_desk/7", "https://t.me/the_desk/7", ""), 0, true},
	} {
		m := fromChannel(map[string]any{"text": tt.text, "entities": []map[string]any{tt.entity}}, nil)
		post := decodeForward(fieldsOf(t, m))
		if len(post.Links) != tt.links || post.Worded != tt.worded {
			t.Errorf("%q: links %q, worded %v", tt.text, post.Links, post.Worded)
		}
	}
}

// What a post adds to its words is bounded: a text of the greatest length with links over all of it has a few of them.
func TestPostOfManyLinks(t *testing.T) {
	text := strings.Repeat("🙂كلمة ", 4096/7)
	var entities []map[string]any
	for i := range 100 {
		entities = append(entities, map[string]any{"type": "text_link", "offset": 7 * i, "length": 6, "url": fmt.Sprintf("https://desk.example/%d", i)})
	}
	entities = append(entities, map[string]any{"type": "text_link", "offset": 0, "length": 6, "url": "https://desk.example/" + strings.Repeat("a", 5000)})
	post := decodeForward(fieldsOf(t, fromChannel(map[string]any{"text": text, "entities": entities}, nil)))
	if n := strings.Count(post.Text, "\n🙂كلمة: https://desk.example/"); n != mostLinks || !strings.HasPrefix(post.Text, text+"\n\n") {
		t.Errorf("the post has %d links, want %d:\n%s", n, mostLinks, post.Text)
	}
}

func TestRichPost(t *testing.T) {
	const rich = `{"blocks":[
		{"type":"heading","text":"Talks end","size":1},
		{"type":"paragraph","text":["🗞 The ",{"type":"bold","text":["talks",{"type":"italic","text":" ended"}]},". ",
			{"type":"url","text":"Read more","url":"https://desk.example/1"}]},
		{"type":"thinking","text":"hmm"},
		{"type":"list","items":[{"label":"1.","blocks":[{"type":"paragraph","text":"One."}]},{"label":"2.","blocks":[{"type":"paragraph","text":"Two."}]}]},
		{"type":"table","cells":[[{"text":"a"},{"text":"b"}],[{"text":"c"}]],"caption":"Table."},
		{"type":"photo","photo":[],"caption":{"text":"At the door.","credit":"Desk"}},
		{"type":"from_the_future","what":{"text":"never"}}, 5]}`
	const want = "Talks end\n\n🗞 The talks ended. Read more\n\nOne.\n\nTwo.\n\na b\n\nc\n\nTable.\n\nAt the door.\n\nDesk" +
		"\n\nRead more: https://desk.example/1"
	post := decodeForward(fieldsOf(t, fromChannel(map[string]any{"rich_message": json.RawMessage(rich)}, nil)))
	if diff := cmp.Diff(want, post.Text); diff != "" || post.Links != nil {
		t.Errorf("links %v, text -want +got:\n%s", post.Links, diff)
	}
	deep := strings.Repeat(`{"type":"bold","text":`, 5000) + `"x"` + strings.Repeat("}", 5000)
	deep = `{"blocks":[{"type":"paragraph","text":["seen ",` + deep + `]}]}`
	post = decodeForward(fieldsOf(t, fromChannel(map[string]any{"rich_message": json.RawMessage(deep)}, nil)))
	if post.Text != "seen" {
		t.Errorf("of what is too deep %q is read", post.Text)
	}
}

func FuzzPostText(f *testing.F) {
	f.Add("🗞 Talks ended. Read more", "text_link", 16, 9, "url", 3, 5, "https://desk.example/1")
	f.Add("https://desk.example", "url", 0, 20, "mention", -1, 1<<30, "tg://x")
	f.Add("a\xffb🙂", "text_link", 2, 1, "text_link", 0, 5, "http://\x00")
	f.Add("@desk 🙂", "text_link", 7, 1, "mention", 0, 5, "https://t.me/desk/5")
	f.Fuzz(func(t *testing.T, text, kindA string, offsetA, lengthA int, kindB string, offsetB, lengthB int, url string) {
		raw := fieldsOf(t, fromChannel(map[string]any{"text": text, "entities": []map[string]any{
			{"type": kindA, "offset": offsetA, "length": lengthA, "url": url},
			{"type": kindB, "offset": offsetB, "length": lengthB, "url": url + "/2"},
		}}, nil))
		post := decodeForward(raw)
		published, _ := raw.text()
		if !strings.HasPrefix(post.Text, published) || !utf8.ValidString(post.Text) {
			t.Fatalf("the post %q is not as it was published: %q", post.Text, published)
		}
		tail := post.Text[len(published):]
		if tail != "" && (!strings.HasPrefix(tail, "\n\n") || strings.Count(tail, "\n") > 3 || !strings.Contains(tail, ": http")) {
			t.Fatalf("behind the words stands %q", tail)
		}
		for _, link := range post.Links {
			if !isPage(link) {
				t.Fatalf("the post is the link %q", link)
			}
		}
	})
}

func FuzzRichWords(f *testing.F) {
	f.Add(`{"blocks":[{"type":"paragraph","text":["🗞 a",{"type":"url","text":"b","url":"https://c.example"}]}]}`)
	f.Add(`{"blocks":[{"items":[{"blocks":[{"text":"a"}]}],"cells":[[{"text":[["b"]]}]],"caption":{"text":5}}]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		words, anchors := richWords(value[fields](json.RawMessage(raw)))
		if len(words) > maxRich+len(raw) || len(anchors) > mostEntities {
			t.Fatalf("%d bytes and %d links of %d bytes", len(words), len(anchors), len(raw))
		}
		stretches(words, anchors)
	})
}
