package telegram

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// pressTime is how long Telegram waits for the answer to a pressed button.
const pressTime = 150 * time.Second

// Why a message is not out.
var (
	errBlocked  = errors.New("the chat does not want the bot's messages")
	errRefused  = errors.New("refused")
	errUnparsed = errors.New("the markup was refused")
)

// A gateway makes the calls that show something to people, and sees each of them
// through.
type gateway struct {
	bot   *tg.Bot
	log   *slog.Logger
	quiet *throttle
	pause func(context.Context, time.Duration) error
	// unauthorized is told when the token is no longer good.
	unauthorized func()
	// doubtful bounds the messages that may be out and are not committed as such
	// yet; nil does not.
	doubtful chan struct{}
}

const (
	// maxDoubtful is how many messages of all chats a kill may double, and so
	// how many are sent at once. That is what it costs: at 500 ms a call, four
	// messages a second over all chats.
	maxDoubtful = 2
	// doubtTime is how long a message may keep others from being sent. One that
	// takes longer hangs, and others need not wait for it; a kill may double it
	// besides those of maxDoubtful.
	doubtTime = 3 * time.Second
)

// A call is one attempt to show something in a chat.
type call func(ctx context.Context, chat int64) error

// send sends a message to a chat, calls commit when it is out, and returns the ID
// that the chat has then. The message is out when the error is nil, or may be and
// must not be sent again. Other errors are errBlocked, errRefused,
// [ErrUnauthorized], those of ctx and those of commit.
func (g *gateway) send(ctx context.Context, update, chat int64, m message, commit func() error) (int64, error) {
	p := tg.SendMessageParams{
		Text:               m.html,
		ParseMode:          models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: tg.True()},
		ReplyMarkup:        m.markup,
	}
	send := func(ctx context.Context, chat int64) error {
		p.ChatID = chat
		_, err := g.bot.SendMessage(ctx, &p)
		return err
	}
	chat, err := g.carry(ctx, update, chat, send, commit)
	if errors.Is(err, errUnparsed) {
		p.Text, p.ParseMode = m.plain(), ""
		chat, err = g.carry(ctx, update, chat, send, commit)
	}
	return chat, err
}

// edit puts another text and other buttons into a message. That it is gone or
// has them already is no error.
func (g *gateway) edit(ctx context.Context, update, chat int64, id int, m message) error {
	p := tg.EditMessageTextParams{
		MessageID:          id,
		Text:               m.html,
		ParseMode:          models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: tg.True()},
		ReplyMarkup:        m.markup,
	}
	edit := func(ctx context.Context, chat int64) error {
		p.ChatID = chat
		_, err := g.bot.EditMessageText(ctx, &p)
		return err
	}
	_, err := g.carry(ctx, update, chat, edit, nil)
	if errors.Is(err, errUnparsed) {
		p.Text, p.ParseMode = m.plain(), ""
		_, err = g.carry(ctx, update, chat, edit, nil)
	}
	return err
}

// answer ends the wait that a person is shown after pressing a button, with a
// notice or without. Nobody waits for it longer than pressTime.
func (g *gateway) answer(ctx context.Context, update int64, query, notice string) error {
	limited, cancel := context.WithTimeout(ctx, pressTime)
	defer cancel()
	p := tg.AnswerCallbackQueryParams{CallbackQueryID: query, Text: clip(notice, 200)}
	_, err := g.carry(limited, update, 0, func(ctx context.Context, _ int64) error {
		_, err := g.bot.AnswerCallbackQuery(ctx, &p)
		return err
	}, nil)
	if ended(limited) && !ended(ctx) {
		return errRefused
	}
	return err
}

// carry makes a call until it is known what becomes of it, and returns the ID
// that the chat has then. It waits and calls again when the call was surely not
// carried out; when that is not known, it does not. commit, if there is one, is
// called when the call was carried out, or may have been.
func (g *gateway) carry(ctx context.Context, update, chat int64, try call, commit func() error) (int64, error) {
	var wait backoff
	for moves := 0; ; {
		v, err := g.attempt(ctx, update, chat, try, commit)
		delay := time.Duration(0)
		switch v.fate {
		case moved:
			if moves++; moves > 3 || v.chat == 0 {
				return chat, errRefused
			}
			chat = v.chat
		case postponed:
			delay = v.wait + rand.N(500*time.Millisecond)
		case undelivered:
			g.complain("telegram cannot be reached", v.why)
			delay = wait.delay()
		default:
			return chat, err
		}
		if err := g.pause(ctx, delay); err != nil {
			return chat, err
		}
	}
}

// attempt makes a call once, and commits it when it may have been carried out.
// With a commit, no more than a few attempts of all chats are between the two at
// once.
func (g *gateway) attempt(ctx context.Context, update, chat int64, try call, commit func() error) (verdict, error) {
	if commit != nil {
		leave, err := g.enter(ctx)
		if err != nil {
			return verdict{fate: refused}, err
		}
		defer leave()
	}
	err := try(ctx, chat)
	if ended(ctx) && err != nil {
		return verdict{fate: refused}, ctx.Err()
	}
	v := judge(err)
	if err := g.settle(update, v); err != nil || commit == nil {
		return v, err
	}
	if v.fate != delivered && v.fate != unknown {
		return v, nil
	}
	return v, commit()
}

// enter waits until a message may be sent. leave is to be called when it is
// committed.
func (g *gateway) enter(ctx context.Context) (leave func(), err error) {
	if g.doubtful == nil {
		return func() {}, nil
	}
	select {
	case g.doubtful <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	free := sync.OnceFunc(func() { <-g.doubtful })
	hangs := time.AfterFunc(doubtTime, free)
	return func() {
		hangs.Stop()
		free()
	}, nil
}

// settle logs the end of a call and returns it as an error.
func (g *gateway) settle(update int64, v verdict) error {
	switch v.fate {
	case unknown:
		g.log.Warn("a call ended without an answer and is not repeated", "update_id", update, "reason", v.why)
	case blocked:
		g.log.Info("a chat does not want the bot's messages", "update_id", update, "reason", v.why)
		return errBlocked
	case unauthorized:
		g.unauthorized()
		return ErrUnauthorized
	case unparsed:
		g.log.Error("the markup of a message was refused", "update_id", update, "reason", v.why)
		return errUnparsed
	case refused:
		level := slog.LevelError
		if v.stale() {
			level = slog.LevelDebug
		}
		g.log.Log(context.Background(), level, "a call was refused", "update_id", update, "reason", v.why)
		return errRefused
	}
	return nil
}

// complain warns, at most once a minute.
func (g *gateway) complain(what, why string) {
	if n, ok := g.quiet.pass(what); ok {
		g.log.Warn(what, "reason", why, "times", n)
	}
}

// clip returns at most n characters of s.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
