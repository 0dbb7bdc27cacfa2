package eval

import (
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const bakery = "testdata/bakery"

// Two documents differ in a name alone, which typing can make the other one: the
// right one is then second, and the other question loses nothing. Questions that
// no document is relevant to do not count.
func TestRunTyping(t *testing.T) {
	for _, tt := range []struct {
		lang, loses string
		changed     map[string]int
	}{
		{"en", "no-apostrophes", map[string]int{"capitals": 2, "no-apostrophes": 1, "typo": 1}},
		{"ar", "no-hamza", map[string]int{"no-hamza": 1, "ha-for-ta": 0, "ya-swapped": 2, "persian": 2, "marks": 2, "digits": 0, "diacritics": 2}},
	} {
		t.Run(tt.lang, func(t *testing.T) {
			report := mustRun(t, Options{Dirs: []string{bakery}, QueryLang: tt.lang, CorpusLang: tt.lang, Typing: true})
			changed := map[string]int{}
			for _, c := range report.Typing.Cells {
				changed[c.Way] = c.Changed
				want := Ranking{2, 1, 1, 1, 1, 1}
				if c.Way == tt.loses {
					want = Ranking{2, .5, 1, 1, .75, (1 + .63093) / 2}
				}
				if c.QueryLang != tt.lang || c.CorpusLang != tt.lang || c.Plain != 1 || !near(c.Ranking, want) || math.Abs(c.Loss-(1-want.NDCG10)) > 1e-4 {
					t.Errorf("%s: %+v, want %+v", c.Way, c.TypingFigures, want)
				}
				if diff := cmp.Diff([]TypingSet{{"bakery", c.TypingFigures}}, c.Sets); diff != "" {
					t.Errorf("the set's figures are not the cell's:\n%s", diff)
				}
			}
			if diff := cmp.Diff(tt.changed, changed); diff != "" {
				t.Errorf("questions that are changed (-want +got):\n%s", diff)
			}
			if loss := report.Typing.WorstLoss; math.Abs(loss-(1-.63093)/2) > 1e-4 {
				t.Errorf("the worst loss is %v", loss)
			}
		})
	}
}

// What is left to chance follows from a question's id: other sets beside it
// change nothing, and figures over all are those of all questions.
func TestRunTypingSeveralSets(t *testing.T) {
	both := Options{Dirs: []string{bakery, tram}, QueryLang: "en", CorpusLang: "en", Typing: true}
	first, again := mustRun(t, both).Typing, mustRun(t, both).Typing
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("a second run differs:\n%s", diff)
	}
	both.Dirs = both.Dirs[:1]
	alone := mustRun(t, both).Typing
	for i, c := range first.Cells {
		if len(c.Sets) != 2 || c.Questions != 4 {
			t.Fatalf("cell %+v, want two sets of two questions", c)
		}
		if diff := cmp.Diff(alone.Cells[i].Sets[0], c.Sets[0]); diff != "" {
			t.Errorf("%s: beside another set:\n%s", c.Way, diff)
		}
		a, b := c.Sets[0], c.Sets[1]
		if c.Changed != a.Changed+b.Changed || math.Abs(c.Loss-(a.Loss+b.Loss)/2) > 1e-9 || math.Abs(c.Plain-(a.Plain+b.Plain)/2) > 1e-9 {
			t.Errorf("%s: over all %+v, of the sets %+v and %+v", c.Way, c.TypingFigures, a, b)
		}
	}
}

// Nothing else that is measured changes: the run and the mixed indexes are of the
// questions as they are.
func TestRunTypingBesides(t *testing.T) {
	measure := func(typing bool) (report *Report, runs map[string]string) {
		dir := t.TempDir()
		report = mustRun(t, Options{Dirs: []string{bakery}, Mixed: true, Typing: typing, RunFile: filepath.Join(dir, "out.trec")})
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(files) != 4 {
			t.Fatalf("runs %q (%v), want four", files, err)
		}
		runs = map[string]string{}
		for i, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			runs[filepath.Base(file)], report.Cells[i].Run = string(content), ""
		}
		report.Mixed.Latency = Latency{}
		return timeless(report), runs
	}
	plain, plainRuns := measure(false)
	typed, typedRuns := measure(true)
	if diff := cmp.Diff(plainRuns, typedRuns); diff != "" {
		t.Errorf("runs (-without +with):\n%s", diff)
	}
	pairs := map[string]int{}
	for _, c := range typed.Typing.Cells {
		pairs[c.QueryLang+"->"+c.CorpusLang]++
	}
	if want := map[string]int{"ar->ar": 7, "ar->en": 7, "en->ar": 3, "en->en": 3}; !maps.Equal(pairs, want) {
		t.Errorf("ways of typing %v, want %v", pairs, want)
	}
	typed.Typing = nil
	if diff := cmp.Diff(plain, typed); diff != "" {
		t.Errorf("the rest of the report (-without +with):\n%s", diff)
	}
}

// A question whose documents are left out is not asked again.
func TestRunTypingDrop(t *testing.T) {
	report := mustRun(t, Options{Dirs: []string{bakery}, QueryLang: "en", CorpusLang: "en", Drop: []string{write(t, "d3")}, Typing: true})
	for _, c := range report.Typing.Cells {
		if c.Questions != 1 {
			t.Errorf("%s: %d questions, want 1", c.Way, c.Questions)
		}
	}
}

// Progress names the way of typing.
func TestRunTypingProgress(t *testing.T) {
	var pairs []string
	mustRun(t, Options{Dirs: []string{bakery}, QueryLang: "en", CorpusLang: "en", Typing: true, Progress: func(p Progress) {
		if p.Questions > 0 && p.Asked == 0 {
			pairs = append(pairs, p.Pair)
		}
	}})
	if want := []string{"en->en", "en->en, capitals", "en->en, no-apostrophes", "en->en, typo"}; !slices.Equal(pairs, want) {
		t.Errorf("progress of %q, want %q", pairs, want)
	}
}

// Of questions in other languages no way of typing is known: with none but those
// there is nothing to measure, and beside others they have no cell.
func TestRunTypingOtherLanguages(t *testing.T) {
	files := small()
	files["queries.de.jsonl"] = `{"id":"q1","text":"Wann fährt die Fähre?"}`
	dir := folder(t, files)
	_, err := runEval(t, t.Context(), Options{Dirs: []string{dir}, QueryLang: "de", Typing: true})
	if err == nil || !strings.Contains(err.Error(), "of questions in ar and en, but they are in de") {
		t.Errorf("Run = %v", err)
	}
	for _, c := range mustRun(t, Options{Dirs: []string{dir}, Typing: true}).Typing.Cells {
		if c.QueryLang != "en" {
			t.Errorf("cell %+v", c)
		}
	}
}
