package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/corpus/database"
)

// Killed in the middle of encoding, an import goes on where it was: only what had
// been begun is encoded again, and no word or text of the quick encoder.
func TestEncodingKilled(t *testing.T) {
	dir := t.TempDir()
	files := writeArticles(t, 40)
	p := start(t, dir, "halting", append([]string{"import"}, files...)...)
	p.warned("halted\n")
	p.signal(os.Kill)
	p.end()
	again := start(t, dir, "telling", "import", files[0])
	again.until("fully indexed\n")
	again.end()
	encoded := map[string]int{}
	for _, line := range strings.Split(p.stderr.String()+again.stderr.String(), "\n") {
		if strings.HasPrefix(line, "encoding ") {
			encoded[line]++
		}
	}
	twice := 0
	for line, n := range encoded {
		if n > 1 && strings.HasPrefix(line, "encoding quick ") || n > 2 {
			t.Errorf("%d times: %s", n, line)
		}
		twice += n - 1
	}
	const batch = 8 * 3 // articles with a passage and two sentences each
	if twice == 0 || twice > batch {
		t.Errorf("%d texts were encoded twice, want those of one batch: 1 to %d", twice, batch)
	}
	wantStatus(t, dir, "to encode", "0 articles")
}

// age makes of a folder one that the first version wrote.
func age(t *testing.T, dir string) {
	t.Helper()
	drop := strings.Fields(`TRIGGER:article_posts_erased TABLE:post TABLE:channel_name TABLE:channel TABLE:unsketched TABLE:sketch_key TABLE:sketch TRIGGER:article_erased TABLE:withdrawal TABLE:feed_item TABLE:feed
		TABLE:audit TABLE:tombstone TABLE:version INDEX:article_address INDEX:article_content INDEX:article_removed INDEX:article_embargo
		TABLE:article_word TABLE:word_use TABLE:word INDEX:article_stale`)
	columns := strings.Fields(`encoder.statistics encoder.only_passages encoder.used change.encoder article.author article.modified article.corrected
		article.embargo article.removed article.withdrawn article.edited article.address article.content article.given`)
	for _, what := range drop {
		alter(t, dir, "DROP "+strings.Replace(what, ":", " ", 1))
	}
	for _, column := range columns {
		alter(t, dir, "ALTER TABLE "+strings.Replace(column, ".", " DROP COLUMN ", 1))
	}
	alter(t, dir,
		"DELETE FROM backlog WHERE encoder IN (SELECT pk FROM encoder WHERE name <> 'fake-trigram.1')",
		"DELETE FROM vector WHERE encoder IN (SELECT pk FROM encoder WHERE name <> 'fake-trigram.1')",
		"DELETE FROM encoder WHERE name <> 'fake-trigram.1'",
		"DELETE FROM migration WHERE name > '0002'", "PRAGMA user_version = 1")
}

// alter runs statements on the collection of a folder.
func alter(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := database.Connect(filepath.Join(dir, "newsbot.db"), 1, database.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOlderFolder runs commands that only read on a folder of an older version:
// it is brought up to date, and nothing is encoded twice.
func TestOlderFolder(t *testing.T) {
	for _, command := range [][]string{{"status"}, {"list"}, {"ask", "When did tram line 0 open?"}} {
		t.Run(command[0], func(t *testing.T) {
			dir := t.TempDir()
			finish(t, dir, "fake", append([]string{"import"}, writeArticles(t, 3)...)...)
			age(t, dir)
			finish(t, dir, "fake", command...)
			wantStatus(t, dir, "articles", "3 (en 3)")
			p := start(t, dir, "telling", append([]string{"import"}, writeArticles(t, 3)...)...)
			p.until("fully indexed\n")
			p.end()
			if done, _ := p.stderr.holds("encoding strong "); done {
				t.Errorf("texts that had vectors were encoded again: %s", p.stderr.String())
			}
			wantStatus(t, dir, "to encode", "0 articles")
		})
	}
}

// TestOtherPacking asks a folder whose vectors are of another packing of the
// weights, before any is made anew: they serve, and nobody waits.
func TestOtherPacking(t *testing.T) {
	dir := t.TempDir()
	finish(t, dir, "fake", append([]string{"import"}, writeArticles(t, 3)...)...)
	alter(t, dir, "UPDATE encoder SET name = 'fake-trigram.0' WHERE name = 'fake-trigram.1'")
	wantStatus(t, dir, "to encode", "3 articles")
	out := finish(t, dir, "blocked", "ask", "When did tram line 0 open?")
	if !strings.Contains(out, "Tram line 0 opened on Monday.") || strings.Contains(out, "not fully indexed") {
		t.Errorf("ask says %q", out)
	}
}
