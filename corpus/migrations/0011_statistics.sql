-- How the vectors of an encoder lie that is not inside the program. NULL when nobody has measured it.
ALTER TABLE encoder ADD COLUMN statistics BLOB;
