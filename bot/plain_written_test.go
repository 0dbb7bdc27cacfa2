package bot

import (
	"strings"
	"testing"

	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/writer"
)

// What a model has written stands above the answer, which is the same as without it.
func TestPlainWritten(t *testing.T) {
	a := retrieval.Answer{
		Language: text.English, Asked: text.English, Verdict: retrieval.Answered, Kind: retrieval.Best, Articles: 1,
		Citations: []retrieval.Citation{{N: 1, ArticleID: "a", Title: "The tram", Language: text.English, Quote: retrieval.Quote{Text: "It opened on Monday."}}},
	}
	alone := PlainText(a)
	got := InternationalMonths.PlainWritten(a, writer.Written{Model: "small:1b", Sentences: []writer.Sentence{
		{Text: "The tram opened.", Cites: []int{1}}, {Text: "That was on Monday.", Cites: []int{1, 2}},
	}})
	above, found := strings.CutSuffix(got, alone)
	if !found || !strings.HasPrefix(above, "The tram opened. [1] That was on Monday. [1][2]\n") || !strings.Contains(above, "small:1b") {
		t.Errorf("%q, want what is written above %q", got, alone)
	}
	if got := InternationalMonths.PlainWritten(a, writer.Written{Model: "small:1b", Reason: writer.ReasonLittle}); got != alone {
		t.Errorf("with nothing written %q, want %q", got, alone)
	}
}
