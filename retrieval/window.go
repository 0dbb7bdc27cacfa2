package retrieval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// readWindow finds out which days the question is about, whether it is about the present
// and whether the newest is asked for. It takes the words that say so only beside today
// out of what is searched for.
func (e *Engine) readWindow(r *request) {
	r.present = asksPresent(e.analyzer.Terms(r.Text))
	if r.Kind == Best {
		e.readNewest(r)
	}
	today := e.calendar.Today(r.Now)
	asked := e.calendar.Asked(r.Text, text.Detect(r.Text), today, e.about(r, today))
	if r.badDate = asked.Problem; r.badDate != "" {
		r.Text = e.without(r.Text, []dates.Expression{{Start: asked.ProblemAt.Start, End: asked.ProblemAt.End}})
	}
	if r.Window.IsZero() {
		r.Window = asked.Window
	}
	r.window, r.ahead = r.Window, r.Window.First > today
	if r.window.IsZero() {
		return
	}
	// "In April" may be any year's in a text without a date; "last week" is not.
	r.undated = len(asked.Expressions) > 0 &&
		!slices.ContainsFunc(asked.Expressions, func(x dates.Expression) bool { return x.Relative && !namesMonth(r.Text[x.Start:x.End]) })
	whole := r.Text
	r.Text = e.withoutTimes(whole, asked.Expressions, false)
	if left := e.withoutTimes(whole, asked.Expressions, true); left != r.Text {
		r.dateless = left
	}
	e.readToldAbout(r)
}

// today is the day of a time, and of the engine's clock for none.
func (e *Engine) today(now time.Time) dates.Day {
	if now.IsZero() {
		now = e.now()
	}
	return e.calendar.Today(now)
}

// about is the day of the article that a question is about which goes on from an answer,
// else today: weekdays count back from it.
func (e *Engine) about(r *request, today dates.Day) dates.Day {
	if r.understood == "" || r.Previous == nil || len(r.Previous.Articles) == 0 {
		return today
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	a := e.articles[r.Previous.Articles[0]]
	if a == nil || a.Published.IsZero() {
		return today
	}
	return min(publishedOn(a.Published), today)
}

// unasked reports whether a question has nothing to search for beside a date that there is
// not.
func (e *Engine) unasked(r *request) bool {
	return r.badDate != "" && r.window.IsZero() && !e.searches(r.Text)
}

// leadingToTime are the words before a time that go with it, normalised.
var leadingToTime = set(text.Normalize(`in on at during over within throughout since from until till by for of the
	في خلال منذ من حتى طوال طيلة مدى على يوم`))

// withoutTimes takes out of a question the times that mean something only beside today,
// unless nothing is left to search for then. Dates stay, since passages may have them, but
// where all are to go.
func (e *Engine) withoutTimes(question string, times []dates.Expression, all bool) string {
	if !all {
		times = slices.DeleteFunc(slices.Clone(times), func(x dates.Expression) bool {
			return !x.Relative || namesMonth(question[x.Start:x.End])
		})
	}
	left := e.without(question, times)
	if len(times) == 0 || !e.searches(left) {
		return question
	}
	return left
}

// without is a question without some times and the words that lead to them.
func (e *Engine) without(question string, times []dates.Expression) string {
	var b strings.Builder
	at := 0
	for _, x := range times {
		b.WriteString(e.withoutLead(question[at:x.Start]))
		at = x.End + len(genitive(question[x.End:]))
	}
	b.WriteString(question[at:])
	return b.String()
}

// searches reports whether there is anything in a question to search for.
func (e *Engine) searches(question string) bool {
	return slices.ContainsFunc(e.analyzer.Terms(question), func(t text.Term) bool { return !t.Stop })
}

// withoutLead takes the words off the end of a text that lead to a time.
func (e *Engine) withoutLead(s string) string {
	terms := e.analyzer.Terms(s)
	for i := len(terms) - 1; i >= 0; i-- {
		t := terms[i]
		if !leadingToTime[t.Norm] || strings.TrimSpace(s[t.End:]) != "" {
			break
		}
		s = s[:t.Start]
	}
	return s
}

// genitive is the ending that a word goes on with, "" for none: "yesterday's".
func genitive(s string) string {
	for _, ending := range [...]string{"'s", "’s"} {
		if strings.HasPrefix(s, ending) {
			return ending
		}
	}
	return ""
}

// monthsNamed are the names of months that passages have dates with, normalised.
var monthsNamed = set(text.Normalize(`january february march april may june july august september october november december
	jan feb mar apr jun jul aug sep sept oct nov dec
	يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
	كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين جانفي فيفري أفريل ماي جوان جويلية أوت
	يوليوز غشت شتنبر نونبر دجنبر
	محرم صفر ربيع جمادى رجب شعبان رمضان شوال القعدة الحجة
	muharram safar rabi jumada rajab shaban ramadan shawwal`))

func namesMonth(s string) bool {
	return slices.ContainsFunc(text.Words(s), func(w text.Word) bool { return monthsNamed[w.Norm] })
}

// What lies in a window is not read when the best of it by its passages, of so many, is
// half as likely to answer as what is worth showing. Of the questions with a window of
// xquad-a and tydiqa-ar none that found something in it was less than five times as likely.
const (
	leastHope     = 0.5
	hopelessLooks = 3
)

// hopeless reports whether what lies in the question's window is too far off to be read.
func (e *Engine) hopeless(q *query, all []candidate) bool {
	if q.period == nil {
		return false
	}
	for i := range all[:min(hopelessLooks, len(all))] {
		c := &all[i]
		d := q.direction(c.article.Language)
		v := e.weighPassage(q, c, all)
		if v.probability(d) >= leastHope*decideAt[measured(d)].nearest {
			return false
		}
	}
	return true
}

// replyOutside answers a question that nothing in its window answers, or comes near, with
// what lies outside, which is the nearest coverage at most.
func (e *Engine) replyOutside(ctx context.Context, q *query, r *request, answer *Answer) (*query, []candidate, error) {
	question := r.Question
	question.Window = dates.Window{}
	q, all, err := e.prospectAgain(ctx, q, question)
	if err != nil {
		return nil, nil, err
	}
	all = r.form.sift(all)
	near := answer.Near
	answer.Missing, answer.Advice, answer.Near = Missing{}, Advice{}, nil
	if err := e.answer(ctx, q, e.selection(question), all, answer); err != nil {
		return nil, nil, err
	}
	if answer.Verdict == Answered {
		answer.Verdict = Nearest
	}
	if answer.Near != nil && near != nil {
		answer.Near = near // in the window
	}
	answer.Outside = len(answer.Citations) > 0 || answer.Near != nil && near == nil
	return q, all, nil
}

// replyDateless asks again without the dates that tell the window: whatever was published
// in it need not have their words, and is no worse an answer for that. It leaves the answer
// that there is when there is none without them either.
func (e *Engine) replyDateless(ctx context.Context, q *query, r *request, all []candidate, answer *Answer) (*query, []candidate, error) {
	question := r.Question
	question.Text, question.undated = r.dateless, false
	plain, found, err := e.prospect(ctx, question)
	if err != nil {
		return nil, nil, err
	}
	found = r.form.sift(found)
	again := *answer
	again.Missing, again.Advice, again.Near, again.Citations = Missing{}, Advice{}, nil, nil
	if e.hopeless(plain, found) {
		return q, all, nil
	}
	if err := e.answer(ctx, plain, e.selection(question), found, &again); err != nil {
		return nil, nil, err
	}
	if again.Verdict != Answered {
		return q, all, nil
	}
	*answer = again
	return plain, found, nil
}

// prospectAgain is [Engine.prospect] for a question that is encoded already and is asked
// without its window.
func (e *Engine) prospectAgain(ctx context.Context, q *query, question Question) (*query, []candidate, error) {
	q.period = nil
	all, err := e.candidates(ctx, q)
	if errors.Is(err, errMoved) {
		return e.prospect(ctx, question)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("searching: %w", err)
	}
	all, err = e.ordered(ctx, q, all, question.Newest)
	return q, all, err
}

// empty reports whether nothing in the question's window answers it or comes near. When
// more is asked for than what has been shown, and that lies in the window, it is not.
func (e *Engine) empty(r *request, answer *Answer) bool {
	return !r.window.IsZero() && answer.Verdict == Declined && answer.Articles > 0 && !e.shownInside(r)
}

// shownInside reports whether an article that has been shown lies in the window.
func (e *Engine) shownInside(r *request) bool {
	p := r.period()
	e.mu.RLock()
	defer e.mu.RUnlock()
	for _, id := range r.Except {
		a := e.articles[id]
		if a != nil && slices.ContainsFunc(a.passages, func(x *passage) bool { return p.takes(&x.moment) }) {
			return true
		}
	}
	return false
}
