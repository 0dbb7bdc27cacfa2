package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxBeforeBytes is how far a stop looks back for the token before it. Longer
// tokens are no abbreviations.
const maxBeforeBytes = 32

// maxAfterBytes is how far a stop looks ahead: for a speaker and what he did.
const maxAfterBytes = 96

// maxInnerBytes is how far back the mark is looked for that opens a quotation.
const maxInnerBytes = 512

// edge is a place where a sentence may end: its marks, what stands before them
// and what follows.
type edge struct {
	marks   string // the stops in a row: ".", "?!", "..."
	quoted  bool   // a quotation closes after the marks
	bare    bool   // the marks stand alone in brackets: (؟), [...]
	closed  bool   // a quotation, a bracket or a percent sign ends right before the marks
	closes  bool   // a quotation or bracket closes after the marks
	bracket bool   // a round bracket closes right after the marks
	first   bool   // the token before is the first of its sentence
	before  string // the token before the marks, dots inside it included
	lead    string // the sentence up to that token
	number  bool   // a number stands before that token
	spaced  bool   // white space follows
	after   string // what follows on the line, from its first visible rune
	nothing bool   // nothing follows on the line
}

// stop examines the mark at i of the sentence that begins at start. It returns
// where the marks and what closes after them end, and whether the sentence ends
// there.
func (sp *splitter) stop(start, i int) (int, bool) {
	s := sp.s
	marksEnd := skip(s, i, isStop)
	end, quoted := closers(s, marksEnd)
	before := tokenBefore(s, start, i)
	lead := s[start : i-len(before)]
	e := edge{marks: s[i:marksEnd], quoted: quoted, before: before, lead: lead}
	if before == "" && strings.HasSuffix(strings.TrimRight(clipTail(lead), " "), ".") {
		e.marks = "..." // the last of spaced dots
	}
	prior, _ := utf8.DecodeLastRuneInString(lead)
	e.bare = before == "" && end > marksEnd && (prior == '(' || prior == '[')
	e.closed = before == "" && (isCloser(prior) || prior == '%' || prior == '٪')
	e.closes = end > marksEnd
	e.bracket = strings.HasPrefix(s[marksEnd:], ")")
	e.first = isBlank(lead)
	e.number = endsInDigit(lead)
	next := skip(s, end, isBlankRune)
	e.spaced = next > end
	r, _ := decode(s, next)
	e.nothing = next >= len(s) || isLineEnd(r)
	e.after = clipBytes(s[next:], maxAfterBytes)
	return end, e.ends()
}

// skip returns the first place from i on where ok does not hold.
func skip(s string, i int, ok func(rune) bool) int {
	for i < len(s) {
		r, size := decode(s, i)
		if !ok(r) {
			break
		}
		i += size
	}
	return i
}

// isBlankRune reports whether r is white space within a line.
func isBlankRune(r rune) bool { return unicode.IsSpace(r) && !isLineEnd(r) }

// isBlank reports whether s shows nothing but list marks.
func isBlank(s string) bool {
	return len(s) <= maxBeforeBytes && strings.IndexFunc(s, isWordRune) < 0
}

// endsInDigit reports whether the last visible rune of s is a digit.
func endsInDigit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(clipTail(s), " \u00A0"))
	return unicode.IsDigit(r)
}

// opensInside reports whether a quotation or bracket that is open at the end of
// s, the beginning of a sentence, is part of it: words stand before it, and no
// colon that introduces what somebody said.
func opensInside(s string) bool {
	tail := s[max(0, len(s)-maxInnerBytes):]
	i := strings.LastIndexAny(tail, "\"«“‘(")
	if i < 0 || tail[i] == '"' { // which may have closed one
		return false
	}
	before := strings.TrimSpace(tail[:i])
	return !strings.HasSuffix(before, ":") && strings.IndexFunc(before, isWordRune) >= 0
}

// lastWord returns the letters that s ends with, past white space.
func lastWord(s string) string {
	s = strings.TrimRight(s[max(0, len(s)-maxBeforeBytes):], " ")
	return s[strings.LastIndexByte(s, ' ')+1:]
}

// clipTail returns the last few bytes of s, not always on a rune edge.
func clipTail(s string) string { return s[max(0, len(s)-8):] }

// closers returns where the quotation marks, brackets, footnote marks ([12]) and
// invisible characters after a stop end, and whether a quotation closes there.
func closers(s string, i int) (end int, quoted bool) {
	for i < len(s) {
		r, size := decode(s, i)
		switch {
		case isCloser(r):
			quoted = quoted || isQuoteCloser(r)
		case r == ' ' && spacedCloser(s, i+size):
		case r == ' ' && footnote(s[i+size:]) > 0:
		case footnote(s[i:]) > 0:
			size = footnote(s[i:])
		case r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r):
		default:
			return i, quoted
		}
		i += size
	}
	return i, quoted
}

// spacedCloser reports whether a mark that can only close stands at i, after a
// space as French typing has it, and is not glued to a word.
func spacedCloser(s string, i int) bool {
	r, size := decode(s, i)
	if r != '»' && r != '”' && r != ')' {
		return false
	}
	next, _ := decode(s, i+size)
	return !isWordRune(next)
}

// footnote returns the length of a footnote mark such as [12] at the start of s,
// 0 when there is none.
func footnote(s string) int {
	if s == "" || s[0] != '[' {
		return 0
	}
	digits := 0
	for _, r := range clipBytes(s[1:], 12) {
		switch {
		case unicode.IsDigit(r) && digits < 4:
			digits++
		case r == ']' && digits > 0:
			return strings.IndexByte(s, ']') + 1
		default:
			return 0
		}
	}
	return 0
}

// tokenBefore returns the letters, digits, marks and inner dots that end at i,
// "" when there are none or too many to matter.
func tokenBefore(s string, start, i int) string {
	j := i
	for j > start {
		r, size := utf8.DecodeLastRuneInString(s[start:j])
		c := classOf(r)
		if !c.startsWord() && c != classMark && c != classFormat && r != '.' {
			break
		}
		j -= size
		if i-j > maxBeforeBytes {
			return s[j:i]
		}
	}
	return s[j:i]
}

// ends reports whether the sentence ends at e.
func (e edge) ends() bool {
	if e.nothing {
		return true
	}
	next, _ := decode(e.after, 0)
	if strings.ContainsRune(",;،؛:", next) || isStop(next) || e.bare {
		return false
	}
	if !e.spaced {
		return e.endsUnspaced(next)
	}
	switch {
	case strings.ContainsAny(e.marks, "!?؟۔。！？"):
		return e.endsStrong(next)
	case e.marks == ".":
		return e.endsFullStop(next)
	}
	return e.endsEllipsis(next)
}

// endsUnspaced decides for marks with no white space after them: the writer has
// left it out, or the marks stand inside a word, a number or a link.
func (e edge) endsUnspaced(next rune) bool {
	switch {
	case strings.ContainsAny(e.marks, "؟۔。！？"):
		return isWordRune(next)
	case !e.quoted && e.marks == "!" && classOf(next) == classArabic:
		return true
	case e.quoted || e.marks != ".":
		return false
	case classOf(next) == classArabic:
		return e.endsWordBeforeArabic()
	}
	last, _ := utf8.DecodeLastRuneInString(e.before)
	return unicode.IsLower(last) && unicode.IsUpper(next) && atLeast(e.before, 3) && !strings.Contains(e.before, ".") &&
		startsCapitalised(e.after)
}

// endsWordBeforeArabic reports whether what stands before a full stop glued to
// an Arabic word is a word or number, not the letter of an abbreviation.
func (e edge) endsWordBeforeArabic() bool {
	if strings.Contains(e.before, ".") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(e.before)
	return e.closed || atLeast(e.before, 3) || unicode.IsDigit(first) && !e.first ||
		atLeast(e.before, 2) && !isJoinedTitle(e.before) && continues(firstWord(e.after))
}

// startsCapitalised reports whether s starts with a capitalised word and a space:
// a sentence, where a domain name has no space and a product two capitals.
func startsCapitalised(s string) bool {
	_, size := decode(s, 0)
	end := skip(s, size, unicode.IsLower)
	after, _ := decode(s, end)
	return end > size && unicode.IsSpace(after)
}

// endsStrong decides for question and exclamation marks. They are part of a
// name (Yahoo!) or of a quotation when the sentence goes on. Arabic letters do
// not show whether it does: after a name in Latin letters and after what was
// opened in the middle of a sentence it goes on unless the next word begins one.
func (e edge) endsStrong(next rune) bool {
	if unicode.IsLower(next) {
		return false
	}
	if classOf(next) == classArabic && (e.closes && opensInside(e.lead) || e.marks == "!" && e.isLatin()) && !continues(firstWord(e.after)) {
		return false
	}
	return !e.quoted || !isReportingVerb(firstWord(e.after)) && !namesSpeaker(e.after)
}

// hasSpeaker reports whether what follows a quotation tells who spoke it, as it
// does not where a colon has introduced the quotation.
func (e edge) hasSpeaker() bool {
	return !strings.Contains(e.lead, ":") && (namesArabicSpeaker(e.after) || namesSpeaker(e.after))
}

// isAside reports whether a bracket in the midst of an Arabic sentence closes after
// the marks and the sentence goes on.
func (e edge) isAside(next rune) bool {
	return e.bracket && !e.quoted && classOf(next) == classArabic && opensInside(e.lead) && !continues(firstWord(e.after)) &&
		strings.LastIndexByte(e.lead, '(') > strings.LastIndexByte(e.lead, ')')
}

// isLatin reports whether the token before is in Latin letters.
func (e edge) isLatin() bool {
	r, _ := utf8.DecodeRuneInString(e.before)
	return classOf(r) == classLatin
}

// endsEllipsis decides for dots in a row, which Arabic headlines use as commas
// and after their first word as a colon.
func (e edge) endsEllipsis(next rune) bool {
	switch {
	case unicode.IsLower(next):
		return false
	case classOf(next) == classArabic:
		return e.marks != ".." && !e.first && !continues(firstWord(e.after))
	}
	return true
}

// endsFullStop decides for a single full stop with white space after it.
func (e edge) endsFullStop(next rune) bool {
	if unicode.IsLower(next) && !hasInnerCapital(e.after) || e.isAside(next) {
		return false
	}
	if e.quoted {
		return !e.hasSpeaker()
	}
	if e.before == "" || len(e.before) > maxBeforeBytes {
		return true
	}
	if e.isListNumber() {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(e.before); classOf(r) == classArabic {
		return e.endsArabic()
	}
	return e.endsLatin(next)
}

// isListNumber reports whether the token is the number or letter of a list
// entry: "1. Gaza", "ب. لبنان".
func (e edge) isListNumber() bool {
	r, _ := utf8.DecodeRuneInString(e.before)
	return e.first && (unicode.IsDigit(r) && !atLeast(e.before, 4) || !atLeast(e.before, 2))
}
