package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"newsbot/corpus/database"
)

// The locks of a data folder.
const (
	// ServeLock is held by the process that answers on Telegram.
	ServeLock = "serve.lock"
	// EncodeLock is held by the process that is encoding the backlog.
	EncodeLock = "encode.lock"
	// writeLock is shared by all who have the store open for writing.
	writeLock = "write.lock"
)

// lockPoll is how often WaitLock looks.
const lockPoll = 100 * time.Millisecond

// Lock is a lock on a data folder, held by one process until Unlock or until the process ends, however it ends.
type Lock struct {
	file *os.File
}

// TryLock takes the named lock of a data folder, which it creates where there is none. The error wraps ErrLocked, and
// tells the process, when another process or another Lock of this one holds it.
func TryLock(dir, name string) (*Lock, error) {
	if name == "" || name != filepath.Base(name) {
		return nil, fmt.Errorf("lock %q is not a file name", name)
	}
	if err := database.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	// The file stays for good: were it removed, two processes could hold locks on two files of one name.
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	if err := lockFile(f, exclusive); err != nil {
		holder := readHolder(f)
		return nil, errors.Join(fmt.Errorf("lock %s in %s%s: %w", name, dir, holder, err), f.Close())
	}
	if err := writeHolder(f); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", name, err), f.Close())
	}
	return &Lock{file: f}, nil
}

// WaitLock is TryLock that waits until the lock is free or ctx is done; then the error wraps both ErrLocked and ctx's
// error.
func WaitLock(ctx context.Context, dir, name string) (*Lock, error) {
	for {
		l, err := TryLock(dir, name)
		if !errors.Is(err, ErrLocked) {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for it: %w: %w", ctx.Err(), err)
		case <-time.After(lockPoll):
		}
	}
}

// Unlock gives the lock up. A second call does nothing.
func (l *Lock) Unlock() error {
	if l.file == nil {
		return nil
	}
	f := l.file
	l.file = nil
	if err := errors.Join(f.Truncate(0), f.Close()); err != nil {
		return fmt.Errorf("unlock %s: %w", filepath.Base(f.Name()), err)
	}
	return nil
}

// writeHolder puts this process's number into the file, for the message others get.
func writeHolder(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// readHolder tells whose number is in the file. The holder may be between taking the lock and writing it.
func readHolder(f *os.File) string {
	data, err := io.ReadAll(io.LimitReader(f, 20))
	if err != nil {
		return ""
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" is held by process %d", pid)
}
