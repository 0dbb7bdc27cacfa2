package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Open opens the file called name in the folder dir for writing: one connection, on which writes wait for each other. It
// makes the folder and the file, both for this user alone, where there are none, and brings the schema up to date. With
// Schema.Keep what the file was before an upgrade is kept beside it (see backup.go).
//
// Several processes may open an older file at once: one upgrades it, the others wait. Where it cannot, since there is no room
// or the folder cannot be written, the file stays as it was, and the older program can go on with it.
//
// It returns an error wrapping ErrNewer when a newer program has written the file, ErrDamaged when it is something else,
// ErrFull when there is no room for an upgrade, fs.ErrPermission when it cannot be written.
func Open(ctx context.Context, dir, name string, schema Schema) (*sql.DB, error) {
	if err := MakeDir(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, name)
	if err := create(path); err != nil {
		return nil, err
	}
	db, err := Connect(path, 1, ReadWrite)
	if err != nil {
		return nil, err
	}
	if err := useWAL(ctx, db); err != nil {
		return nil, errors.Join(Explain(err), db.Close())
	}
	if err := schema.upgrade(ctx, db, path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// MakeDir creates a data folder, for this user alone, where there is none.
func MakeDir(dir string) error {
	if dir == "" {
		return errors.New("no data folder is named")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("%w: choose a folder this user can create and write", err)
	}
	return nil
}

// create makes the file where there is none: before SQLite would, so that nobody else can read it; the files beside it
// inherit the mode.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("%w: make the folder and the files in it writable for this user, or choose another folder", err)
	}
	return f.Close()
}
