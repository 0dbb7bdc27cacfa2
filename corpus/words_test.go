package corpus

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsbot/corpus/text"
)

// wordsOf reads an article's words, and makes a vector, which tells its word, for those the store lacks.
func wordsOf(ctx context.Context, s *Store, encoder string, list []WordSource) ([]ArticleWords, []Word, error) {
	var articles []ArticleWords
	var words []Word
	for _, src := range list {
		forms := slices.Compact(slices.Sorted(slices.Values(strings.Fields(src.Body))))
		articles = append(articles, ArticleWords{src.ArticleID, src.Language, TextHash(src.Body), forms})
		unknown, err := s.UnknownWords(ctx, encoder, src.Language, forms)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range unknown {
			words = append(words, testWord(src.Language, f))
		}
	}
	return articles, words, nil
}

func testWord(lang text.Language, form string) Word {
	h := TextHash(form)
	return Word{Language: lang, Form: form, Scale: 0.25, Data: []int8{int8(h[0]), int8(h[1]), -3}}
}

// putWordsOf stores the words of what is pending, and returns the articles.
func putWordsOf(ctx context.Context, s *Store, encoder string, limit int) ([]WordSource, error) {
	list, err := s.PendingWords(ctx, encoder, limit)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	articles, words, err := wordsOf(ctx, s, encoder, list)
	if err != nil {
		return nil, err
	}
	return list, s.PutWords(ctx, encoder, articles, words)
}

// putAllWords stores the words of all articles.
func putAllWords(tb testing.TB, s *Store, encoder string) {
	tb.Helper()
	for {
		list, err := putWordsOf(tb.Context(), s, encoder, 16)
		if err != nil {
			tb.Fatal(err)
		}
		if len(list) == 0 {
			return
		}
	}
}

// allWords returns the words stored, in the order of keys.
func allWords(tb testing.TB, s *Store, encoder string) (list []Word) {
	tb.Helper()
	err := s.WordsAfter(tb.Context(), encoder, 0, func(w Word) error { list = append(list, w); return nil })
	if err != nil {
		tb.Fatal(err)
	}
	return list
}

// forms joins the forms of words.
func forms(list []Word) string {
	var b []string
	for _, w := range list {
		b = append(b, w.Form)
	}
	return strings.Join(b, " ")
}

// checkStored compares the forms of the words stored, sorted, and makes sure that each has its own vector.
func checkStored(tb testing.TB, s *Store, encoder, want string) {
	tb.Helper()
	list := allWords(tb, s, encoder)
	var got []string
	for _, w := range list {
		got = append(got, w.Form)
		like := testWord(w.Language, w.Form)
		if w.Scale != like.Scale || !slices.Equal(w.Data, like.Data) {
			tb.Errorf("the vector of %+v is another's", w)
		}
	}
	slices.Sort(got)
	if strings.Join(got, " ") != want {
		tb.Errorf("words stored: %q; want %q", got, want)
	}
}

func words(lang text.Language, forms ...string) (list []Word) {
	for _, f := range forms {
		list = append(list, testWord(lang, f))
	}
	return list
}

func articleWords(a Article, forms ...string) ArticleWords {
	return ArticleWords{a.ID, a.Language, TextHash(a.Body), forms}
}

func TestPutWords(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	a := mustAdd(t, s, Article{Body: "Cabbages and kings.", Language: text.English})
	b := mustAdd(t, s, Article{Body: "Kings and cabbages.", Language: text.Other})
	put := func(articles []ArticleWords, words []Word) {
		t.Helper()
		if err := s.PutWords(ctx, "enc", articles, words); err != nil {
			t.Fatal(err)
		}
		checkIntegrity(t, s)
	}
	put([]ArticleWords{articleWords(a, "kings", "and", "cabbages", "and")},
		words(text.English, "walrus", "kings", "cabbages", "and", "kings")) // no article holds a walrus
	got := allWords(t, s, "enc")
	want := words(text.English, "kings", "cabbages", "and")
	for i := range got {
		want[i].Key = int64(i) + 1
		if fmt.Sprint(got[i]) != fmt.Sprint(want[i]) {
			t.Errorf("word %d = %v; want %v", i, got[i], want[i])
		}
	}
	unknown, err := s.UnknownWords(ctx, "enc", text.English, []string{"the", "kings", "walrus", "the", "and"})
	if err != nil || !slices.Equal(unknown, []string{"the", "walrus"}) {
		t.Errorf("UnknownWords = %q, %v; want the, walrus", unknown, err)
	}
	// A word of another language is another word, and one that is there is kept as it is.
	other := append(words(text.Other, "kings"), Word{Language: text.English, Form: "kings", Scale: 9, Data: []int8{9}})
	put([]ArticleWords{articleWords(b, "kings")}, other)
	checkStored(t, s, "enc", "and cabbages kings kings")
	counts, err := s.CountWords(ctx, "enc")
	if err != nil || !maps.Equal(counts, map[text.Language]int{text.English: 3, text.Other: 1}) {
		t.Errorf("CountWords = %v, %v", counts, err)
	}
	changes, err := s.Changes(ctx, 2)
	logged := []Change{{3, a.ID, false, "enc words"}, {4, b.ID, false, "enc words"}}
	if err != nil || !slices.Equal(changes, logged) {
		t.Errorf("Changes = %v, %v; want %v", changes, err, logged)
	}
	if names, err := s.Encoders(ctx); err != nil || len(names) != 0 {
		t.Errorf("Encoders = %q, %v; want none: there are only words", names, err)
	}
}

func TestPutWordsPassesOver(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	good := mustAdd(t, s, Article{Body: "Here and there.", URL: "https://news.example/good"})
	gone := mustAdd(t, s, Article{Body: "Gone with the wind."})
	edited := mustAdd(t, s, Article{Body: "Before.", URL: "https://news.example/edited"})
	had := mustAdd(t, s, Article{Body: "Had already."})
	list := []ArticleWords{
		articleWords(gone, "gone"), articleWords(edited, "before"), articleWords(had, "other"),
		{good.ID, text.Arabic, TextHash(good.Body), []string{"here"}},
		articleWords(good, "here"), articleWords(good, "there"),
	}
	if err := s.PutWords(ctx, "enc", []ArticleWords{articleWords(had)}, nil); err != nil { // no words at all
		t.Fatal(err)
	}
	if err := s.Purge(ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, s, Article{Body: "After.", URL: edited.URL})
	seq := mustSeq(t, s)
	given := append(words(text.English, "gone", "before", "other", "there", "here"), words(text.Arabic, "here")...)
	if err := s.PutWords(ctx, "enc", list, given); err != nil {
		t.Fatal(err)
	}
	checkStored(t, s, "enc", "here")
	checkIntegrity(t, s)
	if changes, err := s.Changes(ctx, seq); err != nil || !slices.Equal(changes, []Change{{seq + 1, good.ID, false, "enc words"}}) {
		t.Errorf("Changes = %v, %v; want %s alone", changes, err, good.ID)
	}
	pending, err := s.PendingWords(ctx, "enc", 0)
	want := WordSource{edited.ID, text.English, "After."}
	if err != nil || len(pending) != 1 || pending[0] != want {
		t.Errorf("PendingWords = %v, %v; want %v", pending, err, want)
	}
}

func TestPutWordsRefuses(t *testing.T) {
	s := testStore(t)
	a := mustAdd(t, s, Article{Body: "Cabbages and kings."})
	holds := func(forms ...string) []ArticleWords { return []ArticleWords{articleWords(a, forms...)} }
	good := words(text.English, "kings")
	bad := func(scale float32, data ...int8) []Word {
		return []Word{good[0], {Language: text.English, Form: "kings", Scale: scale, Data: data}}
	}
	for _, test := range []struct {
		name, encoder string
		articles      []ArticleWords
		words         []Word
		is            error
	}{
		{"no encoder", "", holds("kings"), good, nil},
		{"words of words", "enc words", holds("kings"), good, nil},
		{"no vector", "enc", holds("kings", "cabbages"), good, ErrNoVector},
		{"a vector of another language", "enc", holds("kings"), words(text.Arabic, "kings"), ErrNoVector},
		{"no data", "enc", holds("kings"), bad(1), nil},
		{"no scale", "enc", holds("kings"), bad(0, 1), nil},
		{"infinite scale", "enc", holds("kings"), bad(float32(math.Inf(1)), 1), nil},
		{"empty form", "enc", holds("kings", ""), words(text.English, "kings", ""), nil},
		{"broken form", "enc", holds("kings", "\xff"), good, nil},
		{"form with a NUL", "enc", holds("kings", "a\x00b"), good, nil},
		{"broken form of a word", "enc", holds("kings"), words(text.English, "kings", "a\xff"), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := s.PutWords(t.Context(), test.encoder, test.articles, test.words)
			if err == nil || (test.is != nil && !errors.Is(err, test.is)) {
				t.Errorf("PutWords: %v; want it refused, %v", err, test.is)
			}
		})
	}
	if n := len(allWords(t, s, "enc")); n != 0 || mustSeq(t, s) != 1 {
		t.Errorf("%d words and %d changes; want nothing stored", n, mustSeq(t, s))
	}
	if _, err := s.UnknownWords(t.Context(), "enc", text.English, []string{"\xff"}); err == nil {
		t.Error("UnknownWords took a broken form")
	}
	for name, err := range map[string]error{
		"PutVectors": s.PutVectors(t.Context(), WordsOf("enc"), nil), "DropVectors": s.DropVectors(t.Context(), WordsOf("enc")),
	} {
		if err == nil || !strings.Contains(err.Error(), "stands for its words") {
			t.Errorf("%s of words: %v; want it refused", name, err)
		}
	}
	checkIntegrity(t, s)
}

// Words come and go with the articles that hold them, and no key is given twice.
func TestWordsGoWithTheirArticles(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	a := mustAdd(t, s, Article{Body: "cabbages and kings", URL: "https://news.example/a"})
	b := mustAdd(t, s, Article{Body: "kings and queens", URL: "https://news.example/b"})
	for _, encoder := range []string{"enc", "two"} {
		putAllWords(t, s, encoder)
		checkStored(t, s, encoder, "and cabbages kings queens")
	}
	keys, err := s.WordKeys(ctx, "enc")
	if err != nil || len(keys) != 4 || !slices.IsSorted(keys) {
		t.Fatalf("WordKeys = %v, %v; want four", keys, err)
	}
	mustAdd(t, s, Article{Body: "cabbages and ships", URL: a.URL})
	checkStored(t, s, "enc", "and kings queens") // "cabbages" is pending again
	checkIntegrity(t, s)
	putAllWords(t, s, "enc")
	checkStored(t, s, "enc", "and cabbages kings queens ships")
	for _, w := range allWords(t, s, "enc") {
		if fresh := w.Form == "cabbages" || w.Form == "ships"; fresh != (w.Key > keys[3]) {
			t.Errorf("the key of %s is %d after %v", w.Form, w.Key, keys)
		}
	}
	if err := s.Purge(ctx, b.ID); err != nil {
		t.Fatal(err)
	}
	checkStored(t, s, "enc", "and cabbages ships")
	checkStored(t, s, "two", "")
	_, _, err = s.Edit(ctx, a.ID, func(a *Article) error { a.Body = "walruses"; return nil })
	if err != nil {
		t.Fatal(err)
	}
	checkStored(t, s, "enc", "")
	checkIntegrity(t, s)
}

// An article without words of an encoder is found after a word was stored for another.
func TestPendingWordsOrder(t *testing.T) {
	s := testStore(t)
	for i, body := range []string{"two", "one", "three"} {
		mustAdd(t, s, Article{Body: body, Published: Day(2025, 1, 10-[]int{2, 1, 3}[i])})
	}
	for _, limit := range []int{0, 1, 2, 99} {
		list, err := s.PendingWords(t.Context(), "enc", limit)
		var got []string
		for _, w := range list {
			got = append(got, w.Body)
		}
		want := []string{"one", "two", "three"}
		if limit == 1 || limit == 2 {
			want = want[:limit]
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("PendingWords(%d) = %q, %v; want %q", limit, got, err, want)
		}
		if limit == 1 { // registers the encoder and changes nothing
			if err := s.PutWords(t.Context(), "enc", nil, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestReadWords(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	mustAdd(t, s, Article{Body: "a b c d"})
	putAllWords(t, s, "other") // keys 1 to 4
	putAllWords(t, s, "enc")
	read := func(walk func(fn func(Word) error) error) string {
		t.Helper()
		var list []Word
		if err := walk(func(w Word) error { list = append(list, w); return nil }); err != nil {
			t.Error(err)
		}
		return forms(list)
	}
	for after, want := range map[int64]string{0: "a b c d", 4: "a b c d", 6: "c d", 8: "", -1: "a b c d", math.MaxInt64: ""} {
		if got := read(func(fn func(Word) error) error { return s.WordsAfter(ctx, "enc", after, fn) }); got != want {
			t.Errorf("WordsAfter(%d) = %q; want %q", after, got, want)
		}
	}
	for _, test := range []struct {
		encoder, want string
		keys          []int64
	}{
		{"enc", "d a a", []int64{8, 1, 5, 99, -1, 5}},
		{"other", "a", []int64{8, 1, 5, 99}},
		{"none", "", []int64{8, 1}},
		{"enc", "", nil},
	} {
		if got := read(func(fn func(Word) error) error { return s.Words(ctx, test.encoder, test.keys, fn) }); got != test.want {
			t.Errorf("Words(%s, %v) = %q; want %q", test.encoder, test.keys, got, test.want)
		}
	}
	stop := errors.New("stop")
	n := 0
	end := func(Word) error { n++; return stop }
	for name, err := range map[string]error{
		"WordsAfter": s.WordsAfter(ctx, "enc", 0, end), "Words": s.Words(ctx, "enc", []int64{5, 6}, end),
	} {
		if !errors.Is(err, stop) || n != 2 { // one each
			t.Errorf("%s: %v after %d words; want %v", name, err, n, stop)
		}
	}
}

func TestBacklogOfMany(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, Article{Body: "One. Two."})
	mustAdd(t, s, Article{Body: "Three."})
	putAll(t, s, "done")
	list := mustPending(t, s, "half", 0)
	err := s.PutVectors(t.Context(), "half", vectorsFor(list[:1]))
	if err != nil {
		t.Fatal(err)
	}
	left, _, err := s.Backlog(t.Context(), "half")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := putWordsOf(t.Context(), s, "done", 1); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		names           []string
		articles, texts int
	}{
		{nil, 0, 0},
		{[]string{"done"}, 0, 0},
		{[]string{"half"}, left, 3},
		{[]string{"half", "done", "half"}, left, 3},
		{[]string{"new"}, 2, 4},
		{[]string{"new", "half", "other", "new"}, 2, 4 + 3 + 4},
		{[]string{WordsOf("done")}, 1, 0},
		{[]string{WordsOf("half")}, 2, 0},
		{[]string{"half", WordsOf("half")}, 2, 3},
		{[]string{"done", WordsOf("done"), WordsOf("half")}, 2, 0},
	} {
		articles, texts, err := s.Backlog(t.Context(), test.names...)
		if err != nil || articles != test.articles || texts != test.texts {
			t.Errorf("Backlog(%q) = %d, %d, %v; want %d, %d", test.names, articles, texts, err, test.articles, test.texts)
		}
	}
}

// An article may be completed by a text it shares with the one that is encoded.
func TestEncodedIsLogged(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	a := mustAdd(t, s, Article{Body: "Shared. One."})
	b := mustAdd(t, s, Article{Body: "Shared. Other."})
	list := mustPending(t, s, "enc", 0)
	i := slices.IndexFunc(list, func(x Text) bool { return x.Text == "Shared." })
	vs := vectorsFor(append(slices.Delete(slices.Clone(list), i, i+1), list[i]))
	for n, want := range [][]Change{nil, {{3, a.ID, false, "enc"}, {4, b.ID, false, "enc"}}, nil} {
		from, to := []int{0, 4, 0}[n], []int{4, 5, 5}[n]
		seq := mustSeq(t, s)
		if err := s.PutVectors(ctx, "enc", vs[from:to]); err != nil {
			t.Fatal(err)
		}
		changes, err := s.Changes(ctx, seq)
		slices.SortFunc(changes, func(x, y Change) int { return int(x.Seq - y.Seq) })
		if len(changes) == 2 && changes[0].ArticleID == b.ID {
			changes[0].ArticleID, changes[1].ArticleID = a.ID, b.ID // either may be the first
		}
		if err != nil || !slices.Equal(changes, want) {
			t.Errorf("Changes after step %d = %v, %v; want %v", n, changes, err, want)
		}
	}
	if err := s.PutWords(ctx, "enc", []ArticleWords{articleWords(a)}, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Edit(ctx, a.ID, func(a *Article) error { a.Source = "Reuters"; return nil }); err != nil {
		t.Fatal(err)
	}
	changes, err := s.Changes(ctx, 4)
	if want := []Change{{5, a.ID, false, "enc words"}, {6, a.ID, false, ""}}; err != nil || !slices.Equal(changes, want) {
		t.Errorf("Changes = %v, %v; want %v", changes, err, want)
	}
}

// Several may store words at once, also those of the same articles.
func TestPutWordsConcurrently(t *testing.T) {
	s := testStore(t)
	if err := s.AddAll(t.Context(), slices.Values(samples(12, 60)), nil); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				list, err := putWordsOf(t.Context(), s, "enc", 3)
				if err != nil {
					t.Error(err)
				}
				if len(list) == 0 {
					return
				}
			}
		})
	}
	wg.Wait()
	checkIntegrity(t, s)
	seen := map[string]bool{}
	for _, w := range allWords(t, s, "enc") {
		if id := string(w.Language) + " " + w.Form; seen[id] {
			t.Errorf("%s is stored twice", id)
		} else {
			seen[id] = true
		}
	}
}

func TestKeysAreNotGivenTwice(t *testing.T) {
	s := testStore(t)
	last := int64(0)
	for range 3 {
		a := mustAdd(t, s, Article{Body: "cabbages and kings"})
		putAllWords(t, s, "enc")
		keys, err := s.WordKeys(t.Context(), "enc")
		if err != nil || len(keys) != 3 || keys[0] <= last {
			t.Errorf("WordKeys = %v, %v; want three larger than %d", keys, err, last)
		}
		last = keys[len(keys)-1]
		if err := s.Purge(t.Context(), a.ID); err != nil {
			t.Fatal(err)
		}
	}
}
