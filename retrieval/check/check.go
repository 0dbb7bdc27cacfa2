// Package check says whether a sentence that a model has written is borne out by
// the passages that it cites: by their numbers, dates and names, by what they
// deny, by who says what in them, and by their meaning, in Arabic and English and
// from one to the other.
//
// Begin with [Checker.Check].
package check

import (
	"context"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/lexicon"
)

// A Source is a passage that sentences cite by its number.
type Source struct {
	N         int    // from 1
	Text      string // of the passage, as the article has it
	Title     string // of the article
	Outlet    string
	Published corpus.Date   // zero when unknown
	Language  text.Language // of the article
}

// A Claim is a sentence with what it cites.
type Claim struct {
	Text     string        // without marks
	Language text.Language // that it is to be in
	Sources  []Source      // those cited, at least one
}

// A Kind says what is wrong with a claim.
type Kind string

// The kinds, in the order in which they are looked for.
const (
	Fine     Kind = ""         // nothing
	Uncited  Kind = "uncited"  // no source
	Language Kind = "language" // it is in another one
	Quoted   Kind = "quote"    // what stands in quotation marks stands in no source
	Number   Kind = "number"
	Date     Kind = "date"
	Name     Kind = "name"
	Negation Kind = "negation" // it denies what the source says, or the other way round
	Speaker  Kind = "speaker"  // somebody else says it
	Meaning  Kind = "meaning"  // no sentence of the source says the like
)

// A Fault is why a claim does not stand; the zero Fault is none.
type Fault struct {
	Kind Kind
	What string // the words at fault; "" when it is all of it. Not for readers.
}

// An Encoder gives unit vectors of texts; retrieval's encoders are such.
type Encoder interface {
	Passages(ctx context.Context, texts []string) ([][]float32, error)
}

// A Config is what a checker works with. All but Quick must be set.
type Config struct {
	Encoder  Encoder // the built-in e5: the thresholds are measured with it
	Quick    Encoder // the built-in USE, whose errors are others; nil for none, which finds less
	Analyzer *text.Analyzer
	Lexicon  func() *lexicon.Lexicon // the one in use
	Calendar *dates.Calendar
}

// A Checker checks claims. It is safe for concurrent use.
type Checker struct {
	config Config
	memory memory // of what was read
}

// New returns a checker.
func New(c Config) *Checker { return &Checker{config: c} }

// Check returns what is wrong with a claim, the first thing found. Its errors
// are those of the encoder and of ctx.
func (c *Checker) Check(ctx context.Context, claim Claim) (Fault, error) {
	for _, look := range []func(context.Context, Claim) (Fault, error){
		c.cited, c.language, c.quotes, c.numbers, c.dates, c.names, c.belongings, c.negations, c.speakers, c.meaning,
	} {
		f, err := look(ctx, claim)
		if err != nil || f.Kind != Fine {
			return f, err
		}
	}
	return Fault{}, nil
}

func (c *Checker) cited(_ context.Context, claim Claim) (Fault, error) {
	if len(claim.Sources) == 0 {
		return Fault{Kind: Uncited}, nil
	}
	return Fault{}, nil
}
