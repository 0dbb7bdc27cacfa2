package main

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/retrieval"
)

// Stats implements [bot.Library].
func (v *conversation) Stats(ctx context.Context) (corpus.Stats, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.store.Stats(ctx)
}

// List implements [bot.Library].
func (v *conversation) List(ctx context.Context, o corpus.ListOptions) ([]corpus.Summary, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.store.List(ctx, o)
}

// Outlets implements [bot.Library].
func (v *conversation) Outlets(ctx context.Context) ([]bot.Outlet, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return outlets(ctx, v.current.store)
}

// AddedSince implements [bot.Library].
func (v *conversation) AddedSince(ctx context.Context, from time.Time) ([]corpus.Addition, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.store.AddedSince(ctx, from)
}

// Article implements [bot.Library].
func (v *conversation) Article(ctx context.Context, id string) (corpus.Article, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.store.Article(ctx, id)
}

// Full implements [bot.Library].
func (v *conversation) Full(ctx context.Context, id string) (corpus.Article, []corpus.Passage, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.store.Full(ctx, id)
}

// Backlog implements [bot.Library].
func (v *conversation) Backlog(ctx context.Context) (retrieval.Progress, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	articles, texts, err := v.current.store.Backlog(ctx, v.current.encoders.Load().Names()...)
	progress := retrieval.Progress{Articles: articles, Texts: texts}
	if p := v.current.progress.Load(); p != nil {
		progress.Rate, progress.Left, progress.Waiting = p.Rate, p.Left, p.Waiting
	}
	return progress, err
}

// outlets returns the outlets of a store with their newest dates: most articles first, then by name.
func outlets(ctx context.Context, store *corpus.Store) ([]bot.Outlet, error) {
	summaries, err := store.List(ctx, corpus.ListOptions{})
	if err != nil {
		return nil, err
	}
	of := map[string]bot.Outlet{}
	for _, s := range summaries {
		o := of[s.Source]
		o.Name, o.Articles = s.Source, o.Articles+1
		if s.Published.Time.After(o.Newest.Time) {
			o.Newest = s.Published
		}
		of[s.Source] = o
	}
	list := slices.AppendSeq(make([]bot.Outlet, 0, len(of)), maps.Values(of))
	slices.SortFunc(list, func(a, b bot.Outlet) int {
		if a.Articles != b.Articles {
			return b.Articles - a.Articles
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list, nil
}
