package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/bot/journal"
	"newsbot/bot/telegramtest"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// typed is what somebody types for the bot in a chat of others.
func (w *world) typed(person int64, question string) Inline {
	w.t.Helper()
	w.updates++
	e := Event{ID: w.updates, Chat: person, Person: Person{ID: person, LanguageCode: w.lang}, Inline: true, Text: question}
	r := w.handle(e)
	if r.Inline == nil || len(r.Messages) > 0 || r.Edit != nil || r.Notice != "" {
		w.t.Fatalf("the reply %+v", r)
	}
	checkInline(w.t, *r.Inline)
	return *r.Inline
}

// checkInline fails when something of an offer could not be shown.
func checkInline(t testing.TB, in Inline) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range in.Results {
		checkDocument(t, r.Document)
		if n := len(r.Document.Parts()); n != 1 {
			t.Errorf("a result has %d parts", n)
		}
		if seen[r.ID] || len(r.ID) < 1 || len(r.ID) > 64 {
			t.Errorf("the ID %q", r.ID)
		}
		seen[r.ID] = true
		for _, s := range []string{r.Title, r.Description} {
			if err := telegramtest.CheckBidi(s); err != nil || bare(s) == "" || strings.ContainsAny(s, "\n\t") {
				t.Errorf("%q: %v", s, err)
			}
		}
		if n := units(r.Title); n > inlineTitle+2 {
			t.Errorf("a title has %d units", n)
		}
	}
	if in.Hint != (Link{}) {
		if n := utf8.RuneCountInString(in.Hint.Label); n == 0 || n > 64 || in.Hint.Start == "" {
			t.Errorf("the hint %+v", in.Hint)
		}
	}
	if in.Hint == (Link{}) && len(in.Results) == 0 {
		t.Error("nothing at all is offered")
	}
}

// showInline is an offer as golden files hold it.
func showInline(in Inline) string {
	var b strings.Builder
	for _, r := range in.Results {
		fmt.Fprintf(&b, "--- result\ntitle: %s\ndescription: %s\n%s\n", r.Title, r.Description, r.Document.HTML(testLink))
	}
	if in.Hint != (Link{}) {
		fmt.Fprintf(&b, "--- hint\n[ %s ] /start %s\n", in.Hint.Label, in.Hint.Start)
	}
	return b.String()
}

// fixed is an [Asker] that has one answer, and counts.
type fixed struct {
	answer retrieval.Answer
	asked  *int
	err    error
}

func (f fixed) Ask(context.Context, retrieval.Question) (retrieval.Answer, error) {
	if f.asked != nil {
		*f.asked++
	}
	return f.answer, f.err
}

// longCitation is one with all that may stand beside a quote, and a long quote.
func longCitation() retrieval.Citation {
	c := englishCitation(3)
	c.ArticleID, c.URL, c.Title = "aaaaaaaaaaaaaaaa", "", "The minister & <others>"
	c.Corrected = corpus.Day(2025, time.August, 17)
	c.Context = &retrieval.Quote{Text: "The minister spoke to reporters."}
	c.Quote.Text = strings.TrimSpace(strings.Repeat("He said that the talks would go on for as long as both sides want them to. ", 5))
	return c
}

// figuresOf is a disagreement between two citations.
func figuresOf(citations ...retrieval.Citation) []retrieval.Disagreement {
	var d retrieval.Disagreement
	for _, c := range citations {
		d.Figures = append(d.Figures, retrieval.Figure{Citation: c})
	}
	return []retrieval.Disagreement{d}
}

func TestInlineGolden(t *testing.T) {
	offers := map[string]func(w *world, question string) Inline{
		"found": func(w *world, question string) Inline {
			w.Asker = fixed{answer: retrieval.Answer{
				Verdict: retrieval.Answered, Citations: []retrieval.Citation{arabicCitation(1), englishCitation(2), longCitation()},
			}}
			return w.typed(reader, question)
		},
		"nearest": func(w *world, question string) Inline {
			w.Asker = fixed{answer: retrieval.Answer{Verdict: retrieval.Nearest, Citations: []retrieval.Citation{arabicCitation(1)}}}
			return w.typed(reader, question)
		},
		"short": func(w *world, _ string) Inline { return w.typed(reader, " a ") },
		"failed": func(w *world, question string) Inline {
			w.fail = errors.New("inside")
			return w.typed(reader, question)
		},
		"outside": func(w *world, question string) Inline {
			w.Access = AccessAllowlist
			return w.typed(stranger, question)
		},
		"limit": func(w *world, question string) Inline {
			w.Limits = journal.Limits{Minute: 1, Day: 1}
			w.typed(reader, question+" one")
			return w.typed(reader, question+" two")
		},
	}
	for name, offer := range offers {
		for _, lang := range bothLanguages {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				w := newWorld(t)
				w.lang = string(lang)
				golden(t, "html/inline-"+name+"."+string(lang)+".html", showInline(offer(w, question(string(lang)))))
			})
		}
	}
}

// The months are those that the person has chosen, in what is shown and in what is sent.
func TestInlineMonths(t *testing.T) {
	w := newWorld(t)
	w.Asker = fixed{answer: retrieval.Answer{Verdict: retrieval.Answered, Citations: []retrieval.Citation{arabicCitation(1)}}}
	if err := w.Journal.SetReader(t.Context(), reader, journal.Reader{Months: string(LevantMonths)}); err != nil {
		t.Fatal(err)
	}
	r := w.typed(reader, "متى انتهت القمة؟").Results[0]
	if !strings.Contains(r.Description, "15 آب 2025") || !strings.Contains(r.Document.HTML(testLink), "15 آب 2025") {
		t.Errorf("%s\n%s", r.Description, r.Document.HTML(testLink))
	}
}

// The same words of the same person are asked and counted once a minute, until the collection changes.
func TestInlineCache(t *testing.T) {
	w := newWorld(t)
	stories(w)
	w.Limits = journal.Limits{Minute: 4, Day: 100}
	const question = "How long did the talks last?"
	ask := func(person int64, q string, want int) {
		t.Helper()
		if in := w.typed(person, q); len(in.Results) == 0 || in.For != time.Minute || len(w.asked) != want {
			t.Errorf("%d results for %v, asked %d times, want %d", len(in.Results), in.For, len(w.asked), want)
		}
	}
	ask(reader, question, 1)
	for range 10 { // more than the limit
		ask(reader, "  "+question+" ", 1)
	}
	ask(stranger, question, 2)
	w.now = w.now.Add(time.Minute)
	ask(reader, question, 3)
	w.put(corpus.Article{Title: "More", Source: "x", Published: corpus.Day(2025, time.August, 17), Language: text.English, Body: "The talks go on."})
	ask(reader, question, 4)
	w.send(reader, "/forget")
	if len(w.inlines.found) != 0 {
		t.Errorf("%d questions are remembered after /forget", len(w.inlines.found))
	}
	ask(reader, question, 5)
	if n, err := w.Journal.Requests(t.Context()); err != nil || n != 0 {
		t.Errorf("%d requests, %v", n, err)
	}
}

// What is remembered is bounded.
func TestInlineCacheIsBounded(t *testing.T) {
	var m inlines
	now := time.Now()
	for i := range 3*mostInline + 1 {
		m.keep(inlineKey{person: int64(i)}, "", nil, now)
		if _, ok := m.find(inlineKey{person: int64(i)}, "", now); !ok || len(m.found) > mostInline {
			t.Fatalf("%d questions are remembered, the last one: %v", len(m.found), ok)
		}
	}
}

// Nothing of what is typed in other chats is kept or logged.
func TestInlineKeepsNothing(t *testing.T) {
	w := newWorld(t)
	stories(w)
	w.typed(reader, "talks confidential")
	w.fail = errors.New("inside")
	w.typed(reader, "talks confidential again")
	if strings.Contains(w.log.String(), "confidential") {
		t.Errorf("logged: %s", w.log.String())
	}
	if _, err := w.Journal.LastAnswer(t.Context(), reader, 0); !errors.Is(err, journal.ErrNotFound) {
		t.Errorf("an answer is kept: %v", err)
	}
}

// Whoever may not ask is not asked for, and nobody is told of him.
func TestInlineAccess(t *testing.T) {
	w := newWorld(t)
	stories(w)
	w.Access = AccessAllowlist
	if in := w.typed(stranger, "How long did the talks last?"); len(in.Results) > 0 || len(w.asked) > 0 {
		t.Errorf("a stranger is offered %+v", in)
	}
	if n, err := w.Journal.Requests(t.Context()); err != nil || n != 0 {
		t.Errorf("%d requests, %v", n, err)
	}
	if in := w.typed(admin, "How long did the talks last?"); len(in.Results) == 0 {
		t.Error("an administrator is offered nothing")
	}
	saysAll(t, w.send(reader, "/start "+inlineStart), say(text.English, keyAccessHow))
}

// What answers is offered, three at most, each once; of figures that disagree both.
func TestInlineChoice(t *testing.T) {
	citations := func(n int) (list []retrieval.Citation) {
		for i := range n {
			c := englishCitation(i + 1)
			c.ArticleID = strings.Repeat(string(rune('a'+i)), 16)
			list = append(list, c)
		}
		return list
	}
	all := citations(6)
	id := func(i int) string { return all[i].ArticleID + ":0" }
	answered := retrieval.Answer{Verdict: retrieval.Answered}
	with := func(change func(a *retrieval.Answer)) retrieval.Answer {
		a := answered
		a.Citations = all[:4]
		change(&a)
		return a
	}
	for name, tt := range map[string]struct {
		answer retrieval.Answer
		want   []string
	}{
		"three":        {with(func(*retrieval.Answer) {}), []string{id(0), id(1), id(2)}},
		"twice":        {with(func(a *retrieval.Answer) { a.Citations = []retrieval.Citation{all[0], all[0], all[1]} }), []string{id(0), id(1)}},
		"gone":         {with(func(a *retrieval.Answer) { a.Citations = []retrieval.Citation{{N: 1}, all[1]} }), []string{id(1)}},
		"figures":      {with(func(a *retrieval.Answer) { a.Disagreements = figuresOf(all[4], all[5]) }), []string{id(0), id(4), id(5)}},
		"same figures": {with(func(a *retrieval.Answer) { a.Disagreements = figuresOf(all[0], all[5]) }), []string{id(0), id(5), id(1)}},
		"timeline":     {with(func(a *retrieval.Answer) { a.Kind = retrieval.Timeline }), []string{id(0), id(1), id(2)}},
		"timeline, ranked": {with(func(a *retrieval.Answer) {
			a.Kind, a.Evidence = retrieval.Timeline, []retrieval.Result{{PassageID: "ranked.3"}, {PassageID: "ranked.1"}}
			a.Citations = slices.Clone(a.Citations)
			a.Citations[1].PassageID, a.Citations[3].PassageID = "ranked.1", "ranked.3"
		}), []string{id(3), id(1), id(0)}},
		"verbatim":     {with(func(a *retrieval.Answer) { a.Kind, a.Verbatim = retrieval.Source, true }), []string{id(0), id(1), id(2)}},
		"not verbatim": {with(func(a *retrieval.Answer) { a.Kind = retrieval.Source }), nil},
		"outside":      {with(func(a *retrieval.Answer) { a.Outside = true }), nil},
		"elsewhere":    {with(func(a *retrieval.Answer) { a.Elsewhere = true }), nil},
		"nearest":      {with(func(a *retrieval.Answer) { a.Verdict = retrieval.Nearest }), nil},
		"declined":     {with(func(a *retrieval.Answer) { a.Verdict = retrieval.Declined }), nil},
		"none":         {answered, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.Asker = fixed{answer: tt.answer}
			in := w.typed(reader, "What was said?")
			var got []string
			for _, r := range in.Results {
				got = append(got, r.ID)
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) || (in.Hint == Link{}) != (len(got) > 0) {
				t.Errorf("offered %v, want %v; hint %+v", got, tt.want, in.Hint)
			}
		})
	}
}

// Whatever articles hold, what is offered can be shown and sent, or is left out.
func TestInlineHostileArticle(t *testing.T) {
	hostile := hostileTexts()
	hostile["endless word"] = strings.Repeat("x", 40_000)
	hostile["invisible"] = "\u200b\u2066\u2069"
	hostile["line feeds"] = strings.Repeat("a\n", 200)
	for name, s := range hostile {
		for _, lang := range bothLanguages {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				w := newWorld(t)
				c := arabicCitation(1)
				c.Language, c.Quote.Text, c.Title, c.Source, c.URL = lang, s, s, s, "https://news.example/"+s
				w.Asker = fixed{answer: retrieval.Answer{Verdict: retrieval.Answered, Citations: []retrieval.Citation{c, englishCitation(2)}}}
				if n := len(w.typed(reader, question(string(lang))).Results); n == 0 {
					t.Error("not even the other citation is offered")
				}
			})
		}
	}
}

func FuzzInline(f *testing.F) {
	w := newWorld(f)
	stories(w)
	w.Limits = journal.Limits{}
	for _, s := range []string{"", "a", "How long did the talks last?", "كم ساعة؟", "\u202eabc\x00def", strings.Repeat("talks \u2067", 700), "\xff\xfe talks"} {
		f.Add(s, s)
	}
	f.Add("كم ساعة؟", "؟")
	f.Fuzz(func(t *testing.T, typed, quote string) {
		w.t = t
		c := englishCitation(1)
		c.Quote.Text, c.Source = text.Valid(quote), text.Valid(quote)
		w.Asker = fixed{answer: retrieval.Answer{Verdict: retrieval.Answered, Citations: []retrieval.Citation{c}}}
		w.inlines.forget(admin)
		e := Event{ID: 1, Person: Person{ID: admin}, Inline: true, Text: typed}
		r, err := w.Handle(t.Context(), e)
		if err != nil || r.Inline == nil {
			t.Fatalf("%+v, %v", r, err)
		}
		checkInline(t, *r.Inline)
	})
}

// The help says how to ask in any chat when that is possible.
func TestInlineHelp(t *testing.T) {
	w := newWorld(t)
	saysNot(t, w.send(reader, "/help"), "@news_bot")
	w.OfferInline("news_bot")
	saysAll(t, w.send(reader, "/help"), "@news_bot")
}

// An apology for what was typed in other chats is no message.
func TestInlineApology(t *testing.T) {
	w := newWorld(t)
	r := w.Apology(t.Context(), Event{ID: 1, Person: Person{ID: reader}, Inline: true, Text: "ما الذي قيل؟"})
	if r.Inline == nil || len(r.Messages) > 0 || r.Inline.Hint.Label != say(text.Arabic, keyInlineFailed) {
		t.Errorf("the apology %+v", r)
	}
}
