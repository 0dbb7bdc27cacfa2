package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

// Before Open upgrades a file of an older schema, it copies it to a file beside it, such as newsbot.db.schema-9. To go back
// to the older program: end the program, remove the files beside newsbot.db whose names end in -wal and -shm, rename the copy
// to newsbot.db, and start the older program.
//
// Such a copy holds what is erased from the file later. So it is erased itself, overwritten and not only unlinked, when it is
// KeptTime old, and by whoever erases something for good: see DropKept and EachKept.
const (
	keptMark = ".schema-" // then the number of the schema
	partMark = ".part"    // at the end: of a copy that is not complete, or on its way out
)

// KeptTime is how long a copy of a file as it was before an upgrade is kept: long enough to find out that the new program
// does not do.
const KeptTime = 7 * 24 * time.Hour

// large is the size in bytes of a file whose copy takes seconds: whoever waits should know why.
const large = 256 << 20

// upgrade brings the schema of the file path, which db is, up to date.
func (s Schema) upgrade(ctx context.Context, db *sql.DB, path string) error {
	for {
		err := s.upgradeOnce(ctx, db, path)
		// A copy of some gigabytes takes longer than a connection waits. While one is under way, others stand by.
		if !errors.Is(err, ErrBusy) || !isCopying(path) || ctx.Err() != nil {
			return err
		}
	}
}

func (s Schema) upgradeOnce(ctx context.Context, db *sql.DB, path string) error {
	log := s.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	began := time.Now()
	name, kept := filepath.Base(path), ""
	d, err := s.migrate(ctx, db, func(version int) (err error) {
		if !s.Keep {
			return nil
		}
		if info, err := os.Stat(path); err == nil && info.Size() >= large {
			log.Warn(fmt.Sprintf("keeping a copy of %s before it is upgraded", name), "megabytes", info.Size()>>20)
		}
		kept, err = s.keep(ctx, path, version)
		if err != nil {
			return fmt.Errorf("%s is not upgraded: keep a copy of it first: %w", name, err)
		}
		return nil
	})
	if err != nil {
		if kept != "" { // the file is still what the copy is
			err = errors.Join(err, dropVersion(path, d.from))
		}
		return err
	}
	if kept != "" {
		log.Warn(fmt.Sprintf("upgraded %s from schema %d to %d; what it was is kept for %d days as %s",
			name, d.from, d.to, KeptTime/(24*time.Hour), kept), "took", time.Since(began).Round(time.Millisecond))
	}
	return nil
}

// keep copies the file path, which nobody can write meanwhile, into one beside it, and returns its path. The copy is there
// when all of it is, and never in part. One of the same schema that is there already is replaced: since the file still has
// that schema, that one is of an upgrade that was cut off, or of one that was gone back on, and the file is what counts.
func (s Schema) keep(ctx context.Context, path string, version int) (kept string, err error) {
	kept = fmt.Sprintf("%s%s%d", path, keptMark, version)
	part := kept + partMark
	if err := dropVersion(path, version); err != nil {
		return "", err
	}
	err = s.copyTo(ctx, path, part)
	if err == nil {
		err = os.Rename(part, kept)
	}
	if err == nil {
		err = SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return "", errors.Join(Explain(err), dropVersion(path, version))
	}
	return kept, nil
}

// copyTo copies the file path into a new file, with the time of now.
func (s Schema) copyTo(ctx context.Context, path, part string) (err error) {
	db, err := Connect(path, 1, ReadOnly)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := CopyInto(ctx, db, part); err != nil {
		return err
	}
	if err := os.Chtimes(part, time.Time{}, s.now()); err != nil {
		return err
	}
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// isCopying tells whether a copy of a file is under way, or was when a process was killed.
func isCopying(path string) bool {
	list, err := filesOf(filepath.Dir(path), filepath.Base(path))
	if err != nil {
		return false
	}
	for _, k := range list {
		if k.isPart() {
			return true
		}
	}
	return false
}
