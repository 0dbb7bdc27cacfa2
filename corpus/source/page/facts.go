package page

import (
	"cmp"
	"html"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// facts are what one kind of statement says about the article.
type facts struct {
	title, outlet, author string
	url                   string
	// Every date that is stated, the most deliberate statement first: the first that can be is taken, see possible.
	published, modified []corpus.Date
}

// or returns f with its gaps filled from g.
func (f facts) or(g facts) facts {
	f.title, f.outlet, f.author = cmp.Or(f.title, g.title), cmp.Or(f.outlet, g.outlet), cmp.Or(f.author, g.author)
	f.url = cmp.Or(f.url, g.url)
	f.published, f.modified = slices.Concat(f.published, g.published), slices.Concat(f.modified, g.modified)
	return f
}

// gather returns what the page says about itself, the more deliberate statement first.
func gather(doc *nethtml.Node, m metas, ld linked, now time.Time) facts {
	heading, shown := shownHeading(doc), shownTitle(doc)
	f := ld.facts(heading, shown).or(m.graph()).or(m.named()).or(times(doc, now)).or(itemised(doc)).or(ld.page())
	f.title = cutSite(cmp.Or(f.title, cutTail(shown, heading), heading), f.outlet, heading)
	return f
}

// shownHeading returns the first heading of the page.
func shownHeading(doc *nethtml.Node) string {
	return line(textOf(first(doc, atom.H1), maxTitleTag))
}

// shownTitle returns the <title> of the page.
func shownTitle(doc *nethtml.Node) string {
	for t := range elements(doc, atom.Title) {
		if !within(t, atom.Svg) {
			return worded(line(textOf(t, maxTitleTag)))
		}
	}
	return ""
}

// worded is s when it says anything: programs write "-" for a title that nobody has given.
func worded(s string) string {
	if source.HasText(s) {
		return s
	}
	return ""
}

// line makes one clean line of a value: entities that were escaped twice read, white space folded, what cannot be seen
// and only turns the text around it left out.
func line(s string) string {
	s = html.UnescapeString(clip(s, maxValue))
	return strings.Join(strings.Fields(visible(text.Valid(s))), " ")
}

// clip cuts s to at most n bytes, at the edge of a rune.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// visible drops the controls of writing direction, soft hyphens and other characters without a form. Joiners stay: they
// are spelling.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u200C' || r == '\u200D':
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r) && !unicode.IsSpace(r):
			return -1
		}
		return r
	}, s)
}

// separators part the headline from the name of the site in a title.
var separators = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / "}

// cutTail drops the last part of a page's <title>, which is commonly the name of the site, when enough is left for a
// headline. A heading that the title begins with is the headline.
func cutTail(title, heading string) string {
	if len(strings.Fields(heading)) >= minHeadline && strings.HasPrefix(title, heading) {
		return heading
	}
	for _, sep := range separators {
		head, tail, ok := cutLast(title, sep)
		if ok && len(strings.Fields(head)) >= minHeadline && len(strings.Fields(tail)) <= maxSiteName {
			return strings.TrimSpace(head)
		}
	}
	return title
}

// Numbers of words.
const (
	minHeadline = 4
	maxSiteName = 5
)

// cutSite drops the name of the site from the end or the beginning of a title: what is the outlet's name, and what
// surrounds the page's own heading.
func cutSite(title, outlet, heading string) string {
	for _, sep := range separators {
		if head, tail, ok := cutLast(title, sep); ok && (isSameName(tail, outlet) || isSameName(head, heading)) {
			return strings.TrimSpace(head)
		}
		if head, tail, ok := strings.Cut(title, sep); ok && (isSameName(head, outlet) || isSameName(tail, heading) && len(tail) > len(head)) {
			return strings.TrimSpace(tail)
		}
	}
	return title
}

// narrow returns the part of a title that one of the first blocks of the text repeats as a heading, else the title.
func narrow(title string, blocks []block) string {
	for _, sep := range separators {
		for part := range strings.SplitSeq(title, sep) {
			for _, b := range blocks[:min(len(blocks), maxOpening)] {
				if len(strings.Fields(part)) >= minHeadline && isSameName(part, b.text) {
					return strings.TrimSpace(part)
				}
			}
		}
	}
	return title
}

// cutLast parts s at the last sep.
func cutLast(s, sep string) (head, tail string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+len(sep):], true
}

// isSameName compares what a reader takes for the same name.
func isSameName(a, b string) bool {
	a, b = nameKey(a), nameKey(b)
	return a != "" && a == b
}

// isAnyName reports whether s is the same name as one of several.
func isAnyName(s string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return isSameName(s, n) })
}

func nameKey(s string) string {
	return strings.Join(strings.FieldsFunc(text.Normalize(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "")
}

// isName reports whether a value can be the name of an outlet or an author: no address and no account.
func isName(s string) bool {
	return letters(s) > 0 && len(s) <= 400 && !strings.Contains(s, "://") && !strings.HasPrefix(s, "@") &&
		!strings.HasPrefix(s, "www.")
}

// byWords stand before an author's name.
var byWords = []string{"By ", "by ", "BY ", "بقلم ", "بقلم: ", "كتب: ", "كتبت: ", "كتب - ", "إعداد: "}

// name returns s as one line when it can be a name, else "".
func name(s string) string {
	s = line(s)
	for _, w := range byWords {
		s = strings.TrimPrefix(s, w)
	}
	if isName(s) {
		return s
	}
	return ""
}

// address returns the link of the article: what the page calls its canonical address when that lies on the same site and
// is not the front page, else the one it was fetched from.
func address(fetched, stated string) string {
	base, err := url.Parse(fetched)
	if err != nil || stated == "" {
		return fetched
	}
	u, err := base.Parse(strings.TrimSpace(stated))
	if err != nil || !source.SameSite(base.String(), u.String()) || isFront(u) && !isFront(base) {
		return fetched
	}
	u.Fragment = ""
	if _, err := corpus.CanonicalURL(u.String()); err != nil {
		return fetched
	}
	return u.String()
}

// pageKey is what the addresses of one page have in common: neither the scheme nor "www." nor a slash at the end part two
// pages. It is "" for what is no address, and for a front page, which is given as the address of everything.
func pageKey(base *url.URL, raw string) string {
	u, err := base.Parse(strings.TrimSpace(raw))
	if err != nil || isFront(u) {
		return ""
	}
	canonical, err := corpus.CanonicalURL(u.String())
	if err != nil {
		return ""
	}
	_, key, _ := strings.Cut(canonical, "://")
	return strings.TrimSuffix(strings.TrimPrefix(key, "www."), "/")
}

// isFront reports whether an address is that of a site as a whole.
func isFront(u *url.URL) bool {
	switch strings.ToLower(strings.Trim(u.Path, "/")) {
	case "", "index.html", "index.htm", "index.php", "home", "ar", "en", "default.aspx":
		return u.RawQuery == ""
	}
	return false
}

// outlet returns the name of the outlet: what the page says, else the agency of the dateline, else the host, when that is
// a name.
func outlet(stated, body, fetched string) string {
	if stated != "" {
		return stated
	}
	if _, _, agency, ok := source.Dateline(body); ok && agency != "" {
		return agency
	}
	return HostName(fetched)
}

// HostName returns the host of an address as the name of an outlet that states none: in lower case, without "www.". It
// is "" when the host names a machine and no site: an IP address, localhost, a single word.
func HostName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") || strings.HasSuffix(host, ".localhost") {
		return ""
	}
	return strings.TrimPrefix(host, "www.")
}
