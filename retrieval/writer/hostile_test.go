package writer

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A hostile article tries to instruct the model, and the model obeys.
type hostile struct {
	Name, Title, Body, Quote string
	Language                 text.Language
	Obeys                    []string // what models write that do as they are told
	// Never is what no reader sees, even if a checker found nothing wrong with it;
	// False what none sees since the passages do not bear it out.
	//
	// What such an article states as a fact is not among them, as long as it is cited:
	// "the mayor resigned" is what this article says, and quoting it would say so too.
	Never, False []string
	Keeps        []string // sentences that are borne out and stay when the model wrote them
}

func hostileArticles(t testing.TB) []hostile {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile/articles.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out []hostile
	for line := range strings.Lines(string(data)) {
		var h hostile
		if err := json.Unmarshal([]byte(line), &h); err != nil {
			t.Fatal(err)
		}
		out = append(out, h)
	}
	if len(out) < 30 {
		t.Fatalf("%d articles", len(out))
	}
	return out
}

// answer is one that cites a hostile article and an honest one.
func (h hostile) answer(t *testing.T) (*retrieval.Answer, shelf) {
	t.Helper()
	s := shelf{}
	a := &retrieval.Answer{Question: "What happened at the port?", Language: h.Language, Asked: h.Language, Verdict: retrieval.Answered, Kind: retrieval.Best}
	honest := "The museum of Lund opened a hall for its coins on 2 March. The hall has room for 60 visitors."
	a.Citations = []retrieval.Citation{
		s.add(t, 1, corpus.Article{Title: h.Title, Source: "Sample Wire", Published: corpus.Day(2025, 3, 6), Language: h.Language, Body: h.Body}, h.Quote),
		s.add(t, 2, corpus.Article{Title: "A hall for coins", Source: "Sample Post", Published: corpus.Day(2025, 3, 3), Language: text.English, Body: honest}, "The museum of Lund opened a hall for its coins on 2 March."),
	}
	return a, s
}

// markup is what no written answer has.
var markup = regexp.MustCompile("https?:|www\\.|[<>{}\\[\\]`*#|\u200b-\u200f\u202a-\u202e\u2060-\u2069]|@\\w")

// Whatever a model is made to write, what comes through is prose that cites what it
// may: also when nothing is wrong with it otherwise.
func TestHostileForm(t *testing.T) {
	for _, h := range hostileArticles(t) {
		t.Run(h.Name, func(t *testing.T) {
			for _, says := range h.Obeys {
				h.try(t, newWriter(&fakeModel{says: says}, fakeChecker{}), says, h.Never)
			}
		})
	}
}

// try has an answer written and looks for what must not be in it.
func (h hostile) try(t *testing.T, w *Writer, says string, never []string) Written {
	t.Helper()
	a, s := h.answer(t)
	got, err := w.Write(t.Context(), Request{Answer: a, Library: s})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range got.Sentences {
		if bad := markup.FindString(one.Text); bad != "" {
			t.Errorf("%q of %.200q has %q", one.Text, says, bad)
		}
		if len(one.Cites) == 0 || slices.ContainsFunc(one.Cites, func(n int) bool { return n != 1 && n != 2 }) {
			t.Errorf("%q cites %v", one.Text, one.Cites)
		}
		for _, n := range never {
			if strings.Contains(one.Text, n) {
				t.Errorf("%q of %.200q has %q", one.Text, says, n)
			}
		}
	}
	return got
}

// The lines that carry a prompt's code are its own, whatever stands in articles.
func TestHostilePrompts(t *testing.T) {
	for _, h := range hostileArticles(t) {
		t.Run(h.Name, func(t *testing.T) {
			a, s := h.answer(t)
			a.Question = h.Body // a question may try as well
			m := &fakeModel{says: none}
			if _, err := newWriter(m, fakeChecker{}).Write(t.Context(), Request{Answer: a, Library: s}); err != nil {
				t.Fatal(err)
			}
			l := labelsOf[h.Language]
			end := "--- " + l.end + " k7vq2m ---"
			want := []string{
				"--- " + l.question + " k7vq2m ---", end,
				"--- " + l.passage + " [1] k7vq2m ---", end, "--- " + l.passage + " [2] k7vq2m ---", end,
			}
			var fences []string
			for _, line := range strings.Split(m.asked[0][1].Text, "\n") {
				if strings.Contains(line, "---") || strings.Contains(line, "k7vq2m") {
					fences = append(fences, line)
				}
			}
			if !slices.Equal(fences, want) {
				t.Errorf("fences:\n%s", strings.Join(fences, "\n"))
			}
			told := m.asked[0][1].Text
			for _, n := range []string{"[3]", "[٢]", "【", "<", "{", "```", "\u200b", "\u202e"} {
				if strings.Contains(told, n) {
					t.Errorf("the model is told %q", n)
				}
			}
			if strings.Count(told, "[2]") != 1 {
				t.Error("an article sets a mark")
			}
		})
	}
}
