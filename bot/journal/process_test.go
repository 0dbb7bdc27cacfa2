package journal

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"
)

// killAfter starts another process that handles updates, kills it when it has printed n lines, and returns all it has
// printed.
func killAfter(t *testing.T, dir string, n int) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], dir)
	cmd.Env = append(os.Environ(), roleVar+"=handle")
	cmd.Stderr = os.Stderr
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

// state is what a process has said of an update.
type state struct {
	sent int
	done bool
}

// read adds what a line says.
func read(t *testing.T, said map[int64]state, line string) {
	t.Helper()
	var what string
	var id int64
	var n int
	if read, _ := fmt.Sscan(line, &what, &id, &n); read < 2 {
		t.Fatalf("the process says %q", line)
	}
	s := said[id]
	s.sent = max(s.sent, n)
	s.done = s.done || what == "done"
	said[id] = s
}

// Everything a killed process had committed is there; nothing is there that it did not begin.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0)) // any point in time will do
	said := map[int64]state{}
	for range 8 {
		for _, line := range killAfter(t, dir, 1+r.IntN(40)) {
			read(t, said, line)
		}
		j := openJournal(t, Config{Dir: dir})
		checkIntegrity(t, j)
		checkSaid(t, j, said)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func checkSaid(t *testing.T, j *Journal, said map[int64]state) {
	t.Helper()
	found := map[int64]Update{}
	for _, u := range mustUnfinished(t, j) {
		found[u.ID] = u
		if !bytes.Equal(u.Raw, update(u.ID).Raw) {
			t.Errorf("update %d is not whole", u.ID)
		}
	}
	// What was on its way at one of the kills: one delivery, one message or one end each time.
	ahead := 0
	for id, s := range said {
		u, unfinished := found[id]
		switch {
		case s.done && unfinished:
			t.Errorf("update %d is said to be done and is unfinished", id)
		case !s.done && !unfinished && id%3 != 0:
			t.Errorf("update %d is said to be received and is not there", id)
		case !s.done && !unfinished:
			ahead++ // done, and killed before it could say so
		case unfinished && (u.Sent < s.sent || u.Sent > s.sent+1):
			t.Errorf("update %d: %d messages sent; it is said to be %d", id, u.Sent, s.sent)
		}
	}
	if ahead > 8 {
		t.Errorf("%d updates are gone that were not said to be done", ahead)
	}
	if fresh := mustReceive(t, j, keys(said)...); len(fresh) != 0 {
		t.Errorf("updates %d were known and are fresh", ids(fresh))
	}
}

// keys are the updates of which something was said.
func keys(said map[int64]state) (list []Update) {
	for id := range said {
		list = append(list, update(id))
	}
	return list
}
