package journal

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// What is amended has other data and cites more; what is erased is not brought back.
func TestAmendAnswer(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	a := Answer{Update: 5, Chat: 7, Person: 7, Question: "When?", Cites: []string{"one"}, Data: []byte("data")}
	a.Key = mustKeepAnswer(t, j, a)
	if err := j.AmendAnswer(ctx, a.Key, []byte("other"), []string{"one", "two"}); err != nil {
		t.Fatal(err)
	}
	got, err := j.Answer(ctx, a.Key)
	if err != nil || string(got.Data) != "other" || got.Question != "When?" {
		t.Errorf("the answer is %+v, %v", got, err)
	}
	if erased, err := j.EraseArticle(ctx, "two"); err != nil || len(erased) != 1 {
		t.Errorf("%d answers cite what was added, %v; want one", len(erased), err)
	}
	if err := j.AmendAnswer(ctx, a.Key, []byte("again"), nil); !errors.Is(err, ErrNotFound) {
		t.Errorf("AmendAnswer of an erased one = %v, want ErrNotFound", err)
	}
	if err := j.AmendAnswer(ctx, a.Key, nil, []string{strings.Repeat("x", maxName+1)}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("AmendAnswer of a long name = %v, want ErrTooLarge", err)
	}
}

func TestRecent(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	talk := Talk{Chat: 7, Person: 7}
	for i, a := range []Answer{
		{Chat: 7, Person: 7, Question: "old"},
		{Chat: 7, Person: 7, Question: "one"},
		{Chat: 7, Person: 8, Question: "another's"},
		{Chat: 7, Person: 7, Thread: 2, Question: "elsewhere"},
		{Chat: 7, Person: 7, Question: "two"},
		{Chat: 7, Person: 7, Question: "three"},
	} {
		if i == 1 {
			c.pass(time.Hour)
		}
		a.Update = int64(i + 1)
		mustKeepAnswer(t, j, a)
	}
	if err := j.NewSubject(ctx, talk, 99); err != nil {
		t.Fatal(err)
	}
	for limit, want := range map[int][]string{9: {"three", "two", "one"}, 2: {"three", "two"}} {
		list, err := j.Recent(ctx, talk, j.now().Add(-time.Minute), limit)
		var got []string
		for _, a := range list {
			got = append(got, a.Question)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("Recent(%d) = %q, %v; want %q", limit, got, err, want)
		}
	}
}
