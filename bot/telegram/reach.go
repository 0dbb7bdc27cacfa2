package telegram

import (
	"context"
	"sync"

	"newsbot/bot"
	"newsbot/bot/journal"
)

// maxRemembered is how many blocked chats, and how many moved ones, are kept in
// memory. To forget one costs a call that says so again.
const maxRemembered = 50_000

// A reach knows which people do not want the bot's messages, and which groups have
// another ID now. It reads the journal once and writes there what it learns.
type reach struct {
	journal  *journal.Journal
	complain func(what, why string)

	mu      sync.Mutex
	loaded  bool
	blocked map[int64]bool
	moved   map[int64]int64
	arrived map[int64]bool // the new IDs, until it is told that the bot is in that group
	// writing holds what the journal is being told: of each chat, a channel that
	// the end of the last write closes. All moves are under 0: they are about two
	// chats each, neither of which can be blocked.
	writing map[int64]chan struct{}
}

func newReach(j *journal.Journal, complain func(what, why string)) *reach {
	return &reach{
		journal: j, complain: complain, loaded: j == nil,
		blocked: map[int64]bool{}, moved: map[int64]int64{}, arrived: map[int64]bool{}, writing: map[int64]chan struct{}{},
	}
}

// at returns the ID that a chat has now.
func (r *reach) at(ctx context.Context, chat int64) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.load(ctx)
	if to, ok := r.moved[chat]; ok {
		return to
	}
	return chat
}

// isBlocked tells whether a chat does not want the bot's messages.
func (r *reach) isBlocked(chat int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.blocked[chat]
}

// block notes that a person does not want the bot's messages. A group that the bot
// may not write in is not noted: nobody would say when that is over, and nothing
// is sent there that was not asked for there.
func (r *reach) block(ctx context.Context, chat int64) {
	if chat <= 0 {
		return
	}
	r.learn(ctx, chat, func() (news bool) {
		if r.blocked[chat] {
			return false
		}
		remember(r.blocked, chat, true)
		return true
	}, func(ctx context.Context) error { return r.journal.Block(ctx, chat) })
}

// unblock notes that a person wants the bot's messages again.
func (r *reach) unblock(ctx context.Context, chat int64) {
	r.learn(ctx, chat, func() (news bool) {
		news = r.blocked[chat]
		delete(r.blocked, chat)
		return news
	}, func(ctx context.Context) error { return r.journal.Unblock(ctx, chat) })
}

// move notes that a chat has another ID.
func (r *reach) move(ctx context.Context, from, to int64) {
	if from == 0 || to == 0 || from == to {
		return
	}
	r.learn(ctx, 0, func() (news bool) {
		if r.moved[from] == to {
			return false
		}
		for old, now := range r.moved {
			if now == from {
				r.moved[old] = to
			}
		}
		delete(r.moved, to) // or the two would point at each other
		remember(r.moved, from, to)
		remember(r.arrived, to, true)
		return true
	}, func(ctx context.Context) error { return r.journal.Move(ctx, from, to) })
}

// follows tells whether what has become of the bot in a group is only that the group has another ID: the bot has left the
// one and joined the other, without anybody's doing.
func (r *reach) follows(ctx context.Context, group int64, p bot.Presence) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.load(ctx)
	_, gone := r.moved[group]
	arrived := r.arrived[group]
	delete(r.arrived, group)
	return p == bot.PresenceLeft && gone || p == bot.PresenceJoined && arrived
}

// learn makes a change and, when that is news, writes it to the journal. Everybody
// who sends asks a reach first, so that the write, which may take seconds, holds
// up nobody but the caller and who has news of the same chat: the journal is told
// in the order in which things were learnt.
func (r *reach) learn(ctx context.Context, about int64, change func() (news bool), write func(context.Context) error) {
	r.mu.Lock()
	r.load(ctx)
	if !change() || r.journal == nil {
		r.mu.Unlock()
		return
	}
	before, done := r.writing[about], make(chan struct{})
	r.writing[about] = done
	r.mu.Unlock()
	if before != nil {
		<-before
	}
	r.note(ctx, write)
	r.mu.Lock()
	defer r.mu.Unlock()
	close(done)
	if r.writing[about] == done {
		delete(r.writing, about)
	}
}

// load reads the journal, once. While that fails, what is not known costs a call
// that says so.
func (r *reach) load(ctx context.Context) {
	if r.loaded {
		return
	}
	chats, err := r.journal.Chats(ctx, maxRemembered)
	if err != nil {
		if !ended(ctx) {
			r.complain("the journal cannot be read", shorten(err.Error()))
		}
		return
	}
	r.loaded = true
	for _, c := range chats {
		if c.MovedTo != 0 {
			r.moved[c.ID] = c.MovedTo
		} else {
			r.blocked[c.ID] = true
		}
	}
}

// note writes to the journal. When that fails, a call will say so again after the
// next start.
func (r *reach) note(ctx context.Context, write func(context.Context) error) {
	if err := finish(ctx, write); err != nil {
		r.complain("the journal cannot be written", shorten(err.Error()))
	}
}

// remember adds to a map that is bounded.
func remember[T any](m map[int64]T, chat int64, v T) {
	if len(m) >= maxRemembered {
		for old := range m {
			delete(m, old)
			break
		}
	}
	m[chat] = v
}
