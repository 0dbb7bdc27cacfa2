package telegram

import (
	"context"
	"errors"
	"time"

	"newsbot/bot"
	"newsbot/bot/journal"
)

const (
	// patience is how long somebody who has sent many messages waits for an
	// answer before he is told that he will get them.
	patience = 3 * time.Second
	// maxRefusals is how many presses of a chat wait to be told that they were
	// not taken.
	maxRefusals = 16
)

// concerns tells whether anything is to be done about an update that has arrived. What cannot be read may be a mistake of
// this program, and is kept.
func (s *service) concerns(u journal.Update) bool {
	in, err := s.decode(u.ID, u.Raw)
	if err != nil || in.action != ignore {
		return true
	}
	if in.draft != 0 {
		s.writings.stopDraft(in.place.chat, in.place.thread, in.draft)
	}
	s.received(in.kind)
	return false
}

// deliver puts new updates into the mailboxes of their places. For one that finds
// its mailbox full, something is said beside it: at once, not after all others.
func (s *service) deliver(ctx context.Context, updates []journal.Update) error {
	var arrived []incoming
	for _, u := range updates {
		in := s.peek(u)
		if !in.event.Digest {
			s.received(in.kind)
		}
		if in.action == renumbered { // before what is told of the same chat beside it
			s.gateway.move(ctx, in.from, in.to)
		}
		arrived = append(arrived, in)
	}
	var passed, followed []int64
	for _, in := range arrived {
		if in.inline != "" {
			instead, err := s.boxes.putLast(ctx, in.ticket())
			if err != nil {
				return err
			}
			followed = append(followed, idsOf(instead)...)
			continue
		}
		over, err := s.receive(ctx, in)
		if err != nil {
			return err
		}
		if over {
			passed = append(passed, in.id)
		}
	}
	if err := s.passInline(ctx, followed); err != nil {
		return err
	}
	return s.pass(ctx, passed)
}

// receive puts one update where its turn will come; over says that nothing is to
// be done about it.
func (s *service) receive(ctx context.Context, in incoming) (over bool, err error) {
	t := s.ticketOf(in)
	most := in.mostWaiting()
	if t.gathered {
		most = maxForwarded
	}
	c, err := s.boxes.put(ctx, t, most)
	if err == nil && t.cancels {
		s.cancel(in, c)
	}
	switch {
	case err != nil:
		return false, err
	case c == manyBefore:
		_, err = s.watches.put(ctx, t, unbounded)
	case c == turnedAway:
		_, err = s.refusals.put(ctx, t, unbounded)
	case c == passedOver && in.query != "": // a clock runs on each button
		c, err = s.refusals.put(ctx, t, maxRefusals)
		over = c == turnedAway || c == passedOver
	case c == passedOver:
		over = true
	}
	return over, err
}

// cancel stops the reply that is being written for the author of an update. It is in its mailbox before: a reply that is
// begun in between looks there.
func (s *service) cancel(in incoming, c crowd) {
	update := in.id
	if c == turnedAway || c == passedOver { // it has no turn
		update = 0
	}
	s.writings.stop(in.place, in.event.Person.ID, update)
}

// ticketOf returns the ticket of an update, with what the handler says of it.
func (s *service) ticketOf(in incoming) ticket {
	t := in.ticket()
	t.gathered = s.gathers(nil, in)
	if t.upload {
		t.slow, _ = guard(s.log, in.id, func() (bool, error) { return s.responder.downloads(in.event), nil })
	}
	return t
}

// pass commits that updates are passed over.
func (s *service) pass(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	err := s.commit(ctx, func(ctx context.Context) error { return s.journal.Pass(ctx, ids...) })
	if err == nil {
		s.log.Info("updates are passed over", "updates", len(ids))
	}
	return err
}

// askPatience asks somebody who has sent many messages for patience, when the
// first of those that wait is not answered soon. waiting ends when that is no
// longer waited for.
func (s *service) askPatience(ctx, waiting context.Context, t ticket) {
	begun := s.config.Now()
	if s.pause(waiting, patience) != nil || !s.boxes.stuck(t.place) || !s.boxes.asks(t.place) {
		return
	}
	in, err := s.load(ctx, t)
	if err != nil || in.action != handle {
		return
	}
	s.log.Info("a chat waits for its answers", "update_id", t.id, s.took(begun))
	s.remark(ctx, in, bot.Waiting)
}

// refuse tells somebody that an update is not taken, as too many are waiting.
// When the program stops before that, it is taken at the next start.
func (s *service) refuse(ctx context.Context, t ticket) {
	err := s.tell(ctx, t)
	switch {
	case err == nil:
		s.log.Info("an update is refused", "update_id", t.id)
	case errors.Is(err, journal.ErrNotFound): // done already
	default:
		s.leaveOver(t, err)
	}
}

// tell says that an update is not taken, and is done with it.
func (s *service) tell(ctx context.Context, t ticket) error {
	in, err := s.load(ctx, t)
	if err != nil {
		return err
	}
	done, err := s.carryOut(ctx, in, s.aside(ctx, in, bot.Refused), func() {})
	if done || err != nil {
		return err
	}
	return s.done(ctx, in, 0)
}

// remark says something beside a reply, at its best.
func (s *service) remark(ctx context.Context, in incoming, a bot.Aside) {
	for _, m := range s.aside(ctx, in, a).messages {
		s.gateway.notice(ctx, in.id, in.place, m)
	}
}

// aside returns what the handler says beside the reply to an update; nothing when
// it breaks down.
func (s *service) aside(ctx context.Context, in incoming, a bot.Aside) reply {
	r, _ := guard(s.log, in.id, func() (reply, error) { return s.responder.aside(ctx, in.event, a), nil })
	return r
}
