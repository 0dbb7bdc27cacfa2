package bot

import (
	"context"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

// Access says who may ask. Administrators always may, and who is denied never.
type Access int

// Those of the setting ACCESS.
const (
	AccessOpen      Access = iota // everybody
	AccessAllowlist               // those whom an administrator has allowed
)

// mayAsk tells whether the person may ask, now: whatever he presses or writes,
// it is looked up anew.
func (t turn) mayAsk() bool {
	switch {
	case t.admin:
		return true
	case t.place.State == journal.Denied:
		return false
	}
	return t.Access == AccessOpen || t.place.State == journal.Allowed
}

// forAnyone tells whether the event is a command or a button that asks nothing.
func (t turn) forAnyone() bool {
	if t.Press != "" {
		name, _, _ := strings.Cut(t.Press, ":")
		b, _ := buttonNamed(name)
		return b.anyone
	}
	c, _ := commandNamed(t.asCommand().Command)
	return c.anyone
}

// turnAway is the reply to somebody who may not ask. Unless that was decided, the
// administrators are told that he wants to: once, however often he writes.
func (t turn) turnAway(ctx context.Context) (Reply, error) {
	if t.Album != "" && !t.albums.first(t.Album) {
		return Reply{}, nil
	}
	if t.Command == "" && t.Press == "" {
		t.lang = frame(t.Text, t.lang)
	}
	if t.place.State == journal.Denied {
		return t.tells(keyAccessDenied), nil
	}
	a, err := t.Journal.RequestAccess(ctx, journal.Access{
		Person: t.Person.ID, Name: called(t.Person.Name), Username: called(t.Person.Username),
		Language: t.Person.appLanguage(), Update: t.ID,
	})
	if err != nil {
		return Reply{}, err
	}
	if a.Update != t.ID {
		return t.tells(keyAccessWaiting), nil
	}
	var requests []Outgoing
	if !a.Quiet {
		if requests, err = t.requestTo(ctx, a, Person{}); err != nil {
			return Reply{}, err
		}
	}
	if len(requests) == 0 { // it is in the list, where an administrator finds it
		return t.tells(keyAccessListed), nil
	}
	r := t.tells(keyAccessRequested)
	r.Messages = append(r.Messages, requests...)
	return r, nil
}

// startOutside is what the bot says of itself to somebody who may not ask.
func (t turn) startOutside() Reply {
	d := Document{language: t.lang}
	d.say(t.about())
	switch t.place.State {
	case journal.Denied:
		d.say(keyAccessDenied)
	case journal.Asked:
		d.say(keyAccessWaiting)
	default:
		d.say(keyAccessHow)
	}
	return send(d)
}

// tells is a reply of one sentence in the place where it is looked for: over the
// chat when a button was pressed.
func (t turn) tells(k key) Reply {
	if t.Press != "" {
		return t.notice(k)
	}
	return t.says(k)
}

// mostName is how much of what a person calls himself is kept and shown, in
// characters.
const mostName = 64

// called is what a person calls himself, as it is kept: it may be anything. A name
// that begins like a username does not: it would look like somebody else's, and
// lead to him.
func called(name string) string {
	runes := []rune(strings.TrimLeft(plainWords(text.Valid(name)), "@\uFE6B\uFF20 "))
	return strings.TrimSpace(string(runes[:min(len(runes), mostName)]))
}

// adminNews notes that an administrator can be reached, and returns what the one
// who could not be before has missed.
func (t turn) adminNews(ctx context.Context) ([]Outgoing, error) {
	if !t.isAdminWriting() {
		return nil, nil
	}
	first, err := t.Journal.NotePresent(ctx, t.Person.ID, t.Person.appLanguage(), t.ID)
	if err != nil || !first || t.Access == AccessOpen || t.Command == "users" {
		return nil, err
	}
	n, err := t.Journal.Requests(ctx)
	if err != nil || n == 0 {
		return nil, err
	}
	return t.says(keyRequestsWait, n).Messages, nil
}

// isAdminWriting tells whether an administrator has written where he can be
// answered later: who presses may never have written, and a terminal is no chat.
func (t turn) isAdminWriting() bool { return t.admin && t.Press == "" && t.Chat != 0 }
