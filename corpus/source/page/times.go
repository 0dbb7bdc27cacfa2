package page

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// layouts are the forms of dates in the markup of pages that corpus.ParseDate does not take.
var layouts = []string{
	time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate, "02 Jan 2006 15:04:05 -0700",
	"20060102T150405Z0700", "20060102T1504Z0700", "20060102150405", "2006/01/02 15:04:05", "2006/01/02 15:04",
	"2006-01-02T15Z07:00", "January 2, 2006 15:04:05", "January 2, 2006 15:04", "Jan 2, 2006 15:04",
	"January 2, 2006, 3:04 pm", "January 2, 2006 3:04 PM", "Jan 2, 2006 3:04 PM", "2 January 2006 15:04", "2 Jan 2006 15:04",
}

// longFraction are more digits of a second than matter; some pages write a dozen.
var longFraction = regexp.MustCompile(`(:\d\d)[.,]\d+`)

// parseDate reads a date from the markup of a page; the zero Date is one that is not understood. A time without a zone
// is taken as UTC, as everywhere: what zone the writer meant is not to be known.
func parseDate(s string) corpus.Date {
	s = longFraction.ReplaceAllString(strings.TrimSpace(text.FoldDigits(clip(s, 200))), "$1")
	if s == "" {
		return corpus.Date{}
	}
	if d, err := corpus.ParseDate(s); err == nil {
		return d
	}
	for _, layout := range layouts {
		// In UTC, or a zone that happens to be the machine's own would come back under its name.
		if t, err := time.ParseInLocation(layout, s, time.UTC); err == nil {
			return checked(corpus.Date{Time: t})
		}
	}
	if t, err := time.Parse("20060102", s); err == nil {
		return checked(corpus.Date{Time: t, DayOnly: true})
	}
	if d, ok := unixDate(s); ok {
		return d
	}
	return source.FindDay(s)
}

// parseDates returns the dates among values.
func parseDates(values ...string) []corpus.Date {
	var dates []corpus.Date
	for _, v := range values {
		dates = append(dates, known(parseDate(v))...)
	}
	return dates
}

// known returns a date as a list, of none when it is unknown.
func known(d corpus.Date) []corpus.Date {
	if d.IsZero() {
		return nil
	}
	return []corpus.Date{d}
}

// possible returns the first of the dates that can be when a page is read; the zero Date when there is none.
func possible(dates []corpus.Date, now time.Time) corpus.Date {
	for _, d := range dates {
		if source.CheckDate(&corpus.Article{Published: d}, now).IsZero() {
			return d
		}
	}
	return corpus.Date{}
}

// rejected returns the date that was left out where none of several can be; the zero Date when one can, or there is none.
func rejected(dates []corpus.Date, now time.Time) corpus.Date {
	if len(dates) == 0 || !possible(dates, now).IsZero() {
		return corpus.Date{}
	}
	return dates[0]
}

// unixDate reads seconds or milliseconds since 1970.
func unixDate(s string) (corpus.Date, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return corpus.Date{}, false
	}
	switch len(s) {
	case 13:
		n /= 1000
	case 9, 10:
	default:
		return corpus.Date{}, false
	}
	return checked(corpus.Date{Time: time.Unix(n, 0).UTC()}), true
}

// checked returns d as corpus.ParseDate would, or the zero Date when it would refuse it.
func checked(d corpus.Date) corpus.Date {
	d, err := corpus.ParseDate(d.String())
	if err != nil {
		return corpus.Date{}
	}
	return d
}

// maxLooked bounds how many elements are looked at for a date.
const maxLooked = 100

// times returns what the <time> elements nearest to the headline say. Times of lists, of the page's frame and of comments
// are not the article's.
func times(doc *html.Node, now time.Time) facts {
	var f facts
	heading := first(doc, atom.H1)
	if heading == nil {
		heading = first(doc, atom.Article, atom.Main)
	}
	looked := 0
	for n := heading; n != nil && possible(f.published, now).IsZero(); n = n.Parent {
		for t := range elements(n, atom.Time) {
			if looked++; looked > maxLooked {
				return f
			}
			if !inFrame(t) {
				f = f.or(timeFacts(t, now))
			}
		}
	}
	return f
}

// timeFacts reads one <time>.
func timeFacts(t *html.Node, now time.Time) facts {
	d := parseDate(attr(t, "datetime"))
	if d.IsZero() {
		d = parseDate(textOf(t, 200))
	}
	role := label(t) + " " + strings.ToLower(attr(t, "itemprop"))
	switch {
	case strings.Contains(role, "updated") || strings.Contains(role, "modified"):
		return facts{modified: known(d)}
	case isToday(d, now) && !strings.Contains(role, "publish") && !within(t, atom.Article):
		return facts{}
	}
	return facts{published: known(d)}
}

// inFrame reports whether an element belongs to what surrounds the article.
func inFrame(n *html.Node) bool {
	for a := range n.Ancestors() {
		switch {
		case isKind(a, atom.Nav, atom.Aside, atom.Footer), isNoise(a):
			return true
		case isKind(a, atom.Header) && !within(a, atom.Article, atom.Main):
			return true
		case isKind(a, atom.Li) && !isMeta(a) && !isMeta(a.Parent):
			return true
		}
	}
	return false
}

// isMeta reports whether an element says that it tells about the article: <ul class="post-meta">.
func isMeta(n *html.Node) bool {
	l := label(n)
	return strings.Contains(l, "meta") || strings.Contains(l, "info") || strings.Contains(l, "date")
}

// itemised returns what the attributes of microdata say.
func itemised(doc *html.Node) facts {
	var f facts
	looked := 0
	for e := range doc.Descendants() {
		if e.Type != html.ElementNode || isKind(e, atom.Meta) || attr(e, "itemprop") == "" || inFrame(e) {
			continue
		}
		if looked++; looked > maxLooked {
			break
		}
		value := attr(e, "content")
		if value == "" {
			value = attr(e, "datetime")
		}
		if value == "" {
			value = textOf(e, 400)
		}
		for prop := range strings.FieldsSeq(attr(e, "itemprop")) {
			f = f.or(item(prop, value))
		}
	}
	return f
}

// item is the fact of one property.
func item(prop, value string) facts {
	switch prop {
	case "headline":
		return facts{title: line(value)}
	case "author":
		return facts{author: name(value)}
	case "publisher":
		return facts{outlet: name(value)}
	case "datePublished", "dateCreated":
		return facts{published: parseDates(value)}
	case "dateModified":
		return facts{modified: parseDates(value)}
	}
	return facts{}
}
