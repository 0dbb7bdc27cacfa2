package database

import (
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the "sqlite" driver
)

// patience is how long a connection waits for other processes.
const patience = 30 * time.Second

// Mode is how a connection uses its file.
type Mode int

const (
	// ReadWrite syncs the log at every commit and overwrites what is deleted. A transaction holds the write lock from
	// its start.
	ReadWrite Mode = iota + 1
	// ReadOnly may make and take away the files beside the file, but never changes the file.
	ReadOnly
	// Watch reads a file that others have open, through the files they made.
	Watch
	// Immutable reads a file that cannot change, without locks.
	Immutable
	// Memory is a database of its own, gone with its last connection. It has no path.
	Memory
)

// Connect opens a pool of at most n connections to an existing file. No connection is made yet.
func Connect(path string, n int, mode Mode) (*sql.DB, error) {
	name, err := sourceName(path, mode)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// sourceName is what the driver knows a connection to a file by.
func sourceName(path string, mode Mode) (string, error) {
	name := "file::memory:"
	if mode != Memory {
		abs, err := filepath.Abs(path)
		if err != nil {
			return "", err
		}
		slashed := filepath.ToSlash(abs)
		if !strings.HasPrefix(slashed, "/") { // C:/...
			slashed = "/" + slashed
		}
		name = (&url.URL{Scheme: "file", Path: slashed}).String()
	}
	return name + "?" + mode.dsn().query(), nil
}

// dsn is the options part of a connection's name.
type dsn struct {
	uri     []string // SQLite's own
	pragmas []string // run on every new connection
	txlock  string
}

func (m Mode) dsn() dsn {
	reading := dsn{
		uri:     []string{"mode=rw"},
		txlock:  "deferred",
		pragmas: []string{"query_only(ON)", "temp_store(MEMORY)", "cell_size_check(ON)", "trusted_schema(OFF)", "cache_size(-16000)"},
	}
	switch m {
	case ReadWrite:
		return writing()
	case Watch:
		reading.uri = []string{"mode=ro"}
	case Immutable:
		reading.uri = []string{"mode=ro", "immutable=1"}
	case Memory:
		return dsn{txlock: "deferred", pragmas: []string{"foreign_keys(ON)"}}
	case ReadOnly:
	}
	return reading
}

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

func (d dsn) query() string {
	q := append([]string{fmt.Sprintf("_busy_timeout=%d", patience.Milliseconds()), "_txlock=" + d.txlock}, d.uri...)
	for _, p := range d.pragmas {
		q = append(q, "_pragma="+p)
	}
	return strings.Join(q, "&")
}
