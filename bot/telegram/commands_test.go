package telegram

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"newsbot/bot/telegramtest"
)

// recognised returns the entities that Telegram would find in a text.
func recognised(text string) []entity {
	var out []entity
	for _, e := range telegramtest.FindEntities(text) {
		out = append(out, entity{e.Type, e.Offset, e.Length})
	}
	return out
}

func TestParseCommand(t *testing.T) {
	tests := []struct {
		name, text string
		want       command
		ok         bool
	}{
		{"plain", "/help", command{"help", "", ""}, true},
		{"capitals", "/HELP", command{"help", "", ""}, true},
		{"with the bot's name", "/help@OurName", command{"help", "OurName", ""}, true},
		{"argument", "/add  سطر أول\nسطر ثان \n", command{"add", "", "سطر أول\nسطر ثان"}, true},
		{"argument on the next line", "/add\n\nTitle\nText", command{"add", "", "Title\nText"}, true},
		{"payload", "/start a_3f", command{"start", "", "a_3f"}, true},
		{"white space before", " \n/help me", command{"help", "", "me"}, true},
		{"direction marks before", "\u200f\u2067/help", command{"help", "", ""}, true},
		{"argument with emoji", "/add 🗞🗞 news", command{"add", "", "🗞🗞 news"}, true},
		{"several commands", "/one /two", command{"one", "", "/two"}, true},
		{"too many words before", "please tell me what /help does", command{}, false},
		{"too many Arabic words before", "هل لك أن تشرح /help", command{}, false},
		{"an Arabic name", "/مساعدة", command{}, false},
		{"slash alone", "/", command{}, false},
		{"a path", "/usr/bin is what", command{}, false},
		{"nothing", "", command{}, false},
		{"no command", "من فاز؟", command{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := parseCommand(tt.text, recognised(tt.text))
			if got != tt.want || ok != tt.ok {
				t.Errorf("parseCommand(%q) = %+v, %v, want %+v, %v", tt.text, got, ok, tt.want, tt.ok)
			}
		})
		t.Run(tt.name+", without entities", func(t *testing.T) {
			got, ok := parseCommand(tt.text, nil)
			if got != tt.want || ok != tt.ok {
				t.Errorf("parseCommand(%q) = %+v, %v, want %+v, %v", tt.text, got, ok, tt.want, tt.ok)
			}
		})
	}
}

// A greeting may stand before a command; only Telegram's entities tell it from
// what a question speaks of.
func TestParseCommandAfterWords(t *testing.T) {
	tests := []struct {
		name, text string
		want       command
	}{
		{"Arabic", "مرحبا /help", command{"help", "", ""}},
		{"emoji", "💥/help", command{"help", "", ""}},
		{"emoji and a space", "🗞 /help", command{"help", "", ""}},
		{"argument", "please /help now", command{"help", "", "now"}},
		{"three words, with marks between", "أ \u200f ب\n💥 /list@OurName x", command{"list", "OurName", "x"}},
		{"several commands", "first /one, then /two", command{"one", "", ", then /two"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entities := recognised(tt.text)
			if got, ok := parseCommand(tt.text, entities); got != tt.want || !ok {
				t.Errorf("parseCommand(%q, %v) = %+v, %v, want %+v", tt.text, entities, got, ok, tt.want)
			}
			if got, ok := parseCommand(tt.text, nil); ok {
				t.Errorf("parseCommand(%q) = %+v without entities, want none", tt.text, got)
			}
		})
	}
}

// Entities come from outside, and may fit nothing.
func TestParseCommandWithOddEntities(t *testing.T) {
	tests := []struct {
		name     string
		text     string
		entities []entity
		want     command
		ok       bool
	}{
		{"beyond the end", "/help", []entity{{"bot_command", 0, 50}}, command{}, false},
		{"negative", "/help", []entity{{"bot_command", -1, 5}}, command{}, false},
		{"of no length", "/help", []entity{{"bot_command", 0, 0}}, command{}, false},
		{"huge", "/help", []entity{{"bot_command", 1 << 62, 1 << 62}}, command{}, false},
		{"no slash", "help", []entity{{"bot_command", 0, 4}}, command{}, false},
		{"half a character", "🗞/help", []entity{{"bot_command", 1, 6}}, command{}, false},
		{"after other entities", "/help x", []entity{{"bold", 0, 7}, {"bot_command", 0, 5}}, command{"help", "", "x"}, true},
		// Set as code, a command is not one to press.
		{"of another kind", "/help", []entity{{"code", 0, 5}}, command{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := parseCommand(tt.text, tt.entities)
			if got != tt.want || ok != tt.ok {
				t.Errorf("parseCommand(%q) = %+v, %v, want %+v, %v", tt.text, got, ok, tt.want, tt.ok)
			}
		})
	}
}

func TestSlice16(t *testing.T) {
	const s = "سؤال 🗞 /help@Bot ✓"
	units := utf16.Encode([]rune(s))
	for offset := range len(units) + 2 {
		for length := range len(units) + 2 {
			from, to, ok := slice16(s, offset, length)
			inside := length > 0 && offset+length <= len(units)
			if ok && (!inside || s[from:to] != string(utf16.Decode(units[offset:offset+length]))) {
				t.Errorf("slice16(%d, %d) = %q", offset, length, s[from:to])
			}
			if whole := inside && !strings.ContainsRune(string(utf16.Decode(units[offset:offset+length])), utf8.RuneError); ok != whole {
				t.Errorf("slice16(%d, %d) = %v, want %v", offset, length, ok, whole)
			}
		}
	}
}

func FuzzParseCommand(f *testing.F) {
	f.Add("/help@Name argument", "bot_command", 0, 10)
	f.Add("🗞 سؤال /ask", "bot_command", 8, 4)
	f.Add("\xff/\xf0", "bot_command", 1, 1)
	f.Fuzz(func(t *testing.T, text, kind string, offset, length int) {
		for _, entities := range [][]entity{nil, {{kind, offset, length}}} {
			c, ok := parseCommand(text, entities)
			if !ok && c != (command{}) {
				t.Errorf("no command, but %+v", c)
			}
			if ok && (!isName(c.name) || c.name != strings.ToLower(c.name) || !strings.HasSuffix(strings.TrimSpace(text), c.argument)) {
				t.Errorf("parseCommand(%q) = %+v", text, c)
			}
		}
	})
}
