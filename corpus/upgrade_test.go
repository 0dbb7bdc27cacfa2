package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"newsbot/corpus/database"
	"newsbot/corpus/database/databasetest"
	"newsbot/corpus/text"
)

// imported are the articles that each program in testdata/schema was given.
var imported = []Article{
	{
		ID: "4xkg7qbdre4rudak", Title: "Night ferry to Sandhaven starts in May", Source: "Harbour Post", Language: text.English,
		Published: Day(2024, time.March, 18), URL: "https://harbour.example/ferry",
		Body: "The port of Sandhaven will be reached by a night ferry from 2 May, the harbour office said on Monday.\n\n" +
			"The ship carries 140 cars. “Tickets go on sale in April,” said Mara Lind, who runs the line.",
	},
	{
		ID: "j7zo7hzkcalrf2y7", Title: "خط ترام جديد يصل إلى حي الزيتون", Source: "صحيفة المرفأ", Language: text.Arabic,
		Published: Day(2024, time.May, 21), URL: "https://harbour.example/tram",
		Body: "أعلنت بلدية الميناء أن خط الترام الجديد سيصل إلى حي الزيتون في الثالث من يونيو، وأن ثمن التذكرة لن يتغير.\n\n" +
			"وقالت المهندسة سلمى عودة: «سينقل الخط تسعة آلاف راكب في اليوم».",
	},
	{
		ID: "y5g5uwp6nlpe2mui", Title: "متحف الملح يفتح أبوابه", Source: "صحيفة المرفأ", Language: text.Arabic,
		Published: Day(2024, time.June, 9),
		Body:      "يفتح متحف الملح في قرية النوارس أبوابه يوم السبت، ويعرض ستين أداة استعملها عمال الملاحات قبل قرن.",
	},
	{
		ID: "y7yxzyb5o3znwimp", Title: "Village library lends seeds", Source: "Harbour Post", Language: text.English,
		Published: Day(2024, time.April, 2),
		Body:      "Readers in Oakmere may borrow seeds of beans and barley at the village library, and bring new ones back in autumn.",
	},
}

// removedThen is the article that was removed then.
const removedThen = "w637yefgcypzwnnb"

// olderSchemas calls do with a folder of each earlier schema.
func olderSchemas(t *testing.T, do func(t *testing.T, dir string, schema int)) {
	t.Helper()
	databasetest.EachOlder(t, newest(t), FileName, do)
}

// newest is the number of this program's schema.
func newest(t *testing.T) int {
	t.Helper()
	steps, err := fs.ReadDir(embedded(), ".")
	if err != nil {
		t.Fatal(err)
	}
	return len(steps)
}

// older is a folder as an older program has left it.
func older(t *testing.T, schema int) (dir string) {
	t.Helper()
	return databasetest.Older(t, FileName, schema)
}

// keptPath is where a file of a schema is kept.
func keptPath(dir string, schema int) string {
	return filepath.Join(dir, fmt.Sprintf("%s.schema-%d", FileName, schema))
}

// checkKept makes sure that the only file kept in a folder is one of a schema, and whole.
func checkKept(t *testing.T, dir string, schema int) {
	t.Helper()
	path := keptPath(dir, schema)
	if found, err := filepath.Glob(filepath.Join(dir, FileName+".*")); err != nil || !cmp.Equal(found, []string{path}) {
		t.Errorf("kept %q, %v; want %q alone", found, err, path)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the file that is kept: %v, %v; want it for this user alone", info, err)
	}
	if got := databasetest.Schema(t, path); got != strconv.Itoa(schema) {
		t.Errorf("the file that is kept has schema %s; want %d", got, schema)
	}
	db, err := database.Connect(path, 1, database.Immutable)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // only read from
	if err := errors.Join(database.Verify(t.Context(), db), (&Store{}).schema().Equal(t.Context(), db)); err != nil {
		t.Errorf("the file that is kept: %v", err)
	}
}

func TestUpgrade(t *testing.T) {
	olderSchemas(t, func(t *testing.T, dir string, schema int) {
		path := filepath.Join(dir, FileName)
		before := databasetest.Query(t, path, "SELECT json_group_array(json_array(id, text)) FROM article JOIN body ON article = pk")
		if _, err := Open(t.Context(), Config{Dir: dir, ReadOnly: true}); !errors.Is(err, ErrOlder) {
			t.Errorf("opening it for reading: %v; want ErrOlder", err)
		}
		if got := listFolder(t, dir); got != FileName {
			t.Errorf("who only reads leaves %s", got)
		}
		var log bytes.Buffer
		s := openStore(t, Config{Dir: dir, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		told := fmt.Sprintf("upgraded newsbot.db from schema %d to %d; what it was is kept for 7 days as %s", schema, newest(t), keptPath(dir, schema))
		if !strings.Contains(log.String(), told) {
			t.Errorf("the log says %q; want %q in it", &log, told)
		}
		checkIntegrity(t, s)
		checkImported(t, s, schema)
		checkKept(t, dir, schema)
		if got := databasetest.Query(t, keptPath(dir, schema), "SELECT json_group_array(json_array(id, text)) FROM article JOIN body ON article = pk"); got != before {
			t.Errorf("kept %s; want %s", got, before)
		}
		kept := readBytes(t, keptPath(dir, schema))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		log.Reset()
		again := openStore(t, Config{Dir: dir, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		checkImported(t, again, schema)
		checkKept(t, dir, schema)
		if log.Len() > 0 || !bytes.Equal(readBytes(t, keptPath(dir, schema)), kept) {
			t.Errorf("the second time says %q, or has changed what is kept", &log)
		}
	})
}

// checkImported compares the articles of a store of an older schema with what was imported, and vectors are there for all of
// them.
func checkImported(t *testing.T, s *Store, schema int) {
	t.Helper()
	var got []Article
	for _, a := range imported {
		found, err := s.Article(t.Context(), a.ID)
		if err != nil {
			t.Error(err)
		}
		got = append(got, found)
	}
	want := append([]Article(nil), imported...)
	if schema >= 8 { // the first with the command edit
		want[3].Title = "Library of a village lends seeds"
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Article{}, "Added", "Changed", "Edited"), cmp.Comparer(sameDate)); diff != "" {
		t.Errorf("the articles differ (-want +got):\n%s", diff)
	}
	for _, a := range got {
		checkPassages(t, s, a)
	}
	if len(vectorsOf(t, s, "e5-small-q4.1")) == 0 {
		t.Error("the vectors are gone")
	}
	feeds, err := s.Feeds(t.Context())
	if schema >= 6 && (err != nil || len(feeds) != 1 || feeds[0].URL != "https://harbour.example/feed") {
		t.Errorf("Feeds = %v, %v", feeds, err)
	}
	checkRemoved(t, s, schema)
}

func sameDate(a, b Date) bool { return a.String() == b.String() }

// checkRemoved makes sure that what was removed stays away, as far as the older program has remembered it.
func checkRemoved(t *testing.T, s *Store, schema int) {
	t.Helper()
	if _, err := s.Article(t.Context(), removedThen); !errors.Is(err, ErrNotFound) {
		t.Errorf("what was removed: %v; want ErrNotFound", err)
	}
	if a, err := s.Lookup(t.Context(), removedThen); schema >= 8 && (err != nil || a.Removed.IsZero()) {
		t.Errorf("Lookup of what was removed = %v, %v", a.Removed, err)
	}
}

func readBytes(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
