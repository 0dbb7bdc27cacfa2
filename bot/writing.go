package bot

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"sync"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/writer"
)

// A Writer has a model write; [writer.Writer] is one.
type Writer interface {
	// Model is the model's name.
	Model() string
	// Write has an answer written. Its only error is that of ctx.
	Write(ctx context.Context, r writer.Request) (writer.Written, error)
	// Translate returns a translation of a quote, or why there is none that can be trusted. Its only error is that of ctx.
	Translate(ctx context.Context, quote string, from, to text.Language) (string, writer.Reason, error)
}

// until returns a context that ends when the person wants no more, too. The function ends it, and is to be called.
func (w *Writing) until(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if w == nil || w.Stop == nil {
		return ctx, cancel
	}
	var watch sync.WaitGroup
	watch.Go(func() {
		select {
		case <-w.Stop:
			cancel()
		case <-ctx.Done():
		}
	})
	return ctx, func() { cancel(); watch.Wait() }
}

// A written is what a model has written of an answer, as far as that was borne out; the zero one is nothing.
type written struct {
	Model     string
	Sentences []writer.Sentence
	// Passages are sums of the passages that the citations are from, by their numbers: what is borne out by the words
	// around a quote is gone with them.
	Passages map[int]string
}

// isToBeWritten tells whether a model is to write an answer: one to the question itself, which has an answer, for whoever
// wants more than quotes, while nobody else waits for his.
func (t turn) isToBeWritten(a answering) bool {
	return t.Writer != nil && !t.prefers.QuotesOnly && !t.Writing.isCrowded() &&
		a.Verdict == retrieval.Answered && a.Kind == retrieval.Best && len(a.Citations) > 0
}

// write has an answer written that is new. Without that it stays what it is: a model's failure is nothing to a reader.
func (t turn) write(ctx context.Context, a answering) (answering, error) {
	if !t.isToBeWritten(a) {
		return a, nil
	}
	sources, err := t.sourcesNow(ctx, a)
	if err != nil {
		return answering{}, err
	}
	r := writer.Request{Answer: &a.Answer, Library: t.Library, Show: t.showing(a.Language, t.Now())}
	if t.Writing != nil {
		r.Stop = t.Writing.Stop
	}
	w, err := t.Writer.Write(ctx, r)
	if err != nil {
		return answering{}, err
	}
	t.noteWritten(w)
	a.waited = true
	if w.Reason == writer.ReasonNone && len(w.Sentences) > 0 {
		a.written = written{Model: w.Model, Sentences: w.Sentences, Passages: sums(sources)}
	}
	return a, nil
}

// showing shows the person what is written so far, where anything is shown, and counts how long he has waited for it since
// it was begun.
func (t turn) showing(lang text.Language, begun time.Time) func([]writer.Sentence) {
	first := true
	return func(sofar []writer.Sentence) {
		if first {
			t.Metrics.FirstSentence(t.Now().Sub(begun))
		}
		first = false
		if t.Writing == nil || t.Writing.Show == nil {
			return
		}
		d := Document{language: lang}
		d.add(written{Sentences: sofar}.line())
		t.Writing.Show(t.months().dress(d))
	}
}

// noteWritten counts what a model has written, and says for whoever looks closely why it is nothing.
func (t turn) noteWritten(w writer.Written) {
	removed := map[string]int{}
	for kind, n := range w.Removed {
		removed[string(kind)] += n
	}
	t.Metrics.Written(string(w.Reason), removed)
	if t.Logger != nil {
		t.Logger.Debug("a model was to write an answer", slog.Int64("update", t.ID),
			slog.Int("sentences", len(w.Sentences)), slog.String("reason", string(w.Reason)), slog.Any("removed", removed))
	}
}

// sourcesNow are the citations of an answer as they are in the collection now.
func (t turn) sourcesNow(ctx context.Context, a answering) ([]origin, error) {
	var kept keptAnswer
	for _, c := range a.Citations {
		kept.Citations = append(kept.Citations, keepCitation(c))
	}
	return t.sourcesOf(ctx, kept)
}

// keepWaited is keep for an answer that a model was asked to write, of whose articles some may be gone since. When one is
// purged at the same time, either that finds what was written of it, or this finds it gone.
func (t turn) keepWaited(ctx context.Context, a answering, in int) (Outgoing, error) {
	now, _, err := t.recheck(ctx, a)
	if err != nil {
		return Outgoing{}, err
	}
	o, err := t.keepAsIs(ctx, now, in)
	if err != nil {
		return Outgoing{}, err
	}
	now, changed, err := t.recheck(ctx, now)
	if err != nil || !changed {
		return o, err
	}
	return t.keepAsIs(ctx, now, in)
}

// recheck is an answer as it is after the time that a model has taken for it. changed is false when that is what it was.
func (t turn) recheck(ctx context.Context, a answering) (now answering, changed bool, err error) {
	data, err := keepAnswer(a, 0)
	if err != nil {
		return answering{}, false, err
	}
	old, err := t.readBack(ctx, journal.Answer{Question: a.Question, Data: data})
	if err != nil {
		return answering{}, false, err
	}
	sources, err := t.sourcesOf(ctx, old.kept)
	if err != nil {
		return answering{}, false, err
	}
	now = old.answering(sources)
	left := there(sources)
	if len(left) == len(sources) && len(now.written.Sentences) == len(a.written.Sentences) {
		return a, false, nil
	}
	if len(left) < len(sources) {
		now.AsOf = t.newestOf(left)
	}
	return now, true, nil
}

// sums are what tells the passages of sources from others, by their numbers. What is gone has none.
func sums(sources []origin) map[int]string {
	of := map[int]string{}
	for _, s := range sources {
		if !s.gone {
			of[s.N] = s.passage.sum()
		}
	}
	return of
}

func (p passage) sum() string { return sum(p.before + p.quote + p.after) }

// standing is what stands of it when its sources are as they are now: the sentences whose citations are all there, in
// passages that say what they said. One that goes on from a sentence that falls, falls with it.
func (w written) standing(sources []origin) written {
	now := sums(sources)
	gone := func(n int) bool { return now[n] == "" || now[n] != w.Passages[n] }
	fell := false
	w.Sentences = slices.DeleteFunc(slices.Clone(w.Sentences), func(s writer.Sentence) bool {
		fell = len(s.Cites) == 0 || slices.ContainsFunc(s.Cites, gone) || fell && s.Leans()
		return fell
	})
	if len(w.Sentences) == 0 {
		return written{}
	}
	return w
}

// written says what a model has written of an answer, and that it has.
func (d *Document) written(w written) {
	if len(w.Sentences) == 0 {
		return
	}
	d.add(w.line())
	d.add(sentenceAround(d.language, keyWrittenBy, w.Model))
}

// whyWritten shows administrators what a model has written of an answer, which may be in another language.
func (d *Document) whyWritten(w written) {
	if len(w.Sentences) == 0 {
		return
	}
	lines := []line{sentenceAround(d.language, keyWhyWritten, w.Model)}
	for _, s := range w.Sentences {
		l := line{spans: []span{{role: roleOutside, text: writtenSpan(s.Text).text}, {text: " "}}}
		l.spans = append(l.spans, marks(s.Cites)...)
		lines = append(lines, l)
	}
	d.add(lines...)
}

// marks are those of citations.
func marks(numbers []int) (spans []span) {
	for _, n := range numbers {
		spans = append(spans, span{role: roleMark, text: fmt.Sprintf("[%d]", n)})
	}
	return spans
}

// line is all that was written, with the marks of what bears out each sentence behind it.
func (w written) line() line {
	var l line
	for i, s := range w.Sentences {
		if i > 0 {
			l.spans = append(l.spans, span{text: " "})
		}
		l.spans = append(l.spans, writtenSpan(s.Text), span{text: " "})
		l.spans = append(l.spans, marks(s.Cites)...)
	}
	return l
}

// writtenSpan is what a model has written, in one line and without invisible characters.
func writtenSpan(s string) span { return span{role: roleWritten, text: Printable(plainWords(s))} }

// writtenWords is what a model has written in a frame in the language lang: what runs against that is isolated.
func writtenWords(s string, lang text.Language) string {
	if lang == text.Arabic {
		return words(s, lang)
	}
	return rtlWords.ReplaceAllString(s, fsi+"${0}"+pdi)
}

// rtlWords matches words in a row that are written from right to left.
var rtlWords = regexp.MustCompile(`[\p{Arabic}\p{Hebrew}](?:[\p{Arabic}\p{Hebrew}\p{M}\d ،.:'-]*[\p{Arabic}\p{Hebrew}\p{M}])?`)

// quotationMark matches what sets off the words of others.
var quotationMark = regexp.MustCompile(`["“”„«»‹›]`)

// inWritten puts the names of months into what a model has written, unless it quotes somebody in it.
func (n MonthNames) inWritten(s string) string {
	if quotationMark.MatchString(s) {
		return s
	}
	return n.in(s)
}

// about is what the bot says of itself.
func (t turn) about() key {
	if t.Writer != nil {
		return keyAboutWriting
	}
	return keyAbout
}

// helpWriting says in the help what a model does here, if there is one.
func (t turn) helpWriting(d *Document) {
	if t.Writer != nil {
		d.add(sentence(say(t.lang, keyHelpWriting)), sentence(say(t.lang, keyHelpTranslations)))
	}
}
