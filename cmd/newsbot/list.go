package main

import (
	"context"
	"flag"
	"strings"
	"time"
	"unicode"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

func listCommand() command {
	return command{
		name:     "list",
		synopsis: "[-search WORDS] [-source OUTLET] [-from DATE] [-to DATE] [-embargoed] [-removed]",
		summary:  "list the articles, newest first",
		example:  `newsbot list -source Reuters -from 2025-08-01`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			var o corpus.ListOptions
			flags.StringVar(&o.Search, "search", "", "only those with these `words` in title, outlet or author")
			flags.StringVar(&o.Source, "source", "", "only those of this `outlet`")
			from := flags.String("from", "", "only those published on this `date` or later")
			to := flags.String("to", "", "only those published on this `date` or earlier")
			flags.BoolVar(&o.Embargoed, "embargoed", false, "those under an embargo too, with its end")
			flags.BoolVar(&o.Removed, "removed", false, "those that were removed and can be brought back, with when that was")
			return func(ctx context.Context, args []string) (err error) {
				if len(args) > 0 {
					return misuse("list takes no arguments, but there is %q", args[0])
				}
				if o.From, err = dayFlag("-from", *from); err != nil {
					return err
				}
				if o.To, err = dayFlag("-to", *to); err != nil {
					return err
				}
				return a.list(ctx, o)
			}
		},
	}
}

// dayFlag reads the value of a flag that is a date, as import does.
func dayFlag(name, value string) (corpus.Date, error) {
	a, err := source.Apply(corpus.Article{}, source.Meta{Published: value})
	if err != nil {
		return corpus.Date{}, misuse("%s", strings.Replace(err.Error(), "-published", name, 1))
	}
	return a.Published, nil
}

func (a *app) list(ctx context.Context, o corpus.ListOptions) error {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	summaries, err := store.List(ctx, o)
	if err != nil {
		return err
	}
	rows := make([][]string, len(summaries))
	for i, s := range summaries {
		row := []string{s.ID, dateColumn(s.Published), string(s.Language), oneLine(orDash(s.Source)), oneLine(s.Title)}
		if o.Embargoed || o.Removed {
			row = append([]string{s.ID, a.state(s)}, row[1:]...)
		}
		rows[i] = row
	}
	a.printTable(rows)
	return nil
}

// state says what keeps an article from readers, "-" for nothing.
func (a *app) state(s corpus.Summary) string {
	switch {
	case !s.Removed.IsZero():
		return "removed " + minute(s.Removed)
	case s.Embargo.After(a.Now()):
		return "embargo until " + minute(s.Embargo)
	}
	return "-"
}

// minute is a moment as lists have it.
func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// dateColumn is the day alone, so that the column stays narrow.
func dateColumn(d corpus.Date) string {
	if d.IsZero() {
		return "-"
	}
	return d.Time.Format(time.DateOnly)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// printTable prints rows with their columns below each other; the last one is
// as wide as it is.
func (a *app) printTable(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columns(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-columns(cell)+2))
			}
		}
		a.printf("%s\n", b.String())
	}
}

// columns is the width of a text on a terminal: marks and format characters
// take no room.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}
