package retrieval_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A premise is a line of testdata/premises.tsv, whose head says what it holds.
type premise struct {
	asked, right, change, was, is string
	files                         []string
}

func readPremises(t *testing.T) []premise {
	t.Helper()
	raw, err := os.ReadFile("testdata/premises.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []premise
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 6 {
			t.Fatalf("%q has %d fields, want 6", line, len(f))
		}
		all = append(all, premise{f[0], f[1], f[2], f[3], f[4], strings.Split(f[5], "|")})
	}
	return all
}

func (p premise) direction() string { return sampleQuestion{text: p.asked, files: p.files}.direction() }

// TestPremiseQuestions checks the file: that there are enough of each direction, that each
// question is there once, and that it has the part that is said to be changed.
func TestPremiseQuestions(t *testing.T) {
	names, err := sampleFiles()
	if err != nil {
		t.Fatal(err)
	}
	changes := []string{"name", "place", "number", "date", "event", "role"}
	directions, seen := map[string]int{}, map[string]bool{}
	for _, p := range readPremises(t) {
		directions[p.direction()]++
		if seen[p.asked] || !slices.Contains(changes, p.change) ||
			!strings.Contains(p.asked, p.is) || !strings.Contains(p.right, p.was) || text.Detect(p.asked) != text.Detect(p.right) {
			t.Errorf("%+v is there before, or does not tell what is changed", p)
		}
		seen[p.asked] = true
		for _, file := range p.files {
			if !slices.Contains(names, file+".md") {
				t.Errorf("%q: there is no article %q", p.asked, file)
			}
		}
	}
	for _, least := range []struct {
		language string
		own      int
		across   int
	}{{"en", 30, 20}, {"ar", 30, 20}} {
		other := map[string]string{"en": "ar", "ar": "en"}[least.language]
		if n := directions[least.language+"->"+least.language]; n < least.own {
			t.Errorf("%d questions are %s->%[2]s, want %d", n, least.language, least.own)
		}
		if n := directions[least.language+"->"+other]; n < least.across {
			t.Errorf("%d questions are %s->%s, want %d", n, least.language, other, least.across)
		}
	}
}

// A premiseTally counts questions by what is changed and by direction.
type premiseTally struct{ asked, confirmed, answered int }

func (n premiseTally) String() string {
	share := func(k int) float64 { return 100 * float64(k) / float64(max(n.asked, 1)) }
	return fmt.Sprintf("%d, confirmed %d (%.0f %%), right ones answered %d (%.0f %%)",
		n.asked, n.confirmed, share(n.confirmed), n.answered, share(n.answered))
}

// TestPremises asks the questions with the real encoders: few of those with a false premise
// may be confirmed, that is answered as if it were true, and most of the right ones must be
// answered from the article that tells. It logs which are not, and the counts:
//
//	go test ./retrieval -run Premises -v
func TestPremises(t *testing.T) {
	const mostConfirmed, leastAnswered = 0.1, 0.9
	x := openSamples(t)
	counts := map[string]*premiseTally{}
	for _, p := range readPremises(t) {
		asked, right := x.ask(t, retrieval.Question{Text: p.asked}), x.ask(t, retrieval.Question{Text: p.right})
		confirmed := asked.Verdict == retrieval.Answered && cmp.Equal(asked.Missing, retrieval.Missing{})
		answered := right.Verdict == retrieval.Answered && slices.ContainsFunc(right.Citations, func(c retrieval.Citation) bool {
			return slices.Contains(p.files, x.files[c.ArticleID])
		})
		if confirmed {
			t.Logf("%s, %s: confirmed (%.2f): %s", p.direction(), p.change, asked.Probability, p.asked)
		} else {
			t.Logf("%s, %s: %s, missing %q apart %q: %s", p.direction(), p.change, asked.Verdict, asked.Missing.Words, asked.Missing.Apart, p.asked)
		}
		if !answered {
			t.Logf("%s, %s: %s (%.2f), missing %q apart %q: right: %s", p.direction(), p.change, right.Verdict, right.Probability,
				right.Missing.Words, right.Missing.Apart, p.right)
		}
		for _, name := range []string{"all", p.direction(), p.change} {
			n := counts[name]
			if n == nil {
				n = &premiseTally{}
				counts[name] = n
			}
			n.asked++
			if confirmed {
				n.confirmed++
			}
			if answered {
				n.answered++
			}
		}
	}
	for _, name := range []string{"all", "en->en", "ar->ar", "en->ar", "ar->en", "name", "place", "number", "date", "event", "role"} {
		t.Logf("%s: %v", name, counts[name])
	}
	all := counts["all"]
	if most := mostConfirmed * float64(all.asked); float64(all.confirmed) > most {
		t.Errorf("%d of %d false premises are confirmed, want at most %.0f", all.confirmed, all.asked, most)
	}
	if least := leastAnswered * float64(all.asked); float64(all.answered) < least {
		t.Errorf("%d of %d right questions are answered, want at least %.0f", all.answered, all.asked, least)
	}
}
