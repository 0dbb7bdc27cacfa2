package page

import (
	"iter"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements yields the elements of a kind below n, in the order of the page.
func elements(n *html.Node, kinds ...atom.Atom) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && isKind(d, kinds...) && !yield(d) {
				return
			}
		}
	}
}

// first returns the first element of a kind below n, or nil.
func first(n *html.Node, kinds ...atom.Atom) *html.Node {
	for e := range elements(n, kinds...) {
		return e
	}
	return nil
}

// isKind reports whether n is an element of one of the kinds.
func isKind(n *html.Node, kinds ...atom.Atom) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	for _, k := range kinds {
		if n.Data == k.String() { // readability renames elements by Data alone
			return true
		}
	}
	return false
}

// attr returns the value of an attribute, "" when there is none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// label returns class and id in lower case, which say what an element is for.
func label(n *html.Node) string {
	return strings.ToLower(attr(n, "class") + " " + attr(n, "id"))
}

// within reports whether n lies in an element of one of the kinds.
func within(n *html.Node, kinds ...atom.Atom) bool {
	for a := range n.Ancestors() {
		if isKind(a, kinds...) {
			return true
		}
	}
	return false
}

// textOf returns the first bytes of the text of n, at least limit when there are so many, with single spaces.
func textOf(n *html.Node, limit int) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && !isKind(d.Parent, atom.Script) {
			b.WriteString(d.Data + " ")
		}
		if b.Len() > limit {
			break
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// lettersOf counts the letters of the text of n, up to limit.
func lettersOf(n *html.Node, limit int) int {
	count := 0
	for d := range n.Descendants() {
		if d.Type == html.TextNode && !isKind(d.Parent, atom.Script) {
			count += letters(d.Data)
		}
		if count > limit {
			break
		}
	}
	return count
}

// letters counts the letters and digits of s.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
