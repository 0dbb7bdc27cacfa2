package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the "sqlite" driver
	sqlite3 "modernc.org/sqlite/lib"
)

// readers is how many reads run at once; one connection is DataVersion's.
const readers = 5

// patience is how long a write waits for other processes, in milliseconds.
const patience = 30_000

// dsn is the options part of a connection's name.
type dsn struct {
	uri     []string // SQLite's own
	pragmas []string // run on every new connection
	txlock  string
}

// writing: FULL syncs the log at every commit; secure_delete overwrites what is deleted.
func writing() dsn {
	return dsn{
		uri:    []string{"mode=rw"},
		txlock: "immediate",
		pragmas: []string{
			"foreign_keys(ON)", "synchronous(FULL)", "secure_delete(ON)", "temp_store(MEMORY)",
			"cell_size_check(ON)", "trusted_schema(OFF)", "cache_size(-16000)", "journal_size_limit(16777216)",
		},
	}
}

// reading: may make and take away the files beside the store, but never changes it.
func reading() dsn {
	return dsn{
		uri:     []string{"mode=rw"},
		txlock:  "deferred",
		pragmas: []string{"query_only(ON)", "temp_store(MEMORY)", "cell_size_check(ON)", "trusted_schema(OFF)", "cache_size(-16000)"},
	}
}

// watching: reads a store others have open, through the files they made.
func watching() dsn {
	d := reading()
	d.uri = []string{"mode=ro"}
	return d
}

// immutable: reads a file that cannot change.
func immutable() dsn {
	d := reading()
	d.uri = []string{"mode=ro", "immutable=1"}
	return d
}

func inMemory() dsn { return dsn{txlock: "deferred", pragmas: []string{"foreign_keys(ON)"}} }

// connect opens a pool of at most n connections. No connection is made yet.
func connect(path string, n int, d dsn) (*sql.DB, error) {
	name := "file::memory:"
	if path != ":memory:" {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		slashed := filepath.ToSlash(abs)
		if !strings.HasPrefix(slashed, "/") { // C:/...
			slashed = "/" + slashed
		}
		name = (&url.URL{Scheme: "file", Path: slashed}).String()
	}
	db, err := sql.Open("sqlite", name+"?"+d.query())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

func (d dsn) query() string {
	q := append([]string{fmt.Sprintf("_busy_timeout=%d", patience), "_txlock=" + d.txlock}, d.uri...)
	for _, p := range d.pragmas {
		q = append(q, "_pragma="+p)
	}
	return strings.Join(q, "&")
}

// useWAL switches the file to a write-ahead log, once and for all. SQLite does not wait for other processes at this
// step, and several may come to a new folder at once, so waiting is done here.
func useWAL(ctx context.Context, db *sql.DB) error {
	deadline := time.Now().Add(patience * time.Millisecond)
	for {
		_, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		if err == nil || resultCode(err) != sqlite3.SQLITE_BUSY || time.Now().After(deadline) {
			return err
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
}

// pause waits for d, or returns the context's error.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// cannotCreate reports whether SQLite could not make the files a reader needs.
func cannotCreate(err error) bool {
	code := resultCode(err)
	return code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY
}

// truncateLog moves everything from the write-ahead log into the file and empties it. It waits a quarter of a second for
// readers to finish and returns an error when they do not.
func (s *Store) truncateLog(ctx context.Context) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	busy, err := checkpoint(ctx, conn)
	if err = errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", explain(err))
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
	back := fmt.Sprintf("PRAGMA busy_timeout = %d", patience)
	_, restore := conn.ExecContext(context.WithoutCancel(ctx), back)
	return busy, errors.Join(err, restore)
}
