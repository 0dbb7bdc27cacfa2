package bot

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

func TestWhy(t *testing.T) {
	w := newWorld(t)
	r := crowded(w)
	w.pressKey(r, keyUnhelpfulButton)
	key := keyOf(w, r)
	for _, why := range []Reply{w.send(admin, "/why "+key), w.send(admin, "/why "+strings.ToUpper(key)), w.press(admin, "w:"+key)} {
		saysAll(t, why, bilingual("en"), key, "Asked: 20 August 2025, 09:00 UTC", "Verdict: answered", "Probability of an answer: 0.83",
			"View: All languages, Best first", "Helpful: 0, not helpful: 1", "Rank: 1, Score: 9.50, Cited as: [1]", "Rank: 3, Score: 7.50\n")
	}
	if r := w.press(admin, "w:"+key); r.Messages[0].ReplyTo != botsMessage {
		t.Errorf("in reply to %d", r.Messages[0].ReplyTo)
	}
	for _, r := range []Reply{w.send(reader, "/why "+key), w.press(reader, "w:"+key)} {
		saysAll(t, r, "Only the administrators")
	}
}

// The sources that were reported are named, each once, whoever has done so.
func TestWhyReported(t *testing.T) {
	for lang, want := range map[text.Language]string{text.English: "Reported as wrong: [1], [2]\n", text.Arabic: "أُبلغ عن خطأ في: [1]، [2]\n"} {
		w := newWorld(t)
		r := crowded(w)
		key := keyOf(w, r)
		w.lang = string(lang)
		saysNot(t, w.send(admin, "/why "+key), say(lang, keyWhyReported))
		for _, report := range []struct {
			person int64
			source int
		}{{reader, 2}, {reader, 1}, {admin, 1}} {
			w.press(report.person, reportData(key, strconv.Itoa(report.source), standalone))
		}
		why := w.send(admin, "/why "+key)
		checkReply(t, why)
		saysAll(t, why, want)
	}
}

// Without a key it is about the last answer in the chat, whatever that is.
func TestWhyLast(t *testing.T) {
	w := newWorld(t)
	stories(w)
	saysAll(t, w.send(admin, "/why"), "There is no such answer")
	w.send(admin, question("en"))
	w.send(admin, declined("en"))
	saysAll(t, w.send(admin, "/why"), "Who won the match?", "Verdict: no answer", "0.02", "Nothing was found.")
	w.verdict = retrieval.Nearest
	w.send(admin, question("en"))
	saysAll(t, w.send(admin, "/why"), "Verdict: nearest coverage only")
}

func TestWhyGone(t *testing.T) {
	w := newWorld(t)
	key := keyOf(w, crowded(w))
	w.now = w.now.Add(31 * 24 * time.Hour)
	if err := w.Journal.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	saysAll(t, w.send(admin, "/why "+key), "There is no such answer, or it is no longer kept.")
	if r := w.press(admin, "w:"+key); r.Notice != "There is no such answer, or it is no longer kept." || len(outgoing(r)) > 0 {
		t.Errorf("pressed: %s", show(r))
	}
}

// Passages of articles that are gone are said to be, and what is cited is there
// whether it is among the evidence or not.
func TestWhyFindings(t *testing.T) {
	w := newWorld(t)
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		a, err := w.Ask(ctx, q)
		a.Evidence = slices.Delete(a.Evidence, 0, 1)
		return a, err
	})
	r := crowded(w)
	ids := cited(t, w, r)
	w.remove(ids[1])
	why := w.send(admin, "/why "+keyOf(w, r))
	saysAll(t, why, "Rank: 1, Score: 8.50, Cited as: [2]\nThis article has been removed, or its text has changed.",
		"\n\nCited as: [1]\nSummit ends in Anchorage")
}

// Ten long passages are shortened, and divided where they are too long for one
// message.
func TestWhyIsBounded(t *testing.T) {
	w := newWorld(t)
	for i := range 12 {
		w.put(corpus.Article{
			Title: strings.Repeat("A long title <&>. ", 12), Source: "Daily", Published: corpus.Day(2025, time.August, 1+i),
			Body: fmt.Sprintf("Report %d. ", i) + strings.Repeat("In Anchorage, words were said again and again. ", 20),
		})
	}
	w.send(admin, strings.Repeat("Anchorage? ", 90))
	d := w.send(admin, "/why").Messages[0].Document
	if n := len(d.Parts()); n < 2 || n > 4 {
		t.Errorf("%d parts", n)
	}
	if got := strings.Count(d.HTML(testLink), "Rank: "); got != 10 {
		t.Errorf("%d passages are shown", got)
	}
}

// Nothing in somebody else's question can be touched, however long it is.
func TestQuestionIsInert(t *testing.T) {
	code := regexp.MustCompile(`(?s)<code>.*?</code>`)
	for _, lang := range bothLanguages {
		for _, times := range []int{1, 20} {
			question := "Anchorage? /forget @somebody example.com #tag\n"
			if lang == text.Arabic {
				question = "أنكوراج؟ /forget @somebody example.com #tag\n"
			}
			w := newWorld(t)
			stories(w)
			w.lang = string(lang)
			answer := w.send(reader, strings.Repeat(question, times))
			report := strings.Replace(button(t, answer, say(lang, keyReportButton)), ":w:", ":1:", 1)
			for _, r := range []Reply{w.press(reader, report), w.send(admin, "/why "+keyOf(w, answer))} {
				checkReply(t, r)
				found := 0
				for _, part := range r.Messages[0].Document.Parts() {
					html := part.HTML(testLink)
					found += strings.Count(html, "/forget")
					if rest := code.ReplaceAllString(html, ""); strings.Contains(rest, "@somebody") || strings.Contains(rest, "/forget") {
						t.Errorf("the question can be touched:\n%s", html)
					}
				}
				if found != times {
					t.Errorf("the question is shown with %d of its %d commands", found, times)
				}
			}
		}
	}
}
