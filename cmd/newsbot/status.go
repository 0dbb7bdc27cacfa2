package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

func statusCommand() command {
	return command{
		name:    "status",
		summary: "show what the collection holds and what is still to be done",
		example: `newsbot -data /var/lib/newsbot status`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("status takes no arguments, but there is %q", args[0])
				}
				return a.status(ctx)
			}
		},
	}
}

func (a *app) status(ctx context.Context) error {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	stats, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	encoder, backlog, err := a.encodingStatus(ctx, store)
	if err != nil {
		return err
	}
	a.printTable([][]string{
		{"data folder", a.dataDir},
		{"articles", byLanguage(stats)},
		{"passages", fmt.Sprint(stats.Passages)},
		{"words", fmt.Sprint(stats.Words)},
		{"oldest", dateOrUnknown(stats.Oldest)},
		{"newest", dateOrUnknown(stats.Newest)},
		{"to encode", backlog},
		{"encoder", encoder},
		{"serving", servingStatus(a.dataDir)},
		{"size", fmt.Sprintf("%.1f MB", float64(stats.Bytes)/1e6)},
	})
	return nil
}

// byLanguage is the number of articles, and of those in each language.
func byLanguage(stats corpus.Stats) string {
	var parts []string
	for _, lang := range []text.Language{text.Arabic, text.English, text.Other} {
		if n := stats.ByLanguage[lang]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", lang, n))
		}
	}
	if len(parts) == 0 {
		return fmt.Sprint(stats.Articles)
	}
	return fmt.Sprintf("%d (%s)", stats.Articles, strings.Join(parts, ", "))
}

// encodingStatus describes the encoder and its backlog. An encoder that does
// not open is described, not an error: status is for finding out what is wrong.
func (a *app) encodingStatus(ctx context.Context, store *corpus.Store) (encoder, backlog string, err error) {
	e, err := a.NewEncoder()
	if err != nil {
		return fmt.Sprintf("unusable: %v", err), "unknown", nil
	}
	n, _, err := store.Backlog(ctx, e.ID())
	if err != nil {
		return "", "", err
	}
	return e.ID(), articles(n), nil
}
