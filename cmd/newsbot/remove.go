package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"newsbot/corpus"
)

func removeCommand() command {
	return command{
		name:     "remove",
		synopsis: "ID...",
		summary:  "hide articles from every answer and list; undo brings them back for 24 hours",
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

func undoCommand() command {
	return command{
		name:     "undo",
		synopsis: "ID...",
		summary:  "bring removed articles back",
		example:  `newsbot undo 5kx2m7qhd3tza6vw`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, ids []string) error {
				if len(ids) == 0 {
					return misuse("no article to bring back")
				}
				return a.undo(ctx, ids)
			}
		},
	}
}

func (a *app) remove(ctx context.Context, ids []string) error {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	n, err := a.eachNamed(ids, "removed", unknownArticle, func(id string) error { return store.Remove(ctx, id) })
	if n > 0 {
		a.printf("newsbot undo ID brings it back within %d hours, newsbot purge ID erases it now\n", int(corpus.RestoreTime.Hours()))
	}
	return err
}

func (a *app) undo(ctx context.Context, ids []string) error {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	_, err = a.eachNamed(ids, "restored", notRemoved, func(id string) error { return store.Restore(ctx, id) })
	return err
}

func notRemoved(id string) error {
	return withHint(fmt.Errorf("no removed article %q", id), "newsbot list -removed shows them")
}

// eachNamed does something to each article that is named, says what was done,
// reports those that are not there, and goes on with the others. One that is named
// again is neither. It returns how many it was done to.
func (a *app) eachNamed(ids []string, did string, missing func(id string) error, do func(id string) error) (n int, err error) {
	done := map[string]bool{} // the IDs so far; false for the unknown
	for _, named := range ids {
		id := strings.ToLower(named)
		if was, again := done[id]; again {
			if was {
				a.printf("%s %s already: it is named twice\n", did, id)
			}
			continue
		}
		failure := do(id)
		done[id] = failure == nil
		switch {
		case errors.Is(failure, corpus.ErrNotFound):
			report(a.Stderr, missing(named))
			err = errReported
		case failure != nil:
			return n, failure
		default:
			n++
			a.printf("%s %s\n", did, id)
		}
	}
	return n, err
}
