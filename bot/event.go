package bot

import (
	"context"
	"time"

	"newsbot/corpus"
)

// An Event is something that a person did: a message sent or a button pressed.
// Texts are as the person sent them.
type Event struct {
	// ID is the number of the update that brought the event. It is unique, and
	// the same when an event is handled again after a crash.
	ID int64
	// Again says that the event may have been handled before, and that its
	// replies may not have been sent.
	Again bool
	Chat  int64
	// Thread is the topic of the chat that the event is from; 0 for none.
	Thread int
	Person Person
	// Group says that the chat is not a private one. Of what is written there only what is addressed to the bot becomes
	// events: a command, a message that mentions it or replies to one of its own, and what has become of it there.
	Group bool
	// Title is what the group calls itself; "" when unknown.
	Title string
	// Anonymous says that somebody has written as a chat: an administrator as the group, or anybody as a channel of his.
	// Person.ID is the number of that chat then.
	Anonymous bool
	// Presence is what has become of the bot in the group.
	Presence Presence
	// Inline says that somebody types a question for the bot in any chat: Text is what he has typed until now. Chat is
	// his private one, which he may never have opened.
	Inline bool
	// Digest says that it is time for the person's digest, which is an event that no person has made.
	Digest bool

	// Message is the number of the message in its chat: the person's own or, when
	// a button was pressed, the bot's with the button, if Fixed is not set.
	Message int
	// Edited says that the message was sent before and has been changed since.
	Edited bool
	// Text is a message's text or caption, in a group without the mentions of the bot; "" when it has neither.
	Text string
	// Command is the name of the command that the message holds at its beginning,
	// or after a word or two, in lower case, without the slash and the bot's name,
	// and Argument what follows it; both are "" for another message.
	Command, Argument string
	// Bare says that the command names no bot, and that nothing else in the message addresses this one: in a group it may
	// be meant for another bot.
	Bare bool
	// Replied is the message that this one replies to; nil when it replies to none. When a button was pressed, it is the
	// forwarded message that the bot's replies to.
	Replied *Replied
	// Album groups the messages of one upload; "" for a message by itself.
	Album string
	// File is the file that the message brings; nil for none, and in a group. Pictures, sounds and films are none.
	File *File
	// Pieces are the other messages of its album, in order, when they bring files, or
	// those of [Dialogue.Gathers]. They are handled with it, and do not become events of
	// their own then.
	Pieces []Event
	// Post is what was published in a channel: forwarded by the person or, when Published is set, by itself, in the
	// channel that is Chat; then there is no person. Nil for what was published in none.
	Post      *Post
	Published bool
	// Channel is the channel that the event is from: where Post was published, or where Standing says what has become of
	// the bot. Nil for an event that is from none. Nothing is ever said there.
	Channel  *Channel
	Standing Standing
	// Origin says where a message was forwarded from, and Written when its words were sent first.
	Origin  Origin
	Written time.Time

	// Press is the data of the button that was pressed; "" when the event is a
	// message. Fixed says that the message with the button can no longer be
	// edited.
	Press string
	Fixed bool

	// Writing follows a reply that is being written; nil where nobody can.
	Writing *Writing
	// Stopped says that the command has stopped a reply that was being written.
	Stopped bool
}

// A Writing is how a person follows a reply that is being written.
type Writing struct {
	// Show shows what is written so far, in place of what it has shown before. It returns at once, and may leave
	// something out. Nil where nothing is shown before the reply is whole, as in groups.
	Show func(Document)
	// Stop is closed when the person wants no more of it.
	Stop <-chan struct{}
	// Crowded says that others wait for theirs until it is whole: nothing that takes long is to be done for it.
	Crowded bool
}

// isCrowded tells whether others wait; nobody does when it cannot be followed.
func (w *Writing) isCrowded() bool { return w != nil && w.Crowded }

// A Person is who did it.
type Person struct {
	ID int64
	// LanguageCode is the IETF tag of the person's app; "" when unknown.
	LanguageCode string
	// Name is what the person calls himself, and Username his username without
	// "@"; "" when unknown. Neither tells who he is: both can be changed.
	Name, Username string
}

// A Replied is what an event needs to know of the message that it replies to.
type Replied struct {
	Message int    // its number; 0 when unknown
	Text    string // or caption; "" when it has neither
	FromBot bool   // the message is one of the bot's own
	File    *File  // that it brings; nil for none
	// Post and Written are those of an event, when the message was forwarded.
	Post    *Post
	Written time.Time
}

// A Reply is what is to be done about an event. The zero Reply is nothing.
type Reply struct {
	// Messages are sent one after the other.
	Messages []Outgoing
	// Edit takes the place of the message whose button was pressed; nil leaves
	// it alone.
	Edit *Outgoing
	// Notice is shown over the chat for a moment when a button was pressed; at
	// most 200 characters, "" for none.
	Notice string
	// Inline answers an inline event; nil for other events.
	Inline *Inline
	// Then, if there is one, is called when the messages are out. It returns the rows of buttons that are to be under
	// the last of them instead; nil leaves them as they are. It is given up for anything more important, and a stop.
	Then func(ctx context.Context) ([][]Button, error)
}

// An Inline is what somebody is offered who types a question for the bot in any chat.
type Inline struct {
	Results []Result // at most 50
	// Hint leads into the bot's private chat, with a /start that has an argument; the zero Link for none.
	Hint Link
	// For says for how long the same question of the same person has the same results.
	For time.Duration
}

// A Result is a message that can be sent into any chat, under the name of whoever has chosen it.
type Result struct {
	ID          string   // 1 to 64 bytes, unlike the others'
	Title       string   // what is shown of it in the list of results,
	Description string   // and below that
	Document    Document // one part
	Links       []Link
}

// An Outgoing is a message on its way out.
type Outgoing struct {
	Document Document
	// Chat is where it goes when that is not where the event is from: the private
	// chat of an administrator, or of somebody whose request was decided. 0 is the
	// event's chat.
	Chat int64
	// ReplyTo is the number of the message that it replies to, if that is still
	// there; 0 for none.
	ReplyTo int
	// Buttons are rows of buttons, from left to right whatever the language.
	Buttons [][]Button
	// Links are rows of their own below the buttons. A terminal does not show them.
	Links []Link
	// Picture stands above the text; nil for none.
	Picture *Picture
	// Asks says that the message asks for something: the person's app opens a
	// reply to it. Such a message has no buttons.
	Asks bool
}

// A Picture is an image in a message, which cannot be edited then.
type Picture struct {
	Name string // of the file
	PNG  []byte
}

// A Link is a button that leads to the bot's private chat, or hands that on.
type Link struct {
	Label string // at most 64 characters
	// Start is the argument of the /start that it leads to: 1 to 64 of A-Z, a-z, 0-9, _ and -.
	Start string
	// Share says that the person hands on the link instead: he chooses the chat.
	Share bool
}

// A Button is pressed to send its Data back in [Event.Press].
type Button struct {
	Label string // at most 64 characters
	Data  string // 1 to 64 bytes
}

// An Origin is where a message was forwarded from.
type Origin int

// The origins.
const (
	OriginNone    Origin = iota // it was not forwarded
	OriginChannel               // a channel: Event.Post says which
	OriginPerson                // a person, or a bot
	OriginHidden                // a person who does not say who he is
	OriginGroup                 // a group that speaks for itself
	OriginOwn                   // the bot
)

// A Presence is what has become of the bot in a group.
type Presence int

// The presences.
const (
	PresenceSame Presence = iota // what it was
	PresenceJoined
	PresenceLeft // it can say nothing there any more
)

// A Standing is what the bot is in a channel.
type Standing int

// The standings.
const (
	StandingSame   Standing = iota // what it was before the event
	StandingMember                 // a mere member, or not even that, which is told no posts
	StandingAdmin                  // an administrator, which it was not before
)

// A File is a file that somebody has sent. All of it but ID is as he calls it.
type File struct {
	ID   string // by which it is downloaded
	Name string
	MIME string // type; "" when unknown
	Size int64  // in bytes; 0 when unknown
}

// A Post is what was published in a channel.
type Post struct {
	Channel Channel
	Message int // its number in the channel
	Date    time.Time
	Edited  time.Time // when it was changed last; zero for never
	Author  string    // the signature; "" for none
	Album   string    // groups the posts of one album; "" for none
	Reply   int       // the number of the post of the channel that it replies to; 0 for none
	// Text is its text or caption: the words as they were published, byte for byte, then, behind an empty line, a line
	// "words: address" for each link that stands under words. "" when it has neither.
	Text string
	// Links are the addresses, in order, when the post is nothing but links, with a headline or without.
	Links []string
	// Worded says that there is a headline that is news by itself: the post is an article when no page of Links is.
	Worded bool
}

// A Channel is where posts are published.
type Channel struct {
	ID    int64
	Name  string // its username without "@"; "" for a private one
	Title string
}

// Link is the address of a post: of a public channel https://t.me/name/message, else the one that only its members can open
// (https://core.telegram.org/api/links#private-message-links).
func (c Channel) Link(message int) string { return corpus.PostURL(c.ID, c.Name, message) }
