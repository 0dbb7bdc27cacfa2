package retrieval

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/answertype"
)

// gap holds a question against a bench's articles.
func (b *bench) gap(question string) (*gap, []candidate) {
	b.t.Helper()
	q, all, err := b.engine.look(b.t.Context(), Question{Text: question})
	if err != nil {
		b.t.Fatalf("look(%q) = %v", question, err)
	}
	return b.engine.gapOf(q), b.engine.rank(q, all)
}

func TestMissing(t *testing.T) {
	b := newBench(t, harbour, bridge, museum, ferry, ferryArabic)
	words := func(s ...string) Missing { return Missing{Words: s} }
	apart := func(s ...string) Missing { return Missing{Apart: s} }
	fact := func(k answertype.Kind) Missing { return Missing{Fact: k} }
	tests := []struct {
		question string
		want     Missing
	}{
		// A name that is missing comes before all else, in the question's order and as written.
		{"Did Jim Kolenko open the harbour of Port Valen?", words("Jim Kolenko")},
		{"Is KOLENKO’s ferry in Port Valen?", words("KOLENKO")},
		{"How long do ferries take from Zurich to Sandholm?", words("Zurich")},
		{"When do ferries sail from Sandholm to Zurich, Havana and Lisbon?", words("Zurich", "Havana", "Lisbon")},
		{"كم تستغرق الرحلة من ساندهولم إلى زيورخ؟", words("زيورخ")},
		{"هل زار كولينكو ميناء فالين؟", words("كولينكو")},
		{"What happened in Port Valen in 1987?", words("1987")},
		{"Did Kolenko Petrenko Zabrenko meet Marvenko?", words("Kolenko Petrenko Zabrenko", "Marvenko")},
		{"Which of Kolenko, Petrenko, Zabrenko and Gdanski is taller?", words("Kolenko", "Petrenko", "Zabrenko")},
		{"Did Kolenko with Petrenko win?", words("Kolenko", "Petrenko")},
		{"هل فاز كولينكو مع بترينكو؟", words("كولينكو", "بترينكو")},
		// A name one part of which is missing is missing; its other half says nothing.
		{"Who is Ann Petrenko?", words("Ann Petrenko")},
		// Words beside each other are a phrase, with a function word between them too.
		{"Where do dentists sell saxophones?", words("dentists", "saxophones")},
		{"Where do saxophone dentists live?", words("saxophone dentists")},
		{"Where are the dentists of saxophones?", words("dentists of saxophones")},
		{"Where are the dentists and saxophones?", words("dentists", "saxophones")},
		{"أين عازفو الساكسفون على المسرح؟", words("عازفو الساكسفون")},
		// Common words are not what is missing.
		{"Who won the chess championship yesterday?", words("chess")},
		{"من فاز ببطولة الشطرنج أمس؟", words("الشطرنج")},
		{"What happened recently?", Missing{}},
		// All is there, but not in one article.
		{"Did fishermen protest against the railway bridge?", apart("fishermen", "bridge")},
		{"When did Ann Lee repair the railway bridge?", apart("Ann Lee", "bridge")},
		// Two halves of a name are one that is missing.
		{"Who is Ann Orla?", words("Ann Orla")},
		// The fact is missing of what there is an article about.
		{"Who closed the railway bridge over the Orla river?", fact(answertype.Who)},
		{"How long is the railway bridge over the Orla river?", fact(answertype.HowLong)},
		{"When was the railway bridge over the Orla river built?", fact(answertype.When)},
		{"لماذا افتتح المتحف البحري في المدينة الساحلية؟", fact(answertype.Why)},
		{"من افتتح خط العبارة بين ميناء فالين وساندهولم؟", fact(answertype.Who)},
		// Which and yes/no are no facts.
		{"Was the railway bridge over the Orla river closed?", Missing{}},
		// Nothing is said of questions in other languages, and of those without a word.
		{"Quel est le prix du pétrole aujourd'hui ?", Missing{}},
		{"What is it about?", Missing{}},
		{"هل هو من هذا؟", Missing{}},
		// Signs are no words.
		{"👍 <b>Kolenko</b> & \u202eHavana\u202c in Port Valen?", words("Kolenko", "Havana")},
	}
	for _, tt := range tests {
		g, _ := b.gap(tt.question)
		got := g.missing(g.query.wanted.Kind)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q is missing (-want +got):\n%s", tt.question, diff)
		}
	}
}

// A fact is only missing of what is surely there, with the word that tells most.
func TestMissingFact(t *testing.T) {
	chance := corpus.Article{Title: "وصول السفينة", Published: corpus.Day(2024, 5, 2), Language: text.Arabic, Body: "حملت السفينة القمح."}
	landing := corpus.Article{Title: "Aid arrives", Published: corpus.Day(2024, 5, 2), Language: text.English,
		Body: "Mayor Ann Lee met Max Orla and Tom Valen in the harbour of Port Sandholm. Cooks bake cakes there."}
	b := newBench(t, chance, landing, bridge)
	tests := []struct {
		question string
		want     answertype.Kind
	}{
		{"Who wrote Hamlet?", ""},
		{"When did Ann Lee meet Max Orla in Port Sandholm?", answertype.When},
		{"When did Ann Lee meet Max Orla in Port Sandholm about pillars?", ""},
	}
	for _, tt := range tests {
		g, _ := b.gap(tt.question)
		if got := g.missing(g.query.wanted.Kind); got.Fact != tt.want {
			t.Errorf("%q is missing %+v, want the fact %q", tt.question, got, tt.want)
		}
	}
	g, _ := b.gap("How do I bake bread?")
	if got := g.advise(g.missing(g.query.wanted.Kind)); got.About != "" {
		t.Errorf("advice is %+v, about what is missing", got)
	}
}

// What is there by chance, or in a longer word, is not surely there; nor is a phrase whose
// short words have no grams.
func TestHoldersAreSure(t *testing.T) {
	b := newBench(t, harbour, corpus.Article{Title: "وصول السفينة", Published: corpus.Day(2024, 5, 2), Language: text.Arabic,
		Body: "حملت السفينة القمح إلى أسواق عالمية، وكتب كولينكو عنها، ثم عاد تاجر زيورخاوي."})
	tests := []struct {
		question, word string
		there, sure    bool
	}{
		{"Who wrote Hamlet?", "Hamlet", true, false}, // sounds like «حملت»
		{"Where is Kolenko?", "Kolenko", true, true},
		{"أين القمح الآن؟", "القمح", true, true},
		{"هل وصل بالقمح أحد؟", "بالقمح", true, true},
		{"أين زيورخ الآن؟", "زيورخ", true, false},
		{"متى بدأت الحرب العالمية الأولى؟", "الحرب العالمية الأولى", false, false},
	}
	for _, tt := range tests {
		g, _ := b.gap(tt.question)
		i := slices.IndexFunc(g.told, func(x told) bool { return tt.question[g.terms[x.first].Start:g.terms[x.last].End] == tt.word })
		if i < 0 {
			t.Errorf("%q: no group is %q", tt.question, tt.word)
			continue
		}
		if h := g.told[i].holders; len(h) > 0 != tt.there || h.sure() != tt.sure {
			t.Errorf("%q: %q is there %t, surely %t; want %t, %t", tt.question, tt.word, len(h) > 0, h.sure(), tt.there, tt.sure)
		}
	}
}

func TestAdvice(t *testing.T) {
	b := newBench(t, harbour, bridge, museum, ferry, ferryArabic)
	tests := []struct {
		question string
		want     Advice
	}{
		{"Quel est le prix du pétrole aujourd'hui ?", Advice{Kind: AdviceLanguage}},
		{"2031", Advice{Kind: AdviceDetail}},
		{"٣٤٥", Advice{Kind: AdviceDetail}},
		{"1 2 3", Advice{Kind: AdviceDetail}},
		{"https://news.example/a/3", Advice{Kind: AdviceDetail}},
		{"Сколько стоит нефть?", Advice{Kind: AdviceLanguage}},
		{"Who is Jim Kolenko? Where is Zurich?", Advice{Kind: AdviceSplit}},
		{"من هو كولينكو؟ وأين يعيش؟", Advice{Kind: AdviceSplit}},
		{"Who is Jim Kolenko??", Advice{AdviceSpelling, "Jim Kolenko"}},
		{"هل زار كولينكو ميناء فالين؟", Advice{AdviceSpelling, "كولينكو"}},
		{"من يبيع الساكسفونات؟", Advice{Kind: AdviceName}},                 // no name has the article
		{"Why are the corgis small?", Advice{Kind: AdviceName}},            // nor no capital
		{"What did Ann Lee do in 1987?", Advice{AdviceBroader, "Ann Lee"}}, // a year is not mistyped
		{"chess", Advice{Kind: AdviceDetail}},
		{"What is it about?", Advice{Kind: AdviceDetail}},
		{"الشطرنج؟", Advice{Kind: AdviceDetail}},
		{"Who plays chess in Port Valen?", Advice{AdviceBroader, "Port Valen"}},
		{"What cracks saxophones?", Advice{Kind: AdviceName}}, // a verb
		{"How do I bake bread?", Advice{Kind: AdviceName}},
		{"Are dentists in the harbour?", Advice{AdviceBroader, "harbour"}},
		{"هل يلعب الناس الشطرنج في المتحف؟", Advice{AdviceBroader, "المتحف"}},
		{"Did fishermen protest against the railway bridge?", Advice{AdviceBroader, "railway bridge"}},
		{"من يلعب الشطرنج في ساندهولم؟", Advice{AdviceBroader, "ساندهولم"}},
		{"Who won the chess championship?", Advice{Kind: AdviceName}},
		{"من فاز ببطولة الشطرنج؟", Advice{Kind: AdviceName}},
	}
	for _, tt := range tests {
		g, _ := b.gap(tt.question)
		if got := g.advise(g.missing(g.query.wanted.Kind)); got != tt.want {
			t.Errorf("%q: advice %+v, want %+v", tt.question, got, tt.want)
		}
	}
}

// The nearest report bears on the question, or there is none.
func TestNear(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	tests := []struct{ question, want string }{
		{"Who plays chess in Port Valen?", "Harbour opens"},
		{"Which trains use the railway bridge?", "Bridge closed"},
		{"كم زائرًا دخل المتحف البحري أمس؟", "افتتاح المتحف البحري"},
		{"Who is Jim Kolenko?", ""},
		{"Who is Jim Kolenko of 2024?", ""}, // all reports are of that year
		{"What is it about?", ""},
	}
	for _, tt := range tests {
		g, ranked := b.gap(tt.question)
		title := ""
		if near := g.near(ranked); near != nil {
			title = near.Title
		}
		if title != tt.want {
			t.Errorf("near %q is %q, want %q", tt.question, title, tt.want)
		}
	}
}

func TestAskSaysWhatIsMissing(t *testing.T) {
	b := newBench(t, harbour, bridge, museum)
	a := b.ask("Did Jim Kolenko win in Port Valen?")
	if a.Verdict != Declined {
		t.Fatalf("verdict %s", a.Verdict)
	}
	id := b.add(harbour)
	want := &Report{
		ArticleID: id, Title: harbour.Title, Source: harbour.Source, URL: harbour.URL,
		Published: harbour.Published, Language: text.English,
	}
	if diff := cmp.Diff(want, a.Near); diff != "" {
		t.Errorf("near (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Missing{Words: []string{"Jim Kolenko"}}, a.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if want := (Advice{AdviceSpelling, "Jim Kolenko"}); a.Advice != want {
		t.Errorf("advice %+v, want %+v", a.Advice, want)
	}
	a = b.ask("Why was the railway bridge over the Orla river closed?")
	if a.Verdict != Answered || a.Near != nil || a.Advice != (Advice{}) || !cmp.Equal(a.Missing, Missing{}) {
		t.Errorf("an answer says that something is missing: %+v", a)
	}
}

// Without articles there is nothing to compare with, and another note says so.
func TestAskWithoutArticlesGivesNoAdvice(t *testing.T) {
	a := newBench(t).ask("Who is Jim Kolenko?")
	if a.Near != nil || a.Advice != (Advice{}) || !cmp.Equal(a.Missing, Missing{}) {
		t.Errorf("Ask = %+v", a)
	}
}

// Whatever is asked, what is said to be missing stands in the question.
func TestMissingIsOfTheQuestion(t *testing.T) {
	b := newBench(t, harbour, museum)
	long := strings.Repeat("Kolenko Petrenko ", 1000)[:MaxQuestion]
	tests := []string{
		long, strings.Repeat("ك", MaxQuestion), strings.Repeat("Zurich, ", 120), strings.Repeat("? ", 300) + "Zurich",
		"\u200fمن هو \u202eكولينكو\u202c؟", "<script>alert('Kolenko')</script>", "Zurich\nHavana\u2028Lisbon\tOslo", "\xffKolenko\xff in Zurich",
	}
	for _, question := range tests {
		a := b.ask(question)
		if len(a.Missing.Words) == 0 || len(a.Missing.Words) > mostMissing {
			t.Errorf("%.40q: %d are missing", question, len(a.Missing.Words))
		}
		for _, s := range append(a.Missing.Words, a.Advice.About) {
			if !strings.Contains(text.Valid(question), s) {
				t.Errorf("%.40q does not hold %.40q", question, s)
			}
		}
	}
}

// A year is there when an article is of it.
func TestMissingYear(t *testing.T) {
	b := newBench(t, harbour, corpus.Article{Title: "Harbour closed", Published: corpus.Day(1987, 2, 1), Language: text.English,
		Body: "The harbour of Port Valen was closed by ice."})
	for question, want := range map[string]bool{"Which storm struck Port Valen in 1987?": false, "Which storm struck Port Valen in 1988?": true} {
		g, _ := b.gap(question)
		m := g.missing(answertype.Which)
		if got := strings.Contains(strings.Join(m.Words, " "), "198"); got != want {
			t.Errorf("%q: %q are missing", question, m.Words)
		}
	}
}

func TestProclitic(t *testing.T) {
	b := newBench(t)
	for word, want := range map[string]string{
		"بكأس": "كأس", "لباريس": "باريس", "باريس": "باريس", "فرنسا": "فرنسا", "كوريا": "كوريا", "وزير": "وزير", "بلا": "بلا", "كأس": "كأس", "FIFA": "FIFA",
	} {
		terms := b.engine.analyzer.Terms(word)
		if got := word[b.engine.proclitic(word, terms[0]):]; got != want {
			t.Errorf("%s is shown as %s, want %s", word, got, want)
		}
	}
}
