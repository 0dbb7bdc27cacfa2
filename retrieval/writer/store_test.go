package writer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/check"
	"newsbot/retrieval/llm"
)

// What the program hands in.
var (
	_ Library = (*corpus.Store)(nil)
	_ Model   = (*llm.Client)(nil)
	_ Checker = (*check.Checker)(nil)
)

// Articles come from the store as it is when the answer is written.
func TestWriteFromStore(t *testing.T) {
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	a := &retrieval.Answer{Question: "What was the weather?", Language: text.English, Verdict: retrieval.Answered, Kind: retrieval.Best}
	for i, body := range []string{"Rain fell on Paris on Monday. The river rose by two metres.", "Snow fell on Lille. Trains were late."} {
		added, _, err := store.Add(t.Context(), corpus.Article{Title: "Weather", Source: "Sample Wire", Published: corpus.Day(2025, 3, 4+i), Body: body})
		if err != nil {
			t.Fatal(err)
		}
		_, passages, err := store.Full(t.Context(), added.ID)
		if err != nil {
			t.Fatal(err)
		}
		s := passages[0].Sentences[0]
		a.Citations = append(a.Citations, retrieval.Citation{
			N: i + 1, ArticleID: added.ID, PassageID: passages[0].ID,
			Quote: retrieval.Quote{Text: added.Body[s.Start:s.End], Start: s.Start, End: s.End},
		})
	}
	m := &fakeModel{says: "Rain fell on Paris on Monday [1]. Snow fell on Lille [2]."}
	w := newWriter(m, fakeChecker{})
	for i, want := range [][]Sentence{
		{{"Rain fell on Paris on Monday.", []int{1}}, {"Snow fell on Lille.", []int{2}}},
		{{"Snow fell on Lille.", []int{2}}},
	} {
		got, err := w.Write(t.Context(), Request{Answer: a, Library: store})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Sentences); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if i > 0 {
			continue
		}
		if err := store.Remove(t.Context(), a.Citations[0].ArticleID); err != nil {
			t.Fatal(err)
		}
	}
	if told := m.asked[1][1].Text; strings.Contains(told, "Paris") || !strings.Contains(told, "Trains were late.") {
		t.Errorf("told:\n%s", told)
	}
}
