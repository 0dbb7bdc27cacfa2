package corpus

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"newsbot/corpus/database"
)

// FileName is the name of the store's file inside the data folder. SQLite keeps up to two files beside it while it is
// open, and a lock file stays.
const FileName = "newsbot.db"

// appID marks an SQLite file as a store: "nbot".
const appID = 0x6e626f74

// readers is how many reads run at once; one connection is DataVersion's.
const readers = 5

// keptChanges is how many entries the change log keeps.
const keptChanges = 400_000

//go:embed migrations/*.sql
var migrations embed.FS

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
	// AllowCopies stores articles whose text another article has already: benchmarks take documents as they are.
	AllowCopies bool
	// Alone keeps everybody else from opening the store for writing until it is closed. The error of Open wraps ErrLocked
	// when somebody has it open.
	Alone bool
	// Remade says that the store can be made anew from what it was made of: nothing is kept of it before an upgrade.
	Remade bool
}

// Store keeps articles, their passages and the vectors of their texts in one SQLite file. What a method has written
// is on the disk when it returns, and a method that fails has written nothing. Many processes may share the folder.
//
// A Store is safe for concurrent use. Reads run beside each other and beside a write, and see one moment of
// the store; writes wait for each other, across processes too, up to 30 seconds. The caller owns every value returned.
type Store struct {
	dir      string
	log      *slog.Logger
	now      func() time.Time
	writer   *sql.DB    // one connection; nil when read-only
	reader   *sql.DB    // a few connections
	watch    *sql.Conn  // of reader, for DataVersion alone: the number means nothing on another
	keep     int64      // entries of the change log
	copies   bool       // Config.AllowCopies
	chunk    int        // vectors DropVectors deletes in one transaction
	prepared statements // of writer
	alone    bool       // Config.Alone
	remade   bool       // Config.Remade
	entered  *os.File   // holds the lock of those who write
	// residue says that removed text may still be in the write-ahead log.
	residue atomic.Bool
}

// Open opens the store in cfg.Dir, creating or upgrading it as needed. Close it after use.
//
// Before an upgrade the file is copied to one beside it, such as newsbot.db.schema-9, unless cfg.Remade, or it is a copy itself
// that Backup or Replace opens. The copy is erased a week later, and at once by Purge, for it holds what is purged.
//
// It returns an error wrapping ErrNewer when a newer program has written the folder, ErrDamaged when the file is no
// store, fs.ErrPermission when the folder cannot be written.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	s := &Store{dir: cfg.Dir, log: cfg.Logger, now: cfg.Now, copies: cfg.AllowCopies,
		alone: cfg.Alone, remade: cfg.Remade, keep: keptChanges, chunk: dropChunk}
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
		return nil, errors.Join(fmt.Errorf("open the store in %s: %w", cfg.Dir, err), s.closeAll())
	}
	return s, nil
}

// Tidy empties the write-ahead log, which may hold what was purged: by a process that was killed, or that ended while another
// one read; and erases what was kept before an upgrade a week ago. It takes no time when there is nothing to do, and a quarter
// of a second at most while others read; then call it again later.
func (s *Store) Tidy(ctx context.Context) {
	if s.writer == nil {
		return
	}
	if err := database.DropOldKept(ctx, s.reader, s.dir, FileName, s.now()); err != nil && ctx.Err() == nil {
		s.log.Warn("what was kept before an upgrade is not erased yet", "error", err)
	}
	if info, err := os.Stat(s.path() + "-wal"); err != nil || info.Size() == 0 {
		return
	}
	if err := database.TruncateLog(ctx, s.writer); err != nil {
		s.log.Debug("write-ahead log not emptied yet", "error", err)
		return
	}
	s.residue.Store(false)
}

// Close ends the use of the store; finish the calls first. A second Close does nothing.
func (s *Store) Close() error {
	if s.residue.Load() {
		if err := database.TruncateLog(context.Background(), s.writer); err != nil {
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
	return errors.Join(append(errs, s.leave())...)
}

func (s *Store) path() string { return filepath.Join(s.dir, FileName) }

// schema is what the store's file holds.
func (s *Store) schema() database.Schema {
	return database.Schema{AppID: appID, Steps: embedded(), Now: s.now, Keep: !s.remade, Logger: s.log}
}

func embedded() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name above is wrong
	}
	return sub
}

func (s *Store) openWriter(ctx context.Context) (err error) {
	if s.writer, err = database.Open(ctx, s.dir, FileName, s.schema()); err != nil {
		return err
	}
	if err := s.enter(ctx, s.alone); err != nil {
		return err
	}
	if err := s.openReaders(ctx, database.ReadOnly); err != nil {
		return err
	}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	if err := s.renewAll(ctx); err != nil {
		return err
	}
	s.Tidy(ctx)
	return nil
}

// openReaders opens the reading connections and reads once, which finds out whether they work.
func (s *Store) openReaders(ctx context.Context, mode database.Mode) (err error) {
	if s.reader, err = database.Connect(s.path(), readers, mode); err != nil {
		return err
	}
	if s.watch, err = s.reader.Conn(ctx); err != nil {
		return database.Explain(err)
	}
	return s.schema().Check(ctx, s.watch)
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
		return s.openReaders(ctx, database.Watch)
	}
	// Nobody has the store open. SQLite has to make its two files for a reader too; only a connection that may write
	// takes them away again.
	err = s.openReaders(ctx, database.ReadOnly)
	if err == nil || !database.CannotCreate(err) {
		return err
	}
	// The folder cannot be written, so nobody will change the file under us.
	s.log.Debug("reading the store without locks", "dir", s.dir, "error", err)
	if err := s.closeAll(); err != nil {
		return err
	}
	return s.openReaders(ctx, database.Immutable)
}

// openEmpty stands in for a store that does not exist.
func (s *Store) openEmpty(ctx context.Context) (err error) {
	if s.reader, err = database.Connect("", 1, database.Memory); err != nil {
		return err
	}
	return s.schema().Migrate(ctx, s.reader)
}

// write runs do in one transaction that holds the write lock from its start. An error undoes everything.
func (s *Store) write(ctx context.Context, do func(*sql.Tx) error) error {
	if s.writer == nil {
		return ErrReadOnly
	}
	if err := database.Update(ctx, s.writer, do); err != nil {
		return err
	}
	if s.residue.Load() {
		s.forget(ctx)
	}
	return nil
}

// read runs do in one transaction, which sees one moment of the store.
func (s *Store) read(ctx context.Context, do func(*sql.Tx) error) error {
	return database.View(ctx, s.reader, do)
}

// forget empties the write-ahead log, which holds what was removed until then. A reader in the middle of its work can
// prevent that; then the next write or Close tries again.
func (s *Store) forget(ctx context.Context) {
	s.residue.Store(true)
	if err := database.TruncateLog(ctx, s.writer); err != nil {
		s.log.Debug("write-ahead log not emptied yet", "error", err)
		return
	}
	s.residue.Store(false)
}
