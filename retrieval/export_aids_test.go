package retrieval

import (
	"context"

	"newsbot/corpus/text"
)

// CiteAll cites each sentence of an article by itself, with what an answer in a language
// says under it.
func (e *Engine) CiteAll(ctx context.Context, id string, frame text.Language) ([]Citation, error) {
	p, err := e.open(ctx, id)
	if err != nil {
		return nil, err
	}
	answer := Answer{Language: frame}
	for i, s := range p.sentences {
		answer.Citations = append(answer.Citations, Citation{
			ArticleID: id, Language: p.article.Language, Published: p.article.Published,
			Quote: Quote{p.text(i), s.Start, s.End},
		})
	}
	e.gloss(&answer)
	return answer.Citations, e.attribute(ctx, &answer)
}
