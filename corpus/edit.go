package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// Edit has change correct an article that is stored: its title, outlet, date, URL, language, body, author or embargo. The
// result is prepared and checked as for Add, and stored in the same transaction with its old ID, whatever its Key is now,
// so that links to the article go on working; Added stays. It returns the article as stored, and Updated or Unchanged.
// Vectors of texts that stay the same stay. What the article was becomes one of its [Store.Versions].
//
// Fields that change are set by hand from now on: Edited says so, and no feed or import changes them again. Corrected is the
// day of the edit if that corrects the text that readers had seen; to put right the title or another field is no correction.
//
// To assign a whole article as the store once returned it takes edits back, and brings its Edited and Corrected back too.
// The same goes for a change that sets one of these alone, as to leave fields to feeds again. Changes to ID, Added,
// Changed and Removed do not count.
//
// A Title that change sets counts as given; an empty one is derived from the body. A title that was derived before, and
// is left alone, is derived anew from a new body. Language is found anew only when change empties it.
//
// change holds up everyone who wants to write: it must be quick, and may read the store but not write to it. Its error
// ends the edit, and Edit returns it. Other errors are those of Add, and ErrNotFound when there is no such article, or it
// is removed, and a [*DuplicateError] when the link or the text becomes that of another.
func (s *Store) Edit(ctx context.Context, id string, change func(*Article) error) (Article, Status, error) {
	var d draft
	status := Unchanged
	err := s.write(ctx, func(tx *sql.Tx) error {
		old, err := lookup(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case old == nil || !old.Removed.IsZero():
			return ErrNotFound
		}
		if d, err = edited(&old.Article, change, s.stamp()); err != nil {
			return err
		}
		changed := differences(&old.Article, &d.Article)
		if changed == 0 && d.Edited == old.Edited && d.Corrected.String() == old.Corrected.String() {
			d.Article = old.Article
			return nil
		}
		if err := s.checkTwin(ctx, tx, &d, changed, old.pk); err != nil {
			return err
		}
		status, d.given = Updated, old.given
		return s.putChanged(ctx, tx, old, &d, changed, "edit")
	})
	if err != nil {
		return Article{}, 0, fmt.Errorf("edit article %s: %w", shorten(id, 40), err)
	}
	return d.Article, status, nil
}

// checkTwin makes sure that what changes in an article does not make it a duplicate.
func (s *Store) checkTwin(ctx context.Context, q database.Querier, d *draft, changed Fields, pk int64) error {
	address, content := s.marks(d)
	if changed&FieldURL == 0 {
		address = nil
	}
	if changed&FieldBody == 0 {
		content = nil
	}
	twin, err := twinBy(ctx, q, address, content, pk)
	if err != nil || twin == nil || !twin.Removed.IsZero() {
		return err
	}
	return &DuplicateError{twin.ID}
}

// edited returns what change makes of an article, ready to be written in its place.
func edited(old *Article, change func(*Article) error, now time.Time) (draft, error) {
	a := *old
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
	if err != nil {
		return draft{}, err
	}
	d.ID, d.Removed = old.ID, old.Removed
	stored := !a.Changed.IsZero() // not made up by change
	earlier := stored && (a.Edited != old.Edited || a.Corrected.String() != old.Corrected.String() || !a.Changed.Equal(old.Changed))
	if !earlier {
		d.Edited = old.Edited | differences(old, &d.Article)
		untitled := d.Article
		untitled.Title, untitled.TitleDerived = old.Title, old.TitleDerived
		d.Corrected = correction(old, &untitled, now)
	}
	return d, nil
}
