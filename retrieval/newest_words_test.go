package retrieval

import (
	"testing"

	"newsbot/corpus/text"
)

func TestReadNewest(t *testing.T) {
	e := &Engine{analyzer: text.NewAnalyzer()}
	for _, row := range rows(t, "newest.tsv", 3) {
		r := request{Question: Question{Text: row[0]}}
		e.readNewest(&r)
		if r.Newest != (row[1] == "yes") || r.Text != row[2] {
			t.Errorf("%q: newest %v, left %q; want %s and %q", row[0], r.Newest, r.Text, row[1], row[2])
		}
	}
}
