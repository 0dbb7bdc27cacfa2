package lexicon

import (
	"fmt"
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// entriesOf parses a list that is right.
func entriesOf(t testing.TB, a *text.Analyzer, list string) []Entry {
	t.Helper()
	entries, err := Parse(a, "added.tsv", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// onlyGroup returns what the only group of a question offers, with the weights.
func onlyGroup(t testing.TB, a *text.Analyzer, l *Lexicon, question string) map[string]float32 {
	t.Helper()
	groups := l.Groups(a.Terms(question))
	if len(groups) != 1 {
		t.Fatalf("Groups(%q) = %v, want one group", question, groups)
	}
	all := map[string]float32{}
	for _, alt := range groups[0].Alternatives {
		all[strings.Join(alt.Stems, " ")] = alt.Weight
	}
	return all
}

const layerBase = "# proper\nZelensky|Zelenskyy\tزيلينسكي\nKyiv\tكييف\nWorld Cup\tكأس العالم\nPutin\tبوتين\n" +
	"# common\nstrike (labour)|walkout\tإضراب\nstrike (attack)|raid\tغارة\ncup\tكأس\nimportant\tمهم\nyear\tعام\npublic\tعام\n"

func TestWith(t *testing.T) {
	const half = 0.70710677
	tests := []struct {
		name, added, question string
		want                  map[string]float32
	}{
		{"a new name, asked in English", "# proper\nZagarbut\tزغربوط", "Zagarbut", map[string]float32{"zagarbut": 1, "زغربوط": 1}},
		{"a new name, asked in Arabic", "# proper\nZagarbut\tزغربوط", "زغربوط", map[string]float32{"zagarbut": 1, "زغربوط": 1}},
		{"what is not added stays", "# proper\nZagarbut\tزغربوط", "Kyiv", map[string]float32{"kyiv": 1, "كييف": 1}},
		{"another spelling, asked", "# proper\nZelensky\tزلنسكى", "زلنسكى", map[string]float32{"zelenski": 1, "زلنسك": 1, "zelenskyy": 1, "زيلينسك": 1}},
		{"another spelling, found", "# proper\nZelensky\tزلنسكى", "Zelenskyy", map[string]float32{"zelenski": 1, "زلنسك": 1, "zelenskyy": 1, "زيلينسك": 1}},
		{"in one script", "# proper\nZelensky|Selenskyj\t-", "زيلينسكي", map[string]float32{"zelenski": 1, "selenskyj": 1, "zelenskyy": 1, "زيلينسك": 1}},
		{"a word is no name", "Zelensky\tبطل", "Zelenskyy", map[string]float32{"zelenski": 1, "zelenskyy": 1, "زيلينسك": 1}},
		{"a word as another sense", "raid\tمداهمة", "raid", map[string]float32{"raid": 1, "مداهم": 1, "strike": 1, "غار": 1}},
		{"senses of base keep their weight", "strike\tضربة", "strike", map[string]float32{"strike": 1, "ضرب": 1, "walkout": half, "raid": half, "اضراب": half, "غار": half}},
		{"two added senses", "Mercury|Hermes\tعطارد\nMercury\tزئبق", "Mercury", map[string]float32{"mercuri": 1, "herm": half, "عطارد": half, "زئبق": half}},
		{"a name joins no ambiguous word", "# proper\nAl Aam\tعام", "Al Aam", map[string]float32{"al aam": 1, "عام": 1}},
		{"a longer phrase wins", "# proper\nWorld Cup Kyiv\tكأس كييف", "World Cup Kyiv", map[string]float32{"world cup kyiv": 1, "كاس كييف": 1}},
		{"a longer phrase of base wins", "# proper\nWorld\tوورلد", "World Cup", map[string]float32{"world cup": 1, "كاس عالم": 1}},
		{"the same phrase", "# proper\nWorld Cup\tالمونديال", "كأس العالم", map[string]float32{"world cup": 1, "كاس عالم": 1, "مونديال": 1}},
		{"as spelled before by stem", "import\tاستيراد", "important", map[string]float32{"import": 1, "مهم": 1}},
		{"added as spelled", "imports\tواردات", "imports", map[string]float32{"import": 1, "وارد": 1, "ارد": 1}},
		{"questions only", "# proper\n~Zel|Zelensky\tزلنسكى", "Zel", map[string]float32{"zel": 1, "zelenski": 1, "زلنسك": 1, "zelenskyy": 1, "زيلينسك": 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, base := newFrom(t, layerBase)
			l := base.With(entriesOf(t, a, tt.added))
			got := onlyGroup(t, a, l, tt.question)
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("Groups(%q) offers %v, want %v", tt.question, got, tt.want)
			}
		})
	}
}

// What is added leaves the lexicon below as it was.
func TestWithLeavesBase(t *testing.T) {
	a, base := newFrom(t, layerBase)
	questions := []string{"Zelenskyy", "strike", "World Cup", "زيلينسكي", "year"}
	before := make([][]Group, len(questions))
	for i, q := range questions {
		before[i] = base.Groups(a.Terms(q))
	}
	printed := fmt.Sprint(before)
	l := base.With(entriesOf(t, a, "# proper\nZelensky|Z\tزلنسكى\nWorld Cup\tمونديال\n# common\nstrike\tضربة\n"))
	for i, q := range questions {
		l.Groups(a.Terms(q))
		before[i] = base.Groups(a.Terms(q))
	}
	if got := fmt.Sprint(before); got != printed {
		t.Errorf("the base now finds\n%s, before\n%s", got, printed)
	}
	if l := base.With(nil); l != base {
		t.Error("With of nothing is another lexicon")
	}
}

// What is added on top of what was added knows all that is below.
func TestWithTwice(t *testing.T) {
	a, base := newFrom(t, layerBase)
	files := entriesOf(t, a, "# proper\nZagarbut|Zag\tزغربوط\nZelensky\tزلنسكى\n# common\nraid\tمداهمة\n")
	aliases := entriesOf(t, a, "# proper\nZagarbut\tزاغربوت\nZelenskyy\tسلنسكي\nKyiv\tكييفا\n")
	l := base.With(files).With(aliases)
	for question, want := range map[string]map[string]float32{
		"Zag":      {"zag": 1, "zagarbut": 1, "زغربوط": 1, "زاغربوت": 1},
		"زاغربوت":  {"zag": 1, "zagarbut": 1, "زغربوط": 1, "زاغربوت": 1},
		"Zelensky": {"zelenski": 1, "زلنسك": 1, "zelenskyy": 1, "زيلينسك": 1, "سلنسك": 1},
		"كييف":     {"kyiv": 1, "كييف": 1, "كييفا": 1},
		"raid":     {"raid": 1, "مداهم": 1, "strike": 1, "غار": 1},
		"walkout":  {"walkout": 1, "strike": 1, "اضراب": 1},
	} {
		if got := onlyGroup(t, a, l, question); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("Groups(%q) offers %v, want %v", question, got, want)
		}
	}
}

// Of two groups of the same words the name's alone is no name's, and the kin of a
// country stay.
func TestWithProperAndKin(t *testing.T) {
	a, base := newFrom(t, "# countries\nFrance\tفرنسا\nFrench\tفرنسي\n# common\napple\tتفاح\n")
	l := base.With(entriesOf(t, a, "# proper\nFrance|Hexagone\tفرنسا\nApple\tأبل\nZagarbut\tزغربوط\n"))
	for question, want := range map[string]struct {
		proper bool
		kin    int
	}{"France": {true, 2}, "apple": {false, 0}, "Zagarbut": {true, 0}, "أبل": {true, 0}} {
		groups := l.Groups(a.Terms(question))
		if len(groups) != 1 || groups[0].Proper != want.proper || len(groups[0].Kin) != want.kin {
			t.Errorf("Groups(%q) = %+v, want proper %v and %d kin", question, groups, want.proper, want.kin)
		}
	}
}

// FuzzWith checks what Groups promises when anything is added to anything.
func FuzzWith(f *testing.F) {
	f.Add("# proper\nZelensky\tزلنسكى\n", "When did Zelenskyy win the World Cup?")
	f.Add("strike\tضربة\nWorld\tعالم\n-\tكأس|مونديال", "ضربة في كأس العالم strike")
	f.Add("# countries\nFrance\tفرنسا\nFrench\tفرنسي\n~a b c|d\t-", "a b c")
	a, base := newFrom(f, layerBase)
	f.Fuzz(func(t *testing.T, added, question string) {
		var entries []Entry
		for e, err := range lines(a, "added", []byte(added)) {
			if err == nil {
				entries = append(entries, e)
			}
		}
		terms := a.Terms(question)
		next := 0
		for _, g := range base.With(entries).Groups(terms) {
			if g.First < next || g.Last < g.First || g.Last >= len(terms) || len(g.Alternatives) == 0 {
				t.Fatalf("Groups(%q) = %+v after %d of %d terms", question, g, next, len(terms))
			}
			next = g.Last + 1
			for _, alt := range g.Alternatives {
				if len(alt.Stems) == 0 || alt.Weight <= 0 || alt.Weight > 1 {
					t.Errorf("bad alternative %v", alt)
				}
			}
		}
	})
}

// operatorList is a list of n lines that an operator might have.
func operatorList(n int) string {
	var b strings.Builder
	b.WriteString("# proper\n")
	letters := []rune("بتثجحخدذرزسشصضطظعغفقكلمنهو")
	for i := range n {
		arabic := []rune{letters[i%26], 'ا', letters[i/26%26], letters[i/676%26], 'ي', 'غ'}
		fmt.Fprintf(&b, "Name%[1]d Family%[1]d|Nom%[1]d\t%[2]s %[3]s|%[2]s\n", i, string(arabic), string(letters[i%26])+"ماني")
	}
	return b.String()
}

// BenchmarkWith is what an alias costs when there are 1,000 and 5,000 lines of an
// operator besides.
func BenchmarkWith(b *testing.B) {
	a, base := newDefault(b)
	below := base.With(entriesOf(b, a, operatorList(5000)))
	for _, n := range []int{1, 1000, 5000} {
		added := entriesOf(b, a, operatorList(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				below.With(added)
			}
		})
	}
}

func BenchmarkGroupsWith(b *testing.B) {
	a, base := newDefault(b)
	list := entriesOf(b, a, operatorList(5000))
	l := base.With(list).With(list[:1000])
	terms := a.Terms("When did President Donald Trump meet Vladimir Putin in Alaska last year?")
	for b.Loop() {
		l.Groups(terms)
	}
}
