package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sync"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/corpus/source"
)

// samplesDir is the folder of the samples' own store, inside the data folder.
const samplesDir = "samples"

func chatCommand() command {
	return command{
		name:    "chat",
		summary: "ask questions in the terminal (the default when there is no bot token)",
		example: `newsbot chat`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("chat takes no arguments, but there is %q", args[0])
				}
				return a.chat(ctx)
			}
		},
	}
}

// chat holds the conversation. What encodes, follows and watches the collection
// behind it has ended when it returns. Being interrupted is a way to leave.
func (a *app) chat(ctx context.Context) error {
	c, err := a.settings.kept()
	if err != nil {
		return a.reportSettings(err)
	}
	m, err := a.models()
	if err != nil {
		return a.reportSettings(err)
	}
	defer m.close()
	s, err := a.openService(ctx, c.retention)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	defer s.close()
	v := &conversation{app: a, models: m, how: c.answering}
	d := a.dialogue(v, s)
	who := a.settings.who()
	d.Admin = func(person int64) bool { return person == 0 || who.isAdmin(person) } // it is the person's own folder
	d.Access = who.access
	written, err := a.addWriter(d, v)
	if err != nil {
		return err
	}
	defer written()
	chat := &bot.Chat{Dialogue: d, In: a.Stdin, Out: a.Stdout}
	v.notes = chat
	defer v.close()
	if err := v.begin(ctx, s.store); err != nil {
		return unlessStopped(ctx, err)
	}
	if err := s.journal.Prune(ctx); err != nil && ctx.Err() == nil {
		a.logger.Warn("forgetting what is past its time", slog.Any("error", err))
	}
	defer v.sweepBehind(ctx, s.journal)()
	v.poller = a.newPoller(s.store, s.web.client, c.interval, chatPatience) // polls when asked; who serves does so by itself
	behind, stop := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { v.watch(behind) })
	err = chat.Run(ctx)
	stop()
	watching.Wait()
	return err
}

// unlessStopped forgets an error that comes of being told to stop.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// openSamples opens the store of the samples, with all of them in it, and
// returns their number. It has a folder of its own, so that they never mix with
// anybody's articles.
func (a *app) openSamples(ctx context.Context, dir string) (*corpus.Store, int, error) {
	store, err := a.open(ctx, corpus.Config{Dir: dir, Remade: true})
	if err != nil {
		return nil, 0, err
	}
	a.sweepUnserved(ctx, store)
	n, err := addSamples(ctx, store)
	if err != nil {
		closeStore(store)
		return nil, 0, fmt.Errorf("adding the sample articles: %w", err)
	}
	return store, n, nil
}

// addSamples adds the sample articles, which does nothing when they are there,
// and returns their number.
func addSamples(ctx context.Context, store *corpus.Store) (int, error) {
	articles, err := sampleArticles()
	if err != nil {
		return 0, err
	}
	err = store.AddAll(ctx, slices.Values(articles), func(o corpus.Outcome) error { return o.Err })
	return len(articles), err
}

func sampleArticles() ([]corpus.Article, error) {
	files := samples.FS()
	names, err := fs.Glob(files, "*.md")
	if err != nil {
		return nil, err
	}
	articles := make([]corpus.Article, len(names))
	for i, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if articles[i], err = source.Parse(name, data); err != nil {
			return nil, err
		}
	}
	return articles, nil
}
