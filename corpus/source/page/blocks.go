package page

import (
	"strings"
	"unicode"

	"newsbot/corpus/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A block is one paragraph, heading, list item or row of a table.
type block struct {
	text string // its lines
	tied bool   // it follows the block before it without a blank line: an item, a row
	// How many of its letters lie in links and in <time>.
	linked, timed int
}

// isLinked reports whether a block is a link and little else.
func (b block) isLinked() bool { return b.linked*10 > letters(b.text)*8 }

// isTime reports whether a block states a time and little else.
func (b block) isTime() bool { return b.timed*2 > letters(b.text) }

// writer turns a tree into blocks.
type writer struct {
	blocks []block
	now    block
	line   strings.Builder // the text of now
	space  bool            // white space is due before the next word
	breaks int             // <br> in a row
	row    bool            // inside a row whose cells are parted on one line
	link   int             // depth in <a>
	skip   func(*html.Node) bool
	time   int // depth in <time>
}

// blocksOf returns the text of a tree, which is at most as deep as the parser allows.
func blocksOf(n *html.Node) []block {
	return blocksBut(n, func(*html.Node) bool { return false })
}

// blocksBut returns the text of a tree without the elements that skip tells.
func blocksBut(n *html.Node, skip func(*html.Node) bool) []block {
	w := writer{skip: skip}
	w.node(n)
	w.flush()
	return w.blocks
}

func (w *writer) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.words(n.Data)
	case n.Type != html.ElementNode && n.Type != html.DocumentNode, isKind(n, atom.Script, atom.Title), w.skip(n):
	case isKind(n, atom.Br):
		w.lineBreak()
	case isKind(n, atom.Pre):
		w.pre(n)
	case isKind(n, atom.Tr) && isDataRow(n):
		w.dataRow(n)
	case isBlock(n) && !w.row:
		w.flush()
		w.now.tied = isKind(n, atom.Li, atom.Dd) && hasSiblingBefore(n)
		w.children(n)
		w.flush()
	case isBlock(n):
		w.space = true
		w.children(n)
	case isKind(n, atom.A):
		w.link++
		w.children(n)
		w.link--
	case isKind(n, atom.Time):
		w.time++
		w.children(n)
		w.time--
	default:
		w.children(n)
	}
}

func (w *writer) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.node(c)
	}
}

// words adds text with its white space folded, as a browser shows it.
func (w *writer) words(s string) {
	if s == "" {
		return
	}
	w.space = w.space || startsSpace(s)
	for i, word := range strings.Fields(s) {
		if (i > 0 || w.space) && w.line.Len() > 0 && !strings.HasSuffix(w.line.String(), "\n") {
			w.line.WriteByte(' ')
		}
		w.line.WriteString(word)
		w.space, w.breaks = false, 0
		if w.link > 0 {
			w.now.linked += letters(word)
		}
		if w.time > 0 {
			w.now.timed += letters(word)
		}
	}
	w.space = w.space || endsSpace(s)
}

func startsSpace(s string) bool {
	return strings.TrimLeftFunc(s, unicode.IsSpace) != s
}

func endsSpace(s string) bool {
	return strings.TrimRightFunc(s, unicode.IsSpace) != s
}

// lineBreak ends the line; two in a row end the paragraph.
func (w *writer) lineBreak() {
	if w.row {
		w.space = true
		return
	}
	if w.breaks++; w.breaks > 1 {
		w.flush()
		return
	}
	if w.line.Len() > 0 {
		w.line.WriteByte('\n')
	}
	w.space = false
}

// pre adds preformatted text with its lines.
func (w *writer) pre(n *html.Node) {
	w.flush()
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			w.line.WriteString(d.Data)
		}
	}
	w.flush()
}

// dataRow writes the cells of a row on one line.
func (w *writer) dataRow(tr *html.Node) {
	w.flush()
	w.now.tied = hasSiblingBefore(tr)
	w.row = true
	for cell := range elements(tr, atom.Td, atom.Th) {
		if w.line.Len() > 0 && lettersOf(cell, 1) > 0 {
			w.line.WriteString(" |")
			w.space = true
		}
		w.children(cell)
	}
	w.row = false
	w.flush()
}

// isDataRow reports whether a row holds several short cells of figures and names. Old pages lay out their columns with
// tables: a cell with paragraphs, lines or another table is a column.
func isDataRow(tr *html.Node) bool {
	full := 0
	for c := range tr.ChildNodes() {
		if !isKind(c, atom.Td, atom.Th) || lettersOf(c, 1) == 0 {
			continue
		}
		full++
		if first(c, atom.P, atom.Div, atom.Table, atom.Br, atom.Ul) != nil || lettersOf(c, 200) > 200 {
			return false
		}
	}
	return full > 1
}

// hasSiblingBefore reports whether n is not the first element of its parent.
func hasSiblingBefore(n *html.Node) bool {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode {
			return true
		}
	}
	return false
}

// isBlock reports whether an element stands on lines of its own.
func isBlock(n *html.Node) bool {
	return isKind(n, atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol, atom.Dl,
		atom.Dt, atom.Dd, atom.Blockquote, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside,
		atom.Figure, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Hr,
		atom.Address, atom.Details, atom.Summary, atom.Form, atom.Fieldset, atom.Center, atom.Body)
}

// flush ends a block.
func (w *writer) flush() {
	b := w.now
	b.text = clean(w.line.String())
	if letters(b.text) > 0 {
		w.blocks = append(w.blocks, b)
	}
	w.now, w.space, w.breaks = block{}, false, 0
	w.line.Reset()
}

// clean returns s without invisible characters and without white space at the ends of its lines.
func clean(s string) string {
	lines := strings.Split(visible(text.Valid(s)), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// join returns the text of blocks: blank lines between paragraphs, none between items.
func join(blocks []block) string {
	var b strings.Builder
	for i, bl := range blocks {
		switch {
		case i == 0:
		case bl.tied:
			b.WriteString("\n")
		default:
			b.WriteString("\n\n")
		}
		b.WriteString(bl.text)
	}
	return b.String()
}
