package bot

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// graphemes are characters of several code points, none of which may be torn.
func graphemes() map[string]string {
	return map[string]string{
		"letters":           "abc",
		"vowel marks":       "مُحَمَّدٌ",
		"combining accents": "e\u0301\u0323o\u0302",
		"joined emoji":      "👩‍👩‍👧‍👦",
		"skin tone":         "👍🏽",
		"flag":              "🇸🇦",
		"keycap":            "1\ufe0f\u20e3",
		"subdivision flag":  "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
		"variation":         "❤\ufe0f",
		"marks on spaces":   "a \u0301",
		"words":             "قال إن ",
		"sentences":         "Nobody came. ",
		"lines":             "سطر\n",
		"escaped":           `<&">`,
		"isolates":          "\u2067a\u2069 ",
		"PDI":               "a \u2069",
		"line feeds":        "ا\n\n\n\n",
		"embeddings":        "a\u202eb ",
	}
}

// torn reports whether a character of several code points would be torn between
// two texts.
func torn(before, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	last, _ := utf8.DecodeLastRuneInString(before)
	flags := 0
	for s := before; ; flags++ {
		r, n := utf8.DecodeLastRuneInString(s)
		if r < 0x1F1E6 || r > 0x1F1FF {
			break
		}
		s = s[:len(s)-n]
	}
	return before == "" || after == "" || unicode.Is(unicode.M, next) || last == '\u200d' || next == '\u200d' ||
		next >= 0x1F3FB && next <= 0x1F3FF || next >= 0xE0020 && next <= 0xE007F ||
		next >= 0x1F1E6 && next <= 0x1F1FF && flags%2 == 1
}

// A long quotation is divided where nothing is torn, and its label stays with
// its end.
func TestParts(t *testing.T) {
	for name, g := range graphemes() {
		for _, separator := range []string{"", " ", "x"} {
			if separator == "" && name == "flag" {
				continue // all of it is one run of letters, see betweenCharacters
			}
			for _, shift := range []string{"", "x", "xx", "xxx"} {
				t.Run(name+separator+shift, func(t *testing.T) {
					c := arabicCitation(1)
					c.Quote.Text = shift + strings.Repeat(g+separator, 9000/units(g+separator))
					checkDivided(t, c, c.Quote.Text)
				})
			}
		}
	}
}

func checkDivided(t *testing.T, c retrieval.Citation, verbatim string) {
	t.Helper()
	d := compose(retrieval.Answer{Language: text.Arabic, Articles: 1, Citations: []retrieval.Citation{c, englishCitation(2)}}, nil)
	checkDocument(t, d)
	parts := d.Parts()
	if len(parts) < 3 {
		t.Fatalf("%d bytes are divided into %d parts", len(verbatim), len(parts))
	}
	var joined strings.Builder
	label := -1
	for i, p := range parts {
		q, _, _ := strings.Cut(quoted(p), englishQuote)
		if joined.Len() > 0 && joined.Len() < len(verbatim) && torn(joined.String(), verbatim[joined.Len():]) {
			t.Errorf("a character is torn: %q, %q", tail(joined.String()), tail(q))
		}
		joined.WriteString(q)
		if strings.Contains(bare(unrepeated(p).HTML(testLink)), "[1]") {
			label = i
			if q == "" {
				t.Errorf("the label is in part %d of %d, without the end of its quote", i+1, len(parts))
			}
		}
	}
	if label < 0 || joined.String() != verbatim {
		t.Errorf("the parts quote %d bytes with the label in part %d, want %d", joined.Len(), label, len(verbatim))
	}
}

func tail(s string) string { return s[max(0, len(s)-20):] }

// Wherever a quote ends, its label is in the same part.
func TestPartsKeepLabels(t *testing.T) {
	sentence := strings.Repeat("واجتمعوا ", 20)
	for n := 1; n <= 25; n++ {
		for _, context := range []int{0, 6, 14, 30} {
			c := arabicCitation(1)
			c.Source = strings.Repeat("وكالة ", 20)
			c.Quote.Text = strings.TrimSpace(strings.Repeat(sentence, n))
			if context > 0 {
				c.Context = &retrieval.Quote{Text: strings.TrimSpace(strings.Repeat(sentence, context))}
			}
			a := retrieval.Answer{Language: text.Arabic, Articles: 1, Citations: []retrieval.Citation{c, c, c}}
			for i := range a.Citations {
				a.Citations[i].N = i + 1
			}
			d := compose(a, nil)
			checkDocument(t, d)
			for i, p := range d.Parts() {
				for j, b := range p.blocks {
					if last := b[len(b)-1]; !last.quotation && strings.Contains(bare(last.html(p.language, testLink)), "، ") && len(b) < 2 {
						t.Fatalf("%d and %d sentences: block %d of part %d is a label alone", n, context, j+1, i+1)
					}
				}
			}
		}
	}
}

// A label is divided when it has to be, and leads to the article once.
func TestPartsOfLongLabel(t *testing.T) {
	c := arabicCitation(1)
	c.Source, c.Title = strings.Repeat("وكالة ", 1500), strings.Repeat("عنوان ", 1500)
	d := compose(retrieval.Answer{Language: text.Arabic, Citations: []retrieval.Citation{c}}, nil)
	checkDocument(t, d)
	var all strings.Builder
	for _, p := range d.Parts() {
		all.WriteString(p.HTML(testLink))
	}
	if n := strings.Count(all.String(), "<a "); n != 1 {
		t.Errorf("there are %d links", n)
	}
}

// A quotation is not divided when it fits, however many spans it has.
func TestPiecesOfSpans(t *testing.T) {
	words := strings.Repeat("word ", 180)
	for n, want := range map[int]int{1: 1, 3: 1, 4: 2} {
		l := passage{before: words, quote: words, after: words}.line(text.English)
		for range n - 3 {
			l.spans = append(l.spans, span{role: roleVerbatim, text: words})
		}
		l.spans = l.spans[:n]
		if got := len(l.pieces(text.English)); got != want {
			t.Errorf("%d spans of %d letters make %d pieces, want %d", n, len(words), got, want)
		}
	}
}

// Each part of a divided citation says which it is, once.
func TestPartsRepeatMark(t *testing.T) {
	c := arabicCitation(1)
	c.Quote.Text = paragraph(9000)
	d := compose(retrieval.Answer{Language: text.English, Articles: 1, Citations: []retrieval.Citation{c, englishCitation(2)}}, nil)
	checkDocument(t, d)
	var got []string
	for _, p := range d.Parts() {
		var lines []string
		for _, l := range slices.Concat(p.blocks...) {
			switch {
			case l.quotation:
				lines = append(lines, "quotation")
			case l.repeated:
				lines = append(lines, l.text())
			case l.isLabel():
				lines = append(lines, l.spans[0].text)
			}
		}
		got = append(got, strings.Join(lines, ", "))
	}
	want := []string{"quotation, [1] …", "[1] …, quotation", "[1] …, quotation, [1], quotation, [2]"}
	if !slices.Equal(got, want) {
		t.Errorf("the parts have %q, want %q", got, want)
	}
}

// What only leads up to a quotation is not left alone.
func TestPartsKeepLead(t *testing.T) {
	for n := 3700; n <= 4200; n += 20 {
		c := arabicCitation(1)
		c.Quote.Text = paragraph(n)
		d := compose(retrieval.Answer{Language: text.Arabic, Articles: 1, Citations: []retrieval.Citation{c}}, nil)
		checkDocument(t, d)
		if first := d.Parts()[0]; quoted(first) == "" {
			t.Errorf("before a quotation of %d units the first part is alone: %q", n, first.HTML(testLink))
		}
	}
}

// A part has no more tags and bytes than Telegram takes.
func TestPartsOfManyLinks(t *testing.T) {
	for name, address := range map[string]string{
		"tags":  "https://news.example/1",
		"bytes": "https://news.example/" + strings.Repeat("x", 4000),
	} {
		t.Run(name, func(t *testing.T) {
			list := Document{language: text.Arabic}
			var lines []line
			for range 150 {
				lines = append(lines, line{spans: []span{reference("abcdefghijklmnop", "خبر", address, text.Arabic)}})
			}
			list.add(lines...)
			checkDocument(t, list)
			if n := len(list.Parts()); n < 2 {
				t.Errorf("%d part has all links", n)
			}
		})
	}
}

func TestPartsOfShortDocument(t *testing.T) {
	d := compose(goldenAnswers()["answered"], nil)
	if parts := d.Parts(); len(parts) != 1 || parts[0].HTML(testLink) != d.HTML(testLink) {
		t.Errorf("a short message has %d parts", len(parts))
	}
}

// Blank stretches of a text are no messages of their own, and what is to be seen
// behind them is not lost.
func TestPartsOfBlanks(t *testing.T) {
	for name, blank := range map[string]string{
		"spaces": " ", "line feeds": "\n", "no-break spaces": "\u00a0", "zero width": "\u200b", "marks": "\u200f", "PDI": "\u2069",
	} {
		t.Run(name, func(t *testing.T) {
			checkLong(t, "a"+strings.Repeat(blank, 10_000)+"b")
		})
	}
}

// A quotation that shows nothing is no message.
func TestPartsOfNothing(t *testing.T) {
	for _, blank := range []string{" ", "\n", "\u200f"} {
		d := Document{language: text.Arabic}
		d.add(quotation(strings.Repeat(blank, 10_000), text.Arabic))
		for _, p := range d.Parts() {
			if s := p.HTML(testLink); s != "" {
				t.Errorf("%q makes a part of %d bytes", blank, len(s))
			}
		}
	}
}

// A character with more marks than a message has room for is divided all the
// same.
func TestPartsOfEndlessCharacter(t *testing.T) {
	for _, mark := range []string{"\u0301", "\u200d", "🇸", "🏽"} {
		checkLong(t, "a"+strings.Repeat(mark, 10_000))
	}
}

// checkLong renders a message that quotes a long text and one of its passage.
func checkLong(t *testing.T, quote string) {
	t.Helper()
	c := arabicCitation(1)
	c.Quote.Text = quote
	a := retrieval.Answer{Language: text.English, Citations: []retrieval.Citation{c}}
	for _, open := range []map[int]passage{nil, {1: {before: quote, quote: "quote", after: quote}}} {
		checkDocument(t, compose(a, open))
	}
}

func TestCutText(t *testing.T) {
	tests := []struct {
		name, s    string
		limit      int
		head, tail string
	}{
		{"fits", "abc", 3, "abc", ""},
		{"empty", "", 3, "", ""},
		{"line", "One two.\nThree four. Five six", 26, "One two.\nThree four. ", "Five six"},
		{"line in the second half", "One two. Three.\nFour five. Six", 28, "One two. Three.\n", "Four five. Six"},
		{"sentence", "One two. Three. Four five", 20, "One two. Three. ", "Four five"},
		{"Arabic sentence", "هل جاؤوا؟ نعم جاؤوا كلهم", 14, "هل جاؤوا؟ ", "نعم جاؤوا كلهم"},
		{"closing quotation mark", "He said “no.” Then he left", 20, "He said “no.” ", "Then he left"},
		{"abbreviation", "Ten came. He met Mr. Smith", 21, "Ten came. ", "He met Mr. Smith"},
		{"Arabic abbreviation", "حضر عشرة. والتقى د. محمد", 20, "حضر عشرة. ", "والتقى د. محمد"},
		{"decimal", "It rose 3.5 per", 12, "It rose 3.5 ", "per"},
		{"clause", "They came, and they went on", 17, "They came, ", "and they went on"},
		{"Arabic clause", "حضروا، ثم انصرفوا جميعًا", 13, "حضروا، ", "ثم انصرفوا جميعًا"},
		{"sentence, not clause", "They came. Then, one after", 20, "They came. ", "Then, one after"},
		{"word", "one two three four", 12, "one two ", "three four"},
		{"before an isolate", "one two six \u2067three four\u2069 x", 20, "one two six ", "\u2067three four\u2069 x"},
		{"after an isolate", "one \u2067two\u2069 three four", 17, "one \u2067two\u2069 three ", "four"},
		{"inside an endless isolate", "\u2067one two three four\u2069", 12, "\u2067one two ", "three four\u2069"},
		{"isolate ends with its line", "\u2067one\ntwo three four", 16, "\u2067one\ntwo three ", "four"},
		{"no word", "abcdefgh", 3, "abc", "defgh"},
		{"pair", "a😀b", 2, "a", "😀b"},
		{"accent", "aaae\u0301b", 4, "aaa", "e\u0301b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if head, tail := cutText(tt.s, tt.limit); head != tt.head || tail != tt.tail {
				t.Errorf("cutText(%q, %d) = %q, %q, want %q, %q", tt.s, tt.limit, head, tail, tt.head, tt.tail)
			}
		})
	}
}

func FuzzParts(f *testing.F) {
	for _, g := range graphemes() {
		f.Add(g, " ", uint16(3000))
		f.Add(g, "", uint16(700))
	}
	f.Fuzz(func(t *testing.T, a, b string, n uint16) {
		if len(a)+len(b) > 200 {
			return
		}
		c := arabicCitation(1)
		c.Quote.Text = text.Valid(strings.Repeat(a+b, min(int(n), 20_000/max(1, len(a)+len(b)))))
		for _, c.Language = range bothLanguages {
			for _, open := range []map[int]passage{nil, {1: {before: c.Quote.Text, quote: a, after: c.Quote.Text}}} {
				checkDocument(t, compose(retrieval.Answer{Language: text.Arabic, Citations: []retrieval.Citation{c}}, open))
			}
		}
	})
}
