package telegram

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/bot/journal"
)

// What was answered is gone from the disk within about a minute.
func TestPrune(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		dir := t.TempDir()
		j, err := journal.Open(ctx, journal.Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		s := service{line: &line{log: slog.New(slog.DiscardHandler)}, journal: j}
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.prune(ctx)
		}()
		synctest.Wait() // the first time is over
		_, err = j.Receive(ctx, []journal.Update{{ID: 1, Raw: []byte(secret)}})
		if err := errors.Join(err, j.Done(ctx, 1, 0)); err != nil {
			t.Fatal(err)
		}
		if !onDisk(t, dir, secret) {
			t.Error("what was answered is gone at once, so that the test shows nothing")
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if onDisk(t, dir, secret) {
			t.Error("what was answered is on the disk a minute later")
		}
		cancel()
		<-done
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
}

// onDisk tells whether a file of the journal in dir has a text in it.
func onDisk(t *testing.T, dir, text string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, journal.FileName+"*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(data, []byte(text))
	})
}
