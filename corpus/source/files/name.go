package files

import (
	"archive/zip"
	"encoding/binary"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxName is the length, in runes, that a name may have as it is shown: a line or two. Paths on the disk are rarely
// longer, and Telegram's names never.
const maxName = 190

// cleanName returns a name as people can be shown it: on one line, with nothing that turns the text around it or cannot be
// seen, cut in the middle where it is too long. The extension stays.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || unicode.IsSpace(r):
			return ' '
		case r == '\u200C' || r == '\u200D': // joiners are spelling
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "\uFFFD"))
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return "the file"
	}
	return shorten(name)
}

// shorten cuts what is in the middle of a name that is longer than maxName.
func shorten(name string) string {
	const tail = 40
	if utf8.RuneCountInString(name) <= maxName {
		return name
	}
	runes := []rune(name)
	return string(runes[:maxName-tail-1]) + "…" + string(runes[len(runes)-tail:])
}

// isPassedOver reports whether a file of an archive is none that its owner sees: hidden by a point, of the system's own
// making, or the lock of a document that was open.
func isPassedOver(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && part != "." && part != ".." || part == "__MACOSX" {
			return true
		}
	}
	switch base := path.Base(name); strings.ToLower(base) {
	case "thumbs.db", "desktop.ini":
		return true
	default:
		return strings.HasPrefix(base, "~$")
	}
}

// entryName returns the name of a file in an archive in UTF-8: as it is, as its Unicode field has it, or read in the
// character set that makes the most Arabic of it, else as the format was first defined (APPNOTE, appendix D).
func entryName(h *zip.FileHeader) string {
	if utf8.ValidString(h.Name) {
		return h.Name
	}
	if name := unicodePath(h.Extra); name != "" {
		return name
	}
	best, most := charmap.CodePage437.DecodeByte, 0.5
	for _, set := range []func(byte) rune{codePage720, charmap.Windows1256.DecodeByte} {
		if share := arabicShare(h.Name, set); share > most {
			best, most = set, share
		}
	}
	return decodeName(h.Name, best)
}

// unicodePath returns the name in the Unicode Path field among the extra fields of a file (APPNOTE 4.6.9), or "".
func unicodePath(extra []byte) string {
	const id, before = 0x7075, 1 + 4 // a version and a sum
	for len(extra) >= 4 {
		size := int(binary.LittleEndian.Uint16(extra[2:]))
		if size > len(extra)-4 {
			return ""
		}
		field := extra[4 : 4+size]
		if binary.LittleEndian.Uint16(extra) == id && size > before && utf8.Valid(field[before:]) {
			return string(field[before:])
		}
		extra = extra[4+size:]
	}
	return ""
}

func decodeName(name string, set func(byte) rune) string {
	var b strings.Builder
	for i := range len(name) {
		if name[i] < utf8.RuneSelf {
			b.WriteByte(name[i])
		} else {
			b.WriteRune(set(name[i]))
		}
	}
	return b.String()
}

// arabicShare is the part of the bytes of a name outside ASCII that a set reads as common letters of Arabic.
func arabicShare(name string, set func(byte) rune) float64 {
	high, common := 0, 0
	for i := range len(name) {
		if name[i] < utf8.RuneSelf {
			continue
		}
		high++
		if strings.ContainsRune("اليمونرتبةعدسحقفكهأجش", set(name[i])) {
			common++
		}
	}
	return float64(common) / float64(max(high, 1))
}

// arabic720 are the letters of code page 720, in which Windows writes Arabic names into archives, from 0x91 on; a space
// stands for what is no Arabic letter.
var arabic720 = []rune("\u0651\u0652  ـ  ءآأؤ إئابةتثجحخدذرزسشص  " + // 0x91 to 0xAF
	strings.Repeat(" ", 0xE0-0xB0) + // lines and corners
	"ضطظعغف قكلمنهوىي \u064b\u064c\u064d\u064e\u064f\u0650") // 0xE0 to 0xF6

// codePage720 decodes a byte outside ASCII; what is no Arabic letter is as in code page 437.
func codePage720(b byte) rune {
	if i := int(b) - 0x91; i >= 0 && i < len(arabic720) && arabic720[i] != ' ' {
		return arabic720[i]
	}
	return charmap.CodePage437.DecodeByte(b)
}
