package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// child prepares another process of this test binary.
func child(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], dir)
	cmd.Env = append(os.Environ(), roleVar+"="+role)
	cmd.Stderr = os.Stderr
	return cmd
}

// killAfter starts a process, kills it when it has printed n lines, and returns all it has printed.
func killAfter(t *testing.T, cmd *exec.Cmd, n int) []string {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for scan := bufio.NewScanner(out); scan.Scan(); {
		lines = append(lines, scan.Text())
		if len(lines) == n {
			// The process is somewhere in the next write by now.
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || len(lines) < n {
		t.Fatalf("the process ended by itself after %d lines: %v", len(lines), err)
	}
	return lines
}

func TestKill(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0)) // any point in time will do
	var reported []string
	for round := range 6 {
		reported = append(reported, killAfter(t, child(t, "add", dir), 1+r.IntN(25))...)
		s := openStore(t, Config{Dir: dir})
		checkIntegrity(t, s)
		for _, id := range reported {
			a, err := s.Article(t.Context(), id)
			if err != nil {
				t.Fatalf("round %d: reported as stored: %v", round, err)
			}
			if want, err := Prepare(Article{URL: a.URL, Body: a.Body}); err != nil || want.ID != a.ID || !strings.HasSuffix(a.Body, ".") {
				t.Errorf("round %d: article %s is not whole", round, id)
			}
			checkPassages(t, s, a)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A killed process leaves its log behind; a reader sees what is in it, and changes nothing.
func TestReadOnlyAfterAKill(t *testing.T) {
	dir := t.TempDir()
	reported := killAfter(t, child(t, "add", dir), 5)
	before, err := os.ReadFile(filepath.Join(dir, FileName+"-wal"))
	if err != nil {
		t.Fatal(err)
	}
	s := openStore(t, Config{Dir: dir, ReadOnly: true})
	for _, id := range reported {
		if _, err := s.Article(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(filepath.Join(dir, FileName+"-wal")); err != nil || string(after) != string(before) {
		t.Errorf("the log changed from %d to %d bytes, %v", len(before), len(after), err)
	}
}

// TestProcesses has two processes start on one new folder and add at once, while this one adds, removes and reads.
func TestProcesses(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if out, err := child(t, "addsome", dir).Output(); err != nil {
				t.Errorf("process: %v %s", err, out)
			}
		})
	}
	s := openStore(t, Config{Dir: dir})
	done := make(chan struct{})
	wg.Go(func() {
		defer close(done)
		for i := range someArticles {
			a := mustAdd(t, s, sample(i, 100))
			if i%2 == 1 {
				if err := s.Purge(t.Context(), a.ID); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for open := true; open; {
		select {
		case <-done:
			open = false
		default:
		}
		seq := mustSeq(t, s)
		n := 0
		if err := s.Each(t.Context(), func(Article, []Passage) error { n++; return nil }); err != nil {
			t.Error(err)
		}
		if int64(n) > mustSeq(t, s) || (seq > someArticles && n == 0) {
			t.Errorf("%d articles after %d changes", n, seq)
		}
	}
	wg.Wait()
	checkIntegrity(t, s)
	if st := mustStats(t, s); st.Articles != 2*someArticles+someArticles/2 {
		t.Errorf("%d articles; want %d", st.Articles, 2*someArticles+someArticles/2)
	}
	changes, err := s.Changes(t.Context(), 0)
	if err != nil || len(changes) != 3*someArticles {
		t.Errorf("%d changes, %v; want %d", len(changes), err, 3*someArticles)
	}
}

func mustSeq(t *testing.T, s *Store) int64 {
	t.Helper()
	seq, err := s.Seq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func TestConcurrentUse(t *testing.T) {
	s := testStore(t)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 10 {
				a, _, err := s.Add(t.Context(), sample(100*g+i, 60))
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := s.Article(t.Context(), a.ID); err != nil {
					t.Error(err)
				}
				if _, err := s.DataVersion(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if st := mustStats(t, s); st.Articles != 80 {
		t.Errorf("%d articles; want 80", st.Articles)
	}
	checkIntegrity(t, s)
}

func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	l, err := TryLock(dir, ServeLock)
	if err != nil {
		t.Fatal(err)
	}
	_, err = TryLock(dir, ServeLock)
	if want := fmt.Sprintf("held by process %d", os.Getpid()); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), want) {
		t.Errorf("second TryLock: %v; want ErrLocked, %s", err, want)
	}
	other, err := TryLock(dir, EncodeLock)
	if err != nil {
		t.Fatalf("TryLock of another name: %v", err)
	}
	for range 2 {
		if err := l.Unlock(); err != nil {
			t.Errorf("Unlock: %v", err)
		}
	}
	again, err := TryLock(dir, ServeLock)
	if err != nil {
		t.Fatalf("TryLock after Unlock: %v", err)
	}
	for _, l := range []*Lock{other, again} {
		if err := l.Unlock(); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"", ".", "..", "a/b", "../a"} {
		if _, err := TryLock(dir, name); err == nil || errors.Is(err, ErrLocked) {
			t.Errorf("TryLock(%q): %v; want it refused", name, err)
		}
	}
}

func TestWaitLock(t *testing.T) {
	dir := t.TempDir()
	l, err := TryLock(dir, ServeLock)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := WaitLock(ctx, dir, ServeLock); !errors.Is(err, ErrLocked) || !errors.Is(err, context.Canceled) {
		t.Errorf("WaitLock with a context that is done: %v; want ErrLocked and context.Canceled", err)
	}
	got := make(chan error, 1)
	go func() {
		l, err := WaitLock(t.Context(), dir, ServeLock)
		if err == nil {
			err = l.Unlock()
		}
		got <- err
	}()
	if err := l.Unlock(); err != nil {
		t.Fatal(err)
	}
	if err := <-got; err != nil {
		t.Errorf("WaitLock: %v", err)
	}
}

func TestLockOfAKilledProcess(t *testing.T) {
	dir := t.TempDir()
	cmd := child(t, "lock", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "locked\n" {
		t.Fatalf("the process says %q, %v", line, err)
	}
	_, err = TryLock(dir, ServeLock)
	if want := fmt.Sprintf("held by process %d", cmd.Process.Pid); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), want) {
		t.Errorf("TryLock: %v; want ErrLocked, %s", err, want)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	l, err := TryLock(dir, ServeLock)
	if err != nil {
		t.Fatalf("TryLock after the process was killed: %v", err)
	}
	if err := l.Unlock(); err != nil {
		t.Error(err)
	}
}
