-- What readers and groups have chosen, what they follow, and what is counted of answers without names.

-- Beside the language, which is '' from now on for whoever has chosen something else only.
ALTER TABLE reader ADD COLUMN months TEXT    NOT NULL DEFAULT ''; -- names of months in Arabic dates; '' for the bot's own
ALTER TABLE reader ADD COLUMN whole  INTEGER NOT NULL DEFAULT 0;  -- 1 for whole passages in place of quotes
ALTER TABLE reader ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;  -- 1 for the newest first

-- What an answer is that somebody has opened by a link: the same one in another chat, which goes with it.
ALTER TABLE answer ADD COLUMN shared TEXT REFERENCES answer (key) ON DELETE CASCADE; -- the key of that; NULL for an answer of its own

CREATE INDEX answer_shared ON answer (shared, chat) WHERE shared IS NOT NULL;

-- Groups.

-- Groups that the bot is in, as far as there is something to be known of them.
CREATE TABLE group_chat (
	id       INTEGER PRIMARY KEY,
	language TEXT    NOT NULL DEFAULT '', -- of what the bot says there; '' for that of whoever it says it to
	managers INTEGER NOT NULL DEFAULT 0,  -- 1 when the administrators of the group alone may ask
	joined   INTEGER NOT NULL DEFAULT 0   -- the number of the update that has brought the bot there; 0 when unknown
) STRICT;

-- Subscriptions.

-- Who follows something, and when the digest comes.
CREATE TABLE follower (
	person   INTEGER PRIMARY KEY,
	language TEXT    NOT NULL, -- of the person's app
	hour     INTEGER NOT NULL, -- of the day, where the bot's people are
	day      TEXT    NOT NULL  -- the last one whose digest is settled, yyyy-mm-dd; '' for none
) STRICT;

-- What is followed.
CREATE TABLE subscription (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	person  INTEGER NOT NULL REFERENCES follower (person) ON DELETE CASCADE,
	n       INTEGER NOT NULL, -- the person's own number for it, from 1
	words   TEXT    NOT NULL,
	folded  TEXT    NOT NULL, -- the words as they are compared
	since   INTEGER NOT NULL, -- what came in before is no news
	asked   INTEGER NOT NULL, -- until when all that came in was looked through
	made_by INTEGER NOT NULL, -- the update that made it
	UNIQUE (person, folded)
) STRICT;

-- Articles that a person was told of in a digest.
CREATE TABLE told (
	person  INTEGER NOT NULL REFERENCES follower (person) ON DELETE CASCADE,
	article TEXT    NOT NULL, -- its ID
	at      INTEGER NOT NULL,
	PRIMARY KEY (person, article)
) STRICT, WITHOUT ROWID;

-- Digests whose content is decided.
CREATE TABLE digest (
	id      INTEGER PRIMARY KEY, -- of the update
	answers INTEGER NOT NULL,    -- how many answers are kept for it, under the numbers below its own
	at      INTEGER NOT NULL
) STRICT;

-- The number of the last update that was made for a digest. None of Telegram's is negative.
CREATE TABLE digest_number (
	last INTEGER NOT NULL
) STRICT;

INSERT INTO digest_number VALUES (0);

-- Counts.

-- How many questions there were, in place of whose and which.
CREATE TABLE tally (
	day      TEXT    NOT NULL, -- YYYY-MM-DD, where the bot's people are
	verdict  TEXT    NOT NULL, -- what became of them
	language TEXT    NOT NULL, -- of the questions
	count    INTEGER NOT NULL,
	PRIMARY KEY (day, verdict, language)
) STRICT, WITHOUT ROWID;
