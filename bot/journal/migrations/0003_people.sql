-- Who may ask, and how the bot counts questions without knowing whose they are.

-- The list of who may ask. It says nothing of those who never asked to be admitted and were never decided about.
CREATE TABLE access (
	person     INTEGER PRIMARY KEY,
	state      TEXT NOT NULL CHECK (state IN ('asked', 'allowed', 'denied')),
	name       TEXT NOT NULL,    -- '' when unknown, or erased
	username   TEXT NOT NULL,    -- the same
	language   TEXT NOT NULL,    -- of the person's app; '' when the person has not written, or it is erased
	at         INTEGER NOT NULL, -- since when it is so
	decided_by INTEGER NOT NULL, -- the administrator; 0 before, and when erased
	id         INTEGER NOT NULL, -- of the update that made it so
	quiet      INTEGER NOT NULL  -- 1 for a request that the administrators were not sent
) STRICT;

CREATE INDEX access_state ON access (state, at);

-- Administrators who have written to the bot, so that it can write to them.
CREATE TABLE present (
	person   INTEGER PRIMARY KEY,
	language TEXT NOT NULL,    -- of the administrator's app; '' when erased
	at       INTEGER NOT NULL, -- when first
	id       INTEGER NOT NULL  -- of the first update
) STRICT;

-- A secret that codes are made with, other than everywhere else.
CREATE TABLE secret (
	key BLOB NOT NULL
) STRICT;

INSERT INTO secret VALUES (randomblob(32));

-- From now on question.person is a code. What was counted by number is forgotten: at worst somebody may ask once more.
DELETE FROM question;

-- That somebody has asked to be admitted, under the same code: it outlasts a request that is taken back.
CREATE TABLE request (
	person INTEGER PRIMARY KEY, -- a code
	at     INTEGER NOT NULL
) STRICT;

CREATE INDEX request_at ON request (at);
