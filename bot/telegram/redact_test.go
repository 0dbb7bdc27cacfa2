package telegram

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
)

// whoseToken is a value that has the token in it.
type whoseToken struct{ Link *string }

// valued is a value that says itself how it is to be logged.
type valued string

func (v valued) LogValue() slog.Value {
	return slog.GroupValue(slog.String("inner", string(v)), slog.Any("error", errors.New(string(v))))
}

// broken is an error that cannot even be read.
type broken struct{}

func (broken) Error() string { panic("no") }

const longToken = "123456:AAE-abcdefghijklmnopqrstuvwxyz_0123"

// encodings are the ways in which the token may turn up.
func encodings() []string {
	_, half, _ := strings.Cut(longToken, ":")
	all := ""
	for _, b := range []byte(longToken) {
		all += "%" + strings.ToUpper(hex.EncodeToString([]byte{b}))
	}
	return []string{
		longToken, half, url.QueryEscape(longToken), strings.ToLower(url.QueryEscape(longToken))[:9] + half,
		all, strings.ToLower(all), url.QueryEscape(url.QueryEscape(all)),
		"https://api.telegram.org/file/bot" + longToken + "/photos/1.jpg",
	}
}

// The token is in no record, wherever it is put.
func TestRedact(t *testing.T) {
	for _, s := range encodings() {
		for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
			"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
			"json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
		} {
			var b bytes.Buffer
			log := slog.New(Redact(handler(&b), longToken))
			log.With("with", s, s, 1).WithGroup(s).Info("message "+s,
				"text", "a "+s, "error", fmt.Errorf("get: %w", &url.Error{Op: "Get", URL: "https://x/bot" + s, Err: errors.New(s)}),
				slog.Group("group", "text", s, slog.Group("inner", "error", errors.New(s))),
				"valued", valued(s), "bytes", []byte(s), "list", []string{s}, "struct", whoseToken{&s}, "pointer", &whoseToken{&s},
			)
			for _, secret := range append(encodings(), "abcdefghijklmnopqrstuvwxyz") {
				if strings.Contains(b.String(), secret) {
					t.Errorf("%s of %q: %s", name, s, b.String())
					break
				}
			}
		}
	}
}

// What has no token in it stays as it is.
func TestRedactLeavesTheRest(t *testing.T) {
	write := func(wrap func(slog.Handler) slog.Handler) string {
		var b bytes.Buffer
		h := slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}})
		slog.New(wrap(h)).With("a", 1).WithGroup("g").Warn("100% of 123456", "n", 2.5, "ok", true, "err", errors.New("x: y"),
			"list", []int{1, 2}, "nil", nil, "broken", broken{}, "valued", valued("v"), "bytes", []byte("b"))
		return b.String()
	}
	plain := write(func(h slog.Handler) slog.Handler { return h })
	if got := write(func(h slog.Handler) slog.Handler { return Redact(h, longToken) }); got != plain {
		t.Errorf("got  %s\nwant %s", got, plain)
	}
}

func FuzzRedact(f *testing.F) {
	for _, s := range encodings() {
		f.Add("x" + s + "%")
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, half, _ := strings.Cut(longToken, ":")
		got := redact(s, longToken)
		if decoded, err := url.QueryUnescape(got); strings.Contains(got, half) || err == nil && strings.Contains(decoded, half) && !strings.Contains(got, "*") {
			t.Errorf("redact(%q) = %q", s, got)
		}
	})
}
