package telegram

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"newsbot/bot"
)

// An incoming is what of an update concerns the bot.
type incoming struct {
	id     int64
	kind   string // of update, as the Bot API names it
	place  place  // the mailbox it goes to; the zero one when it is from no chat
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

	// Of a question that is typed in any chat: the inline query to answer, and when it arrived.
	inline   string
	received time.Time

	// Of a reply that is wanted no longer: the number that Telegram calls it by.
	draft int64

	// Of a chat that has another ID now:
	from, to int64 // the IDs before and after
}

// ticket returns the ticket of an update that has arrived.
func (in incoming) ticket() ticket {
	quiet := in.query != "" || in.inline != "" || in.event.Channel != nil || in.isPresence() || in.event.Digest
	t := ticket{
		id: in.id, place: in.place, silent: in.action != handle || quiet, digest: in.event.Digest, inline: in.inline != "",
		upload: in.action == handle && isUpload(in.event), cancels: in.action == handle && in.query == "" && in.event.Cancels(),
	}
	if in.event.Group {
		t.person = in.event.Person.ID
	}
	return t
}

// An action is what is to be done about an update.
type action int

const (
	ignore      action = iota // nothing
	handle                    // it is an event
	acknowledge               // a button was pressed where the bot has none
	apologize                 // it is an event that was begun too often
	admitted                  // the bot may write to the chat
	expelled                  // it may not, any more
	renumbered                // the chat has another ID
)

// An identity is who the bot is.
type identity struct {
	id       int64
	username string
	inline   bool // people can ask it in any chat
}

// errUndecodable: an update does not have the form that the Bot API gives it.
var errUndecodable = errors.New("not an update of the Bot API")

// decodeUpdate reads an update. Only the fields that are needed are looked at,
// each by itself: whatever else an update has in it, it can be handled. The
// error is errUndecodable when one of those that it cannot do without is unfit.
func decodeUpdate(id int64, raw []byte, me identity) (incoming, error) {
	in := incoming{id: id, kind: other}
	var u fields
	if json.Unmarshal(raw, &u) != nil || u == nil {
		return in, errUndecodable
	}
	if id < 0 { // it is our own, which says so by that alone
		return decodeDigest(in, u.object(digestKind))
	}
	for _, kind := range decoders {
		if u.has(kind.name) {
			in.kind = kind.name
			return kind.decode(in, u.object(kind.name), me)
		}
	}
	return in, nil
}

// other is the kind of an update that the bot does not ask for, or cannot read.
const other = "other"

// decoders read the kinds of updates that the bot asks for. What is in one is
// under its name.
var decoders = [...]struct {
	name   string
	decode func(in incoming, content fields, me identity) (incoming, error)
}{
	{"message", decodeMessage},
	{"edited_message", decodeEdited},
	{"callback_query", decodePress},
	{"inline_query", decodeInline},
	{"my_chat_member", decodeMember},
	{"channel_post", decodePublished},
	{"edited_channel_post", decodeChanged},
	{"stopped_message_generation", decodeStopped},
}

// decodeMessage reads a message.
func decodeMessage(in incoming, m fields, me identity) (incoming, error) {
	var ok bool
	if in.place, ok = decodePlace(m); !ok {
		return in, errUndecodable
	}
	if move, ok := decodeMove(in, m); ok {
		return move, nil
	}
	if !hasContent(m) || m.bool("is_automatic_forward") {
		return in, nil
	}
	var e bot.Event
	switch m.object("chat").string("type") {
	case "private":
		e, ok = decodePrivate(in, m, me)
	case "group", "supergroup":
		e, ok = decodeAddressed(in, m, me)
	default:
		return in, nil
	}
	if ok {
		in.action, in.event = handle, e
	}
	return in, nil
}

// newMessage is the event of a message, whoever it is meant for.
func newMessage(in incoming, m fields, me identity) bot.Event {
	e := bot.Event{
		ID: in.id, Chat: in.place.chat, Thread: in.place.thread, Message: m.number("message_id"),
		Album: m.string("media_group_id"), Replied: decodeReplied(m, me),
	}
	e.Text, _ = m.text()
	e.Origin, e.Written = decodeOrigin(m, me)
	return e
}

// decodePrivate reads a message of a private chat; ok is false when it is not for the bot.
func decodePrivate(in incoming, m fields, me identity) (e bot.Event, ok bool) {
	from, known := decodePerson(m.object("from"))
	if via, _ := m.object("via_bot").integer("id"); !known || via == me.id {
		return e, false
	}
	e = newMessage(in, m, me)
	e.Person, e.File, e.Post = from, decodeFile(m), decodeForward(m)
	if e.Origin != bot.OriginNone {
		return e, true // the words are somebody else's
	}
	c, opens := parseCommand(m.text())
	if !opens {
		return e, true
	}
	e.Command, e.Argument = c.name, c.argument
	return e, c.bot == "" || strings.EqualFold(c.bot, me.username)
}

// decodeEdited reads a message as it is after a change. One without words was
// changed by itself: a live location, a game, a poll.
func decodeEdited(in incoming, m fields, me identity) (incoming, error) {
	in, err := decodeMessage(in, m, me)
	switch {
	case in.action == handle && strings.TrimSpace(in.event.Text) != "":
		in.event.Edited = true
	case in.action != renumbered:
		in.action, in.event = ignore, bot.Event{}
	}
	return in, err
}

// decodePlace reads where a message is. ok is false when it does not say.
//
// A thread counts when it is a topic of the chat: elsewhere Telegram gives one to
// every reply. The first topic of a group is the group: Telegram takes no messages
// for it by its number.
func decodePlace(m fields) (p place, ok bool) {
	chat := m.object("chat")
	if p.chat, ok = chat.integer("id"); !ok || p.chat == 0 {
		return place{}, false
	}
	forum := chat.bool("is_forum") && chat.string("type") != "private"
	if thread := m.number("message_thread_id"); thread > firstTopic && (forum || m.bool("is_topic_message")) {
		p.thread = thread
	}
	return p, true
}

// firstTopic is the number of the topic that a group with topics begins with.
const firstTopic = 1

// decodeMove reads the note that a group has become a supergroup, which each of
// the two gets. ok is false for another message.
func decodeMove(in incoming, m fields) (out incoming, ok bool) {
	to, leaves := m.integer("migrate_to_chat_id")
	from, arrives := m.integer("migrate_from_chat_id")
	switch {
	case leaves && to < 0 && in.place.chat < 0:
		in.from, in.to = in.place.chat, to
	case arrives && from < 0 && in.place.chat < 0:
		in.from, in.to = from, in.place.chat
	default:
		return in, false
	}
	in.action = renumbered
	return in, true
}

// decodeMember reads what has become of the bot in a chat: somebody has blocked
// it or added it to a group, or the other way round.
func decodeMember(in incoming, m fields, _ identity) (incoming, error) {
	id, ok := m.object("chat").integer("id")
	if !ok || id == 0 {
		return in, errUndecodable
	}
	in.place.chat = id
	switch m.object("chat").string("type") {
	case "channel":
		return decodeStanding(in, m), nil
	case "group", "supergroup":
		return decodePresence(in, m), nil
	}
	switch inside, known := isInside(m.object("new_chat_member")); {
	case inside:
		in.action = admitted
	case known:
		in.action = expelled
	}
	return in, nil
}

// decodeReplied reads what a message replies to; nil when it replies to none.
func decodeReplied(m fields, me identity) *bot.Replied {
	r := m.object("reply_to_message")
	if !m.has("reply_to_message") || opensTopic(m, r) {
		return nil
	}
	text, _ := r.text()
	from, _ := r.object("from").integer("id")
	_, written := decodeOrigin(r, me)
	return &bot.Replied{
		Message: r.number("message_id"), Text: text, FromBot: from == me.id, Post: decodeForward(r), Written: written,
		File: decodeFile(r),
	}
}

// decodePress reads a callback query. A message without a date is one that can
// no longer be reached.
func decodePress(in incoming, q fields, me identity) (incoming, error) {
	in.query = q.string("id")
	from, known := decodePerson(q.object("from"))
	if in.query == "" {
		return in, errUndecodable
	}
	if !known {
		return in, nil
	}
	m := q.object("message")
	var ok bool
	if in.place, ok = decodePlace(m); !ok {
		in.place, in.mute = place{chat: from.ID}, true
	}
	if date, _ := m.integer("date"); date != 0 {
		in.message = m.number("message_id")
	}
	in.event = bot.Event{
		ID: in.id, Chat: in.place.chat, Thread: in.place.thread, Person: from,
		Press: q.string("data"), Message: in.message, Fixed: in.message == 0 || m.has("photo"),
	}
	in.action = handle
	switch kind := m.object("chat").string("type"); {
	case in.event.Press == "" || !in.mute && kind != "private" && kind != "group" && kind != "supergroup":
		in.action = acknowledge
	case kind == "group" || kind == "supergroup":
		in.event.Group, in.event.Title = true, groupTitle(m)
	case m.object("reply_to_message").has("forward_origin"):
		in.event.Replied = decodeReplied(m, me)
	}
	return in, nil
}

// decodePerson reads a user; ok is false when there is none, or a bot.
func decodePerson(u fields) (p bot.Person, ok bool) {
	id, ok := u.integer("id")
	p = bot.Person{
		ID: id, LanguageCode: u.string("language_code"),
		Name: cleanName(u.string("first_name") + " " + u.string("last_name")),
	}
	if name := u.string("username"); isName(name) {
		p.Username = name
	}
	return p, ok && id != 0 && !u.bool("is_bot")
}

// maxName is how many characters of a name are kept. Telegram allows 64 for the
// first and as many for the last.
const maxName = 64

// cleanName makes a name fit to be shown in a line among other words: without
// what directs the text around it or is no character at all.
func cleanName(s string) string { return cleanLine(s, maxName) }

// cleanLine makes a line of at most so many characters fit to be shown so.
func cleanLine(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp):
			return ' '
		case unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	runes := []rune(strings.Join(strings.Fields(s), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), most)]))
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

// entities are those of a message's text or caption, with all that is said of each.
func (f fields) entities() []fields {
	if f.has("text") {
		return value[[]fields](f["entities"])
	}
	return value[[]fields](f["caption_entities"])
}

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

// number reads the number of a message or of a topic; 0 when there is none.
func (f fields) number(name string) int {
	n, ok := f.integer(name)
	if !ok || n < 0 || n > math.MaxInt32 {
		return 0
	}
	return int(n)
}

// value decodes a value of a known type.
func value[T any](raw json.RawMessage) T {
	var v, none T
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		return none
	}
	return v
}
