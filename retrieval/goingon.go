package retrieval

import "newsbot/retrieval/followup"

// goOn completes a question that goes on from the one before it, such as "And when?". One
// that would be too long to ask is left as it is.
func (e *Engine) goOn(r *request) {
	if r.Previous == nil {
		return
	}
	completed, ok := followup.Complete(e.analyzer, r.Text, r.Previous.Question)
	if ok && check(completed) == nil {
		r.Text, r.understood = completed, completed
	}
}
