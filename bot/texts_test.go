package bot

import (
	"regexp"
	"slices"
	"testing"
	"unicode"

	"newsbot/corpus/text"
)

func TestCatalogue(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	for k, p := range catalogue {
		if p.ar == "" || p.en == "" {
			t.Errorf("key %d: ar %q, en %q: want both", k, p.ar, p.en)
		}
		if ar, en := verbs.FindAllString(p.ar, -1), verbs.FindAllString(p.en, -1); !slices.Equal(ar, en) {
			t.Errorf("key %d: verbs %v in Arabic, %v in English", k, ar, en)
		}
		if containsScript(p.en, unicode.Arabic) {
			t.Errorf("key %d: the English sentence %q holds Arabic letters", k, p.en)
		}
		if words := verbs.ReplaceAllString(p.en, ""); containsScript(words, unicode.Latin) && !containsScript(p.ar, unicode.Arabic) {
			t.Errorf("key %d: the Arabic sentence %q holds no Arabic letters", k, p.ar)
		}
	}
}

func containsScript(s string, script *unicode.RangeTable) bool {
	return slices.ContainsFunc([]rune(s), func(r rune) bool { return unicode.Is(script, r) })
}

func TestSay(t *testing.T) {
	tests := []struct {
		lang text.Language
		want string
	}{
		{text.Arabic, "المقال abc"},
		{text.English, "article abc"},
		{text.Other, "article abc"},
		{"", "article abc"},
	}
	for _, tt := range tests {
		if got := say(tt.lang, keyArticle, "abc"); got != tt.want {
			t.Errorf("say(%q, keyArticle) = %q, want %q", tt.lang, got, tt.want)
		}
	}
}
