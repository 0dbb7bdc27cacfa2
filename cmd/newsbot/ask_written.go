package main

import (
	"context"

	"newsbot/bot"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/check"
	"newsbot/retrieval/writer"
)

// A writtenAnswer is an answer with what a model has written of it.
type writtenAnswer struct {
	retrieval.Answer
	written *writer.Written // nil when none was to write
}

// write has an answer written when a model is set.
func (a *app) write(ctx context.Context, o *opened, answer retrieval.Answer) (writtenAnswer, error) {
	w, err := a.newWriter(o.how, o.own, o.lists.lexicon)
	if w == nil || err != nil {
		return writtenAnswer{Answer: answer}, err
	}
	defer w.close()
	w.model.all = true
	written, err := w.Write(ctx, writer.Request{Answer: &answer, Library: o.store})
	if why := unwritten[written.Reason]; err == nil && why != "" {
		a.logger.Warn("no answer is written: " + why)
	}
	return writtenAnswer{answer, &written}, err
}

// unwritten says why there is no written answer, where that is not told by itself: errors of
// the model are, and an answer that is none to be written is no news.
var unwritten = map[writer.Reason]string{
	writer.ReasonTime:     "the model has taken longer than " + settingModelTime + " lets it",
	writer.ReasonLanguage: "what the model has said is in another language",
	writer.ReasonLittle:   "too little of what the model has said is borne out by the passages",
}

// plainText is the answer as lines, under what was written of it.
func (a writtenAnswer) plainText(months bot.MonthNames) string {
	if a.written == nil {
		return months.PlainText(a.Answer)
	}
	return months.PlainWritten(a.Answer, *a.written)
}

type writtenJSON struct {
	Model     string             `json:"model"`
	Sentences []sentenceJSON     `json:"sentences"`
	Reason    writer.Reason      `json:"reason,omitempty"` // why there are none
	Removed   map[check.Kind]int `json:"removed"`          // sentences, by what was wrong with them
}

type sentenceJSON struct {
	Text      string `json:"text"`
	Citations []int  `json:"citations"`
}

// newWrittenJSON is nil for nothing.
func newWrittenJSON(w *writer.Written) *writtenJSON {
	if w == nil {
		return nil
	}
	out := &writtenJSON{Model: w.Model, Sentences: []sentenceJSON{}, Reason: w.Reason, Removed: map[check.Kind]int{}}
	for _, s := range w.Sentences {
		out.Sentences = append(out.Sentences, sentenceJSON{s.Text, s.Cites})
	}
	for kind, n := range w.Removed {
		out.Removed[kind] += n
	}
	return out
}

// newWrittenAnswerJSON is [newAnswerJSON] with what was written.
func newWrittenAnswerJSON(a writtenAnswer, wanted text.Language, months bot.MonthNames) answerJSON {
	out := newAnswerJSON(a.Answer, wanted, months)
	out.Text, out.Written = a.plainText(months), newWrittenJSON(a.written)
	return out
}
