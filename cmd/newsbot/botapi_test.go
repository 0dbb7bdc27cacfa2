package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
)

// A Bot API server that nobody here wrote: npm's telegram-test-api, with a shim
// in front of it.
const (
	botapiFiles = "testdata/botapi"
	// npmCacheEnv is where packages of npm are installed; "" means a folder of
	// the user's own cache.
	npmCacheEnv = "NEWSBOT_NPM_CACHE"
	// npmTime is how long installing them may take.
	npmTime = 2 * time.Minute
)

// An otherServer is that server at work. It is told what people do.
type otherServer struct {
	t     *testing.T
	url   string
	stdin io.Writer
	reply *json.Decoder
}

// An otherMessage is what the server keeps of a message of the bot: the text as
// it was sent, and the data of its buttons.
type otherMessage struct {
	ID   int      `json:"id"`
	Text string   `json:"text"`
	Data []string `json:"data"`
}

// otherToken is a token of the form that Telegram gives.
const otherToken = "123456:TEST-token-for-another-server"

// newOtherServer starts the server, or skips the test where it cannot.
func newOtherServer(t *testing.T) *otherServer {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: -short")
	}
	packages := installPackages(t)
	// The folder is absolute: node looks for packages from there.
	cmd := exec.Command("node", filepath.Join(botapiFiles, "server.mjs"), packages)
	cmd.Env = append(os.Environ(), "TELEGRAM_BOT_TOKEN="+otherToken, "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1")
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	t.Cleanup(func() {
		stuck.Stop()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	s := &otherServer{t: t, stdin: stdin, reply: json.NewDecoder(stdout)}
	var at struct{ Port int }
	s.read(&at)
	s.url = fmt.Sprintf("http://127.0.0.1:%d", at.Port)
	return s
}

// installPackages installs what the server is made of, unless that was done
// before, and returns the folder. Without node, npm or a network the test is
// skipped.
func installPackages(t *testing.T) string {
	t.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("skipped: there is no %s", program)
		}
	}
	lock, err := os.ReadFile(filepath.Join(botapiFiles, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	cache, err := npmCache()
	if err != nil {
		t.Skipf("skipped: there is no folder for packages: %v", err)
	}
	sum := sha256.Sum256(lock)
	dir := filepath.Join(cache, fmt.Sprintf("botapi-%x", sum[:8]))
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	if err := install(t.Context(), cache, dir); err != nil {
		t.Skipf("skipped: the packages cannot be installed: %v", err)
	}
	return dir
}

// npmCache is the folder for packages, which need not exist.
func npmCache() (string, error) {
	if dir := os.Getenv(npmCacheEnv); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "newsbot-test"), err
}

// install installs the packages beside dir, which comes into being when all are
// there.
func install(ctx context.Context, cache, dir string) error {
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return err
	}
	half, err := os.MkdirTemp(cache, "half-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(half) }()
	for _, name := range []string{"package.json", "package-lock.json"} {
		raw, err := os.ReadFile(filepath.Join(botapiFiles, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(half, name), raw, 0o600); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, npmTime)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
	npm.Dir, npm.WaitDelay = half, time.Second
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w: %.300s", err, out)
	}
	if err := os.Rename(half, dir); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, syscall.ENOTEMPTY) {
		return err
	}
	return nil
}

// read reads what the server says next.
func (s *otherServer) read(into any) {
	s.t.Helper()
	if err := s.reply.Decode(into); err != nil {
		s.t.Fatalf("the other server says nothing: %v", err)
	}
}

// tell tells the server what to do and reads what it says to that.
func (s *otherServer) tell(command map[string]any, into any) {
	s.t.Helper()
	line, err := json.Marshal(command)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.stdin.Write(append(line, '\n')); err != nil {
		s.t.Fatalf("the other server is gone: %v", err)
	}
	s.read(into)
}

// say lets a person write.
func (s *otherServer) say(user int64, text string) {
	s.t.Helper()
	s.tell(map[string]any{"do": "say", "user": user, "text": text}, &struct{}{})
}

// press lets a person press a button of a message.
func (s *otherServer) press(user int64, m otherMessage, data string) {
	s.t.Helper()
	s.tell(map[string]any{"do": "press", "user": user, "message": m.ID, "data": data}, &struct{}{})
}

// wait waits for n messages to a person, and so many edits of them, and returns
// the last message, and the methods that the server did not know.
func (s *otherServer) wait(user int64, n, edits int) (last otherMessage, unknown []string) {
	s.t.Helper()
	var got struct {
		Messages []otherMessage
		Unknown  []string
	}
	s.tell(map[string]any{"do": "wait", "user": user, "messages": n, "edits": edits}, &got)
	if len(got.Messages) != n {
		s.t.Fatalf("%d messages, want %d", len(got.Messages), n)
	}
	return got.Messages[n-1], got.Unknown
}

// The program holds a conversation with a server that others wrote and that knows
// hardly half of the methods, which answers the others with an error 500.
func TestOtherServer(t *testing.T) {
	const reader = 7
	s, dir := newOtherServer(t), t.TempDir()
	file := filepath.Join(t.TempDir(), "bridge.txt")
	if err := os.WriteFile(file, []byte(theBridge), 0o600); err != nil {
		t.Fatal(err)
	}
	article := regexp.MustCompile(`added (\w+)`).FindStringSubmatch(finish(t, dir, "fake", "import", file))[1]
	p := startWith(t, []string{
		"TELEGRAM_API_URL=" + s.url, "TELEGRAM_BOT_TOKEN=" + otherToken, fmt.Sprint("ADMIN_IDS=", theAdmin),
	}, "-data", dir)
	p.until("Stop with Ctrl-C.\n")

	s.say(reader, "كم يبلغ طول الجسر الجديد؟")
	answer, _ := s.wait(reader, 1, 0)
	wantShown(t, answer, "ويبلغ طول الجسر 900 متر.", "[1]")
	source := slices.IndexFunc(answer.Data, func(d string) bool { return strings.HasPrefix(d, "s:") })
	if source < 0 {
		t.Fatalf("the answer has the buttons %q, want one for the source", answer.Data)
	}
	s.press(reader, answer, answer.Data[source])
	unfolded, _ := s.wait(reader, 1, 1)
	wantShown(t, unfolded, "افتتحت المدينة جسرًا جديدًا")

	s.say(reader, "/start a_"+article)
	page, _ := s.wait(reader, 2, 1)
	wantShown(t, page, "افتتحت المدينة جسرًا جديدًا", "الأفق")
	s.say(reader, "/help")
	_, unknown := s.wait(reader, 3, 1)
	t.Logf("the server answered these methods with an error: %q", unknown)

	p.signal(syscall.SIGTERM)
	if code := p.end(); code != exitDone {
		t.Errorf("exit code %d, want %d", code, exitDone)
	}
	for _, secret := range []string{otherToken, "الجسر"} {
		if strings.Contains(p.seen.String()+p.stderr.String(), secret) {
			t.Errorf("the program shows %q", secret)
		}
	}
}

// wantShown wants parts in a message, and all directions in it closed.
func wantShown(t *testing.T, m otherMessage, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Text, part) {
			t.Errorf("message %q, want %q in it", m.Text, part)
		}
	}
	if err := telegramtest.CheckBidi(m.Text); err != nil {
		t.Errorf("message %q: %v", m.Text, err)
	}
}
