package page

import (
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// noiseLabels are parts of a class or id of what surrounds an article or is put between its paragraphs.
var noiseLabels = []string{
	"related", "read-more", "readmore", "read-also", "readalso", "also-read", "see-also", "recommend", "most-read",
	"mostread", "most-viewed", "trending", "popular-posts", "share", "sharing", "social", "newsletter", "breadcrumb",
	"caption", "comments", "comment-list", "disqus", "cookie", "consent", "gdpr", "onetrust", "advert", "ads-", "-ads", "adsense", "taboola",
	"outbrain", "promo", "author-bio", "author-box", "about-author", "tags-list", "post-tags", "entry-tags",
	"article-tags", "whatsapp", "telegram", "follow-us", "print-only", "screen-reader", "sr-only", "visually-hidden",
}

// isNoise reports whether an element says by its class or id that it is no part of the article's text.
func isNoise(n *html.Node) bool {
	if isKind(n, atom.Html, atom.Body, atom.Article, atom.Main) {
		return false
	}
	l := label(n)
	if len(l) < 2 {
		return false
	}
	for _, s := range noiseLabels {
		if strings.Contains(l, s) {
			return true
		}
	}
	return false
}

// mostNoise is the number of letters above which an element is not taken for noise, whatever it says: some templates call
// the whole column "share".
const mostNoise = 1500

// strip takes out of the tree what is no text of the article.
func strip(doc *html.Node) {
	for n := doc.FirstChild; n != nil; {
		next := following(n, true)
		if n.Type == html.ElementNode && isStripped(n) {
			next = following(n, false)
			n.Parent.RemoveChild(n)
		}
		n = next
	}
}

// isStripped reports whether an element and all that is in it is taken out.
func isStripped(n *html.Node) bool {
	switch {
	case isKind(n, atom.Script, atom.Svg, atom.Template, atom.Figcaption, atom.Nav, atom.Dialog, atom.Button,
		atom.Select, atom.Textarea, atom.Audio, atom.Video, atom.Object, atom.Canvas, atom.Map):
		return true
	case isKind(n, atom.Html, atom.Head, atom.Body, atom.Article, atom.Main):
		return false
	case isKind(n, atom.Aside), isNoise(n):
		return lettersOf(n, mostNoise) < mostNoise
	}
	return false
}

// following returns the node behind n in the order of the page, below it first when deep.
func following(n *html.Node, deep bool) *html.Node {
	if deep && n.FirstChild != nil {
		return n.FirstChild
	}
	for ; n != nil; n = n.Parent {
		if n.NextSibling != nil {
			return n.NextSibling
		}
	}
	return nil
}

// Openings of lines that lead elsewhere, normalised. Those before the colon stand alone or open a line with a link.
var (
	elsewhere = normalised("read also", "also read", "read more", "see also", "more on this", "related", "related articles",
		"related stories", "related news", "related topics", "recommended", "recommended stories", "you may also like",
		"don't miss", "watch", "watch also", "listen", "more from", "more stories", "keep reading", "click here",
		"continue reading",
		"اقرأ أيضا", "اقرا ايضا", "إقرأ أيضا", "اقرأ المزيد", "إقرأ المزيد", "للمزيد", "المزيد", "اقرؤوا أيضا", "شاهد أيضا", "شاهد",
		"شاهدوا أيضا", "طالع أيضا", "طالع المزيد", "انظر أيضا", "موضوعات ذات صلة", "مواضيع ذات صلة", "أخبار ذات صلة",
		"مقالات ذات صلة", "ذات صلة", "قد يهمك", "قد يهمك أيضا", "قد يعجبك أيضا", "لا يفوتك", "الأكثر قراءة", "أخبار متعلقة", "مواضيع متعلقة",
		"تابع أيضا", "اضغط هنا", "لمزيد من الأخبار", "في هذا الموضوع")
	service = normalised("share", "share this", "share on", "share via", "tweet", "follow us", "follow us on", "subscribe",
		"subscribe to our newsletter", "sign up", "sign up for", "advertisement", "sponsored", "story continues below",
		"article continues below", "skip advertisement", "print this", "save article", "copy link", "tags", "topics", "filed under", "all rights reserved",
		"شارك", "شارك الخبر", "شارك المقال", "شاركها", "مشاركة", "شارك عبر", "تابعنا على", "تابعونا على", "تابعوا", "اشترك في", "اشتركوا في",
		"انضم إلى قناتنا", "انضموا إلى قناتنا", "حمل تطبيق", "حملوا تطبيق", "إعلان", "اعلانات", "طباعة", "نسخ الرابط", "وسوم", "الوسوم", "كلمات مفتاحية",
		"كلمات دالة", "جميع الحقوق محفوظة", "النشرة البريدية", "للاشتراك في")
	captions = normalised("photo", "photos", "file photo", "image", "image credit", "photo credit", "picture", "video",
		"صورة أرشيفية", "صورة", "الصورة", "تصوير", "عدسة", "مصدر الصورة", "التعليق على الصورة", "تعليق على الصورة")
)

func normalised(phrases ...string) []string {
	for i, p := range phrases {
		phrases[i] = text.Normalize(p)
	}
	return phrases
}

// maxService is the length in runes of the longest line taken for a service of the site rather than for text.
const maxService = 160

// opens returns what follows the longest of the phrases that s opens with as a whole word.
func opens(s string, phrases []string) (rest string, ok bool) {
	norm := strings.TrimLeft(text.Normalize(s), " •*-–—|»>:\t")
	longest := -1
	for _, p := range phrases {
		r, found := strings.CutPrefix(norm, p)
		if found && len(p) > longest && (r == "" || strings.IndexAny(r, " :….!|-–—\n\t،") == 0) {
			rest, longest = strings.TrimSpace(r), len(p)
		}
	}
	return rest, longest >= 0
}

// leadsElsewhere reports whether a block is a pointer to another article: alone, or with that article's title behind a
// colon or as a link.
func leadsElsewhere(b block) bool {
	rest, ok := opens(b.text, elsewhere)
	return ok && isShort(b) && (strings.Trim(rest, ":….!-–— ") == "" || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "|") || b.isLinked())
}

// isService reports whether a block is a button or a notice of the site.
func isService(b block) bool {
	rest, ok := opens(b.text, service)
	return ok && isShort(b) && (len(strings.Fields(rest)) <= 5 || strings.HasPrefix(rest, ":") || b.isLinked()) && !endsSentence(b.text)
}

// isCaption reports whether a block is the caption of a picture by its own words.
func isCaption(b block) bool {
	rest, ok := opens(b.text, captions)
	return ok && isShort(b) && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "|"))
}

func isShort(b block) bool { return utf8.RuneCountInString(b.text) <= maxService }

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, `"'”’») `))
	return strings.ContainsRune(".؟?۔", r)
}
