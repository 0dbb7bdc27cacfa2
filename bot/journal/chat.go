package journal

import (
	"context"
	"database/sql"

	"newsbot/corpus/database"
)

// Chat is a chat that cannot be reached under its number.
type Chat struct {
	// ID is the number.
	ID int64
	// MovedTo is the number that the chat has now; 0 when the person there has blocked the bot.
	MovedTo int64
}

// Chats returns at most limit chats that cannot be reached: those that have moved, then those blocked last.
func (j *Journal) Chats(ctx context.Context, limit int) (chats []Chat, err error) {
	defer func() { err = wrap(err, "read the chats that cannot be reached") }()
	rows, err := j.db.QueryContext(ctx, `SELECT id, coalesce(moved_to, 0) FROM chat
		ORDER BY moved_to IS NULL, blocked_at DESC, id LIMIT ?`, limit)
	if err != nil {
		return nil, database.Explain(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c Chat
		if err := rows.Scan(&c.ID, &c.MovedTo); err != nil {
			return nil, database.Explain(err)
		}
		chats = append(chats, c)
	}
	return chats, database.Explain(rows.Err())
}

// Block keeps that a chat does not want the bot's messages, for 90 days or until Unblock.
func (j *Journal) Block(ctx context.Context, chat int64) error {
	_, err := j.exec(ctx, `INSERT INTO chat (id, blocked_at) VALUES (?, ?)
		ON CONFLICT (id) DO UPDATE SET blocked_at = excluded.blocked_at`, chat, j.now().UnixMilli())
	return wrap(err, "note that a chat is blocked")
}

// Unblock forgets that a chat does not want the bot's messages. That it does is no error.
func (j *Journal) Unblock(ctx context.Context, chat int64) error {
	_, err := j.exec(ctx, "DELETE FROM chat WHERE id = ? AND moved_to IS NULL", chat)
	return wrap(err, "note that a chat is not blocked")
}

// Move keeps that a chat has another number now, and what the journal keeps of the chat under that one.
func (j *Journal) Move(ctx context.Context, from, to int64) error {
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		for _, query := range []string{
			"DELETE FROM chat WHERE id = ?2 AND ?1 <> ?2", // it is where the chat is, and nowhere else
			"UPDATE chat SET moved_to = ?2 WHERE moved_to = ?1",
			`INSERT INTO chat (id, moved_to) VALUES (?1, ?2)
				ON CONFLICT (id) DO UPDATE SET moved_to = excluded.moved_to, blocked_at = NULL`,
			"UPDATE answer SET chat = ?2 WHERE chat = ?1",
			"UPDATE answer SET person = ?2 WHERE person = ?1", // who has asked as the group
			"UPDATE OR REPLACE prompt SET chat = ?2 WHERE chat = ?1",
			"UPDATE OR REPLACE group_chat SET id = ?2 WHERE id = ?1",
			// What was decided about it under the new number stays.
			"DELETE FROM access WHERE person = ?1 AND ?1 <> ?2 AND EXISTS (SELECT 1 FROM access WHERE person = ?2 AND state <> 'asked')",
			"UPDATE OR REPLACE access SET person = ?2 WHERE person = ?1",
		} {
			if _, err := tx.ExecContext(ctx, query, from, to); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap(err, "note that a chat has another number")
}
