package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// ferries is a set of so many documents, in Arabic in the other order and without
// the first, each of which answers one question.
func ferries(t *testing.T, n int) string {
	t.Helper()
	var en, ar, questions, qrels strings.Builder
	for i := range n {
		fmt.Fprintf(&en, `{"id":"d%d","text":"Ferry %d sails at noon."}`+"\n", i, i)
		fmt.Fprintf(&questions, `{"id":"q%d","text":"When does ferry %d sail?"}`+"\n", i, i)
		fmt.Fprintf(&qrels, "q%d\td%d\n", i, i)
	}
	for i := n - 1; i > 0; i-- {
		fmt.Fprintf(&ar, `{"id":"d%d","text":"تبحر العبّارة %d ظهرا."}`+"\n", i, i)
	}
	return folder(t, map[string]string{
		"corpus.en.jsonl": en.String(), "corpus.ar.jsonl": ar.String(), "queries.en.jsonl": questions.String(), "qrels.tsv": qrels.String(),
	})
}

func TestThinDocuments(t *testing.T) {
	// The Arabic documents come first, so that these are counted: d6, d5, ... d1, d0.
	tests := []struct {
		n    int
		want string
	}{
		{1, "d0 d1 d2 d3 d4 d5 d6"},
		{2, "d0 d2 d4 d6"},
		{3, "d0 d3 d6"},
		{5, "d1 d6"},
		{9, "d6"},
	}
	for _, tt := range tests {
		s, err := ReadSet(t.Context(), ferries(t, 7))
		if err != nil {
			t.Fatal(err)
		}
		s.thinDocuments(tt.n)
		want := strings.Fields(tt.want)
		var documents, questions []string
		for _, d := range s.Documents["en"] {
			documents = append(documents, d.ID)
		}
		for _, q := range s.Questions["en"] {
			questions = append(questions, strings.Replace(q.ID, "q", "d", 1))
		}
		if !slices.Equal(documents, want) || !slices.Equal(questions, want) || !slices.Equal(slices.Sorted(maps.Keys(s.ids["en"])), want) {
			t.Errorf("of every %d documents %q are kept and questions of %q, want %q", tt.n, documents, questions, want)
		}
		for _, d := range s.Documents["ar"] {
			if !slices.Contains(want, d.ID) {
				t.Errorf("of every %d documents %s is kept in Arabic alone", tt.n, d.ID)
			}
		}
	}
}

// A question one of whose documents is thinned away looks for the other one, and has
// lost all of them when that is left out.
func TestRunThinned(t *testing.T) {
	files := small()
	files["corpus.en.jsonl"] = `{"id":"d1","text":"The ferry sails at noon."}` + "\n" + `{"id":"d2","text":"The ferry sails at midday."}` + "\n" +
		`{"id":"d3","text":"The tram stops at the museum."}` + "\n"
	files["queries.en.jsonl"] = `{"id":"q1","text":"When does the ferry sail?"}` + "\n" + `{"id":"q2","text":"Does it sail at midday?"}` + "\n" +
		`{"id":"q3","text":"Where does the tram stop?"}` + "\n" + `{"id":"q4","text":"Who answers this?"}` + "\n"
	files["qrels.tsv"] = "q1\td1\nq1\td2\nq2\td2\nq3\td3\n"
	dir := folder(t, files)
	c := mustRun(t, Options{Dirs: []string{dir}, Every: map[string]int{"": 2}}).Cells[0]
	if o := c.Overall; c.Documents != 2 || o.Questions != 2 || o.Unjudged != 0 || o.NDCG10 != 1 || o.Unanswerable.Questions != 0 {
		t.Errorf("cell %+v, want two documents and their questions", c)
	}
	drop := []string{write(t, "d1\nd2\n")} // the second is not there any more
	c = mustRun(t, Options{Dirs: []string{dir}, Every: map[string]int{"set": 2}, Drop: drop}).Cells[0]
	if u := c.Overall.Unanswerable; c.Documents != 1 || u.Questions != 1 || u.Answerable != 1 {
		t.Errorf("without d1: %d documents, %+v; want q1 alone to be lost", c.Documents, u)
	}
}

// Thinning is of one set or of all that are not named, and of what is mixed and
// gathered too.
func TestThinnedSets(t *testing.T) {
	o := Options{Dirs: []string{city, tram}, QueryLang: "en", CorpusLang: "en", Every: map[string]int{"city": 3, "": 2}}
	c := mustRun(t, o).Cells[0]
	if c.Documents != 2+2 || c.Sets[0].Questions != 2 {
		t.Errorf("cell %+v, want every third document of city and every second of tram", c)
	}
	o = Options{Dirs: []string{city}, Every: map[string]int{"city": 3}, Mixed: true, Encoders: fakes()}
	for _, c := range mustRun(t, o).Mixed.Cells {
		if c.Questions != 2 {
			t.Errorf("%s->%s: %d questions in both indexes, want 2", c.QueryLang, c.CorpusLang, c.Questions)
		}
	}
	samples := 0
	o.Mixed, o.QueryLang, o.CorpusLang = false, "en", "en"
	err := Gather(t.Context(), o, 0, func(s *Sample) error {
		samples++
		if len(s.Candidates) != 2 {
			t.Errorf("%d candidates, want 2", len(s.Candidates))
		}
		return nil
	})
	if err != nil || samples != 2 {
		t.Errorf("%d samples (%v), want 2", samples, err)
	}
}
