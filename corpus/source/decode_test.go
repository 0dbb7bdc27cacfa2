package source

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// encodeUTF16 returns s with a byte order mark, high byte first or last.
func encodeUTF16(s string, big bool) []byte {
	var out []byte
	for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(s))...) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func TestDecode(t *testing.T) {
	const mixed = "هدأت العاصفة 🌧.\nThe storm is over."
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"utf-8", []byte(mixed), mixed},
		{"byte order mark", []byte("\uFEFF" + mixed), mixed},
		{"utf-16 low byte first", encodeUTF16(mixed, false), mixed},
		{"utf-16 high byte first", encodeUTF16(mixed, true), mixed},
		{"utf-16 cut short", append(encodeUTF16("ab", false), 'c'), "ab\uFFFD"},
		{"utf-16 lone surrogate", []byte{0xFF, 0xFE, 'a', 0, 0x3D, 0xD8, 'b', 0}, "a\uFFFDb"},
		{"line ends of Windows", []byte("one\r\n\r\ntwo"), "one\n\ntwo"},
		{"line ends of old Macs", []byte("one\rtwo"), "one\ntwo"},
		{"one bad byte in Arabic", []byte("هدأت العاصفة\xff في المدينة"), "هدأت العاصفة\uFFFD في المدينة"},
		{"one bad byte in a long English text", []byte(strings.Repeat("quiet ", 50) + "“caf\xe9”"), strings.Repeat("quiet ", 50) + "“caf\uFFFD”"},
		{"the last letter cut in two", []byte("هدأت العاصفة"[:len("هدأت العاصفة")-1]), "هدأت العاصف\uFFFD"},
		{"empty", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := decode("f.txt", tt.data)
			if err != nil || got != tt.want {
				t.Errorf("decode(%q) = %q, %v, want %q", tt.data, got, err, tt.want)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	arabic1256 := []byte("\xe5\xcf\xc3\xca \xc7\xe1\xda\xc7\xd5\xdd\xc9 \xe3\xd3\xc7\xc1 \xc7\xe1\xcc\xe3\xda\xc9") // «هدأت العاصفة مساء الجمعة»
	tests := []struct {
		name string
		data []byte
		says string
	}{
		{"pdf", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3"), "looks like a PDF file, and cannot be read as text"},
		{"office document", []byte("PK\x03\x04\x14\x00"), ".docx"},
		{"png", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "a PNG image"},
		{"jpeg", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), "a JPEG image"},
		{"gif", []byte("GIF89a\x01\x00"), "a GIF image"},
		{"webp", []byte("RIFF\x24\x00\x00\x00WEBPVP8 "), "a WebP image"},
		{"film", []byte("\x00\x00\x00\x18ftypmp42"), "an image or film"},
		{"gzip", []byte("\x1f\x8b\x08\x00"), "a gzip archive"},
		{"program", []byte("\x7fELF\x02\x01\x01"), "a program (ELF)"},
		{"database", []byte("SQLite format 3\x00"), "an SQLite database"},
		{"rtf", []byte(`{\rtf1\ansi quiet}`), "an RTF document"},
		{"html", []byte("\n<!DOCTYPE HTML>\n<html><p>quiet"), "an HTML page"},
		{"html after a byte order mark", []byte("\uFEFF<html lang=ar>"), "an HTML page"},
		{"xml", []byte("<?xml version=\"1.0\"?><rss/>"), "an XML file"},
		{"nul bytes", []byte("quiet\x00night"), "NUL bytes"},
		{"utf-16 without a mark", encodeUTF16("quiet night", false)[2:], "without a byte order mark"},
		{"noise", []byte("\x00\x81\x92\xa3\xb4\xc5\xd6\xe7\xf8"), "a binary file"},
		{"windows-1256", arabic1256, "is not UTF-8; convert it, for example: iconv -f windows-1256 -t utf-8 f.txt"},
		{"one letter of windows-1252 in a long text", []byte(strings.Repeat("quiet ", 50) + "caf\xe9"), "iconv -f windows-1252 -t utf-8 f.txt"},
		{"windows-1252", []byte("It\x92s \x93quiet\x94 in the caf\xe9, they say, and it will be so."), "iconv -f windows-1252 -t utf-8 f.txt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := decode("f.txt", tt.data)
			if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.HasPrefix(err.Error(), "f.txt ") {
				t.Errorf("decode(%q) = %q, %v, want an error naming the file and saying %q", tt.data, got, err, tt.says)
			}
		})
	}
}

// TestDecodeProse holds texts that only begin like another kind of file.
func TestDecodeProse(t *testing.T) {
	for _, s := range []string{"RIFF raff, they said.", "ID3 is a tag.", "PK is a code.", "BZh, one reads.", "MZ is a code.", "Mp3 ftyp of old."} {
		if got, err := decode("f.txt", []byte(s)); err != nil || got != s {
			t.Errorf("decode(%q) = %q, %v", s, got, err)
		}
	}
}
