package page

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxHeading is as much of the title, in bytes, as headings are compared with.
const maxHeading = 200

// readable returns the blocks of the article in a page of the given title. It uses the tree up.
func readable(doc *html.Node, address, title string) []block {
	strip(doc)
	behead(doc, title)
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	p := readability.NewParser() // it logs nowhere
	p.DisableJSONLD = true
	found, err := p.ParseAndMutate(doc, base)
	if err != nil || found.Node == nil {
		return nil
	}
	return blocksOf(found.Node)
}

// behead leaves nothing in the head of a page but its title, which tells a heading that says it once more. What else the
// head states is known by now, and is not bounded.
func behead(doc *html.Node, title string) {
	head := first(doc, atom.Head)
	if head == nil {
		return
	}
	for head.FirstChild != nil {
		head.RemoveChild(head.FirstChild)
	}
	head.AppendChild(&html.Node{Type: html.ElementNode, Data: "meta", DataAtom: atom.Meta, Attr: []html.Attribute{
		{Key: "property", Val: "og:title"}, {Key: "content", Val: clip(title, maxHeading)},
	}})
}

// articleBlocks returns the text of the article's element, of none where the page has no such element.
func articleBlocks(doc *html.Node) []block {
	e := articleElement(doc)
	if e == doc {
		return nil
	}
	return blocksBut(e, isStripped)
}

// trim drops what stands above and below the article's element, of which inside are the blocks: bars and boxes of the site.
// A paragraph above stays, for some put the first apart. Where the element does not hold nearly all of the text, it is not
// the article's. Where it holds none of it but more, a bar was taken for the article.
func trim(blocks, inside []block) []block {
	known := make(map[string]bool, len(inside))
	for _, b := range inside {
		known[b.text] = true
	}
	isInside := func(b block) bool { return known[b.text] }
	size, _, _ := measure(blocks)
	if !slices.ContainsFunc(blocks, isInside) {
		if all, _, _ := measure(inside); countProse(inside) > 0 && all > size {
			return inside
		}
		return blocks
	}
	start, end := slices.IndexFunc(blocks, func(b block) bool { return isInside(b) || isProse(b) }), len(blocks)
	for !isInside(blocks[end-1]) {
		end--
	}
	if held, _, _ := measure(blocks[start:end]); held*100 < size*minHeld {
		return blocks
	}
	return blocks[start:end]
}

// minHeld is how much of the text, in percent of its letters, the article's element holds.
const minHeld = 75

// maxOpening is how many blocks may come before the text proper: menus of old pages, the heading, the day.
const maxOpening = 12

// tidy drops the blocks that are no text of the article: its titles once more, when it was published, and what leads
// elsewhere, with the links that follow. before is what stood before the text, of which the page's day is one.
func tidy(blocks []block, titles ...string) (kept, before []block) {
	listed := true // behind a heading such as "Read also", or before the text
	for i, b := range blocks {
		opens := len(kept) == 0 && i < maxOpening
		switch {
		case opens && (isAnyName(b.text, titles) || isDay(b)):
			before = append(before, b)
		case listed && b.isLinked(), b.isTime() && isShort(b), isService(b), isCaption(b):
		case leadsElsewhere(b):
			listed = true
		default:
			kept, listed = append(kept, b), false
		}
	}
	for len(kept) > 0 && kept[len(kept)-1].isLinked() {
		kept = kept[:len(kept)-1]
	}
	return kept, before
}

// dayWords may stand around a day that says when an article was published, normalised.
var dayWords = normalised("published", "posted", "updated", "last", "update", "first", "date", "on", "at", "of", "am", "pm",
	"gmt", "utc", "est", "edt", "bst", "cet", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"mon", "tue", "wed", "thu", "fri", "sat", "sun", "نشر", "نشرت", "منشور", "النشر", "تاريخ", "بتاريخ", "التاريخ", "في",
	"آخر", "تحديث", "الساعة", "بتوقيت", "توقيت", "غرينتش", "جرينتش", "مكة", "القاهرة", "مساء", "صباحا", "م", "ص",
	"السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "اليوم",
	"كانون", "تشرين", "الأول", "الثاني", // months of two words
	"الموافق", "هجرية", "ميلادية", "هـ", "محرم", "صفر", "ربيع", "الآخر", "جمادى", "الأولى", "الآخرة", "رجب", "شعبان", "رمضان",
	"شوال", "ذو", "ذي", "القعدة", "الحجة") // the Islamic calendar

// numericDay finds a day whose figures can be read in two ways, and a year of the Islamic calendar. Neither is taken for a
// date, and neither is text.
var numericDay = regexp.MustCompile(`\b\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b|\b1[34]\d\d\b`)

// isDay reports whether a block says no more than when the article was published.
func isDay(b block) bool {
	if !isShort(b) || source.FindDay(b.text).IsZero() && !numericDay.MatchString(text.FoldDigits(b.text)) {
		return false
	}
	parts := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",،:|-–—/().", r) }
	for w := range strings.FieldsFuncSeq(text.Normalize(b.text), parts) {
		_, isMonth := source.ParseMonth(w)
		if !isMonth && !slices.Contains(dayWords, w) && !strings.ContainsFunc(w, unicode.IsDigit) {
			return false
		}
	}
	return true
}

// isToday reports whether a day is that of fetching, wherever in the world that is, or a later one. Many pages show
// today's date above an article of any age, so a day alone that is today's is believed only when it is said to be the
// article's.
func isToday(d corpus.Date, now time.Time) bool {
	return d.DayOnly && d.Time.After(now.Add(-48*time.Hour))
}

// daysAbove returns the days that stand between heading and text.
func daysAbove(before []block, now time.Time) []corpus.Date {
	var days []corpus.Date
	for _, b := range before {
		if d := source.FindDay(b.text); !d.IsZero() && !isToday(d, now) {
			days = append(days, d)
		}
	}
	return days
}
