package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// speak logs once at each level.
func speak(l *slog.Logger) {
	l.Debug("asked", "verdict", "answered")
	l.Info("left", "updates", 2)
	l.Warn("slow", "error", errors.New("no answer"))
	l.Error("refused", "reason", "no\nrights")
}

func TestLogFormats(t *testing.T) {
	tests := []struct {
		format string
		level  slog.Level
		want   string // without times
	}{
		{logPlain, slog.LevelWarn, "newsbot: warning: slow: no answer\nnewsbot: warning: refused, reason no rights\n"},
		{logPlain, slog.LevelDebug, "newsbot: debug: asked, verdict answered\nnewsbot: info: left, updates 2\n" +
			"newsbot: warning: slow: no answer\nnewsbot: warning: refused, reason no rights\n"},
		{logPlain, slog.LevelError, "newsbot: warning: refused, reason no rights\n"},
		{logText, slog.LevelInfo, "level=INFO msg=left updates=2\nlevel=WARN msg=slow error=\"no answer\"\n" +
			"level=ERROR msg=refused reason=\"no\\nrights\"\n"},
		{logJSON, slog.LevelWarn, `{"level":"WARN","msg":"slow","error":"no answer"}` + "\n" +
			`{"level":"ERROR","msg":"refused","reason":"no\nrights"}` + "\n"},
	}
	times := regexp.MustCompile(`time=\S+ |"time":"[^"]*",`)
	for _, tt := range tests {
		t.Run(tt.format+" "+tt.level.String(), func(t *testing.T) {
			var out bytes.Buffer
			speak(config{token: testToken, logFormat: tt.format, logLevel: tt.level}.newLogger(&out))
			if got := times.ReplaceAllString(out.String(), ""); got != tt.want {
				t.Errorf("the log is\n%s\nwant\n%s", got, tt.want)
			}
			for line := range strings.Lines(out.String()) {
				if tt.format == logJSON && !json.Valid([]byte(line)) {
					t.Errorf("no JSON: %s", line)
				}
			}
		})
	}
}

// The token is in no form of the log, wherever it is put.
func TestLogHidesTheToken(t *testing.T) {
	secret := strings.TrimPrefix(testToken, "123456:")
	encoded := url.QueryEscape(testToken)
	if encoded == testToken {
		t.Fatal("the token needs no encoding: this test shows nothing")
	}
	for _, format := range []string{logPlain, logText, logJSON} {
		for _, token := range []string{testToken, encoded, strings.ToLower(encoded[:9]) + encoded[9:], url.QueryEscape(encoded), secret} {
			var out bytes.Buffer
			config{token: testToken, logFormat: format}.newLogger(&out).With("with", token).Error("get /bot"+token,
				"error", fmt.Errorf("get: %w", errors.New(token)), token, 1, slog.Group("g", "k", token),
				"bytes", []byte(token), "list", []string{token}, "pointer", struct{ T *string }{&token})
			if got := out.String(); strings.Contains(got, secret) || strings.Contains(got, token) || !strings.Contains(got, "get /bot***") {
				t.Errorf("%s, %s: the log is %q", format, token, got)
			}
		}
	}
}
