package page

import (
	"errors"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of what is parsed. A page of news has 2,000 elements, nested 25 deep, and 100 kB of tags and text once what does
// not matter is gone; the longest pages of an encyclopedia have 10,000, 40 deep, and 1 MB.
const (
	maxElements = 25_000
	maxMarkup   = 2 << 20 // bytes of tags and text
	maxDepth    = 80      // of elements
	maxLayers   = 40 << 20
	maxValue    = 4 << 10 // bytes of an attribute's value
	maxClass    = 300
	maxTitleTag = 2 << 10
	maxScripts  = 1 << 20 // bytes of JSON-LD
)

// errTooLarge is the cause of the refusal of a page with more markup than is parsed.
var errTooLarge = errors.New("the page has too much text or too many elements")

// parse returns the tree of a page without what is no text and without what makes parsing or searching it slow. The tree
// is at most maxDepth elements deep, less for a long page, for finding the article takes time by depth and length, of
// which the product is at most maxLayers. The parser refuses what is nested more than 512 deep.
func parse(page string) (*html.Node, error) {
	reduced, err := reduce(strings.ReplaceAll(page, "\x00", ""))
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(strings.NewReader(reduced))
	if err != nil {
		return nil, err
	}
	flatten(doc, min(maxDepth, maxLayers/max(len(reduced), 1)))
	return doc, nil
}

// flatten lifts what lies deeper than a number of layers up to the last of them.
func flatten(n *html.Node, layers int) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case layers > 0:
			flatten(c, layers-1)
		case c.FirstChild != nil:
			next = c.FirstChild
			for g := next; g != nil; g = c.FirstChild {
				c.RemoveChild(g)
				n.InsertBefore(g, c)
			}
			n.RemoveChild(c)
		}
		c = next
	}
}

// reducer copies the tokens of a page that matter.
type reducer struct {
	in       *html.Tokenizer
	out      strings.Builder
	elements int
	scripts  int // bytes of JSON-LD copied
}

// reduce returns the page without scripts, styles, comments and the marks of bold or italic type, and with the attributes
// alone that say something about the text. Marks that are left open are opened anew by the parser in every paragraph that
// follows: a page of two megabytes becomes a tree of gigabytes.
func reduce(page string) (string, error) {
	r := reducer{in: html.NewTokenizer(strings.NewReader(page))}
	for {
		kind := r.in.Next()
		if r.elements > maxElements || r.out.Len() > maxMarkup {
			return "", errTooLarge
		}
		switch kind {
		case html.ErrorToken:
			return r.out.String(), nil
		case html.TextToken:
			r.out.Write(r.in.Raw())
		case html.EndTagToken:
			r.end()
		case html.StartTagToken, html.SelfClosingTagToken:
			r.elements++
			r.start()
		case html.DoctypeToken, html.CommentToken: // neither is text
		}
	}
}

func (r *reducer) end() {
	if name, _ := r.in.TagName(); !isMark(name) && !isSkipped(name) {
		r.out.WriteString("</" + string(name) + ">")
	}
}

// start copies a start tag; the content of an element that is skipped, or that is no markup, is dealt with at once.
func (r *reducer) start() {
	raw, more := r.in.TagName()
	name := string(raw)
	if isMark(raw) {
		return
	}
	attrs := r.attributes(more)
	switch {
	case name == "script":
		r.script(attrs)
	case isSkipped(raw):
		r.content(name, 0)
	default:
		r.write(name, attrs)
		if name == "title" || name == "textarea" {
			r.out.WriteString(r.content(name, maxTitleTag))
			r.out.WriteString("</" + name + ">")
		}
	}
}

// script copies a script that holds statements about the page.
func (r *reducer) script(attrs []html.Attribute) {
	isJSON := false
	for _, a := range attrs {
		isJSON = isJSON || a.Key == "type" && strings.Contains(strings.ToLower(a.Val), "ld+json")
	}
	content := r.content("script", maxScripts)
	if r.scripts += len(content); !isJSON || r.scripts > maxScripts {
		return
	}
	r.write("script", []html.Attribute{{Key: "type", Val: ldJSON}})
	r.out.WriteString(content + "</script>")
}

// content passes over the content of an element that holds no tags and returns its first bytes as they are.
func (r *reducer) content(name string, limit int) string {
	if !isRawText(name) {
		return ""
	}
	s := ""
	for {
		switch r.in.Next() {
		case html.TextToken:
			raw := r.in.Raw()
			s = string(raw[:min(len(raw), limit)])
		default: // the end tag, or the end of the page
			return s
		}
	}
}

// attributes returns the attributes of the tag that are kept, cut to their bounds.
func (r *reducer) attributes(more bool) []html.Attribute {
	var attrs []html.Attribute
	for n := 0; more && n < 200; n++ {
		var key, val []byte
		key, val, more = r.in.TagAttr()
		limit := maxValue
		switch string(key) {
		case "class", "id", "style":
			limit = maxClass
		case "href", "content", "lang", "name", "property", "itemprop", "rel", "type", "datetime", "role", "hidden",
			"aria-hidden", "aria-modal", "itemtype", "colspan", "pubdate":
		default:
			continue
		}
		attrs = append(attrs, html.Attribute{Key: string(key), Val: strings.ToValidUTF8(string(val[:min(len(val), limit)]), "")})
	}
	return attrs
}

func (r *reducer) write(name string, attrs []html.Attribute) {
	r.out.WriteString("<" + name)
	for _, a := range attrs {
		r.out.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
	}
	r.out.WriteString(">")
}

// isMark reports whether a tag only says how its text looks.
func isMark(name []byte) bool {
	switch atom.Lookup(name) {
	case atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U,
		atom.Nobr, atom.Mark, atom.Wbr:
		return true
	}
	return false
}

// isSkipped reports whether neither a tag nor what it holds is text of the page.
func isSkipped(name []byte) bool {
	switch atom.Lookup(name) {
	case atom.Style, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes, atom.Xmp, atom.Plaintext, atom.Script,
		atom.Input, atom.Source, atom.Track:
		return true
	}
	return false
}

// isRawText reports whether the tokenizer takes what follows a tag as text up to its end tag.
func isRawText(name string) bool {
	switch name {
	case "script", "style", "noscript", "iframe", "noembed", "noframes", "xmp", "plaintext", "title", "textarea":
		return true
	}
	return false
}
