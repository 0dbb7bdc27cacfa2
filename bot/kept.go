package bot

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/claims"
	"newsbot/retrieval/dates"
)

// A keptAnswer is what is kept of an answer for the buttons under it: where its
// quotes stand, not what they say, so that a button never shows what has been
// removed or changed since.
type keptAnswer struct {
	Language  text.Language
	Asked     text.Language
	Verdict   retrieval.Verdict
	AsOf      corpus.Date
	Articles  int
	Pending   int
	Citations []keptCitation
	// How it was asked for.
	Only   text.Language `json:",omitempty"`
	Newest bool          `json:",omitempty"`
	Except []string      `json:",omitempty"` // IDs of articles
	Head   head          `json:",omitempty"`
	Again  bool          `json:",omitempty"`
	ByDate bool          `json:",omitempty"`
	Given  corpus.Date   `json:",omitzero"`  // when the answer was given that this one is, opened in another chat
	Within []string      `json:",omitempty"` // IDs of articles
	Digest *digestHead   `json:",omitempty"`
	// What else was found.
	Probability float64
	Evidence    []keptEvidence  `json:",omitempty"`
	Languages   []text.Language `json:",omitempty"`
	More        bool            `json:",omitempty"`
	// What was said when there was no answer.
	Missing retrieval.Missing `json:",omitzero"`
	Advice  retrieval.Advice  `json:",omitzero"`
	// How the question was understood, and what was said of the answer.
	Kind          retrieval.Kind `json:",omitempty"`
	Understood    string         `json:",omitempty"`
	Window        dates.Window   `json:",omitzero"`
	Outside       bool           `json:",omitempty"`
	Ahead         bool           `json:",omitempty"`
	BadDate       string         `json:",omitempty"`
	Outlet        string         `json:",omitempty"`
	Elsewhere     bool           `json:",omitempty"`
	Verbatim      bool           `json:",omitempty"`
	Stale         bool           `json:",omitempty"`
	Disagreements []keptFigures  `json:",omitempty"`
	Reports       []string       `json:",omitempty"` // IDs of articles
	Near          string         `json:",omitempty"` // ID of an article
	// Written is what a model has written of it.
	Written written `json:",omitzero"`
	// Parts is how many messages it was sent as; 0 when that was not noted yet.
	Parts int
	// Suggestions are the questions that are suggested under it, and SuggestedFrom the IDs of the articles that they were
	// taken from.
	Suggestions   []string `json:",omitempty"`
	SuggestedFrom []string `json:",omitempty"`
}

// A keptEvidence is a passage that was found.
type keptEvidence struct {
	Article string // IDs
	Passage string
	Score   float64
}

type keptCitation struct {
	N       int
	Article string // IDs
	Passage string
	Quote   keptQuote
	Context *keptQuote
	// What stands under it.
	Times   []retrieval.Time  `json:",omitempty"`
	Claim   *keptClaim        `json:",omitempty"`
	Glosses []retrieval.Gloss `json:",omitempty"`
	Also    []string          `json:",omitempty"` // IDs of articles
	// AlsoMore is how many more have the quote.
	AlsoMore int `json:",omitempty"`
	// When is the time that a timeline has it at.
	When     dates.Window `json:",omitzero"`
	Reported bool         `json:",omitempty"`
}

// A keptClaim is where the speaker of a quote is named.
type keptClaim struct {
	Start, End int
	Kind       claims.Kind
	Also       *keptClaim `json:",omitempty"`
}

// A keptQuote is a byte range of a body, with the sum of what stood there.
type keptQuote struct {
	Start, End int
	Sum        string
}

// keepAnswer encodes an answer that is sent as so many parts.
func keepAnswer(a answering, parts int) ([]byte, error) {
	kept := keptAnswer{
		Language: a.Language, Asked: a.Asked, Verdict: a.Verdict,
		AsOf: a.AsOf, Articles: a.Articles, Pending: a.Pending,
		Only: a.view.only, Newest: a.view.newest, Except: a.except, Head: a.head, Again: a.again, ByDate: a.byDate, Within: a.within, Digest: a.digest,
		Probability: a.Probability, Languages: a.Languages, More: a.More, Missing: a.Missing, Advice: a.Advice, Parts: parts,
		Kind: a.Kind, Understood: a.Understood, Window: a.Window, Outside: a.Outside, Ahead: a.Ahead, BadDate: a.BadDate,
		Outlet: a.Outlet, Elsewhere: a.Elsewhere, Verbatim: a.Verbatim, Stale: a.Stale, Disagreements: keepFigures(a.Disagreements), Reports: keepReports(a.Reports),
		Suggestions: a.suggested, SuggestedFrom: a.suggestedFrom, Written: a.written,
	}
	for _, c := range a.Citations {
		kept.Citations = append(kept.Citations, keepCitation(c))
	}
	if a.Near != nil {
		kept.Near = a.Near.ArticleID
	}
	for _, e := range a.Evidence {
		kept.Evidence = append(kept.Evidence, keptEvidence{e.ArticleID, e.PassageID, e.Score})
	}
	return kept.encode()
}

func (k keptAnswer) encode() ([]byte, error) { return json.Marshal(k) }

func keepCitation(c retrieval.Citation) keptCitation {
	k := keptCitation{
		N: c.N, Article: c.ArticleID, Passage: c.PassageID, Quote: keepQuote(c.Quote),
		Times: c.Times, Glosses: c.Glosses, Also: keepReports(c.Also), AlsoMore: c.AlsoMore,
		When: c.When, Reported: c.Reported,
	}
	if c.Context != nil {
		context := keepQuote(*c.Context)
		k.Context = &context
	}
	k.Claim = keepClaim(c.Claim)
	return k
}

func keepQuote(q retrieval.Quote) keptQuote { return keptQuote{q.Start, q.End, sum(q.Text)} }

// sum tells texts apart.
func sum(s string) string {
	hash := corpus.TextHash(s)
	return hex.EncodeToString(hash[:8])
}

func decodeAnswer(data []byte) (keptAnswer, error) {
	var kept keptAnswer
	if err := json.Unmarshal(data, &kept); err != nil {
		return keptAnswer{}, fmt.Errorf("reading a kept answer: %w", err)
	}
	return kept, nil
}

func (k keptAnswer) view() view { return view{k.Only, k.Newest} }

// seen are the articles that the reader has seen by this answer.
func (k keptAnswer) seen() []string {
	seen := slices.Clone(k.Except)
	for _, c := range k.Citations {
		if !slices.Contains(seen, c.Article) {
			seen = append(seen, c.Article)
		}
	}
	return append(seen, k.Reports...)
}

// A recalled is an answer that is read back.
type recalled struct {
	journal.Answer
	kept   keptAnswer
	beside besides
}

// recall returns the answer that a button with its key is under; ok is false when
// there is none any more, or when it is another chat's.
func (t turn) recall(ctx context.Context, key string) (r recalled, ok bool, err error) {
	a, err := t.Journal.Answer(ctx, key)
	if errors.Is(err, journal.ErrNotFound) || err == nil && a.Chat != t.Chat {
		return recalled{}, false, nil
	}
	if err != nil {
		return recalled{}, false, err
	}
	r, err = t.readBack(ctx, a)
	return r, err == nil, err
}

// readBack reads what is kept of an answer.
func (d *Dialogue) readBack(ctx context.Context, a journal.Answer) (recalled, error) {
	kept, err := decodeAnswer(a.Data)
	if err != nil {
		return recalled{}, err
	}
	if err := d.dropSuggestions(ctx, &kept); err != nil {
		return recalled{}, err
	}
	beside, err := d.besidesOf(ctx, kept)
	return recalled{a, kept, beside}, err
}

// answering is the answer as it is to be shown now.
func (r recalled) answering(sources []origin) answering {
	k := r.kept
	a := k.answer(sources)
	a.Question, a.Probability, a.Languages, a.More = r.Question, k.Probability, k.Languages, k.More
	a.Missing, a.Advice = k.Missing, k.Advice
	a.Kind, a.Understood, a.Window, a.Outside, a.Ahead, a.BadDate = k.Kind, k.Understood, k.Window, k.Outside, k.Ahead, k.BadDate
	a.Elsewhere, a.Verbatim = k.Elsewhere, k.Verbatim
	a.Outlet, a.Stale, a.Disagreements, a.Reports = k.Outlet, k.Stale, r.beside.disagreements, r.beside.reports
	a.Near = r.beside.near
	for _, e := range k.Evidence {
		a.Evidence = append(a.Evidence, retrieval.Result{ArticleID: e.Article, PassageID: e.Passage, Score: e.Score})
	}
	how := asking{
		view: k.view(), again: k.Again, except: k.Except, head: k.Head, kind: k.Kind,
		byDate: k.ByDate, within: k.Within, digest: k.Digest,
	}
	return answering{
		Answer: a, asking: how, key: r.Key, origin: r.Shared, given: k.Given,
		suggested: k.Suggestions, suggestedFrom: k.SuggestedFrom, written: k.Written.standing(sources),
	}
}

// messageOf is the number of the message with an answer whose button was pressed.
func (t turn) messageOf(r recalled) int {
	if t.Fixed {
		return r.Reply
	}
	return t.Message
}

// An origin is a citation as it is in the collection now, with its passage.
type origin struct {
	retrieval.Citation
	passage passage
	gone    bool // the article is not there, or says something else
}

// there are those sources that are not gone.
func there(sources []origin) []origin {
	return slices.DeleteFunc(slices.Clone(sources), func(s origin) bool { return s.gone })
}

// sourcesOf returns the citations of a kept answer, in its order.
func (d *Dialogue) sourcesOf(ctx context.Context, kept keptAnswer) ([]origin, error) {
	var sources []origin
	for _, k := range kept.Citations {
		s, err := d.sourceOf(ctx, k)
		if err != nil {
			return nil, err
		}
		sources = append(sources, s)
	}
	return sources, nil
}

// sourceOf returns one of them.
func (d *Dialogue) sourceOf(ctx context.Context, k keptCitation) (origin, error) {
	a, passages, err := d.Library.Full(ctx, k.Article)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return origin{}, err
	}
	s := origin{gone: true}
	if err == nil {
		s = k.origin(a, passages)
	}
	s.N = k.N
	if !s.gone {
		s.Also, err = d.reportsOf(ctx, k.Also)
		return s, err
	}
	return s, nil
}

// origin finds a citation in its article.
func (k keptCitation) origin(a corpus.Article, passages []corpus.Passage) origin {
	quote, ok := k.Quote.in(a.Body)
	if !ok {
		return origin{gone: true}
	}
	s := origin{Citation: retrieval.Citation{
		ArticleID: a.ID, PassageID: k.Passage, Title: a.Title, Source: a.Source, URL: a.URL,
		Published: a.Published, Corrected: a.Corrected, Language: a.Language, Quote: quote,
	}}
	if k.Context != nil {
		context, ok := k.Context.in(a.Body)
		if !ok {
			return origin{gone: true}
		}
		s.Context = &context
	}
	s.Times, s.Glosses, s.AlsoMore = k.Times, k.Glosses, k.AlsoMore
	s.When, s.Reported = k.When, k.Reported
	s.Claim = k.Claim.in(a.Body)
	s.passage = around(a.Body, quote, k.Passage, passages)
	return s
}

// in returns the quote from a body, if it still stands there.
func (q keptQuote) in(body string) (retrieval.Quote, bool) {
	if q.Start < 0 || q.Start > q.End || q.End > len(body) || sum(body[q.Start:q.End]) != q.Sum {
		return retrieval.Quote{}, false
	}
	return retrieval.Quote{Text: body[q.Start:q.End], Start: q.Start, End: q.End}, true
}

// around is the passage around a quote, which may reach beyond it.
func around(body string, quote retrieval.Quote, id string, passages []corpus.Passage) passage {
	start, end := quote.Start, quote.End
	for _, p := range passages {
		if p.ID == id {
			start, end = min(start, p.Start), max(end, p.End)
		}
	}
	return passage{before: body[start:quote.Start], quote: quote.Text, after: body[quote.End:end]}
}
