package retrieval

import (
	"fmt"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A report that is there in both languages is one result, in the language of the
// question; one of another day or with other numbers is another report.
func TestJoinTwins(t *testing.T) {
	const told = "Rescuers said a strike on the port of Valen killed %d people and hurt %d others."
	march := corpus.Day(2024, 3, 5)
	tests := []struct {
		name      string
		published corpus.Date
		killed    int
		results   int
	}{
		{"the same", march, 12, 1},
		{"translated the day after", corpus.Day(2024, 3, 6), 12, 1},
		{"undated", corpus.Date{}, 12, 1},
		{"a week later", corpus.Day(2024, 3, 12), 12, 2},
		{"with other numbers", march, 9, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			here := corpus.Article{URL: "https://news.example/here", Title: "Strike", Language: text.English, Published: march, Body: fmt.Sprintf(told, 12, 12)}
			// The fake encoders know letters, not languages.
			there := corpus.Article{URL: "https://news.example/there", Title: "Strike", Language: text.Arabic, Published: tt.published, Body: fmt.Sprintf(told, tt.killed, tt.killed)}
			b := newBench(t, here, there)
			found, err := b.engine.Search(t.Context(), Question{Text: "How many did the strike on Valen kill?"}, 10)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) != tt.results {
				t.Errorf("%d results, want %d: %+v", len(found), tt.results, found)
			}
			if len(found) == 1 && found[0].Language != text.English {
				t.Errorf("the result is in %s", found[0].Language)
			}
		})
	}
}
