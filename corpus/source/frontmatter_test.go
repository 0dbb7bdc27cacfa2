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
		{"letter case", "---\nTITLE: A\nLang : en\n---\nBody.", "Body.", map[string]string{"title": "A", "lang": "en"}},
		{"quotes", "---\ntitle: \"A: night\"\nsource: 'Voice'\nurl: \"open\n---\nBody.", "Body.",
			map[string]string{"title": "A: night", "source": "Voice", "url": "\"open"}},
		{"colon in the value", "---\nurl: https://example.org/a:b\n---\nBody.", "Body.", map[string]string{"url": "https://example.org/a:b"}},
		{"first statement counts", "---\ntitle: A\ntitle: B\n---\nBody.", "Body.", map[string]string{"title": "A"}},
		{"unknown keys", "---\nevent: storm\ntags:\n  - rain\n- wind\n# a comment\n\n---\nBody.", "Body.", map[string]string{"event": "storm", "tags": ""}},
		{"blank lines before, spaces after rules", "\n\n---  \ntitle: A\n--- \nBody.", "Body.", map[string]string{"title": "A"}},
		{"nothing in it", "---\n---\nBody.", "Body.", map[string]string{}},
		{"nothing after it", "---\ntitle: A\n---", "", map[string]string{"title": "A"}},
		{"unterminated", "---\ntitle: A\nBody.", "---\ntitle: A\nBody.", nil},
		{"not closed at the end", "---\ntitle: A\n", "---\ntitle: A\n", nil},
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
			block, body := splitFrontMatter(tt.in)
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
