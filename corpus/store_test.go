package corpus

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/text"
)

func TestAdd(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	given := sample(7, 300)
	added, status, err := s.Add(ctx, given)
	if err != nil || status != Added {
		t.Fatalf("Add = %v, %v; want added", status, err)
	}
	want, err := Prepare(given)
	if err != nil {
		t.Fatal(err)
	}
	want.Added, want.Changed = s.now(), s.now()
	if added != want {
		t.Errorf("Add returned %#v\nwant %#v", added, want)
	}
	got, err := s.Article(ctx, added.ID)
	if err != nil || got != want {
		t.Errorf("Article = %#v, %v\nwant %#v", got, err, want)
	}
	checkPassages(t, s, got)
	checkIntegrity(t, s)
	full, ps, err := s.Full(ctx, added.ID)
	alone, passagesErr := s.Passages(ctx, added.ID)
	if err != nil || passagesErr != nil || full != want || !reflect.DeepEqual(ps, alone) {
		t.Errorf("Full = %#v, %v, %v\nwant %#v, %v, %v", full, ps, err, want, alone, passagesErr)
	}
}

// checkPassages compares the passages stored with those the body divides into.
func checkPassages(t *testing.T, s *Store, a Article) {
	t.Helper()
	got, err := s.Passages(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := Split(a.Body)
	for i := range want {
		want[i].ArticleID = a.ID
		want[i].ID = fmt.Sprintf("%s.%d", a.ID, i+1)
	}
	if len(got) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("Passages = %v\nwant %v", got, want)
	}
}

func TestArticleRoundTrip(t *testing.T) {
	for _, test := range []struct {
		name string
		a    Article
	}{
		{"nothing but a body", Article{Body: arabicBody}},
		{"day", Article{Body: "A body.", Published: Day(1948, 5, 14)}},
		{"instant in a zone", Article{Body: "A body.", Published: Date{Time: time.Date(2025, 8, 15, 1, 2, 3, 0, time.FixedZone("", 3*3600))}}},
		{"other language", Article{Body: "Ein Text.", Language: text.Other}},
		{"quotes and marks", Article{Body: "\u200f«قال»: \"نعم\" — it's 100% 'so'; DROP TABLE article;--", Title: "'); --"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := testStore(t)
			a := mustAdd(t, s, test.a)
			got, err := s.Article(t.Context(), a.ID)
			if err != nil || got.Published.String() != a.Published.String() || !got.Published.Time.Equal(a.Published.Time) {
				t.Fatalf("Published = %v, %v; want %v", got.Published, err, a.Published)
			}
			got.Published = a.Published // a zone is a pointer: equal zones need not be the same
			if got != a {
				t.Errorf("Article = %#v\nwant %#v", got, a)
			}
		})
	}
}

func TestAddAgain(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	first := mustAdd(t, s, sample(1, 300))
	other := openStore(t, Config{Dir: s.dir, ReadOnly: true})
	before, err := other.DataVersion(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return first.Added.Add(time.Hour) }

	same, status, err := s.Add(ctx, sample(1, 300))
	if err != nil || status != Unchanged || same != first {
		t.Errorf("Add of the same = %v, %v, changed %v; want unchanged", status, err, same.Changed)
	}
	// What came out of the store is the same article when it is put in.
	if _, status, err := s.Add(ctx, first); err != nil || status != Unchanged {
		t.Errorf("Add of what Add returned = %v, %v; want unchanged", status, err)
	}
	if after, err := other.DataVersion(ctx); err != nil || after != before {
		t.Errorf("another process sees version %d, %v; want %d: nothing was written", after, err, before)
	}

	changed := sample(1, 100)
	updated, status, err := s.Add(ctx, changed)
	if err != nil || status != Updated || updated.ID != first.ID {
		t.Fatalf("Add of a new text = %s, %v, %v; want %s updated", updated.ID, status, err, first.ID)
	}
	if !updated.Added.Equal(first.Added) || !updated.Changed.Equal(first.Added.Add(time.Hour)) {
		t.Errorf("added %v, changed %v; want %v and an hour later", updated.Added, updated.Changed, first.Added)
	}
	if after, err := other.DataVersion(ctx); err != nil || after == before {
		t.Errorf("another process sees version %d, %v; want another than %d", after, err, before)
	}
	checkPassages(t, s, updated)
	checkIntegrity(t, s)
}

// A feed of known articles must not wait for whoever is writing.
func TestAddUnchangedBesideAWriter(t *testing.T) {
	s := testStore(t)
	first := mustAdd(t, s, sample(1, 50))
	other := openStore(t, Config{Dir: s.dir})
	err := other.write(t.Context(), func(*sql.Tx) error {
		_, status, err := s.Add(t.Context(), first)
		if status != Unchanged {
			t.Errorf("Add = %v; want unchanged", status)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAddRefused(t *testing.T) {
	s := testStore(t)
	if _, _, err := s.Add(t.Context(), Article{Body: " "}); !errors.Is(err, ErrEmpty) {
		t.Errorf("Add of nothing: %v; want ErrEmpty", err)
	}
	if seq, err := s.Seq(t.Context()); err != nil || seq != 0 {
		t.Errorf("Seq = %d, %v; want 0", seq, err)
	}
}

func TestAddAll(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, sample(3, 200))
	list := samples(120, 200)
	list[5] = Article{Body: "  "}
	list[110] = list[100]
	var got []Outcome
	err := s.AddAll(t.Context(), slices.Values(list), func(o Outcome) error {
		if o.Err == nil { // it must be visible to everyone by now
			if _, err := s.Article(t.Context(), o.Article.ID); err != nil {
				t.Errorf("outcome %d: %v", o.N, err)
			}
		}
		got = append(got, o)
		return nil
	})
	if err != nil || len(got) != len(list) {
		t.Fatalf("AddAll: %d outcomes, %v; want %d", len(got), err, len(list))
	}
	want := map[int]Status{3: Unchanged, 5: 0, 110: Unchanged}
	for i, o := range got {
		status, special := want[i]
		if !special {
			status = Added
		}
		if o.N != i || o.Status != status || (o.Err != nil) != (i == 5) || o.Article.URL != list[i].URL {
			t.Errorf("outcome %d = %d, %v, %v, %q; want %v", i, o.N, o.Status, o.Err, o.Article.URL, status)
		}
	}
	if !errors.Is(got[5].Err, ErrEmpty) {
		t.Errorf("outcome 5: %v; want ErrEmpty", got[5].Err)
	}
	checkIntegrity(t, s)
}

func TestAddAllStopsAtAReport(t *testing.T) {
	s := testStore(t)
	stop := errors.New("stop")
	err := s.AddAll(t.Context(), slices.Values(samples(2*batchArticles, 30)), func(o Outcome) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("AddAll: %v; want the error of report", err)
	}
	if st := mustStats(t, s); st.Articles != batchArticles {
		t.Errorf("%d articles stored; want the first batch of %d", st.Articles, batchArticles)
	}
}

func mustStats(t *testing.T, s *Store) Stats {
	t.Helper()
	st, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func TestNotFound(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	_, articleErr := s.Article(ctx, "nope")
	_, passagesErr := s.Passages(ctx, "nope")
	_, _, fullErr := s.Full(ctx, "nope")
	for name, err := range map[string]error{
		"Article": articleErr, "Passages": passagesErr, "Full": fullErr, "Remove": s.Purge(ctx, "nope"),
	} {
		if !errors.Is(err, ErrNotFound) || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "nope") {
			t.Errorf("%s: %v; want ErrNotFound with the ID", name, err)
		}
	}
}

func removeURL(t *testing.T, s *Store, url string) {
	t.Helper()
	if err := s.Purge(t.Context(), NewID((&Article{URL: url}).Key())); err != nil {
		t.Fatal(err)
	}
}

// folderHolds searches every file of the data folder.
func folderHolds(t *testing.T, s *Store, word string) bool {
	t.Helper()
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(s.dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(word)) {
			return true
		}
	}
	return false
}

func TestList(t *testing.T) {
	s := testStore(t)
	bodies := []struct {
		body string
		date Date
	}{
		{"Of no date.", Date{}},
		{"Of the day.", Day(2025, 8, 15)},
		{"Of the day before.", Day(2025, 8, 14)},
		{"Of the evening.", Date{Time: time.Date(2025, 8, 15, 20, 0, 0, 0, time.UTC)}},
		{"Of long ago.", Day(1923, 1, 1)},
	}
	for _, b := range bodies {
		mustAdd(t, s, Article{Body: b.body, Published: b.date})
	}
	all := []string{"Of the evening.", "Of the day.", "Of the day before.", "Of long ago.", "Of no date."}
	for _, test := range []struct {
		name string
		o    ListOptions
		want []string
	}{
		{"all", ListOptions{}, all},
		{"limit", ListOptions{Limit: 2}, all[:2]},
		{"offset", ListOptions{Limit: 2, Offset: 2}, all[2:4]},
		{"offset alone", ListOptions{Offset: 4}, all[4:]},
		{"beyond the end", ListOptions{Offset: 10}, nil},
		{"negative", ListOptions{Limit: -1, Offset: -1}, all},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := s.List(t.Context(), test.o)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range list {
				got = append(got, m.Title)
				if m.Words != len(strings.Fields(m.Title)) || !m.TitleDerived || m.Language != text.English {
					t.Errorf("summary %+v", m)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("List = %q; want %q", got, test.want)
			}
		})
	}
	st := mustStats(t, s)
	if st.Articles != 5 || st.Passages != 5 || st.Words != 16 || st.ByLanguage[text.English] != 5 || st.Bytes == 0 {
		t.Errorf("Stats = %+v", st)
	}
	if st.Newest.String() != "2025-08-15T20:00:00Z" || st.Oldest.String() != "1923-01-01" {
		t.Errorf("newest %v, oldest %v", st.Newest, st.Oldest)
	}
}

func TestArticles(t *testing.T) {
	s := testStore(t)
	a, b := mustAdd(t, s, sample(1, 50)), mustAdd(t, s, sample(2, 50))
	mustAdd(t, s, sample(3, 50))
	got, err := s.Articles(t.Context(), []string{a.ID, "nope", b.ID, a.ID, `"]`})
	if err != nil || !reflect.DeepEqual(got, map[string]Article{a.ID: a, b.ID: b}) {
		t.Errorf("Articles = %v, %v; want two", got, err)
	}
	if got, err := s.Articles(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("Articles of none = %v, %v", got, err)
	}
}

func TestEach(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	var want []Article
	for i := range 20 {
		want = append(want, mustAdd(t, s, sample(i, 10+50*i)))
	}
	removeURL(t, s, want[4].URL)
	want = slices.Delete(want, 4, 5)
	i := 0
	err := s.Each(ctx, func(a Article, ps []Passage) error {
		if a != want[i] {
			t.Errorf("article %d = %v; want %v", i, a, want[i])
		}
		alone, err := s.Passages(ctx, a.ID)
		if err != nil || !reflect.DeepEqual(ps, alone) {
			t.Errorf("passages of article %d = %v; want %v, %v", i, ps, alone, err)
		}
		mustAdd(t, s, sample(100+i, 30)) // not seen: the walk sees one moment
		i++
		return nil
	})
	if err != nil || i != len(want) {
		t.Errorf("Each: %d articles, %v; want %d", i, err, len(want))
	}
	stop := errors.New("stop")
	if err := s.Each(ctx, func(Article, []Passage) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Each: %v; want the error of the function", err)
	}
}

// A caller must not be held by the patience of the store.
func TestCancelledWhileWaiting(t *testing.T) {
	s := testStore(t)
	other := openStore(t, Config{Dir: s.dir})
	err := other.write(t.Context(), func(*sql.Tx) error {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if _, _, err := s.Add(ctx, sample(1, 50)); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrBusy) {
			t.Errorf("Add beside a writer: %v; want context.DeadlineExceeded", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	mustAdd(t, s, sample(1, 50))
}

func TestCancelled(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, sample(1, 50))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, addErr := s.Add(ctx, sample(2, 50))
	_, listErr := s.List(ctx, ListOptions{})
	for name, err := range map[string]error{
		"Add": addErr, "List": listErr,
		"AddAll": s.AddAll(ctx, slices.Values(samples(3, 30)), nil),
		"Each":   s.Each(ctx, func(Article, []Passage) error { return nil }),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v; want context.Canceled", name, err)
		}
	}
	ctx, cancel = context.WithCancel(t.Context())
	n := 0
	err := s.AddAll(ctx, slices.Values(samples(3*batchArticles, 30)), func(Outcome) error { n++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || n != batchArticles {
		t.Errorf("AddAll cancelled in the first report: %v after %d; want context.Canceled after %d", err, n, batchArticles)
	}
	checkIntegrity(t, s)
}

// TestDiskFull lets the file grow no further: SQLite reports that as it does a full disk.
func TestDiskFull(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	first := mustAdd(t, s, sample(1, 300))
	var pages int
	if err := s.writer.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(pages int) {
		if _, err := s.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages)
	if _, _, err := s.Add(ctx, sample(2, 30_000)); !errors.Is(err, ErrFull) {
		t.Fatalf("Add to a full disk: %v; want ErrFull", err)
	}
	if got, err := s.Article(ctx, first.ID); err != nil || got != first {
		t.Errorf("the first article is %v, %v", got, err)
	}
	if st := mustStats(t, s); st.Articles != 1 {
		t.Errorf("%d articles; want 1", st.Articles)
	}
	checkIntegrity(t, s)
	limit(1 << 30)
	mustAdd(t, s, sample(2, 30_000))
	checkIntegrity(t, s)
}
