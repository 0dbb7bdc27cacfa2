package journal

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"newsbot/corpus/database"
)

// Erased is an answer that is not kept any more. The messages it was sent as stay in their chats.
type Erased struct {
	// At is when it was first kept; UTC, milliseconds.
	At time.Time
	// Question is what was asked; "" when an earlier version did not keep it.
	Question string
}

// EraseArticle erases what is kept of an article, from the file and from the write-ahead log: every answer that cites it or
// has its ID in its data, with what was said of it, changes of it or whose Before has its ID, and what was asked about it.
// It returns the answers that cited it, newest first. Call it once nothing can cite the article any more; to call it again,
// or for an article that nothing is kept of, is no error. What was kept of the journal before an upgrade is erased, too.
func (j *Journal) EraseArticle(ctx context.Context, id string) ([]Erased, error) {
	if err := bounded("name of an article", len(id), maxName); err != nil || id == "" {
		return nil, wrap(err, "erase an article")
	}
	if _, err := database.DropKept(j.folder, FileName); err != nil {
		return nil, wrap(err, "erase article %s", id)
	}
	var list []Erased
	err := database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		if list, err = citing(ctx, tx, id); err != nil {
			return err
		}
		if err := eraseAnswers(ctx, tx, id); err != nil {
			return err
		}
		for _, query := range []string{
			"DELETE FROM change WHERE article = ?1 OR instr(before, CAST(?1 AS BLOB))",
			"DELETE FROM prompt WHERE article = ?1",
			"DELETE FROM told WHERE article = ?1",
		} {
			if _, err := tx.ExecContext(ctx, query, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, wrap(err, "erase article %s", id)
	}
	j.insistOnEmptyLog(ctx)
	return list, nil
}

// eraseAnswers erases the answers that have to do with an article, and what was said of them.
func eraseAnswers(ctx context.Context, tx *sql.Tx, id string) error {
	naming, err := naming(ctx, tx, []byte(id))
	if err != nil {
		return err
	}
	list, err := json.Marshal(naming)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM answer WHERE seq IN (SELECT answer FROM cited WHERE article = ?)
		OR seq IN (SELECT value FROM json_each(?))`, id, string(list))
	if err == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM feedback WHERE answer NOT IN (SELECT key FROM answer)")
	}
	return err
}

// naming returns the answers with an ID in their data. That is the caller's own, but an ID looks the same in any form. SQLite
// would search ten times as long.
func naming(ctx context.Context, tx *sql.Tx, id []byte) (list []int64, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT seq, data FROM answer")
	if err != nil {
		return nil, err
	}
	var data sql.RawBytes
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var seq int64
		if err := rows.Scan(&seq, &data); err != nil {
			return err
		}
		if bytes.Contains(data, id) {
			list = append(list, seq)
		}
		return nil
	})
	return list, err
}

// citing returns the answers that cite an article.
func citing(ctx context.Context, tx *sql.Tx, id string) (list []Erased, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT at, question FROM answer
		WHERE seq IN (SELECT answer FROM cited WHERE article = ?) ORDER BY seq DESC`, id)
	if err != nil {
		return nil, err
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var e Erased
		var at int64
		if err := rows.Scan(&at, &e.Question); err != nil {
			return err
		}
		e.At = fromMillis(at)
		list = append(list, e)
		return nil
	})
	return list, err
}
