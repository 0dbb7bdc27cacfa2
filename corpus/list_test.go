package corpus

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// listed are articles of every kind, by a word of their bodies that names them in tests.
func listed(t *testing.T) (s *Store, names map[string]string) {
	t.Helper()
	s, at := clockStore(t)
	now := *at
	names = map[string]string{}
	for _, a := range []struct {
		name, title, source, author string
		published                   string
		embargo                     time.Duration
		removed                     time.Duration // after the first removal, plus one; 0 when it is not
	}{
		{name: "summit", title: "قمة الرياض تختتم أعمالها", source: "الأخبار", author: "إيمان أحمد", published: "2025-08-14"},
		{name: "late", title: "The harbours of Aden", source: "The Daily Test", published: "2025-08-15T01:30:00+03:00"},
		{name: "early", title: "Harbour opens", source: "Other", author: "Anne O'Hara", published: "2025-08-15T23:30:00Z"},
		{name: "undated", title: "The Daily Test of engines", source: "Other"},
		{name: "held", title: "Harbour closes", source: "the daily TEST", published: "2025-08-16", embargo: time.Hour},
		{name: "gone", title: "Harbour gone", source: "Other", published: "2025-08-12", removed: 1},
		{name: "gone later", title: "Harbour gone later", source: "Other", published: "2025-08-11", removed: 2},
		{name: "held and gone", title: "Harbour held", source: "Other", published: "2025-08-13", embargo: time.Hour, removed: 3},
	} {
		stored := Article{Title: a.title, Source: a.source, Author: a.author, Body: "The text of " + a.name + "."}
		if a.published != "" {
			var err error
			stored.Published, err = ParseDate(a.published)
			do(t)(err)
		}
		if a.embargo != 0 {
			stored.Embargo = now.Add(a.embargo)
		}
		id := mustAdd(t, s, stored).ID
		names[id] = a.name
		if a.removed != 0 {
			*at = now.Add(a.removed * time.Minute)
			do(t)(s.Remove(t.Context(), id))
			*at = now
		}
	}
	return s, names
}

func TestListOptions(t *testing.T) {
	s, names := listed(t)
	day := func(d int) Date { return Day(2025, time.August, d) }
	for _, test := range []struct {
		name string
		o    ListOptions
		want string
	}{
		{"since ever", ListOptions{Since: time.UnixMilli(1)}, "early, late, summit, undated"},
		{"since never", ListOptions{Since: time.Now().AddDate(100, 0, 0)}, ""},
		{"all", ListOptions{}, "early, late, summit, undated"},
		{"a page", ListOptions{Limit: 2, Offset: 1}, "late, summit"},
		{"behind the end", ListOptions{Limit: 2, Offset: 9}, ""},
		{"an offset below 0", ListOptions{Limit: 1, Offset: -5}, "early"},
		{"for editors", ListOptions{Embargoed: true}, "held, early, late, summit, undated"},
		{"removed, the last first", ListOptions{Removed: true}, "held and gone, gone later, gone"},
		{"removed, for editors", ListOptions{Removed: true, Embargoed: true, Limit: 1, Offset: 1}, "gone later"},
		{"removed, searched", ListOptions{Removed: true, Search: "later"}, "gone later"},
		{"a word", ListOptions{Search: "harbours"}, "early, late"},
		{"all words, in title and outlet", ListOptions{Search: "HARBOUR daily"}, "late"},
		{"words and no more of them", ListOptions{Search: "harbour unknown"}, ""},
		{"Arabic without hamza and article", ListOptions{Search: "قمه اعمال"}, "summit"},
		{"an author", ListOptions{Search: "ايمان احمد"}, "summit"},
		{"a stop word beside a word", ListOptions{Search: "the engines"}, "undated"},
		{"a stop word alone", ListOptions{Search: "the"}, "late, undated"},
		{"no word", ListOptions{Search: "?!"}, ""},
		{"a page of what is found", ListOptions{Search: "harbour", Limit: 1, Offset: 1}, "late"},
		{"an outlet", ListOptions{Source: "  THE  DAILY test "}, "late"},
		{"an outlet, for editors", ListOptions{Source: "the daily test", Embargoed: true}, "held, late"},
		{"an outlet without hamza", ListOptions{Source: "الاخبار"}, "summit"},
		{"a part of an outlet", ListOptions{Source: "Daily"}, ""},
		{"an outlet and a word", ListOptions{Source: "Other", Search: "engines"}, "undated"},
		{"one day", ListOptions{From: day(15), To: day(15)}, "early, late"},
		{"from a day", ListOptions{From: day(15)}, "early, late"},
		{"until a day", ListOptions{To: day(14)}, "summit"},
		{"no day", ListOptions{From: day(15), To: day(14)}, ""},
		{"a day, searched", ListOptions{From: day(14), To: day(15), Search: "harbour", Offset: 1}, "late"},
		{"a day, a page", ListOptions{To: day(15), Offset: 1, Limit: 1}, "late"},
		{"a day, for editors", ListOptions{From: day(16), Embargoed: true}, "held"},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := s.List(t.Context(), test.o)
			var got []string
			for _, m := range list {
				got = append(got, names[m.ID])
			}
			if err != nil || strings.Join(got, ", ") != test.want {
				t.Errorf("List = %q, %v; want %q", strings.Join(got, ", "), err, test.want)
			}
			all := test.o
			all.Limit, all.Offset = 0, 0
			list, err = s.List(t.Context(), all)
			do(t)(err)
			if n, err := s.Count(t.Context(), test.o); err != nil || n != len(list) {
				t.Errorf("Count = %d, %v; want %d", n, err, len(list))
			}
		})
	}
}

// A page must not cost a walk through the whole store.
func TestListPlans(t *testing.T) {
	s := testStore(t)
	for _, o := range []ListOptions{{Limit: 10}, {Limit: 10, Offset: 20}, {Embargoed: true}, {From: Day(2025, 1, 1)}, {Removed: true}} {
		var c choice
		err := s.read(t.Context(), func(tx *sql.Tx) (err error) {
			c, err = s.choose(t.Context(), tx, o)
			return err
		})
		do(t)(err)
		index := "article_newest"
		if o.Removed {
			index = "article_removed"
		}
		var plan []string
		query := "EXPLAIN QUERY PLAN SELECT * FROM article a WHERE " + c.where + c.order
		err = s.query(t.Context(), query, c.args, func(rows *sql.Rows) error {
			var id, parent, unused int
			var detail string
			err := rows.Scan(&id, &parent, &unused, &detail)
			plan = append(plan, detail)
			return err
		})
		sorts := slices.ContainsFunc(plan, func(step string) bool { return strings.Contains(step, "USE TEMP B-TREE FOR ORDER BY") })
		if err != nil || !strings.Contains(plan[0], index) || sorts {
			t.Errorf("%+v: %v; the plan %q should walk along %s", o, err, plan, index)
		}
	}
}

// BenchmarkList reads pages of a store of 100,000 titles.
func BenchmarkList(b *testing.B) {
	s, _ := clockStore(b)
	manyTitles(b, s, 100_000)
	for _, test := range []struct {
		name string
		o    ListOptions
	}{
		{"first page", ListOptions{Limit: 10}},
		{"last page", ListOptions{Limit: 10, Offset: 99_990}},
		{"search", ListOptions{Limit: 10, Search: "district 77 unknown"}},
		{"outlet", ListOptions{Limit: 10, Source: "unknown"}},
		{"day", ListOptions{Limit: 10, From: Day(2000, 1, 1), To: Day(2000, 1, 1)}},
	} {
		b.Run(test.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.List(b.Context(), test.o); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(test.name+", counted", func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Count(b.Context(), test.o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("stats", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Stats(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// manyTitles stores n articles without their texts.
func manyTitles(tb testing.TB, s *Store, n int) {
	tb.Helper()
	err := s.write(tb.Context(), func(tx *sql.Tx) error {
		for i := range n {
			_, err := tx.ExecContext(tb.Context(), `INSERT INTO article (id, title, title_derived, source, language, published,
				published_at, url, words, passages, texts, added, changed) VALUES (?, ?, 0, ?, 'en', ?, ?, '', 400, 5, 25, 0, 0)`,
				fmt.Sprintf("%016d", i), fmt.Sprintf("District %d opens project %d before the end of the year", i%1000, i),
				fmt.Sprintf("The Daily Test %d", i%50), time.Unix(int64(i)*7200, 0).UTC().Format(dayLayout), i*7200)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// What has come in since is what was added then, and what an embargo has kept back until
// then.
func TestListSince(t *testing.T) {
	s, now := clockStore(t)
	begin := *now
	add := func(title string, embargo time.Time) {
		_, _, err := s.Add(t.Context(), Article{Title: title, Body: "On " + title + ".", Embargo: embargo})
		do(t)(err)
	}
	add("old", time.Time{})
	add("held", begin.Add(2*time.Hour))
	add("longer held", begin.Add(9*time.Hour))
	*now = begin.Add(time.Hour)
	add("new", time.Time{})
	*now = begin.Add(3 * time.Hour)
	list, err := s.List(t.Context(), ListOptions{Since: begin.Add(time.Hour)})
	var got []string
	for _, m := range list {
		got = append(got, m.Title)
	}
	slices.Sort(got)
	if err != nil || !slices.Equal(got, []string{"held", "new"}) {
		t.Errorf("List = %q, %v; want what has come in since", got, err)
	}
}
