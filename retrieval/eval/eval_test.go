package eval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const city, tram = "testdata/city", "testdata/tram"

func fakes() retrieval.Encoders {
	return retrieval.Encoders{Strong: &encodertest.Fake{}, Quick: &encodertest.Fake{Size: 64}}
}

// runEval runs with a temporary folder of its own, which must be empty afterwards.
func runEval(t *testing.T, ctx context.Context, o Options) (*Report, error) { //nolint:revive // t first, as everywhere
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	if o.Encoders.Strong == nil {
		o.Encoders = fakes()
	}
	report, err := Run(ctx, o)
	if left, readErr := os.ReadDir(dir); readErr != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v (%v)", left, readErr)
	}
	return report, err
}

func mustRun(t *testing.T, o Options) *Report {
	t.Helper()
	report, err := runEval(t, t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// timeless is a report without what a clock says.
func timeless(r *Report) *Report {
	for i := range r.Cells {
		r.Cells[i].Latency = Latency{}
	}
	return r
}

// The fake encoder and the words find everything within a language. A question
// has one relevant document, so its figures are those of a rank.
func TestRun(t *testing.T) {
	all := Figures{
		Ranking: Ranking{6, 1, 1, 1, 1, 1},
		Answers: &Answers{Questions: 6, First: 1, Any: 1, Passage: 1}, Found: &Quotes{6, 1, 1}, Given: &Quotes{6, 1, 1},
		Unanswerable: &Unanswerable{Answerable: 6, FalseRefusals: of(0)},
	}
	for _, lang := range []string{"en", "ar"} {
		got := timeless(mustRun(t, Options{Dirs: []string{city}, QueryLang: lang, CorpusLang: lang}))
		calibration := got.Cells[0].Calibration // TestCalibration looks at it
		if calibration == nil || calibration.Questions != 6 {
			t.Errorf("in %s: calibration %+v of all six questions", lang, calibration)
		}
		want := &Report{
			Encoders: []string{"fake-trigram.1", "fake-trigram.1/64"},
			Cells: []Cell{{
				QueryLang: lang, CorpusLang: lang, Documents: 6, Overall: all,
				Sets: []SetFigures{{"city", all}}, Calibration: calibration,
			}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in %s (-want +got):\n%s", lang, diff)
		}
	}
}

// Without languages, all pairings are measured that questions and documents
// allow; with one, those with it.
func TestRunPairs(t *testing.T) {
	tests := []struct {
		name string
		o    Options
		want string
	}{
		{"all", Options{Dirs: []string{city}}, "ar->ar en->ar ar->en en->en"},
		{"to Arabic", Options{Dirs: []string{city}, CorpusLang: "ar"}, "ar->ar en->ar"},
		{"in Arabic", Options{Dirs: []string{city}, QueryLang: "ar"}, "ar->ar ar->en"},
		{"one", Options{Dirs: []string{city}, QueryLang: "en", CorpusLang: "ar"}, "en->ar"},
		{"of several sets", Options{Dirs: []string{tram, city}}, "ar->ar en->ar ar->en en->en"},
		{"in English only", Options{Dirs: []string{tram}}, "en->en"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range mustRun(t, tt.o).Cells {
				got = append(got, c.QueryLang+"->"+c.CorpusLang)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("cells %s, want %s", s, tt.want)
			}
		})
	}
}

// Two documents of the same text are one article, and both are found: the
// relevant one is second, since it is second in the file. Ids of two sets may be
// the same.
func TestRunSeveralSets(t *testing.T) {
	run := filepath.Join(t.TempDir(), "out.trec")
	report := mustRun(t, Options{Dirs: []string{city, tram}, QueryLang: "en", CorpusLang: "en", RunFile: run})
	c := report.Cells[0]
	if c.Documents != 9 || len(c.Sets) != 2 || c.Sets[0].Set != "city" || c.Sets[1].Set != "tram" {
		t.Fatalf("cell %+v", c)
	}
	second := Ranking{1, 0, 1, 1, .5, .63093}
	want := second
	want.merge(Ranking{1, 1, 1, 1, 1, 1})
	if got := c.Sets[1].Figures; !near(got.Ranking, want.over(2)) || got.Unjudged != 1 || got.Answers != nil {
		t.Errorf("tram: %+v, want %+v and one without judgement", got, want.over(2))
	}
	want.merge(Ranking{6, 6, 6, 6, 6, 6})
	if got := c.Overall; !near(got.Ranking, want.over(8)) || got.Answers.Questions != 6 || got.Unjudged != 1 {
		t.Errorf("over all: %+v, want %+v", got, want.over(8))
	}
	lines := trecLines(t, run)
	if n := strings.Count(strings.Join(lines, "\n"), "tram/q1 Q0 tram/d"); n != 3 {
		t.Errorf("%d lines of tram/q1 name documents of tram, want 3", n)
	}
	for _, want := range []string{"tram/q1 Q0 tram/d1 1 ", "tram/q1 Q0 tram/d2 2 ", "city/q1 Q0 city/d1 1 ", "tram/q3 Q0 "} {
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, want) }) {
			t.Errorf("no line of the run begins with %q", want)
		}
	}
}

func trecLines(t *testing.T, path string) []string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
	for _, l := range lines {
		if f := strings.Split(l, " "); len(f) != 6 || f[1] != "Q0" || f[5] != "newsbot" {
			t.Errorf("line %q", l)
		}
	}
	return lines
}

// Questions whose documents are left out are counted, asked whether they are
// refused, and stand in no other figure and no run.
func TestRunDrop(t *testing.T) {
	dir := t.TempDir()
	drop, run := filepath.Join(dir, "drop.txt"), filepath.Join(dir, "out.trec")
	if err := os.WriteFile(drop, []byte("d1\r\n\n d2 \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	report := mustRun(t, Options{Dirs: []string{city}, QueryLang: "en", CorpusLang: "en", Drop: []string{drop}, RunFile: run})
	c := report.Cells[0]
	if c.Documents != 4 || c.Overall.Questions != 4 || c.Overall.NDCG10 != 1 || c.Overall.Answers.Questions != 4 {
		t.Errorf("cell %+v", c)
	}
	want := &Unanswerable{Questions: 2, Refused: 1, Answerable: 4, FalseAnswers: of(0), FalseRefusals: of(0), AUROC: of(1)}
	if diff := cmp.Diff(want, c.Overall.Unanswerable); diff != "" {
		t.Errorf("unanswerable (-want +got):\n%s", diff)
	}
	for _, l := range trecLines(t, run) {
		if strings.HasPrefix(l, "q1 ") || strings.HasPrefix(l, "q2 ") || strings.Contains(l, " d1 ") {
			t.Errorf("line %q of what is left out", l)
		}
	}
	if c.Calibration.Questions != 6 {
		t.Errorf("calibration of %d questions, want it of those with and without documents", c.Calibration.Questions)
	}
	// The name of a set tells its documents from those of others. Sets may have files of their own.
	drops := []string{write(t, "city/d1"), write(t, "tram/d3")}
	cells := mustRun(t, Options{Dirs: []string{city, tram}, QueryLang: "en", CorpusLang: "en", Drop: drops}).Cells
	if c := cells[0]; c.Documents != 7 || c.Sets[0].Unanswerable.Questions != 1 || c.Sets[1].Unanswerable.Questions != 1 || c.Overall.Unanswerable.Questions != 2 {
		t.Errorf("without city/d1 and tram/d3: %+v", c)
	}
	// One of two relevant documents is left out: the other is all there is to find.
	files := small()
	files["corpus.en.jsonl"] += `{"id":"d2","text":"The ferry sails at noon from the harbour."}`
	files["qrels.tsv"] += "q1\td2\n"
	if got := mustRun(t, Options{Dirs: []string{folder(t, files)}, Drop: []string{write(t, "d2")}}).Cells[0].Overall; got.NDCG10 != 1 || got.Unanswerable.Questions != 0 || got.Unanswerable.Answerable != 1 {
		t.Errorf("figures %+v, want a perfect ranking", got)
	}
}

// write writes a file.
func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Questions that cannot be asked find nothing, and that is said. A query of stop
// words only is asked.
func TestRunOddQuestions(t *testing.T) {
	files := small()
	files["queries.en.jsonl"] = `{"id":"q1","text":"؟!"}` + "\n" + `{"id":"q2"}` + "\n" +
		`{"id":"q3","text":"` + strings.Repeat("ferry ", 10000) + `"}` + "\n" + `{"id":"q4","text":"what is the of"}` + "\n"
	files["qrels.tsv"] = "q1\td1\nq2\td1\nq3\td1\nq4\td1\n"
	files["answers.jsonl"] = `{"id":"q1","answers":["noon"]}`
	c := mustRun(t, Options{Dirs: []string{folder(t, files)}}).Cells[0]
	if c.Latency.Questions != 1 {
		t.Errorf("%d questions are timed, want the one that was searched for", c.Latency.Questions)
	}
	got := c.Overall
	if got.Questions != 4 || got.Unaskable != 3 || got.Hit10 != .25 {
		t.Errorf("figures %+v, want one of four found", got)
	}
	if got.Answers == nil || got.Answers.Refused != 1 {
		t.Errorf("answers %+v, want one refused", got.Answers)
	}
}

// Text that is no text is searched in and asked without harm, as far as it goes: in
// JSON, broken UTF-8 and half a surrogate pair are U+FFFD.
func TestRunOddText(t *testing.T) {
	files := small()
	files["corpus.en.jsonl"] += `{"id":"d2","text":"The bri` + "\xff\xc3" + `dge \ud800 \udc00 of Orla\u0000 fell."}` + "\n" +
		`{"id":"d3","text":"` + strings.Repeat("b", 5000) + " is a word of the letter e" + strings.Repeat("\u0301", 10_000) + `."}` + "\n" +
		`{"id":"d4","title":"\u0000","text":"\u202e\u0007\u001b[31mRed is the colour of the harbour."}` + "\n"
	files["queries.en.jsonl"] = `{"id":"q2","text":"Which bri` + "\xff" + `dge of Orla \udc00 fell?\u0000"}` + "\n" +
		`{"id":"q3","text":"Which word is of the letter e` + strings.Repeat("\u0301", 900) + `?"}` + "\n" +
		`{"id":"q4","text":"What colour is the \u202eharbour?"}` + "\n" +
		`{"id":"q5","text":"🙂🙂"}` + "\n"
	files["qrels.tsv"] = "q2\td2\nq3\td3\nq4\td4\nq5\td1\n"
	got := mustRun(t, Options{Dirs: []string{folder(t, files)}}).Cells[0]
	if got.Documents != 4 || got.Overall.Questions != 4 || got.Overall.Unaskable != 1 || got.Overall.Hit1 != .75 {
		t.Errorf("cell %+v, want three of four found, and one that cannot be asked", got)
	}
}

// A thousand documents of the same text: a question finds a hundred of them, in
// their order.
func TestRunManyTwins(t *testing.T) {
	files := small()
	var b strings.Builder
	for i := range 1000 {
		b.WriteString(strings.Replace(files["corpus.en.jsonl"], "d1", fmt.Sprintf("t%03d", i), 1))
	}
	files["corpus.en.jsonl"] = b.String()
	files["qrels.tsv"] = "q1\tt000\n"
	run := filepath.Join(t.TempDir(), "out.trec")
	c := mustRun(t, Options{Dirs: []string{folder(t, files)}, RunFile: run}).Cells[0]
	if c.Documents != 1000 || c.Overall.NDCG10 != 1 {
		t.Errorf("cell %+v", c)
	}
	if lines := trecLines(t, run); len(lines) != maxDocuments || !strings.HasPrefix(lines[99], "q1 Q0 t099 100 ") {
		t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
	}
}

// A title that is given reaches the engine as such; where there is none, none is
// made of the id.
func TestRunTitles(t *testing.T) {
	x := &maker{dir: t.TempDir(), encoders: fakes(), progress: func(Progress) {}}
	s, err := ReadSet(t.Context(), city)
	if err != nil {
		t.Fatal(err)
	}
	p := &plan{sets: []*Set{s}}
	made, err := x.make(t.Context(), "en", p.documents("en"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := made.Close(); err != nil {
			t.Error(err)
		}
	}()
	titles := map[string]bool{}
	for article, ids := range made.documents {
		a, err := made.store.Article(t.Context(), article)
		if err != nil {
			t.Fatal(err)
		}
		if a.TitleDerived != (ids[0] == "d2" || ids[0] == "d4") || strings.Contains(a.Title, ids[0]) {
			t.Errorf("the title of %s is %q, derived: %v", ids, a.Title, a.TitleDerived)
		}
		titles[a.Title] = true
	}
	if !titles["Lighthouse"] {
		t.Errorf("titles %v", titles)
	}
}

func TestRunBadInput(t *testing.T) {
	spaced := with("corpus.en.jsonl", `{"id":"d1","text":"It sails."}`+"\n"+`{"id":"d 2","text":"It rests."}`)
	own, dropped := folder(t, small()), write(t, "d1\n")
	tests := []struct {
		name string
		o    Options
		says string
	}{
		{"no set", Options{}, "no folder"},
		{"no folder", Options{Dirs: []string{"missing"}}, "missing not found"},
		{"no such questions", Options{Dirs: []string{city}, QueryLang: "fr"}, "testdata/city/queries.fr.jsonl not found: there are questions in ar, en"},
		{"no such documents", Options{Dirs: []string{city}, CorpusLang: "fr"}, "testdata/city/corpus.fr.jsonl not found: there are documents in ar, en"},
		{"the same set twice", Options{Dirs: []string{city, "./testdata/../testdata/city"}}, "are both called city: rename one of the folders"},
		{"nothing judged", Options{Dirs: []string{folder(t, with("qrels.tsv", ""))}}, "has a relevant document"},
		{"a document without words", Options{Dirs: []string{folder(t, with("corpus.en.jsonl", `{"id":"d1","text":"..."}`))}}, `corpus.en.jsonl:1: document "d1": `},
		{"a document that is too long", Options{Dirs: []string{folder(t, with("corpus.en.jsonl", `{"id":"d1","text":"`+strings.Repeat("long ", 1<<20+1)+`"}`))}}, `corpus.en.jsonl:1: document "d1": `},
		{"no file of documents to leave out", Options{Dirs: []string{city}, Drop: []string{"missing.txt"}}, "missing.txt not found, which was to name the documents to leave out"},
		{"an unknown document to leave out", Options{Dirs: []string{city}, Drop: []string{write(t, "d1\nd9\n")}}, `:2: unknown document "d9": no corpus.LANG.jsonl has that id; correct this line or delete it`},
		{"other questions that are not other", Options{Dirs: []string{city}, Others: []string{tram, "./testdata/../testdata/city"}}, "testdata/city are indexed, so that its questions are not about something else"},
		{"no other questions", Options{Dirs: []string{city}, Others: []string{"missing"}}, "missing not found"},
		{"nothing kept", Options{Dirs: []string{city}, Every: map[string]int{"": 0}}, "every 0-th document of a set cannot be kept"},
		{"a set to be thinned that there is not", Options{Dirs: []string{city}, Every: map[string]int{"tram": 2}}, "there is no set tram to be thinned"},
		{"all left out", Options{Dirs: []string{folder(t, small())}, Drop: []string{write(t, "d1")}}, "every document in en is left out"},
		{"a space in an id of a run", Options{Dirs: []string{folder(t, spaced)}, RunFile: filepath.Join(t.TempDir(), "out")}, `corpus.en.jsonl:2: id "d 2" has a space in it, which a TREC run cannot hold`},
		{"a run in the place of judgements", Options{Dirs: []string{own}, RunFile: filepath.Join(own, "qrels.tsv")}, "qrels.tsv is a file of a set: give the run another name"},
		{"a run in the place of documents", Options{Dirs: []string{own}, RunFile: own + "/../set/corpus.en.jsonl"}, "is a file of a set: give the run another name"},
		{"a run as documents to come", Options{Dirs: []string{own}, RunFile: filepath.Join(own, "corpus.ar.jsonl")}, "is a file of a set: give the run another name"},
		{"a run in the place of what is left out", Options{Dirs: []string{city}, QueryLang: "en", CorpusLang: "en", Drop: []string{dropped}, RunFile: dropped}, dropped + " names the documents to leave out: give the run another name"},
		{"a run in no folder", Options{Dirs: []string{city}, RunFile: "missing/out.trec"}, "no folder missing to write the run into"},
		{"a run in a folder's place", Options{Dirs: []string{tram}, RunFile: t.TempDir()}, "is a folder: a run is a file"},
		{"a plot in the place of judgements", Options{Dirs: []string{own}, PlotFile: filepath.Join(own, "qrels.tsv")}, "qrels.tsv is a file of a set: give the plot another name"},
		{"a plot in the place of other questions", Options{Dirs: []string{city}, Others: []string{own}, PlotFile: filepath.Join(own, "queries.en.jsonl")}, "is a file of a set: give the plot another name"},
		{"a plot in the place of what is left out", Options{Dirs: []string{city}, Drop: []string{dropped}, PlotFile: dropped}, dropped + " names the documents to leave out: give the plot another name"},
		{"a plot in the place of a run", Options{Dirs: []string{city}, RunFile: "out", PlotFile: "./out.en-ar"}, "./out.en-ar is to be a run: give the plot another name"},
		{"a plot in no folder", Options{Dirs: []string{city}, PlotFile: "missing/out.svg"}, "no folder missing to write the plot into"},
		{"a plot in a folder's place", Options{Dirs: []string{tram}, PlotFile: t.TempDir()}, "is a folder: a plot is a file"},
		{"one language to mix", Options{Dirs: []string{tram}, Mixed: true}, "two languages are mixed, but there are documents in en"},
		{"one language named to mix", Options{Dirs: []string{city}, Mixed: true, QueryLang: "en"}, "two different languages are mixed"},
		{"a cache in a file's place", Options{Dirs: []string{city}, Cache: write(t, "")}, "keeping vectors: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := runEval(t, t.Context(), tt.o)
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Run = %v, want %s", err, tt.says)
			}
		})
	}
}

// Ids with spaces matter to a run only.
func TestRunSpacedIDs(t *testing.T) {
	files := small()
	for name, content := range files {
		files[name] = strings.Replace(content, "d1", "d 1", 1)
	}
	if got := mustRun(t, Options{Dirs: []string{folder(t, files)}}).Cells[0].Overall; got.Hit1 != 1 {
		t.Errorf("figures %+v", got)
	}
}

// Stopped at an early or a late call of an encoder, Run returns the context's error, leaves no
// temporary folder, no run and no plot, and what a run was to replace stands.
func TestRunStopped(t *testing.T) {
	calls := 0
	for stop := 1; ; stop += stop/2 + 1 {
		ctx, cancel := context.WithCancel(t.Context())
		calls = 0
		hook := func(ctx context.Context, _ []string) error {
			if calls++; calls == stop {
				cancel()
			}
			return ctx.Err()
		}
		dir := t.TempDir()
		run, plot := filepath.Join(dir, "out.trec"), filepath.Join(dir, "out.svg")
		if err := os.WriteFile(run, []byte("before"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := runEval(t, ctx, Options{
			Dirs: []string{city}, QueryLang: "en", CorpusLang: "en", RunFile: run, PlotFile: plot,
			Encoders: retrieval.Encoders{Strong: &encodertest.Fake{Before: hook}, Quick: &encodertest.Fake{Size: 64, Before: hook}},
		})
		cancel()
		content, readErr := os.ReadFile(run)
		if readErr != nil {
			t.Fatal(readErr)
		}
		files, _ := os.ReadDir(dir)
		if calls < stop { // it came to its end
			if err != nil || string(content) == "before" || len(files) != 2 {
				t.Errorf("Run = %v, and the run is %.20q, among %v", err, content, files)
			}
			break
		}
		if !errors.Is(err, context.Canceled) || string(content) != "before" || len(files) != 1 {
			t.Fatalf("stopped at call %d: %v, and the run is %.20q, among %v", stop, err, content, files)
		}
	}
	if calls < 10 {
		t.Errorf("the encoders were called %d times: this test stopped nothing", calls)
	}
}

func TestRunEncoderFails(t *testing.T) {
	broken := &encodertest.Fake{Before: func(context.Context, []string) error { return encodertest.ErrFake }}
	_, err := runEval(t, t.Context(), Options{Dirs: []string{tram}, Encoders: retrieval.Encoders{Strong: broken}})
	if !errors.Is(err, encodertest.ErrFake) {
		t.Errorf("Run = %v", err)
	}
}

// With a cache the second run encodes nothing, and gives the same.
func TestRunCached(t *testing.T) {
	o := Options{Dirs: []string{city, tram}}
	want := timeless(mustRun(t, o))
	o.Cache = filepath.Join(t.TempDir(), "cache")
	for round := range 2 {
		strong, quick := newCounting(), newCounting()
		strong.Size, quick.Size = 0, 64
		o.Encoders = retrieval.Encoders{Strong: strong, Quick: quick}
		got := mustRun(t, o)
		if encoded := len(strong.encoded()) + len(quick.encoded()); (encoded == 0) != (round == 1) {
			t.Errorf("run %d encoded %d texts", round, encoded)
		}
		if l := got.Cells[0].Latency; round == 1 && l.Cached != l.Questions || round == 0 && l.Cached != 0 {
			t.Errorf("run %d: latency %+v", round, l)
		}
		if diff := cmp.Diff(want, timeless(got)); diff != "" {
			t.Errorf("run %d (-without a cache +with):\n%s", round, diff)
		}
	}
}

// Progress tells of encoding, and of every question in order.
func TestRunProgress(t *testing.T) {
	var pairs []string
	encoding := false
	mustRun(t, Options{Dirs: []string{tram}, Progress: func(p Progress) {
		if p.Questions == 0 {
			encoding = encoding || p.Index == "en"
			return
		}
		pairs = append(pairs, p.Pair)
		if p.Asked != len(pairs)-1 || p.Questions != 3 {
			t.Errorf("progress %+v after %d questions", p, len(pairs)-1)
		}
	}})
	if !encoding || len(pairs) != 3 || pairs[0] != "en->en" {
		t.Errorf("progress of encoding: %v, of questions: %q", encoding, pairs)
	}
}

func TestRunMissingIsNotExist(t *testing.T) {
	for _, o := range []Options{{Dirs: []string{"missing"}}, {Dirs: []string{city}, CorpusLang: "fr"}} {
		if _, err := runEval(t, t.Context(), o); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Run = %v, want fs.ErrNotExist", err)
		}
	}
}
