package main

import (
	"path/filepath"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/database"
)

// whole are counts of what is half there: each must be 0.
var whole = map[string]string{
	"rows that name others which are not there": "SELECT count(*) FROM pragma_foreign_key_check",
	"articles without a body":                   "SELECT count(*) FROM article WHERE pk NOT IN (SELECT article FROM body)",
	"articles without all their passages": `SELECT count(*) FROM article a
		WHERE passages = 0 OR passages != (SELECT count(*) FROM passage p WHERE p.article = a.pk)`,
	"passages beyond their text": `SELECT count(*) FROM passage p JOIN body b USING (article)
		WHERE start >= stop OR stop > octet_length(b.text)`,
	"articles without all their texts": `SELECT count(*) FROM article a
		WHERE texts = 0 OR texts != (SELECT count(*) FROM text t WHERE t.article = a.pk)`,
	"vectors of no text": "SELECT count(*) FROM vector v WHERE NOT EXISTS (SELECT 1 FROM text t WHERE t.hash = v.hash)",
	"wrong counts of missing vectors": `SELECT count(*) FROM article a, encoder e WHERE e.name NOT LIKE '% words' AND
		(SELECT count(*) FROM text t WHERE t.article = a.pk AND (t.hash >= x'ff' OR NOT e.only_passages) AND NOT EXISTS
			(SELECT 1 FROM vector v WHERE v.encoder = e.pk AND v.hash = t.hash))
		!= coalesce((SELECT missing FROM backlog b WHERE b.article = a.pk AND b.encoder = e.pk), 0)`,
	"articles with words that are still wanted, or with neither": `SELECT count(*) FROM article a, encoder e
		WHERE e.name LIKE '% words' AND EXISTS (SELECT 1 FROM article_word w WHERE w.article = a.pk AND w.encoder = e.pk)
			= EXISTS (SELECT 1 FROM backlog b WHERE b.article = a.pk AND b.encoder = e.pk AND b.missing > 0)`,
	"sketches that cannot be found": "SELECT count(*) FROM sketch WHERE article NOT IN (SELECT article FROM sketch_key)",
	"long articles without a sketch": `SELECT count(*) FROM article
		WHERE words > 60 AND pk NOT IN (SELECT article FROM sketch)`,
	"articles that the log of changes does not know": `SELECT count(*) FROM article
		WHERE id NOT IN (SELECT article FROM change WHERE removed = 0)`,
}

// wantWhole looks at every page of a store's file, and for anything that is half there.
func wantWhole(t *testing.T, dir string) {
	t.Helper()
	db, err := database.Connect(filepath.Join(dir, corpus.FileName), 1, database.ReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	var verdict string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity_check says %q, %v", verdict, err)
	}
	for what, query := range whole {
		var n int
		if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d %s, %v", n, what, err)
		}
	}
}
