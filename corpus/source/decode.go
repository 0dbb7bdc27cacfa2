package source

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// magics are the opening bytes of files that people mistake for text.
var magics = []struct{ prefix, kind string }{
	{"%PDF-", "a PDF file"},
	{"PK\x03\x04", "a zip archive or an office document (.docx, .xlsx, .odt, .epub)"},
	{"PK\x05\x06", "a zip archive"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (.doc, .xls)"},
	{"{\\rtf", "an RTF document"},
	{"\x89PNG\r\n", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"II*\x00", "a TIFF image"},
	{"MM\x00*", "a TIFF image"},
	{"OggS", "a sound or film (Ogg)"},
	{"ID3\x03\x00", "an MP3 sound"},
	{"ID3\x04\x00", "an MP3 sound"},
	{"\x1f\x8b", "a gzip archive"},
	{"BZh91AY&SY", "a bzip2 archive"},
	{"\xfd7zXZ\x00", "an xz archive"},
	{"\x28\xb5\x2f\xfd", "a zstd archive"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"},
	{"Rar!\x1a\x07", "a RAR archive"},
	{"MSCF\x00\x00", "a cabinet archive"},
	{"fLaC", "a FLAC sound"},
	{"#!AMR", "an AMR sound"},
	{"MThd\x00", "a MIDI sound"},
	{"\xff\xfb", "an MP3 sound"},
	{"\x1aE\xdf\xa3", "a film (Matroska, WebM)"},
	{"\xffWPC", "a WordPerfect document"},
	{"%!PS", "a PostScript document"},
	{"bplist00", "a web archive or another property list of Apple's"},
	{"\x7fELF", "a program (ELF)"},
	{"\xcf\xfa\xed\xfe", "a program (Mach-O)"},
	{"MZ\x90\x00", "a program (Windows)"},
	{"SQLite format 3\x00", "an SQLite database"},
}

// tarMagic is where in the header of a tar archive it says so (POSIX.1-1988).
const tarMagic = 257

// KindOf names the kind of a file that is not plain text by its first bytes, as in "a PNG image"; 512 of them are enough.
// It returns "" for what may be text. The name of every kind of archive ends in "archive", and that of every kind of
// document in "document".
func KindOf(data []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.kind
		}
	}
	if len(data) >= 12 {
		switch {
		case data[0] == 0 && string(data[4:8]) == "ftyp":
			return "an image or film (MP4, HEIC)"
		case string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
			return "a WebP image"
		case string(data[:4]) == "RIFF" && string(data[8:12]) == "WAVE":
			return "a WAVE sound"
		case string(data[:4]) == "RIFF" && string(data[8:12]) == "AVI ":
			return "a film (AVI)"
		}
	}
	if len(data) >= tarMagic+5 && string(data[tarMagic:tarMagic+5]) == "ustar" {
		return "a tar archive"
	}
	return markupOf(data)
}

// markupOf names text that is markup rather than prose, or returns "".
func markupOf(data []byte) string {
	head := data[:min(len(data), 512)]
	head = bytes.TrimPrefix(head, []byte("\uFEFF"))
	head = bytes.ToLower(bytes.TrimSpace(head))
	for _, p := range []string{"<!doctype html", "<html", "<head>", "<body"} {
		if bytes.HasPrefix(head, []byte(p)) {
			return "an HTML page"
		}
	}
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return "an XML file"
	}
	return ""
}

// decode returns data as valid UTF-8 with "\n" line ends, without a byte order
// mark and without NUL. It reads UTF-8, and UTF-16 when a byte order mark says
// so; a few bad bytes become U+FFFD. Anything else is a [Refusal]
// that names the file and the remedy. Guessing an eight-bit encoding would put
// wrong letters into quotes, so the reader is told how to convert instead.
func decode(name string, data []byte) (string, error) {
	if kind := KindOf(data); kind != "" {
		return "", notText(name, kind)
	}
	s, err := decodeUnicode(name, data)
	if err != nil {
		return "", err
	}
	if strings.IndexByte(s, 0) >= 0 {
		return "", garbled(name, "it contains NUL bytes, so it is a binary file or UTF-16 without a byte order mark; save it as UTF-8 if it is text")
	}
	return unixLines(s), nil
}

// decodeUnicode decodes by the byte order mark, or as UTF-8 when there is none.
func decodeUnicode(name string, data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], binary.BigEndian), nil
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if err := checkUTF8(name, data); err != nil {
		return "", err
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"), nil
}

// decodeUTF16 decodes code units in the given order; a trailing odd byte and
// lone surrogates become U+FFFD.
func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2+1)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	if len(data) == 1 {
		units = append(units, utf8.RuneError)
	}
	return string(utf16.Decode(units))
}

// checkUTF8 refuses a file in which more than a tenth of the bytes outside ASCII
// are not UTF-8, unless they are so few that they are damage, not an encoding.
func checkUTF8(name string, data []byte) error {
	switch {
	case isUTF8(data):
		return nil
	case bytes.IndexByte(data, 0) >= 0:
		return notText(name, "a binary file")
	}
	return garbled(name, fmt.Sprintf("it is not UTF-8; convert it, for example: iconv -f %s -t utf-8 %s", likelyCharset(data), name))
}

// notText is the refusal of a file that is no text.
func notText(name, kind string) error {
	return &Refusal{Reason: WrongKind, URL: name, Err: fmt.Errorf("it looks like %s, and cannot be read as text", kind)}
}

// garbled is the refusal of a text in characters that are not read.
func garbled(name, why string) error {
	return &Refusal{Reason: Garbled, URL: name, Err: errors.New(why)}
}

// Charset guesses, for a remedy alone, what a text is written in that is not UTF-8: "windows-1256" or "windows-1252". It
// is "" for UTF-8, in which a few bytes may be damaged.
func Charset(data []byte) string {
	if isUTF8(data) {
		return ""
	}
	return likelyCharset(data)
}

// isUTF8 tells whether data is UTF-8 but for a few bytes. Where no letter outside ASCII is written in it, the few are letters
// of another encoding: the one "é" of an English text.
func isUTF8(data []byte) bool {
	bad, high := countBad(data)
	return bad == 0 || bad < high && (bad*10 <= high || bad <= 3 && bad*100 <= len(data))
}

// likelyCharset guesses, for a remedy alone, what a text is written in that is not
// UTF-8. Letters outside ASCII stand side by side in Arabic, and hardly ever do in
// a text of Latin letters.
func likelyCharset(data []byte) string {
	high, beside := 0, 0
	for i, b := range data {
		if b < utf8.RuneSelf {
			continue
		}
		high++
		if i > 0 && data[i-1] >= utf8.RuneSelf {
			beside++
		}
	}
	if beside*2 >= high {
		return "windows-1256"
	}
	return "windows-1252"
}

// countBad counts the bytes that belong to no UTF-8 sequence, and all the bytes
// outside ASCII.
func countBad(data []byte) (bad, high int) {
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			continue
		}
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		high += n
		data = data[n:]
	}
	return bad, high
}

// unixLines turns the line ends of Windows and of old Macs into "\n".
func unixLines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}
