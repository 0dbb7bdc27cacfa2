package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"unicode/utf8"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

func askCommand() command {
	return command{
		name:     "ask",
		synopsis: "[-json] [-lang ar|en] [-previous QUESTION] [-written=false] QUESTION",
		summary:  "answer one question with cited passages",
		example:  `newsbot ask "كم استغرق الاجتماع؟"`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			asJSON := flags.Bool("json", false, "print the answer as JSON")
			lang := flags.String("lang", "", "language of the words around the quotes, `ar or en` (default that of the question)")
			previous := previousFlag(flags)
			written := flags.Bool("written", true, "have the model of the settings, if there is one, write the answer in its own words, above the quotes")
			return func(ctx context.Context, args []string) error {
				language, err := frameLanguage(*lang)
				if err != nil {
					return err
				}
				return a.ask(ctx, retrieval.Question{Text: strings.Join(args, " "), Language: language, Previous: previous()}, *asJSON, *written)
			}
		},
	}
}

func frameLanguage(s string) (text.Language, error) {
	switch lang := text.Language(s); lang {
	case "", text.Arabic, text.English:
		return lang, nil
	}
	return "", misuse("-lang is %q, but it must be ar or en", s)
}

func (a *app) ask(ctx context.Context, q retrieval.Question, asJSON, written bool) error {
	q.Text = text.Valid(q.Text)
	if err := checkQuestion(q.Text); err != nil {
		return err
	}
	engine, done, err := a.openEngine(ctx)
	if err != nil {
		return err
	}
	defer done()
	found, err := engine.Ask(ctx, q)
	if err != nil {
		return questionError(err)
	}
	answer := writtenAnswer{Answer: found}
	if written {
		if answer, err = a.write(ctx, engine, found); err != nil {
			return err
		}
	}
	if asJSON {
		return a.printJSON(newWrittenAnswerJSON(answer, q.Language, a.months()))
	}
	a.printf("%s", answer.plainText(a.months()))
	return nil
}

// An opened is a collection that is open for one question, and what it is answered
// with.
type opened struct {
	*retrieval.Engine
	store *corpus.Store
	lists *lists
	how   answering
	own   retrieval.Encoders // those inside the program
}

// openEngine opens the collection, read only, for one question. Articles that are
// still being encoded get some time. The caller calls done in the end.
func (a *app) openEngine(ctx context.Context) (engine *opened, done func(), err error) {
	m, err := a.models()
	if err != nil {
		return nil, nil, err
	}
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return nil, nil, err
	}
	done = func() {
		m.close()
		closeStore(store)
	}
	encoders, err := m.over(ctx, store)
	if err == nil {
		engine, err = a.engineOver(ctx, store, encoders)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	engine.own = m.own
	return engine, done, nil
}

func (a *app) engineOver(ctx context.Context, store *corpus.Store, encoders retrieval.Encoders) (*opened, error) {
	l, err := a.openLists()
	if err != nil {
		return nil, err
	}
	c, err := a.settings.answering()
	if err != nil {
		return nil, err
	}
	engine, err := retrieval.Open(ctx, c.configure(retrieval.Config{
		Store: store, Encoders: encoders, Lexicon: l.lexicon(), Logger: a.logger, Now: a.Now,
	}))
	if err != nil {
		return nil, err
	}
	return &opened{Engine: engine, store: store, lists: l, how: c.answering}, a.catchUp(ctx, engine, encoders)
}

// checkQuestion refuses what cannot be asked before anything is opened.
func checkQuestion(q string) error {
	switch {
	case strings.TrimSpace(q) == "":
		return misuse("there is no question")
	case utf8.RuneCountInString(q) > retrieval.MaxQuestion:
		return questionError(retrieval.ErrTooLong)
	case len(text.Words(q)) == 0:
		return questionError(retrieval.ErrEmptyQuestion)
	}
	return nil
}

// questionError says what is wrong with a question.
func questionError(err error) error {
	switch {
	case errors.Is(err, retrieval.ErrEmptyQuestion):
		return withHint(misuse("the question has no words"), "ask in words, in Arabic or English")
	case errors.Is(err, retrieval.ErrTooLong):
		return withHint(misuse("the question is longer than %d characters", retrieval.MaxQuestion), "ask one thing, in a sentence or two")
	}
	return err
}

// catchUp gives articles that are still being encoded some time. What stands in
// the way of encoding is logged and no more: words find articles without.
func (a *app) catchUp(ctx context.Context, engine *retrieval.Engine, encoders retrieval.Encoders) error {
	if engine.Pending() == 0 {
		return nil
	}
	patient, cancel := context.WithTimeout(ctx, a.patience)
	defer cancel()
	err := a.encodeBacklog(patient, encoders)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		a.logger.Warn("encoding", slog.Any("error", err))
	}
	return engine.Refresh(ctx)
}

// encodeBacklog encodes, or waits for the process that does, showing how far
// it is. The store of a question is read only; this one is not.
func (a *app) encodeBacklog(ctx context.Context, encoders retrieval.Encoders) error {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	p := a.newProgress()
	defer p.end()
	return a.indexer(store, encoders, a.dataDir).Run(ctx, p.show)
}

// An answerJSON is an answer as -json prints it.
type answerJSON struct {
	Question    string            `json:"question"`
	Understood  string            `json:"understood,omitempty"` // as what, when it goes on from another
	Language    text.Language     `json:"language"`
	Verdict     retrieval.Verdict `json:"verdict"`
	Probability float64           `json:"probability"` // that the best quote answers, of which the verdict is made
	Text        string            `json:"text"`
	Citations   []citationJSON    `json:"citations"`
	Missing     *missingJSON      `json:"missing,omitempty"`
	Near        *reportJSON       `json:"near,omitempty"`
	Advice      *adviceJSON       `json:"advice,omitempty"`
	Figures     [][]figureJSON    `json:"figures_differ,omitempty"`
	AsOf        corpus.Date       `json:"as_of"`
	kindJSON
	timeJSON
	Written *writtenJSON `json:"written,omitempty"`
	Elapsed float64      `json:"elapsed_ms"`
}

type citationJSON struct {
	N         int           `json:"n"`
	ArticleID string        `json:"article_id"`
	PassageID string        `json:"passage_id"`
	Title     string        `json:"title"`
	Source    *string       `json:"source"` // null when unknown
	URL       *string       `json:"url"`    // null when there is none
	Published corpus.Date   `json:"published_at"`
	Corrected *corpus.Date  `json:"corrected_at,omitempty"`
	Language  text.Language `json:"language"`
	Quote     string        `json:"quote"`
	Start     int           `json:"start"`
	End       int           `json:"end"`
	Context   *quoteJSON    `json:"context,omitempty"`
	When      *whenJSON     `json:"when,omitempty"`  // of a timeline
	Times     []toldJSON    `json:"times,omitempty"` // that count from its date
	Also      []*reportJSON `json:"also,omitempty"`
	AlsoMore  int           `json:"also_more,omitempty"` // how many articles more have the quote
	Claim     *claimJSON    `json:"said_by,omitempty"`
	Glosses   []glossJSON   `json:"glosses,omitempty"`
}

type quoteJSON struct {
	Quote string `json:"quote"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// newAnswerJSON takes the language that was asked for, "" for that of the
// question.
func newAnswerJSON(a retrieval.Answer, wanted text.Language, months bot.MonthNames) answerJSON {
	out := answerJSON{
		Question:    a.Question,
		Understood:  a.Understood,
		Language:    cmp.Or(wanted, a.Asked),
		Verdict:     a.Verdict,
		Probability: math.Round(a.Probability*1000) / 1000,
		Text:        months.PlainText(a),
		Citations:   []citationJSON{},
		AsOf:        a.AsOf,
		timeJSON:    newTimeJSON(a),
		Elapsed:     float64(a.Elapsed.Microseconds()) / 1000,
	}
	for _, c := range a.Citations {
		out.Citations = append(out.Citations, newCitationJSON(c))
	}
	out.kindJSON = newKindJSON(a)
	out.Missing, out.Near, out.Advice = newMissingJSON(a.Missing), newReportJSON(a.Near), newAdviceJSON(a.Advice)
	out.Figures = newFiguresJSON(a.Disagreements)
	return out
}

func newCitationJSON(c retrieval.Citation) citationJSON {
	out := citationJSON{
		N: c.N, ArticleID: c.ArticleID, PassageID: c.PassageID,
		Title: c.Title, Source: nullable(c.Source), URL: nullable(c.URL),
		Published: c.Published, Language: c.Language,
		Quote: c.Quote.Text, Start: c.Quote.Start, End: c.Quote.End, Times: newToldJSON(c),
		Also: newAlsoJSON(c.Also), AlsoMore: c.AlsoMore,
		Claim: newClaimJSON(c.Claim), Glosses: newGlossesJSON(c.Glosses),
	}
	if !c.Corrected.IsZero() {
		out.Corrected = &c.Corrected
	}
	out.When = newWhenJSON(c)
	if c.Context != nil {
		out.Context = &quoteJSON{c.Context.Text, c.Context.Start, c.Context.End}
	}
	return out
}

// nullable makes null of what is unknown.
func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// printJSON prints v as jsonLine makes it.
func (a *app) printJSON(v any) error {
	line, err := jsonLine(v)
	if err != nil {
		return err
	}
	a.printf("%s", line)
	return nil
}

// jsonLine is v as one line of JSON, with its end. Characters of HTML stay as
// they are; those that could steer a terminal are escaped, all of them.
func jsonLine(v any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "", fmt.Errorf("writing JSON: %w", err)
	}
	return escapeControls(b.String()), nil
}

// escapeControls escapes in JSON the control characters that package json lets
// through, DEL and C1. They stand in strings only, so the values stay the same.
func escapeControls(s string) string {
	if !strings.ContainsFunc(s, isLateControl) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if isLateControl(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isLateControl tells whether r is DEL or of C1.
func isLateControl(r rune) bool { return r >= 0x7F && r < 0xA0 }
