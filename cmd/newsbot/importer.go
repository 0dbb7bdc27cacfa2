package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/csv"
)

// maxNotes is how many messages of one kind an import prints; of the others it
// prints the number.
const maxNotes = 20

// An importer takes articles in and keeps account of them. However many they are,
// it keeps numbers, and the places of those that are on their way alone.
type importer struct {
	*app
	order  importOrder
	in     *inputs
	pace   *pace
	coming []input // given to the store, without their articles; the first is the next it reports
	done   int     // articles that the store has reported
	parts  int     // of them, those that no argument names alone
	became map[corpus.Status]int
	notes  map[string]int // printed, by kind
}

// add takes in everything; an error means that going on is useless.
func (i *importer) add(ctx context.Context, store *corpus.Store) error {
	i.became, i.notes = map[corpus.Status]int{}, map[string]int{}
	i.in.report, i.in.note = i.reportFailure, i.noteInput
	i.pace.begin(measure(ctx, i.order.args))
	options := corpus.AddOptions{Explicit: i.order.removed, KeepIDs: true, DryRun: i.order.dry}
	err := store.AddAllWith(ctx, i.read(ctx), options, i.account)
	i.pace.end()
	return importCut(ctx, err, i.taken())
}

// read yields the articles, and notes where they come from.
func (i *importer) read(ctx context.Context) iter.Seq[corpus.Article] {
	return func(yield func(corpus.Article) bool) {
		for in := range i.in.each(ctx) {
			article := in.article
			in.article = corpus.Article{}
			i.coming = append(i.coming, in)
			if !yield(article) {
				return
			}
		}
	}
}

// account says what became of the next article, if it is worth saying.
func (i *importer) account(o corpus.Outcome) error {
	from := i.coming[0]
	i.coming = slices.Delete(i.coming, 0, 1)
	i.done++
	if !from.named {
		i.parts++
	}
	if o.Err != nil {
		i.in.refuse(fmt.Errorf("%s: %w", from.place, o.Err))
		return nil
	}
	i.became[o.Status]++
	line := outcomeLine(o, from.place)
	if i.order.dry {
		line = "dry run: " + line
	}
	if from.named || i.order.verbose {
		i.say(line)
	} else if notable(o) {
		i.noteKind(o.Status.String(), line)
	}
	if from.byID && o.Changed&corpus.FieldURL != 0 {
		i.warnMoved(o, from.place)
	}
	i.pace.show(i.done, i.in.read.n.Load())
	return nil
}

// warnMoved warns of a line that says which article it is and gives it another
// address: it may have been meant for another one.
func (i *importer) warnMoved(o corpus.Outcome, place string) {
	const kind = "moved"
	if i.notes[kind]++; i.notes[kind] > maxNotes {
		return
	}
	did := "changed"
	if i.order.dry {
		did = "dry run: would change"
	}
	i.pace.clear()
	_, _ = fmt.Fprintf(i.Stderr, "newsbot: warning: %s: %s the address of %s; newsbot show -versions %s shows what it was\n",
		oneLine(place), did, describeArticle(o.Article), o.Article.ID)
}

// taken is how many articles are stored as they were given, or as somebody wants
// them: all that did not fail.
func (i *importer) taken() int {
	n := 0
	for _, of := range i.became {
		n += of
	}
	return n
}

// notable tells whether something else happened than was asked for.
func notable(o corpus.Outcome) bool {
	switch o.Status {
	case corpus.Duplicate, corpus.Kept, corpus.RemovedBefore:
		return true
	}
	return o.Kept != 0
}

// outcomeLine says what became of an article from a place.
func outcomeLine(o corpus.Outcome, place string) string {
	place = oneLine(place)
	switch o.Status {
	case corpus.Duplicate:
		return fmt.Sprintf("duplicate: %s is the same as %s", place, describeFirst(o.Article))
	case corpus.RemovedBefore:
		return fmt.Sprintf("removed before: %s; -removed adds it all the same", place)
	}
	line := fmt.Sprintf("%s %s", o.Status, describeArticle(o.Article))
	if o.Kept != 0 {
		line += fmt.Sprintf("; set by hand, and kept: %s", o.Kept)
	}
	return line
}

// describeFirst names the article that another is a duplicate of. In a dry run no
// more than its ID may be known.
func describeFirst(a corpus.Article) string {
	if a.Title == "" {
		return a.ID
	}
	return describeArticle(a)
}

// reportFailure reports one of the first refusals.
func (i *importer) reportFailure(err error) {
	if i.in.failed.n > maxNotes {
		return
	}
	i.pace.clear()
	report(i.Stderr, err)
	if i.in.failed.n == maxNotes {
		_, _ = fmt.Fprintln(i.Stderr, "newsbot: what else cannot be added is only counted")
	}
}

func (i *importer) noteInput(place, message string) {
	i.noteKind("input", oneLine(place)+": "+message)
}

// noteKind prints one of the first notes of a kind.
func (i *importer) noteKind(kind, line string) {
	if i.notes[kind]++; i.notes[kind] <= maxNotes {
		i.say(line)
	}
}

func (i *importer) say(line string) {
	i.pace.clear()
	i.printf("%s\n", line)
}

// sum prints the account, unless a line has said it all.
func (i *importer) sum() {
	if i.taken()+i.in.failed.n == 0 {
		i.printf("nothing to import\n")
		return
	}
	total := counts([]count{
		{i.became[corpus.Added], "added"}, {i.became[corpus.Updated], "updated"}, {i.became[corpus.Unchanged], "unchanged"},
		{i.became[corpus.Kept], "kept as set by hand"}, {i.became[corpus.Duplicate], plural(i.became[corpus.Duplicate], "duplicate")},
		{i.became[corpus.RemovedBefore], "removed before"}, {i.in.failed.n, "failed"},
	})
	if i.order.dry {
		total = "nothing is stored; it would be: " + total
	}
	if i.order.dry || i.taken()+i.in.failed.n > 1 || i.parts > 0 || holdsMany(i.order.args[0]) {
		i.printf("%s\n", total)
	}
	if i.in.failed.n > maxNotes {
		i.printf("failed: %s\n", i.in.failed)
	}
	if skipped := i.in.skipped.String(); skipped != "" {
		i.printf("skipped: %s\n", skipped)
	}
}

// A count is a number of something.
type count struct {
	n    int
	what string
}

// plural is a noun as a number wants it.
func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// counts lists what there is any of, "" for nothing.
func counts(list []count) string {
	var parts []string
	for _, c := range list {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	return strings.Join(parts, ", ")
}

// refusals counts what cannot be added, by reason: there are few reasons.
type refusals struct {
	n  int
	by map[string]int
}

func (r *refusals) add(err error) {
	if r.by == nil {
		r.by = map[string]int{}
	}
	r.n++
	r.by[failureReason(err)]++
}

// String lists the reasons, the most frequent first.
func (r refusals) String() string {
	var list []count
	for _, reason := range slices.Sorted(maps.Keys(r.by)) {
		list = append(list, count{r.by[reason], reason})
	}
	slices.SortStableFunc(list, func(a, b count) int { return b.n - a.n })
	return counts(list)
}

// failureReason is the reason of a failure in a few words.
func failureReason(err error) string {
	var refusal *source.Refusal
	switch {
	case errors.As(err, &refusal):
		return "refused (" + string(refusal.Reason) + ")"
	case errors.Is(err, source.ErrJSON):
		return "not lines of JSON"
	case errors.Is(err, csv.ErrRow):
		return "not rows of a table"
	case errors.Is(err, corpus.ErrEmpty):
		return "without text"
	case errors.Is(err, corpus.ErrTooLarge):
		return "too large"
	case errors.Is(err, fs.ErrNotExist):
		return "not found"
	case errors.Is(err, fs.ErrPermission):
		return "without permission to read"
	}
	return "with other mistakes"
}
