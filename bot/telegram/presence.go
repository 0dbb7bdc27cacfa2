package telegram

import (
	"slices"

	"newsbot/bot"
)

// isInside tells whether somebody is in a chat; known is false for a status that nobody knows yet, and for none.
func isInside(member fields) (inside, known bool) {
	switch member.string("status") {
	case "member", "administrator", "creator":
		return true, true
	case "restricted":
		return member.bool("is_member"), true
	case "left", "kicked":
		return false, true
	}
	return false, false
}

// decodePresence reads what has become of the bot in a group. Other rights than before are nothing to tell of.
func decodePresence(in incoming, m fields) incoming {
	was, reported := isInside(m.object("old_chat_member"))
	is, known := isInside(m.object("new_chat_member"))
	e := bot.Event{ID: in.id, Chat: in.place.chat, Group: true, Title: groupTitle(m)}
	switch {
	case !known:
		return in
	case is && !was:
		e.Presence = bot.PresenceJoined
	case !is && (was || !reported):
		e.Presence = bot.PresenceLeft
	default:
		in.action = expelled
		if is {
			in.action = admitted
		}
		return in
	}
	if e.Person, known = decodePerson(m.object("from")); !known { // an administrator who does not show himself, or a bot
		e.Person, e.Anonymous = bot.Person{ID: in.place.chat, Name: cleanName(e.Title)}, true
	}
	in.action, in.event = handle, e
	return in
}

// isPresence tells whether an update says what has become of the bot in a group: nobody has written it.
func (in incoming) isPresence() bool { return in.event.Presence != bot.PresenceSame }

// outside is the part of a reply that goes to other chats, when the bot says nothing where the update is from: in a
// channel, whatever the handler replies, and in a group that it has left.
func (r reply) outside(in incoming) reply {
	if in.event.Channel == nil && in.event.Presence != bot.PresenceLeft {
		return r
	}
	r.edit, r.notice = nil, ""
	r.messages = slices.DeleteFunc(slices.Clone(r.messages), func(m message) bool { return m.chat == 0 || m.chat == in.place.chat })
	return r
}
