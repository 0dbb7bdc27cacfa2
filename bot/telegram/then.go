package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

const (
	// spareEvery is how often something may be begun that nobody waits for: it takes a share of
	// the machine.
	spareEvery = time.Second
	// spareTime is how long it may take: whatever arrives ends it before.
	spareTime = 8 * time.Second
)

// A spare lets one thing at a time be done that nobody waits for, while there is nothing else
// to do.
type spare struct {
	mu   sync.Mutex
	last time.Time          // when one was begun
	stop context.CancelFunc // ends what is under way; nil for nothing
}

// begin reports whether something may be begun. It is to be given up when its context ends, and
// end is to be called when it is over.
func (s *spare) begin(ctx context.Context, now time.Time) (limited context.Context, end func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if since := now.Sub(s.last); s.stop != nil || since >= 0 && since < spareEvery {
		return nil, nil, false
	}
	limited, stop := context.WithTimeout(ctx, spareTime)
	s.last, s.stop = now, stop
	return limited, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		stop()
		s.stop = nil
	}, true
}

// interrupt has what is under way given up.
func (s *spare) interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		s.stop()
	}
}

// afterwards puts other buttons under the last message of a reply that is out and committed, if the
// handler has any, while nobody waits for anything. It is still the turn of the update's place,
// so that no press comes between. When it does not come to be, nobody misses it.
func (s *service) afterwards(ctx context.Context, t ticket, in incoming, r reply) {
	if r.then == nil || *r.shown == 0 || r.apology || in.mute || t.place.chat <= 0 {
		return
	}
	waiting, more := s.boxes.coming(t.place, 1)
	if len(waiting) > 0 || isClosed(s.stopping) {
		return
	}
	free, cancel := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() {
		select {
		case <-more:
		case <-s.stopping:
		case <-free.Done():
		}
		cancel()
	})
	defer watching.Wait()
	defer cancel()
	if markup := s.inSpareTime(free, in, r); markup != nil {
		s.gateway.rebutton(ctx, free.Done(), in.id, t.place.chat, *r.shown, markup)
	}
}

// inSpareTime asks the handler for the buttons, unless somebody else is served at the moment,
// and until somebody is, or ctx ends. nil is none.
func (s *service) inSpareTime(ctx context.Context, in incoming, r reply) models.ReplyMarkup {
	if len(s.slots) > 0 {
		return nil
	}
	limited, end, ok := s.spare.begin(ctx, s.config.Now())
	if !ok {
		return nil
	}
	defer end()
	select {
	case s.slots <- struct{}{}:
	default:
		return nil
	}
	defer func() { <-s.slots }()
	markup, err := guard(s.log, in.id, func() (models.ReplyMarkup, error) { return r.then(limited) })
	if err != nil && !ended(limited) && !errors.Is(err, errBroken) {
		s.log.Warn("what was to follow a reply broke down", "update_id", in.id, "type", fmt.Sprintf("%T", err))
	}
	if err != nil || ended(limited) {
		return nil
	}
	return markup
}

const (
	// roomEvery is how often it is looked for room for a call that nobody waits for, and
	// roomTries how many times: by then what a long reply took is past.
	roomEvery = 500 * time.Millisecond
	roomTries = 10
)

// rebutton puts other buttons under a message, once, as soon as there is plenty of room for the
// call; it is given up when that takes long, or over is closed.
func (g *gateway) rebutton(ctx context.Context, over <-chan struct{}, update, chat int64, message int, markup models.ReplyMarkup) {
	chat = g.reach.at(ctx, chat)
	t := &turn{priority: showing, chat: chat}
	for tries := 0; ; tries++ {
		if tries == roomTries || g.reach.isBlocked(chat) || isClosed(over) {
			return
		}
		if g.schedule.try(t) {
			break
		}
		if !pauseOrOver(ctx, roomEvery, over) {
			return
		}
	}
	_, err := g.bot.EditMessageReplyMarkup(ctx, &tg.EditMessageReplyMarkupParams{ChatID: chat, MessageID: message, ReplyMarkup: markup})
	if ended(ctx) && err != nil {
		g.schedule.finish(t, 0)
		return
	}
	v := judge(err)
	g.schedule.finish(t, v.wait)
	g.outcome("editMessageReplyMarkup", v)
	switch v.fate {
	case moved:
		g.move(ctx, chat, v.chat)
	case blocked, unauthorized:
		_ = g.settle(ctx, update, chat, v) // it is logged
	}
}
