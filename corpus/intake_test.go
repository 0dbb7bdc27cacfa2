package corpus

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/database"
)

// blackout is an article of which everything is known.
func blackout() Article {
	return Article{
		Title: "Lights out in Spain", Source: "The Daily Test", Author: "A. Writer", URL: "https://news.example/blackout",
		Published: Day(2025, time.April, 28),
		Body:      "Power failed across mainland Spain and Portugal at half past twelve on Monday. Trains stopped.",
	}
}

// with returns an article changed.
func with(a Article, change func(*Article)) Article {
	change(&a)
	return a
}

// TestAddWith takes an article in after something has happened to the first one, which is blackout.
func TestAddWith(t *testing.T) {
	edit := func(change func(*Article)) func(*testing.T, *Store, string) {
		return func(t *testing.T, s *Store, id string) {
			if _, _, err := s.Edit(t.Context(), id, func(a *Article) error { change(a); return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	retitle := edit(func(a *Article) { a.Title = "By hand" })
	remove := func(t *testing.T, s *Store, id string) {
		if err := s.Remove(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	purge := func(t *testing.T, s *Store, id string) {
		if err := s.Purge(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	nothing := func(*testing.T, *Store, string) {}
	first := blackout()
	newTitle := with(first, func(a *Article) { a.Title = "Lights out in Iberia" })
	moved := with(first, func(a *Article) { a.URL = "https://other.example/copy" })
	for _, test := range []struct {
		name   string
		before func(t *testing.T, s *Store, id string)
		give   Article
		o      AddOptions
		want   Status
		kept   Fields
		// stored is the title that Outcome.Article has, "" for that of blackout; same says that it is the first article.
		stored string
		same   bool
		audit  string
	}{
		{"the same", nothing, first, AddOptions{}, Unchanged, 0, "", true, ""},
		{"the same with tracking", nothing, with(first, func(a *Article) { a.URL += "?utm_source=rss" }), AddOptions{}, Unchanged, 0, "", true, ""},
		{"less", nothing, Article{URL: first.URL, Body: first.Body}, AddOptions{}, Unchanged, 0, "", true, ""},
		{"modified alone", nothing, with(first, func(a *Article) { a.Modified = Day(2025, time.May, 1) }), AddOptions{}, Unchanged, 0, "", true, ""},
		{"another title", nothing, newTitle, AddOptions{}, Updated, 0, newTitle.Title, true, "update title"},
		{"white space", nothing, with(first, func(a *Article) { a.Body = strings.Replace(a.Body, " Trains", "\n\nTrains", 1) }),
			AddOptions{}, Updated, 0, "", true, "update text"},
		{"another place", nothing, moved, AddOptions{}, Duplicate, 0, "", true, ""},
		{"no place", nothing, Article{Body: first.Body + "\n"}, AddOptions{Explicit: true}, Duplicate, 0, "", true, ""},
		{"the address that was set by hand", edit(func(a *Article) { a.URL = "https://news.example/true" }),
			Article{URL: "https://news.example/true/", Body: "Something else that is long enough to be known by its text alone."},
			AddOptions{}, Duplicate, 0, "", true, "edit address"},
		{"the address it had", edit(func(a *Article) { a.URL = "https://news.example/true" }), newTitle, AddOptions{},
			Updated, FieldURL, newTitle.Title, true, "update title"},

		{"what is edited", retitle, first, AddOptions{}, Unchanged, 0, "By hand", true, "edit title"},
		{"another title for what is edited", retitle, newTitle, AddOptions{}, Kept, FieldTitle, "By hand", true, "edit title"},
		{"more for what is edited", retitle, with(newTitle, func(a *Article) { a.Source = "Reuters" }), AddOptions{},
			Updated, FieldTitle, "By hand", true, "update outlet"},
		{"explicitly what is edited", retitle, first, AddOptions{Explicit: true}, Kept, FieldTitle, "By hand", true, "edit title"},
		{"by hand what is edited", retitle, newTitle, AddOptions{Explicit: true, Overrule: true}, Updated, 0, newTitle.Title, true, "update title"},
		{"no title for an emptied one", edit(func(a *Article) { a.Title = "" }), newTitle, AddOptions{}, Kept, FieldTitle,
			"Power failed across mainland Spain and Portugal at half past twelve on Monday.", true, "edit title"},

		{"what is removed", remove, first, AddOptions{}, RemovedBefore, 0, "", true, "remove "},
		{"another version of what is removed", remove, newTitle, AddOptions{}, RemovedBefore, 0, "", true, "remove "},
		{"a copy of what is removed", remove, moved, AddOptions{}, RemovedBefore, 0, "", false, "remove "},
		{"explicitly what is removed", remove, first, AddOptions{Explicit: true}, Added, 0, "", true, "restore "},
		{"explicitly another version", remove, newTitle, AddOptions{Explicit: true}, Added, 0, newTitle.Title, true, "restore title"},
		{"explicitly a copy of what is removed", remove, moved, AddOptions{Explicit: true}, Added, 0, "", false, "add "},
		{"what is purged", purge, first, AddOptions{}, RemovedBefore, 0, "", true, "purge "},
		{"a copy of what is purged", purge, moved, AddOptions{}, RemovedBefore, 0, "", false, "purge "},
		{"explicitly what is purged", purge, first, AddOptions{Explicit: true}, Added, 0, "", true, "add "},
		{"what was edited and purged", func(t *testing.T, s *Store, id string) {
			edit(func(a *Article) {
				a.URL, a.Body = "https://news.example/true", "Quite another text, which says nothing of trains or power."
			})(t, s, id)
			purge(t, s, id)
		}, first, AddOptions{}, RemovedBefore, 0, "", true, "purge "},
		{"what is purged, under the address it was given", func(t *testing.T, s *Store, id string) {
			edit(func(a *Article) { a.URL = "https://news.example/true" })(t, s, id)
			purge(t, s, id)
		}, Article{Title: first.Title, URL: "https://news.example/true", Body: "Else."}, AddOptions{}, RemovedBefore, 0, "", false, "purge "},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := testStore(t)
			ctx := WithActor(t.Context(), "feed:https://news.example/rss")
			old, _, err := s.Add(ctx, first)
			if err != nil {
				t.Fatal(err)
			}
			test.before(t, s, old.ID)
			dry := test.o
			dry.DryRun = true
			rehearsed, err := s.AddWith(ctx, test.give, dry)
			if err != nil || rehearsed.Status != test.want || rehearsed.Kept != test.kept {
				t.Errorf("a dry run says %v, kept %v, %v; want %v, %v", rehearsed.Status, rehearsed.Kept, err, test.want, test.kept)
			}
			got, err := s.AddWith(ctx, test.give, test.o)
			if err != nil || got.Status != test.want || got.Kept != test.kept {
				t.Fatalf("AddWith = %v, kept %v, %v; want %v, %v", got.Status, got.Kept, err, test.want, test.kept)
			}
			title := test.stored
			if title == "" {
				title = first.Title
			}
			if got.Article.Title != title && (got.Status != Duplicate || got.Article.ID != old.ID) || (got.Article.ID == old.ID) != test.same {
				t.Errorf("AddWith returned %s %q; want %q, and the first: %v", got.Article.ID, got.Article.Title, title, test.same)
			}
			if got.Status == Added || got.Status == Updated {
				if stored, err := s.Article(ctx, got.Article.ID); err != nil || stored != got.Article {
					t.Errorf("stored is %+v, %v\nwant what was returned: %+v", stored, err, got.Article)
				}
			}
			checkAudit(t, s, test.audit)
			checkIntegrity(t, s)
			// The same again is known, whatever became of it.
			again, err := s.AddWith(ctx, test.give, AddOptions{})
			want := test.want
			if want == Added || want == Updated || want == Kept {
				want = Unchanged
			}
			if err != nil || again.Status != want {
				t.Errorf("the same again is %v, %v; want %v", again.Status, err, want)
			}
		})
	}
}

// checkAudit looks at the last entry, as its action and detail; "" means that there is none but the first add.
func checkAudit(t *testing.T, s *Store, want string) {
	t.Helper()
	list, err := s.Audit(t.Context(), AuditOptions{})
	if err != nil || len(list) == 0 {
		t.Fatalf("Audit = %v, %v", list, err)
	}
	if want == "" {
		want = "add "
		if len(list) != 1 {
			t.Errorf("%d entries in the audit; want one", len(list))
		}
	}
	if got := list[0].Action + " " + list[0].Detail; got != want {
		t.Errorf("the audit says %q; want %q", got, want)
	}
}

func TestShortTextsAreNoCopies(t *testing.T) {
	s := testStore(t)
	for i := range 3 {
		o, err := s.AddWith(t.Context(), Article{URL: fmt.Sprintf("https://news.example/%d", i), Body: "See the video."}, AddOptions{})
		if err != nil || o.Status != Added {
			t.Errorf("AddWith = %v, %v; want added", o.Status, err)
		}
	}
	if err := s.Remove(t.Context(), NewID("url:https://news.example/1")); err != nil {
		t.Fatal(err)
	}
	if _, status, err := s.Add(t.Context(), Article{URL: "https://news.example/9", Body: "See the video."}); err != nil || status != Added {
		t.Errorf("Add = %v, %v; want added: only another one was removed", status, err)
	}
}

func TestAllowCopies(t *testing.T) {
	s := openStore(t, Config{Dir: t.TempDir(), AllowCopies: true})
	mustAdd(t, s, blackout())
	moved := with(blackout(), func(a *Article) { a.URL = "https://other.example/copy" })
	if _, status, err := s.Add(t.Context(), moved); err != nil || status != Added {
		t.Errorf("Add = %v, %v; want added", status, err)
	}
}

// Of several that have the same text the first is pointed at, and one that is there before one that is removed.
func TestDuplicateOfTheFirst(t *testing.T) {
	s := testStore(t)
	at := func(n int) Article {
		return with(blackout(), func(a *Article) { a.URL = fmt.Sprintf("https://%d.example/", n) })
	}
	first := mustAdd(t, s, at(1))
	if err := s.Remove(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	second := mustAdd(t, s, at(2))
	o, err := s.AddWith(t.Context(), at(3), AddOptions{})
	if err != nil || o.Status != Duplicate || o.Article != second {
		t.Errorf("AddWith = %v, %s, %v; want a duplicate of the one that is there", o.Status, o.Article.ID, err)
	}
	// By a feed they may become the same.
	s = testStore(t)
	first = mustAdd(t, s, at(1))
	mustAdd(t, s, with(at(2), func(a *Article) { a.Body = sample(1, 40).Body }))
	mustAdd(t, s, at(2))
	o, err = s.AddWith(t.Context(), at(3), AddOptions{})
	if err != nil || o.Status != Duplicate || o.Article.ID != first.ID {
		t.Errorf("AddWith = %v, %s, %v; want a duplicate of the first", o.Status, o.Article.ID, err)
	}
}

func TestKeepIDs(t *testing.T) {
	s := testStore(t)
	keep := AddOptions{KeepIDs: true}
	const id = "abcdefghij234567"
	a := with(blackout(), func(a *Article) {
		a.ID = id
		a.Title = "Power failed across mainland Spain and Portugal at half past twelve on Monday."
	})
	o, err := s.AddWith(t.Context(), a, keep)
	if err != nil || o.Status != Added || o.Article.ID != id || !o.Article.TitleDerived {
		t.Errorf("AddWith = %v, %+v, %v; want it with its ID and a derived title", o.Status, o.Article, err)
	}
	if o, err := s.AddWith(t.Context(), a, keep); err != nil || o.Status != Unchanged || o.Article.ID != id {
		t.Errorf("the same again = %v, %s, %v; want unchanged", o.Status, o.Article.ID, err)
	}
	if o, err := s.AddWith(t.Context(), a, AddOptions{}); err != nil || o.Status != Duplicate || o.Article.ID != id {
		t.Errorf("without KeepIDs = %v, %s, %v; want a duplicate", o.Status, o.Article.ID, err)
	}
	o, err = s.AddWith(t.Context(), Article{Body: "No ID."}, keep)
	if err != nil || o.Article.ID != NewID((&Article{Body: "No ID."}).Key()) {
		t.Errorf("without an ID: %v, %v; want that of the key", o.Article.ID, err)
	}
	for _, bad := range []string{"x", "ABCDEFGHIJ234567", "abcdefghij23456", "abcdefghij234561", strings.Repeat("a", 5000)} {
		a.ID = bad
		if _, err := s.AddWith(t.Context(), a, keep); err == nil || !strings.Contains(err.Error(), bad[:min(len(bad), 20)]) || len(err.Error()) > 200 {
			t.Errorf("ID %.20q: %v; want it named", bad, err)
		}
	}
}

// What comes out of a store by its own hand is the same in another.
func TestKeepIDsOfEdited(t *testing.T) {
	from, to := testStore(t), testStore(t)
	a := mustAdd(t, from, blackout())
	a, _, err := from.Edit(t.Context(), a.ID, func(a *Article) error { a.URL, a.Title = "https://news.example/true", ""; return nil })
	if err != nil {
		t.Fatal(err)
	}
	given := a
	given.TitleDerived = false // as a line of JSON has it
	o, err := to.AddWith(t.Context(), given, AddOptions{KeepIDs: true})
	a.Edited = 0
	if err != nil || o.Article != a {
		t.Errorf("AddWith = %+v, %v\nwant %+v", o.Article, err, a)
	}
	if o, err := from.AddWith(t.Context(), given, AddOptions{KeepIDs: true}); err != nil || o.Status != Unchanged {
		t.Errorf("into the same store: %v, %v; want unchanged", o.Status, err)
	}
}

// What is given by hand counts as set by hand, and nothing else does.
func TestOverruleMarks(t *testing.T) {
	s := testStore(t)
	byHand := AddOptions{Explicit: true, Overrule: true}
	a := Article{URL: "https://news.example/1", Title: "By hand", Body: "A text that was typed by hand, every letter of it, and checked."}
	o, err := s.AddWith(t.Context(), a, byHand)
	if want := FieldURL | FieldTitle | FieldBody; err != nil || o.Article.Edited != want {
		t.Errorf("edited %v, %v; want %v", o.Article.Edited, err, want)
	}
	fed := with(a, func(a *Article) { a.Title, a.Body, a.Source = "Fed", "Another text.", "Outlet" })
	o, err = s.AddWith(t.Context(), fed, AddOptions{})
	if err != nil || o.Status != Updated || o.Kept != FieldTitle|FieldBody || o.Article.Source != "Outlet" || o.Article.Body != a.Body {
		t.Errorf("AddWith = %v, kept %v, %+v, %v; want the outlet alone taken over", o.Status, o.Kept, o.Article, err)
	}
	if mustAdd(t, s, blackout()).Edited != 0 {
		t.Error("what is not given by hand counts as edited")
	}
}

// A stream has the same outcomes when it is rehearsed as when it is taken in, and a rehearsal writes nothing.
func TestDryRun(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	removed := mustAdd(t, s, sample(1, 60))
	if err := s.Remove(ctx, removed.ID); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, s, sample(2, 60))
	copied := func(n int) Article {
		return with(sample(n, 60), func(a *Article) { a.URL = fmt.Sprintf("https://copy.example/%d", n) })
	}
	list := []Article{
		sample(1, 60), sample(2, 60), sample(3, 60), sample(3, 60), sample(3, 90), sample(3, 90), copied(3), sample(4, 60), copied(4),
		{Body: " "}, copied(2), copied(1), sample(2, 90), sample(2, 90), sample(2, 120), {Body: "Short."}, {Body: "Short.", Title: "Short"},
	}
	for i := range 2 * batchArticles {
		list = append(list, sample(100+i%70, 30))
	}
	before, err := s.DataVersion(ctx)
	if err != nil {
		t.Fatal(err)
	}
	outcomes := func(o AddOptions) (got []string) {
		err := s.AddAllWith(ctx, slices.Values(list), o, func(o Outcome) error {
			got = append(got, fmt.Sprint(o.N, " ", o.Status, " ", o.Article.ID, " ", o.Err))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	rehearsed := outcomes(AddOptions{DryRun: true})
	if after, err := s.DataVersion(ctx); err != nil || after != before {
		t.Errorf("the data version is %d, %v; want %d: nothing was written", after, err, before)
	}
	if real := outcomes(AddOptions{}); !slices.Equal(rehearsed, real) {
		for i := range real {
			if real[i] != rehearsed[i] {
				t.Errorf("rehearsed %q; want %q", rehearsed[i], real[i])
			}
		}
	}
}

// A batch of known articles does not wait for whoever is writing.
func TestAddAllUnchangedBesideAWriter(t *testing.T) {
	s := testStore(t)
	list := samples(5, 50)
	if err := s.AddAll(t.Context(), slices.Values(list), nil); err != nil {
		t.Fatal(err)
	}
	other := openStore(t, Config{Dir: s.dir})
	tx, err := other.writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing is to be kept
	n := 0
	err = s.AddAll(t.Context(), slices.Values(list), func(o Outcome) error {
		if n++; o.Status != Unchanged {
			t.Errorf("outcome %d = %v; want unchanged", o.N, o.Status)
		}
		return nil
	})
	if err != nil || n != len(list) {
		t.Errorf("AddAll: %d outcomes, %v", n, err)
	}
}

func TestAudit(t *testing.T) {
	s := testStore(t)
	ctx := WithActor(t.Context(), "telegram:42")
	a, _, err := s.Add(ctx, blackout())
	if err != nil {
		t.Fatal(err)
	}
	mustAdd(t, s, sample(1, 50))
	if _, _, err := s.Edit(ctx, a.ID, func(a *Article) error { a.Title, a.Source = "Other", "Else"; return nil }); err != nil {
		t.Fatal(err)
	}
	want := []Entry{
		{3, s.now(), "telegram:42", "edit", a.ID, "title, outlet"},
		{2, s.now(), "unknown", "add", NewID("url:https://news.example/1"), ""},
		{1, s.now(), "telegram:42", "add", a.ID, ""},
	}
	for _, test := range []struct {
		o    AuditOptions
		want []Entry
	}{
		{AuditOptions{}, want},
		{AuditOptions{Limit: 2}, want[:2]},
		{AuditOptions{Article: a.ID}, []Entry{want[0], want[2]}},
		{AuditOptions{Article: "nope"}, nil},
		{AuditOptions{Action: "add"}, want[1:]},
		{AuditOptions{Article: a.ID, Action: "add", Limit: 1}, want[2:]},
	} {
		if got, err := s.Audit(ctx, test.o); err != nil || !slices.Equal(got, test.want) {
			t.Errorf("Audit(%+v) = %v, %v\nwant %v", test.o, got, err, test.want)
		}
	}
}

// Links and texts are found by their indexes, or every article would take longer the more there are.
func TestTwinPlan(t *testing.T) {
	s := testStore(t)
	rows, err := s.reader.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+queryTwin, []byte{}, []byte{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var plan []string
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var id, parent, unused int
		var detail string
		err := rows.Scan(&id, &parent, &unused, &detail)
		plan = append(plan, detail)
		return err
	})
	for _, index := range []string{"article_address (address=?)", "article_content (content=?)"} {
		if !slices.ContainsFunc(plan, func(step string) bool { return strings.Contains(step, "USING INDEX "+index) }) {
			t.Errorf("the plan %q uses no %s, %v", plan, index, err)
		}
	}
}
