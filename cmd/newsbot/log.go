package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"newsbot/bot/telegram"
)

// The names of the settings of the log.
const (
	settingLogFormat = "LOG_FORMAT"
	settingLogLevel  = "LOG_LEVEL"
)

// The forms of the log of who serves Telegram. Other commands are for people and
// warn in the plain form, whatever the settings are.
const (
	logPlain = "plain" // lines like the program's others
	logText  = "text"  // key=value
	logJSON  = "json"
)

// levels are the names of the levels, from the most words to the fewest.
var levels = []struct {
	name  string
	level slog.Level
}{
	{"debug", slog.LevelDebug},
	{"info", slog.LevelInfo},
	{"warn", slog.LevelWarn},
	{"error", slog.LevelError},
}

func (c *config) setLogFormat(s string) error {
	switch s = strings.ToLower(s); s {
	case logPlain, logText, logJSON:
		c.logFormat = s
		return nil
	}
	return withHint(fmt.Errorf("%q is not known", hidden(s)), "it is plain, text (key=value) or json")
}

func (c *config) setLogLevel(s string) error {
	for _, l := range levels {
		if strings.EqualFold(l.name, s) {
			c.logLevel = l.level
			return nil
		}
	}
	return withHint(fmt.Errorf("%q is not known", hidden(s)), "it is debug, info, warn or error")
}

// newLogger returns the logger of who serves Telegram. The token never gets
// through it.
func (c config) newLogger(w io.Writer) *slog.Logger {
	return slog.New(telegram.Redact(c.logHandler(w), c.token))
}

// logEnd logs the error at the end as [report] prints it, and returns the exit code
// for it.
func logEnd(log *slog.Logger, err error) int {
	var hint hinted
	code := report(io.Discard, err)
	switch {
	case err == nil, errors.Is(err, errReported):
	case errors.Is(err, context.Canceled):
		log.Error("interrupted")
	case errors.As(err, &hint):
		log.Error("the program ends", "error", err, "hint", hint.hint)
	default:
		log.Error("the program ends", "error", err)
	}
	return code
}

func (c config) logHandler(w io.Writer) slog.Handler {
	options := &slog.HandlerOptions{Level: c.logLevel}
	switch c.logFormat {
	case logText:
		return slog.NewTextHandler(w, options)
	case logJSON:
		return slog.NewJSONHandler(w, options)
	}
	h := newWarnings(w)
	h.level = c.logLevel
	return h
}
