package journal

import (
	"errors"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal/journaltest"
)

// An answer that is opened in other chats is kept once in each, last in their order.
func TestShared(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	root := mustKeepAnswer(t, j, Answer{Update: 1, Chat: 7, Person: 7, Question: "When?", Data: []byte("data"), Cites: []string{"a"}})
	first := mustKeepAnswer(t, j, Answer{Update: 2, Chat: 8, Person: 8, Shared: root, Data: []byte("one")})
	again := Answer{Update: 2, Chat: 8, Person: 8, Shared: root, Data: []byte("again")}
	if key := mustKeepAnswer(t, j, again); key != first {
		t.Errorf("for the same update it has the key %s; want %s", key, first)
	}
	if err := j.TakeMore(ctx, first, 5); err != nil {
		t.Fatal(err)
	}
	own := mustKeepAnswer(t, j, Answer{Update: 3, Chat: 8, Person: 8})
	c.pass(time.Hour)
	if key := mustKeepAnswer(t, j, Answer{Update: 4, Chat: 8, Person: 8, Shared: root, Data: []byte("two"), Message: 40}); key != first {
		t.Errorf("opened again it has the key %s; want %s", key, first)
	}
	a, err := j.LastAnswer(ctx, 8, 0)
	if err != nil || a.Key != first || a.Update != 4 || string(a.Data) != "two" || a.Shared != root || a.Message != 40 || a.More != 0 || !a.At.Equal(c.now()) {
		t.Errorf("LastAnswer = %+v, %v; want it as it was opened last", a, err)
	}
	if other := mustKeepAnswer(t, j, Answer{Update: 9, Chat: 10, Person: 10, Shared: root}); other == first || other == root {
		t.Errorf("in another chat it has the key %s", other)
	}
	if a, err := j.Answer(ctx, root); err != nil || a.Shared != "" || a.Chat != 7 {
		t.Errorf("Answer = %+v, %v; want the one that is shared", a, err)
	}
	var n int
	if err := j.db.QueryRowContext(ctx, "SELECT count(*) FROM answer").Scan(&n); err != nil || n != 4 {
		t.Errorf("%d answers are kept, %v; want 4", n, err)
	}
	if _, err := j.Answer(ctx, own); err != nil {
		t.Error(err)
	}
	checkIntegrity(t, j)
}

// What others have opened goes when the answer goes, with what they said of it; nothing goes by their own going.
func TestSharedGoes(t *testing.T) {
	const asker, opener = 770077, 880088
	for name, test := range map[string]struct {
		erase func(j *Journal, c *clock) error
		root  bool // it is still there
	}{
		"the asker is forgotten": {func(j *Journal, _ *clock) error { return j.Forget(t.Context(), asker) }, false},
		"it is too old":          {func(j *Journal, c *clock) error { c.pass(answerKept); return j.Prune(t.Context()) }, false},
		"an article is erased": {func(j *Journal, _ *clock) error {
			list, err := j.EraseArticle(t.Context(), "cited")
			if len(list) != 1 {
				t.Errorf("EraseArticle = %v; want the question once", list)
			}
			return err
		}, false},
		"the opener is forgotten": {func(j *Journal, _ *clock) error { return j.Forget(t.Context(), opener) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			j, c := testJournal(t)
			root := mustKeepAnswer(t, j, Answer{Update: 1, Chat: asker, Person: asker, Question: secret, Cites: []string{"cited"}})
			c.pass(time.Hour)
			data := []byte(secret + strings.Repeat("x", 3000))
			opened := mustKeepAnswer(t, j, Answer{Update: 2, Chat: opener, Person: opener, Question: secret, Data: data, Shared: root})
			if err := j.Rate(t.Context(), Feedback{Answer: opened, Update: 3, Person: opener}, true); err != nil {
				t.Fatal(err)
			}
			if err := test.erase(j, c); err != nil {
				t.Fatal(err)
			}
			if _, err := j.Answer(t.Context(), opened); !errors.Is(err, ErrNotFound) {
				t.Errorf("what was opened is kept: %v", err)
			}
			if _, err := j.Answer(t.Context(), root); (err == nil) != test.root {
				t.Errorf("the answer itself: %v", err)
			}
			if !test.root && journaltest.Holds(t, j.dir(t), secret) {
				t.Error("the question is in the files")
			}
			for _, l := range dump(t, j) {
				if strings.HasPrefix(l, "feedback") {
					t.Errorf("this is left: %s", l)
				}
			}
		})
	}
}

// Of an answer that is gone nothing is opened.
func TestSharedGone(t *testing.T) {
	j, _ := testJournal(t)
	root := mustKeepAnswer(t, j, Answer{Update: 1, Chat: 7, Person: 7})
	if err := j.Forget(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{root, "aaaaaaaaaa", "'"} {
		if _, err := j.KeepAnswer(t.Context(), Answer{Update: 2, Chat: 8, Shared: key}); !errors.Is(err, ErrNotFound) {
			t.Errorf("KeepAnswer of a share of %q: %v; want ErrNotFound", key, err)
		}
	}
}
