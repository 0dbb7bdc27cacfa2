package source

import "testing"

func TestFindDay(t *testing.T) {
	for in, want := range map[string]string{
		"نُشر الجمعة 15 آب/أغسطس 2025":          "2025-08-15",
		"الجمعة، ١٥ أغسطس ٢٠٢٥ - ١٠:٣٠ صباحًا":  "2025-08-15",
		"السبت 10 دجنبر 2022":                   "2022-12-10",
		"تاريخ النشر:15/08/2025":                "2025-08-15",
		"Posted on 15 August 2025 at 10:30":     "2025-08-15",
		"Published:Aug. 15, 2025 | 10:30 a.m.":  "2025-08-15",
		"2025-08-15 10:30":                      "2025-08-15",
		"5 March 2024, updated 6 March 2024":    "2024-03-05",
		"8/9/2025":                              "", // August or September
		"August 2025":                           "",
		"15 August":                             "",
		"30 February 2024":                      "",
		"":                                      "",
		"a word ":                               "",
		"a long introduction of many words 1 2": "",
	} {
		if got := FindDay(in).String(); got != want {
			t.Errorf("FindDay(%q) = %q, want %q", in, got, want)
		}
	}
}
