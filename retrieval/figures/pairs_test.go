package figures

import (
	"os"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

func newReader(t testing.TB) Reader {
	t.Helper()
	analyzer := text.NewAnalyzer()
	l, err := lexicon.Default(analyzer)
	if err != nil {
		t.Fatal(err)
	}
	return Reader{analyzer, l}
}

// statement reads a sentence as all that an article says under its title.
func (rd Reader) statement(t testing.TB, title, published, sentence string) Statement {
	t.Helper()
	day, err := time.Parse(time.DateOnly, published)
	if err != nil {
		t.Fatal(err)
	}
	terms := rd.Analyzer.Terms(sentence)
	report := rd.Report(text.Detect(sentence), title, day, []Line{{sentence, terms}})
	return rd.Sentence(report, nil, Line{sentence, terms}, 0)
}

// relation is how the figures of two statements stand to each other: they differ when some
// do and none agree.
func relation(a, b *Statement, asked bool) Relation {
	if !a.Report.SameEvent(b.Report) {
		return Unrelated
	}
	most := Unrelated
	for i := range a.Figures {
		for j := range b.Figures {
			switch Compare(a, b, &a.Figures[i], &b.Figures[j], asked) {
			case Differ:
				return Differ
			case Agree:
				most = Agree
			case Unrelated:
			}
		}
	}
	return most
}

func (r Relation) String() string { return [...]string{"unrelated", "agree", "differ"}[r] }

func TestPairs(t *testing.T) {
	data, err := os.ReadFile("testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rd := newReader(t)
	count := map[string]int{}
	for _, row := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(row, "#") {
			continue
		}
		c := strings.Split(row, "\t")
		if len(c) != 7 {
			t.Fatalf("%q has %d columns, want 7", row, len(c))
		}
		want, asked := strings.CutSuffix(c[0], "?")
		a, b := rd.statement(t, c[1], c[2], c[3]), rd.statement(t, c[4], c[5], c[6])
		count[string(a.Report.Language+b.Report.Language)]++
		if got := relation(&a, &b, asked); got.String() != want {
			t.Errorf("%v, want %s:\n\t%s\n\t%+v\n\t%s\n\t%+v", got, want, c[3], a.Figures, c[6], b.Figures)
		}
		if got := relation(&b, &a, asked); got.String() != want {
			t.Errorf("the other way round %v, want %s: %s", got, want, c[3])
		}
	}
	for _, languages := range []string{"enen", "arar", "enar"} {
		if count[languages] < 20 {
			t.Errorf("%d pairs of %s, want 20 at least", count[languages], languages)
		}
	}
}
