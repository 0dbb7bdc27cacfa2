package telegram

import (
	"testing"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

var menus = []bot.Menu{
	{Commands: []bot.MenuCommand{{Name: "help", Description: "what it can do"}}},
	{LanguageCode: "ar", Commands: []bot.MenuCommand{{Name: "help", Description: "ما يستطيع"}}},
}

// Apps show the menu of their language, and it is set only where it differs.
func TestMenus(t *testing.T) {
	d := newDesk(t)
	d.config.Menus = menus
	stop := d.run()
	ar, fr := d.server.Person(7, "ar"), d.server.Person(8, "fr")
	set := func(n int) func([]telegramtest.Request) bool {
		return func(rs []telegramtest.Request) bool { return answeredCalls(rs, "setMyCommands") == n }
	}
	d.server.WaitRequests(set(2))
	if m := ar.Menu(); len(m) != 1 || m[0].Description != "ما يستطيع" {
		t.Errorf("an Arabic app shows %v", m)
	}
	if m := fr.Menu(); len(m) != 1 || m[0].Description != "what it can do" {
		t.Errorf("a French app shows %v", m)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	stop = d.run() // the same again
	d.server.WaitRequests(func(rs []telegramtest.Request) bool { return answeredCalls(rs, "getMyCommands") == 4 })
	if err := stop(); err != nil || !set(2)(d.server.Requests()) {
		t.Errorf("Run = %v; menus that are there were set again", err)
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
	d.server.WaitRequests(func(rs []telegramtest.Request) bool { return answeredCalls(rs, "getMyCommands") == 2*menuTries })
	if n := d.log.count("the menu of commands cannot be set"); n != 1 {
		t.Errorf("complained %d times, want once a minute", n)
	}
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
