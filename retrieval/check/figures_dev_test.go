package check

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/lexicon"
)

// A devSentence is a sentence of ours about a passage of a sample article.
type devSentence struct {
	Article  string        `json:"article"`
	Passage  int           `json:"passage"`
	Text     string        `json:"text"`
	Language text.Language `json:"language"`
	Kind     Kind          `json:"kind"`
}

// figuresChecker returns a checker without an encoder, for what needs none. The tests share
// it.
func figuresChecker(t testing.TB) *Checker {
	t.Helper()
	c, err := sharedFigures()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var sharedFigures = sync.OnceValues(func() (*Checker, error) {
	analyzer := text.NewAnalyzer()
	l, err := lexicon.Default(analyzer)
	if err != nil {
		return nil, err
	}
	calendar := dates.Calendar{Location: time.UTC, WeekStart: time.Monday}
	return New(Config{Analyzer: analyzer, Lexicon: func() *lexicon.Lexicon { return l }, Calendar: &calendar}), nil
})

// samplePassage returns a passage of a sample article as a source; n counts from 1.
func samplePassage(t testing.TB, article string, n int) Source {
	t.Helper()
	all := articlePassages(t, article)
	if n < 1 || n > len(all) {
		t.Fatalf("%s has %d passages, not a passage %d", article, len(all), n)
	}
	return all[n-1]
}

// articlePassages returns the passages of a sample article as a store splits it.
func articlePassages(t testing.TB, article string) (all []Source) {
	t.Helper()
	raw, err := fs.ReadFile(samples.FS(), article+".md")
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitN(string(raw), "---\n", 3)
	s := Source{N: 1}
	for _, line := range strings.Split(parts[1], "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "title":
			s.Title = value
		case "source":
			s.Outlet = value
		case "lang":
			s.Language = text.Language(value)
		case "published":
			if s.Published, err = corpus.ParseDate(value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, passage := range corpus.Split(parts[2]) {
		s.Text = parts[2][passage.Start:passage.End]
		all = append(all, s)
	}
	return all
}

// figureTests are the looks at a claim that need no encoder.
func (c *Checker) figureTests() []func(context.Context, Claim) (Fault, error) {
	return []func(context.Context, Claim) (Fault, error){c.language, c.quotes, c.numbers, c.dates, c.names}
}

// figureFault is what is first found to be wrong with a claim.
func (c *Checker) figureFault(t testing.TB, claim Claim) Fault {
	t.Helper()
	for _, look := range c.figureTests() {
		f, err := look(t.Context(), claim)
		if err != nil {
			t.Fatal(err)
		}
		if f.Kind != Fine {
			return f
		}
	}
	return Fault{}
}

func devSentences(t testing.TB) (all []devSentence) {
	t.Helper()
	raw, err := os.ReadFile("testdata/dev-figures.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		var d devSentence
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

// TestDevelopmentSentences holds the checker to what it has reached: of our sentences those
// that are altered are found out, and those that are true are left alone.
func TestDevelopmentSentences(t *testing.T) {
	const mostSurviving, mostRemoved = 0.02, 0.03
	c := figuresChecker(t)
	wrong, of := map[Kind]int{}, map[Kind]int{}
	for _, d := range devSentences(t) {
		fault := c.figureFault(t, Claim{d.Text, d.Language, []Source{samplePassage(t, d.Article, d.Passage)}})
		of[d.Kind]++
		switch {
		case d.Kind == Fine && fault.Kind != Fine:
			t.Logf("removed by %s %q: %s: %s", fault.Kind, fault.What, d.Article, d.Text)
		case d.Kind != Fine && fault.Kind == Fine:
			t.Logf("survives with another %s: %s: %s", d.Kind, d.Article, d.Text)
		default:
			continue
		}
		wrong[d.Kind]++
	}
	altered, surviving := 0, 0
	for _, kind := range []Kind{Quoted, Number, Date, Name} {
		altered, surviving = altered+of[kind], surviving+wrong[kind]
		t.Logf("%s: %d of %d survive", kind, wrong[kind], of[kind])
	}
	t.Logf("altered: %d of %d survive; true: %d of %d removed", surviving, altered, wrong[Fine], of[Fine])
	if float64(surviving) > mostSurviving*float64(altered) || float64(wrong[Fine]) > mostRemoved*float64(of[Fine]) {
		t.Errorf("at most %.0f %% may survive, and %.0f %% be removed", 100*mostSurviving, 100*mostRemoved)
	}
}

// TestOwnSentences checks that what an article says itself is borne out by it.
func TestOwnSentences(t *testing.T) {
	c := figuresChecker(t)
	for _, s := range samplePassages(t) {
		for _, span := range text.Sentences(s.Text) {
			if f := c.figureFault(t, Claim{s.Text[span.Start:span.End], s.Language, []Source{s}}); f.Kind != Fine {
				t.Errorf("%+v: %s", f, s.Text[span.Start:span.End])
			}
		}
	}
}

// samplePassages returns every passage of the sample articles.
func samplePassages(t testing.TB) (all []Source) {
	t.Helper()
	names, err := fs.Glob(samples.FS(), "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		all = append(all, articlePassages(t, strings.TrimSuffix(name, ".md"))...)
	}
	return all
}

// TestOtherDigits checks that a number of an article's own sentence is missed when another
// stands in its place.
func TestOtherDigits(t *testing.T) {
	const mostMissed = 0.02
	c := figuresChecker(t)
	numbers := regexp.MustCompile(`[0-9][0-9,.]*[0-9]|[0-9]`)
	tried, missed := 0, 0
	for _, s := range samplePassages(t) {
		for _, span := range text.Sentences(s.Text) {
			own := s.Text[span.Start:span.End]
			for _, at := range numbers.FindAllStringIndex(own, -1) {
				if before, _ := utf8.DecodeLastRuneInString(own[:at[0]]); before == '-' || unicode.IsLetter(before) {
					continue // a part of a name
				}
				other := "7"
				if own[at[0]] == '7' {
					other = "9"
				}
				altered := own[:at[0]] + other + own[at[0]+1:]
				tried++
				if f := c.figureFault(t, Claim{altered, s.Language, []Source{s}}); f.Kind == Fine {
					missed++
					t.Logf("%s: %s", own[at[0]:at[1]], altered)
				}
			}
		}
	}
	t.Logf("%d of %d are missed", missed, tried)
	if tried < 300 || float64(missed) > mostMissed*float64(tried) {
		t.Errorf("%d of %d are missed, at most %.0f %% may be", missed, tried, 100*mostMissed)
	}
}
