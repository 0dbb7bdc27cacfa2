-- Channels of Telegram, and what was published in them. Times are Unix milliseconds, 0 for never.
CREATE TABLE channel (
	id       INTEGER PRIMARY KEY,        -- Telegram's number of the chat
	name     TEXT    NOT NULL,           -- its username; '' for a private one
	title    TEXT    NOT NULL,
	state    TEXT    NOT NULL,           -- a ChannelState
	paused   INTEGER NOT NULL DEFAULT 0,
	dropped  INTEGER NOT NULL DEFAULT 0, -- 1: declined, since it was removed from the list
	added    INTEGER NOT NULL,
	posted   INTEGER NOT NULL DEFAULT 0,
	lost     INTEGER NOT NULL DEFAULT 0,
	problem  TEXT    NOT NULL DEFAULT '',
	newest   TEXT    NOT NULL DEFAULT '' -- as Date.String writes it; '' when unknown
) STRICT;

-- Usernames in lower case, and the channel that was seen with each last: links with a former one are still understood.
CREATE TABLE channel_name (
	name    TEXT PRIMARY KEY,
	channel INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE post (
	channel   INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
	message   INTEGER NOT NULL, -- its number in the channel
	album     TEXT    NOT NULL, -- '' for none
	published INTEGER NOT NULL, -- Unix seconds; 0 when unknown
	edited    INTEGER NOT NULL, -- when it was changed last, Unix seconds; 0 when unknown
	author    TEXT    NOT NULL,
	text      TEXT    NOT NULL, -- its part of the article; '' for none, and for one of an article that was erased
	article   TEXT    NOT NULL, -- the article's ID; '' for none
	noted     INTEGER NOT NULL, -- 1: the article is no part of the post, but from elsewhere
	PRIMARY KEY (channel, message)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_article ON post (article, message) WHERE article != '';
CREATE INDEX post_album ON post (channel, album) WHERE album != '';

-- Of an article that is erased no text stays.
CREATE TRIGGER article_posts_erased AFTER DELETE ON article BEGIN
	UPDATE post SET text = '', author = '' WHERE article = OLD.id AND article != ''; -- as the index has it
END;

-- The many ways to link to a post are known as one now: what such articles are known by is found anew.
UPDATE article SET content = NULL WHERE url LIKE '%t.me/%' OR url LIKE '%telegram.%/%';
