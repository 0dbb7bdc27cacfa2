package page

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	// maxPrescan is how far into a page its own declaration of a character set is looked for. The standard says 1,024
	// bytes; old pages open with long comments and styles.
	maxPrescan = 8 << 10
	// maxSample is as much of a page as is looked at to tell its character set.
	maxSample = 256 << 10
)

// Decode returns the characters of a page or another text from the web; contentType is what the server called it, ""
// for nothing. ok is false when no character set makes sense of them.
//
// Declarations are often wrong, so the bytes have the first word: what is UTF-8 is read as that whatever is declared, and
// what is declared to be UTF-8 and is not, or to be Western or Arabic, is told by the letters it gives.
func Decode(contentType string, body []byte) (s string, ok bool) {
	if enc := marked(body); enc != nil {
		return convert(enc, body)
	}
	if isUTF8(body) {
		return string(bytes.ToValidUTF8(body, []byte("\uFFFD"))), true
	}
	enc, name := declared(contentType, body)
	switch name {
	case "", "utf-8", "windows-1252", "windows-1256", "iso-8859-6", "replacement", "x-user-defined":
		enc = guess(enc, name, body[:min(len(body), maxSample)])
	}
	if enc == nil {
		return "", false
	}
	return convert(enc, body)
}

// convert decodes body; a decoder of x/text replaces what it cannot read.
func convert(enc encoding.Encoding, body []byte) (string, bool) {
	out, err := enc.NewDecoder().Bytes(body)
	return string(out), err == nil
}

// marked returns the encoding that a byte order mark states, or nil.
func marked(body []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(body, []byte("\uFEFF")):
		return unicode.UTF8BOM
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}), bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}

// isUTF8 reports whether the bytes outside ASCII are UTF-8, but for a few that are damage: a character cut in two by a
// careless program. ASCII with escapes is left to the declaration: it may be ISO-2022-JP.
func isUTF8(body []byte) bool {
	bad, high := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		high += n
		i += n
	}
	if high == 0 {
		return bytes.IndexByte(body, 0x1B) < 0
	}
	return bad*20 <= high
}

// declared returns the encoding that the server or else the page itself names; name is "" when neither does.
func declared(contentType string, body []byte) (enc encoding.Encoding, name string) {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if enc, name = charset.Lookup(params["charset"]); enc != nil {
			return enc, name
		}
	}
	head := bytes.ToLower(body[:min(len(body), maxPrescan)])
	for {
		_, rest, found := bytes.Cut(head, []byte("charset"))
		if !found {
			return nil, ""
		}
		if enc, name = charset.Lookup(charsetLabel(rest)); enc != nil {
			return enc, name
		}
		head = rest
	}
}

// charsetLabel returns the name that follows "charset": `="utf-8">`, ` = windows-1256"`.
func charsetLabel(b []byte) string {
	s := strings.TrimLeft(string(b[:min(len(b), 60)]), " \t\r\n=\"'")
	end := strings.IndexFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"'>;/?", r) })
	if end < 0 {
		return ""
	}
	return s[:end]
}

// guess chooses between the eight-bit sets of the West and of Arabic. Arabic words are runs of bytes outside ASCII,
// while in Western ones such bytes stand alone. nil says that the bytes are neither.
func guess(enc encoding.Encoding, name string, sample []byte) encoding.Encoding {
	if !isRunning(sample) {
		if name == "windows-1256" {
			return enc // French on an Arabic site
		}
		return charmap.Windows1252
	}
	windows, iso := arabicShare(charmap.Windows1256, sample), arabicShare(charmap.ISO8859_6, sample)
	switch {
	case max(windows, iso) < 0.4:
		return nil
	case iso > windows:
		return charmap.ISO8859_6
	}
	return charmap.Windows1256
}

// isRunning reports whether most bytes outside ASCII have another beside them.
func isRunning(sample []byte) bool {
	high, running := 0, 0
	for i, c := range sample {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		if i > 0 && sample[i-1] >= utf8.RuneSelf || i+1 < len(sample) && sample[i+1] >= utf8.RuneSelf {
			running++
		}
	}
	return running*2 > high
}

// arabicShare is the part of the bytes outside ASCII that set reads as one of the letters that make up most of any Arabic
// text: two thirds in truth, a fifth by chance.
func arabicShare(set *charmap.Charmap, sample []byte) float64 {
	high, common := 0, 0
	for _, c := range sample {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		if strings.ContainsRune("اليمونرتبةع", set.DecodeByte(c)) {
			common++
		}
	}
	return float64(common) / float64(max(high, 1))
}
