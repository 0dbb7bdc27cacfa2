-- Near-duplicates: what is left of each article to compare it by, and who belongs together.

-- family: articles that are copies of each other share a number; NULL for one without copies. sketch: the values of
-- package minhash, 16 bits each. An article that is too short to be compared has no row.
CREATE TABLE sketch (
	article  INTEGER PRIMARY KEY REFERENCES article (pk) ON DELETE CASCADE,
	shingles INTEGER NOT NULL,
	family   INTEGER,
	data     BLOB NOT NULL
) STRICT;

CREATE INDEX sketch_family ON sketch (family) WHERE family IS NOT NULL;

-- The keys that candidates are found by, 32 bits each.
CREATE TABLE sketch_key (
	key     INTEGER NOT NULL,
	article INTEGER NOT NULL REFERENCES sketch (article) ON DELETE CASCADE,
	PRIMARY KEY (key, article)
) STRICT, WITHOUT ROWID;

CREATE INDEX sketch_key_article ON sketch_key (article);

-- The articles of before, until the next start has compared them.
CREATE TABLE unsketched (
	article INTEGER PRIMARY KEY REFERENCES article (pk) ON DELETE CASCADE
) STRICT;

INSERT INTO unsketched SELECT pk FROM article;
