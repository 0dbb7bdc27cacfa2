package telegram

import (
	"context"
	"math"
	"sync"

	"newsbot/bot"
)

// A writing is a reply that the handler is at work on. The person who has asked for it can follow it in a private chat, and
// stop it anywhere: by the button beside what he is shown, or with a command. Both are seen when they arrive, since the chat's
// mailbox is busy with that very reply.
type writing struct {
	at     place
	person int64 // who may stop it with a command
	draft  *draft
	// crowded says that others of a group wait behind it.
	crowded bool
	// stopped is closed when no more of it is wanted.
	stopped chan struct{}
	once    sync.Once
}

// stop has the handler come to an end with what it has.
func (w *writing) stop() {
	w.once.Do(func() { close(w.stopped) })
	w.hush()
}

// hush shows nothing more of it.
func (w *writing) hush() {
	if w.draft != nil {
		w.draft.hush()
	}
}

// show shows what is written so far, if anything is shown of it; it returns at once.
func (w *writing) show(m message) {
	if w.draft != nil {
		w.draft.show(m)
	}
}

// id is the number that Telegram calls it by; 0 when nothing is shown of it.
func (w *writing) id() int64 {
	if w.draft == nil {
		return 0
	}
	return w.draft.id
}

// Writings are those under way, of which a place has one at most.
type writings struct {
	mu     sync.Mutex
	at     map[place]*writing
	hushed bool
	// stopping are the updates that have stopped one, until their turn.
	stopping map[int64]bool
}

// begin lets a reply be stopped, until end.
func (w *writings) begin(one *writing) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.at == nil {
		w.at = map[place]*writing{}
	}
	w.at[one.at] = one
	if w.hushed {
		one.hush()
	}
}

func (w *writings) end(one *writing) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.at, one.at)
}

// stopDraft stops the reply that somebody is shown in a chat, and was shown under this number. thread is its topic; 0 when
// that is not said.
func (w *writings) stopDraft(chat int64, thread int, draft int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for at, one := range w.at {
		if at.chat == chat && (thread == 0 || at.thread == thread) && one.id() == draft {
			one.stop()
		}
	}
}

// stop stops the reply to a person at a place. With update, which waits there for its turn, it is kept that it has; 0 keeps
// nothing.
func (w *writings) stop(at place, person, update int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	one := w.at[at]
	if one == nil || one.person != person {
		return
	}
	one.stop()
	if update == 0 {
		return
	}
	if w.stopping == nil {
		w.stopping = map[int64]bool{}
	}
	w.stopping[update] = true
}

// hasStopped tells whether an update whose turn it is has stopped a reply, and forgets it.
func (w *writings) hasStopped(update int64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	has := w.stopping[update]
	delete(w.stopping, update)
	return has
}

// hush shows nothing more of any of them, nor of those that begin later.
func (w *writings) hush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hushed = true
	for _, one := range w.at {
		one.hush()
	}
}

// write asks the handler for the reply to an update, which can be followed and stopped meanwhile.
func (s *service) write(ctx context.Context, in incoming) (reply, error) {
	in.event.Stopped = s.writings.hasStopped(in.id)
	if !isWritten(in) {
		return s.responder.respond(ctx, in.event, nil)
	}
	w := &writing{at: in.place, person: in.event.Person.ID, stopped: make(chan struct{})}
	if !in.event.Group && s.gateway.takesDrafts() {
		w.draft = s.gateway.newDraft(ctx, in.id, in.place)
		defer w.draft.end()
	}
	w.crowded = in.event.Group && s.boxes.crowded(w.at, w.person)
	s.writings.begin(w)
	defer s.writings.end(w)
	for _, update := range s.boxes.cancels(w.at, w.person) {
		s.writings.stop(w.at, w.person, update)
	}
	return s.responder.respond(ctx, in.event, w)
}

// isWritten tells whether the reply to an update may be one that is written for somebody who waits for it. What stops others
// is none, nor is what is done about files, which is not undone by a stop.
func isWritten(in incoming) bool {
	e := in.event
	person := in.inline == "" && !in.mute && !in.isPresence() && e.Channel == nil && !e.Digest
	return person && !isUpload(e) && len(e.Pieces) == 0 && !e.Cancels()
}

// draftID is the number that Telegram is to call a reply by while it is written: the same when it is written again after a
// stop, so that it takes the place of what was shown before.
func draftID(update int64) int64 { return update%math.MaxInt32 + 1 }

// decodeStopped reads that somebody has stopped a reply that he was shown. It is done when it arrives, and nothing is kept of
// it: there is no reply any more when the program has stopped.
func decodeStopped(in incoming, m fields, _ identity) (incoming, error) {
	id, _ := m.object("chat").integer("id")
	draft, _ := m.integer("draft_id")
	in.place, in.draft = place{id, m.number("message_thread_id")}, draft
	return in, nil
}

// follows is the writing as the handler sees it; nil for none.
func (r renderer) follows(w *writing) *bot.Writing {
	if w == nil {
		return nil
	}
	out := &bot.Writing{Stop: w.stopped, Crowded: w.crowded}
	if w.draft != nil {
		out.Show = func(d bot.Document) { w.show(r.draft(d)) }
	}
	return out
}

// draft renders what is written so far: as much as one message holds.
func (r renderer) draft(d bot.Document) message {
	part := d.Parts()[0]
	return message{html: part.HTML(r.link), plain: part.Plain(r.link)}
}
