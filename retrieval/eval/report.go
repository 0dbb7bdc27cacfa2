package eval

import (
	"slices"
	"time"

	"newsbot/retrieval/eval/provenance"
)

// A Report is what was measured. As JSON its field names are stable.
type Report struct {
	// Encoders are the names of the encoders that were asked.
	Encoders []string `json:"encoders"`
	// Cells are the pairings of languages, each over an index of its corpus
	// language alone.
	Cells []Cell `json:"cells"`
	// Mixed is nil unless it was asked for.
	Mixed *Mixed `json:"mixed,omitempty"`
	// Typing is nil unless it was asked for.
	Typing *Typing `json:"typing,omitempty"`
	// Provenance is nil unless it was asked for.
	Provenance *Provenance `json:"provenance,omitempty"`
}

// Provenance says how much of what is quoted, whatever the verdict, is as the articles have
// it. The rates are from 0 to 1, and 1 of nothing.
type Provenance struct {
	Quotes       int     `json:"quotes"`
	VerbatimRate float64 `json:"verbatim_rate"` // of the quotes, those that are in the article, byte for byte
	Cited        int     `json:"cited"`
	CitationRate float64 `json:"citation_rate"` // of the articles cited, those that are there and are told of as they are
}

func provenanceOf(c provenance.Count) *Provenance {
	rate := func(right, of int) float64 { return 1 - float64(of-right)/float64(max(of, 1)) }
	return &Provenance{c.Quotes, rate(c.Verbatim, c.Quotes), c.Cited, rate(c.Right, c.Cited)}
}

// A Cell is a language to ask in and a language to search in.
type Cell struct {
	QueryLang  string `json:"query_lang"`
	CorpusLang string `json:"corpus_lang"`
	// Documents is how many were indexed.
	Documents int `json:"documents"`
	// Overall is over the questions of all sets together.
	Overall Figures `json:"overall"`
	// Sets are the figures of each set that has both languages.
	Sets []SetFigures `json:"sets"`
	// Others is nil unless it was asked for.
	Others *Others `json:"others,omitempty"`
	// Calibration is nil when no question was asked for an answer.
	Calibration *Calibration `json:"calibration,omitempty"`
	Latency     Latency      `json:"latency"`
	// Run is the name of the TREC run, "" for none.
	Run string `json:"run,omitempty"`
}

// SetFigures are those of one set.
type SetFigures struct {
	Set string `json:"set"`
	Figures
}

// Figures are means over questions.
type Figures struct {
	Ranking
	// Answers is nil where no question has gold answers.
	Answers *Answers `json:"answers,omitempty"`
	// Found and Given say, of the same questions as Answers, where gold answers stand
	// in the quotes that would be shown if none was refused: of all that is found, and of
	// the relevant documents when these alone are to be quoted.
	Found *Quotes `json:"found,omitempty"`
	Given *Quotes `json:"given,omitempty"`
	// Unanswerable is nil where no question is or was answerable.
	Unanswerable *Unanswerable `json:"unanswerable,omitempty"`
	// Unjudged counts questions that no document of the corpus is relevant to.
	// They are in no other figure.
	Unjudged int `json:"unjudged"`
	// Unaskable counts questions that the engine refuses: those without a word
	// and those that are too long. They find nothing.
	Unaskable int `json:"unaskable"`
}

// Ranking says how well documents are ranked, relevance being binary. All but
// Questions are from 0 to 1.
type Ranking struct {
	Questions int     `json:"questions"`
	Hit1      float64 `json:"hit_at_1"` // a relevant document is first
	Hit5      float64 `json:"hit_at_5"` // one is among the first five
	Hit10     float64 `json:"hit_at_10"`
	MRR10     float64 `json:"mrr_at_10"`  // one over the rank of the first relevant one, if among ten
	NDCG10    float64 `json:"ndcg_at_10"` // Järvelin and Kekäläinen 2002
}

// Answers says where gold answers stand in what was answered: shares of the
// questions that have one and a relevant document in the index.
type Answers struct {
	Questions int     `json:"questions"`
	First     float64 `json:"first_quote"`   // in the first quote
	Any       float64 `json:"any_quote"`     // in any quote
	Passage   float64 `json:"cited_passage"` // in the passage that the first quote is from
	Refused   float64 `json:"refused"`       // not answered, which counts as none of these
}

// Quotes says where gold answers stand in what is quoted, whatever the verdict:
// shares of the questions that have one and a relevant document in the index.
type Quotes struct {
	Questions int     `json:"questions"`
	First     float64 `json:"first_quote"` // in the first quote
	Any       float64 `json:"any_quote"`   // in any quote, of which there are three at most
}

// Latency is how long a search takes, one after the other, in milliseconds; the
// encoding of the question is part of it. Questions that are refused are not timed.
type Latency struct {
	Questions int     `json:"questions"`
	P50       float64 `json:"p50_ms"`
	P95       float64 `json:"p95_ms"`
	P99       float64 `json:"p99_ms"`
	// Cached counts questions whose vectors were kept from before: their
	// encoding is not in the time.
	Cached int `json:"cached"`
}

// sums add up what Figures are the means of.
type sums struct {
	ranking      Ranking
	answers      Answers
	found, given Quotes
	verdicts     verdicts
	unjudged     int
	unaskable    int
}

// add adds the ranking of a question.
func (r *Ranking) add(ranking []string, relevant map[string]bool) {
	r.merge(Ranking{
		Questions: 1,
		Hit1:      hit(ranking, relevant, 1),
		Hit5:      hit(ranking, relevant, 5),
		Hit10:     hit(ranking, relevant, 10),
		MRR10:     reciprocalRank(ranking, relevant),
		NDCG10:    ndcg(ranking, relevant),
	})
}

// merge adds other sums.
func (r *Ranking) merge(o Ranking) {
	r.Questions += o.Questions
	r.Hit1 += o.Hit1
	r.Hit5 += o.Hit5
	r.Hit10 += o.Hit10
	r.MRR10 += o.MRR10
	r.NDCG10 += o.NDCG10
}

// answer adds the answer to a question.
func (s *sums) answer(q quoted) {
	a := &s.answers
	a.Questions++
	a.First += number(q.first)
	a.Any += number(q.any)
	a.Passage += number(q.passage)
	a.Refused += number(q.refused)
}

// add adds the quotes for a question.
func (s *Quotes) add(q quoted) { s.merge(Quotes{1, number(q.first), number(q.any)}) }

// merge adds other sums.
func (s *Quotes) merge(o Quotes) {
	s.Questions += o.Questions
	s.First += o.First
	s.Any += o.Any
}

// shares divides sums by the number of questions; nil of none.
func (s Quotes) shares() *Quotes {
	if s.Questions == 0 {
		return nil
	}
	n := float64(s.Questions)
	return &Quotes{s.Questions, s.First / n, s.Any / n}
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// merge adds what others have added up.
func (s *sums) merge(o sums) {
	s.ranking.merge(o.ranking)
	s.answers.Questions += o.answers.Questions
	s.answers.First += o.answers.First
	s.answers.Any += o.answers.Any
	s.answers.Passage += o.answers.Passage
	s.answers.Refused += o.answers.Refused
	s.found.merge(o.found)
	s.given.merge(o.given)
	s.verdicts.merge(o.verdicts)
	s.unjudged += o.unjudged
	s.unaskable += o.unaskable
}

func (s *sums) figures() Figures {
	f := Figures{Ranking: s.ranking.over(s.ranking.Questions), Unjudged: s.unjudged, Unaskable: s.unaskable}
	if n := float64(s.answers.Questions); n > 0 {
		a := s.answers
		f.Answers = &Answers{a.Questions, a.First / n, a.Any / n, a.Passage / n, a.Refused / n}
	}
	f.Found, f.Given = s.found.shares(), s.given.shares()
	f.Unanswerable = s.verdicts.figures()
	return f
}

// over divides sums by a number of questions.
func (r Ranking) over(questions int) Ranking {
	n := float64(max(questions, 1))
	return Ranking{r.Questions, r.Hit1 / n, r.Hit5 / n, r.Hit10 / n, r.MRR10 / n, r.NDCG10 / n}
}

// latency sums up how long searches took.
func latency(took []time.Duration, cached int) Latency {
	sorted := slices.Sorted(slices.Values(took))
	ms := func(p int) float64 { return float64(percentile(sorted, p).Microseconds()) / 1000 }
	return Latency{len(took), ms(50), ms(95), ms(99), cached}
}
