package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"
)

// The test binary starts itself again as another process; this variable says what that one is to do.
const roleVar = "CORPUS_TEST_ROLE"

func TestMain(m *testing.M) {
	roles := map[string]func(dir string) error{
		"add": addForever, "addsome": addSome, "churn": churnForever, "lock": holdLock,
		"replace": replaceForever, "addposts": addPostsForever, "upgrade": upgradeOnce,
	}
	role := os.Getenv(roleVar)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := roles[role](os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// addForever adds and updates articles until it is killed, printing each ID when it is stored.
func addForever(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		a, _, err := s.Add(ctx, sample(os.Getpid()*1000+i, 300))
		if err != nil {
			return err
		}
		fmt.Println(a.ID)
	}
}

// someArticles is how many articles addSome adds.
const someArticles = 24

func addSome(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	for i := range someArticles {
		if _, _, err := s.Add(ctx, sample(os.Getpid()*1000+i, 200)); err != nil {
			return err
		}
	}
	return s.Close()
}

// holdLock takes the lock, says so, and waits to be killed.
func holdLock(dir string) error {
	if _, err := TryLock(dir, ServeLock); err != nil {
		return err
	}
	fmt.Println("locked")
	select {}
}

// sample makes the n-th article of about the number of words asked for. Each sentence is unique.
func sample(n, words int) Article {
	var b strings.Builder
	for i := 0; words > 0; i++ {
		if i%4 == 3 {
			fmt.Fprintf(&b, "وأعلنت الوزارة في بيانها رقم %d أن المشروع %d سيبدأ العمل به قبل نهاية العام المقبل.\n\n", n, i)
			words -= 16
			continue
		}
		fmt.Fprintf(&b, "Officials of district %d said on Monday that project number %d would open before the end of the year. ", n, i)
		words -= 18
	}
	return Article{
		Title:     fmt.Sprintf("District %d opens a project", n),
		Source:    "The Daily Test",
		Published: Day(2024, time.January, 1+n%300),
		URL:       fmt.Sprintf("https://news.example/%d", n),
		Body:      b.String(),
	}
}

// testStore opens a new store whose clock stands still.
func testStore(tb testing.TB) *Store {
	tb.Helper()
	return openStore(tb, Config{Dir: tb.TempDir()})
}

func openStore(tb testing.TB, cfg Config) *Store {
	tb.Helper()
	if cfg.Now == nil {
		cfg.Now = func() time.Time { return time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC) }
	}
	s, err := Open(tb.Context(), cfg)
	if err != nil {
		tb.Fatalf("Open: %v", err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("Close: %v", err)
		}
	})
	return s
}

// mustAdd adds an article as an editor does: it comes in though it was removed before.
func mustAdd(tb testing.TB, s *Store, a Article) Article {
	tb.Helper()
	o, err := s.AddWith(tb.Context(), a, AddOptions{Explicit: true})
	if err != nil || o.Status == Duplicate {
		tb.Fatalf("AddWith = %v, %v", o.Status, err)
	}
	return o.Article
}

// vectorsOf returns all vectors of an encoder in the order of hashes.
func vectorsOf(tb testing.TB, s *Store, encoder string) (list []Vector) {
	tb.Helper()
	err := s.read(tb.Context(), func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(tb.Context(), `SELECT hash, scale, data FROM vector
			WHERE encoder = (SELECT pk FROM encoder WHERE name = ?) ORDER BY hash`, encoder)
		if err != nil {
			return err
		}
		return forVectors(rows, func(v Vector) error { list = append(list, v); return nil })
	})
	if err != nil {
		tb.Fatal(err)
	}
	return list
}

// checkIntegrity has SQLite look at every page, and compares what is derived with what it is derived from.
func checkIntegrity(tb testing.TB, s *Store) {
	tb.Helper()
	for query, want := range map[string]string{
		"PRAGMA integrity_check":                        "ok",
		"SELECT count(*) FROM pragma_foreign_key_check": "0",
		`SELECT count(*) FROM vector v WHERE NOT EXISTS (SELECT 1 FROM text t WHERE t.hash = v.hash)`:    "0",
		`SELECT count(*) FROM article a WHERE texts <> (SELECT count(*) FROM text WHERE article = a.pk)`: "0",
		`SELECT count(*) FROM article a, encoder e WHERE e.name NOT LIKE '% words' AND
			(SELECT count(*) FROM text t WHERE t.article = a.pk AND (t.hash >= x'ff' OR NOT e.only_passages) AND NOT EXISTS
				(SELECT 1 FROM vector v WHERE v.encoder = e.pk AND v.hash = t.hash))
			<> coalesce((SELECT missing FROM backlog b WHERE b.article = a.pk AND b.encoder = e.pk), 0)`: "0",
		`SELECT count(*) FROM article a, encoder e WHERE e.name LIKE '% words' AND
			EXISTS (SELECT 1 FROM article_word w WHERE w.article = a.pk AND w.encoder = e.pk)
			= EXISTS (SELECT 1 FROM backlog b WHERE b.article = a.pk AND b.encoder = e.pk AND b.missing > 0)`: "0",
		`SELECT count(*) FROM word w LEFT JOIN word_use u ON u.word = w.pk WHERE coalesce(uses, 0) <= 0`: "0",
		`SELECT count(*) FROM encoder e WHERE e.name NOT LIKE '% words' AND
			(e.pk IN (SELECT encoder FROM word) OR e.pk IN (SELECT encoder FROM article_word))`: "0",
		"SELECT count(*) FROM unsketched": "0",
		"SELECT count(*) FROM post p WHERE text != '' AND (noted OR NOT EXISTS (SELECT 1 FROM article WHERE id = p.article))":  "0",
		`SELECT count(*) FROM sketch s WHERE (SELECT count(*) FROM sketch_key WHERE article = s.article) NOT BETWEEN 1 AND 24`: "0",
		`SELECT count(*) FROM encoder e JOIN vector v ON v.encoder = e.pk WHERE e.name LIKE '% words'`:                         "0",
	} {
		var got string
		if err := s.reader.QueryRowContext(tb.Context(), query).Scan(&got); err != nil || got != want {
			tb.Errorf("%s = %q, %v; want %q", query, got, err, want)
		}
	}
	checkUses(tb, s)
}

// checkUses counts afresh how many articles hold each word.
func checkUses(tb testing.TB, s *Store) {
	tb.Helper()
	held, counted := map[int64]int{}, map[int64]int{}
	query := `SELECT a.id, a.language, w.encoder, w.words FROM article_word w JOIN article a ON a.pk = w.article`
	err := s.query(tb.Context(), query, nil, func(rows *sql.Rows) error {
		var id, lang string
		var encoder int64
		var packed []byte
		if err := rows.Scan(&id, &lang, &encoder, &packed); err != nil {
			return err
		}
		keys, err := decodeKeys(packed)
		for _, key := range keys {
			held[key]++
			var ok bool
			if err := s.reader.QueryRowContext(tb.Context(), "SELECT encoder = ? AND language = ? FROM word WHERE pk = ?",
				encoder, lang, key).Scan(&ok); err != nil || !ok {
				tb.Errorf("article %s holds word %d, which is not there or of another encoder or language: %v", id, key, err)
			}
		}
		return err
	})
	if err != nil {
		tb.Error(err)
	}
	err = s.query(tb.Context(), "SELECT word, uses FROM word_use", nil, func(rows *sql.Rows) error {
		var key int64
		var uses int
		err := rows.Scan(&key, &uses)
		counted[key] = uses
		return err
	})
	if err != nil || !maps.Equal(held, counted) {
		tb.Errorf("%v; words are used %v, counted %v", err, held, counted)
	}
}
