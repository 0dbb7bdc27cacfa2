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
	n, err := a.eachNamed(ctx, store, ids, "removed", func(id string) error { return notThere(ctx, store, id) },
		func(id string) (string, error) { return "", store.Remove(ctx, id) })
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
	_, err = a.eachNamed(ctx, store, ids, "restored", notRemoved, func(id string) (string, error) { return "", store.Restore(ctx, id) })
	return err
}

func notRemoved(id string) error {
	return withHint(fmt.Errorf("no removed article %q", id), "newsbot list -removed shows them")
}

// notThere says why an article cannot be found: it is removed already, or unknown.
func notThere(ctx context.Context, store *corpus.Store, id string) error {
	known, err := articleID(ctx, store, id)
	if err != nil {
		return err
	}
	a, err := store.Lookup(ctx, known)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		return unknownArticle(id)
	case err != nil:
		return err
	}
	return withHint(fmt.Errorf("article %s is removed already, since %s", a.ID, minute(a.Removed)), "newsbot undo %s brings it back", a.ID)
}

// duplicated adds what can be done about an article that is there twice otherwise.
func duplicated(err error) error {
	var twin *corpus.DuplicateError
	if !errors.As(err, &twin) {
		return err
	}
	return withHint(err, "newsbot show %[1]s shows the other; remove that first to have this one back", twin.ID)
}

// articleID is the ID that a command names an article by: the ID itself or, for a
// post of a channel, any link to it.
func articleID(ctx context.Context, store *corpus.Store, named string) (string, error) {
	id, err := store.PostArticle(ctx, named)
	if errors.Is(err, corpus.ErrNotFound) {
		return strings.ToLower(named), nil
	}
	return id, err
}

// eachNamed does something to each article that is named, says what was done,
// reports those that are not there, and goes on with the others. One that is named
// again is neither. do returns what more is to be said, in whole lines. It returns
// how many it was done to.
func (a *app) eachNamed(
	ctx context.Context, store *corpus.Store, names []string, did string,
	missing func(name string) error, do func(id string) (more string, err error),
) (n int, err error) {
	done := map[string]bool{} // the IDs so far; false for the unknown
	for _, named := range names {
		id, failure := articleID(ctx, store, named)
		if failure != nil {
			return n, failure
		}
		if was, again := done[id]; again {
			if was {
				a.printf("%s %s already: it is named twice\n", did, id)
			}
			continue
		}
		more, failure := do(id)
		done[id] = failure == nil
		switch {
		case errors.Is(failure, corpus.ErrNotFound):
			report(a.Stderr, missing(named))
			err = errReported
		case errors.Is(failure, corpus.ErrDuplicate):
			report(a.Stderr, duplicated(failure))
			err = errReported
		case failure != nil:
			return n, failure
		default:
			n++
			a.printf("%s %s\n%s", did, id, more)
		}
	}
	return n, err
}
