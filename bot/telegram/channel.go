package telegram

import (
	"context"
	"errors"
	"fmt"

	"newsbot/bot"
	"newsbot/corpus"
)

// decodePublished reads what was published in a channel that the bot is an administrator of.
func decodePublished(in incoming, m fields, me identity) (incoming, error) {
	c, ok := decodeChannel(m.object("chat"))
	if !ok || m.object("chat").string("type") != "channel" {
		return in, errUndecodable
	}
	in.place.chat = c.ID
	in.event = bot.Event{ID: in.id, Chat: c.ID, Message: m.number("message_id"), Published: true, Channel: &c}
	if hasContent(m) { // or it is a note: the channel has another title or picture
		in.event.Post, in.event.File = decodePost(m), decodeFile(m)
		if from, _ := decodeOrigin(m, me); from == bot.OriginOwn {
			return in, nil // what the bot has said is no coverage
		}
		if shared := decodeForward(m); shared != nil {
			in.event.Post = shared
		}
	}
	in.action = handle
	return in, nil
}

// decodeChanged reads a post as it is after a change.
func decodeChanged(in incoming, m fields, me identity) (incoming, error) {
	in, err := decodePublished(in, m, me)
	in.event.Edited = in.action == handle
	return in, err
}

// decodeStanding reads what has become of the bot in a channel.
func decodeStanding(in incoming, m fields) incoming {
	c, ok := decodeChannel(m.object("chat"))
	if !ok {
		return in
	}
	e := bot.Event{ID: in.id, Chat: c.ID, Channel: &c}
	switch m.object("new_chat_member").string("status") {
	case "administrator", "creator":
		if m.object("old_chat_member").string("status") != "administrator" { // or it has other rights now
			e.Standing = bot.StandingAdmin
		}
	case "member", "restricted", "left", "kicked":
		e.Standing = bot.StandingMember
	default:
		return in
	}
	if who, known := decodePerson(m.object("from")); known {
		e.Person = who
	}
	in.action, in.event = handle, e
	return in
}

// mostWaiting is how many updates of its place may wait for one to be put behind them. A channel cannot be told that its
// post is not taken, so that every post is; that the bot is in a group, or no more, will not be said again; and nobody has
// asked for a digest.
func (in incoming) mostWaiting() int {
	if in.event.Channel != nil || in.isPresence() || in.event.Digest {
		return unbounded
	}
	return maxQueue
}

// maxPersisting is how often an update of a channel is handled before it is given up: with the pauses between, for about
// two minutes. What lasts longer does not pass, except for a full disk, which somebody has to see to.
const maxPersisting = 12

// A notTaken is why an update of a channel could not be handled. Nobody would send it again.
type notTaken struct{ why error }

// Error says what kind of error it was; more of it is in the log already, or may be what somebody has published.
func (e *notTaken) Error() string { return fmt.Sprintf("not taken in: %T", e.why) }

// persist handles an update; one of a channel, or a digest, again and again when it could not be. It holds up no other place:
// those that come after it in the same one are about the same posts, or from the person whose digest it is.
func (s *service) persist(ctx, waiting context.Context, t ticket) error {
	var wait backoff
	for tries := 1; ; tries++ {
		err := s.answer(ctx, t)
		failed, ok := errors.AsType[*notTaken](err)
		if !ok {
			return err
		}
		full := errors.Is(failed.why, corpus.ErrFull)
		if tries >= maxPersisting && !full {
			s.log.Error(t.called()+" is given up", "update_id", t.id, "type", fmt.Sprintf("%T", failed.why))
			return s.giveUp(ctx, t)
		}
		s.gateway.complain(t.called()+" cannot be taken in; trying again", failed.Error())
		if s.pause(waiting, wait.delay()) != nil {
			return errStopped
		}
		t.again, t.counted = true, true
	}
}

// called is what the log calls an update that is handled again and again.
func (t ticket) called() string {
	if t.digest {
		return "a digest"
	}
	return "an update of a channel"
}

// giveUp lets the handler note that an update comes to nothing, and is done with it.
func (s *service) giveUp(ctx context.Context, t ticket) error {
	in, err := s.load(ctx, t)
	if err != nil {
		return err
	}
	done, err := s.sendAll(ctx, in, s.apologize(ctx, in), func() {})
	if done || err != nil {
		return err
	}
	return s.done(ctx, in, 0)
}
