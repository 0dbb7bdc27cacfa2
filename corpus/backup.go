package corpus

import (
	"context"
	"errors"
	"fmt"
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

// inCopy calls do with the copy of a store in a folder, which nobody else knows. When it returns, all of the copy is in one
// file.
func (s *Store) inCopy(ctx context.Context, dir string, do func(held *Store) error) error {
	held, err := Open(ctx, Config{Dir: dir, Logger: s.log, Now: s.now, AllowCopies: s.copies, Alone: true, Remade: true})
	if err != nil {
		return err
	}
	return errors.Join(do(held), held.Close(), os.Remove(filepath.Join(dir, writeLock)))
}
