package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/database"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// A swept is a folder with an article, and an answer that quotes it, whose clock
// is set.
type swept struct {
	t   *testing.T
	app *app
	at  atomic.Int64 // the time, Unix milliseconds
	id  string
	log strings.Builder
}

func newSwept(t *testing.T) *swept {
	t.Helper()
	w := &swept{t: t}
	w.at.Store(time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC).UnixMilli())
	w.app = newApp(&Main{Stdout: io.Discard, Stderr: io.Discard, Now: func() time.Time { return time.UnixMilli(w.at.Load()) }})
	w.app.dataDir, w.app.logger = t.TempDir(), slog.New(slog.NewTextHandler(&w.log, nil))
	store := w.open()
	o, err := store.AddWith(t.Context(), tram, corpus.AddOptions{})
	if err != nil {
		t.Fatal(err)
	}
	w.id = o.Article.ID
	j := w.journal()
	defer w.close(j)
	_, err = j.KeepAnswer(t.Context(), journal.Answer{Update: 1, Chat: 7, Person: 7, Question: "When?", Cites: []string{w.id}, Data: []byte("{}")})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *swept) pass(d time.Duration) { w.at.Add(d.Milliseconds()) }

// open opens the store as a command does.
func (w *swept) open() *corpus.Store {
	w.t.Helper()
	store, err := w.app.openStore(w.t.Context(), w.app.dataDir)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { closeStore(store) })
	return store
}

func (w *swept) journal() *journal.Journal {
	w.t.Helper()
	j, err := journal.Open(w.t.Context(), journal.Config{Dir: w.app.dataDir, Now: w.app.Now})
	if err != nil {
		w.t.Fatal(err)
	}
	return j
}

func (w *swept) close(j *journal.Journal) {
	w.t.Helper()
	if err := j.Close(); err != nil {
		w.t.Error(err)
	}
}

// answers erases the answers that quoted the article and returns how many there
// were.
func (w *swept) answers() int {
	w.t.Helper()
	j := w.journal()
	defer w.close(j)
	erased, err := j.EraseArticle(w.t.Context(), w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(erased)
}

// there tells whether the store has the article, hidden or not.
func (w *swept) there(store *corpus.Store) bool {
	w.t.Helper()
	_, err := store.Lookup(w.t.Context(), w.id)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		w.t.Fatal(err)
	}
	return err == nil
}

func (w *swept) remove(store *corpus.Store) {
	w.t.Helper()
	if err := store.Remove(w.t.Context(), w.id); err != nil {
		w.t.Fatal(err)
	}
}

// Every command that writes erases what is past being restored, and what answers
// have kept of it.
func TestSweepByCommands(t *testing.T) {
	w := newSwept(t)
	store := w.open()
	w.pass(1000 * time.Hour)
	w.open()
	if !w.there(store) {
		t.Fatal("an article that was never removed is gone")
	}
	w.remove(store)
	w.pass(corpus.RestoreTime - time.Millisecond)
	w.open()
	if !w.there(store) {
		t.Fatal("an article that can still be restored is gone")
	}
	w.pass(time.Millisecond)
	w.open()
	if w.there(store) {
		t.Error("an article is there past being restored")
	}
	if n := w.answers(); n != 0 {
		t.Errorf("%d answers quote it still", n)
	}
	entries, err := store.Audit(t.Context(), corpus.AuditOptions{Article: w.id, Limit: 1})
	if err != nil || len(entries) != 1 || entries[0].Action != "purge" || entries[0].Actor != sweeper {
		t.Errorf("audit = %+v, %v; want the purge by %s", entries, err, sweeper)
	}
	if w.log.Len() > 0 {
		t.Errorf("logged: %s", w.log.String())
	}
}

// A folder that another process serves is left to it.
func TestSweepLeftToTheServingProcess(t *testing.T) {
	w := newSwept(t)
	store := w.open()
	w.remove(store)
	w.pass(corpus.RestoreTime)
	lock, err := corpus.TryLock(w.app.dataDir, corpus.ServeLock)
	if err != nil {
		t.Fatal(err)
	}
	w.open()
	if !w.there(store) {
		t.Error("erased beside a process that serves")
	}
	unlock(lock)
	w.open()
	if w.there(store) {
		t.Error("not erased when nobody serves any more")
	}
}

// Without a journal there is nothing to erase beside the collection, and none is made.
func TestSweepWithoutAJournal(t *testing.T) {
	w := newSwept(t)
	w.app.dataDir = t.TempDir()
	store := w.open()
	o, err := store.AddWith(t.Context(), tram, corpus.AddOptions{})
	if err != nil || o.Article.ID != w.id {
		t.Fatalf("AddWith = %s, %v", o.Article.ID, err)
	}
	w.remove(store)
	w.pass(corpus.RestoreTime)
	w.open()
	if w.there(store) {
		t.Error("an article is there past being restored")
	}
	if w.log.Len() > 0 {
		t.Errorf("logged: %s", w.log.String())
	}
}

// An article stays until what is kept beside it is erased: else nobody would find
// that again.
func TestSweepAgain(t *testing.T) {
	w := newSwept(t)
	store := w.open()
	w.remove(store)
	w.pass(corpus.RestoreTime)
	broken := errors.New("broken")
	fails := func(context.Context, string) ([]journal.Erased, error) { return nil, broken }
	if _, err := w.app.sweep(t.Context(), store, fails); !errors.Is(err, broken) || !w.there(store) {
		t.Errorf("sweep = %v, article there: %v; want %v, and it there", err, w.there(store), broken)
	}
	restores := func(ctx context.Context, id string) ([]journal.Erased, error) { return nil, store.Restore(ctx, id) }
	if _, err := w.app.sweep(t.Context(), store, restores); err != nil || !w.there(store) {
		t.Errorf("sweep = %v, article there: %v; want what was restored meanwhile there", err, w.there(store))
	}
}

// What is kept of an article while it is erased goes, too.
func TestSweepErasesTwice(t *testing.T) {
	w := newSwept(t)
	store := w.open()
	w.remove(store)
	w.pass(corpus.RestoreTime)
	var there []bool
	erase := func(context.Context, string) ([]journal.Erased, error) {
		there = append(there, w.there(store))
		return []journal.Erased{{}}, nil
	}
	all, err := w.app.sweep(t.Context(), store, erase)
	if err != nil || !slices.Equal(there, []bool{true, false}) || len(all) != 1 || len(all[0].answers) != 2 {
		t.Errorf("sweep = %+v, %v; erased with the article there: %v; want before and after", all, err, there)
	}
}

// An article that has lost its text does not stay for ever.
func TestSweepOfADamagedArticle(t *testing.T) {
	w := newSwept(t)
	store := w.open()
	w.remove(store)
	loseText(t, w.app.dataDir)
	w.pass(corpus.RestoreTime)
	w.open()
	if w.there(store) {
		t.Error("a damaged article is there past being restored")
	}
	if w.log.Len() > 0 {
		t.Errorf("logged: %s", w.log.String())
	}
}

// Who sweeps empties the log that a process beside a reader could not empty.
func TestSweepEmptiesTheLog(t *testing.T) {
	w := newSwept(t)
	store, other := w.open(), w.open()
	err := store.Each(t.Context(), func(a corpus.Article, _ []corpus.Passage) error {
		err := other.Purge(t.Context(), a.ID)
		closeStore(other)
		return err
	})
	log := func() int64 {
		info, err := os.Stat(filepath.Join(w.app.dataDir, corpus.FileName+"-wal"))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	if err != nil || log() == 0 {
		t.Fatalf("Each: %v; the log has %d bytes, want some", err, log())
	}
	if _, err := w.app.sweep(t.Context(), store, nil); err != nil || log() != 0 {
		t.Errorf("sweep: %v; the log has %d bytes, want none", err, log())
	}
}

// loseText takes the texts out of a store.
func loseText(t *testing.T, dir string) {
	t.Helper()
	db, err := database.Connect(filepath.Join(dir, corpus.FileName), 1, database.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("DELETE FROM body"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// A conversation sweeps its collection, be it about that or about the samples, and
// has what it has found to be told, once.
func TestSweepBehind(t *testing.T) {
	for _, samples := range []bool{false, true} {
		w := newSwept(t)
		store := w.open()
		w.remove(store)
		lock, err := corpus.TryLock(w.app.dataDir, corpus.ServeLock)
		if err != nil {
			t.Fatal(err)
		}
		defer unlock(lock)
		j := w.journal()
		defer w.close(j)
		v := &conversation{app: w.app, notes: silence{}, models: models{own: retrieval.Encoders{Strong: &encodertest.Fake{}, Quick: fakeUSE()}}}
		defer v.close()
		begin := v.beginOwn
		if samples {
			begin = v.begin
		}
		if err := begin(t.Context(), w.open()); err != nil {
			t.Fatal(err)
		}
		w.pass(corpus.RestoreTime)
		v.sweepBehind(t.Context(), j)() // it may have been stopped before it began
		v.sweepOwn(t.Context(), j)
		if w.there(store) || w.log.Len() > 0 {
			t.Errorf("the article is there: %v; logged: %s", w.there(store), w.log.String())
		}
		list := v.erased.Erasures()
		if len(list) != 1 || list[0].Article != w.id || list[0].Left != (retrieval.Traces{}) || len(list[0].Answers) != 1 {
			t.Errorf("to be told is %+v; want the article, nothing left and one answer", list)
		}
		if v.erased.ErasuresTold(list); len(v.erased.Erasures()) != 0 {
			t.Error("what was told is still to be told")
		}
	}
}

// What is erased is searched for in both indexes, hidden before or not.
func TestEditorPurge(t *testing.T) {
	for _, samples := range []bool{false, true} {
		for _, removed := range []bool{false, true} {
			v := converse(t, &encodertest.Fake{}, patience, samples)
			o, err := v.Add(t.Context(), tram, corpus.AddOptions{})
			if err != nil {
				t.Fatal(err)
			}
			id := o.Article.ID
			if removed {
				if err := v.Remove(t.Context(), id); err != nil {
					t.Fatal(err)
				}
			}
			if left, err := v.Purge(t.Context(), id); err != nil || left != (retrieval.Traces{}) {
				t.Errorf("Purge = %+v, %v; want nothing left", left, err)
			}
			if got := quoted(t, v); got != "" {
				t.Errorf("purged, and quoted: %s", got)
			}
			if _, err := v.Purge(t.Context(), id); !errors.Is(err, corpus.ErrNotFound) {
				t.Errorf("Purge again = %v; want ErrNotFound", err)
			}
		}
	}
}

// An article under an embargo is stored, and neither answered from nor waited for:
// its vectors are not there yet.
func TestEditorAddsUnderEmbargo(t *testing.T) {
	v := converse(t, blocked{&encodertest.Fake{}}, time.Millisecond, false)
	held := tram
	held.Embargo = time.Now().Add(time.Hour)
	o, err := v.Add(t.Context(), held, corpus.AddOptions{})
	if err != nil || o.Status != corpus.Added || v.articles() != 0 {
		t.Fatalf("Add = %v, %v; %d articles are answered from, want none", o.Status, err, v.articles())
	}
	if done, err := v.current.encoded(t.Context(), o.Article.ID); err != nil || !done {
		t.Errorf("encoded = %v, %v; want it not to be waited for", done, err)
	}
	if a, err := v.Stored(t.Context(), o.Article.ID); err != nil || a.Embargo.IsZero() {
		t.Errorf("Stored = %v, %v; want it with its embargo", a.Embargo, err)
	}
}
