package bot

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"

	"newsbot/corpus/text"
)

// The invisible characters that keep text of two directions apart (Unicode
// Standard Annex 9). FSI takes its direction from the first strong letter
// inside; PDI ends it, and ends any embedding or override that was left open
// inside.
const (
	fsi = "\u2068"
	pdi = "\u2069"
)

// Printable returns a text that cannot steer a terminal: control characters
// (C0, DEL and C1, among them ESC) are replaced by U+FFFD, except line feed and
// tab. Text without them is returned as it is.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if isControl(r) && r != '\n' && r != '\t' {
			return '\uFFFD'
		}
		return r
	}, s)
}

// PrintableLine is [Printable] for what must stay on one line and apart from the
// words around it, such as a title: line feeds, tabs and the Unicode line
// separators become spaces, and text that runs against the direction of a frame
// in the language lang, or holds directional controls, is isolated.
func PrintableLine(s string, lang text.Language) string {
	return isolate(Printable(strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\t', '\u2028', '\u2029':
			return ' '
		}
		return r
	}, s)), lang)
}

// printableURL escapes what is invisible in an address as RFC 3986 has it. The
// address stays the same one and can be copied, which isolates would spoil.
func printableURL(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsGraphic(r) && r != ' ' && !isBidiControl(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(url.PathEscape(string(r)))
	}
	return b.String()
}

func isControl(r rune) bool {
	return r < 0x20 || r >= 0x7F && r < 0xA0
}

// isBidiControl tells the characters that change the direction of others:
// embeddings, overrides and isolates.
func isBidiControl(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// isolate sets text off from a frame in the language lang when it needs that:
// when it holds letters of the other direction, or directional controls. Each
// line is isolated by itself, since an isolate ends with its line.
func isolate(s string, lang text.Language) string {
	if !needsIsolate(s, lang) {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = isolateLine(line)
	}
	return strings.Join(lines, "\n")
}

func needsIsolate(s string, lang text.Language) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return isBidiControl(r) || isForeign(r, lang)
	})
}

// isForeign tells the letters that run against the direction of lang.
func isForeign(r rune, lang text.Language) bool {
	p, _ := bidi.LookupString(string(r))
	switch p.Class() {
	case bidi.R, bidi.AL:
		return lang != text.Arabic
	case bidi.L:
		return lang == text.Arabic
	}
	return false
}

// isolateLine wraps a line in an isolate that the line cannot break out of.
func isolateLine(s string) string {
	if s == "" {
		return s
	}
	before, after := balance(s)
	return fsi + before + s + after + pdi
}

// balance returns what must stand around a line for its isolates to be in pairs:
// for every PDI in it that closes nothing an FSI, and a PDI for every isolate
// that the line has left open.
func balance(s string) (before, after string) {
	open, unopened := 0, 0
	for _, r := range s {
		switch {
		case opensIsolate(r):
			open++
		case r == '\u2069' && open > 0:
			open--
		case r == '\u2069':
			unopened++
		}
	}
	return strings.Repeat(fsi, unopened), strings.Repeat(pdi, open)
}

// isRTL tells the letters that are written from right to left.
func isRTL(r rune) bool { return isForeign(r, text.English) }
