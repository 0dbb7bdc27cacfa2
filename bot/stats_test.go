package bot

import (
	"bytes"
	"fmt"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// spend lets 35 days pass. On the day d before the last one d%3 Arabic and one English article are added, and there are
// d%4 questions in Arabic that are answered and one in English that is not.
func spend(w *world) {
	w.t.Helper()
	end := w.now
	for d := 34; d >= 0; d-- {
		w.now = end.AddDate(0, 0, -d)
		for i := range d % 3 {
			w.put(corpus.Article{Title: fmt.Sprintf("خبر %d-%d", d, i), Source: "شينخوا", Language: text.Arabic, Published: corpus.Day(2025, time.June, 1),
				Body: fmt.Sprintf("وصل الوفد رقم %d-%d إلى العاصمة.", d, i)})
		}
		w.put(corpus.Article{Title: fmt.Sprintf("Report %d", d), Source: "Desk", Language: text.English, Published: corpus.Day(2025, time.June, 2),
			Body: fmt.Sprintf("Delegation number %d reached the capital.", d)})
		w.verdict = retrieval.Answered
		for range d % 4 {
			w.send(reader, "ماذا جرى للوفد؟")
		}
		w.verdict = retrieval.Declined
		w.send(stranger, "What happened to qwertyuiop?")
	}
	w.verdict = ""
}

// sumOf adds up the numbers of the last days.
func sumOf(days int, n func(day int) int) (all int) {
	for d := range days {
		all += n(d)
	}
	return all
}

func TestStats(t *testing.T) {
	w := newWorld(t)
	spend(w)
	w.send(stranger, "/follow wheat")
	r := w.send(admin, "/stats")
	three, four := func(d int) int { return d % 3 }, func(d int) int { return d % 4 }
	for _, days := range []int{7, 30} {
		ar, answered := sumOf(days, three), sumOf(days, four)
		saysAll(t, r, fmt.Sprintf("Added in the last %d days: %d (Arabic: %d, English: %d, other: 0)", days, ar+days, ar, days),
			fmt.Sprintf("In the last %d days: %d (Arabic: %d, English: %d, other: 0)", days, answered+days, answered, days),
			fmt.Sprintf("Answered: %d (%s), nearest coverage only: 0, no answer: %d", answered, percent(answered, answered+days), days))
	}
	saysAll(t, r, fmt.Sprintf("In all: %d (Arabic: %d, English: 35, other: 0)", 35+sumOf(35, three), sumOf(35, three)),
		"Outlets: 2", "Readers who have asked in the last 24 hours: 1", "Readers who follow topics: 1", "helpful in the last 30 days: 0, not helpful: 0", "reported as wrong: 0")
	if len(r.Messages) != 2 || r.Messages[0].Picture == nil || len(r.Messages[0].Buttons) != 0 || len(r.Messages[1].Buttons) == 0 {
		t.Fatalf("the reply is %s", show(r))
	}
	if _, err := png.Decode(bytes.NewReader(r.Messages[0].Picture.PNG)); err != nil {
		t.Error(err)
	}
	if name := r.Messages[0].Picture.Name; name != "stats-2025-08-20.png" {
		t.Errorf("the picture is called %s", name)
	}
	saysAll(t, w.send(reader, "/stats"), say(text.English, keyNotAdmin))
}

// The days are those where the bot's people are.
func TestStatsZone(t *testing.T) {
	w := newWorld(t)
	w.Zone = time.FixedZone("", 15*60*60) // 09:00 UTC is midnight
	w.now = w.now.Add(-time.Minute)
	w.put(englishStory())
	w.send(reader, "What of Anchorage?")
	w.now = w.now.Add(2 * time.Minute)
	w.send(reader, "What of Anchorage?")
	n, err := turn{Dialogue: w.Dialogue}.numbers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := n.verdicts[tallyAnswered][28:]; !slices.Equal(got, []int{1, 1}) || n.added[text.English][28] != 1 || n.days[29] != "2025-08-21" {
		t.Errorf("answered %v, added %v on %v", got, n.added[text.English][28:], n.days[28:])
	}
}

// Only questions are counted: not what their buttons do, and no update twice.
func TestTallied(t *testing.T) {
	w := newWorld(t)
	w.most = 1
	w.put(englishStory())
	w.put(arabicStory())
	e := w.event(reader, "What of Anchorage أنكوراج?")
	r := w.handle(e)
	w.again(e)
	w.press(reader, button(t, r, "Newest first"))
	w.press(reader, button(t, r, "More coverage"))
	w.press(reader, "e:x")
	tallies, err := w.Journal.Tallies(t.Context(), "")
	if err != nil || len(tallies) != 1 || tallies[0].Count != 1 {
		t.Errorf("counted: %+v, %v", tallies, err)
	}
}

func TestPercent(t *testing.T) {
	for _, tt := range []struct {
		part, whole int
		want        string
	}{{0, 3, "0%"}, {1, 3, "33%"}, {2, 3, "67%"}, {999, 1000, "99%"}, {3, 3, "100%"}} {
		if got := percent(tt.part, tt.whole); got != tt.want {
			t.Errorf("percent(%d, %d) = %s, want %s", tt.part, tt.whole, got, tt.want)
		}
	}
}

// keyless replaces the keys of answers, which nobody can guess.
func keyless(s string) string {
	return regexp.MustCompile(`<code>[a-z2-7]{10}</code>`).ReplaceAllString(s, "<code>KEY</code>")
}

// In a terminal there are the words alone.
func TestStatsInATerminal(t *testing.T) {
	w := newWorld(t)
	w.Admin = func(int64) bool { return true }
	r := w.handle(w.event(0, "/stats"))
	if len(r.Messages) != 1 || r.Messages[0].Picture != nil {
		t.Errorf("the reply is %s", show(r))
	}
	saysAll(t, w.handle(w.event(0, "/health")), "Nobody serves Telegram from here")
}

func TestStatsHTMLGolden(t *testing.T) {
	for _, lang := range bothLanguages {
		t.Run(string(lang), func(t *testing.T) {
			w := newWorld(t)
			w.lang = string(lang)
			golden(t, "html/stats-empty."+string(lang)+".html", show(w.send(admin, "/stats"))+show(w.send(admin, "/unanswered"))+show(w.send(admin, "/reports")))
			spend(w)
			w.put(englishStory())
			w.put(arabicStory())
			r := w.send(reader, "What of Anchorage?")
			w.press(reader, strings.Replace(button(t, r, say(text.English, keyReportButton)), ":w:", ":1:", 1))
			w.verdict = retrieval.Nearest
			w.send(reader, "ماذا عن <b>/forget</b> @everyone؟")
			w.verdict = ""
			golden(t, "html/stats."+string(lang)+".html", show(w.send(admin, "/stats")))
			golden(t, "html/unanswered."+string(lang)+".html", keyless(show(w.send(admin, "/unanswered"))))
			golden(t, "html/reports."+string(lang)+".html", show(w.send(admin, "/reports")))
		})
	}
}
