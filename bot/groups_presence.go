package bot

import (
	"context"

	"newsbot/bot/journal"
)

// joined greets a group that the bot has come to, once in a stay, in the language of who has added it.
func (t turn) joined(ctx context.Context) (Reply, error) {
	first, err := t.Journal.Join(ctx, t.Chat, t.ID)
	if err != nil || !first {
		return Reply{}, err
	}
	if err := t.Journal.Called(ctx, t.Chat, called(t.Title), t.lang); err != nil {
		return Reply{}, err
	}
	k, requests, err := t.admitGroup(ctx)
	if err != nil {
		return Reply{}, err
	}
	r := t.greets(k)
	r.Messages = append(r.Messages, requests...)
	return r, nil
}

// greets says what the bot is and how to ask it, and then something more; "" for nothing.
func (t turn) greets(more key) Reply {
	if more == keyGroupDenied {
		return t.says(more)
	}
	d := Document{language: t.lang}
	d.say(keyAbout)
	d.add(t.askingLines()...)
	d.say(keyGroupReads)
	d.say(keyGroupSettingsHint)
	if more != "" {
		d.say(more)
	}
	return send(d)
}

// admitGroup finds out whether people may ask in a group that the bot has just come to, and returns the sentence that
// says why they may not; "" when they may. An administrator of the bot who adds it to a group admits the group; when
// somebody else does, they are asked.
func (t turn) admitGroup(ctx context.Context) (key, []Outgoing, error) {
	switch {
	case t.admin && (t.Access == AccessAllowlist || t.here.State == journal.Denied):
		_, err := t.Journal.Decide(ctx, journal.Decision{
			Person: t.Chat, State: journal.Allowed, By: t.Person.ID, Update: t.ID, Name: called(t.Title), Language: t.lang,
		})
		return "", nil, err
	case t.here.State == journal.Denied:
		return keyGroupDenied, nil, nil
	case t.Access == AccessOpen || t.here.State == journal.Allowed:
		return "", nil, nil
	}
	_, requests, err := t.requestGroup(ctx, t.Person)
	return keyGroupWaits, requests, err
}
