package lexicon

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

const (
	// aliasName is the file of the aliases, a list like the others of its folder.
	aliasName = "aliases.tsv"
	// aliasLock is held by the process that changes it.
	aliasLock = "aliases.lock"
	// lockTime is how long a change waits for another process's.
	lockTime = 5 * time.Second
)

// Aliases are the names that administrators have said to mean the same. They are
// kept in the file aliases.tsv of a folder of lists, where [ReadDir] finds them.
// The methods are safe for concurrent use, with those of other processes too, and
// a process that is killed leaves the file as it was before a change or after it.
type Aliases struct {
	Dir      string // the folder; the first change creates it
	Analyzer *text.Analyzer

	mu    sync.Mutex           // guards known
	known map[string]aliasLine // the lines of the last load, as they are written
}

// All returns the aliases in the order of the file.
func (s *Aliases) All() ([]Alias, error) {
	l, err := s.load()
	if err != nil {
		return nil, err
	}
	return l.all(), nil
}

// Join returns the change that makes two names mean the same, which
// [Change.None] does when they do already. An alias that has one of the names
// gets the other; two that have one each become one. Nothing is changed yet. The
// error is ErrLong, ErrLetters, ErrCommon, ErrSame, ErrCrowded, or that of the file.
func (s *Aliases) Join(a, b string) (Change, error) {
	x, err := readName(s.Analyzer, a)
	if err != nil {
		return Change{}, err
	}
	y, err := readName(s.Analyzer, b)
	if err != nil {
		return Change{}, err
	}
	l, err := s.load()
	if err != nil {
		return Change{}, err
	}
	return l.join(s.Analyzer, x, y)
}

// Leave returns the change that takes a name out of the alias that has it. An
// alias is gone when a single name remains. Nothing is changed yet. The error is
// ErrUnknown when no alias has the name, or one of those that Join has for it.
func (s *Aliases) Leave(name string) (Change, error) {
	n, err := readName(s.Analyzer, name)
	if err != nil {
		return Change{}, err
	}
	l, err := s.load()
	if err != nil {
		return Change{}, err
	}
	return l.leave(n)
}

// Apply makes a change; when it returns nil it is on the disk. The error is
// ErrChanged when an alias in c.Before is no longer there as it was, ErrFull when
// there are too many, corpus.ErrLocked when another process does not end its
// change, or that of the file.
func (s *Aliases) Apply(ctx context.Context, c Change) error {
	soon, cancel := context.WithTimeout(ctx, lockTime)
	defer cancel()
	lock, err := corpus.WaitLock(soon, s.Dir, aliasLock)
	if err != nil {
		return fmt.Errorf("changing the aliases: %w", err)
	}
	defer func() { _ = lock.Unlock() }() // what it guarded is on the disk
	l, err := s.load()
	if err != nil {
		return err
	}
	if err := l.apply(s.Analyzer, c); err != nil {
		return err
	}
	data := l.bytes()
	if len(data) > maxFile {
		return ErrFull
	}
	if err := s.write(data); err != nil {
		return fmt.Errorf("writing the aliases: %w", err)
	}
	return nil
}

func (s *Aliases) path() string { return filepath.Join(s.Dir, aliasName) }

// load reads the file. Lines that it had the last time are not analysed again.
func (s *Aliases) load() (*aliasList, error) {
	data, err := s.read()
	if err != nil {
		return nil, fmt.Errorf("reading the aliases: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l := parseAliases(s.Analyzer, string(data), s.known)
	s.known = make(map[string]aliasLine, len(l.lines))
	for _, line := range l.lines {
		s.known[line.written] = line
	}
	return l, nil
}

// read returns the content of the file, nothing when there is none. What is no
// plain file, or no text in UTF-8, is not ours to replace.
func (s *Aliases) read() ([]byte, error) {
	root, err := os.OpenRoot(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // it was only read
	info, err := root.Lstat(aliasName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	data, err := readRegular(root, aliasName, info)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.path(), cause(err))
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, fmt.Errorf("%s: not a text in UTF-8", s.path())
	}
	return data, nil
}

// temporary is what the file is called before it takes the other's place. Lists
// are not called so: one that a killed process has left is never read.
const temporary = ".aliases.new"

// write puts data in the file's place at once: it is complete and on the disk
// before it has the name. The lock is held.
func (s *Aliases) write(data []byte) error {
	path := filepath.Join(s.Dir, temporary)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(s.fill(f, data), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	if err := os.Rename(path, s.path()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return syncDir(s.Dir)
}

// fill writes the content of a file with the rights of the one before.
func (s *Aliases) fill(f *os.File, data []byte) error {
	if info, err := os.Stat(s.path()); err == nil {
		if err := f.Chmod(info.Mode().Perm()); err != nil {
			return err
		}
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

// syncDir makes a new name in a folder last. Windows does that by itself.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
