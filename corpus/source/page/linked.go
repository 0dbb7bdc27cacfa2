package page

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ldJSON is the type of the scripts that hold statements by the vocabulary of schema.org.
const ldJSON = "application/ld+json"

// maxLinkedDepth bounds how deep an article is looked for among statements.
const maxLinkedDepth = 6

// maxArticles bounds how many articles are looked at for the page's.
const maxArticles = 50

// thing is one object of JSON-LD.
type thing map[string]any

// linked is what the JSON-LD of a page says of its article.
type linked struct {
	article thing   // nil when there is none
	all     []thing // the articles, of which some are related stories
	webPage thing   // the page as such, which some sites date in the article's place
	isList  bool    // the page is one of a section, an author or a search
	byID    map[string]thing
}

// readLinked reads the statements of a page. A script that is no JSON even when mended is passed over.
func readLinked(doc *html.Node) linked {
	l := linked{byID: make(map[string]thing)}
	for script := range elements(doc, atom.Script) {
		if script.FirstChild == nil {
			continue
		}
		if v, ok := parseLinked(script.FirstChild.Data); ok {
			l.collect(v, 0)
		}
	}
	return l
}

// choose makes that article the page's which says that it stands where the page stands, else one under a title of the
// page, else the first. stands are addresses as [pageKey] gives them.
func (l *linked) choose(base *url.URL, stands, titles []string) {
	best := -1
	for _, t := range l.all {
		if n := t.likeness(base, stands, titles); n > best {
			l.article, best = t, n
		}
	}
}

// likeness is how much speaks for an article being the page's. Its address counts for more than its title.
func (t thing) likeness(base *url.URL, stands, titles []string) int {
	n := 0
	if slices.ContainsFunc(t.addresses(), func(a string) bool {
		key := pageKey(base, a)
		return key != "" && slices.Contains(stands, key)
	}) {
		n += 2
	}
	isTitle := func(s string) bool {
		return isSameName(s, line(t.text("headline"))) || isSameName(s, line(t.text("name")))
	}
	if slices.ContainsFunc(titles, isTitle) {
		n++
	}
	return n
}

// addresses are where a thing says that it stands; names within the page are none.
func (t thing) addresses() []string {
	page, _ := t["mainEntityOfPage"].(map[string]any)
	all := []string{t.text("url"), t.text("mainEntityOfPage"), t.text("@id"), thing(page).text("@id"), thing(page).text("url")}
	return slices.DeleteFunc(all, func(a string) bool { return a == "" || strings.HasPrefix(a, "#") })
}

// trailingComma stands before the end of a list or an object, where JSON has none.
var trailingComma = regexp.MustCompile(`,(\s*[\]}])`)

// parseLinked reads the first value of a script. Line ends inside of strings, commas at the end of lists and what follows
// the value are the mistakes of templates that are common.
func parseLinked(s string) (v any, ok bool) {
	s = strings.ReplaceAll(s, "<![CDATA[", "")
	if start := strings.IndexAny(s, "{["); start >= 0 {
		s = s[start:] // behind a comment or a byte order mark
	}
	if json.NewDecoder(strings.NewReader(s)).Decode(&v) == nil {
		return v, true
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	s = trailingComma.ReplaceAllString(s, "$1")
	return v, json.NewDecoder(strings.NewReader(s)).Decode(&v) == nil
}

// collect looks for the article through lists and graphs. Articles that are items of another thing are not the page's.
func (l *linked) collect(v any, depth int) {
	if depth > maxLinkedDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			l.collect(item, depth+1)
		}
	case map[string]any:
		l.add(v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			l.collect(v[key], depth+1)
		}
	}
}

func (l *linked) add(t thing) {
	if id := t.text("@id"); id != "" && len(t) > 1 && l.byID[id] == nil {
		l.byID[id] = t
	}
	switch {
	case t.isArticle() && len(l.all) < maxArticles:
		l.all = append(l.all, t)
		l.article = l.all[0]
	case l.webPage == nil && t.is("WebPage", "ItemPage"):
		l.webPage = t
	case t.is("CollectionPage", "SearchResultsPage", "ProfilePage"):
		l.isList = true
	}
}

// is reports whether t is of one of the types.
func (t thing) is(types ...string) bool {
	for _, have := range t.list("@type") {
		name, _ := have.(string)
		name = name[strings.LastIndexAny(name, "/:")+1:]
		for _, want := range types {
			if name == want {
				return true
			}
		}
	}
	return false
}

// isArticle reports whether t is a piece of news or of writing.
func (t thing) isArticle() bool {
	return t.is("NewsArticle", "Article", "Report", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
		"BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "BlogPosting",
		"ScholarlyArticle", "MedicalScholarlyArticle", "SatiricalArticle", "TechArticle", "AdvertiserContentArticle",
		"SocialMediaPosting", "DiscussionForumPosting")
}

// list returns a value as a list, of one when it is no list.
func (t thing) list(key string) []any {
	switch v := t[key].(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// text returns the first string of a value.
func (t thing) text(key string) string {
	for _, v := range t.list(key) {
		if s, ok := v.(string); ok {
			return s
		}
	}
	return ""
}

// title returns the headline, or the name where that is what the page shows: some put a summary into the headline, some the
// site's name into the name.
func (t thing) title(heading, shown string) string {
	headline, name := line(t.text("headline")), line(t.text("name"))
	isShown := func(s string) bool {
		return s != "" && (isSameName(s, heading) || strings.HasPrefix(nameKey(shown), nameKey(s)))
	}
	if headline == "" || isShown(name) && !isShown(headline) {
		return name
	}
	return headline
}

// facts returns what the article states, on a page with a heading and a <title>.
func (l linked) facts(heading, shown string) facts {
	if l.article == nil {
		return facts{}
	}
	t := l.article
	return facts{
		title: t.title(heading, shown), outlet: l.names(t, "publisher"), author: l.names(t, "author"),
		published: parseDates(t.text("datePublished"), t.text("dateCreated")),
		modified:  parseDates(t.text("dateModified")),
	}
}

// page returns the dates of the page as such.
func (l linked) page() facts {
	if l.webPage == nil {
		return facts{}
	}
	return facts{
		outlet:    l.names(l.webPage, "publisher"),
		published: parseDates(l.webPage.text("datePublished")),
		modified:  parseDates(l.webPage.text("dateModified")),
	}
}

// maxAuthors is as many names as are kept.
const maxAuthors = 8

// names returns the names of whom a value speaks: in it as a string, in its object, or in the object it points to.
func (l linked) names(t thing, key string) string {
	var names []string
	for _, v := range t.list(key) {
		n := l.name(v)
		if n != "" && len(names) < maxAuthors {
			names = append(names, n)
		}
	}
	return strings.Join(names, comma(names))
}

// comma parts names as their script does.
func comma(names []string) string {
	if len(names) > 0 && strings.ContainsFunc(names[0], func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
		return "، "
	}
	return ", "
}

func (l linked) name(v any) string {
	switch v := v.(type) {
	case string:
		return name(v)
	case map[string]any:
		if n := name(thing(v).text("name")); n != "" {
			return n
		}
		return name(l.byID[thing(v).text("@id")].text("name"))
	}
	return ""
}

// body returns the text that the article states, if it does: with markup, or with a paragraph a line.
func (l linked) body() []block {
	s := l.article.text("articleBody")
	if !strings.Contains(s, "<p") {
		s = strings.ReplaceAll(s, "\n", "<p>")
	}
	doc, err := parse(s)
	if err != nil {
		return nil
	}
	return blocksOf(doc)
}

// isClosed reports whether the article is said to be for subscribers.
func (l linked) isClosed() bool {
	switch v := l.article["isAccessibleForFree"].(type) {
	case bool:
		return !v
	case string:
		return strings.EqualFold(v, "false") || strings.HasSuffix(v, "/False")
	}
	return false
}
