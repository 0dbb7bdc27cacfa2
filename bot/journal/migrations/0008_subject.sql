-- What a question may go on from: not from what was answered before the person wanted another subject.

ALTER TABLE answer ADD COLUMN closed INTEGER; -- update that wanted another; NULL before
