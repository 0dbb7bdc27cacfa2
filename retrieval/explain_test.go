package retrieval

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// explained explains a question, and finds one of its words.
func (b *bench) explained(question, word string) Explained {
	b.t.Helper()
	all, err := b.engine.Explain(b.t.Context(), question)
	if err != nil {
		b.t.Fatalf("Explain(%q) = %v", question, err)
	}
	i := slices.IndexFunc(all, func(e Explained) bool { return e.Text == word })
	if i < 0 {
		b.t.Fatalf("Explain(%q) = %+v, without %q", question, all, word)
	}
	return all[i]
}

// way finds a way of saying a word.
func way(t *testing.T, e Explained, origin Origin, text string) Way {
	t.Helper()
	i := slices.IndexFunc(e.Ways, func(w Way) bool { return w.Origin == origin && w.Text == text })
	if i < 0 {
		t.Fatalf("the ways of %q are %+v, want %q by %s", e.Text, e.Ways, text, origin)
	}
	return e.Ways[i]
}

// talks are articles in both languages about the same people.
func talks() []corpus.Article {
	return []corpus.Article{
		{Title: "محادثات", Body: "وصل زيلينسكي إلى باريس يوم الأحد. واستقبلته فرنسا بحفاوة كبيرة."},
		{Title: "لقاء", Body: "تحدث الرئيس مع زيلينسكي يوم الاثنين بفرنسا عن بناء الجسور."},
		{Title: "Talks", Body: "Zelenskyy spoke on Monday about the harbour and the old bridge."},
	}
}

func TestExplainRoles(t *testing.T) {
	b := newBench(t, talks()...)
	all, err := b.engine.Explain(t.Context(), "How long is the bridge, the old bridge, in Paris in 2018? الجسر")
	if err != nil {
		t.Fatal(err)
	}
	type brief struct {
		Text, Normalized, Stems string
		Language                text.Language
		Role                    Role
		Known, Proper           bool
	}
	var got []brief
	for _, e := range all {
		got = append(got, brief{e.Text, e.Normalized, e.Stems, e.Language, e.Role, e.Known, e.Proper})
	}
	want := []brief{
		{"How", "how", "how", text.English, RoleStop, false, false},
		{"long", "long", "long", text.English, RoleAsks, false, false},
		{"is", "is", "is", text.English, RoleStop, false, false},
		{"the", "the", "the", text.English, RoleStop, false, false},
		{"bridge", "bridge", "bridg", text.English, RoleSearched, true, false},
		{"old", "old", "old", text.English, RoleSearched, true, false},
		{"in", "in", "in", text.English, RoleStop, false, false},
		{"Paris", "paris", "pari", text.English, RoleSearched, true, true},
		{"2018", "2018", "2018", text.Other, RoleSearched, false, true},
		{"الجسر", "الجسر", "جسر", text.Arabic, RoleSearched, true, false},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Explain (-want +got):\n%s", d)
	}
}

// A name that the lists know: what they say of it, whose they are, and where each
// spelling stands.
func TestExplainListed(t *testing.T) {
	b := newBench(t, talks()...)
	_, with := withAlias(t, "Zelensky|Zelya\tزيلو")
	b.engine.SetLexicon(with)
	e := b.explained("Zelensky", "Zelensky")
	if !e.Known || !e.Proper || e.Omitted != 0 {
		t.Errorf("known %t, a name %t, %d omitted", e.Known, e.Proper, e.Omitted)
	}
	tests := []struct {
		origin   Origin
		text     string
		language text.Language
		passages map[text.Language]int
	}{
		{OriginText, "Zelensky", text.English, map[text.Language]int{}},
		{OriginAdded, "Zelya", text.English, map[text.Language]int{}},
		{OriginAdded, "زيلو", text.Arabic, map[text.Language]int{}},
		{OriginBuiltIn, "زيلينسكي", text.Arabic, map[text.Language]int{text.Arabic: 2}},
		{OriginBuiltIn, "Zelenskyy", text.English, map[text.Language]int{text.English: 1}},
	}
	for _, tt := range tests {
		w := way(t, e, tt.origin, tt.text)
		if w.Language != tt.language || w.Weight != 1 || cmp.Diff(tt.passages, w.Passages) != "" {
			t.Errorf("%s %q: %+v, want weight 1 and %v", tt.origin, tt.text, w, tt.passages)
		}
	}
	if first := e.Ways[0]; first.Origin != OriginText {
		t.Errorf("the first way is %+v, want the question's own", first)
	}
	if e.Found[0].Passages != 2 || e.Found[0].Of != 2 || e.Found[1].Passages != 1 || e.Found[1].Of != 1 {
		t.Errorf("found %+v, want 2 of 2 in Arabic and 1 of 1 in English", e.Found)
	}
}

// Forms of a variant are one way, that of the question too; prepositions are looked
// through; kin counts nothing.
func TestExplainForms(t *testing.T) {
	b := newBench(t, talks()...)
	bridges := b.explained("جسور", "جسور")
	if n := bridges.Ways[0].Passages[text.Arabic]; n != 1 {
		t.Errorf("«الجسور» is found in %d passages, want 1", n)
	}
	france := b.explained("France", "France")
	if w := way(t, france, OriginBuiltIn, "فرنسا"); w.Passages[text.Arabic] != 2 {
		t.Errorf("«فرنسا»: %+v, want it in two passages, of which one has «بفرنسا»", w)
	}
	if w := way(t, france, OriginKin, "French"); w.Weight != 0 {
		t.Errorf("a word for the same country weighs %v", w.Weight)
	}
	said := b.explained("بالتيمور", "بالتيمور")
	if slices.ContainsFunc(said.Ways[1:], func(w Way) bool { return w.Text == said.Text }) || len(said.Ways[0].Stems) < 2 {
		t.Errorf("the ways are %+v, want the question's word once, by two stems", said.Ways)
	}
}

// A name that no list knows is told by its sound, as an article spells it.
func TestExplainSound(t *testing.T) {
	b := newBench(t, corpus.Article{Body: "افتتح زغربوط الطاحونة القديمة يوم الأحد."})
	e := b.explained("who is Zagarbut", "Zagarbut")
	w := way(t, e, OriginSound, "زغربوط")
	if e.Known || !e.Proper || w.Similarity < .7 || w.Weight != w.Similarity || w.Passages[text.Arabic] != 1 || e.Sure != w.Weight {
		t.Errorf("%+v, by %+v", e, w)
	}
}

// understanding makes the vocabulary of a bench translate by trigrams.
func (b *bench) understanding() {
	b.t.Helper()
	words, _ := newFakeBench(b.t)
	if err := b.store.WordsAfter(b.t.Context(), words.words.encoder, 0, words.words.add); err != nil {
		b.t.Fatal(err)
	}
	b.engine.vocabulary = words.words
}

// nonsense is an article in Arabic with thirty words that are much alike.
func nonsense() corpus.Article {
	list := []string{"ZORBLAXQS", "Zorblaxq"}
	for i := 1; i < 30; i++ {
		list = append(list, "zorblax"+strings.Repeat("y", i)+"q")
	}
	body := "تحدث الرئيس عن " + strings.Join(list, " ") + " يوم الاثنين في المدينة الكبيرة، وعن أمور أخرى كثيرة."
	return corpus.Article{Title: "كلام", Body: body, Language: text.Arabic}
}

// Translations are told with what they weigh, the best ten of them.
func TestExplainMeaning(t *testing.T) {
	b := newBench(t, append(talks(), nonsense())...)
	b.understanding()
	e := b.explained("zorblaxq", "zorblaxq")
	var meanings []Way
	for _, w := range e.Ways {
		if w.Origin == OriginMeaning && w.Language == text.Arabic {
			meanings = append(meanings, w)
		}
	}
	if len(meanings) != mostTranslationsTold || e.Omitted == 0 {
		t.Fatalf("%d translations are told and %d omitted, want 10 and some: %+v", len(meanings), e.Omitted, e)
	}
	best := meanings[0]
	if best.Text != "Zorblaxq" || best.Stems[0] != "zorblaxq" || best.CSLS <= 0 || best.Weight == 0 || best.Passages[text.Arabic] != 1 {
		t.Errorf("the best translation is %+v", best)
	}
	if !slices.IsSortedFunc(meanings, func(a, b Way) int { return int(math.Copysign(1, b.CSLS-a.CSLS)) }) {
		t.Errorf("the translations are not in order: %+v", meanings)
	}
	if e.Sure == 0 {
		t.Error("they are not trusted")
	}
}

// What is told of the weight of words is what ranking uses.
func TestExplainAgreesWithRanking(t *testing.T) {
	b := newBench(t, append(append(talks(), strangers()...), nonsense())...)
	b.understanding()
	for _, question := range []string{"What is zorblaxq?", "What did Zelensky say about the bridge?", "ماذا قال زيلينسكي في فرنسا؟", "Zagarbut, Sunday 2018"} {
		q, _, err := b.engine.search(t.Context(), Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		all, err := b.engine.Explain(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		for i, g := range q.groups {
			terms := b.engine.analyzer.Terms(q.text)
			word := q.text[terms[g.first].Start:terms[g.last].End]
			for _, f := range b.explained(question, word).Found {
				if want := q.idf(f.Language, i); f.IDF != want {
					t.Errorf("%q in %s: idf %v, want %v", word, f.Language, f.IDF, want)
				}
			}
		}
		searched := slices.DeleteFunc(all, func(e Explained) bool { return e.Role != RoleSearched })
		if len(searched) != len(q.groups) {
			t.Errorf("%q: %d words are explained, %d searched for", question, len(searched), len(q.groups))
		}
	}
}

// A word that very many lines have is told of by the first variants, those that the
// collection has before all others.
func TestExplainIsBounded(t *testing.T) {
	b := newBench(t, strangers()...)
	a := text.NewAnalyzer()
	var list strings.Builder
	for i := range 300 {
		fmt.Fprintf(&list, "frobnicator|frobnic%dator\t-\n", i)
	}
	list.WriteString("frobnicator\tسندباد\n")
	added, err := lexicon.Parse(a, "added.tsv", []byte(list.String()))
	if err != nil {
		t.Fatal(err)
	}
	base, err := lexicon.Default(a)
	if err != nil {
		t.Fatal(err)
	}
	b.engine.SetLexicon(base.With(added))
	e := b.explained("frobnicator", "frobnicator")
	if len(e.Ways) != 1+mostListed || e.Omitted != 301-mostListed {
		t.Errorf("%d ways and %d omitted", len(e.Ways), e.Omitted)
	}
	if w := e.Ways[1]; w.Text != "سندباد" || w.Passages[text.Arabic] != 1 {
		t.Errorf("the first variant is %+v, want that of the collection", w)
	}
}

func TestExplainRefuses(t *testing.T) {
	b := newBench(t)
	tests := []struct {
		name, question string
		want           error
	}{
		{"empty", "", ErrEmptyQuestion},
		{"signs", "؟!", ErrEmptyQuestion},
		{"10,000 words", strings.Repeat("word ", 10_000), ErrTooLong},
	}
	for _, tt := range tests {
		if _, err := b.engine.Explain(t.Context(), tt.question); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// Without articles the lexicon is told, and hostile text does no harm.
func TestExplainWithoutArticles(t *testing.T) {
	b := newBench(t)
	e := b.explained("Zelensky", "Zelensky")
	if !e.Known || len(e.Ways) < 3 || e.Found[0].Of != 0 || e.Found[0].Passages != 0 {
		t.Errorf("%+v", e)
	}
	for _, question := range []string{"\xff\xfe a\x00b \x1b[31m", "the of", strings.Repeat("ب", 900), "ـــ ،، 1", "\u202eabc\u2066 ا"} {
		if _, err := b.engine.Explain(t.Context(), question); err != nil {
			t.Errorf("Explain(%q) = %v", question, err)
		}
	}
}
