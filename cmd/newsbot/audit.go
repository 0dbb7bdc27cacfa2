package main

import (
	"context"
	"flag"
	"strings"
	"time"

	"newsbot/corpus"
)

// auditShown is how many entries are shown when nobody says how many.
const auditShown = 50

func auditCommand() command {
	return command{
		name:     "audit",
		synopsis: "[-n N] [ID]",
		summary:  "list who has changed what and when, newest first",
		example:  `newsbot audit -n 10 5kx2m7qhd3tza6vw`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			n := flags.Int("n", auditShown, "`number` of changes shown, 0 for all")
			return func(ctx context.Context, args []string) error {
				if len(args) > 1 {
					return misuse("audit takes the ID of one article, not %d", len(args))
				}
				if *n < 0 {
					return misuse("-n is %d, but it must be 0 or more", *n)
				}
				o := corpus.AuditOptions{Limit: *n}
				if len(args) == 1 {
					o.Article = strings.ToLower(args[0])
				}
				return a.audit(ctx, o)
			}
		},
	}
}

func (a *app) audit(ctx context.Context, o corpus.AuditOptions) error {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	entries, err := store.Audit(ctx, o)
	if err != nil {
		return err
	}
	rows := make([][]string, len(entries))
	for i, e := range entries {
		rows[i] = []string{e.At.Format(time.DateTime), oneLine(e.Actor), e.Action, orDash(e.Article), oneLine(orDash(e.Detail))}
	}
	a.printTable(rows)
	return nil
}
