package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
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
	// Keep has Open keep a copy of a file of an older schema beside it, before it upgrades it.
	Keep bool
	// Logger is told of upgrades; nil discards it.
	Logger *slog.Logger
}

// Querier is a transaction, a connection or a pool of them.
type Querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Migrate brings the schema up to date, in one transaction: a process killed at any moment leaves it as it was. It returns
// the errors of Open.
func (s Schema) Migrate(ctx context.Context, db *sql.DB) error {
	_, err := s.migrate(ctx, db, func(int) error { return nil })
	return err
}

// migrate is Migrate, and calls first with the number of an older schema before anything is changed. While first runs, nobody
// else can write the file. It returns what the number was, and is to be.
func (s Schema) migrate(ctx context.Context, db *sql.DB, first func(version int) error) (d difference, err error) {
	names, err := fs.Glob(s.Steps, "*.sql")
	if err != nil {
		return difference{}, err
	}
	err = Update(ctx, db, func(tx *sql.Tx) error {
		version, err := s.version(ctx, tx, names)
		if err != nil {
			return err
		}
		d = difference{from: version, to: len(names)}
		if d.isUpgrade() {
			err = first(version)
		}
		for ; err == nil && version < len(names); version++ {
			err = s.step(ctx, tx, names[version], version+1)
		}
		return err
	})
	return d, err
}

// A difference is between the number that a schema has and the one that it is to have.
type difference struct{ from, to int }

// isUpgrade tells whether an older program has written the file. An empty file is new.
func (d difference) isUpgrade() bool { return 0 < d.from && d.from < d.to }

// step applies a step, which makes the schema's number what is given.
func (s Schema) step(ctx context.Context, tx *sql.Tx, name string, version int) error {
	script, err := fs.ReadFile(s.Steps, name)
	if err != nil {
		return err
	}
	for _, query := range []string{
		string(script),
		fmt.Sprintf("PRAGMA application_id = %d", s.AppID),
		fmt.Sprintf("PRAGMA user_version = %d", version),
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return fmt.Errorf("migration %s: %w", name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO migration VALUES (?, ?)", name, s.now().UnixMilli()); err != nil {
		return fmt.Errorf("migration %s: %w", name, err)
	}
	return nil
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
	err = Update(ctx, fresh, func(tx *sql.Tx) (err error) {
		for i := 0; err == nil && i < version; i++ {
			err = s.step(ctx, tx, names[i], i+1)
		}
		return err
	})
	if err != nil {
		return err
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
