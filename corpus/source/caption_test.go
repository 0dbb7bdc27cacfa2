package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
)

func TestParseCaption(t *testing.T) {
	tests := []struct {
		name, caption string
		want          Meta
		left          []Unread
	}{
		{"nothing", " \n\u200f ", Meta{}, nil},
		{"fields", "source: Reuters\nDate: 2025-08-15\nURL: https://news.example/1\ntitle: Talks: the end", Meta{
			Source: "Reuters", Published: "2025-08-15", URL: "https://news.example/1", Title: "Talks: the end"}, nil},
		{"fields in Arabic", "المصدر: رويترز\nالتاريخ: 15 آب 2025\n\u200fالعنوان : ختام القمة", Meta{
			Source: "رويترز", Published: "15 آب 2025", Title: "ختام القمة"}, nil},
		{"between rules", "---\noutlet: \"Daily Star\"\n---", Meta{Source: "Daily Star"}, nil},
		{"outlet and day", "Reuters, 15 August 2025", Meta{Source: "Reuters", Published: "2025-08-15"}, nil},
		{"day and outlet", "15 August 2025 – Reuters", Meta{Source: "Reuters", Published: "2025-08-15"}, nil},
		{"in Arabic", "رويترز 15/8/2025", Meta{Source: "رويترز", Published: "2025-08-15"}, nil},
		{"in Arabic digits", "رويترز، ١٥ آب ٢٠٢٥", Meta{Source: "رويترز", Published: "2025-08-15"}, nil},
		{"with words between", "نقلا عن رويترز بتاريخ 15/8/2025", Meta{Source: "رويترز", Published: "2025-08-15"}, nil},
		{"English words between", "From Reuters on Friday, August 15, 2025", Meta{Source: "Reuters", Published: "2025-08-15"}, nil},
		{"a day", "15.08.2025", Meta{Published: "2025-08-15"}, nil},
		{"a day of ISO", "2025-08-05", Meta{Published: "2025-08-05"}, nil},
		{"a time", "Reuters 2025-08-05 14:30", Meta{Source: "Reuters", Published: "2025-08-05T14:30:00Z"}, nil},
		{"an outlet", "Reuters", Meta{Source: "Reuters"}, nil},
		{"an outlet in Arabic", "الشرق الأوسط", Meta{Source: "الشرق الأوسط"}, nil},
		{"one that says so", "The Springfield Herald", Meta{Source: "The Springfield Herald"}, nil},
		{"one that says so in Arabic", "وكالة الأنباء السعودية", Meta{Source: "وكالة الأنباء السعودية"}, nil},
		{"one with a number", "France 24, 15 August 2025", Meta{Source: "France 24", Published: "2025-08-15"}, nil},
		{"a known one of the collection", "newsbot sample desk", Meta{Source: "newsbot sample desk"}, nil},
		{"an unknown one with a day", "Lyon Observer, 15 August 2025", Meta{Source: "Lyon Observer", Published: "2025-08-15"}, nil},
		{"an address", "https://news.example/a?b=1", Meta{URL: "https://news.example/a?b=1"}, nil},
		{"all on a line", "Reuters, 15 August 2025, https://news.example/1", Meta{
			Source: "Reuters", Published: "2025-08-15", URL: "https://news.example/1"}, nil},
		{"on lines", "Reuters\n15 August 2025\nwww.news.example/1", Meta{
			Source: "Reuters", Published: "2025-08-15", URL: "https://www.news.example/1"}, nil},
		{"hidden marks", "\u2068Reuters\u2069\u200f، 15/8/2025", Meta{Source: "Reuters", Published: "2025-08-15"}, nil},
		// What is not understood makes nothing.
		{"a sentence", "Please add this one to the archive.", Meta{}, []Unread{{Text: "Please add this one to the archive."}}},
		{"a short sentence", "Read this", Meta{}, []Unread{{Text: "Read this"}}},
		{"a sentence in Arabic", "هذا تقرير مهم", Meta{}, []Unread{{Text: "هذا تقرير مهم"}}},
		{"a sentence of an outlet", "Reuters said talks failed", Meta{}, []Unread{{Text: "Reuters said talks failed"}}},
		{"a document", "Annual Report", Meta{}, []Unread{{Text: "Annual Report"}}},
		{"a document with a day", "Annual Report, 15 August 2025", Meta{Published: "2025-08-15"}, []Unread{{Text: "Annual Report"}}},
		{"a sentence with a day", "Talks failed on 15 August 2025", Meta{}, []Unread{{Text: "Talks failed on 15 August 2025"}}},
		{"a sentence with an outlet and a day", "Reuters said on 5/8/2025 that talks failed", Meta{}, []Unread{{
			Text: "Reuters said on 5/8/2025 that talks failed"}}},
		{"an outlet within a sentence", "They met, Reuters said, in Beirut", Meta{}, []Unread{{Text: "They met, Reuters said, in Beirut"}}},
		{"an unknown name", "Lyon Observer", Meta{}, []Unread{{Text: "Lyon Observer"}}},
		{"a day in doubt", "Reuters 5/8/2025", Meta{Source: "Reuters"}, []Unread{{"5/8/2025", DayOrder}}},
		{"a day in doubt behind a comma", "رويترز، 12/07/2025", Meta{Source: "رويترز"}, []Unread{{"12/07/2025", DayOrder}}},
		{"a day in doubt by itself", "12.07.2025", Meta{}, []Unread{{"12.07.2025", DayOrder}}},
		{"a day in doubt in its field", "date: 12.07.2025", Meta{}, []Unread{{"date: 12.07.2025", DayOrder}}},
		{"a day without a year and a name", "BBC Arabic, 3 June", Meta{Source: "BBC Arabic"}, []Unread{{"3 June", DayYear}}},
		{"no day", "Reuters, yesterday", Meta{Source: "Reuters"}, []Unread{{Text: "yesterday"}}},
		{"no day in Arabic", "رويترز، أمس", Meta{Source: "رويترز"}, []Unread{{Text: "أمس"}}},
		{"a day in brackets", "Reuters (15 August 2025)", Meta{Source: "Reuters", Published: "2025-08-15"}, nil},
		{"an outlet in brackets", "15/8/2025 [Reuters]", Meta{Source: "Reuters", Published: "2025-08-15"}, nil},
		{"a day and a time", "Reuters 15 August 2025 14:30", Meta{Source: "Reuters", Published: "2025-08-15T14:30:00Z"}, nil},
		{"a time of twelve hours", "Reuters, 15 August 2025 at 2:30 p.m.", Meta{Source: "Reuters", Published: "2025-08-15T14:30:00Z"}, nil},
		{"a time in Arabic", "رويترز، ١٥ آب ٢٠٢٥ الساعة ٢:٣٠ مساءً", Meta{Source: "رويترز", Published: "2025-08-15T14:30:00Z"}, nil},
		{"a time with two words before it", "15 آب 2025 في الساعة 14:30، رويترز", Meta{Source: "رويترز", Published: "2025-08-15T14:30:00Z"}, nil},
		{"no time behind its word", "15/8/2025 في رويترز", Meta{Source: "رويترز", Published: "2025-08-15"}, nil},
		{"an outlet and a day in a field", "Source: Reuters, 15 August 2025", Meta{Source: "Reuters", Published: "2025-08-15"}, nil},
		{"an outlet and a day in a field in Arabic", "المصدر: رويترز، 15 آب 2025", Meta{Source: "رويترز", Published: "2025-08-15"}, nil},
		{"brackets in a field", "Source: BBC (Arabic) (15 August 2025)", Meta{Source: "BBC (Arabic)", Published: "2025-08-15"}, nil},
		{"a day in doubt behind an outlet in a field", "source: Reuters, 5/8/2025", Meta{Source: "Reuters"}, []Unread{{"5/8/2025", DayOrder}}},
		{"an address behind an outlet in a field", "source: Reuters, https://news.example/1", Meta{
			Source: "Reuters", URL: "https://news.example/1"}, nil},
		{"an outlet with a comma in a field", "source: Hook, Line and Sinker", Meta{Source: "Hook, Line and Sinker"}, nil},
		{"an outlet that is a day", "المصدر: 26 سبتمبر", Meta{Source: "26 سبتمبر"}, nil},
		{"a second day in a field", "date: 2025-08-14\nsource: Reuters, 15 August 2025", Meta{
			Source: "Reuters", Published: "2025-08-14"}, []Unread{{Text: "15 August 2025"}}},
		{"a day and an outlet in a field", "Date: 15 August 2025, Reuters", Meta{Source: "Reuters", Published: "2025-08-15"}, nil},
		{"fields on a line", "Source: Lyon Observer, date: 15 August 2025; url: https://news.example/1", Meta{
			Source: "Lyon Observer", Published: "15 August 2025", URL: "https://news.example/1"}, nil},
		{"fields without punctuation", "Source: Reuters Date: 15 August 2025", Meta{Source: "Reuters", Published: "15 August 2025"}, nil},
		{"fields without punctuation in Arabic", "المصدر: رويترز التاريخ: 15 آب 2025", Meta{
			Source: "رويترز", Published: "15 آب 2025"}, nil},
		{"a time in a zone", "Reuters 15 August 2025 2:30 pm GMT", Meta{Source: "Reuters", Published: "2025-08-15T14:30:00Z"}, nil},
		{"a time in a zone that is not read", "Reuters 15 August 2025 14:30 EST", Meta{Source: "Reuters", Published: "2025-08-15"},
			[]Unread{{Text: "14:30 EST"}}},
		{"a time before another outlet", "15 August 2025 14:30 AFP", Meta{Source: "AFP", Published: "2025-08-15T14:30:00Z"}, nil},
		{"a title with a field in it", "title: Talks, source: unnamed", Meta{Title: "Talks, source: unnamed"}, nil},
		{"parts", "Reuters, 15 August 2025, please check this, and that", Meta{Source: "Reuters", Published: "2025-08-15"},
			[]Unread{{Text: "please check this, and that"}}},
		{"a place beside an outlet", "Reuters, Beirut, 15 August 2025", Meta{Source: "Reuters", Published: "2025-08-15"},
			[]Unread{{Text: "Beirut"}}},
		{"a day without a year", "Reuters, 15 August", Meta{Source: "Reuters"}, []Unread{{"15 August", DayYear}}},
		{"a day that is none", "31 February 2025", Meta{}, []Unread{{"31 February 2025", DayNone}}},
		{"two days", "15 August 2025, 16 August 2025", Meta{}, []Unread{{Text: "15 August 2025, 16 August 2025"}}},
		{"two outlets", "Reuters\nAFP", Meta{Source: "Reuters"}, []Unread{{Text: "AFP"}}},
		{"two addresses", "https://a.example https://b.example", Meta{}, []Unread{{Text: "https://a.example https://b.example"}}},
		{"a field that cannot be", "date: soon\nsource: Reuters", Meta{Source: "Reuters"}, []Unread{{Text: "date: soon"}}},
		{"a field without a value", "source:", Meta{}, []Unread{{Text: "source:"}}},
		{"a text", "text: They met.", Meta{}, []Unread{{Text: "text: They met."}}},
		{"an address that is none", "url: reuters", Meta{}, []Unread{{Text: "url: reuters"}}},
		{"a part of it", "Reuters, 15 August 2025\nby our correspondent", Meta{Source: "Reuters", Published: "2025-08-15"},
			[]Unread{{Text: "by our correspondent"}}},
		{"a long line", strings.Repeat("word ", 500), Meta{}, []Unread{{Text: firstRunes(strings.Repeat("word ", 500), maxLeftLine)}}},
		{"too much", strings.Repeat("x", maxCaption+1), Meta{}, []Unread{{Text: strings.Repeat("x", maxLeftLine)}}},
	}
	known := func(name string) bool { return name == "newsbot sample desk" }
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, left := ParseCaption(tt.caption, known)
			if diff := cmp.Diff(tt.want, m); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(tt.left, left); diff != "" {
				t.Errorf("left -want +got:\n%s", diff)
			}
		})
	}
}

// Whatever is written, all that is made of it can be applied, and what is left is
// short.
func FuzzParseCaption(f *testing.F) {
	for _, s := range []string{
		"Reuters, 15 August 2025", "رويترز 15/8/2025", "المصدر: رويترز\nالتاريخ: 15 آب 2025", "https://news.example/1",
		"source: x\nurl: y\n---", "Source: Reuters, 15 August 2025 (14:30)", "date: 5/8/2025 (Reuters, AFP)", "15/8/2025 15/8/2025", "\u202eReuters", ": : :", "2025-08-15 14:30 a b", "www.", "لندن 24",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, left := ParseCaption(s, nil)
		if _, err := Apply(corpus.Article{}, m); err != nil {
			t.Errorf("%+v: %v", m, err)
		}
		if len(left) > maxCaptionLines+1 {
			t.Errorf("%d lines are left", len(left))
		}
		for _, l := range left {
			if utf8.RuneCountInString(l.Text) > maxLeftLine {
				t.Errorf("%d characters are left", utf8.RuneCountInString(l.Text))
			}
		}
	})
}
