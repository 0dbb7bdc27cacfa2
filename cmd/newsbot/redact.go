package main

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
)

// A redactor is a [slog.Handler] that takes a secret out of all that it hands
// on: messages, keys, and values of any kind.
type redactor struct {
	slog.Handler
	secret *regexp.Regexp
}

// redaction is what stands for the token.
const redaction = "(the token, hidden)"

// redacted returns h without a bot's token, in whatever way it is written: as it
// is, percent-encoded as in addresses, once or more often, and without the number
// in front of it, which is no secret. An empty token is in nothing.
func redacted(h slog.Handler, token string) slog.Handler {
	if token == "" {
		return h
	}
	return &redactor{h, tokenPattern(token)}
}

// minSecret is how long the secret part of a token is at least when it is looked
// for by itself. A shorter one might be part of any word; Telegram's have 35
// characters.
const minSecret = 16

// tokenPattern matches a token.
func tokenPattern(token string) *regexp.Regexp {
	number, secret, both := strings.Cut(token, ":")
	if !both || len(secret) < minSecret {
		return regexp.MustCompile(anyEncoding(token))
	}
	return regexp.MustCompile("(?:" + anyEncoding(number+":") + ")?" + anyEncoding(secret))
}

// anyEncoding matches s with any of its bytes percent-encoded, be it more than
// once.
func anyEncoding(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "(?:%s|%%(?:25)*(?i:%02x))", regexp.QuoteMeta(s[i:i+1]), s[i])
	}
	return b.String()
}

// Handle implements [slog.Handler].
func (h *redactor) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, h.text(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(h.attr(a))
		return true
	})
	return h.Handler.Handle(ctx, clean)
}

// WithAttrs implements [slog.Handler].
func (h *redactor) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &redactor{h.Handler.WithAttrs(h.attrs(attrs)), h.secret}
}

// WithGroup implements [slog.Handler].
func (h *redactor) WithGroup(name string) slog.Handler {
	return &redactor{h.Handler.WithGroup(h.text(name)), h.secret}
}

func (h *redactor) text(s string) string { return h.secret.ReplaceAllString(s, redaction) }

func (h *redactor) attrs(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = h.attr(a)
	}
	return clean
}

func (h *redactor) attr(a slog.Attr) slog.Attr {
	return slog.Attr{Key: h.text(a.Key), Value: h.value(a.Value)}
}

// value cleans a value. One of a type of its own becomes the text that it is
// shown as: there is no looking into it otherwise, and what it is made of may be
// shown differently by another handler.
func (h *redactor) value(v slog.Value) slog.Value {
	v = v.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(h.text(v.String()))
	case slog.KindGroup:
		return slog.GroupValue(h.attrs(v.Group())...)
	case slog.KindAny:
		return slog.StringValue(h.text(shownAs(v.Any())))
	}
	return v // a number or a time
}

// shownAs is a value as text; a broken method of it breaks nothing.
func shownAs(v any) string {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	return fmt.Sprintf("%+v", v)
}
