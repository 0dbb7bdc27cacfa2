package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsbot/bot/journal"
	"newsbot/bot/metrics"
)

// pressTime is how long Telegram waits for the answer to a pressed button.
const pressTime = 150 * time.Second

// Why a message is not out.
var (
	errBlocked  = errors.New("the chat does not want the bot's messages")
	errRefused  = errors.New("refused")
	errUnparsed = errors.New("the markup was refused")

	errUneditable = fmt.Errorf("%w: the message cannot be edited", errRefused)
)

// A place is where a message goes: a chat, and a topic of it (0 for none).
type place struct {
	chat   int64
	thread int
}

// A gatewayConfig says what a gateway works with.
type gatewayConfig struct {
	bot   *tg.Bot
	log   *slog.Logger
	quiet *throttle
	now   func() time.Time
	pause func(context.Context, time.Duration) error
	// unauthorized is told when the token is no longer good.
	unauthorized func()
	// doubtful is how many messages may be out and not committed as such yet.
	doubtful int
	// journal keeps which chats cannot be reached; nil keeps it in memory only.
	journal *journal.Journal
	metrics *metrics.Metrics
}

// A gateway makes the calls that show something to people, when they may be made,
// and sees each of them through.
type gateway struct {
	gatewayConfig
	schedule *schedule
	reach    *reach
	typists  typists
	drafted  drafted
}

func newGateway(c gatewayConfig) *gateway {
	g := &gateway{gatewayConfig: c, schedule: newSchedule(c.now, c.pause, c.doubtful)}
	g.reach = newReach(c.journal, g.complain)
	return g
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
	// noticeTime is how long a notice is worth sending.
	noticeTime = 30 * time.Second
)

// A call is one attempt to show something in a chat. It returns the number of the
// message that it has sent; 0 for none.
type call func(ctx context.Context, chat int64) (message int, err error)

// A job is a call to be seen through.
type job struct {
	update   int64
	method   string
	priority priority
	chat     int64 // 0: the call is about no chat
	try      call
	// commit, if there is one, is called when the call was carried out, or may
	// have been.
	commit func(message int) error
}

// send sends a message to a place and calls commit when it is out, with the number
// that Telegram gave it; 0 when that is not known. It returns the place as it is
// called then. The message is out when the error is nil, or may be and must not be
// sent again. Other errors are errBlocked, errRefused, [ErrUnauthorized], those of
// ctx and those of commit.
func (g *gateway) send(ctx context.Context, update int64, to place, m message, commit func(message int) error) (place, error) {
	g.typists.end(to)
	chat, err := g.sendAs(ctx, job{update: update, priority: m.priority, chat: to.chat, commit: commit}, to.thread, m)
	return place{chat, to.thread}, err
}

// notice sends what belongs to no reply, at its best and once. Answers go before
// it.
func (g *gateway) notice(ctx context.Context, update int64, to place, m message) {
	limited, cancel := context.WithTimeout(ctx, noticeTime)
	defer cancel()
	_, _ = g.sendAs(limited, job{update: update, priority: notifying, chat: to.chat}, to.thread, m) // the end is logged
}

// sendAs sends a message, without its markup if Telegram does not take that.
func (g *gateway) sendAs(ctx context.Context, j job, thread int, m message) (chat int64, err error) {
	if m.picture != nil {
		return g.sendPicture(ctx, j, thread, m)
	}
	p := tg.SendMessageParams{
		MessageThreadID:    thread,
		Text:               m.html,
		ParseMode:          models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: tg.True()},
		ReplyMarkup:        m.markup,
		ReplyParameters:    m.repliesTo(),
	}
	j.method = "sendMessage"
	j.try = func(ctx context.Context, chat int64) (int, error) {
		p.ChatID = chat
		sent, err := g.bot.SendMessage(ctx, &p)
		if err != nil {
			return 0, err
		}
		return sent.ID, nil
	}
	j.chat, err = g.carry(ctx, j)
	if errors.Is(err, errUnparsed) {
		p.Text, p.ParseMode = m.unformatted(), ""
		j.chat, err = g.carry(ctx, j)
	}
	return j.chat, err
}

// repliesTo says what the message replies to, if that is still there; nil for nothing.
func (m message) repliesTo() *models.ReplyParameters {
	if m.replyTo == 0 {
		return nil
	}
	return &models.ReplyParameters{MessageID: m.replyTo, AllowSendingWithoutReply: true}
}

// edit puts another text and other buttons into a message. That it has them
// already is no error; when it can no longer be edited, it is errUneditable.
func (g *gateway) edit(ctx context.Context, update, chat int64, id int, m message) error {
	p := tg.EditMessageTextParams{
		MessageID:          id,
		Text:               m.html,
		ParseMode:          models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: tg.True()},
		ReplyMarkup:        m.markup,
	}
	j := job{update: update, method: "editMessageText", priority: editing, chat: chat}
	j.try = func(ctx context.Context, chat int64) (int, error) {
		p.ChatID = chat
		_, err := g.bot.EditMessageText(ctx, &p)
		return 0, err
	}
	chat, err := g.carry(ctx, j)
	if errors.Is(err, errUnparsed) {
		p.Text, p.ParseMode = m.unformatted(), ""
		j.chat = chat
		_, err = g.carry(ctx, j)
	}
	return err
}

// answer ends the wait that a person is shown after pressing a button, with a
// notice or without. Nobody waits for it longer than pressTime.
func (g *gateway) answer(ctx context.Context, update int64, query, notice string) error {
	limited, cancel := context.WithTimeout(ctx, pressTime)
	defer cancel()
	p := tg.AnswerCallbackQueryParams{CallbackQueryID: query, Text: clip(notice, 200)}
	j := job{update: update, method: "answerCallbackQuery", priority: urgent}
	j.try = func(ctx context.Context, _ int64) (int, error) {
		_, err := g.bot.AnswerCallbackQuery(ctx, &p)
		return 0, err
	}
	_, err := g.carry(limited, j)
	if ended(limited) && !ended(ctx) {
		return errRefused
	}
	return err
}

// carry makes a call until it is known what becomes of it, and returns the ID
// that the chat has then. It waits and calls again when the call was surely not
// carried out; when that is not known, it does not. A chat that does not want the
// bot's messages is not called.
func (g *gateway) carry(ctx context.Context, j job) (int64, error) {
	t := &turn{priority: j.priority, chat: g.reach.at(ctx, j.chat), doubtful: j.commit != nil}
	var wait backoff
	for moves := 0; ; {
		if g.reach.isBlocked(t.chat) {
			return t.chat, errBlocked
		}
		v, err := g.attempt(ctx, t, j, &wait)
		switch v.fate {
		case moved:
			if moves++; moves > 3 || v.chat == 0 {
				return t.chat, errRefused
			}
			g.move(ctx, t.chat, v.chat)
			t.chat = v.chat
		case undelivered:
			g.complain("telegram cannot be reached", v.why)
		case postponed:
		default:
			return t.chat, err
		}
	}
}

// attempt makes a call once, and commits it when it may have been carried out.
// With a commit, no more than a few attempts of all chats are between the two at
// once.
func (g *gateway) attempt(ctx context.Context, t *turn, j job, wait *backoff) (verdict, error) {
	if err := g.schedule.enter(ctx, t); err != nil {
		return verdict{fate: refused}, err
	}
	defer g.schedule.leave(t)
	message, err := j.try(ctx, t.chat)
	if ended(ctx) && err != nil {
		g.schedule.finish(t, 0)
		return verdict{fate: refused}, ctx.Err()
	}
	v := judge(err)
	g.schedule.finish(t, v.rest(wait))
	g.outcome(j.method, v)
	if err := g.settle(ctx, j.update, t.chat, v); err != nil || j.commit == nil {
		return v, err
	}
	if v.fate != delivered && v.fate != unknown {
		return v, nil
	}
	return v, j.commit(message)
}

// rest returns how long a chat is to be left alone after a call.
func (v verdict) rest(wait *backoff) time.Duration {
	switch v.fate {
	case postponed:
		return v.wait + rand.N(500*time.Millisecond)
	case undelivered:
		return wait.delay()
	}
	return 0
}

// returned notes that somebody wants the bot's messages: he has written, or
// unblocked it. Call it before the reply to what he has written.
func (g *gateway) returned(ctx context.Context, chat int64) { g.reach.unblock(ctx, chat) }

// gone notes that somebody does not want the bot's messages.
func (g *gateway) gone(ctx context.Context, chat int64) { g.reach.block(ctx, chat) }

// move notes that a chat has another ID.
func (g *gateway) move(ctx context.Context, from, to int64) { g.reach.move(ctx, from, to) }

// settle logs the end of a call and returns it as an error.
func (g *gateway) settle(ctx context.Context, update, chat int64, v verdict) error {
	switch v.fate {
	case unknown:
		g.log.Warn("a call ended without an answer and is not repeated", "update_id", update, "reason", v.why)
	case blocked:
		g.log.Info("a chat does not want the bot's messages", "update_id", update, "reason", v.why)
		g.gone(ctx, chat)
		return errBlocked
	case closed: // for now: nobody would say when that is over
		g.log.Info("a chat takes no messages of the bot", "update_id", update, "reason", v.why)
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
		if v.uneditable() {
			return errUneditable
		}
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
