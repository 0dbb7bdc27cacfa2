package writer

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A mark is what cites: "[1]", "[1, 3]", "[2-4]", "【1】", "(1)" and "¹" at the
// end of a sentence.
type mark struct {
	at      int   // bytes of the text read that stand before it
	numbers []int // ascending or not, as written; at least one
}

// A reading is what a model has written without its markup and marks.
type reading struct {
	text  string
	from  []int // for each byte of text, where in what was written it comes from
	marks []mark
}

const (
	listed = `\p{Nd}+(?:\s*(?:[,،;&–-]|and|و)\s*\p{Nd}+)*`
	named  = `(?:(?i:sources?|passages?|ref|المصدر|مصدر|المقطع|مقطع)\s*:?\s*|\^)?`
	// wordsBetween may stand between two marks, and belong to no sentence.
	wordsBetween = `^[ \t]*(?:[,،;]|and|&|و)[ \t]*[\[【［〔]\s*[\^\p{Nd}]`
)

var (
	squareMark  = regexp.MustCompile(`^[\[［〔]\s*` + named + `(` + listed + `)\s*[\]］〕]`)
	lenticular  = regexp.MustCompile(`^【\s*` + named + `(` + listed + `)\s*(?:†[^】\n]{0,80})?】`)
	roundMark   = regexp.MustCompile(`^[(（]\s*(\p{Nd}{1,2}(?:\s*[,،;-]\s*\p{Nd}{1,2})*)\s*[)）]`)
	target      = regexp.MustCompile(`^\([^()\s]{0,500}(?:\s+"[^"\n]*")?\)`)
	linked      = regexp.MustCompile(`^\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?:\s+"[^"\n]*")?\)`)
	picture     = regexp.MustCompile(`^!\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)`)
	betweenRE   = regexp.MustCompile(wordsBetween)
	opensLine   = regexp.MustCompile(`^[ \t]*(?:(?:#{1,6}|>|[-+•‣▪–—*]|\p{Nd}{1,2}[.)])[ \t]+)+`)
	rangeOf     = regexp.MustCompile(`(\p{Nd}+)\s*[–-]\s*(\p{Nd}+)`)
	single      = regexp.MustCompile(`\p{Nd}+`)
	superscript = regexp.MustCompile(`^[⁰¹²³⁴-⁹]+(?:[,،][⁰¹²³⁴-⁹]+)*`)
)

// noSource is a number that no source has.
const noSource = -1

// numbersOf reads "1, 3" and "2-4", in the digits of either language. What is too
// large to be a source's, or a range of too many, is [noSource].
func numbersOf(s string) []int {
	const longest = 9
	s = text.FoldDigits(s)
	var out []int
	for _, m := range rangeOf.FindAllStringSubmatch(s, -1) {
		from, to := numberOf(m[1]), numberOf(m[2])
		if from == noSource || to == noSource || to < from || to-from > longest {
			out = append(out, noSource)
			continue
		}
		for n := from; n <= to; n++ {
			out = append(out, n)
		}
	}
	for _, m := range single.FindAllString(rangeOf.ReplaceAllString(s, " "), -1) {
		out = append(out, numberOf(m))
	}
	return out
}

func numberOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 999 {
		return noSource
	}
	return n
}

// superscripts reads "¹" and "¹,²".
func superscripts(s string) []int {
	return numbersOf(strings.Map(func(r rune) rune {
		if i := strings.IndexRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r); i >= 0 {
			return rune('0' + utf8.RuneCountInString("⁰¹²³⁴⁵⁶⁷⁸⁹"[:i]))
		}
		return r
	}, s))
}

// A reader takes markup and marks out of what was written.
type reader struct {
	in        string
	i         int
	lineStart bool
	out       []byte
	from      []int
	marks     []mark
	behind    bool // a mark stands right before i
	ends      bool // the sentence ends there, whatever its last word is
}

// read takes markup and marks out of s, which begins a line or not.
func read(s string, lineStart bool) reading {
	r := reader{in: s, lineStart: lineStart, out: make([]byte, 0, len(s)), from: make([]int, 0, len(s))}
	for r.i < len(s) {
		r.step()
	}
	return reading{text: string(r.out), from: r.from, marks: r.marks}
}

// step reads one rune, or what belongs together.
func (r *reader) step() {
	rest := r.in[r.i:]
	if r.lineStart {
		r.lineStart = false
		if opener := opensLine.FindString(rest); opener != "" {
			r.i += len(opener)
			return
		}
	}
	if r.markup(rest) || r.mark(rest) {
		return
	}
	c, size := utf8.DecodeRuneInString(rest)
	r.rune(c)
	r.i += size
}

// markup passes over what is no text, and reads the words of a link.
func (r *reader) markup(rest string) bool {
	switch rest[0] {
	case '*', '`':
		r.i++
		return true
	case '_':
		if !r.within(rest) {
			r.i++
			return true
		}
	case '~':
		if strings.HasPrefix(rest, "~~") {
			r.i += 2
			return true
		}
	case '!':
		if m := picture.FindString(rest); m != "" {
			r.i += len(m)
			return true
		}
	case '[':
		if m := linked.FindStringSubmatch(rest); m != nil && !squareMark.MatchString(rest) {
			for _, c := range m[1] {
				if c != '*' && c != '`' {
					r.rune(c)
				}
			}
			r.i += len(m[0])
			return true
		}
	}
	return false
}

// within reports whether letters or digits stand before and behind a "_".
func (r *reader) within(rest string) bool {
	before, _ := utf8.DecodeLastRune(r.out)
	behind, _ := utf8.DecodeRuneInString(rest[1:])
	return wordly(before) && wordly(behind)
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// mark reads a mark.
func (r *reader) mark(rest string) bool {
	c, _ := utf8.DecodeRuneInString(rest)
	switch c {
	case '[', '［', '〔':
		if m := squareMark.FindStringSubmatch(rest); m != nil {
			end := len(m[0])
			end += len(target.FindString(rest[end:]))
			r.add(numbersOf(m[1]), end)
			return true
		}
	case '【':
		if m := lenticular.FindStringSubmatch(rest); m != nil {
			r.add(numbersOf(m[1]), len(m[0]))
			return true
		}
	case '(', '（':
		if m := roundMark.FindStringSubmatch(rest); m != nil && (r.ended() || closes(rest[len(m[0]):])) {
			r.add(numbersOf(m[1]), len(m[0]))
			return true
		}
	case '¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹':
		m := superscript.FindString(rest)
		if r.ended() || closes(rest[len(m):]) && !r.unit() {
			r.add(superscripts(m), len(m))
			return true
		}
	}
	return false
}

// closes reports whether a sentence ends where rest begins, or another mark stands
// there.
func closes(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	c, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || strings.ContainsRune(".!?؟…\n[【(¹²³", c)
}

// unit reports whether a short word stands right before, as in "km²", «كم²».
func (r *reader) unit() bool {
	const short = 3
	n, end := 0, len(r.out)
	for end > 0 {
		c, size := utf8.DecodeLastRune(r.out[:end])
		if !unicode.IsLetter(c) {
			break
		}
		n++
		end -= size
	}
	return n > 0 && n <= short
}

// ended reports whether a sentence has just ended.
func (r *reader) ended() bool { return ends(string(r.out[max(0, len(r.out)-16):])) }

// ends reports whether s ends as a sentence does.
func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)] ")
	last, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && strings.ContainsRune(".!?؟…۔", last)
}

// add adds a mark of so many bytes, and passes over the words between it and the
// next one.
func (r *reader) add(numbers []int, size int) {
	for len(r.out) > 0 && r.out[len(r.out)-1] == ' ' {
		r.out, r.from = r.out[:len(r.out)-1], r.from[:len(r.from)-1]
	}
	r.ends = r.ended()
	r.marks = append(r.marks, mark{at: len(r.out), numbers: numbers})
	r.behind = true
	r.i += size
	if m := betweenRE.FindString(r.in[r.i:]); m != "" {
		next := strings.IndexAny(m, "[【［〔")
		r.i += next
	}
}

// rune adds one rune to what was read. Where a sentence has ended with a mark, a
// line ends.
func (r *reader) rune(c rune) {
	switch {
	case c == '\n', c == '\r', c == '\u2028', c == '\u2029', c == '\u0085':
		r.lineStart, r.behind, r.ends = true, false, false
		r.write('\n')
		return
	case hidden(c):
		return
	case unicode.IsSpace(c), unicode.IsControl(c):
		if len(r.out) > 0 && r.out[len(r.out)-1] != ' ' && r.out[len(r.out)-1] != '\n' {
			r.write(' ')
		}
		return
	}
	switch {
	case r.behind && strings.ContainsRune(".!?؟…", c):
		r.behind, r.ends = false, true
	case r.ends && !unicode.IsLower(c):
		r.breakLine()
	case r.behind && wordly(c):
		r.space()
	}
	if wordly(c) {
		r.behind, r.ends = false, false
	}
	r.write(c)
}

func (r *reader) space() {
	if n := len(r.out); n > 0 && r.out[n-1] != ' ' && r.out[n-1] != '\n' {
		r.write(' ')
	}
}

// breakLine ends the line, unless what follows belongs to the sentence before.
func (r *reader) breakLine() {
	n := len(r.out)
	switch {
	case n == 0 || r.out[n-1] == '\n':
	case r.out[n-1] == ' ':
		r.out[n-1] = '\n'
	case r.behind:
		r.write('\n')
	}
}

func (r *reader) write(c rune) {
	n := len(r.out)
	r.out = utf8.AppendRune(r.out, c)
	for range len(r.out) - n {
		r.from = append(r.from, r.i)
	}
}
