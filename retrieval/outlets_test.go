package retrieval

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// sinking returns a report of one event by an outlet.
func sinking(source, title, body string, day int) corpus.Article {
	return corpus.Article{Title: title, Source: source, Body: body, Published: corpus.Day(2024, time.June, day)}
}

// sinkings are reports of one event by several outlets, and one of another event.
func sinkings() []corpus.Article {
	return []corpus.Article{
		sinking("Reuters", "Ferry sinks off Port Valen", "A ferry sank off Port Valen on Monday and 12 passengers drowned, the coast guard said.\n\nDivers searched the wreck until the evening.", 3),
		sinking("Xinhua News Agency", "Ferry accident kills 14 near Port Valen", "The ferry accident near Port Valen has killed 14 passengers, rescuers said on Tuesday.\n\nThe captain was questioned by the police.", 4),
		sinking("The Guardian", "Questions after the ferry accident", "Relatives of the passengers of the Port Valen ferry asked why the life jackets were locked away.", 6),
		sinking("قناة الجزيرة", "غرق عبارة قبالة بورت فالن", "غرقت عبارة قبالة بورت فالن يوم الاثنين وقتل 12 راكبا، بحسب خفر السواحل.\n\nوواصل الغواصون البحث حتى المساء.", 3),
		sinking("رويترز", "حداد في بورت فالن بعد غرق العبارة", "أعلنت بورت فالن الحداد ثلاثة أيام بعد غرق العبارة ومقتل ركابها.", 5),
		sinking("Reuters", "Reuters names a new editor", "Reuters named Jane Roe as its new editor on Friday.\n\nShe has led the news agency's bureau in Cairo.", 7),
	}
}

// sources are the outlets of what an answer quotes and lists, each once.
func (a *Answer) sources() []string {
	var all []string
	for _, c := range a.Citations {
		all = append(all, c.Source)
	}
	for _, r := range a.Reports {
		all = append(all, r.Source)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestOutlets(t *testing.T) {
	b := newBench(t, sinkings()...)
	tests := []struct {
		question, outlet, sources string
		kind                      Kind
		verdict                   Verdict
		quote                     string
	}{
		{"What did Reuters say about the ferry that sank off Port Valen?", "Reuters", "Reuters رويترز", Best, Answered, "12 passengers"},
		{"What did Xinhua report about the ferry accident near Port Valen?", "Xinhua News Agency", "Xinhua News Agency", Best, Answered, "14 passengers"},
		{"How many passengers did the ferry accident near Port Valen kill, according to Xinhua?", "Xinhua News Agency", "Xinhua News Agency", Best, Answered, "14 passengers"},
		{"According to the Guardian, what did relatives of the passengers ask?", "The Guardian", "The Guardian", Best, Answered, "life jackets"},
		{"ماذا قالت الجزيرة عن غرق العبارة قبالة بورت فالن؟", "قناة الجزيرة", "قناة الجزيرة", Best, Answered, "12 راكبا"},
		{"ماذا قالت رويترز عن غرق العبارة والحداد في بورت فالن؟", "Reuters", "Reuters رويترز", Best, Answered, "الحداد"},
		{"وفقا للجزيرة كم راكبا قتل في غرق العبارة؟", "قناة الجزيرة", "قناة الجزيرة", Best, Answered, "12 راكبا"},
		{"What did Al Jazeera report?", "قناة الجزيرة", "قناة الجزيرة", Latest, Answered, "غرقت عبارة"},
		{"Latest from Reuters", "Reuters", "Reuters رويترز", Latest, Answered, "new editor"},
		{"آخر أخبار شينخوا", "Xinhua News Agency", "Xinhua News Agency", Latest, Answered, "14 passengers"},
		{"Who is the new editor of Reuters?", "", "Reuters", Best, Answered, "Jane Roe"},
		{"What did the captain say about the ferry?", "", "", Best, "", ""},
		{"What did Bloomberg say about the ferry accident?", "", "", Best, "", ""},
	}
	for _, tt := range tests {
		a := b.ask(tt.question)
		said := ""
		for _, c := range a.Citations {
			said += c.Quote.Text + "\n"
		}
		if a.Outlet != tt.outlet || a.Kind != tt.kind || tt.verdict != "" && a.Verdict != tt.verdict || !strings.Contains(said, tt.quote) || a.Elsewhere {
			t.Errorf("Ask(%q) = %q %s %s: %q, want %q %s %s: %q", tt.question, a.Outlet, a.Kind, a.Verdict, said, tt.outlet, tt.kind, tt.verdict, tt.quote)
		}
		for _, s := range a.sources() {
			if tt.outlet != "" && !strings.Contains(tt.sources, s) {
				t.Errorf("Ask(%q) quotes %s", tt.question, s)
			}
		}
	}
}

// When the outlet has nothing, others are quoted, which is no answer.
func TestOutletWithNothing(t *testing.T) {
	b := newBench(t, append(sinkings(), sinking("Valley Post", "Bridge closed", "The railway bridge over the Orla river was closed because of cracks.", 8))...)
	for _, question := range []string{
		"What did the Valley Post say about the passengers who drowned when the ferry sank off Port Valen?",
		"How many passengers drowned when the ferry sank off Port Valen, according to Valley Post?",
	} {
		a := b.ask(question)
		if a.Outlet != "Valley Post" || !a.Elsewhere || a.Verdict != Nearest || len(a.Citations) == 0 || slices.Contains(a.sources(), "Valley Post") {
			t.Errorf("Ask(%q) = %q, elsewhere %t, %s, from %q", question, a.Outlet, a.Elsewhere, a.Verdict, a.sources())
		}
	}
}

// An outlet is known by its name as long as it has an article.
func TestOutletsAreKeptInStep(t *testing.T) {
	b := newBench(t, sinkings()...)
	id := b.add(sinking("Valley Post", "Bridge closed", "The railway bridge over the Orla river was closed because of cracks.", 8))
	b.encode()
	b.refresh()
	if a := b.ask("Latest from the Valley Post"); a.Outlet != "Valley Post" || len(a.Citations) != 1 {
		t.Errorf("a new outlet is %q with %d quotes", a.Outlet, len(a.Citations))
	}
	if err := b.store.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	if a := b.ask("Latest from the Valley Post"); a.Outlet != "" {
		t.Errorf("an outlet without articles is %q", a.Outlet)
	}
}

// Of an outlet with more articles than are ranked one by one the best are found too.
func TestOutletWithManyArticles(t *testing.T) {
	var all []corpus.Article
	for i := range fewArticles + 20 {
		all = append(all, sinking("Valley Post", fmt.Sprintf("Council meeting %d", i), fmt.Sprintf("The council of district %d met and spoke of road number %d.", i, i+1000), 1+i%28))
	}
	b := newBench(t, append(all, sinkings()...)...)
	a := b.ask("What did the Valley Post say about road number 1100 of the council of district 100?")
	if a.Outlet != "Valley Post" || len(a.Citations) == 0 || !strings.Contains(a.Citations[0].Quote.Text, "1100") {
		t.Errorf("Ask = %q, %+v", a.Outlet, a.Citations)
	}
}

func TestLatest(t *testing.T) {
	now := time.Date(2024, time.June, 10, 12, 0, 0, 0, time.UTC)
	all := append(sinkings(),
		sinking("Valley Post", "From the future", "The moon base opened its second dome on Tuesday.", 30),
		corpus.Article{Title: "Undated", Source: "Valley Post", Body: "The old mill by the river is for sale."},
		sinking("Valley Post", "Today", "The bakers of the valley went on strike this morning.", 10))
	b := newBench(t, all...)
	ask := func(q Question) Answer {
		t.Helper()
		q.Now = now
		a, err := b.engine.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		b.verbatim(a)
		return a
	}
	titles := func(a Answer) string {
		var all []string
		for _, c := range a.Citations {
			all = append(all, c.Title)
		}
		return strings.Join(all, "; ")
	}
	a := ask(Question{Text: "latest news"})
	if got, want := titles(a), "Today; Reuters names a new editor; Questions after the ferry accident; حداد في بورت فالن بعد غرق العبارة; Ferry accident kills 14 near Port Valen"; got != want || !a.More || a.Kind != Latest {
		t.Errorf("latest = %s, more %t, want %s", got, a.More, want)
	}
	if want := []text.Language{text.Arabic, text.English}; !slices.Equal(a.Languages, want) {
		t.Errorf("languages = %v", a.Languages)
	}
	var seen []string
	for _, c := range a.Citations {
		seen = append(seen, c.ArticleID)
	}
	a = ask(Question{Text: "latest news", Except: seen})
	if got := titles(a); !strings.HasSuffix(got, "; Undated") || strings.Contains(got, "future") || a.More {
		t.Errorf("more of the latest = %s", got)
	}
	if got, want := titles(ask(Question{Text: "آخر الأخبار", Only: text.Arabic})), "حداد في بورت فالن بعد غرق العبارة; غرق عبارة قبالة بورت فالن"; got != want {
		t.Errorf("in Arabic = %s, want %s", got, want)
	}
	if got, want := titles(ask(Question{Text: "Valley Post", Kind: Latest})), "Today; Undated"; got != want {
		t.Errorf("of an outlet = %s, want %s", got, want)
	}
	if got, want := titles(ask(Question{Text: "today's headlines"})), "Today"; !strings.HasPrefix(got, want) {
		t.Errorf("today = %s, want %s", got, want)
	}
}

// Copies of one report are one of the latest.
func TestLatestWithCopies(t *testing.T) {
	body := strings.Repeat("A ferry sank off Port Valen on Monday and twelve passengers drowned, the coast guard said. Divers searched the wreck until the evening and found nobody alive. ", 3)
	all := []corpus.Article{harbour}
	for i := range 30 {
		all = append(all, sinking(fmt.Sprintf("Paper %d", i), "Ferry sinks", body+fmt.Sprintf("(Paper %d)", i), 3))
	}
	b := newBench(t, all...)
	a := b.ask("latest news")
	if len(a.Citations) != 2 {
		t.Errorf("the latest are %d, want the ferry once and the harbour", len(a.Citations))
	}
}

// TestOutletsAfterReload starts anew, as after many changes.
func TestOutletsAfterReload(t *testing.T) {
	b := newBench(t, harbour)
	b.add(ferries)
	b.encode()
	b.engine.seq = -1 // which the log does not reach
	b.refresh()
	for source := range b.open().outlets {
		if b.engine.outlets[source] == nil {
			t.Errorf("%q is not known after starting anew", source)
		}
	}
	if len(b.engine.outlets) == 0 {
		t.Error("no outlet is known")
	}
}
