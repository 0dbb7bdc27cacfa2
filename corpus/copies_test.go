package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/minhash"
)

// report makes the n-th article of a number of words, none of which another has; it was published on a day of May.
func report(n, words, day int) Article {
	var b strings.Builder
	for i := range words {
		fmt.Fprintf(&b, "word%dof%d ", i, n)
		if i%20 == 19 {
			b.WriteString("end.\n\n")
		}
	}
	return Article{Source: fmt.Sprintf("Outlet %d", day), Published: Day(2025, time.May, day), Body: b.String()}
}

// reprint makes another article of the paragraphs of one, from one to before another.
func reprint(a Article, day, from, to int) Article {
	paragraphs := strings.Split(strings.TrimSpace(a.Body), "\n\n")
	body := strings.Join(paragraphs[from:min(to, len(paragraphs))], "\n\n")
	return Article{Source: fmt.Sprintf("Outlet %d", day), Published: Day(2025, time.May, day), Body: body}
}

// wantCopies wants the copies of an article to be those of some outlets.
func wantCopies(t *testing.T, s *Store, a Article, days ...int) {
	t.Helper()
	list, err := s.Copies(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, m := range list {
		got = append(got, m.Published.Time.Day())
	}
	if !slices.Equal(got, days) {
		t.Errorf("the copies of %q are of the days %v, want %v", a.Source, got, days)
	}
}

func TestCopies(t *testing.T) {
	s := testStore(t)
	wire := report(1, 400, 5)
	whole := mustAdd(t, s, wire)
	cut := mustAdd(t, s, reprint(wire, 7, 0, 8))
	framed := reprint(wire, 3, 0, 20)
	framed.Title, framed.Body = "Another headline", "VALEN, 3 May - "+framed.Body+"\n\nEditing by the night desk."
	first := mustAdd(t, s, framed)
	other := mustAdd(t, s, report(2, 400, 6))
	short := mustAdd(t, s, report(1, 15, 8))

	wantCopies(t, s, whole, 3, 7)
	wantCopies(t, s, cut, 3, 5)
	wantCopies(t, s, first, 5, 7)
	wantCopies(t, s, other)
	wantCopies(t, s, short)
	if _, err := s.Copies(t.Context(), NewID("none")); !errors.Is(err, ErrNotFound) {
		t.Errorf("Copies of an article that is not there: %v; want ErrNotFound", err)
	}
	checkIntegrity(t, s)

	change := func(query, id string) {
		t.Helper()
		if _, err := s.writer.ExecContext(t.Context(), query, id); err != nil {
			t.Fatal(err)
		}
	}
	change("UPDATE article SET removed = 1 WHERE id = ?", first.ID)
	wantCopies(t, s, whole, 7)
	change("UPDATE article SET embargo = 4000000000 WHERE id = ?", cut.ID)
	wantCopies(t, s, whole, 7)
	if err := s.Purge(t.Context(), cut.ID); err != nil {
		t.Fatal(err)
	}
	wantCopies(t, s, whole)
	checkIntegrity(t, s)
}

// An article that has both what two others have, who have nothing in common, makes one family of them.
func TestCopiesMerge(t *testing.T) {
	s := testStore(t)
	wire := report(1, 400, 1)
	for day, part := range [][2]int{{0, 10}, {0, 9}, {10, 20}, {11, 20}} {
		mustAdd(t, s, reprint(wire, 2+day, part[0], part[1]))
	}
	later := mustAdd(t, s, reprint(wire, 9, 12, 20))
	wantCopies(t, s, later, 4, 5)
	whole := mustAdd(t, s, wire)
	wantCopies(t, s, whole, 2, 3, 4, 5, 9)
	wantCopies(t, s, later, 1, 2, 3, 4, 5)
	if err := s.Purge(t.Context(), whole.ID); err != nil {
		t.Fatal(err)
	}
	wantCopies(t, s, later, 2, 3, 4, 5) // they stay together
	next := mustAdd(t, s, report(7, 100, 20))
	mustAdd(t, s, reprint(report(7, 100, 20), 21, 0, 3))
	wantCopies(t, s, next, 21)
	checkIntegrity(t, s)
}

// A text that becomes another leaves its family; one that is given another title stays.
func TestCopiesOfAChangedText(t *testing.T) {
	s := testStore(t)
	wire := report(1, 200, 5)
	whole := mustAdd(t, s, wire)
	cut := mustAdd(t, s, reprint(wire, 6, 0, 5))
	edit := func(change func(*Article)) {
		t.Helper()
		if _, _, err := s.Edit(t.Context(), cut.ID, func(a *Article) error { change(a); return nil }); err != nil {
			t.Fatal(err)
		}
		checkIntegrity(t, s)
	}
	edit(func(a *Article) { a.Title = "Another headline" })
	wantCopies(t, s, whole, 6)
	edit(func(a *Article) { a.Body = report(2, 200, 6).Body })
	wantCopies(t, s, whole)
	wantCopies(t, s, cut)
	edit(func(a *Article) { a.Body = wire.Body + "More follows." })
	wantCopies(t, s, whole, 6)
}

// wantFamily wants the families of some articles to be one, of these articles.
func wantFamily(t *testing.T, s *Store, of []string, want ...Article) {
	t.Helper()
	families, err := s.Families(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[int64]bool{}
	for _, a := range want {
		numbers[families[a.ID]] = true
	}
	if len(families) != len(want) || len(numbers) > 1 || numbers[0] {
		t.Errorf("the families of %v are %v; want one of %d articles", of, families, len(want))
	}
}

func TestFamilies(t *testing.T) {
	s := testStore(t)
	wire := report(1, 400, 1)
	wantFamily(t, s, nil)
	first := mustAdd(t, s, reprint(wire, 2, 0, 10))
	last := mustAdd(t, s, reprint(wire, 3, 10, 20))
	hidden := mustAdd(t, s, reprint(wire, 4, 12, 20))
	alone := mustAdd(t, s, report(2, 400, 5))
	if err := s.Remove(t.Context(), hidden.ID); err != nil {
		t.Fatal(err)
	}
	wantFamily(t, s, nil, last, hidden)
	wantFamily(t, s, []string{hidden.ID}, last, hidden)
	wantFamily(t, s, []string{first.ID, alone.ID, NewID("none")})
	wantFamily(t, s, []string{})
	whole := mustAdd(t, s, wire)
	wantFamily(t, s, []string{whole.ID}, first, last, hidden, whole)
	wantFamily(t, s, []string{alone.ID, first.ID, last.ID}, first, last, hidden, whole)
	wantFamily(t, s, nil, first, last, hidden, whole)
	if err := s.Purge(t.Context(), whole.ID); err != nil {
		t.Fatal(err)
	}
	wantFamily(t, s, []string{whole.ID})
	wantFamily(t, s, nil, first, last, hidden)
}

// However many copies there are, the next one is found to be one.
func TestManyCopies(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and longer with the race detector")
	}
	s := testStore(t)
	wire := report(1, 200, 5)
	whole := mustAdd(t, s, wire)
	list := make([]Article, 3*maxOfKey)
	for i := range list {
		list[i] = wire
		list[i].Body += fmt.Sprintf("Printed in town number%d.", i)
	}
	if err := s.AddAll(t.Context(), slices.Values(list), nil); err != nil {
		t.Fatal(err)
	}
	for range maxOfKey {
		mustAdd(t, s, report(2, 30, 6)) // what comes between is not counted
	}
	last := mustAdd(t, s, reprint(wire, 9, 0, 6))
	for _, a := range []Article{whole, last} {
		if copies, err := s.Copies(t.Context(), a.ID); err != nil || len(copies) != len(list)+1 {
			t.Errorf("%d copies, %v; want %d", len(copies), err, len(list)+1)
		}
	}
	checkIntegrity(t, s)
}

// Articles that an older program has stored are compared when the folder is opened, in several steps.
func TestSketchOlder(t *testing.T) {
	s := testStore(t)
	wire := report(1, 60, 5)
	whole := mustAdd(t, s, wire)
	var list []Article
	for i := range 2 * sketched {
		list = append(list, report(10+i, 30, 6))
	}
	if err := s.AddAll(t.Context(), slices.Values(list), nil); err != nil {
		t.Fatal(err)
	}
	cut := mustAdd(t, s, reprint(wire, 7, 0, 2))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	alter(t, s.dir, "DELETE FROM sketch", "DELETE FROM sketch_key", "INSERT INTO unsketched SELECT pk FROM article")
	// To interrupt it leaves the rest to the next start.
	cancelled, cancel := context.WithCancel(t.Context())
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(cancelAt(&log, cancel), nil))
	if _, err := Open(cancelled, Config{Dir: s.dir, Logger: logger}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open, cancelled: %v", err)
	}
	const told = "level=INFO msg=\"bringing older articles up to date, once\" articles=202"
	s = openStore(t, Config{Dir: s.dir, Logger: logger})
	if n := strings.Count(log.String(), told); n != 2 {
		t.Errorf("logged %s\nwant it to say twice: %s", log.String(), told)
	}
	openStore(t, Config{Dir: s.dir, Logger: logger})
	if n := strings.Count(log.String(), "bringing"); n != 2 {
		t.Errorf("told %d times; want no more when it is done", n)
	}
	wantCopies(t, s, whole, 7)
	wantCopies(t, s, cut, 5)
	checkIntegrity(t, s)
}

// writerFunc is a function as a writer.
type writerFunc func(b []byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// cancelAt returns a writer that calls cancel when something is written.
func cancelAt(w io.Writer, cancel func()) io.Writer {
	return writerFunc(func(b []byte) (int, error) { cancel(); return w.Write(b) })
}

// A sketch takes at most 1.5 kB of the file.
func TestSketchSize(t *testing.T) {
	s := testStore(t)
	const articles = 2000
	list := func(yield func(Article) bool) {
		for i := range articles {
			if !yield(report(i, 40, 6)) {
				return
			}
		}
	}
	if err := s.AddAll(t.Context(), list, nil); err != nil {
		t.Fatal(err)
	}
	var bytes, rows int
	err := s.reader.QueryRowContext(t.Context(), "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'sketch%'").Scan(&bytes)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.reader.QueryRowContext(t.Context(), "SELECT count(*) FROM sketch").Scan(&rows); err != nil || rows != articles {
		t.Fatalf("%d sketches, %v; want %d", rows, err, articles)
	}
	t.Logf("%d bytes a sketch", bytes/articles)
	if bytes/articles > 1500 {
		t.Errorf("a sketch takes %d bytes, want at most 1500", bytes/articles)
	}
}

// BenchmarkPutSketch stores articles of 400 words with their sketches and without.
func BenchmarkPutSketch(b *testing.B) {
	for _, with := range []bool{true, false} {
		b.Run(fmt.Sprintf("sketch=%t", with), func(b *testing.B) {
			s := testStore(b)
			n := 0
			for b.Loop() {
				batch := batch{report: func(o Outcome) error { return o.Err }}
				for range batchArticles {
					batch.add(report(n, 400, 6))
					n++
				}
				for i := range batch.drafts {
					if !with {
						batch.drafts[i].sketch = minhash.Sketch{}
					}
				}
				if err := s.commit(b.Context(), &batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}
