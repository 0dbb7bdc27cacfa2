package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
)

// A warnings is a [slog.Handler] for people: a record of level warn or above is
// one line like the program's others, "newsbot: warning: " with the message and
// the values of its attributes. With another level there are more lines or fewer.
type warnings struct {
	mu    *sync.Mutex // guards w
	w     io.Writer
	level slog.Level
	attrs []slog.Attr
}

func newWarnings(w io.Writer) *warnings {
	return &warnings{mu: &sync.Mutex{}, w: w, level: slog.LevelWarn}
}

// Enabled implements [slog.Handler].
func (h *warnings) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

// Handle implements [slog.Handler].
func (h *warnings) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString(r.Message)
	add := func(a slog.Attr) bool {
		if a.Key == "error" {
			fmt.Fprintf(&b, ": %v", a.Value)
		} else if a.Key != "" {
			fmt.Fprintf(&b, ", %s %v", strings.ReplaceAll(a.Key, "_", " "), a.Value)
		}
		return true
	}
	for _, a := range h.attrs {
		add(a)
	}
	r.Attrs(add)
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := fmt.Fprintf(h.w, "newsbot: %s: %s\n", grade(r.Level), oneLine(b.String()))
	return err
}

// grade names a level for people: whatever is wrong is a warning as long as the
// program goes on.
func grade(level slog.Level) string {
	switch {
	case level >= slog.LevelWarn:
		return "warning"
	case level >= slog.LevelInfo:
		return "info"
	}
	return "debug"
}

// WithAttrs implements [slog.Handler].
func (h *warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &warnings{mu: h.mu, w: h.w, level: h.level, attrs: append(h.attrs[:len(h.attrs):len(h.attrs)], attrs...)}
}

// WithGroup implements [slog.Handler]. People need no groups.
func (h *warnings) WithGroup(string) slog.Handler { return h }
