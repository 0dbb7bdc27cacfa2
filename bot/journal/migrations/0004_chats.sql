-- Chats that cannot be reached under their number: a person has blocked the bot, or a group has another number now.
CREATE TABLE chat (
	id         INTEGER PRIMARY KEY,
	blocked_at INTEGER, -- NULL for one that is not blocked
	moved_to   INTEGER  -- NULL for one that has not moved
) STRICT;

CREATE INDEX chat_blocked ON chat (blocked_at) WHERE blocked_at IS NOT NULL;
CREATE INDEX chat_moved ON chat (moved_to) WHERE moved_to IS NOT NULL;
