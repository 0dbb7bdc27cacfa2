-- When somebody asked to be admitted, which a decision no longer hides: his place in a list that is open stays the same.

ALTER TABLE access ADD COLUMN asked INTEGER NOT NULL DEFAULT 0; -- 0 for who has not, and when erased

UPDATE access SET asked = at WHERE state = 'asked';
