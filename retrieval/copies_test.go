package retrieval

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A wire is a report of our own that other outlets print, and a question about it.
type wire struct {
	article  corpus.Article
	question string
	answer   string // what the quote has in it
	swaps    *strings.Replacer
}

var wires = []wire{{
	article: corpus.Article{
		Title: "Dam inspected", Source: "Agency", Language: text.English, Published: corpus.Day(2024, 9, 2),
		Body: "Inspectors closed the upper road across the Kalin dam on Sunday after a gauge had shown more water in the drains than usual.\n\n" +
			"The repair of the spillway would cost the province 75 million crowns, governor Petra Holm told reporters beside the reservoir.\n\n" +
			"Villagers downstream have been asked to keep their phones charged until the level has fallen by two metres.\n\n" +
			"Fishing clubs complained that nobody had told them before the gates were opened during the night.\n\n" +
			"Geologists from the technical university walked the whole crest and found no crack in the concrete.\n\n" +
			"Schools in the valley stay open, and the bus company promised to send its vehicles along the lower route.\n\n" +
			"An earlier inspection three summers ago had ended with a list of eleven small defects, most of which were mended.",
	},
	question: "How many crowns would the repair of the spillway cost the province?", answer: "75 million crowns",
	swaps: strings.NewReplacer("Sunday", "Monday", "told reporters", "informed journalists", "closed", "shut", "promised", "said it meant"),
}, {
	article: corpus.Article{
		Title: "تفتيش السد", Source: "الوكالة", Language: text.Arabic, Published: corpus.Day(2024, 9, 2),
		Body: "أغلق المفتشون يوم الأحد الطريق العلوي فوق سد كالين بعدما أظهر مقياس أن المياه في المصارف أكثر من المعتاد.\n\n" +
			"وقالت المحافظة بترا هولم للصحفيين قرب البحيرة إن إصلاح المفيض سيكلف المقاطعة خمسة وسبعين مليون كرونة.\n\n" +
			"وطلب من سكان القرى الواقعة أسفل السد أن يبقوا هواتفهم مشحونة حتى ينخفض المنسوب مترين.\n\n" +
			"واشتكت نوادي الصيد من أن أحدا لم يخبرها قبل أن تفتح البوابات في أثناء الليل.\n\n" +
			"وسار جيولوجيون من الجامعة التقنية على طول القمة كلها فلم يجدوا شقا في الخرسانة.\n\n" +
			"وتبقى مدارس الوادي مفتوحة، ووعدت شركة الحافلات بإرسال مركباتها عبر الطريق السفلي.\n\n" +
			"وكان تفتيش سابق قبل ثلاثة أصياف قد انتهى إلى قائمة من أحد عشر عيبا صغيرا أصلح معظمها.",
	},
	question: "كم كرونة سيكلف إصلاح المفيض المقاطعة؟", answer: "خمسة وسبعين مليون كرونة",
	swaps: strings.NewReplacer("الأحد", "الإثنين", "للصحفيين", "لمراسلين", "أغلق", "أقفل", "ووعدت", "وتعهدت"),
}}

// copy is the n-th copy, published a month later: cut, in another order, edited or all of it.
func (w *wire) copy(n int) corpus.Article {
	a := w.article
	a.Title, a.Source = fmt.Sprint(a.Title, " ", n), fmt.Sprint("Outlet ", n)
	a.Published = corpus.Day(2024, 10, n)
	paragraphs := strings.Split(a.Body, "\n\n")
	switch n % 3 {
	case 0:
		paragraphs = paragraphs[:4]
	case 1:
		slices.Reverse(paragraphs)
	}
	a.Body = strings.Join(paragraphs, "\n\n")
	if n > 1 {
		a.Body = w.swaps.Replace(a.Body)
	}
	if n > 3 {
		a.Body += fmt.Sprintf("\n\nOutlet %d.", n)
	}
	return a
}

// askAs asks, and checks the quotes.
func (b *bench) askAs(q Question) Answer {
	b.t.Helper()
	a, err := b.engine.Ask(b.t.Context(), q)
	if err != nil {
		b.t.Fatalf("Ask(%+v) = %v", q, err)
	}
	b.verbatim(a)
	return a
}

// wantNoCopyAgain asks for more than an answer has quoted, and wants no copy of it.
func (b *bench) wantNoCopyAgain(when string, w *wire, a Answer) {
	b.t.Helper()
	again := b.askAs(Question{Text: w.question, Except: []string{a.Citations[0].ArticleID}})
	for _, c := range again.Citations {
		if strings.HasPrefix(c.Title, w.article.Title) {
			b.t.Errorf("%s: %s is quoted after a copy of it", when, c.Source)
		}
	}
}

// wantOneReport wants an answer that one article gives, as likely as the original alone did.
func (b *bench) wantOneReport(when string, w *wire, alone float64) Answer {
	b.t.Helper()
	a := b.ask(w.question)
	if a.Verdict != Answered || math.Abs(a.Probability-alone) > 0.03 {
		b.t.Errorf("%s: %s, p = %.3f; want answered, p = %.3f", when, a.Verdict, a.Probability, alone)
	}
	found := false
	for _, c := range a.Citations {
		found = found || strings.Contains(c.Quote.Text, w.answer)
		if c.ArticleID != a.Citations[0].ArticleID {
			b.t.Errorf("%s: %q and %q are both quoted", when, a.Citations[0].Source, c.Source)
		}
	}
	if !found {
		b.t.Errorf("%s: %q is not in %+v", when, w.answer, a.Citations)
	}
	b.wantNoCopyAgain(when, w, a)
	return a
}

func TestCopiesAreOneReport(t *testing.T) {
	for _, w := range wires {
		t.Run(string(w.article.Language), func(t *testing.T) {
			b := newBench(t, bridge, museum, w.article)
			alone := b.ask(w.question).Probability
			b.wantOneReport("alone", &w, alone)
			for n := 1; n <= 6; n++ {
				b.add(w.copy(n))
				b.encode()
				b.refresh()
				b.wantOneReport(fmt.Sprintf("%d copies", n), &w, alone)
				rebuilt := *b
				rebuilt.engine = b.open()
				if p := rebuilt.wantOneReport(fmt.Sprintf("%d copies, rebuilt", n), &w, alone).Probability; !near(p, b.ask(w.question).Probability) {
					t.Errorf("%d copies: p = %v in an engine built anew, %v in the one that followed", n, p, b.ask(w.question).Probability)
				}
			}
			for range 6 { // what is quoted goes, and the next takes its place
				id := b.ask(w.question).Citations[0].ArticleID
				if err := b.store.Purge(t.Context(), id); err != nil {
					t.Fatal(err)
				}
				b.refresh()
				if next := b.wantOneReport("the best purged", &w, alone).Citations[0].ArticleID; next == id {
					t.Errorf("%s is quoted though it was purged", id)
				}
			}
		})
	}
}

// What is there but for copies of what was shown is nothing more.
func TestCopiesAreNothingMore(t *testing.T) {
	for _, w := range wires {
		b := newBench(t, w.article, w.copy(1), w.copy(2), w.copy(4))
		for _, q := range []Question{{}, {Newest: true}, {Only: w.article.Language}, {Only: w.article.Language, Newest: true}} {
			q.Text = w.question
			a := b.askAs(q)
			if len(a.Citations) == 0 || a.More {
				t.Fatalf("%+v: %d quotes, more %v; want some, and no more", q, len(a.Citations), a.More)
			}
			q.Except = []string{corpus.NewID(w.article.Key())}
			if a := b.askAs(q); len(a.Citations) > 0 || a.More {
				t.Errorf("%+v: %d quotes, more %v; want none", q, len(a.Citations), a.More)
			}
		}
	}
}

// A search tells of every copy.
func TestSearchFindsCopies(t *testing.T) {
	w := wires[0]
	b := newBench(t, bridge, w.article, w.copy(1), w.copy(2), w.copy(3))
	found, err := b.engine.Search(t.Context(), Question{Text: w.question}, 100)
	if err != nil {
		t.Fatal(err)
	}
	articles := map[string]bool{}
	for _, r := range found {
		articles[r.ArticleID] = true
	}
	if len(articles) != 5 {
		t.Errorf("passages of %d articles are found, want 5", len(articles))
	}
}

// The newest of a family stands for it when the newest is asked for, unless it lacks what is asked about.
func TestNewestCopy(t *testing.T) {
	w := wires[0]
	later, cut := w.article, w.article
	later.Source, later.Published = "Late", corpus.Day(2024, 9, 4)
	later.Body = strings.Replace(later.Body, "75 million", "81 million", 1)
	paragraphs := strings.Split(w.article.Body, "\n\n")
	cut.Source, cut.Published, cut.Body = "Cut", corpus.Day(2024, 9, 6), strings.Join(paragraphs[2:], "\n\n")
	b := newBench(t, bridge, w.article, later, cut)
	a := b.askAs(Question{Text: w.question, Newest: true})
	if len(a.Citations) != 1 || a.Citations[0].Source != "Late" || !strings.Contains(a.Citations[0].Quote.Text, "81 million") {
		t.Errorf("quoted is %+v; want what the late copy says", a.Citations)
	}
}

// Where passages lie around does not depend on how often a report was printed, whichever of its copies go.
func TestCopiesCountOnceInTheCentre(t *testing.T) {
	w := wires[0]
	b := newBench(t, bridge, w.article)
	var alone [][]float32
	for s := range b.engine.spaces {
		alone = append(alone, s.centre(text.English, true))
	}
	check := func(when string, copies bool) {
		t.Helper()
		b.encode()
		b.refresh()
		for _, e := range []*Engine{b.engine, b.open()} {
			n := 0
			for s := range e.spaces {
				if got := s.centre(text.English, true); !slices.EqualFunc(got, alone[n], func(x, y float32) bool { return near(float64(x), float64(y)) }) {
					t.Errorf("%s: the centre of %s has moved", when, s.encoder.ID())
				}
				if copies == slices.Equal(s.centre(text.English, false), alone[n]) {
					t.Errorf("%s: the centre of all that %s has is as without copies: %v, want %v", when, s.encoder.ID(), !copies, copies)
				}
				n++
			}
		}
	}
	check("alone", false)
	var ids []string
	for n := range 3 {
		printed := w.article
		printed.Source, printed.URL = fmt.Sprint("Outlet ", n), fmt.Sprintf("https://news.example/%d", n)
		ids = append(ids, b.add(printed))
		check(fmt.Sprint(n+1, " copies"), true)
	}
	if err := b.store.Purge(t.Context(), corpus.NewID(w.article.Key())); err != nil {
		t.Fatal(err)
	}
	check("without the original", true)
	if err := b.store.Remove(t.Context(), ids[0]); err != nil {
		t.Fatal(err)
	}
	check("one is hidden", true)
	if err := b.store.Restore(t.Context(), ids[0]); err != nil {
		t.Fatal(err)
	}
	check("restored", true)
}

// Articles that are linked later are one report from then on, also those that have not changed themselves; and no more
// when they have become others.
func TestFamilyJoinsLater(t *testing.T) {
	w := wires[0]
	paragraphs := strings.Split(w.article.Body, "\n\n")
	half := func(source string, from, to int) corpus.Article {
		a := w.article
		a.Source, a.Body = source, strings.Join(paragraphs[from:to], "\n\n")+"\n\nThe dam of Kalin will be seen to, said "+source+"."
		return a
	}
	b := newBench(t, half("First", 0, 3), half("Last", 4, 7))
	families := func(want int) {
		t.Helper()
		b.refresh()
		for _, e := range []*Engine{b.engine, b.open()} {
			numbers := map[int64]bool{}
			for _, family := range e.families {
				numbers[family] = true
			}
			if len(e.families) != want || want > 0 && len(numbers) != 1 {
				t.Errorf("families are %v; want %d articles in one", e.families, want)
			}
		}
	}
	families(0)
	id := b.add(w.article)
	families(3)
	other := b.add(w.copy(3))
	families(4)
	if _, _, err := b.store.Edit(t.Context(), other, func(a *corpus.Article) error { a.Body = bridge.Body; return nil }); err != nil {
		t.Fatal(err)
	}
	families(3)
	if err := b.store.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	families(2)
}

func TestJoinCopies(t *testing.T) {
	day := func(id string, n int, lang text.Language) *article {
		a := corpus.Article{ID: id, Language: lang}
		if n > 0 {
			a.Published = corpus.Day(2024, 5, n)
		}
		return &article{Article: a}
	}
	dateless, fifth, third := day("a", 0, text.English), day("b", 5, text.English), day("c", 3, text.English)
	late, arabic, alone := day("d", 9, text.English), day("e", 1, text.Arabic), day("f", 2, text.English)
	of := func(a *article, family int64, score float64) candidate {
		return candidate{passage: &passage{article: a, Passage: corpus.Passage{ArticleID: a.ID}}, family: family, score: score}
	}
	all := []candidate{
		of(dateless, 1, 5), of(fifth, 1, 5), of(third, 1, 5), of(alone, 0, 4.5), of(late, 1, 4.2), of(third, 1, 4), of(late, 1, 1),
		of(day("g", 8, text.English), 2, 0.5), of(day("h", 30, text.English), 2, -3), of(arabic, 1, 9),
	}
	for newest, want := range map[bool]string{false: "c f c g e", true: "f d d g e"} {
		var got []string
		for _, c := range joinCopies(slices.Clone(all), newest) {
			got = append(got, c.ArticleID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("newest %v: %v stay, want %s", newest, got, want)
		}
	}
}
