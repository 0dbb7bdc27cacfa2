// Package writer has a language model write answers from numbered passages, and
// lets nothing of it through that is not cited and borne out: every sentence is
// checked against the passages that it cites, and when too little is left there
// is no written answer, only the quotes.
//
// Begin with [Writer.Write]. What articles say is data to the model, and what
// the model says is data to us: neither can do more than have a sentence left out.
package writer

import (
	"context"
	"iter"
	"log/slog"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/check"
	"newsbot/retrieval/llm"
)

// A Model writes; [llm.Client] is one.
type Model interface {
	Model() string
	Stream(ctx context.Context, messages []llm.Message, limit int) iter.Seq2[string, error]
}

// A Checker checks sentences; [check.Checker] is one.
type Checker interface {
	Check(ctx context.Context, claim check.Claim) (check.Fault, error)
}

// A Library has the articles that answers cite. The error for one that is not
// there is [io/fs.ErrNotExist].
type Library interface {
	Full(ctx context.Context, id string) (corpus.Article, []corpus.Passage, error)
}

// DefaultLimit is how long a model may take for an answer or a translation, unless
// [Config] says otherwise.
const DefaultLimit = 20 * time.Second

// A Config is what a writer works with.
type Config struct {
	Model   Model
	Checker Checker
	Limit   time.Duration    // 0 is [DefaultLimit]
	Now     func() time.Time // nil is time.Now
	Logger  *slog.Logger     // gets causes, never texts; nil discards
}

// A Writer has answers written and quotes translated. It is safe for concurrent
// use.
type Writer struct {
	config  Config
	rest    rest
	slots   chan struct{} // one is taken while the model is asked
	done    cache         // of translations
	newCode func() string
}

// New returns a writer. It asks nobody.
func New(c Config) *Writer {
	if c.Limit <= 0 {
		c.Limit = DefaultLimit
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return &Writer{config: c, slots: make(chan struct{}, maxCalls), newCode: newCode}
}

// Model is the name of the model that writes.
func (w *Writer) Model() string { return w.config.Model.Model() }

// A Sentence is one that was checked.
type Sentence struct {
	Text  string // without marks, with its full stop
	Cites []int  // the numbers of the citations that bear it out, ascending, at least one
}

// A Request is an answer that is to be written.
type Request struct {
	Answer  *retrieval.Answer
	Library Library
	// Show is given what is written so far whenever a sentence has been added; it
	// returns at once. Nil shows nothing.
	Show func(sofar []Sentence)
	// Stop is closed when no more is wanted: what is checked by then is the answer. Nil
	// never is.
	Stop <-chan struct{}
}

// A Reason says why there is no written answer.
type Reason string

// The reasons.
const (
	ReasonNone     Reason = ""         // there is one
	ReasonUnfit    Reason = "unfit"    // the answer is none that is written: the model was not asked
	ReasonBusy     Reason = "busy"     // it writes for others, as many as it may at once
	ReasonResting  Reason = "resting"  // the model has failed several times and is left alone for a while
	ReasonTime     Reason = "time"     // nothing came in time
	ReasonModel    Reason = "model"    // an error of package llm
	ReasonLanguage Reason = "language" // it is in another language
	ReasonLittle   Reason = "little"   // too little was borne out
	ReasonStopped  Reason = "stopped"  // before there was anything
)

// A Written is an answer that a model has written, as far as it was borne out.
type Written struct {
	Sentences []Sentence // none when Reason is set
	Model     string
	Reason    Reason
	Removed   map[check.Kind]int // how many sentences did not stand, by what was wrong; besides package check's kinds there are [Form] and [Leaning]
}

// Write has an answer written. Its only error is that of ctx: whatever else goes
// wrong is a Reason, within the writer's limit.
//
// An answer is written to its end or not at all: when the model fails on the way, or
// the time is up, nothing of it is left, even if sentences have been shown. Only a
// reader who stops it keeps what is checked by then, since he knows that there would
// have been more.
func (w *Writer) Write(ctx context.Context, r Request) (Written, error) {
	out := Written{Model: w.Model(), Reason: ReasonUnfit}
	if !fit(r.Answer) || r.Library == nil {
		return out, ctx.Err()
	}
	sources, err := w.sources(ctx, r)
	if err != nil || len(sources) == 0 {
		return out, err
	}
	d := &draft{
		writer: w, lang: r.Answer.Language, sources: sources, show: r.Show,
		removed: map[check.Kind]int{}, seen: map[string]bool{},
	}
	out.Reason, err = w.ask(ctx, r.Stop, func(ctx context.Context) error { return w.draw(ctx, asked(r.Answer), d) })
	if err != nil {
		return out, err
	}
	out.Removed = d.removed
	switch {
	case out.Reason == ReasonNone:
		out.Reason = d.reason()
	case out.Reason == ReasonStopped && len(d.kept) > 0:
		out.Reason = ReasonNone
	}
	if out.Reason == ReasonNone {
		out.Sentences = d.kept
	}
	return out, nil
}

// draw asks the model for an answer and gives its sentences to a draft.
func (w *Writer) draw(ctx context.Context, question string, d *draft) error {
	var split splitter
	messages := prompt(question, d.sources, d.lang, w.config.Now(), w.newCode())
	err := w.hear(ctx, messages, maxRead, func(piece string) (bool, error) {
		for _, s := range split.add(piece) {
			if err := d.take(ctx, s); err != nil {
				return false, err
			}
		}
		if split.endless || d.written > maxAttempts {
			return false, errEndless
		}
		return d.done(), nil
	})
	if err != nil {
		return err
	}
	for _, s := range split.end() {
		if err := d.take(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
