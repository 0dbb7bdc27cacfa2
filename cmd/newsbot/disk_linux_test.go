package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"newsbot/corpus"
)

// A disk is a file system of its own, which tests fill and lock.
type disk struct {
	t   *testing.T
	dir string
}

// newDisk mounts a disk of some megabytes. Where that is not allowed the test is skipped.
func newDisk(t *testing.T, megabytes int) *disk {
	t.Helper()
	d := &disk{t: t, dir: t.TempDir()}
	err := syscall.Mount("newsbot-test", d.dir, "tmpfs", 0, fmt.Sprintf("size=%dm", megabytes))
	if err != nil {
		t.Skipf("a file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(d.dir, 0); err != nil {
			t.Error(err)
		}
	})
	return d
}

// data is the data folder.
func (d *disk) data() string { return filepath.Join(d.dir, "data") }

// remount changes the disk: "ro", "rw", or "size=" with a number and "m".
func (d *disk) remount(option string) {
	d.t.Helper()
	flags, data := uintptr(syscall.MS_REMOUNT), option
	switch option {
	case "ro":
		flags, data = flags|syscall.MS_RDONLY, ""
	case "rw":
		data = ""
	}
	if err := syscall.Mount("newsbot-test", d.dir, "tmpfs", flags, data); err != nil {
		d.t.Fatal(err)
	}
}

// fill takes all room that is left; the call that it returns gives it back.
func (d *disk) fill() func() {
	d.t.Helper()
	name := filepath.Join(d.dir, "filler")
	f, err := os.Create(name)
	if err != nil {
		d.t.Fatal(err)
	}
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	_ = f.Close() // the disk is full
	return func() {
		d.t.Helper()
		if err := os.Remove(name); err != nil {
			d.t.Fatal(err)
		}
	}
}

// spare makes room for some blocks on a disk that is filled.
func (d *disk) spare(blocks int) {
	d.t.Helper()
	name := filepath.Join(d.dir, "filler")
	info, err := os.Stat(name)
	if err == nil {
		err = os.Truncate(name, info.Size()-int64(4096*blocks))
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// store are the bytes of the store's file.
func (d *disk) store() []byte {
	d.t.Helper()
	return readBytes(d.t, filepath.Join(d.data(), corpus.FileName))
}

// run runs the program to its end and returns what it said and its exit code.
func (d *disk) run(args ...string) (stdout, stderr string, code int) {
	d.t.Helper()
	p := start(d.t, d.data(), "fake", args...)
	if err := p.stdin.Close(); err != nil {
		d.t.Fatal(err)
	}
	code = p.end()
	return p.seen.String(), p.stderr.String(), code
}

// longArticles writes n files of articles of about 8 kB.
func longArticles(t *testing.T, n int) []string {
	t.Helper()
	dir := t.TempDir()
	files := make([]string, n)
	for i := range files {
		files[i] = filepath.Join(dir, fmt.Sprintf("%d.txt", i))
		var body bytes.Buffer
		for j := range 90 {
			fmt.Fprintf(&body, "Tram line %d opened stop number %d on Monday, between depot %d and school %d. ", i, j, 3*i+j, i+5*j)
		}
		if err := os.WriteFile(files[i], body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// An import that finds no more room says so, and how much is stored; that is whole, and with more room the next one goes
// on.
func TestImportToAFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and longer with the race detector")
	}
	d := newDisk(t, 6)
	files := longArticles(t, 300)
	args := append([]string{"import", "-wait=false"}, files...)
	stdout, stderr, code := d.run(args...)
	if code != exitFailed || !strings.Contains(stderr, "no room left on the disk") || !strings.Contains(stderr, "\nhint: free some room") {
		t.Fatalf("exit code %d, stderr %q; want exit code %d and that there is no room", code, stderr, exitFailed)
	}
	stored := strings.Count(stdout, "added ")
	if stored == 0 || stored == len(files) {
		t.Fatalf("%d articles stored of %d: the disk is of the wrong size", stored, len(files))
	}
	d.remount("size=60m")
	wantWhole(t, d.data())
	wantStatus(t, d.data(), "articles", fmt.Sprintf("%d (en %[1]d)", stored))
	again := finish(t, d.data(), "fake", args...)
	if n := strings.Count(again, "unchanged "); n != stored {
		t.Errorf("%d articles are unchanged, want the %d that were stored", n, stored)
	}
	wantStatus(t, d.data(), "articles", fmt.Sprintf("%d (en %[1]d)", len(files)))
}

// A store on a disk without any room is left as it is, and can still be asked.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and longer with the race detector")
	}
	d := newDisk(t, 8)
	finish(t, d.data(), "fake", append([]string{"import"}, writeArticles(t, 3)...)...)
	free := d.fill()
	before := d.store()
	_, stderr, code := d.run("import", longArticles(t, 1)[0])
	if code != exitFailed || !strings.Contains(stderr, "no room left on the disk") || !strings.Contains(stderr, "\nhint: free some room") {
		t.Errorf("import: exit code %d, stderr %q; want exit code %d and that there is no room", code, stderr, exitFailed)
	}
	if !bytes.Equal(before, d.store()) {
		t.Error("the import has changed the store")
	}
	free()
	wantWhole(t, d.data())
	wantStatus(t, d.data(), "articles", "3 (en 3)")
	if out := finish(t, d.data(), "fake", "ask", "When did tram line 2 open?"); !strings.Contains(out, "Tram line 2 opened on Monday.") {
		t.Errorf("ask says %q", out)
	}
}

// A chat on a full disk says why it cannot add something, to whoever adds it and where the operator looks, and adds it
// when there is room again.
func TestChatOnAFullDisk(t *testing.T) {
	d := newDisk(t, 12)
	finish(t, d.data(), "fake", append([]string{"import"}, writeArticles(t, 1)...)...)
	chat := start(t, d.data(), "fake", "chat")
	chat.until("> ")
	text, err := os.ReadFile(longArticles(t, 1)[0])
	if err != nil {
		t.Fatal(err)
	}
	add := "/add " + string(text[:3000])
	free := d.fill()
	chat.say(add)
	if got := chat.until("\n> "); !strings.Contains(got, "There is no room left on the disk") {
		t.Errorf("the chat says %q, want it to say that there is no room", got)
	}
	chat.warned("no room left on the disk")
	free()
	chat.say(add)
	chat.until("Added")
	chat.until("\n> ")
	chat.say("/quit")
	if code := chat.end(); code != exitDone {
		t.Errorf("exit code %d, stderr %q", code, chat.stderr.String())
	}
	wantWhole(t, d.data())
	wantStatus(t, d.data(), "articles", "2 (en 2)")
}

// A backup that finds no room says so and leaves nothing, whichever of its files it is that does not fit.
func TestBackupToAFullDisk(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	finish(t, data, "fake", append([]string{"import"}, writeArticles(t, 3)...)...)
	d := newDisk(t, 1)
	for _, blocks := range []int{0, 1, 2, 20} {
		free := d.fill()
		d.spare(blocks)
		p := start(t, data, "fake", "backup", filepath.Join(d.dir, "b.zip"))
		code := p.end()
		if stderr := p.stderr.String(); code != exitFailed || !strings.Contains(stderr, "\nhint: free some room") || strings.Contains(stderr, "not empty") {
			t.Errorf("with room for %d blocks: exit code %d, stderr %q; want exit code %d and that there is no room", blocks, code, stderr, exitFailed)
		}
		free()
		if left, err := os.ReadDir(d.dir); err != nil || len(left) != 0 {
			t.Errorf("with room for %d blocks the backup has left %v, %v", blocks, left, err)
		}
	}
}

// An older folder on a disk without room for a copy of it is not upgraded, and stays what the older program can use.
func TestUpgradeOnAFullDisk(t *testing.T) {
	d := newDisk(t, 8)
	putOldData(t, d.data(), oldSchemas)
	before := d.store()
	for _, blocks := range []int{0, 1, 8, 40, 48, 56, 60} { // too few for the copy, and for the upgrade after it
		free := d.fill()
		d.spare(blocks)
		_, stderr, code := d.run("list")
		if code != exitFailed || !strings.Contains(stderr, "no room left on the disk") || !strings.Contains(stderr, "\nhint: free some room") {
			t.Errorf("with room for %d blocks: exit code %d, stderr %q; want exit code %d and that there is no room", blocks, code, stderr, exitFailed)
		}
		free()
		if !bytes.Equal(before, d.store()) {
			t.Errorf("with room for %d blocks the file has changed", blocks)
		}
		if left, err := filepath.Glob(filepath.Join(d.data(), "*.schema-*")); err != nil || len(left) > 0 {
			t.Errorf("with room for %d blocks left are %q, %v", blocks, left, err)
		}
	}
	d.remount("ro")
	_, stderr, code := d.run("list")
	if code != exitFailed || !strings.Contains(stderr, "read-only file system") || !strings.Contains(stderr, "choose another folder") {
		t.Errorf("read-only: exit code %d, stderr %q; want exit code %d and what to do", code, stderr, exitFailed)
	}
	if !bytes.Equal(before, d.store()) {
		t.Error("on a read-only disk the file has changed")
	}
	d.remount("rw")
	wantStatus(t, d.data(), "articles", "4 (ar 2, en 2)")
}

// On a disk that cannot be written, what writes fails with a remedy, what reads works, and nothing changes.
func TestReadOnlyDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and longer with the race detector")
	}
	d := newDisk(t, 8)
	finish(t, d.data(), "fake", append([]string{"import"}, writeArticles(t, 3)...)...)
	before := d.store()
	d.remount("ro")
	for _, args := range [][]string{{"import", writeArticles(t, 4)[3]}, {"chat"}} {
		_, stderr, code := d.run(args...)
		if code != exitFailed || !strings.Contains(stderr, "read-only file system") || !strings.Contains(stderr, "choose another folder") {
			t.Errorf("%s: exit code %d, stderr %q; want exit code %d and what to do", args[0], code, stderr, exitFailed)
		}
	}
	for _, args := range [][]string{{"status"}, {"list"}, {"ask", "When did tram line 2 open?"}} {
		stdout, stderr, code := d.run(args...)
		if code != exitDone || stdout == "" {
			t.Errorf("%s: exit code %d, stderr %q; want it to work", args[0], code, stderr)
		}
	}
	if !bytes.Equal(before, d.store()) {
		t.Error("the store has changed")
	}
	d.remount("rw")
	wantWhole(t, d.data())
}
