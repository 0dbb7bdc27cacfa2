package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
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
