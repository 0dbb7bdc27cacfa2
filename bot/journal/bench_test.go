package journal

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// handle is all that the journal does for one question with an answer of one message.
func handle(tb testing.TB, j *Journal, id int64, raw, data []byte) {
	tb.Helper()
	ctx := tb.Context()
	_, receiveErr := j.Receive(ctx, []Update{{ID: id, Raw: raw}})
	_, countErr := j.Count(ctx, Question{Update: id, Person: id % 100, At: time.Now()}, Limits{Minute: 20, Day: 300})
	_, keepErr := j.KeepAnswer(ctx, Answer{Update: id, Chat: id % 100, Data: data})
	if err := errors.Join(receiveErr, countErr, keepErr, j.Done(ctx, id, 0)); err != nil {
		tb.Fatal(err)
	}
}

func BenchmarkHandle(b *testing.B) {
	raw, data := []byte(strings.Repeat("u", 800)), []byte(strings.Repeat("a", 6000))
	b.Run("one", func(b *testing.B) {
		j := openJournal(b, Config{Dir: b.TempDir()})
		for id := int64(1); b.Loop(); id++ {
			handle(b, j, id, raw, data)
		}
	})
	b.Run("in a journal of 20000", func(b *testing.B) {
		j := openJournal(b, Config{Dir: b.TempDir()})
		if _, err := j.db.ExecContext(b.Context(), "PRAGMA synchronous = OFF"); err != nil {
			b.Fatal(err)
		}
		for id := int64(1); id <= 20_000; id++ {
			handle(b, j, id, raw, data)
		}
		if _, err := j.db.ExecContext(b.Context(), "PRAGMA synchronous = FULL"); err != nil {
			b.Fatal(err)
		}
		for id := int64(20_001); b.Loop(); id++ {
			handle(b, j, id, raw, data)
		}
	})
}

func BenchmarkReceive100(b *testing.B) {
	j := openJournal(b, Config{Dir: b.TempDir()})
	updates := make([]Update, 100)
	for id := int64(1); b.Loop(); id += 100 {
		for i := range updates {
			updates[i] = update(id + int64(i))
		}
		if fresh, err := j.Receive(b.Context(), updates); err != nil || len(fresh) != 100 {
			b.Fatal(len(fresh), err)
		}
	}
}

// BenchmarkLanguage reads beside nobody.
func BenchmarkLanguage(b *testing.B) {
	j := openJournal(b, Config{Dir: b.TempDir()})
	for b.Loop() {
		if _, err := j.Language(b.Context(), 1); err != nil {
			b.Fatal(err)
		}
	}
}
