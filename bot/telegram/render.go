package telegram

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"

	"newsbot/bot"
)

// A Handler says what to do about events; [bot.Dialogue] is one. Its methods are
// called by several goroutines at once, but Handle and Apology for one chat, or
// one topic of it, one after the other.
type Handler interface {
	// Handle returns the reply to an event. The only errors are those of ctx. When
	// that has ended because the program stops, the event is handled again at the
	// next start, and when it took too long, the apology is sent. For an event of a
	// channel, or a digest, any error says that it is to be handled again. What is shown with the event's Writing counts
	// until Handle returns.
	Handle(ctx context.Context, e bot.Event) (bot.Reply, error)
	// Apology returns the reply to an event whose handling broke down.
	Apology(ctx context.Context, e bot.Event) bot.Reply
	// Aside returns what is said beside the reply to an event.
	Aside(ctx context.Context, e bot.Event, a bot.Aside) bot.Reply
	// WantsFiles reports whether files of an event are downloaded, which takes long.
	WantsFiles(e bot.Event) bool
	// Gathers reports whether an event is handled together with those before it, which
	// wait in a row in its chat and become the first one's Pieces; of the first there are
	// none before it.
	Gathers(before []bot.Event, e bot.Event) bool
}

// A responder says what to do about events, in the form that is sent.
type responder interface {
	// respond returns the reply to an event; w is nil when nobody follows it.
	respond(ctx context.Context, e bot.Event, w *writing) (reply, error)
	apologize(ctx context.Context, e bot.Event) reply
	aside(ctx context.Context, e bot.Event, a bot.Aside) reply
	downloads(e bot.Event) bool
	gathers(before []bot.Event, e bot.Event) bool
}

// A reply is a [bot.Reply] in the form that is sent.
type reply struct {
	messages []message
	edit     *message
	notice   string
	inline   *offer // answers an inline query; nil for other updates
	then     func(context.Context) (models.ReplyMarkup, error)
	shown    *int // the number of the last message that is out, 0 for none; nil where nobody asks for it
	apology  bool // not what was to be said
}

// note keeps the number of the last message that is out.
func (r reply) note(message int) {
	if r.shown != nil {
		*r.shown = message
	}
}

// A message is one message to be sent.
type message struct {
	html    string
	plain   string             // to be sent when the markup is refused
	markup  models.ReplyMarkup // nil for none
	replyTo int                // the number of the message that it replies to; 0 for none
	chat    int64              // where it goes; 0 for the event's chat
	// priority is when it goes; the zero one is that of a reply.
	priority priority
	picture  *bot.Picture // html is its caption; nil for none
}

// A renderer makes a responder of a Handler.
type renderer struct {
	handler  Handler
	username string // the bot's, for links to it
}

func (r renderer) respond(ctx context.Context, e bot.Event, w *writing) (reply, error) {
	e.Writing = r.follows(w)
	answer, err := r.handler.Handle(ctx, e)
	if err != nil {
		return reply{}, err
	}
	return r.render(answer), nil
}

func (r renderer) apologize(ctx context.Context, e bot.Event) reply {
	return r.render(r.handler.Apology(ctx, e))
}

func (r renderer) aside(ctx context.Context, e bot.Event, a bot.Aside) reply {
	return r.render(r.handler.Aside(ctx, e, a))
}

func (r renderer) downloads(e bot.Event) bool { return r.handler.WantsFiles(e) }

func (r renderer) gathers(before []bot.Event, e bot.Event) bool { return r.handler.Gathers(before, e) }

// link returns the address of an article's own pages in the bot.
func (r renderer) link(article string) string { return r.start("a_" + article) }

// start returns the address of the bot's private chat, with an argument of /start.
func (r renderer) start(argument string) string {
	return "https://t.me/" + r.username + "?start=" + argument
}

// address is where a link leads (https://core.telegram.org/api/links#share-links).
func (r renderer) address(l bot.Link) string {
	if l.Share {
		return "https://t.me/share/url?url=" + url.QueryEscape(r.start(l.Start))
	}
	return r.start(l.Start)
}

// render turns a reply into the messages that it is sent as.
func (r renderer) render(b bot.Reply) reply {
	out := reply{notice: b.Notice, inline: r.offer(b.Inline), then: r.then(b)}
	for _, o := range b.Messages {
		out.messages = append(out.messages, r.messages(o)...)
	}
	if b.Edit == nil {
		return out
	}
	words := *b.Edit
	words.Picture = nil                             // it cannot be edited
	if parts := r.messages(words); len(parts) > 0 { // what was one message stays one
		m := parts[0]
		m.markup, m.replyTo, m.chat = r.keyboard(b.Edit.Buttons, b.Edit.Links), 0, 0 // it is where it was
		out.edit = &m
	}
	return out
}

// then is what is to be done when a reply is out; nil for nothing. The links of its last message
// stay where they are.
func (r renderer) then(b bot.Reply) func(context.Context) (models.ReplyMarkup, error) {
	if b.Then == nil {
		return nil
	}
	var links []bot.Link
	switch n := len(b.Messages); {
	case n > 0:
		links = b.Messages[n-1].Links
	case b.Edit != nil:
		links = b.Edit.Links
	}
	return func(ctx context.Context) (models.ReplyMarkup, error) {
		rows, err := b.Then(ctx)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		return r.keyboard(rows, links), nil
	}
}

// withoutEdit is the reply when the message with the button cannot be edited: what
// was to take its place comes below it. It comes last, so that the messages before
// it have the same numbers when the update is handled again.
func (r reply) withoutEdit(message int) reply {
	m := *r.edit
	m.replyTo = message // Telegram leaves that out when it is gone
	r.messages, r.edit = append(slices.Clone(r.messages), m), nil
	return r
}

// messages divides a message into ones that can be sent. The first one is the
// reply, and the buttons are under the last one. Empty ones, which Telegram
// refuses, are left out.
func (r renderer) messages(o bot.Outgoing) []message {
	var out []message
	for _, part := range o.Document.Parts() {
		if s := part.HTML(r.link); strings.TrimSpace(s) != "" {
			out = append(out, message{html: s, plain: part.Plain(r.link), chat: o.Chat})
		}
	}
	out = withPicture(out, o)
	if len(out) == 0 {
		return nil
	}
	out[0].replyTo = o.ReplyTo
	last := &out[len(out)-1]
	last.markup = r.keyboard(o.Buttons, o.Links)
	if o.Asks {
		last.markup = models.ForceReply{ForceReply: true}
	}
	return out
}

// keyboard returns the markup of buttons and links; nil when there are none. A nil pointer
// in it would be sent as a null, which Telegram refuses.
func (r renderer) keyboard(rows [][]bot.Button, links []bot.Link) models.ReplyMarkup {
	var k models.InlineKeyboardMarkup
	for _, row := range rows {
		var buttons []models.InlineKeyboardButton
		for _, b := range row {
			buttons = append(buttons, models.InlineKeyboardButton{Text: b.Label, CallbackData: b.Data})
		}
		if len(buttons) > 0 {
			k.InlineKeyboard = append(k.InlineKeyboard, buttons)
		}
	}
	for _, l := range links {
		k.InlineKeyboard = append(k.InlineKeyboard, []models.InlineKeyboardButton{{Text: l.Label, URL: r.address(l)}})
	}
	if len(k.InlineKeyboard) == 0 {
		return nil
	}
	return k
}

var tag = regexp.MustCompile(`<[^>]*>`)

// unformatted returns the text of a message without its markup.
func (m message) unformatted() string {
	if m.plain != "" {
		return m.plain
	}
	return m.withoutTags()
}

// withoutTags is the text of a message as its markup has it.
func (m message) withoutTags() string { return html.UnescapeString(tag.ReplaceAllString(m.html, "")) }
