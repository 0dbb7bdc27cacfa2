package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// ErrUnauthorized is returned when Telegram does not know the token, or no longer.
var ErrUnauthorized = errors.New("telegram does not know this token: it is mistyped or was revoked; @BotFather shows the one in force")

// ErrConflict is why polls fail when somebody else gets the updates.
var ErrConflict = errors.New("another program is polling for this bot, or a webhook is set")

// A line is the connection of a bot to Telegram.
type line struct {
	bot   *tg.Bot
	token string
	read  func(id int64, raw []byte, me identity) (incoming, error)
	log   *slog.Logger
	quiet *throttle
	pause func(context.Context, time.Duration) error
	inbox *inbox
	me    identity                // after connect
	stop  context.CancelCauseFunc // ends polling
	close func()

	pollFailed func(error) // nil is not called
}

// tokenForm is what a token may consist of; others cannot be part of a URL.
var tokenForm = regexp.MustCompile(`^[0-9A-Za-z:_-]+$`)

// check returns an error for a token and an address that cannot be.
func (c Config) check() error {
	if !tokenForm.MatchString(c.Token) {
		return ErrUnauthorized
	}
	if u, err := url.Parse(c.URL); err != nil || u.Host == "" {
		return errors.New("the address of the bot api server is not a url")
	}
	return nil
}

// newLine prepares a connection; it connects nothing yet. ctx is the one that
// polling will have, which stop ends when the token is no longer good. The
// caller closes the line after use.
func newLine(ctx context.Context, c Config, stop context.CancelCauseFunc) (*line, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	client := newClient(c.Token, c.dial)
	client.pause = c.pause
	if c.callTime > 0 {
		client.callTime = c.callTime
	}
	if c.pollTime > 0 {
		client.pollTime = c.pollTime
	}
	l := &line{
		token: c.Token, read: c.decode, log: c.Logger, quiet: newThrottle(c.Now), pause: c.pause, stop: stop, close: client.close,
		inbox: &inbox{journal: c.Journal, log: c.Logger, pause: c.pause},
	}
	client.receive, client.polled = l.inbox.take, c.Polled
	l.pollFailed = c.PollFailed
	var err error
	l.bot, err = tg.New(c.Token, l.options(ctx, c, client)...)
	if err != nil {
		return nil, fmt.Errorf("prepare the connection to telegram: %s", redact(err.Error(), c.Token))
	}
	return l, nil
}

// options leave to the library no more than the form of calls and the loop that
// polls: it logs nothing, and handles nothing.
func (l *line) options(ctx context.Context, c Config, client *client) []tg.Option {
	return []tg.Option{
		tg.WithServerURL(c.URL),
		tg.WithHTTPClient((pollSeconds+1)*time.Second, client), // it asks for a second less
		tg.WithSkipGetMe(),
		tg.WithNotAsyncHandlers(),
		tg.WithAllowedUpdates(tg.AllowedUpdates{
			models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
			models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
			models.AllowedUpdateChannelPost, models.AllowedUpdateEditedChannelPost, models.AllowedUpdateInlineQuery,
			models.AllowedUpdateStoppedMessageGeneration,
		}),
		tg.WithDefaultHandler(func(context.Context, *tg.Bot, *models.Update) {}), // the inbox has it
		tg.WithErrorsHandler(func(err error) {
			if !ended(ctx) {
				l.failed(ctx, err)
			}
		}),
		tg.WithDebugHandler(func(string, ...any) {}),
	}
}

// getMe asks Telegram who the bot is.
func (l *line) getMe(ctx context.Context) (identity, error) {
	u, err := l.bot.GetMe(ctx)
	if err != nil {
		return identity{}, err
	}
	if u.Username == "" {
		return identity{}, errors.New("telegram did not say who the bot is")
	}
	return identity{u.ID, u.Username, u.SupportInlineQueries}, nil
}

// connect finds out who the bot is and that it may poll, for as long as it
// takes. The error is [ErrUnauthorized] or that of ctx.
func (l *line) connect(ctx context.Context) error {
	err := l.untilReached(ctx, func() (err error) {
		l.me, err = l.getMe(ctx)
		return err
	})
	if err != nil {
		return err
	}
	return l.untilReached(ctx, func() error {
		// Pending updates stay.
		_, err := l.bot.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
		return err
	})
}

// untilReached makes a call again until it succeeds.
func (l *line) untilReached(ctx context.Context, try func() error) error {
	var wait backoff
	for {
		err := try()
		switch {
		case err == nil:
			return nil
		case refusesToken(err):
			l.stop(ErrUnauthorized)
			return ErrUnauthorized
		case ended(ctx):
			return ctx.Err()
		}
		l.complain("telegram cannot be reached; trying again", err)
		delay := wait.delay()
		if v := judge(err); v.fate == postponed {
			delay = v.wait
		}
		if err := l.pause(ctx, delay); err != nil {
			return err
		}
	}
}

// decode reads an update. The error is errUndecodable, or errBroken when the
// decoder broke down.
func (l *line) decode(id int64, raw []byte) (incoming, error) {
	in, err := guard(l.log, id, func() (incoming, error) { return l.read(id, raw, l.me) })
	in.id = id
	return in, err
}

// failed is told of every poll that failed. The library polls again by itself.
func (l *line) failed(ctx context.Context, err error) {
	if l.pollFailed != nil {
		l.pollFailed(known(err))
	}
	switch {
	case errors.Is(err, tg.ErrorUnauthorized):
		l.stop(ErrUnauthorized)
	case errors.Is(err, tg.ErrorConflict):
		l.conflict(ctx, err)
	default:
		l.complain("updates cannot be received; trying again", err)
	}
}

// known is a poll's error as others may see it.
func known(err error) error {
	switch {
	case refusesToken(err):
		return ErrUnauthorized
	case errors.Is(err, tg.ErrorConflict):
		return ErrConflict
	}
	return errors.New("updates cannot be received")
}

// conflict says who gets the updates instead, at most once a minute.
func (l *line) conflict(ctx context.Context, err error) {
	n, ok := l.quiet.pass("conflict")
	if !ok {
		return
	}
	attrs := []any{"error", shorten(redact(err.Error(), l.token)), "times", n}
	hook, asked := l.bot.GetWebhookInfo(ctx)
	switch {
	case asked != nil:
		l.log.Warn("another program is polling for this bot, or a webhook is set; only one may", attrs...)
	case hook.URL == "":
		l.log.Warn("another program is polling for this bot; only one may", attrs...)
	default:
		l.log.Warn("a webhook is set for this bot and gets its updates; whoever has set it is to delete it, or to restart this program, which does",
			append(attrs, "host", hostOf(hook.URL))...)
	}
}

// hostOf returns the host of an address; the rest of it may be a secret.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "unknown"
	}
	return clip(u.Host, 100)
}

// complain warns, at most once a minute.
func (l *line) complain(what string, err error) {
	if n, ok := l.quiet.pass(what); ok {
		l.log.Warn(what, "error", shorten(redact(err.Error(), l.token)), "times", n)
	}
}
