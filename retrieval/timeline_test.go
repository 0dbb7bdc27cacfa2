package retrieval

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A sentence is of the time that it tells, unless that is a plan, a count of years, or what
// something else goes on from.
func TestDated(t *testing.T) {
	tests := []struct {
		sentence, want string // the day, "" for that of the report
	}{
		{"The harbour of Port Valen opened on 3 June 2024.", "2024-06-03"},
		{"Fishermen blocked the road on Friday.", "2024-06-07"},
		{"Fishermen blocked the road in May 2019.", "2019-05-01"},
		{"It was the first opening of a harbour in ten years.", ""},
		{"The mayor will speak in the old town hall on 20 June 2024.", ""},
		{"Prices of land near the sea have risen since March 2022.", ""},
		{"Ferries sail to the islands every morning.", ""},
		{"افتتح ميناء بورت فالن يوم 3 يونيو 2024.", "2024-06-03"},
		{"وقطع الصيادون الطريق في مايو 2019.", "2019-05-01"},
		{"وهو أول ميناء تفتتحه المدينة منذ 10 أعوام.", ""},
		{"وارتفعت أسعار الأراضي قرب البحر منذ مارس 2022.", ""},
		{"وتبحر العبارات إلى الجزر كل صباح.", ""},
	}
	for _, tt := range tests {
		b := newBench(t, corpus.Article{Title: "Port Valen", Body: tt.sentence, Language: text.Detect(tt.sentence), Published: corpus.Day(2024, time.June, 10)})
		var id string
		for id = range b.engine.articles {
		}
		p, err := b.engine.open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		d, known := b.engine.dated(b.engine.sentenceAt(p, 0))
		got := d.when.First.Time().Format(time.DateOnly)
		if want := tt.want; !known || d.stated != (want != "") || want != "" && got != want || want == "" && got != "2024-06-10" {
			t.Errorf("%q is of %s, stated %t, want %q", tt.sentence, got, d.stated, want)
		}
	}
}

// What several outlets tell of one day in nearly the same words is one development.
func TestTimelineTellsEachOnce(t *testing.T) {
	story := func(source, body string, day int) corpus.Article {
		return corpus.Article{Title: "Strike at the harbour of Port Valen, " + source, Source: source, Body: body, Language: text.English, Published: corpus.Day(2024, time.June, day)}
	}
	b := newBench(t,
		story("Reuters", "Dock workers at the harbour of Port Valen began a strike on 3 June 2024 over wages.", 4),
		story("Xinhua", "On 3 June 2024 dock workers at the harbour of Port Valen began a strike over wages, unions say.", 4),
		story("AP", "The strike at the harbour of Port Valen ended on 9 June 2024 after the owners raised wages by a tenth.", 10),
		bridge, museum)
	a, err := b.engine.Ask(t.Context(), Question{Text: "the strike at the harbour of Port Valen", Kind: Timeline})
	if err != nil {
		t.Fatal(err)
	}
	b.verbatim(a)
	if a.Kind != Timeline || len(a.Citations) != 2 || !strings.Contains(a.Citations[0].Quote.Text, "began") || !strings.Contains(a.Citations[1].Quote.Text, "ended") {
		t.Errorf("the timeline is a %s: %+v", a.Kind, a.Citations)
	}
}

// What is printed again on other days happened before it was first printed, whichever copy
// is found.
func TestTimelineDatesByFirstPrint(t *testing.T) {
	articles := []corpus.Article{bridge, museum, {
		Title: "Union ends its strike in Calvessa", Source: "Valley Post", Published: corpus.Day(2026, 12, 4), Language: text.English,
		Body: "The dockers of Calvessa ended their strike on 2 December 2026 when the port promised new cranes.",
	}}
	for _, day := range []int{27, 20, 24} {
		lines := []string{
			"The port of Calvessa was closed on Thursday after a crane fell on the main quay and killed four dockers, harbour master Lio Pend said.",
			"The union of dockers called a strike of three days and asked for an inquiry into the age of the cranes.",
			"Ships were sent to the port of Rhumba, which has room for two more.",
		}
		if day != 20 { // these are found first
			lines = append(lines, fmt.Sprintf("The port of Calvessa is the port of dockers, say the dockers of Calvessa, number %d.", day))
		}
		articles = append(articles, corpus.Article{
			Title: "Crane falls", Source: fmt.Sprint("Outlet ", day), Published: corpus.Day(2026, 11, day), Language: text.English,
			Body: strings.Join(lines, "\n\n"),
		})
	}
	b := newBench(t, articles...)
	a := b.askAs(Question{Text: "the port of Calvessa", Kind: Timeline})
	if a.Kind != Timeline || len(a.Citations) == 0 {
		t.Fatalf("a %s with %d quotes, want a timeline", a.Kind, len(a.Citations))
	}
	c := a.Citations[0]
	if got := c.When.First.Time().Format(time.DateOnly); got != "2026-11-19" || c.Source != "Outlet 20" {
		t.Errorf("of %s in %s, want 2026-11-19 in Outlet 20: %q", got, c.Source, c.Quote.Text)
	}
	for _, c := range a.Citations[1:] {
		if strings.HasPrefix(c.Source, "Outlet") {
			t.Errorf("the report is told again: %q", c.Quote.Text)
		}
	}
}
