-- Who wants no answers that a language model writes.

ALTER TABLE reader ADD COLUMN quotes_only INTEGER NOT NULL DEFAULT 0; -- 1 for quotes alone
