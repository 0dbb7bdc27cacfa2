package main

import (
	"strings"
	"testing"

	"newsbot/bot/telegramtest"
)

// When inline mode is off the operator is told how to switch it on; when it is on, readers are told how to use it, and can.
func TestServeInline(t *testing.T) {
	s := telegramtest.New(t)
	bot := serving(t, s, t.TempDir())
	bot.until("send /setinline to @BotFather and start again.\n")
	stopServing(t, s, bot)

	s = telegramtest.New(t)
	s.OfferInline(true)
	bot = serving(t, s, t.TempDir())
	admin, reader := s.Person(theAdmin, "en"), s.Person(7, "en")
	admin.Send("/add Tram line 12 opened on Monday. It has 22 stops and runs until midnight.")
	admin.Wait(1)
	q := s.WaitInline(reader.Inline("When did tram line 12 open?").ID)
	if len(q.Results) == 0 || !strings.HasPrefix(q.Results[0].Text, "Tram line 12 opened on Monday.") {
		t.Errorf("offered %+v", q)
	}
	reader.Send("/help")
	if got := last(reader.Wait(1)); !strings.Contains(got, "@"+s.Username()) {
		t.Errorf("the help says %q", got)
	}
	stopServing(t, s, bot, "tram", "Tram")
	if strings.Contains(bot.seen.String(), "/setinline") {
		t.Errorf("the operator is told %q", bot.seen.String())
	}
}
