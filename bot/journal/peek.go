package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"newsbot/corpus/database"
)

// PeekBacklog returns what Backlog does for the journal in a data folder, beside the process that has it open: it locks,
// makes and changes nothing. A journal that is not there has no updates.
//
// It returns the errors of Open but for an older file, which is read as it is.
func PeekBacklog(ctx context.Context, dir string) (n int, err error) {
	path := filepath.Join(dir, FileName)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return 0, nil
	}
	if err == nil {
		n, err = peek(ctx, path)
	}
	return n, wrap(err, "look into the journal %s in %s", FileName, dir)
}

// peek reads through the files of the process that has the journal open. Without one, or with what a killed one left, the
// journal is read alone, if need be where nothing can be written.
func peek(ctx context.Context, path string) (n int, err error) {
	modes := []database.Mode{database.Watch, database.ReadOnly, database.Immutable}
	if _, err := os.Stat(path + "-wal"); err != nil {
		modes = modes[1:]
	}
	for _, mode := range modes {
		if n, err = countUnfinished(ctx, path, mode); err == nil || !database.CannotCreate(err) {
			break
		}
	}
	return n, err
}

func countUnfinished(ctx context.Context, path string, mode database.Mode) (n int, err error) {
	db, err := database.Connect(path, 1, mode)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := checkPeeked(ctx, db); err != nil {
		return 0, err
	}
	return n, scan(db.QueryRowContext(ctx, "SELECT count(*) FROM inbox WHERE done IS NULL"), &n)
}

// checkPeeked makes sure that a file is a journal. The table looked at has been the same from the first schema on.
func checkPeeked(ctx context.Context, db *sql.DB) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	err = database.Schema{AppID: appID, Steps: steps}.Check(ctx, db)
	if errors.Is(err, database.ErrOlder) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("check its form: %w", err)
	}
	return nil
}
