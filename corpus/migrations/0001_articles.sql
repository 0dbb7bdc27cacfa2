-- Articles and what is derived from them. Times are Unix milliseconds, offsets are bytes.

CREATE TABLE migration (
	name    TEXT PRIMARY KEY,
	applied INTEGER NOT NULL
) STRICT;

-- Everything about an article except its text, so that lists and counts never read bodies.
CREATE TABLE article (
	pk            INTEGER PRIMARY KEY,
	id            TEXT NOT NULL UNIQUE,
	title         TEXT NOT NULL,
	title_derived INTEGER NOT NULL,
	source        TEXT NOT NULL,
	language      TEXT NOT NULL,
	published     TEXT NOT NULL,    -- as Date.String writes it; '' when unknown
	published_at  INTEGER,          -- Unix seconds, for sorting; NULL when unknown
	url           TEXT NOT NULL,
	words         INTEGER NOT NULL,
	passages      INTEGER NOT NULL,
	texts         INTEGER NOT NULL, -- rows in text
	added         INTEGER NOT NULL,
	changed       INTEGER NOT NULL
) STRICT;

CREATE INDEX article_newest ON article (published_at DESC, id);

CREATE TABLE body (
	article INTEGER PRIMARY KEY REFERENCES article (pk) ON DELETE CASCADE,
	text    TEXT NOT NULL
) STRICT;

-- sentences: two unsigned varints a sentence, the gap since the last end and the length.
CREATE TABLE passage (
	article   INTEGER NOT NULL REFERENCES article (pk) ON DELETE CASCADE,
	n         INTEGER NOT NULL,
	start     INTEGER NOT NULL,
	stop      INTEGER NOT NULL,
	sentences BLOB NOT NULL,
	PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

-- The texts an article wants vectors for. A vector lives as long as some row here names its hash.
CREATE TABLE text (
	article INTEGER NOT NULL REFERENCES article (pk) ON DELETE CASCADE,
	hash    BLOB NOT NULL,
	PRIMARY KEY (article, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX text_hash ON text (hash);

CREATE TABLE encoder (
	pk   INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE vector (
	encoder INTEGER NOT NULL REFERENCES encoder (pk),
	hash    BLOB NOT NULL,
	scale   REAL NOT NULL,
	data    BLOB NOT NULL,
	PRIMARY KEY (encoder, hash)
) STRICT, WITHOUT ROWID;

-- Articles some of whose texts lack a vector of an encoder, and how many do. There is no index on encoder: there are two or
-- three of them, and with one SQLite would go through all articles of an encoder to find those of a text.
CREATE TABLE backlog (
	article INTEGER NOT NULL REFERENCES article (pk) ON DELETE CASCADE,
	encoder INTEGER NOT NULL REFERENCES encoder (pk) ON DELETE CASCADE,
	missing INTEGER NOT NULL,
	PRIMARY KEY (article, encoder)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a number is never given twice, even after the newest rows are gone.
CREATE TABLE change (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	article TEXT NOT NULL,
	removed INTEGER NOT NULL
) STRICT;
