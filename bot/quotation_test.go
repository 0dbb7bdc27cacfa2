package bot

import (
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// A line of a quotation begins with what settles its direction, be it that of
// an article whose isolates had to be balanced.
func TestQuotationDirection(t *testing.T) {
	tests := []struct {
		name, quote string
		lang        text.Language
		want        string
	}{
		{"Arabic", "نعم\nلا", text.Arabic, "نعم\nلا"},
		{"Arabic, digits first", "نعم\n15 دولة", text.Arabic, "نعم\n" + rlm + "15 دولة"},
		{"Arabic, Latin first", "G20 قمة", text.Arabic, rlm + "G20 قمة"},
		{"Arabic, isolate not opened", "نعم\u2069 لا", text.Arabic, rlm + fsi + "نعم\u2069 لا"},
		{"Arabic, isolate left open", "نعم \u2066لا\nلا", text.Arabic, "نعم \u2066لا" + pdi + "\nلا"},
		{"English", "Yes\n15 states", text.English, "Yes\n15 states"},
		{"English, Arabic first", "قمة G20", text.English, lrm + "قمة G20"},
		{"Arabic, emoji first", "👍 نعم", text.Arabic, rlm + "👍 نعم"},
		{"Arabic, flag first", "🇪🇬 نعم", text.Arabic, rlm + "🇪🇬 نعم"},
		{"Arabic, digits only", "24", text.Arabic, rlm + "24"},
		{"Arabic, a line in Latin letters", "نعم\nAssociated Press.", text.Arabic, "نعم\nAssociated Press."},
		{"Arabic, left-to-right mark first", lrm + "15 دولة", text.Arabic, rlm + fsi + pdi + lrm + "15 دولة"},
		{"Arabic, right-to-left mark first", rlm + "15 دولة", text.Arabic, rlm + "15 دولة"},
		{"English, left-to-right mark first", lrm + "قمة", text.English, lrm + "قمة"},
		{"English, right-to-left mark first", rlm + "قمة", text.English, lrm + fsi + pdi + rlm + "قمة"},
		{"other", "Да", text.Other, "Да"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Document{language: text.Arabic}
			d.add(quotation(tt.quote, tt.lang))
			if got, want := d.HTML(testLink), "<blockquote>"+tt.want+"</blockquote>"; got != want {
				t.Errorf("HTML = %q, want %q", got, want)
			}
		})
	}
}

// Long quotations are folded, but for those that the reader has asked to see.
func TestQuotationFolds(t *testing.T) {
	tests := []struct {
		name string
		line line
		want bool
	}{
		{"short", quotation("Yes.", text.English), false},
		{"300 units", quotation(strings.Repeat("a", 300), text.English), false},
		{"301 units", quotation(strings.Repeat("a", 301), text.English), true},
		{"four lines", quotation("1\n2\n3\n4", text.English), false},
		{"five lines", quotation("1\n2\n3\n4\n5", text.English), true},
		{"page", reading(strings.Repeat("a", 301), text.English), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.line.html(text.English, testLink)
			if folds := strings.HasPrefix(got, "<blockquote expandable>"); folds != tt.want {
				t.Errorf("it folds: %v, want %v: %.50q", folds, tt.want, got)
			}
		})
	}
}

// One tag is around all that is in bold, however many lines it has.
func TestPassageBold(t *testing.T) {
	p := passage{before: "a\n", quote: "b\n\nc\n", after: "\nd"}
	want := "<blockquote expandable>a\n<b>b\n\nc</b>\n\nd</blockquote>"
	if got := p.line(text.English).html(text.English, testLink); got != want {
		t.Errorf("html = %q, want %q", got, want)
	}
}
