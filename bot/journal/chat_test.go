package journal

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func mustChats(tb testing.TB, j *Journal, limit int) []Chat {
	tb.Helper()
	chats, err := j.Chats(tb.Context(), limit)
	if err != nil {
		tb.Fatalf("Chats: %v", err)
	}
	return chats
}

// What is known of chats outlasts the program, until it is no longer so.
func TestChats(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	for _, err := range []error{
		j.Block(ctx, 7), j.Block(ctx, 8), j.Block(ctx, 9), j.Unblock(ctx, 8), j.Unblock(ctx, 99), j.Move(ctx, -5, -100),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	c.pass(time.Second)
	if err := j.Block(ctx, 7); err != nil {
		t.Fatal(err)
	}
	j = reopen(t, j)
	want := []Chat{{ID: -5, MovedTo: -100}, {ID: 7}, {ID: 9}}
	if diff := cmp.Diff(want, mustChats(t, j, 10)); diff != "" {
		t.Errorf("Chats -want +got:\n%s", diff)
	}
	if diff := cmp.Diff(want[:2], mustChats(t, j, 2)); diff != "" {
		t.Errorf("two Chats -want +got:\n%s", diff)
	}
}

// Who has blocked the bot long ago is forgotten; where a group is, is not.
func TestPruneChats(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	for _, err := range []error{j.Block(ctx, 7), j.Move(ctx, -5, -100)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	c.pass(blockedKept)
	if err := j.Prune(ctx); err != nil || len(mustChats(t, j, 9)) != 2 {
		t.Errorf("Prune = %v; left after 90 days: %v", err, mustChats(t, j, 9))
	}
	c.pass(time.Millisecond)
	if err := j.Prune(ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Chat{{ID: -5, MovedTo: -100}}, mustChats(t, j, 9)); diff != "" {
		t.Errorf("Chats -want +got:\n%s", diff)
	}
}

// A chat that moves takes along what is kept of it, however often it moves.
func TestMove(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	key, err := j.KeepAnswer(ctx, Answer{Update: 1, Chat: -5, Data: []byte("x")})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		j.SetPrompt(ctx, Prompt{Chat: -5, Kind: "old"}), j.SetPrompt(ctx, Prompt{Chat: -100, Kind: "new"}),
		j.Move(ctx, -5, -100), j.Move(ctx, -100, -200), j.Move(ctx, -100, -200),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if a, err := j.Answer(ctx, key); err != nil || a.Chat != -200 {
		t.Errorf("Answer = %+v, %v; want it in the chat that it moved to", a, err)
	}
	if p, err := j.Prompt(ctx, -200, 2); err != nil || p.Kind != "old" {
		t.Errorf("Prompt = %+v, %v", p, err)
	}
	if _, err := j.Prompt(ctx, -5, 2); !errors.Is(err, ErrNotFound) {
		t.Errorf("Prompt where the chat was: %v", err)
	}
	want := []Chat{{ID: -100, MovedTo: -200}, {ID: -5, MovedTo: -200}}
	if diff := cmp.Diff(want, mustChats(t, j, 9)); diff != "" {
		t.Errorf("Chats -want +got:\n%s", diff)
	}
	if err := j.Move(ctx, -200, -5); err != nil {
		t.Fatal(err)
	}
	for _, c := range mustChats(t, j, 9) {
		if c.MovedTo != -5 {
			t.Errorf("%+v, want that all lead to where the chat is", c)
		}
	}
}
