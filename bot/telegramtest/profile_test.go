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

// In a group the menu of a member comes before that of its administrators, that before
// the group's own, and that before those of all groups.
func TestGroupMenus(t *testing.T) {
	const group, admin, member = -5, 7, 8
	s := New(t)
	b := newBot(t, s)
	s.Group(group, false)
	set := func(name, scope, language string) {
		t.Helper()
		p := params{"commands": `[{"command":"` + name + `","description":"x"}]`, "scope": scope, "language_code": language}
		if r := b.call("setMyCommands", p); !r.OK {
			t.Fatal(r.Description)
		}
	}
	// Each is resolved before the one above it; admins says that members do not see it.
	steps := []struct {
		name, scope, language string
		admins                bool
	}{
		{"everybody", `{"type":"default"}`, "", false},
		{"everybody_arabic", `{"type":"default"}`, "ar", false},
		{"groups", `{"type":"all_group_chats"}`, "", false},
		{"groups_arabic", `{"type":"all_group_chats"}`, "ar", false},
		{"admins", `{"type":"all_chat_administrators"}`, "", true},
		{"admins_arabic", `{"type":"all_chat_administrators"}`, "ar", true},
		{"group", `{"type":"chat","chat_id":-5}`, "", false},
		{"group_arabic", `{"type":"chat","chat_id":-5}`, "ar", false},
		{"admins_here", `{"type":"chat_administrators","chat_id":-5}`, "", true},
		{"admins_here_arabic", `{"type":"chat_administrators","chat_id":-5}`, "ar", true},
		{"one", `{"type":"chat_member","chat_id":-5,"user_id":7}`, "", true},
		{"one_arabic", `{"type":"chat_member","chat_id":-5,"user_id":7}`, "ar", true},
	}
	before := ""
	for _, step := range steps {
		set(step.name, step.scope, step.language)
		if got := s.GroupMenu(group, admin, "ar", true)[0].Name; got != step.name {
			t.Errorf("%s: an administrator is shown %s", step.name, got)
		}
		if !step.admins {
			before = step.name
		}
		if got := s.GroupMenu(group, member, "ar", false)[0].Name; got != before {
			t.Errorf("%s: a member is shown %s, want %s", step.name, got, before)
		}
	}
	if got := s.GroupMenu(group, member, "fr", false)[0].Name; got != "group" {
		t.Errorf("a French app shows %s", got)
	}
	set("private", `{"type":"all_private_chats"}`, "ar")
	if got := s.GroupMenu(-6, member, "ar", false)[0].Name; got != "groups_arabic" {
		t.Errorf("in another group an app shows %s", got)
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
	b.call("setMyDescription", params{"description": " long\r "}) // it is cleaned
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
