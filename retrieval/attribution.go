package retrieval

import (
	"context"
	"errors"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/claims"
)

// A Claim says that a quote is what somebody says. Start and End are bytes of the
// article's body that name who does, equal when nobody is named.
type Claim struct {
	Speaker    string // body[Start:End]
	Start, End int
	Kind       claims.Kind // with which force
	// Also is what another says, in the same sentence or in one before it in the quote; nil
	// when nobody.
	Also *Claim
}

// attribute finds the quotes that are somebody's claim. A quote of several sentences is
// when the last is, for whose sake the others stand there.
func (e *Engine) attribute(ctx context.Context, answer *Answer) error {
	pages := map[string]*page{}
	for i := range answer.Citations {
		c := &answer.Citations[i]
		p := pages[c.ArticleID]
		if p == nil {
			var err error
			p, err = e.open(ctx, c.ArticleID)
			if errors.Is(err, corpus.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			pages[c.ArticleID] = p
		}
		c.Claim = e.claim(p, c.Quote)
		p.nameSpeaker(c)
	}
	return nil
}

// nameSpeaker makes the context of a citation the sentence that names who says it, when the
// claim has found another than the one that stands there: that would read as if its own
// speaker said the quote, too.
func (p *page) nameSpeaker(c *Citation) {
	if c.Context == nil || c.Claim == nil || c.Claim.Speaker == "" || c.Claim.Start >= c.Quote.Start {
		return
	}
	if c.Context.Start <= c.Claim.Start && c.Claim.End <= c.Context.End {
		return
	}
	for _, s := range p.sentences {
		if s.Start <= c.Claim.Start && c.Claim.End <= s.End {
			c.Context = &Quote{p.article.Body[s.Start:s.End], s.Start, s.End}
			return
		}
	}
}

// claim is that of a quote of a page; nil when it is none, or when the article is no
// longer as it was.
func (e *Engine) claim(p *page, q Quote) *Claim {
	body := p.article.Body
	if q.Start < 0 || q.End > len(body) || q.Start >= q.End || body[q.Start:q.End] != q.Text {
		return nil
	}
	for i, s := range slices.Backward(p.sentences) {
		if s.End <= q.End {
			if s.Start < q.Start {
				return nil
			}
			return e.withEarlier(p, i, q.Start, e.withSecond(p, i, e.claimAt(p, i)))
		}
	}
	return nil
}

// withSecond adds to the claim of a page's i-th sentence that of whom it goes on to.
func (e *Engine) withSecond(p *page, i int, c *Claim) *Claim {
	if c == nil || c.Speaker == "" {
		return c // two of whom one is not named would read as if one said all
	}
	if second, ok := claims.Second(p.text(i), e.terms(p, i)); ok {
		c.Also = p.claimed(second.Kind, p.spanIn(i, second.Speaker))
	}
	return c
}

// withEarlier adds to the claim of a page's i-th sentence that of the nearest sentence
// before it, in the quote that begins at a byte of the body, which is another's.
func (e *Engine) withEarlier(p *page, i, start int, c *Claim) *Claim {
	if c == nil || c.Speaker == "" || c.Also != nil {
		return c
	}
	for j := i - 1; j >= 0 && p.sentences[j].Start >= start; j-- {
		other := e.claimAt(p, j)
		if other != nil && other.Speaker != "" && !e.sameSpeaker(other.Speaker, c.Speaker) {
			c.Also = other
			return c
		}
	}
	return c
}

// sameSpeaker reports whether one of two has all the words of the other: "Ann Lee", "Lee".
func (e *Engine) sameSpeaker(a, b string) bool {
	few, many := e.analyzer.Terms(a), e.analyzer.Terms(b)
	if len(few) > len(many) {
		few, many = many, few
	}
	for _, w := range few {
		if !w.Stop && !slices.ContainsFunc(many, func(m text.Term) bool { return m.Stem == w.Stem }) {
			return false
		}
	}
	return true
}

// claimAt is the claim of a page's i-th sentence: its own, that of the quotation it is
// in, or that of the sentence it is the end of.
func (e *Engine) claimAt(p *page, i int) *Claim {
	for ; ; i-- {
		c, ok := claims.Of(p.text(i), e.terms(p, i))
		switch {
		case ok && c.Elsewhere:
			return p.claimed(c.Kind, e.speakerBefore(p, i, c.Pronoun))
		case ok && c.Begins > 0:
			return p.claimed(c.Kind, p.spanIn(i, e.nameFrom(p, i, c.Begins)))
		case ok:
			return p.claimed(c.Kind, p.spanIn(i, c.Speaker))
		case claims.Quoted(p.text(i), e.terms(p, i)):
			return p.claimed(claims.Says, e.speakerBeside(p, i))
		case e.spoken(p, i):
			return p.claimed(claims.Says, e.speakerBefore(p, i, ""))
		case !p.goesOn(i):
			return nil
		}
	}
}

// nameFrom is the name that begins at a byte of a page's i-th sentence, with the title
// before it, and that the lexicon knows the end of; empty when there is none.
func (e *Engine) nameFrom(p *page, i, start int) text.Span {
	const most = 3 // words of a title
	words := e.terms(p, i)
	for k, w := range words {
		if w.Start < start {
			continue
		}
		for n := k; n < len(words) && n <= k+most; n++ {
			if names := e.lexicon.Load().Names(words[n:], text.English); len(names) > 0 && names[0].First == 0 {
				return text.Span{Start: start, End: words[n+names[0].Last].End}
			}
			if !strings.HasPrefix(words[n].Norm, "ال") {
				break
			}
		}
		break
	}
	return text.Span{}
}

// claimed is a claim of whom some bytes of the body name.
func (p *page) claimed(kind claims.Kind, s text.Span) *Claim {
	return &Claim{Speaker: p.article.Body[s.Start:s.End], Start: s.Start, End: s.End, Kind: kind}
}

// spanIn are bytes of the body that are given as bytes of the i-th sentence; none when
// empty.
func (p *page) spanIn(i int, s text.Span) text.Span {
	if s.Start == s.End {
		return text.Span{}
	}
	from := p.sentences[i].Start
	return text.Span{Start: from + s.Start, End: from + s.End}
}

// speakerBefore names the speaker whom a page's i-th sentence has the given pronoun for,
// or leaves out: who speaks in the sentence right before it, or is its subject. It is
// empty when that is not sure; another's name would be worse.
func (e *Engine) speakerBefore(p *page, i int, pronoun string) text.Span {
	const most = 3
	for range most {
		before := e.sourceOf(p, i)
		if before == i {
			break
		}
		c, ok := claims.Of(p.text(before), e.terms(p, before))
		if ok && !c.Elsewhere {
			return p.spanIn(before, c.Speaker)
		}
		if !ok {
			s, named := claims.Subject(p.text(before), e.terms(p, before))
			switch {
			case named && mayBe(p.text(before)[s.Start:s.End], pronoun, e.analyzer):
				return p.spanIn(before, s)
			case !named || !onePerson[pronoun] || !p.sameParagraph(before, i):
				return text.Span{}
			}
			// What "he" cannot mean is passed over: "Their membership was to begin in May."
		}
		i = before
	}
	return text.Span{}
}

// sourceOf is the index of the sentence that a page's i-th goes on from: the one before it
// in its paragraph, or else the one that names whom it speaks of.
func (e *Engine) sourceOf(p *page, i int) int {
	if e.spoken(p, i) {
		return e.naming(p, i)
	}
	if i > 0 && (p.sameParagraph(i-1, i) || arabic(p.firstWord(e, i))) {
		return i - 1
	}
	return e.naming(p, i)
}

// onePerson are the pronouns of one.
var onePerson = set("he she him her")

// mayBe reports whether a pronoun can mean the subject of a sentence.
func mayBe(subject, pronoun string, a *text.Analyzer) bool {
	words := a.Terms(subject)
	if len(words) == 0 {
		return false
	}
	hasRole := slices.ContainsFunc(words, func(w text.Term) bool { return roles[w.Norm] })
	described := words[0].Norm == "the" || words[0].Norm == "a" || words[0].Norm == "an"
	switch {
	case onePerson[pronoun]:
		return capitalAt(subject, words[len(words)-1].Start) && !described || hasRole
	case pronoun == "it":
		return true
	case pronoun == "":
		return arabic(words[0].Norm)
	}
	return false
}

// speakerBeside names the speaker of a page's i-th sentence, which is a quotation: whom the
// sentence before it in its paragraph quotes, or the one behind it.
func (e *Engine) speakerBeside(p *page, i int) text.Span {
	for _, j := range [...]int{i - 1, i + 1} {
		if j < 0 || j >= len(p.sentences) || !p.sameParagraph(min(i, j), max(i, j)) {
			continue
		}
		c, ok := claims.Of(p.text(j), e.terms(p, j))
		switch {
		case ok && c.Elsewhere && j < i:
			return e.speakerBefore(p, j, c.Pronoun)
		case ok && !c.Elsewhere:
			return p.spanIn(j, c.Speaker)
		}
	}
	return text.Span{}
}

// firstWord is the first word of the i-th sentence, normalised.
func (p *page) firstWord(e *Engine, i int) string {
	if words := e.terms(p, i); len(words) > 0 {
		return words[0].Norm
	}
	return ""
}

// sameParagraph reports whether no line ends between two sentences of a page.
func (p *page) sameParagraph(i, j int) bool {
	between := p.article.Body[p.sentences[i].End:p.sentences[j].Start]
	return !strings.ContainsAny(between, lineBreaks)
}
