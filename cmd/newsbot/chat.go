package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/corpus/source"
	"newsbot/retrieval"
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

// chat opens the conversation. It encodes and follows the collection behind it,
// and has ended both when it returns. Being interrupted is a way to leave.
func (a *app) chat(ctx context.Context) error {
	encoder, err := a.encoder()
	if err != nil {
		return err
	}
	served, err := a.serve(ctx)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	defer served.close()
	engine, err := retrieval.Open(ctx, retrieval.Config{Store: served.store, Encoder: encoder, Logger: a.logger})
	if err != nil {
		return unlessStopped(ctx, err)
	}
	asker := &patientAsker{Engine: engine, logger: a.logger, indexed: make(chan struct{}), patience: time.After(a.patience)}
	c := &bot.Chat{Asker: asker, Library: library{served.store}, In: a.Stdin, Out: a.Stdout, Logger: a.logger}
	behind, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { _ = engine.Follow(behind) }) // ends with behind and logs its errors
	running.Go(func() {
		x := a.indexer(served.store, encoder, served.dir)
		a.encodeBehind(behind, x, c, asker.encoded)
	})
	err = c.Run(ctx)
	stop()
	running.Wait()
	return err
}

// unlessStopped forgets an error that comes of being told to stop.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// A served is the collection that a process serves, and the lock that says so.
type served struct {
	store *corpus.Store
	dir   string
	lock  *corpus.Lock
}

func (s *served) close() {
	closeStore(s.store)
	_ = s.lock.Unlock() // it goes with the process in any case
}

// serve opens the collection, or the samples when it is empty.
func (a *app) serve(ctx context.Context) (*served, error) {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return nil, err
	}
	lock, err := corpus.TryLock(a.dataDir, corpus.ServeLock)
	if err != nil {
		closeStore(store)
		return nil, servedAlready(a.dataDir, err)
	}
	s := &served{store: store, dir: a.dataDir, lock: lock}
	stats, err := store.Stats(ctx)
	if err == nil && stats.Articles == 0 {
		err = a.serveSamples(ctx, s)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func servedAlready(dir string, err error) error {
	if !errors.Is(err, corpus.ErrLocked) {
		return err
	}
	return withHint(fmt.Errorf("another newsbot (process %d) serves %s", servingProcess(dir), dir),
		"end that one, choose another folder with -data DIR, or use newsbot ask, which works beside it")
}

// serveSamples puts the sample articles in place of an empty collection. They
// have a folder of their own, so that they never mix with anybody's articles.
func (a *app) serveSamples(ctx context.Context, s *served) error {
	dir := filepath.Join(a.dataDir, samplesDir)
	store, err := a.openStore(ctx, dir)
	if err != nil {
		return err
	}
	n, err := addSamples(ctx, store)
	if err != nil {
		closeStore(store)
		return fmt.Errorf("adding the sample articles: %w", err)
	}
	closeStore(s.store)
	s.store, s.dir = store, dir
	a.printf("There are no articles in %s yet: this chat is about %d sample articles. newsbot import FILE adds your own, for the next chat.\n", a.dataDir, n)
	return nil
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

// A library is a store as a conversation sees it.
type library struct{ *corpus.Store }

// Outlets implements [bot.Library]: most articles first, then by name.
func (l library) Outlets(ctx context.Context) ([]bot.Outlet, error) {
	summaries, err := l.List(ctx, corpus.ListOptions{})
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, s := range summaries {
		count[s.Source]++
	}
	outlets := make([]bot.Outlet, 0, len(count))
	for name, n := range count {
		outlets = append(outlets, bot.Outlet{Name: name, Articles: n})
	}
	slices.SortFunc(outlets, func(a, b bot.Outlet) int {
		if a.Articles != b.Articles {
			return b.Articles - a.Articles
		}
		return strings.Compare(a.Name, b.Name)
	})
	return outlets, nil
}
