package telegram

import (
	"context"
	"errors"
	"testing"
)

// A kill doubles few messages, however many chats are being answered: no more
// are between being sent and being committed.
func TestGatewayDoubtful(t *testing.T) {
	g := &gateway{doubtful: make(chan struct{}, maxDoubtful)}
	full, cancel := context.WithCancel(t.Context())
	cancel()
	var leave func()
	for range maxDoubtful {
		var err error
		if leave, err = g.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := g.enter(full); !errors.Is(err, context.Canceled) {
		t.Errorf("enter with %d messages in doubt = %v, want it to wait", maxDoubtful, err)
	}
	leave()
	if _, err := g.enter(t.Context()); err != nil {
		t.Errorf("enter after a commit = %v", err)
	}
}
