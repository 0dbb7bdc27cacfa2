package retrieval_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/samples"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The questions are those of one file, what becomes of them stands in the other.
const (
	rankingQuestions = "testdata/ranking/questions.tsv"
	rankingGolden    = "testdata/ranking/ranks.golden"
)

const (
	ranked   = 10 // articles in which the wanted one is looked for
	named    = 3  // of which so many are named in the golden file
	passages = 200
)

// A rankingQuestion is a line of the questions' file: what is asked and, after a
// tab, the sample article that tells, or "-" when none does. Where the reports in
// both languages tell it, both are named, with "|" between them.
type rankingQuestion struct {
	text   string
	wanted []string // empty when no article tells
}

// readRankingQuestions leaves out empty lines and those that begin with "#".
func readRankingQuestions(t *testing.T) []rankingQuestion {
	t.Helper()
	raw, err := os.ReadFile(rankingQuestions)
	if err != nil {
		t.Fatal(err)
	}
	var all []rankingQuestion
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		asked, wanted, ok := strings.Cut(line, "\t")
		if !ok || asked == "" || wanted == "" || strings.Contains(wanted, "\t") {
			t.Fatalf("%s: line %q: a question, a tab and an article are wanted", rankingQuestions, line)
		}
		q := rankingQuestion{text: asked}
		if wanted != "-" {
			q.wanted = strings.Split(wanted, "|")
		}
		all = append(all, q)
	}
	return all
}

// lang is ar or en, as in the names of the articles.
func (q rankingQuestion) lang() text.Language { return text.Detect(q.text) }

// kind is how the question's language and that of the article that tells differ.
func (q rankingQuestion) kind() string {
	if len(q.wanted) == 0 {
		return "unanswerable"
	}
	isOwn := func(file string) bool { return strings.HasSuffix(file, "."+string(q.lang())) }
	if slices.ContainsFunc(q.wanted, isOwn) {
		return string(q.lang()) + " in its own language"
	}
	return string(q.lang()) + " across languages"
}

// TestRankingQuestions checks that the questions are what the ranking is to be
// tried with: enough of every kind, about every article, and none of those that
// the choice of sentences is tried with.
func TestRankingQuestions(t *testing.T) {
	files, err := sampleFiles()
	if err != nil {
		t.Fatal(err)
	}
	others := string(samples.Questions())
	kinds, about, seen := map[string]int{}, map[string]bool{}, map[string]bool{}
	for _, q := range readRankingQuestions(t) {
		if seen[q.text] || strings.Contains(others, q.text+"\t") {
			t.Errorf("%q is asked twice", q.text)
		}
		seen[q.text] = true
		kinds[q.kind()]++
		for _, w := range q.wanted {
			if about[w] = true; !slices.Contains(files, w+".md") {
				t.Errorf("%q: no article is called %q", q.text, w)
			}
		}
	}
	for kind, least := range map[string]int{
		"ar in its own language": 16, "en in its own language": 16,
		"ar across languages": 12, "en across languages": 12, "unanswerable": 12,
	} {
		if kinds[kind] < least {
			t.Errorf("%s: %d questions, want at least %d", kind, kinds[kind], least)
		}
	}
	for _, f := range files {
		if !about[strings.TrimSuffix(f, ".md")] {
			t.Errorf("no question is about %s", f)
		}
	}
}

// TestRanking compares how the sample articles are ranked for each question with
// the golden file, so that a change of ranking is a change of that file:
//
//	go test ./retrieval -run TestRanking -update
//
// rewrites it. For each question it has the rank of the wanted article, "-" when
// it is not among the first ten, the verdict, and the first three articles with
// their scores; and in the end what that comes to.
func TestRanking(t *testing.T) {
	x := openSamples(t)
	var lines []string
	var s rankingStats
	for _, q := range readRankingQuestions(t) {
		r := x.rank(t, q)
		s.add(q, r)
		lines = append(lines, r.line(q))
	}
	lines = append(lines, "", s.String(), "")
	got := strings.Join(lines, "\n")
	if *update {
		if err := os.WriteFile(rankingGolden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(rankingGolden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), lines); diff != "" {
		t.Errorf("the ranking has changed (-golden +now); -update accepts it:\n%s", diff)
	}
}

// A ranking is what becomes of a question.
type ranking struct {
	verdict retrieval.Verdict
	files   []string // the articles, best first, each by its best passage
	scores  []float64
	rank    int // of the wanted article, from 1; 0 when it is not among them
}

func (x *sampleIndex) rank(t *testing.T, q rankingQuestion) ranking {
	t.Helper()
	asked := retrieval.Question{Text: q.text}
	answer, err := x.engine.Ask(t.Context(), asked)
	if err != nil {
		t.Fatalf("Ask(%q) = %v", q.text, err)
	}
	results, err := x.engine.Search(t.Context(), asked, passages)
	if err != nil {
		t.Fatalf("Search(%q) = %v", q.text, err)
	}
	r := ranking{verdict: answer.Verdict}
	for _, found := range results {
		file := x.files[found.ArticleID]
		if len(r.files) == ranked || slices.Contains(r.files, file) {
			continue
		}
		r.files = append(r.files, file)
		r.scores = append(r.scores, found.Score)
	}
	r.rank = 1 + slices.IndexFunc(r.files, func(f string) bool { return slices.Contains(q.wanted, f) })
	return r
}

func (r ranking) line(q rankingQuestion) string {
	rank := "-"
	if r.rank > 0 {
		rank = fmt.Sprint(r.rank)
	}
	var first []string
	for i, f := range r.files[:min(named, len(r.files))] {
		first = append(first, fmt.Sprintf("%s %.4f", f, r.scores[i]))
	}
	return strings.Join([]string{rank, string(r.verdict), strings.Join(first, ", "), q.text}, "\t")
}

// rankingStats add up what becomes of the questions.
type rankingStats struct {
	n, hit1, hit5          int
	reciprocal, gain       float64
	unanswerable, declined int
}

// add counts one wanted article for each question, even where two tell: the
// reports of an event in both languages stand for each other.
func (s *rankingStats) add(q rankingQuestion, r ranking) {
	if len(q.wanted) == 0 {
		s.unanswerable++
		if r.verdict != retrieval.Answered {
			s.declined++
		}
		return
	}
	s.n++
	if r.rank == 0 {
		return
	}
	if r.rank == 1 {
		s.hit1++
	}
	if r.rank <= 5 {
		s.hit5++
	}
	s.reciprocal += 1 / float64(r.rank)
	s.gain += 1 / math.Log2(1+float64(r.rank))
}

func (s *rankingStats) String() string {
	share := func(sum float64) float64 { return sum / float64(s.n) }
	return fmt.Sprintf("n %d, hit@1 %.3f, hit@5 %.3f, MRR@10 %.3f, nDCG@10 %.3f, declined %d of %d unanswerable",
		s.n, share(float64(s.hit1)), share(float64(s.hit5)), share(s.reciprocal), share(s.gain), s.declined, s.unanswerable)
}
