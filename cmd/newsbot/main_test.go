package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"newsbot/bot/telegramtest"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// What the program under test reads of the environment; the program itself
// knows nothing of it.
const (
	// encoderEnv chooses both encoders: "fake" (the default), "real", "blocked"
	// (never done, until it is interrupted), "slow" (the strong one takes a second),
	// "damaged" (does not open), "telling" (writes to stderr what it encodes),
	// "halting" (the same, and never done with the third batch of the strong one).
	encoderEnv = "NEWSBOT_TEST_ENCODER"
	// patienceEnv is Main.Patience.
	patienceEnv = "NEWSBOT_TEST_PATIENCE"
)

// quickExit keeps a program with the race detector from resting a second before
// it ends, which the detector does for every process.
const quickExit = "atexit_sleep_ms=0"

// TestMain makes of the test binary the program itself, when it is called by
// the name newsbot.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"newsbot": programUnderTest})
}

// programUnderTest is main with the encoder that the test wants.
func programUnderTest() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	signal.Ignore(syscall.SIGPIPE)
	patience, err := time.ParseDuration(cmp.Or(os.Getenv(patienceEnv), "0s"))
	if err != nil {
		panic(err)
	}
	m := &Main{
		Patience: patience,
		Stdin:    os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		LookupEnv: os.LookupEnv, Now: time.Now,
		NewEncoder: func() (retrieval.Encoder, error) { return testEncoder(os.Getenv(encoderEnv)) },
		NewUSE:     func() (retrieval.Encoder, error) { return testUSE(os.Getenv(encoderEnv)) },
	}
	os.Exit(m.Run(ctx, os.Args[1:]))
}

func testEncoder(name string) (retrieval.Encoder, error) {
	switch name {
	case "real":
		return newEncoder()
	case "blocked":
		return blocked{&encodertest.Fake{}}, nil
	case "slow":
		return &encodertest.Fake{Before: takeASecond}, nil
	case "telling":
		return &encodertest.Fake{Before: tell("strong", math.MaxInt)}, nil
	case "halting":
		return &encodertest.Fake{Before: tell("strong", 3)}, nil
	case "damaged":
		return nil, errors.New("weights file is damaged (checksum 1, want 2)")
	}
	return &encodertest.Fake{}, nil
}

// testUSE is testEncoder for the Universal Sentence Encoder.
func testUSE(name string) (retrieval.Encoder, error) {
	switch name {
	case "real":
		return newUSE()
	case "blocked":
		return blocked{fakeUSE()}, nil
	case "damaged":
		return testEncoder(name)
	case "telling", "halting":
		e := fakeUSE()
		e.Before = tell("quick", math.MaxInt)
		return e, nil
	}
	return fakeUSE(), nil
}

// tell makes a hook that writes every text to stderr, as "encoding", the name and
// the text quoted, and does not return from the call of that number.
func tell(name string, halt int) func(context.Context, []string) error {
	calls := 0
	return func(ctx context.Context, texts []string) error {
		for _, text := range texts {
			fmt.Fprintf(os.Stderr, "encoding %s %q\n", name, text)
		}
		if calls++; calls == halt {
			fmt.Fprintln(os.Stderr, "halted")
			<-ctx.Done()
		}
		return ctx.Err()
	}
}

// takeASecond is a hook that takes its time, long enough for a bot to show that it
// is at work.
func takeASecond(ctx context.Context, _ []string) error {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
	}
	return ctx.Err()
}

// fakeUSE has an ID of its own.
func fakeUSE() *encodertest.Fake { return &encodertest.Fake{Size: 64} }

// A blocked encoder is never done with an article.
type blocked struct{ retrieval.Encoder }

func (blocked) Passages(ctx context.Context, _ []string) ([][]float32, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// The scripts are the manual of the command line: one for each command.
func TestScripts(t *testing.T) {
	server := telegramtest.New(t)
	server.AllowRefusals(true) // of unknown tokens
	model := newTestModel(t, scriptModels)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LONG", strings.Repeat("سؤال ", 2000))
			env.Setenv("GORACE", quickExit)
			env.Setenv("API", server.URL())
			env.Setenv("TOKEN", server.Token())
			env.Setenv("MODEL", model.URL)
			env.Setenv("MODEL_KEY", theModelKey)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"embedded": embedded,
			"verbatim": verbatim,
			"bytes":    writeBytes,
			"grow":     grow,
			"zip":      zipFolder,
		},
	})
}

// exits runs a program and wants an exit code: exits CODE PROGRAM [ARGUMENT...].
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGUMENT...]")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		code = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// verbatim wants every quote of an answer, printed by ask -json into a file, to
// be the bytes of the article that show -json prints: verbatim FILE.
func verbatim(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: verbatim FILE")
	}
	err := checkVerbatim([]byte(ts.ReadFile(args[0])), func(id string) ([]byte, error) {
		err := ts.Exec("newsbot", "show", "-json", id)
		return []byte(ts.ReadFile("stdout")), err
	})
	ts.Check(err)
}

// checkVerbatim compares the quotes of an answer with the bodies of their
// articles; show returns an article as show -json prints it. An answer without
// citations is an error: there is nothing to compare.
func checkVerbatim(answer []byte, show func(id string) ([]byte, error)) error {
	var a answerJSON
	if err := json.Unmarshal(answer, &a); err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	if len(a.Citations) == 0 {
		return fmt.Errorf("the answer (%s) cites nothing", a.Verdict)
	}
	for _, c := range a.Citations {
		shown, err := show(c.ArticleID)
		if err != nil {
			return err
		}
		var article articleJSON
		if err := json.Unmarshal(shown, &article); err != nil {
			return fmt.Errorf("reading article %s: %w", c.ArticleID, err)
		}
		quotes := []quoteJSON{{c.Quote, c.Start, c.End}}
		if c.Context != nil {
			quotes = append(quotes, *c.Context)
		}
		for _, q := range quotes {
			if got := article.Body[q.Start:q.End]; got != q.Quote {
				return fmt.Errorf("citation %d quotes %q, but bytes %d to %d of the body are %q", c.N, q.Quote, q.Start, q.End, got)
			}
		}
	}
	return nil
}

// writeBytes writes a file that a script cannot hold: bytes FILE GOSTRING.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE GOSTRING")
	}
	content, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(content), 0o600))
}

// grow makes a file of a size without writing it: grow FILE BYTES.
func grow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: grow FILE BYTES")
	}
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.Truncate(size))
	ts.Check(f.Close())
}

// run runs the program inside the test, over the data folder dir, and returns
// what it printed.
func run(tb testing.TB, dir string, encoder func() (retrieval.Encoder, error), args ...string) (code int, stdout, stderr string) {
	tb.Helper()
	return runWith(tb, dir, encoder, func() (retrieval.Encoder, error) { return fakeUSE(), nil }, args...)
}

// runWith is run with another encoder of words.
func runWith(tb testing.TB, dir string, encoder, use func() (retrieval.Encoder, error), args ...string) (code int, stdout, stderr string) {
	tb.Helper()
	var out, errs bytes.Buffer
	m := &Main{
		Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs,
		LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
		NewEncoder: encoder, NewUSE: use,
	}
	code = m.Run(tb.Context(), append([]string{"-data", dir}, args...))
	return code, out.String(), errs.String()
}
