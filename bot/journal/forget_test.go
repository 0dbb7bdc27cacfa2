package journal

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"newsbot/bot/journal/journaltest"
	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// keepOf fills a journal with all that may be kept of a person, each text with the
// secret word in it. The person's chat has his number; he has asked in a group, too.
func keepOf(t *testing.T, j *Journal, person int64) {
	t.Helper()
	ctx := t.Context()
	for i, chat := range []int64{person, -100} {
		update := person*100 + int64(i)
		key := mustKeepAnswer(t, j, Answer{Update: update, Chat: chat, Data: []byte(secret + strings.Repeat("x", 3000))})
		_, askedErr := j.exec(ctx, "UPDATE answer SET person = ?, question = ? WHERE key = ?", person, secret, key)
		_, saidErr := j.exec(ctx, "INSERT INTO feedback (answer, person, reported, helpful, id, at) VALUES (?, ?, 0, 1, ?, ?)",
			key, person, update, j.now().UnixMilli())
		if err := errors.Join(askedErr, saidErr); err != nil {
			t.Fatal(err)
		}
	}
	_, changeErr := j.KeepChange(ctx, Change{Update: person, Person: person, Article: "abc"})
	_, countErr := j.Count(ctx, Question{Update: person, Person: person, At: j.now()}, Limits{})
	_, presentErr := j.NotePresent(ctx, person, text.Arabic, person)
	err := errors.Join(changeErr, countErr, presentErr, j.SetReader(ctx, person, Reader{Language: text.Arabic, Months: secret, Whole: true, Newest: true}),
		j.SetPrompt(ctx, Prompt{Chat: person, Kind: secret}))
	if err != nil {
		t.Fatal(err)
	}
	_, followErr := j.Follow(ctx, Follower{Person: person, Hour: 8}, Subscription{Words: secret, Folded: secret, Since: j.now(), Update: person}, 9)
	_, toldErr := j.exec(ctx, "INSERT INTO told VALUES (?, ?, ?)", person, secret, j.now().UnixMilli())
	if err := errors.Join(followErr, toldErr); err != nil {
		t.Fatal(err)
	}
	mustRequest(t, j, Access{Person: person, Name: secret, Username: secret, Language: text.Arabic, Update: person})
}

// dump is all that a journal holds, a line for each row of each table.
func dump(t *testing.T, j *Journal) (lines []string) {
	t.Helper()
	rows, err := j.db.QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := database.Column[string](rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		rows, err := j.db.QueryContext(t.Context(), "SELECT * FROM "+table)
		if err != nil {
			t.Fatal(err)
		}
		err = database.ForRows(rows, func(rows *sql.Rows) error {
			columns, err := rows.Columns()
			values, dest := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				dest[i] = &values[i]
			}
			err = errors.Join(err, rows.Scan(dest...))
			lines = append(lines, fmt.Sprintf("%s%v", table, values))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

// What is kept of a person is gone from the files at once, and nothing of anybody
// else.
func TestForget(t *testing.T) {
	const person, other = 770077, 880088
	j, _ := testJournal(t)
	keepOf(t, j, person)
	if !journaltest.Holds(t, j.dir(t), secret) {
		t.Fatal("the word is not found before: the search cannot be right")
	}
	for range 2 {
		if err := j.Forget(t.Context(), person); err != nil {
			t.Fatal(err)
		}
	}
	if journaltest.Holds(t, j.dir(t), secret) {
		t.Error("the word is in the files after Forget")
	}
	for _, l := range dump(t, j) {
		if strings.Contains(l, "770077") && !strings.HasPrefix(l, "present") && !strings.HasPrefix(l, "change[770077 ") && !strings.HasPrefix(l, "question[770077 ") {
			t.Errorf("this is left: %s", l) // in those two it is the number of the update
		}
	}
	empty := len(dump(t, j))
	keepOf(t, j, other)
	before := dump(t, j)
	if len(before) <= empty {
		t.Fatal("nothing is kept")
	}
	if err := j.Forget(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	if after := dump(t, j); !slices.Equal(before, after) {
		t.Errorf("what is kept of somebody else was\n%s\nand is\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	checkIntegrity(t, j)
}

// What others said of a person's answers goes with these, and what he said of
// theirs goes too; nothing else that was said does.
func TestForgetFeedback(t *testing.T) {
	const person, other = 770077, 880088
	j, _ := testJournal(t)
	inGroup := mustKeepAnswer(t, j, Answer{Update: 1, Chat: -100, Person: person})
	inChat := mustKeepAnswer(t, j, Answer{Update: 2, Chat: person, Person: 3}) // the chat alone tells whose it is
	others := mustKeepAnswer(t, j, Answer{Update: 4, Chat: -100, Person: other})
	for _, f := range []Feedback{
		{Answer: inGroup, Update: 5, Person: other}, {Answer: inChat, Update: 6, Person: other},
		{Answer: others, Update: 7, Person: person}, {Answer: others, Update: 8, Person: other},
	} {
		if err := errors.Join(j.Rate(t.Context(), f, true), j.Report(t.Context(), f, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Forget(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	rows, err := j.db.QueryContext(t.Context(), "SELECT id FROM feedback ORDER BY reported")
	if err != nil {
		t.Fatal(err)
	}
	if left, err := database.Column[int64](rows); err != nil || !slices.Equal(left, []int64{8, 8}) {
		t.Errorf("what these updates have said is left: %d, %v; want 8 alone, with its report", left, err)
	}
}

// A decision outlives what was known of the person; and a request that was taken
// back is not passed on a second time within a day.
func TestForgetDecided(t *testing.T) {
	j, c := testJournal(t)
	mustRequest(t, j, Access{Person: 7, Name: secret, Username: secret, Language: text.Arabic, Update: 1})
	mustDecide(t, j, Decision{Person: 7, State: Denied, By: 1, Update: 2, Request: true})
	mustRequest(t, j, Access{Person: 8, Update: 3})
	for _, person := range []int64{7, 8, 1} {
		if err := j.Forget(t.Context(), person); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := mustAccess(t, j, 7), (Access{Person: 7, State: Denied, At: start, Update: 2}); got != want {
		t.Errorf("what is left of a decision is %+v; want %+v", got, want)
	}
	if got := mustAccess(t, j, 8); got.State != "" {
		t.Errorf("what is left of a request is %+v", got)
	}
	for range 2 { // the second time the update is handled again
		if a := mustRequest(t, j, Access{Person: 8, Update: 4}); a.Update != 4 || !a.Quiet {
			t.Errorf("a request after one that was taken back is %+v; want it quiet", a)
		}
	}
	if err := j.Forget(t.Context(), 8); err != nil {
		t.Fatal(err)
	}
	c.pass(requestKept + time.Millisecond)
	mustPrune(t, j)
	if a := mustRequest(t, j, Access{Person: 8, Update: 5}); a.Quiet {
		t.Errorf("a request a day after one that was taken back is %+v", a)
	}
}

// The number of the person who asks is in no file: it is counted under a code
// that another journal makes otherwise.
func TestCountsWithoutNames(t *testing.T) {
	codes := map[int64]bool{}
	for range 2 {
		j, _ := testJournal(t)
		for update := range int64(2) {
			if _, err := j.Count(t.Context(), Question{Update: update, Person: 770077, At: start}, Limits{}); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := j.db.QueryContext(t.Context(), "SELECT DISTINCT person FROM question")
		if err != nil {
			t.Fatal(err)
		}
		people, err := database.Column[int64](rows)
		if err != nil || len(people) != 1 || people[0] == 770077 {
			t.Fatalf("one person is counted as %d, %v; want one code", people, err)
		}
		if reopened := reopen(t, j); reopened.code(770077) != people[0] {
			t.Error("the code is another one after a new start")
		}
		codes[people[0]] = true
	}
	if len(codes) != 2 {
		t.Error("two journals have the same code for a person")
	}
}

// A journal of the first release is brought up to date: what it has counted by
// number is gone.
func TestMigrateCounts(t *testing.T) {
	dir := t.TempDir()
	first, err := migrations.ReadFile("migrations/0001_journal.sql")
	if err != nil {
		t.Fatal(err)
	}
	old := database.Schema{AppID: appID, Steps: fstest.MapFS{"0001_journal.sql": {Data: first}}}
	db, err := database.Open(t.Context(), dir, FileName, old)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), "INSERT INTO question VALUES (1, 770077, ?)", start.UnixMilli())
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	j := openJournal(t, Config{Dir: dir})
	for _, l := range dump(t, j) {
		if strings.Contains(l, "770077") {
			t.Errorf("this is left: %s", l)
		}
	}
	for update, over := range []Window{0, Minute} {
		got, err := j.Count(t.Context(), Question{Update: int64(update), Person: 770077, At: start}, Limits{Minute: 1})
		if err != nil || got.Over != over {
			t.Errorf("question %d: Count = %+v, %v; want %v", update, got, err, over)
		}
	}
}

// A journal opened with a shorter retention erases at the next Prune.
func TestRetention(t *testing.T) {
	const day = 24 * time.Hour
	j, c := testJournal(t)
	if got := j.Retention(); got != 30*day {
		t.Errorf("Retention = %v; want 30 days", got)
	}
	dir := j.dir(t)
	keepOf(t, j, 7)
	for _, test := range []struct {
		pass, retention time.Duration
		kept            bool
	}{{31 * day, 3650 * day, true}, {8 * day, 39 * day, true}, {time.Millisecond, 39 * day, false}} {
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		c.pass(test.pass)
		j = openJournal(t, Config{Dir: dir, Now: c.now, Retention: test.retention})
		mustPrune(t, j)
		var answers, said int
		row := j.db.QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM answer), (SELECT count(*) FROM feedback)")
		if err := row.Scan(&answers, &said); err != nil || (answers == 2) != test.kept || (said == 2) != test.kept {
			t.Errorf("after %v with a retention of %v: %d answers, %d opinions, %v", c.now().Sub(start), test.retention, answers, said, err)
		}
	}
}

// A message is gone from the files when it is done and pruned; its number stays
// for two days.
func TestDoneIsErased(t *testing.T) {
	j, c := testJournal(t)
	mustReceive(t, j, Update{ID: 770077, Raw: bytes.Repeat([]byte(secret), 2000)}, Update{ID: 5, Raw: []byte("other")})
	mustPrune(t, j)
	if !journaltest.Holds(t, j.dir(t), secret) {
		t.Fatal("the word is not found before: the search cannot be right")
	}
	if err := j.Done(t.Context(), 770077, 0); err != nil {
		t.Fatal(err)
	}
	mustPrune(t, j)
	if journaltest.Holds(t, j.dir(t), secret) {
		t.Error("the word is in the files after Done and Prune")
	}
	known := func() bool {
		var n int
		if err := j.db.QueryRowContext(t.Context(), "SELECT count(*) FROM inbox WHERE id = 770077").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n == 1
	}
	c.pass(doneKept)
	mustPrune(t, j)
	if !known() {
		t.Error("the number is gone before two days are over")
	}
	c.pass(time.Millisecond)
	mustPrune(t, j)
	if known() {
		t.Error("the number is there after two days")
	}
}

// Without its key a journal cannot count, and does not open.
func TestKeyMissing(t *testing.T) {
	j, _ := testJournal(t)
	dir := j.dir(t)
	_, err := j.exec(t.Context(), "DELETE FROM secret")
	if err := errors.Join(err, j.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Config{Dir: dir}); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), filepath.Base(dir)) {
		t.Errorf("Open: %v; want an error with the folder", err)
	}
}
