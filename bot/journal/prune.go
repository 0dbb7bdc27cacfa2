package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// The time that things are kept. Prune deletes what is older.
const (
	doneKept     = 48 * time.Hour // Telegram keeps updates for 24
	questionKept = 24 * time.Hour
	answerKept   = 30 * 24 * time.Hour // when Config.Retention does not say
	changeKept   = 24 * time.Hour
	promptKept   = 24 * time.Hour
	blockedKept  = 90 * 24 * time.Hour
	toldKept     = 90 * 24 * time.Hour // what is older has long been no news
	tallyKept    = 400 * 24 * time.Hour
)

// Prune deletes what is past its time: numbers of finished updates after 48 hours, answers with what was said of them,
// however late, after Config.Retention, changes, prompts, what is counted and questions about channels that are lost after
// 24 hours, digests after 48, blocked chats and articles that digests told of after 90 days, and numbers of questions after
// 400. It empties the write-ahead log, which holds what was erased until then, and does the same in what was kept before an
// upgrade. Call it at the start and every minute.
func (j *Journal) Prune(ctx context.Context) error {
	now := j.now()
	prune := func(tx *sql.Tx) error {
		for _, p := range j.ends() {
			if err := p.prune(ctx, tx, now); err != nil {
				return err
			}
		}
		return nil
	}
	if err := database.Update(ctx, j.db, prune); err != nil {
		return fmt.Errorf("prune the journal: %w", err)
	}
	j.truncateLog(ctx)
	err := errors.Join(
		database.DropOldKept(ctx, j.db, j.folder, FileName, now),
		database.EachKept(ctx, j.folder, FileName, func(kept *sql.DB) error {
			return errors.Join(j.finishIn(ctx, kept), database.Update(ctx, kept, prune))
		}))
	return wrap(err, "prune what was kept of the journal before an upgrade")
}

// finishIn finishes the updates in what was kept that are finished in the journal: the message of each goes there, too, and
// whoever goes back to what was kept does not answer it again.
func (j *Journal) finishIn(ctx context.Context, kept *sql.DB) error {
	var unfinished string
	if err := scan(j.db.QueryRowContext(ctx, "SELECT json_group_array(id) FROM inbox WHERE done IS NULL"), &unfinished); err != nil {
		return err
	}
	return database.Update(ctx, kept, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE inbox SET raw = x'', done = ?
			WHERE done IS NULL AND id NOT IN (SELECT value FROM json_each(?))`, j.now().UnixMilli(), unfinished)
		return err
	})
}

// An end is when rows of a table are past their time.
type end struct {
	table string
	query string // deletes them; its parameter, if it has one, is in Unix milliseconds
	kept  time.Duration
}

// ends has what is said of an answer behind the answers, as it goes with them, whenever it was said.
func (j *Journal) ends() []end {
	return []end{
		{"inbox", "DELETE FROM inbox WHERE done < ?", doneKept},
		{"question", "DELETE FROM question WHERE at < ?", questionKept},
		{"answer", "DELETE FROM answer WHERE at < ?", j.retention},
		{"change", "DELETE FROM change WHERE at < ?", changeKept},
		{"prompt", "DELETE FROM prompt WHERE at < ?", promptKept},
		{"feedback", "DELETE FROM feedback WHERE answer NOT IN (SELECT key FROM answer)", 0},
		{"request", "DELETE FROM request WHERE at < ?", requestKept},
		{"chat", "DELETE FROM chat WHERE blocked_at < ?", blockedKept},
		{"told", "DELETE FROM told WHERE at < ?", toldKept},
		{"digest", "DELETE FROM digest WHERE at < ? AND id NOT IN (SELECT id FROM inbox WHERE done IS NULL)", doneKept},
		{"channel", "DELETE FROM channel WHERE state = 'asked' AND lost != 0 AND max(lost, told) < ?", askedFor},
		{"tally", "DELETE FROM tally WHERE day < date(? / 1000, 'unixepoch')", tallyKept},
	}
}

// prune deletes rows of a table, if it is there: what was kept before an upgrade may lack it.
func (e end) prune(ctx context.Context, tx *sql.Tx, now time.Time) error {
	var there bool
	err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?)", e.table).Scan(&there)
	if err != nil || !there {
		return err
	}
	_, err = tx.ExecContext(ctx, e.query, now.Add(-e.kept).UnixMilli())
	return err
}
