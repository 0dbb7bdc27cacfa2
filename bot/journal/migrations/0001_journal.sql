-- What the bot remembers of the people it talks to. Times are Unix milliseconds; update, chat and person are Telegram's numbers.

CREATE TABLE migration (
	name    TEXT PRIMARY KEY,
	applied INTEGER NOT NULL
) STRICT;

-- What has arrived, in order. A row whose answer is out keeps its number alone, for when Telegram delivers it again.
CREATE TABLE inbox (
	seq      INTEGER PRIMARY KEY,
	id       INTEGER NOT NULL UNIQUE,
	raw      BLOB NOT NULL,    -- empty when done
	received INTEGER NOT NULL,
	sent     INTEGER NOT NULL, -- messages of the answer
	tries    INTEGER NOT NULL,
	done     INTEGER           -- when; NULL before
) STRICT;

CREATE INDEX inbox_unfinished ON inbox (seq) WHERE done IS NULL;
CREATE INDEX inbox_done ON inbox (done) WHERE done IS NOT NULL;

CREATE TABLE reader (
	person   INTEGER PRIMARY KEY,
	language TEXT NOT NULL
) STRICT;

-- That a question was asked, not what it was.
CREATE TABLE question (
	id     INTEGER PRIMARY KEY, -- of the update
	person INTEGER NOT NULL,
	at     INTEGER NOT NULL
) STRICT;

CREATE INDEX question_person ON question (person, at);
CREATE INDEX question_at ON question (at);

CREATE TABLE answer (
	seq  INTEGER PRIMARY KEY,
	id   INTEGER NOT NULL UNIQUE, -- of the update
	key  TEXT NOT NULL UNIQUE,
	chat INTEGER NOT NULL,
	data BLOB NOT NULL,
	at   INTEGER NOT NULL
) STRICT;

CREATE INDEX answer_chat ON answer (chat, seq);
CREATE INDEX answer_at ON answer (at);

CREATE TABLE change (
	id      INTEGER PRIMARY KEY, -- of the update
	key     TEXT NOT NULL UNIQUE,
	person  INTEGER NOT NULL,
	article TEXT NOT NULL,
	before  BLOB,                -- NULL when there was no such article
	at      INTEGER NOT NULL,
	taken   INTEGER              -- by which update; NULL before
) STRICT;

CREATE INDEX change_at ON change (at);

CREATE TABLE prompt (
	chat    INTEGER PRIMARY KEY,
	kind    TEXT NOT NULL,
	article TEXT NOT NULL,
	at      INTEGER NOT NULL,
	taken   INTEGER -- by which update; NULL before
) STRICT;

CREATE INDEX prompt_at ON prompt (at);
