package telegram

import (
	"context"
	"testing"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// A press is answered once and its message changed once, whatever goes wrong
// before.
func TestPressInTrouble(t *testing.T) {
	flood := telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 3", RetryAfter: 3}
	broken := telegramtest.Failure{Code: 500, Description: "Internal Server Error"}
	unheard := telegramtest.Failure{Cut: telegramtest.CutAfter}
	tests := []struct {
		name, method string
		failure      telegramtest.Failure
		calls        int
	}{
		{"edit put off", "editMessageText", flood, 2},
		{"edit not carried out", "editMessageText", broken, 2},
		{"edit carried out, for all we know not", "editMessageText", unheard, 1},
		{"answer put off", "answerCallbackQuery", flood, 2},
		{"answer not carried out", "answerCallbackQuery", broken, 2},
		{"answer carried out, for all we know not", "answerCallbackQuery", unheard, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.respond = func(_ context.Context, e bot.Event) (reply, error) {
				if e.Press != "" {
					return reply{edit: &message{html: "open"}, notice: "opened"}, nil
				}
				r := says(e.Text)
				r.messages[0].markup = inline("show", "s:1")
				return r, nil
			}
			d.fail(tt.method, 1, tt.failure)
			d.run()
			p := d.server.Person(7, "en")
			p.Send(secret)
			press := p.Press(p.Wait(1)[0], "s:1")
			d.done(press.Update)
			if m := p.Received(); len(m) != 1 || m[0].Text != "open" || m[0].Edits != 1 {
				t.Errorf("the message is %+v, want it changed once", m)
			}
			if a := d.server.WaitAnswer(press.ID); a.Text != "opened" {
				t.Errorf("the press is answered %q", a.Text)
			}
			if n := d.calls(tt.method); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
		})
	}
}
