package bot

import (
	"context"
	"sync"
	"time"

	"newsbot/bot/journal"
)

// isDeniedHere reports whether the person, or the whole group, is denied.
func (t turn) isDeniedHere() bool {
	return !t.admin && (t.place.State == journal.Denied || t.here.State == journal.Denied)
}

// deniedHere is the sentence that says so.
func (t turn) deniedHere() key {
	if t.place.State == journal.Denied {
		return keyAccessDenied
	}
	return keyGroupDenied
}

// barred returns the sentence that says why the person may not ask in the group; "" when he may. It is looked up anew
// each time.
func (t turn) barred(ctx context.Context) (key, error) {
	switch {
	case t.admin:
		return "", nil
	case t.isDeniedHere():
		return t.deniedHere(), nil
	case t.Access == AccessAllowlist && t.here.State != journal.Allowed && t.place.State != journal.Allowed:
		return keyGroupOutside, nil
	case t.chosen.Managers:
		return t.manages(ctx, keyGroupManagersAsk, false)
	}
	return "", nil
}

// manages returns "" when the person is an administrator of the group, as [Members] says, otherwise when he is not, and another
// sentence when that cannot be found out.
func (t turn) manages(ctx context.Context, otherwise key, now bool) (key, error) {
	if t.Members == nil {
		return otherwise, nil
	}
	manages, err := t.Members.Manages(ctx, t.Chat, t.Person.ID, now)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		t.log("asking who manages a group", err)
		return keyGroupUnsure, nil
	case !manages:
		return otherwise, nil
	}
	return "", nil
}

// bars is the reply to somebody who may not ask in the group: a notice, or a sentence once in a while. Nobody who asks
// there asks to be admitted himself; a group that nobody has been asked about is.
func (t turn) bars(ctx context.Context, k key, err error) (Reply, error) {
	switch {
	case err != nil:
		return Reply{}, err
	case t.Press != "":
		return t.notice(k), nil
	case k == keyGroupUnsure:
		return t.says(k), nil
	}
	var requests []Outgoing
	if k == keyGroupOutside && t.here.State == "" {
		if _, requests, err = t.requestGroup(ctx, Person{}); err != nil {
			return Reply{}, err
		}
	}
	if !t.reminders.due(reminder{t.Chat, t.Person.ID, false}, t.Now()) {
		return Reply{Messages: requests}, nil
	}
	if t.Command == "" || t.Command == commandAsk {
		t.lang = t.framed(t.Text)
	}
	r := t.says(k)
	if k == keyGroupOutside {
		r = t.inPrivate(k)
	}
	r.Messages = append(r.Messages, requests...)
	return r, nil
}

// requestGroup has the administrators of the bot asked to admit the group, once, as somebody has added the bot to it;
// the zero Person for who is not named.
func (t turn) requestGroup(ctx context.Context, by Person) (journal.Access, []Outgoing, error) {
	a, err := t.Journal.RequestAccess(ctx, journal.Access{Person: t.Chat, Name: called(t.Title), Language: t.lang, Update: t.ID})
	if err != nil || a.Update != t.ID || a.State != journal.Asked || a.Quiet || t.place.State == journal.Denied {
		return a, nil, err
	}
	requests, err := t.requestTo(ctx, a, by)
	return a, requests, err
}

const (
	// remindedFor is how long somebody is not told again in a group what he was told there.
	remindedFor = time.Hour
	// mostReminders is how many are remembered. Beyond them, nobody is told anything.
	mostReminders = 10_000
)

// A reminder is something that somebody was told in a group.
type reminder struct {
	group, person int64
	how           bool // to ask; else that he may not
}

// A reminders remembers who was told something in a group.
type reminders struct {
	mu   sync.Mutex
	told map[reminder]time.Time
}

// due reports whether somebody is to be told something now, and remembers that he was.
func (r *reminders) due(to reminder, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at, ok := r.told[to]; ok && now.Sub(at) < remindedFor && !at.After(now) {
		return false
	}
	if r.told == nil {
		r.told = map[reminder]time.Time{}
	}
	if len(r.told) >= mostReminders {
		for other, at := range r.told {
			if now.Sub(at) >= remindedFor || at.After(now) {
				delete(r.told, other)
			}
		}
	}
	if len(r.told) >= mostReminders {
		return false
	}
	r.told[to] = now
	return true
}
