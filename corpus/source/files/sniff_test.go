package files

import (
	"strings"
	"testing"
	"unicode/utf8"

	"newsbot/corpus/source"
)

// Content decides what a file is, and its name where the content is words.
func TestSniff(t *testing.T) {
	const header = "title,text,source\r\na,b,c\r\n"
	tests := []struct {
		name, head string
		kind       Kind
		what       string
	}{
		{"a.txt", "It rained.", Text, ""},
		{"a.TEXT", "It rained.", Text, ""},
		{"a", "It rained.", Text, ""},
		{"Letter to Mr. Smith", "It rained.", Text, ""},
		{"بيان.الوزارة", "هطل المطر.", Text, ""},
		{"Report 12.2024", "It rained.", Text, ""},
		{"a.md", "It rained.", Markdown, ""},
		{"a.md", "<h1>Rain</h1>", Markdown, ""},
		{"a.txt", "<b>Rain</b>", Text, ""},
		{"a.pdf", "It rained.", Text, ""},
		{"a.doc", "It rained.", Text, ""},
		{"a.css", "body { color: red }", "", "of no kind that is known by the extension .css"},
		{"a.docx", "\x01\x02\x00\xff\xfe\xfa", "", ""},
		{"a.docx", "\xff\xfeI\x00t\x00", Text, ""},
		{"a.txt", strings.Repeat("ر", headSize/2), Text, ""},

		{"a.htm", "<p>Rain", Page, ""},
		{"a.txt", "\uFEFF \n<!DOCTYPE html><p>Rain", Page, ""},
		{"a.md", "<HTML lang=ar>", Page, ""},
		{"a", "<!-- saved -->\n<!-- twice --><?xml version='1.0'?>\n<html>", Page, ""},
		{"a", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", Page, ""},
		{"a", "<header> of mails", Text, ""},
		{"a", "<!-- never closed <html>", Text, ""},
		{"a.html", "<?xml version='1.0'?><rss>", "", "an XML file"},
		{"a.txt", "From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n", mhtml, ""},
		{"a.txt", "From: the editor\nTo: all\n\nIt rained.", Text, ""},

		{"a.txt", "%PDF-1.7\n", PDF, ""},
		{"a.txt", "\x00\x01junk\n%PDF-1.4", PDF, ""},
		{"a.txt", "The file begins with %PDF-1.7 and a line end.", Text, ""},
		{"a.txt", strings.Repeat(" ", maxBeforePDF) + "\n%PDF-1.4", Text, ""},

		{"a.csv", header, Table, ""},
		{"a.tsv", "It rained.", Table, ""},
		{"a.txt", header, Table, ""},
		{"a", "العنوان;النص;التاريخ\n", Table, ""},
		{"a", "\"Headline\"\t\"Body\"\nx", Table, ""},
		{"a", "title, source\nx", Text, ""},
		{"a", "text\nx", Text, ""},
		{"a", "Title, text and sound\n", Text, ""},
		{"a.md", header, Markdown, ""},

		{"a.jsonl", "It rained.", Lines, ""},
		{"a.ndjson", "{", Lines, ""},
		{"a.txt", `{"text":"a"}` + "\n" + `{"text":`, Lines, ""},
		{"a.json", `{"text":"a"}`, Lines, ""},
		{"a.txt", `{"text":"` + strings.Repeat("a", headSize), Lines, ""},
		{"a.json", "{\n  \"text\": \"a\"\n}", "", "JSON that is not one object a line"},
		{"a.json", `[{"text":"a"}]`, "", "JSON that is not one object a line"},
		{"a.txt", "{sic} It rained.", Text, ""},

		{"a.txt", "PK\x03\x04", Archive, ""},
		{"a.zip", "PK\x05\x06", Archive, ""},
		{"a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", compound, ""},
		{"a.txt", "{\\rtf1\\ansi", "", "an RTF document"},
		{"a.txt", "\x89PNG\r\n\x1a\n", "", "a PNG image"},
		{"a.pdf", "\xff\xd8\xff\xe0", "", "a JPEG image"},
		{"a.zip", "7z\xbc\xaf\x27\x1c", "", "a 7-Zip archive"},
		{"a.zip", "Rar!\x1a\x07\x01", "", "a RAR archive"},
		{"a.tgz", "\x1f\x8b\x08", "", "a gzip archive"},
		{"a.tar", "a.txt" + strings.Repeat("\x00", 252) + "ustar\x0000", "", "a tar archive"},
		{"a.mp3", "ID3\x04\x00", "", "an MP3 sound"},
		{"a.txt", "\x1aE\xdf\xa3", "", "a film (Matroska, WebM)"},
	}
	for _, tt := range tests {
		got := sniff(tt.name, []byte(tt.head))
		if got.kind != tt.kind || got.what != tt.what {
			t.Errorf("sniff(%q, %.40q) = %q, %q; want %q, %q", tt.name, tt.head, got.kind, got.what, tt.kind, tt.what)
		}
	}
}

// What is not read is refused with what to do about it.
func TestRemedies(t *testing.T) {
	tests := []struct {
		name, head string
		remedy     Remedy
		says       string
	}{
		{"a.rtf", "{\\rtf1", AsWord, "a.rtf is of a kind that is not read (it is an RTF document; save it as .docx)"},
		{"a.rar", "Rar!\x1a\x07", AsZip, "a.rar is of a kind that is not read (it is a RAR archive; unpack it, or pack it as .zip)"},
		{"a.png", "\x89PNG\r\n", NoRemedy, "a.png is of a kind that is not read (it is a PNG image)"},
		{"a.css", "p{}", AsText, "a.css is of a kind that is not read (it is of no kind that is known by the extension .css; if it is plain text, rename it to end in .txt)"},
		{"a.json", "[]", AsLines, "a.json is of a kind that is not read (it is JSON that is not one object a line; write one object a line)"},
	}
	for _, tt := range tests {
		_, errs := readAll(t, tt.name, tt.head)
		if len(errs) != 1 || errs[0].Error() != tt.says {
			t.Errorf("%s: %v, want %q", tt.name, errs, tt.says)
			continue
		}
		wantReason(t, errs[0], source.WrongKind)
		if got := foreignOf(t, errs[0]).Remedy; got != tt.remedy {
			t.Errorf("%s: remedy %q, want %q", tt.name, got, tt.remedy)
		}
	}
}

func TestNamesTell(t *testing.T) {
	tests := []struct {
		name        string
		known, many bool
	}{
		{"a.txt", true, false}, {"A.TXT", true, false}, {"a", false, false}, {"", false, false}, {"a.docx", true, false},
		{"a.doc", false, false}, {"dir.zip/a.pdf", true, false}, {"a.zip", true, true}, {"a.CSV", true, true},
		{"a.tsv", true, true}, {"a.ndjson", true, true}, {"a.jsonl ", true, true}, {"a.html", true, false}, {".txt", true, false},
		{"a.zip.png", false, false}, {"خبر.pdf", true, false},
	}
	for _, tt := range tests {
		if known, many := Known(tt.name), Many(tt.name); known != tt.known || many != tt.many {
			t.Errorf("%q: known %v, many %v", tt.name, known, many)
		}
	}
}

func TestNote(t *testing.T) {
	tests := []struct {
		name string
		kind Kind
		want string
	}{
		{"a.txt", PDF, "it is a PDF file, whatever its name says"},
		{"a.pdf", Text, "it is plain text, whatever its name says"},
		{"photo.jpg", Word, "it is a Word document, whatever its name says"},
		{"a.txt", Table, "it is a table, whatever its name says"},
		{"a.txt", Markdown, ""}, {"a.json", Lines, ""}, {"a.doc", Word, ""}, {"a", PDF, ""}, {"a.htm", Page, ""},
	}
	for _, tt := range tests {
		if got := note(tt.name, tt.kind); got != tt.want {
			t.Errorf("note(%q, %q) = %q, want %q", tt.name, tt.kind, got, tt.want)
		}
	}
}

// FuzzSniff checks that whatever a file begins with, it is of a kind or refused with a reason, and that a name decides
// among the kinds of words alone.
func FuzzSniff(f *testing.F) {
	for _, s := range []string{
		"%PDF-1.7", "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "\xff\xfe<\x00", "<!-- <html>", `{"a":1}`, "title;text\n",
		"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "{\\rtf", "\x00", "",
	} {
		f.Add("a.txt", []byte(s))
		f.Add("a.docx", []byte(s))
	}
	f.Fuzz(func(t *testing.T, name string, head []byte) {
		head = head[:min(len(head), headSize)]
		got := sniff(name, head)
		if got.kind == "" {
			wantReason(t, got.refusal(), source.WrongKind, source.Damaged)
		}
		if other := sniff("other.txt", head); got.kind != other.kind && isSigned(got.kind, other.kind) {
			t.Errorf("%q is %q under the name %q and %q under another", head, got.kind, name, other.kind)
		}
		if ext := extension(name); !utf8.ValidString(ext) || len(ext) > maxExtension {
			t.Errorf("extension(%q) = %q", name, ext)
		}
	})
}

// isSigned reports whether one of the kinds is known by its first bytes.
func isSigned(kinds ...Kind) bool {
	for _, k := range kinds {
		if k == Archive || k == PDF || k == compound {
			return true
		}
	}
	return false
}
