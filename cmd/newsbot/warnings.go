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
// the values of its attributes.
type warnings struct {
	mu    *sync.Mutex // guards w
	w     io.Writer
	attrs []slog.Attr
}

func newWarnings(w io.Writer) *warnings { return &warnings{mu: &sync.Mutex{}, w: w} }

// Enabled implements [slog.Handler].
func (*warnings) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

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
	_, err := fmt.Fprintf(h.w, "newsbot: warning: %s\n", oneLine(b.String()))
	return err
}

// WithAttrs implements [slog.Handler].
func (h *warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &warnings{mu: h.mu, w: h.w, attrs: append(h.attrs[:len(h.attrs):len(h.attrs)], attrs...)}
}

// WithGroup implements [slog.Handler]. People need no groups.
func (h *warnings) WithGroup(string) slog.Handler { return h }
