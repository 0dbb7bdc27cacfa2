package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A keptFile is a copy of a file from before an upgrade, a part of one, or a file that SQLite keeps beside it.
type keptFile struct {
	path    string
	version int    // of its schema
	rest    string // of the name; "" for the copy itself
}

func (k keptFile) isPart() bool { return strings.HasPrefix(k.rest, partMark) }

// filesOf finds the copies of the file name in the folder dir, and what is left of them. A folder that is not there has none.
func filesOf(dir, name string) (list []keptFile, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		after, ok := strings.CutPrefix(e.Name(), name+keptMark)
		if !ok || !e.Type().IsRegular() {
			continue
		}
		end := strings.IndexAny(after, ".-")
		if end < 0 {
			end = len(after)
		}
		version, err := strconv.Atoi(after[:end])
		if err != nil || !isOurs(after[end:]) {
			continue
		}
		list = append(list, keptFile{filepath.Join(dir, e.Name()), version, after[end:]})
	}
	return list, nil
}

// isOurs tells whether this package, or SQLite for it, ends the name of a copy so. What people name otherwise is theirs.
func isOurs(rest string) bool {
	switch strings.TrimPrefix(rest, partMark) {
	case "", "-wal", "-shm", "-journal":
		return true
	}
	return false
}

// DropKept erases the copies that were kept of the file name in the folder dir before upgrades, and tells whether there were
// any. Whoever erases something from the file for good calls it first, for the copies hold it, too.
func DropKept(dir, name string) (were bool, err error) {
	list, err := filesOf(dir, name)
	if err != nil {
		return false, fmt.Errorf("erase what was kept of %s: %w", name, err)
	}
	return len(list) > 0, drop(list)
}

// DropOldKept erases the copies that were kept of the file name in the folder dir, which q reads, that are KeptTime old at
// a moment, and what killed processes have left of others.
func DropOldKept(ctx context.Context, q Querier, dir, name string, now time.Time) error {
	list, err := filesOf(dir, name)
	if err != nil || len(list) == 0 {
		return err
	}
	keep := map[int]bool{}
	for _, k := range list {
		if k.rest != "" {
			continue
		}
		made, err := keptSince(ctx, q, k)
		if err != nil {
			return err
		}
		keep[k.version] = now.Sub(made) < KeptTime
	}
	var old []keptFile
	for _, k := range list {
		if !keep[k.version] || k.isPart() {
			old = append(old, k)
		}
	}
	return drop(old)
}

// keptSince tells when a copy was made: when its file says that it was upgraded, or when the copy says it was written, if
// that is earlier. Whoever copies the folder changes the one, who restores a backup the other.
func keptSince(ctx context.Context, q Querier, k keptFile) (time.Time, error) {
	info, err := os.Stat(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, nil // another process has erased it
	}
	if err != nil {
		return time.Time{}, err
	}
	var applied int64
	err = q.QueryRowContext(ctx, "SELECT applied FROM migration ORDER BY name LIMIT 1 OFFSET ?", k.version).Scan(&applied)
	if errors.Is(err, sql.ErrNoRows) {
		return info.ModTime(), nil
	}
	if err != nil {
		return time.Time{}, Explain(err)
	}
	if at := time.UnixMilli(applied); at.Before(info.ModTime()) {
		return at, nil
	}
	return info.ModTime(), nil
}

// EachKept calls do with every copy that was kept of the file name in the folder dir before upgrades, opened for writing. A
// copy of which do returns an error is erased: it is there to erase something from it.
func EachKept(ctx context.Context, dir, name string, do func(*sql.DB) error) error {
	list, err := filesOf(dir, name)
	if err != nil {
		return err
	}
	var errs []error
	for _, k := range list {
		if k.rest != "" {
			continue
		}
		if inKept(ctx, k, do) != nil && ctx.Err() == nil {
			errs = append(errs, drop(ofVersion(list, k.version)))
		}
	}
	return errors.Join(append(errs, ctx.Err())...)
}

func inKept(ctx context.Context, k keptFile, do func(*sql.DB) error) error {
	db, err := Connect(k.path, 1, ReadWrite)
	if err != nil {
		return err
	}
	err = do(db)
	if err == nil {
		err = TruncateLog(ctx, db)
	}
	return errors.Join(err, db.Close())
}

// dropVersion erases the copy of the file path that has a schema.
func dropVersion(path string, version int) error {
	list, err := filesOf(filepath.Dir(path), filepath.Base(path))
	if err != nil {
		return err
	}
	return drop(ofVersion(list, version))
}

func ofVersion(list []keptFile, version int) (some []keptFile) {
	for _, k := range list {
		if k.version == version {
			some = append(some, k)
		}
	}
	return some
}

// drop overwrites and removes files, a part before the copy that takes its name. It goes on after an error.
func drop(list []keptFile) error {
	var errs []error
	for _, k := range slices.Backward(list) {
		if err := k.drop(); err != nil {
			errs = append(errs, fmt.Errorf("erase what was kept before an upgrade: %w", err))
		}
	}
	return errors.Join(errs...)
}

// drop overwrites and removes a file. A copy loses its name first: what is half overwritten must not look like one.
func (k keptFile) drop() error {
	path := k.path
	if k.rest == "" {
		path += partMark
		err := os.Rename(k.path, path)
		if errors.Is(err, fs.ErrNotExist) { // another process was faster
			return nil
		}
		if err != nil {
			return err
		}
	}
	// Where it cannot be overwritten, for want of room on some file systems, it is removed at least.
	return errors.Join(overwrite(path), removeIfThere(path))
}

// overwrite fills a file with zeros, on the disk.
func overwrite(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return errors.Join(err, f.Close())
	}
	zeros := make([]byte, 1<<20)
	for left := info.Size(); err == nil && left > 0; left -= int64(len(zeros)) {
		_, err = f.Write(zeros[:min(left, int64(len(zeros)))])
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
