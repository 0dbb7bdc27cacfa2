package retrieval

import (
	"context"

	"newsbot/corpus/text"
)

// Scan returns what chromem-go alone does for a question: it compares the
// question's vector, which is made here, with all passages of both languages.
func (e *Engine) Scan(ctx context.Context, question string) (func() error, error) {
	a, err := e.analyse(question)
	if err != nil {
		return nil, err
	}
	v, err := e.serving.question(ctx, a)
	if err != nil {
		return nil, err
	}
	v = centred(v, e.serving.known.Questions[a.lang])
	return func() error {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			if _, err := e.serving.index.nearest(ctx, lang, v, candidatesBy); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// WordCount returns how many stems of a language have a vector.
func (e *Engine) WordCount(lang text.Language) int { return e.vocabulary.count(lang) }
