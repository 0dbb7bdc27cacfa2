package dates

import (
	"sync"
	"unicode/utf8"
)

// anchors are the words of the lexicon of which every time without a figure has one.
var anchors = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for word, e := range lexicon() {
		if t := (token{entry: e}); t.anchors() {
			m[word] = true
		}
	}
	return m
})

// maxAnchor is the length of the longest word looked up, in bytes: no anchor with what is
// written onto it is longer.
const maxAnchor = 40

// A glance looks over a text for words that may tell a time, without making tokens: most
// sentences have none, and it takes a fraction of the time.
type glance struct {
	anchors map[string]bool
	word    [maxAnchor]byte
	length  int
	arabic  bool
	long    bool // the word is too long for an anchor
}

// mayTell reports whether a text may tell a time. It is false only when [scan] finds
// nothing in it.
func mayTell(s string) bool {
	g := glance{anchors: anchors()}
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			if c >= '0' && c <= '9' || g.takeASCII(c) {
				return true
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if g.takeRune(r) {
			return true
		}
	}
	return g.ends()
}

// takeASCII takes one letter or sign and reports whether a word ends that may tell a time.
func (g *glance) takeASCII(c byte) bool {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	if c < 'a' || c > 'z' {
		return g.ends()
	}
	found := g.arabic && g.ends()
	g.put(c)
	return found
}

// takeRune is takeASCII for all other runes. What is neither common in Arabic nor a sign is
// left for the scan to read.
func (g *glance) takeRune(r rune) bool {
	switch {
	case r >= 'ء' && r <= 'غ', r >= 'ف' && r <= 'ي':
		found := !g.arabic && g.length > 0 && g.ends()
		g.arabic = true
		switch r {
		case 'آ', 'أ', 'إ':
			r = 'ا'
		case 'ى':
			r = 'ي'
		case 'ة':
			r = 'ه'
		}
		g.put(byte(0xC0 | r>>6))
		g.put(byte(0x80 | r&0x3F))
		return found
	case r == 'ـ', r >= '\u064B' && r <= '\u0652', r >= '\u200B' && r <= '\u200F', r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
		return false // belongs to the word and is dropped
	case r == '،', r == '؛', r == '؟', r == '«', r == '»', r == '\u00a0', r >= '\u2010' && r <= '\u2027', r >= '\u2030' && r <= '\u203A':
		return g.ends()
	}
	return true
}

// put adds a byte to the word.
func (g *glance) put(c byte) {
	if g.length == maxAnchor {
		g.long = true
		return
	}
	g.word[g.length] = c
	g.length++
}

// ends ends the word and reports whether it may tell a time.
func (g *glance) ends() bool {
	word := g.word[:g.length]
	arabic, long := g.arabic, g.long
	g.length, g.arabic, g.long = 0, false, false
	switch {
	case len(word) < 3 || long:
		return false
	case g.anchors[string(word)]:
		return true
	case !arabic:
		return false
	}
	return g.carried(word)
}

// carried reports whether an anchor is left of an Arabic word without the conjunction and
// the preposition written onto it.
func (g *glance) carried(word []byte) bool {
	const letter = 2 // bytes
	begins := func(letters string) bool {
		return len(word) > 2*letter && string(word[:letter]) == letters
	}
	if begins("و") || begins("ف") {
		if word = word[letter:]; g.anchors[string(word)] {
			return true
		}
	}
	switch {
	case begins("ل") && string(word[letter:2*letter]) == "ل": // «لليوم»
		copy(word[:letter], "ا")
	case begins("ب"), begins("ل"), begins("ك"):
		word = word[letter:]
	default:
		return false
	}
	return g.anchors[string(word)]
}
