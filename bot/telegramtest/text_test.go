package telegramtest

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestFindEntities(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // type, offset and covered text
	}{
		{"command", "/help", []string{"bot_command 0 /help"}},
		{"addressed command", "/help@newsbot_test_bot x", []string{"bot_command 0 /help@newsbot_test_bot"}},
		{"payload", "/start a_1", []string{"bot_command 0 /start"}},
		{"command after Arabic", "سؤال /help", []string{"bot_command 5 /help"}},
		{"command after an emoji", "😀 /help", []string{"bot_command 3 /help"}},
		{"command on the second line", "x\n/help", []string{"bot_command 2 /help"}},
		{"command after punctuation", "(/help)", []string{"bot_command 1 /help"}},
		{"glued to a word", "سؤال/help x/help", nil},
		{"glued before a word", "/helpسؤال", nil},
		{"path", "/usr/bin", nil},
		{"in Arabic letters", "/مساعدة", nil},
		{"slash", "/ x", nil},
		{"too long", "/" + strings.Repeat("a", 65), nil},
		{"mention", "سؤال @newsbot_test_bot؟", []string{"mention 5 @newsbot_test_bot"}},
		{"address of mail", "a@newsbot", nil},
		{"short mention", "@abc", nil},
		{"address", "انظر https://a.example/ب?x=1، ثم", []string{"url 5 https://a.example/ب?x=1"}},
		{"address without scheme", "see example.com/a.", []string{"url 4 example.com/a"}},
		{"command in an address", "https://a.b/help", []string{"url 0 https://a.b/help"}},
		{"mention in an address", "https://a.b/@newsbot", []string{"url 0 https://a.b/@newsbot"}},
		{"nothing", "ما الأخبار؟", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entities := FindEntities(tt.text)
			checkEntities(t, tt.text, entities)
			if diff := cmp.Diff(tt.want, describe(tt.text, entities)); diff != "" {
				t.Errorf("FindEntities(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func describe(text string, entities []Entity) []string {
	var out []string
	for _, e := range entities {
		out = append(out, strings.Join([]string{e.Type, strconv.Itoa(e.Offset), e.Of(text)}, " "))
	}
	return out
}

func FuzzFindEntities(f *testing.F) {
	for _, s := range []string{"😀 /help@newsbot x", "سؤال @newsbot", "https://a.b/c).", "//a/@b@c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			checkEntities(t, text, FindEntities(text))
		}
	})
}

func TestEntityOfOtherText(t *testing.T) {
	for _, e := range []Entity{{Offset: 2, Length: 2}, {Offset: -1, Length: 1}, {Offset: 4, Length: 1}, {Offset: 1, Length: -1}} {
		if got := e.Of("abc"); got != "" {
			t.Errorf("%+v.Of = %q, want nothing", e, got)
		}
	}
}

// Telegram finds nothing inside links and code that the bot sends.
func TestEntitiesFoundInFormattedText(t *testing.T) {
	f, r := parseHTML(`<a href="https://a.b">example.com</a> <code>/code</code> <b>/help</b>`)
	if r != nil {
		t.Fatal(r)
	}
	want := []string{"text_link 0 example.com", "code 12 /code", "bold 18 /help", "bot_command 18 /help"}
	if diff := cmp.Diff(want, describe(f.text, withFound(f.text, f.entities))); diff != "" {
		t.Errorf("withFound (-want +got):\n%s", diff)
	}
}

func TestLinkFault(t *testing.T) {
	tests := []struct{ name, link, want string }{
		{"plain", "https://example.com/a?b=ج#c", ""},
		{"no scheme", "example.com", ""},
		{"port", "http://127.0.0.1:80/", ""},
		{"IPv6", "http://[::1]/", ""},
		{"app", "tg://user?id=7", ""},
		{"no domain", "http://localhost:80/", "Wrong HTTP URL"},
		{"space", "http://a.b/ c", "Wrong HTTP URL"},
		{"no address", "http://%zz", "Wrong HTTP URL"},
		{"no host", "http:///x", "URL host is empty"},
		{"empty", "", "URL host is empty"},
		{"script", "javascript://a.b", "Unsupported URL protocol"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := linkFault(tt.link); got != tt.want {
				t.Errorf("linkFault(%q) = %q, want %q", tt.link, got, tt.want)
			}
		})
	}
}

func TestClean(t *testing.T) {
	bold := func(offset, length int) []Entity { return []Entity{{Type: "bold", Offset: offset, Length: length}} }
	tests := []struct {
		name, text string
		entities   []Entity
		want       string
		moved      []Entity
	}{
		{"nothing to do", "خبر", bold(0, 3), "خبر", bold(0, 3)},
		{"embeddings go", "a\u202Bb\u202Cc\u202E\u2028\u2029d", nil, "abcd", nil},
		{"isolates stay", "\u2068a\u2069\u2066b\u2069", nil, "\u2068a\u2069\u2066b\u2069", nil},
		{"control characters", "a\tb\x01c\rd\ne", nil, "a b cd\ne", nil},
		{"vertical lines", "a\u0333b\u033Fc\u030Ad", nil, "abcd", nil},
		{"marks in a row", "\u200F\u200E\u200Fx\u200E", nil, "\u200C\u200C\u200Fx\u200E", nil},
		{"trimmed", " \n a b \n ", nil, "a b", nil},
		{"no-break space stays", "\u00A0a", nil, "\u00A0a", nil},
		{"entity moves", "\u202Aab", bold(2, 1), "ab", bold(1, 1)},
		{"entity shrinks", "😀\u202Ab", bold(0, 4), "😀b", bold(0, 3)},
		{"entity goes", "a\u202A", bold(1, 1), "a", nil},
		{"entity cut at the end", "ab  ", bold(1, 3), "ab", bold(1, 1)},
		{"entity keeps its space", "  ab", bold(1, 3), " ab", bold(0, 3)},
		{"entity shifts", "  ab", bold(3, 1), "ab", bold(1, 1)},
		{"entity outside", "ab", bold(1, 9), "ab", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, moved := clean(tt.text, tt.entities)
			if got != tt.want {
				t.Errorf("clean(%q) = %q, want %q", tt.text, got, tt.want)
			}
			if diff := cmp.Diff(tt.moved, moved); diff != "" && len(tt.moved)+len(moved) > 0 {
				t.Errorf("clean(%q): entities (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestCheckBidi(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"none", "خبر\nnews", ""},
		{"isolates", "قال \u2068Reuters\u2069\n\u2067خبر \u2066x\u2069\u2069", ""},
		{"marks", "\u200Fخبر\u200E", ""},
		{"open", "ok\nقال \u2068Reuters", "line 2: 1 isolates are not closed"},
		{"closed on the next line", "\u2068a\nb\u2069", "line 1: 1 isolates are not closed"},
		{"stray", "a\u2069", "line 1: U+2069 at byte 1 closes nothing"},
		{"override", "a\u202Eb", "line 1: embedding or override U+202E at byte 1"},
		{"embedding", "\u202A", "line 1: embedding or override U+202A at byte 0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if err := CheckBidi(tt.text); err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("CheckBidi(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
