-- Channels that the bot was made an administrator of: what administrators were asked about them, and what they said.
CREATE TABLE channel (
	id         INTEGER PRIMARY KEY,
	state      TEXT NOT NULL CHECK (state IN ('asked', 'covered', 'declined')),
	person     INTEGER NOT NULL, -- who has made the bot an administrator; 0 when unknown, decided or erased
	name       TEXT NOT NULL,    -- his name then; '' in the same cases
	username   TEXT NOT NULL,    -- the same
	stranger   INTEGER NOT NULL, -- 1 when he is no administrator of the bot
	told       INTEGER NOT NULL, -- when the question was sent; 0 before
	quiet      INTEGER NOT NULL, -- 1 for a question that is not to be sent
	decided_by INTEGER NOT NULL, -- the administrator; 0 before, and when erased
	update_id  INTEGER NOT NULL, -- of the update that made it so
	lost       INTEGER NOT NULL, -- since when the bot is no administrator there any more; 0 for it is
	news       INTEGER NOT NULL  -- 1 when that is to be told
) STRICT;

CREATE INDEX channel_stranger ON channel (told) WHERE stranger = 1;

-- Pages that posts lead to and that could not be read yet.
CREATE TABLE link (
	channel   INTEGER NOT NULL, -- where the post was published
	message   INTEGER NOT NULL, -- its number there
	url       TEXT NOT NULL,
	published INTEGER NOT NULL, -- when it was, in milliseconds
	tries     INTEGER NOT NULL,
	again     INTEGER NOT NULL, -- when it is to be read again
	PRIMARY KEY (channel, message, url)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_again ON link (again);
