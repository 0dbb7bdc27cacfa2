package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"
)

// Redact returns a handler that hands records on to h without a bot's token, be it
// in the message, in a name or in a value, whole, its secret half or with
// percent-encoding.
func Redact(h slog.Handler, token string) slog.Handler {
	return redacting{h, token}
}

// A redacting handler takes a token out of records.
type redacting struct {
	slog.Handler
	token string
}

// Handle hands on a record without the token.
func (h redacting) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, redact(r.Message, h.token), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(h.attr(a))
		return true
	})
	return h.Handler.Handle(ctx, clean)
}

// WithAttrs returns a handler for records with more attributes.
func (h redacting) WithAttrs(attrs []slog.Attr) slog.Handler {
	return redacting{h.Handler.WithAttrs(h.attrs(attrs)), h.token}
}

// WithGroup returns a handler for records with attributes in a group.
func (h redacting) WithGroup(name string) slog.Handler {
	return redacting{h.Handler.WithGroup(redact(name, h.token)), h.token}
}

func (h redacting) attrs(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = h.attr(a)
	}
	return clean
}

func (h redacting) attr(a slog.Attr) slog.Attr {
	a.Key = redact(a.Key, h.token)
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		v = slog.StringValue(redact(v.String(), h.token))
	case slog.KindGroup:
		v = slog.GroupValue(h.attrs(v.Group())...)
	case slog.KindAny:
		v = h.any(v)
	}
	return slog.Attr{Key: a.Key, Value: v}
}

// any returns a value of a type that is unknown here: itself when the token is not
// to be seen in it, however a handler writes it, and else as a text without it.
func (h redacting) any(v slog.Value) slog.Value {
	if _, ok := v.Any().(time.Time); ok {
		return v
	}
	text := fmt.Sprintf("%+v", v.Any()) // that of an error or a Stringer; it outlives their panics
	if clean := redact(text, h.token); clean != text {
		return slog.StringValue(clean)
	}
	if b, ok := v.Any().([]byte); ok && redact(string(b), h.token) != string(b) {
		return slog.StringValue(redact(string(b), h.token))
	}
	if b := encoded(v.Any()); redact(b, h.token) != b {
		return slog.StringValue(redact(b, h.token))
	}
	return v
}

// encoded returns a value in JSON, "" when it has none.
func encoded(v any) (text string) {
	defer func() {
		if recover() != nil { // in a method of the value's
			text = ""
		}
	}()
	b, _ := json.Marshal(v)
	return string(b)
}

// minSecret is how long the secret half of a token is at least; Telegram's has 35
// characters. A shorter one is a word that may mean something else.
const minSecret = 8

// redact takes a token out of a text, and its secret half by itself.
func redact(s, token string) string {
	if token == "" {
		return s
	}
	number, secret, _ := strings.Cut(token, ":")
	alone := len(secret) >= minSecret
	if strings.Contains(s, "%") {
		pattern := percentEncoded(token)
		if alone {
			pattern = "(?:" + percentEncoded(number+":") + ")?" + percentEncoded(secret)
		}
		s = regexp.MustCompile(pattern).ReplaceAllLiteralString(s, hidden)
	}
	s = strings.ReplaceAll(s, token, hidden)
	if !alone {
		return s
	}
	return strings.ReplaceAll(s, secret, hidden)
}

// hidden stands for what was taken out.
const hidden = "***"

// percentEncoded is a pattern for a text of which any character may be
// percent-encoded, more than once even.
func percentEncoded(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "(?:%s|%%(?:25)*(?i:%02x))", regexp.QuoteMeta(s[i:i+1]), s[i])
	}
	return b.String()
}
