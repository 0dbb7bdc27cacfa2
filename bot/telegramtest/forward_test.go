package telegramtest

import (
	"strings"
	"testing"
	"time"
)

// What is forwarded is an update as the schema has it, wherever it is from.
func TestForward(t *testing.T) {
	at := time.Date(2025, time.August, 15, 9, 30, 0, 0, time.UTC)
	tests := []struct {
		name string
		from Origin
		want string
	}{
		{"channel", FromChannel(-1001, "the_desk", "The Desk", 12, at), `"username":"the_desk"`},
		{"private channel", FromChannel(-1001, "", "The Desk", 12, at), `"title":"The Desk"`},
		{"person", FromPerson(9, "A. Writer", at), `"sender_user":{`},
		{"hidden", FromHidden("A. Writer", at), `"sender_user_name":"A. Writer"`},
		{"group", FromGroup(-1002, "Desk", at), `"sender_chat":{`},
		{"bot", FromBot(at), `"is_bot":true`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := New(t)
			s.Person(reader, "ar").Forward(tt.from, map[string]any{"text": "Talks ended."})
			raw := string(newBot(t, s).call("getUpdates", nil).Result)
			if !strings.Contains(raw, tt.want) || !strings.Contains(raw, `"date":1755250200`) {
				t.Errorf("the update %s lacks %s", raw, tt.want)
			}
		})
	}
}
