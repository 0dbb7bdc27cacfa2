package bot

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/bot/journal/journaltest"
	"newsbot/corpus/text"
)

// keptIn reopens a world's journal in a folder of the test's, where its files can
// be read.
func (w *world) keptIn(dir string, retention time.Duration) {
	w.t.Helper()
	j, err := journal.Open(w.t.Context(), journal.Config{Dir: dir, Now: w.Now, Retention: retention})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if err := j.Close(); err != nil {
			w.t.Error(err)
		}
	})
	w.Journal = j
}

func TestPrivacyDays(t *testing.T) {
	w := newWorld(t)
	saysAll(t, w.send(reader, "/privacy"), "Days: 30")
	w.keptIn(t.TempDir(), 7*24*time.Hour)
	saysAll(t, w.send(reader, "/privacy"), "Days: 7")
	w.Access = AccessAllowlist
	saysAll(t, w.send(stranger, "/privacy"), "Days: 7")
}

// What is said of who sees it does not contradict itself, and names all that is
// kept of a person on the list.
func TestPrivacyOfTheList(t *testing.T) {
	w := newWorld(t)
	r := w.send(reader, "/privacy")
	saysAll(t, r, "your ID, your name, your username and the language of your app", "What is not kept:",
		"Nothing is shown to anybody but the administrators", "stay in their chats, even after /forget")
	saysNot(t, r, "Nothing is shared with anybody")
	saysAll(t, w.send(reader, "/forget"), "your name and username", "messages that have reached administrators")
}

// What is kept of who asks is gone at once, and the buttons under his answers
// with it; everybody else's stay.
func TestForget(t *testing.T) {
	w := newWorld(t)
	dir := t.TempDir()
	w.keptIn(dir, 0)
	a := w.put(englishStory())
	w.Access = AccessAllowlist
	w.handle(w.named(reader, "?", "Zyxwvut", "zyxwvut_q"))
	w.send(admin, "/allow 7")
	w.send(admin, "/allow 8")
	answer, other := w.send(reader, question("en")), w.send(stranger, question("en"))
	w.press(reader, "g:ar")
	for _, s := range []string{"yxwvut", a.ID} {
		if !journaltest.Holds(t, dir, s) {
			t.Fatalf("%q is not found before: the search cannot be right", s)
		}
	}
	w.send(stranger, "/forget")
	e := w.event(reader, "/forget")
	saysAll(t, w.handle(e), "مُحي", "مسموح لك")
	saysAll(t, w.again(e), "Erased", "you may ask")
	for _, s := range []string{"yxwvut", a.ID, a.Body[:20]} {
		if journaltest.Holds(t, dir, s) {
			t.Errorf("%q is in the files after /forget", s)
		}
	}
	for person, r := range map[int64]Reply{reader: answer, stranger: other} {
		if r := w.press(person, button(t, r, "Passage [1]")); r.Notice == "" || len(outgoing(r)) > 0 {
			t.Errorf("the button of an answer that is forgotten: %s", show(r))
		}
	}
	saysAll(t, w.send(reader, question("en")), "This is what the coverage says")
}

// To be forgotten is no way around the limits, nor around a denial.
func TestForgetKeepsLimits(t *testing.T) {
	w := newWorld(t)
	w.Limits.Minute = 1
	w.send(reader, question("en"))
	w.send(reader, "/forget")
	saysAll(t, w.send(reader, question("en")), "The limit per minute: 1.")
	w.send(admin, "/deny 7")
	saysAll(t, w.send(reader, "/forget"), "you were denied")
	saysAll(t, w.send(reader, question("en")), "The administrators have not admitted you")
}

func TestForgetOthersStay(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	answer := w.send(reader, question("en"))
	w.press(reader, "g:ar")
	w.send(stranger, "/forget")
	saysAll(t, w.press(reader, button(t, answer, "Passage [1]")), "The talks lasted")
	saysAll(t, w.send(reader, "/id"), "معرّفك")
}

// In a terminal everybody may ask, and what is for somebody on Telegram is not
// shown.
func TestAccessInTerminal(t *testing.T) {
	w := closed(newWorld(t))
	w.knock()
	w.Admin = func(person int64) bool { return person == 0 }
	var out bytes.Buffer
	chat := &Chat{Dialogue: w.Dialogue, In: strings.NewReader("/users\n/allow 8\n/privacy\n/forget\n" + question("en") + "\n"), Out: &out}
	if err := chat.Run(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"Allow [1]", "You have allowed", "Days: 30", "Erased", "There are no articles yet"} {
		if !strings.Contains(out.String(), s) {
			t.Errorf("the terminal lacks %q:\n%s", s, out.String())
		}
	}
	if s := say(text.English, keyAccessGranted); strings.Contains(out.String(), s) {
		t.Errorf("the terminal shows what somebody else is told:\n%s", out.String())
	}
	if got := w.present(); len(got) > 0 {
		t.Errorf("present are %d; want not the terminal", got)
	}
}
