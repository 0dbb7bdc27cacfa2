package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// embedded wants what embed printed into a file to be about the lines of another,
// with unit vectors of so many numbers: embedded FILE LINES DIMENSIONS.
func embedded(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: embedded FILE LINES DIMENSIONS")
	}
	got, err := readEmbeddings(ts.ReadFile(args[0]))
	ts.Check(err)
	var texts []string
	for i, e := range got {
		texts = append(texts, e.Text+"\n")
		if fmt.Sprint(len(e.Vector)) != args[2] {
			ts.Fatalf("vector %d has %d numbers, want %s", i, len(e.Vector), args[2])
		}
		if length := lengthOf(e.Vector); !(math.Abs(length-1) < 1e-5) {
			ts.Fatalf("vector %d has length %v", i, length)
		}
	}
	if diff := cmp.Diff(ts.ReadFile(args[1]), strings.Join(texts, "")); diff != "" {
		ts.Fatalf("texts (-want +got):\n%s", diff)
	}
}

func lengthOf(v []float32) float64 {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum)
}

// readEmbeddings reads what embed prints.
func readEmbeddings(printed string) ([]embedding, error) {
	var all []embedding
	for line := range strings.Lines(printed) {
		var e embedding
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&e); err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		all = append(all, e)
	}
	return all, nil
}

// runEmbed runs embed inside the test.
func runEmbed(t *testing.T, in io.Reader, out io.Writer, e retrieval.Encoder, args ...string) (code int, stderr string) {
	t.Helper()
	var errs bytes.Buffer
	open := func() (retrieval.Encoder, error) { return e, nil }
	m := &Main{
		Stdin: in, Stdout: out, Stderr: &errs,
		LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
		NewEncoder: open, NewUSE: open,
	}
	code = m.Run(t.Context(), append([]string{"embed"}, args...))
	return code, errs.String()
}

func TestEmbedLines(t *testing.T) {
	longest := longestOf("a")
	var many []string
	for i := range 5*batchLines + 1 {
		many = append(many, fmt.Sprint("line ", i))
	}
	tests := []struct {
		name, in string
		want     []string
		says     string // on stderr; "" for exit code 0
	}{
		{"nothing", "", nil, ""},
		{"empty lines", "\n\r\n\n", []string{"", "", ""}, ""},
		{"last line without an end", "a\nb", []string{"a", "b"}, ""},
		{"carriage returns", "a\r\nb\rc\r\r\nd\r", []string{"a", "b\rc\r", "d"}, ""},
		{"spaces stay", " a \n\t\n", []string{" a ", "\t"}, ""},
		{"invalid UTF-8", "caf\xe9\n\xff\xfe\na\x00b\n", []string{"caf\ufffd", "\ufffd", "ab"}, ""},
		{"more than a batch", strings.Join(many, "\n"), many, ""},
		{"longest", "a\n" + longest + "\n" + longest + "\r\n" + longest, []string{"a", longest, longest, longest}, ""},
		{"too long", "a\nb\n" + longest + "b\nc\n", []string{"a", "b"}, "newsbot: line 3 is longer than 1048576 bytes\n"},
		{"too long, without an end", longest + "b", nil, "newsbot: line 1 is longer than 1048576 bytes\n"},
		{"longest, of carriage returns", longestOf("\r") + "\r\n\r", []string{longestOf("\r"), ""}, ""},
		{"too long, of carriage returns", longestOf("\r") + "\r\r\n", nil, "newsbot: line 1 is longer than 1048576 bytes\n"},
		{"too long, of carriage returns without an end", longestOf("\r") + "\r\r", nil, "newsbot: line 1 is longer than 1048576 bytes\n"},
		{"too long in the second batch", strings.Join(many, "\n") + longest, many[:len(many)-1], fmt.Sprintf("newsbot: line %d is longer than 1048576 bytes\n", len(many))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			code, stderr := runEmbed(t, strings.NewReader(tt.in), &out, &encodertest.Fake{Size: 3})
			if stderr != tt.says || (code == exitDone) != (tt.says == "") {
				t.Errorf("exit code %d, stderr %q, want %q", code, stderr, tt.says)
			}
			checkEmbeddings(t, out.String(), tt.want)
		})
	}
}

// longestOf returns the longest line there may be, of one character.
func longestOf(character string) string { return strings.Repeat(character, maxLine) }

// checkEmbeddings wants the texts, each with the vector of the fake encoder of
// size 3, to the last bit.
func checkEmbeddings(t *testing.T, printed string, texts []string) {
	t.Helper()
	got, err := readEmbeddings(printed)
	if err != nil {
		t.Fatal(err)
	}
	vectors, err := (&encodertest.Fake{Size: 3}).Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	var want []embedding
	for i, text := range texts {
		want = append(want, embedding{text, vectors[i]})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("embeddings (-want +got):\n%s", diff)
	}
}

func TestEmbedFloatsRoundTrip(t *testing.T) {
	want := []float32{0, .1, -1. / 3, 1e-7, 1e-30, math.SmallestNonzeroFloat32, math.MaxFloat32, 16777216, math.Nextafter32(1, 2), math.Nextafter32(1, 0)}
	e := &encodertest.Fake{After: func([][]float32) ([][]float32, error) { return [][]float32{want}, nil }}
	var out bytes.Buffer
	if code, stderr := runEmbed(t, strings.NewReader("a"), &out, e); code != exitDone {
		t.Fatalf("exit code %d, stderr %q", code, stderr)
	}
	got, err := readEmbeddings(out.String())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]embedding{{"a", want}}, got); diff != "" {
		t.Errorf("vector (-want +got):\n%s", diff)
	}
}

// A labelling encoder says in its vectors how it was called: a question or a
// passage, and how many Arabic digits were in the text.
type labelling struct{ retrieval.Encoder }

func (labelling) Question(_ context.Context, text string) ([]float32, error) {
	return []float32{1, float32(strings.Count(text, "١"))}, nil
}

func (labelling) Passages(_ context.Context, texts []string) ([][]float32, error) {
	var vectors [][]float32
	for _, text := range texts {
		vectors = append(vectors, []float32{2, float32(strings.Count(text, "١"))})
	}
	return vectors, nil
}

// Each encoder gets its lines by its own way. Texts are printed as they came.
func TestEmbedCalls(t *testing.T) {
	tests := []struct {
		args string
		want string
	}{
		{"", `[2,1]`},
		{"-encoder e5", `[2,1]`},
		{"-query", `[1,1]`},
		{"-encoder use", `[2,0]`},
		{"-encoder use -query", `[2,0]`},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			var out bytes.Buffer
			code, stderr := runEmbed(t, strings.NewReader("في ١ <b>\u0085\n"), &out, labelling{}, strings.Fields(tt.args)...)
			want := `{"text":"في ١ <b>\u0085","vector":` + tt.want + "}\n"
			if code != exitDone || out.String() != want {
				t.Errorf("exit code %d, stdout %q, stderr %q, want %q", code, out.String(), stderr, want)
			}
		})
	}
}

// What was read before an input fails is embedded.
func TestEmbedBrokenInput(t *testing.T) {
	in := io.MultiReader(strings.NewReader("a\nb\nc"), iotest.ErrReader(errors.New("unplugged")))
	var out bytes.Buffer
	code, stderr := runEmbed(t, in, &out, &encodertest.Fake{Size: 3})
	if want := "newsbot: reading line 3: unplugged\n"; code != exitFailed || stderr != want {
		t.Errorf("exit code %d, stderr %q, want %q", code, stderr, want)
	}
	checkEmbeddings(t, out.String(), []string{"a", "b"})
}

// An endless reader never has nothing to say.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, "line\n"), nil }

// Output that cannot be written ends a command whose input would not.
func TestEmbedBrokenOutput(t *testing.T) {
	tests := []struct {
		name string
		err  error
		says string
	}{
		{"full", syscall.ENOSPC, "newsbot: writing the output: write /dev/stdout: no space left on device\n"},
		{"reader gone", syscall.EPIPE, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := &stubborn{takes: 2, err: &fs.PathError{Op: "write", Path: "/dev/stdout", Err: tt.err}}
			if code, stderr := runEmbed(t, endless{}, out, &encodertest.Fake{}); code != exitFailed || stderr != tt.says {
				t.Errorf("exit code %d, stderr %q, want %q", code, stderr, tt.says)
			}
		})
	}
}

func TestEmbedEncoderFails(t *testing.T) {
	for _, args := range [][]string{nil, {"-query"}, {"-encoder", "use"}} {
		var out bytes.Buffer
		e := &encodertest.Fake{Before: func(context.Context, []string) error { return encodertest.ErrFake }}
		code, stderr := runEmbed(t, strings.NewReader("a\n"), &out, e, args...)
		if code != exitFailed || stderr != "newsbot: encoder told to fail\n" || out.Len() > 0 {
			t.Errorf("embed %q: exit code %d, stdout %q, stderr %q", args, code, out.String(), stderr)
		}
	}
}

// Lines are answered as they come. Interrupted, embed ends though its input does
// not, and what was finished stands.
func TestEmbedInterrupted(t *testing.T) {
	p := start(t, t.TempDir(), "fake", "embed")
	for _, line := range []string{"one", "two"} {
		p.say(line)
		if got := p.until("\n"); !strings.HasPrefix(got, `{"text":"`+line+`","vector":[`) {
			t.Errorf("after %q came %q", line, got)
		}
	}
	p.signal(os.Interrupt)
	if code := p.end(); code != exitFailed || p.stderr.String() != "newsbot: interrupted\n" {
		t.Errorf("exit code %d, stderr %q", code, p.stderr.String())
	}
	if got := strings.Count(p.seen.String(), "\n"); got != 2 {
		t.Errorf("%d lines were printed, want 2", got)
	}
}

// Stopped while the real encoders are at work, embed ends with whole lines
// printed.
func TestEmbedStoppedWhileEncoding(t *testing.T) {
	tests := []struct {
		args string
		stop os.Signal
	}{
		{"embed", os.Interrupt},
		{"embed -query", syscall.SIGTERM},
		{"embed -encoder use", os.Interrupt},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			p := start(t, t.TempDir(), "real", strings.Fields(tt.args)...)
			p.say("first")
			p.until("]}\n")
			p.say(strings.Repeat("خبر ", maxLine/len("خبر "))) // more than a pipe holds, so it is being read
			p.signal(tt.stop)
			if code := p.end(); code != exitFailed || p.stderr.String() != "newsbot: interrupted\n" {
				t.Errorf("exit code %d, stderr %q", code, p.stderr.String())
			}
			if got, err := readEmbeddings(p.seen.String()); err != nil || len(got) == 0 || got[0].Text != "first" {
				t.Errorf("%d lines were printed (%v)", len(got), err)
			}
		})
	}
}

// Interrupted while nobody reads what it prints, embed ends all the same.
func TestEmbedInterruptedUnread(t *testing.T) {
	p := start(t, t.TempDir(), "fake", "embed")
	p.say("first")
	p.until("]}\n")
	lines := strings.Repeat("line\n", 1<<16) // their vectors are more than all pipes hold
	done := make(chan struct{})
	go func() {
		_, _ = io.WriteString(p.stdin, lines) // fails when embed ends
		close(done)
	}()
	p.until("{") // of the second line: the others are on their way
	p.signal(os.Interrupt)
	<-done
	if code := p.end(); code != exitFailed || p.stderr.String() != "newsbot: interrupted\n" {
		t.Errorf("exit code %d, stderr %q", code, p.stderr.String())
	}
}

// A reader that has enough ends embed, though its input has no end.
func TestEmbedReaderGone(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Args = []string{"newsbot", "embed"}
	cmd.Env = append(os.Environ(), "GORACE="+quickExit)
	cmd.Dir, cmd.Stdin, cmd.Stderr = t.TempDir(), endless{}, &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); err != nil || !strings.HasPrefix(line, `{"text":"line","vector":[`) {
		t.Errorf("first line %.60q, %v", line, err)
	}
	if err := stdout.Close(); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	if cmd.ProcessState.ExitCode() != exitFailed || stderr.Len() > 0 {
		t.Errorf("embed into a closed pipe: %v, stderr %q; want exit code %d and nothing", err, stderr.String(), exitFailed)
	}
}

// A line of a megabyte has a vector from both of the real encoders.
func TestEmbedMegabyte(t *testing.T) {
	for _, encoder := range []string{"use", "e5"} {
		t.Run(encoder, func(t *testing.T) {
			if encoder == "e5" && testing.Short() {
				t.Skip("takes seconds")
			}
			e := openReal(t, encoder)
			var out bytes.Buffer
			if code, stderr := runEmbed(t, strings.NewReader("a\n"+longestOf("a")+"\nb"), &out, e, "-encoder", encoder); code != exitDone || stderr != "" {
				t.Errorf("exit code %d, stderr %q", code, stderr)
			}
			got, err := readEmbeddings(out.String())
			if err != nil || len(got) != 3 || len(got[1].Text) != maxLine {
				t.Fatalf("%d lines were printed (%v), want 3", len(got), err)
			}
			if length := lengthOf(got[1].Vector); !(math.Abs(length-1) < 1e-5) {
				t.Errorf("the vector has length %v", length)
			}
		})
	}
}

func openReal(t *testing.T, name string) retrieval.Encoder {
	t.Helper()
	open := newEncoder
	if name == "use" {
		open = newUSE
	}
	e, err := open()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Thousands of empty lines have a vector each.
func TestEmbedManyEmptyLines(t *testing.T) {
	const lines = 10000
	fake := &encodertest.Fake{Size: 3}
	tests := []struct {
		args    string
		encoder retrieval.Encoder
	}{
		{"", fake},
		{"-query", fake},
		{"-encoder use", openReal(t, "use")},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			var out bytes.Buffer
			code, stderr := runEmbed(t, strings.NewReader(strings.Repeat("\n", lines)), &out, tt.encoder, strings.Fields(tt.args)...)
			got := bytes.Count(out.Bytes(), []byte(`{"text":"","vector":[`))
			if ends := bytes.Count(out.Bytes(), []byte("]}\n")); code != exitDone || stderr != "" || got != lines || ends != lines {
				t.Errorf("exit code %d, stderr %q, %d lines with %d ends, want %d", code, stderr, got, ends, lines)
			}
		})
	}
}

// Interrupted while it encodes, embed prints the batches that were finished.
func TestEmbedInterruptedBatch(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	e := &encodertest.Fake{Size: 3, Before: func(ctx context.Context, _ []string) error {
		if calls++; calls == 3 {
			cancel()
		}
		return ctx.Err()
	}}
	var out, errs bytes.Buffer
	m := &Main{
		Stdin: endless{}, Stdout: &out, Stderr: &errs,
		LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
		NewEncoder: func() (retrieval.Encoder, error) { return e, nil }, NewUSE: newUSE,
	}
	if code := m.Run(ctx, []string{"embed"}); code != exitFailed || errs.String() != "newsbot: interrupted\n" {
		t.Errorf("exit code %d, stderr %q", code, errs.String())
	}
	got, err := readEmbeddings(out.String())
	if err != nil || len(got) != 2 {
		t.Errorf("%d lines were printed (%v), want 2", len(got), err)
	}
}

func FuzzEmbedLines(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte("\r\n\n\xff\x00a\r"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		code, stderr := runEmbed(t, bytes.NewReader(in), &out, &encodertest.Fake{Size: 3})
		if code != exitDone {
			t.Fatalf("exit code %d, stderr %q", code, stderr)
		}
		want := bytes.Count(in, []byte("\n"))
		if len(in) > 0 && in[len(in)-1] != '\n' {
			want++
		}
		if got, err := readEmbeddings(out.String()); err != nil || len(got) != want {
			t.Errorf("%d lines for %q (%v), want %d", len(got), in, err, want)
		}
	})
}
