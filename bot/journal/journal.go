package journal

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"time"

	"newsbot/corpus/database"
)

// FileName is the name of the journal's file inside the data folder. SQLite keeps up to two files beside it while it is
// open.
const FileName = "bot.db"

// appID marks an SQLite file as a journal: "njrn".
const appID = 0x6e6a726e

// Errors a caller branches on: test with errors.Is. Those of package database are returned too.
var (
	// ErrNotFound: the journal has nothing under that name, or has it no more. It wraps fs.ErrNotExist.
	ErrNotFound = fmt.Errorf("not in the journal: %w", fs.ErrNotExist)
	// ErrLater: a later change of the same article stands.
	ErrLater = errors.New("a later change of the article stands")
	// ErrTooLarge: a value is longer than the journal keeps.
	ErrTooLarge = errors.New("too large for the journal")
)

//go:embed migrations/*.sql
var migrations embed.FS

// Config says which journal to open.
type Config struct {
	// Dir is the data folder. Open creates it, for this user alone.
	Dir string
	// Logger gets what the owner should know and no caller can be told; nil discards it. Nothing a person wrote is
	// ever logged.
	Logger *slog.Logger
	// Now gives the time; nil means time.Now.
	Now func() time.Time
	// Retention is how long questions with their answers are kept; 0 means 30 days.
	Retention time.Duration
}

// Journal is the memory of the bot in one SQLite file. What a method has written is on the disk when it returns, and a
// method that fails has written nothing.
//
// A Journal is safe for concurrent use; its calls run one after the other. The caller owns every value returned.
type Journal struct {
	folder    string
	db        *sql.DB // one connection
	log       *slog.Logger
	now       func() time.Time
	retention time.Duration
	key       []byte // of codes
	close     sync.Once
}

// Open opens the journal in cfg.Dir, creating or upgrading it as needed. Call Prune then, and Close after use.
//
// Before an upgrade the file is copied to one beside it, such as bot.db.schema-8. Prune deletes there what it deletes in the
// journal, and erases the copy a week later; Forget and EraseArticle erase it at once.
//
// It returns an error wrapping database.ErrNewer when a newer program has written the file, database.ErrDamaged when it
// is no journal, fs.ErrPermission when the folder cannot be written.
func Open(ctx context.Context, cfg Config) (*Journal, error) {
	j := &Journal{folder: cfg.Dir, log: cfg.Logger, now: cfg.Now, retention: cfg.Retention}
	if j.log == nil {
		j.log = slog.New(slog.DiscardHandler)
	}
	if j.now == nil {
		j.now = time.Now
	}
	if j.retention == 0 {
		j.retention = answerKept
	}
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	j.db, err = database.Open(ctx, cfg.Dir, FileName, database.Schema{AppID: appID, Steps: steps, Now: j.now, Keep: true, Logger: j.log})
	if err == nil {
		if err = j.readKey(ctx); err != nil {
			err = errors.Join(err, j.db.Close())
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open the journal %s in %s: %w", FileName, cfg.Dir, err)
	}
	return j, nil
}

// Retention is how long questions with their answers are kept.
func (j *Journal) Retention() time.Duration { return j.retention }

// Close ends the use of the journal; finish the calls first. A second Close does nothing.
func (j *Journal) Close() (err error) {
	j.close.Do(func() {
		if err := database.TruncateLog(context.Background(), j.db); err != nil {
			j.log.Warn("erased messages may stay in the write-ahead log until the next start", "error", err)
		}
		err = j.db.Close()
	})
	return wrap(err, "close the journal")
}

// exec runs one statement and returns how many rows it has changed.
func (j *Journal) exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := j.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, database.Explain(err)
	}
	return res.RowsAffected()
}

// scan reads a query's only row. The error is ErrNotFound when there is none.
func scan(row *sql.Row, dest ...any) error {
	err := row.Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return database.Explain(err)
}

// newKey returns 10 characters of [a-z2-7] that nobody can guess.
func newKey() string { return strings.ToLower(rand.Text()[:10]) }

// bounded returns an error wrapping ErrTooLarge when a value of size bytes is longer than limit.
func bounded(what string, size, limit int) error {
	if size <= limit {
		return nil
	}
	return fmt.Errorf("%s of %d bytes: %w, the most is %d", what, size, ErrTooLarge, limit)
}

// notNull keeps an empty value from being stored as NULL.
func notNull(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}

// fromMillis is the inverse of UnixMilli, in UTC.
func fromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// wrap adds what was being done to an error, and leaves nil alone. Errors reach logs: they name updates, but no person and
// no chat.
func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err)
}
