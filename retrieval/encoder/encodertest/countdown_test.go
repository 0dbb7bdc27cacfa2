package encodertest

import (
	"context"
	"errors"
	"testing"
)

func TestCountdown(t *testing.T) {
	ctx := NewCountdown(t.Context(), 2)
	for call := range 2 {
		if err := ctx.Err(); err != nil || ctx.Late() != 0 {
			t.Errorf("call %d: Err = %v, Late = %d", call, err, ctx.Late())
		}
	}
	for late := range 3 {
		if err := ctx.Err(); !errors.Is(err, context.Canceled) || ctx.Late() != late {
			t.Errorf("late call %d: Err = %v, Late = %d", late, err, ctx.Late())
		}
	}
	<-ctx.Done()
	if ctx.Asked() != 5 {
		t.Errorf("Asked = %d, want 5", ctx.Asked())
	}
}

func TestCountdownParent(t *testing.T) {
	parent, cancel := context.WithCancel(t.Context())
	ctx := NewCountdown(parent, 100)
	cancel()
	if err := ctx.Err(); !errors.Is(err, context.Canceled) || ctx.Late() != 0 {
		t.Errorf("Err = %v, Late = %d", err, ctx.Late())
	}
}
