package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// A prose is a text whose figures and names are looked at.
type prose struct {
	s     string
	terms []text.Term
	lang  text.Language
}

// mostProse is how many bytes of a text are looked at: passages have some hundred words.
const mostProse = 16 << 10

func (c *Checker) prose(s string, lang text.Language) *prose {
	if len(s) > mostProse {
		s = strings.ToValidUTF8(s[:mostProse], "")
	}
	return &prose{s, c.config.Analyzer.Terms(s), lang}
}

// proses are the title and the passage of a source; its outlet is a name and tells no figures.
func (c *Checker) proses(s Source) []*prose {
	return []*prose{c.prose(s.Title, s.Language), c.prose(s.Text, s.Language)}
}

// word is the i-th word, normalised; "" outside of the text.
func (p *prose) word(i int) string {
	if i < 0 || i >= len(p.terms) {
		return ""
	}
	return p.terms[i].Norm
}

// written is the i-th word as it stands.
func (p *prose) written(i int) string { return p.s[p.terms[i].Start:p.terms[i].End] }

// gap is what stands before the i-th word.
func (p *prose) gap(i int) string {
	if i < 0 || i > len(p.terms) {
		return ""
	}
	return text.Gap(p.s, p.terms, i)
}

// spaced reports whether nothing but white space or a hyphen parts the i-th word from the
// one before.
func (p *prose) spaced(i int) bool {
	return i > 0 && i < len(p.terms) && !strings.ContainsFunc(p.gap(i), func(r rune) bool {
		return r == '\n' || !unicode.IsSpace(r) && r != '-' && r != '‐'
	})
}

// ends reports whether a sentence ends before the i-th word, as far as its marks tell.
func (p *prose) ends(i int) bool {
	gap := p.gap(i)
	return i > 0 && (strings.ContainsAny(gap, "!?؟\n؛;") || strings.HasPrefix(gap, ".") && strings.TrimLeft(gap, ".\"”»'’)") != "")
}

// span is the terms from byte start to byte end: the first and the last, -1 when there are
// none.
func (p *prose) span(start, end int) (first, last int) {
	first, last = -1, -1
	for i, t := range p.terms {
		if t.Start >= start && t.End <= end {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// times are the times that a text tells; those counted from its publication are left out
// when that is not known.
func (c *Checker) times(p *prose, of Source) []dates.Expression {
	known := !of.Published.IsZero()
	var published dates.Day
	if known {
		published = dates.DayOf(of.Published.Time)
	}
	var all []dates.Expression
	for _, span := range text.Sentences(p.s) {
		for _, x := range c.config.Calendar.Stated(p.s[span.Start:span.End], p.lang, published, known) {
			x.Start, x.End = x.Start+span.Start, x.End+span.Start
			all = append(all, x)
		}
	}
	return all
}

// inArabic reports whether a word is in Arabic letters.
func inArabic(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Arabic, r)
}

// clitics are what Arabic writes onto a word, longest first.
var clitics = [...]string{"وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل", "ك"}

// unwritten are the forms that an Arabic word may have without what is written onto it, the
// word itself first; of another word only that, without the possessive.
func unwritten(norm string) []string {
	if !inArabic(norm) {
		return []string{strings.TrimSuffix(strings.TrimSuffix(norm, "'s"), "’s")}
	}
	const least = 2
	all := []string{norm}
	for _, c := range clitics {
		if rest, ok := strings.CutPrefix(norm, c); ok && utf8.RuneCountInString(rest) >= least {
			all = append(all, rest)
		}
	}
	return all
}

// withoutJoined are the forms that an Arabic word may have without a conjunction and a
// preposition, the word itself first; the article stays.
func withoutJoined(norm string) []string {
	all := []string{norm}
	for _, and := range [...]string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(norm, and); ok {
			all = append(all, rest)
		}
	}
	for _, w := range all[:len(all):len(all)] {
		if rest, ok := strings.CutPrefix(w, "لل"); ok {
			all = append(all, "ال"+rest)
		}
		for _, p := range [...]string{"ب", "ل", "ك"} {
			if rest, ok := strings.CutPrefix(w, p); ok {
				all = append(all, rest)
			}
		}
	}
	return all
}

// known finds a word in a table, with what Arabic writes onto it and without.
func known[V any](table map[string]V, norm string) (v V, ok bool) {
	for _, w := range unwritten(norm) {
		if v, ok = table[w]; ok {
			return v, ok
		}
	}
	return v, false
}

// listed turns lists of words by what they stand for round.
func listed[V comparable](lists map[V]string) map[string]V {
	m := map[string]V{}
	for v, list := range lists {
		for w := range text.WordSet(list) {
			m[w] = v
		}
	}
	return m
}
