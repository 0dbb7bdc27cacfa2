-- Feeds that are polled. Times are Unix milliseconds, 0 for never.
CREATE TABLE feed (
	pk            INTEGER PRIMARY KEY,
	key           TEXT NOT NULL UNIQUE,        -- the canonical form of url
	url           TEXT NOT NULL,
	title         TEXT NOT NULL,
	added         INTEGER NOT NULL,
	paused        INTEGER NOT NULL DEFAULT 0,
	tried         INTEGER NOT NULL DEFAULT 0,
	read          INTEGER NOT NULL DEFAULT 0,
	next          INTEGER NOT NULL DEFAULT 0,
	failing       INTEGER NOT NULL DEFAULT 0,  -- since when
	failures      INTEGER NOT NULL DEFAULT 0,
	problem       TEXT    NOT NULL DEFAULT '',
	gone          INTEGER NOT NULL DEFAULT 0,
	etag          TEXT    NOT NULL DEFAULT '',
	last_modified TEXT    NOT NULL DEFAULT '',
	articles      INTEGER NOT NULL DEFAULT 0,
	newest        TEXT    NOT NULL DEFAULT '', -- as Date.String writes it; '' when unknown
	told_failing  INTEGER NOT NULL DEFAULT 0,  -- the value of failing that admins were told of
	told_quiet    TEXT    NOT NULL DEFAULT ''  -- the value of newest when they were told that no more came
) STRICT;

-- What the feeds list or have listed lately.
CREATE TABLE feed_item (
	feed      INTEGER NOT NULL REFERENCES feed (pk) ON DELETE CASCADE,
	key       BLOB    NOT NULL, -- hash of what the feed names it by
	link      TEXT    NOT NULL,
	article   TEXT    NOT NULL, -- its ID; '' for none
	content   BLOB    NOT NULL, -- hash of what was given last
	published TEXT    NOT NULL, -- as Date.String writes it; '' when unknown
	listed    INTEGER NOT NULL, -- when the feed listed it last
	withdrawn INTEGER NOT NULL,
	tries     INTEGER NOT NULL, -- how often its page was asked for in vain
	again     INTEGER NOT NULL, -- when that is to be tried again
	own       INTEGER NOT NULL, -- the article is what the feed itself says, for want of its page
	checked   INTEGER NOT NULL, -- when its page was there last
	PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX feed_item_article ON feed_item (article) WHERE article != '';

-- Articles withdrawn by their outlets of which no admin has been told.
CREATE TABLE withdrawal (
	article TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Of an article that is erased no link stays.
CREATE TRIGGER article_erased AFTER DELETE ON article BEGIN
	UPDATE feed_item SET link = '' WHERE article = OLD.id AND article != ''; -- as the index has it
	DELETE FROM withdrawal WHERE article = OLD.id;
END;
