package answers

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ports is a collection of two articles in English and one in Arabic.
func ports() map[string][]Article {
	article := func(name, title, body string) Article {
		return Article{name, corpus.Article{Title: title, Source: "Harbour Wire", URL: "https://wire.example/" + name, Body: body}}
	}
	return map[string][]Article{"ports": {
		article("ferry.en", "Ferry", "The ferry Aurora sails to Ostland at noon. Captain Berg says that 40 people are on board."),
		article("crane.en", "Crane", "A crane fell on the quay of Westport. Nobody was hurt by the crane."),
		article("museum.ar", "المتحف", "افتتح وزير الثقافة متحف الميناء في المدينة القديمة. ويضم المتحف عشرين قاعة."),
	}}
}

// row is a question of ports without anything that says when.
func row(id, kind, lang, question, previous, articles, gold, expect string) string {
	return strings.Join([]string{id, "ports", kind, lang, question, previous, "", "", articles, gold, "", expect}, "\t") + "\n"
}

// runEval runs with a temporary folder of its own, which must be empty afterwards.
func runEval(t *testing.T, ctx context.Context, o Options) (*Report, error) { //nolint:revive // t first, as everywhere
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	o.Encoders = retrieval.Encoders{Strong: &encodertest.Fake{}, Quick: &encodertest.Fake{Size: 64}}
	report, err := Run(ctx, o)
	if left, readErr := os.ReadDir(dir); readErr != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v (%v)", left, readErr)
	}
	return report, err
}

func questions(t *testing.T, rows ...string) []Question {
	t.Helper()
	all, err := read(header + strings.Join(rows, ""))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The words find what is asked for within a language, and nothing of what is about
// something else.
func TestRun(t *testing.T) {
	asked := questions(t,
		row("1", "when", "en", "When does the ferry Aurora sail to Ostland?", "", "ferry.en", "at noon", "answer"),
		row("2", "who", "en", "Who was hurt by the crane on the quay of Westport?", "", "crane.en", "a wrong key", "answer"),
		row("3", "how many", "ar", "كم قاعة يضم متحف الميناء؟", "", "museum.ar", "عشرين قاعة", "answer"),
		row("4", "other", "en", "Which elephant painted Venus?", "", "", "", "decline"),
	)
	var progress []Progress
	report, err := runEval(t, t.Context(), Options{
		Questions: asked, Collections: ports(), Progress: func(p Progress) { progress = append(progress, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	f := report.Figures
	if f.Questions != 4 || f.Answerable != 3 || f.Unanswerable != 1 || f.Premises != 0 {
		t.Errorf("counted %+v", f)
	}
	if f.AnyRight != (Rate{2, 3}) || f.FalseAnswers != (Rate{0, 1}) || f.FalseRefusals != (Rate{0, 3}) || f.WindowRight != (Rate{}) {
		t.Errorf("any %v, false answers %v, false refusals %v, windows %v", f.AnyRight, f.FalseAnswers, f.FalseRefusals, f.WindowRight)
	}
	if f.Verbatim.Of < 3 || f.Verbatim.Right != f.Verbatim.Of || f.Citation.Of < 3 || f.Citation.Right != f.Citation.Of {
		t.Errorf("verbatim %v, cited %v: all must be right", f.Verbatim, f.Citation)
	}
	if r := report.ByDirection["ar->ar"]; r == nil || r.AnyRight != (Rate{1, 1}) {
		t.Errorf("from Arabic to Arabic: %+v", r)
	}
	if r := report.ByKind["who"]; r == nil || r.AnyRight != (Rate{0, 1}) {
		t.Errorf("who: %+v", r)
	}
	isWrong := func(m Miss) bool { return m.ID == "2" && slices.Contains(m.Faults, "any_right") }
	if !slices.ContainsFunc(report.Missed, isWrong) {
		t.Errorf("missed: %+v, want question 2", report.Missed)
	}
	last := progress[len(progress)-1]
	if last.Collection != "ports" || last.Asked != 3 || last.Questions != 4 {
		t.Errorf("progress ends with %+v", last)
	}
}

func TestRunErrors(t *testing.T) {
	asked := questions(t, row("1", "when", "en", "When does the ferry sail?", "", "ferry.en", "", "answer"))
	if _, err := runEval(t, t.Context(), Options{Questions: asked}); err == nil {
		t.Error("no error without the collection")
	}
	long := questions(t, row("1", "when", "en", strings.Repeat("ferry ", 1000), "", "ferry.en", "", "answer"))
	if _, err := runEval(t, t.Context(), Options{Questions: long, Collections: ports()}); !errors.Is(err, retrieval.ErrTooLong) {
		t.Errorf("a question that is too long: %v", err)
	}
	twice := ports()
	twice["ports"] = append(twice["ports"], Article{"empty.en", corpus.Article{Title: "Empty"}})
	if _, err := runEval(t, t.Context(), Options{Questions: asked, Collections: twice}); err == nil || !strings.Contains(err.Error(), "empty.en") {
		t.Errorf("an article without a body: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	stop := func(p Progress) {
		if p.Questions > 0 {
			cancel()
		}
	}
	if _, err := runEval(t, ctx, Options{Questions: asked, Collections: ports(), Progress: stop}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// What goes on from a question before it is asked after it, and told what was cited.
func TestTurn(t *testing.T) {
	cited := func(ids ...string) []retrieval.Citation {
		var all []retrieval.Citation
		for _, id := range ids {
			all = append(all, retrieval.Citation{ArticleID: id})
		}
		return all
	}
	got := turn(&retrieval.Answer{Question: "and when?", Understood: "When did it sink?", Citations: cited("b", "a", "b")})
	if got.Question != "When did it sink?" || !slices.Equal(got.Articles, []string{"b", "a"}) {
		t.Errorf("turn %+v", got)
	}
	if got := turn(&retrieval.Answer{Question: "When?"}); got.Question != "When?" || got.Articles != nil {
		t.Errorf("turn %+v", got)
	}
}

// The names of the figures are what others read.
func TestReportJSON(t *testing.T) {
	r := newReport(retrieval.Encoders{})
	r.add(&asking{Question: &Question{ID: "1", Kind: "who", Language: "en", Articles: []string{"a.ar"}, Expect: Premise}})
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for _, rate := range r.Rates() {
		if _, ok := got[rate.Name]; !ok {
			t.Errorf("no %s in %s", rate.Name, data)
		}
	}
	if len(r.Rates()) != len(measures) || got["premises_confirmed_rate"] != 0.0 || got["first_right"] != nil {
		t.Errorf("report %s", data)
	}
	if by, ok := got["by_direction"].(map[string]any); !ok || by["en->ar"] == nil {
		t.Errorf("by direction: %v", got["by_direction"])
	}
}
