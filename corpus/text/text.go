// Package text does the Unicode work for Arabic and English: it tells the
// language of a text, folds spellings, finds words with their places in the
// original, stems them, and cuts text into whole sentences.
//
// Begin with [Analyzer.Terms], which turns a text into the terms an index
// stores, and [Sentences], which finds what may be quoted. [Normalize] is the
// folding underneath both. Every offset is a byte offset into the string that
// was handed in, so what is shown to a reader can always be cut from the
// original and never from a folded copy.
//
// All functions accept any string, invalid UTF-8 included, never panic, and run
// in time linear in its length.
package text

import (
	"strings"
	"unicode/utf8"
)

// Language names the language of a text as far as this program cares.
type Language string

// The languages told apart by [Detect].
const (
	Arabic  Language = "ar"
	English Language = "en"
	Other   Language = "other"
)

// Span is a half-open range of byte offsets into the text it was found in:
// s[Start:End]. Both ends lie on rune edges.
type Span struct{ Start, End int }

// Valid returns s with each run of invalid UTF-8 replaced by one U+FFFD and
// with NUL characters removed. It returns s itself when there is nothing to
// mend.
func Valid(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(s, "\x00", "")
}

// FoldDigits returns s with Arabic-Indic (٠-٩) and Persian (۰-۹) digits turned
// into 0-9 and everything else, invalid bytes included, left as it was. Byte
// offsets into the result differ from those into s.
func FoldDigits(s string) string {
	first := strings.IndexFunc(s, func(r rune) bool { return foldDigit(r) != r })
	if first < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:first])
	for i := first; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if d := foldDigit(r); d != r {
			b.WriteRune(d)
		} else {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// foldDigit maps an Arabic-Indic or Persian digit to its ASCII digit and any
// other rune to itself.
func foldDigit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}
