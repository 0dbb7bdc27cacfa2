package bot

import (
	"context"
	"errors"
	"strings"

	"newsbot/corpus/text"
)

// newsroom is the number of a group, and its manager one of its administrators.
const (
	newsroom = -1001234567890
	manager  = 70
)

// managers are the administrators of all groups, as a test has them.
type managers struct {
	people map[int64]bool
	err    error
	asked  int // how often
}

func (m *managers) Manages(_ context.Context, _, person int64, _ bool) (bool, error) {
	m.asked++
	return m.people[person], m.err
}

var errNoMembers = errors.New("members cannot be listed")

// inNewsroom makes an event one of the group.
func inNewsroom(e Event) Event {
	e.Group, e.Chat, e.Title = true, newsroom, "غرفة الأخبار <b>"
	return e
}

// say is what somebody says to the bot in the group, after its mention.
func (w *world) groupEvent(person int64, message string) Event {
	return inNewsroom(w.event(person, message))
}

func (w *world) sayInGroup(person int64, message string) Reply {
	w.t.Helper()
	return w.handle(w.groupEvent(person, message))
}

func (w *world) pressInGroup(person int64, data string) Reply {
	w.t.Helper()
	return w.handle(inNewsroom(w.pressed(person, data)))
}

// presence is what becomes of the bot in the group, by somebody's doing.
func (w *world) presence(person int64, p Presence) Event {
	e := inNewsroom(w.event(person, ""))
	e.Message, e.Presence = 0, p
	e.Person.Name, e.Person.Username = "Nadia & Co", "nadia"
	return e
}

func (w *world) added(person int64) Reply {
	w.t.Helper()
	return w.handle(w.presence(person, PresenceJoined))
}

// managed has somebody manage the group.
func managed(w *world) *world {
	w.Members = &managers{people: map[int64]bool{manager: true, newsroom: true}}
	return w
}

// replying is a message of the group that replies to somebody's.
func (w *world) replying(person int64, message, to string) Event {
	e := w.groupEvent(person, message)
	e.Replied = &Replied{Message: 4000, Text: to}
	return e
}

// groupConversations are those in groups.
func groupConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"group-joined":         func(w *world) Reply { return w.added(reader) },
		"group-joined-waits":   func(w *world) Reply { return invited(w).added(reader) },
		"group-joined-allowed": func(w *world) Reply { return invited(w).added(admin) },
		"group-joined-denied": func(w *world) Reply {
			w.send(admin, "/deny -1001234567890")
			return w.added(reader)
		},
		"group-allowed": func(w *world) Reply {
			return w.press(admin, button(w.t, invited(w).added(reader), say(text.Language(w.lang), keyAllowButton)))
		},
		"group-refused": func(w *world) Reply {
			return w.press(admin, button(w.t, invited(w).added(reader), say(text.Language(w.lang), keyDenyButton)))
		},
		"group-decided": func(w *world) Reply {
			r := invited(w).added(reader)
			w.press(admin, button(w.t, r, say(text.Language(w.lang), keyAllowButton)))
			return w.press(deputy, button(w.t, r, say(text.Language(w.lang), keyDenyButton)))
		},
		"group-allow": func(w *world) Reply { return w.send(admin, "/allow -1001234567890") },
		"group-deny": func(w *world) Reply {
			invited(w).added(reader)
			w.send(admin, "/allow -1001234567890")
			return w.send(deputy, "/deny -1001234567890")
		},
		"group-users": func(w *world) Reply {
			invited(w).added(reader)
			w.handle(w.named(stranger, "?", "سلمى", ""))
			w.send(admin, "/allow -100777")
			return w.send(admin, "/users")
		},
		"group-answer":      func(w *world) Reply { stories(w); return w.sayInGroup(reader, question(w.lang)) },
		"group-ask":         func(w *world) Reply { stories(w); return w.sayInGroup(reader, "/ask@news_bot "+question(w.lang)) },
		"group-ask-replied": func(w *world) Reply { stories(w); return w.handle(w.replying(reader, "", question(w.lang))) },
		"group-answer-set":  func(w *world) Reply { return inOtherLanguage(w).sayInGroup(reader, question(w.lang)) },
		"group-set-help":    func(w *world) Reply { return inOtherLanguage(w).sayInGroup(reader, "/sources") },
		"group-passage": func(w *world) Reply {
			stories(w)
			return w.pressInGroup(stranger, firstButton(w.sayInGroup(reader, question(w.lang))))
		},
		"group-how":           func(w *world) Reply { return w.sayInGroup(reader, "") },
		"ask-how":             func(w *world) Reply { return w.send(reader, "/ask") },
		"ask":                 func(w *world) Reply { stories(w); return w.send(reader, "/ask "+question(w.lang)) },
		"group-help":          func(w *world) Reply { return w.sayInGroup(admin, "/help") },
		"group-private":       func(w *world) Reply { return w.sayInGroup(reader, "/privacy") },
		"group-private-press": func(w *world) Reply { return w.pressInGroup(reader, "g:en") },
		"group-admins":        func(w *world) Reply { return w.sayInGroup(admin, "/add "+undated) },
		"group-not-admin":     func(w *world) Reply { return w.sayInGroup(reader, "/add "+undated) },
		"group-admins-press":  func(w *world) Reply { return w.pressInGroup(admin, "l:0") },
		"group-unknown":       func(w *world) Reply { return w.sayInGroup(reader, "/frobnicate@news_bot") },
		"group-outside":       func(w *world) Reply { return invited(w).sayInGroup(stranger, question(w.lang)) },
		"group-outside-press": func(w *world) Reply { return invited(w).pressInGroup(stranger, "s:abcdefghij:1:2") },
		"group-denied-press": func(w *world) Reply {
			w.send(admin, "/deny 8")
			return w.pressInGroup(stranger, "s:abcdefghij:1:2")
		},
		"group-settings": func(w *world) Reply { return managed(w).sayInGroup(manager, "/settings") },
		"group-settings-language": func(w *world) Reply {
			return managed(w).pressInGroup(manager, "group:language:"+otherLanguage(w.lang))
		},
		"group-settings-managers": func(w *world) Reply { return managed(w).pressInGroup(manager, "group:ask:managers") },
		"group-settings-refused":  func(w *world) Reply { return managed(w).sayInGroup(reader, "/settings") },
		"group-settings-press":    func(w *world) Reply { return managed(w).pressInGroup(reader, "group:language:ar") },
		"group-settings-unsure": func(w *world) Reply {
			w.Members = &managers{err: errNoMembers}
			return w.sayInGroup(manager, "/settings")
		},
		"group-managers-only": func(w *world) Reply {
			managed(w).pressInGroup(manager, "group:ask:managers")
			return w.sayInGroup(reader, question(w.lang))
		},
		"group-changed": func(w *world) Reply {
			stories(w)
			e := w.groupEvent(reader, strings.Repeat(question(w.lang)[:2], 3))
			w.handle(e)
			e.ID, e.Edited, e.Text = e.ID+1000, true, question(w.lang)
			return w.handle(e)
		},
	}
}

func otherLanguage(lang string) string {
	return map[string]string{"ar": "en", "en": "ar"}[lang]
}

// inOtherLanguage is a world whose group has chosen another language than people's.
func inOtherLanguage(w *world) *world {
	stories(w)
	managed(w).pressInGroup(manager, "group:language:"+otherLanguage(w.lang))
	return w
}
