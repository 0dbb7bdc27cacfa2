-- Passages are encoded with the title of their article. The texts of the articles of before are found anew: texts = 0 says
-- that they are to be.
CREATE INDEX article_stale ON article (pk) WHERE texts = 0;
UPDATE article SET texts = 0;
