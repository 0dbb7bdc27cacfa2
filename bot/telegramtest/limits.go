package telegramtest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Limits are how many requests a bot may send. A zero field is no limit.
type Limits struct {
	// PerSecond is how many requests about messages may come within any second:
	// those that send, edit and delete, chat actions and answers to buttons.
	PerSecond int
	// PerChatBurst is how many messages and edits may come at once for a private
	// chat, where one a second may come for long.
	PerChatBurst int
	// PerGroupMinute is how many requests may come for a group within any minute,
	// chat actions too.
	PerGroupMinute int
	// Slack is how much closer together requests may come than they were sent: 0
	// where time stands still on the way, as in a bubble of testing/synctest.
	Slack time.Duration
}

// Limit makes the server a judge of how fast requests come: one too many is a
// broken rule. So is one for a chat that was refused for flooding before its time
// is over, whatever the method; the server refuses it too.
func (s *Server) Limit(l Limits) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limiter = &limiter{Limits: l, groups: map[int64][]time.Time{}, chats: map[int64]time.Time{}, floods: map[int64]floodWait{}}
}

// A limiter remembers what came lately.
type limiter struct {
	Limits
	all    []time.Time           // within the last second
	groups map[int64][]time.Time // within the last minute, by chat
	chats  map[int64]time.Time   // when the chat's burst is whole again
	floods map[int64]floodWait
}

// A floodWait is how long a chat must be left alone.
type floodWait struct{ begun, over time.Time }

// floodGrace is how long after a 429 a request may come that was on its way
// already.
const floodGrace = 250 * time.Millisecond

// limited tells whether Telegram counts a request as one about messages, and
// whether a private chat sees a message.
func limited(method string) (counts, message bool) {
	switch {
	case strings.HasPrefix(method, "send"), strings.HasPrefix(method, "editMessage"):
		return true, method != "sendChatAction"
	}
	return method == "deleteMessage" || method == "answerCallbackQuery", false
}

// count judges a request at its arrival. The refusal is that of a chat that must
// wait.
func (s *Server) count(c *call, now time.Time) *Refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.limiter
	counts, message := limited(c.method)
	if l == nil || !counts {
		return nil
	}
	if l.all = l.slide(l.all, now, time.Second); exceeds(len(l.all), l.PerSecond) {
		c.note("more than the limit of requests within a second")
	}
	chat := c.integer("chat_id")
	switch {
	case chat < 0:
		if l.groups[chat] = l.slide(l.groups[chat], now, time.Minute); exceeds(len(l.groups[chat]), l.PerGroupMinute) {
			c.note("more than the limit of requests for a group within a minute")
		}
	case message && l.PerChatBurst > 0:
		if !l.drop(chat, now) {
			c.note("more than the limit of messages to a private chat")
		}
	}
	return l.flooded(chat, now)
}

func exceeds(n, limit int) bool { return limit > 0 && n > limit }

// slide adds an arrival to those of a window and forgets what has left it.
func (l *limiter) slide(window []time.Time, now time.Time, width time.Duration) []time.Time {
	begin := now.Add(l.Slack - width)
	gone := slices.IndexFunc(window, func(t time.Time) bool { return t.After(begin) })
	if gone < 0 {
		gone = len(window)
	}
	return append(window[gone:], now)
}

// drop takes a drop out of a private chat's bucket, which fills by one a second,
// and reports whether there was one.
func (l *limiter) drop(chat int64, now time.Time) bool {
	whole := l.chats[chat]
	if whole.Before(now) {
		whole = now
	}
	whole = whole.Add(time.Second)
	if whole.Sub(now) > time.Duration(l.PerChatBurst)*time.Second+l.Slack {
		return false
	}
	l.chats[chat] = whole
	return true
}

// flooded refuses what comes before a chat's wait is over.
func (l *limiter) flooded(chat int64, now time.Time) *Refusal {
	w, ok := l.floods[chat]
	left := w.over.Sub(now)
	if !ok || left <= l.Slack {
		delete(l.floods, chat)
		return nil
	}
	seconds := int((left + time.Second - 1) / time.Second)
	r := &Refusal{
		Code: http.StatusTooManyRequests, RetryAfter: seconds, blame: blameAlways,
		Description: fmt.Sprintf("Too Many Requests: retry after %d (called during a flood wait)", seconds),
	}
	if now.Sub(w.begun) < floodGrace {
		r.blame = blameNobody
	}
	return r
}

// flood remembers that a chat was refused for flooding.
func (s *Server) flood(c *call, seconds int, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if chat := c.integer("chat_id"); s.limiter != nil && seconds > 0 && chat != 0 {
		s.limiter.floods[chat] = floodWait{now, now.Add(time.Duration(seconds) * time.Second)}
	}
}
