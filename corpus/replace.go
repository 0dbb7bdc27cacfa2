package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"newsbot/corpus/database"
)

// Replaced says what has become of a store.
type Replaced struct {
	Copied
	// Erased is how many articles of the copy were not taken, since they had been purged from the store.
	Erased int
	// Hidden is how many articles of the copy are hidden now, since they had been removed from the store, or withdrawn.
	Hidden int
}

// Replace makes the store, which must have been opened with Config.Alone, hold what the copy in a folder holds, which
// Backup has made and which Replace changes. What was decided since in the store still holds: what was purged is not
// taken, what was removed is hidden, with the time left to restore it, and the audit goes on. Those who read the store
// are told to read everything again.
//
// The store is as it was or as it is to be at any moment, and when there is an error as it was. That wraps ErrDamaged
// when the copy is, or is not what a program has written, and ErrNewer when a newer program made it.
func (s *Store) Replace(ctx context.Context, dir string) (r Replaced, err error) {
	if s.writer == nil {
		return Replaced{}, ErrReadOnly
	}
	if !s.alone {
		return Replaced{}, errors.New("replace the store: it was not opened alone")
	}
	if err := s.checkCopy(ctx, filepath.Join(dir, FileName)); err != nil {
		return Replaced{}, fmt.Errorf("replace the store: %w", err)
	}
	err = s.inCopy(ctx, dir, func(held *Store) error {
		if r, err = held.follow(ctx, s); err != nil {
			return err
		}
		return database.Overwrite(ctx, s.path(), held.writer)
	})
	if err != nil {
		return Replaced{}, fmt.Errorf("replace the store: %w", err)
	}
	s.forget(ctx) // what was there before
	return r, nil
}

// checkCopy makes sure that a file is a store, before anything in it could run.
func (s *Store) checkCopy(ctx context.Context, path string) (err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no %s in %s", FileName, filepath.Dir(path))
	}
	db, err := database.Connect(path, 1, database.Immutable)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := s.schema().Equal(ctx, db); err != nil {
		return err
	}
	return database.Verify(ctx, db)
}

// Verify reads all of the store. The error wraps ErrDamaged when something is wrong with it.
func (s *Store) Verify(ctx context.Context) error {
	return wrap(database.Verify(ctx, s.reader), "verify the store")
}

// follow decides in a copy what has been decided in the store since.
func (s *Store) follow(ctx context.Context, other *Store) (r Replaced, err error) {
	if err := s.followAudit(ctx, other); err != nil {
		return Replaced{}, err
	}
	if r.Hidden, err = s.followHidden(ctx, other); err != nil {
		return Replaced{}, err
	}
	if r.Erased, err = s.followRemovals(ctx, other); err != nil {
		return Replaced{}, err
	}
	const query = "SELECT (SELECT count(*) FROM article), user_version FROM pragma_user_version"
	if err := s.reader.QueryRowContext(ctx, query).Scan(&r.Articles, &r.Schema); err != nil {
		return Replaced{}, database.Explain(err)
	}
	last, err := other.Seq(ctx)
	if err != nil {
		return Replaced{}, err
	}
	return r, s.write(ctx, func(tx *sql.Tx) error {
		if err := cutLog(ctx, tx, last); err != nil {
			return err
		}
		return s.audit(ctx, tx, "restore backup", "", fmt.Sprintf("articles: %d", r.Articles))
	})
}

// cutLog empties the change log and numbers on beyond another one, so that nobody who has followed either goes on from
// where they were.
func cutLog(ctx context.Context, tx *sql.Tx, last int64) error {
	own, err := lastSeq(ctx, tx)
	if err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM change",
		"DELETE FROM sqlite_sequence WHERE name = 'change'",
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO sqlite_sequence (name, seq) VALUES ('change', ?)", max(own, last)+1)
	return err
}

// entryQuery reads the audit in its order; Seq is not compared.
const entryQuery = "SELECT at, actor, action, article, detail FROM audit ORDER BY seq"

// entry is what Entry is, without its place.
type entry struct {
	at                             int64
	actor, action, article, detail string
}

func scanEntry(rows *sql.Rows) (e entry, err error) {
	err = rows.Scan(&e.at, &e.actor, &e.action, &e.article, &e.detail)
	return e, err
}

// followAudit adds the entries of another store's audit that this one's has not.
func (s *Store) followAudit(ctx context.Context, other *Store) error {
	known := map[entry]bool{}
	err := s.query(ctx, entryQuery, nil, func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		known[e] = true
		return err
	})
	if err != nil {
		return err
	}
	var later []entry
	err = other.query(ctx, entryQuery, nil, func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		if !known[e] {
			later = append(later, e)
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		const query = "INSERT INTO audit (at, actor, action, article, detail) VALUES (?, ?, ?, ?, ?)"
		return each(ctx, tx, query, later, func(e *entry) []any {
			return []any{e.at, e.actor, e.action, e.article, e.detail}
		})
	})
}

// A removal is how an article was hidden.
type removal struct {
	id            string
	at, withdrawn int64
}

// followHidden hides what is hidden in another store, since the same time. It returns how many articles were not, or not so.
func (s *Store) followHidden(ctx context.Context, other *Store) (hidden int, err error) {
	var list []removal
	const hiddenThere = "SELECT id, removed, withdrawn FROM article WHERE removed != 0"
	err = other.query(ctx, hiddenThere, nil, func(rows *sql.Rows) error {
		var r removal
		err := rows.Scan(&r.id, &r.at, &r.withdrawn)
		list = append(list, r)
		return err
	})
	if err != nil {
		return 0, err
	}
	const query = "UPDATE article SET removed = ?1, withdrawn = ?2 WHERE id = ?3 AND (removed, withdrawn) != (?1, ?2)"
	err = s.write(ctx, func(tx *sql.Tx) error {
		for _, r := range list {
			result, err := tx.ExecContext(ctx, query, r.at, r.withdrawn, r.id)
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			hidden += int(n)
		}
		return nil
	})
	return hidden, err
}

// followRemovals purges what was purged from another store and not from this one, and notes what was removed from it. It
// returns how many articles that were.
func (s *Store) followRemovals(ctx context.Context, other *Store) (int, error) {
	removed, err := s.unknownStones(ctx, other)
	if err != nil || len(removed) == 0 {
		return 0, err
	}
	shown, err := s.ids(ctx, "SELECT id FROM article WHERE removed = 0 ORDER BY pk")
	if err != nil {
		return 0, err
	}
	var away []string
	for _, id := range shown {
		a, err := s.Lookup(ctx, id)
		if err != nil {
			return 0, err
		}
		for _, h := range stones(&a) {
			if _, ok := removed[h]; ok {
				away = append(away, id)
				break
			}
		}
	}
	if err := s.purgeAll(ctx, away); err != nil {
		return 0, err
	}
	return len(away), s.write(ctx, func(tx *sql.Tx) error {
		for h, at := range removed {
			if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO tombstone VALUES (?, ?)", h[:], at); err != nil {
				return err
			}
		}
		return nil
	})
}

// unknownStones returns the tombstones of another store that this one has not, with their times.
func (s *Store) unknownStones(ctx context.Context, other *Store) (map[Hash]int64, error) {
	found := map[Hash]int64{}
	read := func(keep func(h Hash, at int64)) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var raw []byte
			var at int64
			if err := rows.Scan(&raw, &at); err != nil {
				return err
			}
			hashes, err := toHashes([][]byte{raw})
			if err != nil {
				return err
			}
			keep(hashes[0], at)
			return nil
		}
	}
	const query = "SELECT hash, at FROM tombstone"
	if err := other.query(ctx, query, nil, read(func(h Hash, at int64) { found[h] = at })); err != nil {
		return nil, err
	}
	err := s.query(ctx, query, nil, read(func(h Hash, _ int64) { delete(found, h) }))
	return found, err
}
