package followup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"newsbot/corpus/samples"
	"newsbot/corpus/text"
)

// A turn is a line of testdata.
type turn struct{ first, second, want string }

func turns(t testing.TB, lang string) (all []turn) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "turns."+lang+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 {
			t.Fatalf("%q has %d fields, want 3", line, len(fields))
		}
		all = append(all, turn{fields[0], fields[1], fields[2]})
	}
	return all
}

func TestComplete(t *testing.T) {
	analyzer := text.NewAnalyzer()
	for _, lang := range []string{"en", "ar"} {
		alone := 0
		all := turns(t, lang)
		for _, tt := range all {
			got, ok := Complete(analyzer, tt.second, tt.first)
			if !ok {
				got = "-"
			}
			if tt.want == "-" {
				alone++
			}
			if got != tt.want {
				t.Errorf("%q after %q is %q, want %q", tt.second, tt.first, got, tt.want)
			}
		}
		if gone := len(all) - alone; gone < 60 || alone < 15 {
			t.Errorf("%s: %d cases that go on and %d that do not, want 60 and 15", lang, gone, alone)
		}
	}
}

// The questions about the samples stand by themselves, whatever comes before them.
func TestWholeQuestionsAreLeftAlone(t *testing.T) {
	analyzer := text.NewAnalyzer()
	var questions []string
	for line := range strings.Lines(string(samples.Questions())) {
		question, _, _ := strings.Cut(line, "\t")
		questions = append(questions, question)
	}
	if len(questions) < 100 {
		t.Fatalf("%d questions", len(questions))
	}
	for i, q := range questions {
		for _, step := range []int{1, 17, 60} {
			before := questions[(i+step)%len(questions)]
			if got, ok := Complete(analyzer, q, before); ok {
				t.Errorf("%q after %q is changed to %q", q, before, got)
			}
		}
	}
}

// Ways of writing a question make no difference.
func TestSpellings(t *testing.T) {
	const english, arabic = "Where did Trump and Putin meet?", "أين التقى ترامب وبوتين؟"
	tests := []struct{ first, second, want string }{
		{english, "and when", "When did Trump and Putin meet?"},
		{english, "AND WHEN??", "When did Trump and Putin meet?"},
		{english, "  ok,   when ?", "When did Trump and Putin meet?"},
		{english, "\u200eWhen?\u200e", "When did Trump and Putin meet?"},
		{english, "When’s that?", "When did Trump and Putin meet?"},
		{arabic, "ولماذا", "لماذا التقى ترامب وبوتين؟"},
		{arabic, "\u200fولماذا؟؟", "لماذا التقى ترامب وبوتين؟"},
		{arabic, "ولمـــاذا ؟", "لماذا التقى ترامب وبوتين؟"},
		{arabic, "ومتي", "متى التقى ترامب وبوتين؟"},
	}
	analyzer := text.NewAnalyzer()
	for _, tt := range tests {
		got, _ := Complete(analyzer, tt.second, tt.first)
		if text.Normalize(got) != text.Normalize(tt.want) {
			t.Errorf("%q after %q is %q, want %q", tt.second, tt.first, got, tt.want)
		}
	}
}

func TestNothingBefore(t *testing.T) {
	analyzer := text.NewAnalyzer()
	for _, previous := range []string{"", "?", "👍", " \n"} {
		for _, question := range []string{"Why?", "ولماذا؟", "", "?"} {
			if got, ok := Complete(analyzer, question, previous); ok || got != "" {
				t.Errorf("%q after %q is %q", question, previous, got)
			}
		}
	}
}

// What is taken over of a long question is bounded.
func TestLongQuestions(t *testing.T) {
	analyzer := text.NewAnalyzer()
	long := "What happened in " + strings.Repeat("Derna and ", 90) + "Tripoli?"
	got, ok := Complete(analyzer, "How many died?", long)
	if n := utf8.RuneCountInString(got); !ok || n > 250 {
		t.Errorf("%d runes", n)
	}
	if got, ok := Complete(analyzer, strings.Repeat("and why ", 30), "Where is it?"); ok {
		t.Errorf("a question of 60 words is %q", got)
	}
}

func FuzzComplete(f *testing.F) {
	for _, lang := range []string{"en", "ar"} {
		for i, tt := range turns(f, lang) {
			if i%7 == 0 {
				f.Add(tt.second, tt.first)
			}
		}
	}
	f.Add("its", "the")
	f.Add("و", "و")
	f.Add("what about", ": ")
	f.Add("and why?", "<b>Who? </b Where is Ann? ?؟ x")
	analyzer := text.NewAnalyzer()
	f.Fuzz(func(t *testing.T, question, previous string) {
		got, ok := Complete(analyzer, question, previous)
		if ok != (got != "") {
			t.Errorf("%q after %q: %q, %v", question, previous, got, ok)
		}
		if !utf8.ValidString(got) {
			t.Errorf("%q after %q is not valid: %q", question, previous, got)
		}
	})
}

func BenchmarkComplete(b *testing.B) {
	analyzer := text.NewAnalyzer()
	for b.Loop() {
		Complete(analyzer, "And how long did they talk about it?", "Where did Trump and Putin meet?")
	}
}
