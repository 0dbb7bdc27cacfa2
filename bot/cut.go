package bot

import (
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// cutStep is by how much less of a passage is tried when it does not fit, in
// UTF-16 code units.
const cutStep = 128

// passageMessage is a passage under the title of its article, cut around its quote
// to what fits into one message. The rest is where the title leads.
func passageMessage(s origin, lang text.Language) Document {
	worded := func(p passage) Document {
		d := Document{language: lang}
		d.add(opened(s.Citation, p, lang)...)
		return d
	}
	d := worded(s.passage)
	for around := maxMessage; !d.fits() && around >= 0; around -= cutStep {
		d = worded(s.passage.around(around))
	}
	for quote := maxMessage; !d.fits() && quote > 0; quote -= cutStep { // it is too long by itself
		d = worded(s.passage.quoteOnly(quote))
	}
	return d
}

// around is the passage with at most limit UTF-16 code units around its quote: half
// of them on each side, or more where the other side needs less.
func (p passage) around(limit int) passage {
	before, after := utf16Length(p.before), utf16Length(p.after)
	from := cutStart(p.before, max(limit/2, limit-after))
	to, rest := cutText(p.after, max(limit/2, limit-before))
	return passage{
		before: p.before[from:], quote: p.quote, after: strings.TrimRightFunc(to, unicode.IsSpace),
		cutBefore: !isBlank(p.before[:from]), cutAfter: !isBlank(rest), times: p.times,
	}
}

// quoteOnly is the beginning of the quote, of at most limit UTF-16 code units.
func (p passage) quoteOnly(limit int) passage {
	head, _ := cutText(p.quote, limit)
	return passage{quote: head, cutBefore: !isBlank(p.before), cutAfter: true}
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }
