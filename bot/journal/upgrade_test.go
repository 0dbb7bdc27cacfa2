package journal

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal/journaltest"
	"newsbot/corpus/database"
	"newsbot/corpus/database/databasetest"
	"newsbot/corpus/text"
)

// What the journals in testdata/schema hold, as they were written at start.
const (
	oldReader   = 7001 // asked oldQuestion, in Arabic
	oldEditor   = 7009
	oldArticle  = "j7zo7hzkcalrf2y7" // the answer cites it
	oldQuestion = "متى يصل الترام إلى حي الزيتون؟"
)

// olderSchemas calls do with a folder of each earlier schema.
func olderSchemas(t *testing.T, do func(t *testing.T, dir string, schema int)) {
	t.Helper()
	databasetest.EachOlder(t, newestSchema(t), FileName, do)
}

func newestSchema(t *testing.T) int {
	t.Helper()
	steps, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	return len(steps)
}

func olderJournal(t *testing.T, schema int) (dir string) {
	t.Helper()
	return databasetest.Older(t, FileName, schema)
}

func keptPath(dir string, schema int) string {
	return filepath.Join(dir, fmt.Sprintf("%s.schema-%d", FileName, schema))
}

// checkKept compares the files that are kept of a journal with the only one there should be; "" for none.
func checkKept(t *testing.T, dir, want string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, FileName+".*"))
	if err != nil || strings.Join(found, " ") != want {
		t.Errorf("kept %q, %v; want %q", found, err, want)
	}
}

func TestUpgrade(t *testing.T) {
	olderSchemas(t, func(t *testing.T, dir string, schema int) {
		kept := keptPath(dir, schema)
		var log bytes.Buffer
		c := new(clock)
		j := openJournal(t, Config{Dir: dir, Now: c.now, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		told := fmt.Sprintf("upgraded bot.db from schema %d to %d; what it was is kept for 7 days as %s", schema, newestSchema(t), kept)
		if !strings.Contains(log.String(), told) {
			t.Errorf("the log says %q; want %q in it", &log, told)
		}
		checkIntegrity(t, j)
		checkOld(t, j, schema)
		checkKept(t, dir, kept)
		if info, err := os.Stat(kept); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file that is kept: %v, %v; want it for this user alone", info, err)
		}
		if got := databasetest.Schema(t, kept); got != strconv.Itoa(schema) {
			t.Errorf("the file that is kept has schema %s; want %d", got, schema)
		}
		log.Reset()
		j = reopen(t, j)
		checkOld(t, j, schema)
		checkKept(t, dir, kept)
		if log.Len() > 0 {
			t.Errorf("the second time says %q", &log)
		}
	})
}

// checkOld compares a journal with what the older program wrote.
func checkOld(t *testing.T, j *Journal, schema int) {
	t.Helper()
	ctx := t.Context()
	if list := mustUnfinished(t, j); len(list) != 1 || list[0].ID != 3 || !strings.Contains(string(list[0].Raw), "When does the ferry start?") {
		t.Errorf("unfinished: %v; want update 3", ids(list))
	}
	if lang, err := j.Language(ctx, oldReader); err != nil || lang != text.Arabic {
		t.Errorf("Language = %q, %v; want Arabic", lang, err)
	}
	a, err := j.LastAnswer(ctx, oldReader, 0)
	if err != nil || a.Update != 11 || a.Person != oldReader || !a.At.Equal(start.Truncate(time.Millisecond)) {
		t.Errorf("LastAnswer = %+v, %v; want that to update 11", a, err)
	}
	if p, err := j.Prompt(ctx, oldEditor, 99); err != nil || p.Kind != "edit title" {
		t.Errorf("Prompt = %+v, %v; want what was asked for", p, err)
	}
	if schema == 1 { // it kept no more
		return
	}
	if a.Question != oldQuestion || a.Message != 40 || a.Reply != 41 {
		t.Errorf("LastAnswer = %+v; want the question", a)
	}
	sources, err := j.Reported(ctx, a.Key)
	if err != nil || !slices.Equal(sources, []int{1}) {
		t.Errorf("Reported = %v, %v; want source 1", sources, err)
	}
	if schema == 2 {
		return
	}
	asks, err := j.Access(ctx, 7003)
	if err != nil || asks.State != Asked || asks.Name != "Mara Lind" {
		t.Errorf("Access = %+v, %v; want a request", asks, err)
	}
}

// Whoever has himself forgotten, or has an article erased, is in nothing that was kept either.
func TestErasingErasesWhatIsKept(t *testing.T) {
	olderSchemas(t, func(t *testing.T, dir string, schema int) {
		j := openJournal(t, Config{Dir: dir, Now: new(clock).now})
		if !journaltest.Holds(t, dir, oldArticle) {
			t.Fatal("the article is not found before: the search cannot be right")
		}
		erased, err := j.EraseArticle(t.Context(), oldArticle)
		if err != nil || len(erased) != 1 {
			t.Errorf("EraseArticle = %v, %v; want one answer", erased, err)
		}
		checkKept(t, dir, "")
		if journaltest.Holds(t, dir, oldArticle) {
			t.Error("the article is in the files")
		}
	})
	dir := olderJournal(t, 8)
	j := openJournal(t, Config{Dir: dir, Now: new(clock).now})
	checkKept(t, dir, keptPath(dir, 8))
	if err := j.Forget(t.Context(), oldReader); err != nil {
		t.Fatal(err)
	}
	checkKept(t, dir, "")
	if journaltest.Holds(t, dir, oldQuestion) {
		t.Error("the question is in the files")
	}
}

// What is past its time goes from what was kept as from the journal; the rest stays for a week.
func TestPruneWhatIsKept(t *testing.T) {
	olderSchemas(t, func(t *testing.T, dir string, schema int) {
		kept, c := keptPath(dir, schema), new(clock)
		j := openJournal(t, Config{Dir: dir, Now: c.now, Retention: 48 * time.Hour})
		for _, test := range []struct {
			after time.Duration
			query string
			want  string
		}{
			{changeKept, "SELECT (SELECT count(*) FROM change) || ' ' || (SELECT count(*) FROM prompt) || ' ' || (SELECT count(*) FROM answer)", "1 1 1"},
			{time.Second, "SELECT (SELECT count(*) FROM change) || ' ' || (SELECT count(*) FROM prompt) || ' ' || (SELECT count(*) FROM answer)", "0 0 1"},
			{changeKept, "SELECT (SELECT count(*) FROM answer) || ' ' || (SELECT count(*) FROM inbox) || ' ' || (SELECT count(*) FROM question)", "0 1 0"},
		} {
			c.pass(test.after)
			if err := j.Prune(t.Context()); err != nil {
				t.Fatal(err)
			}
			checkKept(t, dir, kept)
			if got := databasetest.Query(t, kept, test.query); got != test.want {
				t.Errorf("%v later %s = %q; want %q", test.after, test.query, got, test.want)
			}
		}
		if journaltest.Holds(t, dir, oldQuestion) {
			t.Error("the question is in the files")
		}
		c.pass(database.KeptTime - 2*changeKept - 2*time.Second)
		if err := j.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		checkKept(t, dir, kept)
		c.pass(2 * time.Second)
		if err := j.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		checkKept(t, dir, "")
	})
}

// A message that is answered is neither kept nor answered again by who goes back.
func TestPruneFinishesWhatIsKept(t *testing.T) {
	olderSchemas(t, func(t *testing.T, dir string, schema int) {
		const message, query = "When does the ferry start?", "SELECT count(*) FROM inbox WHERE done IS NULL"
		j := openJournal(t, Config{Dir: dir, Now: new(clock).now})
		for _, want := range []string{"1", "0"} {
			if err := j.Prune(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := databasetest.Query(t, keptPath(dir, schema), query); got != want {
				t.Errorf("%s unfinished in what is kept; want %s", got, want)
			}
			if err := j.Done(t.Context(), 3, 0); err != nil {
				t.Fatal(err)
			}
		}
		if journaltest.Holds(t, dir, message) {
			t.Error("the message is in the files")
		}
	})
}

// A copy from which nothing can be erased is erased.
func TestPruneWhatIsDamaged(t *testing.T) {
	dir := olderJournal(t, 8)
	j := openJournal(t, Config{Dir: dir, Now: new(clock).now})
	if err := os.WriteFile(keptPath(dir, 8), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := j.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	checkKept(t, dir, "")
}
