package retrieval

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// An Advice says how to ask differently.
type Advice struct {
	Kind  AdviceKind
	About string // a phrase of the question, as written; "" when Kind takes none
}

// An AdviceKind says what to change in a question.
type AdviceKind string

// The kinds of advice.
const (
	AdviceNone     AdviceKind = ""         // nothing to change
	AdviceLanguage AdviceKind = "language" // ask in Arabic or in English
	AdviceSplit    AdviceKind = "split"    // ask one question at a time
	AdviceSpelling AdviceKind = "spelling" // check how About is spelt, or write it in full
	AdviceDetail   AdviceKind = "detail"   // say who, where or when: the question is very short
	AdviceBroader  AdviceKind = "broader"  // ask about About, of which there is coverage, in general
	AdviceName     AdviceKind = "name"     // name the person, the place or the event
)

// A Report is an article that is named but not quoted.
type Report struct {
	ArticleID string
	Title     string
	Source    string // outlet as stored
	URL       string // "" when the article has none
	Published corpus.Date
	Corrected corpus.Date // unknown when it never was
	Language  text.Language
}

// ReportOf names an article, whose body it does not need.
func ReportOf(a *corpus.Article) Report {
	return Report{a.ID, a.Title, a.Source, a.URL, a.Published, a.Corrected, a.Language}
}

// decline says of a question without an answer what is missing, what comes near and
// how to ask differently.
func (e *Engine) decline(q *query, ranked []candidate, answer *Answer) {
	if answer.Articles == 0 {
		return
	}
	g := e.gapOf(q)
	answer.Missing = g.missing(q.wanted.Kind)
	answer.Advice = g.advise(answer.Missing)
	if answer.Verdict == Declined {
		answer.Near = g.near(ranked)
	}
}

// advise finds the one thing that helps most.
func (g *gap) advise(m Missing) Advice {
	if g.query.lang == text.Other && !lettered(g.query.text) {
		return Advice{Kind: AdviceDetail}
	}
	if g.query.lang == text.Other {
		return Advice{Kind: AdviceLanguage}
	}
	if severalQuestions(g.query.text) {
		return Advice{Kind: AdviceSplit}
	}
	if word := g.mistyped(m); word != "" {
		return Advice{AdviceSpelling, word}
	}
	if len(g.told) < 2 {
		return Advice{Kind: AdviceDetail}
	}
	if about := g.covered(m); about != "" {
		return Advice{AdviceBroader, about}
	}
	return Advice{Kind: AdviceName}
}

// severalQuestions reports whether there are words between two question marks.
func severalQuestions(s string) bool {
	n := 0
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '?' || r == '؟' }) {
		if strings.ContainsFunc(part, wordRune) {
			n++
		}
	}
	return n > 1
}

// lettered reports whether a text has letters, those of links apart: numbers are in no
// language.
func lettered(s string) bool {
	for word := range strings.FieldsSeq(s) {
		link := strings.Contains(word, "://") || strings.HasPrefix(word, "www.")
		if !link && strings.ContainsFunc(word, unicode.IsLetter) {
			return true
		}
	}
	return false
}

// mistyped returns the first of what is missing that has a word nobody knows and that can
// be a name.
func (g *gap) mistyped(m Missing) string {
	for _, phrase := range m.Words {
		for i := range g.told {
			t := &g.told[i]
			if t.unknown && len(t.holders) == 0 && g.within(t, []string{phrase}) && g.mayName(t) {
				return phrase
			}
		}
	}
	return ""
}

// mayName reports whether an unknown word can be a name: in English by its capital, which
// the first word has anyway, in Arabic unless it has the article.
func (g *gap) mayName(t *told) bool {
	word := g.query.text[g.terms[t.first].Start:g.terms[t.last].End]
	if arabic(word) {
		return !definite(word)
	}
	first, _ := utf8.DecodeRuneInString(word)
	return t.proper || t.first > 0 && unicode.IsUpper(first)
}

// mostCovered is how many words one is advised to ask about, but for a name.
const mostCovered = 2

// covered returns of the question the heaviest name or noun that there is coverage of,
// with what stands beside it in the same articles: of a name all of it. A noun must weigh
// much, unless all words are there, but apart.
func (g *gap) covered(m Missing) string {
	there := g.those(func(t *told) bool { return t.telling && t.year == 0 && t.holders.sure() && !g.within(t, m.Words) })
	for _, t := range there {
		from, to := g.around(t, m)
		if t.proper || g.noun(from) && (m.Apart != nil || t.weight >= bearsFrom*g.whole) {
			return g.text(from, to)
		}
	}
	return ""
}

// around returns the first and the last of the groups beside one that one is advised to
// ask about with it.
func (g *gap) around(t *told, m Missing) (from, to int) {
	from = slices.IndexFunc(g.told, func(x told) bool { return x.group == t.group })
	to = from
	fits := func(k, added int) bool {
		x := &g.told[k]
		return x.telling && x.holders.sure() && x.meets(t) && !g.within(x, m.Words) &&
			(x.proper && t.proper || to-from+added < mostCovered && len(g.told) > mostCovered)
	}
	for to+1 < len(g.told) && g.beside(to, 0) && fits(to+1, 1) {
		to++
	}
	for from > 0 && g.beside(from-1, 0) && fits(from-1, 1) {
		from--
	}
	return from, to
}

// within reports whether a group stands in one of some phrases of the question.
func (g *gap) within(t *told, phrases []string) bool {
	word := g.query.text[g.terms[t.first].Start:g.terms[t.last].End]
	return slices.ContainsFunc(phrases, func(s string) bool { return strings.Contains(s, word) })
}

// beforeNouns are the words after which comes no verb; «من» asks who, too.
var beforeNouns = set("the a an of in on at by about against between في علي عن بين ضد")

// withArticle are the Arabic article and what is written onto it.
var withArticle = [...]string{"ال", "لل", "بال", "وال", "فال", "كال"}

// noun reports whether a group is told to begin with no verb: by the word before it or by
// the article.
func (g *gap) noun(i int) bool {
	k := g.told[i].first
	if k > 0 && beforeNouns[g.terms[k-1].Norm] {
		return true
	}
	return definite(g.query.text[g.terms[k].Start:g.terms[k].End])
}

// definite reports whether an Arabic word has the article.
func definite(word string) bool {
	const leastLeft = 3
	for _, article := range withArticle {
		if bare, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(bare) >= leastLeft {
			return true
		}
	}
	return false
}

// bearsFrom is the share of the question's weight from which on an article that has none
// of its names bears on it.
const bearsFrom = 1.0 / 3

// near returns the first of the best articles that bears on the question by its words
// or else, unless a name is missing, the first that comes nearer in meaning than the
// nearest of as many unrelated passages would.
func (g *gap) near(ranked []candidate) *Report {
	if len(g.told) == 0 {
		return nil
	}
	ranked = ranked[:min(maxEvidence, len(ranked))]
	i := slices.IndexFunc(ranked, func(c candidate) bool { return g.bears(c.article) })
	nobody := slices.ContainsFunc(g.told, func(t told) bool { return t.absentName() })
	if i < 0 && !nobody {
		i = slices.IndexFunc(ranked, func(c candidate) bool { return c.encoded && c.cosine > unrelated(g.passages) })
	}
	if i < 0 {
		return nil
	}
	report := ReportOf(&ranked[i].article.Article)
	return &report
}

// bears reports whether an article surely has a name of the question, or much of its
// weight. The year alone does not tell.
func (g *gap) bears(a *article) bool {
	held := 0.0
	for i := range g.told {
		t := &g.told[i]
		if !t.telling || t.year != 0 || !t.holders[a] {
			continue
		}
		if t.proper {
			return true
		}
		held += t.weight
	}
	return held > 0 && held >= bearsFrom*g.whole
}

// leastUnrelated stands in where there are few passages to choose from, in deviations.
const leastUnrelated = 2

// unrelated is how far the largest of n cosines of unrelated texts lies above their
// mean, in deviations: that of n normal variables, asymptotically.
func unrelated(n int) float64 {
	return max(leastUnrelated, math.Sqrt(2*math.Log(float64(max(n, 1)))))
}
