package source

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: \"A\"\ndate: 2025-08-15\nlang: ar\n---\n# B\n\nLONDON, May 2, 2024 (Reuters) - Rain.",
		"---\nauthor: A\nmodified: 2025-08-15T10:00Z\nembargo: ١٥ آب ٢٠٢٥\n---\nRain.", "---\ntitle: A\n", "Embargo: 2099-01-01\nTitle: A\n\nRain.", "lang: en\nsource: B\nRain", "+++\na = 1\n", "---\nالعنوان: ليلة\nتاريخ النشر: 15 آب 2025\nid: expimtsgmz3od5e2\n---\nهطل المطر.", "المصدر: الأفق\nID: 7\nاللغة: ar\n\nهطل المطر.", "By Jane Doe\n\nA\n\nكتب - فلان\n\nB", "---\ndate: الجمعة، ٥ آذار/مارس ٢٠٢٤ م\n---\nRain.",
		"ليلة هادئة\n\nالقاهرة - 12 ديسمبر 2023 (رويترز) - هطل المطر.",
		"> a [b](c.d \"e\") ![f](g) **h** `i` <br> \\* <!-- j -->\n```\nk\n```\n- l\n===\n[1]: http://m",
		"\xff\xfea\x00\xfe\xffb", "\uFEFF\r\n\r", "a\xe9\x92", "%PDF-", "",
	} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, in string, markdown bool) {
		name := "a.txt"
		if markdown {
			name = "a.md"
		}
		a, err := Parse(name, []byte(in))
		if err != nil {
			if !strings.HasPrefix(err.Error(), name) {
				t.Errorf("Parse(%q): %q does not name the file", in, err)
			}
			return
		}
		for _, s := range []string{a.Title, a.Source, a.URL, a.Author, a.Body} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r") {
				t.Errorf("Parse(%q): %q is not clean", in, s)
			}
		}
		if kept := "Embargo: 2099-01-01\n\n" + in; utf8.ValidString(in) {
			if held, err := Parse(name, []byte(kept)); err == nil && held.Embargo.IsZero() {
				t.Errorf("Parse(%q) has lost the embargo", kept)
			}
		}
		if !HasText(a.Body) || strings.Contains(a.Title, "\n") || a.TitleDerived || a.ID != "" && !corpus.IsID(a.ID) {
			t.Errorf("Parse(%q) = %+v", in, a)
		}
	})
}

func FuzzDateline(f *testing.F) {
	for _, s := range []string{
		"LONDON, May 2, 2024 (Reuters) - Rain.", "GENEVA/NEW YORK, Sept. 8 /TASS/.", "JERUSALEM – Oct. 7, 2023 – Rain.",
		"القاهرة ـ 15 آب (أغسطس) 2025 (أ ش أ) ـ هطل المطر.", "لندن - «القدس العربي»: هطل المطر.", "\u200f(\u200fرويترز\u200f) -",
		"الرياض 21 صفر 1447 هـ الموافق ١٥ أغسطس 2025م (واس)", "(", "/ /",
		"MOSCOW. 15 August 2025. INTERFAX.COM - Rain.", "دمشق-سانا 4 كانون الثاني 2025 هطل", "لندن (رويترز) - 15 آب (أغسطس) 2025 -", "بغداد في 7 تموز 2023 /أ ش أ/", "- -", "\xff(\xff)-",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		place, date, outlet, ok := Dateline(body)
		if !ok && (place != "" || outlet != "" || !date.IsZero()) {
			t.Errorf("Dateline(%q) = %q, %q, %q, false", body, place, date, outlet)
		}
		if ok && outlet == "" && date.IsZero() {
			t.Errorf("Dateline(%q) says nothing but ok", body)
		}
		if !strings.Contains(body, place) || !strings.Contains(body, outlet) {
			t.Errorf("Dateline(%q) = %q, %q, which are not in it", body, place, outlet)
		}
		if utf8.RuneCountInString(outlet) > maxOutlet || len(strings.Fields(place)) > 3*maxPlaceWords {
			t.Errorf("Dateline(%q) = %q, %q, which are too long", body, place, outlet)
		}
		if !date.IsZero() && (!date.DayOnly || date.Time.Year() < 1800 || date.Time.Year() > 2200) {
			t.Errorf("Dateline(%q) = %v", body, date)
		}
	})
}

// FuzzMarkdown checks that cleaning only removes: what is left is found in the
// text in the same order.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"# a\n> b *c* [d](e.f) ![g](h.i)", "***a** b*", "`` ` ``", "[[a](b.c)](d.e)", "\\", "<b", "*a\n\nb*", "![[](a.b)](c.d)", "~~~\na",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) { // decode has seen to that
			t.Skip()
		}
		out := cleanMarkdown(in)
		rest := []rune(in)
		for _, r := range out {
			if unicode.IsSpace(r) {
				continue
			}
			i := 0
			for i < len(rest) && rest[i] != r {
				i++
			}
			if i == len(rest) {
				t.Fatalf("cleanMarkdown(%q) = %q, which has %q where the text does not", in, out, r)
			}
			rest = rest[i+1:]
		}
	})
}

// FuzzPlainMarkdown checks that text without a mark comes through letter by
// letter.
func FuzzPlainMarkdown(f *testing.F) {
	f.Add("A quiet night.\n\nهطل المطر.")
	f.Add("- one\n- two\n\n1. three")
	f.Fuzz(func(t *testing.T, in string) {
		if strings.ContainsAny(in, "`~#*_[]<>!\\|=-") || !utf8.ValidString(in) {
			t.Skip()
		}
		if got, want := strings.Fields(cleanMarkdown(in)), strings.Fields(in); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("cleanMarkdown(%q) = %q", in, got)
		}
	})
}
