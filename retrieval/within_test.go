package retrieval

import (
	"fmt"
	"slices"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// Articles are answered from that searching does not find among all the others.
func TestAskWithin(t *testing.T) {
	var all []corpus.Article
	for i := range 2*candidatesBy + 20 {
		all = append(all, corpus.Article{
			Title: fmt.Sprintf("Notice %d", i), Source: "Valley Post", Language: text.English,
			Body: fmt.Sprintf("The ferry line from Port Valen to Sandholm was opened again on pier %d.", i),
		})
	}
	b := newBench(t, all...)
	electionID, arabicID, ferryID := b.add(ferryElection), b.add(ferryArabic), b.add(ferry)
	b.encode()
	b.refresh()
	found, err := b.engine.Search(t.Context(), Question{Text: askFerry}, len(all))
	if err != nil || slices.ContainsFunc(found, func(r Result) bool { return r.ArticleID == electionID }) {
		t.Fatalf("searching finds the election, which this test takes for impossible to find (%v)", err)
	}
	tests := []struct {
		name     string
		question Question
		articles []string // those with evidence, in any order; one of them is quoted first
		first    string
	}{
		{"the right one", Question{Within: []string{ferryID}}, []string{ferryID}, ferryID},
		{"in the other language", Question{Within: []string{arabicID}}, []string{arabicID}, arabicID},
		{"one that searching does not find", Question{Within: []string{electionID}}, []string{electionID}, electionID},
		{"several", Question{Within: []string{electionID, ferryID, "gone", ferryID}}, []string{ferryID, electionID}, ferryID},
		{"none that is there", Question{Within: []string{"gone"}}, nil, ""},
		{"none of the language", Question{Within: []string{ferryID}, Only: text.Arabic}, nil, ""},
		{"but not one of them", Question{Within: []string{electionID, ferryID}, Except: []string{ferryID}}, []string{electionID}, electionID},
	}
	for _, tt := range tests {
		tt.question.Text, tt.question.Regardless = askFerry, true
		a, err := b.engine.Ask(t.Context(), tt.question)
		if err != nil {
			t.Fatal(err)
		}
		b.verbatim(a)
		var articles []string
		for _, r := range a.Evidence {
			articles = append(articles, r.ArticleID)
		}
		slices.Sort(articles)
		slices.Sort(tt.articles)
		if articles = slices.Compact(articles); !slices.Equal(articles, tt.articles) {
			t.Errorf("%s: evidence of %q, want that of %q", tt.name, articles, tt.articles)
		}
		if quoted := append(cited(a), ""); quoted[0] != tt.first {
			t.Errorf("%s: quoted are %q, want %q first", tt.name, titles(a), tt.first)
		}
	}
}

// What is declined is quoted when that is asked for, and stays declined; what is
// answered is the same either way.
func TestAskRegardless(t *testing.T) {
	b := newBench(t, ferry, ferryLater, ferryArabic, bridge, museum)
	for _, question := range []string{askFerry, askFerryArabic, "Who won the chess championship of Brazil?"} {
		plain := b.answerTo(Question{Text: question})
		a, err := b.engine.Ask(t.Context(), Question{Text: question, Regardless: true})
		if err != nil {
			t.Fatal(err)
		}
		b.verbatim(a)
		if a.Verdict != plain.Verdict || a.Probability != plain.Probability || a.More != plain.More || !slices.Equal(a.Languages, plain.Languages) {
			t.Errorf("%q: %s and %v, want %s and %v", question, a.Verdict, a.Probability, plain.Verdict, plain.Probability)
		}
		switch {
		case len(a.Citations) == 0:
			t.Errorf("%q: nothing is quoted", question)
		case plain.Verdict != Declined && !slices.Equal(titles(a), titles(plain)):
			t.Errorf("%q: %q are quoted, want %q", question, titles(a), titles(plain))
		}
	}
	none := newBench(t)
	if a, err := none.engine.Ask(t.Context(), Question{Text: askFerry, Regardless: true}); err != nil || a.Citations != nil || a.Verdict != Declined {
		t.Errorf("of no articles %+v (%v), want nothing", a, err)
	}
}
