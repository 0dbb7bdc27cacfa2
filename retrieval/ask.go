package retrieval

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// maxEvidence is of how many passages an answer tells that they were found.
const maxEvidence = 10

// A Result is a passage found by [Engine.Search].
type Result struct {
	ArticleID string
	PassageID string
	Language  text.Language
	Score     float64 // comparable within one search, across languages
}

// Search ranks passages of all languages for a question and returns up to
// limit of them, best first. Errors are as for [Engine.Ask].
func (e *Engine) Search(ctx context.Context, question Question, limit int) ([]Result, error) {
	_, ranked, err := e.search(ctx, question)
	if err != nil {
		return nil, err
	}
	return results(ranked, limit), nil
}

// results tells of the first candidates, up to limit.
func results(ranked []candidate, limit int) []Result {
	ranked = ranked[:min(max(limit, 0), len(ranked))]
	out := make([]Result, len(ranked))
	for i := range ranked {
		c := &ranked[i]
		out[i] = Result{c.ArticleID, c.ID, c.article.Language, c.score}
	}
	return out
}

// Ask answers a question from the articles. It returns [ErrEmptyQuestion] or
// [ErrTooLong] for what is no question, and the errors of ctx, of the quick encoder
// and of the store; that there is no answer is a [Verdict], not an error. While the strong
// encoder fails, answers are found by words and the quick one, see [Engine.Down].
func (e *Engine) Ask(ctx context.Context, question Question) (Answer, error) {
	started := time.Now()
	if err := check(question.Text); err != nil {
		return Answer{}, err
	}
	r, asked := e.request(question), text.Detect(question.Text)
	answer := Answer{Question: question.Text, Language: frameLanguage(question, asked), Asked: asked, Verdict: Declined}
	answer.Articles, answer.Pending = e.Articles(), e.Pending()
	r.tell(&answer)
	done, err := e.ofKind(ctx, &r, &answer)
	if err == nil && !done {
		err = e.reply(ctx, &r, &answer)
	}
	if err == nil {
		err = e.annotate(ctx, &r, &answer)
	}
	if err != nil {
		return Answer{}, err
	}
	answer.Elapsed = time.Since(started)
	e.logger.Debug("asked", slog.String("verdict", string(answer.Verdict)),
		slog.Int("citations", len(answer.Citations)), slog.Float64("duration_ms", math.Round(answer.Elapsed.Seconds()*1e4)/10))
	return answer, nil
}

// reply answers a question with the sentences that answer it best.
func (e *Engine) reply(ctx context.Context, r *request, answer *Answer) error {
	if e.unasked(r) {
		return nil
	}
	q, all, err := e.prospect(ctx, r.Question)
	if err != nil {
		return err
	}
	all = r.form.sift(all)
	if !e.hopeless(q, all) {
		err = e.answer(ctx, q, e.choice(r), all, answer)
	}
	if err != nil {
		return fmt.Errorf("choosing sentences: %w", err)
	}
	if answer.Verdict != Answered && r.dateless != "" {
		if q, all, err = e.replyDateless(ctx, q, r, all, answer); err != nil {
			return fmt.Errorf("asking without the dates: %w", err)
		}
	}
	if e.empty(r, answer) {
		if done, err := e.outsideDays(ctx, r, answer); done || err != nil {
			return err
		}
		if q, all, err = e.replyOutside(ctx, q, r, answer); err != nil {
			return fmt.Errorf("looking outside the window: %w", err)
		}
	}
	e.doubt(q, r, answer)
	answer.More = answer.More && answer.Verdict == Answered
	if err := e.disagreements(ctx, q, r, all, answer); err != nil {
		return fmt.Errorf("comparing figures: %w", err)
	}
	return nil
}

// prospect returns all that may be quoted for a question, in order, copies counting once.
func (e *Engine) prospect(ctx context.Context, question Question) (*query, []candidate, error) {
	q, all, err := e.gather(ctx, question, true)
	if err != nil {
		return nil, nil, err
	}
	all, err = e.ordered(ctx, q, all, question.Newest)
	return q, all, err
}

// ordered joins copies among the candidates of a question and puts them in order.
func (e *Engine) ordered(ctx context.Context, q *query, all []candidate, newest bool) ([]candidate, error) {
	all = joinCopies(all, newest)
	if err := e.compare(ctx, q, all); err != nil {
		return nil, err
	}
	order(q, all)
	return all, nil
}

// answer fills in what all candidates give, which are in order, that the selection takes.
func (e *Engine) answer(ctx context.Context, q *query, chosen selection, all []candidate, answer *Answer) error {
	prospects := prospectsOf(all)
	ranked := e.joinTwins(q, slices.Clone(chosen.sift(all))) // a copy: of twins both are needed again
	answer.Evidence = results(ranked, maxEvidence)
	found, err := e.quote(ctx, q, &chosen, ranked)
	if err != nil {
		return err
	}
	answer.Probability, answer.Verdict = found.probability, found.verdict
	if answer.Verdict != Answered {
		e.decline(q, ranked, answer)
	}
	if answer.Verdict == Declined && !chosen.regardless {
		return nil
	}
	if err := e.keepQuotes(ctx, q, chosen, all, &found); err != nil {
		return err
	}
	answer.Citations = found.citations
	answer.AsOf = latest(answer.Citations)
	if answer.Verdict == Declined {
		return nil
	}
	answer.Languages, answer.More = e.beside(q, prospects, &chosen, answer.Citations)
	return nil
}

// quote chooses sentences from the ranked candidates of a selection.
func (e *Engine) quote(ctx context.Context, q *query, chosen *selection, ranked []candidate) (quotes, error) {
	look := ranked
	if chosen.topic {
		look = byArticle(ranked)
	}
	sentences, err := e.sentences(ctx, q, look, chosen.looks())
	if err != nil {
		return quotes{}, err
	}
	if sentences, err = e.unseen(ctx, chosen, sentences); err != nil {
		return quotes{}, err
	}
	switch {
	case chosen.topic:
		return e.newestOn(q, sentences, ranked), nil
	case chosen.newest:
		return e.newest(q, sentences, ranked), nil
	}
	found := e.best(q, sentences, ranked)
	if chosen.present {
		e.upToDate(q, &found, sentences, ranked)
	}
	return found, nil
}

// errMoved says that another encoder serves than the one the question was
// encoded with.
var errMoved = errors.New("the encoder that serves has changed")

// search analyses and encodes a question and ranks the passages for it.
func (e *Engine) search(ctx context.Context, question Question) (*query, []candidate, error) {
	q, all, err := e.look(ctx, question)
	if err != nil {
		return nil, nil, err
	}
	return q, e.rank(q, all), nil
}

// look gathers the passages to be ranked for a question, with all that they are ranked by.
func (e *Engine) look(ctx context.Context, question Question) (*query, []candidate, error) {
	q, all, err := e.gather(ctx, question, false)
	if err != nil {
		return nil, nil, err
	}
	return q, all, e.compare(ctx, q, all)
}

// gather analyses and encodes a question and returns the candidates of all languages, each
// language's sorted at first sight. Joined says that copies are to count once.
func (e *Engine) gather(ctx context.Context, question Question, joined bool) (*query, []candidate, error) {
	a, err := e.analyse(question.Text)
	if err != nil {
		return nil, nil, err
	}
	for {
		q, err := e.query(ctx, a)
		if err != nil {
			return nil, nil, err
		}
		q.joined, q.within, q.period = joined, question.Within, question.period()
		q.today = e.today(question.Now)
		e.time(q, question.Window)
		all, err := e.candidates(ctx, q)
		if errors.Is(err, errMoved) {
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("searching: %w", err)
		}
		return q, all, nil
	}
}

// query encodes an analysed question for the space that serves.
func (e *Engine) query(ctx context.Context, a analysis) (*query, error) {
	if err := e.translate(ctx, &a); err != nil {
		return nil, err
	}
	a.widen()
	e.mu.RLock()
	strong, quick := e.serving, e.quick
	known, quickKnown := strong.known, &background.Vectors{}
	if quick != nil {
		quickKnown = quick.known
	}
	e.mu.RUnlock()
	q := &query{analysis: a, coverer: newCoverer(a.groups), served: strong}
	var err error
	if q.strong, err = e.strongView(ctx, strong, known, a); err != nil {
		return nil, err
	}
	q.quick, err = newView(ctx, quick, quickKnown, a)
	return q, err
}

// frameLanguage is the language to answer in: Arabic or English.
func frameLanguage(q Question, detected text.Language) text.Language {
	for _, l := range []text.Language{q.Language, detected} {
		if l == text.Arabic || l == text.English {
			return l
		}
	}
	return text.English
}
