package writer

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/check"
)

// What a written answer has at least and at most, and what is read of one.
const (
	minWords     = 3 // of a sentence
	maxWords     = 90
	maxSentences = 8
	maxRunes     = 2000
	maxRead      = 16 << 10 // bytes
	maxAttempts  = 24       // sentences, checked or not
)

// What a sentence falls for before any checker sees it, besides [check.Uncited].
const (
	// Form is what is no prose for readers: too short or too long, with links or markup, said twice,
	// or an order to somebody.
	Form check.Kind = "form"
	// Leaning is a sentence that goes on from one that was removed, or speaks of somebody whom
	// neither it nor the one before it, of the same passage, can name.
	Leaning check.Kind = "leaning"
)

// A draft is an answer that is being written.
type draft struct {
	writer  *Writer
	lang    text.Language
	sources []check.Source
	show    func([]Sentence)

	kept    []Sentence
	removed map[check.Kind]int
	seen    map[string]bool // what was written, folded
	runes   int             // of what is kept
	written int             // sentences, kept or not
	foreign int             // those of them in another language
	fell    bool            // the last one was removed
	none    bool            // the model says that there is no answer
	full    bool            // there is no room for another one
}

// done reports whether nothing more need be read.
func (d *draft) done() bool { return d.none || d.full }

// take checks a sentence and keeps or removes it. Its only error is that of ctx.
func (d *draft) take(ctx context.Context, s sentence) error {
	if d.done() {
		return nil
	}
	if s.text = withoutLabel(s.text); d.written == 0 && isNone(s) {
		d.none = true
		return nil
	}
	kind, err := d.fault(ctx, s)
	if err != nil {
		return err
	}
	if size := runes(s.text); kind == check.Fine && d.runes+size > maxRunes {
		d.full = true
		return nil
	}
	d.written++
	d.fell = kind != check.Fine
	if d.fell {
		d.removed[kind]++
		if kind == check.Language || text.Detect(s.text) != d.lang {
			d.foreign++
		}
		return nil
	}
	d.keep(s)
	return nil
}

func (d *draft) keep(s sentence) {
	d.kept = append(d.kept, Sentence{Text: s.text, Cites: s.cites})
	d.runes += runes(s.text)
	d.full = len(d.kept) == maxSentences
	if d.show != nil {
		d.show(clone(d.kept))
	}
}

// clone copies sentences, with what they cite.
func clone(s []Sentence) []Sentence {
	out := make([]Sentence, len(s))
	for i, one := range s {
		out[i] = Sentence{Text: one.Text, Cites: append([]int(nil), one.Cites...)}
	}
	return out
}

// fault returns what is wrong with a sentence. Its only error is that of ctx: what
// cannot be checked is not borne out.
func (d *draft) fault(ctx context.Context, s sentence) (check.Kind, error) {
	cited, words := d.cited(s.cites), corpus.CountWords(s.text)
	folded := strings.Join(strings.Fields(text.Normalize(s.text)), " ")
	switch {
	case words < minWords, words > maxWords, !plain(s.text), orderly(s.text), d.seen[folded]:
		return Form, nil
	case len(cited) == 0:
		return check.Uncited, nil
	case d.fell && leans(s.text), nameless(s.text) && !d.goesOn(s):
		return Leaning, nil
	}
	d.seen[folded] = true
	fault, err := d.writer.config.Checker.Check(ctx, check.Claim{Text: s.text, Language: d.lang, Sources: cited})
	switch {
	case ctx.Err() != nil:
		return check.Fine, ctx.Err()
	case err != nil:
		d.writer.config.Logger.Warn("check a sentence that a model has written", "err", err)
		return check.Meaning, nil
	}
	return fault.Kind, nil
}

// goesOn reports whether a sentence is of a passage that the one before it is of, too: who
// "He" is in one passage, another one does not say.
func (d *draft) goesOn(s sentence) bool {
	if d.fell || len(d.kept) == 0 {
		return false
	}
	before := d.kept[len(d.kept)-1].Cites
	return slices.ContainsFunc(s.cites, func(n int) bool { return slices.Contains(before, n) })
}

// cited returns the sources with the numbers; none when one of them is no source's.
func (d *draft) cited(numbers []int) []check.Source {
	var out []check.Source
	for _, n := range numbers {
		found := false
		for _, s := range d.sources {
			if s.N == n {
				out, found = append(out, s), true
				break
			}
		}
		if !found {
			return nil
		}
	}
	return out
}

// reason says why what a model has written to its end is no answer. When there are
// no sentences, or two of three and more were removed, too little is left: what was
// left out may be what the rest hangs on.
func (d *draft) reason() Reason {
	switch {
	case d.none:
		return ReasonLittle
	case d.foreign*2 > d.written:
		return ReasonLanguage
	case len(d.kept) == 0, len(d.kept)*3 < d.written:
		return ReasonLittle
	}
	return ReasonNone
}

// isNone reports whether a sentence is what a model was told to write when there is
// no answer.
func isNone(s sentence) bool {
	words := text.Words(s.text)
	return len(words) == 1 && s.text[words[0].Start:words[0].End] == none
}

// label is what some models begin with: "Answer:", "According to passage [1],".
var label = regexp.MustCompile(`^(?:(?i:answer|the answer)\s*:|(?:الإجابة|الاجابة|الجواب)\s*:|` +
	`(?i:according to|as per|based on|as stated in) (?i:the )?(?i:passages?)(?i: and)?\s*,|(?:وفق[اً]* ل|بحسب ا|حسب ا|وفق ا|استناد[اً]* إلى ا)لم(?:قطع|قاطع)\s*،)\s*`)

// withoutLabel returns a sentence without it.
func withoutLabel(s string) string {
	rest := s[len(label.FindString(s)):]
	if first, size := utf8.DecodeRuneInString(rest); rest != "" && len(rest) < len(s) {
		return string(unicode.ToUpper(first)) + rest[size:]
	}
	return s
}
