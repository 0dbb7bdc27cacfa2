package main

import (
	"context"

	"newsbot/bot"
	"newsbot/corpus"
)

var _ bot.Channels = (*conversation)(nil)

// Channels implements [bot.Channels].
func (v *conversation) Channels(ctx context.Context) (list []corpus.Channel, err error) {
	err = v.inOwn(func(own *corpus.Store) (err error) {
		list, err = own.Channels(ctx)
		return err
	})
	return list, err
}

// NoteChannel implements [bot.Channels].
func (v *conversation) NoteChannel(ctx context.Context, c corpus.Channel) (known corpus.Channel, err error) {
	err = v.change(ctx, func(own *corpus.Store) (_ string, err error) {
		known, err = own.NoteChannel(ctx, c)
		return "", err
	})
	return known, err
}

// DecideChannel implements [bot.Channels].
func (v *conversation) DecideChannel(ctx context.Context, id int64, covered bool) (c corpus.Channel, err error) {
	err = v.inOwn(func(own *corpus.Store) (err error) {
		c, err = own.DecideChannel(ctx, id, covered)
		return err
	})
	return c, err
}

// PauseChannel implements [bot.Channels].
func (v *conversation) PauseChannel(ctx context.Context, id int64, paused bool) error {
	return v.inOwn(func(own *corpus.Store) error { return own.PauseChannel(ctx, id, paused) })
}

// RemoveChannel implements [bot.Channels].
func (v *conversation) RemoveChannel(ctx context.Context, id int64) error {
	return v.inOwn(func(own *corpus.Store) error { return own.RemoveChannel(ctx, id) })
}

// LoseChannel implements [bot.Channels].
func (v *conversation) LoseChannel(ctx context.Context, id int64) error {
	return v.inOwn(func(own *corpus.Store) error { return own.LoseChannel(ctx, id) })
}

// NotePost implements [bot.Channels].
func (v *conversation) NotePost(ctx context.Context, p corpus.Post, article string) error {
	return v.change(ctx, func(own *corpus.Store) (string, error) { return "", own.NotePost(ctx, p, article) })
}

// AddPost implements [bot.Channels].
func (v *conversation) AddPost(ctx context.Context, p corpus.Post, o corpus.AddOptions) (out corpus.Outcome, err error) {
	err = v.change(ctx, func(own *corpus.Store) (id string, err error) {
		if out, err = own.AddPost(ctx, p, o); err != nil || o.DryRun {
			return "", err
		}
		return out.Article.ID, nil
	})
	return out, err
}

// PostArticle implements [bot.Editor].
func (v *conversation) PostArticle(ctx context.Context, url string) (id string, err error) {
	err = v.inOwn(func(own *corpus.Store) (err error) {
		id, err = own.PostArticle(ctx, url)
		return err
	})
	return id, err
}
