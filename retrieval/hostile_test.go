package retrieval_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// The bad input that search and answers must bear, each line with an error that says
// what is wrong or with a sane result, never with a panic. Of questions:
//
//   - empty, blank, marks or emoji only, far too long: TestAskRefusesWhatIsNoQuestion;
//     of 10,000 words TestHostileQuestions, and to Explain TestExplainRefuses
//   - stop words only, in both languages, one word of a thousand letters, hundreds of
//     combining marks, broken UTF-8, NUL bytes, direction marks: TestHostileQuestions
//   - a limit of Search below 0, or beyond everything: TestHostileLimits
//
// Of collections:
//
//   - none: TestHostileEmptyCollection; one document: TestHostileOneDocument
//   - a thousand identical documents: TestHostileIdenticalDocuments
//   - a document of 5 MB: TestHostileHugeDocument; of thousands of sentences, encoded:
//     TestLongArticle
//   - texts without a word, words of thousands of letters, ten thousand combining
//     marks, broken UTF-8 and more: TestHostileDocuments, TestWordlessLinesAreNotQuoted
//
// Of benchmark files (unknown, doubled and broken ids, empty and half files, NUL bytes,
// byte order marks, what is no file): TestReadSetBadInput, TestReadSetNotFiles,
// TestRunBadInput, TestRunOddQuestions, TestRunOddText and TestRunManyTwins in
// retrieval/eval. Of runs that are broken off: TestTrecRunNotWritten and its
// neighbours there, TestRunStopped; TestEvalStopped and TestEvalKilled in cmd/newsbot.
// Of lists of words: TestReadDir, TestReadDirOddFiles and TestParseRefuses in
// retrieval/lexicon. On the command line: testdata/script/badinput.txt, ask.txt,
// eval.txt and lexicon_words.txt in cmd/newsbot.

// A hostileIndex is an engine over articles that fakes have encoded.
type hostileIndex struct {
	t      *testing.T
	dir    string
	store  *corpus.Store
	engine *retrieval.Engine
}

func fakeEncoders() retrieval.Encoders {
	return retrieval.Encoders{Strong: &encodertest.Fake{}, Quick: &encodertest.Fake{Size: 64}}
}

func openHostile(t *testing.T, articles ...corpus.Article) *hostileIndex {
	t.Helper()
	dir := t.TempDir()
	x := &hostileIndex{t: t, dir: dir, store: openStore(t, dir)}
	t.Cleanup(func() { closeStore(t, x.store) })
	addAll(t, x.store, articles)
	x.encode()
	x.engine = x.open()
	return x
}

func (x *hostileIndex) encode() {
	x.t.Helper()
	indexer := &retrieval.Indexer{Store: x.store, Encoders: fakeEncoders(), Dir: x.dir}
	if err := indexer.Run(x.t.Context(), nil); err != nil {
		x.t.Fatal(err)
	}
}

func (x *hostileIndex) open() *retrieval.Engine {
	x.t.Helper()
	e, err := retrieval.Open(x.t.Context(), retrieval.Config{Store: x.store, Encoders: fakeEncoders()})
	if err != nil {
		x.t.Fatal(err)
	}
	return e
}

// ask wants an answer or a refusal, every quote of which is valid text with a word in
// it, and the bytes of its article.
func (x *hostileIndex) ask(question string) retrieval.Answer {
	x.t.Helper()
	a, err := x.engine.Ask(x.t.Context(), retrieval.Question{Text: question})
	if err != nil {
		x.t.Fatalf("Ask(%.60q) = %v", question, err)
	}
	for _, c := range a.Citations {
		stored, err := x.store.Article(x.t.Context(), c.ArticleID)
		if err != nil {
			x.t.Fatal(err)
		}
		if stored.Body[c.Quote.Start:c.Quote.End] != c.Quote.Text || !utf8.ValidString(c.Quote.Text) {
			x.t.Errorf("Ask(%.60q): quote %.60q is not of the article", question, c.Quote.Text)
		}
		if !strings.ContainsFunc(c.Quote.Text, unicode.IsLetter) {
			x.t.Errorf("Ask(%.60q) quotes %.60q, which says nothing", question, c.Quote.Text)
		}
	}
	return a
}

// quotes are those of an answer.
func quotes(a retrieval.Answer) []string {
	var all []string
	for _, c := range a.Citations {
		all = append(all, c.Quote.Text)
	}
	return all
}

// search wants a ranking: finite scores, the best first, each passage once, and the
// same when it is asked for again.
func (x *hostileIndex) search(question string, limit int) []retrieval.Result {
	x.t.Helper()
	found := x.searchIn(x.engine, question, limit)
	if diff := gocmp.Diff(found, x.searchIn(x.engine, question, limit)); diff != "" {
		x.t.Errorf("Search(%.60q) again differs: %s", question, diff)
	}
	seen := map[string]bool{}
	for i, r := range found {
		if seen[r.PassageID] || math.IsNaN(r.Score) || math.IsInf(r.Score, 0) || i > 0 && r.Score > found[i-1].Score {
			x.t.Errorf("Search(%.60q): result %d is %+v", question, i, r)
		}
		seen[r.PassageID] = true
	}
	return found
}

func (x *hostileIndex) searchIn(e *retrieval.Engine, question string, limit int) []retrieval.Result {
	x.t.Helper()
	found, err := e.Search(x.t.Context(), retrieval.Question{Text: question}, limit)
	if err != nil {
		x.t.Fatalf("Search(%.60q) = %v", question, err)
	}
	return found
}

const (
	ferrySank     = "The ferry Zagarbut sank off Valen on Monday."
	whereItSank   = "Where did the ferry Zagarbut sink?"
	ferrySankAr   = "غرقت العبارة زغربوط قبالة فالن يوم الاثنين."
	whereItSankAr = "أين غرقت العبارة زغربوط؟"
)

func ferry() corpus.Article {
	return corpus.Article{Title: "Ferry sinks", Body: ferrySank + " Nobody was hurt."}
}

func ferryAr() corpus.Article {
	return corpus.Article{Title: "غرق عبارة", Body: ferrySankAr + " ولم يصب أحد."}
}

// Nothing is found in nothing, and that is no error.
func TestHostileEmptyCollection(t *testing.T) {
	x := openHostile(t)
	for _, q := range []string{whereItSank, whereItSankAr, "the of and", "42"} {
		if found := x.search(q, 10); found == nil || len(found) > 0 {
			t.Errorf("Search(%q) = %#v, want an empty list", q, found)
		}
		if a := x.ask(q); a.Verdict != retrieval.Declined || a.Articles != 0 || a.Citations != nil || !a.AsOf.IsZero() {
			t.Errorf("Ask(%q) = %+v, want declined", q, a)
		}
	}
}

// The only document answers what it answers, in its own language and, through the
// lists, in the other, and nothing else.
func TestHostileOneDocument(t *testing.T) {
	for _, tt := range []struct {
		name    string
		only    corpus.Article
		quote   string
		asked   []string
		refused string
	}{
		{"English", ferry(), ferrySank, []string{whereItSank, whereItSankAr}, "What does the museum cost?"},
		{"Arabic", ferryAr(), ferrySankAr, []string{whereItSankAr, whereItSank}, "كم كلف المتحف؟"},
		{"of one word", corpus.Article{Body: "Zagarbut"}, "Zagarbut", []string{"Zagarbut"}, "What does the museum cost?"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := openHostile(t, tt.only)
			for _, q := range tt.asked {
				if found := x.search(q, 10); len(found) != 1 {
					t.Errorf("Search(%q) = %v, want the only passage", q, found)
				}
				if a := x.ask(q); len(a.Citations) == 0 || a.Citations[0].Quote.Text != tt.quote {
					t.Errorf("Ask(%q) = %s, %q, want %q", q, a.Verdict, quotes(a), tt.quote)
				}
			}
			if a := x.ask(tt.refused); a.Verdict == retrieval.Answered {
				t.Errorf("Ask(%q) = %q, want no answer", tt.refused, quotes(a))
			}
		})
	}
}

// Of a thousand identical documents one is quoted, and the same one whenever they came:
// the ranking of an engine that has grown is that of one that begins now.
func TestHostileIdenticalDocuments(t *testing.T) {
	all := make([]corpus.Article, 1000)
	for i := range all {
		all[i] = ferry()
		all[i].URL = fmt.Sprint("https://news.example/", i)
		all[i].Body = strings.Replace(all[i].Body, " ", strings.Repeat(" ", 1+i%3), 1) // or nearly so
	}
	x := openHostile(t, all[:500]...)
	addAll(t, x.store, all[500:])
	if err := x.engine.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := x.ask(whereItSank)
	if a.Verdict != retrieval.Answered || len(a.Citations) != 1 || !slices.Equal(strings.Fields(a.Citations[0].Quote.Text), strings.Fields(ferrySank)) {
		t.Errorf("Ask = %s, %q, want one quote", a.Verdict, quotes(a))
	}
	found := x.search(whereItSank, 2*len(all))
	if len(found) < 100 {
		t.Errorf("%d results, want a hundred at least", len(found))
	}
	byID := func(a, b retrieval.Result) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.PassageID, b.PassageID))
	}
	if !slices.IsSortedFunc(found, byID) {
		t.Error("results that are as good are not in the order of their ids")
	}
	if diff := gocmp.Diff(x.searchIn(x.open(), whereItSank, 2*len(all)), found); diff != "" {
		t.Errorf("Search differs from a rebuilt engine's: %s", diff)
	}
}

// The last sentence of an article of 5 MB is found, before anything is encoded: all
// that takes seconds.
func TestHostileHugeDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("5 MB take seconds: not with -short")
	}
	const last = "The lighthouse keeper Ann Zagarbut retired in 1974."
	var body strings.Builder
	for i := 0; body.Len() < corpus.MaxBody-len(last)-100; i++ {
		fmt.Fprintf(&body, "Entry %d of the register names the owner of house %d in Valen.\n", i, i*7)
	}
	body.WriteString(last)
	x := &hostileIndex{t: t, store: openStore(t, t.TempDir())}
	t.Cleanup(func() { closeStore(t, x.store) })
	addAll(t, x.store, []corpus.Article{{Title: "Register", Body: body.String()}})
	x.engine = x.open()
	if a := x.ask("When did the lighthouse keeper Ann Zagarbut retire?"); a.Verdict != retrieval.Answered || quotes(a)[0] != last || a.Pending != 1 {
		t.Errorf("Ask = %s, %.200q, want the last sentence", a.Verdict, quotes(a))
	}
	if found := x.search("the register of Valen", math.MaxInt); len(found) == 0 || len(found) > 300 {
		t.Errorf("%d results", len(found))
	}
}

// hostileTexts are those of encodertest and others that are hard for search.
func hostileTexts() map[string]string {
	texts := encodertest.Hostile()
	maps.Copy(texts, map[string]string{
		"a byte order mark":            "\ufeffThe harbour opened.",
		"byte order marks":             strings.Repeat("\ufeff", 1000) + "a",
		"marks on one letter":          "The ferry e" + strings.Repeat("\u0301", 10_000) + " rests.",
		"marks on one Arabic letter":   "رست العب" + strings.Repeat("\u064e\u0651", 5000) + "ارة.",
		"a word of 5,000 letters":      "The " + strings.Repeat("b", 5000) + " rests.",
		"an Arabic one of 5,000":       "رست " + strings.Repeat("ب", 5000) + ".",
		"5,000 words of one letter":    strings.Repeat("b ", 5000),
		"5,000 sentences of one word":  strings.Repeat("Rest. ", 5000),
		"5,000 lines of stars":         strings.Repeat("* * *\n", 5000) + "Rest.",
		"digits":                       strings.Repeat("1234567890", 1000),
		"direction overrides":          "\u202eThe harbour\u202c \u2066opened\u2069 \u202e",
		"controls":                     "\x1b[31mThe harbour\x07 opened\x1b[0m\x7f",
		"quotation marks never closed": strings.Repeat("“«\"", 3000) + "rest",
		"stop words":                   strings.Repeat("the of and ", 2000) + "في من على",
		"lone surrogates":              "The harb\xed\xa0\x80our \xed\xb0\x80 opened.",
	})
	return texts
}

// wordless are those that have no letter or digit, and are refused.
var wordless = []string{
	"empty", "spaces", "direction marks", "nothing but broken", "family", "families", "joiners alone", "marks alone", "dashes",
	"written space marks",
}

// Whatever stands in a document, it is refused as a text without words or stored, and
// the sentences before and behind it are found, and so are those of other documents.
func TestHostileDocuments(t *testing.T) {
	all := openHostile(t, ferry())
	texts := hostileTexts()
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		content := texts[name]
		t.Run(name, func(t *testing.T) {
			x := &hostileIndex{t, all.dir, all.store, all.engine}
			alone := corpus.Article{URL: "https://news.example/alone", Body: content}
			_, _, err := x.store.Add(t.Context(), alone)
			if refused := errors.Is(err, corpus.ErrEmpty); refused != slices.Contains(wordless, name) || !refused && err != nil {
				t.Errorf("adding it alone: %v", err)
			}
			between := corpus.Article{
				URL: "https://news.example/between", Title: content,
				Body: "The bridge is green.\n" + content + "\nThe castle costs a coin.",
			}
			addAll(t, x.store, []corpus.Article{between}) // in the place of that of the last text
			x.encode()
			if err := x.engine.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			for question, want := range map[string]string{
				"Is the bridge green?":         "The bridge is green.",
				"Does the castle cost a coin?": "The castle costs a coin.",
				whereItSank:                    ferrySank,
			} {
				x.search(question, 1000)
				if a := x.ask(question); len(a.Citations) == 0 || a.Citations[0].Quote.Text != want {
					t.Errorf("Ask(%q) = %s, %.60q, want %q", question, a.Verdict, quotes(a), want)
				}
			}
		})
	}
}

// A line of stars or emoji says nothing, however near it seems.
func TestWordlessLinesAreNotQuoted(t *testing.T) {
	x := openHostile(t, corpus.Article{
		Title: "The ferry Zagarbut sinks off Valen",
		Body:  "***\nIt was late.\n\n* * *\n\nNobody was hurt.\n\n🙂🙂🙂",
	})
	want := []string{"It was late.", "Nobody was hurt."} // without the stars before "It"
	if a := x.ask("When did the ferry Zagarbut sink off Valen?"); !slices.Equal(slices.Sorted(slices.Values(quotes(a))), want) {
		t.Errorf("Ask = %s, %.60q, want %q", a.Verdict, quotes(a), want)
	}
}

// Whatever is asked, it is refused as no question or as too long, or it is answered or
// not; to be looked up it is refused alike.
func TestHostileQuestions(t *testing.T) {
	all := openHostile(t, ferry(), ferryAr())
	questions := hostileTexts()
	maps.Copy(questions, map[string]string{
		"10,000 words":            strings.Repeat("ferry ", 10_000),
		"10,000 words without":    strings.Repeat("the ", 10_000),
		"500 words of one letter": strings.Repeat("b ", 500),
		"300 different words":     manyWords(300),
		"one of 1,000 letters":    strings.Repeat("b", 1000),
		"an Arabic one":           strings.Repeat("ب", 1000),
		"900 marks":               "e" + strings.Repeat("\u0301", 900) + "?",
		"900 Arabic marks":        "عبارة" + strings.Repeat("\u064e\u0651", 450),
		"one letter":              "a",
		"one number":              "١٢٠٠",
		"one rune too long":       strings.Repeat("b", 1001),
	})
	for name, question := range questions {
		t.Run(name, func(t *testing.T) {
			x := &hostileIndex{t, all.dir, all.store, all.engine}
			want := refusal(question)
			_, err := x.engine.Explain(t.Context(), question)
			if !errors.Is(err, want) {
				t.Errorf("Explain = %v, want %v", err, want)
			}
			if want == nil {
				x.search(question, 10)
				x.ask(question)
				return
			}
			if _, err := x.engine.Search(t.Context(), retrieval.Question{Text: question}, 10); !errors.Is(err, want) {
				t.Errorf("Search = %v, want %v", err, want)
			}
			if _, err := x.engine.Ask(t.Context(), retrieval.Question{Text: question}); !errors.Is(err, want) {
				t.Errorf("Ask = %v, want %v", err, want)
			}
		})
	}
}

// refusal is the error that a question gets, nil for none.
func refusal(question string) error {
	question = strings.TrimSpace(text.Valid(question))
	switch {
	case utf8.RuneCountInString(question) > retrieval.MaxQuestion:
		return retrieval.ErrTooLong
	case !strings.ContainsFunc(question, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
		return retrieval.ErrEmptyQuestion
	}
	return nil
}

// manyWords are n words of three letters that no article has.
func manyWords(n int) string {
	var all strings.Builder
	for i := range n {
		fmt.Fprintf(&all, "%c%c%c ", 'b'+i%20, 'b'+i/20%20, 'x')
	}
	return strings.TrimSpace(all.String())
}

// A question of stop words only finds passages by what it may mean, the same ones each
// time, but they are no answer.
func TestHostileStopWords(t *testing.T) {
	x := openHostile(t, ferry(), ferryAr())
	for _, q := range []string{"the of and", "what is the", "How long is it?", "في من على", "ما هو الذي", "من أين إلى متى؟"} {
		x.search(q, 10)
		if a := x.ask(q); a.Verdict == retrieval.Answered {
			t.Errorf("Ask(%q) = %q, want no answer", q, quotes(a))
		}
	}
}

func TestHostileLimits(t *testing.T) {
	x := openHostile(t, ferry(), ferryAr())
	all := x.search(whereItSank, 10)
	if len(all) != 2 {
		t.Fatalf("Search = %v, want both", all)
	}
	for limit, want := range map[int]int{math.MinInt: 0, -1: 0, 0: 0, 1: 1, 2: 2, 3: 2, math.MaxInt: 2} {
		if found := x.search(whereItSank, limit); !slices.Equal(found, all[:want]) || found == nil {
			t.Errorf("limit %d: %#v, want %d results", limit, found, want)
		}
	}
}
