package corpus

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/text"
)

// editable is an article that has nothing but a body, added by a clock of its own.
func editable(t *testing.T, s *Store) Article {
	t.Helper()
	return mustAdd(t, s, Article{Body: "The first sentence opens it. " + sample(1, 200).Body})
}

func TestEdit(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Article)
		// want is the change expected in what is stored; nil for none.
		want func(*Article)
	}{
		{"nothing", func(*Article) {}, nil},
		{"title", func(a *Article) { a.Title = " A  new title " }, func(a *Article) { a.Title, a.TitleDerived = "A new title", false }},
		{"title that says the same", func(a *Article) { a.TitleDerived = false }, func(a *Article) { a.TitleDerived = false }},
		{"no title", func(a *Article) { a.Title = "" }, nil},
		{"outlet", func(a *Article) { a.Source = "Reuters\n" }, func(a *Article) { a.Source = "Reuters" }},
		{"outlet of white space", func(a *Article) { a.Source = " \n" }, nil},
		{"date", func(a *Article) { a.Published = Day(2025, time.August, 14) }, func(a *Article) { a.Published = Day(2025, time.August, 14) }},
		{"URL", func(a *Article) { a.URL = "https://news.example/1" }, func(a *Article) { a.URL = "https://news.example/1" }},
		{"language", func(a *Article) { a.Language = text.Other }, func(a *Article) { a.Language = text.Other }},
		{"author", func(a *Article) { a.Author = " A.\nWriter" }, func(a *Article) { a.Author = "A. Writer" }},
		{"embargo", func(a *Article) { a.Embargo = time.Unix(1755500000, 999).In(time.FixedZone("", 3600)) }, func(a *Article) {
			a.Embargo = time.Unix(1755500000, 0).UTC()
		}},
		{"language found anew", func(a *Article) { a.Language = "" }, nil},
		{"body, with the title derived from it", func(a *Article) { a.Body = "Another opens it. " + a.Body + "\r\n" }, func(a *Article) {
			a.Body = "Another opens it. " + a.Body
			a.Title = "Another opens it."
		}},
		{"body and title", func(a *Article) { a.Body, a.Title = "Another opens it.", "A new title" }, func(a *Article) {
			a.Body, a.Title, a.TitleDerived = "Another opens it.", "A new title", false
		}},
		{"what cannot be changed", func(a *Article) { a.ID, a.Added, a.Changed = "x", time.Time{}, time.Time{} }, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := testStore(t)
			old := editable(t, s)
			s.now = func() time.Time { return old.Added.Add(time.Hour) }
			got, status, err := s.Edit(t.Context(), old.ID, func(a *Article) error { test.change(a); return nil })
			want, wantStatus, wantSeq := old, Unchanged, int64(1)
			if test.want != nil {
				test.want(&want)
				want.Changed, wantStatus, wantSeq = s.now(), Updated, 2
				want.Edited = differences(&old, &want)
				if want.Body != old.Body {
					want.Corrected = Day(2025, time.August, 15)
				}
			}
			if err != nil || status != wantStatus || got != want {
				t.Fatalf("Edit = %+v, %v, %v\nwant %+v, %v", got, status, err, want, wantStatus)
			}
			if stored, err := s.Lookup(t.Context(), old.ID); err != nil || stored != want {
				t.Errorf("stored is %+v, %v\nwant %+v", stored, err, want)
			}
			if seq := mustSeq(t, s); seq != wantSeq {
				t.Errorf("the last change is %d; want %d", seq, wantSeq)
			}
			if got.Embargo.IsZero() {
				checkPassages(t, s, got)
			}
			checkIntegrity(t, s)
		})
	}
}

// To take edits back, one by one or all at once, brings back what was set by hand then, and when it was corrected.
func TestEditUndo(t *testing.T) {
	now := time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC)
	s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { return now }})
	states := []Article{mustAdd(t, s, blackout())}
	id := states[0].ID
	put := func(change func(*Article)) Article {
		t.Helper()
		now = now.Add(24 * time.Hour)
		a, status, err := s.Edit(t.Context(), id, func(a *Article) error { change(a); return nil })
		if err != nil || status != Updated {
			t.Fatalf("Edit = %v, %v", status, err)
		}
		return a
	}
	for _, change := range []func(*Article){
		func(a *Article) { a.Title = "First" },
		func(a *Article) { a.Title = "Second" },
		func(a *Article) { a.Body += " A line more." },
		func(a *Article) { a.Source = "" },
	} {
		states = append(states, put(change))
	}
	if got := states[4]; got.Edited != FieldTitle|FieldBody|FieldSource || got.Corrected != Day(2025, time.August, 18) {
		t.Errorf("edited %v, corrected %v", got.Edited, got.Corrected)
	}
	for _, i := range []int{3, 2, 1, 0, 4, 0} {
		got, want := put(func(a *Article) { *a = states[i] }), states[i]
		want.Changed = now
		if got != want {
			t.Errorf("taken back to state %d: %+v\nwant %+v", i, got, want)
		}
	}
	// What was taken back is left to feeds again; what they said before they do not say anew.
	if _, status, err := s.Add(t.Context(), blackout()); err != nil || status != Unchanged {
		t.Errorf("Add = %v, %v; want unchanged", status, err)
	}
	changed := with(blackout(), func(a *Article) { a.Title = "Fed" })
	if o, err := s.AddWith(t.Context(), changed, AddOptions{}); err != nil || o.Status != Updated || o.Kept != 0 {
		t.Errorf("AddWith = %v, kept %v, %v; want updated", o.Status, o.Kept, err)
	}
}

// Fields can be left to feeds again.
func TestEditRelease(t *testing.T) {
	s := testStore(t)
	a := mustAdd(t, s, blackout())
	for _, test := range []struct {
		change func(*Article)
		want   Fields
	}{
		{func(a *Article) { a.Title = "By hand" }, FieldTitle},
		{func(a *Article) { a.Edited = 0 }, 0},
	} {
		got, status, err := s.Edit(t.Context(), a.ID, func(a *Article) error { test.change(a); return nil })
		if err != nil || status != Updated || got.Edited != test.want {
			t.Errorf("Edit = %v, %v, edited %v; want %v", status, err, got.Edited, test.want)
		}
	}
	if _, n, err := s.Versions(t.Context(), a.ID, 0); err != nil || n != 1 {
		t.Errorf("%d versions, %v; want one: nothing else has changed", n, err)
	}
}

// An article put back as it was is as it was, in every respect.
func TestEditBack(t *testing.T) {
	for _, test := range []struct {
		name   string
		given  string
		change func(*Article)
	}{
		{"a title in place of a derived one", "", func(a *Article) { a.Title = "A new title" }},
		{"a title in place of a given one", "Given", func(a *Article) { a.Title = "A new title" }},
		{"a derived title in place of a given one", "Given", func(a *Article) { a.Title = "" }},
		{"a body under a derived title", "", func(a *Article) { a.Body = "Another opens it. " + a.Body }},
		{"a body under a given title", "Given", func(a *Article) { a.Body = "Another opens it. " + a.Body }},
		{"everything", "", func(a *Article) {
			*a = Article{Title: "T", Source: "S", URL: "https://news.example/2", Language: text.Other, Published: Day(2001, 2, 3), Body: "B."}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := testStore(t)
			before := mustAdd(t, s, Article{Title: test.given, Body: sample(1, 100).Body})
			_, status, err := s.Edit(t.Context(), before.ID, func(a *Article) error { test.change(a); return nil })
			if err != nil || status != Updated {
				t.Fatalf("Edit = %v, %v; want updated", status, err)
			}
			got, status, err := s.Edit(t.Context(), before.ID, func(a *Article) error { *a = before; return nil })
			if err != nil || status != Updated || got != before {
				t.Errorf("Edit back = %+v, %v, %v\nwant %+v", got, status, err, before)
			}
		})
	}
}

func TestEditRefused(t *testing.T) {
	s := testStore(t)
	old := editable(t, s)
	stop := errors.New("stop")
	nothing := func(*Article) error { return nil }
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name   string
		ctx    context.Context
		id     string
		change func(*Article) error
		is     error
		say    string
	}{
		{"no such article", t.Context(), "nope", nothing, ErrNotFound, "edit article nope"},
		{"no body", t.Context(), old.ID, func(a *Article) error { a.Body = " … "; return nil }, ErrEmpty, old.ID},
		{"no URL", t.Context(), old.ID, func(a *Article) error { a.URL = "no link"; return nil }, nil, old.ID},
		{"no language", t.Context(), old.ID, func(a *Article) error { a.Language = "tlh"; return nil }, nil, "tlh"},
		{"the caller's own error", t.Context(), old.ID, func(a *Article) error { a.Title = "x"; return stop }, stop, old.ID},
		{"no time", cancelled, old.ID, nothing, context.Canceled, old.ID},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, status, err := s.Edit(test.ctx, test.id, test.change)
			if err == nil || (test.is != nil && !errors.Is(err, test.is)) || !strings.Contains(err.Error(), test.say) {
				t.Errorf("Edit: %v; want %v with %q", err, test.is, test.say)
			}
			if got != (Article{}) || status != 0 {
				t.Errorf("Edit = %v, %v with an error", got, status)
			}
		})
	}
	gone := mustAdd(t, s, sample(2, 20))
	if err := s.Remove(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Edit(t.Context(), gone.ID, nothing); !errors.Is(err, ErrNotFound) {
		t.Errorf("Edit of a removed article: %v; want ErrNotFound", err)
	}
	if got, err := s.Article(t.Context(), old.ID); err != nil || got != old {
		t.Errorf("the article is %+v, %v; want it as it was", got, err)
	}
	r := openStore(t, Config{Dir: s.dir, ReadOnly: true})
	if _, _, err := r.Edit(t.Context(), old.ID, nothing); !errors.Is(err, ErrReadOnly) || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("Edit of a store open for reading: %v; want ErrReadOnly", err)
	}
}

// Vectors belong to texts: those that stay keep theirs, and only what is new is to be encoded.
func TestEditKeepsVectors(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	old := editable(t, s)
	other := mustAdd(t, s, sample(2, 100))
	putAll(t, s, "enc")
	edit := func(change func(*Article)) Article {
		t.Helper()
		a, status, err := s.Edit(ctx, old.ID, func(a *Article) error { change(a); return nil })
		if err != nil || status != Updated {
			t.Fatalf("Edit = %v, %v", status, err)
		}
		checkIntegrity(t, s)
		return a
	}
	edit(func(a *Article) { a.Source, a.URL = "Reuters", "https://news.example/elsewhere" })
	checkBacklog(t, s, "enc", 0, 0)
	const added = "One sentence more."
	a := edit(func(a *Article) { a.Body += "\n\n" + added })
	pending := mustPending(t, s, "enc", 0)
	if len(pending) == 0 || len(pending) > 3 || !slices.ContainsFunc(pending, func(p Text) bool { return p.Text == added }) {
		t.Errorf("%d texts lack a vector; want the new sentence and what of the passages has changed", len(pending))
	}
	putAll(t, s, "enc")
	gone := TextHash(added)
	edit(func(a *Article) { a.Body = old.Body })
	if found, err := s.Vectors(ctx, "enc", []Hash{gone}); err != nil || len(found) != 0 {
		t.Errorf("the vector of a sentence that is gone is there still: %v", err)
	}
	changes, err := s.Changes(ctx, 2)
	changes = slices.DeleteFunc(changes, func(c Change) bool { return c.Encoder != "" })
	if err != nil || !slices.Equal(changes, []Change{{8, a.ID, false, ""}}) {
		t.Errorf("Changes = %v, %v; want the edited article alone, and not %s", changes, err, other.ID)
	}
}

// change sees the store as others do, without waiting for itself.
func TestEditReads(t *testing.T) {
	s := testStore(t)
	old := editable(t, s)
	_, _, err := s.Edit(t.Context(), old.ID, func(a *Article) error {
		inside, err := s.Article(t.Context(), a.ID)
		if inside != old {
			t.Errorf("read inside: %v", inside)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
