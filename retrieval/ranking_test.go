package retrieval_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
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
	rankedArticles = 10  // among which the wanted one is looked for
	namedArticles  = 3   // in the golden file
	rankedPassages = 500 // more than the samples have
	// rankingNoise is how far a score may be from the golden file's. Kernels that
	// add in another order move it by up to 0.07, rounding by up to 0.05.
	rankingNoise = 0.15
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

func (q rankingQuestion) wants(p place) bool { return slices.Contains(q.wanted, p.file) }

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
// their scores; and in the end what that comes to. With -v the log names the
// ranks that hang on so little that another kernel may give another one: such a
// question is no good.
func TestRanking(t *testing.T) {
	x := openSamples(t)
	questions := readRankingQuestions(t)
	now := make([]ranking, len(questions))
	var s rankingStats
	for i, q := range questions {
		now[i] = x.rank(t, q)
		s.add(q, now[i])
	}
	if *update {
		writeRankingGolden(t, questions, now, s)
		return
	}
	want := readRankingGolden(t)
	got := map[string][]string{"": s.fields()}
	for i, q := range questions {
		got[q.text] = now[i].fields()
		if now[i].agrees(want[q.text]) {
			got[q.text] = want[q.text]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the ranking has changed (-golden +now); -update accepts it:\n%s", diff)
	}
}

func writeRankingGolden(t *testing.T, questions []rankingQuestion, now []ranking, s rankingStats) {
	t.Helper()
	var b strings.Builder
	for i, q := range questions {
		f := now[i].fields()
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", f[0], f[1], strings.Join(f[2:], ", "), q.text)
	}
	fmt.Fprintf(&b, "\n%s\n", strings.Join(s.fields(), ", "))
	if err := os.WriteFile(rankingGolden, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readRankingGolden returns the fields of the lines by question, those of the
// last line by "".
func readRankingGolden(t *testing.T) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(rankingGolden)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(raw), "\n"), "\n") {
		if line == "" {
			continue
		}
		fields := strings.Split(line, "\t")
		end := len(fields) - 1
		if end == 0 {
			lines[""] = strings.Split(line, ", ")
			continue
		}
		places := strings.Split(fields[end-1], ", ")
		lines[fields[end]] = append(fields[:end-1:end-1], places...)
	}
	return lines
}

// A place is an article that was found, with the score of its best passage.
type place struct {
	file  string
	score float64
}

func (p place) String() string { return fmt.Sprintf("%s %.1f", p.file, p.score) }

// A ranking is what becomes of a question.
type ranking struct {
	verdict retrieval.Verdict
	places  []place // best first
	rank    int     // of the wanted article, from 1; 0 when it has no place
}

func (x *sampleIndex) rank(t *testing.T, q rankingQuestion) ranking {
	t.Helper()
	asked := retrieval.Question{Text: q.text}
	answer, err := x.engine.Ask(t.Context(), asked)
	if err != nil {
		t.Fatalf("Ask(%q) = %v", q.text, err)
	}
	results, err := x.engine.Search(t.Context(), asked, rankedPassages)
	if err != nil {
		t.Fatalf("Search(%q) = %v", q.text, err)
	}
	r := ranking{verdict: answer.Verdict, places: x.places(results)}
	r.rank = 1 + slices.IndexFunc(r.places, q.wants)
	if m := r.margin(q); m < rankingNoise {
		t.Logf("rank %d hangs on %.3f: %s", r.rank, m, q.text)
	}
	return r
}

// places are those of the first articles.
func (x *sampleIndex) places(results []retrieval.Result) []place {
	var all []place
	for _, found := range results {
		file := x.files[found.ArticleID]
		isIt := func(p place) bool { return p.file == file }
		if len(all) < rankedArticles && !slices.ContainsFunc(all, isIt) {
			all = append(all, place{file, found.Score})
		}
	}
	return all
}

// margin is how far the wanted article is from one that is not, in score.
func (r ranking) margin(q rankingQuestion) float64 {
	margin := math.Inf(1)
	for _, p := range r.places {
		if r.rank > 0 && !q.wants(p) {
			margin = min(margin, math.Abs(p.score-r.places[r.rank-1].score))
		}
	}
	return margin
}

// first are the places that the golden file names.
func (r ranking) first() []place { return r.places[:min(namedArticles, len(r.places))] }

// fields are the rank, the verdict and the first places.
func (r ranking) fields() []string {
	rank := "-"
	if r.rank > 0 {
		rank = fmt.Sprint(r.rank)
	}
	fields := []string{rank, string(r.verdict)}
	for _, p := range r.first() {
		fields = append(fields, p.String())
	}
	return fields
}

// agrees reports whether the fields of the golden file say the same, but for what
// a kernel may change: scores by a little, and the order of articles whose scores
// differ by as little.
func (r ranking) agrees(old []string) bool {
	now := r.fields()
	if len(old) != len(now) || old[0] != now[0] || old[1] != now[1] {
		return false
	}
	for i, p := range r.first() {
		file, score := readPlace(old[2+i])
		isNear := func(p place) bool { return math.Abs(p.score-score) <= rankingNoise }
		isIt := func(p place) bool { return p.file == file && isNear(p) }
		if !isNear(p) || !slices.ContainsFunc(r.places, isIt) {
			return false
		}
	}
	return true
}

// readPlace reads what [place.String] has written; anything else has the score
// NaN, which is near no other.
func readPlace(s string) (file string, score float64) {
	file, number, _ := strings.Cut(s, " ")
	score, err := strconv.ParseFloat(number, 64)
	if err != nil {
		score = math.NaN()
	}
	return file, score
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

func (s *rankingStats) fields() []string {
	share := func(name string, sum float64) string { return fmt.Sprintf("%s %.3f", name, sum/float64(s.n)) }
	return []string{
		fmt.Sprint("n ", s.n), share("hit@1", float64(s.hit1)), share("hit@5", float64(s.hit5)),
		share("MRR@10", s.reciprocal), share("nDCG@10", s.gain),
		fmt.Sprintf("declined %d of %d unanswerable", s.declined, s.unanswerable),
	}
}

func TestRankingAgrees(t *testing.T) {
	r := ranking{retrieval.Answered, []place{{"a.ar", 9.04}, {"b.en", 5.11}, {"c.en", 5.03}, {"d.ar", 5.01}}, 2}
	tests := []struct {
		name string
		old  []string
		want bool
	}{
		{"as written", r.fields(), true},
		{"scores by a little", []string{"2", "answered", "a.ar 9.1", "b.en 5.2", "c.en 5.1"}, true},
		{"near ones in another order", []string{"2", "answered", "a.ar 9.0", "c.en 5.1", "b.en 5.0"}, true},
		{"the next one instead", []string{"2", "answered", "a.ar 9.0", "b.en 5.1", "d.ar 5.1"}, true},
		{"scores by more", []string{"2", "answered", "a.ar 9.2", "b.en 5.1", "c.en 5.0"}, false},
		{"far ones in another order", []string{"2", "answered", "b.en 9.0", "a.ar 5.1", "c.en 5.0"}, false},
		{"one that has no place", []string{"2", "answered", "a.ar 9.0", "b.en 5.1", "x.en 5.0"}, false},
		{"another rank", []string{"1", "answered", "a.ar 9.0", "b.en 5.1", "c.en 5.0"}, false},
		{"another verdict", []string{"2", "nearest", "a.ar 9.0", "b.en 5.1", "c.en 5.0"}, false},
		{"fewer places", []string{"2", "answered", "a.ar 9.0", "b.en 5.1"}, false},
		{"no score", []string{"2", "answered", "a.ar 9.0", "b.en 5.1", "c.en"}, false},
		{"a new question", nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := r.agrees(tt.old); got != tt.want {
				t.Errorf("agrees(%q) = %v, want %v", tt.old, got, tt.want)
			}
		})
	}
}
