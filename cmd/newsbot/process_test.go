package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for a process before it is a failure.
const patience = time.Minute

// A process is the program running by itself, which can be killed.
type process struct {
	t      testing.TB
	cmd    *exec.Cmd
	stuck  *time.Timer // kills it
	stdin  io.WriteCloser
	stdout *bufio.Reader
	seen   strings.Builder
	stderr errorOutput
}

// An errorOutput is what a process has written to stderr so far.
type errorOutput struct {
	mu      sync.Mutex
	written bytes.Buffer
	grown   chan struct{} // closed at the next write; nil for nobody who waits
}

func (o *errorOutput) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.grown != nil {
		close(o.grown)
		o.grown = nil
	}
	return o.written.Write(p)
}

func (o *errorOutput) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.written.String()
}

func (o *errorOutput) Len() int { return len(o.String()) }

// holds tells whether s has been written, and if not returns what is closed when
// there is more.
func (o *errorOutput) holds(s string) (bool, <-chan struct{}) {
	return o.holdsTimes(1, s)
}

// holdsTimes is holds for something that is written n times.
func (o *errorOutput) holdsTimes(n int, s string) (bool, <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if strings.Count(o.written.String(), s) >= n {
		return true, nil
	}
	if o.grown == nil {
		o.grown = make(chan struct{})
	}
	return false, o.grown
}

// start starts the program with an encoder over the data folder dir.
func start(t *testing.T, dir, encoder string, args ...string) *process {
	t.Helper()
	return startWith(t, []string{encoderEnv + "=" + encoder}, append([]string{"-data", dir}, args...)...)
}

// startWith starts the program inside the test binary with more in its environment.
func startWith(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return startFile(t, exe, env, args...)
}

// startFile starts the program in a file.
func startFile(t testing.TB, exe string, env []string, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(exe)}
	p.cmd.Args = append([]string{"newsbot"}, args...)
	p.cmd.Env = append(append(os.Environ(), "GORACE="+quickExit), env...)
	p.cmd.Dir = t.TempDir()
	p.cmd.Stderr = &p.stderr
	var err error
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stdout = bufio.NewReader(stdout)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.stuck = time.AfterFunc(patience, func() { _ = p.cmd.Process.Kill() })
	t.Cleanup(func() {
		p.stuck.Stop()
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	})
	return p
}

// until reads stdout until it has held s since the last call, and returns what
// was read.
func (p *process) until(s string) string {
	p.t.Helper()
	var read strings.Builder
	for !strings.HasSuffix(read.String(), s) {
		b, err := p.stdout.ReadByte()
		if err != nil {
			p.t.Fatalf("waiting for %q: %v; stdout %q, stderr %q", s, err, p.seen.String(), p.stderr.String())
		}
		read.WriteByte(b)
		p.seen.WriteByte(b)
	}
	return read.String()
}

// warned waits until stderr holds s.
func (p *process) warned(s string) {
	p.t.Helper()
	deadline := time.After(patience)
	for {
		done, more := p.stderr.holds(s)
		if done {
			return
		}
		select {
		case <-more:
		case <-deadline:
			p.t.Fatalf("waiting for %q on stderr, which holds %q", s, p.stderr.String())
		}
	}
}

// say writes a line to stdin.
func (p *process) say(line string) {
	p.t.Helper()
	if _, err := io.WriteString(p.stdin, line+"\n"); err != nil {
		p.t.Fatalf("writing %q: %v", line, err)
	}
}

// signal sends a signal.
func (p *process) signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// end reads the rest of stdout, waits for the end and returns the exit code, -1
// for a process that was killed.
func (p *process) end() int {
	p.t.Helper()
	rest, err := io.ReadAll(p.stdout)
	if err != nil {
		p.t.Fatal(err)
	}
	p.seen.Write(rest)
	var exit *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	return p.cmd.ProcessState.ExitCode()
}

// finish runs the program to its end, without input, and wants exit code 0.
func finish(t *testing.T, dir, encoder string, args ...string) string {
	t.Helper()
	p := start(t, dir, encoder, args...)
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if code := p.end(); code != exitDone {
		t.Fatalf("newsbot %q: exit code %d, stdout %q, stderr %q", args, code, p.seen.String(), p.stderr.String())
	}
	return p.seen.String()
}

// writeArticles writes n files of different articles and returns their names.
func writeArticles(t *testing.T, n int) []string {
	t.Helper()
	dir := t.TempDir()
	files := make([]string, n)
	for i := range files {
		files[i] = filepath.Join(dir, fmt.Sprintf("%d.txt", i))
		body := fmt.Sprintf("Tram line %d opened on Monday. It has %d stops and runs until midnight.", i, i+10)
		if err := os.WriteFile(files[i], []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// An import that is stopped while it encodes loses nothing: the articles are
// there, and the next one encodes what is left.
func TestImportStopped(t *testing.T) {
	tests := []struct {
		name   string
		signal os.Signal
		code   int
		want   string // on stdout
	}{
		{"interrupted", os.Interrupt, exitDone, "nothing is lost, 3 articles still to be encoded"},
		{"terminated", syscall.SIGTERM, exitDone, "nothing is lost, 3 articles still to be encoded"},
		{"killed", os.Kill, -1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			files := writeArticles(t, 3)
			p := start(t, dir, "blocked", append([]string{"import"}, files...)...)
			p.until("searchable: 3 articles\n")
			p.signal(tt.signal)
			if code := p.end(); code != tt.code {
				t.Errorf("exit code %d, want %d", code, tt.code)
			}
			if !strings.Contains(p.seen.String(), tt.want) {
				t.Errorf("stdout %q, want %q in it", p.seen.String(), tt.want)
			}
			wantStatus(t, dir, "articles", "3 (en 3)")
			wantStatus(t, dir, "to encode", "3 articles")
			again := finish(t, dir, "fake", append([]string{"import"}, files...)...)
			if n := strings.Count(again, "unchanged "); n != 3 || !strings.Contains(again, "fully indexed") {
				t.Errorf("the second import says %q", again)
			}
			wantStatus(t, dir, "to encode", "0 articles")
		})
	}
}

// Killed in the middle of adding, an import has stored what it said it had.
func TestImportKilledWhileAdding(t *testing.T) {
	dir := t.TempDir()
	files := writeArticles(t, 400)
	p := start(t, dir, "fake", append([]string{"import", "-wait=false"}, files...)...)
	p.until("added ")
	p.signal(os.Kill)
	p.end()
	listed := finish(t, dir, "fake", "list")
	for _, m := range regexp.MustCompile(`(?m)^added ([a-z2-7]{16}) `).FindAllStringSubmatch(p.seen.String(), -1) {
		if !strings.Contains(listed, m[1]) {
			t.Errorf("article %s was added, but is not there after the kill", m[1])
		}
	}
	finish(t, dir, "fake", append([]string{"import"}, files...)...)
	wantStatus(t, dir, "articles", "400 (en 400)")
}

// wantStatus wants a line of newsbot status.
func wantStatus(t *testing.T, dir, name, want string) {
	t.Helper()
	out := finish(t, dir, "fake", "status")
	m := regexp.MustCompile(`(?m)^` + name + ` +(.*)$`).FindStringSubmatch(out)
	if m == nil || m[1] != want {
		t.Errorf("status: %s is %q, want %q", name, m, want)
	}
}

// One process serves a folder; the others work beside it, and it notices.
func TestProcessesShareAFolder(t *testing.T) {
	dir := t.TempDir()
	files := writeArticles(t, 2)
	finish(t, dir, "real", "import", files[0])
	chat := start(t, dir, "real", "chat")
	chat.until("> ")
	wantStatus(t, dir, "serving", fmt.Sprintf("by process %d", chat.cmd.Process.Pid))

	second := start(t, dir, "real", "chat")
	if code := second.end(); code != exitFailed {
		t.Errorf("a second chat: exit code %d, want %d", code, exitFailed)
	}
	want := fmt.Sprintf("newsbot: another newsbot (process %d) serves %s\nhint: ", chat.cmd.Process.Pid, dir)
	if got := second.stderr.String(); !strings.HasPrefix(got, want) {
		t.Errorf("a second chat says %q, want %q", got, want)
	}
	if out := finish(t, dir, "real", "ask", "When did tram line 0 open?"); !strings.Contains(out, "Tram line 0 opened on Monday.") {
		t.Errorf("ask beside a chat says %q", out)
	}

	finish(t, dir, "real", "import", "-wait=false", files[1])
	answer := "Tram line 1 opened on Monday."
	for deadline := time.Now().Add(patience / 2); ; {
		chat.say("When did tram line 1 open?")
		if strings.Contains(chat.until("\n> "), answer) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the chat did not notice an import; its last words: %q", chat.seen.String())
		}
	}
	chat.signal(os.Interrupt)
	if code := chat.end(); code != exitDone || !strings.HasSuffix(chat.seen.String(), "Goodbye.\n") {
		t.Errorf("an interrupted chat: exit code %d, last words %q, stderr %q", code, chat.seen.String(), chat.stderr.String())
	}
	wantStatus(t, dir, "serving", "no")
	finish(t, dir, "real", "chat")
}

// A question waits for the process that encodes, and answers without it when
// that takes long.
func TestAskBesideAnEncodingProcess(t *testing.T) {
	t.Setenv(patienceEnv, "1ms")
	dir := t.TempDir()
	importing := start(t, dir, "blocked", "import", writeArticles(t, 1)[0])
	importing.until("searchable: 1 article\n")
	out := finish(t, dir, "fake", "ask", "When did tram line 0 open?")
	if !strings.Contains(out, "Articles not fully indexed yet: 1 ") {
		t.Errorf("ask says %q, want it to say that an article is not indexed", out)
	}
	importing.signal(os.Interrupt)
	if code := importing.end(); code != exitDone {
		t.Errorf("the import: exit code %d, want %d", code, exitDone)
	}
}

// A chat that was killed does not stand in the way of the next.
func TestChatKilled(t *testing.T) {
	dir := t.TempDir()
	finish(t, dir, "fake", "import", writeArticles(t, 1)[0])
	p := start(t, dir, "blocked", "chat")
	p.until("> ")
	p.signal(os.Kill)
	p.end()
	wantStatus(t, dir, "serving", "no")
	finish(t, dir, "fake", "chat")
}

// A first chat can be asked at once: the samples are encoded behind it, and
// leaving does not wait for them.
func TestChatBeforeSamplesAreEncoded(t *testing.T) {
	t.Setenv(patienceEnv, "1ms")
	dir := t.TempDir()
	p := start(t, dir, "blocked", "chat")
	p.until("> ")
	p.say("Where was the summit between Trump and Putin held?")
	p.until("not fully indexed yet: ")
	p.say("/quit")
	if code := p.end(); code != exitDone {
		t.Errorf("exit code %d, want %d; stderr %q", code, exitDone, p.stderr.String())
	}
	wantStatus(t, filepath.Join(dir, samplesDir), "serving", "no")
}

// A chat about the samples moves to the collection when it gets articles, also
// while it waits for a line, and is about nothing else from then on.
func TestChatMovesToTheCollection(t *testing.T) {
	dir := t.TempDir()
	files := writeArticles(t, 3)
	chat := start(t, dir, "fake", "chat")
	chat.until("sample articles")
	chat.until("All articles are indexed.\n> ")
	pid := chat.cmd.Process.Pid
	wantStatus(t, dir, "serving", fmt.Sprintf("by process %d", pid))

	finish(t, dir, "fake", "import", files[0], files[1])
	chat.until("\rFrom now on this chat is about your own articles: 2\n> ")
	wantStatus(t, dir, "articles", "2 (en 2)")
	wantStatus(t, dir, "serving", fmt.Sprintf("by process %d", pid))
	chat.say("/sources")
	if got := chat.until("> "); strings.Contains(got, "sample") {
		t.Errorf("the sources are %q, want none of the samples", got)
	}
	chat.say("When did tram line 1 open?")
	if got := chat.until("\n> "); !strings.Contains(got, "Tram line 1 opened on Monday.") {
		t.Errorf("the chat answers %q", got)
	}

	finish(t, dir, "fake", "import", "-wait=false", files[2])
	chat.until("All articles are indexed.\n> ") // by the chat
	wantStatus(t, dir, "to encode", "0 articles")
	chat.say("/quit")
	if code := chat.end(); code != exitDone || chat.stderr.Len() > 0 {
		t.Errorf("exit code %d, stderr %q", code, chat.stderr.String())
	}
	if got := strings.Count(chat.seen.String(), "your own articles"); got != 1 {
		t.Errorf("the chat says %d times that it moved, want once", got)
	}
}

// A question asked right after an import is about what was imported, even while
// the samples are still being encoded.
func TestChatMovesBeforeAQuestion(t *testing.T) {
	t.Setenv(patienceEnv, "1ms")
	dir := t.TempDir()
	chat := start(t, dir, "blocked", "chat")
	chat.until("> ")
	finish(t, dir, "fake", "import", writeArticles(t, 1)[0])
	chat.say("When did tram line 0 open?")
	chat.until("about your own articles: 1\n")
	chat.until("Tram line 0 opened on Monday.")
	chat.until("\n> ")
	chat.say("/quit")
	if code := chat.end(); code != exitDone || chat.stderr.Len() > 0 {
		t.Errorf("exit code %d, stderr %q", code, chat.stderr.String())
	}
}

// A question that waits for the first encoding says so at once.
func TestChatSaysThatItWaits(t *testing.T) {
	t.Setenv(patienceEnv, patience.String())
	chat := start(t, t.TempDir(), "blocked", "chat")
	chat.until("> ")
	chat.say("Where was the summit between Trump and Putin held?")
	chat.until("One moment: the articles are being prepared.\n")
	chat.signal(os.Interrupt)
	if code := chat.end(); code != exitDone || !strings.HasSuffix(chat.seen.String(), "Goodbye.\n") {
		t.Errorf("exit code %d, last words %q", code, chat.seen.String())
	}
}

// A program whose reader has gone away ends by itself, not by a signal: what it
// was told to do is done.
func TestReaderGone(t *testing.T) {
	dir := t.TempDir()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Args = append([]string{"newsbot", "-data", dir, "import"}, writeArticles(t, 2)...)
	cmd.Env = append(os.Environ(), "GORACE="+quickExit)
	cmd.Dir, cmd.Stdout, cmd.Stderr = t.TempDir(), writer, &stderr
	err = cmd.Run()
	if cmd.ProcessState.ExitCode() != exitFailed || stderr.Len() > 0 {
		t.Errorf("import into a closed pipe: %v, stderr %q; want exit code %d and nothing", err, stderr.String(), exitFailed)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, dir, "articles", "2 (en 2)")
	wantStatus(t, dir, "to encode", "0 articles")
}

// An article that is added in a chat goes into the collection, and the chat
// leaves the samples for it.
func TestChatAdds(t *testing.T) {
	dir := t.TempDir()
	chat := start(t, dir, "fake", "chat")
	chat.until("All articles are indexed.\n> ")
	chat.say("/add Tram line 12 opened on Monday. It has 22 stops and runs until midnight.")
	chat.until("From now on this chat is about your own articles: 1\n")
	chat.until("> ")
	chat.say("When did tram line 12 open?")
	if got := chat.until("\n> "); !strings.Contains(got, "Tram line 12 opened on Monday.") {
		t.Errorf("the chat answers %q", got)
	}
	wantStatus(t, dir, "articles", "1 (en 1)")
	wantStatus(t, dir, "to encode", "0 articles")
	chat.say("/quit")
	if code := chat.end(); code != exitDone || chat.stderr.Len() > 0 {
		t.Errorf("exit code %d, stderr %q", code, chat.stderr.String())
	}
}
