-- What people have decided about articles, what articles were before, and who did what.

ALTER TABLE article ADD COLUMN author    TEXT    NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN modified  TEXT    NOT NULL DEFAULT ''; -- as Date.String writes it; '' when unknown
ALTER TABLE article ADD COLUMN corrected TEXT    NOT NULL DEFAULT ''; -- the same; '' for never
ALTER TABLE article ADD COLUMN embargo   INTEGER NOT NULL DEFAULT 0;  -- Unix seconds until answers may quote it; 0 for none
ALTER TABLE article ADD COLUMN removed   INTEGER NOT NULL DEFAULT 0;  -- when it was; 0 when it was not
ALTER TABLE article ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;  -- 1: removed, since its outlet has withdrawn it
ALTER TABLE article ADD COLUMN edited    INTEGER NOT NULL DEFAULT 0;  -- Fields set by hand
ALTER TABLE article ADD COLUMN address   BLOB;                        -- hash of the canonical URL; NULL for none
ALTER TABLE article ADD COLUMN content   BLOB;                        -- hash of the body; NULL until an older article has one
ALTER TABLE article ADD COLUMN given     BLOB;                        -- hash of what was given last; NULL for an older article

CREATE INDEX article_address ON article (address) WHERE address IS NOT NULL;
CREATE INDEX article_content ON article (content);
CREATE INDEX article_removed ON article (removed) WHERE removed != 0;
CREATE INDEX article_embargo ON article (embargo) WHERE embargo != 0;

-- Articles as they were before changes; n counts from 1.
CREATE TABLE version (
	article       INTEGER NOT NULL REFERENCES article (pk) ON DELETE CASCADE,
	n             INTEGER NOT NULL,
	until         INTEGER NOT NULL, -- when it was changed
	actor         TEXT NOT NULL,    -- who changed it
	title         TEXT NOT NULL,
	title_derived INTEGER NOT NULL,
	source        TEXT NOT NULL,
	language      TEXT NOT NULL,
	published     TEXT NOT NULL,
	url           TEXT NOT NULL,
	author        TEXT NOT NULL,
	modified      TEXT NOT NULL,
	corrected     TEXT NOT NULL,
	body          TEXT NOT NULL,
	PRIMARY KEY (article, n)
) STRICT;

-- Hashes of keys, addresses and texts that were removed: what has one of them does not come back by itself.
CREATE TABLE tombstone (
	hash BLOB PRIMARY KEY,
	at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a number is never given twice.
CREATE TABLE audit (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	at      INTEGER NOT NULL,
	actor   TEXT NOT NULL,
	action  TEXT NOT NULL,
	article TEXT NOT NULL, -- its ID; '' for none
	detail  TEXT NOT NULL
) STRICT;

CREATE INDEX audit_article ON audit (article, seq);
