package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"
)

// Status says what Add did.
type Status int

// What Add can do: store a new article, replace the content of one, or leave it alone.
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

// Add prepares an article and stores it with its passages, in one transaction, and returns it as stored. An article
// already there with the same content is not written again. One with the same ID and other content is replaced: its
// passages and the vectors only they needed go, Added stays.
//
// It returns the errors of Prepare for an article that cannot be stored.
func (s *Store) Add(ctx context.Context, a Article) (Article, Status, error) {
	d, err := newDraft(a)
	if err != nil {
		return Article{}, 0, err
	}
	var status Status
	if err := s.unchanged(ctx, &d, &status); err != nil || status == Unchanged {
		return d.Article, status, wrap(err, "add article %s", d.ID)
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		status, err = s.put(ctx, tx, &d)
		return err
	})
	if err != nil {
		return Article{}, 0, fmt.Errorf("add article %s: %w", d.ID, err)
	}
	if status == Updated {
		s.forget(ctx) // the old text
	}
	return d.Article, status, nil
}

// Outcome is what became of one article given to AddAll.
type Outcome struct {
	// N is the article's place among those given, from 0.
	N int
	// Article is as Add returns it; when Err is set, as it was given.
	Article Article
	// Status is as Add returns it.
	Status Status
	// Kept are the fields whose new values were not taken, since what is there was set by hand.
	Kept Fields
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
	// DryRun finds out what would become of the articles and writes nothing.
	DryRun bool
}

// AddWith is Add with options, and returns the errors of Add; Outcome.N and Err mean nothing.
func (s *Store) AddWith(ctx context.Context, a Article, o AddOptions) (Outcome, error) {
	return Outcome{}, errors.ErrUnsupported
}

// AddAllWith is AddAll with options.
func (s *Store) AddAllWith(ctx context.Context, articles iter.Seq[Article], o AddOptions, report func(Outcome) error) error {
	return errors.ErrUnsupported
}

// The size of a bulk transaction. A commit costs a sync of the disk, so several articles share one; others
// wait for the write lock meanwhile, so they are not many.
const (
	batchArticles = 50
	batchBytes    = 2 << 20
	batchAge      = 200 * time.Millisecond
)

// AddAll adds many articles, several to a transaction, each as Add would. report, which may be nil, is called once
// for every article, in order, when it is safely on the disk or has been refused; a refused article does not stop the
// others. AddAll stops at the first error of the store or of report and returns it: what was reported until then is
// stored.
func (s *Store) AddAll(ctx context.Context, articles iter.Seq[Article], report func(Outcome) error) error {
	if report == nil {
		report = func(Outcome) error { return nil }
	}
	b := batch{report: report}
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
	drafts   []draft
	outcomes []Outcome
	next     int // N of the next article
	bytes    int
	began    time.Time
	report   func(Outcome) error
}

func (b *batch) full() bool {
	return len(b.drafts) >= batchArticles || b.bytes >= batchBytes || (len(b.drafts) > 0 && time.Since(b.began) > batchAge)
}

func (b *batch) add(a Article) {
	if len(b.drafts) == 0 {
		b.began = time.Now()
	}
	d, err := newDraft(a)
	if err != nil {
		d.Article = a
	}
	b.drafts = append(b.drafts, d)
	b.outcomes = append(b.outcomes, Outcome{N: b.next, Article: a, Err: err})
	b.bytes += len(a.Body)
	b.next++
}

// commit stores the batch, reports it and empties it.
func (s *Store) commit(ctx context.Context, b *batch) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		for i := range b.drafts {
			if err := s.putOne(ctx, tx, &b.drafts[i], &b.outcomes[i]); err != nil {
				return fmt.Errorf("article %s: %w", b.drafts[i].ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("add articles: %w", err)
	}
	if slices.ContainsFunc(b.outcomes, func(o Outcome) bool { return o.Status == Updated }) {
		s.forget(ctx) // the old texts
	}
	for _, o := range b.outcomes {
		if err := b.report(o); err != nil {
			return err
		}
	}
	b.drafts, b.outcomes, b.bytes = b.drafts[:0], b.outcomes[:0], 0
	return nil
}

func (s *Store) putOne(ctx context.Context, tx *sql.Tx, d *draft, o *Outcome) (err error) {
	if o.Err != nil {
		return nil
	}
	o.Status, err = s.put(ctx, tx, d)
	o.Article = d.Article
	return err
}

// unchanged sets status to Unchanged, and d to what is stored, when the store has the same content.
// It only reads, so that feeds full of known articles never wait for the write lock.
func (s *Store) unchanged(ctx context.Context, d *draft, status *Status) error {
	return s.read(ctx, func(tx *sql.Tx) error {
		old, err := article(ctx, tx, d.ID)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err == nil && sameContent(&old, &d.Article) {
			d.Article, *status = old, Unchanged
		}
		return err
	})
}

// sameContent compares all that is given from outside.
func sameContent(a, b *Article) bool {
	return a.Body == b.Body && a.Title == b.Title && a.TitleDerived == b.TitleDerived && a.Source == b.Source &&
		a.Language == b.Language && a.URL == b.URL && a.Published.String() == b.Published.String()
}

// put stores a draft inside a transaction and completes its article.
func (s *Store) put(ctx context.Context, tx *sql.Tx, d *draft) (Status, error) {
	now := s.now().UTC().Truncate(time.Millisecond)
	old, err := article(ctx, tx, d.ID)
	switch {
	case errors.Is(err, ErrNotFound):
		d.Added, d.Changed = now, now
		return Added, s.insert(ctx, tx, d)
	case err != nil:
		return 0, err
	case sameContent(&old, &d.Article):
		d.Article = old
		return Unchanged, nil
	}
	d.Added, d.Changed = old.Added, now
	return Updated, s.replace(ctx, tx, d)
}

// wrap adds what was being done to an error, and leaves nil alone.
func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err)
}
