package samples_test

import (
	"strings"
	"testing"

	"newsbot/corpus/samples"
)

// A question is one line of questions.tsv.
type question struct {
	text   string
	kind   string   // who, when and so on
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
		if len(cols) != 4 {
			t.Fatalf("line %d has %d columns, want 4: %q", len(all)+1, len(cols), line)
		}
		q := question{text: cols[0], kind: cols[1]}
		if cols[2] != "-" {
			q.files = strings.Split(cols[2], "|")
			q.quotes = strings.Split(cols[3], "|")
		} else if cols[3] != "" {
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

// lang is ar or en.
func (q question) lang() string {
	if arabicShare(q.text) > 0.5 {
		return "ar"
	}
	return "en"
}

// TestQuestionTypes checks that every type is known, and asked for in both
// languages where the articles have the answer.
func TestQuestionTypes(t *testing.T) {
	asked := map[string]map[string]int{"other": {}}
	required := []string{"who", "when", "where", "how many", "how much", "how long", "why", "how", "which", "yes/no"}
	for _, kind := range required {
		asked[kind] = map[string]int{}
	}
	for _, q := range readQuestions(t) {
		if asked[q.kind] == nil {
			t.Errorf("%q is of the type %q, which is none", q.text, q.kind)
		} else if len(q.files) > 0 {
			asked[q.kind][q.lang()]++
		}
	}
	for _, kind := range required {
		for _, lang := range []string{"ar", "en"} {
			if n := asked[kind][lang]; n < 4 {
				t.Errorf("%s: %d answerable questions of the type %q, want at least 4", lang, n, kind)
			}
		}
	}
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
		lang := q.lang()
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
		if total[lang] < 67 || across[lang] < 15 || none[lang] < 12 {
			t.Errorf("%s: %d questions, %d across languages, %d without an answer; want at least 67, 15 and 12",
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
