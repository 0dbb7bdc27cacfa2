package page

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"

	"golang.org/x/net/html"
)

// MaxPage is the largest page that is read, in bytes (10 MiB).
const MaxPage = 10 << 20

// Extract returns the article in a web page: body are its bytes as they were fetched from address, decompressed, and
// contentType is what the server called them, which may be empty. What the page does not state stays empty or unknown,
// but for the outlet, which is then the host unless that is an IP address or a single word. now is for telling which dates
// cannot be; see [source.CheckDate].
//
// address is empty for a page from a file: it then stands where it says that it does, or nowhere, and may be as short as
// one that says that it is an article, for nobody keeps a front page.
//
// The error is a [source.Refusal]: WrongKind for what is no page, TooLarge beyond [MaxPage], Garbled for characters that
// no character set explains, Paywall, Consent, and NoArticle. The bytes are the caller's again on return.
func Extract(address, contentType string, body []byte, now time.Time) (source.Found, error) {
	return guard(address, func() (source.Found, error) { return read(address, contentType, body, now) })
}

// guard makes a refusal of a panic: the library that searches a page is written
// for good ones, and one page must not end the program.
func guard(address string, read func() (source.Found, error)) (found source.Found, err error) {
	defer func() {
		if p := recover(); p != nil {
			cause := fmt.Errorf("searching it broke down: %.200v", p)
			found, err = source.Found{}, &source.Refusal{Reason: source.NoArticle, URL: address, Err: cause}
		}
	}()
	return read()
}

// read is Extract without its guard.
func read(address, contentType string, body []byte, now time.Time) (source.Found, error) {
	refuse := func(reason source.Reason, err error) (source.Found, error) {
		return source.Found{}, &source.Refusal{Reason: reason, URL: address, Err: err}
	}
	switch {
	case len(body) > MaxPage:
		return refuse(source.TooLarge, nil)
	case !isPage(contentType, body):
		return refuse(source.WrongKind, nil)
	}
	decoded, ok := Decode(contentType, body)
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
	return found, nil
}

// extract finds the article in a tree, which it uses up, or says why there is none.
func extract(doc *html.Node, address string, now time.Time) (source.Found, source.Reason) {
	m, heading := readMetas(doc), shownHeading(doc)
	kept := address == ""
	if kept {
		address = m.address()
	}
	ld := readLinked(doc)
	if base, err := url.Parse(address); err == nil {
		stands := []string{pageKey(base, address), pageKey(base, m["canonical"]), pageKey(base, m["og:url"])}
		ld.choose(base, stands, []string{heading, m.line("og:title")})
	}
	f := gather(doc, m, ld, now)
	p := survey(doc, address, ld, f.title, heading, shownTitle(doc))
	inside := articleBlocks(doc)
	blocks := trim(readable(doc, address, f.title), inside)
	if stated := ld.body(); !p.isClosed() && isLonger(stated, blocks) {
		blocks = stated
	}
	f.title = narrow(f.title, blocks)
	p.kept = kept
	p.blocks, _ = tidy(blocks, f.title, heading)
	if reason := p.judge(); reason != "" {
		return source.Found{}, reason
	}
	rest, before := tidy(withoutBars(blocks), f.title, heading)
	body := join(rest)
	_, day, _, _ := source.Dateline(body)
	f.published = slices.Concat(f.published, known(day), daysAbove(before, now))
	return source.Found{Article: complete(f, body, address, now), Rejected: rejected(f.published, now)}, ""
}

// isLonger reports whether a text is so much longer than another that the other is a part of it: a page that a script
// fills states its article and shows little of it.
func isLonger(a, b []block) bool {
	sizeA, _, _ := measure(a)
	sizeB, _, _ := measure(b)
	return sizeA > 2*sizeB
}

// complete makes the article of what is known about it.
func complete(f facts, body, fetched string, now time.Time) corpus.Article {
	return corpus.Article{
		Title:     clip(f.title, maxTitleTag),
		Source:    outlet(f.outlet, body, fetched),
		Author:    f.author,
		Language:  text.Detect(body),
		Published: possible(f.published, now),
		Modified:  possible(f.modified, now),
		URL:       address(fetched, f.url),
		Body:      body,
	}
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
