package page

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/source"
	"newsbot/corpus/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Numbers of letters.
const (
	minBody    = 200  // less is no article
	minStated  = 80   // unless the page says that it is one
	minWhole   = 300  // what is for subscribers and all there has at least
	minProse   = 50   // of a paragraph
	shortBody  = 1200 // what a stub for those who do not pay has at most
	shortAsked = 600  // what a page that asks for something has at most
)

// maxNotice is the length in runes of the longest line that is a notice of the site rather than a sentence of the text.
const maxNotice = 90

// Phrases of pages that hold no article, normalised.
var (
	// payCalls tell the reader to pay. payNotes only say who may read on: news of a newspaper's prices does so too.
	payCalls = normalised("subscribe to continue reading", "subscribe to read", "subscribe now to read", "to continue reading",
		"to read the full", "to read the rest", "continue reading with", "unlock this article",
		"اشترك لمتابعة القراءة", "اشترك لقراءة", "اشتركوا لمتابعة", "للاطلاع على المقال كاملا", "لقراءة المقال كاملا",
		"لقراءة الخبر كاملا", "لمتابعة القراءة")
	payNotes = normalised("subscribe to continue", "this article is for subscribers", "this content is for subscribers",
		"for subscribers only", "subscriber-only", "subscribers only", "exclusive to subscribers", "already a subscriber",
		"هذا المحتوى للمشتركين", "هذا المقال للمشتركين", "محتوى حصري للمشتركين", "خاص بالمشتركين", "للمشتركين فقط", "مخصص للمشتركين")
	// askPhrases ask the reader for something, askTitles open the titles of pages that do, and askSubjects are what such
	// pages speak of, as news may.
	askPhrases = normalised("verify you are human", "verifying you are human", "checking your browser", "are you a robot",
		"unusual traffic", "enable javascript and cookies", "just a moment", "complete the captcha", "ddos protection",
		"before you continue to", "we value your privacy", "we and our partners", "we use cookies", "this site uses cookies",
		"this website uses cookies", "accept all cookies", "accept cookies", "your privacy choices", "consent to the use",
		"your consent", "manage your cookie", "تحقق من أنك إنسان", "التحقق من أنك لست", "لست برنامج روبوت", "جار التحقق من متصفحك",
		"نستخدم ملفات تعريف", "نستخدم نحن وشركاؤنا", "يستخدم هذا الموقع ملفات تعريف", "يستخدم موقعنا ملفات تعريف", "نحترم خصوصيتك",
		"قبول الكل", "الموافقة على الشروط", "نحن وشركاؤنا")
	askTitles  = slices.Concat(askPhrases, normalised("attention required", "access denied", "security check"))
	askSubject = normalised("cookie", "privacy", "consent", "personal data", "our partners", "your browser", "captcha", "javascript",
		"your choice", "your connection", "security check", "access denied", "ملفات تعريف", "ملفات الارتباط", "خصوصي", "موافق", "بيانات شخصية", "متصفحك",
		"اختيارك", "شركائنا", "روبوت")
)

// contains reports whether a normalised text holds one of the phrases.
func contains(norm string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(norm, p) {
			return true
		}
	}
	return false
}

// seen is what is known of a page when it is judged.
type seen struct {
	address string
	kept    bool // in a file
	ld      linked
	titles  []string
	stated  bool   // the page says that it is an article
	gated   bool   // the article ends at a gate for those who do not pay
	text    string // the first kilobytes of all its text, normalised
	blocks  []block
}

// survey looks at what tells an article from other pages while the tree is whole.
func survey(doc *html.Node, address string, ld linked, titles ...string) seen {
	p := seen{address: address, ld: ld, titles: titles, stated: ld.article != nil, text: text.Normalize(textOf(doc, maxSeen))}
	for e := range doc.Descendants() {
		if e.Type == html.ElementNode {
			p.stated = p.stated || saysArticle(e)
			p.gated = p.gated || isGate(e)
		}
	}
	p.gated = p.gated || isGated(doc)
	return p
}

// saysArticle reports whether an element of the head says that the page is an article.
func saysArticle(e *html.Node) bool {
	if !isKind(e, atom.Meta) {
		return false
	}
	property := attr(e, "property")
	return property == "og:type" && attr(e, "content") == "article" || property == "article:published_time"
}

// isGate reports whether an element stands where the article ends for those who do not pay. One that holds the article
// marks what they pay for, and that it is there.
func isGate(e *html.Node) bool {
	l := label(e)
	if !strings.Contains(l, "paywall") && !strings.Contains(l, "subscriber-only") && !strings.Contains(l, "subscribers-only") {
		return false
	}
	return countProse(blocksOf(e)) < 2
}

// isGated reports whether a page tells its readers to pay: in a notice anywhere, where its article ends in a note of whom
// it is for, or where it ends in a sentence that says so.
func isGated(doc *html.Node) bool {
	inside := blocksBut(articleElement(doc), isNoise)
	isCall := func(b block) bool { return contains(ownWords(b), payCalls) }
	isNote := func(b block) bool { return isNotice(b) && contains(ownWords(b), payNotes) }
	isCallNotice := func(b block) bool { return isNotice(b) && isCall(b) }
	return slices.ContainsFunc(blocksBut(doc, isFrame), isCallNotice) || ending(inside, 1, isNote) || ending(inside, 0, isCall)
}

// articleElement returns the element that holds the article, or the whole page where none says so.
func articleElement(doc *html.Node) *html.Node {
	if heading := first(doc, atom.H1); heading != nil {
		for a := range heading.Ancestors() {
			if isKind(a, atom.Article) {
				return a
			}
		}
	}
	for e := range elements(doc, atom.Article, atom.Main) {
		if countProse(blocksOf(e)) > 0 {
			return e
		}
	}
	return doc
}

// isFrame reports whether an element surrounds the article.
func isFrame(n *html.Node) bool { return isKind(n, atom.Nav, atom.Header, atom.Footer, atom.Aside) }

func isNotice(b block) bool { return utf8.RuneCountInString(b.text) <= maxNotice }

// quoted is what news quotes.
var quoted = regexp.MustCompile(`«[^»]*»|“[^”]*”|"[^"]*"`)

// ownWords returns what a block says in its own words, normalised.
func ownWords(b block) string { return text.Normalize(quoted.ReplaceAllString(b.text, " ")) }

// isProse reports whether a block is a paragraph: a sentence or several that come to an end.
func isProse(b block) bool {
	return letters(b.text) >= minProse && endsSentence(b.text) && !b.isLinked()
}

func countProse(blocks []block) int {
	n := 0
	for _, b := range blocks {
		if isProse(b) {
			n++
		}
	}
	return n
}

// ending reports whether one of the last blocks is of a kind: those that at most so many paragraphs follow.
func ending(blocks []block, paragraphs int, is func(block) bool) bool {
	prose := 0
	for _, b := range slices.Backward(blocks) {
		if is(b) {
			return true
		}
		if isProse(b) {
			prose++
		}
		if prose > paragraphs {
			return false
		}
	}
	return false
}

// judge returns why the page holds no article to be stored, "" when it does.
func (p seen) judge() source.Reason {
	size, links, damaged := measure(p.blocks)
	switch {
	case damaged*50 > size:
		return source.Garbled
	case p.isClosed() && size < shortBody && !p.isWhole(size):
		return source.Paywall
	case !p.stated && size < shortAsked && p.asks(size):
		return source.Consent
	case size < minStated, !p.stated && !p.kept && size < minBody:
		return source.NoArticle
	case links*2 > size, p.ld.article == nil && p.ld.isList, p.isFront():
		return source.NoArticle
	}
	return ""
}

// isClosed reports whether the page asks for money before it shows all.
func (p seen) isClosed() bool {
	return p.ld.isClosed() || p.gated
}

// isWhole reports whether the text of an article for subscribers is all there, as sites show it to whom they let in: no
// gate ends it, and it has paragraphs and an end.
func (p seen) isWhole(size int) bool {
	if p.gated || size < minWhole || !endsSentence(p.blocks[len(p.blocks)-1].text) {
		return false
	}
	stated, _, _ := measure(p.ld.body())
	return countProse(p.blocks) >= 3 || stated > 0 && size*10 >= stated*9
}

// asks reports whether the page asks its reader for consent or for a proof instead of showing an article: in its title,
// or in what is left of its text, which speaks of little else.
func (p seen) asks(size int) bool {
	for _, t := range p.titles {
		norm := text.Normalize(t)
		if slices.ContainsFunc(askTitles, func(phrase string) bool { return strings.HasPrefix(norm, phrase) }) {
			return true
		}
	}
	asked, other := size < minBody && contains(p.text, askPhrases), 0
	for _, b := range p.blocks {
		asked = asked || asksReader(b)
		if !asksReader(b) && !contains(ownWords(b), askSubject) {
			other += letters(b.text)
		}
	}
	return asked && other < minBody
}

// asksReader reports whether a block asks its reader for consent or for a proof.
func asksReader(b block) bool { return contains(ownWords(b), askPhrases) }

// withoutBars drops the bars of the site above and below the text, which ask for consent to cookies.
func withoutBars(blocks []block) []block {
	rest := blocks
	for len(rest) > 0 && isShort(rest[0]) && asksReader(rest[0]) {
		rest = rest[1:]
	}
	for n := len(rest); n > 0 && isShort(rest[n-1]) && asksReader(rest[n-1]); n = len(rest) {
		rest = rest[:n-1]
	}
	if countProse(rest) == 0 {
		return blocks
	}
	return rest
}

// isFront reports whether the page is that of a site as a whole. An article at the address of a language says that it is
// one.
func (p seen) isFront() bool {
	u, err := url.Parse(p.address)
	if err != nil || p.kept || !isFront(u) || p.ld.article != nil {
		return false
	}
	isLanguage := len(strings.Trim(u.Path, "/")) == 2
	return !isLanguage || !p.stated
}

// measure counts the letters of blocks, those in links, and the characters that could not be read.
func measure(blocks []block) (size, links, damaged int) {
	for _, b := range blocks {
		size, links = size+letters(b.text), links+b.linked
		damaged += strings.Count(b.text, "\uFFFD")
	}
	return size, links, damaged
}

// maxSeen is how many bytes of all the text of a page are searched for phrases.
const maxSeen = 64 << 10
