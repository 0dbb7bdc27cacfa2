package samples_test

import (
	"strings"
	"testing"

	"newsbot/corpus/samples"
)

// A question is one line of questions.tsv.
type question struct {
	text   string
	files  []string // empty when the samples hold no answer
	quotes []string // one of these must be in the quoted answer
}

// readQuestions returns the questions in file order.
func readQuestions(t *testing.T) []question {
	t.Helper()
	data := strings.TrimSuffix(string(samples.Questions()), "\n")
	var all []question
	for line := range strings.SplitSeq(data, "\n") {
		cols := strings.Split(line, "\t")
		if len(cols) != 3 {
			t.Fatalf("line %d has %d columns, want 3: %q", len(all)+1, len(cols), line)
		}
		q := question{text: cols[0]}
		if cols[1] != "-" {
			q.files = strings.Split(cols[1], "|")
			q.quotes = strings.Split(cols[2], "|")
		} else if cols[2] != "" {
			t.Fatalf("line %d wants no answer but names text: %q", len(all)+1, line)
		}
		all = append(all, q)
	}
	return all
}

// bodies returns the body of every article by its name without ".md".
func bodies(t *testing.T) map[string]string {
	t.Helper()
	m := map[string]string{}
	for _, a := range readAll(t) {
		m[a.name] = a.body
	}
	return m
}

// TestAnswersExist checks both ways: every text is in one of the files named,
// and every file named has one of the texts.
func TestAnswersExist(t *testing.T) {
	body := bodies(t)
	for _, q := range readQuestions(t) {
		t.Run(q.text, func(t *testing.T) {
			for _, f := range q.files {
				if _, ok := body[f]; !ok {
					t.Errorf("no article %q", f)
				}
				if !containsAny(body[f], q.quotes) {
					t.Errorf("%s has none of %q", f, q.quotes)
				}
			}
			for _, quote := range q.quotes {
				if quote == "" || !anyContains(body, q.files, quote) {
					t.Errorf("text %q is in none of %q", quote, q.files)
				}
			}
		})
	}
}

func containsAny(s string, subs []string) bool {
	for _, sub := range subs {
		if strings.Contains(s, sub) {
			return true
		}
	}
	return false
}

func anyContains(body map[string]string, files []string, sub string) bool {
	for _, f := range files {
		if strings.Contains(body[f], sub) {
			return true
		}
	}
	return false
}

// TestQuestionMix checks that the set covers what it is for: both languages,
// questions whose only answer is in the other language, questions without an
// answer, and every article.
func TestQuestionMix(t *testing.T) {
	asked := map[string]bool{}
	seen := map[string]bool{}
	total, across, none := map[string]int{}, map[string]int{}, map[string]int{}
	for _, q := range readQuestions(t) {
		if q.text == "" || seen[q.text] {
			t.Errorf("question %q is empty or asked twice", q.text)
		}
		seen[q.text] = true
		lang := "en"
		if arabicShare(q.text) > 0.5 {
			lang = "ar"
		}
		total[lang]++
		if len(q.files) == 0 {
			none[lang]++
		} else if !answeredIn(q.files, lang) {
			across[lang]++
		}
		for _, f := range q.files {
			asked[f] = true
		}
	}
	for _, lang := range []string{"ar", "en"} {
		if total[lang] < 35 || across[lang] < 10 || none[lang] < 8 {
			t.Errorf("%s: %d questions, %d across languages, %d without an answer; want at least 35, 10 and 8",
				lang, total[lang], across[lang], none[lang])
		}
	}
	for _, a := range readAll(t) {
		if !asked[a.name] {
			t.Errorf("no question asks about %s", a.name)
		}
	}
}

// answeredIn reports whether one of the files is in lang.
func answeredIn(files []string, lang string) bool {
	for _, f := range files {
		if strings.HasSuffix(f, "."+lang) {
			return true
		}
	}
	return false
}

func TestQuestionsIsACopy(t *testing.T) {
	first := samples.Questions()
	want := string(first)
	clear(first)
	if got := string(samples.Questions()); got != want {
		t.Error("Questions() changed when the caller overwrote an earlier result")
	}
}
