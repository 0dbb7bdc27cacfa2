package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"
)

// Status says what Add did.
type Status int

// What Add can do: store a new article or bring a removed one back, change one, or leave it alone.
const (
	Added Status = iota + 1
	Updated
	Unchanged
	// Duplicate: the store has the same text, or the same link, as another article, which is the one returned.
	Duplicate
	// Kept: what is there was set by hand and stays, though the article given says something else.
	Kept
	// RemovedBefore: the article was removed, and only [AddOptions.Explicit] brings it back.
	RemovedBefore
)

// String returns "added", "updated", "unchanged", "duplicate", "kept" or "removed before".
func (s Status) String() string {
	switch s {
	case Added:
		return "added"
	case Updated:
		return "updated"
	case Unchanged:
		return "unchanged"
	case Duplicate:
		return "duplicate"
	case Kept:
		return "kept"
	case RemovedBefore:
		return "removed before"
	}
	return fmt.Sprintf("status %d", int(s))
}

// Add prepares an article and stores it with its passages, in one transaction, and returns it as stored. It is AddWith with
// the zero AddOptions.
func (s *Store) Add(ctx context.Context, a Article) (Article, Status, error) {
	o, err := s.AddWith(ctx, a, AddOptions{})
	return o.Article, o.Status, err
}

// Outcome is what became of one article given to AddAll.
type Outcome struct {
	// N is the article's place among those given, from 0.
	N int
	// Article is the article as it is stored. For a Duplicate it is the first one, for one that was RemovedBefore, and of
	// which nothing is left, it is as it was given, and when Err is set, too.
	Article Article
	// Status is what became of it.
	Status Status
	// Changed are the fields in which an article that the store had has become another. A DryRun may not know them.
	Changed Fields
	// Kept are the fields whose new values were not taken, since what is there was set by hand.
	Kept Fields
	// Later says that what there is of a post is a later wording than the one given, and stays.
	Later bool
	// Err says why the article cannot be stored, nil when it is.
	Err error
}

// AddOptions says how articles are taken in. The zero value is for what comes by itself, such as feeds and imports: it
// respects what people have decided.
type AddOptions struct {
	// Explicit says that somebody wants just this article: it comes in though it was removed before.
	Explicit bool
	// Overrule lets the article replace what was set by hand; what it says counts as set by hand then.
	Overrule bool
	// KeepIDs takes the ID of an article that comes with one, instead of making it from the key.
	KeepIDs bool
	// OnlyNew leaves what the store has alone: the article is a Duplicate then.
	OnlyNew bool
	// DryRun finds out what would become of the articles and writes nothing.
	DryRun bool
}

// AddWith prepares an article and takes it in, with its passages, in one transaction. Outcome.N and Err mean nothing.
//
// An article that the store has by its ID is not written again when the same was given last time. Else it takes over
// what is given, field by field: what is empty there erases nothing, and what was set by hand stays, which Outcome.Kept
// says. Its ID and Added stay; what it was is one of its [Store.Versions]. A later Modified alone is no change.
//
// One that the store does not have is a Duplicate when another has the same link or, unless it is very short, the same
// text.
//
// The errors are those of Prepare for an article that cannot be stored, and of the store. Known articles never wait
// for those who write.
func (s *Store) AddWith(ctx context.Context, a Article, o AddOptions) (Outcome, error) {
	d, err := newGiven(a, o)
	if err != nil {
		return Outcome{}, err
	}
	var v verdict
	err = s.read(ctx, func(tx *sql.Tx) error {
		v, err = s.judge(ctx, tx, &d, o)
		return err
	})
	if err == nil && v.writes() && !o.DryRun {
		err = s.write(ctx, func(tx *sql.Tx) error {
			v, err = s.put(ctx, tx, &d, o)
			return err
		})
	}
	if err != nil {
		return Outcome{}, fmt.Errorf("add article %s: %w", d.ID, err)
	}
	return Outcome{Article: v.article, Status: v.status, Changed: v.changed, Kept: v.kept}, nil
}

// The size of a bulk transaction. A commit costs a sync of the disk, so several articles share one; others
// wait for the write lock meanwhile, so they are not many.
const (
	batchArticles = 50
	batchBytes    = 2 << 20
	batchAge      = 200 * time.Millisecond
)

// AddAll is AddAllWith with the zero AddOptions.
func (s *Store) AddAll(ctx context.Context, articles iter.Seq[Article], report func(Outcome) error) error {
	return s.AddAllWith(ctx, articles, AddOptions{}, report)
}

// AddAllWith adds many articles, several to a transaction, each as AddWith would. report, which may be nil, is called once
// for every article, in order, when it is safely on the disk or has been refused; a refused article does not stop the
// others. It stops at the first error of the store or of report and returns it: what was reported until then is
// stored. An article waits for others to share its transaction, though no longer than they take to come: the last of a
// batch is stored when the next article is there, or the end. Memory does not grow with the number of articles, except that a DryRun remembers some hashes of each; of a
// Duplicate of an earlier one in the same DryRun it knows only the ID, and one that is given again and says
// something else is Updated, though it may say only less.
func (s *Store) AddAllWith(ctx context.Context, articles iter.Seq[Article], o AddOptions, report func(Outcome) error) error {
	if report == nil {
		report = func(Outcome) error { return nil }
	}
	b := batch{options: o, report: report}
	for a := range articles {
		if b.full() {
			if err := s.commit(ctx, &b); err != nil {
				return err
			}
		}
		b.add(a)
	}
	return s.commit(ctx, &b)
}

// batch gathers articles for one transaction. They are prepared before it begins, so that it is short.
type batch struct {
	options   AddOptions
	drafts    []draft
	outcomes  []Outcome
	next      int // N of the next article
	bytes     int
	began     time.Time
	rehearsal rehearsal
	report    func(Outcome) error
}

func (b *batch) full() bool {
	return len(b.drafts) >= batchArticles || b.bytes >= batchBytes || (len(b.drafts) > 0 && time.Since(b.began) > batchAge)
}

func (b *batch) add(a Article) {
	if len(b.drafts) == 0 {
		b.began = time.Now()
	}
	d, err := newGiven(a, b.options)
	b.drafts = append(b.drafts, d)
	b.outcomes = append(b.outcomes, Outcome{N: b.next, Article: a, Err: err})
	b.bytes += len(a.Body)
	b.next++
}

// each calls judge for every article that can be stored, and keeps its verdict.
func (b *batch) each(judge func(*draft) (verdict, error)) error {
	for i := range b.drafts {
		o := &b.outcomes[i]
		if o.Err != nil {
			continue
		}
		v, err := judge(&b.drafts[i])
		if err != nil {
			return fmt.Errorf("article %s: %w", b.drafts[i].ID, err)
		}
		o.Article, o.Status, o.Changed, o.Kept = v.article, v.status, v.changed, v.kept
	}
	return nil
}

// commit stores the batch, reports it and empties it.
func (s *Store) commit(ctx context.Context, b *batch) error {
	if err := s.store(ctx, b); err != nil {
		return fmt.Errorf("add articles: %w", err)
	}
	for _, o := range b.outcomes {
		if err := b.report(o); err != nil {
			return err
		}
	}
	clear(b.drafts) // the texts
	clear(b.outcomes)
	b.drafts, b.outcomes, b.bytes = b.drafts[:0], b.outcomes[:0], 0
	return nil
}

// store stores the batch. One in which nothing is to be written does not wait for those who write.
func (s *Store) store(ctx context.Context, b *batch) error {
	err := s.read(ctx, func(tx *sql.Tx) error {
		return b.each(func(d *draft) (verdict, error) {
			v, err := s.judge(ctx, tx, d, b.options)
			switch {
			case err != nil:
				return v, err
			case b.options.DryRun:
				address, content := s.marks(d)
				return b.rehearsal.judge(d, address, content, v), nil
			case v.writes():
				return v, errWrites
			}
			return v, nil
		})
	})
	if !errors.Is(err, errWrites) {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		return b.each(func(d *draft) (verdict, error) { return s.put(ctx, tx, d, b.options) })
	})
}

// errWrites ends the look at a batch that has something to be written.
var errWrites = errors.New("something is to be written")

// wrap adds what was being done to an error, and leaves nil alone.
func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err)
}
