package main

import (
	"fmt"
	"strings"
	"testing"

	"newsbot/bot/journal/journaltest"
	"newsbot/bot/telegramtest"
)

// A stranger asks to be admitted, an admin lets him in with one press, he gets
// his answer and has it erased, all by another process.
func TestAllowlist(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	bot := startWith(t, []string{
		"TELEGRAM_API_URL=" + s.URL(), "TELEGRAM_BOT_TOKEN=" + s.Token(),
		fmt.Sprint("ADMIN_IDS=", theAdmin), "ACCESS=allowlist", "RETENTION_DAYS=7",
	}, "-data", dir)
	bot.until("Only admins and those whom they allow may ask.\n")
	admin, stranger := s.Person(theAdmin, "en"), s.Person(8, "ar")
	admin.Send("/add Tram line 12 opened on Monday. It has 22 stops and runs until midnight.")
	admin.Wait(1)
	const question = "When did tram line 12 open, zyxwvut?"
	stranger.Send(question)
	if got := last(stranger.Wait(1)); !strings.Contains(got, "Your request was passed to the administrators") {
		t.Errorf("a stranger is told %q", got)
	}
	request := admin.Wait(2)[1]
	if !strings.Contains(request.Text, "Telegram ID: 8") || len(request.Buttons) != 1 {
		t.Fatalf("the admin gets %q with %v", request.Text, request.Buttons)
	}
	admin.Press(request, request.Buttons[0][0].Data)
	if got := last(stranger.Wait(2)); !strings.Contains(got, "أذن لك المشرفون") {
		t.Errorf("who is admitted is told %q", got)
	}
	stranger.Send(question)
	if got := last(stranger.Wait(3)); !strings.Contains(got, "Tram line 12 opened on Monday.") {
		t.Errorf("who is admitted is answered %q", got)
	}
	if !journaltest.Holds(t, dir, "zyxwvut") {
		t.Error("the question is not kept: the search cannot be right")
	}
	stranger.Send("/privacy")
	if got := last(stranger.Wait(4)); !strings.Contains(got, "عدد الأيام: \u20687\u2069") {
		t.Errorf("what is kept is said to be %q", got)
	}
	stranger.Send("/forget")
	stranger.Wait(5)
	if journaltest.Holds(t, dir, "zyxwvut") {
		t.Error("the question is there after /forget")
	}
	stopServing(t, s, bot, "zyxwvut")
}
