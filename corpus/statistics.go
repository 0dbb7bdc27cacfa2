package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// maxStatistics bounds what is kept of one encoder: a few vectors of maxDimensions numbers.
const maxStatistics = 1 << 19

// SetStatistics keeps what has been measured of an encoder, 1 byte to 512 kB that only the caller can read, in place of what
// was kept of it before. It is no change of an article, and goes with the encoder, by DropVectors. An encoder that has stored
// no vector yet is known from then on, and has everything still to do.
func (s *Store) SetStatistics(ctx context.Context, encoder string, data []byte) error {
	err := checkEncoder(encoder)
	if err == nil && (len(data) == 0 || len(data) > maxStatistics) {
		err = fmt.Errorf("%d bytes are not between 1 and %d", len(data), maxStatistics)
	}
	if err != nil {
		return fmt.Errorf("keep statistics of an encoder: %w", err)
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		pk, err := s.registerEncoder(ctx, tx, encoder)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE encoder SET statistics = ? WHERE pk = ?", data, pk)
		return err
	})
	return wrap(err, "keep statistics of %s", encoder)
}

// Statistics returns what SetStatistics has kept of an encoder; nil for none.
func (s *Store) Statistics(ctx context.Context, encoder string) (data []byte, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT statistics FROM encoder WHERE name = ?", encoder).Scan(&data)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return data, wrap(err, "read statistics of %s", encoder)
}
