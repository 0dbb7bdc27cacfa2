package telegram

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
)

// became returns the update that tells what the bot was in a group, and is now.
func became(was, is map[string]any) map[string]any {
	return map[string]any{"update_id": 1, "my_chat_member": map[string]any{
		"chat": map[string]any{"id": -7, "type": "supergroup", "title": " De\nsk"}, "date": 1700000000,
		"from":            map[string]any{"id": 7, "first_name": "Mona", "language_code": "ar"},
		"old_chat_member": was, "new_chat_member": is,
	}}
}

func as(status string) map[string]any { return map[string]any{"status": status} }

func TestDecodePresence(t *testing.T) {
	in, out := map[string]any{"status": "restricted", "is_member": true}, as("restricted")
	tests := []struct {
		name    string
		was, is map[string]any
		action  action
		want    bot.Presence
	}{
		{"added", as("left"), as("member"), handle, bot.PresenceJoined},
		{"added as an administrator", as("left"), as("administrator"), handle, bot.PresenceJoined},
		{"added after a ban", as("kicked"), as("member"), handle, bot.PresenceJoined},
		{"added with fewer rights", as("left"), in, handle, bot.PresenceJoined},
		{"back with fewer rights", out, in, handle, bot.PresenceJoined},
		{"added, from nothing", nil, as("member"), handle, bot.PresenceJoined},
		{"promoted", as("member"), as("administrator"), admitted, bot.PresenceSame},
		{"demoted", as("administrator"), as("member"), admitted, bot.PresenceSame},
		{"restricted", as("member"), in, admitted, bot.PresenceSame},
		{"freed", in, as("member"), admitted, bot.PresenceSame},
		{"put out", as("member"), as("left"), handle, bot.PresenceLeft},
		{"banned", as("administrator"), as("kicked"), handle, bot.PresenceLeft},
		{"put out and restricted", as("member"), out, handle, bot.PresenceLeft},
		{"put out, from nothing", nil, as("left"), handle, bot.PresenceLeft},
		{"banned after it was put out", as("left"), as("kicked"), expelled, bot.PresenceSame},
		{"no longer banned", as("kicked"), as("left"), expelled, bot.PresenceSame},
		{"of an unknown kind", as("left"), as("from_the_future"), ignore, bot.PresenceSame},
		{"nothing", as("left"), nil, ignore, bot.PresenceSame},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := decoded(t, became(tt.was, tt.is))
			if err != nil || in.action != tt.action || in.place != (place{chat: -7}) || in.event.Presence != tt.want {
				t.Errorf("action %d in %v, presence %d, error %v, want %d, %d", in.action, in.place, in.event.Presence, err, tt.action, tt.want)
			}
			if tt.action != handle {
				return
			}
			want := bot.Event{
				ID: 1, Chat: -7, Group: true, Title: "De sk", Presence: tt.want,
				Person: bot.Person{ID: 7, Name: "Mona", LanguageCode: "ar"},
			}
			if diff := cmp.Diff(want, in.event); diff != "" || !in.ticket().silent || in.mostWaiting() != unbounded {
				t.Errorf("event -want +got:\n%s", diff)
			}
		})
	}
	hidden := became(as("left"), as("member"))
	hidden["my_chat_member"].(map[string]any)["from"] = map[string]any{"id": anonymousAdmin, "is_bot": true}
	if in, err := decoded(t, hidden); err != nil || in.event.Person != (bot.Person{ID: -7, Name: "De sk"}) || !in.event.Anonymous {
		t.Errorf("added by a hidden administrator: %+v, %v", in.event, err)
	}
}

// Where the bot is no more it says nothing; elsewhere it may.
func TestOutside(t *testing.T) {
	r := says("here", "there", "here again")
	r.messages[1].chat, r.messages[2].chat = 8, -7
	r.notice, r.edit = "notice", &message{}
	in, _ := decoded(t, became(as("member"), as("left")))
	if got := r.outside(in); len(got.messages) != 1 || got.messages[0].chat != 8 || got.notice != "" || got.edit != nil {
		t.Errorf("after it has left: %+v", got)
	}
	in, _ = decoded(t, became(as("left"), as("member")))
	if got := r.outside(in); len(got.messages) != 3 {
		t.Errorf("after it has joined: %+v", got)
	}
}
