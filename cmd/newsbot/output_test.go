package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"newsbot/corpus"
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

// A stubborn writer takes a few writes, then none.
type stubborn struct {
	takes int
	err   error
	taken bytes.Buffer
}

func (w *stubborn) Write(p []byte) (int, error) {
	if w.takes == 0 {
		return 0, w.err
	}
	w.takes--
	return w.taken.Write(p)
}

// Whatever a command prints, output that cannot be written is a failure.
func TestBrokenOutput(t *testing.T) {
	dir := t.TempDir()
	fake := func() (retrieval.Encoder, error) { return testEncoder("") }
	file := writeArticles(t, 1)[0]
	if code, _, stderr := run(t, dir, fake, "import", file); code != exitDone {
		t.Fatalf("import: exit code %d, stderr %q", code, stderr)
	}
	full := &fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
	fullSays := "newsbot: writing the output: write /dev/stdout: no space left on device\n"
	commands := [][]string{
		{"-h"}, {"help", "ask"}, {"ask", "-h"}, {"list"}, {"status"}, {"version"}, {"import", file}, {"chat"},
		{"ask", "When did tram line 0 open?"}, {"ask", "-json", "When did tram line 0 open?"},
	}
	for _, args := range commands {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			code, stderr := runInto(t, &stubborn{err: full}, dir, args)
			if code != exitFailed || stderr != fullSays {
				t.Errorf("full: exit code %d, stderr %q; want %d, %q", code, stderr, exitFailed, fullSays)
			}
			code, stderr = runInto(t, &stubborn{err: &fs.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}}, dir, args)
			if code != exitFailed || stderr != "" {
				t.Errorf("reader gone: exit code %d, stderr %q; want %d and nothing", code, stderr, exitFailed)
			}
		})
	}
}

func runInto(t *testing.T, out io.Writer, dir string, args []string) (code int, stderr string) {
	t.Helper()
	var errs bytes.Buffer
	m := &Main{
		Stdin: &bytes.Buffer{}, Stdout: out, Stderr: &errs,
		LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
		NewEncoder: func() (retrieval.Encoder, error) { return testEncoder("") },
		NewUSE:     func() (retrieval.Encoder, error) { return testUSE("") },
	}
	code = m.Run(t.Context(), append([]string{"-data", dir}, args...))
	return code, errs.String()
}

func TestOutputKeepsTheFirstError(t *testing.T) {
	w := &stubborn{takes: 1, err: errors.New("unplugged")}
	o := &output{w: w}
	for range 3 {
		_, _ = io.WriteString(o, "x")
	}
	w.takes = 1
	if _, err := io.WriteString(o, "y"); err == nil || w.taken.String() != "x" {
		t.Errorf("after an error Write = %v, writing %q; want the error and nothing more than x", err, w.taken.String())
	}
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"nothing else", nil, "writing the output: unplugged"},
		{"the same", fmt.Errorf("writing to the terminal: %w", w.err), "writing the output: unplugged"},
		{"said already", errReported, "writing the output: unplugged"},
		{"another", errors.New("disk full"), "disk full"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := o.with(tt.err); got == nil || got.Error() != tt.want {
				t.Errorf("with(%v) = %v, want %s", tt.err, got, tt.want)
			}
		})
	}
	if err := (&output{w: io.Discard}).with(nil); err != nil {
		t.Errorf("an output that works fails with %v", err)
	}
}

// An import that ends too early says how much of it is stored.
func TestImportCut(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	full := fmt.Errorf("add articles: %w", corpus.ErrFull)
	tests := []struct {
		name string
		ctx  context.Context
		err  error
		want string
		hint bool
	}{
		{"interrupted", stopped, context.Canceled, "interrupted: 50 articles done and kept; the same command goes on from there", false},
		{"disk full", t.Context(), full, "no room left on the disk: 50 articles done and kept; the same command goes on from there", true},
		{"busy", t.Context(), corpus.ErrBusy, "another process is busy writing: try again: 50 articles done and kept; the same command goes on from there", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := importCut(tt.ctx, tt.err, 50)
			if err == nil || err.Error() != tt.want {
				t.Fatalf("importCut(%v) = %v, want %s", tt.err, err, tt.want)
			}
			if hint := errors.As(err, new(hinted)); hint != tt.hint {
				t.Errorf("importCut(%v) has a hint: %t, want %t", tt.err, hint, tt.hint)
			}
		})
	}
	if err := importCut(t.Context(), nil, 80); err != nil {
		t.Errorf("importCut of an import that went well = %v", err)
	}
}

func TestWithRoomHint(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want string // of what is reported
	}{
		{"nothing", nil, ""},
		{"something else", errors.New("damaged"), "newsbot: damaged\n"},
		{"lock", &fs.PathError{Op: "write", Path: "serve.lock", Err: syscall.ENOSPC}, "newsbot: write serve.lock: no space left on device\nhint: free some room on the disk, or "},
		{"store", fmt.Errorf("open: %w", corpus.ErrFull), "newsbot: open: " + corpus.ErrFull.Error() + "\nhint: free some room on the disk, or "},
		{"hinted", withHint(corpus.ErrFull, "buy one"), "newsbot: " + corpus.ErrFull.Error() + "\nhint: buy one\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			report(&out, withRoomHint(tt.err))
			if !strings.HasPrefix(out.String(), tt.want) || tt.want == "" && out.Len() > 0 {
				t.Errorf("reported %q, want %q", out.String(), tt.want)
			}
		})
	}
}

func TestEscapeControls(t *testing.T) {
	for _, s := range []string{"", "plain", "a\u0080b\u009f", "\x7f", "\u00a0\u2028 جسر", `\u009b`} {
		plain, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		got := escapeControls(string(plain))
		if strings.ContainsFunc(got, unicode.IsControl) {
			t.Errorf("escapeControls(%q) = %q, which holds control characters", plain, got)
		}
		var back string
		if err := json.Unmarshal([]byte(got), &back); err != nil || back != s {
			t.Errorf("escapeControls(%q) reads back as %q (%v)", plain, back, err)
		}
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
	p.show(retrieval.Progress{Articles: 1, Texts: 7, Rate: 41.7, Left: 61 * time.Second, Waiting: true})
	p.end()
	want := "\r\x1b[Kencoding: 2 articles left (15 vectors)" +
		"\r\x1b[Kanother process is encoding: 1 article left (7 vectors), 42 a second, about 2 min" +
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

func TestRoughly(t *testing.T) {
	for d, want := range map[time.Duration]string{
		200 * time.Millisecond:  "1 s",
		59 * time.Second:        "59 s",
		3*time.Minute + 1:       "4 min",
		125 * time.Minute:       "2 h 5 min",
		26*time.Hour + 1:        "26 h 0 min",
		59*time.Minute + 59e9/2: "60 min",
	} {
		if got := roughly(d); got != want {
			t.Errorf("roughly(%v) = %q, want %q", d, got, want)
		}
	}
}
