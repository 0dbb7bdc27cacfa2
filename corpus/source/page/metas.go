package page

import (
	"net/url"
	"strings"

	"newsbot/corpus"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metas are the <meta> and canonical <link> elements of a page: the first value of every name, in lower case.
type metas map[string]string

func readMetas(doc *html.Node) metas {
	m := make(metas)
	for e := range elements(doc, atom.Meta, atom.Link) {
		if isKind(e, atom.Link) {
			if strings.EqualFold(attr(e, "rel"), "canonical") {
				m.add("canonical", attr(e, "href"))
			}
			continue
		}
		for _, key := range []string{"property", "name", "itemprop"} {
			for n := range strings.FieldsSeq(attr(e, key)) {
				m.add(n, attr(e, "content"))
			}
		}
	}
	return m
}

// dublinCore gives the names of Dublin Core one prefix.
var dublinCore = strings.NewReplacer("dcterms.", "dc.", "dcterms:", "dc.", "dcterm:", "dc.", "dc:", "dc.")

func (m metas) add(name, value string) {
	name = dublinCore.Replace(strings.ToLower(name))
	if value = strings.TrimSpace(value); value != "" && m[name] == "" {
		m[name] = value
	}
}

// line returns the first of the values that says anything.
func (m metas) line(names ...string) string {
	for _, n := range names {
		if v := line(m[n]); v != "" {
			return v
		}
	}
	return ""
}

// name returns the first of the values that can be a name.
func (m metas) name(names ...string) string {
	for _, n := range names {
		if v := name(m[n]); v != "" {
			return v
		}
	}
	return ""
}

// dates returns those of the values that are dates.
func (m metas) dates(names ...string) []corpus.Date {
	var dates []corpus.Date
	for _, n := range names {
		dates = append(dates, parseDates(m[n])...)
	}
	return dates
}

// graph returns what the page says by Open Graph, and its canonical address.
func (m metas) graph() facts {
	return facts{
		title:     m.line("og:title"),
		outlet:    m.name("og:site_name"),
		author:    m.name("article:author", "og:article:author"),
		url:       m.line("canonical", "og:url"),
		published: m.dates("article:published_time", "og:article:published_time", "og:published_time"),
		modified:  m.dates("article:modified_time", "og:article:modified_time", "og:updated_time", "og:modified_time"),
	}
}

// named returns what the page says by the names of other vocabularies.
func (m metas) named() facts {
	return facts{
		title: m.line("dc.title", "parsely-title", "sailthru.title", "citation_title", "headline", "twitter:title", "title"),
		outlet: m.name("dc.publisher", "citation_journal_title", "publisher", "article:publisher", "application-name",
			"al:android:app_name"),
		author: m.name("author", "dc.creator", "parsely-author", "sailthru.author", "citation_author", "byl"),
		published: m.dates("datepublished", "dc.date.issued", "dc.issued", "dc.date", "dc.date.created", "dc.created",
			"dc.available", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "pubdate",
			"publishdate", "publish-date", "publish_date", "publication_date", "date", "pdate", "article_date_original"),
		modified: m.dates("datemodified", "dc.modified", "dc.date.modified", "last-modified", "lastmod", "revised"),
	}
}

// address returns where a page says that it stands: the first whole address of one page that it states, "" for none.
func (m metas) address() string {
	for _, name := range []string{"canonical", "og:url"} {
		u, err := url.Parse(m.line(name))
		if err != nil || isFront(u) {
			continue
		}
		if _, err := corpus.CanonicalURL(u.String()); err == nil {
			return u.String()
		}
	}
	return ""
}
