package eval

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/eval/typing"
)

// Typing says how much is lost when questions are typed as people type them:
// with the letters of another keyboard, in capitals, with a slip of the finger.
type Typing struct {
	Cells []TypingCell `json:"cells"`
	// WorstLoss is over the cells.
	WorstLoss float64 `json:"worst_loss"`
}

// A TypingCell holds the questions of a [Cell], all typed in one way.
type TypingCell struct {
	QueryLang  string `json:"query_lang"`
	CorpusLang string `json:"corpus_lang"`
	// Way is the name of one of typing.Variants.
	Way string `json:"way"`
	TypingFigures
	Sets []TypingSet `json:"sets"`
}

// TypingSet has the figures of one set.
type TypingSet struct {
	Set string `json:"set"`
	TypingFigures
}

// TypingFigures are means over the questions of a cell, those that typing does
// not change among them.
type TypingFigures struct {
	Ranking
	// Plain is the nDCG@10 of the same questions as they are, Loss what is missing
	// to it.
	Plain float64 `json:"plain_ndcg_at_10"`
	Loss  float64 `json:"loss"`
	// Changed counts the questions that are typed in another way than they were.
	Changed int `json:"changed"`
}

// typingSums add up what TypingFigures are the means of.
type typingSums struct {
	ranking Ranking
	plain   float64
	changed int
}

func (s *typingSums) merge(o typingSums) {
	s.ranking.merge(o.ranking)
	s.plain += o.plain
	s.changed += o.changed
}

func (s *typingSums) figures() TypingFigures {
	f := TypingFigures{
		Ranking: s.ranking.over(s.ranking.Questions),
		Plain:   s.plain / float64(max(s.ranking.Questions, 1)), Changed: s.changed,
	}
	f.Loss = f.Plain - f.NDCG10
	return f
}

// waysToType are the ways of typing questions of a language.
func waysToType(lang string) []typing.Variant {
	return slices.DeleteFunc(typing.Variants(), func(v typing.Variant) bool { return v.Language != text.Language(lang) })
}

// checkTyping refuses a plan none of whose questions could be typed in any way.
func (p *plan) checkTyping() error {
	var langs []string
	for _, c := range p.pairs {
		if len(waysToType(c.query)) > 0 {
			return nil
		}
		langs = append(langs, c.query)
	}
	slices.Sort(langs)
	return fmt.Errorf("ways of typing are known of questions in ar and en, but they are in %s", strings.Join(slices.Compact(langs), ", "))
}

// typed asks the questions of a cell again, in every way of typing them. plain
// has what was found for them as they are.
func (r *runner) typed(ctx context.Context, x *index, c pair, plain map[string][]string) ([]TypingCell, error) {
	var cells []TypingCell
	all := slices.DeleteFunc(r.plan.judgements(c), func(j judgement) bool { return !j.judged() })
	for _, way := range waysToType(c.query) {
		sums := make([]typingSums, len(r.plan.sets))
		for n, j := range all {
			r.Progress(Progress{Index: c.corpus, Pair: c.String() + ", " + way.Name, Asked: n, Questions: len(all)})
			one, err := r.typedOnce(ctx, x, j, way, plain[j.id])
			if err != nil {
				return nil, err
			}
			sums[j.set].merge(one)
		}
		cells = append(cells, r.typingCell(c, way, sums))
	}
	return cells, nil
}

// typedOnce asks a question in one way of typing it. One that is typed as it was
// need not be asked again.
func (r *runner) typedOnce(ctx context.Context, x *index, j judgement, way typing.Variant, plain []string) (typingSums, error) {
	s := typingSums{plain: ndcg(plain, j.relevant)}
	q := j.Question
	if q.Text = way.Apply(j.Text, seed(j.ID)); q.Text == j.Text {
		s.ranking.add(plain, j.relevant)
		return s, nil
	}
	found, err := x.search(ctx, q, r.Now)
	if err != nil {
		return s, fmt.Errorf("typed as %s: %w", way.Name, err)
	}
	s.changed = 1
	s.ranking.add(found.ids(), j.relevant)
	return s, nil
}

// seed is that of what is left to chance in typing a question: the same in every
// run, whatever other questions there are.
func seed(question string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(question)) // never fails
	return h.Sum64()
}

// typingCell makes figures of sums by set.
func (r *runner) typingCell(c pair, way typing.Variant, sums []typingSums) TypingCell {
	out := TypingCell{QueryLang: c.query, CorpusLang: c.corpus, Way: way.Name}
	var all typingSums
	for i, s := range r.plan.sets {
		if sums[i].ranking.Questions == 0 {
			continue
		}
		out.Sets = append(out.Sets, TypingSet{s.Name, sums[i].figures()})
		all.merge(sums[i])
	}
	out.TypingFigures = all.figures()
	return out
}

// add takes in the cells of a pair of languages.
func (t *Typing) add(cells []TypingCell) {
	for _, c := range cells {
		if len(t.Cells) == 0 || c.Loss > t.WorstLoss {
			t.WorstLoss = c.Loss
		}
		t.Cells = append(t.Cells, c)
	}
}
