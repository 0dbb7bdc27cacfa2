package telegram

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"
)

const longToken = "123456:AAE-abcdefghijklmnopqrstuvwxyz_0123"

// longSecret is the half of it that is one.
var longSecret = strings.TrimPrefix(longToken, "123456:")

// encodings are the ways in which the token may turn up.
func encodings() []string {
	all := ""
	for _, b := range []byte(longToken) {
		all += "%" + strings.ToUpper(hex.EncodeToString([]byte{b}))
	}
	once := url.QueryEscape(longToken)
	return []string{
		longToken, longSecret, once, strings.ReplaceAll(once, "%3A", "%3a"), url.QueryEscape(once),
		all, strings.ToLower(all), url.QueryEscape(url.QueryEscape(all)),
		"https://api.telegram.org/file/bot" + longToken + "/photos/1.jpg",
	}
}

// valued is a value that says itself how it is to be logged.
type valued string

func (v valued) LogValue() slog.Value {
	return slog.GroupValue(slog.String("inner", string(v)), slog.Any("error", errors.New(string(v))))
}

// broken is an error that cannot even be read.
type broken struct{}

func (broken) Error() string { panic("no") }

// A link is a value that has the token in it.
type link struct{ To *string }

// logForms are the forms of a log, without times.
var logForms = map[string]func(io.Writer) slog.Handler{
	"text": func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, timeless) },
	"json": func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, timeless) },
}

var timeless = &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}}

// The token is in no record, wherever it is put and however it is written.
func TestRedact(t *testing.T) {
	tests := []struct {
		name string
		log  func(l *slog.Logger, s string)
	}{
		{"message", func(l *slog.Logger, s string) { l.Error("get https://localhost/bot" + s + "/getMe") }},
		{"string", func(l *slog.Logger, s string) { l.Error("m", "url", "/bot"+s+"/getMe") }},
		{"error", func(l *slog.Logger, s string) { l.Error("m", "error", fmt.Errorf("get: %w", errors.New(s))) }},
		{"url error", func(l *slog.Logger, s string) {
			l.Error("m", "error", &url.Error{Op: "Get", URL: "https://a/bot" + s, Err: errors.New("no")})
		}},
		{"url error, wrapped", func(l *slog.Logger, s string) {
			l.Error("m", "error", fmt.Errorf("get: %w", &url.Error{Op: "Get", URL: "https://a/bot" + s, Err: errors.New(s)}))
		}},
		{"key", func(l *slog.Logger, s string) { l.Error("m", s, 1) }},
		{"group", func(l *slog.Logger, s string) {
			l.Error("m", slog.Group("g", "text", s, slog.Group("h", "k", s, "error", errors.New(s))))
		}},
		{"group name", func(l *slog.Logger, s string) { l.WithGroup(s).Error("m", "k", 1) }},
		{"with", func(l *slog.Logger, s string) {
			l.With("k", s, s, 1).WithGroup("g").With("k", errors.New(s)).Error("m", "n", 1)
		}},
		{"valuer", func(l *slog.Logger, s string) { l.Error("m", "k", valued(s)) }},
		{"valuer in a group", func(l *slog.Logger, s string) { l.Error("m", slog.Group("g", "k", valued(s))) }},
		{"bytes", func(l *slog.Logger, s string) { l.Error("m", "k", []byte(s)) }},
		{"list", func(l *slog.Logger, s string) { l.Error("m", "k", []string{"a", s}) }},
		{"struct", func(l *slog.Logger, s string) { l.Error("m", "k", struct{ T string }{s}) }},
		{"struct with a pointer", func(l *slog.Logger, s string) { l.Error("m", "k", link{&s}) }},
		{"pointer", func(l *slog.Logger, s string) { l.Error("m", "k", &link{&s}) }},
	}
	for form, handler := range logForms {
		for _, tt := range tests {
			for _, s := range encodings() {
				var out bytes.Buffer
				tt.log(slog.New(Redact(handler(&out), longToken)), s)
				if !strings.Contains(out.String(), hidden) {
					t.Errorf("%s, %s of %q: nothing is taken out of %s", form, tt.name, s, out.String())
				}
				wantNoSecret(t, out.String())
			}
		}
	}
}

// wantNoSecret wants the token in a log in no way.
func wantNoSecret(t *testing.T, log string) {
	t.Helper()
	for _, secret := range append(encodings(), "abcdefghijklmnopqrstuvwxyz") {
		if strings.Contains(log, secret) {
			t.Errorf("%q is in the log: %s", secret, log)
		}
	}
}

// What has no token in it stays as it is.
func TestRedactLeavesTheRest(t *testing.T) {
	log := func(h slog.Handler) {
		slog.New(h).With("a", 1).WithGroup("g").Warn("100% of 123456", "n", 2.5, "ok", true, "d", time.Second,
			"err", errors.New("x: y"), slog.Group("h", "b", true), "url", "https://localhost/bot123456:short/getMe",
			"list", []int{1, 2}, "nil", nil, "broken", broken{}, "nowhere", (*broken)(nil), "valued", valued("v"), "bytes", []byte("b"))
	}
	for form, handler := range logForms {
		for _, token := range []string{longToken, ""} {
			var want, got bytes.Buffer
			log(handler(&want))
			log(Redact(handler(&got), token))
			if got.String() != want.String() {
				t.Errorf("%s with token %q:\ngot  %s\nwant %s", form, token, got.String(), want.String())
			}
		}
	}
}

// The half of a short token may be a word, and is left where it stands alone.
func TestRedactShortToken(t *testing.T) {
	var out bytes.Buffer
	slog.New(Redact(slog.NewJSONHandler(&out, timeless), "1:abc")).Warn("abc 1:abc 1%3Aabc", "e", (*broken)(nil))
	if !strings.Contains(out.String(), `"msg":"abc `+hidden+` `+hidden+`"`) {
		t.Errorf("a short token is taken out as %s", out.String())
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("", "a", "b")
	f.Add("/bot", "%3A", "%25")
	for _, s := range encodings() {
		f.Add("x"+s+"%", "", "")
	}
	f.Fuzz(func(t *testing.T, before, key, after string) {
		got := redact(before, longToken)
		if decoded, err := url.QueryUnescape(got); strings.Contains(got, longSecret) ||
			err == nil && strings.Contains(decoded, longSecret) && !strings.Contains(got, "*") {
			t.Errorf("redact(%q) = %q", before, got)
		}
		for _, s := range []string{longToken, url.QueryEscape(longToken)} {
			var out bytes.Buffer
			slog.New(Redact(slog.NewTextHandler(&out, nil), longToken)).Error(before+s+after, key+s, after+s+before)
			if strings.Contains(out.String(), longSecret) {
				t.Errorf("the log is %q", out.String())
			}
		}
	})
}
