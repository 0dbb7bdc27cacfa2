package telegramtest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

const (
	inlineLife = 30 * time.Second
	maxQuery   = 256 // characters
	maxResults = 50
)

// An InlineQuery is what a person has typed after the bot's name in some chat, and what the bot has answered.
type InlineQuery struct {
	ID     string
	Update int64 // the update that brings it
	Person int64
	Query  string
	Asked  time.Time

	Answered bool
	Results  []InlineResult
	// Button leads into the bot's private chat with /start and an argument; the zero one is none.
	Button   InlineButton
	Cache    time.Duration // for how long Telegram may give the same answer by itself
	Personal bool          // to the same person only
}

// An InlineResult is a message that is offered.
type InlineResult struct {
	ID, Title, Description string
	Text                   string // as people read it
	HTML                   string // as the bot sent it with parse mode HTML; "" otherwise
	Entities               []Entity
	Buttons                [][]Button
	NoPreview              bool
}

// An InlineButton stands above the results.
type InlineButton struct{ Text, Start string }

// OfferInline says whether inline mode is on, as @BotFather switches it: it is off in a new bot. The bot learns of it from
// getMe, and gets inline queries only while it is on.
func (s *Server) OfferInline(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inlineMode = on
}

// Inline types a query for the bot in a private chat with somebody else. The person need not have written to the bot.
func (p *Person) Inline(query string) InlineQuery {
	p.s.t.Helper()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if !p.s.inlineMode || utf8.RuneCountInString(query) > maxQuery {
		p.s.t.Errorf("telegramtest: nobody can ask this inline: mode on %v, %d characters", p.s.inlineMode, utf8.RuneCountInString(query))
		return InlineQuery{}
	}
	const firstQuery = 5_611_686_018_427_387_904 // of the size that Telegram gives
	q := &InlineQuery{
		ID: strconv.FormatInt(firstQuery+int64(len(p.s.inline)), 10), Person: p.ID, Query: query, Asked: p.s.Now(),
	}
	q.Update = p.s.enqueueLocked(map[string]any{"inline_query": map[string]any{
		"id": q.ID, "from": p.user(), "query": query, "offset": "", "chat_type": "private",
	}}, inlineLife)
	p.s.inline = append(p.s.inline, q)
	return *q
}

// Choose sends a result into a chat, which need not be known, and returns the message: the person's own, with the bot's
// name above it.
func (p *Person) Choose(q InlineQuery, result int, chat int64) Message {
	p.s.t.Helper()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if result < 0 || result >= len(q.Results) {
		p.s.t.Errorf("telegramtest: the query has no result %d", result)
		return Message{}
	}
	r, in := q.Results[result], p.s.chatLocked(chat)
	m := &message{Message: Message{
		Text: r.Text, HTML: r.HTML, Entities: r.Entities, Buttons: r.Buttons, NoPreview: r.NoPreview,
	}}
	p.s.addLocked(in, m)
	m.raw = map[string]any{
		"message_id": m.ID, "from": p.user(), "chat": in.json(), "date": m.Sent.Unix(), "text": m.Text, "via_bot": botUser(),
	}
	setEntities(m.raw, "text", m.Entities)
	return m.Message
}

// InlineQueries lists the inline queries so far, in order.
func (s *Server) InlineQueries() []InlineQuery {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]InlineQuery, 0, len(s.inline))
	for _, q := range s.inline {
		out = append(out, *q)
	}
	return out
}

// WaitInline blocks until the bot has answered an inline query, and returns it.
func (s *Server) WaitInline(id string) InlineQuery {
	s.t.Helper()
	var answered InlineQuery
	s.wait("an answer to inline query "+id, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		q := s.inlineLocked(id)
		if q == nil || !q.Answered {
			return false
		}
		answered = *q
		return true
	})
	return answered
}

func (s *Server) inlineLocked(id string) *InlineQuery {
	i := slices.IndexFunc(s.inline, func(q *InlineQuery) bool { return q.ID == id })
	if i < 0 {
		return nil
	}
	return s.inline[i]
}

func (s *Server) answerInlineQuery(c *call) (any, *Refusal) {
	if r := c.unsupported("next_offset"); r != nil {
		return nil, r
	}
	results, r := c.inlineResults()
	if r != nil {
		return nil, r
	}
	button := c.object("button")
	start, _ := button["start_parameter"].(string)
	if button != nil && start == "" {
		return nil, misuse("this server knows no button without start_parameter")
	}
	tooOld := badRequest("query is too old and response timeout expired or query ID is invalid")
	q := s.inlineLocked(c.text("inline_query_id"))
	switch {
	case q == nil || q.Answered:
		return nil, tooOld
	case s.Now().Sub(q.Asked) > inlineLife:
		return nil, tooOld.excused()
	}
	q.Answered, q.Results, q.Personal = true, results, c.boolean("is_personal")
	q.Cache = 300 * time.Second
	if c.has("cache_time") {
		q.Cache = time.Duration(c.integer("cache_time")) * time.Second
	}
	if button != nil {
		q.Button = InlineButton{button["text"].(string), start}
	}
	s.wakeLocked()
	return true, nil
}

// inlineResults reads the results of an answer, whose shapes were checked.
func (c *call) inlineResults() ([]InlineResult, *Refusal) {
	var out []InlineResult
	seen := map[string]bool{}
	for i, v := range c.list("results") {
		fields := v.(map[string]any)
		r := InlineResult{ID: fields["id"].(string), Title: fields["title"].(string)}
		if seen[r.ID] {
			return nil, badRequest("RESULT_ID_DUPLICATE")
		}
		seen[r.ID] = true
		r.Description, _ = fields["description"].(string)
		keyboard, _ := fields["reply_markup"].(map[string]any)
		c.note(markup(keyboard).notes()...)
		r.Buttons = markup(keyboard).rows()
		if refusal := c.inlineContent(&r, fields["input_message_content"].(map[string]any)); refusal != nil {
			refusal.Description += fmt.Sprintf(" (result %d)", i)
			return nil, refusal
		}
		out = append(out, r)
	}
	return out, nil
}

// inlineContent reads the message of a result as that of a sendMessage is read.
func (c *call) inlineContent(r *InlineResult, content map[string]any) *Refusal {
	sub := c.asMessage(content)
	f, refusal := sub.content()
	if refusal != nil {
		return refusal
	}
	c.note(sub.notes...)
	var m message
	m.show(sub, f)
	r.Text, r.Entities, r.HTML, r.NoPreview = m.Text, m.Entities, m.HTML, m.NoPreview
	return nil
}

// asMessage is a call of sendMessage with an InputTextMessageContent.
func (c *call) asMessage(content map[string]any) *call {
	params := maps.Clone(content)
	params["text"] = params["message_text"]
	return &call{s: c.s, ctx: c.ctx, method: c.method, params: params}
}

// visibleResults are the results of an answer with their messages as people see them: the lengths of the schema count after
// parsing.
func (c *call) visibleResults() []any {
	var out []any
	for _, v := range c.list("results") {
		result := maps.Clone(v.(map[string]any))
		content := maps.Clone(result["input_message_content"].(map[string]any))
		if visible, ok := c.asMessage(content).visible("text", "entities"); ok {
			content["message_text"] = visible
		}
		result["input_message_content"] = content
		out = append(out, result)
	}
	return out
}

// inlineAnswer are the parameters of answerInlineQuery. Of results the server knows articles only.
var inlineAnswer = fields{
	"inline_query_id": {shape: text{min: 1}, required: true},
	"results":         {shape: list{of: inlineArticle, max: maxResults, refusal: "RESULTS_TOO_MUCH"}, required: true},
	"cache_time":      {shape: integer{min: 0, max: 1 << 31}},
	"is_personal":     {shape: boolean{}},
	"next_offset":     {shape: text{max: 64, bytes: true}},
	"button": {shape: object{fields{
		"text":            {shape: text{min: 1, max: 64}, required: true},
		"start_parameter": {shape: text{pattern: regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`), refusal: "START_PARAM_INVALID"}},
		"web_app":         {shape: object{fields{"url": {shape: text{min: 1}, required: true}}}},
	}}},
}

var inlineArticle = object{fields{
	"type":                  {shape: text{oneOf: []string{"article"}}, required: true},
	"id":                    {shape: text{min: 1, max: 64, bytes: true, refusal: "RESULT_ID_INVALID"}, required: true},
	"title":                 {shape: text{min: 1, refusal: "ARTICLE_TITLE_EMPTY"}, required: true},
	"input_message_content": {shape: inlineMessage, required: true},
	"reply_markup":          {shape: markups["inline_keyboard"]},
	"url":                   {shape: text{}},
	"description":           {shape: text{}},
	"thumbnail_url":         {shape: text{}},
	"thumbnail_width":       {shape: integer{}},
	"thumbnail_height":      {shape: integer{}},
}}

var inlineMessage = object{fields{
	"message_text":         {shape: text{min: 1}, required: true, absent: "message text is empty"},
	"parse_mode":           {shape: text{}},
	"entities":             {shape: list{of: entityShape}},
	"link_preview_options": {shape: linkPreview},
}}
