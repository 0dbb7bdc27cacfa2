package telegram

import (
	"slices"
	"time"
)

// A limit is how many calls Telegram takes within a stretch of time, whichever
// stretch one looks at.
type limit struct {
	calls int
	in    time.Duration
}

// What Telegram takes: in all, in one private chat and in one group. Three within
// three seconds are one a second, with a burst.
var (
	overallLimits = []limit{{30, time.Second}}
	privateLimits = []limit{{3, 3 * time.Second}}
	groupLimits   = []limit{{3, 3 * time.Second}, {20, time.Minute}}
)

// slack is added to every stretch of time: Telegram's clock is another one.
const slack = 50 * time.Millisecond

// limitsOf returns the limits of one chat. Private chats have the positive IDs.
func limitsOf(chat int64) []limit {
	if chat > 0 {
		return privateLimits
	}
	return groupLimits
}

// A mark stands for one call. Telegram counts a call at some moment between its
// beginning and its end, so that it counts here from its beginning until its end
// and the limit's time after that: then Telegram never counts more than a limit,
// however long calls are on their way.
type mark struct {
	// until is the call's end: before that is known, the end of doubtTime.
	// Nothing waits longer for a call that hangs.
	until time.Time
}

// A ledger is the calls that may count still, in the order of their beginnings.
type ledger []*mark

// wait returns how long it takes until there is room for a call beside fewer than
// calls others within m.in; 0 when there is.
func (l ledger) wait(now time.Time, m limit, calls int) time.Duration {
	count, first := 0, time.Duration(0)
	for _, k := range l {
		left := k.until.Add(m.in + slack).Sub(now)
		if left <= 0 {
			continue
		}
		if count++; count == 1 || left < first {
			first = left
		}
	}
	if count < calls {
		return 0
	}
	return first
}

// longestWait returns how long it takes until there is room within all limits.
func (l ledger) longestWait(now time.Time, limits []limit) (wait time.Duration) {
	for _, m := range limits {
		wait = max(wait, l.wait(now, m, m.calls))
	}
	return wait
}

// roomy tells whether less than half of each limit is used.
func (l ledger) roomy(now time.Time, limits []limit) bool {
	return !slices.ContainsFunc(limits, func(m limit) bool { return l.wait(now, m, (m.calls+1)/2) > 0 })
}

// busy returns how long a call of the ledger may be on its way.
func (l ledger) busy(now time.Time) (left time.Duration) {
	for _, k := range l {
		left = max(left, k.until.Sub(now))
	}
	return left
}

// forget drops the calls that count no longer.
func (l ledger) forget(now time.Time, limits []limit) ledger {
	longest := time.Duration(0)
	for _, m := range limits {
		longest = max(longest, m.in)
	}
	return slices.DeleteFunc(l, func(k *mark) bool { return !k.until.Add(longest + slack).After(now) })
}

// An account is what is known of one chat.
type account struct {
	calls ledger
	// held is when Telegram may be called about the chat again: it has said that
	// it is to be left alone, or has failed.
	held time.Time
}

// wait returns how long it takes until the chat may be called. One call is on its
// way at a time: another one could arrive after Telegram has said, in answer to
// the first, that the chat is to be left alone.
func (a *account) wait(now time.Time, limits []limit) time.Duration {
	if a == nil {
		return 0
	}
	return max(a.held.Sub(now), a.calls.busy(now), a.calls.longestWait(now, limits), 0)
}

// idle tells whether nothing is known of the chat that still matters.
func (a *account) idle(now time.Time, limits []limit) bool {
	a.calls = a.calls.forget(now, limits)
	return len(a.calls) == 0 && !a.held.After(now)
}
