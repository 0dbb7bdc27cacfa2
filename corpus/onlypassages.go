package corpus

import (
	"context"
	"database/sql"
	"fmt"

	"newsbot/corpus/database"
)

// The hashes of passages, and of few sentences, are not below x'ff': see ofPassages.
const (
	queryOnly = "SELECT EXISTS (SELECT 1 FROM encoder WHERE pk = ?1 AND only_passages)"
	// All of the backlog is wanted, once for all.
	queryRecount = `UPDATE backlog SET missing = (SELECT count(*) FROM text t WHERE t.article = backlog.article
			AND t.hash >= x'ff' AND NOT EXISTS (SELECT 1 FROM vector v WHERE v.encoder = ?1 AND v.hash = t.hash))
		WHERE encoder = ?1`
	queryComplete = `DELETE FROM backlog WHERE encoder = ?1 AND missing = 0
		RETURNING (SELECT a.id FROM article a WHERE a.pk = article)`
	queryDropSentences = `DELETE FROM vector WHERE encoder = ?1 AND hash IN
		(SELECT hash FROM vector WHERE encoder = ?1 AND hash < x'ff' LIMIT ?2)`
)

// OnlyPassages says that of an encoder vectors of passages are wanted and none of sentences: Pending does not return
// sentences then, Backlog does not count them, and PutVectors leaves them out. It holds until DropVectors. The few
// sentences whose hash begins like that of a passage are still wanted.
func (s *Store) OnlyPassages(ctx context.Context, encoder string) error {
	if err := checkEncoder(encoder); err != nil {
		return fmt.Errorf("do without vectors of sentences: %w", err)
	}
	var only bool
	err := s.read(ctx, func(tx *sql.Tx) error {
		pk, err := encoderKey(ctx, tx, encoder)
		if err != nil {
			return err
		}
		only, err = onlyPassages(ctx, tx, pk)
		return err
	})
	if err == nil && !only {
		err = s.write(ctx, func(tx *sql.Tx) error { return s.leaveSentences(ctx, tx, encoder) })
	}
	return wrap(err, "do without vectors of sentences of %s", encoder)
}

// onlyPassages says whether an encoder, 0 for one that has never stored a vector, wants no sentences.
func onlyPassages(ctx context.Context, q database.Querier, encoder int64) (only bool, err error) {
	err = q.QueryRowContext(ctx, queryOnly, encoder).Scan(&only)
	return only, err
}

// leaveSentences counts anew what articles lack, and notes those that lack nothing any more.
func (s *Store) leaveSentences(ctx context.Context, tx *sql.Tx, encoder string) error {
	pk, err := s.registerEncoder(ctx, tx, encoder)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE encoder SET only_passages = 1 WHERE pk = ?", pk); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, queryRecount, pk); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, queryComplete, pk)
	if err != nil {
		return err
	}
	done, err := database.Column[string](rows)
	if err != nil {
		return err
	}
	return s.logEncoded(ctx, tx, encoder, done)
}

// DropSentences deletes the vectors of sentences that an encoder has made before OnlyPassages was called; without that
// call it does nothing. It goes in steps, like DropVectors.
func (s *Store) DropSentences(ctx context.Context, encoder string) error {
	return wrap(s.repeat(ctx, encoder, s.dropSomeSentences), "drop vectors of sentences of %s", encoder)
}

func (s *Store) dropSomeSentences(ctx context.Context, tx *sql.Tx, encoder string) (left bool, err error) {
	pk, err := encoderKey(ctx, tx, encoder)
	if err != nil {
		return false, err
	}
	only, err := onlyPassages(ctx, tx, pk)
	if err != nil || !only {
		return false, err
	}
	res, err := tx.ExecContext(ctx, queryDropSentences, pk, s.chunk)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == int64(s.chunk), err
}
