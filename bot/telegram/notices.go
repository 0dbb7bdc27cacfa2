package telegram

import (
	"context"
	"time"

	"newsbot/bot"
)

// noticeEvery is how often it is looked whether there is something to tell.
const noticeEvery = time.Minute

// A Notifier has something to tell people without having been asked;
// [bot.Dialogue] is one.
type Notifier interface {
	// Notice returns what is to be told now; one without messages is nothing.
	Notice(ctx context.Context) (bot.Notice, error)
}

// notify tells what there is to tell, now and every minute, until ctx ends.
func (s *service) notify(ctx context.Context) {
	if s.config.Notifier == nil {
		return
	}
	next := time.NewTicker(noticeEvery)
	defer next.Stop()
	for {
		n, err := guard(s.log, 0, func() (bot.Notice, error) { return s.config.Notifier.Notice(ctx) })
		if err != nil && !ended(ctx) {
			s.log.Warn("looking for what is to be told", "error", err)
		}
		s.sendNotice(ctx, n)
		select {
		case <-next.C:
		case <-ctx.Done():
			return
		}
	}
}

// sendNotice sends the messages of a notice, after all answers, and notes that it is
// told when all were tried and one is out. A stop in between repeats those that are
// out at the next start; while none gets out, the notice waits.
func (s *service) sendNotice(ctx context.Context, n bot.Notice) {
	out := false
	arrived := func(int) error { out = true; return nil }
	render := renderer{username: s.me.username}
	for _, o := range n.Messages {
		for _, m := range render.messages(o) {
			if ended(ctx) {
				return
			}
			j := job{priority: notifying, chat: o.Chat, commit: arrived}
			if _, err := s.gateway.sendAs(ctx, j, 0, m); err != nil { // it is logged
				break
			}
		}
	}
	if out && !ended(ctx) {
		_ = s.commit(ctx, n.Told) // its only error is that of ctx
	}
}
