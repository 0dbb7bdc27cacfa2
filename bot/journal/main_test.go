package journal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The test binary starts itself again as another process; this variable says that it is to handle updates until it is
// killed.
const roleVar = "JOURNAL_TEST_ROLE"

func TestMain(m *testing.M) {
	if os.Getenv(roleVar) == "" {
		goleak.VerifyTestMain(m)
		return
	}
	if err := handleForever(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// handleForever goes on after the updates it finds and prints what it has committed.
func handleForever(dir string) error {
	ctx := context.Background()
	j, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	var id int64
	if err := j.db.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM inbox").Scan(&id); err != nil {
		return err
	}
	for {
		if id, err = handleSome(ctx, j, id); err != nil {
			return err
		}
	}
}

// handleSome receives the three updates after the one given; it sends two messages for the second one, and finishes
// the third.
func handleSome(ctx context.Context, j *Journal, id int64) (last int64, err error) {
	fresh, err := j.Receive(ctx, []Update{update(id + 1), update(id + 2), update(id + 3)})
	if err != nil || len(fresh) != 3 {
		return 0, fmt.Errorf("receive: %d fresh, %w", len(fresh), err)
	}
	for _, u := range fresh {
		fmt.Println("received", u.ID)
	}
	for n := 1; n <= 2; n++ {
		if err := j.Sent(ctx, id+2, n, 0); err != nil {
			return 0, err
		}
		fmt.Println("sent", id+2, n)
	}
	if err := j.Done(ctx, id+3, 0); err != nil {
		return 0, err
	}
	fmt.Println("done", id+3)
	return id + 3, nil
}

// update makes an update whose content tells which one it is.
func update(id int64) Update {
	return Update{ID: id, Raw: fmt.Appendf(nil, `{"update_id":%d,"message":{"text":"سؤال عن أمر %d: %s"}}`, id, id, strings.Repeat("x", int(id%7)*300))}
}

// start is when the clock of a test starts.
var start = time.Date(2026, time.January, 2, 3, 4, 5, 678_000_000, time.UTC)

// clock is a time that only a test moves.
type clock struct{ ms atomic.Int64 }

func (c *clock) now() time.Time       { return start.Add(time.Duration(c.ms.Load()) * time.Millisecond) }
func (c *clock) pass(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// testJournal opens a new journal.
func testJournal(tb testing.TB) (*Journal, *clock) {
	tb.Helper()
	c := new(clock)
	return openJournal(tb, Config{Dir: tb.TempDir(), Now: c.now}), c
}

func openJournal(tb testing.TB, cfg Config) *Journal {
	tb.Helper()
	j, err := Open(tb.Context(), cfg)
	if err != nil {
		tb.Fatalf("Open: %v", err)
	}
	tb.Cleanup(func() {
		if err := j.Close(); err != nil {
			tb.Errorf("Close: %v", err)
		}
	})
	return j
}

// dir is the folder of a journal.
func (j *Journal) dir(tb testing.TB) string {
	tb.Helper()
	var file string
	if err := j.db.QueryRowContext(tb.Context(), "SELECT file FROM pragma_database_list").Scan(&file); err != nil {
		tb.Fatal(err)
	}
	return filepath.Dir(file)
}

// reopen closes a journal and opens it again.
func reopen(tb testing.TB, j *Journal) *Journal {
	tb.Helper()
	dir := j.dir(tb)
	if err := j.Close(); err != nil {
		tb.Fatal(err)
	}
	return openJournal(tb, Config{Dir: dir, Now: j.now})
}

func mustReceive(tb testing.TB, j *Journal, updates ...Update) []Update {
	tb.Helper()
	fresh, err := j.Receive(tb.Context(), updates)
	if err != nil {
		tb.Fatalf("Receive: %v", err)
	}
	return fresh
}

// unfinished lists the updates that are not done.
func unfinished(ctx context.Context, j *Journal) (list []Update, err error) {
	err = j.EachUnfinished(ctx, func(u Update) error {
		list = append(list, u)
		return nil
	})
	return list, err
}

func mustUnfinished(tb testing.TB, j *Journal) []Update {
	tb.Helper()
	list, err := unfinished(tb.Context(), j)
	if err != nil {
		tb.Fatalf("EachUnfinished: %v", err)
	}
	return list
}

// ids are the numbers of updates, in order.
func ids(updates []Update) []int64 {
	list := []int64{}
	for _, u := range updates {
		list = append(list, u.ID)
	}
	return list
}

// checkIntegrity has SQLite look at every page.
func checkIntegrity(tb testing.TB, j *Journal) {
	tb.Helper()
	var got string
	if err := j.db.QueryRowContext(tb.Context(), "PRAGMA integrity_check").Scan(&got); err != nil || got != "ok" {
		tb.Errorf("integrity: %q, %v", got, err)
	}
}
