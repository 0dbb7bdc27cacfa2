package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// FileName is the name of the store's file inside the data folder. SQLite keeps up to two files beside it while it is
// open.
const FileName = "newsbot.db"

// keptChanges is how many entries the change log keeps.
const keptChanges = 100_000

// Config says which store to open.
type Config struct {
	// Dir is the data folder. Open creates it, for this user alone, unless ReadOnly.
	Dir string
	// Logger gets what a user should know and no caller can be told; nil discards it.
	Logger *slog.Logger
	// Now gives the time for Added and Changed; nil means time.Now.
	Now func() time.Time
	// ReadOnly opens the store without ever changing it. A folder without a store then reads as an empty one.
	ReadOnly bool
}

// Store keeps articles, their passages and the vectors of their texts in one SQLite file. What a method has written
// is on the disk when it returns, and a method that fails has written nothing. Many processes may share the folder.
//
// A Store is safe for concurrent use. Reads run beside each other and beside a write, and see one moment of
// the store; writes wait for each other, across processes too, up to 30 seconds. The caller owns every value returned.
type Store struct {
	dir    string
	log    *slog.Logger
	now    func() time.Time
	writer *sql.DB   // one connection; nil when read-only
	reader *sql.DB   // a few connections
	watch  *sql.Conn // of reader, for DataVersion alone: the number means nothing on another
	keep   int64     // entries of the change log
	chunk  int       // vectors DropVectors deletes in one transaction
	// residue says that removed text may still be in the write-ahead log.
	residue atomic.Bool
}

// Open opens the store in cfg.Dir, creating or migrating it as needed. Close it after use.
//
// It returns an error wrapping ErrNewer when a newer program has written the folder, ErrDamaged when the file is no
// store, fs.ErrPermission when the folder cannot be written.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	s := &Store{dir: cfg.Dir, log: cfg.Logger, now: cfg.Now, keep: keptChanges, chunk: dropChunk}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	open := s.openWriter
	if cfg.ReadOnly {
		open = s.openReadOnly
	}
	if err := open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the store in %s: %w", cfg.Dir, explain(err)), s.closeAll())
	}
	return s, nil
}

// Close ends the use of the store; finish the calls first. A second Close does nothing.
func (s *Store) Close() error {
	if s.residue.Load() {
		if err := s.truncateLog(context.Background()); err != nil {
			s.log.Warn("removed text may stay in the write-ahead log until the next start", "error", err)
		}
	}
	if err := s.closeAll(); err != nil {
		return fmt.Errorf("close the store: %w", err)
	}
	return nil
}

// closeAll closes what is open. The writer goes last: the last connection folds the write-ahead log into the file.
func (s *Store) closeAll() error {
	var errs []error
	if s.watch != nil {
		if err := s.watch.Close(); !errors.Is(err, sql.ErrConnDone) { // closed before
			errs = append(errs, err)
		}
	}
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

func (s *Store) path() string { return filepath.Join(s.dir, FileName) }

func (s *Store) openWriter(ctx context.Context) error {
	if err := makeDir(s.dir); err != nil {
		return err
	}
	// Created here and not by SQLite, so that nobody else can read it; the files beside it inherit the mode.
	f, err := os.OpenFile(s.path(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("%w: make the folder and the files in it writable for this user, or choose another folder", err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	if s.writer, err = connect(s.path(), 1, writing()); err != nil {
		return err
	}
	if err := useWAL(ctx, s.writer); err != nil {
		return err
	}
	if err := migrate(ctx, s.writer, embedded(), s.now); err != nil {
		return err
	}
	return s.openReaders(ctx, reading())
}

// openReaders opens the reading connections and reads once, which finds out whether they work.
func (s *Store) openReaders(ctx context.Context, options dsn) (err error) {
	if s.reader, err = connect(s.path(), readers, options); err != nil {
		return err
	}
	if s.watch, err = s.reader.Conn(ctx); err != nil {
		return err
	}
	return checkSchema(ctx, s.watch, embedded())
}

// openReadOnly opens an existing store for reading, leaving the folder as it is.
func (s *Store) openReadOnly(ctx context.Context) error {
	info, err := os.Stat(s.path())
	if errors.Is(err, fs.ErrNotExist) || (err == nil && info.Size() == 0) {
		return s.openEmpty(ctx)
	}
	if err != nil {
		return err
	}
	_, err = os.Stat(s.path() + "-wal")
	inUse := err == nil
	if inUse {
		return s.openReaders(ctx, watching())
	}
	// Nobody has the store open. SQLite has to make its two files for a reader too; only a connection that may write
	// takes them away again.
	err = s.openReaders(ctx, reading())
	if err == nil || !cannotCreate(err) {
		return err
	}
	// The folder cannot be written, so nobody will change the file under us.
	s.log.Debug("reading the store without locks", "dir", s.dir, "error", err)
	if err := s.closeAll(); err != nil {
		return err
	}
	return s.openReaders(ctx, immutable())
}

// openEmpty stands in for a store that does not exist.
func (s *Store) openEmpty(ctx context.Context) (err error) {
	if s.reader, err = connect(":memory:", 1, inMemory()); err != nil {
		return err
	}
	return migrate(ctx, s.reader, embedded(), s.now)
}

// makeDir creates a data folder, for this user alone, where there is none.
func makeDir(dir string) error {
	if dir == "" {
		return errors.New("no data folder is named")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("%w: choose a folder this user can create and write", err)
	}
	return nil
}

// write runs do in one transaction that holds the write lock from its start. An error undoes everything.
func (s *Store) write(ctx context.Context, do func(*sql.Tx) error) error {
	if s.writer == nil {
		return ErrReadOnly
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	if err := do(tx); err != nil {
		return errors.Join(explain(err), rollback(tx))
	}
	if err := tx.Commit(); err != nil {
		return explain(errors.Join(err, rollback(tx)))
	}
	if s.residue.Load() {
		s.forget(ctx)
	}
	return nil
}

// read runs do in one transaction, which sees one moment of the store.
func (s *Store) read(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.reader.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	return errors.Join(explain(do(tx)), rollback(tx))
}

// rollback ends a transaction; one that is already over is no error.
func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

// forget empties the write-ahead log, which holds what was removed until then. A reader in the middle of its work can
// prevent that; then the next write or Close tries again.
func (s *Store) forget(ctx context.Context) {
	s.residue.Store(true)
	if err := s.truncateLog(ctx); err != nil {
		s.log.Debug("write-ahead log not emptied yet", "error", err)
		return
	}
	s.residue.Store(false)
}
