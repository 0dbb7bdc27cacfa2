package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// useWAL switches the file to a write-ahead log, once and for all. SQLite does not wait for other processes at this
// step, and several may come to a new folder at once, so waiting is done here.
func useWAL(ctx context.Context, db *sql.DB) error {
	deadline := time.Now().Add(patience)
	for {
		_, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		if err == nil || resultCode(err) != sqlite3.SQLITE_BUSY || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// TruncateLog moves everything from the write-ahead log into the file and empties it: until then the log holds what was
// deleted. It waits a quarter of a second for readers to finish and returns an error when they do not.
func TruncateLog(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	busy, err := checkpoint(ctx, conn)
	if err = errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", Explain(err))
	}
	if busy {
		return errors.New("empty the write-ahead log: another connection is reading it")
	}
	return nil
}

func checkpoint(ctx context.Context, conn *sql.Conn) (busy bool, err error) {
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 250"); err != nil {
		return false, err
	}
	var logged, moved int
	err = conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &logged, &moved)
	// The connection goes back to the pool: its patience must come back whatever happened to ctx.
	back := fmt.Sprintf("PRAGMA busy_timeout = %d", patience.Milliseconds())
	_, restore := conn.ExecContext(context.WithoutCancel(ctx), back)
	return busy, errors.Join(err, restore)
}
