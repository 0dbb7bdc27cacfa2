package telegram

import (
	"context"
	"crypto/subtle"
	"errors"
	"strings"

	"newsbot/bot/journal"
)

// Claim waits until somebody proves himself by sending a code to the bot in a
// private chat, as the whole of a message in letters of any case or through the
// link https://t.me/USERNAME?start=CODE, and returns his ID. He is sent
// c.Confirmation. Everything else that concerns the bot is kept in the journal for [Run].
//
// It waits for the network, and for a journal that cannot be written. The errors
// are [ErrUnauthorized], that of ctx, and one for a Config that cannot be used.
func Claim(ctx context.Context, c Config, code string) (person int64, err error) {
	if code == "" {
		return 0, errors.New("claim without a code")
	}
	c = c.withDefaults()
	polling, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	l, err := newLine(polling, c, stop)
	if err != nil {
		return 0, err
	}
	defer l.close()
	if err := l.connect(polling); err != nil {
		return 0, err
	}
	found := incoming{}
	l.inbox.concerns = func(u journal.Update) bool {
		in, err := l.decode(u.ID, u.Raw)
		return err != nil || in.action != ignore
	}
	l.inbox.deliver = func(_ context.Context, fresh []journal.Update) error {
		if in, ok := l.find(fresh, code); ok && found.id == 0 {
			found = in
			stop(nil)
		}
		return nil
	}
	if c.Started != nil {
		c.Started(l.me.username)
	}
	l.bot.Start(polling)
	switch {
	case found.id != 0:
		l.confirm(ctx, c, found)
		return found.event.Person.ID, nil
	case errors.Is(context.Cause(polling), ErrUnauthorized):
		return 0, ErrUnauthorized
	}
	return 0, ctx.Err()
}

// find returns the message that is the code.
func (l *line) find(updates []journal.Update, code string) (incoming, bool) {
	for _, u := range updates {
		in, err := l.decode(u.ID, u.Raw)
		if err != nil || in.action != handle || in.query != "" || in.inline != "" || in.event.Group {
			continue
		}
		sent := in.event.Text
		if in.event.Command == "start" {
			sent = in.event.Argument
		}
		if sameCode(sent, code) {
			return in, true
		}
	}
	return incoming{}, false
}

// sameCode compares a text with a code in a time that tells nothing of the code.
// A phone begins a message with a capital letter, whatever the code does.
func sameCode(sent, code string) bool {
	sent = strings.ToUpper(strings.TrimFunc(sent, isBlank))
	return subtle.ConstantTimeCompare([]byte(sent), []byte(strings.ToUpper(code))) == 1
}

// confirm is done with the message that was the code, and sends the
// confirmation. The person has proved himself whatever becomes of that.
func (l *line) confirm(ctx context.Context, c Config, in incoming) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	if err := c.Journal.Done(ctx, in.id, 0); err != nil {
		l.complain("the journal cannot be written", err)
	}
	if c.Confirmation == "" {
		return
	}
	g := newGateway(gatewayConfig{bot: l.bot, log: l.log, quiet: l.quiet, now: c.Now, pause: c.pause, unauthorized: func() {}})
	if _, err := g.send(ctx, in.id, in.place, message{html: escape(c.Confirmation)}, nil); err != nil {
		l.complain("the confirmation cannot be sent", err)
	}
}

// escape makes a text fit for HTML.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
