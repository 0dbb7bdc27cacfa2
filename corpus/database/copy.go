package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"runtime"

	"modernc.org/sqlite"
)

// CopyInto writes a copy of a database, as it is at one moment, into a new file that only this user can read. Others may
// write the database meanwhile.
//
// It copies page by page. VACUUM INTO would make a smaller file, but leaves texts in the gaps of its pages, where nothing
// overwrites them once they are deleted.
func CopyInto(ctx context.Context, db *sql.DB, path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // an empty file is an empty database
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return Overwrite(ctx, path, db)
}

// Verify has SQLite look at every page and every reference of a database. The error wraps ErrDamaged when something is
// wrong.
func Verify(ctx context.Context, db *sql.DB) error {
	for query, good := range map[string]string{
		"PRAGMA integrity_check(1)":                     "ok",
		"SELECT count(*) FROM pragma_foreign_key_check": "0",
	} {
		var found string
		if err := db.QueryRowContext(ctx, query).Scan(&found); err != nil {
			return Explain(err)
		}
		if found != good {
			return fmt.Errorf("%w: SQLite finds %.100q", ErrDamaged, found)
		}
	}
	return nil
}

// Overwrite makes the database in the file path what db is, in one transaction: cut off at any moment, it is all that
// it was or all that it is to be. Others may have the file open.
func Overwrite(ctx context.Context, path string, db *sql.DB) (err error) {
	name, err := sourceName(path, ReadWrite)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return conn.Raw(func(driver any) error {
		from, ok := driver.(interface {
			NewBackup(name string) (*sqlite.Backup, error)
		})
		if !ok {
			return errors.New("the SQLite driver cannot copy a database")
		}
		b, err := from.NewBackup(name)
		if err != nil {
			return Explain(err)
		}
		_, err = b.Step(-1)                   // all pages
		if finish := b.Finish(); err == nil { // which says again what went wrong
			err = finish
		}
		return Explain(err)
	})
}

// SyncDir puts the names in a folder on the disk, as after a file was given its name there.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // it has no such thing
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync %s: %w", dir, err)
	}
	return nil
}
