package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/background"
	"newsbot/retrieval/encoder/remote"
)

// models are the encoders: those inside the program, and the one that is set when
// somebody else runs it.
type models struct {
	own retrieval.Encoders
	// other is nil for none; it does not know the length of its vectors.
	other    *remote.Encoder
	provider remote.Provider // of the other
	name     string          // of the other, as it is set
}

// models opens the encoders, and sends nothing to anybody.
func (a *app) models() (models, error) {
	e, err := a.settings.embedder()
	if err != nil {
		return models{}, err
	}
	strong, err := openEncoder(a.NewEncoder)
	if err != nil {
		return models{}, err
	}
	quick, err := openEncoder(a.NewUSE)
	if err != nil {
		return models{}, err
	}
	m := models{own: retrieval.Encoders{Strong: strong, Quick: quick}}
	if !e.other() {
		return m, nil
	}
	if m.other, err = remote.New(e.Config); err != nil { // the settings were looked at
		return models{}, named(settingEmbedder, err)
	}
	m.provider, m.name = e.Provider, e.name
	if host := e.exposed(); host != "" {
		a.logger.Warn(settingEmbedderKey+" goes over http, for everybody on the way to read: use https", slog.String("host", host))
	}
	return m, nil
}

// close gives up the connections to others.
func (m models) close() {
	if m.other != nil {
		m.other.Close()
	}
}

// over are the encoders of a store: with the one that is set when it was measured there,
// otherwise those inside the program.
func (m models) over(ctx context.Context, store *corpus.Store) (retrieval.Encoders, error) {
	if m.other == nil {
		return m.own, nil
	}
	measured, err := retrieval.Measured(ctx, store, m.other.ID())
	if err != nil {
		return retrieval.Encoders{}, err
	}
	former, err := m.former(ctx, store)
	if err != nil {
		return retrieval.Encoders{}, err
	}
	if measured == nil {
		return retrieval.Encoders{Strong: m.own.Strong, Quick: m.own.Quick, Former: former}, nil
	}
	return retrieval.Encoders{Strong: recognized(m.other, measured), Quick: m.own.Quick, Former: append(former, m.own.Strong)}, nil
}

// recognized is an encoder that was measured, and that must be the same model still.
func recognized(e *remote.Encoder, m *background.Measured) *remote.Encoder {
	if m.Mark == nil {
		return e.WithDim(m.Dim)
	}
	return e.WithMark(m.Mark)
}

// former are other models that a store has vectors of and that are to be had where the one
// that is set is: one of them may serve until all is encoded with that.
func (m models) former(ctx context.Context, store *corpus.Store) ([]retrieval.Encoder, error) {
	names, err := store.Encoders(ctx)
	if err != nil {
		return nil, err
	}
	var former []retrieval.Encoder
	for _, id := range names {
		name, _, _ := strings.Cut(id, "#")
		provider, model, err := remote.Parse(name)
		if err != nil || provider != m.provider || id == m.other.ID() {
			continue
		}
		e, err := m.other.Sibling(model)
		if err != nil || e.ID() != id { // it had prefixes that are not known any more
			continue
		}
		measured, err := retrieval.Measured(ctx, store, id)
		if err != nil {
			return nil, err
		}
		if measured != nil {
			former = append(former, recognized(e, measured))
		}
	}
	return former, nil
}

// takes tells whether the one that is set is among the encoders in use.
func (m models) takes(e retrieval.Encoders) bool {
	return m.other == nil || e.Strong.ID() == m.other.ID()
}

// measure has the one that is set measured for a store, which sends texts of ours first and
// then some of the store's. The encoders that it returns have it. known is that one, which a
// probe has returned.
func (m models) measure(ctx context.Context, store *corpus.Store, known *remote.Encoder) (retrieval.Encoders, error) {
	if err := retrieval.Measure(ctx, store, known); err != nil {
		return retrieval.Encoders{}, err
	}
	e, err := m.over(ctx, store)
	if err == nil && !m.takes(e) {
		err = fmt.Errorf("%s was measured, but nothing is known of it", m.name)
	}
	return e, err
}

// measureTime is how long somebody waits until an encoder is measured.
const measureTime = 2 * time.Minute

// settled are the encoders of a store; the one that is set is measured first, if it is to
// be had. Whatever stands in the way of that is a warning and no more.
func (a *app) settled(ctx context.Context, m models, store *corpus.Store) (retrieval.Encoders, error) {
	e, err := m.over(ctx, store)
	if err != nil || m.takes(e) {
		return e, err
	}
	soon, cancel := context.WithTimeout(ctx, measureTime)
	defer cancel()
	known, err := m.other.Probe(soon)
	if err == nil {
		var with retrieval.Encoders
		if with, err = m.measure(soon, store, known); err == nil {
			return with, nil
		}
	}
	if ctx.Err() != nil {
		return e, nil // whoever encodes looks at it next
	}
	a.logger.Warn(m.name+" cannot be used yet, and "+e.Strong.ID()+" encodes", slog.Any("error", err))
	return e, nil
}

// encodingHint says what becomes of articles that an encoder of others has not encoded.
func encodingHint(err error) error {
	if errors.Is(err, remote.ErrConfig) || errors.Is(err, remote.ErrUnavailable) {
		return withHint(err, "the articles are stored, and words find them; newsbot goes on when the encoder answers, and newsbot status says whether it does")
	}
	return err
}
