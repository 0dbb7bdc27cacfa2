package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// Schema is what a file of one kind is to hold.
type Schema struct {
	// AppID marks a file as one of this kind: SQLite's application_id.
	AppID int32
	// Steps holds the steps that make the tables, one *.sql file each, in the order of their names. One that was once
	// released never changes; the schema's number is how many have been applied. The first makes the table
	// migration (name TEXT PRIMARY KEY, applied INTEGER NOT NULL), which remembers them; times are Unix milliseconds.
	Steps fs.FS
	// Now gives the time for that table; nil means time.Now.
	Now func() time.Time
}

// Querier is a transaction, a connection or a pool of them.
type Querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Migrate brings the schema up to date, one transaction for each step; a process killed between two of them goes on
// at the next start. It returns the errors of Open.
func (s Schema) Migrate(ctx context.Context, db *sql.DB) error {
	names, err := fs.Glob(s.Steps, "*.sql")
	if err != nil {
		return err
	}
	for done := false; !done; {
		err := Update(ctx, db, func(tx *sql.Tx) (err error) {
			done, err = s.step(ctx, tx, names)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// step applies the next step, or reports that there is none left.
func (s Schema) step(ctx context.Context, tx *sql.Tx, names []string) (done bool, err error) {
	version, err := s.version(ctx, tx, names)
	if err != nil || version == len(names) {
		return true, err
	}
	name := names[version]
	script, err := fs.ReadFile(s.Steps, name)
	if err != nil {
		return false, err
	}
	for _, query := range []string{
		string(script),
		fmt.Sprintf("PRAGMA application_id = %d", s.AppID),
		fmt.Sprintf("PRAGMA user_version = %d", version+1),
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return false, fmt.Errorf("migration %s: %w", name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO migration VALUES (?, ?)", name, s.now().UnixMilli()); err != nil {
		return false, fmt.Errorf("migration %s: %w", name, err)
	}
	return false, nil
}

func (s Schema) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// Check makes sure that a file opened for reading has exactly this schema.
func (s Schema) Check(ctx context.Context, q Querier) error {
	names, err := fs.Glob(s.Steps, "*.sql")
	if err != nil {
		return err
	}
	version, err := s.version(ctx, q, names)
	if err != nil {
		return Explain(err)
	}
	if version < len(names) {
		return fmt.Errorf("%w (schema %d, this program needs %d): "+
			"start the program once with a right to write", ErrOlder, version, len(names))
	}
	return nil
}

// Equal makes sure that a file has the tables, indexes and triggers that the steps it says it has had make, and nothing
// else. It runs nothing of what is in the file. The error wraps ErrDamaged or ErrNewer.
func (s Schema) Equal(ctx context.Context, q Querier) (err error) {
	names, err := fs.Glob(s.Steps, "*.sql")
	if err != nil {
		return err
	}
	version, err := s.version(ctx, q, names)
	if err != nil {
		return Explain(err)
	}
	if version == 0 {
		return fmt.Errorf("%w: it is empty", ErrDamaged)
	}
	fresh, err := Connect("", 1, Memory)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	for range version {
		err := Update(ctx, fresh, func(tx *sql.Tx) error {
			_, err := s.step(ctx, tx, names)
			return err
		})
		if err != nil {
			return err
		}
	}
	want, err := objects(ctx, fresh)
	if err != nil {
		return err
	}
	got, err := objects(ctx, q)
	if err != nil {
		return Explain(err)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("%w: its tables are not those of schema %d", ErrDamaged, version)
	}
	return nil
}

// objects describes what a file has: tables, indexes, triggers and views.
func objects(ctx context.Context, q Querier) ([]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT json_array(type, name, tbl_name, sql) FROM sqlite_schema ORDER BY type, name")
	if err != nil {
		return nil, err
	}
	return Column[string](rows)
}

// version returns how many steps the file has had, after making sure that it is of this kind, and that the steps were
// this program's.
func (s Schema) version(ctx context.Context, q Querier, names []string) (version int, err error) {
	var app int32
	var tables int
	err = q.QueryRowContext(ctx, `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`).Scan(&version, &app, &tables)
	switch {
	case err != nil:
		return 0, err
	case version == 0 && app == 0 && tables == 0:
		return 0, nil
	case app != s.AppID || version < 0:
		return 0, fmt.Errorf("%w: it is another program's database", ErrDamaged)
	case version > len(names):
		return 0, fmt.Errorf("%w (schema %d, this program knows %d): update the program", ErrNewer, version, len(names))
	}
	return version, sameSteps(ctx, q, names[:version])
}

// sameSteps compares the names of the steps applied with the program's own.
func sameSteps(ctx context.Context, q Querier, names []string) error {
	rows, err := q.QueryContext(ctx, "SELECT name FROM migration ORDER BY name")
	if err != nil {
		return err
	}
	applied, err := Column[string](rows)
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
