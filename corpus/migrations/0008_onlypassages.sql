-- Encoders by which passages are ranked and no sentence is chosen need no vectors of sentences.
ALTER TABLE encoder ADD COLUMN only_passages INTEGER NOT NULL DEFAULT 0;
