package retrieval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// flood and its Arabic twin are reports of one event.
var (
	flood = corpus.Article{
		Title: "Storm Vera floods Port Valen", Source: "Valley Post", Published: corpus.Day(2024, 10, 3), Language: text.English,
		Body: "Storm Vera flooded 120 houses in Port Valen on Wednesday, 2 October 2024, Mayor Ann Lee said. " +
			"Firefighters rescued 35 people from the roofs of the Game Boy factory, and Washington sent Californian engineers with nine pumps.\n\n" +
			"The river Orla rose by 6 metres within 24 hours at Sandholm, the highest level since 1987.\n\n" +
			"Nothing of the kind had been seen since the harbour reopened in May 2021 and the league of 2001-02 was played there.",
	}
	floodArabic = corpus.Article{
		Title: "العاصفة «فيرا» تغرق مدينة فالين", Source: "صحيفة الاختبار", Published: corpus.Day(2024, 10, 3), Language: text.Arabic,
		Body: "أغرقت العاصفة «فيرا» 120 منزلًا في مدينة فالين يوم الأربعاء 2 أكتوبر 2024، بحسب رئيسة البلدية آن لي. " +
			"وأنقذ رجال الإطفاء 35 شخصًا، وأرسلت واشنطن تسع مضخات إلى إقليم أزيلان.\n\n" +
			"وارتفع منسوب نهر أورلا 6 أمتار، وهي المرة الثالثة عشرة في تاريخه.",
	}
)

// Of wreck and pact the last paragraphs name what the first does not: a place where something
// else happened, and a country that had a view.
var (
	wreck = corpus.Article{
		Title: "ارتفاع حصيلة ضحايا غرق المركب", Source: "صحيفة الاختبار", Published: corpus.Day(2024, 10, 3), Language: text.Arabic,
		Body: "ارتفعت حصيلة ضحايا غرق المركب قبالة ميناء طبرق إلى 14 يوم الأربعاء.\n\nونقل الجرحى إلى مستشفى بنغازي العام.",
	}
	pact = corpus.Article{
		Title: "مصر وتركيا توقعان معاهدة للصيد", Source: "صحيفة الاختبار", Published: corpus.Day(2024, 10, 3), Language: text.Arabic,
		Body: "وقعت مصر وتركيا معاهدة للصيد في أنقرة يوم الأربعاء.\n\nونفى مصدر في الخارجية اليونانية أن تكون بلاده قد اعترضت على المعاهدة.",
	}
)

// lacking returns what an article that is quoted lacks of what a question takes for granted.
func (b *bench) lacking(question, article string) []string {
	b.t.Helper()
	asked := Question{Text: question, Within: []string{article}, Regardless: true}
	q, all, err := b.engine.prospect(b.t.Context(), asked)
	if err != nil {
		b.t.Fatal(err)
	}
	answer := Answer{Articles: 1}
	if err := b.engine.answer(b.t.Context(), q, b.engine.selection(asked), all, &answer); err != nil {
		b.t.Fatal(err)
	}
	if len(answer.Citations) == 0 {
		b.t.Fatalf("nothing is quoted for %q", question)
	}
	g := b.engine.gapOf(q)
	lacks, _ := b.engine.lackedBy(q, b.engine.presumedBy(q, dates.NewDay(2025, 1, 10)), answer.Citations)
	var out []string
	for _, p := range lacks {
		out = append(out, g.phrase(p))
	}
	return out
}

func TestPresumed(t *testing.T) {
	b := newBench(t)
	undated := flood
	undated.Title, undated.Published, undated.Body = "Storm", corpus.Date{}, "Storm Vera flooded 120 houses in Port Valen."
	articles := map[string]string{"en": b.add(flood), "ar": b.add(floodArabic), "undated": b.add(undated), "wreck": b.add(wreck), "pact": b.add(pact)}
	b.encode()
	b.refresh()
	tests := []struct{ article, question, want string }{
		// Names, alone and of several words, in other spellings and other words.
		{"en", "Did Storm Vera flood Port Valen?", ""},
		{"en", "Did Storm Elias flood Port Valen?", "Elias"},
		{"en", "Did Ann Lee speak in Port Valen?", ""},
		{"en", "Did Mayor Tom Marvenko speak in Port Valen?", "Tom Marvenko"},
		{"en", "Did the storm flood the houses of Zurich?", "Zurich"},
		{"en", "Did Storm Veera flood Port Valen?", ""},
		{"en", "Were people rescued from the Gameboy factory?", ""},
		{"en", "Did California send engineers to Port Valen?", ""},
		{"en", "Did the United States send pumps to Port Valen?", ""},
		{"en", "Did Russia send pumps to Port Valen?", "Russia"},
		{"en", "Did Google send pumps to Port Valen?", "Google"},
		{"en", "Was it the worst flood in Europe at Port Valen?", ""},
		{"en", "What did the Valley Post report from Port Valen?", ""},
		// Years, months and days.
		{"en", "Were houses flooded in Port Valen in 2024?", ""},
		{"en", "Were houses flooded in Port Valen in 2019?", "2019"},
		{"en", "How far did the river Orla rise, the highest since 1987?", ""},
		{"en", "Were houses flooded in Port Valen in October 2024?", ""},
		{"en", "Were houses flooded in Port Valen in March 2024?", "March 2024"},
		{"en", "Were houses flooded in Port Valen on 2 October?", ""},
		{"en", "Were houses flooded in Port Valen on October 2nd?", ""},
		{"en", "Were houses flooded in Port Valen on 14 October 2023?", "14 October 2023"},
		{"en", "were houses flooded in port valen on 2 october 2024", ""},
		{"en", "Were houses flooded in Port Valen between 1 and 10 October 2024?", ""},
		{"en", "Were houses flooded in Port Valen between 11 and 20 October 2023?", "11 and 20 October 2023"},
		{"en", "Were houses flooded in Port Valen since 1 October 2024?", ""},
		{"en", "Were houses flooded in Port Valen 3 days ago?", ""},
		{"en", "Were houses flooded in Port Valen on 28 Rabi al-Awwal 1446?", ""},
		{"en", "May houses in Port Valen be flooded?", ""},
		{"undated", "Were houses flooded in Port Valen in March 2019?", ""},
		// Numbers, of what they count.
		{"en", "Were 120 houses flooded in Port Valen?", ""},
		{"en", "Were 300 houses flooded in Port Valen?", "300 houses"},
		{"en", "Were about 119 houses flooded in Port Valen?", ""},
		{"en", "Did the river rise by six metres at Sandholm?", ""},
		{"en", "Did the river rise by 9 metres at Sandholm?", "9 metres"},
		{"en", "Did the two pumps come to Port Valen?", ""},
		{"en", "What were the three parts of the storm in Port Valen?", ""},
		// Kinds of events.
		{"en", "How many houses did the flood destroy in Port Valen?", ""},
		{"en", "How many houses did the earthquake destroy in Port Valen?", "earthquake"},
		{"en", "How many houses did the hurricane destroy in Port Valen?", ""},
		// In Arabic, whose names have no capitals.
		{"ar", "هل أغرقت العاصفة فيرا مدينة فالين؟", ""},
		{"ar", "هل أغرقت العاصفة كولينكو مدينة فالين؟", "كولينكو"},
		{"ar", "هل وصلت المضخات إلى إقليم أزيلان؟", ""},
		{"ar", "هل وصلت المضخات إلى إقليم تاروندان؟", "تاروندان"},
		{"ar", "هل أرسلت الولايات المتحدة مضخات إلى فالين؟", ""},
		{"ar", "هل أرسلت روسيا مضخات إلى فالين؟", "روسيا"},
		{"ar", "هل غرق 120 منزلا في فالين عام 2024؟", ""},
		{"ar", "هل غرق 120 منزلا في فالين عام 2019؟", "عام 2019"},
		{"ar", "هل غرق 500 منزل في فالين في تشرين الأول؟", "500 منزل"},
		{"ar", "هل ارتفع النهر 9 أمتار في فالين؟", "9 أمتار"},
		{"ar", "كم منزلا دمر الزلزال في فالين؟", "الزلزال"},
		// Together, not only in one report.
		{"wreck", "هل غرق المركب قبالة طبرق؟", ""},
		{"wreck", "هل غرق المركب قبالة بنغازي؟", "بنغازي"},
		{"wreck", "هل نقل الجرحى إلى مستشفى قرب بنغازي؟", ""},
		{"pact", "هل وقعت مصر وتركيا معاهدة للصيد؟", ""},
		{"pact", "هل وقعت مصر واليونان معاهدة للصيد؟", "اليونان"},
		{"pact", "هل اعترضت اليونان على المعاهدة؟", ""},
		{"wreck", "هل ارتفعت حصيلة الضحايا إلى 14 قتيلا؟", ""},
		{"wreck", "هل ارتفعت حصيلة الضحايا إلى 17 قتيلا؟", "17 قتيلا"},
		{"wreck", "Did the sinking kill 14 people?", ""},
		{"en", "Did Port Valen lose $20 billion houses?", "$20 billion"},
		// Across languages.
		{"ar", "Did Storm Vera flood 120 houses in 2024?", ""},
		{"ar", "Did Russia send nine pumps?", "Russia"},
		{"ar", "Were 300 houses flooded in March 2019?", "300 houses|March 2019"},
		{"en", "هل أغرقت العاصفة 120 منزلا في أكتوبر 2024؟", ""},
		{"en", "هل أرسلت ألمانيا مضخات في 14 أكتوبر 2023؟", "ألمانيا|14 أكتوبر 2023"},
	}
	for _, tt := range tests {
		if got := strings.Join(b.lacking(tt.question, articles[tt.article]), "|"); got != tt.want {
			t.Errorf("%s lacks %q of %q, want %q", tt.article, got, tt.question, tt.want)
		}
	}
}

// What is said to be missing is in no article, or in none with another name, or not in
// those that are quoted.
func TestContradicted(t *testing.T) {
	b := newBench(t, flood, harbour, bridge, museum, ferry)
	tests := []struct {
		question string
		want     Missing
	}{
		{"Did Storm Vera flood 120 houses in Port Valen on Wednesday?", Missing{}},
		{"Did Storm Kolenko flood 120 houses in Port Valen on Wednesday?", Missing{Words: []string{"Kolenko"}, Presumed: true}},
		{"Did Storm Vera flood 120 houses in Port Valen in 2019?", Missing{Apart: []string{"Vera", "2019"}, Presumed: true}},
		{"Did Storm Vera flood 300 houses in Port Valen on Wednesday?", Missing{Uncited: []string{"300 houses"}, Presumed: true}},
	}
	for _, tt := range tests {
		asked := Question{Text: tt.question, Regardless: true}
		q, all, err := b.engine.prospect(t.Context(), asked)
		if err != nil {
			t.Fatal(err)
		}
		a := Answer{}
		if err := b.engine.answer(t.Context(), q, b.engine.selection(asked), all, &a); err != nil {
			t.Fatal(err)
		}
		a.Verdict, a.Missing = Answered, Missing{}
		b.engine.doubt(q, &request{Question: asked}, &a)
		if diff := cmp.Diff(tt.want, a.Missing); diff != "" {
			t.Errorf("%q is missing (-want +got):\n%s", tt.question, diff)
		}
		if want := map[bool]Verdict{true: Nearest, false: Answered}[tt.want.Presumed]; a.Verdict != want || len(a.Citations) == 0 {
			t.Errorf("%q is %s with %d citations, want %s", tt.question, a.Verdict, len(a.Citations), want)
		}
	}
}

func TestFiguresIn(t *testing.T) {
	analyzer := text.NewAnalyzer()
	tests := []struct{ text, want string }{
		{"120 houses and three boats", "120 3"},
		{"twenty-one of 1,200 people", "21 1200"},
		{"two million three hundred thousand", "2300000"},
		{"at 4:17 on 6 February", "4(clock) 17(clock) 6(day)"},
		{"a score of 3-1", "3 1"},
		{"the twenty-first time", ""},
		{"Chandrayaan-3", "3"},
		{"10 آلاف و500 لاعب", "10500"},
		{"الرقم الثالث عشر", ""},
		{"السابع والستون بعد المئتين", ""},
		{"خمسة وعشرون منزلا يوم 6 فبراير", "25 6(day)"},
		{"عام 1999 و6 دول", "1999 6"},
		{"", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, f := range figuresIn(tt.text, analyzer.Terms(tt.text)) {
			s := f.value
			if f.clock {
				s += "(clock)"
			}
			if f.day {
				s += "(day)"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("figuresIn(%q) = %q, want %q", tt.text, s, tt.want)
		}
	}
}

func TestMonthAt(t *testing.T) {
	analyzer := text.NewAnalyzer()
	tests := []struct {
		text string
		want int // of the last word but those that belong to it
	}{
		{"in March", 3}, {"they march", 0}, {"March", 0}, {"on 5 May", 5}, {"they may", 0},
		{"في مارس", 3}, {"في آذار", 3}, {"وديسمبر", 12}, {"في جويلية", 7},
	}
	for _, tt := range tests {
		terms := analyzer.Terms(tt.text)
		if got := monthAt(tt.text, terms, len(terms)-1); int(got) != tt.want {
			t.Errorf("monthAt(%q) = %d, want %d", tt.text, got, tt.want)
		}
	}
	for s, want := range map[string]int{"تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12, "كانون الثاني": 1, "تشرين": 0, "كانون بارد": 0} {
		if got := monthAt(s, analyzer.Terms(s), 0); int(got) != want {
			t.Errorf("monthAt(%q) = %d, want %d", s, got, want)
		}
	}
}

// Whatever is asked, and whatever an article says, what is taken for granted is found in
// the question, and a text has all that it names itself.
func FuzzPresumed(f *testing.F) {
	for _, s := range []string{
		"Did Storm Vera flood 120 houses in Port Valen in March 2019?", "هل غرق 500 منزل في تشرين الأول عام 2024؟", "Chandrayaan-3 and COP26 at 4:17",
		"the 80s", "3rd-and-9", "0 00 000 1.2.3 1,000,000", "«فيرا» 2001-02", "١٤ أكتوبر", "May May May", "-5 of 31 31", "\u202e12\u202c", "ال",
	} {
		f.Add(s)
	}
	b := newBench(f, flood, floodArabic)
	f.Fuzz(func(t *testing.T, question string) {
		if check(question) != nil {
			t.Skip()
		}
		q, _, err := b.engine.prospect(t.Context(), Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		g := b.engine.gapOf(q)
		for _, a := range []corpus.Article{flood, {Body: question}} {
			w := &witness{engine: b.engine, query: q, page: &page{}, language: text.Detect(a.Body), published: a.Published}
			for _, s := range text.Sentences(a.Body) {
				said := a.Body[s.Start:s.End]
				w.read(said, b.engine.analyzer.Terms(said), false)
			}
			w.collect()
			for _, p := range b.engine.presumedBy(q, dates.NewDay(2025, 1, 10)) {
				p.held(w)
				if s := g.phrase(p); s == "" || !strings.Contains(q.text, s) {
					t.Errorf("%q is taken for granted in %q", s, question)
				}
			}
		}
	})
}
