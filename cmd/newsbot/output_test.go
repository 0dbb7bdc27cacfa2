package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"

	"newsbot/retrieval"
)

func TestReport(t *testing.T) {
	tests := []struct {
		name string
		err  error
		code int
		want string
	}{
		{"nothing", nil, exitDone, ""},
		{"failure", errors.New("disk full"), exitFailed, "newsbot: disk full\n"},
		{"hint", withHint(errors.New("disk full"), "free %d MB", 3), exitFailed, "newsbot: disk full\nhint: free 3 MB\n"},
		{"hint, wrapped", fmt.Errorf("importing: %w", withHint(errors.New("disk full"), "free some")), exitFailed, "newsbot: importing: disk full\nhint: free some\n"},
		{"misuse", misuse("no file"), exitUsage, "newsbot: no file\n"},
		{"misuse with a hint", withHint(misuse("no file"), "name one"), exitUsage, "newsbot: no file\nhint: name one\n"},
		{"said already", fmt.Errorf("importing: %w", errReported), exitFailed, ""},
		{"interrupted", fmt.Errorf("reading: %w", context.Canceled), exitFailed, "newsbot: interrupted\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			if code := report(&out, tt.err); code != tt.code || out.String() != tt.want {
				t.Errorf("report(%v) = %d, printing %q; want %d, %q", tt.err, code, out.String(), tt.code, tt.want)
			}
		})
	}
}

func TestDescribeBuild(t *testing.T) {
	released := &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "abc123"}, {Key: "vcs.modified", Value: "true"}, {Key: "GOAMD64", Value: "v1"},
	}}
	tests := []struct {
		name string
		info *debug.BuildInfo
		want string
	}{
		{"nothing known", nil, "newsbot unknown go"},
		{"from a folder without history", &debug.BuildInfo{}, "newsbot unknown go"},
		{"released", released, "newsbot v1.2.3 commit abc123 (modified) go"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := describeBuild(tt.info); !strings.HasPrefix(got, tt.want) {
				t.Errorf("describeBuild = %q, want it to begin with %q", got, tt.want)
			}
		})
	}
}

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	p := &progress{w: &out}
	p.show(retrieval.Progress{Articles: 2, Texts: 15})
	p.show(retrieval.Progress{Articles: 1, Texts: 7, Waiting: true})
	p.end()
	want := "\r\x1b[Kencoding: 2 articles left (15 passages and sentences)" +
		"\r\x1b[Kanother process is encoding: 1 article left" +
		"\r\x1b[K"
	if got := out.String(); got != want {
		t.Errorf("progress on a terminal: %q, want %q", got, want)
	}
	quiet := &progress{}
	quiet.show(retrieval.Progress{Articles: 2})
	quiet.end()
}

func TestColumns(t *testing.T) {
	tests := []struct {
		s    string
		want int
	}{
		{"", 0},
		{"Reuters", 7},
		{"شينخوا", 6},
		{"مُدَّة", 3}, // marks take no room
		{"\u2068شينخوا\u2069", 6},
	}
	for _, tt := range tests {
		if got := columns(tt.s); got != tt.want {
			t.Errorf("columns(%q) = %d, want %d", tt.s, got, tt.want)
		}
	}
}
