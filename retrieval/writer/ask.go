package writer

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"newsbot/retrieval/llm"
)

const (
	// maxCalls is how many answers and translations are asked for at once.
	maxCalls = 4
	// maxTokens is how many tokens a model is asked for at most. The answer needs far
	// fewer, but some models think first.
	maxTokens = 2048
)

var (
	errStopped = errors.New("nobody wants more of it")
	errEndless = errors.New("the model does not come to an end")
)

// ask has the model do something within the limit, when it is not left alone. hear
// listens to it and returns nil when there is nothing more to wait for; its context
// ends with the limit, and when stop is closed. The only error is that of ctx.
func (w *Writer) ask(ctx context.Context, stop <-chan struct{}, hear func(context.Context) error) (Reason, error) {
	if closed(stop) {
		return ReasonStopped, ctx.Err()
	}
	may, try := w.rest.begin(w.config.Now())
	if !may {
		return ReasonResting, ctx.Err()
	}
	reason, o, err := w.within(ctx, stop, hear)
	if w.rest.end(o, try, w.config.Now()) {
		w.config.Logger.Warn("the language model is left alone for a while", "model", w.Model(), "for", restFor, "reason", string(reason))
	}
	return reason, err
}

// within calls hear, if a slot is free. Nobody waits for one: whoever does would keep others
// from being answered at all.
func (w *Writer) within(ctx context.Context, stop <-chan struct{}, hear func(context.Context) error) (Reason, outcome, error) {
	limited, done := context.WithTimeout(ctx, w.config.Limit)
	defer done()
	heard, cancel := context.WithCancelCause(limited)
	wait := follow(heard, stop, cancel)
	defer func() {
		cancel(nil)
		wait()
	}()
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	default:
		return ReasonBusy, neither, ctx.Err()
	}
	if err := heard.Err(); err != nil {
		return w.ended(ctx, heard, neither, err)
	}
	return w.ended(ctx, heard, failed, hear(heard))
}

// ended says what an error of hear comes to. A model that was too slow has failed,
// unless it was not asked yet.
func (w *Writer) ended(ctx, heard context.Context, late outcome, err error) (Reason, outcome, error) {
	switch {
	case err == nil:
		return ReasonNone, worked, nil
	case ctx.Err() != nil:
		return ReasonNone, neither, ctx.Err()
	case errors.Is(context.Cause(heard), errStopped):
		return ReasonStopped, neither, nil
	case heard.Err() != nil:
		return ReasonTime, late, nil
	}
	w.config.Logger.Debug("ask the language model", "model", w.Model(), "err", err)
	return ReasonModel, failed, nil
}

// closed reports whether a channel, which may be nil, is closed.
func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// follow cancels ctx when stop is closed. The function returned waits until nobody
// follows it any more, which is soon after ctx has ended.
func follow(ctx context.Context, stop <-chan struct{}, cancel context.CancelCauseFunc) (wait func()) {
	if stop == nil {
		return func() {}
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		select {
		case <-stop:
			cancel(errStopped)
		case <-ctx.Done():
		}
	}()
	return func() { <-gone }
}

// hear gives the model's words to take, piece by piece, until it is done or says that
// it has enough. What is longer than most bytes is an error, and so is nothing.
func (w *Writer) hear(ctx context.Context, messages []llm.Message, most int, take func(piece string) (enough bool, err error)) error {
	size, silent := 0, true
	for piece, err := range w.config.Model.Stream(ctx, messages, maxTokens) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if size += len(piece); size > most {
			return fmt.Errorf("read %d bytes: %w", size, errEndless)
		}
		silent = silent && strings.TrimSpace(piece) == ""
		if enough, err := take(piece); err != nil || enough {
			return err
		}
	}
	if silent {
		return llm.ErrSilent
	}
	return ctx.Err()
}
