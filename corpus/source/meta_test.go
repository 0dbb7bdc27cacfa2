package source

import (
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

func TestApplyLanguage(t *testing.T) {
	for stated, want := range map[string]text.Language{
		"ar": text.Arabic, "en-GB": text.English, "other": text.Other, "English": text.English, "ARABIC": text.Arabic,
		"العربية": text.Arabic, "إنجليزي": text.English, "الانجليزية": text.English, "Klingon": "",
	} {
		a, err := Apply(corpus.Article{}, Meta{Lang: stated})
		if a.Language != want || (err == nil) != (want != "") {
			t.Errorf("language %q: %q, %v, want %q", stated, a.Language, err, want)
		}
	}
}

func TestApplyAmbiguousDate(t *testing.T) {
	for stated, says := range map[string]string{
		"24/05/2024": "", "12/09/2023": "does not tell day from month", "٣/٤/٢٠٢٤": "does not tell day from month", "45436": "write",
	} {
		_, err := Apply(corpus.Article{}, Meta{Published: stated})
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("published %q: %v, want an error with %q", stated, err, says)
		}
	}
}
