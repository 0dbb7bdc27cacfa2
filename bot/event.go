package bot

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
	// Group says that the chat is not a private one. Of what is written there
	// only commands that name the bot become events.
	Group bool

	// Message is the number of the message in its chat: the person's own or, when
	// a button was pressed, the bot's with the button, if Fixed is not set.
	Message int
	// Edited says that the message was sent before and has been changed since.
	Edited bool
	// Text is a message's text or caption; "" when it has neither.
	Text string
	// Command is the name of the command that the message holds at its beginning,
	// or after a word or two, in lower case, without the slash and the bot's name,
	// and Argument what follows it; both are "" for another message.
	Command, Argument string
	// Replied is the message that this one replies to; nil when it replies to none.
	Replied *Replied
	// Album groups the messages of one upload; "" for a message by itself.
	Album string

	// Press is the data of the button that was pressed; "" when the event is a
	// message. Fixed says that the message with the button can no longer be
	// edited.
	Press string
	Fixed bool
}

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
	// Asks says that the message asks for something: the person's app opens a
	// reply to it. Such a message has no buttons.
	Asks bool
}

// A Button is pressed to send its Data back in [Event.Press].
type Button struct {
	Label string // at most 64 characters
	Data  string // 1 to 64 bytes
}
