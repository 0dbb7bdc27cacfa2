package retrieval_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/e5"
)

// evalDir names the folder of benchmark data: a folder a set, with
// corpus.LANG.jsonl, queries.LANG.jsonl, qrels.tsv and answers.
const evalDir = "NEWSBOT_EVAL"

// measured are the sets and directions of TestQuality.
var measured = []struct{ set, questions, passages string }{
	{"xquad-a", "ar", "ar"}, {"xquad-a", "en", "en"}, {"xquad-a", "en", "ar"}, {"xquad-a", "ar", "en"},
	{"tydiqa-ar", "ar", "ar"}, {"arcd-train", "ar", "ar"},
}

// TestQuality prints how well passages are found and sentences chosen on
// benchmark data, each set alone in its index. It asserts nothing but that the
// data can be read: it measures.
//
//	NEWSBOT_EVAL=DIR go test -run TestQuality -v -timeout 30m ./retrieval
func TestQuality(t *testing.T) {
	root := os.Getenv(evalDir)
	if root == "" {
		t.Skip("no benchmark data: " + evalDir + " is not set")
	}
	enc, err := e5.New(e5.Options{})
	if err != nil {
		t.Fatal(err)
	}
	collections := map[string]*collection{}
	t.Logf("%-12s %-8s %5s %6s %7s %6s %6s", "set", "", "n", "hit@1", "nDCG@10", "first", "any")
	for _, m := range measured {
		dir := filepath.Join(root, m.set)
		key := m.set + "." + m.passages
		if collections[key] == nil {
			collections[key] = newCollection(t, enc, filepath.Join(dir, "corpus."+m.passages+".jsonl"))
		}
		s := collections[key].measure(t, dir, m.questions, m.passages)
		t.Logf("%-12s %s->%s %7d %6.3f %7.3f %6.3f %6.3f", m.set, m.questions, m.passages, s.n,
			s.share(s.hit), s.ndcg/float64(s.n), s.first/max(s.gold, 1), s.any/max(s.gold, 1))
	}
}

// record is a line of any of the benchmark's files.
type record struct {
	ID, Text string
	Answers  []string
}

func records(t *testing.T, path string) []record {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // only read
	var out []record
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		var r record
		if err := json.Unmarshal(scan.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, r)
	}
	if err := scan.Err(); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return out
}

// A collection is an engine over one set's documents, each an article.
type collection struct {
	engine    *retrieval.Engine
	documents map[string]string // by article
}

func newCollection(t *testing.T, enc retrieval.Encoder, path string) *collection {
	t.Helper()
	dir := t.TempDir()
	store := openStore(t, dir)
	t.Cleanup(func() { closeStore(t, store) })
	c := &collection{documents: map[string]string{}}
	var articles []corpus.Article
	for _, r := range records(t, path) {
		a, err := corpus.Prepare(corpus.Article{URL: "https://benchmark.example/" + r.ID, Title: r.ID, Body: r.Text})
		if err != nil {
			t.Fatal(err)
		}
		c.documents[a.ID] = r.ID
		articles = append(articles, a)
	}
	addAll(t, store, articles)
	if err := (&retrieval.Indexer{Store: store, Encoders: retrieval.Encoders{Strong: enc}, Dir: dir}).Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	var err error
	if c.engine, err = retrieval.Open(t.Context(), retrieval.Config{Store: store, Encoders: retrieval.Encoders{Strong: enc}}); err != nil {
		t.Fatal(err)
	}
	return c
}

// score adds up what is measured.
type score struct {
	n                           int
	hit, ndcg, gold, first, any float64
}

func (s score) share(x float64) float64 { return x / float64(max(s.n, 1)) }

func (c *collection) measure(t *testing.T, dir, questions, passages string) score {
	t.Helper()
	relevant := qrels(t, filepath.Join(dir, "qrels.tsv"))
	answers := gold(t, dir, passages)
	var s score
	for _, q := range records(t, filepath.Join(dir, "queries."+questions+".jsonl")) {
		question := retrieval.Question{Text: q.Text}
		results, err := c.engine.Search(t.Context(), question, 100)
		if err != nil {
			t.Fatalf("Search(%q) = %v", q.Text, err)
		}
		s.n++
		s.rank(c.ranked(results), relevant[q.ID])
		a, err := c.engine.Ask(t.Context(), question)
		if err != nil {
			t.Fatalf("Ask(%q) = %v", q.Text, err)
		}
		s.quotes(a, answers[q.ID])
	}
	return s
}

// ranked turns passages into documents, each once.
func (c *collection) ranked(results []retrieval.Result) []string {
	var out []string
	for _, r := range results {
		if d := c.documents[r.ArticleID]; !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// rank adds hit@1 and nDCG@10 (Järvelin and Kekäläinen 2002) with binary
// relevance.
func (s *score) rank(documents, relevant []string) {
	var got, ideal float64
	for i, d := range documents[:min(10, len(documents))] {
		if slices.Contains(relevant, d) {
			got += 1 / math.Log2(float64(i)+2)
		}
	}
	for i := range min(10, len(relevant)) {
		ideal += 1 / math.Log2(float64(i)+2)
	}
	if ideal > 0 {
		s.ndcg += got / ideal
	}
	if len(documents) > 0 && slices.Contains(relevant, documents[0]) {
		s.hit++
	}
}

// quotes counts whether a gold answer stands in the first quote or in any of
// an answer that is given; a refusal counts as none.
func (s *score) quotes(a retrieval.Answer, answers []string) {
	if len(answers) == 0 {
		return
	}
	s.gold++
	if a.Verdict != retrieval.Answered {
		return
	}
	for i, c := range a.Citations {
		if !holdsNormalized(c.Quote.Text, answers) {
			continue
		}
		s.any++
		if i == 0 {
			s.first++
		}
		return
	}
}

func holdsNormalized(quote string, answers []string) bool {
	quote = text.Normalize(quote)
	return slices.ContainsFunc(answers, func(a string) bool { return strings.Contains(quote, text.Normalize(a)) })
}

func qrels(t *testing.T, path string) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for line := range strings.Lines(string(raw)) {
		if f := strings.Fields(line); len(f) >= 2 {
			out[f[0]] = append(out[f[0]], f[1])
		}
	}
	return out
}

// gold returns the answers by question, in the passages' language where the set
// has a file for it.
func gold(t *testing.T, dir, passages string) map[string][]string {
	t.Helper()
	path := filepath.Join(dir, "answers."+passages+".jsonl")
	if _, err := os.Stat(path); err != nil {
		path = filepath.Join(dir, "answers.jsonl")
	}
	out := map[string][]string{}
	for _, r := range records(t, path) {
		out[r.ID] = r.Answers
	}
	return out
}
