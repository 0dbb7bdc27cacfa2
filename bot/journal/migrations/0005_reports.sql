-- Whether the administrators were told of a report: one that comes while none can be reached waits.

ALTER TABLE feedback ADD COLUMN told INTEGER NOT NULL DEFAULT 0; -- update that told them; 0 before

CREATE INDEX feedback_told ON feedback (told) WHERE reported != 0;
