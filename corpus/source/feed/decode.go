package feed

import (
	"bytes"
	"mime"
	"regexp"
	"strings"

	"newsbot/corpus/source/page"
)

// declaration is how an XML document names its character set.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["'][^>]*\?>`)

// maxDeclaration is how far into a feed its declaration is looked for, in bytes.
const maxDeclaration = 1024

// decode returns the characters of a feed without the declaration, which would have them decoded again, and
// without controls.
func decode(contentType string, body []byte) (s string, ok bool) {
	head := bytes.TrimPrefix(body[:min(len(body), maxDeclaration)], []byte("\uFEFF"))
	if m := declaration.FindSubmatch(head); m != nil {
		contentType = mime.FormatMediaType("text/xml", map[string]string{"charset": string(m[1])})
	}
	if s, ok = page.Decode(contentType, body); !ok {
		return "", false
	}
	s = strings.TrimPrefix(s, "\uFEFF")
	if m := declaration.FindStringIndex(s[:min(len(s), maxDeclaration)]); m != nil {
		s = s[m[1]:]
	}
	return strings.Map(printable, s), true
}

// printable leaves out the controls that XML forbids, as gofeed does: -1 is nothing.
func printable(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
		return -1
	}
	return r
}
