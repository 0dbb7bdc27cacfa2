package bot

import "context"

// An Aside is something to be said beside the reply to an event.
type Aside int

// The asides.
const (
	// Waiting: the event has to wait behind others of its chat.
	Waiting Aside = iota
	// Refused: it is not taken, because too many wait.
	Refused
	// Doubtful: a message of the reply may not have arrived, and is not sent again.
	Doubtful
)

// Aside returns what is said beside the reply to an event. It replies to the
// message that is not taken or answered, so that it can be told which one it was.
func (d *Dialogue) Aside(ctx context.Context, e Event, a Aside) Reply {
	t, _ := d.turn(ctx, e) // without the person's choice it is in the app's language
	if t.Group && t.Press == "" && (t.Presence != PresenceSame || t.isUnheard()) {
		return Reply{}
	}
	if e.Press == "" && e.Command == "" && !t.forwards() {
		t.lang = t.framed(e.Text)
	}
	switch {
	case a == Waiting && !t.Group:
		return t.says(keyAsideWaiting)
	case a == Waiting:
		return t.saysInReply(keyAsideWaiting)
	case a == Refused && t.Press != "":
		return t.notice(keyAsideRefusedPress)
	case a == Refused:
		return t.saysInReply(keyAsideRefused)
	}
	return t.saysInReply(keyAsideDoubtful)
}

// saysInReply is a reply of one sentence to the message of the event.
func (t turn) saysInReply(k key) Reply {
	r := t.says(k)
	if t.Press == "" {
		r.Messages[0].ReplyTo = t.Message
	}
	return r
}
