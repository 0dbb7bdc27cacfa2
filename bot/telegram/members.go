package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// memberTime is how long it may take to find out who somebody is: he has pressed a button and waits.
	memberTime = 5 * time.Second
	// memberPause is how long Telegram may want to be left alone for a question to be put again.
	memberPause = 3 * time.Second
	// knownTime is how long an answer counts where it need not be true at this moment.
	knownTime = time.Minute
	// maxKnown is how many answers are kept.
	maxKnown = 10_000
)

// memberMethod is the method that says what somebody is in a chat.
const memberMethod = "getChatMember"

// Members tell who manages a group; it is a [bot.Members].
type Members struct {
	client *client
	base   string // address of the server
	now    func() time.Time
	pause  func(context.Context, time.Duration) error
	limit  time.Duration
	warn   func(what string, err error)

	mu    sync.Mutex
	known map[member]verified
}

// A member is a person, or a chat that somebody writes as, in a group.
type member struct{ group, person int64 }

// A verified is what is known of a member for a while.
type verified struct {
	manages bool
	until   time.Time
}

// NewMembers prepares questions about the groups of the bot that c says; its Token, URL, Logger and Now count. It connects
// nothing yet. Call Close after use. The error is [ErrUnauthorized] for what cannot be a token.
func NewMembers(c Config) (*Members, error) {
	c = c.withDefaults()
	if err := c.check(); err != nil {
		return nil, err
	}
	l := &line{token: c.Token, log: c.Logger, quiet: newThrottle(c.Now)}
	return &Members{
		client: newClient(c.Token, c.dial), base: strings.TrimSuffix(c.URL, "/"), now: c.Now, pause: c.pause, limit: memberTime,
		warn: l.complain, known: map[member]verified{},
	}, nil
}

// Close closes the connections that are open still.
func (m *Members) Close() { m.client.close() }

// Manages reports whether a person is an administrator of a group. Unless now is set, what it has found out counts for a
// minute. Whoever writes as the group, of which person is the number then, is one. It takes no longer than 5 s; the error
// is that of ctx, or says that Telegram has not told.
func (m *Members) Manages(ctx context.Context, group, person int64, now bool) (bool, error) {
	switch {
	case group >= 0:
		return false, nil // a private chat is nobody's to manage
	case person == group:
		return true, nil
	case person <= 0:
		return false, nil // a channel manages nothing
	}
	who := member{group, person}
	if manages, ok := m.recall(who); ok && !now {
		return manages, nil
	}
	limited, cancel := context.WithTimeout(ctx, m.limit)
	defer cancel()
	manages, err := m.find(limited, who)
	switch {
	case ended(ctx):
		return false, ctx.Err()
	case err != nil:
		m.warn("it cannot be found out who manages a group", err)
		return false, fmt.Errorf("ask telegram who manages a group: %w", err)
	}
	m.keep(who, manages)
	return manages, nil
}

// recall returns what is known of a member.
func (m *Members) recall(who member) (manages, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.known[who]
	return v.manages, ok && m.now().Before(v.until)
}

// keep remembers something of a member. When there is no room, what is old goes first.
func (m *Members) keep(who member, manages bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if len(m.known) >= maxKnown {
		for old, v := range m.known {
			if !now.Before(v.until) {
				delete(m.known, old)
			}
		}
	}
	for old := range m.known {
		if len(m.known) < maxKnown {
			break
		}
		delete(m.known, old)
	}
	m.known[who] = verified{manages, now.Add(knownTime)}
}

// find asks Telegram, once more when it wants to be left alone for a moment, or when the group has another number.
func (m *Members) find(ctx context.Context, who member) (bool, error) {
	e, err := m.ask(ctx, who)
	if err != nil {
		return false, err
	}
	var p struct {
		MigrateTo int64 `json:"migrate_to_chat_id"`
	}
	_ = json.Unmarshal(e.Parameters, &p) // without them, the refusal stands by itself
	switch {
	case e.OK:
	case p.MigrateTo < 0:
		e, err = m.ask(ctx, member{p.MigrateTo, who.person})
	case e.ErrorCode == http.StatusTooManyRequests && retryAfter(e) <= memberPause:
		if err := m.pause(ctx, retryAfter(e)); err != nil {
			return false, err
		}
		e, err = m.ask(ctx, who)
	}
	if err != nil {
		return false, err
	}
	return e.manages()
}

// A memberResult is what is needed of a ChatMember of the Bot API.
type memberResult struct {
	Status string `json:"status"`
}

// ask calls Telegram.
func (m *Members) ask(ctx context.Context, who member) (envelope, error) {
	form := url.Values{"chat_id": {strconv.FormatInt(who.group, 10)}, "user_id": {strconv.FormatInt(who.person, 10)}}.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, m.base+"/bot"+m.client.token+"/"+memberMethod, strings.NewReader(form))
	if err != nil {
		return envelope{}, errors.New("the address of the bot api server is not a url")
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return m.client.call(r, memberMethod)
}

// strangers are in what Telegram says of a person who is not in the group.
var strangers = []string{"user not found", "PARTICIPANT_ID_INVALID", "member not found", "USER_NOT_PARTICIPANT"}

// manages reads Telegram's answer.
func (e envelope) manages() (bool, error) {
	if !e.OK {
		if slices.ContainsFunc(strangers, func(s string) bool { return strings.Contains(e.Description, s) }) {
			return false, nil
		}
		return false, &apiError{e.ErrorCode, shorten(e.Description)}
	}
	var r memberResult
	if err := json.Unmarshal(e.Result, &r); err != nil || r.Status == "" {
		return false, errors.New("telegram did not say what the person is")
	}
	return r.Status == "creator" || r.Status == "administrator", nil
}
