package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline removes the marks inside one Markdown paragraph: emphasis, code ticks,
// link addresses, images, backslash escapes, and the tags of HTML that only
// dress text. A mark without its counterpart is kept as the character it is.
// It takes time linear in len(s).
func inline(s string) string {
	if !strings.ContainsAny(s, "*_`[~\\<") {
		return s
	}
	c := inliner{s: s, fate: make([]fate, len(s)), pairs: bracketPairs(s), ticks: tickRuns(s)}
	for c.i < len(s) {
		c.step()
	}
	return c.result()
}

// fate is what becomes of one byte.
type fate byte

const (
	kept    fate = iota
	dropped      // a mark
	spaced       // the end of a mark that parted words: a space takes its place
)

// inliner walks a paragraph and decides the fate of its bytes.
type inliner struct {
	s     string
	i     int
	fate  []fate
	pairs []int32       // see bracketPairs
	ticks map[int][]int // length of a run of "`" -> where such runs begin, ascending
	open  []run         // emphasis runs still waiting for their counterpart
}

// run is a run of one emphasis character in the paragraph.
type run struct {
	start, n int
	char     byte
}

// step handles the byte at c.i and moves on.
func (c *inliner) step() {
	switch ch := c.s[c.i]; ch {
	case '\\':
		c.escape()
	case '`':
		c.code()
	case '!', '[':
		c.bracket()
	case ']':
		c.link()
	case '<':
		c.tag()
	case '*', '_', '~':
		c.emphasis(ch)
	default:
		c.i++
	}
}

// skip drops the n bytes from c.i on and moves behind them.
func (c *inliner) skip(n int) {
	for range n {
		c.fate[c.i] = dropped
		c.i++
	}
}

// escape drops the backslash before punctuation, which then is no mark.
func (c *inliner) escape() {
	if c.i+1 < len(c.s) && c.s[c.i+1] < utf8.RuneSelf && strings.IndexByte("\\`*_{}[]()#+-.!~<>|\"'", c.s[c.i+1]) >= 0 {
		c.skip(1)
	}
	c.i++
}

// code drops a pair of equal runs of ticks; what is between stays untouched.
func (c *inliner) code() {
	n := runLength(c.s[c.i:])
	starts := c.ticks[n]
	for len(starts) > 0 && starts[0] <= c.i {
		starts = starts[1:]
	}
	c.ticks[n] = starts
	if len(starts) == 0 {
		c.i += n
		return
	}
	c.skip(n)
	c.i = starts[0]
	c.skip(n)
}

// bracket handles "[" and "![": an image goes altogether, the text of a link is
// walked through as any other.
func (c *inliner) bracket() {
	at := c.i
	if c.s[at] == '!' {
		at++
		if at == len(c.s) || c.s[at] != '[' {
			c.i++
			return
		}
	}
	end, n := c.partner(at), 0
	if end >= 0 {
		n = destination(c.s[end+1:])
	}
	switch {
	case n == 0: // brackets of the text itself
		c.i = at + 1
	case at > c.i:
		c.skipImage(end + 1 + n - c.i)
	default:
		c.skip(1)
	}
}

// skipImage drops the n bytes of an image, and the space behind it when there is
// one before it.
func (c *inliner) skipImage(n int) {
	apart := c.i == 0 || c.s[c.i-1] == ' '
	c.skip(n)
	if apart && c.i < len(c.s) && c.s[c.i] == ' ' {
		c.skip(1)
	}
}

// link handles "]": the address that follows goes with it.
func (c *inliner) link() {
	if start := c.partner(c.i); start >= 0 && c.fate[start] == dropped {
		c.skip(1 + destination(c.s[c.i+1:]))
		return
	}
	c.i++
}

// partner returns where the bracket that belongs to the one at i is, or -1.
func (c *inliner) partner(i int) int {
	if c.pairs == nil {
		return -1
	}
	return int(c.pairs[i]) - 1
}

// tag drops a tag that only dresses its text, and the angle brackets around an
// address.
func (c *inliner) tag() {
	const longest = 200
	rest := c.s[c.i:min(len(c.s), c.i+longest)]
	end := strings.IndexAny(rest[1:], "<>\n") + 1
	if end == 0 || rest[end] != '>' {
		c.i++
		return
	}
	switch inner := rest[1:end]; {
	case isTag(inner):
		c.skip(end + 1)
		if isBreak(inner) {
			c.fate[c.i-1] = spaced
		}
	case strings.Contains(inner, "://") && !strings.ContainsAny(inner, " \t"):
		c.skip(1)
		c.i += end - 1
		c.skip(1)
	default:
		c.i++
	}
}

// emphasis pairs the run of ch at c.i with the nearest open one of its kind, or
// keeps it open for a later one.
func (c *inliner) emphasis(ch byte) {
	r := run{start: c.i, n: runLength(c.s[c.i:]), char: ch}
	c.i += r.n
	opens, closes := c.flanks(r)
	if closes {
		for k := len(c.open) - 1; k >= 0 && k >= len(c.open)-8; k-- {
			if o := c.open[k]; o.char == ch && o.n == r.n {
				c.dropRun(o)
				c.dropRun(r)
				c.open = c.open[:k]
				return
			}
		}
	}
	if opens {
		c.open = append(c.open, r)
	}
}

// flanks reports whether a run can begin and can end an emphasis. A single star
// between digits is a multiplication, an underscore inside a word is part of
// it, a lone tilde means "about".
func (c *inliner) flanks(r run) (opens, closes bool) {
	before, _ := utf8.DecodeLastRuneInString(c.s[:r.start])
	after, _ := utf8.DecodeRuneInString(c.s[r.start+r.n:])
	if r.start == 0 {
		before = ' '
	}
	if r.start+r.n == len(c.s) {
		after = ' '
	}
	inWord := isWordRune(before) && isWordRune(after)
	if r.n > 3 || r.char == '~' && r.n != 2 || r.char == '_' && inWord ||
		r.char == '*' && r.n == 1 && inWord && (unicode.IsDigit(before) || unicode.IsDigit(after)) {
		return false, false
	}
	return !unicode.IsSpace(after), !unicode.IsSpace(before)
}

func (c *inliner) dropRun(r run) {
	for k := range r.n {
		c.fate[r.start+k] = dropped
	}
}

// result is the paragraph without the dropped bytes and without the spaces that
// they leave at line ends.
func (c *inliner) result() string {
	var b strings.Builder
	b.Grow(len(c.s))
	for i := range len(c.s) {
		switch c.fate[i] {
		case kept:
			b.WriteByte(c.s[i])
		case spaced:
			b.WriteByte(' ')
		}
	}
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\\")
	}
	return strings.Join(lines, "\n")
}
