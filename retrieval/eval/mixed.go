package eval

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"time"
)

// Mixed says how much is lost when two languages share an index. Two indexes
// hold each document in one language only: in one the documents whose hash (the
// 32-bit FNV-1a of the id) is even are in the first language and the odd ones in
// the second, in the other the other way round; one that there is in one
// language alone is in both of them in that. Figures are over the questions of
// both indexes.
type Mixed struct {
	Cells []MixedCell `json:"cells"`
	// MeanLoss and WorstLoss are over the cells, and so are Hit10, the mean, and
	// LowestHit10.
	MeanLoss    float64 `json:"mean_loss"`
	WorstLoss   float64 `json:"worst_loss"`
	Hit10       float64 `json:"mean_hit_at_10"`
	LowestHit10 float64 `json:"lowest_hit_at_10"`
	Latency     Latency `json:"latency"`
}

// A MixedCell holds the questions of one language with relevant documents that
// stand in an index in one language. The other documents that are relevant to
// them neither help nor hurt.
type MixedCell struct {
	QueryLang  string `json:"query_lang"`
	CorpusLang string `json:"corpus_lang"`
	MixedFigures
	Sets []MixedSet `json:"sets"`
}

// MixedSet has the figures of one set.
type MixedSet struct {
	Set string `json:"set"`
	MixedFigures
}

// MixedFigures are means over the questions of a cell.
type MixedFigures struct {
	Ranking
	// Alone is the nDCG@10 of the same questions over the index of all documents
	// in the one language, Loss what is missing to it.
	Alone float64 `json:"alone_ndcg_at_10"`
	Loss  float64 `json:"loss"`
}

// mixedSums add up what MixedFigures are the means of.
type mixedSums struct {
	ranking Ranking
	alone   float64
}

func (s *mixedSums) figures() MixedFigures {
	f := MixedFigures{Ranking: s.ranking.over(s.ranking.Questions), Alone: s.alone / float64(max(s.ranking.Questions, 1))}
	f.Loss = f.Alone - f.NDCG10
	return f
}

// A mixing puts documents of two languages into one index.
type mixing struct {
	languages [2]string
	swapped   uint32 // 0 or 1
}

// language is the one in which a document stands in the index.
func (m mixing) language(s *Set, id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails
	lang := m.languages[(h.Sum32()+m.swapped)%2]
	if s.has(id, lang) {
		return lang
	}
	return m.other(lang)
}

func (m mixing) other(lang string) string {
	if lang == m.languages[0] {
		return m.languages[1]
	}
	return m.languages[0]
}

// name is what the index is called in progress.
func (m mixing) name() string { return fmt.Sprintf("mixed %d", m.swapped+1) }

// documents are those of all sets that are not dropped.
func (m mixing) documents(p *plan) []placed {
	var all []placed
	for _, s := range p.sets {
		for _, lang := range m.languages {
			leftOut := p.leftOut(s)
			all = append(all, s.place(lang, func(id string) string { return p.name(s, id) }, func(id string) bool {
				return leftOut(id) || m.language(s, id) != lang
			})...)
		}
	}
	return all
}

// mixedLanguages are the two that are mixed.
func (p *plan) mixedLanguages(query, corpus string) (two [2]string, err error) {
	all := map[string]bool{}
	for _, s := range p.sets {
		for lang := range s.Documents {
			all[lang] = true
		}
	}
	langs := slices.Sorted(maps.Keys(all))
	switch {
	case query != "" && corpus != "" && query != corpus:
		langs = []string{min(query, corpus), max(query, corpus)}
	case query != "" || corpus != "":
		return two, errors.New("two different languages are mixed: name both of them or none")
	case len(langs) != 2:
		return two, fmt.Errorf("two languages are mixed, but there are documents in %s: name the two with the query language and the corpus language", strings.Join(langs, ", "))
	}
	return [2]string(langs), nil
}

// mixed measures the cells of both indexes. alone has what the indexes of one
// language gave.
func (r *runner) mixed(ctx context.Context, alone rankings) (*Mixed, error) {
	m := &mixedMeasurement{runner: r, alone: alone, sums: map[pair][]mixedSums{}}
	for _, c := range r.plan.pairs {
		m.sums[c] = make([]mixedSums, len(r.plan.sets))
	}
	for swapped := range uint32(2) {
		if err := m.measure(ctx, mixing{r.plan.mixed, swapped}); err != nil {
			return nil, err
		}
	}
	return m.report(), nil
}

// rankings are the ids of documents by cell and question, best first.
type rankings map[pair]map[string][]string

func (r rankings) add(c pair, question string, ids []string) {
	if r[c] == nil {
		r[c] = map[string][]string{}
	}
	r[c][question] = ids
}

// A mixedMeasurement adds up what both indexes give.
type mixedMeasurement struct {
	*runner
	alone  rankings
	sums   map[pair][]mixedSums // by set of the plan
	took   []time.Duration
	cached int
}

// measure asks all questions of one index.
func (m *mixedMeasurement) measure(ctx context.Context, mix mixing) (err error) {
	x, err := m.indexes.make(ctx, mix.name(), mix.documents(m.plan))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	for _, lang := range mix.languages {
		if err := m.ask(ctx, x, mix, lang); err != nil {
			return err
		}
	}
	return nil
}

// ask asks the questions of one language.
func (m *mixedMeasurement) ask(ctx context.Context, x *index, mix mixing, lang string) error {
	for i, s := range m.plan.sets {
		for n, q := range s.Questions[lang] {
			m.Progress(Progress{Index: mix.name(), Pair: lang + "->" + mix.name(), Asked: n, Questions: len(s.Questions[lang])})
			relevant := m.relevant(s, q, mix)
			if len(relevant) == 0 {
				continue
			}
			before := m.hits()
			found, err := x.search(ctx, q, m.Now)
			if err != nil {
				return err
			}
			if !found.unaskable {
				m.took = append(m.took, found.took)
			}
			if m.hits() > before {
				m.cached++
			}
			m.score(i, m.plan.name(s, q.ID), lang, found.ids(), relevant)
		}
	}
	return nil
}

// relevant are the documents that answer a question, by the language in which
// they stand in the index.
func (m *mixedMeasurement) relevant(s *Set, q Question, mix mixing) map[string]map[string]bool {
	out, leftOut := map[string]map[string]bool{}, m.plan.leftOut(s)
	for _, d := range s.Relevant[q.ID] {
		lang := mix.language(s, d)
		if leftOut(d) || !s.has(d, lang) {
			continue
		}
		if out[lang] == nil {
			out[lang] = map[string]bool{}
		}
		out[lang][m.plan.name(s, d)] = true
	}
	return out
}

// score adds a ranking to the cells of the languages of its relevant documents.
func (m *mixedMeasurement) score(set int, question, lang string, ids []string, relevant map[string]map[string]bool) {
	for corpus, those := range relevant {
		c := pair{lang, corpus}
		others := func(d string) bool {
			for l, r := range relevant {
				if l != corpus && r[d] {
					return true
				}
			}
			return false
		}
		s := &m.sums[c][set]
		s.ranking.add(without(ids, others), those)
		s.alone += ndcg(without(m.alone[c][question], others), those)
	}
}

// without returns a ranking without some of its documents.
func without(ids []string, drop func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(ids), drop)
}

// report makes figures of the sums.
func (m *mixedMeasurement) report() *Mixed {
	out := &Mixed{Cells: []MixedCell{}, Latency: latency(m.took, m.cached)}
	for _, c := range m.plan.pairs {
		out.Cells = append(out.Cells, m.cell(c))
	}
	out.LowestHit10 = 1
	for i, c := range out.Cells {
		n := float64(len(out.Cells))
		out.MeanLoss += c.Loss / n
		out.Hit10 += c.Hit10 / n
		out.LowestHit10 = min(out.LowestHit10, c.Hit10)
		if i == 0 || c.Loss > out.WorstLoss {
			out.WorstLoss = c.Loss
		}
	}
	return out
}

func (m *mixedMeasurement) cell(c pair) MixedCell {
	out := MixedCell{QueryLang: c.query, CorpusLang: c.corpus}
	var all mixedSums
	for i, s := range m.plan.sets {
		sums := m.sums[c][i]
		if sums.ranking.Questions == 0 {
			continue
		}
		out.Sets = append(out.Sets, MixedSet{s.Name, sums.figures()})
		all.ranking.merge(sums.ranking)
		all.alone += sums.alone
	}
	out.MixedFigures = all.figures()
	return out
}
