package bot

import "context"

// Busy returns what is said about an event that has to wait behind others of its
// chat or, when it is refused, is not taken because too many wait. A refused
// message is replied to, so that it can be told which one it was.
func (d *Dialogue) Busy(ctx context.Context, e Event, refused bool) Reply {
	t, _ := d.turn(ctx, e) // without the person's choice it is in the app's language
	if e.Press == "" && e.Command == "" {
		t.lang = frame(e.Text, t.lang)
	}
	switch {
	case !refused:
		return t.says(keyBusy)
	case t.Press != "":
		return Reply{Notice: say(t.lang, keyBusyPressed)}
	}
	r := t.says(keyBusyRefused)
	r.Messages[0].ReplyTo = t.Message
	return r
}
