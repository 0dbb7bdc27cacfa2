package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Edit has change correct an article that is stored: its title, outlet, date, URL, language or body. The result is
// prepared and checked as for Add, and stored in the same transaction with its old ID, whatever its Key is now, so that
// links to the article go on working; Added stays. It returns the article as stored, and Updated or Unchanged. Vectors
// of texts that stay the same stay, and what is replaced is overwritten.
//
// A Title that change sets counts as given; an empty one is derived from the body. A title that was derived before, and
// is left alone, is derived anew from a new body. Language is found anew only when change empties it. Changes to ID, Added
// and Changed do not count. To assign a whole article as it was before takes an edit back.
//
// change holds up everyone who wants to write: it must be quick, and may read the store but not write to it. Its error
// ends the edit, and Edit returns it. Other errors are those of Add, and ErrNotFound when there is no such article.
//
// The article's ID is no longer made from its Key: a later Add of the text or URL it came from finds it again, and
// puts that content back in place of what was edited; an Add of the edited article makes a second one.
func (s *Store) Edit(ctx context.Context, id string, change func(*Article) error) (Article, Status, error) {
	var d draft
	var status Status
	err := s.write(ctx, func(tx *sql.Tx) error {
		old, err := article(ctx, tx, id)
		if err != nil {
			return err
		}
		if d, err = edited(old, change); err != nil {
			return err
		}
		if sameContent(&old, &d.Article) {
			status = Unchanged
			return nil
		}
		d.Changed, status = s.now().UTC().Truncate(time.Millisecond), Updated
		return s.replace(ctx, tx, &d)
	})
	if err != nil {
		return Article{}, 0, fmt.Errorf("edit article %s: %w", shorten(id, 40), err)
	}
	if status == Updated {
		s.forget(ctx) // the old text
	}
	return d.Article, status, nil
}

// edited returns what change makes of an article, ready to be written in its place.
func edited(old Article, change func(*Article) error) (draft, error) {
	a := old
	if err := change(&a); err != nil {
		return draft{}, err
	}
	// Whoever sets a title need not think of TitleDerived. The title of an earlier state, derived from its body, is derived
	// still.
	if a.Title != old.Title {
		if body, err := prepareBody(a.Body); err != nil || a.Title != deriveTitle(body) {
			a.TitleDerived = false
		}
	}
	d, err := newDraft(a)
	d.ID, d.Added, d.Changed = old.ID, old.Added, old.Changed
	return d, err
}
