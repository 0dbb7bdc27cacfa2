package files

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/source"

	"golang.org/x/text/encoding/unicode"
)

// headSize is how much of a file tells its kind, in bytes: pages may open with long comments.
const headSize = 4 << 10

// maxBeforePDF is where the header of a PDF file begins at the latest: readers of the format have always looked for it in
// the first kilobyte (ISO 32000-1, annex H, note 13 of its implementation notes).
const maxBeforePDF = 1 << 10

// A form is what the first bytes of a file say that it is.
type form struct {
	kind   Kind   // "" for what is not read
	what   string // which then says what it is
	remedy Remedy
	reason source.Reason // "" for WrongKind
}

// refusal is the refusal of a form that is not read.
func (f form) refusal() *source.Refusal {
	if f.reason != "" {
		return &source.Refusal{Reason: f.reason}
	}
	return foreign(f.what, f.remedy)
}

// sniff tells the kind of a file from its first headSize bytes. Its name is asked only where they are words.
func sniff(name string, head []byte) form {
	words := opening(head)
	switch {
	case hasPrefix(head, "PK\x03\x04", "PK\x05\x06", "PK\x07\x08"):
		return form{kind: Archive}
	case hasPrefix(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return form{kind: compound}
	case isPage(words):
		return form{kind: Page}
	case isMHTML(words):
		return form{kind: mhtml}
	case isPDF(head):
		return form{kind: PDF}
	}
	if what := source.KindOf(head); what != "" {
		return form{what: what, remedy: remedyFor(what)}
	}
	return sniffWords(name, head, words)
}

// remedyFor chooses by the name of a kind.
func remedyFor(what string) Remedy {
	switch {
	case strings.HasSuffix(what, "archive"):
		return AsZip
	case strings.HasSuffix(what, "document"):
		return AsWord
	}
	return NoRemedy
}

// sniffWords tells the kind of a file that opens with no signature: commonly, but not always, one of words.
func sniffWords(name string, head []byte, words string) form {
	ext := extension(name)
	said := kinds[ext]
	switch {
	case said == Lines || isLine(words):
		return form{kind: Lines}
	case ext == ".json":
		return form{what: "JSON that is not one object a line", remedy: AsLines}
	case said == Table || said != Markdown && isHeader(words):
		return form{kind: Table}
	case said == Text, said == Markdown, said == Page:
		return form{kind: said}
	case ext == "", isWriting(ext) && isText(head):
		return form{kind: Text}
	case said != "":
		return form{reason: source.Damaged}
	}
	return form{what: "of no kind that is known by the extension " + ext, remedy: AsText}
}

// isWriting reports whether an extension is one of documents, in which people keep words: what is plain text is then an
// article all the same. That of a program or a style sheet is not.
func isWriting(ext string) bool {
	return kinds[ext] != "" || ext == ".doc" || ext == ".rtf" || ext == ".odt"
}

func hasPrefix(head []byte, prefixes ...string) bool {
	for _, p := range prefixes {
		if bytes.HasPrefix(head, []byte(p)) {
			return true
		}
	}
	return false
}

// opening returns the characters that a file opens with, without a byte order mark and white space; what is cut or no
// character is U+FFFD.
func opening(head []byte) string {
	if hasPrefix(head, "\xff\xfe", "\xfe\xff") {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(head)
		if err != nil {
			return ""
		}
		head = decoded
	}
	s := strings.TrimPrefix(string(head), "\uFEFF")
	return strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD"))
}

// isPage reports whether a text opens as a web page does, behind comments and the declaration of XML.
func isPage(s string) bool {
	s = strings.ToLower(s)
	for {
		end := ""
		switch {
		case strings.HasPrefix(s, "<!--"):
			end = "-->"
		case strings.HasPrefix(s, "<?xml"):
			end = "?>"
		default:
			return opensPage(s)
		}
		_, rest, ok := strings.Cut(s, end)
		if !ok {
			return false
		}
		s = strings.TrimSpace(rest)
	}
}

// opensPage reports whether the first tag of a text is one that only pages have. A list of names such as "<header>" is
// not one.
func opensPage(s string) bool {
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
		rest, ok := strings.CutPrefix(s, tag)
		if ok && (rest == "" || strings.ContainsRune(" \t\r\n>", rune(rest[0]))) {
			return true
		}
	}
	return false
}

// isPDF reports whether the header of a PDF file begins a line or stands behind bytes that are no text.
func isPDF(head []byte) bool {
	i := bytes.Index(head[:min(len(head), maxBeforePDF+len("%PDF-"))], []byte("%PDF-"))
	if i <= 0 {
		return i == 0
	}
	before := head[i-1]
	return before < ' ' || before >= utf8.RuneSelf && !utf8.Valid(head[:i])
}

// isLine reports whether a text opens with a line that is a JSON object, as far as it can be seen.
func isLine(s string) bool {
	if !strings.HasPrefix(s, "{") {
		return false
	}
	line, _, whole := strings.Cut(s, "\n")
	if whole || len(s) < headSize/2 {
		return json.Valid([]byte(line))
	}
	key := strings.TrimLeft(line[1:], " \t")
	return strings.HasPrefix(key, `"`) && strings.Contains(key, `":`)
}

// isHeader reports whether the first line of a text is that of a table: names of fields alone, of which one is the text's.
func isHeader(s string) bool {
	line, _, _ := strings.Cut(s, "\n")
	for _, comma := range []string{",", ";", "\t"} {
		if strings.Contains(line, comma) {
			return areFields(strings.Split(strings.TrimSpace(line), comma))
		}
	}
	return false
}

func areFields(names []string) bool {
	hasText := false
	for _, name := range names {
		key, ok := source.FieldName(strings.Trim(name, "\" \r"))
		if !ok {
			return false
		}
		hasText = hasText || key == "text"
	}
	return hasText && len(names) > 1
}

// isText reports whether bytes are characters, in UTF-8 or marked as UTF-16.
func isText(head []byte) bool {
	if hasPrefix(head, "\xff\xfe", "\xfe\xff") {
		return true
	}
	for n := 0; n < utf8.UTFMax-1 && len(head) > 0 && !utf8.Valid(head); n++ {
		head = head[:len(head)-1] // the last character may be cut
	}
	return utf8.Valid(head) && bytes.IndexByte(head, 0) < 0
}
