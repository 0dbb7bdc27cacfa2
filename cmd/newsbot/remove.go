package main

import (
	"context"
	"errors"
	"flag"
	"strings"

	"newsbot/corpus"
)

func removeCommand() command {
	return command{
		name:     "remove",
		synopsis: "ID...",
		summary:  "remove articles with every trace of them",
		example:  `newsbot remove 5kx2m7qhd3tza6vw`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, ids []string) error {
				if len(ids) == 0 {
					return misuse("no article to remove")
				}
				return a.remove(ctx, ids)
			}
		},
	}
}

// remove removes each article, reports the unknown ones and goes on with the
// others. One that is named again is neither.
func (a *app) remove(ctx context.Context, ids []string) error {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	var outcome error
	removed := map[string]bool{} // the IDs so far; false for the unknown
	for _, named := range ids {
		id := strings.ToLower(named)
		if was, again := removed[id]; again {
			if was {
				a.printf("removed %s already: it is named twice\n", id)
			}
			continue
		}
		err := store.Purge(ctx, id)
		removed[id] = err == nil
		switch {
		case errors.Is(err, corpus.ErrNotFound):
			report(a.Stderr, unknownArticle(named))
			outcome = errReported
		case err != nil:
			return err
		default:
			a.printf("removed %s\n", id)
		}
	}
	return outcome
}
