package retrieval

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// What is known of an earthquake grows from day to day.
var (
	firstCount = corpus.Article{
		Title: "Quake kills hundreds in southern Morocco", Source: "Valley Post", Published: corpus.Day(2023, 9, 9), Language: text.English,
		Body: "At least 820 people were killed when a powerful earthquake struck Morocco late on Friday, the interior ministry said.\n\n" +
			"The quake shook houses in Marrakesh and in villages of the High Atlas, and people spent the night in the streets. Another 672 people were injured, 205 of them gravely.\n\n" +
			"The tremor had a magnitude of 6.8, the United States Geological Survey said.\n\n" +
			"Hospitals in Marrakesh asked residents to give blood.",
	}
	nextDay = corpus.Article{
		Title: "Morocco quake toll passes two thousand", Source: "The Daily Test", Published: corpus.Day(2023, 9, 10), Language: text.English,
		Body: "The earthquake that hit Morocco on Friday has killed 2,012 people, the interior ministry said on Saturday evening.\n\n" +
			"King Mohammed VI declared three days of mourning. Rescuers with dogs are still digging in the villages of Al Haouz province.\n\n" +
			"Spain sent 56 rescuers and four dogs.",
	}
	inArabic = corpus.Article{
		Title: "حصيلة زلزال المغرب تقترب من ثلاثة آلاف", Source: "صحيفة الاختبار", Published: corpus.Day(2023, 9, 12), Language: text.Arabic,
		Body: "ارتفع عدد قتلى الزلزال الذي ضرب المغرب ليل الجمعة إلى 2901 قتيلا، بحسب بيان لوزارة الداخلية يوم الثلاثاء.\n\n" +
			"وأصيب أكثر من 5500 شخص بجروح. وما زالت فرق الإنقاذ تبحث عن ناجين في قرى الأطلس الكبير.\n\n" +
			"ونصبت السلطات خياما في مراكش لمن فقدوا منازلهم.",
	}
	roundedCount = corpus.Article{
		Title: "Morocco thanks its rescuers", Source: "Harbour News", Published: corpus.Day(2023, 9, 12), Language: text.English,
		Body: "Nearly 3,000 people were killed in the earthquake that struck Morocco on Friday, 8 September, according to the government.\n\n" +
			"The prime minister thanked the rescuers and promised money for rebuilding.",
	}
	otherEvent = corpus.Article{
		Title: "Floods sweep Derna in Libya", Source: "Valley Post", Published: corpus.Day(2023, 9, 12), Language: text.English,
		Body: "Floods that swept through Derna in Libya on Sunday killed 2,300 people, an ambulance official said.\n\nTwo dams above the city broke in the night.",
	}
)

// figuresOf are what a disagreement lists, as "source: words".
func (b *bench) figuresOf(d Disagreement) []string {
	b.t.Helper()
	var out []string
	for _, f := range d.Figures {
		stored, err := b.store.Article(b.t.Context(), f.ArticleID)
		if err != nil {
			b.t.Fatal(err)
		}
		if stored.Body[f.Quote.Start:f.Quote.End] != f.Quote.Text || f.From < f.Quote.Start || f.To > f.Quote.End {
			b.t.Errorf("%q is not quoted as it stands", f.Quote.Text)
		}
		out = append(out, f.Source+": "+stored.Body[f.From:f.To])
	}
	return out
}

func TestFiguresThatDisagree(t *testing.T) {
	b := newBench(t, firstCount, nextDay, inArabic, roundedCount, otherEvent, bridge)
	want := []string{"Harbour News: Nearly 3,000 people", "صحيفة الاختبار: 2901 قتيلا", "The Daily Test: 2,012 people", "Valley Post: At least 820 people"}
	for _, question := range []string{"How many people were killed by the earthquake in Morocco?", "كم عدد قتلى الزلزال في المغرب؟"} {
		a := b.ask(question)
		if a.Verdict != Answered || len(a.Disagreements) != 1 {
			t.Fatalf("%s: %s, %d disagreements, want one: %+v", question, a.Verdict, len(a.Disagreements), a.Citations)
		}
		got := b.figuresOf(a.Disagreements[0])
		slices.Sort(got)
		sorted := slices.Sorted(slices.Values(want))
		if !slices.Equal(got, sorted) {
			t.Errorf("%s: %q, want %q", question, got, sorted)
		}
		figures := a.Disagreements[0].Figures
		if !slices.IsSortedFunc(figures, func(a, b Figure) int { return b.Published.Time.Compare(a.Published.Time) }) {
			t.Errorf("%s: not newest first", question)
		}
		for _, f := range figures {
			cited := slices.ContainsFunc(a.Citations, func(c Citation) bool { return c.N == f.N && c.ArticleID == f.ArticleID })
			if cited != (f.N > 0) {
				t.Errorf("%s: %s has number %d", question, f.Source, f.N)
			}
		}
	}
}

// Reports that agree, or of which only one has the figure, disagree on nothing.
func TestFiguresThatAgree(t *testing.T) {
	tests := []struct {
		name     string
		question string
		articles []corpus.Article
	}{
		{"one report", "How many people were killed by the earthquake in Morocco?", []corpus.Article{firstCount, otherEvent, bridge}},
		{"rounded", "How many people were killed by the earthquake in Morocco?", []corpus.Article{inArabic, roundedCount, otherEvent}},
		{"something else", "What was the magnitude of the earthquake in Morocco?", []corpus.Article{firstCount, nextDay, inArabic}},
		{"another event", "How many people were killed by the floods in Derna?", []corpus.Article{firstCount, nextDay, otherEvent}},
	}
	for _, tt := range tests {
		b := newBench(t, tt.articles...)
		a := b.ask(tt.question)
		if a.Verdict != Answered {
			t.Errorf("%s: %s, want an answer", tt.name, a.Verdict)
		}
		for _, d := range a.Disagreements {
			t.Errorf("%s: %q", tt.name, b.figuresOf(d))
		}
	}
}

// The later count of an outlet's own report, which is a copy of the earlier but for the
// number, is listed beside it and not taken for another place that has it.
func TestFiguresOfUpdatedCopy(t *testing.T) {
	w := wires[0]
	later := w.article
	later.Source, later.Published = "Late", corpus.Day(2024, 9, 3)
	later.Body = strings.Replace(later.Body, "75 million", "81 million", 1)
	b := newBench(t, bridge, w.article, later)
	a := b.ask(w.question)
	if a.Verdict != Answered || len(a.Citations[0].Also) > 0 {
		t.Fatalf("%s, also in %+v; want an answer, and no other place", a.Verdict, a.Citations[0].Also)
	}
	if len(a.Disagreements) != 1 {
		t.Fatalf("%d disagreements, want one", len(a.Disagreements))
	}
	got, want := b.figuresOf(a.Disagreements[0]), []string{"Late: 81 million crowns", "Agency: 75 million crowns"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A ferry goes down, and its toll rises from day to day, with two counts on one of them.
var (
	sunk = corpus.Article{
		Title: "Ferry sinks off Egypt's Safaga", Source: "Harbour News", Published: corpus.Day(2024, 11, 26), Language: text.English,
		Body: "A passenger ferry sank in the Red Sea off the Egyptian port of Safaga early on Tuesday, killing at least 12 people, the coast guard said.\n\n" +
			"The vessel, the Al-Nour 3, had left Duba with 140 passengers on board.",
	}
	tollRises = corpus.Article{
		Title: "ارتفاع حصيلة غرق العبارة قبالة سفاجا", Source: "صحيفة الاختبار", Published: corpus.Day(2024, 11, 27), Language: text.Arabic,
		Body: "ارتفعت حصيلة ضحايا غرق العبارة «النور 3» قبالة ميناء سفاجا المصري إلى 19 قتيلا، بحسب ما أعلنت وزارة الصحة يوم الأربعاء.\n\nوما زالت فرق الإنقاذ تبحث عن ناجين.",
	}
	tollOfMinistry = corpus.Article{
		Title: "Safaga ferry toll reaches 23", Source: "Valley Post", Published: corpus.Day(2024, 11, 28), Language: text.English,
		Body: "The death toll from the sinking of the Al-Nour 3 ferry off Safaga rose to 23 on Thursday, Egypt's health ministry said.\n\nThe search goes on.",
	}
	tollOfGroup = corpus.Article{
		Title: "Ferry disaster: 27 dead, says seafarers' group", Source: "The Daily Test", Published: corpus.Day(2024, 11, 28), Language: text.English,
		Body: "At least 27 people died when the Al-Nour 3 ferry sank off Safaga on Tuesday, an Egyptian seafarers' group said on Thursday.\n\nIt gave no names.",
	}
)

// Tolls that rise are listed by outlet and date, whether the question asks for them or not.
func TestFiguresThatRise(t *testing.T) {
	b := newBench(t, sunk, tollRises, tollOfMinistry, tollOfGroup, otherEvent, bridge)
	want := []string{"Harbour News: at least 12 people", "The Daily Test: At least 27 people", "Valley Post: 23", "صحيفة الاختبار: 19 قتيلا"}
	for _, question := range []string{"How many people died in the Safaga ferry sinking?", "كم بلغت حصيلة ضحايا غرق العبارة قبالة سفاجا؟", "What happened to the ferry off Safaga?", "Tell me about the Safaga ferry sinking"} {
		a := b.ask(question)
		if a.Verdict != Answered || len(a.Disagreements) != 1 {
			t.Errorf("%s: %s, %d disagreements, want one: %+v", question, a.Verdict, len(a.Disagreements), a.Citations)
			continue
		}
		if got := slices.Sorted(slices.Values(b.figuresOf(a.Disagreements[0]))); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
}

// Amounts of one deal are listed when the question speaks of it, and not when it asks who
// made it.
func TestAmountsThatDiffer(t *testing.T) {
	b := newBench(t, bridge, corpus.Article{
		Title: "Egypt and Turkey sign gas deal in Ankara", Source: "Valley Post", Published: corpus.Day(2024, 11, 28), Language: text.English,
		Body: "Egypt and Turkey signed an agreement in Ankara on Thursday to raise gas trade between them to $8 billion a year by 2030.\n\nThe two energy ministers signed the document.",
	}, corpus.Article{
		Title: "مصر وتركيا توقعان اتفاقا للغاز في أنقرة", Source: "صحيفة الاختبار", Published: corpus.Day(2024, 11, 29), Language: text.Arabic,
		Body: "وقعت مصر وتركيا يوم الخميس في أنقرة اتفاقا لرفع تجارة الغاز بينهما إلى 6 مليارات دولار سنويا بحلول 2030.\n\nولا يشمل الاتفاق التنقيب في المتوسط.",
	})
	tests := []struct {
		question string
		want     []string
	}{
		{"What is the value of the gas deal between Egypt and Turkey?", []string{"Valley Post: $8 billion", "صحيفة الاختبار: 6 مليارات دولار"}},
		{"هل وقعت مصر وتركيا اتفاقا للغاز في أنقرة؟", []string{"Valley Post: $8 billion", "صحيفة الاختبار: 6 مليارات دولار"}},
		{"Did Egypt and Turkey sign a gas deal?", []string{"Valley Post: $8 billion", "صحيفة الاختبار: 6 مليارات دولار"}},
		{"Who signed the gas deal between Egypt and Turkey?", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, d := range b.ask(tt.question).Disagreements {
			got = append(got, b.figuresOf(d)...)
		}
		if slices.Sort(got); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.question, got, tt.want)
		}
	}
}

// However often a report is printed, the newer count of a changed copy is found, and what it
// differs from is listed once.
func TestFiguresAmongManyCopies(t *testing.T) {
	report := corpus.Article{
		Title: "Crane falls in Calvessa", Language: text.English,
		Body: "The port of Calvessa was closed on Thursday after a crane fell on the main quay and killed four people, harbour master Lio Pend said.\n\n" +
			"The union of dockers called a strike of three days and asked for an inquiry into the age of the cranes.\n\n" +
			"Ships were sent to the port of Rhumba, which has room for two more.",
	}
	articles := []corpus.Article{bridge}
	for i := range 18 {
		a := report
		a.Source, a.Published = fmt.Sprint("Outlet ", i), corpus.Day(2026, 11, 20+i/2)
		a.Body += fmt.Sprintf("\n\nReport number %d by desk %d.", i, i)
		articles = append(articles, a)
	}
	later := report
	later.Source, later.Published = "Late", corpus.Day(2026, 11, 29)
	later.Body = strings.Replace(later.Body, "four people", "nine people", 1)
	b := newBench(t, append(articles, later)...)
	for _, question := range []string{"How many people were killed in Calvessa?", "Did the crane in Calvessa kill nine people?"} {
		a := b.ask(question)
		if a.Verdict != Answered || len(a.Disagreements) != 1 {
			t.Errorf("%s: %s, %d disagreements, want one", question, a.Verdict, len(a.Disagreements))
			continue
		}
		got := b.figuresOf(a.Disagreements[0])
		if len(got) != 2 || got[0] != "Late: nine people" || !strings.HasSuffix(got[1], ": four people") {
			t.Errorf("%s: %q, want nine and four, each once", question, got)
		}
		if a.AsOf != later.Published {
			t.Errorf("%s: the newest evidence is of %s, want %s", question, a.AsOf, later.Published)
		}
	}
}

// A question for a count of something else is not answered with tolls.
func TestFiguresOfWhatIsAsked(t *testing.T) {
	b := newBench(t, sunk, tollRises, tollOfMinistry, tollOfGroup, otherEvent, bridge)
	tests := []struct {
		question string
		want     int
	}{
		{"How many passengers were on board the ferry that sank off Safaga?", 0},
		{"كم راكبا كان على متن العبارة التي غرقت قبالة سفاجا؟", 0},
		{"How many victims did the sinking of the ferry off Safaga claim?", 1},
	}
	for _, tt := range tests {
		a := b.ask(tt.question)
		if a.Verdict == Declined || len(a.Disagreements) != tt.want {
			t.Errorf("%s: %s, %d disagreements, want %d", tt.question, a.Verdict, len(a.Disagreements), tt.want)
		}
	}
}

// Selections hold for figures as well as for quotes.
func TestFiguresOfSelection(t *testing.T) {
	b := newBench(t, firstCount, nextDay, inArabic)
	q := Question{Text: "How many people were killed by the earthquake in Morocco?", Only: text.English}
	for _, d := range b.askAs(q).Disagreements {
		for _, f := range d.Figures {
			if f.Language != text.English {
				t.Errorf("%q is quoted though only English is wanted", f.Quote.Text)
			}
		}
	}
	q.Only, q.Except = "", []string{corpus.NewID(nextDay.Key())}
	for _, d := range b.askAs(q).Disagreements {
		for _, f := range d.Figures {
			if f.ArticleID == q.Except[0] {
				t.Errorf("%q is quoted though it was seen", f.Quote.Text)
			}
		}
	}
}
