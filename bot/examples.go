package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

const (
	// mostExamples is how many questions a newcomer is offered.
	mostExamples = 2
	// examplesTried is how many articles are tried for them.
	examplesTried = 12
	// longestExample is how long a title may be to make a question, in runes.
	longestExample = 90
)

// An example is a question that the collection can answer.
type example struct {
	question string
	article  string // ID
}

// An examples remembers the examples of a collection until it changes.
type examples struct {
	mu    sync.Mutex
	state string
	found []example
}

// exampleQuestions returns questions taken from the newest articles, in two
// languages if there are any in both. Each has been asked: the article that
// it is taken from answers it.
func (t turn) exampleQuestions(ctx context.Context, stats corpus.Stats) []example {
	state := fmt.Sprint(stats.Articles, stats.Words, stats.Newest)
	t.examples.mu.Lock()
	defer t.examples.mu.Unlock()
	if t.examples.state == state {
		return t.examples.found
	}
	found, err := t.findExamples(ctx)
	if err != nil && ctx.Err() == nil {
		t.log("looking for example questions", err)
	}
	if err != nil {
		return nil
	}
	t.examples.state, t.examples.found = state, found
	return found
}

func (t turn) findExamples(ctx context.Context) ([]example, error) {
	newest, err := t.Library.List(ctx, corpus.ListOptions{Limit: 4 * examplesTried})
	if err != nil {
		return nil, err
	}
	var found, others []example
	var first text.Language // of the questions found
	for _, s := range candidates(newest) {
		if len(found) == mostExamples {
			break
		}
		if s.Language == first && len(others) == mostExamples-1 {
			continue
		}
		e := example{exampleQuestion(s.Title, s.Language), s.ID}
		answer, err := t.Asker.Ask(ctx, retrieval.Question{Text: e.question})
		switch {
		case err != nil:
			return nil, err
		case !answers(answer, s.ID):
		case s.Language == first:
			others = append(others, e)
		default:
			found, first = append(found, e), s.Language
		}
	}
	return append(found, others...)[:min(mostExamples, len(found)+len(others))], nil
}

// candidates are articles whose title can make a question: one that somebody
// wrote and that is not too long.
func candidates(newest []corpus.Summary) []corpus.Summary {
	var some []corpus.Summary
	for _, s := range newest {
		known := s.Language == text.Arabic || s.Language == text.English
		if known && !s.TitleDerived && utf8.RuneCountInString(s.Title) <= longestExample && len(some) < examplesTried {
			some = append(some, s)
		}
	}
	return some
}

// answers reports whether an answer is one and comes from an article.
func answers(a retrieval.Answer, article string) bool {
	return a.Verdict == retrieval.Answered && len(a.Citations) > 0 && a.Citations[0].ArticleID == article
}

// exampleQuestion is a question about the article with a title.
func exampleQuestion(title string, lang text.Language) string {
	return say(lang, keyExampleQuestion, strings.TrimRight(title, ".؟?!… "))
}

// askExample asks the example taken from an article.
func (t turn) askExample(ctx context.Context, article string) (Reply, error) {
	a, err := t.Library.Article(ctx, article)
	if errors.Is(err, fs.ErrNotExist) {
		return Reply{Notice: say(t.lang, keySourceGone)}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	t.Text = exampleQuestion(a.Title, a.Language)
	return t.answerUnder(ctx, asking{head: headExample})
}
