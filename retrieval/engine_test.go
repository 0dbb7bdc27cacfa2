package retrieval

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/encoder/encodertest"
)

// A bench is a store, an encoder and an engine over them.
type bench struct {
	t      testing.TB
	dir    string
	store  *corpus.Store
	fake   *encodertest.Fake // the strong encoder
	quick  *encodertest.Fake
	now    func() time.Time // of the engine; nil means time.Now
	engine *Engine
}

func newBench(t testing.TB, articles ...corpus.Article) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir(), fake: &encodertest.Fake{}, quick: &encodertest.Fake{Size: 64}}
	b.store = openTestStore(t, b.dir)
	for _, a := range articles {
		b.add(a)
	}
	b.encode()
	b.engine = b.open()
	return b
}

func openTestStore(t testing.TB, dir string) *corpus.Store {
	t.Helper()
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: dir, AllowCopies: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func (b *bench) encoders() Encoders { return Encoders{Strong: b.fake, Quick: b.quick} }

func (b *bench) open() *Engine {
	b.t.Helper()
	e, err := Open(b.t.Context(), Config{Store: b.store, Encoders: b.encoders(), Now: b.now})
	if err != nil {
		b.t.Fatal(err)
	}
	return e
}

// add adds an article as an editor does: it comes in though it was removed before.
func (b *bench) add(a corpus.Article) string {
	b.t.Helper()
	o, err := b.store.AddWith(b.t.Context(), a, corpus.AddOptions{Explicit: true})
	if err != nil {
		b.t.Fatal(err)
	}
	return o.Article.ID
}

func (b *bench) encode() {
	b.t.Helper()
	x := &Indexer{Store: b.store, Encoders: b.encoders(), Dir: b.dir}
	if err := x.Run(b.t.Context(), nil); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) refresh() {
	b.t.Helper()
	if err := b.engine.Refresh(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) ask(question string) Answer {
	b.t.Helper()
	a, err := b.engine.Ask(b.t.Context(), Question{Text: question})
	if err != nil {
		b.t.Fatalf("Ask(%q) = %v", question, err)
	}
	b.verbatim(a)
	return a
}

// verbatim checks that every quote is a byte range of the stored article.
func (b *bench) verbatim(a Answer) {
	b.t.Helper()
	for _, c := range a.Citations {
		stored, err := b.store.Article(b.t.Context(), c.ArticleID)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, q := range []*Quote{&c.Quote, c.Context} {
			if q != nil && stored.Body[q.Start:q.End] != q.Text {
				b.t.Errorf("quote %q is not the body's %q", q.Text, stored.Body[q.Start:q.End])
			}
		}
	}
}

var (
	harbour = corpus.Article{
		Title: "Harbour opens", Source: "The Daily Test", URL: "https://news.example/harbour",
		Published: corpus.Day(2024, 3, 5), Language: text.English,
		Body: "The new harbour of Port Valen opened on Tuesday after six years of work.\n\n" +
			"Mayor Ann Lee said the harbour had cost 40 million euros. She added that ferries would sail from June.\n\n" +
			"Fishermen had protested against the project in 2019.",
	}
	bridge = corpus.Article{
		Title: "Bridge closed", Source: "Valley Post", Published: corpus.Day(2024, 5, 1), Language: text.English,
		Body: "The railway bridge over the Orla river was closed on Wednesday because of cracks in two pillars.\n\n" +
			"Engineers expect repairs to take four months, the rail operator said.",
	}
	museum = corpus.Article{
		Title: "افتتاح المتحف البحري", Source: "صحيفة الاختبار", Published: corpus.Day(2024, 4, 2), Language: text.Arabic,
		Body: "افتتح المتحف البحري في المدينة الساحلية يوم الثلاثاء بعد ثلاث سنوات من أعمال الترميم.\n\n" +
			"وقال مدير المتحف سامي حداد إن المجموعة تضم 1200 قطعة. وأضاف أن الدخول مجاني حتى نهاية الشهر.",
	}
)

func TestAskAnswers(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	tests := []struct{ question, quote, source string }{
		{"How many euros had the harbour cost?", "cost 40 million euros", "The Daily Test"},
		{"Why was the railway bridge over the Orla river closed?", "because of cracks", "Valley Post"},
		{"كم قطعة تضم مجموعة المتحف البحري؟", "1200 قطعة", "صحيفة الاختبار"},
	}
	for _, tt := range tests {
		a := b.ask(tt.question)
		if a.Verdict != Answered || len(a.Citations) == 0 {
			t.Errorf("Ask(%q): %s with %d citations, want an answer", tt.question, a.Verdict, len(a.Citations))
			continue
		}
		if c := a.Citations[0]; !strings.Contains(c.Quote.Text, tt.quote) || c.Source != tt.source || c.N != 1 {
			t.Errorf("Ask(%q): [%d] %q of %s, want %q of %s", tt.question, c.N, c.Quote.Text, c.Source, tt.quote, tt.source)
		}
	}
}

func TestAskDeclinesWhatIsNotThere(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	for _, q := range []string{"Who won the chess championship?", "ما سعر الذهب اليوم؟", "Quel temps fait-il à Paris ?"} {
		if a := b.ask(q); a.Verdict == Answered {
			t.Errorf("Ask(%q) answered with %q", q, a.Citations[0].Quote.Text)
		}
	}
}

func TestAskBringsTheName(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	a := b.ask("When would ferries sail from the harbour, according to her?")
	if len(a.Citations) == 0 {
		t.Fatal("no citation")
	}
	if got := a.Citations[0].Quote.Text; !strings.Contains(got, "Mayor Ann Lee") || !strings.Contains(got, "ferries would sail from June") {
		t.Errorf("quote = %q, want the sentence joined to the one that names her", got)
	}
}

func TestAskGivesFarNameAsContext(t *testing.T) {
	body := "Mayor Ann Lee opened the harbour of Port Valen.\nShe thanked the workers.\nShe praised the engineers.\n" +
		"She spoke of the fishermen.\nShe promised that ferries would sail from June."
	b := newBench(t, corpus.Article{Title: "Harbour", Source: "The Daily Test", Body: body})
	a := b.ask("From when will ferries sail?")
	if len(a.Citations) == 0 || a.Citations[0].Context == nil {
		t.Fatalf("Ask = %+v, want a citation with context", a)
	}
	if c := a.Citations[0]; c.Quote.Text != "She promised that ferries would sail from June." ||
		c.Context.Text != "Mayor Ann Lee opened the harbour of Port Valen." {
		t.Errorf("quote %q with context %q", c.Quote.Text, c.Context.Text)
	}
}

func TestAskRefusesWhatIsNoQuestion(t *testing.T) {
	b := newBench(t, harbour)
	tests := []struct {
		name, question string
		want           error
	}{
		{"empty", "", ErrEmptyQuestion},
		{"spaces", " \n\t ", ErrEmptyQuestion},
		{"emoji", "🤔🤔", ErrEmptyQuestion},
		{"marks", "؟؟ !!", ErrEmptyQuestion},
		{"too long", strings.Repeat("why ", 3000), ErrTooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := b.engine.Ask(t.Context(), Question{Text: tt.question}); !errors.Is(err, tt.want) {
				t.Errorf("Ask = %v, want %v", err, tt.want)
			}
			if _, err := b.engine.Search(t.Context(), Question{Text: tt.question}, 5); !errors.Is(err, tt.want) {
				t.Errorf("Search = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestAskSurvivesOddQuestions(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	for _, q := range []string{"the of and", "في من على", "\xff\xfe harbour", "a\x00b", strings.Repeat("ﷺ", 500), "42", "١٢٠٠"} {
		b.ask(q)
	}
}

func TestAskLanguageOfFrame(t *testing.T) {
	b := newBench(t)
	tests := []struct {
		question Question
		want     text.Language
	}{
		{Question{Text: "Where is the harbour?"}, text.English},
		{Question{Text: "أين الميناء؟"}, text.Arabic},
		{Question{Text: "Où est le port de la ville ?"}, text.English},
		{Question{Text: "Where is the harbour?", Language: text.Arabic}, text.Arabic},
	}
	for _, tt := range tests {
		a, err := b.engine.Ask(t.Context(), tt.question)
		if err != nil || a.Language != tt.want {
			t.Errorf("Ask(%+v): language %q, %v; want %q", tt.question, a.Language, err, tt.want)
		}
		if a.Verdict != Declined || len(a.Citations) != 0 || a.Articles != 0 {
			t.Errorf("Ask of nothing = %+v, want declined", a)
		}
	}
}

func TestAskAsOfIsTheNewestCitedDate(t *testing.T) {
	got := latest([]Citation{{Published: corpus.Day(2024, 3, 5)}, {}, {Published: corpus.Day(2024, 5, 1)}})
	if diff := cmp.Diff(corpus.Day(2024, 5, 1), got); diff != "" {
		t.Error(diff)
	}
}

// TestRemovedArticleIsGone looks for an article in both indexes after another
// connection has removed it.
func TestRemovedArticleIsGone(t *testing.T) {
	b := newBench(t, harbour, bridge)
	id := b.ask("How many euros had the harbour cost?").Citations[0].ArticleID
	other := openTestStore(t, b.dir)
	if err := other.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if a := b.ask("How many euros had the harbour cost?"); a.Verdict == Answered {
		t.Errorf("before the refresh, answered from an article that is gone: %+v", a.Citations)
	}
	b.refresh()
	results, err := b.engine.Search(t.Context(), Question{Text: "harbour of Port Valen"}, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.ArticleID == id {
			t.Errorf("found %s, which was removed", r.PassageID)
		}
	}
	if n := b.engine.Articles(); n != 1 {
		t.Errorf("Articles = %d, want 1", n)
	}
	if got := len(b.engine.words[text.English].stems.lookup("harbour")); got != 0 {
		t.Errorf("%d postings of a removed article's word", got)
	}
	if got, want := b.engine.serving.index.count(text.English), len(b.engine.byID); got != want {
		t.Errorf("%d vectors for %d passages", got, want)
	}
}

// TestRefreshSeesOtherProcesses adds and changes articles through another
// connection: by words at once, by vectors when they are encoded.
func TestRefreshSeesOtherProcesses(t *testing.T) {
	b := newBench(t, bridge)
	other := openTestStore(t, b.dir)
	if _, _, err := other.Add(t.Context(), harbour); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	if a := b.ask("How many euros had the harbour cost?"); a.Pending != 1 || a.Articles != 2 {
		t.Errorf("%d articles, %d pending; want 2, 1", a.Articles, a.Pending)
	}
	b.encode()
	b.refresh()
	if a := b.ask("How many euros had the harbour cost?"); a.Pending != 0 || a.Verdict != Answered {
		t.Errorf("after encoding: %d pending, %s", a.Pending, a.Verdict)
	}
	changed := harbour
	changed.Body = strings.ReplaceAll(harbour.Body, "40 million", "55 million")
	if _, status, err := other.Add(t.Context(), changed); err != nil || status != corpus.Updated {
		t.Fatalf("Add = %v, %v", status, err)
	}
	b.encode()
	b.refresh()
	if a := b.ask("How many euros had the harbour cost?"); !strings.Contains(a.Citations[0].Quote.Text, "55 million") {
		t.Errorf("after a correction: %q", a.Citations[0].Quote.Text)
	}
}

func TestIncrementalEqualsRebuilt(t *testing.T) {
	b := newBench(t, harbour)
	b.add(bridge)
	id := b.add(museum)
	b.refresh()
	b.encode()
	b.refresh()
	if err := b.store.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	fresh := b.open()
	for _, q := range []string{"harbour cost", "bridge river repairs", "المتحف البحري"} {
		got, err := b.engine.Search(t.Context(), Question{Text: q}, 10)
		if err != nil {
			t.Fatal(err)
		}
		want, err := fresh.Search(t.Context(), Question{Text: q}, 10)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.Comparer(near)); diff != "" {
			t.Errorf("Search(%q) differs from a rebuilt engine's: %s", q, diff)
		}
	}
}

func near(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }

func TestFollowEndsWithItsContext(t *testing.T) {
	b := newBench(t, harbour)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- b.engine.Follow(ctx) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Follow = %v, want context.Canceled", err)
	}
}

func TestConcurrentAskAndChange(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				if _, err := b.engine.Ask(t.Context(), Question{Text: "How much did the harbour cost?"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 10 {
		id := b.add(corpus.Article{Title: "Extra", Source: "Test", Body: fmt.Sprintf("Number %d is an article about nothing at all.", i)})
		b.refresh()
		if i%2 == 0 {
			if err := b.store.Purge(t.Context(), id); err != nil {
				t.Error(err)
			}
		}
	}
	wg.Wait()
}

func TestAskStopsWithItsContext(t *testing.T) {
	b := newBench(t, harbour)
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	cancel()
	if _, err := b.engine.Ask(ctx, Question{Text: "How much?"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Ask = %v, want context.Canceled", err)
	}
}

// TestConcurrentAskWithoutVectors asks while nothing is encoded: the race
// detector sees that asking changes nothing.
func TestConcurrentAskWithoutVectors(t *testing.T) {
	b := newBench(t)
	b.add(harbour)
	b.add(museum)
	b.refresh()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			a, err := b.engine.Ask(t.Context(), Question{Text: "What did the harbour of Port Valen cost?"})
			if err != nil || a.Pending != 2 {
				t.Errorf("Ask = %d pending, %v; want 2", a.Pending, err)
			}
		})
	}
	wg.Wait()
}

// TestWordsAloneAnswer asks before anything is encoded.
func TestWordsAloneAnswer(t *testing.T) {
	b := newBench(t, bridge)
	b.add(harbour)
	b.refresh()
	a := b.ask("When did Mayor Ann Lee say the ferries would sail?")
	if a.Verdict != Answered || a.Pending != 1 || !strings.Contains(a.Citations[0].Quote.Text, "ferries would sail from June") {
		t.Errorf("Ask = %s, %d pending, %+v; want the ferries' sentence", a.Verdict, a.Pending, a.Citations)
	}
	if a := b.ask("Who won the chess championship?"); a.Verdict == Answered {
		t.Errorf("answered by words alone with %q", a.Citations[0].Quote.Text)
	}
}

// TestLongArticle asks about the end of an article of thousands of sentences.
func TestLongArticle(t *testing.T) {
	var body strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&body, "Entry %d of the register names the owner of house %d in Valen.\n", i, i*7)
	}
	body.WriteString("The lighthouse keeper Ann Lee retired in 1974.")
	b := newBench(t, corpus.Article{Title: "Register", Source: "Test", Body: body.String()}, bridge)
	a := b.ask("When did the lighthouse keeper Ann Lee retire?")
	if a.Verdict != Answered || !strings.Contains(a.Citations[0].Quote.Text, "1974") {
		t.Errorf("Ask = %s %+v, want the last sentence", a.Verdict, a.Citations)
	}
}
