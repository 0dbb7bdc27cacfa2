package provenance

import (
	"slices"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

const body = "The ferry sank off the harbour on Friday. The mayor said that 12 people were saved."

// stored is a store with one article, and that article.
func stored(t *testing.T) (*corpus.Store, corpus.Article) {
	t.Helper()
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	day := corpus.Date{Time: time.Date(2025, time.May, 9, 0, 0, 0, 0, time.UTC), DayOnly: true}
	var a corpus.Article
	given := corpus.Article{Title: "Ferry sinks", Source: "Harbour Wire", URL: "https://wire.example/1", Published: day, Body: body}
	err = store.AddAll(t.Context(), slices.Values([]corpus.Article{given}), func(o corpus.Outcome) error {
		a = o.Article
		return o.Err
	})
	if err != nil {
		t.Fatal(err)
	}
	return store, a
}

// answer is one that shows all there is to show, rightly: the second sentence, said by the
// mayor, and the first before it; a figure; and the article in two lists.
func answer(a corpus.Article) *retrieval.Answer {
	const second = len("The ferry sank off the harbour on Friday. ")
	c := retrieval.Citation{
		ArticleID: a.ID, Title: a.Title, Source: a.Source, URL: a.URL, Published: a.Published, Language: a.Language,
		Quote:   retrieval.Quote{Text: body[second:], Start: second, End: len(body)},
		Context: &retrieval.Quote{Text: body[:second-1], Start: 0, End: second - 1},
		Claim:   &retrieval.Claim{Speaker: "The mayor", Start: second, End: second + len("The mayor")},
	}
	report := retrieval.Report{ArticleID: a.ID, Title: a.Title, Source: a.Source, URL: a.URL, Published: a.Published, Language: a.Language}
	from := second + len("The mayor said that ")
	figure := retrieval.Figure{Citation: c, Value: 12, From: from, To: from + len("12")}
	c.Also = []retrieval.Report{report}
	return &retrieval.Answer{
		Citations:     []retrieval.Citation{c},
		Reports:       []retrieval.Report{report},
		Disagreements: []retrieval.Disagreement{{Figures: []retrieval.Figure{figure}}},
	}
}

func TestCheck(t *testing.T) {
	store, a := stored(t)
	tests := []struct {
		name   string
		change func(*retrieval.Answer)
		want   Count
	}{
		{"as it is", func(*retrieval.Answer) {}, Count{4, 4, 4, 4}},
		{"other words", func(x *retrieval.Answer) { x.Citations[0].Quote.Text = "The mayor said that 13 people were saved." }, Count{4, 3, 4, 4}},
		{"other place", func(x *retrieval.Answer) { x.Citations[0].Quote.Start++ }, Count{4, 3, 4, 4}},
		{"beyond the end", func(x *retrieval.Answer) { x.Citations[0].Quote.End = 1000 }, Count{4, 3, 4, 4}},
		{"before the beginning", func(x *retrieval.Answer) { x.Citations[0].Quote.Start = -1 }, Count{4, 3, 4, 4}},
		{"empty", func(x *retrieval.Answer) { x.Citations[0].Quote = retrieval.Quote{} }, Count{4, 3, 4, 4}},
		{"context", func(x *retrieval.Answer) { x.Citations[0].Context.Text += " " }, Count{4, 3, 4, 4}},
		{"speaker", func(x *retrieval.Answer) { x.Citations[0].Claim.Speaker = "The captain" }, Count{4, 3, 4, 4}},
		{"nobody in particular", func(x *retrieval.Answer) { x.Citations[0].Claim = &retrieval.Claim{} }, Count{3, 3, 4, 4}},
		{"figure", func(x *retrieval.Answer) { x.Disagreements[0].Figures[0].Quote.Text = "12 people" }, Count{4, 3, 4, 4}},
		{"number elsewhere", func(x *retrieval.Answer) { x.Disagreements[0].Figures[0].From = 0 }, Count{4, 3, 4, 4}},
		{"title", func(x *retrieval.Answer) { x.Citations[0].Title = "Ferry saved" }, Count{4, 4, 4, 3}},
		{"outlet", func(x *retrieval.Answer) { x.Reports[0].Source = "Others" }, Count{4, 4, 4, 3}},
		{"no link", func(x *retrieval.Answer) { x.Citations[0].Also[0].URL = "" }, Count{4, 4, 4, 3}},
		{"date", func(x *retrieval.Answer) {
			x.Citations[0].Published.Time = x.Citations[0].Published.Time.AddDate(0, 0, 1)
		}, Count{4, 4, 4, 3}},
		{"correction", func(x *retrieval.Answer) { x.Citations[0].Corrected = x.Citations[0].Published }, Count{4, 4, 4, 3}},
		{"language", func(x *retrieval.Answer) { x.Citations[0].Language = text.Arabic }, Count{4, 4, 4, 3}},
		{"no such article", func(x *retrieval.Answer) { x.Citations[0].ArticleID = "aaaaaaaaaaaaaaaa" }, Count{4, 1, 4, 3}},
		{"nearest to a refusal", func(x *retrieval.Answer) { x.Near = &retrieval.Report{ArticleID: a.ID, Title: "Ferry"} }, Count{4, 4, 5, 4}},
		{"nothing", func(x *retrieval.Answer) { *x = retrieval.Answer{} }, Count{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := answer(a)
			tt.change(x)
			got, err := Check(t.Context(), store, x)
			if err != nil || got != tt.want {
				t.Errorf("Check = %+v, %v, want %+v", got, err, tt.want)
			}
		})
	}
}
