package main

import (
	"slices"
	"strings"
	"testing"

	"newsbot/bot/telegramtest"
)

// theBridge is an article in Arabic with a dateline.
const theBridge = "القاهرة - 12 ديسمبر 2023 (الأفق) - افتتحت المدينة جسرًا جديدًا فوق النهر يوم الثلاثاء. ويبلغ طول الجسر 900 متر."

// edited waits until the first message of a chat has been edited n times.
func edited(p *telegramtest.Person, n int) telegramtest.Message {
	return p.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits >= n })[0]
}

// press presses the first button of a message.
func press(t *testing.T, p *telegramtest.Person, m telegramtest.Message) {
	t.Helper()
	if len(m.Buttons) == 0 || len(m.Buttons[0]) == 0 {
		t.Fatalf("message %q has no button", m.Text)
	}
	p.Press(m, m.Buttons[0][0].Data)
}

// A conversation with buttons in Arabic: a reader unfolds a source and folds it
// again; what a stranger may not do changes nothing; what the admin has added he
// takes back.
func TestServeButtons(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	bot := serving(t, s, dir)
	admin, reader := s.Person(theAdmin, "en"), s.Person(7, "ar")
	admin.Send("/add " + theBridge)
	added := admin.Wait(1)[0]
	if !strings.Contains(added.Text, "الأفق") || !strings.Contains(added.Text, "12 December 2023") {
		t.Errorf("the admin is told %q, want outlet and date", added.Text)
	}

	reader.Send("كم يبلغ طول الجسر الجديد؟")
	answer := reader.Wait(1)[0]
	for _, want := range []string{"ويبلغ طول الجسر 900 متر.", "[1]", "الأفق", "12 ديسمبر 2023"} {
		if !strings.Contains(answer.Text, want) {
			t.Errorf("the answer is %q, want %q in it", answer.Text, want)
		}
	}
	press(t, reader, answer)
	unfolded := edited(reader, 1)
	if !strings.Contains(unfolded.Text, "افتتحت المدينة جسرًا جديدًا") || unfolded.Text == answer.Text {
		t.Errorf("unfolded: %q", unfolded.Text)
	}
	press(t, reader, unfolded)
	if folded := edited(reader, 2); folded.HTML != answer.HTML {
		t.Errorf("folded again: %q, want %q", folded.HTML, answer.HTML)
	}

	stranger := s.Person(8, "ar")
	stranger.Send("/add " + theBridge + " وهذا خبر آخر.")
	stranger.Wait(1)
	wantStatus(t, dir, "articles", "1 (ar 1)")
	press(t, admin, added)
	edited(admin, 1)
	wantStatus(t, dir, "articles", "0")
	for _, m := range slices.Concat(admin.Messages(), reader.Messages(), stranger.Messages()) {
		if err := telegramtest.CheckBidi(m.Text); m.FromBot && err != nil {
			t.Errorf("message %q: %v", m.Text, err)
		}
	}
	stopServing(t, s, bot, "الجسر", "المدينة")
}
