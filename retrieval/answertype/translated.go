package answertype

import "slices"

// Add tells of other stems that say what a word of the question says, in its own
// language or another: they are no answer to "who" either, and are counted when the
// word is. stem is the question's own, as [text.Term] has it.
func (w *Wanted) Add(stem string, others []string) {
	if slices.Contains(w.Counted, stem) {
		w.Counted = append(w.Counted, others...)
	}
	w.has = append(w.has, others...)
}
