package telegram

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"newsbot/bot"
)

// An incoming is what of an update concerns the bot.
type incoming struct {
	id     int64
	chat   int64 // the mailbox it goes to; 0 when it is from no chat
	action action
	event  bot.Event
	again  bool // left from before a stop
	// sent is how many messages of its reply are out.
	sent int

	// Of a button pressed:
	query   string // the callback query to answer
	message int    // the message with the button; 0 when it cannot be edited
	// mute says that the person may never have written to the bot: he is shown
	// a notice and nothing is sent.
	mute bool
}

// An action is what is to be done about an update.
type action int

const (
	ignore      action = iota // nothing
	handle                    // it is an event
	acknowledge               // a button was pressed where the bot has none
	apologize                 // it is an event that was begun too often
)

// An identity is who the bot is.
type identity struct {
	id       int64
	username string
}

// errUndecodable: an update does not have the form that the Bot API gives it.
var errUndecodable = errors.New("not an update of the Bot API")

// decodeUpdate reads an update. Only the fields that are needed are looked at,
// each by itself: whatever else an update has in it, it can be handled. The
// error is errUndecodable when one of those that it cannot do without is unfit.
func decodeUpdate(id int64, raw []byte, me identity) (incoming, error) {
	in := incoming{id: id}
	var u fields
	if json.Unmarshal(raw, &u) != nil || u == nil {
		return in, errUndecodable
	}
	switch {
	case u.has("message"):
		return decodeMessage(in, u.object("message"), me)
	case u.has("callback_query"):
		return decodePress(in, u.object("callback_query"))
	}
	return in, nil
}

// decodeMessage reads a message.
func decodeMessage(in incoming, m fields, me identity) (incoming, error) {
	var ok bool
	chat := m.object("chat")
	if in.chat, ok = chat.integer("id"); !ok || in.chat == 0 {
		return in, errUndecodable
	}
	from, known := decodePerson(m.object("from"))
	if !known || !hasContent(m) {
		return in, nil
	}
	text, entities := m.text()
	e := bot.Event{
		ID: in.id, Chat: in.chat, Person: from,
		Text: text, Album: m.string("media_group_id"), Replied: decodeReplied(m, me),
	}
	var c command
	opens := false
	if !m.has("forward_origin") { // or the words are somebody else's
		c, opens = parseCommand(text, entities)
	}
	if opens {
		e.Command, e.Argument = c.name, c.argument
	}
	ours := opens && strings.EqualFold(c.bot, me.username)
	switch chat.string("type") {
	case "private":
		if opens && c.bot != "" && !ours {
			return in, nil
		}
	case "group", "supergroup":
		if !ours {
			return in, nil
		}
		e.Group = true
	default:
		return in, nil
	}
	in.action, in.event = handle, e
	return in, nil
}

// decodeReplied reads what a message replies to.
func decodeReplied(m fields, me identity) *bot.Replied {
	if !m.has("reply_to_message") {
		return nil
	}
	r := m.object("reply_to_message")
	text, _ := r.text()
	from, _ := r.object("from").integer("id")
	return &bot.Replied{Text: text, FromBot: from == me.id}
}

// decodePress reads a callback query. A message without a date is one that can
// no longer be reached.
func decodePress(in incoming, q fields) (incoming, error) {
	in.query = q.string("id")
	from, known := decodePerson(q.object("from"))
	if in.query == "" {
		return in, errUndecodable
	}
	if !known {
		return in, nil
	}
	m := q.object("message")
	chat := m.object("chat")
	in.chat, _ = chat.integer("id")
	message, _ := m.integer("message_id")
	date, _ := m.integer("date")
	e := bot.Event{ID: in.id, Chat: in.chat, Person: from, Press: q.string("data"), Fixed: date == 0 || message == 0}
	if in.chat == 0 {
		in.chat, e.Chat, in.mute = from.ID, from.ID, true
	}
	in.action, in.event = handle, e
	if !in.mute && chat.string("type") != "private" || e.Press == "" {
		in.action = acknowledge
	}
	if !e.Fixed {
		in.message = int(message)
	}
	return in, nil
}

// decodePerson reads a user; ok is false when there is none, or a bot.
func decodePerson(u fields) (p bot.Person, ok bool) {
	id, ok := u.integer("id")
	return bot.Person{ID: id, LanguageCode: u.string("language_code")}, ok && id != 0 && !u.bool("is_bot")
}

// contents are the fields of a message that somebody has written or chosen. One
// that has none of them is a note about the chat: somebody joined it, a message
// was pinned.
var contents = [...]string{
	"text", "caption", "rich_message",
	"animation", "audio", "document", "live_photo", "paid_media", "photo", "sticker", "story",
	"video", "video_note", "voice",
	"checklist", "contact", "dice", "game", "poll", "venue", "location", "invoice",
}

// hasContent tells whether there is anything in a message to answer to.
func hasContent(m fields) bool {
	for _, name := range contents {
		if m.has(name) {
			return true
		}
	}
	return false
}

// fields are those of a JSON object. What is missing, or has another type than
// it should, reads as nothing.
type fields map[string]json.RawMessage

func (f fields) has(name string) bool {
	raw := f[name]
	return len(raw) > 0 && string(raw) != "null"
}

func (f fields) object(name string) fields { return value[fields](f[name]) }
func (f fields) string(name string) string { return value[string](f[name]) }
func (f fields) bool(name string) bool     { return value[bool](f[name]) }

// text returns a message's text or caption and its entities.
func (f fields) text() (string, []entity) {
	if f.has("text") {
		return f.string("text"), value[[]entity](f["entities"])
	}
	return f.string("caption"), value[[]entity](f["caption_entities"])
}

// integer reads a whole number; ok is false when there is none.
func (f fields) integer(name string) (n int64, ok bool) {
	n, err := strconv.ParseInt(strings.Trim(string(f[name]), `"`), 10, 64)
	return n, err == nil
}

// value decodes a value of a known type.
func value[T any](raw json.RawMessage) T {
	var v, none T
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		return none
	}
	return v
}
