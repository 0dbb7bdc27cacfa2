package writer

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/check"
	"newsbot/retrieval/llm"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A shelf is a library of a few articles.
type shelf map[string]corpus.Article

func (s shelf) Full(ctx context.Context, id string) (corpus.Article, []corpus.Passage, error) {
	a, ok := s[id]
	if !ok || ctx.Err() != nil {
		return corpus.Article{}, nil, fmt.Errorf("no article %q: %w", id, fs.ErrNotExist)
	}
	passages := corpus.Split(a.Body)
	for i := range passages {
		passages[i].ArticleID, passages[i].ID = id, fmt.Sprintf("%s.%d", id, passages[i].N)
	}
	return a, passages, nil
}

// add puts an article on the shelf and returns a citation of a quote of it.
func (s shelf) add(t *testing.T, n int, a corpus.Article, quote string) retrieval.Citation {
	t.Helper()
	if a.ID == "" {
		a.ID = fmt.Sprintf("article%d", n)
	}
	s[a.ID] = a
	start := strings.Index(a.Body, quote)
	if start < 0 {
		t.Fatalf("%q is not in the article", quote)
	}
	c := retrieval.Citation{
		N: n, ArticleID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, Language: a.Language,
		Quote: retrieval.Quote{Text: quote, Start: start, End: start + len(quote)},
	}
	_, passages, _ := s.Full(context.Background(), a.ID)
	for _, p := range passages {
		if p.Start <= start && start < p.End {
			c.PassageID = p.ID
		}
	}
	return c
}

// weather is an answer of three citations, and the shelf of their articles.
func weather(t *testing.T) (*retrieval.Answer, shelf) {
	t.Helper()
	s := shelf{}
	a := &retrieval.Answer{Question: "What was the weather?", Language: text.English, Asked: text.English, Verdict: retrieval.Answered, Kind: retrieval.Best}
	for i, body := range []string{
		"Rain fell on Paris on Monday. The river rose by two metres.",
		"هطلت الأمطار على ليون يوم الثلاثاء. وأغلقت المدارس أبوابها.",
		"Snow fell on Lille. Trains were late.",
	} {
		article := corpus.Article{Title: fmt.Sprintf("Weather %d", i+1), Source: "Sample Wire", Published: corpus.Day(2025, 3, 4+i), Body: body, Language: text.Detect(body)}
		first := text.Sentences(body)[0]
		a.Citations = append(a.Citations, s.add(t, i+1, article, body[first.Start:first.End]))
	}
	return a, s
}

// A fakeModel says the same to everybody, piece by piece, and then how it ends.
type fakeModel struct {
	mu    sync.Mutex
	says  string
	ends  error
	stall bool // it waits until nobody listens any more
	asked [][]llm.Message
}

func (m *fakeModel) Model() string { return "fake-1" }

func (m *fakeModel) Stream(ctx context.Context, messages []llm.Message, _ int) iter.Seq2[string, error] {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked = append(m.asked, messages)
	says, ends, stall := m.says, m.ends, m.stall
	return func(yield func(string, error) bool) {
		for _, piece := range strings.SplitAfter(says, " ") {
			if !yield(piece, nil) {
				return
			}
		}
		if stall {
			<-ctx.Done()
			yield("", ctx.Err())
			return
		}
		if ends != nil {
			yield("", ends)
		}
	}
}

// times counts how often the model was asked.
func (m *fakeModel) times() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.asked)
}

// A fakeChecker finds fault with sentences that have a word.
type fakeChecker map[string]check.Kind

func (f fakeChecker) Check(ctx context.Context, c check.Claim) (check.Fault, error) {
	for word, kind := range f {
		if strings.Contains(c.Text, word) {
			return check.Fault{Kind: kind}, ctx.Err()
		}
	}
	return check.Fault{}, ctx.Err()
}

// brokenChecker cannot check.
type brokenChecker struct{}

func (brokenChecker) Check(context.Context, check.Claim) (check.Fault, error) {
	return check.Fault{}, errors.New("the encoder is out of order")
}

func today() time.Time { return time.Date(2025, 3, 7, 9, 0, 0, 0, time.UTC) }

func newWriter(m Model, c Checker) *Writer {
	w := New(Config{Model: m, Checker: c, Now: today})
	w.newCode = func() string { return "k7vq2m" }
	return w
}

func TestWrite(t *testing.T) {
	for name, tt := range map[string]struct {
		says    string
		ends    error
		faults  fakeChecker
		want    []Sentence
		reason  Reason
		removed map[check.Kind]int
	}{
		"two sentences": {
			says: "Rain fell on Paris on Monday [1]. In Lyon, schools closed [2].",
			want: []Sentence{{"Rain fell on Paris on Monday.", []int{1}}, {"In Lyon, schools closed.", []int{2}}},
		},
		"labelled": {says: "Answer: Rain fell on Paris [3][1].", want: []Sentence{{"Rain fell on Paris.", []int{1, 3}}}},
		"attributed": {
			says: "According to passage [1], rain fell on Paris. Based on the passages [1] and [3], snow fell on Lille.",
			want: []Sentence{{"Rain fell on Paris.", []int{1}}, {"Snow fell on Lille.", []int{1, 3}}},
		},
		"says none":    {says: " NONE.\n", reason: ReasonLittle},
		"none and why": {says: "NONE\nThe passages hold nothing on it [1].", reason: ReasonLittle},
		"uncited":      {says: "Rain fell on Paris. Snow fell on Lille [3].", want: []Sentence{{"Snow fell on Lille.", []int{3}}}, removed: map[check.Kind]int{check.Uncited: 1}},
		"all uncited":  {says: "Rain fell on Paris. Snow fell on Lille.", reason: ReasonLittle, removed: map[check.Kind]int{check.Uncited: 2}},
		"nine of three": {
			says: "Rain fell on Paris [9]. Snow fell on Lille [3].", want: []Sentence{{"Snow fell on Lille.", []int{3}}},
			removed: map[check.Kind]int{check.Uncited: 1},
		},
		"nine among others":  {says: "Rain fell on Paris [1][9].", reason: ReasonLittle, removed: map[check.Kind]int{check.Uncited: 1}},
		"not borne out":      {says: "Rain fell on Rome [1]. Snow fell on Lille [3].", faults: fakeChecker{"Rome": check.Name}, want: []Sentence{{"Snow fell on Lille.", []int{3}}}, removed: map[check.Kind]int{check.Name: 1}},
		"leans on a removed": {says: "Rain fell on Rome [1]. It went on for days [1]. However, it ended [2]. Snow fell on Lille [3]. It was deep [3].", faults: fakeChecker{"Rome": check.Name}, want: []Sentence{{"Snow fell on Lille.", []int{3}}, {"It was deep.", []int{3}}}, removed: map[check.Kind]int{check.Name: 1, Leaning: 2}},
		"a third is little": {
			says: "Rain fell on Rome [1]. Rome was wet [1]. Rome was cold [2]. Snow fell on Lille [3].", faults: fakeChecker{"Rome": check.Name},
			reason: ReasonLittle, removed: map[check.Kind]int{check.Name: 3},
		},
		"said twice":       {says: "Rain fell on Paris [1]. Rain fell on  paris [2].", want: []Sentence{{"Rain fell on Paris.", []int{1}}}, removed: map[check.Kind]int{Form: 1}},
		"a link":           {says: "Rain fell on Paris [1]. More is at evil.example now [1].", want: []Sentence{{"Rain fell on Paris.", []int{1}}}, removed: map[check.Kind]int{Form: 1}},
		"a long sentence":  {says: "Rain fell on Paris [1]. Then " + strings.Repeat("it went on ", 30) + "[1].", want: []Sentence{{"Rain fell on Paris.", []int{1}}}, removed: map[check.Kind]int{Form: 1}},
		"a word":           {says: "Rain fell on Paris [1]. NONE [1].", want: []Sentence{{"Rain fell on Paris.", []int{1}}}, removed: map[check.Kind]int{Form: 1}},
		"an order":         {says: "Rain fell on Paris [1]. Visit us [1].", want: []Sentence{{"Rain fell on Paris.", []int{1}}}, removed: map[check.Kind]int{Form: 1}},
		"another language": {says: "هطل المطر على باريس [1]. وكان غزيرا جدا [1]. Snow fell on Lille [3].", faults: fakeChecker{"هطل": check.Language, "وكان": check.Language}, reason: ReasonLanguage, removed: map[check.Kind]int{check.Language: 1, Leaning: 1}},
		"another, uncited": {says: "Il a plu sur Paris pendant toute la journée. La neige est tombée sur Lille.", reason: ReasonLanguage, removed: map[check.Kind]int{check.Uncited: 2}},
		"nothing":          {says: "", reason: ReasonModel},
		"blank":            {says: " \n \n", reason: ReasonModel},
		"cut":              {says: "Rain fell on Paris [1]. Snow fell on Lille [3]. Then", ends: fmt.Errorf("read: %w", llm.ErrCut), reason: ReasonModel},
		"malformed":        {says: "Rain fell on Paris [1]. Snow fell on Lille [3]. ", ends: llm.ErrBroken, reason: ReasonModel},
		"busy":             {ends: llm.ErrBusy, reason: ReasonModel},
		"endless sentence": {says: strings.Repeat("and on ", 3000), reason: ReasonModel},
		"endless, uncited": {says: strings.Repeat("It rains there. ", 3000), reason: ReasonModel, removed: map[check.Kind]int{check.Uncited: 25}},
		"endless answer":   {says: numbered(2000), want: sentences(maxSentences)},
	} {
		t.Run(name, func(t *testing.T) {
			a, s := weather(t)
			w := newWriter(&fakeModel{says: tt.says, ends: tt.ends}, tt.faults)
			got, err := w.Write(t.Context(), Request{Answer: a, Library: s})
			if err != nil {
				t.Fatal(err)
			}
			want := Written{Sentences: tt.want, Model: "fake-1", Reason: tt.reason, Removed: tt.removed}
			if tt.removed == nil {
				want.Removed = map[check.Kind]int{}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// numbered returns n sentences, each another one.
func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "In year %d, rain fell [1]. ", i)
	}
	return b.String()
}

func sentences(n int) []Sentence {
	out := make([]Sentence, n)
	for i := range out {
		out[i] = Sentence{fmt.Sprintf("In year %d, rain fell.", i), []int{1}}
	}
	return out
}

func TestWriteSizes(t *testing.T) {
	long := strings.Repeat("rain and snow and wind and hail and ", 10)
	var says strings.Builder
	for i := range 7 {
		fmt.Fprintf(&says, "In year %d there was %sno sun [1]. ", i, long)
	}
	a, s := weather(t)
	got, _ := newWriter(&fakeModel{says: says.String()}, fakeChecker{}).Write(t.Context(), Request{Answer: a, Library: s})
	n := 0
	for _, one := range got.Sentences {
		n += runes(one.Text)
	}
	if got.Reason != ReasonNone || len(got.Sentences) == 7 || n > maxRunes || n < maxRunes/2 {
		t.Errorf("reason %q, %d sentences of %d runes", got.Reason, len(got.Sentences), n)
	}
}

// An answer that is none to be written does not have the model asked.
func TestWriteUnfit(t *testing.T) {
	for name, change := range map[string]func(*retrieval.Answer, shelf){
		"nearest":    func(a *retrieval.Answer, _ shelf) { a.Verdict = retrieval.Nearest },
		"declined":   func(a *retrieval.Answer, _ shelf) { a.Verdict, a.Citations = retrieval.Declined, nil },
		"a summary":  func(a *retrieval.Answer, _ shelf) { a.Kind = retrieval.Summary },
		"a timeline": func(a *retrieval.Answer, _ shelf) { a.Kind = retrieval.Timeline },
		"all gone":   func(_ *retrieval.Answer, s shelf) { clear(s) },
		"all changed": func(_ *retrieval.Answer, s shelf) {
			for id, a := range s {
				a.Body = strings.Repeat("x", len(a.Body))
				s[id] = a
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, s := weather(t)
			change(a, s)
			m := &fakeModel{says: "Rain fell [1]."}
			got, err := newWriter(m, fakeChecker{}).Write(t.Context(), Request{Answer: a, Library: s})
			if err != nil || got.Reason != ReasonUnfit || len(m.asked) != 0 {
				t.Errorf("reason %q, %v, asked %d times", got.Reason, err, len(m.asked))
			}
		})
	}
}

// An article that is gone is no source, and the others keep their numbers.
func TestWriteGone(t *testing.T) {
	a, s := weather(t)
	delete(s, a.Citations[0].ArticleID)
	m := &fakeModel{says: "Rain fell on Paris [1]. Snow fell on Lille [3]."}
	got, err := newWriter(m, fakeChecker{}).Write(t.Context(), Request{Answer: a, Library: s})
	if want := []Sentence{{"Snow fell on Lille.", []int{3}}}; err != nil || !cmp.Equal(want, got.Sentences) {
		t.Errorf("%+v, %v", got, err)
	}
	if told := m.asked[0][1].Text; strings.Contains(told, "passage [1]") || !strings.Contains(told, "passage [3]") {
		t.Errorf("told:\n%s", told)
	}
}

func TestWithoutLabel(t *testing.T) {
	for s, want := range map[string]string{
		"وفقًا للمقطع، هطل المطر.":            "هطل المطر.",
		"بحسب المقاطع، هطل المطر.":            "هطل المطر.",
		"الإجابة: هطل المطر.":                 "هطل المطر.",
		"وفقًا للمقطع الأول من الاتفاق هطل.":  "وفقًا للمقطع الأول من الاتفاق هطل.",
		"According to the police, it rained.": "According to the police, it rained.",
		"Answer:":                             "Answer:",
		"":                                    "",
	} {
		if got := withoutLabel(s); got != want {
			t.Errorf("withoutLabel(%q) = %q", s, got)
		}
	}
}

// A question that goes on from another one is asked as it was understood.
func TestWriteUnderstood(t *testing.T) {
	a, s := weather(t)
	a.Question, a.Understood = "And then?", "What was the weather in Lyon?"
	m := &fakeModel{says: none}
	if _, err := newWriter(m, fakeChecker{}).Write(t.Context(), Request{Answer: a, Library: s}); err != nil {
		t.Fatal(err)
	}
	if told := m.asked[0][1].Text; strings.Contains(told, a.Question) || !strings.Contains(told, a.Understood) {
		t.Errorf("told:\n%s", told)
	}
}

// What is shown are checked sentences only, each time one more, and a copy.
func TestWriteShows(t *testing.T) {
	a, s := weather(t)
	var shown []string
	show := func(sofar []Sentence) {
		var words []string
		for i := range sofar {
			words = append(words, fmt.Sprint(sofar[i].Text, sofar[i].Cites))
			sofar[i].Text, sofar[i].Cites[0] = "changed", 99
		}
		shown = append(shown, strings.Join(words, " "))
	}
	m := &fakeModel{says: "Rain fell on Paris [1]. Rome was wet [1]. Snow fell on Lille [3]. And"}
	got, err := newWriter(m, fakeChecker{"Rome": check.Name}).Write(t.Context(), Request{Answer: a, Library: s, Show: show})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Rain fell on Paris.[1]", "Rain fell on Paris.[1] Snow fell on Lille.[3]"}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
	if got.Sentences[0].Text != "Rain fell on Paris." || got.Sentences[0].Cites[0] != 1 {
		t.Errorf("what is shown is not a copy: %+v", got.Sentences)
	}
}

// What cannot be checked is not borne out.
func TestWriteUnchecked(t *testing.T) {
	a, s := weather(t)
	got, err := newWriter(&fakeModel{says: "Rain fell on Paris [1]."}, brokenChecker{}).Write(t.Context(), Request{Answer: a, Library: s})
	if err != nil || got.Reason != ReasonLittle || got.Removed[check.Meaning] != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// golden compares with a file, or rewrites it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
