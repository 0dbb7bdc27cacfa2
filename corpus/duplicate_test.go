package corpus

import (
	"errors"
	"testing"
)

// wantTwin wants an error that names another article.
func wantTwin(t *testing.T, what string, err error, id string) {
	t.Helper()
	var twin *DuplicateError
	if !errors.Is(err, ErrDuplicate) || !errors.As(err, &twin) || twin.ID != id {
		t.Errorf("%s: %v; want a duplicate of %s", what, err, id)
	}
}

// What came while an article was removed keeps it away: the same text is never there twice.
func TestRestoreOfADuplicate(t *testing.T) {
	s := testStore(t)
	first := mustAdd(t, s, blackout())
	do(t)(s.Remove(t.Context(), first.ID))
	copied := with(blackout(), func(a *Article) { a.URL = "https://other.example/copy" })
	second := mustAdd(t, s, copied)
	if second.ID == first.ID {
		t.Fatal("the copy came in as the first")
	}
	wantTwin(t, "Restore", s.Restore(t.Context(), first.ID), second.ID)
	o, err := s.AddWith(t.Context(), blackout(), AddOptions{Explicit: true})
	if err != nil || o.Status != Duplicate || o.Article.ID != second.ID {
		t.Errorf("AddWith = %v of %s, %v; want a duplicate of %s", o.Status, o.Article.ID, err, second.ID)
	}
	if got := shows(t, s, first.ID); got != "" {
		t.Errorf("the first is shown by %s", got)
	}
	do(t)(s.Remove(t.Context(), second.ID))
	do(t)(s.Restore(t.Context(), first.ID))
	wantTwin(t, "Restore of the second", s.Restore(t.Context(), second.ID), first.ID)
}

func TestEditIntoADuplicate(t *testing.T) {
	s := testStore(t)
	first, second := mustAdd(t, s, blackout()), mustAdd(t, s, sample(1, 60))
	edit := func(change func(*Article)) error {
		_, _, err := s.Edit(t.Context(), second.ID, func(a *Article) error { change(a); return nil })
		return err
	}
	wantTwin(t, "another's link", edit(func(a *Article) { a.URL = first.URL + "#top" }), first.ID)
	wantTwin(t, "another's text", edit(func(a *Article) { a.Body = first.Body }), first.ID)
	if got, err := s.Article(t.Context(), second.ID); err != nil || got != second {
		t.Errorf("the article is %+v, %v; want it as it was", got, err)
	}
	if err := edit(func(a *Article) { a.URL += "#top" }); err != nil {
		t.Errorf("its own link: %v", err)
	}
	do(t)(s.Remove(t.Context(), first.ID))
	if err := edit(func(a *Article) { a.URL = first.URL }); err != nil {
		t.Errorf("the link of a removed article: %v", err)
	}
}
