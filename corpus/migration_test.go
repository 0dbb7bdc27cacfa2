package corpus

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/database"
)

// firstSchema makes a folder as the first migration alone leaves it, with the content of a store.
func firstSchema(t *testing.T, from *Store) (dir string) {
	t.Helper()
	const name = "0001_articles.sql"
	script, err := fs.ReadFile(embedded(), name)
	if err != nil {
		t.Fatal(err)
	}
	rehash := formerHashes(t, from)
	schema := from.schema()
	schema.Steps = fstest.MapFS{name: {Data: script}}
	dir = t.TempDir()
	db, err := database.Open(t.Context(), dir, FileName, schema)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	copied := fmt.Sprintf("ATTACH '%s' AS o;", filepath.Join(from.dir, FileName))
	for _, table := range []string{"article", "body", "passage", "text", "encoder", "vector", "backlog"} {
		copied += fmt.Sprintf("INSERT INTO %s SELECT * FROM o.%[1]s;", table)
	}
	for table, columns := range map[string]string{
		"encoder": "pk, name",
		"article": "pk, id, title, title_derived, source, language, published, published_at, url, words, passages, texts, added, changed",
	} {
		copied = strings.Replace(copied, "INTO "+table+" SELECT *", "INTO "+table+" SELECT "+columns, 1)
	}
	alter(t, dir, copied+"INSERT INTO change SELECT seq, article, removed FROM o.change")
	alter(t, dir, rehash...)
	return dir
}

// formerHashes returns the statements that name the texts of a store as they were before 0004_hashes.sql.
func formerHashes(t *testing.T, s *Store) (statements []string) {
	t.Helper()
	err := s.Each(t.Context(), func(a Article, ps []Passage) error {
		for _, x := range Texts(&a, ps) {
			statements = append(statements, rename(x.Hash, TextHash(x.Text))...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return statements
}

// rename returns the statements that give a text another hash.
func rename(from, to Hash) (statements []string) {
	for _, table := range []string{"text", "vector"} {
		statements = append(statements, fmt.Sprintf("UPDATE %s SET hash = x'%x' WHERE hash = x'%x'", table, to[:], from[:]))
	}
	return statements
}

func TestMigrateFirstSchema(t *testing.T) {
	old := testStore(t)
	ctx := t.Context()
	for i := range 5 {
		mustAdd(t, old, sample(i, 100))
	}
	putAll(t, old, "enc")
	last := mustAdd(t, old, sample(9, 100))
	want, seq := vectorsOf(t, old, "enc"), mustSeq(t, old)
	dir := firstSchema(t, old)
	if _, err := Open(ctx, Config{Dir: dir, ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "older newsbot") {
		t.Errorf("opening the first schema for reading: %v; want it told that it is old", err)
	}

	s := openStore(t, Config{Dir: dir})
	checkIntegrity(t, s)
	if got := vectorsOf(t, s, "enc"); !cmp.Equal(got, want) || len(got) == 0 {
		t.Errorf("%d vectors; want the same %d", len(got), len(want))
	}
	if got, err := s.Article(ctx, last.ID); err != nil || got != last {
		t.Errorf("Article = %v, %v; want %v", got, err, last)
	}
	changes, err := s.Changes(ctx, 0)
	if err != nil || len(changes) != 6 || changes[5] != (Change{Seq: seq + 6, ArticleID: last.ID}) {
		t.Errorf("Changes = %v, %v; want the six articles anew", changes, err)
	}
	checkBacklog(t, s, "enc", 1, len(Texts(&last, Split(last.Body))))
	checkBacklog(t, s, WordsOf("enc"), 6, 0)
	putAllWords(t, s, "enc")
	checkBacklog(t, s, WordsOf("enc"), 0, 0)
	checkMarks(t, s)
	if err := s.Purge(ctx, last.ID); err != nil {
		t.Fatal(err)
	}
	checkIntegrity(t, s)
}

// Articles of before are known by link and text like others, also when a process was killed before it had found all.
func TestRenewMarks(t *testing.T) {
	s := testStore(t)
	list := samples(renewed+20, 20)
	list[7].URL = ""
	if err := s.AddAll(t.Context(), slices.Values(list), nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	alter(t, s.dir, "UPDATE article SET address = NULL, content = NULL, given = NULL WHERE pk <> 3")
	s = openStore(t, Config{Dir: s.dir})
	checkMarks(t, s)
	// Nobody knows what was given last; it is told from what is there.
	if _, status, err := s.Add(t.Context(), list[1]); err != nil || status != Unchanged {
		t.Errorf("Add of the same = %v, %v; want unchanged", status, err)
	}
	id := NewID((&list[1]).Key())
	if _, _, err := s.Edit(t.Context(), id, func(a *Article) error { a.Title = "By hand"; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []Status{Kept, Unchanged} {
		if _, status, err := s.Add(t.Context(), list[1]); err != nil || status != want {
			t.Errorf("Add of what was edited = %v, %v; want %v", status, err, want)
		}
	}
	list[1].URL = "https://copy.example/"
	if _, status, err := s.Add(t.Context(), list[1]); err != nil || status != Duplicate {
		t.Errorf("Add of a copy = %v, %v; want a duplicate", status, err)
	}
}
