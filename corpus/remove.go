package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newsbot/corpus/database"
)

// Purge takes an article out with its passages and with the vectors and words no other article needs. Its bytes are overwritten,
// not only unlinked; while another connection reads, traces in the write-ahead log wait for the next write or
// Close. Only the ID stays, in the change log. It returns an error wrapping ErrNotFound when there is no such article.
func (s *Store) Purge(ctx context.Context, id string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		pk, err := articleKey(ctx, tx, id)
		if err != nil {
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
		if err := dropOrphans(ctx, tx, hashes); err != nil {
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

// dropOrphans deletes the vectors of those hashes that no article names any more.
func dropOrphans(ctx context.Context, tx *sql.Tx, hashes []Hash) error {
	return each(ctx, tx, queryOrphan, hashes, func(h *Hash) []any { return []any{h[:]} })
}

// articleKey returns the row of an article.
func articleKey(ctx context.Context, tx *sql.Tx, id string) (pk int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT pk FROM article WHERE id = ?", id).Scan(&pk)
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
