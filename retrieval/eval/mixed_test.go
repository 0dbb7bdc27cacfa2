package eval

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func readCity(t *testing.T) *plan {
	t.Helper()
	s, err := ReadSet(t.Context(), city)
	if err != nil {
		t.Fatal(err)
	}
	return &plan{sets: []*Set{s}}
}

// FNV-1a takes in every byte by XOR and multiplies with an odd prime, so the
// parity of a hash is that of the bytes and of the offset, which is odd.
func TestMixingParity(t *testing.T) {
	s := readCity(t).sets[0]
	for _, id := range []string{"d1", "d2", "d3", "d4", "d5", "d6"} {
		parity := 1
		for _, b := range []byte(id) {
			parity = (parity + int(b)) % 2
		}
		two := [2]string{"ar", "en"}
		for swapped := range 2 {
			if got, want := (mixing{two, uint32(swapped)}).language(s, id), two[(parity+swapped)%2]; got != want {
				t.Errorf("%s stands in %s, want %s (swapped: %d)", id, got, want, swapped)
			}
		}
	}
}

// Each document is in each index once, and in the other one in the other
// language; one that there is in one language alone is in both in that.
func TestMixingDocuments(t *testing.T) {
	p := readCity(t)
	s := p.sets[0]
	s.Documents["ar"] = s.Documents["ar"][:5]
	delete(s.ids["ar"], "d6")
	p.dropped = map[string]bool{"d2": true}
	files := map[string][]string{}
	for swapped := range uint32(2) {
		for _, d := range (mixing{[2]string{"ar", "en"}, swapped}).documents(p) {
			files[d.id] = append(files[d.id], strings.TrimPrefix(d.file, city+"/"))
		}
	}
	for id, in := range files {
		slices.Sort(in)
		want := []string{"corpus.ar.jsonl", "corpus.en.jsonl"}
		if id == "d6" {
			want = []string{"corpus.en.jsonl", "corpus.en.jsonl"}
		}
		if !slices.Equal(in, want) {
			t.Errorf("%s stands in %q, want %q", id, in, want)
		}
	}
	if ids := slices.Sorted(maps.Keys(files)); !slices.Equal(ids, []string{"d1", "d3", "d4", "d5", "d6"}) {
		t.Errorf("documents %q", ids)
	}
}

// Every question has one relevant document, so over both indexes a cell has each
// question once, and what it is compared with is the cell of an index alone.
func TestRunMixed(t *testing.T) {
	report := mustRun(t, Options{Dirs: []string{city}, Mixed: true})
	m := report.Mixed
	if m == nil || len(m.Cells) != 4 || m.Latency.Questions != 24 {
		t.Fatalf("mixed: %+v", m)
	}
	var losses, hits []float64
	for i, c := range m.Cells {
		alone := report.Cells[i]
		if c.QueryLang != alone.QueryLang || c.CorpusLang != alone.CorpusLang || c.Questions != 6 || len(c.Sets) != 1 {
			t.Errorf("cell %+v beside %+v", c, alone)
		}
		if math.Abs(c.Alone-alone.Overall.NDCG10) > 1e-9 || math.Abs(c.Loss-(c.Alone-c.NDCG10)) > 1e-9 {
			t.Errorf("%s->%s: alone %v, want %v; loss %v of %v", c.QueryLang, c.CorpusLang, c.Alone, alone.Overall.NDCG10, c.Loss, c.NDCG10)
		}
		if same := c.QueryLang == c.CorpusLang; same && c.Hit1 != 1 {
			t.Errorf("%s->%s: %+v, want everything found", c.QueryLang, c.CorpusLang, c.Ranking)
		}
		if diff := cmp.Diff(MixedSet{"city", c.MixedFigures}, c.Sets[0]); diff != "" {
			t.Errorf("the set's figures are not the cell's:\n%s", diff)
		}
		losses, hits = append(losses, c.Loss), append(hits, c.Hit10)
	}
	if worst := slices.Max(losses); m.WorstLoss != worst || math.Abs(m.MeanLoss-sum(losses)/4) > 1e-9 {
		t.Errorf("losses %v, but the worst is %v and the mean %v", losses, m.WorstLoss, m.MeanLoss)
	}
	if m.LowestHit10 != slices.Min(hits) || math.Abs(m.Hit10-sum(hits)/4) > 1e-9 {
		t.Errorf("hit@10 %v, but the lowest is %v and the mean %v", hits, m.LowestHit10, m.Hit10)
	}
}

func sum(all []float64) (s float64) {
	for _, x := range all {
		s += x
	}
	return s
}

// A question that loses its documents is in no cell.
func TestRunMixedDrop(t *testing.T) {
	report := mustRun(t, Options{Dirs: []string{city}, Mixed: true, Drop: []string{write(t, "d1\nd2\n")}})
	for _, c := range report.Mixed.Cells {
		if c.Questions != 4 {
			t.Errorf("%s->%s: %d questions, want 4", c.QueryLang, c.CorpusLang, c.Questions)
		}
	}
}

// Two languages of three can be named.
func TestRunMixedNamed(t *testing.T) {
	files := small()
	for _, lang := range []string{"ar", "arz"} {
		files["corpus."+lang+".jsonl"] = `{"id":"d1","text":"تبحر العبارة ظهرا."}`
		files["queries."+lang+".jsonl"] = `{"id":"q1","text":"متى تبحر العبارة؟"}`
	}
	dir := folder(t, files)
	if _, err := runEval(t, t.Context(), Options{Dirs: []string{dir}, Mixed: true}); err == nil || !strings.Contains(err.Error(), "documents in ar, arz, en") {
		t.Errorf("Run = %v", err)
	}
	report := mustRun(t, Options{Dirs: []string{dir}, Mixed: true, QueryLang: "en", CorpusLang: "arz"})
	var cells []string
	for _, c := range report.Mixed.Cells {
		cells = append(cells, c.QueryLang+"->"+c.CorpusLang)
	}
	if got := strings.Join(cells, " "); got != "arz->arz en->arz arz->en en->en" {
		t.Errorf("cells %s", got)
	}
}

// Of a question with documents in both languages, those in the other one neither
// help nor hurt.
func TestMixedScore(t *testing.T) {
	r := newRunner(Options{})
	r.plan = readCity(t)
	m := &mixedMeasurement{runner: r, alone: rankings{}, sums: map[pair][]mixedSums{}}
	toArabic, toEnglish := pair{"en", "ar"}, pair{"en", "en"}
	for _, c := range []pair{toArabic, toEnglish} {
		m.sums[c] = make([]mixedSums, 1)
	}
	m.alone.add(toArabic, "q", []string{"e1", "x", "a1"})
	m.alone.add(toEnglish, "q", []string{"e1", "a1"})
	relevant := map[string]map[string]bool{"ar": {"a1": true}, "en": {"e1": true}}
	m.score(0, "q", "en", []string{"e1", "a1", "x"}, relevant)
	if got := m.sums[toArabic][0].figures(); !near(got.Ranking, Ranking{1, 1, 1, 1, 1, 1}) || math.Abs(got.Loss-(.63093-1)) > 1e-4 {
		t.Errorf("to Arabic: %+v", got)
	}
	if got := m.sums[toEnglish][0].figures(); !near(got.Ranking, Ranking{1, 1, 1, 1, 1, 1}) || got.Loss != 0 {
		t.Errorf("to English: %+v", got)
	}
}

// Without a folder to keep them in, vectors of passages are kept for the mixed
// indexes, and those of questions are not.
func TestRunMixedEncodesOnce(t *testing.T) {
	strong := newCounting()
	strong.Size = 0
	e := fakes()
	e.Strong = strong
	report := mustRun(t, Options{Dirs: []string{city}, Mixed: true, Encoders: e})
	times := map[string]int{}
	for _, text := range strong.encoded() {
		times[text]++
	}
	question, sentence := "Who repaired the clock tower?", "Its lamp burns 40 litres of oil a night."
	if times[sentence] != 1 || times[question] < 2 || report.Mixed.Latency.Cached != 0 {
		t.Errorf("a sentence was encoded %d times, a question %d times; %d questions were kept", times[sentence], times[question], report.Mixed.Latency.Cached)
	}
}
