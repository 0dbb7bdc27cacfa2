package feed

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plain returns the text of a piece of HTML, with blank lines between paragraphs. It holds no markup and no controls.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return tidy(s)
	}
	w := &writer{}
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken: // the end
			return tidy(w.String())
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken:
			name, _ := z.TagName()
			w.start(atom.Lookup(name))
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			w.mark(atom.Lookup(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			w.end(atom.Lookup(name))
		}
	}
}

// tidy folds the white space of every line and leaves one blank line between paragraphs.
func tidy(s string) string {
	var b strings.Builder
	blank := false
	for line := range strings.Lines(strings.ReplaceAll(s, "\r", "\n")) {
		line = oneLine(strings.ReplaceAll(line, "\x00", " "))
		if line == "" {
			blank = true
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			if blank {
				b.WriteByte('\n')
			}
		}
		blank = false
		b.WriteString(line)
	}
	return b.String()
}

// A writer takes text out of markup.
type writer struct {
	strings.Builder
	skipping atom.Atom // the element that is left out; 0 for none
	depth    int       // of it in itself
}

func (w *writer) text(s string) {
	if w.skipping == 0 {
		w.WriteString(unbroken.Replace(s))
	}
}

// unbroken takes line ends out of a text.
var unbroken = strings.NewReplacer("\n", " ", "\r", " ")

func (w *writer) start(a atom.Atom) {
	switch {
	case w.skipping == 0 && isSkipped(a):
		w.skipping, w.depth = a, 1
	case w.skipping == 0:
		w.mark(a)
	case w.skipping == a:
		w.depth++
	}
}

func (w *writer) end(a atom.Atom) {
	if w.skipping == 0 {
		w.mark(a)
		return
	}
	if w.skipping == a {
		if w.depth--; w.depth == 0 {
			w.skipping = 0
		}
	}
}

// mark writes what an element's beginning or end means for lines.
func (w *writer) mark(a atom.Atom) {
	if w.skipping != 0 {
		return
	}
	switch a {
	case atom.Br:
		w.WriteByte('\n')
	case atom.Li, atom.Dt, atom.Dd, atom.Tr:
		if !strings.HasSuffix(w.String(), "\n") { // the end of one and the beginning of the next make one line end
			w.WriteByte('\n')
		}
	case atom.Td, atom.Th:
		w.WriteByte(' ')
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Ul, atom.Ol, atom.Dl,
		atom.Table, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Pre, atom.Hr, atom.Img, atom.Figure:
		w.WriteString("\n\n")
	}
}

// isSkipped tells which elements hold no text of the article.
func isSkipped(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Figcaption, atom.Iframe, atom.Svg, atom.Template, atom.Button, atom.Form, atom.Video,
		atom.Audio, atom.Object, atom.Noscript:
		return true
	}
	return false
}
