package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
