package bot

import (
	"slices"
	"strings"
	"testing"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

func TestRate(t *testing.T) {
	w := newWorld(t)
	r := crowded(w)
	for _, step := range []struct {
		k            key
		helpful, not int
	}{{keyHelpfulButton, 1, 0}, {keyHelpfulButton, 1, 0}, {keyUnhelpfulButton, 0, 1}} {
		got := w.pressKey(r, step.k)
		if got.Notice != "Thank you for telling me." || len(outgoing(got)) > 0 {
			t.Errorf("%s: %s", step.k, show(got))
		}
		if helpful, not, err := w.Journal.Ratings(t.Context(), keyOf(w, r)); err != nil || helpful != step.helpful || not != step.not {
			t.Errorf("ratings %d, %d, %v; want %d, %d", helpful, not, err, step.helpful, step.not)
		}
	}
}

// The text of the answer stays as it is while its buttons make room for a choice.
func TestReportChoice(t *testing.T) {
	w := newWorld(t)
	opened := w.pressKey(crowded(w), keyPassageButton, 1)
	choice := w.pressKey(opened, keyReportButton)
	if got := rowsOf(choice); got != "Source [1] Source [2]|Cancel" {
		t.Errorf("the buttons are %s", got)
	}
	for name, r := range map[string]Reply{
		"choice": choice, "cancelled": w.pressKey(choice, keyReportCancelButton), "reported": w.pressKey(choice, keyReportSourceButton, 1),
	} {
		if got, want := r.Edit.Document.HTML(testLink), opened.Edit.Document.HTML(testLink); got != want {
			t.Errorf("%s: the message reads\n%s\nand before\n%s", name, got, want)
		}
		if name != "choice" && rowsOf(Reply{Edit: r.Edit}) != rowsOf(opened) {
			t.Errorf("%s: the buttons are %s", name, rowsOf(Reply{Edit: r.Edit}))
		}
	}
}

// Every administrator is told once, in his language, and not by whom.
func TestReport(t *testing.T) {
	w := newWorld(t)
	w.Admins = func() []int64 { return []int64{admin, 2} }
	if err := w.Journal.SetLanguage(t.Context(), 2, text.Arabic); err != nil {
		t.Fatal(err)
	}
	w.put(englishStory())
	question := "What of <b>Anchorage</b> & \u202eall?"
	answer := w.send(reader, question)
	e := w.pressed(reader, w.labelled(answer, keyReportButton))
	e.Person.Name, e.Person.Username = "Jane Doe", "janedoe"
	r := w.handle(e)
	if r.Notice != "Thank you. The administrators get your report." || r.Edit != nil || len(r.Messages) != 2 {
		t.Fatalf("reported: %s", show(r))
	}
	for i, want := range []struct {
		chat int64
		says string
	}{{admin, "Somebody reports"}, {2, "وصل بلاغ"}} {
		o := r.Messages[i]
		html := o.Document.HTML(testLink)
		for _, s := range []string{want.says, "What of &lt;b&gt;Anchorage&lt;/b&gt; &amp;", "The summit ended in Anchorage on Friday.", "newsbot sample desk", "<code>" + keyOf(w, answer) + "</code>"} {
			if !strings.Contains(html, s) {
				t.Errorf("the report lacks %q:\n%s", s, html)
			}
		}
		if o.Chat != want.chat || o.Buttons[0][0].Data != "w:"+keyOf(w, answer) {
			t.Errorf("the report goes to %d with %v", o.Chat, o.Buttons)
		}
		if strings.Contains(html, "Jane") || strings.Contains(html, "janedoe") {
			t.Errorf("the report names the person:\n%s", html)
		}
	}
	if again := w.again(e); show(again) != show(r) {
		t.Errorf("handled again it is\n%s\nand at first\n%s", show(again), show(r))
	}
	if twice := w.pressKey(answer, keyReportButton); twice.Notice != "You have already reported this source." || len(outgoing(twice)) > 0 {
		t.Errorf("reported twice: %s", show(twice))
	}
}

// An administrator who has chosen no language is told in that of his app, not in
// the reader's.
func TestReportLanguage(t *testing.T) {
	for app, want := range map[string]string{"ar-EG": "وصل بلاغ", "en": "Somebody reports"} {
		for _, asks := range bothLanguages {
			w := closed(newWorld(t))
			w.Access = AccessOpen
			stories(w)
			w.lang = app
			w.send(admin, "/help")
			w.lang = string(asks)
			report := button(t, w.send(reader, question(w.lang)), say(asks, keyReportButton))
			saysAll(t, w.press(reader, strings.Replace(report, ":w:", ":1:", 1)), want)
		}
	}
}

// Where there are no administrators, nothing is promised.
func TestReportWithoutAdmins(t *testing.T) {
	w := newWorld(t)
	w.Admins = nil
	w.put(englishStory())
	r := w.pressKey(w.send(reader, question("en")), keyReportButton)
	if r.Notice != "Thank you. Your report is noted." || len(outgoing(r)) > 0 {
		t.Errorf("nobody to tell: %s", show(r))
	}
}

// What is reported while no administrator can be reached is told to the first one
// who writes, in any mode.
func TestReportsWait(t *testing.T) {
	for _, mode := range []Access{AccessOpen, AccessAllowlist} {
		w := closed(newWorld(t))
		w.Access = mode
		w.put(englishStory())
		w.send(deputy, "/allow 7")
		w.Admins = func() []int64 { return nil }
		answer := w.send(reader, question("en"))
		report := w.pressed(reader, w.labelled(answer, keyReportButton))
		r := w.handle(report)
		if r.Notice != "Thank you. Your report is kept for the administrators." || len(outgoing(r)) > 0 {
			t.Errorf("nobody can be reached: %s", show(r))
		}
		saysNot(t, w.press(admin, "l:0"), "Reports of wrong sources")
		w.Admins = func() []int64 { return w.present() }
		first := w.event(admin, "/help")
		r = w.handle(first)
		saysAll(t, r, "Reports of wrong sources that wait: 1")
		if got := labels(r); !slices.Equal(got, []string{"Why? [1]"}) {
			t.Errorf("the buttons are %q", got)
		}
		saysAll(t, w.press(admin, button(t, r, "Why? [1]")), question("en"), keyOf(w, answer))
		if again := w.again(first); show(again) != show(r) {
			t.Errorf("handled again it is\n%s\nand at first\n%s", show(again), show(r))
		}
		if again := w.again(report); len(outgoing(again)) > 0 || again.Notice != "Thank you. Your report is kept for the administrators." {
			t.Errorf("the report handled again: %s", show(again))
		}
		for _, person := range []int64{admin, deputy, reader} {
			saysNot(t, w.send(person, "/help"), "Reports of wrong sources")
		}
	}
}

// Many reports are told of a few at a time, and none that is told of or whose
// answer is gone.
func TestManyReportsWait(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	w.Limits = journal.Limits{}
	report := func(told bool) {
		w.Admins = func() []int64 { return nil }
		if told {
			w.Admins = func() []int64 { return []int64{admin} }
		}
		w.pressKey(w.send(reader, question("en")), keyReportButton)
	}
	report(true)
	for range 7 {
		report(false)
	}
	w.fail = errDisk // the apology tells of nothing
	saysNot(t, w.send(admin, question("en")), "Reports of wrong sources")
	w.fail = nil
	r := w.send(admin, "/help")
	saysAll(t, r, "Reports of wrong sources that wait: 7")
	if got := rowsOf(Reply{Messages: r.Messages[1:]}); got != "Why? [1] Why? [2] Why? [3]|Why? [4] Why? [5]" {
		t.Errorf("the buttons are %s", got)
	}
	r = w.send(admin, "/help")
	saysAll(t, r, "Reports of wrong sources that wait: 2")
	saysNot(t, w.send(admin, "/help"), "Reports of wrong sources")
	report(false)
	w.send(reader, "/forget")
	saysNot(t, w.send(admin, "/help"), "Reports of wrong sources")
}

// Reports of one answer that wait have one button, which tells of all of them.
func TestReportsOfOneAnswerWait(t *testing.T) {
	w := newWorld(t)
	w.Admins = func() []int64 { return nil }
	r := crowded(w)
	choice := w.pressKey(r, keyReportButton)
	for _, n := range []int{1, 2} {
		w.pressKey(choice, keyReportSourceButton, n)
	}
	r = w.send(admin, "/help")
	saysAll(t, r, say(text.English, keyReportsWait, 2))
	why := say(text.English, keyWhyNumber, 1)
	if got := rowsOf(Reply{Messages: r.Messages[1:]}); got != why {
		t.Errorf("the buttons are %s", got)
	}
	saysAll(t, w.press(admin, button(t, r, why)), "Reported as wrong: [1], [2]")
	saysNot(t, w.send(admin, "/help"), "Reports of wrong sources")
}

// A choice in a message of its own ends with that message.
func TestReportBelow(t *testing.T) {
	w := newWorld(t)
	choice := w.fixed(crowded(w), keyReportButton)
	if len(choice.Messages) != 1 || choice.Edit != nil {
		t.Fatalf("the choice: %s", show(choice))
	}
	cancelled := w.pressKey(choice, keyReportCancelButton)
	if cancelled.Edit == nil || len(cancelled.Edit.Buttons) > 0 {
		t.Errorf("cancelled: %s", show(cancelled))
	}
	saysAll(t, cancelled, "nothing is reported")
	if r := w.fixed(choice, keyReportSourceButton, 2); r.Edit != nil || len(r.Messages) != 1 || r.Messages[0].Chat != admin {
		t.Errorf("reported, and the choice cannot be edited: %s", show(r))
	}
}

// A source that is gone cannot be reported.
func TestReportGone(t *testing.T) {
	w := newWorld(t)
	r := crowded(w)
	choice := w.pressKey(r, keyReportButton)
	w.remove(cited(t, w, r)[0])
	gone := w.pressKey(choice, keyReportSourceButton, 1)
	if gone.Notice != "This article has been removed, or its text has changed." || len(gone.Messages) > 0 {
		t.Errorf("the source is gone: %s", show(gone))
	}
	if slices.Contains(labels(gone), "Passage [1]") || !slices.Contains(labels(gone), "Report an error ⚑") {
		t.Errorf("the buttons are %s", rowsOf(Reply{Edit: gone.Edit}))
	}
	saysAll(t, w.pressKey(r, keyReportButton), "Thank you.") // there is one left
	w.remove(cited(t, w, r)[1])
	if r := w.pressKey(r, keyReportButton); r.Notice != gone.Notice || len(outgoing(r)) > 0 {
		t.Errorf("all are gone: %s", show(r))
	}
}

func FuzzReport(f *testing.F) {
	for _, s := range []string{"abcdefghij", "abcdefghij:1", "abcdefghij:w:ff", "abcdefghij:0:x", ":::", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, argument string) {
		r := parseReport(argument)
		if again := parseReport(strings.TrimPrefix(reportData(r.key, r.source, r.open), "r:")); again != r {
			t.Errorf("parseReport(%q) = %+v, and then %+v", argument, r, again)
		}
		r.passages()
	})
}
