package telegramtest

import (
	"encoding/json"
	"strings"
	"testing"

	"newsbot/bot/telegramtest/schema"
)

// Whatever a conversation holds, the updates and the results that make it up are
// those of the Bot API. The server checks the updates itself.
func TestConversationKeepsTheSchema(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	p.Send("/start https://example.com #وسم")
	p.SendIn(3, "سؤال")
	answer := b.send(reader, params{
		"text": "<b>جواب</b> <blockquote expandable>x</blockquote> <a href=\"https://example.com/\">y</a>", "parse_mode": "HTML",
		"reply_markup": keyboard("a"), "reply_parameters": `{"message_id":2}`, "message_thread_id": 3,
	})
	p.Reply(answer, "متى؟")
	p.Edit(1, "/help")
	p.Press(p.Received()[0], "a")
	p.PressForeign(99, "b")
	p.Block()
	p.Unblock()
	r := b.call("editMessageText", params{"chat_id": reader, "message_id": answer, "text": "x", "reply_markup": keyboard("a")})
	p.Press(p.Received()[0], "a")
	results := map[string]json.RawMessage{
		"TelegramMessage": r.Result,
		"TelegramUser":    b.call("getMe", nil).Result,
	}
	for kind, raw := range results {
		if err := schema.Object(kind, raw); err != nil {
			t.Error(err)
		}
	}
	if ids, _ := b.updates(nil); len(ids) != 9 {
		t.Errorf("getUpdates = %v, want nine", ids)
	}
}

// What the schema refuses breaks a rule, though the server's own shapes let it
// pass.
func TestRequestAgainstTheSchema(t *testing.T) {
	p := params{"chat_id": reader, "text": "x", "parse_mode": "hTmL"} // Telegram takes it
	for _, unchecked := range []bool{false, true} {
		s, rec := newRecorded(t)
		s.Unchecked = unchecked
		s.Person(reader, "ar").Send("x")
		b := newBot(t, s)
		b.send(reader, p)
		s.Fail(func(Request) *Failure { return &Failure{Code: 500} })
		b.call("sendMessage", p)
		s.Fail(func(Request) *Failure { return &Failure{Cut: CutBefore} })
		_, _ = b.try(t.Context(), "sendMessage", p) // the connection is cut
		got := rec.end()
		switch {
		case unchecked && len(got) != 0:
			t.Errorf("without the schema: broken rules %q", got)
		case !unchecked && (len(got) != 3 || !strings.Contains(got[0], "schema of the Bot API") || !strings.Contains(got[0], "parse_mode")):
			t.Errorf("broken rules: %q, want three against the schema", got)
		}
	}
}

func TestUpdateAgainstTheSchema(t *testing.T) {
	s, rec := newRecorded(t)
	s.mu.Lock()
	s.enqueueLocked(map[string]any{"message": map[string]any{"text": 1}}, updateLife)
	s.mu.Unlock()
	s.Update(map[string]any{"message": map[string]any{"text": 1}}) // the test's own affair
	if got := rec.end(); len(got) != 1 || !strings.Contains(got[0], "update against the schema") {
		t.Errorf("broken rules: %q, want one", got)
	}
}
