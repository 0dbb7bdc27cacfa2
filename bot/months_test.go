package bot

import (
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

func TestMonthNames(t *testing.T) {
	tests := []struct {
		month                               time.Month
		international, levant, maghreb, mar string
	}{
		{time.January, "يناير", "كانون الثاني", "جانفي", "يناير"},
		{time.February, "فبراير", "شباط", "فيفري", "فبراير"},
		{time.March, "مارس", "آذار", "مارس", "مارس"},
		{time.April, "أبريل", "نيسان", "أفريل", "أبريل"},
		{time.May, "مايو", "أيار", "ماي", "ماي"},
		{time.June, "يونيو", "حزيران", "جوان", "يونيو"},
		{time.July, "يوليو", "تموز", "جويلية", "يوليوز"},
		{time.August, "أغسطس", "آب", "أوت", "غشت"},
		{time.September, "سبتمبر", "أيلول", "سبتمبر", "شتنبر"},
		{time.October, "أكتوبر", "تشرين الأول", "أكتوبر", "أكتوبر"},
		{time.November, "نوفمبر", "تشرين الثاني", "نوفمبر", "نونبر"},
		{time.December, "ديسمبر", "كانون الأول", "ديسمبر", "دجنبر"},
	}
	for _, tt := range tests {
		for names, want := range map[MonthNames]string{
			"": tt.international, InternationalMonths: tt.international, LevantMonths: tt.levant,
			MaghrebMonths: tt.maghreb, MoroccoMonths: tt.mar, BothMonths: tt.levant + "/" + tt.international,
		} {
			d := Document{language: text.Arabic}
			d.add(line{spans: []span{date(corpus.Day(2025, tt.month, 3), text.Arabic)}})
			if got := names.dress(d).Text(); got != "3 "+want+" 2025\n" {
				t.Errorf("%q: %v is %q, want %q", names, tt.month, got, want)
			}
		}
	}
}

// Only dates of the frame get other names: not what articles say, nor a verb that looks
// like a month.
func TestMonthNamesElsewhere(t *testing.T) {
	c := arabicCitation(1)
	c.Quote.Text, c.Title, c.Published = "عاد في 15 أغسطس 2025.", "صيف 2 أغسطس 2024", corpus.Day(2025, time.August, 16)
	a := retrieval.Answer{Language: text.Arabic, Verdict: retrieval.Answered, Articles: 1, Citations: []retrieval.Citation{c}, AsOf: c.Published}
	got := BothMonths.PlainText(a)
	for _, want := range []string{"«عاد في 15 أغسطس 2025.»", "صيف 2 أغسطس 2024", "16 آب/أغسطس 2025"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	if strings.Contains(got, "16 أغسطس") {
		t.Errorf("a date of the frame has kept its month: %q", got)
	}
	if got := LevantMonths.in("مارس المحررون عملهم في 3 مارس 2025"); got != "مارس المحررون عملهم في 3 آذار 2025" {
		t.Errorf("a verb is renamed: %q", got)
	}
}

// A document gets its names once, in whatever parts it is sent.
func TestMonthNamesOnce(t *testing.T) {
	d := Document{language: text.Arabic}
	for range 300 {
		d.add(line{spans: []span{date(corpus.Day(2025, time.August, 3), text.Arabic)}})
	}
	parts := BothMonths.dress(d).Parts()
	if len(parts) < 2 {
		t.Fatalf("%d parts, want some", len(parts))
	}
	for _, p := range parts {
		if got := BothMonths.dress(p).Text(); strings.Contains(got, "آب/آب") || !strings.Contains(got, "آب/أغسطس") {
			t.Fatalf("a part says %.100q", got)
		}
	}
	english := Document{language: text.English}
	english.say(keyDate, 3, "أغسطس", 2025)
	if got := LevantMonths.dress(english).Text(); !strings.Contains(got, "أغسطس") {
		t.Errorf("an English frame is renamed: %q", got)
	}
}

func TestParseMonthNames(t *testing.T) {
	for s, want := range map[string]MonthNames{"": InternationalMonths, "international": InternationalMonths, "both": BothMonths, "levant": LevantMonths} {
		if got, err := ParseMonthNames(s); got != want || err != nil {
			t.Errorf("ParseMonthNames(%q) = %q, %v; want %q", s, got, err, want)
		}
	}
	if _, err := ParseMonthNames("coptic"); err == nil {
		t.Error("coptic months are taken for some")
	}
}
