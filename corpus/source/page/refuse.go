package page

import (
	"net/url"
	"strings"

	"newsbot/corpus/source"
)

// Numbers of letters.
const (
	minBody    = 200  // less is no article
	minStated  = 80   // unless the page says that it is one
	shortBody  = 1200 // what a stub for those who do not pay has at most
	shortAsked = 600  // what a page that asks for something has at most
)

// Phrases of pages that hold no article, normalised.
var (
	payPhrases = normalised("subscribe to continue", "subscribe to read", "subscribe now to read", "to continue reading",
		"to read the full", "to read the rest", "continue reading with", "this article is for subscribers",
		"this content is for subscribers", "for subscribers only", "subscriber-only", "subscribers only", "exclusive to subscribers",
		"unlock this article", "register to continue reading", "already a subscriber",
		"اشترك لمتابعة القراءة", "اشترك لقراءة", "اشتركوا لمتابعة", "للاطلاع على المقال كاملا", "لقراءة المقال كاملا",
		"لقراءة الخبر كاملا", "لمتابعة القراءة", "هذا المحتوى للمشتركين", "هذا المقال للمشتركين", "محتوى حصري للمشتركين", "خاص بالمشتركين",
		"للمشتركين فقط", "مخصص للمشتركين")
	askPhrases = normalised("verify you are human", "verifying you are human", "checking your browser", "are you a robot",
		"unusual traffic", "enable javascript and cookies", "just a moment", "complete the captcha", "security check", "attention required",
		"access denied", "ddos protection", "before you continue to", "we value your privacy", "we and our partners", "accept all cookies",
		"accept cookies", "your privacy choices", "consent to the use", "your consent", "manage your cookie",
		"تحقق من أنك إنسان", "التحقق من أنك لست", "لست برنامج روبوت", "جار التحقق من متصفحك", "ملفات تعريف الارتباط", "نحترم خصوصيتك", "قبول الكل",
		"الموافقة على الشروط", "نحن وشركاؤنا")
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
	ld      linked
	stated  bool   // the page says that it is an article
	gated   bool   // an element of it is a gate for those who do not pay
	text    string // the first kilobytes of all its text, normalised
	blocks  []block
}

// judge returns why the page holds no article to be stored, "" when it does.
func (p seen) judge() source.Reason {
	size, links, damaged := measure(p.blocks)
	switch {
	case damaged*50 > size:
		return source.Garbled
	case p.isClosed() && size < shortBody:
		return source.Paywall
	case !p.stated && size < shortAsked && contains(p.text, askPhrases):
		return source.Consent
	case size < minStated, !p.stated && size < minBody:
		return source.NoArticle
	case links*2 > size, p.ld.article == nil && (p.ld.isList || isFrontAddress(p.address)):
		return source.NoArticle
	}
	return ""
}

// isClosed reports whether the page asks for money before it shows all.
func (p seen) isClosed() bool {
	return p.ld.isClosed() || p.gated || contains(p.text, payPhrases)
}

// measure counts the letters of blocks, those in links, and the characters that could not be read.
func measure(blocks []block) (size, links, damaged int) {
	for _, b := range blocks {
		size, links = size+letters(b.text), links+b.linked
		damaged += strings.Count(b.text, "\uFFFD")
	}
	return size, links, damaged
}

// isFrontAddress reports whether an address is that of a site as a whole.
func isFrontAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && isFront(u)
}

// maxSeen is how many bytes of all the text of a page are searched for phrases.
const maxSeen = 64 << 10
