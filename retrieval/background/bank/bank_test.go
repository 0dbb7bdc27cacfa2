package bank

import (
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// TestItems makes sure that every item is whole, in its languages, and there once.
func TestItems(t *testing.T) {
	items := Items()
	if len(items) != 60 {
		t.Fatalf("%d items, want 60", len(items))
	}
	seen := map[string]bool{}
	for n, i := range items {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			for what, s := range map[string]string{"question": i.Question[lang], "passage": i.Passage[lang]} {
				if s == "" || seen[s] || s != strings.TrimSpace(s) || text.Detect(s) != lang {
					t.Errorf("item %d: %s in %s is %q: empty, there twice, or in %s", n, what, lang, s, text.Detect(s))
				}
				seen[s] = true
			}
			if got := len(text.Sentences(i.Passage[lang])); got != 2 {
				t.Errorf("item %d: the passage in %s has %d sentences, want 2", n, lang, got)
			}
			if s := i.Sentence(lang); !strings.HasPrefix(i.Passage[lang], s) || len(s) == len(i.Passage[lang]) {
				t.Errorf("item %d: the sentence in %s is %q, want the first", n, lang, s)
			}
			if !strings.HasSuffix(i.Question[lang], map[text.Language]string{text.Arabic: "؟", text.English: "?"}[lang]) {
				t.Errorf("item %d: %q is no question", n, i.Question[lang])
			}
		}
	}
}
