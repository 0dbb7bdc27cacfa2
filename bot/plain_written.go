package bot

import (
	"newsbot/retrieval"
	"newsbot/retrieval/writer"
)

// PlainWritten is [MonthNames.PlainText] with what a model has written of the answer
// above the quotes, and that it has. When it has written nothing it is the same.
func (n MonthNames) PlainWritten(a retrieval.Answer, w writer.Written) string {
	if len(w.Sentences) == 0 {
		return n.PlainText(a)
	}
	d := answering{Answer: a, written: written{Model: w.Model, Sentences: w.Sentences}}.document(nil)
	return n.dress(d).Text()
}
