package journal

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/bot/journal/journaltest"
	"newsbot/corpus/database"
)

// A hook is a log that calls a function for each line.
type hook func(line string)

func (h hook) Write(p []byte) (int, error) {
	h(string(p))
	return len(p), nil
}

// hooked opens a journal that calls failed whenever its log could not be emptied.
func hooked(t *testing.T, failed func()) *Journal {
	t.Helper()
	log := hook(func(line string) {
		if strings.Contains(line, "not emptied yet") {
			failed()
		}
	})
	return openJournal(t, Config{Dir: t.TempDir(), Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
}

// readBeside is another connection that is in the middle of reading, until end is called.
func readBeside(t *testing.T, j *Journal) (end func()) {
	t.Helper()
	db, err := database.Connect(filepath.Join(j.dir(t), FileName), 1, database.ReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM answer").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Rollback(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}

// Somebody who reads the file for a moment does not leave what was erased in the
// write-ahead log.
func TestForgetBesideReader(t *testing.T) {
	tries, end := 0, func() {}
	j := hooked(t, func() {
		if tries++; tries == 2 {
			end()
		}
	})
	keepOf(t, j, 770077)
	end = readBeside(t, j)
	if err := j.Forget(t.Context(), 770077); err != nil {
		t.Fatal(err)
	}
	if tries != 2 || journaltest.Holds(t, j.dir(t), secret) {
		t.Errorf("after %d tries in vain the word is in the files: %v; want 2, and that it is not", tries, journaltest.Holds(t, j.dir(t), secret))
	}
}

// Somebody who goes on reading is waited for, but not for long; the next Prune
// empties the log.
func TestForgetDoesNotWaitForGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		j := hooked(t, func() { tries++ })
		keepOf(t, j, 770077)
		end := readBeside(t, j)
		begun := time.Now()
		if err := j.Forget(t.Context(), 770077); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > emptyTime+time.Second || tries < 3 {
			t.Errorf("Forget returned after %v and %d tries; want a few within %v", took, tries, emptyTime)
		}
		end()
		mustPrune(t, j)
		if journaltest.Holds(t, j.dir(t), secret) {
			t.Error("the word is in the files after Prune")
		}
	})
}

// Who is no longer interested in the reply does not wait at all.
func TestForgetCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tries := 0
	j := hooked(t, func() {
		tries++
		cancel()
	})
	keepOf(t, j, 770077)
	defer readBeside(t, j)()
	if err := j.Forget(ctx, 770077); err != nil || tries != 1 {
		t.Errorf("Forget = %v after %d tries; want that it is done, and one", err, tries)
	}
}
