package feed

import (
	"context"
	"errors"
	"time"

	"newsbot/corpus/source"
	"newsbot/corpus/source/fetch"
)

// What a poll that Run makes may cost, so that a slow feed does not keep the others waiting. The rest comes with the next
// poll, which is soon.
const (
	pollTime  = time.Minute
	pollPages = 20
	soon      = time.Minute
)

// A budget is what may still be spent on polls. Its time is that of a context, which ends.
type budget struct {
	asking context.Context //nolint:containedctx // its end is the end of the budget, and not of the work
	pages  int             // that may be asked for; below 0 for any number
}

// byItself is the budget of a poll by itself.
func byItself(ctx context.Context) (b budget, end context.CancelFunc) {
	ctx, end = context.WithTimeout(ctx, pollTime)
	return budget{ctx, pollPages}, end
}

// byHand is the budget of what somebody waits for.
func (p *Poller) byHand(ctx context.Context) (b budget, end context.CancelFunc) {
	end = func() {}
	if p.Patience > 0 {
		ctx, end = context.WithTimeout(ctx, p.Patience)
	}
	return budget{ctx, -1}, end
}

// spent tells whether there is no time left.
func (b *budget) spent() bool { return b.asking.Err() != nil }

// errSpent says that there was no time for a page, or too many were asked for. It is no fault of the page.
var errSpent = errors.New("the budget is spent")

// get asks for a page. The error is errSpent when it cannot within the budget.
func (v *visit) get(link string) (fetch.Response, error) {
	if v.spent() || v.pages == 0 {
		return fetch.Response{}, errSpent
	}
	v.pages--
	r, err := v.Client.Get(v.asking, fetch.Request{URL: link, Robots: true})
	if err != nil && v.spent() {
		return fetch.Response{}, errSpent
	}
	return r, err
}

// blame makes a refusal of an error that is but the end of the time: the site took too long.
func (b *budget) blame(url string, err error) error {
	if b.spent() && errors.Is(err, b.asking.Err()) {
		return &source.Refusal{Reason: source.Timeout, URL: url}
	}
	return err
}
