package pdf

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
)

// cellsOf returns the cells of a line that is seen like this, from the left.
func cellsOf(visual string) []cell {
	var out []cell
	for _, r := range visual {
		out = append(out, cell{string(r), classOf(r)})
	}
	return out
}

func TestLogical(t *testing.T) {
	for _, c := range []struct {
		name, visual, want string
		fromLeft           bool
	}{
		{name: "Arabic", visual: "لصاو", want: "واصل"},
		{name: "number", visual: "2024 سرام 6", want: "6 مارس 2024"},
		{name: "decimal and percent", visual: ".%27.25 رعسلا", want: "السعر 27.25%."},
		{name: "percent of a line set by itself", visual: "لاق .28.25%", want: "28.25%. قال"},
		{name: "Arabic-Indic digits", visual: "٢٠٢٤ سرام", want: "مارس ٢٠٢٤"},
		{name: "date", visual: "2024/3/6 يف", want: "في 2024/3/6"},
		{name: "score", visual: "1-3 زاف", want: "فاز 3-1"},
		{name: "years", visual: "2024-2022 نيب", want: "بين 2022-2024"},
		{name: "years of a line set by itself", visual: "نيب 2022-2024", want: "2022-2024 بين"},
		{name: "Latin words", visual: "لاق New York Times ةفيحص", want: "صحيفة New York Times قال"},
		{name: "Latin and a number", visual: "زارط COP 28 ةمق", want: "قمة COP 28 طراز"},
		{name: "address", visual: "راعسألل Reuters.com عقومو", want: "وموقع Reuters.com للأسعار"},
		{name: "brackets as signs", visual: "يف )ADQ( ةكرش", want: "شركة (ADQ) في"},
		{name: "brackets as they look", visual: "يف (ADQ) ةكرش", want: "شركة (ADQ) في"},
		{name: "quotes", visual: "لاق »ةضباقلا«", want: "«القابضة» قال"},
		{name: "Arabic in English", visual: "the daily رابخألا said", want: "the daily الأخبار said", fromLeft: true},
		{name: "two words in English", visual: "the daily مويلا رابخأ said", want: "the daily أخبار اليوم said", fromLeft: true},
		{name: "English", visual: "It was (almost) 50% of 1,000.", want: "It was (almost) 50% of 1,000.", fromLeft: true},
		{name: "nothing"},
	} {
		if got := logical(cellsOf(c.visual), !c.fromLeft); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// What UAX #9 does to lines of Arabic is undone, but for brackets, which it turns.
func TestLogicalUndoesBidi(t *testing.T) {
	for name, body := range articles(t) {
		if !strings.Contains(name, ".ar.") {
			continue
		}
		for p := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
			if got := logical(cellsOf(visual(t, p)), true); got != p {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, p)
			}
		}
	}
}

// visual returns a paragraph from the right as it is seen, from the left.
func visual(t *testing.T, s string) string {
	t.Helper()
	var p bidi.Paragraph
	if _, err := p.SetString(s, bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	// The runs come in logical order; in a paragraph from the right the last one stands leftmost, but runs of numbers
	// and Latin words that touch run on from the left.
	var out string
	for i := range order.NumRuns() {
		run := order.Run(i)
		if run.Direction() == bidi.RightToLeft {
			out = backwards(run.String()) + out
			continue
		}
		out = run.String() + out
	}
	return out
}

func TestLetters(t *testing.T) {
	for r, want := range map[rune]string{
		'ﻻ': "لا", 'ﷲ': "الله", 'ﺓ': "ة", 'ﭖ': "پ", 'ﹰ': "ً", 'ﹱ': "\u0640ً", 'ﬁ': "fi", 'ﬄ': "ffl",
		'ﷺ': "ﷺ", '﷼': "﷼", 'ـ': "", '\u200f': "", '\u200c': "\u200c", softHyphen: "-", '½': "½", 0xf0b7: "•", 'é': "é",
	} {
		if got := letters(r); got != want {
			t.Errorf("%q (%U): got %q, want %q", r, r, got, want)
		}
	}
}
