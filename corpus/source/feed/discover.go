package feed

import (
	"bytes"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Discover returns the address of the feed that a web page names, the first one that is not of comments; "" for none.
func Discover(address string, page []byte) string {
	base, err := url.Parse(address)
	if err != nil {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom != atom.Link {
				continue
			}
			if link := absolute(base, feedLink(t.Attr)); link != "" {
				return link
			}
		}
	}
}

// feedLink returns where a link element leads when that is a feed.
func feedLink(attrs []html.Attribute) string {
	values := map[string]string{}
	for _, a := range attrs {
		values[a.Key] = a.Val
	}
	kind, _, _ := strings.Cut(strings.ToLower(values["type"]), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json":
	default:
		return ""
	}
	about := strings.ToLower(values["href"] + " " + values["title"])
	alternate := strings.Contains(" "+strings.ToLower(values["rel"])+" ", " alternate ")
	if !alternate || strings.Contains(about, "comment") || strings.Contains(about, "تعليقات") {
		return ""
	}
	return values["href"]
}
