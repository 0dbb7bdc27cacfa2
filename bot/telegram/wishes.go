package telegram

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
)

// Of what apps show of the bot it is first read what is there already, and then set what
// is not. These calls are rated sternly, and those that change something more so.
const (
	readPause  = 250 * time.Millisecond // before each call that reads
	grantPause = time.Second            // and before each that changes something
	// wishTries is how often a wish is tried to be granted. A bot without menus
	// answers as well as one with them.
	wishTries = 5
	// wishPatience is the longest that is waited for Telegram to allow a call, while all
	// other wishes wait, too. What takes longer is left for the next start.
	wishPatience = time.Hour
)

// A wish is what people's apps are to show of the bot: a menu, or a part of its profile.
type wish struct {
	what  string // for the log
	chat  int64  // the only one where it is shown; 0 for none
	parts []part // in the order in which they are to be
}

// A part of a wish is one call.
type part struct {
	// met reports whether everything is as it is to be.
	met func(ctx context.Context) (bool, error)
	// grant makes it so.
	grant func(ctx context.Context) error
}

// wishes are all of them, those that few people see at the end.
func (s *service) wishes() []wish {
	var everybody, chats []wish
	for _, m := range s.config.Menus {
		if m.Chat == 0 {
			everybody = append(everybody, s.menuWish(m))
		} else {
			chats = append(chats, s.menuWish(m))
		}
	}
	return slices.Concat(everybody, chats, s.profileWishes())
}

// grantWishes gives people's apps what they do not show yet, until ctx ends. It is best
// effort, beside everything else: these calls fail where answers do not.
func (s *service) grantWishes(ctx context.Context) {
	all := s.wishes()
	var open []wish
	for _, w := range all {
		s.try(ctx, w, func(ctx context.Context) error {
			met, err := s.isMet(ctx, w)
			if err == nil && !met {
				open = append(open, w)
			}
			return err
		})
	}
	for _, w := range open {
		s.try(ctx, w, func(ctx context.Context) error { return s.grant(ctx, w) })
	}
	for {
		chat, err := s.arrivals.next(ctx)
		if err != nil {
			return
		}
		for _, w := range all {
			if w.chat == chat {
				s.try(ctx, w, func(ctx context.Context) error { return s.grant(ctx, w) })
			}
		}
	}
}

// isMet reports whether a wish needs no call that changes anything.
func (s *service) isMet(ctx context.Context, w wish) (bool, error) {
	for _, p := range w.parts {
		if err := s.pause(ctx, readPause); err != nil {
			return false, err
		}
		if met, err := p.met(ctx); err != nil || !met {
			return false, err
		}
	}
	return true, nil
}

// grant grants those parts of a wish that are not met, each after it was looked at.
func (s *service) grant(ctx context.Context, w wish) error {
	for _, p := range w.parts {
		if err := s.pause(ctx, readPause); err != nil {
			return err
		}
		met, err := p.met(ctx)
		if err != nil {
			return err
		}
		if met {
			continue
		}
		if err := s.pause(ctx, grantPause); err != nil {
			return err
		}
		if err := p.grant(ctx); err != nil {
			return err
		}
	}
	return nil
}

// try makes the calls of a wish, a few times. What is wished for a chat that the bot cannot
// write to waits for a message from there; no other failure matters but to the log.
func (s *service) try(ctx context.Context, w wish, calls func(context.Context) error) {
	err := s.fewTries(ctx, calls)
	switch {
	case err == nil, ended(ctx):
	case w.chat != 0 && isAway(err):
		s.arrivals.expect(w.chat)
	default:
		s.complain(w.what+" cannot be set", err)
	}
}

// fewTries makes calls until they succeed, or it is plain that they will not soon.
func (s *service) fewTries(ctx context.Context, calls func(context.Context) error) error {
	var wait backoff
	for try := 1; ; try++ {
		err := calls(ctx)
		v := judge(err)
		delay := wait.delay()
		switch v.fate {
		case postponed:
			delay = v.wait
		case undelivered, unknown:
		default:
			return err
		}
		if try == wishTries || delay > wishPatience {
			return err
		}
		if err := s.pause(ctx, delay); err != nil {
			return err
		}
	}
}

// isAway tells whether a call failed because nobody has written to the bot in a chat yet, or
// he does not want to hear from it.
func isAway(err error) bool {
	return errors.Is(err, tg.ErrorForbidden) || errors.Is(err, tg.ErrorBadRequest) && strings.Contains(err.Error(), "chat not found")
}

// arrivals tell when something comes from a chat that it is waited for.
type arrivals struct {
	chats map[int64]bool // those that may be waited for; read only
	bell  chan struct{}  // holds one ring

	mu       sync.Mutex
	expected map[int64]bool
	heard    map[int64]bool // since they were waited for last
}

// newArrivals prepares for waiting for the chats of wishes.
func newArrivals(wishes []wish) *arrivals {
	a := &arrivals{chats: map[int64]bool{}, bell: make(chan struct{}, 1), expected: map[int64]bool{}, heard: map[int64]bool{}}
	for _, w := range wishes {
		if w.chat != 0 {
			a.chats[w.chat] = true
		}
	}
	return a
}

// note notes that something has come from a chat.
func (a *arrivals) note(chat int64) {
	if !a.chats[chat] {
		return
	}
	a.mu.Lock()
	a.heard[chat] = true
	a.mu.Unlock()
	a.ring()
}

// expect waits for a chat. What has come while the bot was calling counts.
func (a *arrivals) expect(chat int64) {
	a.mu.Lock()
	a.expected[chat] = true
	a.mu.Unlock()
	a.ring()
}

func (a *arrivals) ring() {
	select {
	case a.bell <- struct{}{}:
	default:
	}
}

// next returns a chat that was expected and has been heard of, and no longer waits for it.
// The error is that of ctx.
func (a *arrivals) next(ctx context.Context) (chat int64, err error) {
	for {
		if chat, ok := a.take(); ok {
			return chat, nil
		}
		select {
		case <-a.bell:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

func (a *arrivals) take() (chat int64, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for chat := range a.expected {
		if a.heard[chat] {
			delete(a.expected, chat)
			delete(a.heard, chat)
			return chat, true
		}
	}
	return 0, false
}
