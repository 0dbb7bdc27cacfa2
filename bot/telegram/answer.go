package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"newsbot/bot/journal"
)

// maxTries is how often an update is begun again after the program was stopped
// in the middle of it. One that does not get through stops the program, it
// seems; but so does much else, and a message that only had bad luck is to be
// answered.
const maxTries = 20

// commitTime bounds one commit that is made although the program is to stop.
const commitTime = 5 * time.Second

var (
	errStopped = errors.New("not begun before the stop")
	errBroken  = errors.New("handling an update broke down")
)

// work handles one update. What it leaves unfinished is handled again at the
// next start.
func (s *service) work(ctx context.Context, in incoming) {
	begun := s.config.Now()
	err := s.answer(ctx, in)
	switch {
	case err == nil:
		s.log.Debug("update done", "update_id", in.id, "duration", s.config.Now().Sub(begun))
	case errors.Is(err, journal.ErrNotFound): // done already
	default:
		s.log.Info("an update is left for the next start", "update_id", in.id, "reason", shorten(redact(err.Error(), s.token)))
	}
}

// answer handles one update and carries out the reply.
func (s *service) answer(ctx context.Context, in incoming) error {
	if in.again {
		done, err := s.again(ctx, &in)
		if done || err != nil {
			return err
		}
	}
	var r reply
	var err error
	switch in.action {
	case handle:
		r, err = s.respond(ctx, in)
	case apologize:
		r = s.apologize(ctx, in)
	}
	if err != nil {
		return err
	}
	done, err := s.carryOut(ctx, in, r)
	if done || err != nil {
		return err
	}
	return s.done(ctx, in)
}

// done commits that an update needs nothing more.
func (s *service) done(ctx context.Context, in incoming) error {
	return s.commit(ctx, func(ctx context.Context) error { return s.journal.Done(ctx, in.id) })
}

// again counts that an update is begun again. After too many times it gets an
// apology, and if even that stops the program, nothing.
func (s *service) again(ctx context.Context, in *incoming) (done bool, err error) {
	tries := 0
	err = s.commit(ctx, func(ctx context.Context) (err error) {
		tries, err = s.journal.Retry(ctx, in.id)
		return err
	})
	if err != nil || tries <= maxTries || in.action == ignore {
		return false, err
	}
	s.log.Error("an update is given up", "update_id", in.id, "tries", tries)
	in.action = apologize
	if tries > maxTries+1 {
		in.action = ignore
	}
	return false, nil
}

// respond asks the handler for a reply, together with no more than a few others.
func (s *service) respond(ctx context.Context, in incoming) (reply, error) {
	select {
	case s.slots <- struct{}{}:
	case <-s.stopping:
		return reply{}, errStopped
	}
	defer func() { <-s.slots }()
	if isClosed(s.stopping) { // both were possible
		return reply{}, errStopped
	}
	r, err := s.guard(in, func() (reply, error) { return s.responder.respond(ctx, in.event) })
	if err == nil || ended(ctx) {
		return r, err
	}
	if !errors.Is(err, errBroken) {
		s.log.Error("handling an update returned an error", "update_id", in.id, "type", fmt.Sprintf("%T", err))
	}
	return s.apologize(ctx, in), nil
}

// apologize returns the handler's apology; nothing when even that breaks down.
func (s *service) apologize(ctx context.Context, in incoming) reply {
	r, _ := s.guard(in, func() (reply, error) { return s.responder.apologize(ctx, in.event), nil })
	r.apology = true
	return r
}

// guard calls f and turns a panic into errBroken.
func (s *service) guard(in incoming, f func() (reply, error)) (r reply, err error) {
	defer func() {
		if v := recover(); v != nil {
			s.log.Error("handling an update panicked", "update_id", in.id,
				"panic", panicked(v), "stack", string(debug.Stack()))
			r, err = reply{}, errBroken
		}
	}()
	return f()
}

// panicked describes a panic without what it was called with, which may be of a
// person's text.
func panicked(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", v)
}

// carryOut makes the calls of a reply, in order. The error is nil when nothing
// more is to be sent; done says that this is committed.
func (s *service) carryOut(ctx context.Context, in incoming, r reply) (done bool, err error) {
	if in.query != "" && in.action != ignore {
		if err := unsettled(s.gateway.answer(ctx, in.id, in.query, r.notice)); err != nil {
			return false, err
		}
	}
	if r.edit != nil && in.message != 0 {
		if err := unsettled(s.gateway.edit(ctx, in.id, in.chat, in.message, *r.edit)); err != nil {
			return false, err
		}
	}
	if in.mute {
		return false, nil
	}
	return s.sendAll(ctx, in, r)
}

// sendAll sends the messages of a reply that are not out yet, and commits each
// before the next: the last one by committing that the update is done.
func (s *service) sendAll(ctx context.Context, in incoming, r reply) (done bool, err error) {
	chat, skip, messages := in.chat, in.sent, r.messages
	if r.apology {
		skip = 0 // what is out is of another reply
	}
	for i := skip; i < len(messages); i++ {
		chat, err = s.gateway.send(ctx, in.id, chat, messages[i], func() error {
			if done = i == len(messages)-1; done {
				return s.done(ctx, in)
			}
			return s.commit(ctx, func(ctx context.Context) error { return s.journal.Sent(ctx, in.id, i+1) })
		})
		if errors.Is(err, errBlocked) {
			return false, nil
		}
		if err := unsettled(err); err != nil {
			return false, err
		}
	}
	return done, nil
}

// unsettled leaves out the errors after which nothing more is to be done.
func unsettled(err error) error {
	if errors.Is(err, errBlocked) || errors.Is(err, errRefused) || errors.Is(err, errUnparsed) {
		return nil
	}
	return err
}

// commit writes to the journal. While that fails, as on a full disk, the chat
// waits: what was sent and is not committed would be sent again. A write that
// has begun is ended although ctx is.
func (s *service) commit(ctx context.Context, write func(context.Context) error) error {
	var wait backoff
	for {
		err := s.write(ctx, write)
		if err == nil || errors.Is(err, journal.ErrNotFound) {
			return err
		}
		s.gateway.complain("the journal cannot be written", shorten(err.Error()))
		if err := s.pause(ctx, wait.delay()); err != nil {
			return err
		}
	}
}

func (s *service) write(ctx context.Context, write func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	return write(ctx)
}

// isClosed tells whether c is closed.
func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
