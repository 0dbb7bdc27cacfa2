package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A token is a word of a text, with the part that it can play in a time.
type token struct {
	text.Span
	entry
	norm string // without the conjunction or preposition written onto it
	// and says that the word carries و or ف, and prefix which of ب, ل and ك; 0 for none.
	and    bool
	prefix byte
	// number is the value of up to four plain digits, and width how many they are; 0 when
	// the word is no number. ordinal says that they are a "15th".
	number, width int
	ordinal       bool
	gap           rune // what stands before it: see gapOf
}

// Prefixes of Arabic words.
const (
	prefixBa = 'b'
	prefixLa = 'l'
	prefixKa = 'k'
)

// scan returns the words of a text; none when there is nothing in it that may tell a time.
func scan(s string) []token {
	if !mayTell(s) {
		return nil
	}
	return tokensOf(s)
}

// tokensOf is scan without the glance before it.
func tokensOf(s string) []token {
	words := text.Words(s)
	lexicon := lexicon()
	tokens := make([]token, len(words))
	anchored := false
	end := 0
	for i, w := range words {
		t := &tokens[i]
		t.Span, t.norm = w.Span, w.Norm
		t.gap = gapOf(s[end:w.Start])
		end = w.End
		t.read(lexicon, s[w.Start:w.End])
		anchored = anchored || t.anchors()
	}
	if !anchored {
		return nil
	}
	return joinTokens(tokens)
}

// joinTokens makes one word of "1980" and "s" in "1980's", and of «اللي» and «فات».
func joinTokens(tokens []token) []token {
	joined := tokens[:1]
	for _, u := range tokens[1:] {
		t := &joined[len(joined)-1]
		if t.norm == "اللي" && u.gap == ' ' && (u.norm == "فات" || u.norm == "فاتت" || u.norm == "فاتوا" || u.norm == "فاتو") {
			t.entry, t.End = entry{role: lastWord, behind: true}, u.End
			continue
		}
		if u.norm != "s" || u.gap != '\'' || t.number%10 != 0 || t.width != 2 && t.width != 4 || t.ordinal {
			joined = append(joined, u)
			continue
		}
		t.norm += "s"
		t.entry = entry{role: decade, value: int16(t.number), loose: t.width == 2}
		t.End, t.number, t.width = u.End, 0, 0
	}
	return joined
}

// anchors reports whether every time has a word like it.
func (t *token) anchors() bool {
	switch t.role {
	case dayWord, tonight, weekday, month, monthHead, hijri, unitWord, season, decade, quarterWord, halfWord, daytime:
		return true
	}
	return t.width >= 2 || strings.Contains(t.norm, ".") && isDigit(t.norm[0])
}

// begins reports whether a time can begin with the word.
func (t *token) begins() bool {
	return t.role != noRole || isDigit(t.norm[0]) || weekendHead[t.norm]
}

// read finds out what a word as written can tell.
func (t *token) read(lexicon map[string]entry, written string) {
	if isDigit(t.norm[0]) {
		t.readDigits(written)
		return
	}
	if e, ok := lexicon[t.norm]; ok {
		t.entry = e
		return
	}
	if t.norm[0] < utf8.RuneSelf {
		t.readEnglish(lexicon)
		return
	}
	t.readArabic(lexicon)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// readEnglish takes the genitive off: "yesterday's", "days'".
func (t *token) readEnglish(lexicon map[string]entry) {
	rest, genitive := strings.CutSuffix(t.norm, "'s")
	if !genitive {
		t.entry = fraction(t.norm)
		return
	}
	// May's government is no month.
	if e := lexicon[rest]; e.role == dayWord || e.role == unitWord || e.role == weekday && !e.loose || e.role == tonight || e.role == daytime || e.role == season {
		t.entry, t.norm = e, rest
	}
}

// fraction reads "Q3" and "H1".
func fraction(word string) entry {
	if len(word) != 2 || !isDigit(word[1]) {
		return entry{}
	}
	switch n := word[1] - '0'; {
	case word[0] == 'q' && n >= 1 && n <= 4:
		return entry{role: quarterWord, value: int16(n)}
	case word[0] == 'h' && (n == 1 || n == 2):
		return entry{role: halfWord, value: int16(n)}
	}
	return entry{}
}

// readArabic takes conjunctions and prepositions off.
func (t *token) readArabic(lexicon map[string]entry) {
	rest, and := cutAny(t.norm, "و", "ف")
	if and {
		if e, ok := lexicon[rest]; ok && !t.tooShort(rest) {
			t.entry, t.norm, t.and = e, rest, true
			return
		}
	}
	prefix := byte(0)
	switch {
	case strings.HasPrefix(rest, "ب"):
		prefix, rest = prefixBa, rest[2:]
	case strings.HasPrefix(rest, "لل"):
		prefix, rest = prefixLa, "ا"+rest[2:]
	case strings.HasPrefix(rest, "ل"):
		prefix, rest = prefixLa, rest[2:]
	case strings.HasPrefix(rest, "ك"):
		prefix, rest = prefixKa, rest[2:]
	default:
		return
	}
	if e, ok := lexicon[rest]; ok && e.carries() {
		t.entry, t.norm, t.and, t.prefix = e, rest, and, prefix
	}
}

// tooShort reports whether a word with a conjunction is rather another word: «واب».
func (t *token) tooShort(rest string) bool {
	return rest == "اب" || rest == "ه" || rest == "م" || rest == "ال"
}

// carries reports whether prepositions are written onto a word.
func (e entry) carries() bool {
	switch e.role {
	case dayWord, weekday, daytime, tonight, unitWord, season, decade, part, spelled, ordinal:
		return true
	case month, hijri:
		return !e.loose
	}
	return false
}

// cutAny takes the first prefix off that a word has.
func cutAny(word string, prefixes ...string) (string, bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(word, p); ok && rest != "" {
			return rest, true
		}
	}
	return word, false
}

// readDigits reads "2025", "15th" and "1990s". Digits with separators are no number: a
// year is not written as "2,025".
func (t *token) readDigits(written string) {
	n, width := 0, 0
	for width < len(t.norm) && isDigit(t.norm[width]) {
		if width++; width > 4 {
			return
		}
		n = 10*n + int(t.norm[width-1]-'0')
	}
	switch t.norm[width:] {
	case "":
		if strings.ContainsAny(written, ",.٬٫") {
			return
		}
		t.number, t.width = n, width
	case "st", "nd", "rd", "th":
		t.number, t.width, t.ordinal = n, width, true
	case "s", "'s":
		if n%10 == 0 && (width == 4 || width == 2) {
			t.entry = entry{role: decade, value: int16(n), loose: width == 2}
		}
	}
}

// gapOf is what stands between two words: ' ' for white space, the sign when there is
// one, and 'x' for anything else. Hyphens and dashes are '-', brackets are '('.
func gapOf(between string) rune {
	if between == " " || between == "" {
		return ' '
	}
	sign := ' '
	for _, r := range between {
		switch {
		case r == ' ', r == '\u00a0', r == '\t', r == 'ـ', unicode.Is(unicode.Cf, r):
			continue
		case sign != ' ':
			return 'x'
		}
		switch r {
		case '-', '‐', '‑', '–', '—', '−':
			sign = '-'
		case ',', '،':
			sign = ','
		case '(', ')', '[', ']':
			sign = '('
		case '/', '⁄', '\\':
			sign = '/'
		case '\'', '’':
			sign = '\''
		case '.', '&', '$':
			sign = r
		default:
			sign = 'x'
		}
	}
	return sign
}
