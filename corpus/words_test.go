package corpus

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
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

func checkForms1(tb testing.TB, s *Store, encoder, want string) {
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
	checkForms1(t, s, "enc", "and cabbages kings kings")
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
	if err := s.Remove(ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, s, Article{Body: "After.", URL: edited.URL})
	seq := mustSeq(t, s)
	given := append(words(text.English, "gone", "before", "other", "there", "here"), words(text.Arabic, "here")...)
	if err := s.PutWords(ctx, "enc", list, given); err != nil {
		t.Fatal(err)
	}
	checkForms1(t, s, "enc", "here")
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
