package main

import (
	"bytes"
	"errors"
	"log/slog"
	"testing"
)

func TestWarnings(t *testing.T) {
	tests := []struct {
		name string
		log  func(*slog.Logger)
		want string
	}{
		{"message", func(l *slog.Logger) { l.Warn("encoding") }, "newsbot: warning: encoding\n"},
		{"error", func(l *slog.Logger) { l.Error("encoding", slog.Any("error", errors.New("disk full"))) }, "newsbot: warning: encoding: disk full\n"},
		{"attributes", func(l *slog.Logger) {
			l.With("try", 2).Warn("vector refused", "passage_id", "abc.1", "error", errors.New("zero"))
		},
			"newsbot: warning: vector refused, try 2, passage id abc.1: zero\n"},
		{"group", func(l *slog.Logger) { l.WithGroup("store").Warn("slow", "ms", 7) }, "newsbot: warning: slow, ms 7\n"},
		{"one line", func(l *slog.Logger) { l.Warn("a\nb", "error", errors.New("c\x1b[2J")) }, "newsbot: warning: a b: c\uFFFD[2J\n"},
		{"not for people", func(l *slog.Logger) { l.Info("encoded"); l.Debug("asked") }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			tt.log(slog.New(newWarnings(&out)))
			if out.String() != tt.want {
				t.Errorf("the line is %q, want %q", out.String(), tt.want)
			}
		})
	}
}

// What is added to one logger does not show on another made of the same.
func TestWarningsBranch(t *testing.T) {
	var out bytes.Buffer
	base := slog.New(newWarnings(&out)).With("a", 1).With("b", 2)
	left, right := base.With("c", 3), base.With("d", 4)
	left.Warn("left")
	right.Warn("right")
	if want := "newsbot: warning: left, a 1, b 2, c 3\nnewsbot: warning: right, a 1, b 2, d 4\n"; out.String() != want {
		t.Errorf("the lines are %q, want %q", out.String(), want)
	}
}
