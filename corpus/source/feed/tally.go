package feed

import "newsbot/corpus"

// A Tally counts what became of the articles of one or several polls.
type Tally struct {
	// Feeds were polled, of which Unmodified had nothing new to say and Failed did not work.
	Feeds, Unmodified, Failed int
	// What became of the articles, as [corpus.Status] says; Withdrawn by their outlets, and Refused, because there is no
	// text or their page is refused.
	// An updated article of which something was kept as people have set it counts as Kept, too.
	Added, Updated, Unchanged, Duplicate, Kept, RemovedBefore, Withdrawn, Refused int
	// Left is how many articles, and feeds that were not read, are still to come: there was no time for them.
	Left int
}

// add counts what another tally has counted.
func (t *Tally) add(o Tally) {
	t.Feeds += o.Feeds
	t.Unmodified += o.Unmodified
	t.Failed += o.Failed
	t.Added += o.Added
	t.Updated += o.Updated
	t.Unchanged += o.Unchanged
	t.Duplicate += o.Duplicate
	t.Kept += o.Kept
	t.RemovedBefore += o.RemovedBefore
	t.Withdrawn += o.Withdrawn
	t.Refused += o.Refused
	t.Left += o.Left
}

// count counts what became of one article.
func (t *Tally) count(o corpus.Outcome) {
	switch o.Status {
	case corpus.Added:
		t.Added++
	case corpus.Updated:
		t.Updated++
		if o.Kept != 0 {
			t.Kept++
		}
	case corpus.Unchanged:
		t.Unchanged++
	case corpus.Duplicate:
		t.Duplicate++
	case corpus.Kept:
		t.Kept++
	case corpus.RemovedBefore:
		t.RemovedBefore++
	}
}
