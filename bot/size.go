package bot

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// maxMessage is the longest text of a Telegram message, in UTF-16 code
	// units. Telegram counts code points, which are never more.
	maxMessage = 4096
	// maxTags is how many links, quotations and stretches of bold or code a
	// message may have. Telegram drops what is more, and does not say so.
	maxTags = 100
	// maxBytes is the longest rendered message. Telegram cuts a string at
	// 35,000 bytes, be it inside of a tag.
	maxBytes = 30_000
	// maxAddress is the longest address of a link, as it is rendered.
	maxAddress = 4096
)

// A size is what Telegram limits of a message.
type size struct {
	units int // UTF-16 code units of text, after the markup is parsed
	tags  int
	bytes int // of text and markup
}

func sizeOf(html string) size {
	return size{visible(html), strings.Count(html, "<") - strings.Count(html, "</"), len(html)}
}

// fits reports whether a message of this size can be sent.
func (s size) fits() bool {
	return s.units <= maxMessage && s.tags <= maxTags && s.bytes <= maxBytes
}

// visible is the length of rendered text as Telegram limits it: in UTF-16 code
// units, after entities are parsed.
func visible(html string) int {
	n, inTag, inEntity := 0, false, false
	for _, r := range html {
		switch {
		case inTag:
			inTag = r != '>'
		case inEntity:
			inEntity = r != ';'
		case r == '<':
			inTag = true
		default:
			inEntity = r == '&' // the whole of it counts as one
			n += utf16.RuneLen(r)
		}
	}
	return n
}

func utf16Length(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// prefix is the length in bytes of the longest beginning of s that has at most
// limit UTF-16 code units.
func prefix(s string, limit int) int {
	for i, r := range s {
		if limit -= utf16.RuneLen(r); limit < 0 {
			return i
		}
	}
	return len(s)
}

// suffix is where the longest end of s begins that has at most limit UTF-16 code
// units.
func suffix(s string, limit int) int {
	at := len(s)
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:at])
		if limit -= utf16.RuneLen(r); limit < 0 {
			break
		}
		at -= n
	}
	return at
}
