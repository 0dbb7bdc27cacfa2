package telegramtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMenus(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	admin, stranger := s.Person(reader, "ar"), s.Person(8, "ar")
	admin.Send("x")
	chat := `{"type":"chat","chat_id":7}`
	set := func(name, scope, language string) {
		t.Helper()
		p := params{"commands": `[{"command":"` + name + `","description":"x"}]`, "language_code": language}
		if scope != "" {
			p["scope"] = scope
		}
		if r := b.call("setMyCommands", p); !r.OK {
			t.Fatal(r.Description)
		}
	}
	// Each is resolved before the one above it.
	steps := []struct{ name, scope, language string }{
		{"everybody", "", ""},
		{"arabic", `{"type":"default"}`, "ar"},
		{"private", `{"type":"all_private_chats"}`, ""},
		{"private_arabic", `{"type":"all_private_chats"}`, "ar"},
		{"chat", chat, ""},
		{"chat_arabic", chat, "ar"},
	}
	for i, step := range steps {
		set(step.name, step.scope, step.language)
		if diff := cmp.Diff([]Command{{step.name, "x"}}, admin.Menu()); diff != "" {
			t.Errorf("%s: menu (-want +got):\n%s", step.name, diff)
		}
		if got := stranger.Menu()[0].Name; i > 3 && got != "private_arabic" {
			t.Errorf("%s: a stranger sees %s", step.name, got)
		}
	}
	r := b.call("getMyCommands", params{"scope": chat})
	if want := `[{"command":"chat","description":"x"}]`; string(r.Result) != want {
		t.Errorf("getMyCommands = %s, want %s", r.Result, want)
	}
	b.call("deleteMyCommands", params{"scope": chat})
	if r := b.call("getMyCommands", params{"scope": chat}); string(r.Result) != "[]" {
		t.Errorf("getMyCommands after deleteMyCommands = %s", r.Result)
	}
	set("group", `{"type":"all_group_chats"}`, "")
	set("member", `{"type":"chat_member","chat_id":7,"user_id":7}`, "")
	if got := admin.Menu()[0].Name; got != "chat_arabic" {
		t.Errorf("the admin sees %s", got)
	}
	if got := s.Person(9, "en").Menu()[0].Name; got != "private" {
		t.Errorf("an English reader sees %s", got)
	}
}

// An admin may not have started the bot yet: that is refused, and breaks no rule.
func TestMenuOfWhoNeverWrote(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	s.Person(reader, "ar")
	for _, chat := range []string{"7", "99"} {
		r := b.call("setMyCommands", params{"commands": "[]", "scope": `{"type":"chat","chat_id":` + chat + `}`})
		if r.Description != "Bad Request: chat not found" {
			t.Errorf("setMyCommands for %s = %+v", chat, r)
		}
	}
	if got := s.Person(reader, "ar").Menu(); got != nil {
		t.Errorf("menu = %v", got)
	}
}

func TestAbout(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	b.call("setMyName", params{"name": "Newsbot"})
	b.call("setMyName", params{"name": "بوت الأخبار", "language_code": "ar"})
	b.call("setMyDescription", params{"description": "long"})
	b.call("setMyShortDescription", params{"short_description": "short"})
	if diff := cmp.Diff(About{"Newsbot", "long", "short"}, s.About("")); diff != "" {
		t.Errorf("About (-want +got):\n%s", diff)
	}
	tests := []struct{ name, method, language, want string }{
		{"own language", "getMyName", "ar", `{"name":"بوت الأخبار"}`},
		{"other language", "getMyName", "fr", `{"name":"Newsbot"}`},
		{"description", "getMyDescription", "", `{"description":"long"}`},
		{"short description", "getMyShortDescription", "ar", `{"short_description":"short"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if r := b.call(tt.method, params{"language_code": tt.language}); string(r.Result) != tt.want {
				t.Errorf("%s = %s, want %s", tt.method, r.Result, tt.want)
			}
		})
	}
}

func TestGetMeAndGetChat(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	s.Person(reader, "ar").Send("x")
	tests := []struct {
		method string
		p      params
		want   []string
	}{
		{"getMe", nil, []string{`"is_bot":true`, `"username":"` + s.Username() + `"`, `"id":123456`}},
		{"getChat", params{"chat_id": reader}, []string{`"type":"private"`, `"id":7`, `"accent_color_id"`}},
		{"sendChatAction", params{"chat_id": reader, "action": "typing"}, []string{"true"}},
	}
	for _, tt := range tests {
		t.Run(tt.method, func(t *testing.T) {
			r := b.call(tt.method, tt.p)
			for _, part := range tt.want {
				if !contains([]string{string(r.Result)}, part) {
					t.Errorf("%s = %s, lacks %s", tt.method, r.Result, part)
				}
			}
		})
	}
}
