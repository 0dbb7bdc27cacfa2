package telegramtest

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestParseHTML(t *testing.T) {
	tests := []struct {
		name, src, text string
		entities        []Entity
	}{
		{"plain", "خبر", "خبر", nil},
		{"styles", "<b>a</b><i>b</i><u>c</u><s>d</s>", "abcd", []Entity{
			{Type: "bold", Length: 1}, {Type: "italic", Offset: 1, Length: 1},
			{Type: "underline", Offset: 2, Length: 1}, {Type: "strikethrough", Offset: 3, Length: 1}}},
		{"other names", "<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike><tg-spoiler>f</tg-spoiler>", "abcdef", []Entity{
			{Type: "bold", Length: 1}, {Type: "italic", Offset: 1, Length: 1}, {Type: "underline", Offset: 2, Length: 1},
			{Type: "strikethrough", Offset: 3, Length: 1}, {Type: "strikethrough", Offset: 4, Length: 1}, {Type: "spoiler", Offset: 5, Length: 1}}},
		{"spoiler", `<span class="tg-spoiler">x</span>`, "x", []Entity{{Type: "spoiler", Length: 1}}},
		{"UTF-16 offsets", "😀 ش <b>😀</b>", "😀 ش 😀", []Entity{{Type: "bold", Offset: 5, Length: 2}}},
		{"outer first", "<b>a<i>b</i></b>", "ab", []Entity{{Type: "bold", Length: 2}, {Type: "italic", Offset: 1, Length: 1}}},
		{"capitals in a start tag", "<B>a</b>", "a", []Entity{{Type: "bold", Length: 1}}},
		{"short end tag", "<b>a</>", "a", []Entity{{Type: "bold", Length: 1}}},
		{"space in tags", "<a  href = 'http://a.b' >x</a >", "x", []Entity{{Type: "text_link", Length: 1, URL: "http://a.b"}}},
		{"empty entity", "a<b></b>", "a", nil},
		{"link", `<a href="https://a.b/?x=1&amp;y=2">x</a>`, "x", []Entity{{Type: "text_link", Length: 1, URL: "https://a.b/?x=1&y=2"}}},
		{"link to its text", `<a>https://a.b</a>`, "https://a.b", []Entity{{Type: "text_link", Length: 11, URL: "https://a.b"}}},
		{"quote", "<blockquote>x</blockquote>", "x", []Entity{{Type: "blockquote", Length: 1}}},
		{"long quote", "<blockquote expandable>x</blockquote>", "x", []Entity{{Type: "expandable_blockquote", Length: 1}}},
		{"link in a quote", `<blockquote>a <a href="http://a.b">b</a></blockquote>`, "a b", []Entity{
			{Type: "blockquote", Length: 3}, {Type: "text_link", Offset: 2, Length: 1, URL: "http://a.b"}}},
		{"code", `<pre><code class="language-go">x</code></pre>`, "x", []Entity{{Type: "pre", Length: 1, Language: "go"}}},
		{"emoji", `<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>`, "👍", []Entity{{Type: "custom_emoji", Length: 2, CustomEmojiID: "5368324170671202286"}}},
		{"time", `<tg-time unix="1647531900" format="wDT">22:45</tg-time>`, "22:45", []Entity{{Type: "date_time", Length: 5, UnixTime: 1647531900, Format: "wDT"}}},
		{"references", "&lt;&gt;&amp;&quot;&#39;&#x27;&#128512;", `<>&"''😀`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, r := parseHTML(tt.src)
			if r != nil {
				t.Fatal(r)
			}
			if got.text != tt.text || len(got.notes) > 0 {
				t.Errorf("parseHTML(%q) = %q with notes %q, want %q", tt.src, got.text, got.notes, tt.text)
			}
			if diff := cmp.Diff(tt.entities, got.entities); diff != "" {
				t.Errorf("parseHTML(%q): entities (-want +got):\n%s", tt.src, diff)
			}
		})
	}
}

func TestParseHTMLRefuses(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"unknown tag", "ش<p>x</p>", `Unsupported start tag "p" at byte offset 2`},
		{"bare less", "1 < 2", `Unsupported start tag "" at byte offset 2`},
		{"less at the end", "1 <", `Unclosed start tag at byte offset 2`},
		{"unclosed tag", "<b", `Unclosed start tag at byte offset 0`},
		{"no end", "<b>x<i>y</i>", `Can't find end tag corresponding to start tag "b"`},
		{"crossed", "<b><i>x</b></i>", `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`},
		{"end alone", "x</b>", `Unexpected end tag at byte offset 1`},
		{"unclosed end", "<b>x</b", `Unclosed end tag at byte offset 4`},
		{"span", `<span class="x">y</span>`, `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{"no value", `<a href>x</a>`, `Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0`},
		{"no name", `<a ="x">y</a>`, `Empty attribute name in the tag "a" at byte offset 0`},
		{"no attribute", `<a `, `Unclosed start tag "a" at byte offset 0`},
		{"open string", `<a href="x>y</a>`, `Unclosed start tag at byte offset 0`},
		{"bare address", `<a href=http://a.b>x</a>`, `Unexpected end of name token at byte offset 8`},
		{"emoji without identifier", "<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"},
		{"time without number", "<tg-time unix='now'>x</tg-time>", "Invalid Unix time specified"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, r := parseHTML(tt.src)
			want := "Bad Request: can't parse entities: " + tt.want
			if r == nil || r.Description != want {
				t.Errorf("parseHTML(%q) = %v, want %s", tt.src, r, want)
			}
		})
	}
}

func TestParseHTMLNotes(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"unknown attribute", `<a href="http://a.b" title="x">y</a>`, `tag "a" has an unknown attribute "title"`},
		{"link to nowhere", `<a href="nowhere">y</a>`, `link to "nowhere" is dropped: Wrong HTTP URL`},
		{"script", `<a href="javascript://a.b">y</a>`, `link to "javascript://a.b" is dropped: Unsupported URL protocol`},
		{"quote in a quote", "<blockquote>a<blockquote>b</blockquote></blockquote>", "blockquote is dropped: it cannot be part of blockquote"},
		{"style in code", "<code>a<b>b</b></code>", "bold is dropped: it cannot be part of code"},
		{"code in style", "<b>a<code>b</code></b>", "code is dropped: it cannot be part of bold"},
		{"link in a link", `<a href="http://a.b">a<a href="http://a.c">b</a></a>`, "text_link is dropped: it cannot be part of text_link"},
		{"no semicolon", "&lt", `reference without ";" at byte offset 0`},
		{"surrogate", "&#xD800;", `bare "&" at byte offset 0`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, r := parseHTML(tt.src)
			if r != nil {
				t.Fatal(r)
			}
			if len(got.notes) != 1 || got.notes[0] != tt.want {
				t.Errorf("parseHTML(%q): notes %q, want %q", tt.src, got.notes, tt.want)
			}
		})
	}
}

func FuzzParseHTML(f *testing.F) {
	for _, s := range []string{"", "<b>ش</b>", `<a href="https://a.b">x</a>`, "<pre><code class='language-go'>x</code></pre>",
		"&#x1F600;&lt", "<blockquote expandable>x</blockquote>", "</", "<a href='", "<b\x00>", "<span class=tg-spoiler>😀</span>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if !utf8.ValidString(src) {
			t.Skip("refused before")
		}
		got, r := parseHTML(src)
		if r != nil {
			if !strings.HasPrefix(r.Description, "Bad Request: can't parse entities: ") {
				t.Errorf("refused with %q", r.Description)
			}
			return
		}
		checkEntities(t, got.text, got.entities)
		text, entities := clean(got.text, got.entities)
		checkEntities(t, text, entities)
		checkEntities(t, text, withFound(text, entities))
	})
}

// checkEntities checks that entities cover whole characters of a text, in order.
func checkEntities(t *testing.T, text string, entities []Entity) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("text %q is not UTF-8", text)
	}
	for _, e := range entities {
		if of := e.Of(text); of == "" || utf16Len(of) != e.Length || strings.ContainsRune(of, utf8.RuneError) && !strings.ContainsRune(text, utf8.RuneError) {
			t.Errorf("%+v covers %q of %q", e, of, text)
		}
	}
	if !slices.IsSortedFunc(entities, compareEntities) {
		t.Errorf("entities are not in order: %+v", entities)
	}
}
