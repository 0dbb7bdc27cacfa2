package unigram

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Rules are how a model's training normalised text before cutting it.
//
// What all models share: white space, line ends, zero-width spaces, direction
// marks, byte order marks and broken UTF-8 become spaces; every rune is
// normalised to NFKC by itself, since normalising them together reorders Arabic
// marks; runs of spaces become one, written U+2581; and one stands before the
// first word. Arabic marks and tatweel stay.
type Rules uint8

// The ways in which models differ.
const (
	// DropControls removes the C0 controls that are not white space, and U+007F,
	// U+008F and U+009F.
	DropControls Rules = 1 << iota
	// SpaceJoiners makes a space of the zero-width joiner and non-joiner.
	SpaceJoiners
	// Compose joins a mark to the rune before it when NFC makes one rune of both.
	Compose
	// TrimEnd removes a trailing space. Text without a word becomes empty.
	TrimEnd
)

// Rule sets of known models.
const (
	// XLMRoberta is for models with the vocabulary of XLM-R, such as multilingual
	// E5. Text without a word becomes a single U+2581.
	XLMRoberta = DropControls | SpaceJoiners
	// UniversalSentenceEncoder is for the multilingual encoder of that name.
	UniversalSentenceEncoder = Compose | TrimEnd
)

// space is what stands for a space in pieces: U+2581.
const space = "▁"

// firstComposing is the first combining mark of Unicode.
const firstComposing = 0x300

// Normalize returns text as its model sees it, spaces written U+2581.
func Normalize(text string, rules Rules) string {
	const expansion = 13 // U+FDFA is the worst: 39 bytes from 3
	n := normalizer{rules: rules}
	n.run(text, expansion*len(text)+len(space))
	return string(n.out)
}

// normalizer is a text in normal form and the working memory of getting there,
// which is there to be used again: what the package norm is given may not be on
// the stack.
type normalizer struct {
	rules Rules
	out   []byte
	forms norm.Iter // over what one rune becomes
	pair  [2 * utf8.UTFMax]byte
	pairs norm.Iter // over pair, while forms may be in use
}

// run sets out to text in normal form, and stops once limit bytes have been
// reached.
func (n *normalizer) run(text string, limit int) {
	n.out = append(slices.Grow(n.out[:0], min(limit, len(text)+len(space))), space...)
	for i := 0; i < len(text) && len(n.out) < limit; {
		if c := text[i]; c > ' ' && c < 0x7f {
			n.out = append(n.out, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		n.rune(r, text[i:i+size])
		i += size
	}
	if n.rules&TrimEnd != 0 && n.endsInSpace() {
		n.out = n.out[:len(n.out)-len(space)]
	}
}

func (n *normalizer) endsInSpace() bool {
	return len(n.out) >= len(space) && string(n.out[len(n.out)-len(space):]) == space
}

// space appends a space unless one is there already.
func (n *normalizer) space() {
	if !n.endsInSpace() {
		n.out = append(n.out, space...)
	}
}

// rune appends a rune, given also as the text it was read from.
func (n *normalizer) rune(r rune, text string) {
	switch {
	case isSettled(r):
		n.out = append(n.out, text...)
	case isSpace(r) || n.rules&SpaceJoiners != 0 && isJoiner(r):
		n.space()
	case n.rules&DropControls != 0 && isDropped(r):
	case r == wideTilde:
		n.out = append(n.out, text...)
	case norm.NFKC.QuickSpanString(text) == len(text):
		n.plain(r)
	default:
		n.decompose(r, text)
	}
}

// decompose appends what NFKC makes of a rune that may not be normal: the runes
// it stands for, except where they can be composed again.
func (n *normalizer) decompose(r rune, text string) {
	parts := norm.NFKC.PropertiesString(text).Decomposition()
	switch {
	case len(parts) == 0:
		n.plain(r)
	case norm.NFC.QuickSpan(parts) == len(parts):
		n.plainAll(parts)
	default:
		n.forms.InitString(norm.NFKC, text)
		for !n.forms.Done() {
			n.plainAll(n.forms.Next())
		}
	}
}

// plainAll appends runes that are normal by themselves.
func (n *normalizer) plainAll(text []byte) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		n.plain(r)
		i += size
	}
}

// plain appends a rune that is normal by itself. Some runes become words with
// spaces between them.
func (n *normalizer) plain(r rune) {
	if r == ' ' {
		n.space()
		return
	}
	if n.rules&Compose != 0 && r >= firstComposing && !isSettled(r) && n.compose(r) {
		return
	}
	n.out = utf8.AppendRune(n.out, r)
}

// compose replaces the last rune by its composition with r, if there is one.
func (n *normalizer) compose(r rune) bool {
	_, size := utf8.DecodeLastRune(n.out)
	start := len(n.out) - size
	both := utf8.AppendRune(append(n.pair[:0], n.out[start:]...), r)
	if norm.NFC.QuickSpan(both) == len(both) {
		return false
	}
	n.pairs.Init(norm.NFC, both)
	composed := n.pairs.Next()
	if !n.pairs.Done() || utf8.RuneCount(composed) != 1 {
		return false
	}
	n.out = append(n.out[:start], composed...)
	return true
}

// isSettled lists the letters, vowels and digits of Arabic that are normal by
// themselves and never join the rune before them. They are most runes of most
// texts, and spare them the tables.
func isSettled(r rune) bool {
	return r >= 0x620 && r < 0x653 || r >= 0x660 && r < 0x66a
}

// wideTilde is the one rune NFKC changes and the models keep.
const wideTilde = '\uff5e'

// isSpace lists the runes that become a space before anything else; the others
// of that kind do so by NFKC. U+FFFD stands for broken UTF-8 too.
func isSpace(r rune) bool {
	switch r {
	case '\t', '\n', '\f', '\r', ' ', 0x1680, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x2581, 0xfeff, utf8.RuneError:
		return true
	}
	return false
}

func isJoiner(r rune) bool { return r == 0x200c || r == 0x200d }

// isDropped is asked after isSpace, so that white space is not among the
// controls here.
func isDropped(r rune) bool {
	return r < ' ' || r == 0x7f || r == 0x8f || r == 0x9f
}
