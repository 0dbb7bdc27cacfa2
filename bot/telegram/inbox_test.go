package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot/journal"
)

func openJournal(tb testing.TB) *journal.Journal {
	tb.Helper()
	return openJournalIn(tb, tb.TempDir())
}

func openJournalIn(tb testing.TB, dir string) *journal.Journal {
	tb.Helper()
	j, err := journal.Open(context.Background(), journal.Config{Dir: dir})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := j.Close(); err != nil {
			tb.Error(err)
		}
	})
	return j
}

// A tray is an inbox, what it has delivered, and how often it has waited.
type tray struct {
	inbox
	ids    []int64
	pauses int
}

func newTray(t *testing.T) *tray {
	tr := &tray{inbox: inbox{journal: openJournal(t), log: slog.New(slog.DiscardHandler)}}
	tr.pause = func(context.Context, time.Duration) error { tr.pauses++; return nil }
	tr.deliver = func(_ context.Context, updates []journal.Update) error {
		for _, u := range updates {
			tr.ids = append(tr.ids, u.ID)
		}
		return nil
	}
	return tr
}

func (tr *tray) takeAll(t *testing.T, results ...string) (lasts []int64) {
	t.Helper()
	for _, r := range results {
		last, err := tr.take(t.Context(), json.RawMessage(r))
		if err != nil {
			t.Fatalf("take(%s): %v", r, err)
		}
		lasts = append(lasts, last)
	}
	return lasts
}

func TestTake(t *testing.T) {
	tests := []struct {
		name    string
		results []string
		ids     []int64 // delivered
		lasts   []int64
		pauses  int
	}{
		{"nothing", []string{`[]`}, nil, []int64{0}, 0},
		{"in order", []string{`[{"update_id":5},{"update_id":6}]`, `[{"update_id":7}]`}, []int64{5, 6, 7}, []int64{6, 7}, 0},
		{"out of order", []string{`[{"update_id":7},{"update_id":5}]`}, []int64{7, 5}, []int64{7}, 0},
		{"again", []string{`[{"update_id":5}]`, `[{"update_id":5},{"update_id":6}]`}, []int64{5, 6}, []int64{5, 6}, 0},
		{"twice in one poll", []string{`[{"update_id":5},{"update_id":5}]`}, []int64{5}, []int64{5}, 0},
		{"unreadable among others", []string{`[5,{"update_id":8},null,{"update_id":"x"},{"update_id":12}]`}, []int64{8, 12}, []int64{12}, 0},
		{"unreadable at the end", []string{`[{"update_id":8},[]]`}, []int64{8}, []int64{9}, 0},
		// Each counts one, so that the poll that follows leaves them behind.
		{"all unreadable", []string{`[{"update_id":8}]`, `[{},{}]`, `["x"]`}, []int64{8}, []int64{8, 10, 11}, 2},
		// After a quiet week Telegram begins again at any number.
		{"lower numbers", []string{`[{"update_id":900000}]`, `[{"update_id":500}]`, `[{"update_id":500},{"update_id":501}]`}, []int64{900000, 500, 501}, []int64{900000, 500, 501}, 0},
		{"unreadable before lower numbers", []string{`[{"update_id":90}]`, `[{},[],{"update_id":1}]`, `[{},{}]`}, []int64{90, 1}, []int64{90, 1, 3}, 1},
		{"number in quotes", []string{`[{"update_id":"5"}]`}, []int64{5}, []int64{5}, 0},
		{"number that is none", []string{`[{"update_id":-5},{"update_id":0},{"update_id":1.5},{"update_id":7}]`}, []int64{7}, []int64{7}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTray(t)
			lasts := tr.takeAll(t, tt.results...)
			if diff := cmp.Diff(tt.ids, tr.ids); diff != "" {
				t.Errorf("delivered -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(tt.lasts, lasts); diff != "" {
				t.Errorf("last -want +got:\n%s", diff)
			}
			if tr.pauses != tt.pauses {
				t.Errorf("waited %d times, want %d", tr.pauses, tt.pauses)
			}
		})
	}
}

// What concerns nobody is left behind like the rest, and is nowhere.
func TestTakeUnconcerned(t *testing.T) {
	tr := newTray(t)
	tr.concerns = func(u journal.Update) bool { return u.ID%2 == 0 }
	lasts := tr.takeAll(t, `[{"update_id":4},{"update_id":5}]`, `[{"update_id":7}]`, `[{"update_id":8}]`)
	if diff := cmp.Diff([]int64{4, 8}, tr.ids); diff != "" || tr.pauses != 0 {
		t.Errorf("waited %d times, delivered -want +got:\n%s", tr.pauses, diff)
	}
	if diff := cmp.Diff([]int64{5, 7, 8}, lasts); diff != "" {
		t.Errorf("last -want +got:\n%s", diff)
	}
	for _, id := range []int64{5, 7} {
		if _, err := tr.journal.Update(t.Context(), id); !errors.Is(err, journal.ErrNotFound) {
			t.Errorf("update %d: %v", id, err)
		}
	}
}

func TestTakeNoList(t *testing.T) {
	if _, err := newTray(t).take(t.Context(), json.RawMessage(`{"secret":1}`)); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v, want one that quotes nothing", err)
	}
}

// An update that the journal has no room for does not stop the others.
func TestTakeHuge(t *testing.T) {
	tr := newTray(t)
	tr.takeAll(t, fmt.Sprintf(`[{"update_id":1,"message":%q},{"update_id":2}]`, strings.Repeat("x", journal.MaxRaw)))
	if diff := cmp.Diff([]int64{1, 2}, tr.ids); diff != "" {
		t.Errorf("delivered -want +got:\n%s", diff)
	}
}

// What is not committed is not delivered, and Telegram is not told of it.
func TestTakeWithoutCommit(t *testing.T) {
	tr := newTray(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	last, err := tr.take(ctx, json.RawMessage(`[{"update_id":5}]`))
	if !errors.Is(err, context.Canceled) || last != 0 || tr.ids != nil {
		t.Errorf("take = %d, %v, delivered %v", last, err, tr.ids)
	}
	tr.takeAll(t, `[{"update_id":5}]`)
	if diff := cmp.Diff([]int64{5}, tr.ids); diff != "" {
		t.Errorf("delivered -want +got:\n%s", diff)
	}
}

func FuzzTake(f *testing.F) {
	f.Add(`[{"update_id":5,"message":{}},null,[],{"update_id":1e3}]`)
	f.Add(`{"update_id":5}`)
	f.Fuzz(func(t *testing.T, result string) {
		in := inbox{log: slog.New(slog.DiscardHandler), last: 3}
		var list []json.RawMessage
		if json.Unmarshal([]byte(result), &list) != nil {
			return
		}
		updates, last := in.number(list)
		if len(list) > 0 && last <= in.last && len(updates) == 0 {
			t.Errorf("number(%q) does not get on: %d", result, last)
		}
		for _, u := range updates {
			if u.ID > last || u.ID <= 0 {
				t.Errorf("update %d, but the last is %d", u.ID, last)
			}
		}
	})
}
