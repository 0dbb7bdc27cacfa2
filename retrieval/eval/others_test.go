package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/retrieval/eval/provenance"
)

// Questions of other sets are asked in the languages to ask in, thinned as their set
// is, and none of them has an answer. What cannot be asked is not answered.
func TestRunOthers(t *testing.T) {
	run := func(o Options) Cell {
		o.Dirs, o.CorpusLang = []string{city}, "en"
		o.Others = append(o.Others, tram)
		return mustRun(t, o).Cells[0]
	}
	c := run(Options{QueryLang: "en"})
	if diff := cmp.Diff(&Others{3, of(0)}, c.Others); diff != "" {
		t.Errorf("the questions of tram over city (-want +got):\n%s", diff)
	}
	if c.Overall.Unanswerable.Questions != 0 || c.Overall.Unjudged != 0 || c.Calibration.Questions != 6+3 {
		t.Errorf("cell %+v, want other questions in its calibration alone", c)
	}
	if diff := cmp.Diff(&Others{}, run(Options{QueryLang: "ar"}).Others); diff != "" {
		t.Errorf("there are none in Arabic (-want +got):\n%s", diff)
	}
	if got := run(Options{QueryLang: "en", Every: map[string]int{"tram": 2}}).Others.Questions; got != 1 {
		t.Errorf("%d of every second document's questions are asked, want 1", got)
	}
	// The same question about the same text is answered, which counts as false.
	files := small()
	files["corpus.en.jsonl"] = `{"id":"d1","text":"A giraffe named Tulip was born at the zoo on Friday."}`
	files["queries.en.jsonl"] = `{"id":"q1","text":"What is the name of the giraffe that was born at the zoo?"}` + "\n" + `{"id":"q2","text":"?!"}`
	if diff := cmp.Diff(&Others{5, of(.2)}, run(Options{QueryLang: "en", Others: []string{folder(t, files)}}).Others); diff != "" {
		t.Errorf("with a question that is answered and one that cannot be asked (-want +got):\n%s", diff)
	}
}

// Every quote is held against its document: of the questions and of what is about
// something else, whatever the verdict. A report without that has none of it.
func TestRunProvenance(t *testing.T) {
	o := Options{Dirs: []string{city}, QueryLang: "en", CorpusLang: "en"}
	if p := mustRun(t, o).Provenance; p != nil {
		t.Errorf("provenance %+v, which nobody asked for", p)
	}
	o.Provenance = true
	p := mustRun(t, o).Provenance
	if p == nil || p.Quotes < 12 || p.Cited < 12 || p.VerbatimRate != 1 || p.CitationRate != 1 {
		t.Errorf("provenance %+v of six questions asked twice", p)
	}
	if got := provenanceOf(provenance.Count{Quotes: 4, Verbatim: 3}); got.VerbatimRate != .75 || got.CitationRate != 1 {
		t.Errorf("provenance %+v, want three quarters verbatim", got)
	}
}
