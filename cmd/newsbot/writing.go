package main

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"sync/atomic"

	"newsbot/bot"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/check"
	"newsbot/retrieval/lexicon"
	"newsbot/retrieval/llm"
	"newsbot/retrieval/writer"
)

// A modelWriter is the model of the settings with what checks its words. Close it after
// use.
type modelWriter struct {
	*writer.Writer
	client *llm.Client
	model  *tellingModel
}

// newWriter returns what writes answers, nil when no model is set. It asks nobody. own are
// the encoders inside the program, whichever articles are ranked with: what checks was
// measured with them.
func (a *app) newWriter(how answering, own retrieval.Encoders, lex func() *lexicon.Lexicon) (*modelWriter, error) {
	if how.model.URL == "" {
		return nil, nil
	}
	client, err := llm.New(how.model.Config)
	if err != nil {
		return nil, err
	}
	if host := how.model.exposed(); host != "" {
		a.logger.Warn("the key of the language model goes over plain http, for everybody on the way to read", slog.String("host", host))
	}
	checker := check.New(check.Config{
		Encoder: own.Strong, Quick: own.Quick, Analyzer: text.NewAnalyzer(), Lexicon: lex, Calendar: &how.calendar,
	})
	telling := &tellingModel{Client: client, logger: a.logger}
	return &modelWriter{client: client, model: telling, Writer: writer.New(writer.Config{
		Model: telling, Checker: checker, Limit: how.model.limit, Now: a.Now, Logger: a.logger,
	})}, nil
}

// outside says to whom questions and passages are sent.
func (w *modelWriter) outside() bot.Outside {
	return bot.Outside{Host: w.client.Host(), Model: w.client.Model(), Writes: true}
}

func (w *modelWriter) close() { w.client.Close() }

// addWriter has a dialogue's answers written when a model is set. The caller calls done
// when the dialogue is over.
func (a *app) addWriter(d *bot.Dialogue, v *conversation) (done func(), err error) {
	w, err := a.newWriter(v.how, v.models.own, func() *lexicon.Lexicon { return v.lists.lexicon() })
	if w == nil || err != nil {
		return func() {}, err
	}
	d.Writer = w
	d.Outside = append(d.Outside, w.outside())
	return w.close, nil
}

// A tellingModel tells the operator that the model is set up wrongly, once until it
// answers again. What passes by itself is no news.
type tellingModel struct {
	*llm.Client
	logger *slog.Logger
	// all has every failure told: to somebody who asks once, and sees no metrics.
	all  bool
	told atomic.Bool
}

// Stream implements [writer.Model].
func (m *tellingModel) Stream(ctx context.Context, messages []llm.Message, limit int) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for words, err := range m.Client.Stream(ctx, messages, limit) {
			m.note(err)
			if !yield(words, err) {
				return
			}
		}
	}
}

func (m *tellingModel) note(err error) {
	switch {
	case err == nil:
		m.told.Store(false)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
	case (m.all || errors.Is(err, llm.ErrConfig)) && !m.told.Swap(true):
		m.logger.Warn("no answers are written", slog.Any("error", err), slog.String("model", m.Model()), slog.String("host", m.Host()))
	}
}
