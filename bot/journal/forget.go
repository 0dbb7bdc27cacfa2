package journal

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// Forget erases what is kept of a person, from the file and from the write-ahead log: his questions with their answers
// and what he said of them, wherever others have opened them, what he has chosen, what he follows, what he was asked for, a
// request that is not decided, his name on the list of who may ask, and that he has made the bot the administrator of a
// channel.
//
// What is decided about him stays, under his number alone, and so does that he has asked, which is counted under a code
// and goes after 24 hours: or else to be forgotten would be the way around both. An administrator stays known as present.
//
// What was kept of the journal before an upgrade is erased, whoever is in it.
func (j *Journal) Forget(ctx context.Context, person int64) error {
	if _, err := database.DropKept(j.folder, FileName); err != nil {
		return fmt.Errorf("forget a person: %w", err)
	}
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		for _, query := range []string{
			"DELETE FROM feedback WHERE person = ?1 OR answer IN (SELECT key FROM answer WHERE person = ?1 OR chat = ?1)",
			"DELETE FROM answer WHERE person = ?1 OR chat = ?1",                 // a private chat has the number of its person
			"DELETE FROM feedback WHERE answer NOT IN (SELECT key FROM answer)", // of answers of his that others had opened
			"DELETE FROM reader WHERE person = ?1",
			"DELETE FROM follower WHERE person = ?1", // with what he follows, and what he was told of
			"DELETE FROM prompt WHERE chat = ?1",
			"DELETE FROM access WHERE person = ?1 AND state = 'asked'",
			"UPDATE access SET name = '', username = '', language = '', asked = 0 WHERE person = ?1",
			"UPDATE access SET decided_by = 0 WHERE decided_by = ?1",
			"UPDATE present SET language = '' WHERE person = ?1",
			"UPDATE change SET person = 0 WHERE person = ?1",
			"UPDATE channel SET person = 0, name = '', username = '' WHERE person = ?1",
			"UPDATE channel SET decided_by = 0 WHERE decided_by = ?1",
		} {
			if _, err := tx.ExecContext(ctx, query, person); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget a person: %w", err)
	}
	j.insistOnEmptyLog(ctx)
	return nil
}

const (
	// emptyTime bounds how long Forget tries to empty the write-ahead log, which takes longer when another process is
	// reading, as a backup does: what was promised is to be true at once where it can be.
	emptyTime = 2 * time.Second
	// emptyPause is how long it waits after the first try; then twice as long each time.
	emptyPause = 25 * time.Millisecond
)

// insistOnEmptyLog is truncateLog until it succeeds, for emptyTime. Other calls have their turns between.
func (j *Journal) insistOnEmptyLog(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, emptyTime)
	defer cancel()
	for wait := emptyPause; !j.truncateLog(ctx); wait *= 2 {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}

// truncateLog empties the write-ahead log, which holds what was erased until then, and tells whether it could.
func (j *Journal) truncateLog(ctx context.Context) bool {
	err := database.TruncateLog(ctx, j.db)
	if err != nil { // another process is reading; the next Prune tries again
		j.log.Debug("write-ahead log not emptied yet", "error", err)
	}
	return err == nil
}

// code returns what a person is counted under in place of his number. Nobody can tell whose it is without the key, which
// is in the journal alone.
func (j *Journal) code(person int64) int64 {
	mac := hmac.New(sha256.New, j.key)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(person)))
	return int64(binary.BigEndian.Uint64(mac.Sum(nil)))
}

// readKey reads the key of codes.
func (j *Journal) readKey(ctx context.Context) error {
	err := scan(j.db.QueryRowContext(ctx, "SELECT key FROM secret"), &j.key)
	return wrap(err, "read the key of codes")
}
