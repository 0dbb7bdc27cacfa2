package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A shy value shows itself as a token only when it is asked for.
type shy string

func (s shy) LogValue() slog.Value { return slog.GroupValue(slog.String("inner", string(s))) }

// A broken value panics when it is shown.
type broken struct{}

func (*broken) Error() string { panic("no") }

// Wherever the token is, it is not logged, in no form of the log.
func TestRedacted(t *testing.T) {
	secret := strings.SplitN(testToken, ":", 2)[1]
	encoded := url.QueryEscape(testToken)
	lower := strings.ReplaceAll(encoded, "%3A", "%3a")
	every := regexp.MustCompile("(?s).").ReplaceAllStringFunc(testToken, func(s string) string { return fmt.Sprintf("%%%02X", s[0]) })
	if encoded == testToken {
		t.Fatal("the token needs no encoding: this test shows nothing")
	}
	logs := map[string]func(l *slog.Logger, token string){
		"message": func(l *slog.Logger, token string) { l.Error("get https://localhost/bot" + token + "/getMe") },
		"string":  func(l *slog.Logger, token string) { l.Error("m", "url", "/bot"+token+"/getMe") },
		"error":   func(l *slog.Logger, token string) { l.Error("m", "error", fmt.Errorf("get: %w", errors.New(token))) },
		"url error": func(l *slog.Logger, token string) {
			l.Error("m", "error", &url.Error{Op: "Get", URL: "https://a/bot" + token, Err: errors.New("no")})
		},
		"key":        func(l *slog.Logger, token string) { l.Error("m", token, 1) },
		"group":      func(l *slog.Logger, token string) { l.Error("m", slog.Group("g", slog.Group("h", "k", token))) },
		"group name": func(l *slog.Logger, token string) { l.WithGroup(token).Error("m", "k", 1) },
		"with": func(l *slog.Logger, token string) {
			l.With("k", token).WithGroup("g").With("k", errors.New(token)).Error("m", "n", 1)
		},
		"valuer":            func(l *slog.Logger, token string) { l.Error("m", "k", shy(token)) },
		"valuer in a group": func(l *slog.Logger, token string) { l.Error("m", slog.Group("g", "k", shy(token))) },
		"bytes":             func(l *slog.Logger, token string) { l.Error("m", "k", []byte(token)) },
		"list":              func(l *slog.Logger, token string) { l.Error("m", "k", []string{"a", token}) },
		"struct":            func(l *slog.Logger, token string) { l.Error("m", "k", struct{ T string }{token}) },
		"pointer":           func(l *slog.Logger, token string) { l.Error("m", "k", struct{ T *string }{&token}) },
	}
	for _, format := range []string{logPlain, logText, logJSON} {
		for name, log := range logs {
			for _, token := range []string{testToken, encoded, lower, url.QueryEscape(encoded), every, secret} {
				var out bytes.Buffer
				log(config{token: testToken, logFormat: format}.newLogger(&out), token)
				if strings.Contains(out.String(), secret) || strings.Contains(out.String(), token) || out.Len() == 0 {
					t.Errorf("%s, %s, %s: the log is %q", format, name, token, out.String())
				}
			}
		}
	}
}

// What is no token is logged as ever.
func TestRedactedLeavesTheRest(t *testing.T) {
	log := func(l *slog.Logger) {
		l.With("a", 1).WithGroup("g").Info("asked 123456 times", "n", 2, "d", time.Second, "e", errors.New("disk full"),
			slog.Group("h", "b", true), "nothing", nil, "url", "https://localhost/bot123456:short/getMe")
	}
	want, got := &bytes.Buffer{}, &bytes.Buffer{}
	c := config{logFormat: logText, token: testToken}
	log(slog.New(c.logHandler(want)))
	log(c.newLogger(got))
	if times := regexp.MustCompile(`time=\S+`); times.ReplaceAllString(got.String(), "") != times.ReplaceAllString(want.String(), "") {
		t.Errorf("the line is %q, want %q", got, want)
	}
	if h := slog.DiscardHandler; redacted(h, "") != h {
		t.Error("without a token there is nothing to take out")
	}
	got.Reset()
	config{logFormat: logJSON, token: "1:abc"}.newLogger(got).Warn("abc 1:abc", "e", (*broken)(nil))
	if !strings.Contains(got.String(), `"msg":"abc `+redaction+`"`) {
		t.Errorf("a short token is taken out as %q", got)
	}
}

func FuzzRedacted(f *testing.F) {
	f.Add("", "a", "b")
	f.Add("/bot", "%3A", "%25")
	f.Fuzz(func(t *testing.T, before, key, after string) {
		for _, token := range []string{testToken, url.QueryEscape(testToken)} {
			var out bytes.Buffer
			l := config{token: testToken, logFormat: logText}.newLogger(&out)
			l.Error(before+token+after, key+token, after+token+before)
			if strings.Contains(out.String(), testToken[7:]) {
				t.Errorf("the log is %q", out.String())
			}
		}
	})
}
