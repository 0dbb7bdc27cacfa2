package retrieval

import (
	"math"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
	"newsbot/retrieval/encoder/e5"
)

// pageOf makes a page of an article whose sentences have been looked at.
func pageOf(body string) *page {
	a := corpus.Article{ID: "a", Body: body, Language: text.Detect(body)}
	p := &page{article: a, sentences: text.Sentences(body)}
	p.hashes = make([]corpus.Hash, len(p.sentences))
	analyzer := text.NewAnalyzer()
	for i := range p.sentences {
		p.terms = append(p.terms, analyzer.Terms(p.text(i)))
	}
	return p
}

// A pair is two sentences, of which the second says the same as the first or not.
type pair struct{ first, second string }

var alikePairs = []pair{
	{"The ferry line between Valen and Sandholm opened on Saturday.", "The ferry line between Valen and Sandholm was opened on Saturday."},
	{"Twelve people were killed in the hotel fire in Port Valen.", "The hotel fire in Port Valen killed 12 people."},
	{"The council of Orla approved the new budget on Monday after a long debate.", "The Orla council approved its new budget on Monday."},
	{"The central bank raised its main interest rate by half a point.", "The central bank raised the main rate by half a point."},
	{"افتتح خط العبارة بين فالين وساندهولم يوم السبت.", "افتتح يوم السبت خط العبارة بين فالين وساندهولم."},
	{"قتل اثنا عشر شخصا في حريق الفندق في ميناء فالين.", "أسفر حريق الفندق في ميناء فالين عن مقتل 12 شخصا."},
	{"أقر مجلس أورلا الموازنة الجديدة الاثنين بعد نقاش طويل.", "أقر مجلس أورلا الاثنين موازنته الجديدة."},
	{"رفع البنك المركزي سعر الفائدة الرئيسي نصف نقطة.", "رفع البنك المركزي الفائدة الرئيسية نصف نقطة."},
	{"The airport reopened on Sunday after the storm.", "أعيد فتح المطار الأحد بعد العاصفة."},
	{"Twelve people were killed in a hotel fire on Sunday night.", "قتل 12 شخصا في حريق فندق ليل الأحد."},
	{"The central bank raised interest rates by half a percentage point.", "رفع البنك المركزي أسعار الفائدة نصف نقطة مئوية."},
	{"أعلنت وزارة الصحة أن اللقاح الجديد آمن للأطفال.", "The health ministry announced that the new vaccine is safe for children."},
	{"أغلقت المدارس أبوابها بسبب الفيضانات في الجنوب.", "Schools closed because of the floods in the south."},
}

var otherPairs = []pair{
	{"Twelve people were killed in the hotel fire in Port Valen.", "Fourteen people were killed in the hotel fire in Port Valen."},
	{"The hotel fire in Port Valen killed 12 people.", "The hotel fire in Sandholm killed 12 people."},
	{"The council approved the budget on Monday.", "The council did not approve the budget on Monday."},
	{"The council approved the budget on Monday.", "The council approved the budget on Friday."},
	{"The fire broke out in the kitchen of the hotel.", "The hotel had no fire alarm in its kitchen."},
	{"The central bank raised its main interest rate by half a point.", "The central bank expects inflation to fall next year."},
	{"قتل 12 شخصا في حريق الفندق.", "قتل 14 شخصا في حريق الفندق."},
	{"أقر المجلس الموازنة الاثنين.", "لم يقر المجلس الموازنة الاثنين."},
	{"أقر المجلس الموازنة الاثنين.", "أقر المجلس الموازنة الجمعة."},
	{"اندلع الحريق في مطبخ الفندق.", "لم يكن في مطبخ الفندق جهاز إنذار."},
	{"رفع البنك المركزي سعر الفائدة الرئيسي نصف نقطة.", "يتوقع البنك المركزي تراجع التضخم العام المقبل."},
	{"Twelve people were killed in a hotel fire on Sunday night.", "قتل 14 شخصا في حريق فندق ليل الأحد."},
	{"The council approved the new budget.", "لم يقر المجلس الموازنة الجديدة."},
	{"The central bank raised interest rates.", "يتوقع البنك المركزي تراجع التضخم."},
	{"Schools closed because of the floods in the south.", "بدأت عمليات الإنقاذ بعد فيضانات الجنوب."},
}

// With vectors of the encoder that is built in.
func TestAlikeByVectors(t *testing.T) {
	if testing.Short() {
		t.Skip("encoding takes seconds: not with -short")
	}
	enc, err := e5.New(e5.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSpace(t.Context(), nil, enc, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	q := &query{strong: view{space: s, known: s.known}}
	encode := func(sentence string) thought {
		p := pageOf(sentence)
		v, err := enc.Passages(t.Context(), []string{sentence})
		if err != nil {
			t.Fatal(err)
		}
		th := q.thoughtOf(p, 0)
		th.vector = centred(v[0], s.known.Passages[p.article.Language])
		return th
	}
	check := func(pairs []pair, want bool) {
		for _, p := range pairs {
			first, second := encode(p.first), encode(p.second)
			if got := q.repeats([]thought{first}, second); got != want {
				z, _ := q.nearness(first, second)
				t.Errorf("%q repeats %q: %v, want %v; %.1f deviations, words %.2f, numbers %v %v", p.second, p.first, got, want, z,
					shared(second.words, first.words), first.numbers, second.numbers)
			}
		}
	}
	check(alikePairs, true)
	check(otherPairs, false)
}

// With cosines made up: an encoder that nobody has measured is taken to have
// deviations of a tenth.
func TestSame(t *testing.T) {
	tests := []struct {
		name          string
		first, second string
		cosine        float64 // 0 for no vectors
		want          bool
	}{
		{"the same words", "The bridge to Orla is closed.", "Closed is the bridge to Orla.", 0, true},
		{"fewer words", "The bridge to Orla is closed for repairs.", "The bridge to Orla is closed.", 0, true},
		{"more words", "The bridge is closed.", "The old bridge is closed for lengthy repairs.", 0, false},
		{"more words, near", "The wide bridge is closed for repairs.", "The old bridge is closed for lengthy repairs.", .95, true},
		{"more words, less near", "The wide bridge is closed for repairs.", "The old bridge is closed for lengthy repairs.", .85, false},
		{"near, in other words", "The bridge is shut.", "Traffic cannot cross the river.", .95, false},
		{"another number", "The bridge to Orla is closed for 3 days.", "The bridge to Orla is closed for 4 days.", .99, false},
		{"a number more", "The bridge to Orla is closed.", "The bridge to Orla is closed for 4 days.", .99, false},
		{"a number in words", "The bridge to Orla is closed for 3 days.", "The bridge to Orla is closed for three days.", .99, true},
		{"another name", "The bridge to Orla is closed.", "The bridge to Valen is closed.", .99, false},
		{"another day", "The bridge closes on Monday.", "The bridge closes on Sunday.", .99, false},
		{"denied", "The bridge to Orla is closed.", "The bridge to Orla is not closed.", .99, false},
		{"denied by n't", "The bridge to Orla is closed.", "The bridge to Orla isn’t closed.", .99, false},
		{"arabic, the same words", "الجسر إلى أورلا مغلق للصيانة.", "للصيانة الجسر مغلق إلى أورلا.", 0, true},
		{"arabic, denied", "أغلق الجسر إلى أورلا الاثنين.", "ولم يغلق الجسر إلى أورلا الاثنين.", .99, false},
		{"arabic, another number", "أغلق الجسر إلى أورلا 3 أيام.", "أغلق الجسر إلى أورلا أربعة أيام.", .99, false},
		{"arabic, another day", "أغلق الجسر إلى أورلا الاثنين.", "أغلق الجسر إلى أورلا الأحد.", .99, false},
		{"across", "The bridge is closed for 3 days.", "الجسر مغلق ثلاثة أيام.", .82, true},
		{"across, less near", "The bridge is closed for 3 days.", "الجسر مغلق ثلاثة أيام.", .75, false},
		{"across, another number", "The bridge is closed for 3 days.", "الجسر مغلق أربعة أيام.", .95, false},
		{"across, a number less", "The bridge is closed for 3 days.", "الجسر مغلق.", .95, false},
		{"across, denied", "The bridge is closed.", "الجسر ليس مغلقا.", .95, false},
		{"across, no vectors", "The bridge is closed.", "الجسر مغلق.", 0, false},
		{"too few words to tell", "Nobody knows.", "Nobody knows.", 0, false},
	}
	q := &query{strong: view{known: &background.Vectors{}}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			first, second := q.thoughtOf(pageOf(tt.first), 0), q.thoughtOf(pageOf(tt.second), 0)
			if tt.cosine > 0 {
				first.vector = []float32{1, 0}
				second.vector = []float32{float32(tt.cosine), float32(math.Sqrt(1 - tt.cosine*tt.cosine))}
			}
			if got := q.repeats([]thought{first}, second); got != tt.want {
				t.Errorf("%q repeats %q: %v, want %v", tt.second, tt.first, got, tt.want)
			}
		})
	}
}

// What a sentence says can stand in two that were joined.
func TestRepeatsWhatIsJoined(t *testing.T) {
	q := &query{}
	p := pageOf("Ann Lee opened the harbour. She thanked the builders.")
	s := &sentence{page: p, index: 1, from: 0}
	said := q.thoughtsOf(s, &Citation{Quote: Quote{Start: 0}})
	if len(said) != 2 {
		t.Fatalf("a quote of two sentences says %d thoughts", len(said))
	}
	for sentence, want := range map[string]bool{
		"Ann Lee, who opened the harbour, thanked the builders.": true,
		"Ann Lee thanked the fishermen of the harbour.":          false,
	} {
		if got := q.repeats(said, q.thoughtOf(pageOf(sentence), 0)); got != want {
			t.Errorf("%q repeats them: %v, want %v", sentence, got, want)
		}
	}
	if apart := q.thoughtsOf(s, &Citation{Quote: Quote{Start: p.sentences[1].Start}}); len(apart) != 1 {
		t.Errorf("a quote with the other sentence as its context says %d thoughts, want its own", len(apart))
	}
}
