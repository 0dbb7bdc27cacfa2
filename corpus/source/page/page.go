package page

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MaxPage is the largest page that is read, in bytes (10 MiB).
const MaxPage = 10 << 20

// Extract returns the article in a web page: body are its bytes as they were fetched from address, decompressed, and
// contentType is what the server called them, which may be empty. What the page does not state stays empty or unknown,
// but for the outlet, which is then the host. now is for telling which dates cannot be; see [source.CheckDate].
//
// The error is a [source.Refusal]: WrongKind for what is no page, TooLarge beyond [MaxPage], Garbled for characters that
// no character set explains, Paywall, Consent, and NoArticle. The bytes are the caller's again on return.
func Extract(address, contentType string, body []byte, now time.Time) (source.Found, error) {
	refuse := func(reason source.Reason, err error) (source.Found, error) {
		return source.Found{}, &source.Refusal{Reason: reason, URL: address, Err: err}
	}
	switch {
	case len(body) > MaxPage:
		return refuse(source.TooLarge, nil)
	case !isPage(contentType, body):
		return refuse(source.WrongKind, nil)
	}
	decoded, ok := decode(contentType, body)
	if !ok {
		return refuse(source.Garbled, nil)
	}
	doc, err := parse(decoded)
	if err != nil {
		return refuse(source.NoArticle, err)
	}
	found, reason := extract(doc, address, now)
	if reason != "" {
		return refuse(reason, nil)
	}
	found.Rejected = source.CheckDate(&found.Article, now)
	return found, nil
}

// extract finds the article in a tree, which it uses up, or says why there is none.
func extract(doc *html.Node, address string, now time.Time) (source.Found, source.Reason) {
	ld := readLinked(doc)
	f := gather(doc, ld, now)
	p := survey(doc, address, ld)
	blocks := readable(doc, address, f.title)
	if stated := ld.body(); !p.isClosed() && isLonger(stated, blocks) {
		blocks = stated
	}
	f.title = narrow(f.title, blocks)
	kept, before := tidy(blocks, f.title)
	p.blocks = kept
	if reason := p.judge(); reason != "" {
		return source.Found{}, reason
	}
	a := complete(f, join(kept), address)
	if a.Published.IsZero() {
		a.Published = dayAbove(before, now)
	}
	return source.Found{Article: a}, ""
}

// isLonger reports whether a text is so much longer than another that the other is a part of it: a page that a script
// fills states its article and shows little of it.
func isLonger(a, b []block) bool {
	sizeA, _, _ := measure(a)
	sizeB, _, _ := measure(b)
	return sizeA > 2*sizeB
}

// survey looks at what tells an article from other pages while the tree is whole.
func survey(doc *html.Node, address string, ld linked) seen {
	p := seen{address: address, ld: ld, stated: ld.article != nil, text: text.Normalize(textOf(doc, maxSeen))}
	for e := range doc.Descendants() {
		if e.Type != html.ElementNode {
			continue
		}
		p.stated = p.stated || isKind(e, atom.Meta) && attr(e, "property") == "og:type" && attr(e, "content") == "article"
		p.gated = p.gated || isGate(e)
	}
	return p
}

// isGate reports whether an element stands where the article ends for those who do not pay.
func isGate(e *html.Node) bool {
	l := label(e)
	return strings.Contains(l, "paywall") || strings.Contains(l, "subscriber-only") || strings.Contains(l, "subscribers-only")
}

// complete makes the article of what is known about it.
func complete(f facts, body, fetched string) corpus.Article {
	a := corpus.Article{
		Title:     clip(f.title, maxTitleTag),
		Source:    outlet(f.outlet, body, fetched),
		Author:    f.author,
		Language:  text.Detect(body),
		Published: f.published,
		Modified:  f.modified,
		URL:       address(fetched, f.url),
		Body:      body,
	}
	if a.Published.IsZero() {
		_, a.Published, _, _ = source.Dateline(body)
	}
	return a
}

// isPage reports whether bytes are a web page, by what the server calls them and by how they begin. Servers that say
// nothing, or text/plain, are not believed.
func isPage(contentType string, body []byte) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	switch {
	case err == nil && (kind == "text/html" || kind == "application/xhtml+xml"):
	case err == nil && kind != "text/plain" && kind != "application/octet-stream" && kind != "text/xml" && kind != "application/xml":
		return false
	case !hasMarkup(body):
		return false
	}
	sniffed := http.DetectContentType(body)
	return strings.HasPrefix(sniffed, "text/") || sniffed == "application/octet-stream" && utf8.Valid(body)
}

// hasMarkup reports whether a document opens as a page does.
func hasMarkup(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 2<<10)])
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if bytes.Contains(head, []byte(tag)) {
			return true
		}
	}
	return false
}
