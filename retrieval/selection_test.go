package retrieval

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// Reports of one thing, in both languages, one of them without a date. Two begin with
// the words of another paper, spaced otherwise in one.
var (
	ferry = corpus.Article{
		Title: "Ferry line opened", Source: "The Daily Test", Published: corpus.Day(2024, 6, 1), Language: text.English,
		Body: "The ferry line from Port Valen to Sandholm opened on Saturday with two ships.\n\nTickets cost nine euros.",
	}
	ferryCopied = corpus.Article{
		Title: "Ships sail again", Source: "Valley Post", Published: corpus.Day(2024, 6, 2), Language: text.English,
		Body: "The ferry line from Port Valen to Sandholm opened  on Saturday with two ships.\n\nThe weather was fine.",
	}
	ferryAgain = corpus.Article{
		Title: "Two ships to Sandholm", Source: "Sea Letter", Published: corpus.Day(2024, 6, 2), Language: text.English,
		Body: "The ferry line from Port Valen to Sandholm opened on Saturday with two ships.\n\nMusicians played.",
	}
	ferryLater = corpus.Article{
		Title: "Third ship for the ferry line", Source: "Valley Post", Published: corpus.Day(2024, 9, 9), Language: text.English,
		Body: "The ferry line from Port Valen to Sandholm, opened in June, gets a third ship, its director said.\n\nIt was built in Orla.",
	}
	ferryUndated = corpus.Article{
		Title: "Day trips", Source: "Sea Letter", Language: text.English,
		Body: "Since the ferry line from Port Valen to Sandholm opened, day trips have become popular.\n\nMany bring bicycles.",
	}
	ferryArabic = corpus.Article{
		Title: "افتتاح خط العبارة", Source: "صحيفة الاختبار", Published: corpus.Day(2024, 6, 3), Language: text.Arabic,
		Body: "افتتح خط العبارة بين ميناء فالين وساندهولم يوم السبت بسفينتين.\n\nويبلغ سعر التذكرة تسعة يورو.",
	}
	ferryElection = corpus.Article{
		Title: "Election called", Source: "Valley Post", Published: corpus.Day(2024, 12, 1), Language: text.English,
		Body: "The council of Orla has called an election for January.\n\nFour parties take part.",
	}
)

// ferryReports are more than an answer quotes, each with something of its own.
func ferryReports() []corpus.Article {
	all := []corpus.Article{bridge}
	for _, end := range []string{
		"the mayor cut a ribbon of blue silk", "fishermen greeted passengers with horns", "free tickets were gone within minutes",
		"visitors had queued since dawn", "a choir of schoolchildren sang on deck",
	} {
		all = append(all, corpus.Article{
			Title: "Saturday: " + end, Source: "Valley Post", Language: text.English,
			Body: "The ferry line from Port Valen to Sandholm opened on Saturday, and " + end + ".",
		})
	}
	return all
}

const (
	askFerry       = "When was the ferry line from Port Valen to Sandholm opened?"
	askFerryArabic = "متى افتتح خط العبارة بين ميناء فالين وساندهولم؟"
)

// answerTo asks and checks what holds of every answer.
func (b *bench) answerTo(q Question) Answer {
	b.t.Helper()
	a, err := b.engine.Ask(b.t.Context(), q)
	if err != nil {
		b.t.Fatalf("Ask(%+v) = %v", q, err)
	}
	b.verbatim(a)
	if len(a.Citations) > 0 && !q.Newest {
		d := background.Direction{Question: a.Asked, Passage: a.Citations[0].Language}
		if got := b.engine.cautionFor(d).decide(a.Probability, d); got != a.Verdict && !a.Missing.Presumed {
			b.t.Errorf("Ask(%+v): probability %.2f is %s, but the verdict is %s", q, a.Probability, got, a.Verdict)
		}
	}
	if declined := a.Verdict == Declined; declined != (len(a.Citations) == 0) || declined && (a.More || a.Languages != nil) {
		b.t.Errorf("Ask(%+v): %s with %d citations, more %v, languages %q", q, a.Verdict, len(a.Citations), a.More, a.Languages)
	}
	for _, c := range a.Citations {
		if slices.Contains(q.Except, c.ArticleID) || q.Only != "" && c.Language != q.Only {
			b.t.Errorf("Ask(%+v) quotes %s %q", q, c.Language, c.Title)
		}
	}
	for _, r := range a.Evidence {
		if slices.Contains(q.Except, r.ArticleID) || q.Only != "" && r.Language != q.Only {
			b.t.Errorf("Ask(%+v) has %s evidence of %s", q, r.Language, r.ArticleID)
		}
	}
	return a
}

func titles(a Answer) []string {
	var out []string
	for _, c := range a.Citations {
		out = append(out, c.Title)
	}
	return out
}

func cited(a Answer) []string {
	var out []string
	for _, c := range a.Citations {
		out = append(out, c.ArticleID)
	}
	return out
}

func TestAskTellsItsEvidence(t *testing.T) {
	many := make([]corpus.Article, 0, 14)
	for _, street := range []string{"Linden", "Castle", "Quarry", "Station", "Mill", "Abbey", "Garden"} {
		for _, town := range []string{"Orla", "Sandholm"} {
			many = append(many, corpus.Article{
				Title: town + ", " + street + " Street", Source: "Valley Post", Language: text.English,
				Body: "The market of " + town + " was open in " + street + " Street in the rain.",
			})
		}
	}
	b := newBench(t, many...)
	for _, tt := range []struct {
		question string
		want     Verdict
	}{
		{"Was the market of Sandholm open in Mill Street?", Answered},
		{"Who won the chess championship of Brazil?", Declined},
	} {
		a := b.answerTo(Question{Text: tt.question})
		if a.Verdict != tt.want || len(a.Evidence) != maxEvidence {
			t.Errorf("Ask(%q): %s with %d passages of evidence, want %s with %d", tt.question, a.Verdict, len(a.Evidence), tt.want, maxEvidence)
		}
		found, err := b.engine.Search(t.Context(), Question{Text: tt.question}, maxEvidence)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(found, a.Evidence); diff != "" {
			t.Errorf("Ask(%q): the evidence is not what is found (-found +evidence):\n%s", tt.question, diff)
		}
	}
}

func TestAskOnly(t *testing.T) {
	b := newBench(t, ferry, ferryLater, ferryArabic, bridge, museum)
	for _, question := range []string{askFerry, askFerryArabic} {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			if a := b.answerTo(Question{Text: question, Only: lang}); a.Verdict == Declined {
				t.Errorf("Ask(%q) declines in %q only", question, lang)
			}
		}
	}
	if a := b.answerTo(Question{Text: "Why was the railway bridge over the Orla river closed?", Only: text.Arabic}); a.Verdict != Declined {
		t.Errorf("no Arabic article tells of the bridge, but %q is quoted", a.Citations[0].Quote.Text)
	}
	if a := b.answerTo(Question{Text: askFerry, Only: "fr"}); len(a.Evidence) != 0 {
		t.Errorf("there is %d evidence in French", len(a.Evidence))
	}
}

func TestAskExcept(t *testing.T) {
	b := newBench(t, ferry, ferryCopied, ferryLater, ferryArabic, bridge, ferryElection)
	first := b.answerTo(Question{Text: askFerry})
	if first.Verdict != Answered {
		t.Fatalf("%s, want an answer", first.Verdict)
	}
	id := map[string]string{}
	for _, r := range first.Evidence {
		stored, err := b.store.Article(t.Context(), r.ArticleID)
		if err != nil {
			t.Fatal(err)
		}
		id[stored.Title] = stored.ID
	}
	a := b.answerTo(Question{Text: askFerry, Except: []string{id[ferry.Title], "gone"}})
	for _, c := range a.Citations {
		if c.Title == ferryCopied.Title {
			t.Errorf("quoted again, from another paper: %q", c.Quote.Text)
		}
	}
	if !slices.Contains(titles(a), ferryLater.Title) {
		t.Errorf("quoted are %q, want %q among them", titles(a), ferryLater.Title)
	}
	all := []string{id[ferry.Title], id[ferryCopied.Title], id[ferryLater.Title], id[ferryArabic.Title]}
	if a := b.answerTo(Question{Text: askFerry, Except: all}); a.Verdict != Declined {
		t.Errorf("with all reports left out: %s, %q", a.Verdict, titles(a))
	}
}

func TestAskNewest(t *testing.T) {
	b := newBench(t, ferry, ferryUndated, ferryLater, ferryElection, bridge, harbour)
	a := b.answerTo(Question{Text: askFerry, Newest: true})
	want := []string{ferryLater.Title, ferry.Title, ferryUndated.Title}
	if diff := cmp.Diff(want, titles(a)); diff != "" || a.Verdict != Answered {
		t.Errorf("%s, newest first (-want +got):\n%s", a.Verdict, diff)
	}
	if a.AsOf != ferryLater.Published {
		t.Errorf("as of %v, want %v", a.AsOf, ferryLater.Published)
	}
	if a := b.answerTo(Question{Text: "Who won the chess championship of Brazil?", Newest: true}); a.Verdict != Declined {
		t.Errorf("nothing tells of chess, but %q is quoted", titles(a))
	}
}

func TestAskTellsWhatElseThereIs(t *testing.T) {
	both := []text.Language{text.Arabic, text.English}
	tests := []struct {
		name      string
		articles  []corpus.Article
		question  Question
		languages []text.Language
		more      bool
	}{
		{"one report", []corpus.Article{ferry, bridge, ferryElection}, Question{Text: askFerry}, both[1:], false},
		{"one in Arabic", []corpus.Article{ferryArabic, museum}, Question{Text: askFerryArabic}, both[:1], false},
		{"the same in another paper", []corpus.Article{ferry, ferryAgain, bridge}, Question{Text: askFerry}, both[1:], false},
		{"both languages", []corpus.Article{ferry, ferryArabic, bridge}, Question{Text: askFerry}, both, true},
		{"both, one asked for", []corpus.Article{ferry, ferryArabic, bridge}, Question{Text: askFerry, Only: text.English}, both, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newBench(t, tt.articles...).answerTo(tt.question)
			if diff := cmp.Diff(tt.languages, a.Languages); diff != "" || a.More != tt.more {
				t.Errorf("%s, %q quoted: languages %q, want %q; more %v, want %v", a.Verdict, titles(a), a.Languages, tt.languages, a.More, tt.more)
			}
		})
	}
}

func TestAskForMore(t *testing.T) {
	b := newBench(t, ferryReports()...)
	first := b.answerTo(Question{Text: askFerry})
	if len(first.Citations) != maxCitations || !first.More {
		t.Fatalf("%d quotes, more %v, want %d and more", len(first.Citations), first.More, maxCitations)
	}
	second := b.answerTo(Question{Text: askFerry, Except: cited(first)})
	if len(second.Citations) != 2 || second.More {
		t.Errorf("%q quoted, more %v, want the other two reports", titles(second), second.More)
	}
}

// What is wanted is there in the end, within the limit and with numbers in order.
func TestKeepQuotes(t *testing.T) {
	cite := func(article, quote string) Citation {
		return Citation{ArticleID: article, Quote: Quote{Text: quote, End: len(quote)}}
	}
	a, b, c, d := cite("a", "one"), cite("b", "two"), cite("c", "three"), cite("d", "four")
	for _, tt := range []struct{ own, wanted, want []Citation }{
		{nil, nil, nil},
		{[]Citation{a}, []Citation{a}, []Citation{a}},
		{[]Citation{a}, []Citation{cite("x", "one")}, []Citation{a}},
		{[]Citation{a}, []Citation{b, c}, []Citation{a, b, c}},
		{[]Citation{a, b, c}, []Citation{d, b}, []Citation{a, b, d}},
		{[]Citation{a, b, c}, []Citation{d, a, c}, []Citation{a, c, d}},
		{[]Citation{a, b, c}, []Citation{c, d}, []Citation{a, c, d}},
	} {
		var f quotes
		for i, c := range tt.own {
			c.N = i + 1
			f.citations = append(f.citations, c)
		}
		f.keep(tt.wanted)
		var want []Citation
		for i, c := range tt.want {
			c.N = i + 1
			want = append(want, c)
		}
		if diff := cmp.Diff(want, f.citations); diff != "" {
			t.Errorf("%v with %v kept (-want +got):\n%s", tt.own, tt.wanted, diff)
		}
	}
}
