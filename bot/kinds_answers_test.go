package bot

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

// onDay is a window of one day.
func onDay(y int, m time.Month, d int) dates.Window {
	return dates.Window{First: dates.NewDay(y, m, d), Last: dates.NewDay(y, m, d)}
}

// unlikeBest are answers that are no best quotes.
func unlikeBest() map[string]kind {
	of := func(k retrieval.Kind) func(*retrieval.Answer) { return func(a *retrieval.Answer) { a.Kind = k } }
	two := func() retrieval.Answer {
		return quoting(text.Arabic, arabicQuote, "ولم يتلقَّ الزعيمان أسئلة.")
	}
	report := func(c retrieval.Citation) retrieval.Report {
		return retrieval.Report{ArticleID: c.ArticleID, Title: c.Title, Source: c.Source, URL: c.URL, Published: c.Published, Language: c.Language}
	}
	return map[string]kind{
		"timeline": {answer: having(quoting(text.English, "The siege began.", englishQuote, "They met again."), func(a *retrieval.Answer) {
			a.Kind = retrieval.Timeline
			a.Citations[0].When = dates.Window{First: dates.NewDay(2011, time.March, 1), Last: dates.NewDay(2011, time.March, 31)}
			a.Citations[1].When = onDay(2025, time.August, 15)
			a.Citations[2].When, a.Citations[2].Reported = onDay(2025, time.August, 16), true
		}), open: 1 << 2},
		"summary":         {answer: having(two(), of(retrieval.Summary))},
		"summary-of-what": {answer: retrieval.Answer{Verdict: retrieval.Declined, Articles: 28, Kind: retrieval.Summary}},
		"latest":          {answer: having(two(), of(retrieval.Latest))},
		"latest-none":     {answer: retrieval.Answer{Verdict: retrieval.Declined, Articles: 28, Kind: retrieval.Latest}},
		"about": {answer: having(retrieval.Answer{Verdict: retrieval.Answered, Articles: 28, AsOf: corpus.Day(2025, time.August, 16)}, func(a *retrieval.Answer) {
			a.Kind = retrieval.About
			a.Reports = []retrieval.Report{report(arabicCitation(1)), report(englishCitation(2)), {ArticleID: "abcdefghijklmnop", Language: text.English}}
		})},
		"source": {answer: having(quoting(text.English, englishQuote), func(a *retrieval.Answer) {
			a.Kind, a.Verbatim = retrieval.Source, true
		})},
		"source-nearly":  {answer: having(quoting(text.Arabic, arabicQuote), of(retrieval.Source))},
		"source-unknown": {answer: retrieval.Answer{Verdict: retrieval.Declined, Articles: 28, Kind: retrieval.Source}},
		"outlet-silent": {answer: having(quoting(text.English, englishQuote), func(a *retrieval.Answer) {
			a.Verdict, a.Outlet, a.Elsewhere = retrieval.Nearest, "وكالة الأنباء <&>", true
		})},
	}
}

// A kindAsker answers as the world does, as a kind of its own.
type kindAsker struct{ *world }

func (k kindAsker) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	a, err := k.world.Ask(ctx, q)
	a.Kind = q.Kind
	for i := range a.Citations {
		a.Citations[i].When, a.Citations[i].Reported = onDay(2011, time.March, 2), i > 0
	}
	if q.Kind == retrieval.About || strings.HasPrefix(q.Text, "articles") {
		a.Kind = retrieval.About
		for _, c := range a.Citations {
			a.Reports = append(a.Reports, retrieval.Report{ArticleID: c.ArticleID, Title: c.Title, Language: c.Language})
		}
		a.Citations = nil
	}
	return a, err
}

// The commands say which kind of answer is wanted, and so do the buttons under it.
func TestKindCommands(t *testing.T) {
	for command, want := range map[string]retrieval.Kind{"/timeline": retrieval.Timeline, "/latest": retrieval.Latest} {
		w := newWorld(t)
		w.Asker = kindAsker{w}
		crowded(w)
		topic := bilingual(w.lang)
		r := w.send(reader, command+" "+topic)
		if w.last.Kind != want || w.last.Text != topic {
			t.Errorf("%s asked %+v", command, w.last)
		}
		saysAll(t, r, say(text.English, answeredAs[want]))
		if slices.Contains(labels(r), say(text.English, keyNewestButton)) {
			t.Errorf("%s has an order of its own, and offers another: %q", command, labels(r))
		}
		for _, k := range []key{keyOnlyArabicButton, keyMoreButton} {
			w.last = retrieval.Question{}
			if shown := w.pressKey(r, k); w.last.Kind != want || len(outgoing(shown)) != 1 {
				t.Errorf("%s, %s: asked %+v: %s", command, k, w.last, show(shown))
			}
		}
		// A passage is opened and hidden without asking.
		asked := len(w.asked)
		open := w.pressKey(r, keyPassageButton, 1)
		if saysAll(t, open, say(text.English, answeredAs[want]), "2 March 2011", "Reported on: 2 March 2011"); len(w.asked) != asked {
			t.Errorf("%s: a passage is asked for", command)
		}
	}
}

// Without a topic there is no timeline, and the latest of all.
func TestKindCommandsAlone(t *testing.T) {
	w := newWorld(t)
	w.Asker = kindAsker{w}
	stories(w)
	if r := w.send(reader, "/timeline"); len(w.asked) != 0 {
		t.Errorf("nothing is asked: %s", show(r))
	} else {
		saysAll(t, r, "A timeline of what?")
	}
	w.send(reader, "/latest")
	if w.last.Kind != retrieval.Latest || w.last.Text != "latest news" {
		t.Errorf("asked %+v", w.last)
	}
	w.lang = "ar"
	w.send(reader, "/latest")
	if w.last.Kind != retrieval.Latest || w.last.Text != "آخر الأخبار" || w.last.Language != text.Arabic {
		t.Errorf("asked %+v", w.last)
	}
	saysAll(t, w.send(reader, "/timeline"), "تسلسل أي أحداث؟")
}

// More of a list is what is not on it.
func TestMoreReports(t *testing.T) {
	w := newWorld(t)
	w.Asker = kindAsker{w}
	crowded(w)
	r := w.send(reader, "articles about the summit in Anchorage (أنكوراج)")
	saysAll(t, r, "Articles on this:")
	first := w.last
	if next := w.pressKey(r, keyMoreButton); len(w.last.Except) != 2 || len(first.Except) != 0 || len(next.Messages) != 1 {
		t.Errorf("asked %+v: %s", w.last, show(next))
	}
}
