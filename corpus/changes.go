package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newsbot/corpus/database"
)

// Change is the last thing that happened to an article, or to its vectors of one encoder.
type Change struct {
	// Seq is the place of the change in the store's history: later changes have larger numbers.
	Seq int64
	// ArticleID is the article that was added, updated, removed or encoded.
	ArticleID string
	// Removed says that it is gone.
	Removed bool
	// Encoder is empty when the article was added, updated or removed. Else it names the encoder of which the article had
	// got its last vector then, or, as WordsOf writes it, its words.
	Encoder string
}

// Seq returns the number of the last change, 0 for a store that never had one.
func (s *Store) Seq(ctx context.Context) (seq int64, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		seq, err = lastSeq(ctx, tx)
		return err
	})
	return seq, wrap(err, "read the change log")
}

func lastSeq(ctx context.Context, q database.Querier) (seq int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT seq FROM sqlite_sequence WHERE name = 'change'").Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

// Changes returns what happened after the change numbered after, oldest first. There is one entry, of the last change, for
// each article concerned and each Encoder. The Seq of the last entry is where to go on.
//
// An article is complete for an encoder when its last vector is stored, also when it shares that text with another
// article; one that was never without is not mentioned. What was complete once may since have been replaced or
// dropped.
//
// The log keeps the last 400,000 changes. An error wrapping ErrTooOld says that some after the place asked for are gone,
// or that the store never had a change of that number: take Seq, then read everything again.
func (s *Store) Changes(ctx context.Context, after int64) ([]Change, error) {
	var changes []Change
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := reaches(ctx, tx, after); err != nil {
			return err
		}
		var err error
		changes, err = changesAfter(ctx, tx, after)
		return err
	})
	return changes, wrap(err, "read the changes after %d", after)
}

// reaches makes sure that nothing after the place is missing from the log.
func reaches(ctx context.Context, q database.Querier, after int64) error {
	last, err := lastSeq(ctx, q)
	if err != nil || after == last {
		return err
	}
	var first sql.NullInt64
	if err := q.QueryRowContext(ctx, "SELECT min(seq) FROM change").Scan(&first); err != nil {
		return err
	}
	if after < 0 || after > last || !first.Valid || after < first.Int64-1 {
		return ErrTooOld
	}
	return nil
}

func changesAfter(ctx context.Context, q database.Querier, after int64) ([]Change, error) {
	// With max, SQLite takes the other columns from the row that holds the maximum.
	rows, err := q.QueryContext(ctx,
		"SELECT max(seq), article, removed, encoder FROM change WHERE seq > ? GROUP BY article, encoder ORDER BY 1", after)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for rows.Next() {
		var c Change
		if err := rows.Scan(&c.Seq, &c.ArticleID, &c.Removed, &c.Encoder); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		changes = append(changes, c)
	}
	return changes, errors.Join(rows.Err(), rows.Close())
}

// logEncoded notes that articles lack nothing of an encoder any more.
func (s *Store) logEncoded(ctx context.Context, tx *sql.Tx, encoder string, ids []string) error {
	list := make([]Change, len(ids))
	for i, id := range ids {
		list[i] = Change{ArticleID: id, Encoder: encoder}
	}
	return s.logChanges(ctx, tx, list)
}

const (
	queryLogChange     = "INSERT INTO change (article, removed, encoder) VALUES (?, ?, ?)"
	queryForgetChanges = "DELETE FROM change WHERE seq <= (SELECT max(seq) FROM change) - ?"
)

// logChanges appends to the log and drops what has become too old.
func (s *Store) logChanges(ctx context.Context, tx *sql.Tx, list []Change) error {
	if len(list) == 0 {
		return nil
	}
	insert := tx.StmtContext(ctx, s.prepared.logChange)
	for _, c := range list {
		if _, err := insert.ExecContext(ctx, c.ArticleID, c.Removed, c.Encoder); err != nil {
			return err
		}
	}
	_, err := tx.StmtContext(ctx, s.prepared.forgetChanges).ExecContext(ctx, s.keep)
	return err
}

// DataVersion returns a number that changes whenever any process has changed the store; compare it with the last one. It
// costs microseconds. Another Store, and this one opened again, count differently.
func (s *Store) DataVersion(ctx context.Context) (int64, error) {
	if s.watch == nil { // the stand-in for a missing store
		return 0, nil
	}
	var v int64
	if err := s.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v); err != nil {
		return 0, fmt.Errorf("read the data version: %w", database.Explain(err))
	}
	return v, nil
}
