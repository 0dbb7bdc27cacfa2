package corpus

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// clockStore opens a new store with a clock that is set through what is returned.
func clockStore(tb testing.TB) (*Store, *time.Time) {
	tb.Helper()
	at := time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC)
	return openStore(tb, Config{Dir: tb.TempDir(), Now: func() time.Time { return at }}), &at
}

// shows returns the names of the methods that show an article to readers, joined by commas.
func shows(t *testing.T, s *Store, id string) string {
	t.Helper()
	ctx := t.Context()
	var names []string
	note := func(name string, found bool, err error) {
		if err != nil && !errors.Is(err, ErrNotFound) {
			t.Fatalf("%s: %v", name, err)
		}
		if found && err == nil {
			names = append(names, name)
		}
	}
	_, err := s.Article(ctx, id)
	note("Article", true, err)
	_, _, err = s.Full(ctx, id)
	note("Full", true, err)
	_, err = s.Passages(ctx, id)
	note("Passages", true, err)
	several, err := s.Articles(ctx, []string{id})
	note("Articles", len(several) > 0, err)
	each := map[string]bool{}
	err = s.Each(ctx, func(a Article, _ []Passage) error { each[a.ID] = true; return nil })
	note("Each", each[id], err)
	list, err := s.List(ctx, ListOptions{})
	note("List", slices.ContainsFunc(list, func(m Summary) bool { return m.ID == id }), err)
	n, err := s.Count(ctx, ListOptions{})
	note("Count", n != len(each), err) // they agree, whatever the state
	return strings.Join(names, ",")
}

const shownByAll = "Article,Full,Passages,Articles,Each,List"

// do returns a function that fails the test for an error.
func do(t *testing.T) func(error) {
	return func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRemoveAndRestore(t *testing.T) {
	s, _ := clockStore(t)
	must, ctx := do(t), WithActor(t.Context(), "cli:test")
	for i := range 4 { // hidden ones before, between and behind others
		mustAdd(t, s, sample(i, 60+300*(i%2)))
	}
	for i := range 4 {
		a, err := s.Article(ctx, NewID(sampleKey(i)))
		must(err)
		seq, err := s.Seq(ctx)
		must(err)
		must(s.Remove(ctx, a.ID))
		if got := shows(t, s, a.ID); got != "" {
			t.Errorf("removed, but shown by %s", got)
		}
		hidden, err := s.Lookup(ctx, a.ID)
		if err != nil || hidden.Removed != s.now() || hidden.Body != a.Body {
			t.Errorf("Lookup = removed %v, %v; want the article, removed %v", hidden.Removed, err, s.now())
		}
		if st := mustStats(t, s); st.Articles != 3 || st.Removed != 1 || st.Embargoed != 0 {
			t.Errorf("Stats = %+v; want 3 articles and 1 removed", st)
		}
		if err := s.Remove(ctx, a.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("removed again: %v; want ErrNotFound", err)
		}
		if _, _, err := s.Edit(ctx, a.ID, func(a *Article) error { a.Title = "X"; return nil }); !errors.Is(err, ErrNotFound) {
			t.Errorf("edited when removed: %v; want ErrNotFound", err)
		}
		wantChange(t, s, seq, Change{ArticleID: a.ID, Removed: true})
		seq++
		must(s.Restore(ctx, a.ID))
		if got := shows(t, s, a.ID); got != shownByAll {
			t.Errorf("restored, and shown by %s; want by %s", got, shownByAll)
		}
		if back, err := s.Article(ctx, a.ID); err != nil || back != a {
			t.Errorf("restored as %+v, %v; want as before: %+v", back, err, a)
		}
		if err := s.Restore(ctx, a.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("restored again: %v; want ErrNotFound", err)
		}
		wantChange(t, s, seq, Change{ArticleID: a.ID})
		wantAudit(t, s, a.ID, "restore by cli:test", "remove by cli:test")
	}
	for name, err := range map[string]error{
		"Remove": s.Remove(ctx, "unknown"), "Restore": s.Restore(ctx, "unknown"), "Withdraw": s.Withdraw(ctx, "unknown"),
		"Purge": s.Purge(ctx, "unknown"), "PurgeDue": s.PurgeDue(ctx, "unknown", s.now()),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s of an unknown article: %v; want ErrNotFound", name, err)
		}
	}
	checkIntegrity(t, s)
}

func sampleKey(n int) string { a := sample(n, 0); return a.Key() }

// wantChange wants one change after seq.
func wantChange(t *testing.T, s *Store, seq int64, want Change) {
	t.Helper()
	got, err := s.Changes(t.Context(), seq)
	want.Seq = seq + 1
	if err != nil || !slices.Equal(got, []Change{want}) {
		t.Errorf("changes after %d = %+v, %v; want %+v", seq, got, err, want)
	}
}

// wantAudit wants these to be the last entries about an article, newest first.
func wantAudit(t *testing.T, s *Store, id string, want ...string) {
	t.Helper()
	entries, err := s.Audit(t.Context(), AuditOptions{Article: id, Limit: len(want)})
	var got []string
	for _, e := range entries {
		got = append(got, strings.TrimSpace(e.Action+" by "+e.Actor+" "+e.Detail))
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("audit = %q, %v; want %q", got, err, want)
	}
}

func TestRemoveInAnotherProcess(t *testing.T) {
	s, _ := clockStore(t)
	other := openStore(t, Config{Dir: s.dir})
	a := mustAdd(t, s, sample(1, 100))
	version, err := s.DataVersion(t.Context())
	do(t)(err)
	do(t)(other.Remove(t.Context(), a.ID))
	if got := shows(t, s, a.ID); got != "" {
		t.Errorf("removed by another process, but shown by %s", got)
	}
	if now, err := s.DataVersion(t.Context()); err != nil || now == version {
		t.Errorf("data version = %d, %v; want another than %d", now, err, version)
	}
}

// What was removed is due after its time, what its outlet has withdrawn never is.
func TestDue(t *testing.T) {
	s, at := clockStore(t)
	must, ctx := do(t), t.Context()
	var ids []string
	for i := range 4 {
		ids = append(ids, mustAdd(t, s, sample(i, 50)).ID)
	}
	began := *at
	must(s.Remove(ctx, ids[0]))
	*at = began.Add(time.Millisecond)
	must(s.Remove(ctx, ids[1]))
	must(s.Withdraw(ctx, ids[2]))
	wantAudit(t, s, ids[2], "remove by unknown withdrawn")
	for after, want := range map[time.Duration][]string{
		-time.Hour: nil, RestoreTime - time.Millisecond: nil,
		RestoreTime: ids[:1], RestoreTime + time.Millisecond: ids[:2], 999 * time.Hour: ids[:2],
	} {
		got, err := s.Due(ctx, began.Add(after-RestoreTime))
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("due %v after the removal: %v, %v; want %v", after, got, err, want)
		}
	}
	must(s.Restore(ctx, ids[0]))
	for _, id := range []string{ids[0], ids[2], ids[3]} {
		if err := s.PurgeDue(ctx, id, began.Add(time.Hour)); !errors.Is(err, ErrNotFound) {
			t.Errorf("PurgeDue of what is not due: %v; want ErrNotFound", err)
		}
	}
	if err := s.PurgeDue(ctx, ids[1], began); !errors.Is(err, ErrNotFound) {
		t.Errorf("PurgeDue too early: %v; want ErrNotFound", err)
	}
	must(s.PurgeDue(WithActor(ctx, "newsbot"), ids[1], began.Add(time.Millisecond)))
	wantAudit(t, s, ids[1], "purge by newsbot", "remove by unknown")
	must(s.Purge(ctx, ids[2])) // withdrawn
	for _, id := range ids[1:3] {
		if _, err := s.Lookup(ctx, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("Lookup of what was purged: %v; want ErrNotFound", err)
		}
	}
	if o, err := s.AddWith(ctx, sample(1, 50), AddOptions{}); err != nil || o.Status != RemovedBefore {
		t.Errorf("added again after its purge: %v, %v; want %v", o.Status, err, RemovedBefore)
	}
	checkIntegrity(t, s)
}

func TestEmbargo(t *testing.T) {
	s, at := clockStore(t)
	began := *at
	held := sample(1, 100)
	held.Embargo = began.Add(time.Minute)
	a := mustAdd(t, s, held)
	mustAdd(t, s, sample(2, 100))
	for _, step := range []struct {
		after time.Duration
		shown string
	}{
		{0, ""}, {time.Minute - 1, ""}, {time.Minute, shownByAll}, {time.Hour, shownByAll}, {time.Second, ""},
	} {
		*at = began.Add(step.after)
		if got := shows(t, s, a.ID); got != step.shown {
			t.Errorf("after %v: shown by %q; want %q", step.after, got, step.shown)
		}
		want := Stats{Articles: 2}
		if step.shown == "" {
			want = Stats{Articles: 1, Embargoed: 1}
		}
		if st := mustStats(t, s); st.Articles != want.Articles || st.Embargoed != want.Embargoed || st.Removed != 0 {
			t.Errorf("after %v: Stats = %+v; want %+v", step.after, st, want)
		}
		if got, err := s.Lookup(t.Context(), a.ID); err != nil || !got.Embargo.Equal(held.Embargo) {
			t.Errorf("Lookup = embargo %v, %v; want %v", got.Embargo, err, held.Embargo)
		}
	}
	*at = began
	do(t)(s.Remove(t.Context(), a.ID))
	if st := mustStats(t, s); st.Embargoed != 0 || st.Removed != 1 {
		t.Errorf("removed under an embargo: Stats = %+v; want it counted once, as removed", st)
	}
}

func TestReleased(t *testing.T) {
	s, at := clockStore(t)
	ctx, began := t.Context(), *at
	var ids []string
	for i := range 3 { // one ends with each second
		a := sample(i, 50)
		a.Embargo = began.Add(time.Duration(i+1) * time.Second)
		ids = append(ids, mustAdd(t, s, a).ID)
	}
	removed := sample(3, 50)
	removed.Embargo = began.Add(2 * time.Second)
	do(t)(s.Remove(ctx, mustAdd(t, s, removed).ID))
	mustAdd(t, s, sample(4, 50)) // without one
	for _, test := range []struct {
		after, until time.Duration
		want         []string
		next         time.Duration // of the first to end after until; 0 for none
	}{
		{0, 0, nil, time.Second},
		{0, time.Second - 1, nil, time.Second},
		{0, time.Second, ids[:1], 2 * time.Second},
		{time.Second, time.Second, nil, 2 * time.Second},
		{time.Second, 2 * time.Second, ids[1:2], 3 * time.Second},
		{0, time.Hour, ids, 0},
		{-time.Hour, 0, nil, time.Second},
		{3 * time.Second, time.Hour, nil, 0},
		{time.Hour, 0, nil, time.Second},
	} {
		got, err := s.Released(ctx, began.Add(test.after), began.Add(test.until))
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("released after %v until %v: %v, %v; want %v", test.after, test.until, got, err, test.want)
		}
		next, err := s.NextRelease(ctx, began.Add(test.until))
		want := time.Time{}
		if test.next != 0 {
			want = began.Add(test.next)
		}
		if err != nil || next != want {
			t.Errorf("next release after %v: %v, %v; want %v", test.until, next, err, want)
		}
	}
}

// Each field has a word of its own, now or in an earlier version, and none of them stays.
func TestPurgeOfRemovedLeavesNoTrace(t *testing.T) {
	s, _ := clockStore(t)
	must, ctx := do(t), t.Context()
	for i := range 40 {
		mustAdd(t, s, sample(i, 20+53*i%900))
	}
	a := sample(1000, 900)
	a.Title, a.Source, a.Author = "On absquatulation", "Borborygmi", "C. Sesquipedalian"
	a.URL, a.Body = "https://news.example/quixotry", "It was floccinaucinihilipilified. "+a.Body
	id := mustAdd(t, s, a).ID
	_, _, err := s.Edit(ctx, id, func(a *Article) error {
		a.Title, a.Source, a.Author = "On taradiddles", "Collywobbles", "D. Widdershins"
		a.URL, a.Body = "https://news.example/gardyloo", "It was bumfuzzled. "+sample(1000, 900).Body
		return nil
	})
	must(err)
	putAll(t, s, "enc")
	putAllWords(t, s, "enc")
	must(s.Remove(ctx, id))
	words := []string{
		"absquatulation", "Borborygmi", "Sesquipedalian", "quixotry", "floccinaucinihilipilified",
		"taradiddles", "Collywobbles", "Widdershins", "gardyloo", "bumfuzzled",
	}
	for _, word := range words {
		if !folderHolds(t, s, word) {
			t.Errorf("%s is not found before the purge: the search cannot be right", word)
		}
	}
	must(s.Purge(ctx, id))
	must(s.Remove(ctx, NewID(sampleKey(3)))) // and what is written later brings nothing back
	for _, word := range words {
		if folderHolds(t, s, word) {
			t.Errorf("%s is still in the files", word)
		}
	}
	checkIntegrity(t, s)
}

// BenchmarkHide hides and restores an article of a store of many.
func BenchmarkHide(b *testing.B) {
	s, _ := clockStore(b)
	for i := range 300 {
		mustAdd(b, s, sample(i, 400))
	}
	id, ctx := NewID(sampleKey(7)), context.Background()
	for b.Loop() {
		if err := errors.Join(s.Remove(ctx, id), s.Restore(ctx, id)); err != nil {
			b.Fatal(err)
		}
	}
}

// What an outlet has withdrawn an editor can remove for good.
func TestRemoveOfAWithdrawnArticle(t *testing.T) {
	s, at := clockStore(t)
	ctx := WithActor(t.Context(), "cli:test")
	a := mustAdd(t, s, sample(1, 60))
	do(t)(s.Withdraw(ctx, a.ID))
	if err := s.Withdraw(ctx, a.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("withdrawn again: %v; want ErrNotFound", err)
	}
	*at = at.Add(time.Hour)
	do(t)(s.Remove(ctx, a.ID))
	if err := s.Withdraw(ctx, a.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("withdrawn when removed: %v; want ErrNotFound", err)
	}
	wantAudit(t, s, a.ID, "remove by cli:test", "remove by cli:test withdrawn")
	for until, want := range map[time.Time]int{at.Add(-time.Second): 0, *at: 1} {
		if ids, err := s.Due(ctx, until); err != nil || len(ids) != want {
			t.Errorf("due at %v are %v, %v; want %d", until, ids, err, want)
		}
	}
	do(t)(s.Restore(ctx, a.ID))
	if got := shows(t, s, a.ID); got != shownByAll {
		t.Errorf("restored, and shown by %s", got)
	}
}

// Nothing that an article ever was comes back by itself, from whatever address.
func TestPurgeBuriesVersions(t *testing.T) {
	for name, gone := range map[string]func(*Store, context.Context, string) error{"removed": (*Store).Remove, "purged": (*Store).Purge} {
		t.Run(name, func(t *testing.T) {
			s := testStore(t)
			first := blackout()
			a := mustAdd(t, s, first)
			_, _, err := s.Edit(t.Context(), a.ID, func(a *Article) error {
				a.URL, a.Body = "https://news.example/true", "Quite another text, which says nothing of trains or power."
				return nil
			})
			do(t)(err)
			do(t)(gone(s, t.Context(), a.ID))
			moved := with(first, func(a *Article) { a.URL = "https://other.example/copy" })
			if _, status, err := s.Add(t.Context(), moved); err != nil || status != RemovedBefore {
				t.Errorf("an earlier text from elsewhere is %v, %v; want it refused", status, err)
			}
			if name == "removed" {
				do(t)(s.Restore(t.Context(), a.ID))
				if _, status, err := s.Add(t.Context(), moved); err != nil || status != Added {
					t.Errorf("after Restore it is %v, %v; want added", status, err)
				}
			}
		})
	}
}

// What another article has is not buried with one that once had it.
func TestPurgeSparesOthers(t *testing.T) {
	s := testStore(t)
	a := mustAdd(t, s, blackout())
	_, _, err := s.Edit(t.Context(), a.ID, func(a *Article) error { a.URL = "https://news.example/true"; return nil })
	do(t)(err)
	other := with(sample(1, 60), func(a *Article) { a.URL = blackout().URL + "?page=2" })
	_, _, err = s.Edit(t.Context(), mustAdd(t, s, other).ID, func(a *Article) error { a.URL = blackout().URL; return nil })
	do(t)(err)
	do(t)(s.Purge(t.Context(), a.ID))
	h, _ := addressHash(&Article{URL: blackout().URL})
	var buried bool
	err = s.reader.QueryRow("SELECT EXISTS (SELECT 1 FROM tombstone WHERE hash = ?)", h[:]).Scan(&buried)
	if err != nil || buried {
		t.Errorf("the link of another article is buried: %v, %v", buried, err)
	}
}

// An article that has lost its text is damaged, not gone, and can be taken out.
func TestPurgeOfADamagedArticle(t *testing.T) {
	s, at := clockStore(t)
	ctx := t.Context()
	a := mustAdd(t, s, blackout())
	putAll(t, s, "enc")
	putAllWords(t, s, "enc")
	if _, err := s.writer.Exec("DELETE FROM body"); err != nil {
		t.Fatal(err)
	}
	_, lookup := s.Lookup(ctx, a.ID)
	_, _, add := s.Add(ctx, with(blackout(), func(a *Article) { a.Title = "New" }))
	_, _, edit := s.Edit(ctx, a.ID, func(a *Article) error { a.Title = "New"; return nil })
	for name, err := range map[string]error{"Lookup": lookup, "Add": add, "Edit": edit} {
		if !errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v; want ErrDamaged", name, err)
		}
	}
	do(t)(s.Remove(ctx, a.ID))
	*at = at.Add(RestoreTime)
	do(t)(s.PurgeDue(ctx, a.ID, *at))
	if _, err := s.Lookup(ctx, a.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("Lookup after Purge: %v; want ErrNotFound", err)
	}
	if _, status, err := s.Add(ctx, with(blackout(), func(a *Article) { a.URL = "" })); err != nil || status != RemovedBefore {
		t.Errorf("its text is %v, %v; want it known", status, err)
	}
	checkIntegrity(t, s)
}
