package telegramtest

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// article is a result of an inline query with other fields than usual; nil takes one away.
func article(other map[string]any) map[string]any {
	a := map[string]any{
		"type": "article", "id": "a", "title": "T", "description": "D",
		"input_message_content": map[string]any{
			"message_text": `<blockquote>said</blockquote> <a href="https://news.example/1">news</a>`, "parse_mode": "HTML",
			"link_preview_options": map[string]any{"is_disabled": true},
		},
		"reply_markup": map[string]any{"inline_keyboard": []any{[]any{map[string]any{"text": "read", "url": "https://t.me/x?start=y"}}}},
	}
	for k, v := range other {
		if a[k] = v; v == nil {
			delete(a, k)
		}
	}
	return a
}

func says(html string) map[string]any {
	return map[string]any{"input_message_content": map[string]any{"message_text": html, "parse_mode": "HTML"}}
}

func TestInlineIsAnswered(t *testing.T) {
	s := New(t)
	s.OfferInline(true)
	b := newBot(t, s)
	if raw := string(b.call("getMe", nil).Result); !strings.Contains(raw, `"supports_inline_queries":true`) {
		t.Errorf("getMe %s", raw)
	}
	p := s.Person(reader, "ar")
	q := p.Inline("قمة")
	if raw := string(b.call("getUpdates", nil).Result); !strings.Contains(raw, `"query":"قمة"`) || !strings.Contains(raw, q.ID) {
		t.Errorf("update %s", raw)
	}
	b.call("answerInlineQuery", params{
		"inline_query_id": q.ID, "results": []any{article(nil)}, "cache_time": 60, "is_personal": true,
		"button": map[string]any{"text": "ask", "start_parameter": "inline"},
	})
	q = s.WaitInline(q.ID)
	if q.Cache != time.Minute || !q.Personal || q.Button != (InlineButton{"ask", "inline"}) || len(q.Results) != 1 || len(s.InlineQueries()) != 1 {
		t.Fatalf("the query %+v", q)
	}
	if r := q.Results[0]; r.Text != "said news" || !r.NoPreview || r.Buttons[0][0].URL == "" || r.Title != "T" || r.Description != "D" {
		t.Errorf("the result %+v", r)
	}
	p.Choose(q, 0, -5)
	if m := s.Messages(-5); len(m) != 1 || m[0].FromBot || m[0].Text != "said news" {
		t.Errorf("the chat shows %+v", m)
	}
}

func TestInlineIsAnsweredOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		answers, breaches int
		after             time.Duration
		refused           bool
	}{
		"in time":  {answers: 1, after: 30 * time.Second},
		"twice":    {answers: 2, refused: true, breaches: 1},
		"too late": {answers: 1, after: 31 * time.Second, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			s, rec := newRecorded(t)
			now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
			s.Now = func() time.Time { return now }
			s.OfferInline(true)
			b := newBot(t, s)
			q := s.Person(reader, "en").Inline("x")
			now = now.Add(tt.after)
			var r response
			for range tt.answers {
				r = b.call("answerInlineQuery", params{"inline_query_id": q.ID, "results": []any{}})
			}
			if r.OK == tt.refused || tt.refused && !strings.Contains(r.Description, "query is too old") {
				t.Errorf("the last answer: %+v", r)
			}
			if got := rec.end(); len(got) != tt.breaches {
				t.Errorf("broken rules: %q, want %d", got, tt.breaches)
			}
		})
	}
}

// What no correct bot offers breaks a rule.
func TestInlineMisuse(t *testing.T) {
	many := []any{}
	for i := range 51 {
		many = append(many, article(map[string]any{"id": fmt.Sprint(i)}))
	}
	button := func(fields map[string]any) params { return params{"button": fields} }
	for name, p := range map[string]params{
		"too many":          {"results": many},
		"same id":           {"results": []any{article(nil), article(nil)}},
		"long id":           {"results": []any{article(map[string]any{"id": strings.Repeat("é", 33)})}},
		"no title":          {"results": []any{article(map[string]any{"title": ""})}},
		"no message":        {"results": []any{article(map[string]any{"input_message_content": nil})}},
		"empty message":     {"results": []any{article(says(" "))}},
		"open tag":          {"results": []any{article(says("<b>x"))}},
		"bare ampersand":    {"results": []any{article(says("a & b"))}},
		"long message":      {"results": []any{article(says(strings.Repeat("x", 4097)))}},
		"keyboard null":     {"results": []any{article(map[string]any{"reply_markup": map[string]any{"inline_keyboard": []any{nil}}})}},
		"button nowhere":    {"results": []any{article(map[string]any{"reply_markup": keyboardTo("ftp://x.example")})}},
		"web app null":      button(map[string]any{"text": "x", "web_app": nil, "start_parameter": "y"}),
		"long button":       button(map[string]any{"text": strings.Repeat("x", 65), "start_parameter": "y"}),
		"bad argument":      button(map[string]any{"text": "x", "start_parameter": "y z"}),
		"no results at all": {"results": nil},
	} {
		t.Run(name, func(t *testing.T) {
			s, rec := newRecorded(t)
			s.OfferInline(true)
			b := newBot(t, s)
			all := params{"inline_query_id": s.Person(reader, "en").Inline("x").ID, "results": []any{}}
			for k, v := range p {
				all[k] = v
			}
			b.call("answerInlineQuery", all)
			if got := rec.end(); len(got) != 1 {
				t.Errorf("broken rules: %q, want one", got)
			}
		})
	}
}

func keyboardTo(address string) map[string]any {
	return map[string]any{"inline_keyboard": []any{[]any{map[string]any{"text": "x", "url": address}}}}
}

// A long message counts after its markup is parsed.
func TestInlineLongMarkup(t *testing.T) {
	s := New(t)
	s.OfferInline(true)
	b := newBot(t, s)
	q := s.Person(reader, "en").Inline("x")
	r := b.call("answerInlineQuery", params{"inline_query_id": q.ID, "results": []any{article(says("<b>" + strings.Repeat("&amp;", 4000) + "</b>"))}})
	if !r.OK {
		t.Errorf("refused: %+v", r)
	}
}

func TestInlineOff(t *testing.T) {
	s, rec := newRecorded(t)
	s.Person(reader, "en").Inline("x")
	if got := rec.end(); len(got) != 1 {
		t.Errorf("the test fails with %q, want one failure", got)
	}
}
