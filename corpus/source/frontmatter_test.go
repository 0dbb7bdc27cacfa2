package source

import (
	"maps"
	"strings"
	"testing"
)

func TestSplitFrontMatter(t *testing.T) {
	tests := []struct {
		name, in, body string
		want           map[string]string // by canonical key
	}{
		{"plain", "---\ntitle: A quiet night\nlang: en\n---\nBody.", "Body.", map[string]string{"title": "A quiet night", "lang": "en"}},
		{"other names", "---\ndate: 2025-08-15\noutlet: Valley Voice\nlanguage: ar\n---\nBody.", "Body.",
			map[string]string{"published": "2025-08-15", "source": "Valley Voice", "lang": "ar"}},
		{"author, modification, embargo", "---\nauthor: Jane Doe\nmodified: 2025-08-16\nembargo: 2025-08-17 06:00\n---\nBody.", "Body.",
			map[string]string{"author": "Jane Doe", "modified": "2025-08-16", "embargo": "2025-08-17 06:00"}},
		{"letter case", "---\nTITLE: A\nLang : en\n---\nBody.", "Body.", map[string]string{"title": "A", "lang": "en"}},
		{"quotes", "---\ntitle: \"A: night\"\nsource: 'Voice'\nurl: \"open\n---\nBody.", "Body.",
			map[string]string{"title": "A: night", "source": "Voice", "url": "\"open"}},
		{"colon in the value", "---\nurl: https://example.org/a:b\n---\nBody.", "Body.", map[string]string{"url": "https://example.org/a:b"}},
		{"first statement counts", "---\ntitle: A\ntitle: B\n---\nBody.", "Body.", map[string]string{"title": "A"}},
		{"unknown keys", "---\nevent: storm\ntags:\n  - rain\n- wind\n# a comment\n\n---\nBody.", "Body.", map[string]string{"event": "storm", "tags": ""}},
		{"blank lines before, spaces after rules", "\n\n---  \ntitle: A\n--- \nBody.", "Body.", map[string]string{"title": "A"}},
		{"nothing in it", "---\n---\nBody.", "Body.", map[string]string{}},
		{"nothing after it", "---\ntitle: A\n---", "", map[string]string{"title": "A"}},
		{"no rules", "Embargo: 2099-01-01\nTitle: Kept back\n\nBody.", "\nBody.", map[string]string{"embargo": "2099-01-01", "title": "Kept back"}},
		{"no rules, other names", "\nDATE: 2025-08-15\nOutlet : \"Voice\"\n \nBody.", " \nBody.", map[string]string{"published": "2025-08-15", "source": "Voice"}},
		{"no rules, an embargo alone", "embargo: 17 August 2025\n\nBody.", "\nBody.", map[string]string{"embargo": "17 August 2025"}},
		{"no rules, nothing below", "Title: A\nLang: en", "", map[string]string{"title": "A", "lang": "en"}},
		{"no rules, one line", "Source: the ministry\n\nBody.", "Source: the ministry\n\nBody.", nil},
		{"no rules, a headline about an embargo", "Embargo: what changes now\n\nBody.", "Embargo: what changes now\n\nBody.", nil},
		{"no rules, a line that is none", "Title: A\nIt rained.\n\nBody.", "Title: A\nIt rained.\n\nBody.", nil},
		{"no rules, an unknown key", "Title: A\nNote: B\n\nBody.", "Title: A\nNote: B\n\nBody.", nil},
		{"no rules, no value", "Title: A\nLang:\n\nBody.", "Title: A\nLang:\n\nBody.", nil},
		{"no rules, in Arabic", "العنوان: ليلة\nالمصدر: الأفق\n\nBody.", "\nBody.", map[string]string{"title": "ليلة", "source": "الأفق"}},
		{"no rules, an interview", "Reporter: Did it rain?\nWriter: It did.\n\nBody.", "Reporter: Did it rain?\nWriter: It did.\n\nBody.", nil},
		{"no rules, an interview in Arabic", "الصحفي: هل هطل المطر؟\nالكاتب: نعم.\n\nBody.", "الصحفي: هل هطل المطر؟\nالكاتب: نعم.\n\nBody.", nil},
		{"no rules, an ID", "ID: expimtsgmz3od5e2\nLang: en\n\nBody.", "\nBody.", map[string]string{"id": "expimtsgmz3od5e2", "lang": "en"}},
		{"no rules, a number of another program", "ID: 17\nLang: en\n\nBody.", "ID: 17\nLang: en\n\nBody.", nil},
		{"in Arabic", "---\n\u200fالعنوان: ليلة\nتاريخ النشر : 2025-08-15\nالقسم: طقس\n---\nBody.", "Body.", map[string]string{"title": "ليلة", "published": "2025-08-15", "القسم": "طقس"}},
		{"names of several words", "---\nPublished at: 2025-08-15\nSite-Name: Voice\n---\nBody.", "Body.", map[string]string{"published": "2025-08-15", "source": "Voice"}},
		{"no rules, further down", "Body.\n\nTitle: A\nEmbargo: 2099-01-01\n", "Body.\n\nTitle: A\nEmbargo: 2099-01-01\n", nil},
		{"nothing known in it", "---\nNote: it was quiet.\nBody.", "---\nNote: it was quiet.\nBody.", nil},
		{"a key without a value", "---\nSource:\nBody.", "---\nSource:\nBody.", nil},
		{"plus signs and prose", "+++\nIt was quiet: no news.\n+++\n", "+++\nIt was quiet: no news.\n+++\n", nil},
		{"plus signs and a sum", "+++\nTwo and two = four.", "+++\nTwo and two = four.", nil},
		{"plus signs alone", "+++", "+++", nil},
		{"rule alone", "---", "---", nil},
		{"prose between rules", "---\nIt was a quiet night.\n---\nBody.", "---\nIt was a quiet night.\n---\nBody.", nil},
		{"prose with a colon", "---\nHe said this: quiet.\n---\nBody.", "---\nHe said this: quiet.\n---\nBody.", nil},
		{"not at the start", "Body.\n---\ntitle: A\n---\n", "Body.\n---\ntitle: A\n---\n", nil},
		{"four dashes", "----\ntitle: A\n----\n", "----\ntitle: A\n----\n", nil},
		{"64 lines", "---\n" + strings.Repeat("k: v\n", 64) + "---\nBody.", "Body.", map[string]string{"k": "v"}},
		{"65 lines", "---\n" + strings.Repeat("k: v\n", 65) + "---\nBody.", "---\n" + strings.Repeat("k: v\n", 65) + "---\nBody.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			block, body, err := splitFrontMatter(tt.in)
			if err != nil {
				t.Fatalf("splitFrontMatter(%q): %v", tt.in, err)
			}
			got := make(map[string]string)
			for k, f := range block {
				got[k] = f.value
			}
			if body != tt.body || (block == nil) != (tt.want == nil) || !maps.Equal(got, tt.want) {
				t.Errorf("splitFrontMatter(%q) = %v, %q, want %v, %q", tt.in, got, body, tt.want, tt.body)
			}
		})
	}
}

func TestSplitFrontMatterRefuses(t *testing.T) {
	const unclosed = "front matter without its closing ---: add the line "
	tests := []struct{ name, in, says string }{
		{"unterminated", "---\ntitle: A\nBody.", unclosed + `above "Body."`},
		{"after a blank line", "---\nsource: Voice\nauthor: B\n\nهطل المطر.\n", unclosed + `above "هطل المطر."`},
		{"a rule far below", "---\ndate: 2025-08-15\nIt rained.\n\n---\nIt stopped.", unclosed + `above "It rained."`},
		{"unterminated, in Arabic", "---\nالمصدر: الأفق\nهطل المطر.", unclosed + `above "هطل المطر."`},
		{"unterminated, an ID alone", "---\nid: expimtsgmz3od5e2\nIt rained.", unclosed + `above "It rained."`},
		{"an embargo in Arabic with text right below it", "حظر النشر: 2099-01-01\nهطل المطر.\n", `حظر النشر: add an empty line above "هطل المطر."`},
		{"not closed at the end", "---\ntitle: A\n", unclosed + "below the last key (64 lines at most)"},
		{"a last key without a line end", "---\ntitle: A\nlang: en", unclosed + "below the last key"},
		{"65 lines", "---\ntitle: A\n" + strings.Repeat("k: v\n", 64) + "---\nBody.", unclosed + "below the last key"},
		{"an embargo with text right below it", "Embargo: 2099-01-01\nIt rained.\n", `Embargo: add an empty line above "It rained."`},
		{"an embargo under a title, with text right below", "title: A\nembargo: 2099-01-01\nهطل المطر.\n", `above "هطل المطر."`},
		{"TOML", "+++\ntitle = \"A\"\n+++\nBody.", `between "+++" lines is not understood`},
		{"TOML table", "\n+++ \n\n[params]\nlang = \"en\"\n+++\nBody.", `between two "---" lines`},
		{"keys between plus signs", "+++\ntitle: A\n+++\nBody.", `between two "---" lines`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			block, body, err := splitFrontMatter(tt.in)
			if err == nil || !strings.Contains(err.Error(), tt.says) || block != nil || body != tt.in {
				t.Errorf("splitFrontMatter(%q) = %v, %q, %v, want the error %q", tt.in, block, body, err, tt.says)
			}
		})
	}
}
