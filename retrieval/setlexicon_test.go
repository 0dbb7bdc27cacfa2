package retrieval

import (
	"sync"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// withAlias returns the program's lexicon and the same with an added line.
func withAlias(t *testing.T, line string) (without, with *lexicon.Lexicon) {
	t.Helper()
	a := text.NewAnalyzer()
	without, err := lexicon.Default(a)
	if err != nil {
		t.Fatal(err)
	}
	added, err := lexicon.Parse(a, "aliases.tsv", []byte("# proper\n"+line+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return without, without.With(added)
}

// strangers are articles of which one is about somebody no list knows.
func strangers() []corpus.Article {
	return []corpus.Article{
		{Title: "مقابلة", Body: "افتتح سندباد الطاحونة القديمة يوم الأحد."},
		{Title: "زيارة", Body: "افتتح قرنفول المدرسة الجديدة يوم الاثنين."},
		{Title: "رحلة", Body: "وصل شلهوب إلى المرفأ يوم الثلاثاء."},
	}
}

// An engine finds by a new lexicon at once what it did not find by the former.
func TestSetLexicon(t *testing.T) {
	b := newBench(t, strangers()...)
	without, with := withAlias(t, "Zagarbut\tسندباد")
	found := func() bool {
		results, err := b.engine.Search(t.Context(), Question{Text: "Zagarbut"}, 3)
		if err != nil || len(results) != 3 {
			t.Fatalf("Search = %v, %v", results, err)
		}
		first := b.engine.articles[results[0].ArticleID].Title
		return first == "مقابلة" && results[0].Score > results[1].Score+1
	}
	if found() {
		t.Fatal("the article is found without an alias: the test shows nothing")
	}
	b.engine.SetLexicon(with)
	if !found() {
		t.Error("the article is not found by the alias")
	}
	b.engine.SetLexicon(without)
	if found() {
		t.Error("the article is found by an alias that is gone")
	}
}

// Questions and new lexicons do not disturb each other.
func TestSetLexiconWhileAsked(t *testing.T) {
	b := newBench(t, strangers()...)
	without, with := withAlias(t, "Zagarbut\tسندباد")
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for range 20 {
				if _, err := b.engine.Ask(t.Context(), Question{Text: "When did Zagarbut open the mill?"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Go(func() {
		for range 50 {
			b.engine.SetLexicon(with)
			b.engine.SetLexicon(without)
		}
	})
	wg.Wait()
}
