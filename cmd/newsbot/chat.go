package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"slices"
	"strings"
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
		summary: "ask questions in the terminal (the default)",
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

// startCommand is what the program does without a command.
func startCommand() command {
	c := chatCommand()
	define := c.define
	c.define = func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
		chat := define(a, flags)
		return func(ctx context.Context, args []string) error {
			if a.token == "" {
				a.printf("There is no bot token (TELEGRAM_BOT_TOKEN), so this is a chat in the terminal.\n")
			} else {
				a.printf("Serving Telegram is not built yet, so this is a chat in the terminal.\n")
			}
			return chat(ctx, args)
		}
	}
	return c
}

// chat holds the conversation. What encodes, follows and watches the collection
// behind it has ended when it returns. Being interrupted is a way to leave.
func (a *app) chat(ctx context.Context) error {
	encoder, err := a.encoder()
	if err != nil {
		return err
	}
	own, lock, err := a.serve(ctx)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	defer func() { _ = lock.Unlock() }() // it goes with the process in any case
	v := &conversation{app: a, encoder: encoder}
	v.chat = &bot.Chat{Asker: v, Library: v, In: a.Stdin, Out: a.Stdout, Logger: a.logger}
	defer v.close()
	if err := v.begin(ctx, own); err != nil {
		return unlessStopped(ctx, err)
	}
	behind, stop := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { v.watch(behind) })
	err = v.chat.Run(ctx)
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

// serve opens the collection and takes the lock of the one process that serves
// it.
func (a *app) serve(ctx context.Context) (*corpus.Store, *corpus.Lock, error) {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return nil, nil, err
	}
	lock, err := corpus.TryLock(a.dataDir, corpus.ServeLock)
	if err != nil {
		closeStore(store)
		return nil, nil, servedAlready(a.dataDir, err)
	}
	return store, lock, nil
}

func servedAlready(dir string, err error) error {
	if !errors.Is(err, corpus.ErrLocked) {
		return err
	}
	return withHint(fmt.Errorf("another newsbot (process %d) serves %s", servingProcess(dir), dir),
		"end that one, choose another folder with -data DIR, or use newsbot ask, which works beside it")
}

// openSamples opens the store of the samples, with all of them in it, and
// returns their number. It has a folder of its own, so that they never mix with
// anybody's articles.
func (a *app) openSamples(ctx context.Context, dir string) (*corpus.Store, int, error) {
	store, err := a.openStore(ctx, dir)
	if err != nil {
		return nil, 0, err
	}
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

// outlets returns the outlets of a store: most articles first, then by name.
func outlets(ctx context.Context, store *corpus.Store) ([]bot.Outlet, error) {
	summaries, err := store.List(ctx, corpus.ListOptions{})
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, s := range summaries {
		count[s.Source]++
	}
	list := make([]bot.Outlet, 0, len(count))
	for name, n := range count {
		list = append(list, bot.Outlet{Name: name, Articles: n})
	}
	slices.SortFunc(list, func(a, b bot.Outlet) int {
		if a.Articles != b.Articles {
			return b.Articles - a.Articles
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list, nil
}
