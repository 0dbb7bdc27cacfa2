package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"newsbot/corpus/database"
)

// keeper is who the audit says has taken articles out of a copy.
const keeper = "newsbot"

// Copied says what a copy of a store is.
type Copied struct {
	// Articles is how many there are, those under an embargo or withdrawn among them.
	Articles int
	// Schema is the number of the store's schema.
	Schema int
}

// Backup writes a copy of the store, as it is at one moment, into a folder that holds no store; others may write the
// store meanwhile. Articles that were removed are not in the copy, so that it never brings them back, and what they are
// known again by is. Those that their outlet has withdrawn are, still hidden.
func (s *Store) Backup(ctx context.Context, dir string) (c Copied, err error) {
	if err := database.CopyInto(ctx, s.reader, filepath.Join(dir, FileName)); err != nil {
		return Copied{}, fmt.Errorf("copy the store: %w", err)
	}
	err = s.inCopy(ctx, dir, func(held *Store) error {
		if err := held.purgeRemoved(ctx); err != nil {
			return err
		}
		const query = "SELECT (SELECT count(*) FROM article), user_version FROM pragma_user_version"
		return database.Explain(held.reader.QueryRowContext(ctx, query).Scan(&c.Articles, &c.Schema))
	})
	return c, wrap(err, "complete the copy of the store")
}

// purgeRemoved purges what somebody has removed, be it that it could still be restored.
func (s *Store) purgeRemoved(ctx context.Context) error {
	ids, err := s.Due(ctx, time.UnixMilli(1<<53))
	if err != nil {
		return err
	}
	return s.purgeAll(ctx, ids)
}

func (s *Store) purgeAll(ctx context.Context, ids []string) error {
	ctx = WithActor(ctx, keeper)
	for _, id := range ids {
		if err := s.Purge(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// inCopy calls do with the copy of a store in a folder. When it returns, all of the copy is in one file.
func (s *Store) inCopy(ctx context.Context, dir string, do func(held *Store) error) error {
	held, err := Open(ctx, Config{Dir: dir, Logger: s.log, Now: s.now, AllowCopies: s.copies})
	if err != nil {
		return err
	}
	return errors.Join(do(held), held.Close())
}

// Replace makes the store hold what the copy in a folder holds, which Backup has made and which it changes, and returns
// how many articles there are. What was removed from the store stays away, though it is in the copy: such articles
// are not taken, and counted in away. The store is as it was or as it is to be at any moment, and when there is an error
// as it was, which wraps ErrDamaged when the copy is, and ErrNewer when a newer program made it.
//
// Nothing else may use the store meanwhile: take both locks.
func (s *Store) Replace(ctx context.Context, dir string) (c Copied, away int, err error) {
	if s.writer == nil {
		return Copied{}, 0, ErrReadOnly
	}
	if _, err := os.Stat(filepath.Join(dir, FileName)); errors.Is(err, fs.ErrNotExist) {
		return Copied{}, 0, fmt.Errorf("replace the store: there is no %s in %s", FileName, dir)
	}
	err = s.inCopy(ctx, dir, func(held *Store) error {
		if err := database.Verify(ctx, held.reader); err != nil {
			return err
		}
		if away, err = held.followRemovals(ctx, s); err != nil {
			return err
		}
		const query = "SELECT (SELECT count(*) FROM article), user_version FROM pragma_user_version"
		if err := held.reader.QueryRowContext(ctx, query).Scan(&c.Articles, &c.Schema); err != nil {
			return database.Explain(err)
		}
		return database.Overwrite(ctx, s.path(), held.writer)
	})
	if err != nil {
		return Copied{}, 0, fmt.Errorf("replace the store: %w", err)
	}
	s.forget(ctx) // what was there before
	return c, away, nil
}

// followRemovals purges what was removed from another store and not from this one, and notes that it was. It returns
// how many articles that were.
func (s *Store) followRemovals(ctx context.Context, other *Store) (int, error) {
	removed, err := s.unknownStones(ctx, other)
	if err != nil || len(removed) == 0 {
		return 0, err
	}
	all, err := s.ids(ctx, "SELECT id FROM article ORDER BY pk")
	if err != nil {
		return 0, err
	}
	var away []string
	for _, id := range all {
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
