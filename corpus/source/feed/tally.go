package feed

// A Tally counts what became of the articles of one or several polls.
type Tally struct {
	// Feeds were polled, of which Unmodified had nothing new to say and Failed did not work.
	Feeds, Unmodified, Failed int
	// What became of the articles, as [corpus.Status] says; Withdrawn by their outlets, and Refused, because there is no
	// text or their page is refused.
	Added, Updated, Unchanged, Duplicate, Kept, RemovedBefore, Withdrawn, Refused int
}
