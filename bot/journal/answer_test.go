package journal

import (
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/database"
)

func TestAnswerIsWhole(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	want := Answer{Update: 5, Chat: -100, Person: 7, Thread: 3, Message: 11, Question: "متى؟", Empty: true, Data: []byte("data"), At: start}
	want.Key = mustKeepAnswer(t, j, want)
	check := func(name string, got Answer, err error) {
		t.Helper()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	got, err := j.Answer(ctx, want.Key)
	check("kept", got, err)

	want.Reply, want.Question = 12, "أين؟"
	mustKeepAnswer(t, j, want)
	again := want
	again.Reply = 99
	mustKeepAnswer(t, j, again)
	got, err = j.AnswerOf(ctx, 5)
	check("kept again", got, err)
	got, err = j.AnswerTo(ctx, -100, 11)
	check("by the message", got, err)
	got, err = j.AnswerIn(ctx, -100, 12)
	check("by the reply", got, err)
}

// Of the answers to one message the first one is found, of those in one message
// the last.
func TestAnswersByMessage(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	first := mustKeepAnswer(t, j, Answer{Update: 9, Chat: 1, Message: 4, Reply: 5})
	mustKeepAnswer(t, j, Answer{Update: 2, Chat: 1, Message: 4, Reply: 6})
	edited := mustKeepAnswer(t, j, Answer{Update: 3, Chat: 1, Reply: 5})
	mustKeepAnswer(t, j, Answer{Update: 4, Chat: 2, Message: 4, Reply: 5})
	mustKeepAnswer(t, j, Answer{Update: 6, Chat: 1})
	if got, err := j.AnswerTo(ctx, 1, 4); err != nil || got.Key != first {
		t.Errorf("AnswerTo = %s, %v; want %s", got.Key, err, first)
	}
	if got, err := j.AnswerIn(ctx, 1, 5); err != nil || got.Key != edited {
		t.Errorf("AnswerIn = %s, %v; want %s", got.Key, err, edited)
	}
	_, toErr := j.AnswerTo(ctx, 1, 0)
	_, inErr := j.AnswerIn(ctx, 1, 0)
	for name, err := range map[string]error{"AnswerTo": toErr, "AnswerIn": inErr} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s message 0: %v; want ErrNotFound", name, err)
		}
	}
}

func TestLastQuoting(t *testing.T) {
	j, _ := testJournal(t)
	quoting := mustKeepAnswer(t, j, Answer{Update: 1, Chat: 1})
	empty := mustKeepAnswer(t, j, Answer{Update: 2, Chat: 1, Empty: true})
	if got, err := j.LastQuoting(t.Context(), 1, 0); err != nil || got.Key != quoting {
		t.Errorf("LastQuoting = %s, %v; want %s", got.Key, err, quoting)
	}
	if got, err := j.LastAnswer(t.Context(), 1, 0); err != nil || got.Key != empty {
		t.Errorf("LastAnswer = %s, %v; want %s", got.Key, err, empty)
	}
}

// The last answer in a topic is not that of another one, nor of the chat beside
// its topics.
func TestLastInThread(t *testing.T) {
	j, _ := testJournal(t)
	want := map[int]string{}
	for update, thread := range []int{0, 3, 5} {
		want[thread] = mustKeepAnswer(t, j, Answer{Update: int64(update), Chat: -100, Thread: thread})
	}
	for thread, key := range want {
		last, err := j.LastAnswer(t.Context(), -100, thread)
		if err != nil || last.Key != key {
			t.Errorf("LastAnswer in topic %d = %s, %v; want %s", thread, last.Key, err, key)
		}
		quoting, err := j.LastQuoting(t.Context(), -100, thread)
		if err != nil || quoting.Key != key {
			t.Errorf("LastQuoting in topic %d = %s, %v; want %s", thread, quoting.Key, err, key)
		}
	}
	_, lastErr := j.LastAnswer(t.Context(), -100, 4)
	_, quotingErr := j.LastQuoting(t.Context(), -100, 4)
	if !errors.Is(lastErr, ErrNotFound) || !errors.Is(quotingErr, ErrNotFound) {
		t.Errorf("in another topic: %v, %v; want ErrNotFound", lastErr, quotingErr)
	}
}

// What can be taken once is the first update's, however often that is handled.
func TestTake(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	key := mustKeepAnswer(t, j, Answer{Update: 1, Chat: 1})
	other := mustKeepAnswer(t, j, Answer{Update: 2, Chat: 1})
	for range 2 {
		if err := errors.Join(j.TakeEdit(ctx, key, 5), j.TakeMore(ctx, key, 6), j.TakeMore(ctx, other, 7)); err != nil {
			t.Fatal(err)
		}
		j = reopen(t, j)
	}
	for name, err := range map[string]error{"edit": j.TakeEdit(ctx, key, 6), "more": j.TakeMore(ctx, key, 5)} {
		if !errors.Is(err, ErrTaken) {
			t.Errorf("%s taken by another update: %v; want ErrTaken", name, err)
		}
	}
	mustKeepAnswer(t, j, Answer{Update: 1, Chat: 1, Data: []byte("again")})
	got, err := j.Answer(ctx, key)
	if err != nil || got.Edited != 5 || got.More != 6 {
		t.Errorf("Answer = %+v, %v; want it taken by 5 and 6", got, err)
	}
}

// An answer that an earlier version has kept is the person's whose chat it is in.
func TestEarlierAnswers(t *testing.T) {
	dir := t.TempDir()
	first, err := migrations.ReadFile("migrations/0001_journal.sql")
	if err != nil {
		t.Fatal(err)
	}
	steps := fstest.MapFS{"0001_journal.sql": {Data: first}}
	db, err := database.Open(t.Context(), dir, FileName, database.Schema{AppID: appID, Steps: steps, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), "INSERT INTO answer (id, key, chat, data, at) VALUES (3, 'abcdefghij', 7, x'6162', ?)", start.UnixMilli())
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	j := openJournal(t, Config{Dir: dir})
	got, err := j.LastQuoting(t.Context(), 7, 0)
	want := Answer{Key: "abcdefghij", Update: 3, Chat: 7, Person: 7, Data: []byte("ab"), At: start}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
