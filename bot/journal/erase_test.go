package journal

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/database"
)

const article = "abcdefghijklmnop"

// about is the data of an answer that cites articles.
func about(ids ...string) []byte {
	var b strings.Builder
	b.WriteString(`{"Language":"ar","Citations":[`)
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"N":%d,"Article":%q,"Passage":"%s.1"}`, i+1, id, id)
	}
	b.WriteString(`]}`)
	return []byte(b.String())
}

// What is kept of an article is gone from the files at once, and nothing else.
func TestEraseArticle(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	const other = "qrstuvwxyz234567"
	keep := func(update int64, question string, data []byte, cites ...string) string {
		c.pass(time.Second)
		key := mustKeepAnswer(t, j, Answer{Update: update, Chat: 1, Question: question, Data: data, Cites: cites})
		if err := j.Rate(ctx, Feedback{Answer: key, Update: update, Person: 7}, true); err != nil {
			t.Fatal(err)
		}
		return key
	}
	gone := []string{
		keep(1, "first", about(other, article), other, article),
		keep(2, "second", about(article), article, article),
		keep(3, "found, not cited", []byte(`{"Except":["`+article+`"]}`)),
	}
	stays := keep(4, "third", about(other), other)
	keep(5, "once", about(article), article)
	changed := keep(5, "changed", about(other), other) // the same update again
	for i, change := range []Change{
		{Article: article, Before: []byte("the text")},
		{Article: "articles:11", Before: []byte(`{"Removed":["` + article + `"]}`)},
		{Article: other, Before: []byte("another text")},
		{Article: other},
	} {
		change.Update = int64(10 + i)
		if _, err := j.KeepChange(ctx, change); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(j.SetPrompt(ctx, Prompt{Chat: 1, Article: article}), j.SetPrompt(ctx, Prompt{Chat: 2, Article: other})); err != nil {
		t.Fatal(err)
	}

	got, err := j.EraseArticle(ctx, article)
	want := []Erased{{start.Add(2 * time.Second), "second"}, {start.Add(time.Second), "first"}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("EraseArticle: %v (-want +got):\n%s", err, diff)
	}
	for _, key := range gone {
		if _, err := j.Answer(ctx, key); !errors.Is(err, ErrNotFound) {
			t.Errorf("Answer: %v; want ErrNotFound", err)
		}
		if helpful, _, err := j.Ratings(ctx, key); helpful != 0 || err != nil {
			t.Errorf("Ratings = %d, %v; want none", helpful, err)
		}
	}
	for _, key := range []string{stays, changed} {
		if helpful, _, err := j.Ratings(ctx, key); helpful != 1 || err != nil {
			t.Errorf("Ratings of what stays = %d, %v", helpful, err)
		}
	}
	if lines := dump(t, j); strings.Contains(strings.Join(lines, "\n"), article) {
		t.Errorf("the journal holds\n%s", strings.Join(lines, "\n"))
	}
	var changes, prompts int
	row := j.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM change), (SELECT count(*) FROM prompt)")
	if err := row.Scan(&changes, &prompts); err != nil || changes != 2 || prompts != 1 {
		t.Errorf("%d changes and %d prompts are left, %v; want 2 and 1", changes, prompts, err)
	}
	if got, err := j.EraseArticle(ctx, article); len(got) > 0 || err != nil {
		t.Errorf("EraseArticle again = %v, %v", got, err)
	}
}

// Nothing of what was erased is in the files.
func TestEraseArticleFromFiles(t *testing.T) {
	j, _ := testJournal(t)
	const secret = "a-text-that-must-go"
	_, err := j.KeepChange(t.Context(), Change{Update: 1, Article: article, Before: []byte(strings.Repeat(secret, 500))})
	if err != nil {
		t.Fatal(err)
	}
	if !inFiles(t, j, secret) {
		t.Fatal("the text is in no file before")
	}
	if _, err := j.EraseArticle(t.Context(), article); err != nil {
		t.Fatal(err)
	}
	if inFiles(t, j, secret) {
		t.Error("the text is still in the files")
	}
}

// inFiles reports whether the journal's files hold a text.
func inFiles(t *testing.T, j *Journal, s string) bool {
	t.Helper()
	var path string
	if err := j.db.QueryRowContext(t.Context(), "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %v, %v", files, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(s)) {
			return true
		}
	}
	return false
}

func TestEraseArticleBounds(t *testing.T) {
	j, _ := testJournal(t)
	mustKeepAnswer(t, j, Answer{Update: 1, Data: about(article), Cites: []string{article}})
	if got, err := j.EraseArticle(t.Context(), ""); len(got) > 0 || err != nil {
		t.Errorf("EraseArticle of no ID = %v, %v", got, err)
	}
	if _, err := j.EraseArticle(t.Context(), strings.Repeat("a", 257)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("EraseArticle of a long ID: %v; want ErrTooLarge", err)
	}
	if _, err := j.AnswerOf(t.Context(), 1); err != nil {
		t.Errorf("the answer: %v", err)
	}
	if _, err := j.KeepAnswer(t.Context(), Answer{Update: 2, Cites: []string{strings.Repeat("a", 257)}}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("KeepAnswer that cites a long ID: %v; want ErrTooLarge", err)
	}
}

// What is cited goes with its answer.
func TestCitedGoes(t *testing.T) {
	j, c := testJournal(t)
	mustKeepAnswer(t, j, Answer{Update: 1, Person: 7, Data: about(article), Cites: []string{article}})
	mustKeepAnswer(t, j, Answer{Update: 2, Person: 8, Data: about(article), Cites: []string{article}})
	cited := func() (n int) {
		t.Helper()
		if err := j.db.QueryRowContext(t.Context(), "SELECT count(*) FROM cited").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := j.Forget(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	if n := cited(); n != 1 {
		t.Errorf("after Forget %d are left, want 1", n)
	}
	c.pass(answerKept + time.Second)
	mustPrune(t, j)
	if n := cited(); n != 0 {
		t.Errorf("after Prune %d are left, want none", n)
	}
}

func TestLastChange(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	last := func(person, update int64) string {
		t.Helper()
		got, err := j.LastChange(ctx, person, update)
		if err != nil && !errors.Is(err, ErrNotFound) {
			t.Fatal(err)
		}
		return got.Article
	}
	keep := func(person, update int64, article string) Change {
		t.Helper()
		kept, err := j.KeepChange(ctx, Change{Update: update, Person: person, Article: article})
		if err != nil {
			t.Fatal(err)
		}
		return kept
	}
	if got := last(1, 1); got != "" {
		t.Errorf("the last change of nobody is %q", got)
	}
	keep(1, 1, "first")
	keep(1, 2, "second") // in the same millisecond
	keep(0, -1, "terminal, first")
	keep(0, -2, "terminal, second")
	c.pass(time.Second)
	third := keep(1, 3, "third")
	keep(2, 4, "another's")
	if got := last(1, 5); got != "third" {
		t.Errorf("the last change is %q, want the third", got)
	}
	if _, err := j.TakeChange(ctx, third.Key, 5); err != nil {
		t.Fatal(err)
	}
	for update, want := range map[int64]string{5: "third", 6: "second"} {
		if got := last(1, update); got != want {
			t.Errorf("then it is %q for update %d, want the %s", got, update, want)
		}
	}
	if got := last(0, -3); got != "terminal, second" {
		t.Errorf("the terminal's is %q, want its second", got)
	}
	c.pass(changeKept)
	if got := last(1, 7); got != "" {
		t.Errorf("after a day it is %q, want none", got)
	}
}

// What answers of an earlier version cite is read from their data, whatever else may be in there.
func TestEarlierCitations(t *testing.T) {
	dir := t.TempDir()
	steps := fstest.MapFS{}
	for _, name := range []string{"0001_journal.sql", "0002_answers.sql", "0003_people.sql", "0004_chats.sql", "0005_reports.sql", "0006_requests.sql"} {
		data, err := migrations.ReadFile("migrations/" + name)
		if err != nil {
			t.Fatal(err)
		}
		steps[name] = &fstest.MapFile{Data: data}
	}
	db, err := database.Open(t.Context(), dir, FileName, database.Schema{AppID: appID, Steps: steps, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for i, data := range [][]byte{
		about(article, article), about(), []byte("no JSON"), {}, []byte("[1]"), []byte(`{"Citations":5}`),
		[]byte(`{"Citations":[7,{"Article":8},{"Article":null}]}`), {0xff, 0x00},
	} {
		_, insertErr := db.ExecContext(t.Context(), "INSERT INTO answer (id, key, chat, data, question, at) VALUES (?, ?, 7, ?, 'What?', ?)",
			i, fmt.Sprint("key", i), data, start.UnixMilli())
		err = errors.Join(err, insertErr)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	j := openJournal(t, Config{Dir: dir})
	got, err := j.EraseArticle(t.Context(), article)
	if diff := cmp.Diff([]Erased{{start, "What?"}}, got); err != nil || diff != "" {
		t.Errorf("EraseArticle: %v (-want +got):\n%s", err, diff)
	}
}

// BenchmarkEraseArticle erases an article from a journal of 20,000 answers of usual size, of which 100 cite it.
func BenchmarkEraseArticle(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		j, err := Open(b.Context(), Config{Dir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		err = database.Update(b.Context(), j.db, func(tx *sql.Tx) error {
			for i := range 20_000 {
				id := fmt.Sprintf("%016d", i%200)
				data := append(about(id), bytes.Repeat([]byte(" "), 2000)...)
				_, err := tx.ExecContext(b.Context(), "INSERT INTO answer (id, key, chat, data, question, at) VALUES (?, ?, 7, ?, 'What?', ?)",
					i, newKey(), data, j.now().UnixMilli())
				if err == nil {
					_, err = tx.ExecContext(b.Context(), "INSERT INTO cited SELECT ?, seq FROM answer WHERE id = ?", id, i)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		j.truncateLog(b.Context())
		b.StartTimer()
		list, err := j.EraseArticle(b.Context(), fmt.Sprintf("%016d", 7))
		if err != nil || len(list) != 100 {
			b.Fatalf("%d answers, %v", len(list), err)
		}
		b.StopTimer()
		if err := j.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
