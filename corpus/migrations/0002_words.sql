-- Vectors of words, and a log that also tells what has been encoded.

-- Words as they are written in articles of a language. Their encoder is a row of its own, named as WordsOf names it, so
-- that backlog serves it too. AUTOINCREMENT: a key is never given twice, so whoever knows the largest key he has read
-- finds what is new behind it.
CREATE TABLE word (
	pk       INTEGER PRIMARY KEY AUTOINCREMENT,
	encoder  INTEGER NOT NULL REFERENCES encoder (pk),
	language TEXT NOT NULL,
	form     TEXT NOT NULL,
	scale    REAL NOT NULL,
	data     BLOB NOT NULL,
	UNIQUE (encoder, language, form)
) STRICT;

-- How many rows of article_word hold a word. An article changes the numbers of hundreds of words: beside the vectors
-- each would be a page to write, here some hundreds share one.
CREATE TABLE word_use (
	word INTEGER PRIMARY KEY REFERENCES word (pk) ON DELETE CASCADE,
	uses INTEGER NOT NULL
) STRICT;

-- words: the keys in ascending order, each as an unsigned varint of its distance from the one before.
CREATE TABLE article_word (
	encoder INTEGER NOT NULL REFERENCES encoder (pk),
	article INTEGER NOT NULL REFERENCES article (pk) ON DELETE CASCADE,
	words   BLOB NOT NULL,
	PRIMARY KEY (encoder, article)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_word_article ON article_word (article);

-- '' for a change of the article; else what has become complete: an encoder's name, or WordsOf it.
ALTER TABLE change ADD COLUMN encoder TEXT NOT NULL DEFAULT '';

-- When the last vector was stored. Nobody can tell for those of before: they were used until today.
ALTER TABLE encoder ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
UPDATE encoder SET used = unixepoch() * 1000;
