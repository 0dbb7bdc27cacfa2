package answers

import (
	"encoding/json"

	"newsbot/retrieval"
)

// A Rate is a share. As JSON it is a number from 0 to 1, and null of nothing.
type Rate struct{ Right, Of int }

// Share is from 0 to 1; ok says that it is of something.
func (r Rate) Share() (share float64, ok bool) {
	if r.Of == 0 {
		return 0, false
	}
	return float64(r.Right) / float64(r.Of), true
}

// MarshalJSON implements [json.Marshaler].
func (r Rate) MarshalJSON() ([]byte, error) {
	share, ok := r.Share()
	if !ok {
		return []byte("null"), nil
	}
	return json.Marshal(share)
}

func (r *Rate) add(o Rate) {
	r.Right += o.Right
	r.Of += o.Of
}

// Figures are over questions. Of a refusal nothing is right. As JSON the names are stable.
type Figures struct {
	Questions    int `json:"questions"`
	Answerable   int `json:"answerable"`
	Unanswerable int `json:"unanswerable"`
	Premises     int `json:"premises"` // questions that take for granted what is not so
	// Verbatim is of the texts shown as quotes: those that are in the article, byte for
	// byte. Citation is of the articles told of: those that are there, with this title,
	// outlet, date and link. Both must be 1.
	Verbatim Rate `json:"verbatim_rate"`
	Citation Rate `json:"citation_rate"`
	// FirstRight and AnyRight are of what is answerable: the right sentence is the first
	// that is shown, which is not counted of timelines, or one of them.
	FirstRight Rate `json:"first_right"`
	AnyRight   Rate `json:"any_right"`
	// WindowRight is of the questions that say when: the days are those that are meant.
	// FalseWindows is of those without a number that do not: taken to say when.
	WindowRight  Rate `json:"window_right"`
	FalseWindows Rate `json:"false_windows"`
	// FalseAnswers is of what is unanswerable, and answered; FalseRefusals of what is
	// answerable, and not.
	FalseAnswers  Rate `json:"false_answers"`
	FalseRefusals Rate `json:"false_refusals"`
	// PremisesConfirmed is of the false premises: answered as if they held.
	// PremisesCorrected too: not confirmed, and what is so is quoted.
	PremisesConfirmed Rate `json:"premises_confirmed_rate"`
	PremisesCorrected Rate `json:"premises_corrected"`
	// KindRight is of what is answerable: the kind of answer is that which is asked for.
	KindRight Rate `json:"kind_right"`
	// Understood is of the questions that go on from one before: completed, and answered
	// right.
	Understood Rate `json:"understood"`
	// SaidByRight is of what somebody says: marked as said by them.
	SaidByRight Rate `json:"said_by_right"`
	// AgeTold is of the answers about the present: said to be old when they are, and only
	// then.
	AgeTold Rate `json:"age_told"`
	// FiguresListed is of questions for a figure that reports give differently: two of
	// them are listed.
	FiguresListed Rate `json:"figures_listed"`
	// CopiesNamed is of what two articles have nearly word for word: one is quoted, and
	// the other named.
	CopiesNamed Rate `json:"copies_named"`
}

// A NamedRate is a figure with its name in the JSON.
type NamedRate struct {
	Name string
	Rate Rate
}

// Rates are all figures that are shares, in the order of the JSON.
func (f *Figures) Rates() []NamedRate {
	all := make([]NamedRate, len(measures))
	for i, m := range measures {
		all[i] = NamedRate{m.name, *m.rate(f)}
	}
	return all
}

// A Report is what was measured. As JSON its field names are stable.
type Report struct {
	// Encoders are the names of the encoders that were asked.
	Encoders []string `json:"encoders"`
	Figures
	ByKind      map[string]*Figures `json:"by_kind"`
	ByDirection map[string]*Figures `json:"by_direction"` // as in "en->ar"; "en->none" when nothing tells
	// Missed are the questions of which something is not as it should be, in their order.
	Missed []Miss `json:"missed"`
}

// A Miss is a question of which something is not as it should be.
type Miss struct {
	ID       string            `json:"id"`
	Kind     string            `json:"kind"`
	Question string            `json:"question"`
	Verdict  retrieval.Verdict `json:"verdict"`
	Faults   []string          `json:"faults"` // names of figures
}

func newReport(e retrieval.Encoders) *Report {
	r := &Report{Encoders: []string{}, ByKind: map[string]*Figures{}, ByDirection: map[string]*Figures{}, Missed: []Miss{}}
	for _, enc := range []retrieval.Encoder{e.Strong, e.Quick} {
		if enc != nil {
			r.Encoders = append(r.Encoders, enc.ID())
		}
	}
	return r
}

// add judges an answer.
func (r *Report) add(a *asking) {
	miss := Miss{ID: a.ID, Kind: a.Kind, Question: a.Text, Verdict: a.answer.Verdict}
	into := []*Figures{&r.Figures, of(r.ByKind, a.Kind), of(r.ByDirection, a.direction())}
	for _, f := range into {
		f.count(a.Expect)
	}
	for _, m := range measures {
		rate := m.judge(a)
		for _, f := range into {
			m.rate(f).add(rate)
		}
		if m.fault && rate.Right > 0 || !m.fault && rate.Right < rate.Of {
			miss.Faults = append(miss.Faults, m.name)
		}
	}
	if len(miss.Faults) > 0 {
		r.Missed = append(r.Missed, miss)
	}
}

func of(all map[string]*Figures, name string) *Figures {
	if all[name] == nil {
		all[name] = &Figures{}
	}
	return all[name]
}

func (f *Figures) count(e Expectation) {
	f.Questions++
	switch e {
	case Answer:
		f.Answerable++
	case Decline:
		f.Unanswerable++
	case Premise:
		f.Premises++
	}
}
