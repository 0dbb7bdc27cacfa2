package telegram

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsbot/bot"
)

const (
	// inlineThread takes the place of a topic's number in the place of a person's inline queries: they wait apart from
	// what he writes to the bot, so that neither holds up the other.
	inlineThread = -1
	// inlineCalm is how long somebody has typed no further when his query is answered.
	inlineCalm = 300 * time.Millisecond
	// inlineHandlers is how many inline queries are handled at once. They take no places of those who have written to the
	// bot.
	inlineHandlers = 2
	// inlineAge is how old an inline query may be when its turn comes: Telegram waits for 30 s.
	inlineAge = 25 * time.Second
	// inlineTime is how long the handler may take for one, and showing the answer after that.
	inlineTime = 15 * time.Second
	// maxInlineQuery is how long a query is at most, in characters (https://core.telegram.org/bots/api#inlinequery).
	maxInlineQuery = 256
	// mostResults is how many results Telegram takes, and maxHint how many characters of a button.
	mostResults = 50
	maxHint     = 64
	// inlineMethod answers an inline query.
	inlineMethod = "answerInlineQuery"
)

// decodeInline reads an inline query. The person may never have written to the bot: nothing is sent to him but the answer.
func decodeInline(in incoming, q fields, _ identity) (incoming, error) {
	in.inline = q.string("id")
	from, known := decodePerson(q.object("from"))
	if in.inline == "" {
		return in, errUndecodable
	}
	in.place, in.mute = place{chat: from.ID, thread: inlineThread}, true
	if !known {
		in.place, in.inline = place{}, ""
		return in, nil
	}
	typed := []rune(q.string("query"))
	in.action = handle
	in.event = bot.Event{
		ID: in.id, Chat: from.ID, Person: from, Inline: true, Text: string(typed[:min(len(typed), maxInlineQuery)]),
	}
	return in, nil
}

// answerInline answers an inline query whose turn has come, unless it is too late for that, or the person types on.
func (s *service) answerInline(ctx context.Context, t ticket) error {
	waiting, more := s.boxes.coming(t.place, 1)
	if len(waiting) > 0 {
		return s.passInline(ctx, []int64{t.id})
	}
	calm, err := s.isCalm(ctx, inlineCalm, more)
	if err != nil {
		return err
	}
	if !calm {
		return s.passInline(ctx, []int64{t.id})
	}
	leave, err := s.enter(t)
	if err != nil {
		return err
	}
	defer leave()
	in, err := s.load(ctx, t)
	if err != nil {
		return err
	}
	if isClosed(more) || s.config.Now().Sub(in.received) > inlineAge {
		return s.passInline(ctx, []int64{t.id})
	}
	r, err := s.respond(ctx, in)
	if err != nil {
		return err
	}
	leave() // answering takes nobody's place
	if r.inline == nil {
		r.inline = &offer{}
	}
	if err := unsettled(s.gateway.answerInline(ctx, in.id, in.inline, *r.inline)); err != nil {
		return err
	}
	return s.done(ctx, in, 0)
}

// passInline commits that inline queries are passed over: others have followed them, or it is too late.
func (s *service) passInline(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	err := s.commit(ctx, func(ctx context.Context) error { return s.journal.Pass(ctx, ids...) })
	if err == nil {
		s.log.Debug("inline queries are passed over", "updates", len(ids))
	}
	return err
}

// idsOf are the numbers of updates.
func idsOf(tickets []ticket) (ids []int64) {
	for _, t := range tickets {
		ids = append(ids, t.id)
	}
	return ids
}

// An offer is a [bot.Inline] in the form that is sent.
type offer struct {
	results []choice
	hint    *models.InlineQueryResultsButton // nil for none
	seconds int                              // for which Telegram may show the same
}

// A choice is a message that is offered.
type choice struct {
	id, title, description string
	message                message
}

// offer renders what is offered to somebody who types; nil stays nil.
func (r renderer) offer(b *bot.Inline) *offer {
	if b == nil {
		return nil
	}
	o := &offer{seconds: int(b.For / time.Second)}
	if b.Hint != (bot.Link{}) {
		o.hint = &models.InlineQueryResultsButton{Text: clip(b.Hint.Label, maxHint), StartParameter: b.Hint.Start}
	}
	for _, result := range b.Results {
		parts := r.messages(bot.Outgoing{Document: result.Document, Links: result.Links})
		if len(parts) != 1 || strings.TrimSpace(result.Title) == "" || len(o.results) == mostResults {
			continue // it is no message that can be chosen
		}
		o.results = append(o.results, choice{result.ID, result.Title, result.Description, parts[0]})
	}
	return o
}

// answerInline offers somebody what he may choose, or nothing. It is late when Telegram no longer waits for it.
func (g *gateway) answerInline(ctx context.Context, update int64, query string, o offer) error {
	limited, cancel := context.WithTimeout(ctx, inlineTime)
	defer cancel()
	j := job{update: update, method: inlineMethod, priority: editing}
	marked := true
	j.try = func(ctx context.Context, _ int64) (int, error) {
		_, err := g.bot.AnswerInlineQuery(ctx, o.params(query, marked))
		return 0, err
	}
	_, err := g.carry(limited, j)
	if errors.Is(err, errUnparsed) {
		marked = false
		_, err = g.carry(limited, j)
	}
	if ended(limited) && !ended(ctx) {
		return errRefused
	}
	return err
}

// params are those of the call, with the markup of messages or without.
func (o offer) params(query string, marked bool) *tg.AnswerInlineQueryParams {
	p := &tg.AnswerInlineQueryParams{
		InlineQueryID: query, Results: []models.InlineQueryResult{}, IsPersonal: true, Button: o.hint,
		CacheTime: max(1, o.seconds), // the library leaves out a 0, which Telegram takes for 300
	}
	for _, c := range o.results {
		content := &models.InputTextMessageContent{
			MessageText: c.message.html, ParseMode: models.ParseModeHTML,
			LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: tg.True()},
		}
		if !marked {
			content.MessageText, content.ParseMode = c.message.unformatted(), ""
		}
		p.Results = append(p.Results, &models.InlineQueryResultArticle{
			ID: c.id, Title: c.title, Description: c.description, InputMessageContent: content, ReplyMarkup: c.message.markup,
		})
	}
	return p
}

// withoutNullApp takes out of the body of a call what the library writes into every button above results, and Telegram takes
// for a web app without an address. It can be nothing that somebody has written: in the strings of JSON a quotation mark
// has a backslash before it.
func withoutNullApp(body []byte) []byte {
	return bytes.ReplaceAll(body, []byte(`"web_app":null,`), nil)
}
