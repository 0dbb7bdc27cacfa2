package retrieval

import (
	"context"

	"newsbot/corpus/text"
	"newsbot/retrieval/intent"
)

// A Kind is a kind of answer.
type Kind string

// The kinds.
const (
	// Best quotes what answers the question best.
	Best Kind = ""
	// Timeline quotes what happened, in the order in which it did.
	Timeline Kind = "timeline"
	// Summary quotes the lead and the key sentences of one article.
	Summary Kind = "summary"
	// Source tells which article a sentence is from.
	Source Kind = "source"
	// About lists the articles about something.
	About Kind = "about"
	// Latest quotes the newest reports, of an outlet or on a topic or of all.
	Latest Kind = "latest"
)

// A form is how a question was put that wants another kind of answer.
type form struct {
	whole   string          // the question before it was read
	command bool            // the kind was given with the question
	pasted  bool            // it may as well be an ordinary one
	ordered bool            // it asks nothing and gives orders, which nothing answers
	sources map[string]bool // the names of the outlet, as stored; nil for any
	// subject is that of what happened in a window, once it was looked for; nil for none.
	subject   *subject
	toldAbout bool // it asks what was said about something in a window
}

// readKind finds out from the question's words what kind of answer is wanted, from which
// outlet, and leaves what it is about.
func (e *Engine) readKind(r *request) {
	r.form = form{whole: r.Text, command: r.Kind != Best}
	in := intent.Read(r.Text, e.namesOutlet)
	r.form.ordered = in.Ordered && !r.form.command
	if in.Outlet != (text.Span{}) {
		r.outlet, r.form.sources = e.outletNamed(r.Text[in.Outlet.Start:in.Outlet.End])
	}
	if r.Kind == Best {
		r.Kind, r.form.pasted = Kind(in.Kind), in.Pasted
	}
	if in.Kind == intent.Best || r.Kind == Kind(in.Kind) {
		r.Text = in.Topic
	}
	if in.Pointed && r.Previous != nil && len(r.Previous.Articles) > 0 {
		r.Within = r.Previous.Articles[:1]
	}
	if r.Kind == Latest && asks(r.Text) {
		r.Newest, r.topic = true, !intent.Asks(r.Text)
	}
}

// pointsBackAt reports whether a question asks for a summary of the article that was cited
// before: its "it" is no subject to be completed.
func pointsBackAt(q Question) bool {
	return q.Previous != nil && intent.Read(q.Text, func([]text.Word) int { return 0 }).Pointed
}

// asks reports whether there is anything to search for.
func asks(topic string) bool { return check(topic) == nil }

// ofKind answers a question that wants another kind of answer than the best quotes, or
// those of one outlet, and reports whether it did.
func (e *Engine) ofKind(ctx context.Context, r *request, answer *Answer) (done bool, err error) {
	if r.form.ordered {
		return true, nil
	}
	done, err = e.unlikeBest(ctx, r, answer)
	if done || err != nil {
		return done, err
	}
	if r.Kind != Best && r.Kind != Latest {
		r.Kind = Best
		if r.outlet == "" && !r.form.command {
			r.Text = r.form.whole
			e.readWindow(r)
		}
		r.tell(answer)
	}
	if r.form.sources == nil {
		return false, nil
	}
	return true, e.fromOutlet(ctx, r, answer)
}

// unlikeBest answers a question of another kind, and reports whether that could be done.
func (e *Engine) unlikeBest(ctx context.Context, r *request, answer *Answer) (bool, error) {
	switch r.Kind {
	case Timeline:
		return e.timeline(ctx, r, answer)
	case Summary:
		return e.summary(ctx, r, answer)
	case Source:
		return e.whoSaid(ctx, r, answer)
	case About:
		return e.reportsAbout(ctx, r, answer)
	case Latest:
		return e.latestReports(ctx, r, answer)
	}
	return false, nil
}
