package telegram

import (
	"slices"
	"testing"
	"time"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

var menus = []bot.Menu{
	{Commands: []bot.MenuCommand{{Name: "help", Description: "what it can do"}}},
	{LanguageCode: "ar", Commands: []bot.MenuCommand{{Name: "help", Description: "ما يستطيع"}}},
}

// ofChat are menus that one chat alone shows.
func ofChat(chat int64, commands ...bot.MenuCommand) []bot.Menu {
	return []bot.Menu{
		{Scope: bot.ScopeChat, Chat: chat, Commands: commands},
		{Scope: bot.ScopeChat, Chat: chat, LanguageCode: "ar", Commands: commands},
	}
}

// Apps show the menu of their language, and it is set only where it differs.
func TestMenus(t *testing.T) {
	d := newDesk(t)
	d.config.Menus = menus
	stop := d.run()
	ar, fr := d.server.Person(7, "ar"), d.server.Person(8, "fr")
	d.server.WaitRequests(calls("setMyCommands", 2))
	if m := ar.Menu(); len(m) != 1 || m[0].Description != "ما يستطيع" {
		t.Errorf("an Arabic app shows %v", m)
	}
	if m := fr.Menu(); len(m) != 1 || m[0].Description != "what it can do" {
		t.Errorf("a French app shows %v", m)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	read := answeredCalls(d.server.Requests(), "getMyCommands")
	stop = d.run() // the same again
	d.server.WaitRequests(calls("getMyCommands", read+2))
	if err := stop(); err != nil || answeredCalls(d.server.Requests(), "setMyCommands") != 2 {
		t.Errorf("Run = %v; menus that are there were set again", err)
	}
	if d.log.has("cannot be set") {
		t.Errorf("log:\n%s", d.log.text())
	}
}

// Everything that readers and groups are shown is set, read before anything is changed,
// and spaced.
func TestMenusOfEveryScope(t *testing.T) {
	d := newDesk(t)
	d.config.Menus = bot.Menus()
	stop := d.run()
	n := len(bot.Menus())
	d.server.WaitRequests(calls("setMyCommands", n))
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, r := range d.server.Requests() {
		if r.Method == "getMyCommands" || r.Method == "setMyCommands" {
			order = append(order, r.Method)
		}
	}
	if first := slices.Index(order, "setMyCommands"); first < n {
		t.Errorf("a menu is set after %d calls, before all were read: %v", first, order)
	}
	if waits := d.waited(); count(waits, readPause) != 2*n || count(waits, grantPause) != n {
		t.Errorf("waited %v between calls", waits)
	}
	const group = -5
	d.server.Group(group, false)
	for _, lang := range []string{"ar", "en"} {
		member, manager := d.server.GroupMenu(group, 7, lang, false), d.server.GroupMenu(group, 7, lang, true)
		if offers(member, "settings") || !offers(member, "ask") || offers(member, "add") {
			t.Errorf("%s: a member is offered %v", lang, member)
		}
		if !offers(manager, "settings") || len(manager) != len(member)+1 {
			t.Errorf("%s: a group's administrator is offered %v, a member %v", lang, manager, member)
		}
		if m := d.server.Person(7, lang).Menu(); !offers(m, "follow") || offers(m, "add") {
			t.Errorf("%s: a reader is offered %v", lang, m)
		}
	}
}

// An admin has a menu of his own. One who has not written to the bot yet has it after
// his first message, which is nothing to complain about.
func TestAdminWhoHasNotStarted(t *testing.T) {
	d := newDesk(t)
	d.config.Menus = slices.Concat(menus, bot.AdminMenus(7), bot.AdminMenus(9))
	d.run()
	admin, other, reader := d.server.Person(7, "ar"), d.server.Person(9, "en"), d.server.Person(8, "ar")
	// Two languages of two people are refused; then nothing more happens.
	d.server.WaitRequests(func(rs []telegramtest.Request) bool {
		return answeredCalls(rs, "getMyCommands") >= 8 && answeredCalls(rs, "setMyCommands") == 2
	})
	if m := admin.Menu(); offers(m, "add") {
		t.Fatalf("a menu is set where that cannot be: %v", m)
	}
	reader.Send(secret)
	reader.Wait(1)
	admin.Send(secret)
	d.server.WaitRequests(calls("setMyCommands", 4))
	if m := admin.Menu(); !offers(m, "add") || !offers(m, "help") || m[0].Description != bot.AdminMenus(7)[1].Commands[0].Description {
		t.Errorf("an Arabic admin is offered %v", m)
	}
	if m := reader.Menu(); offers(m, "add") {
		t.Errorf("a reader is offered %v", m)
	}
	if m := other.Menu(); offers(m, "add") {
		t.Errorf("an admin who has not written has the menu %v", m)
	}
	other.Send(secret)
	d.server.WaitRequests(calls("setMyCommands", 6))
	if m := other.Menu(); !offers(m, "add") {
		t.Errorf("the other admin is offered %v", m)
	}
	if d.log.has("cannot be set") {
		t.Errorf("log:\n%s", d.log.text())
	}
}

// What comes from a chat while the bot is calling about it is not missed, and what comes
// from others is nothing.
func TestArrivals(t *testing.T) {
	a := newArrivals([]wish{{chat: 7}, {chat: 9}, {}})
	none := func(why string) {
		t.Helper()
		if chat, ok := a.take(); ok {
			t.Errorf("%s: %d has arrived", why, chat)
		}
	}
	a.note(7)
	none("nobody is expected")
	a.expect(7)
	if chat, err := a.next(t.Context()); chat != 7 || err != nil {
		t.Errorf("next = %d, %v; want the chat that wrote before it was expected", chat, err)
	}
	a.expect(7)
	none("he has not written since")
	a.note(8)
	a.note(9)
	a.note(0)
	none("others have written")
	a.note(7)
	if chat, ok := a.take(); !ok || chat != 7 {
		t.Errorf("take = %d, %v", chat, ok)
	}
	none("he is not expected any longer")
	if len(a.heard) != 1 {
		t.Errorf("it remembers %v", a.heard)
	}
}

// Who is no admin any more has the menu of readers again. It is deleted once.
func TestFormerAdmin(t *testing.T) {
	d := newDesk(t)
	d.config.Menus = slices.Concat(menus, ofChat(7, bot.MenuCommand{Name: "add", Description: "add"}))
	former, reader := d.server.Person(7, "ar"), d.server.Person(8, "ar")
	former.Send(secret)
	reader.Send(secret)
	stop := d.run()
	d.server.WaitRequests(calls("setMyCommands", 4))
	d.settled()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if m := former.Menu(); !offers(m, "add") {
		t.Fatalf("an admin is offered %v", m)
	}
	d.config.Menus = slices.Concat(menus, bot.NoMenus(7), bot.NoMenus(8), bot.NoMenus(99))
	stop = d.run()
	d.server.WaitRequests(calls("deleteMyCommands", 2))
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if m := former.Menu(); offers(m, "add") || !offers(m, "help") {
		t.Errorf("who is no admin any more is offered %v", m)
	}
	read := answeredCalls(d.server.Requests(), "getMyCommands")
	stop = d.run()
	d.server.WaitRequests(calls("getMyCommands", read+len(d.config.Menus)))
	if err := stop(); err != nil || d.calls("deleteMyCommands") != 2 || d.calls("setMyCommands") != 4 {
		t.Errorf("Run = %v; the menus that are gone were deleted again", err)
	}
	if d.log.has("cannot be set") {
		t.Errorf("log:\n%s", d.log.text())
	}
}

// A bot whose menus cannot be set answers all the same.
func TestMenusFail(t *testing.T) {
	d := newDesk(t)
	d.config.Menus = menus
	d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		switch r.Method {
		case "setMyCommands":
			return &telegramtest.Failure{Code: 500, Description: "Internal Server Error"}
		case "getMyCommands":
			return &telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 9", RetryAfter: 9}
		}
		return nil
	})
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	p.Wait(1)
	d.server.WaitRequests(calls("getMyCommands", 2*wishTries))
	if n := d.log.count("the menu of commands cannot be set"); n != 1 {
		t.Errorf("complained %d times, want once a minute", n)
	}
	if n := count(d.waited(), 9*time.Second); n < 2*(wishTries-1) {
		t.Errorf("waited %d times for as long as Telegram says: %v", n, d.waited())
	}
}

// What Telegram will never do is not asked for again, nor is what it allows tomorrow only;
// both are complained about.
func TestMenusAreGivenUp(t *testing.T) {
	for _, f := range []telegramtest.Failure{
		{Code: 400, Description: "Bad Request: BOT_COMMAND_INVALID"},
		{Code: 429, Description: "Too Many Requests: retry after 86400", RetryAfter: 86400},
	} {
		d := newDesk(t)
		d.config.Menus, d.config.Profiles = menus, []bot.Profile{{About: "news"}}
		d.fail("setMyCommands", 9, f)
		stop := d.run()
		d.server.WaitRequests(calls("setMyShortDescription", 1)) // the last of all
		if err := stop(); err != nil || d.calls("setMyCommands") != 2 {
			t.Errorf("%d: Run = %v after %d calls, want one for each menu", f.Code, err, d.calls("setMyCommands"))
		}
		if n := d.log.count("the menu of commands cannot be set"); n != 1 {
			t.Errorf("%d: complained %d times", f.Code, n)
		}
	}
}

// calls is a condition: the server is through with n calls of a method.
func calls(method string, n int) func([]telegramtest.Request) bool {
	return func(rs []telegramtest.Request) bool { return answeredCalls(rs, method) == n }
}

// answeredCalls counts the calls of a method that the server is through with.
func answeredCalls(rs []telegramtest.Request, method string) (n int) {
	for _, r := range rs {
		if r.Method == method && r.Answered {
			n++
		}
	}
	return n
}

func count[T comparable](list []T, wanted T) (n int) {
	for _, v := range list {
		if v == wanted {
			n++
		}
	}
	return n
}

// offers tells whether a menu has a command.
func offers(menu []telegramtest.Command, name string) bool {
	return slices.ContainsFunc(menu, func(c telegramtest.Command) bool { return c.Name == name })
}
