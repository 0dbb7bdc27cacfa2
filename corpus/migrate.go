package corpus

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

//go:embed migrations/*.sql
var migrations embed.FS

// embedded returns the migrations of this program, one file each, in the order of their names. A migration that was once
// released never changes; the schema's number is how many have been applied.
func embedded() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name above is wrong
	}
	return sub
}

// appID marks an SQLite file as ours: "nbot".
const appID = 0x6e626f74

// querier is a transaction or a connection.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// migrate brings the schema up to date, one transaction for each step; a process killed between two of them goes on
// at the next start.
func migrate(ctx context.Context, db *sql.DB, steps fs.FS, now func() time.Time) error {
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return err
	}
	for {
		done, err := step(ctx, db, steps, names, now)
		if err != nil || done {
			return err
		}
	}
}

// step applies the next migration, or reports that there is none left.
func step(ctx context.Context, db *sql.DB, steps fs.FS, names []string, now func() time.Time) (done bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, rollback(tx)) }()
	version, err := schema(ctx, tx, names)
	if err != nil || version == len(names) {
		return true, err
	}
	name := names[version]
	script, err := fs.ReadFile(steps, name)
	if err != nil {
		return false, err
	}
	for _, query := range []string{
		string(script),
		fmt.Sprintf("PRAGMA application_id = %d", appID),
		fmt.Sprintf("PRAGMA user_version = %d", version+1),
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return false, fmt.Errorf("migration %s: %w", name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO migration VALUES (?, ?)", name, now().UnixMilli()); err != nil {
		return false, fmt.Errorf("migration %s: %w", name, err)
	}
	return false, tx.Commit()
}

// schema returns how many migrations the file has had, after making sure that the file is a store, and that the
// migrations were this program's.
func schema(ctx context.Context, q querier, names []string) (version int, err error) {
	var app, tables int
	err = q.QueryRowContext(ctx, `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`).Scan(&version, &app, &tables)
	switch {
	case err != nil:
		return 0, err
	case version == 0 && app == 0 && tables == 0:
		return 0, nil
	case app != appID:
		return 0, fmt.Errorf("%w: it is another program's database", ErrDamaged)
	case version > len(names):
		return 0, fmt.Errorf("%w (schema %d, this program knows %d): update the program", ErrNewer, version, len(names))
	}
	return version, sameSteps(ctx, q, names[:version])
}

// sameSteps compares the names of the migrations applied with the program's own.
func sameSteps(ctx context.Context, q querier, names []string) error {
	rows, err := q.QueryContext(ctx, "SELECT name FROM migration ORDER BY name")
	if err != nil {
		return err
	}
	applied, err := column[string](rows)
	if err != nil {
		return err
	}
	for i, name := range names {
		if i >= len(applied) || applied[i] != name {
			return fmt.Errorf("%w: its migrations are %q, this program's are %q", ErrDamaged, applied, names)
		}
	}
	return nil
}

// checkSchema makes sure that a store opened for reading has exactly the schema this program reads.
func checkSchema(ctx context.Context, q querier, steps fs.FS) error {
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return err
	}
	version, err := schema(ctx, q, names)
	if err != nil {
		return err
	}
	if version < len(names) {
		return fmt.Errorf("the folder was written by an older newsbot (schema %d, this program needs %d): "+
			"start the program once with a right to write", version, len(names))
	}
	return nil
}

// column reads a result of one column to its end and closes it.
func column[T any](rows *sql.Rows) (values []T, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, rows.Err()
}
