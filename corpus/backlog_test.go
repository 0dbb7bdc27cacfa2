package corpus

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/database"
)

// vectorsFor makes a vector for each text, which tells its text.
func vectorsFor(list []Text) []Vector {
	vs := make([]Vector, len(list))
	for i, t := range list {
		vs[i] = Vector{Hash: t.Hash, Scale: 0.5, Data: []int8{int8(t.Hash[0]), 3, -127}}
	}
	return vs
}

// putAll stores a vector for everything an encoder lacks.
func putAll(t *testing.T, s *Store, encoder string) {
	t.Helper()
	for {
		list := mustPending(t, s, encoder, 60)
		if len(list) == 0 {
			return
		}
		if err := s.PutVectors(t.Context(), encoder, vectorsFor(list)); err != nil {
			t.Fatal(err)
		}
	}
}

func mustPending(t *testing.T, s *Store, encoder string, limit int) []Text {
	t.Helper()
	list, err := s.Pending(t.Context(), encoder, limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		hash := TextHash(x.Text)
		if x.Passage {
			hash = passageHash(x.Text)
		}
		if x.Hash != hash || x.Text == "" || x.ArticleID == "" {
			t.Errorf("Pending returned %+v", x)
		}
	}
	return list
}

func checkBacklog(t *testing.T, s *Store, encoder string, articles, texts int) {
	t.Helper()
	a, n, err := s.Backlog(t.Context(), encoder)
	if err != nil || a != articles || n != texts {
		t.Errorf("Backlog(%s) = %d articles, %d texts, %v; want %d, %d", encoder, a, n, err, articles, texts)
	}
}

func texts1(list []Text) (out []string) {
	for _, x := range list {
		kind := "sentence "
		if x.Passage {
			kind = "passage "
		}
		out = append(out, kind+x.Text)
	}
	return out
}

func TestPending(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, Article{Body: "Shared. Old.", Published: Day(2024, 1, 1)})
	mustAdd(t, s, Article{Body: "Alone.", Published: Day(2025, 1, 1)})
	mustAdd(t, s, Article{Body: "Shared. Undated."})
	all := []string{
		"passage Alone.",
		"passage Shared. Old.", "sentence Shared.", "sentence Old.",
		"passage Shared. Undated.", "sentence Undated.",
	}
	for limit, want := range map[int][]string{0: all, 1: all[:1], 2: all[:4], 3: all, 99: all} {
		if got := texts1(mustPending(t, s, "enc", limit)); !slices.Equal(got, want) {
			t.Errorf("Pending(%d) = %q; want %q", limit, got, want)
		}
	}
	checkBacklog(t, s, "enc", 3, 7)

	list := mustPending(t, s, "enc", 0)
	if err := s.PutVectors(t.Context(), "enc", vectorsFor(list[:3])); err != nil { // Alone., Shared. Old., Shared.
		t.Fatal(err)
	}
	if got, want := texts1(mustPending(t, s, "enc", 0)), []string{all[3], all[4], all[5]}; !slices.Equal(got, want) {
		t.Errorf("Pending = %q; want %q", got, want)
	}
	checkBacklog(t, s, "enc", 2, 3)
	checkBacklog(t, s, "other", 3, 7)
	checkIntegrity(t, s)

	putAll(t, s, "enc")
	checkBacklog(t, s, "enc", 0, 0)
	mustAdd(t, s, Article{Body: "Alone.", Source: "Nothing new"})
	checkBacklog(t, s, "enc", 0, 0)
	mustAdd(t, s, Article{Body: "Shared. New."})
	checkBacklog(t, s, "enc", 1, 2)
	checkIntegrity(t, s)
}

// Articles published on one day come in the order they were added, the last first.
func TestPendingOrder(t *testing.T) {
	s := testStore(t)
	clock := s.now()
	s.now = func() time.Time { clock = clock.Add(time.Second); return clock }
	for _, body := range []string{"One.", "Two.", "Three."} {
		mustAdd(t, s, Article{Body: body, Published: Day(2025, 1, 1)})
	}
	want := []string{"passage Three.", "passage Two.", "passage One."}
	if got := texts1(mustPending(t, s, "enc", 0)); !slices.Equal(got, want) {
		t.Errorf("Pending = %q; want %q", got, want)
	}
}

// One step through a whole table instead of an index makes the work on a large store take hours.
func TestQueryPlans(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, sample(1, 200))
	putAll(t, s, "enc")
	for name, query := range map[string]string{
		"encoded": queryEncoded, "count off": queryCountOff, "done": queryDone, "reopen": queryReopen, "orphan": queryOrphan,
		"wordless": queryWordless, "use": queryUse, "release": queryRelease, "unused": queryUnused, "released": queryReleased,
		"drop words": queryDropWords, "reopen words": queryReopenWords, "word articles": queryWordArticles,
		"words after": queryWordsAfter, "word at": queryWordAt, "word keys": queryWordKeys, "word counts": queryWordCounts,
		"word forms": queryWordForms, "removed words": queryRemovedWords, "held words": queryHeldWords, "uses": queryUses,
		"vectors": queryVectors, "passage vectors": queryPassageVectors, "rename": queryRename,
		"only": queryOnly, "drop sentences": queryDropSentences,
		"due": queryDue, "ended": queryEnded, "next": queryNext,
	} {
		t.Run(name, func(t *testing.T) {
			var args []any
			for strings.Contains(query, fmt.Sprint("?", len(args)+1)) {
				args = append(args, "[]")
			}
			rows, err := s.reader.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
			if err != nil {
				t.Fatal(err)
			}
			err = database.ForRows(rows, func(rows *sql.Rows) error {
				var id, parent, unused int
				var detail string
				err := rows.Scan(&id, &parent, &unused, &detail)
				scan := strings.HasPrefix(detail, "SCAN") && !strings.Contains(detail, "VIRTUAL TABLE") &&
					!strings.HasPrefix(detail, "SCAN CONSTANT ROW")
				if scan || strings.Contains(detail, "vector USING PRIMARY KEY (encoder=?)") || strings.Contains(detail, "TEMP B-TREE") {
					t.Errorf("the plan holds %q", detail)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestVectors(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	mustAdd(t, s, sample(1, 100))
	list := mustPending(t, s, "enc", 0)
	vs := vectorsFor(list)
	stray := Vector{Hash: TextHash("In no article."), Scale: 1, Data: []int8{1}}
	if err := s.PutVectors(ctx, "enc", append(slices.Clone(vs), stray)); err != nil {
		t.Fatal(err)
	}
	if err := s.PutVectors(ctx, "enc", []Vector{{Hash: vs[0].Hash, Scale: 9, Data: []int8{9}}}); err != nil { // kept as it was
		t.Fatal(err)
	}
	got, err := s.Vectors(ctx, "enc", []Hash{vs[0].Hash, vs[1].Hash, stray.Hash})
	if err != nil || len(got) != 2 {
		t.Fatalf("Vectors = %v, %v; want two", got, err)
	}
	for _, v := range vs[:2] {
		if g := got[v.Hash]; g.Hash != v.Hash || g.Scale != v.Scale || !slices.Equal(g.Data, v.Data) {
			t.Errorf("Vectors[%x] = %v; want %v", v.Hash, g, v)
		}
	}
	if n := len(vectorsOf(t, s, "enc")); n != len(vs) {
		t.Errorf("%d vectors; want %d", n, len(vs))
	}
	if got, err := s.Vectors(ctx, "other", []Hash{vs[0].Hash}); err != nil || len(got) != 0 {
		t.Errorf("Vectors of another encoder = %v, %v; want none", got, err)
	}
	checkIntegrity(t, s)
}

// The vectors of passages are read without those of sentences; that of a passage of one sentence is both.
func TestEachPassageVector(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, sample(1, 400))
	mustAdd(t, s, Article{Body: "The only one."})
	want := map[Hash]bool{}
	sentences := 0
	for _, p := range mustPending(t, s, "enc", 0) {
		if p.Passage {
			want[p.Hash] = true
		} else {
			sentences++
		}
	}
	if len(want) < 3 || sentences < 10 {
		t.Fatalf("%d passages and %d sentences are too few to tell anything", len(want), sentences)
	}
	putAll(t, s, "enc")
	putAll(t, s, "other")
	got := map[Hash]bool{}
	err := s.EachPassageVector(t.Context(), "enc", func(v Vector) error { got[v.Hash] = true; return nil })
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("EachPassageVector: %d vectors, %v; want the %d of the passages", len(got), err, len(want))
	}
	only := Article{Body: "The only one.", TitleDerived: true}
	passage, sentence := only.Hashes(Split(only.Body)[0])
	if !want[passage] || !slices.Equal(sentence, []Hash{passage}) {
		t.Errorf("Hashes = %x, %x; want one vector", passage, sentence)
	}
}

func TestPutVectorsRefuses(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, Article{Body: "One. Two."})
	good := vectorsFor(mustPending(t, s, "enc", 0))
	for _, test := range []struct {
		name, encoder string
		v             Vector
	}{
		{"no encoder", "", good[0]},
		{"no data", "enc", Vector{Hash: good[0].Hash, Scale: 1}},
		{"no scale", "enc", Vector{Hash: good[0].Hash, Data: []int8{1}}},
		{"negative scale", "enc", Vector{Hash: good[0].Hash, Scale: -1, Data: []int8{1}}},
		{"too many dimensions", "enc", Vector{Hash: good[0].Hash, Scale: 1, Data: make([]int8, maxDimensions+1)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := s.PutVectors(t.Context(), test.encoder, []Vector{good[1], test.v}); err == nil {
				t.Error("PutVectors took it; want an error")
			}
		})
	}
	checkBacklog(t, s, "enc", 1, 3) // and nothing was stored
}

func TestVectorsGoWithTheirTexts(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	a := mustAdd(t, s, Article{Body: "Shared. Old.", URL: "https://news.example/a"})
	b := mustAdd(t, s, Article{Body: "Shared. Other.", URL: "https://news.example/b"})
	putAll(t, s, "e1")
	putAll(t, s, "e2")
	count := func(encoder string, want int) {
		t.Helper()
		if n := len(vectorsOf(t, s, encoder)); n != want {
			t.Errorf("%d vectors of %s; want %d", n, encoder, want)
		}
	}
	count("e1", 5)
	mustAdd(t, s, Article{Body: "Shared. New.", URL: a.URL}) // its passage and "Old." go
	count("e1", 3)
	checkBacklog(t, s, "e1", 1, 2)
	if err := s.Purge(ctx, b.ID); err != nil {
		t.Fatal(err)
	}
	count("e1", 1) // "Shared."
	count("e2", 1)
	checkIntegrity(t, s)
	if err := s.Purge(ctx, a.ID); err != nil {
		t.Fatal(err)
	}
	count("e1", 0)
	count("e2", 0)
	checkBacklog(t, s, "e1", 0, 0)
}

func TestDropVectors(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	s.chunk = 20
	if err := s.AddAll(ctx, slices.Values(samples(10, 200)), nil); err != nil { // more vectors than one step deletes
		t.Fatal(err)
	}
	putAll(t, s, "old")
	putAll(t, s, "new")
	if names, err := s.Encoders(ctx); err != nil || !slices.Equal(names, []string{"new", "old"}) {
		t.Errorf("Encoders = %q, %v", names, err)
	}
	_, all, err := s.Backlog(ctx, "unknown")
	if err != nil || all <= 2*s.chunk {
		t.Fatalf("%d texts, %v; want more than %d", all, err, 2*s.chunk)
	}
	for range 2 { // the second time it is unknown
		if err := s.DropVectors(ctx, "old"); err != nil {
			t.Fatal(err)
		}
	}
	if names, err := s.Encoders(ctx); err != nil || !slices.Equal(names, []string{"new"}) {
		t.Errorf("Encoders = %q, %v", names, err)
	}
	checkBacklog(t, s, "old", 10, all)
	checkBacklog(t, s, "new", 0, 0)
	checkIntegrity(t, s)
}

// TestBacklogNeverDrifts does everything in random order; checkIntegrity counts afresh.
func TestBacklogNeverDrifts(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		encoder := fmt.Sprint("enc", r.IntN(2))
		a := Article{URL: fmt.Sprintf("https://news.example/%d", r.IntN(10))}
		for range 1 + r.IntN(4) {
			a.Body += fmt.Sprintf("Sentence %d. ", r.IntN(6))
		}
		switch r.IntN(12) {
		case 0, 1, 2:
			mustAdd(t, s, a)
		case 3:
			_ = s.Purge(ctx, NewID(a.Key())) // may not be there
		case 4, 5, 6:
			list := mustPending(t, s, encoder, 3)
			if err := s.PutVectors(ctx, encoder, vectorsFor(list[:r.IntN(len(list)+1)])); err != nil {
				t.Fatal(err)
			}
		case 7:
			if r.IntN(4) == 0 {
				if err := s.DropVectors(ctx, encoder); err != nil {
					t.Fatal(err)
				}
			}
		case 8, 9, 10:
			putWordsLate(t, s, r, encoder, a)
		case 11:
			mustOnlyPassages(t, s, encoder) // until its vectors are dropped
			if r.IntN(2) == 0 {
				if err := s.DropSentences(ctx, encoder); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	checkIntegrity(t, s)
	for _, encoder := range []string{"enc0", "enc1"} {
		putAll(t, s, encoder)
		putAllWords(t, s, encoder)
	}
	articles, texts, err := s.Backlog(ctx, "enc0", "enc1", WordsOf("enc0"), WordsOf("enc1"))
	if err != nil || articles != 0 || texts != 0 {
		t.Errorf("Backlog = %d, %d, %v; want nothing", articles, texts, err)
	}
	checkIntegrity(t, s)
}

// putWordsLate stores the words of some articles, one of which may have been replaced or removed since they were read.
func putWordsLate(t *testing.T, s *Store, r *rand.Rand, encoder string, a Article) {
	t.Helper()
	list, err := s.PendingWords(t.Context(), encoder, 1+r.IntN(4))
	if err != nil {
		t.Fatal(err)
	}
	articles, words, err := wordsOf(t.Context(), s, encoder, list)
	if err != nil {
		t.Fatal(err)
	}
	switch r.IntN(4) {
	case 0:
		mustAdd(t, s, a)
	case 1:
		_ = s.Purge(t.Context(), NewID(a.Key())) // may not be there
	}
	// A word that was known may have gone with the article.
	if err := s.PutWords(t.Context(), encoder, articles, words); err != nil && !errors.Is(err, ErrNoVector) {
		t.Fatal(err)
	}
}

// An interrupted drop leaves the encoder's backlog right.
func TestDropVectorsInterrupted(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	s.chunk = 20
	if err := s.AddAll(ctx, slices.Values(samples(10, 200)), nil); err != nil {
		t.Fatal(err)
	}
	putAll(t, s, "enc")
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := s.dropSome(ctx, tx, "enc"); err != nil || !left {
		t.Fatalf("dropSome = %v, %v; want more to do", left, err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	checkIntegrity(t, s)
	if articles, texts, err := s.Backlog(ctx, "enc"); err != nil || texts != s.chunk || articles == 0 {
		t.Errorf("Backlog = %d, %d, %v; want %d texts", articles, texts, err, s.chunk)
	}
	putAll(t, s, "enc")
	checkBacklog(t, s, "enc", 0, 0)
}
