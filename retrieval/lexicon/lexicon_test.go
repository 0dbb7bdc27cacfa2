package lexicon

import (
	"math"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus/text"
)

func newDefault(t testing.TB) (*text.Analyzer, *Lexicon) {
	t.Helper()
	a := text.NewAnalyzer()
	lex, err := Default(a)
	if err != nil {
		t.Fatal(err)
	}
	return a, lex
}

func newFrom(t testing.TB, list string) (*text.Analyzer, *Lexicon) {
	t.Helper()
	a := text.NewAnalyzer()
	entries, err := Parse(a, "list.tsv", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	lex, err := New(entries)
	if err != nil {
		t.Fatal(err)
	}
	return a, lex
}

// embedded returns the entries of both lists.
func embedded(t testing.TB, a *text.Analyzer) (names, words []Entry) {
	t.Helper()
	names, err := Parse(a, "names.tsv", namesList)
	if err != nil {
		t.Fatal(err)
	}
	words, err = Parse(a, "words.tsv", wordsList)
	if err != nil {
		t.Fatal(err)
	}
	return names, words
}

func offers(groups []Group, stems []string) bool {
	return slices.ContainsFunc(groups, func(g Group) bool {
		return slices.ContainsFunc(g.Alternatives, func(a Alternative) bool {
			return slices.Equal(a.Stems, stems)
		})
	})
}

func TestDefaultFinds(t *testing.T) {
	tests := []struct{ question, want string }{
		// Names, from English.
		{"What did Zelensky say?", "زيلينسكي"},
		{"Where is Volodymyr Zelenskyy now", "زيلنسكي"},
		{"Is Gadhafi dead?", "القذافي"},
		{"Who founded ISIS?", "داعش"},
		{"U.S. tariffs", "الولايات المتحدة"},
		{"Will the US join?", "أمريكا"},
		{"the UN Security Council", "مجلس الأمن"},
		{"Kiev under attack", "كييف"},
		{"the Arctic", "القطب الشمالي"},
		{"IMF loan to Egypt", "صندوق النقد الدولي"},
		{"Saudi Arabia's crown prince", "ولي العهد"},
		{"Strait of Hormuz", "مضيق هرمز"},
		{"the French parliament", "فرنسي"},
		{"Who won Roland Garros?", "رولان غاروس"},
		{"Premier League", "الدوري الإنجليزي"},
		{"Pelé", "بيليه"},
		{"November 2022", "تشرين الثاني"},
		{"on Wednesday", "الأربعاء"},
		{"price in shekels", "شيكل"},
		{"Al-Jazeera reporter", "الجزيرة"},
		{"What is OPEC+?", "أوبك"},
		{"Marrakech earthquake", "مراكش"},
		{"the Grand Ethiopian Renaissance Dam", "سد النهضة"},
		// Names, from Arabic.
		{"ماذا قال زيلنسكي؟", "Zelensky"},
		{"من هو رئيس الولايات المتحدة؟", "U.S."},
		{"تصريحات إردوغان", "Erdogan"},
		{"أين يقع باب المندب؟", "Bab el-Mandeb"},
		{"كم عدد أعضاء الناتو؟", "NATO"},
		{"الحوثيين في اليمن", "Houthi"},
		{"في تشرين الأول", "October"},
		{"جوجل وفيسبوك", "Google"},
		{"بفرنسا", "France"},
		{"لندن", "London"},
		{"للأمم المتحدة", "United Nations"},
		{"بكأس العالم", "World Cup"},
		{"ترمب", "Trump"},
		{"وكالة الصحافة الفرنسية فرانس برس", "AFP"},
		// Words, from English.
		{"How long did the meeting last?", "استغرق"},
		{"How many reporters were killed?", "صحفي"},
		{"Who called whom by phone?", "مكالمة"},
		{"the question of Palestine", "أسئلة"},
		{"When did the summit begin?", "قمة"},
		{"the nuclear deal", "الاتفاق النووي"},
		{"How strong was the earthquake", "زلزال"},
		{"Who won the prize?", "جائزة"},
		{"Where did the spacecraft land?", "هبوط"},
		{"oil prices rise", "ارتفاع"},
		{"Why did the bank collapse?", "انهيار"},
		{"interest rates", "أسعار الفائدة"},
		{"When did the ceasefire start?", "وقف إطلاق النار"},
		{"hostages released", "رهائن"},
		{"a strike by teachers", "إضراب"},
		{"carbon emissions", "انبعاثات"},
		{"the new pope", "بابا"},
		{"How old is the queen?", "عمر"},
		{"more than two million refugees", "لاجئ"},
		{"the first woman", "أول امرأة"},
		{"resigned", "استقالة"},
		{"the largest dam", "سد"},
		{"prime ministers", "رئيس الوزراء"},
		// Words, from Arabic.
		{"كم استمرت الحرب؟", "war"},
		{"متى أعلنت نتائج الانتخابات؟", "announced"},
		{"متى أعلنت نتائج الانتخابات؟", "election"},
		{"ما حصيلة القتلى؟", "death toll"},
		{"للرئيس", "president"},
		{"الوزير", "minister"},
		{"وزير الخارجية", "foreign minister"},
		{"والوزراء", "ministers"},
		{"كم سعر برميل النفط؟", "barrel"},
		{"متى وقعت الزلازل؟", "earthquake"},
		{"من فاز بالجائزة؟", "won"},
		{"الصحافيين", "journalist"},
		{"أطول جسر", "bridge"},
		{"قتيلا وجريحا", "injured"},
		{"يستغرق", "duration"},
		{"المركبة الفضائية", "spacecraft"},
		{"رواد الفضاء", "astronauts"},
		{"اللقاحات", "vaccine"},
	}
	a, lex := newDefault(t)
	for _, tt := range tests {
		t.Run(tt.question+"/"+tt.want, func(t *testing.T) {
			want := stems(content(a.Terms(tt.want)))
			groups := lex.Groups(a.Terms(tt.question))
			if !offers(groups, want) {
				t.Errorf("Groups(%q) = %v, want %q among them", tt.question, groups, want)
			}
		})
	}
}

func TestDefaultKeepsApart(t *testing.T) {
	tests := []struct{ question, not string }{
		{"important", "import"},       // the same stem, "import"
		{"universe", "university"},    // "univers"
		{"Hamas", "حماة"},             // Hama and Hamas are both "hama"
		{"Harris", "Harry"},           // "harri"
		{"prime minister", "وزير"},    // the phrase wins over its words
		{"South Korea", "جنوب"},       // likewise
		{"قمة", "مدينة قم"},           // "قم"
		{"السنة", "Sunni"},            // "سن"
		{"دولي", "countries"},         // «دولي» is spelled in another entry
		{"بنين", "build"},             // «بنى» has no form of its own
		{"المملكة المتحدة", "united"}, // the phrase wins
	}
	a, lex := newDefault(t)
	for _, tt := range tests {
		t.Run(tt.question+"/"+tt.not, func(t *testing.T) {
			groups := lex.Groups(a.Terms(tt.question))
			if len(groups) == 0 {
				t.Fatalf("Groups(%q) is empty", tt.question)
			}
			for _, g := range groups {
				for _, alt := range g.Alternatives {
					not := stems(content(a.Terms(tt.not)))
					if slices.Equal(alt.Stems, not) && !slices.Equal(not, stems(content(a.Terms(tt.question)))) {
						t.Errorf("Groups(%q) offers %q", tt.question, tt.not)
					}
				}
			}
		})
	}
}

func TestGroupsPhrases(t *testing.T) {
	const list = "world\tعالم\ncup\tكأس\nworld cup\tكأس العالم\nworld cup final\tنهائي كأس العالم\n" +
		"final\tنهائي\nBank of England\tبنك إنجلترا\nEngland\tإنجلترا\ncup final ticket\tتذكرة النهائي\nDecember\tكانون الأول\n"
	tests := []struct {
		name, question string
		want           [][2]int // first and last term of every group
	}{
		{"longest phrase", "the world cup final", [][2]int{{1, 3}}},
		{"shorter phrase and a word", "England in the world cup", [][2]int{{0, 0}, {3, 4}}},
		{"words alone", "final cup", [][2]int{{0, 0}, {1, 1}}},
		{"plural", "world cups", [][2]int{{0, 1}}},
		{"leftmost of two that overlap", "world cup final ticket", [][2]int{{0, 2}}},
		{"stop word inside", "the Bank of England", [][2]int{{1, 3}}},
		{"forms of its words", "في كانون الأول", [][2]int{{1, 2}}},
		{"stop word for a form", "من كان أول رئيس", nil},
		{"another stop word inside", "a bank in England", [][2]int{{3, 3}}},
		{"phrase cut off", "the world", [][2]int{{1, 1}}},
		{"arabic with a clitic", "الفوز بكأس العالم", [][2]int{{1, 2}}},
		{"unknown", "nothing here", nil},
		{"empty", "", nil},
	}
	a, lex := newFrom(t, list)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got [][2]int
			for _, g := range lex.Groups(a.Terms(tt.question)) {
				got = append(got, [2]int{g.First, g.Last})
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Groups(%q) covers %v, want %v", tt.question, got, tt.want)
			}
		})
	}
}

func TestGroupsWeights(t *testing.T) {
	const list = "strike (labour)|walkout\tإضراب\nstrike (attack)|raid\tغارة\npeace\tسلام\n"
	half := float32(1 / math.Sqrt2)
	tests := []struct {
		question string
		want     map[string]float32
	}{
		{"peace", map[string]float32{"peac": 1, "سلام": 1}},
		{"strikes", map[string]float32{"strike": 1, "walkout": half, "raid": half, "اضراب": half, "غار": half}},
		{"raid", map[string]float32{"strike": 1, "raid": 1, "غار": 1}},
	}
	a, lex := newFrom(t, list)
	for _, tt := range tests {
		t.Run(tt.question, func(t *testing.T) {
			groups := lex.Groups(a.Terms(tt.question))
			if len(groups) != 1 {
				t.Fatalf("Groups(%q) = %v, want one group", tt.question, groups)
			}
			if n := len(groups[0].Alternatives); n != len(tt.want) {
				t.Errorf("Groups(%q) has %d alternatives, want %d", tt.question, n, len(tt.want))
			}
			for _, alt := range groups[0].Alternatives {
				if want := tt.want[strings.Join(alt.Stems, " ")]; alt.Weight != want {
					t.Errorf("weight of %q = %v, want %v", alt.Stems, alt.Weight, want)
				}
			}
		})
	}
}

func TestGroupsQuestionOnly(t *testing.T) {
	a, lex := newFrom(t, "Benin\t~بنين|جمهورية بنين\nresign|~step down\tاستقالة\n")
	benin := stems(a.Terms("بنين"))
	if offers(lex.Groups(a.Terms("Benin")), benin) {
		t.Errorf("Groups(Benin) offers %q, which is for questions only", benin)
	}
	for question, want := range map[string]string{"بنين": "Benin", "stepped down": "resign"} {
		groups := lex.Groups(a.Terms(question))
		if !offers(groups, stems(a.Terms(want))) {
			t.Errorf("Groups(%q) = %v, want %q among them", question, groups, want)
		}
		if !offers(groups, stems(content(a.Terms(question)))) {
			t.Errorf("Groups(%q) = %v, want what was said among them", question, groups)
		}
	}
}

func TestGroupsVerbs(t *testing.T) {
	a, lex := newFrom(t, "announce\tأعلن/يعلن\ncall on\tدعا/يدعو\ndeny\tنفى/ينفي\n")
	for word, want := range map[string]string{
		"أعلن": "announce", "أعلنت": "announce", "يعلن": "announce", "تعلن": "announce",
		"دعت": "call on", "تدعو": "call on", "نفت": "deny", "نفى": "",
	} {
		groups := lex.Groups(a.Terms(word))
		if want == "" && groups != nil {
			t.Errorf("Groups(%q) = %v, want none: its stem is short", word, groups)
		}
		if want != "" && !offers(groups, stems(content(a.Terms(want)))) {
			t.Errorf("Groups(%q) = %v, want %q among them", word, groups, want)
		}
	}
}

// TestSymmetric checks on the embedded lists that every variant leads to the
// offered variants of the other language, in both directions.
func TestSymmetric(t *testing.T) {
	a, lex := newDefault(t)
	names, words := embedded(t, a)
	for _, e := range slices.Concat(names, words) {
		english, arabic := offered(a, e.English), offered(a, e.Arabic)
		checkLeads(t, lex, e, english, arabic)
		checkLeads(t, lex, e, arabic, english)
	}
}

// offered returns the terms of every form that a side offers.
func offered(a *text.Analyzer, side []Variant) [][]text.Term {
	var all [][]text.Term
	for _, v := range side {
		all = append(all, offeredForms(a, v)...)
	}
	return all
}

func offeredForms(a *text.Analyzer, v Variant) [][]text.Term {
	if v.QuestionOnly {
		return nil
	}
	var all [][]text.Term
	fs := forms(v.Text)
	for _, f := range fs {
		terms := a.Terms(f)
		if len(content(terms)) == 0 || len(fs) > 1 && isShort(terms[0].Stem) {
			continue
		}
		all = append(all, terms)
	}
	return all
}

func checkLeads(t *testing.T, lex *Lexicon, e Entry, from, to [][]text.Term) {
	t.Helper()
	for _, f := range from {
		groups := lex.Groups(f)
		for _, want := range to {
			if !offers(groups, stems(content(want))) {
				t.Errorf("%s:%d: %q does not lead to %q", e.Name, e.Line, stems(f), stems(content(want)))
			}
		}
	}
}

// TestListSizes keeps the lists from being cut down by accident, and logs the
// words that are matched by their whole spelling since their stem is short.
func TestListSizes(t *testing.T) {
	a := text.NewAnalyzer()
	names, words := embedded(t, a)
	for name, entries := range map[string][]Entry{"names.tsv": names, "words.tsv": words} {
		if len(entries) < 900 {
			t.Errorf("%s has %d entries, want at least 900", name, len(entries))
		}
		t.Logf("%s has %d entries", name, len(entries))
	}
	for _, e := range slices.Concat(names, words) {
		for _, v := range e.Arabic {
			if terms := a.Terms(v.Text); len(terms) == 1 && isShort(terms[0].Stem) {
				t.Logf("%s:%d: %s has the short stem %s", e.Name, e.Line, v.Text, terms[0].Stem)
			}
		}
	}
}

// FuzzGroups checks what Groups promises about any text.
func FuzzGroups(f *testing.F) {
	f.Add("When did the World Cup final in Qatar begin?")
	f.Add("متى بدأت قمة مجموعة العشرين بالرياض ومن حضرها؟")
	f.Add("U.S.-Iran talks في عمان")
	a, lex := newDefault(f)
	f.Fuzz(func(t *testing.T, s string) {
		terms := a.Terms(s)
		next := 0
		for _, g := range lex.Groups(terms) {
			if g.First < next || g.Last < g.First || g.Last >= len(terms) {
				t.Fatalf("group covers %d to %d after %d of %d terms", g.First, g.Last, next, len(terms))
			}
			next = g.Last + 1
			if len(g.Alternatives) == 0 {
				t.Errorf("group of %q has no alternatives", terms[g.First].Norm)
			}
			for _, alt := range g.Alternatives {
				if len(alt.Stems) == 0 || alt.Weight <= 0 || alt.Weight > 1 {
					t.Errorf("bad alternative %v", alt)
				}
			}
		}
	})
}

func BenchmarkDefault(b *testing.B) {
	for b.Loop() {
		if _, err := Default(text.NewAnalyzer()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGroups(b *testing.B) {
	a, lex := newDefault(b)
	for name, question := range map[string]string{
		"english": "When did President Donald Trump meet Vladimir Putin in Alaska last year?",
		"arabic":  "متى التقى الرئيس الأمريكي دونالد ترامب بالرئيس الروسي فلاديمير بوتين في ألاسكا؟",
	} {
		terms := a.Terms(question)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				lex.Groups(terms)
			}
		})
	}
}

// TestKin asks of which countries' words tell of one another.
func TestKin(t *testing.T) {
	a := text.NewAnalyzer()
	l, err := Default(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ question, kin string }{
		{"France", "french"}, {"Sweden", "swedish"}, {"Netherlands", "dutch"}, {"Portugal", "portuguese"},
		{"ليبيا", "libyan"}, {"Spanish", "spain"}, {"Britain", "british"},
	} {
		groups := l.Groups(a.Terms(tt.question))
		if len(groups) != 1 || !groups[0].Proper {
			t.Errorf("Groups(%q) = %+v, want one proper group", tt.question, groups)
			continue
		}
		found := slices.ContainsFunc(groups[0].Kin, func(k Alternative) bool {
			return slices.Equal(k.Stems, stems(a.Terms(tt.kin)))
		})
		if !found {
			t.Errorf("kin of %q = %v, want %q among them", tt.question, groups[0].Kin, tt.kin)
		}
	}
	if groups := l.Groups(a.Terms("Paris")); len(groups) != 1 || groups[0].Kin != nil {
		t.Errorf("Groups(Paris) = %+v, want one group without kin", groups)
	}
}
