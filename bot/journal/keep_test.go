package journal

import (
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var keyForm = regexp.MustCompile("^[a-z2-7]{10}$")

func mustKeepAnswer(t *testing.T, j *Journal, a Answer) string {
	t.Helper()
	key, err := j.KeepAnswer(t.Context(), a)
	if err != nil || !keyForm.MatchString(key) {
		t.Fatalf("KeepAnswer = %q, %v; want a key", key, err)
	}
	return key
}

func TestAnswers(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	first := mustKeepAnswer(t, j, Answer{Update: 9, Chat: 1, Data: []byte("first")})
	c.pass(time.Second)
	second := mustKeepAnswer(t, j, Answer{Update: 4, Chat: 1, Data: []byte("second")})
	other := mustKeepAnswer(t, j, Answer{Update: 5, Chat: 2})
	if first == second || second == other {
		t.Fatalf("keys %s, %s, %s; want them to differ", first, second, other)
	}
	if again := mustKeepAnswer(t, j, Answer{Update: 9, Chat: 1, Data: []byte("first, again")}); again != first {
		t.Errorf("the key of the same update = %s; want %s", again, first)
	}
	j = reopen(t, j)
	for key, want := range map[string]Answer{
		first:  {Key: first, Update: 9, Chat: 1, Data: []byte("first, again"), At: start},
		second: {Key: second, Update: 4, Chat: 1, Data: []byte("second"), At: start.Add(time.Second)},
		other:  {Key: other, Update: 5, Chat: 2, At: start.Add(time.Second)},
	} {
		got, err := j.Answer(ctx, key)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("Answer(%s): %v (-want +got):\n%s", key, err, diff)
		}
	}
	for chat, want := range map[int64]string{1: second, 2: other} {
		if got, err := j.LastAnswer(ctx, chat, 0); err != nil || got.Key != want {
			t.Errorf("LastAnswer(%d) = %s, %v; want %s", chat, got.Key, err, want)
		}
	}
	c.pass(answerKept - time.Second + time.Millisecond)
	mustPrune(t, j)
	if _, err := j.Answer(ctx, first); !errors.Is(err, ErrNotFound) {
		t.Errorf("Answer after 30 days: %v; want ErrNotFound", err)
	}
	if _, err := j.Answer(ctx, second); err != nil {
		t.Errorf("Answer after less than 30 days: %v", err)
	}
}

func TestChanges(t *testing.T) {
	for _, test := range []struct {
		name         string
		before, want []byte
	}{
		{"an article that was there", []byte(`{"Title":"عنوان"}`), []byte(`{"Title":"عنوان"}`)},
		{"an empty one", []byte{}, nil},
		{"none", nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			j, c := testJournal(t)
			ctx := t.Context()
			want := Change{Update: 3, Person: 1, Article: "abc", Before: test.before, At: start}
			kept, err := j.KeepChange(ctx, want)
			if err != nil || !keyForm.MatchString(kept.Key) {
				t.Fatalf("KeepChange = %+v, %v; want a key", kept, err)
			}
			want.Key, want.Before = kept.Key, test.want
			c.pass(time.Second)
			j = reopen(t, j)
			again, err := j.KeepChange(ctx, Change{Update: 3, Person: 1, Article: "abc", Before: []byte("what is there now")})
			read, readErr := j.TakeChange(ctx, kept.Key, 9)
			for name, got := range map[string]Change{"kept": kept, "kept again": again, "read": read} {
				if diff := cmp.Diff(want, got); diff != "" || err != nil || readErr != nil {
					t.Errorf("%s, %v, %v (-want +got):\n%s", name, err, readErr, diff)
				}
			}
			for range 2 {
				if err := j.DropChange(ctx, kept.Key); err != nil {
					t.Error(err)
				}
			}
			if _, err := j.TakeChange(ctx, kept.Key, 9); !errors.Is(err, ErrNotFound) {
				t.Errorf("TakeChange after DropChange: %v; want ErrNotFound", err)
			}
		})
	}
}

func TestChangesArePruned(t *testing.T) {
	j, c := testJournal(t)
	kept, err := j.KeepChange(t.Context(), Change{Update: 3, At: start.Add(time.Second)})
	if err != nil || !kept.At.Equal(start.Add(time.Second)) {
		t.Fatalf("KeepChange = %v, %v; want the time given", kept, err)
	}
	c.pass(changeKept + time.Second)
	mustPrune(t, j)
	if _, err := j.TakeChange(t.Context(), kept.Key, 9); err != nil {
		t.Errorf("TakeChange after 24 hours: %v", err)
	}
	c.pass(time.Millisecond)
	mustPrune(t, j)
	if _, err := j.TakeChange(t.Context(), kept.Key, 9); !errors.Is(err, ErrNotFound) {
		t.Errorf("TakeChange after more than 24 hours: %v; want ErrNotFound", err)
	}
}

// One update undoes a change, however often it is handled; and the last change
// comes first.
func TestTakeChange(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	keep := func(update int64, before string) string {
		t.Helper()
		kept, err := j.KeepChange(ctx, Change{Update: update, Article: "abc", Before: []byte(before)})
		if err != nil {
			t.Fatal(err)
		}
		c.pass(time.Second)
		return kept.Key
	}
	added, first, second := keep(1, ""), keep(2, "one"), keep(3, "two")
	if _, err := j.TakeChange(ctx, first, 9); !errors.Is(err, ErrLater) {
		t.Errorf("TakeChange before a later one = %v; want ErrLater", err)
	}
	for range 2 {
		if got, err := j.TakeChange(ctx, second, 9); err != nil || string(got.Before) != "two" {
			t.Errorf("TakeChange = %+v, %v", got, err)
		}
	}
	if _, err := j.TakeChange(ctx, second, 10); !errors.Is(err, ErrNotFound) {
		t.Errorf("TakeChange by another update = %v; want ErrNotFound", err)
	}
	if _, err := j.TakeChange(ctx, first, 11); err != nil {
		t.Errorf("TakeChange after the later one = %v", err)
	}
	keep(4, "three")
	if _, err := j.TakeChange(ctx, added, 12); err != nil {
		t.Errorf("TakeChange of the addition = %v; want it whatever came later", err)
	}
}

func TestPrompts(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	none := func(when string, chat int64) {
		t.Helper()
		if p, err := j.Prompt(ctx, chat, 7); !errors.Is(err, ErrNotFound) || p != (Prompt{}) {
			t.Errorf("%s: Prompt = %+v, %v; want ErrNotFound", when, p, err)
		}
	}
	none("at first", 1)
	for _, p := range []Prompt{{Chat: 1, Kind: "title", Article: "abc"}, {Chat: 1, Kind: "date", At: start.Add(time.Minute)}} {
		if err := j.SetPrompt(ctx, p); err != nil {
			t.Fatal(err)
		}
		if p.At.IsZero() {
			p.At = start
		}
		j = reopen(t, j)
		if got, err := j.Prompt(ctx, 1, 7); err != nil || got != p {
			t.Errorf("Prompt = %+v, %v; want %+v", got, err, p)
		}
	}
	none("in another chat", 2)
	if err := j.TakePrompt(ctx, Prompt{Chat: 1, Kind: "title", Article: "abc"}, 7); err != nil {
		t.Error(err) // which is not what was asked for last
	}
	if err := j.TakePrompt(ctx, Prompt{Chat: 1, Kind: "date"}, 8); err != nil {
		t.Error(err)
	}
	none("when taken by another", 1)
	for range 2 { // the first one keeps it
		if err := j.TakePrompt(ctx, Prompt{Chat: 1, Kind: "date"}, 7); err != nil {
			t.Error(err)
		}
	}
	none("when taken by another", 1)
	if p, err := j.Prompt(ctx, 1, 8); err != nil || p.Kind != "date" {
		t.Errorf("Prompt for the update that took it = %+v, %v; want it still", p, err)
	}
	if err := j.SetPrompt(ctx, Prompt{Chat: 1, Kind: "outlet"}); err != nil {
		t.Fatal(err)
	}
	c.pass(promptKept + time.Millisecond)
	mustPrune(t, j)
	none("after more than 24 hours", 1)
}

func TestBounds(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	name := strings.Repeat("n", maxName)
	for _, test := range []struct {
		name string
		do   func(more string) error
	}{
		{"answer", func(more string) error {
			_, err := j.KeepAnswer(ctx, Answer{Update: 1, Data: append(make([]byte, MaxAnswer), more...)})
			return err
		}},
		{"question", func(more string) error {
			_, err := j.KeepAnswer(ctx, Answer{Update: 1, Question: strings.Repeat("q", MaxQuestion) + more})
			return err
		}},
		{"rated answer", func(more string) error { return j.Rate(ctx, Feedback{Answer: name + more}, true) }},
		{"reported answer", func(more string) error { return j.Report(ctx, Feedback{Answer: name + more}, 1) }},
		{"before", func(more string) error {
			_, err := j.KeepChange(ctx, Change{Update: 1, Before: append(make([]byte, MaxBefore), more...)})
			return err
		}},
		{"article of a change", func(more string) error {
			_, err := j.KeepChange(ctx, Change{Update: 2, Article: name + more})
			return err
		}},
		{"kind", func(more string) error { return j.SetPrompt(ctx, Prompt{Kind: name + more}) }},
		{"article of a prompt", func(more string) error { return j.SetPrompt(ctx, Prompt{Article: name + more}) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := test.do("x"); !errors.Is(err, ErrTooLarge) {
				t.Errorf("one byte more: %v; want ErrTooLarge", err)
			}
			if err := test.do(""); err != nil {
				t.Errorf("the largest: %v", err)
			}
		})
	}
}

// An update that is handled twice at once leaves one answer and one change.
func TestKeepAtOnce(t *testing.T) {
	j, _ := testJournal(t)
	keys := make(chan [2]string)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			key, err := j.KeepAnswer(t.Context(), Answer{Update: 1, Chat: 1, Data: []byte{byte(i)}})
			if err != nil {
				t.Error(err)
			}
			c, err := j.KeepChange(t.Context(), Change{Update: 1, Before: []byte{byte(i)}})
			if err != nil {
				t.Error(err)
			}
			keys <- [2]string{key, c.Key + string(c.Before)}
		})
	}
	first := <-keys
	for range 7 {
		if got := <-keys; got != first {
			t.Errorf("kept %q; want %q", got, first)
		}
	}
	wg.Wait()
}

// What a change has made is noted later, and a change that was taken can be given
// back.
func TestNoteAndReturnChange(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	kept, err := j.KeepChange(ctx, Change{Update: 1, Person: 1, Article: "a", Before: []byte("before")})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.NoteChange(ctx, kept.Key, []byte("before and after")); err != nil {
		t.Fatal(err)
	}
	if err := j.NoteChange(ctx, kept.Key, make([]byte, MaxBefore+1)); err == nil {
		t.Error("more than MaxBefore bytes are kept")
	}
	if got, err := j.TakeChange(ctx, kept.Key, 2); err != nil || string(got.Before) != "before and after" {
		t.Errorf("TakeChange = %q, %v", got.Before, err)
	}
	if _, err := j.TakeChange(ctx, kept.Key, 3); !errors.Is(err, ErrNotFound) {
		t.Errorf("TakeChange of what was taken: %v; want ErrNotFound", err)
	}
	if err := j.ReturnChange(ctx, kept.Key); err != nil {
		t.Fatal(err)
	}
	if _, err := j.TakeChange(ctx, kept.Key, 3); err != nil {
		t.Errorf("TakeChange of what was given back: %v", err)
	}
}

func TestChangeOf(t *testing.T) {
	j, clock := testJournal(t)
	if _, err := j.ChangeOf(t.Context(), 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("there is none: %v", err)
	}
	want, err := j.KeepChange(t.Context(), Change{Update: 1, Person: 7, Article: "a", Before: []byte("x")})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := j.ChangeOf(t.Context(), 1); err != nil || got.Key != want.Key || string(got.Before) != "x" || got.Article != "a" {
		t.Errorf("ChangeOf = %+v, %v; want %+v", got, err, want)
	}
	clock.pass(changeKept + time.Minute)
	if err := j.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := j.ChangeOf(t.Context(), 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("there is none any more: %v", err)
	}
}
