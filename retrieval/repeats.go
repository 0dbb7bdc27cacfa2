package retrieval

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// The quotes of an answer say different things. Two sentences say the same when
// their vectors lie near and nothing in words contradicts it: the second has no
// number and no name that the first lacks, and only both or neither deny.
//
// The bounds are in deviations, of vectors centred by language. Of 990 sentences
// and their translations, .87 lie at 8 and above (.91 medicine, .79 and .87 news
// and encyclopedias); of neighbours across the languages .05 of medicine alone and
// none of news. Of 2,350 neighbours in one language .032 lie at 9 and above, .009
// when most of the words are shared too, and the most of these do say the same.
const (
	nearAcross = 8 // between languages
	nearWithin = 9 // within one, together with
	nearWords  = 0.55
	// alikeWords is what sentences share of their words that say the same without
	// vectors, or whatever these say.
	alikeWords = 0.85
	// fewestWords is how many words a sentence has that can be compared by them.
	fewestWords = 3
)

// A thought is what a sentence says, as others are compared with it.
type thought struct {
	language text.Language
	words    []string // stems that are no function words, each once
	names    []string // in Latin capitals, not counting the first word; and days
	numbers  []string
	denies   bool
	vector   []float32 // centred; nil when there is none
}

// thoughtOf returns what the i-th sentence of a page says, whose words must have
// been looked at.
func (q *query) thoughtOf(p *page, i int) thought {
	content := p.text(i)
	t := thought{language: p.article.Language, numbers: text.Numbers(content)}
	t.vector, _ = q.strong.sentenceOf(p.article.Language, p.hashes[i])
	for k, w := range p.terms[i] {
		t.denies = t.denies || denies(w.Norm)
		if w.Stop {
			continue
		}
		if !slices.Contains(t.words, w.Stem) {
			t.words = append(t.words, w.Stem)
		}
		if k > 0 && capitalAt(content, w.Start) || dayNames[w.Norm] {
			t.names = append(t.names, w.Stem)
		}
	}
	return t
}

// thoughtsOf returns what a quote says: its sentence and those joined to it.
func (q *query) thoughtsOf(s *sentence, c *Citation) []thought {
	var all []thought
	for i := s.index; i >= s.from && s.page.sentences[i].Start >= c.Quote.Start; i-- {
		all = append(all, q.thoughtOf(s.page, i))
	}
	return all
}

var denials = set(text.Normalize("no not never neither nor none nobody nothing without cannot لا لم لن ليس ليست ليسوا لست لسنا دون بدون عدم غير"))

// denies reports whether a word, with or without a conjunction, denies.
func denies(word string) bool {
	return denials[word] || strings.HasSuffix(word, "n't") || strings.HasSuffix(word, "n’t") ||
		denials[strings.TrimPrefix(word, "و")] || denials[strings.TrimPrefix(word, "ف")]
}

// repeats reports whether one of the thoughts said before says what t says, or all
// of them together do in the same words.
func (q *query) repeats(said []thought, t thought) bool {
	var whole thought
	for _, s := range said {
		if q.same(s, t) {
			return true
		}
		whole.language, whole.denies = s.language, whole.denies || s.denies
		whole.words = append(whole.words, s.words...)
		whole.names = append(whole.names, s.names...)
		whole.numbers = append(whole.numbers, s.numbers...)
	}
	return q.same(whole, t)
}

// same reports whether t says nothing that s, which was said before, does not.
func (q *query) same(s, t thought) bool {
	near, known := q.nearness(s, t)
	if s.denies != t.denies || !within(t.numbers, s.numbers) {
		return false
	}
	if s.language != t.language {
		return known && near >= nearAcross && len(s.numbers) == len(t.numbers)
	}
	if !within(t.names, s.words) || len(t.words) < fewestWords {
		return false
	}
	common := shared(t.words, s.words)
	return common >= alikeWords || known && near >= nearWithin && common >= nearWords
}

// nearness is the cosine of two thoughts, in deviations; false when a vector is
// missing.
func (q *query) nearness(s, t thought) (z float64, ok bool) {
	if s.vector == nil || t.vector == nil {
		return 0, false
	}
	spread := q.strong.known.SentenceSpread(background.Direction{Question: s.language, Passage: t.language})
	return spread.Z(dot(s.vector, t.vector)), true
}

// within reports whether all of some are among others.
func within(some, others []string) bool {
	return !slices.ContainsFunc(some, func(x string) bool { return !slices.Contains(others, x) })
}

// shared is the part of wanted that have holds.
func shared(wanted, have []string) float64 {
	n := 0
	for _, w := range wanted {
		if slices.Contains(have, w) {
			n++
		}
	}
	return float64(n) / float64(len(wanted))
}
