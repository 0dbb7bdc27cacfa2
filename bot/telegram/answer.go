package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"newsbot/bot"
	"newsbot/bot/journal"
)

// maxTries is how often an update is begun again after the program was stopped
// in the middle of it. One that does not get through stops the program, it
// seems; but so does much else, and a message that only had bad luck is to be
// answered.
const maxTries = 20

const (
	// handleTime is how long the handler may take for one event.
	handleTime = 60 * time.Second
	// uploadTime is how long it may take for one that brings files: more than the
	// handler gives itself, which says then what has come and what has not.
	uploadTime = bot.UploadTime + 2*time.Minute
	// gatheredParts is how many times handleTime it may take for events that are handled
	// together: some pages are read, and a hundred posts stored, each on the disk.
	gatheredParts = 3
)

const (
	// commitTime bounds one commit that is made although the program is to stop.
	commitTime = 5 * time.Second
	// lastTime is what is left of that for a commit when the program no longer
	// waits, which is less than it waits for what is cut.
	lastTime = cutTime / 2
)

var (
	errStopped = errors.New("not begun before the stop")
	errBroken  = errors.New("handling an update broke down")
)

// work handles one update. What it leaves unfinished is handled again at the
// next start. waiting ends when nothing is waited for any longer.
func (s *service) work(ctx, waiting context.Context, t ticket) {
	begun := s.config.Now()
	err := s.persist(ctx, waiting, t)
	switch {
	case err == nil:
		s.log.Debug("update done", "update_id", t.id, s.took(begun))
	case errors.Is(err, journal.ErrNotFound): // done already
	default:
		s.leaveOver(t, err)
	}
}

// took says for the log how long something has taken since begun: programs read a
// number better when its name has the unit.
func (s *service) took(begun time.Time) slog.Attr {
	return slog.Float64("duration_ms", math.Round(s.config.Now().Sub(begun).Seconds()*1e4)/10)
}

// leaveOver notes that an update is left for the next start.
func (s *service) leaveOver(t ticket, err error) {
	s.log.Info("an update is left for the next start", "update_id", t.id, "reason", shorten(redact(err.Error(), s.token)))
}

// answer handles one update and carries out the reply.
func (s *service) answer(ctx context.Context, t ticket) error {
	if t.inline {
		return s.answerInline(ctx, t)
	}
	if err := s.awaitAlbum(ctx, t); err != nil {
		return err
	}
	leave, err := s.enter(t)
	if err != nil {
		return err
	}
	defer leave()
	in, err := s.begin(ctx, t)
	if err == nil {
		err = s.join(ctx, &in, t)
	}
	if err != nil {
		return err
	}
	stop := s.typing(ctx, in)
	defer stop() // whatever happens
	r, err := s.reply(ctx, in)
	if err != nil {
		return err
	}
	leave() // sending takes nobody's place
	r.shown = new(int)
	done, err := s.carryOut(ctx, in, r, stop)
	if !done && err == nil {
		err = s.done(ctx, in, 0)
	}
	if err == nil {
		stop()
		s.afterwards(ctx, t, in, r)
	}
	return err
}

// begin reads an update whose turn it is. Until then it is a ticket alone, and
// does not count as begun.
func (s *service) begin(ctx context.Context, t ticket) (in incoming, err error) {
	in, err = s.load(ctx, t)
	if err == nil && in.again && !t.counted {
		err = s.again(ctx, &in)
	}
	return in, err
}

// reply decides what is to be done about an update. A few updates at once come so
// far.
func (s *service) reply(ctx context.Context, in incoming) (r reply, err error) {
	if !in.mute && !in.event.Digest && (in.action == handle || in.action == admitted) {
		s.gateway.returned(ctx, in.place.chat) // who writes has not blocked the bot
		s.arrivals.note(in.place.chat)
	}
	if in.isPresence() && s.gateway.reach.follows(ctx, in.place.chat, in.event.Presence) {
		return reply{}, nil
	}
	switch in.action {
	case handle:
		r, err = s.respond(ctx, in)
	case apologize:
		r = s.apologize(ctx, in)
	case expelled:
		s.gateway.gone(ctx, in.place.chat)
	case renumbered:
		s.gateway.move(ctx, in.from, in.to)
	}
	return r, err
}

// typing shows that a message is being answered, until stop is called, which may
// be more than once. A pressed button shows that by itself.
func (s *service) typing(ctx context.Context, in incoming) (stop func()) {
	if in.action != handle || in.query != "" || in.event.Channel != nil || in.isPresence() || in.event.Digest {
		return func() {}
	}
	return sync.OnceFunc(s.gateway.typingFor(ctx, in.place, max(typingTime, s.timeFor(in))))
}

// enter waits until an update may be handled. leave is to be called when it was;
// again does no harm.
func (s *service) enter(t ticket) (leave func(), err error) {
	slots := s.slots
	switch {
	case t.slow:
		slots = s.uploads
	case t.digest:
		slots = s.composing
	case t.inline:
		slots = s.inlines
	}
	select {
	case slots <- struct{}{}:
	case <-s.stopping:
		return nil, errStopped
	}
	s.spare.interrupt()
	leave = sync.OnceFunc(func() { <-slots })
	if isClosed(s.stopping) { // both were possible
		leave()
		return nil, errStopped
	}
	return leave, nil
}

// load reads an update from the journal. That it cannot be decoded was logged
// when it arrived. The error wraps journal.ErrNotFound when it is done.
func (s *service) load(ctx context.Context, t ticket) (incoming, error) {
	var u journal.Update
	err := s.insist(ctx, "the journal cannot be read", func(ctx context.Context) (err error) {
		u, err = s.journal.Update(ctx, t.id)
		return err
	})
	if err != nil {
		return incoming{}, err
	}
	in, _ := s.decode(u.ID, u.Raw) // what is undecodable is to be ignored
	in.sent, in.again, in.event.Again, in.received = u.Sent, t.again, t.again, u.Received
	return in, nil
}

// done commits that an update needs nothing more. message is the number of the
// last one sent where the update is from, 0 for none.
func (s *service) done(ctx context.Context, in incoming, message int) error {
	return s.commit(ctx, func(ctx context.Context) error { return s.journal.Done(ctx, in.id, message, in.with()...) })
}

// again counts that an update is begun again. After too many times it gets an
// apology, and if even that stops the program, nothing.
func (s *service) again(ctx context.Context, in *incoming) error {
	tries := 0
	err := s.commit(ctx, func(ctx context.Context) (err error) {
		tries, err = s.journal.Retry(ctx, in.id)
		return err
	})
	if err != nil || tries <= maxTries || in.action == ignore {
		return err
	}
	s.log.Error("an update is given up", "update_id", in.id, "tries", tries)
	in.action = apologize
	if tries > maxTries+1 {
		in.action = ignore
	}
	return nil
}

// respond asks the handler for a reply. One that is not there in time is given
// up: the handler takes one of the few places meanwhile.
func (s *service) respond(ctx context.Context, in incoming) (reply, error) {
	limited, cancel := context.WithTimeout(ctx, s.timeFor(in))
	defer cancel()
	r, err := guard(s.log, in.id, func() (reply, error) { return s.write(limited, in) })
	switch {
	case err == nil || ended(ctx):
		return r.outside(in), err
	case in.event.Channel != nil || in.event.Digest:
		return reply{}, &notTaken{err}
	case errors.Is(err, errBroken): // it was logged
	case ended(limited):
		s.log.Error("handling an update took too long and is given up", "update_id", in.id)
	default:
		s.log.Error("handling an update returned an error", "update_id", in.id, "type", fmt.Sprintf("%T", err))
	}
	return s.apologize(ctx, in), nil
}

// timeFor is how long the handler may take for an update.
func (s *service) timeFor(in incoming) time.Duration {
	switch {
	case in.inline != "":
		return min(s.config.handleTime, inlineTime)
	case isUpload(in.event):
		return max(s.config.handleTime, uploadTime)
	}
	if len(in.event.Pieces) > 0 {
		return gatheredParts * s.config.handleTime
	}
	return s.config.handleTime
}

// apologize returns the handler's apology; nothing when even that breaks down.
func (s *service) apologize(ctx context.Context, in incoming) reply {
	r, _ := guard(s.log, in.id, func() (reply, error) { return s.responder.apologize(ctx, in.event), nil })
	r.apology = true
	return r.outside(in)
}

// guard calls f and turns a panic into errBroken.
func guard[T any](log *slog.Logger, update int64, f func() (T, error)) (result T, err error) {
	defer func() {
		if v := recover(); v != nil {
			log.Error("handling an update panicked", "update_id", update,
				"panic", panicked(v), "stack", string(debug.Stack()))
			var none T
			result, err = none, errBroken
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
// more is to be sent; done says that this is committed. stop is called before the
// last message is sent: nothing is typed after it.
func (s *service) carryOut(ctx context.Context, in incoming, r reply, stop func()) (done bool, err error) {
	if in.query != "" && in.action != ignore {
		if err := unsettled(s.gateway.answer(ctx, in.id, in.query, r.notice)); err != nil {
			return false, err
		}
	}
	if r.edit != nil && in.message != 0 {
		err := s.gateway.edit(ctx, in.id, in.place.chat, in.message, *r.edit)
		if errors.Is(err, errUneditable) {
			r = r.withoutEdit(in.message)
		}
		if err := unsettled(err); err != nil {
			return false, err
		}
		if err == nil {
			r.note(in.message)
		}
	}
	if in.mute {
		return false, nil
	}
	return s.sendAll(ctx, in, r, stop)
}

// sendAll sends the messages of a reply that are not out yet, and commits each
// before the next: the last one by committing that the update is done. A chat that
// takes no messages is sent no more of them; the others are.
func (s *service) sendAll(ctx context.Context, in incoming, r reply, stop func()) (done bool, err error) {
	skip, last := in.sent, len(r.messages)-1
	if r.apology {
		skip = 0 // what is out is of another reply
	}
	at := addresses{home: in.place, now: map[int64]place{}, closed: map[int64]bool{}}
	for i := skip; i <= last; i++ {
		m := r.messages[i]
		if in.event.Digest {
			m.priority = notifying // answers go first
		}
		if at.closed[m.chat] {
			continue
		}
		if i == last {
			stop()
		}
		err := s.send(ctx, in, m, &at, func(message int) error {
			done = i == last
			if done && m.chat == 0 {
				r.note(message)
			}
			if done {
				return s.done(ctx, in, message)
			}
			return s.commit(ctx, func(ctx context.Context) error { return s.journal.Sent(ctx, in.id, i+1, message) })
		})
		if err != nil {
			return false, err
		}
	}
	if at.doubtful {
		s.remark(ctx, in, bot.Doubtful)
	}
	return done, nil
}

// addresses are where the messages of a reply go. Their keys are those of
// [message.chat], 0 for where the update is from.
type addresses struct {
	home place
	now  map[int64]place // of those that have turned out to be elsewhere
	// doubtful says that a message to home may not have arrived.
	doubtful bool
	closed   map[int64]bool // those that take no messages
}

// of returns the address of a chat.
func (a addresses) of(chat int64) place {
	to, known := a.now[chat]
	switch {
	case known:
		return to
	case chat == 0:
		return a.home
	}
	return place{chat: chat}
}

// send sends one message of a reply. commit is given its number when it goes to
// where the update is from, else 0.
func (s *service) send(ctx context.Context, in incoming, m message, at *addresses, commit func(message int) error) error {
	own := m.chat == 0 || m.chat == in.place.chat
	to, err := s.gateway.send(ctx, in.id, at.of(m.chat), m, func(number int) error {
		at.doubtful = at.doubtful || own && number == 0
		if !own {
			number = 0
		}
		return commit(number)
	})
	at.now[m.chat] = to
	// What is refused is one message; of another chat, the chat: it is not found.
	at.closed[m.chat] = errors.Is(err, errBlocked) || errors.Is(err, errRefused) && !own
	return unsettled(err)
}

// unsettled leaves out the errors after which nothing more is to be done.
func unsettled(err error) error {
	if errors.Is(err, errBlocked) || errors.Is(err, errRefused) || errors.Is(err, errUnparsed) {
		return nil
	}
	return err
}

// commit writes to the journal. While that fails, as on a full disk, the chat
// waits: what was sent and is not committed would be sent again.
func (s *service) commit(ctx context.Context, write func(context.Context) error) error {
	return s.insist(ctx, "the journal cannot be written", write)
}

// insist calls the journal until it does what is asked of it, or until ctx ends.
func (s *service) insist(ctx context.Context, complaint string, call func(context.Context) error) error {
	var wait backoff
	for {
		err := finish(ctx, call)
		if err == nil || errors.Is(err, journal.ErrNotFound) {
			return err
		}
		s.gateway.complain(complaint, shorten(err.Error()))
		if err := s.pause(ctx, wait.delay()); err != nil {
			return err
		}
	}
}

// finish makes a call that may outlast ctx, but not by much.
func finish(ctx context.Context, call func(context.Context) error) error {
	longer, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(lastTime, cancel) })()
	return call(longer)
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
