package pdf

import "testing"

func TestGlyphText(t *testing.T) {
	for _, c := range []struct {
		also            string
		sorted, usually bool // usually, letters come from behind
		want            string
	}{
		{"دُ", true, true, "دُ"},
		{"ُد", false, false, "دُ"},
		{"دُ", false, true, "دُ"},
		{"ال", false, false, "لا"},
		{"لا", false, true, "لا"},
		{"َلأ", false, true, "لأَ"}, // PDFium turns «ﻷَ», and then takes the form apart
		{"هلل", false, false, "لله"},
		{"مح", false, true, "حم"},
		{"مح", false, false, "مح"},
		{"fi", true, true, "fi"},
	} {
		g := glyph{also: []rune(c.also), sorted: c.sorted}
		if got := g.text(c.usually); got != c.want {
			t.Errorf("%q, sorted %v, usually %v: got %q, want %q", c.also, c.sorted, c.usually, got, c.want)
		}
	}
}

func TestWide(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"\x06H\x06N", "وَ"}, {"وَ", "وَ"}, {"fi", "fi"}, {"\x06H\x06", "\x06H\x06"}, {"", ""},
	} {
		if got := string(wide([]rune(c.in))); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

// drawn returns letters of ten points each on one line, in the order in which they stand from the left.
func drawn(letters string) (out []glyph) {
	for i, r := range []rune(letters) {
		x := float32(10 * i)
		if r != '_' {
			out = append(out, glyph{r: r, left: x, right: x + 10, bottom: -2, top: 10, x: x, size: 12})
		}
	}
	return out
}

func said(glyphs ...glyph) string {
	l := lines(0, glyphs)
	new(evidence).read(l)
	if len(l) != 1 {
		return "not one line"
	}
	return l[0].text
}

func TestMarks(t *testing.T) {
	both := func(left, right, bottom, top float32) glyph {
		return glyph{r: 'ف', also: []rune("فُ"), sorted: true, left: left, right: right, bottom: bottom, top: top, x: left, size: 12}
	}
	at := func(r rune, left, right float32) glyph {
		return glyph{r: r, left: left, right: right, bottom: 8, top: 10, x: left, y: 1, size: 12}
	}
	for name, c := range map[string]struct {
		letters string
		more    []glyph
		want    string
	}{
		"a mark of its own":            {"نفد", []glyph{at(0x64f, 13, 16)}, "دفُن"},
		"two marks":                    {"نفد", []glyph{at(0x64f, 13, 16), at(shadda, 13, 16)}, "دف\u0651\u064fن"},
		"a mark far from every letter": {"نفد", []glyph{at(0x64f, 60, 63)}, "دفن"},
		"letter and mark mean both":    {"ن_د", []glyph{both(10, 20, -2, 8), both(13, 16, 8, 10)}, "دفُن"},
		"the letter means nothing":     {"ن_د", []glyph{both(13, 16, 8, 10)}, "دفُن"},
		"the letter means itself":      {"نفد", []glyph{both(13, 16, 8, 10)}, "دفُن"},
		"the letter is not known":      {"ن\ufffdد", []glyph{both(13, 16, 8, 10)}, "دفُن"},
		"a blank of its own":           {"ن_فد", []glyph{{r: lateBlank, left: 12, right: 12, x: 12, size: 12}}, "دف ن"},
		"a bullet without meaning":     {"فد_\ufffd", nil, "دف"},
		"a kashida":                    {"فـد", nil, "دف"},
	} {
		if got := said(append(drawn(c.letters), c.more...)...); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
