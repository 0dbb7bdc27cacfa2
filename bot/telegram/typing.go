package telegram

import (
	"context"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Telegram shows for five seconds that a bot is at work.
const (
	typingAfter = 400 * time.Millisecond // most answers are out by then
	typingEvery = 4500 * time.Millisecond
	typingTime  = 2 * time.Minute // after which it would be a lie
	// typingGrace is how long the end waits for a call that is on its way: one
	// that is cut may arrive all the same, and after the answer.
	typingGrace = time.Second
)

// typing shows that the bot is at work in a place, when that takes a while, until
// a message is sent there or stop is called. stop waits until nothing is on its
// way; it may be called more than once.
func (g *gateway) typing(ctx context.Context, to place) (stop func()) {
	return g.typingFor(ctx, to, typingTime)
}

// typingFor is typing for no longer than d.
func (g *gateway) typingFor(ctx context.Context, to place, d time.Duration) (stop func()) {
	ctx, cancel := context.WithTimeout(ctx, d)
	over, done := g.typists.begin(to), make(chan struct{})
	go func() {
		defer close(done)
		wait := typingAfter
		for pauseOrOver(ctx, wait, over.ended) && g.showTyping(ctx, to, over) {
			wait = typingEvery
		}
	}()
	return func() {
		over.end()
		cut := time.AfterFunc(typingGrace, cancel)
		<-done
		cut.Stop()
		cancel()
		g.typists.drop(to, over)
	}
}

// showTyping shows once that the bot is at work, if there is plenty of room for
// the call. It returns false when it need not be called again.
func (g *gateway) showTyping(ctx context.Context, to place, over *typist) bool {
	chat := g.reach.at(ctx, to.chat)
	if g.reach.isBlocked(chat) {
		return false
	}
	t := &turn{priority: showing, chat: chat}
	if !g.schedule.try(t) {
		return true
	}
	if isClosed(over.ended) { // a message has gone out meanwhile
		g.schedule.finish(t, 0)
		return false
	}
	_, err := g.bot.SendChatAction(ctx, &tg.SendChatActionParams{
		ChatID: chat, MessageThreadID: to.thread, Action: models.ChatActionTyping,
	})
	if ended(ctx) && err != nil {
		g.schedule.finish(t, 0)
		return false
	}
	v := judge(err)
	g.schedule.finish(t, v.wait)
	g.outcome("sendChatAction", v)
	switch v.fate {
	case blocked:
		g.gone(ctx, chat)
	case moved:
		g.move(ctx, chat, v.chat)
	case unauthorized:
		g.unauthorized()
	case refused, closed:
	default:
		return true
	}
	return false
}

// pauseOrOver waits; it returns false when ctx or over ends before. It waits by
// the real clock: no limit depends on it.
func pauseOrOver(ctx context.Context, d time.Duration, over <-chan struct{}) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-over:
	}
	return false
}

// A typist shows in one place that the bot is at work.
type typist struct {
	ended chan struct{} // closed when it is to be shown no more
	end   func()
}

// Typists are those at work in each place.
type typists struct {
	mu sync.Mutex
	at map[place][]*typist
}

// begin adds a typist; drop it in the end.
func (t *typists) begin(to place) *typist {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at == nil {
		t.at = map[place][]*typist{}
	}
	ended := make(chan struct{})
	one := &typist{ended, sync.OnceFunc(func() { close(ended) })}
	t.at[to] = append(t.at[to], one)
	return one
}

// end has all typists in a place end: what they show would come after a message.
func (t *typists) end(to place) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range t.at[to] {
		one.end()
	}
	delete(t.at, to)
}

// drop removes a typist that is at its end.
func (t *typists) drop(to place, one *typist) {
	t.mu.Lock()
	defer t.mu.Unlock()
	rest := t.at[to][:0]
	for _, other := range t.at[to] {
		if other != one {
			rest = append(rest, other)
		}
	}
	if len(rest) == 0 {
		delete(t.at, to)
		return
	}
	t.at[to] = rest
}
