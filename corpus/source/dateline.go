package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

const (
	maxDateline    = 200 // runes from the start of the line to the end of the dateline
	maxPlaceWords  = 8
	maxLeadWords   = 24 // place and date
	maxOutletWords = 4
	maxOutlet      = 40 // runes
)

// Dateline reads the line of place, day and agency that opens a news report, as
// in "CAIRO, 12 December 2023 (AFP) –" or «القاهرة - 12 ديسمبر 2023 (أ ف ب) -».
// It looks at the first line of body and, below a headline, at the second.
//
// place and outlet are returned as written and may be empty; date is a
// [corpus.Day], or unknown when the dateline has no year, an impossible day, or
// an order of numbers that can be read in two ways. ok is false when body does
// not open with a dateline; then the rest is empty. When in doubt there is none:
// a missing outlet can be added with a flag, while a wrong one would be printed
// under every quote.
func Dateline(body string) (place string, date corpus.Date, outlet string, ok bool) {
	first, rest := cutLine(body)
	d, ok := parseDateline(first)
	if !ok && isHeadline(first) {
		second, _ := cutLine(rest)
		d, ok = parseDateline(second)
	}
	return d.place, d.date, d.outlet, ok
}

// cutLine returns the first line of s that is not blank, and what follows it.
func cutLine(s string) (line, rest string) {
	s = strings.TrimLeftFunc(s, isFiller)
	line, rest, _ = strings.Cut(s, "\n")
	return line, rest
}

// isFiller reports whether r shows nothing: white space and direction marks.
func isFiller(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

// dateline is what one line's opening says.
type dateline struct {
	place  string
	words  []word // of the place
	date   corpus.Date
	dated  bool // a day is named, known or not
	inDay  bool // «في» stands before the day, as it does in prose too
	outlet string
	closed bool // a dash, colon or line end parts the dateline from the text
}

// word is one word of a dateline with its byte offsets.
type word struct {
	start, end int
	raw, norm  string // as written, and normalised
}

// parseDateline reads the dateline at the start of a line: first the form with
// the agency in brackets, then the ones held together by dashes or stops.
func parseDateline(line string) (dateline, bool) {
	line = firstRunes(line, maxDateline)
	for _, read := range []func(string) (dateline, bool){bracketed, dashed, stopped, hyphened} {
		if d, ok := read(line); ok {
			return d, true
		}
	}
	return dateline{}, false
}

// firstRunes returns the first n runes of s.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// bracketed reads PLACE, DATE (OUTLET) with the first brackets of the line that
// do not hold the second name of a month.
func bracketed(line string) (dateline, bool) {
	from := 0
	for {
		start, end, ok := nextBrackets(line, from)
		if !ok {
			return dateline{}, false
		}
		outlet := strings.TrimFunc(line[start+1:end], isFiller)
		if _, isMonth := ParseMonth(outlet); isMonth {
			from = end + 1
			continue
		}
		d, ok := parseLead(line[:start])
		d.outlet = outlet
		d.closed = isClosed(line[end+1:], line[start] == '/', d.dated)
		ok = ok && d.credible()
		d.addDay(line[end+1:])
		return d, ok
	}
}

// nextBrackets finds the next "(…)" in line, or the "/…/" of some agencies,
// from the byte from on, and returns where it begins and ends.
func nextBrackets(line string, from int) (start, end int, ok bool) {
	for i := from; i < len(line); i++ {
		switch {
		case line[i] == '(':
			n := strings.IndexAny(line[i+1:], "()")
			if n < 0 || line[i+1+n] != ')' {
				return 0, 0, false
			}
			return i, i + 1 + n, true
		case line[i] == '/' && (i == 0 || line[i-1] == ' '):
			n := strings.IndexByte(line[i+1:], '/')
			if n > 0 && line[i+1] != ' ' {
				return i, i + 1 + n, true
			}
		}
	}
	return 0, 0, false
}

// isClosed reports whether what follows the outlet parts it from the text. The
// end of the line does so after a date only: without one, "Tugs (Series)" is a
// title.
func isClosed(rest string, slashed, dated bool) bool {
	rest = strings.TrimLeftFunc(rest, isFiller)
	if rest == "" {
		return dated
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return r == ':' || isDash(r) || slashed && r == '.'
}

// isDash reports whether r is one of the strokes that datelines are parted
// with; in Arabic a lone tatweel serves too.
func isDash(r rune) bool {
	return strings.ContainsRune("-‐‑‒–—―−ـ", r)
}

// dashed reads PLACE – DATE – and PLACE, DATE – OUTLET –, which have no
// brackets. They are close to prose, so they need a place that is known, and an
// agency that is.
func dashed(line string) (dateline, bool) {
	parts := splitDashes(line)
	if len(parts) < 2 {
		return dateline{}, false
	}
	// The last part is text; whatever stands before a dash may close the date.
	for n := 1; n < min(len(parts), 4); n++ {
		d, ok := parseLead(line[:parts[n-1].End])
		if !ok || !isLocated(d.words) {
			continue
		}
		if outlet, ok := dashedOutlet(line[parts[n].Start:parts[n].End], n == len(parts)-1); ok {
			d.outlet, d.closed = outlet, true
			d.addDay(line[parts[n].End:])
			return d, true
		}
		if d.dated && !d.date.IsZero() && !d.inDay {
			d.closed = true
			return d, true
		}
	}
	return dateline{}, false
}

// dashedOutlet returns the agency that a part between two dashes names. In the
// last part, which runs into the text, it ends at a colon.
func dashedOutlet(part string, last bool) (string, bool) {
	name, _, colon := strings.Cut(part, ":")
	if last && !colon {
		return "", false
	}
	name = strings.Trim(strings.TrimFunc(name, isFiller), `"«»“”`)
	return name, isKnownOutlet(name)
}

// addDay takes the day that stands behind the outlet, as in "LONDON (AP) – 15
// August 2025 –", where rest is what follows the outlet. It must be set off from
// the text, or it may belong to the first sentence.
func (d *dateline) addDay(rest string) {
	if d.dated {
		return
	}
	rest = strings.TrimLeftFunc(rest, func(r rune) bool { return isFiller(r) || isDash(r) || r == ',' || r == '،' })
	date, end := leadingDay(rest)
	if end == 0 || !isClosed(rest[end:], false, true) {
		return
	}
	d.date, d.dated, d.closed = date, true, true
}

// stopped reads PLACE. DATE. OUTLET –, as the Russian agencies write it. A place
// that is known, a day and an agency that is known must all be there.
func stopped(line string) (dateline, bool) {
	parts := splitDashes(line)
	lead := line[:parts[0].End]
	i := strings.LastIndex(strings.TrimRightFunc(lead, isFiller), ". ")
	if len(parts) < 2 || i < 0 {
		return dateline{}, false
	}
	d, ok := parseLead(lead[:i+1])
	d.outlet, d.closed = strings.TrimFunc(lead[i+1:], isFiller), true
	return d, ok && d.dated && isLocated(d.words) && isKnownOutlet(d.outlet)
}

// hyphened reads PLACE-OUTLET DATE, which nothing parts from the text. Its outlet
// is therefore one of the list, alone.
func hyphened(line string) (dateline, bool) {
	i := strings.IndexFunc(line, isDash)
	if i < 0 {
		return dateline{}, false
	}
	d, ok := parseLead(line[:i])
	if !ok || d.dated || !isLocated(d.words) {
		return dateline{}, false
	}
	rest := strings.TrimLeftFunc(line[i:], func(r rune) bool { return isFiller(r) || isDash(r) })
	for _, end := range wordEnds(rest, maxOutletWords) {
		date, length := leadingDay(rest[end:])
		if length == 0 {
			continue
		}
		d.outlet, d.date, d.dated, d.closed = rest[:end], date, true, true
		return d, outlets()[outletKey(d.outlet)]
	}
	return dateline{}, false
}

// splitDashes returns the spans of line between the dashes that stand free. The
// hyphen of a name or date does not.
func splitDashes(line string) []text.Span {
	var parts []text.Span
	start := 0
	for i, r := range line {
		if i < start || !isDash(r) || !standsFree(line, i, r) {
			continue
		}
		parts = append(parts, text.Span{Start: start, End: i})
		start = i + len(line[i:]) - len(strings.TrimLeftFunc(line[i:], isDash))
	}
	return append(parts, text.Span{Start: start, End: len(line)})
}

// standsFree reports whether the dash r at i parts words rather than joins them.
func standsFree(line string, i int, r rune) bool {
	if r == '–' || r == '—' || r == '―' || strings.HasPrefix(line[i:], "--") {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	return i == 0 || unicode.IsSpace(before)
}
