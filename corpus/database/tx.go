package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Update runs do in one transaction and commits it. An error undoes everything.
func Update(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return Explain(err)
	}
	if err := do(tx); err != nil {
		return errors.Join(Explain(err), rollback(tx))
	}
	if err := tx.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) { // ctx ended, and that undid everything
			err = errors.Join(ctx.Err(), err)
		}
		return Explain(errors.Join(err, rollback(tx)))
	}
	return nil
}

// View runs do in one transaction that only reads, and sees one moment of the database.
func View(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return Explain(err)
	}
	return errors.Join(Explain(do(tx)), rollback(tx))
}

// rollback ends a transaction; one that is already over is no error.
func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

// Column reads a result of one column to its end and closes it.
func Column[T any](rows *sql.Rows) (values []T, err error) {
	err = ForRows(rows, func(rows *sql.Rows) error {
		var v T
		err := rows.Scan(&v)
		values = append(values, v)
		return err
	})
	return values, err
}

// ForRows calls fn for each row of a result, until it returns an error, and closes the result.
func ForRows(rows *sql.Rows, fn func(*sql.Rows) error) (err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
