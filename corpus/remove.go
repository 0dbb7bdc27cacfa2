package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// Purge takes an article out, hidden or not, with its passages and earlier versions, and with the vectors and words no other
// article needs. Its bytes are overwritten, not only unlinked; while another connection reads, traces in the write-ahead log
// wait for the next write or Close. What was kept of the store before upgrades goes with it: the article is in there, too. Only its ID stays, in the change log and the audit, and the hashes it is known again by:
// it does not come back by itself. An article that is damaged can be purged, too. It returns an error wrapping ErrNotFound
// when there is no such article.
func (s *Store) Purge(ctx context.Context, id string) error {
	return s.purge(ctx, id, "SELECT pk FROM article WHERE id = ?", id)
}

// PurgeDue is Purge of an article that Due named. The error wraps ErrNotFound, too, when it is not due any more, since
// somebody has brought it back.
func (s *Store) PurgeDue(ctx context.Context, id string, until time.Time) error {
	return s.purge(ctx, id, "SELECT pk FROM article WHERE "+due+" AND id = ?2", until.UnixMilli(), id)
}

// purge purges an article if query, with args, returns its row.
func (s *Store) purge(ctx context.Context, id, query string, args ...any) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		pk, err := oneKey(tx.QueryRowContext(ctx, query, args...))
		if err != nil {
			return err
		}
		// Before the article: should the process be killed, whoever purges it again finds both.
		if err := s.dropKept(); err != nil {
			return err
		}
		if err := s.erase(ctx, tx, pk); err != nil {
			return err
		}
		if err := s.audit(ctx, tx, "purge", id, ""); err != nil {
			return err
		}
		return s.logChanges(ctx, tx, []Change{{ArticleID: id, Removed: true}})
	})
	if err != nil {
		return fmt.Errorf("purge article %s: %w", shorten(id, 40), err)
	}
	s.forget(ctx)
	return nil
}

// dropKept erases what was kept of the store before an upgrade, and says so: somebody may count on it.
func (s *Store) dropKept() error {
	were, err := database.DropKept(s.dir, FileName)
	if were && err == nil {
		s.log.Warn("erased the copy of " + FileName + " from before the upgrade, since it held an article that is erased")
	}
	return err
}

// erase deletes an article and what nothing else needs, and leaves its tombstone.
func (s *Store) erase(ctx context.Context, tx *sql.Tx, pk int64) error {
	if err := s.bury(ctx, tx, pk); err != nil {
		return err
	}
	hashes, err := hashesOf(ctx, tx, pk)
	if err != nil {
		return err
	}
	if err := releaseWords(ctx, tx, pk); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM article WHERE pk = ?", pk); err != nil { // the rest cascades
		return err
	}
	return dropOrphans(ctx, tx, hashes)
}

// dropOrphans deletes the vectors of those hashes that no article names any more.
func dropOrphans(ctx context.Context, tx *sql.Tx, hashes []Hash) error {
	return each(ctx, tx, queryOrphan, hashes, func(h *Hash) []any { return []any{h[:]} })
}

// articleKey returns the row of an article whatever its state.
func articleKey(ctx context.Context, tx *sql.Tx, id string) (int64, error) {
	return oneKey(tx.QueryRowContext(ctx, "SELECT pk FROM article WHERE id = ?", id))
}

// oneKey reads the key of an article's row, if there is one.
func oneKey(row *sql.Row) (pk int64, err error) {
	err = row.Scan(&pk)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNotFound
	}
	return pk, err
}

// hashesOf returns the hashes of an article's texts.
func hashesOf(ctx context.Context, tx *sql.Tx, pk int64) ([]Hash, error) {
	rows, err := tx.QueryContext(ctx, "SELECT hash FROM text WHERE article = ?", pk)
	if err != nil {
		return nil, err
	}
	raw, err := database.Column[[]byte](rows)
	if err != nil {
		return nil, err
	}
	return toHashes(raw)
}

// toHashes checks the length of stored hashes.
func toHashes(raw [][]byte) ([]Hash, error) {
	hashes := make([]Hash, len(raw))
	for i, b := range raw {
		if len(b) != len(Hash{}) {
			return nil, fmt.Errorf("hash of %d bytes: %w", len(b), ErrDamaged)
		}
		hashes[i] = Hash(b)
	}
	return hashes, nil
}
