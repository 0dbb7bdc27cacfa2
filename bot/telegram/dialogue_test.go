package telegram

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A shelf is a store as a [bot.Library].
type shelf struct{ *corpus.Store }

func (s shelf) Outlets(context.Context) ([]bot.Outlet, error)       { return nil, nil }
func (s shelf) Backlog(context.Context) (retrieval.Progress, error) { return retrieval.Progress{}, nil }

// none is a [bot.Asker] that finds nothing.
type none struct{}

func (none) Ask(_ context.Context, q retrieval.Question) (retrieval.Answer, error) {
	return retrieval.Answer{}, fmt.Errorf("asking: %w", retrieval.ErrEmptyQuestion)
}

// verbose is a [bot.Asker] that quotes at length.
type verbose struct{}

func (verbose) Ask(context.Context, retrieval.Question) (retrieval.Answer, error) {
	a := retrieval.Answer{Language: text.English, Verdict: retrieval.Answered, Articles: 1}
	quote := strings.Repeat("What was said goes on & on. ", 90)
	for n := range 3 {
		a.Citations = append(a.Citations, retrieval.Citation{
			N: n + 1, ArticleID: "qrstuvwxyz234567", PassageID: "qrstuvwxyz234567.2", Title: "Talks", Language: text.English,
			Quote: retrieval.Quote{Text: quote, End: len(quote)},
		})
	}
	return a, nil
}

// brief is a [bot.Asker] that quotes the article with an ID.
type brief string

func (b brief) Ask(context.Context, retrieval.Question) (retrieval.Answer, error) {
	return retrieval.Answer{
		Language: text.English, Verdict: retrieval.Answered, Articles: 2, More: true,
		Citations: []retrieval.Citation{{
			N: 1, ArticleID: string(b), PassageID: string(b) + ".1", Title: "Talks", Language: text.English,
			Quote: retrieval.Quote{Text: "They ended.", End: 11},
		}},
	}, nil
}

// A desktop is a store as a [bot.Editor].
type desktop struct{ *corpus.Store }

func (d desktop) Stored(ctx context.Context, id string) (corpus.Article, error) {
	return d.Lookup(ctx, id)
}

func (d desktop) Summaries(ctx context.Context, o corpus.ListOptions) ([]corpus.Summary, int, error) {
	o.Embargoed = true
	list, err := d.List(ctx, o)
	if err != nil {
		return nil, 0, err
	}
	n, err := d.Count(ctx, o)
	return list, n, err
}

func (d desktop) Add(ctx context.Context, a corpus.Article, o corpus.AddOptions) (corpus.Outcome, error) {
	return d.AddWith(ctx, a, o)
}

func (d desktop) AddAll(ctx context.Context, articles []corpus.Article, o corpus.AddOptions) (list []corpus.Outcome, err error) {
	err = d.AddAllWith(ctx, slices.Values(articles), o, func(o corpus.Outcome) error { list = append(list, o); return nil })
	return list, err
}

func (d desktop) Purge(ctx context.Context, id string) (retrieval.Traces, error) {
	return retrieval.Traces{}, d.Store.Purge(ctx, id)
}

// dialogue is the bot's real dialogue, whose admin is person 1, over a
// collection of its own.
func dialogue(t *testing.T, d *desk) (*bot.Dialogue, *corpus.Store) {
	t.Helper()
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &bot.Dialogue{
		Asker: none{}, Library: shelf{store}, Editor: desktop{store}, Channels: store, Journal: d.journal,
		Admin: func(person int64) bool { return person == 1 },
		Now:   time.Now, Started: time.Now(), Logger: d.config.Logger,
	}, store
}

// stored puts an article into a store and returns its ID.
func stored(t *testing.T, s *corpus.Store, body string) string {
	t.Helper()
	a, err := corpus.Prepare(corpus.Article{Title: "عنوان", Body: body})
	if err == nil {
		a, _, err = s.Add(t.Context(), a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

// The real dialogue, from an article added to the pages of one.
func TestRunDialogue(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	handler, store := dialogue(t, d)
	d.config.Handler = handler
	var body strings.Builder
	for i := range 150 {
		fmt.Fprintf(&body, "جملة رقم %d من خبر %s < & > طويل جدا.\n\n", i, secret)
	}
	id := stored(t, store, body.String())
	running.Go(func() {
		if err := Run(ctx, d.config); err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	defer running.Wait()
	defer cancel()

	admin, reader := d.server.Person(1, "ar"), d.server.Person(2, "en")
	admin.Send("/add title: " + secret + "\n\nNobody at all < & > knew.")
	if m := admin.Wait(1)[0]; len(m.Buttons) == 0 {
		t.Errorf("an article without buttons: %+v", m)
	}
	reader.Send("/start a_" + id)
	page := reader.Wait(1)[0]
	reader.Press(page, page.Buttons[0][0].Data) // the next page
	for _, m := range reader.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 1 }) {
		if err := telegramtest.CheckBidi(m.Text); err != nil || !m.NoPreview || m.Text == page.Text {
			t.Errorf("page 2: %v, preview off %v", err, m.NoPreview)
		}
	}
	reader.Send("/language")
	m := reader.Wait(2)[1]
	press := reader.Press(m, m.Buttons[0][0].Data)
	d.server.WaitAnswer(press.ID)
	reader.SendMessage(map[string]any{"text": nil, "sticker": map[string]any{"file_id": "x"}})
	reader.Wait(3)
	d.settled()
	if d.log.has(`"level":"ERROR"`) || d.log.has(`"level":"WARN"`) {
		t.Errorf("complaints:\n%s", d.log.text())
	}
}

// The button of a view whose edit was refused still ends with a sign: the view is
// in a message below.
func TestViewOfUneditable(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	handler, store := dialogue(t, d)
	handler.Asker, d.config.Handler = brief(stored(t, store, "They ended.")), handler
	d.fail("editMessageText", 1, telegramtest.Failure{Code: 400, Description: "Bad Request: message can't be edited"})
	running.Go(func() {
		if err := Run(ctx, d.config); err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	defer running.Wait()
	defer cancel()

	p := d.server.Person(2, "en")
	p.Send("how did it end?")
	answer := p.Wait(1)[0]
	data := ""
	for _, row := range answer.Buttons {
		for _, b := range row {
			if strings.HasSuffix(b.Data, ":all-newest") {
				data = b.Data
			}
		}
	}
	first := p.Press(answer, data)
	if below := p.Wait(2)[1]; below.ReplyTo != answer.ID || d.server.WaitAnswer(first.ID).Text != "" {
		t.Errorf("below the answer: %+v", below)
	}
	if got := d.server.WaitAnswer(p.Press(answer, data).ID).Text; !strings.Contains(got, "already shown") {
		t.Errorf("pressed again: %q", got)
	}
	d.settled()
	if n := len(p.Received()); n != 2 {
		t.Errorf("%d messages, want the answer and the view", n)
	}
}

// What is too long for a message is sent as several, with the buttons under the
// last.
func TestRenderLong(t *testing.T) {
	d := newDesk(t)
	handler, _ := dialogue(t, d)
	handler.Asker = verbose{}
	r := renderer{handler, "OurName"}
	got, err := r.respond(t.Context(), bot.Event{ID: 1, Chat: 2, Person: bot.Person{ID: 2}, Text: "what was said?"}, nil)
	if err != nil || len(got.messages) < 2 {
		t.Fatalf("respond: %d messages, %v", len(got.messages), err)
	}
	for i, m := range got.messages {
		if has := m.markup != nil; has != (i == len(got.messages)-1) {
			t.Errorf("message %d of %d has buttons: %v", i+1, len(got.messages), has)
		}
	}
	answer, err := handler.Handle(t.Context(), bot.Event{ID: 1, Chat: 2, Person: bot.Person{ID: 2}, Text: "what was said?"})
	if err != nil {
		t.Fatal(err)
	}
	answer.Messages[0].Chat, answer.Messages[0].ReplyTo = 8, 31
	for i, m := range r.render(answer).messages {
		if m.chat != 8 || (m.replyTo == 31) != (i == 0) || m.replyTo != 0 && i > 0 {
			t.Errorf("message %d of %d goes to %d as a reply to %d", i+1, len(got.messages), m.chat, m.replyTo)
		}
		if m.plain == "" || strings.Contains(m.plain, "<") || strings.Contains(m.plain, "&amp;") || utf8.RuneCountInString(m.plain) > 4096 {
			t.Errorf("message %d of %d is without markup: %.200q", i+1, len(got.messages), m.plain)
		}
	}
	edit := r.render(bot.Reply{Edit: &answer.Messages[0]}).edit
	if edit == nil || edit.chat != 0 || edit.replyTo != 0 {
		t.Errorf("an edit goes elsewhere: %+v", edit)
	}
}

func TestRender(t *testing.T) {
	d := newDesk(t)
	handler, _ := dialogue(t, d)
	r := renderer{handler, "OurName"}
	reply, err := r.handler.Handle(t.Context(), bot.Event{ID: 1, Chat: 2, Person: bot.Person{ID: 2}, Command: "help"})
	if err != nil {
		t.Fatal(err)
	}
	help := reply.Messages[0].Document
	button := bot.Button{Label: "press", Data: "x"}
	tests := []struct {
		name   string
		out    bot.Outgoing
		markup models.ReplyMarkup
	}{
		{"no buttons", bot.Outgoing{}, nil},
		{"empty rows", bot.Outgoing{Buttons: [][]bot.Button{{}, nil}}, nil},
		{"buttons", bot.Outgoing{Buttons: [][]bot.Button{{button}, {}}},
			models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "press", CallbackData: "x"}}}}},
		{"asks", bot.Outgoing{Asks: true}, models.ForceReply{ForceReply: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.out.Document = help
			got := r.render(bot.Reply{Messages: []bot.Outgoing{{}, tt.out}, Edit: &tt.out, Notice: "n"})
			if len(got.messages) != 1 || got.messages[0].html != help.HTML(r.link) || got.notice != "n" {
				t.Fatalf("render = %+v", got)
			}
			want := fmt.Sprintf("%#v", tt.markup)
			if s := fmt.Sprintf("%#v", got.messages[0].markup); s != want {
				t.Errorf("markup %s, want %s", s, want)
			}
			if got.edit == nil || got.edit.html != got.messages[0].html {
				t.Errorf("edit %+v", got.edit)
			}
		})
	}
	if r.render(bot.Reply{Edit: &bot.Outgoing{}}).edit != nil {
		t.Error("an empty message would take the place of one")
	}
	if got := r.link("3f"); got != "https://t.me/OurName?start=a_3f" {
		t.Errorf("link = %s", got)
	}
}
