package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

func TestUnanswered(t *testing.T) {
	w := newWorld(t)
	w.verdict = retrieval.Declined
	w.send(reader, "Old question of qwertyuiop?")
	w.now = w.now.Add(8 * 24 * time.Hour)
	w.send(reader, "What of  Qwertyuiop ?")
	w.send(stranger, "what of qwertyuiop")
	w.send(reader, "what of QWERTYUIOP!")
	w.verdict = retrieval.Nearest
	w.send(reader, "Where is </code> @everyone /forget "+strings.Repeat("x", 500))
	w.verdict = retrieval.Answered
	w.send(reader, "What of the answered one?")
	w.verdict = ""
	r := w.send(admin, "/unanswered")
	saysAll(t, r, "(1–2 of 2)", "times asked: 3, people: 2", "what of QWERTYUIOP!", "nearest coverage only", "Where is </code> @everyone /forget")
	saysNot(t, r, "Old question", "answered one", strings.Repeat("x", 200))
	html := r.Messages[0].Document.HTML(testLink)
	if !strings.Contains(html, "<blockquote><code>Where is &lt;/code&gt; @everyone /forget") {
		t.Errorf("what was asked is not code:\n%s", html)
	}
	saysAll(t, w.press(admin, button(t, r, "Why? [2]")), "QWERTYUIOP")
	if err := w.Journal.Forget(t.Context(), reader); err != nil {
		t.Fatal(err)
	}
	saysAll(t, w.send(admin, "/unanswered"), "times asked: 1, people: 1")
	saysAll(t, w.press(reader, buttonUnanswered+":0"), "administrators")
}

// Whoever wants the newest first has asked a question all the same; what a button shows of it is none, even when that is
// what was shown first.
func TestUnansweredViews(t *testing.T) {
	for _, order := range []string{"best", "newest"} {
		w := newWorld(t)
		w.press(reader, "set:order:"+order)
		w.verdict = retrieval.Nearest
		w.put(englishStory())
		w.put(arabicStory())
		r := w.send(reader, "What of Anchorage أنكوراج?")
		r = w.press(reader, button(t, r, say(text.English, keyOnlyArabicButton)))
		w.press(reader, button(t, r, say(text.English, keyAllLanguagesButton)))
		w.verdict = ""
		saysAll(t, w.send(admin, "/unanswered"), "(1–1 of 1)", "times asked: 1, people: 1", "What of Anchorage")
	}
}

func TestUnansweredPages(t *testing.T) {
	w := newWorld(t)
	w.verdict = retrieval.Declined
	w.Limits.Minute = 0
	for i := range 45 {
		w.send(reader, fmt.Sprintf("What of number%02d? %s", i, strings.Repeat("long ", 60)))
	}
	r := w.press(admin, buttonUnanswered+":")
	if r.Edit != nil {
		t.Error("the message with the button is gone")
	}
	saysAll(t, r, "(1–20 of 45)", "number44", "number25")
	if n := len(r.Messages[0].Document.Parts()); n != 1 {
		t.Errorf("a page is %d messages", n)
	}
	r = w.press(admin, button(t, r, "Next"))
	saysAll(t, r, "(21–40 of 45)", "number24", "number05")
	if r.Edit == nil {
		t.Error("the page before is still there")
	}
	saysAll(t, w.press(admin, buttonUnanswered+":999"), "(41–45 of 45)", "number00")
	for _, bad := range []string{"x", "99999999999999999999", "1:2"} {
		saysAll(t, w.press(admin, buttonUnanswered+":"+bad), "no longer")
	}
	saysAll(t, w.press(admin, buttonUnanswered+":-5"), "(1–20 of 45)")
}

func FuzzUnanswered(f *testing.F) {
	w := newWorld(f)
	w.verdict, w.Limits = retrieval.Declined, journal.Limits{}
	f.Add("What of </code>?")
	f.Add("\u202e\u2066 @x /start \x00")
	f.Fuzz(func(t *testing.T, question string) {
		if len(question) > 4096 || strings.HasPrefix(question, "/") {
			t.Skip("no question")
		}
		w.t = t
		w.send(reader, question)
		w.send(admin, "/unanswered") // checkReply looks at it
	})
}

func TestReported(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	w.put(arabicStory())
	report := func(person int64, question string, source int) {
		t.Helper()
		r := w.send(person, question)
		data := strings.Replace(button(t, r, "Report an error ⚑"), ":w:", fmt.Sprintf(":%d:", source), 1)
		w.press(person, data)
		w.now = w.now.Add(time.Hour)
	}
	report(reader, "What of Anchorage أنكوراج?", 1)
	report(reader, "What of Anchorage أنكوراج?", 2)
	report(stranger, "What of Anchorage?", 1)
	r := w.send(admin, "/reports")
	saysAll(t, r, "(1–2 of 2)", "Summit ends in Anchorage", "ختام القمة", "Reports: 2, answers: 2", "Reports: 1, answers: 1", "Last reported: 20 August 2025")
	saysAll(t, w.press(admin, button(t, r, "Why? [1]")), "What of Anchorage?")
	w.remove(a.ID)
	saysAll(t, w.send(admin, "/reports"), "[1] "+a.ID+"\nThis article has been removed")
	saysAll(t, w.send(admin, "/stats"), "Sources reported as wrong: 2")
}
