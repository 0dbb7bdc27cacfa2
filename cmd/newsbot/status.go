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
	encoding, err := a.encodingStatus(ctx, store)
	if err != nil {
		return err
	}
	rows := [][]string{
		{"data folder", a.dataDir},
		{"articles", byLanguage(stats)},
		{"passages", fmt.Sprint(stats.Passages)},
		{"words", fmt.Sprint(stats.Words)},
		{"oldest", dateOrUnknown(stats.Oldest)},
		{"newest", dateOrUnknown(stats.Newest)},
	}
	rows = append(rows, encoding...)
	a.printTable(append(rows,
		[]string{"serving", servingStatus(a.dataDir)},
		[]string{"size", fmt.Sprintf("%.1f MB", float64(stats.Bytes)/1e6)},
	))
	return nil
}

// byLanguage is the number of articles, and of those in each language.
func byLanguage(stats corpus.Stats) string { return ofLanguages(stats.Articles, stats.ByLanguage) }

// ofLanguages is a number, and that of each language.
func ofLanguages(all int, by map[text.Language]int) string {
	var parts []string
	for _, lang := range []text.Language{text.Arabic, text.English, text.Other} {
		if n := by[lang]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", lang, n))
		}
	}
	if len(parts) == 0 {
		return fmt.Sprint(all)
	}
	return fmt.Sprintf("%d (%s)", all, strings.Join(parts, ", "))
}

// encodingStatus describes the encoders and what they have to do and have done.
// Encoders that do not open are described, not an error: status is for finding
// out what is wrong.
func (a *app) encodingStatus(ctx context.Context, store *corpus.Store) ([][]string, error) {
	e, err := a.encoders()
	if err != nil {
		return [][]string{{"to encode", "unknown"}, {"encoders", fmt.Sprintf("unusable: %v", err)}}, nil
	}
	n, _, err := store.Backlog(ctx, e.Names()...)
	if err != nil {
		return nil, err
	}
	words, err := store.CountWords(ctx, e.Quick.ID())
	if err != nil {
		return nil, err
	}
	all := 0
	for _, n := range words {
		all += n
	}
	return [][]string{
		{"to encode", articles(n)},
		{"word vectors", ofLanguages(all, words)},
		{"encoders", e.Strong.ID() + ", " + e.Quick.ID()},
	}, nil
}
