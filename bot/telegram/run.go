package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/bot/metrics"
)

// What a Config's zero fields mean.
const (
	defaultURL      = "https://api.telegram.org"
	defaultDrain    = 7 * time.Second
	defaultHandlers = 8
)

// cutTime is how long after Drain a handler has to notice that it was cut. One
// that does not is left behind.
const cutTime = time.Second

// pruneTime is how often the journal is pruned. What was answered is erased, but
// stays in the write-ahead log until then.
const pruneTime = time.Minute

// A Config says which bot to be, and how.
type Config struct {
	// Token is the bot's secret, from @BotFather.
	Token string
	// URL is the Bot API server; "" means https://api.telegram.org.
	URL string
	// Handler says what to do about events; only [Run] needs it.
	Handler Handler
	// Journal keeps what is received until it is done. The caller opens it and
	// closes it afterwards.
	Journal *journal.Journal
	// Logger gets numbers of updates, durations and what goes wrong, but never
	// what people write, nor the token; nil discards it.
	Logger *slog.Logger
	// Now gives the time; nil means time.Now.
	Now func() time.Time
	// Started is called once, with the bot's username, when Telegram has been
	// reached and polling begins; nil is not called.
	Started func(username string)
	// Inline is called once, before Started, with whether people can ask the bot in
	// any chat, which @BotFather switches on; nil is not called.
	Inline func(on bool)
	// Metrics counts what arrives and what is sent; nil counts nothing.
	Metrics *metrics.Metrics
	// Polled is called after every poll whose updates are in the journal, by one
	// goroutine at a time; nil is not called.
	Polled func()
	// PollFailed is called after every poll that failed, by the same goroutine. The
	// error is [ErrConflict], [ErrUnauthorized] or one that says no more; nil is not
	// called.
	PollFailed func(error)
	// Drain is how long what is being handled may take to finish, and to be
	// sent, after ctx has ended; 0 means 7 s. Run returns at most a second later.
	Drain time.Duration
	// Menus are the menus of commands that people's apps show; nil leaves them as
	// they are.
	Menus []bot.Menu
	// Profiles are what people's apps show of the bot beside them; nil leaves that as
	// it is.
	Profiles []bot.Profile
	// Notifier has what people are told without having asked; nil is nothing.
	Notifier Notifier
	// Digester knows whose digest is due; nil is nobody's.
	Digester Digester
	// Handlers is how many events are handled at once, beside two that are typed in
	// other chats and a digest; 0 means 8.
	Handlers int
	// Confirmation is what [Claim] answers the code with; "" sends nothing.
	Confirmation string

	// pause, decode, callTime, pollTime, handleTime, digestEvery and dial stand in for real ones
	// in tests.
	pause              func(context.Context, time.Duration) error
	decode             func(id int64, raw []byte, me identity) (incoming, error)
	callTime, pollTime time.Duration
	handleTime         time.Duration
	digestEvery        time.Duration
	dial               func(ctx context.Context, network, addr string) (net.Conn, error)
}

// withDefaults fills in what is left out.
func (c Config) withDefaults() Config {
	if c.URL == "" {
		c.URL = defaultURL
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Drain == 0 {
		c.Drain = defaultDrain
	}
	if c.Handlers <= 0 {
		c.Handlers = defaultHandlers
	}
	if c.handleTime == 0 {
		c.handleTime = handleTime
	}
	if c.digestEvery == 0 {
		c.digestEvery = digestEvery
	}
	if c.pause == nil {
		c.pause = pause
	}
	if c.decode == nil {
		c.decode = decodeUpdate
	}
	return c
}

// A service is a bot at work.
type service struct {
	*line
	config Config

	responder responder
	boxes     *mailboxes
	watches   *mailboxes // of those that may have to be asked for patience
	refusals  *mailboxes // of what was not taken
	writings  writings
	gateway   *gateway
	arrivals  *arrivals
	journal   *journal.Journal
	slots     chan struct{}   // one is held while an event is handled,
	composing chan struct{}   // or this one when it is a digest,
	uploads   chan struct{}   // or one of these when its files are downloaded, which takes long,
	inlines   chan struct{}   // or one of these when it is typed in some chat, of which there are many
	stopping  <-chan struct{} // closed when nothing more is to be begun
	spare     spare           // what is done while there is nothing else to do
}

// Run serves the bot until ctx ends, and returns nil then. It waits for the
// network when there is none. What was received before and is not done comes
// first. The error is [ErrUnauthorized] when Telegram does not know the token,
// or no longer; others are those of the journal at the start.
//
// Only one Run or [Claim] may be at work for a token, anywhere.
func Run(ctx context.Context, c Config) error {
	c = c.withDefaults()
	return run(ctx, c, func(me identity) responder { return renderer{c.Handler, me.username} })
}

// run is Run with any responder.
func run(ctx context.Context, c Config, respond func(identity) responder) error {
	polling, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	l, err := newLine(polling, c, stop)
	if err != nil {
		return err
	}
	defer l.close()
	s := newService(polling, c, l)
	err = s.connect(polling)
	if err == nil {
		s.responder = respond(s.me)
		err = s.serve(polling)
	}
	switch {
	case errors.Is(context.Cause(polling), ErrUnauthorized):
		return ErrUnauthorized
	case ended(ctx):
		return nil
	}
	return err
}

func newService(ctx context.Context, c Config, l *line) *service {
	s := &service{
		line: l, config: c, journal: c.Journal,
		slots: make(chan struct{}, c.Handlers), uploads: make(chan struct{}, bot.MostUploads),
		composing: make(chan struct{}, maxDigests), inlines: make(chan struct{}, inlineHandlers), stopping: ctx.Done(),
	}
	s.gateway = newGateway(gatewayConfig{
		bot: l.bot, log: l.log, quiet: l.quiet, now: c.Now, pause: c.pause, metrics: c.Metrics,
		unauthorized: func() { l.stop(ErrUnauthorized) },
		doubtful:     maxDoubtful, journal: c.Journal,
	})
	s.arrivals = newArrivals(s.wishes())
	l.inbox.concerns, l.inbox.deliver = s.concerns, s.deliver
	return s
}

// serve handles what is left from before, and then what arrives, until ctx ends
// and what was begun is at its end.
func (s *service) serve(ctx context.Context) error {
	working, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	s.boxes = newMailboxes(func(t ticket) { s.work(working, ctx, t) })
	s.watches = newMailboxes(func(t ticket) { s.askPatience(working, ctx, t) })
	s.refusals = newMailboxes(func(t ticket) { s.refuse(working, t) })
	s.measure()
	var beside sync.WaitGroup
	beside.Go(func() { s.prune(ctx) })
	beside.Go(func() { s.grantWishes(ctx) })
	beside.Go(func() { s.notify(ctx) })
	defer beside.Wait()
	left, err := s.left(ctx)
	if err != nil {
		s.stop(err)
		return err
	}
	if s.config.Inline != nil {
		s.config.Inline(s.me.inline)
	}
	if s.config.Started != nil {
		s.config.Started(s.me.username)
	}
	if err := s.resume(ctx, left); err == nil {
		beside.Go(func() { s.digests(ctx) })
		s.bot.Start(ctx)
	}
	s.drain(cut)
	return nil
}

// left returns tickets for the updates that are left from before. What was typed in
// some chat then is not to be answered any more.
func (s *service) left(ctx context.Context) (tickets []ticket, err error) {
	var outdated []int64
	err = s.journal.EachUnfinished(ctx, func(u journal.Update) error {
		t := s.ticketOf(s.peek(u))
		t.again = true
		if t.inline {
			outdated = append(outdated, t.id)
			return nil
		}
		tickets = append(tickets, t)
		return nil
	})
	if err == nil {
		err = s.passInline(ctx, outdated)
	}
	return tickets, err
}

// resume hands on the updates that are left from before, however many of a chat.
func (s *service) resume(ctx context.Context, left []ticket) error {
	if len(left) > 0 {
		s.log.Info("updates are left from before", "updates", len(left))
		s.gateway.schedule.rest() // they may be answered already, just now
	}
	for _, t := range left {
		if _, err := s.boxes.put(ctx, t, unbounded); err != nil {
			return err
		}
	}
	return nil
}

// peek reads an update that has arrived, for what is needed of it before its turn.
func (s *service) peek(u journal.Update) incoming {
	in, err := s.decode(u.ID, u.Raw)
	if err != nil {
		s.log.Warn("an update cannot be read and is passed over", "update_id", u.ID)
		in.kind = other
	}
	return in
}

// drain lets what is being handled come to its end, within limits.
func (s *service) drain(cut context.CancelFunc) {
	s.writings.hush()
	all := []*mailboxes{s.boxes, s.watches, s.refusals}
	for _, m := range all {
		m.close()
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, m := range all {
			m.wait()
		}
	}()
	if waitFor(done, s.config.Drain) {
		return
	}
	cut()
	if !waitFor(done, cutTime) {
		s.log.Error("a handler does not end and is left behind")
	}
}

// waitFor waits until done is closed, for at most d.
func waitFor(done <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-done:
		return true
	case <-t.C:
		return false
	}
}

// prune keeps the journal small until ctx ends.
func (s *service) prune(ctx context.Context) {
	next := time.NewTicker(pruneTime)
	defer next.Stop()
	for {
		if err := s.journal.Prune(ctx); err != nil && !ended(ctx) {
			s.log.Warn("the journal cannot be pruned", "error", err)
		}
		select {
		case <-next.C:
		case <-ctx.Done():
			return
		}
	}
}

// Me asks Telegram for the username of a token's bot, once. url is the Bot API
// server; "" means https://api.telegram.org. The error is [ErrUnauthorized] when
// there is no such bot.
func Me(ctx context.Context, token, url string) (username string, err error) {
	l, err := newLine(ctx, Config{Token: token, URL: url}.withDefaults(), func(error) {})
	if err != nil {
		return "", err
	}
	defer l.close()
	me, err := l.getMe(ctx)
	if refusesToken(err) {
		return "", ErrUnauthorized
	}
	if err != nil {
		return "", fmt.Errorf("ask telegram for the bot's name: %w", err)
	}
	return me.username, nil
}
