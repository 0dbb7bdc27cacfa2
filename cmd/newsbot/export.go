package main

import (
	"context"
	"flag"
	"io"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

func exportCommand() command {
	return command{
		name:    "export",
		summary: "write all articles to standard output, as lines of JSON that import reads",
		details: `Articles under an embargo are among them, removed ones are not. Imported again, they
keep their IDs. Earlier versions, the audit and what was set by hand are in a backup
alone.`,
		example: `newsbot export >articles.jsonl`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("export takes no arguments, but there is %q: it writes to standard output", args[0])
				}
				return a.export(ctx)
			}
		},
	}
}

// export writes one article after the other. Unlike other commands it looks at the
// error of its output: nobody has to wait for what nobody reads.
func (a *app) export(ctx context.Context) error {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	return store.EachKept(ctx, func(article corpus.Article) error {
		line, err := jsonLine(source.NewRecord(article))
		if err != nil {
			return err
		}
		_, err = io.WriteString(a.Stdout, line)
		return err
	})
}
