package retrieval

import (
	"context"

	"newsbot/retrieval/dates"
)

// A request is a question with what its words ask for beside its subject. Its Text is
// what is searched for.
type request struct {
	Question
	understood string // what it was completed to; "" when it was complete
	window     dates.Window
	dateless   string // its Text without the dates that tell the window; "" when that is the same
	badDate    string
	ahead      bool   // all of the window is still to come
	outlet     string // "" for any
	present    bool   // it asks how things are now
	topic      bool   // of the newest: it names a topic and asks nothing of it
	form       form   // of a question that wants another kind of answer
}

// request reads a question: first what it goes on from, then what it asks for, and when
// that was.
func (e *Engine) request(q Question) request {
	r := request{Question: q}
	if r.Now.IsZero() {
		r.Now = e.now()
	}
	if !pointsBackAt(q) {
		e.goOn(&r)
	}
	e.readKind(&r)
	if r.Kind != Source { // dates in somebody's words are no window
		e.readWindow(&r)
	}
	return r
}

// tell says in an answer how the question was understood.
func (r *request) tell(answer *Answer) {
	answer.Kind, answer.Understood, answer.Outlet = r.Kind, r.understood, r.outlet
	answer.Window, answer.Ahead, answer.BadDate = r.window, r.ahead, r.badDate
}

// annotate adds to an answer what a reader needs to judge it by.
func (e *Engine) annotate(ctx context.Context, r *request, answer *Answer) error {
	e.resolveTimes(answer)
	e.gloss(answer)
	e.readFreshness(r, answer)
	e.also(r, answer)
	return e.attribute(ctx, answer)
}
