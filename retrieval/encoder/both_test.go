// Package encoder_test tests what is asked of both encoders together, in a process
// of their own: how soon they are ready and how much memory they hold.
package encoder_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/encodertest"
	"newsbot/retrieval/encoder/use"
)

// childName is what the test binary is called by when it is to be a process that
// opens both encoders and does little else.
const childName = "both-encoders"

const (
	// maxResidentKB is how much memory such a process may hold.
	maxResidentKB = 120_000
	// processors is how many it uses. Working memory grows by 3 MB with each.
	processors = "4"
)

func TestMain(m *testing.M) {
	if os.Args[0] != childName {
		os.Exit(m.Run())
	}
	if err := child(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child opens both encoders and writes the line "ready". When in has a line, it
// encodes with both and writes how many kilobytes it has held at most.
func child(in io.Reader, out io.Writer) error {
	both, err := openBoth()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, "ready"); err != nil {
		return err
	}
	if !bufio.NewScanner(in).Scan() {
		return nil
	}
	for _, e := range both {
		if err := encode(context.Background(), e); err != nil {
			return err
		}
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	kb, err := mostResidentKB(string(status))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, kb)
	return err
}

type encoder interface {
	Question(context.Context, string) ([]float32, error)
	Passages(context.Context, []string) ([][]float32, error)
}

func openBoth() ([]encoder, error) {
	e, err := e5.New(e5.Options{})
	if err != nil {
		return nil, err
	}
	u, err := use.New(use.Options{})
	return []encoder{e, u}, err
}

// encode encodes a question and 64 passages of about 200 tokens.
func encode(ctx context.Context, e encoder) error {
	if _, err := e.Question(ctx, "How many hospitals did the health ministry open?"); err != nil {
		return err
	}
	passage := strings.Repeat("وقالت الوزارة إن الخطة جاهزة, said the minister on Tuesday. ", 14)
	_, err := e.Passages(ctx, slices.Repeat([]string{passage}, 64))
	return err
}

// mostResidentKB is the most memory a process has held, by its status in /proc.
func mostResidentKB(status string) (int, error) {
	_, rest, _ := strings.Cut(status, "VmHWM:")
	number, _, found := strings.Cut(rest, " kB")
	if !found {
		return 0, fmt.Errorf("process status %q says nothing of memory", status)
	}
	return strconv.Atoi(strings.TrimSpace(number))
}

func TestMostResidentKB(t *testing.T) {
	tests := []struct {
		name, status string
		want         int
		fails        bool
	}{
		{"among others", "Name:\tx\nVmPeak:\t  9 kB\nVmHWM:\t   51234 kB\nVmRSS:\t 4 kB\n", 51234, false},
		{"absent", "Name:\tx\nVmRSS:\t 4 kB\n", 0, true},
		{"empty", "", 0, true},
		{"no number", "VmHWM:\t many kB\n", 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := mostResidentKB(tt.status)
			if got != tt.want || (err != nil) != tt.fails {
				t.Errorf("mostResidentKB(%q) = %d, %v; want %d, error %v", tt.status, got, err, tt.want, tt.fails)
			}
		})
	}
}

// startChild starts a process that opens both encoders and returns when it has: the
// process, its input and what it writes next. The caller waits for it.
func startChild(tb testing.TB) (*exec.Cmd, io.WriteCloser, *bufio.Scanner) {
	tb.Helper()
	exe, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.CommandContext(tb.Context(), exe)
	cmd.Args = []string{childName}
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+processors)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		tb.Fatalf("the process says %q, want ready", lines.Text())
	}
	return cmd, in, lines
}

// TestMemory holds both encoders to their share of memory: the whole of a process,
// the pages of the weights files among them, at its largest.
func TestMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the memory of a process is read from /proc")
	}
	if encodertest.RaceDetector() {
		t.Skip("the race detector needs a multiple of the memory")
	}
	cmd, in, lines := startChild(t)
	if _, err := io.WriteString(in, "encode\n"); err != nil {
		t.Fatal(err)
	}
	lines.Scan()
	kb, err := strconv.Atoi(lines.Text())
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d kB", kb)
	if kb > maxResidentKB {
		t.Errorf("both encoders hold %d kB, want at most %d", kb, maxResidentKB)
	}
}

// BenchmarkOpenBoth times opening both encoders in a process that runs.
func BenchmarkOpenBoth(b *testing.B) {
	for b.Loop() {
		if _, err := openBoth(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStartBoth times a process from its start until both encoders are ready.
func BenchmarkStartBoth(b *testing.B) {
	for b.Loop() {
		cmd, in, _ := startChild(b)
		b.StopTimer()
		if err := in.Close(); err != nil {
			b.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
