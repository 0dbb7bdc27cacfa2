package main

import (
	"context"
	"errors"
	"flag"

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
// others.
func (a *app) remove(ctx context.Context, ids []string) error {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	var outcome error
	for _, id := range ids {
		err := store.Remove(ctx, id)
		switch {
		case errors.Is(err, corpus.ErrNotFound):
			report(a.Stderr, unknownArticle(id))
			outcome = errReported
		case err != nil:
			return err
		default:
			a.printf("removed %s\n", id)
		}
	}
	return outcome
}
