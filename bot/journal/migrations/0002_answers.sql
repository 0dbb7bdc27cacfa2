-- What a changed question, a report and the reasons of an answer need to know of it, and what readers said of answers.

ALTER TABLE answer ADD COLUMN person   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN thread   INTEGER NOT NULL DEFAULT 0;  -- topic of the chat
ALTER TABLE answer ADD COLUMN message  INTEGER NOT NULL DEFAULT 0;  -- with the question; 0 when a button was pressed
ALTER TABLE answer ADD COLUMN reply    INTEGER NOT NULL DEFAULT 0;  -- the bot's first one; 0 until it is known
ALTER TABLE answer ADD COLUMN question TEXT    NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN empty    INTEGER NOT NULL DEFAULT 0;  -- it quotes nothing
ALTER TABLE answer ADD COLUMN edited   INTEGER;                     -- update that changed the question; NULL before
ALTER TABLE answer ADD COLUMN more     INTEGER;                     -- update that asked for more; NULL before

-- Until now there were answers in private chats alone, which have the number of their person.
UPDATE answer SET person = chat;

CREATE INDEX answer_person ON answer (person);
CREATE INDEX answer_message ON answer (chat, message) WHERE message != 0;
CREATE INDEX answer_reply ON answer (chat, reply) WHERE reply != 0;

CREATE TABLE feedback (
	answer   TEXT NOT NULL,    -- its key
	person   INTEGER NOT NULL,
	reported INTEGER NOT NULL, -- number of a source that is said to be wrong; 0 for the answer as a whole
	helpful  INTEGER,          -- whether the answer is; NULL for a source
	id       INTEGER NOT NULL, -- of the update
	at       INTEGER NOT NULL,
	PRIMARY KEY (answer, person, reported)
) STRICT, WITHOUT ROWID;

CREATE INDEX feedback_person ON feedback (person);
