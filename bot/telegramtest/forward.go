package telegramtest

import (
	"maps"
	"time"
)

// An Origin is where a message was forwarded from: a MessageOrigin of the Bot API.
type Origin map[string]any

// FromChannel is the origin of the message of a channel with this number; a private one has no username. A signed one
// has an author_signature besides.
func FromChannel(id int64, username, title string, message int, at time.Time) Origin {
	chat := map[string]any{"id": id, "type": "channel", "title": title}
	if username != "" {
		chat["username"] = username
	}
	return Origin{"type": "channel", "date": at.Unix(), "chat": chat, "message_id": message}
}

// FromPerson is the origin of what a person has written who lets it be seen.
func FromPerson(id int64, name string, at time.Time) Origin {
	user := map[string]any{"id": id, "is_bot": false, "first_name": name}
	return Origin{"type": "user", "date": at.Unix(), "sender_user": user}
}

// FromHidden is the origin of what a person has written who does not.
func FromHidden(name string, at time.Time) Origin {
	return Origin{"type": "hidden_user", "date": at.Unix(), "sender_user_name": name}
}

// FromGroup is the origin of what a group has said in its own name.
func FromGroup(id int64, title string, at time.Time) Origin {
	chat := map[string]any{"id": id, "type": "supergroup", "title": title}
	return Origin{"type": "chat", "date": at.Unix(), "sender_chat": chat}
}

// FromBot is the origin of what the bot has written.
func FromBot(at time.Time) Origin {
	return Origin{"type": "user", "date": at.Unix(), "sender_user": botUser()}
}

// Forward forwards a message with these fields of the Bot API's Message, as [Person.SendMessage] has them, but no others
// than there are. It returns the identifier of the update.
func (p *Person) Forward(from Origin, fields map[string]any) int64 {
	p.s.t.Helper()
	all := maps.Clone(fields)
	all["forward_origin"] = map[string]any(from)
	return p.send(all, false)
}
