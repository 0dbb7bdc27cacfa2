package telegramtest

import (
	"strings"
	"testing"
	"time"
)

func TestCallbacks(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "en")
	p.Send("x")
	id := b.send(reader, params{"text": "hi", "reply_markup": keyboard("s:1")})
	press := p.Press(p.Received()[0], "s:1")
	raw := string(b.call("getUpdates", params{"offset": press.Update}).Result)
	for _, part := range []string{`"id":"` + press.ID + `"`, `"data":"s:1"`, `"text":"hi"`, `"callback_data":"s:1"`} {
		if !strings.Contains(raw, part) {
			t.Errorf("update %s lacks %s", raw, part)
		}
	}
	if got := s.Callbacks(); len(got) != 1 || got[0].Answered || got[0].Message != id || got[0].Chat != reader {
		t.Errorf("Callbacks = %+v", got)
	}
	b.call("answerCallbackQuery", params{"callback_query_id": press.ID, "text": "hidden", "show_alert": true})
	if got := s.WaitAnswer(press.ID); got.Text != "hidden" || !got.Alert {
		t.Errorf("WaitAnswer = %+v", got)
	}
}

func TestCallbackIsAnsweredOnce(t *testing.T) {
	tests := []struct {
		name     string
		answers  int
		after    time.Duration
		refused  bool
		breaches int
	}{
		{"in time", 1, 150 * time.Second, false, 0},
		{"twice", 2, 0, true, 1},
		{"too late", 1, 151 * time.Second, true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, rec := newRecorded(t)
			now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
			s.Now = func() time.Time { return now }
			b := newBot(t, s)
			press := s.Person(reader, "en").PressForeign(1, "x")
			now = now.Add(tt.after)
			var r response
			for range tt.answers {
				r = b.call("answerCallbackQuery", params{"callback_query_id": press.ID})
			}
			want := "Bad Request: query is too old and response timeout expired or query ID is invalid"
			if r.OK == tt.refused || tt.refused && r.Description != want {
				t.Errorf("last answer: %+v, want refused: %t", r, tt.refused)
			}
			if got := rec.end(); len(got) != tt.breaches {
				t.Errorf("broken rules: %q, want %d", got, tt.breaches)
			}
		})
	}
}

func TestPressOfNoButtonFailsTheTest(t *testing.T) {
	s, rec := newRecorded(t)
	b := newBot(t, s)
	p := s.Person(reader, "en")
	p.Send("x")
	id := b.send(reader, params{"text": "hi", "reply_markup": keyboard("a")})
	shown := p.Received()[0]
	b.call("editMessageReplyMarkup", params{"chat_id": reader, "message_id": id, "reply_markup": keyboard("b")})
	p.Press(shown, "a") // it was there before the edit
	p.Delete(id)
	p.Press(shown, "b")
	p.Delete(id)
	if got := rec.end(); len(got) != 3 {
		t.Errorf("the test fails with %q, want three failures", got)
	}
}

func TestPressForeign(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "en")
	p.PressForeign(12, "from another bot")
	raw := string(b.call("getUpdates", nil).Result)
	want := `"message":{"chat":{"first_name":"Person","id":7,"type":"private"},"date":0,"message_id":12}`
	if !strings.Contains(raw, want) {
		t.Errorf("update %s lacks %s", raw, want)
	}
	id := b.send(reader, params{"text": "hi"})
	p.PressForeign(id, "x")
	if raw := string(b.call("getUpdates", params{"offset": -1}).Result); !strings.Contains(raw, `"text":"hi"`) {
		t.Errorf("update %s lacks the message", raw)
	}
}
