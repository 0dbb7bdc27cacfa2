package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"newsbot/corpus"
)

// Names of what a backup leaves when it is killed.
const (
	workDirs  = ".newsbot-backup-" // folders beside the file
	workNotes = ".backup-"         // files in the data folder, each of which names such a folder
	workLock  = "backup.lock"
)

// A workDir is the folder in which a backup is made, on the disk of its file. For a while there is a copy of all of the
// collection in it, what was removed among it. A backup that is killed leaves it; a note in the data folder tells the
// next process to take it away.
type workDir struct {
	path string
	note string // "" when the data folder cannot be written: nothing is removed from it then either
	lock *corpus.Lock
}

// newWorkDir makes the folder for the backup into a file. Remove it after use.
func (a *app) newWorkDir(file string) (*workDir, error) {
	beside, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	path, err := os.MkdirTemp(beside, workDirs)
	if err != nil {
		return nil, err
	}
	w := &workDir{path: path}
	if w.lock, err = corpus.TryLock(path, workLock); err != nil {
		return nil, errors.Join(err, os.RemoveAll(path))
	}
	if w.note, err = writeNote(a.dataDir, path); err != nil {
		a.logger.Debug("the backup's folder is not noted", slog.Any("error", err))
	}
	return w, nil
}

// writeNote writes a text into a new note in the data folder, and returns its path.
func writeNote(dataDir, text string) (path string, err error) {
	f, err := os.CreateTemp(dataDir, workNotes)
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// remove takes the folder away; an error is for the next process to mend.
func (w *workDir) remove() {
	unlock(w.lock)
	if os.RemoveAll(w.path) == nil && w.note != "" {
		_ = os.Remove(w.note)
	}
}

// removeWorkDirs takes away what backups that were killed have left.
func (a *app) removeWorkDirs() {
	notes, err := filepath.Glob(filepath.Join(globbed(a.dataDir), workNotes+"*"))
	for _, note := range notes {
		err = errors.Join(err, removeLeft(note))
	}
	if err != nil {
		a.logger.Warn("removing what a killed backup has left", slog.Any("error", err))
	}
}

// removeLeft removes the folder that a note names, unless it is in use or on a disk that is not there now.
func removeLeft(note string) error {
	data, err := os.ReadFile(note)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // its backup has just ended
	}
	if err != nil {
		return err
	}
	path := string(data)
	if !filepath.IsAbs(path) || !strings.HasPrefix(filepath.Base(path), workDirs) {
		return fmt.Errorf("%s names %.100q", note, path)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil
	}
	if _, err := os.Stat(path); err == nil {
		lock, err := corpus.TryLock(path, workLock)
		if errors.Is(err, corpus.ErrLocked) {
			return nil
		}
		if err != nil {
			return err
		}
		unlock(lock)
	}
	return errors.Join(os.RemoveAll(path), os.Remove(note))
}
