package writer

import (
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

func TestNameless(t *testing.T) {
	for _, s := range []string{
		"He resigned.", "They met.", "Her party lost.", "هو الفائز.", "وهي أكبر المدن.", "وأشار كذلك إلى ذلك.", "وقال إن الوزير بقي.", "أضاف أنه باقٍ.", "واقترح في كلمته أن يبقى.",
	} {
		if !nameless(s) {
			t.Errorf("%q names somebody", s)
		}
	}
	for _, s := range []string{"", "Lee resigned.", "It rained.", "This is so.", "However, Lee stayed.", "وأشار ترامب إلى ذلك.", "وقال الوزير إنه باقٍ.", "وقد استقال الوزير.", "كما بقي الوزير.", "أضاف"} {
		if nameless(s) {
			t.Errorf("%q names nobody", s)
		}
	}
}

// Whom "He" means is known by the sentence before it only when that is of the same passage:
// the checker finds the words in the passage, whoever he is there.
func TestWriteNameless(t *testing.T) {
	a, library := weather(t)
	for _, tt := range []struct {
		says string
		want []string
		fall int
	}{
		{"He fell on Paris on Monday [1]. Snow fell on Lille [3].", []string{"Snow fell on Lille."}, 1},
		{"Rain fell on Paris [1]. They were late [3]. Snow fell on Lille [3].", []string{"Rain fell on Paris.", "Snow fell on Lille."}, 1},
		{"Rain fell on Paris [1]. They said so on Monday [1].", []string{"Rain fell on Paris.", "They said so on Monday."}, 0},
		{"Rain fell on Paris [1][3]. They were late [2][3].", []string{"Rain fell on Paris.", "They were late."}, 0},
		{"Rain fell on Paris [1]. It rose by two metres [3].", []string{"Rain fell on Paris.", "It rose by two metres."}, 0},
	} {
		w := newWriter(&fakeModel{says: tt.says}, fakeChecker{})
		got, err := w.Write(t.Context(), Request{Answer: a, Library: library})
		var texts []string
		for _, s := range got.Sentences {
			texts = append(texts, s.Text)
		}
		if err != nil || !slices.Equal(texts, tt.want) || got.Removed[Leaning] != tt.fall {
			t.Errorf("of %q there is %q, %v removed, %v; want %q", tt.says, texts, got.Removed, err, tt.want)
		}
	}
}

// A passage may begin in the middle of what somebody says. The sentences that only the ones
// before it explain are not written from, unless the quote is one of them.
func TestExcerptStands(t *testing.T) {
	body := "وأشار كذلك إلى أن التعاون ممكن. وأضاف أنه يأمل ذلك. وقال ترامب إن الجانبين اتفقا. وأعلن أنه سيعود."
	of := func(quote string) string {
		s := shelf{}
		c := s.add(t, 1, corpus.Article{Body: body, Language: text.Arabic}, quote)
		_, passages, _ := s.Full(t.Context(), c.ArticleID)
		return excerpt(body, passages, c)
	}
	_, rest, _ := strings.Cut(body, "ذلك. ")
	if got := of("وأعلن أنه سيعود."); got != rest {
		t.Errorf("the excerpt is %q, want %q", got, rest)
	}
	if got := of("وأضاف أنه يأمل ذلك."); !strings.HasPrefix(got, "وأضاف أنه") {
		t.Errorf("the excerpt is %q, want it to begin with its quote", got)
	}
	if got := of("وأشار كذلك إلى أن التعاون ممكن."); got != body {
		t.Errorf("the excerpt is %q, want all", got)
	}
}
