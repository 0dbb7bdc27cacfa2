package feed

import "newsbot/corpus"

// A Tally counts what became of the articles of one or several polls.
type Tally struct {
	// Feeds were polled, of which Unmodified had nothing new to say and Failed did not work.
	Feeds, Unmodified, Failed int
	// What became of the articles, as [corpus.Status] says; Withdrawn by their outlets, and Refused, because there is no
	// text or their page is refused.
	Added, Updated, Unchanged, Duplicate, Kept, RemovedBefore, Withdrawn, Refused int
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
}

// count counts what became of one article.
func (t *Tally) count(s corpus.Status) {
	switch s {
	case corpus.Added:
		t.Added++
	case corpus.Updated:
		t.Updated++
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
