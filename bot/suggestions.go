package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/suggest"
)

const (
	// mostSuggestions is how many questions are suggested under an answer, and mostTried how
	// many are asked at most to find those that are answered.
	mostSuggestions, mostTried = 3, 7
	// mostBefore is how many answers of a conversation are looked at for what was asked.
	mostBefore = 20
	// longestLabel is how many characters the words of a button have at most.
	longestLabel = 64
)

const buttonSuggestion = "ask"

// suggestionButtons are what the buttons of suggested questions stand for.
func suggestionButtons() []pressed {
	return []pressed{{name: buttonSuggestion, run: turn.askSuggestion}}
}

// suggestionRows are the buttons of the questions that are suggested under an answer.
func suggestionRows(key string, questions []string) (rows [][]Button) {
	for i, q := range questions {
		if q == "" { // its article is gone
			continue
		}
		rows = append(rows, []Button{{suggestionLabel(q), fmt.Sprintf("%s:%s:%d", buttonSuggestion, key, i)}})
	}
	return rows
}

// suggestionLabel is a question as a button has it: one that is too long is cut at a word, and a quotation in it
// closed.
func suggestionLabel(q string) string {
	if utf8.RuneCountInString(q) <= longestLabel {
		return q
	}
	head := string([]rune(q)[:longestLabel-2])
	if end := strings.LastIndexByte(head, ' '); end > 0 {
		head = head[:end]
	}
	head = strings.TrimRight(head, " ,،.:“«") + "…"
	for _, marks := range [...][2]string{{"“", "”"}, {"«", "»"}} {
		if strings.Count(head, marks[0]) > strings.Count(head, marks[1]) {
			return head + marks[1]
		}
	}
	return head
}

// dropSuggestions takes away the questions under an answer whose articles are no longer to be read: they may have their
// words. The others keep their numbers, which are in the data of buttons.
func (d *Dialogue) dropSuggestions(ctx context.Context, k *keptAnswer) error {
	for i, id := range k.SuggestedFrom[:min(len(k.SuggestedFrom), len(k.Suggestions))] {
		_, err := d.Library.Article(ctx, id)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			k.Suggestions[i] = ""
		case err != nil:
			return fmt.Errorf("looking for the article of a suggested question: %w", err)
		}
	}
	return nil
}

// suggests is a reply to which questions are added, once it is out, that go on from the answer
// in its last message. In a group, which takes few messages, there are none.
func (t turn) suggests(r Reply, a answering) Reply {
	n := len(r.Messages)
	if t.Suggest == nil || t.Group || n == 0 || a.Verdict == retrieval.Declined || len(a.Citations)+len(a.Reports) == 0 {
		return r
	}
	rows := r.Messages[n-1].Buttons
	r.Then = func(ctx context.Context) ([][]Button, error) {
		key, questions, err := t.suggestions(ctx, a)
		if err != nil || len(questions) == 0 {
			return nil, err
		}
		return slices.Concat(rows, suggestionRows(key, questions)), nil
	}
	return r
}

// suggestions finds questions to suggest under an answer, and keeps them with it. It returns
// the answer's key; none without an error when there is nothing to suggest.
func (t turn) suggestions(ctx context.Context, a answering) (key string, questions []string, err error) {
	kept, err := t.Journal.AnswerOf(ctx, t.ID)
	if errors.Is(err, journal.ErrNotFound) {
		return "", nil, nil // it was erased meanwhile
	}
	if err != nil {
		return "", nil, err
	}
	material, err := t.material(ctx, a)
	if err != nil {
		return "", nil, err
	}
	found, err := t.answerable(ctx, a, t.Suggest.Questions(material))
	if err != nil || len(found) == 0 {
		return "", nil, err
	}
	return t.keepSuggestions(ctx, kept, found)
}

// keepSuggestions keeps questions with an answer. When an article that one was taken from is
// purged at the same time, either that finds them, or this finds it gone.
func (t turn) keepSuggestions(ctx context.Context, a journal.Answer, found []suggest.Question) (key string, questions []string, err error) {
	data, err := decodeAnswer(a.Data)
	if err != nil {
		return "", nil, err
	}
	for _, q := range found {
		data.Suggestions = append(data.Suggestions, q.Text)
		data.SuggestedFrom = append(data.SuggestedFrom, q.Article)
	}
	with, err := data.encode()
	if err != nil {
		return "", nil, err
	}
	err = t.Journal.AmendAnswer(ctx, a.Key, with, data.SuggestedFrom)
	if errors.Is(err, journal.ErrNotFound) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	for _, id := range data.SuggestedFrom {
		_, err := t.Library.Article(ctx, id)
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil, t.Journal.AmendAnswer(ctx, a.Key, a.Data, nil)
		}
		if err != nil {
			return "", nil, err
		}
	}
	return a.Key, data.Suggestions, nil
}

// material is what suggested questions are made of.
func (t turn) material(ctx context.Context, a answering) (suggest.Material, error) {
	before, err := t.Journal.Recent(ctx, t.talk(), t.Now().Add(-followed), mostBefore)
	if err != nil {
		return suggest.Material{}, err
	}
	m := suggest.Material{Question: a.Question, Language: a.Language, Nearest: a.Verdict == retrieval.Nearest}
	if a.Understood != "" {
		m.Question = a.Understood
		m.Asked = append(m.Asked, a.Question)
	}
	for _, b := range before {
		kept, err := decodeAnswer(b.Data)
		if err != nil {
			return suggest.Material{}, err
		}
		m.Asked = append(m.Asked, b.Question, kept.Understood)
		m.Asked = append(m.Asked, kept.Suggestions...)
	}
	m.Articles, err = t.sourcesFor(ctx, a)
	return m, err
}

// mostMaterial is how many articles suggested questions are made of.
const mostMaterial = 6

// sourcesFor are the articles that an answer quotes, then those that bear on it.
func (t turn) sourcesFor(ctx context.Context, a answering) (sources []suggest.Article, err error) {
	quoted, others := bearing(a.Answer)
	for i, id := range append(quoted, others...) {
		if len(sources) == mostMaterial {
			break
		}
		article, passages, err := t.Library.Full(ctx, id)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		s := readSource(article, passages, a.Answer)
		s.Quoted = i < len(quoted)
		sources = append(sources, s)
	}
	return sources, nil
}

// bearing are the IDs of the articles that an answer quotes, or lists first, and of others
// that were found for it, each once.
func bearing(a retrieval.Answer) (quoted, others []string) {
	for _, c := range a.Citations {
		if !slices.Contains(quoted, c.ArticleID) {
			quoted = append(quoted, c.ArticleID)
		}
	}
	add := func(id string) {
		if !slices.Contains(quoted, id) && !slices.Contains(others, id) {
			others = append(others, id)
		}
	}
	for _, r := range a.Reports {
		if len(quoted) == 0 {
			quoted = append(quoted, r.ArticleID)
		}
		add(r.ArticleID)
	}
	for _, e := range a.Evidence {
		add(e.ArticleID)
	}
	for _, c := range a.Citations {
		for _, r := range c.Also {
			add(r.ArticleID)
		}
	}
	return quoted, others
}

func readSource(article corpus.Article, passages []corpus.Passage, a retrieval.Answer) suggest.Article {
	s := suggest.Article{ID: article.ID, Language: article.Language}
	if !article.TitleDerived {
		s.Title = article.Title
	}
	for _, p := range passages {
		for _, span := range p.Sentences {
			sentence := article.Body[span.Start:span.End]
			s.Sentences = append(s.Sentences, suggest.Sentence{Text: sentence, Shown: isShown(a.Citations, article.ID, span, sentence)})
		}
	}
	return s
}

// isShown reports whether an answer quotes a sentence, or the same words from elsewhere.
func isShown(citations []retrieval.Citation, article string, span text.Span, sentence string) bool {
	return slices.ContainsFunc(citations, func(c retrieval.Citation) bool {
		return c.ArticleID == article && c.Quote.Start < span.End && span.Start < c.Quote.End || strings.Contains(c.Quote.Text, sentence)
	})
}

// answerable asks questions and returns those that are answered with something that is not
// shown yet. It counts nothing: nobody has asked.
func (t turn) answerable(ctx context.Context, a answering, questions []suggest.Question) (found []suggest.Question, err error) {
	shown := slices.Clone(a.Citations)
	for _, q := range questions[:min(len(questions), mostTried)] {
		if len(found) == mostSuggestions {
			break
		}
		answer, err := t.Asker.Ask(ctx, retrieval.Question{Text: q.Text, Language: frame(q.Text, a.Language), Now: t.Now()})
		if isReadersFault(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if t.adds(q, answer, shown) {
			found = append(found, q)
			shown = append(shown, answer.Citations...)
		}
	}
	return found, nil
}

// adds reports whether an answer to a question is one, with what is not shown.
func (t turn) adds(q suggest.Question, a retrieval.Answer, shown []retrieval.Citation) bool {
	if a.Verdict != retrieval.Answered || a.Outside || a.Elsewhere || len(a.Citations) == 0 {
		return false
	}
	first := a.Citations[0]
	answered := suggest.Answered{Article: first.ArticleID, Title: first.Title, Quote: first.Quote.Text}
	for i, c := range a.Citations {
		if !isShown(shown, c.ArticleID, text.Span{Start: c.Quote.Start, End: c.Quote.End}, c.Quote.Text) {
			answered.New++
			answered.First = answered.First || i == 0
		}
	}
	return t.Suggest.Fits(q, answered)
}

// askSuggestion asks a question that was suggested, as if the reader had written it, below the
// answer that it was suggested under. It goes on from nothing.
func (t turn) askSuggestion(ctx context.Context, argument string) (Reply, error) {
	key, number, _ := strings.Cut(argument, ":")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 {
		return t.stale(), nil
	}
	old, ok, err := t.recall(ctx, key)
	if !ok || n >= len(old.kept.Suggestions) || old.kept.Suggestions[n] == "" || err != nil {
		return t.stale(), err
	}
	t.Text, t.lang = old.kept.Suggestions[n], old.kept.Language
	r, err := t.answerUnder(ctx, asking{head: headExample})
	return inReply(r, t.messageOf(old)), err
}
