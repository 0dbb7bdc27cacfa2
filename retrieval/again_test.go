package retrieval_test

import (
	"slices"
	"strings"
	"testing"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// againEvery is which of the ranking questions are asked again and again: the tests of all
// would take half a minute.
const againEvery = 3

// someQuestions are every third of those that ranking is tried with.
func someQuestions(t *testing.T) []string {
	t.Helper()
	var out []string
	for i, q := range readRankingQuestions(t) {
		if i%againEvery == 0 {
			out = append(out, q.text)
		}
	}
	return out
}

func (x *sampleIndex) ask(t *testing.T, q retrieval.Question) retrieval.Answer {
	t.Helper()
	a, err := x.engine.Ask(t.Context(), q)
	if err != nil {
		t.Fatalf("Ask(%+v) = %v", q, err)
	}
	return a
}

// TestAskingForMoreEnds asks for more until there is nothing: no article comes again,
// no sentence is said twice, and every quote is of the bytes of its article.
func TestAskingForMoreEnds(t *testing.T) {
	x := openSamples(t)
	views := []retrieval.Question{{}, {Newest: true}, {Only: text.Arabic}, {Only: text.English, Newest: true}}
	rounds := 0
	for i, question := range someQuestions(t) {
		q := views[i%len(views)]
		q.Text = question
		said := map[string]bool{}
		for round := 0; ; round++ {
			a := x.ask(t, q)
			if len(a.Citations) == 0 {
				break
			}
			if round > len(x.files) {
				t.Fatalf("%+v goes on for more rounds than there are articles", q)
			}
			x.checkQuotes(t, q, a, said)
			for _, c := range a.Citations {
				if !slices.Contains(q.Except, c.ArticleID) {
					q.Except = append(q.Except, c.ArticleID)
				}
			}
			rounds++
		}
	}
	if rounds < 20 {
		t.Errorf("%d rounds of quotes, too few to say anything", rounds)
	}
}

func (x *sampleIndex) checkQuotes(t *testing.T, q retrieval.Question, a retrieval.Answer, said map[string]bool) {
	t.Helper()
	if n := len(a.Citations); n > 3 {
		t.Errorf("%+v: %d quotes", q, n)
	}
	for i, c := range a.Citations {
		stored, err := x.store.Article(t.Context(), c.ArticleID)
		if err != nil {
			t.Fatal(err)
		}
		if got := stored.Body[c.Quote.Start:c.Quote.End]; got != c.Quote.Text {
			t.Errorf("%+v: quote %q is not the body's %q", q, c.Quote.Text, got)
		}
		words := strings.Join(strings.Fields(c.Quote.Text), " ")
		if slices.Contains(q.Except, c.ArticleID) || said[words] {
			t.Errorf("%+v: %s comes again: %q", q, x.files[c.ArticleID], c.Quote.Text)
		}
		said[words] = true
		if q.Newest && i > 0 && a.Citations[i-1].Published.Time.Before(c.Published.Time) {
			t.Errorf("%+v: quote %d is newer than the one before", q, c.N)
		}
	}
}

// TestOneLanguageLosesNothing asks for one language only, and wants what the answer in
// all of them quotes in it, unless nothing is quoted.
func TestOneLanguageLosesNothing(t *testing.T) {
	x := openSamples(t)
	const referee = "Who refereed the 2022 World Cup final?"
	declined, compared := 0, 0
	for _, question := range append(someQuestions(t), referee) {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			all := x.ask(t, retrieval.Question{Text: question})
			one := x.ask(t, retrieval.Question{Text: question, Only: lang})
			var quoted strings.Builder
			for _, c := range one.Citations {
				quoted.WriteString(c.Quote.Text + "\n")
			}
			x.checkQuotes(t, retrieval.Question{Text: question, Only: lang}, one, map[string]bool{})
			for _, c := range all.Citations {
				switch {
				case c.Language != lang:
				case one.Verdict == retrieval.Declined:
					declined++
				case !strings.Contains(quoted.String(), c.Quote.Text):
					t.Errorf("%s in %s quotes %q, without %q", question, lang, quoted.String(), c.Quote.Text)
				default:
					compared++
				}
			}
		}
	}
	t.Logf("%d quotes are there, %d are declined", compared, declined)
	one := x.ask(t, retrieval.Question{Text: referee, Only: text.English})
	if !slices.ContainsFunc(one.Citations, func(c retrieval.Citation) bool { return strings.Contains(c.Quote.Text, "referee Szymon Marciniak") }) {
		t.Errorf("the referee is not among %+v", one.Citations)
	}
}

// TestWhatElseIsForetold asks again for what an answer says there is, and for what it
// does not say. README.md has how often that is right.
func TestWhatElseIsForetold(t *testing.T) {
	x := openSamples(t)
	right, told := map[bool]int{}, map[bool]int{}
	try := func(q retrieval.Question, said bool, wanted ...retrieval.Verdict) {
		told[said]++
		if shown := slices.Contains(wanted, x.ask(t, q).Verdict); shown == said {
			right[said]++
			return
		}
		t.Logf("said %v of %+v", said, q)
	}
	for _, question := range someQuestions(t) {
		a := x.ask(t, retrieval.Question{Text: question})
		if a.Verdict == retrieval.Declined {
			continue
		}
		for _, lang := range []text.Language{text.Arabic, text.English} {
			try(retrieval.Question{Text: question, Only: lang}, slices.Contains(a.Languages, lang), retrieval.Answered, retrieval.Nearest)
		}
		var except []string
		for _, c := range a.Citations {
			except = append(except, c.ArticleID)
		}
		try(retrieval.Question{Text: question, Except: except}, a.More, retrieval.Answered)
	}
	t.Logf("right %v of %v", right, told)
	for said, n := range told {
		if share := float64(right[said]) / float64(n); n < 20 || share < 0.9 {
			t.Errorf("%d of %d are right where %v is said", right[said], n, said)
		}
	}
}
