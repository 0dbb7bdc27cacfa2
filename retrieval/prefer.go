package retrieval

import (
	"context"
	"fmt"
)

// Prefer changes the strong encoder, and the former ones, while questions are answered:
// until all vectors of the strong one are there, those serve that did. An encoder of the same ID
// stays the one it was. The quick encoder is the one that the engine was opened with,
// whatever encoders say. Errors are those of ctx and of the store; nothing is changed then.
func (e *Engine) Prefer(ctx context.Context, encoders Encoders) error {
	if err := e.lockRefresh(ctx); err != nil {
		return err
	}
	defer e.unlockRefresh()
	encoders.Quick = e.encoders.Quick
	serving, coming, err := e.choose(ctx, encoders)
	if err != nil {
		return fmt.Errorf("changing to the encoder %s: %w", encoders.Strong.ID(), err)
	}
	for _, s := range [...]*space{serving, coming} {
		if s != nil && s != e.serving && s != e.coming {
			s.again = e.copiesIn(s) // nobody else has it yet
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.encoders.Strong, e.encoders.Former = encoders.Strong, encoders.Former // Quick is read without the lock
	e.serving, e.coming = serving, coming
	return nil
}
