package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/retrieval"
)

// How often TestImportKilled kills an import, and when:
//
//	go test -run ImportKilled -v -timeout 3h ./cmd/newsbot -import.kills 200 -import.longest 8s -import.articles 3000
var (
	importKills    = flag.Int("import.kills", 3, "how often TestImportKilled kills an import")
	importLongest  = flag.Duration("import.longest", 2*time.Second, "the longest that an import runs; the shortest is 300 ms")
	importArticles = flag.Int("import.articles", 600, "how many articles there are to import")
	importSeed     = flag.Uint64("import.seed", 0, "choose the moments of TestImportKilled again; 0 is a new choice")
)

// importRounds is after how many kills the import begins again with an empty folder.
const importRounds = 6

// An import that is killed at any moment has stored all that it said it had, and nothing by halves; the next start
// succeeds, and whoever followed the store all along finds what an index built anew does.
func TestImportKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and longer with the race detector")
	}
	seed := *importSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-import.seed=%d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	var run *importRun
	for kill := range *importKills {
		if kill%importRounds == 0 {
			run = newImportRun(t)
		}
		// A folder that no other process has open is recovered by the next that opens it, another is not.
		if kill%3 == 2 {
			run.unfollow()
		} else {
			run.follow()
		}
		run.write(kill)
		run.killAfter(300*time.Millisecond + time.Duration(random.Int64N(int64(*importLongest-300*time.Millisecond)+1)))
		finish(t, run.dir, "fake", "status")
		wantWhole(t, run.dir)
		run.checkArticles()
		run.compare()
		if t.Failed() {
			t.Fatalf("after kill %d", kill)
		}
	}
}

// An importRun is a folder that articles are imported into, again and again. Their texts change from one import to the
// next, and their addresses do not.
type importRun struct {
	t        *testing.T
	dir      string
	files    string         // the folder of the files
	versions int            // the version of the texts in the files
	known    map[int]int    // the version of each article that was acknowledged last
	ids      map[string]int // the articles of the IDs acknowledged
	store    *corpus.Store
	engine   *retrieval.Engine // follows the store; nil when nobody does
	stop     func() error      // ends that
}

func newImportRun(t *testing.T) *importRun {
	r := &importRun{t: t, dir: t.TempDir(), files: t.TempDir(), known: map[int]int{}, ids: map[string]int{}}
	t.Cleanup(r.unfollow)
	return r
}

// body is a text of an article. Every third article has another in each version.
func (r *importRun) body(article, version int) string {
	if article%3 != 0 {
		version = 0
	}
	random := rand.New(rand.NewPCG(uint64(article), 1))
	var b strings.Builder
	for sentence := range 8 {
		fmt.Fprintf(&b, "Line %d opened its stop %d in version %d", article, sentence, version)
		for range 12 {
			fmt.Fprintf(&b, " word%d", random.IntN(5000))
		}
		b.WriteString(". ")
	}
	return strings.TrimSpace(b.String())
}

// write writes the next version of the files.
func (r *importRun) write(version int) {
	r.t.Helper()
	r.versions = version
	for i := range *importArticles {
		text := fmt.Sprintf("---\ntitle: Line %d\nurl: https://news.example/line/%d\n---\n%s\n", i, i, r.body(i, version))
		if err := os.WriteFile(filepath.Join(r.files, fmt.Sprintf("%d.md", i)), []byte(text), 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
}

var acknowledged = regexp.MustCompile(`(?m)^(?:added|updated|unchanged) ([a-z2-7]{16}) Line ([0-9]+)\b.*\n`)

// killAfter imports the files, kills the import after some time, and notes what it acknowledged.
func (r *importRun) killAfter(d time.Duration) {
	r.t.Helper()
	args := []string{"import"}
	for i := range *importArticles {
		args = append(args, filepath.Join(r.files, fmt.Sprintf("%d.md", i)))
	}
	p := start(r.t, r.dir, "fake", args...)
	timer := time.AfterFunc(d, func() { _ = p.cmd.Process.Kill() }) // it may have ended
	defer timer.Stop()
	out, err := io.ReadAll(p.stdout)
	if err != nil {
		r.t.Fatal(err)
	}
	if code := p.end(); code != -1 && code != exitDone {
		r.t.Fatalf("exit code %d, stderr %q; want it killed or done", code, p.stderr.String())
	}
	found := acknowledged.FindAllStringSubmatch(string(out), -1)
	for _, m := range found {
		article, err := strconv.Atoi(m[2])
		if err != nil {
			r.t.Fatal(err)
		}
		r.known[article], r.ids[m[1]] = r.versions, article
	}
	r.t.Logf("killed after %v: %d articles acknowledged", d.Round(time.Millisecond), len(found))
}

// isOf tells whether a text is that of an article in some version, from one on.
func (r *importRun) isOf(article int, body string, from int) bool {
	for version := from; version <= r.versions; version++ {
		if body == r.body(article, version) {
			return true
		}
	}
	return false
}

// checkArticles wants every article acknowledged to be there, as it was then or as it became in an import since, which
// may have been killed after it had stored it and before it could say so.
func (r *importRun) checkArticles() {
	r.t.Helper()
	store, err := corpus.Open(r.t.Context(), corpus.Config{Dir: r.dir})
	if err != nil {
		r.t.Fatal(err)
	}
	defer closeStore(store)
	for id, article := range r.ids {
		a, err := store.Article(r.t.Context(), id)
		if err != nil {
			r.t.Errorf("article %d was acknowledged: %v", article, err)
			continue
		}
		if !r.isOf(article, a.Body, r.known[article]) {
			r.t.Errorf("article %d is of no version from %d to %d: %q", article, r.known[article], r.versions, a.Body)
		}
	}
	r.checkAll(store)
}

// checkAll wants every article that is there to be one of those imported.
func (r *importRun) checkAll(store *corpus.Store) {
	r.t.Helper()
	err := store.Each(r.t.Context(), func(a corpus.Article, _ []corpus.Passage) error {
		article, err := strconv.Atoi(strings.TrimPrefix(a.URL, "https://news.example/line/"))
		if err != nil {
			return err
		}
		if r.isOf(article, a.Body, 0) {
			return nil
		}
		return fmt.Errorf("article %d is not whole: %q", article, a.Body)
	})
	if err != nil {
		r.t.Error(err)
	}
}

// follow opens an engine that follows the store, if there is none.
func (r *importRun) follow() {
	r.t.Helper()
	if r.engine != nil {
		return
	}
	var err error
	if r.store, err = corpus.Open(r.t.Context(), corpus.Config{Dir: r.dir}); err != nil {
		r.t.Fatal(err)
	}
	engine := r.openEngine(r.store)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- engine.Follow(ctx) }()
	r.engine, r.stop = engine, func() error { cancel(); return <-done }
}

// unfollow ends that.
func (r *importRun) unfollow() {
	if r.engine == nil {
		return
	}
	if err := r.stop(); !errors.Is(err, context.Canceled) && err != nil {
		r.t.Error(err)
	}
	closeStore(r.store)
	r.engine = nil
}

func (r *importRun) openEngine(store *corpus.Store) *retrieval.Engine {
	r.t.Helper()
	strong, err := testEncoder("fake")
	if err != nil {
		r.t.Fatal(err)
	}
	encoders := retrieval.Encoders{Strong: strong, Quick: fakeUSE()}
	engine, err := retrieval.Open(r.t.Context(), retrieval.Config{Store: store, Encoders: encoders})
	if err != nil {
		r.t.Fatal(err)
	}
	return engine
}

// compare wants the engine that follows, if there is one, to find what one does that is built anew.
func (r *importRun) compare() {
	r.t.Helper()
	if r.engine == nil {
		return
	}
	if err := r.engine.Refresh(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	anew := r.openEngine(r.store)
	if a, b := r.engine.Articles(), anew.Articles(); a != b {
		r.t.Errorf("the engine that followed has %d articles, one built anew %d", a, b)
	}
	if a, b := r.engine.Pending(), anew.Pending(); a != b {
		r.t.Errorf("the engine that followed lacks vectors of %d articles, one built anew of %d", a, b)
	}
	for i := range 60 {
		question := fmt.Sprintf("When did line %d open stop %d with word%d?", i*7%*importArticles, i%8, i*83%5000)
		if diff := cmp.Diff(r.search(anew, question), r.search(r.engine, question)); diff != "" {
			r.t.Errorf("%s: -anew +followed\n%s", question, diff)
		}
	}
}

func (r *importRun) search(engine *retrieval.Engine, question string) []string {
	r.t.Helper()
	found, err := engine.Search(r.t.Context(), retrieval.Question{Text: question}, 20)
	if err != nil {
		r.t.Fatal(err)
	}
	lines := make([]string, len(found))
	for i, f := range found {
		lines[i] = fmt.Sprintf("%+v", f)
	}
	return lines
}
