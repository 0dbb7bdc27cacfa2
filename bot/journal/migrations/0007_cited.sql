-- Which articles answers quote, so that nothing of an article stays when it is erased.
CREATE TABLE cited (
	article TEXT NOT NULL,    -- its ID
	answer  INTEGER NOT NULL REFERENCES answer (seq) ON DELETE CASCADE,
	PRIMARY KEY (article, answer)
) STRICT, WITHOUT ROWID;

CREATE INDEX cited_answer ON cited (answer);

-- Answers of earlier versions say it in their data, in one form.
INSERT OR IGNORE INTO cited (article, answer)
SELECT json_extract(c.value, '$.Article'), a.seq
FROM (SELECT seq, CAST(data AS TEXT) AS data FROM answer) a,
	json_each(iif(json_valid(a.data), a.data, '{}'), '$.Citations') c
WHERE c.type = 'object' AND json_type(c.value, '$.Article') = 'text';

CREATE INDEX change_person ON change (person, at);
