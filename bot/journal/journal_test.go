package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal/journaltest"
	"newsbot/corpus"
	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

func mustPrune(tb testing.TB, j *Journal) {
	tb.Helper()
	if err := j.Prune(tb.Context()); err != nil {
		tb.Fatal(err)
	}
}

func TestOpenForThisUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "data")
	j := openJournal(t, Config{Dir: dir})
	mustReceive(t, j, update(1))
	for name, want := range map[string]fs.FileMode{".": 0o700, FileName: 0o600, FileName + "-wal": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want mode %v", name, info, err, want)
		}
	}
	for range 2 {
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v; want one file", entries, err)
	}
}

func TestSettings(t *testing.T) {
	j, _ := testJournal(t)
	steps, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for pragma, want := range map[string]int{"synchronous": 2, "secure_delete": 1, "application_id": appID, "user_version": len(steps)} {
		var got int
		if err := j.db.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s = %d, %v; want %d", pragma, got, err, want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name string
		ctx  context.Context
		fill func(t *testing.T, dir, path string)
		is   error
	}{
		{"a text file", t.Context(), func(t *testing.T, _, path string) {
			if err := os.WriteFile(path, bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
				t.Fatal(err)
			}
		}, database.ErrDamaged},
		{"a collection", t.Context(), func(t *testing.T, dir, path string) {
			s, err := corpus.Open(t.Context(), corpus.Config{Dir: dir})
			if err := errors.Join(err, s.Close(), os.Rename(filepath.Join(dir, corpus.FileName), path)); err != nil {
				t.Fatal(err)
			}
		}, database.ErrDamaged},
		{"a newer journal", t.Context(), func(t *testing.T, dir, _ string) {
			j := openJournal(t, Config{Dir: dir})
			_, err := j.db.ExecContext(t.Context(), "PRAGMA user_version = 99")
			if err := errors.Join(err, j.Close()); err != nil {
				t.Fatal(err)
			}
		}, database.ErrNewer},
		{"no time", cancelled, func(*testing.T, string, string) {}, context.Canceled},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			test.fill(t, dir, filepath.Join(dir, FileName))
			j, err := Open(test.ctx, Config{Dir: dir})
			if !errors.Is(err, test.is) || !strings.Contains(err.Error(), dir) {
				t.Errorf("Open: %v, %v; want %v with the folder", j, err, test.is)
			}
		})
	}
}

func TestNotFound(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	_, answerErr := j.Answer(ctx, "aaaaaaaaaa")
	_, lastErr := j.LastAnswer(ctx, 1, 0)
	_, quotingErr := j.LastQuoting(ctx, 1, 0)
	_, ofErr := j.AnswerOf(ctx, 1)
	_, toErr := j.AnswerTo(ctx, 1, 1)
	_, inErr := j.AnswerIn(ctx, 1, 1)
	_, changeErr := j.TakeChange(ctx, "' OR 1", 1)
	_, promptErr := j.Prompt(ctx, 1, 7)
	for name, err := range map[string]error{
		"Answer": answerErr, "LastAnswer": lastErr, "LastQuoting": quotingErr, "AnswerOf": ofErr, "AnswerTo": toErr,
		"AnswerIn": inErr, "TakeEdit": j.TakeEdit(ctx, "aaaaaaaaaa", 1), "TakeMore": j.TakeMore(ctx, "' OR 1", 1),
		"Change": changeErr, "Prompt": promptErr,
	} {
		if !errors.Is(err, ErrNotFound) || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v; want ErrNotFound", name, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	j, _ := testJournal(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, receiveErr := j.Receive(ctx, []Update{update(1)})
	_, unfinishedErr := unfinished(ctx, j)
	_, countErr := j.Count(ctx, Question{}, Limits{})
	_, languageErr := j.Language(ctx, 1)
	for name, err := range map[string]error{
		"Receive": receiveErr, "EachUnfinished": unfinishedErr, "Count": countErr, "Language": languageErr,
		"Done": j.Done(ctx, 1, 0), "Prune": j.Prune(ctx),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v; want context.Canceled", name, err)
		}
	}
	if n, err := j.Backlog(t.Context()); err != nil || n != 0 {
		t.Errorf("Backlog = %d, %v; want nothing stored", n, err)
	}
}

// Errors are logged: they do not tell whom or which chat they are about.
func TestErrorsNameNobody(t *testing.T) {
	const who = 770077
	j, _ := testJournal(t)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	_, keepErr := j.KeepAnswer(ctx, Answer{Update: 5, Chat: who, Person: who})
	_, toErr := j.AnswerTo(ctx, who, 1)
	_, inErr := j.AnswerIn(ctx, who, 1)
	_, lastErr := j.LastAnswer(ctx, who, 0)
	_, quotingErr := j.LastQuoting(ctx, who, 0)
	_, changeErr := j.KeepChange(ctx, Change{Update: 5, Person: who})
	_, countErr := j.Count(ctx, Question{Update: 5, Person: who}, Limits{})
	_, languageErr := j.Language(ctx, who)
	_, speaksErr := j.Speaks(ctx, who)
	_, accessErr := j.Access(ctx, who)
	_, requestErr := j.RequestAccess(ctx, Access{Person: who, Update: 5})
	_, decideErr := j.Decide(ctx, Decision{Person: who, State: Allowed, By: who, Update: 5})
	_, presentErr := j.NotePresent(ctx, who, text.Arabic, 5)
	_, promptErr := j.Prompt(ctx, who, 5)
	said := Feedback{Answer: "abcdefghij", Update: 5, Person: who}
	_, tellErr := j.TellReport(ctx, said, 1)
	_, _, waitingErr := j.TellWaiting(ctx, 5, 1)
	for name, err := range map[string]error{
		"KeepAnswer": keepErr, "AnswerTo": toErr, "AnswerIn": inErr, "LastAnswer": lastErr, "LastQuoting": quotingErr,
		"KeepChange": changeErr, "Count": countErr, "Language": languageErr, "Speaks": speaksErr, "Access": accessErr,
		"RequestAccess": requestErr, "Decide": decideErr, "NotePresent": presentErr, "Prompt": promptErr,
		"SetLanguage": j.SetLanguage(ctx, who, text.Arabic), "SetPrompt": j.SetPrompt(ctx, Prompt{Chat: who}),
		"TakePrompt": j.TakePrompt(ctx, Prompt{Chat: who}, 5), "Block": j.Block(ctx, who), "Unblock": j.Unblock(ctx, who),
		"Move from": j.Move(ctx, who, 1), "Move to": j.Move(ctx, 1, who), "Forget": j.Forget(ctx, who),
		"Rate": j.Rate(ctx, said, true), "Report": j.Report(ctx, said, 1), "TellReport": tellErr, "TellWaiting": waitingErr,
	} {
		if err == nil || strings.Contains(err.Error(), "770077") {
			t.Errorf("%s on a closed journal: %v; want an error without the number", name, err)
		}
	}
}

func TestDiskFull(t *testing.T) {
	j, _ := testJournal(t)
	limit := func(pages int) {
		if _, err := j.db.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	mustReceive(t, j, update(1))
	limit(1) // SQLite takes the number of pages there are
	_, err := j.Receive(t.Context(), []Update{update(2), {ID: 3, Raw: make([]byte, 100_000)}})
	if !errors.Is(err, database.ErrFull) {
		t.Errorf("Receive: %v; want ErrFull", err)
	}
	limit(1 << 30)
	if got := ids(mustUnfinished(t, j)); len(got) != 1 {
		t.Errorf("unfinished are %d; want nothing of a delivery that failed", got)
	}
}

// secret is in every text that must not stay.
const secret = "quixotry"

// Messages of many sizes come and go beside others that stay, so that pages are split, merged and used again.
func TestLeavesNoTrace(t *testing.T) {
	for _, end := range []string{"Close", "Prune"} {
		t.Run(end, func(t *testing.T) {
			j, c := testJournal(t)
			dir := j.dir(t)
			r := rand.New(rand.NewPCG(1, 2))
			keepSecrets(t, j, r)
			if !journaltest.Holds(t, dir, secret) {
				t.Fatal("the word is not found before: the search cannot be right")
			}
			for _, u := range mustUnfinished(t, j) {
				if bytes.Contains(u.Raw, []byte(secret)) {
					if err := j.Done(t.Context(), u.ID, 0); err != nil {
						t.Fatal(err)
					}
				}
			}
			c.pass(answerKept + time.Millisecond)
			mustPrune(t, j)
			if end == "Close" {
				mustReceive(t, j, Update{ID: 1_000_000, Raw: []byte(secret)})
				if err := errors.Join(j.Done(t.Context(), 1_000_000, 0), j.Close()); err != nil {
					t.Fatal(err)
				}
			}
			if journaltest.Holds(t, dir, secret) {
				t.Errorf("the word is in the files after %s", end)
			}
			j = openJournal(t, Config{Dir: dir})
			checkIntegrity(t, j)
			if n := len(mustUnfinished(t, j)); n != 150 {
				t.Errorf("%d updates left; want 150", n)
			}
		})
	}
}

// keepSecrets fills a journal with 150 updates that stay and as many that are to go, some of which are done already, and
// with answers and changes.
func keepSecrets(t *testing.T, j *Journal, r *rand.Rand) {
	t.Helper()
	for i := range int64(150) {
		padding := strings.Repeat("x", r.IntN(100)*r.IntN(100))
		text := []byte(secret + padding + secret)
		mustReceive(t, j, Update{ID: 2 * i, Raw: text}, Update{ID: 2*i + 1, Raw: []byte(padding)})
		_, answerErr := j.KeepAnswer(t.Context(), Answer{Update: i, Chat: i, Question: secret + padding, Data: text})
		_, againErr := j.KeepAnswer(t.Context(), Answer{Update: i, Chat: i, Question: secret, Data: text[:len(secret)+r.IntN(len(padding)+1)]})
		kept, changeErr := j.KeepChange(t.Context(), Change{Update: i, Before: text, Article: secret})
		promptErr := j.SetPrompt(t.Context(), Prompt{Chat: i % 10, Kind: secret})
		if err := errors.Join(answerErr, againErr, changeErr, promptErr); err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			if err := errors.Join(j.Done(t.Context(), 2*r.Int64N(i+1), 0), j.DropChange(t.Context(), kept.Key)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Nothing that people wrote is in the log or in an error.
func TestNothingWrittenIsLogged(t *testing.T) {
	var out bytes.Buffer
	dir := t.TempDir()
	j := openJournal(t, Config{Dir: dir, Logger: slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	keepSecrets(t, j, rand.New(rand.NewPCG(3, 4)))
	large := bytes.Repeat([]byte(secret), MaxRaw/len(secret)+1)
	_, receiveErr := j.Receive(t.Context(), []Update{{ID: 1, Raw: large}})
	_, answerErr := j.KeepAnswer(t.Context(), Answer{Data: large})
	_, readErr := j.Answer(t.Context(), secret)
	_, changeErr := j.TakeChange(t.Context(), secret, 1)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	_, closedErr := j.Receive(t.Context(), []Update{{ID: 2, Raw: []byte(secret)}})
	for name, err := range map[string]error{"too large": receiveErr, "answer": answerErr, "read": readErr, "change": changeErr, "closed": closedErr} {
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %.200v; want an error without what was written", name, err)
		}
	}
	if strings.Contains(out.String(), secret) {
		t.Error("the log holds what was written")
	}
}
