package answertype

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// table reads a file of testdata with so many columns: tabs between them, comments
// behind a # at the beginning of a line.
func table(t *testing.T, name string, columns int) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var rows [][]string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		row := strings.Split(lines.Text(), "\t")
		if len(row) != columns {
			t.Fatalf("%s: %d columns, want %d: %q", name, len(row), columns, lines.Text())
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestOf(t *testing.T) {
	analyzer := text.NewAnalyzer()
	for _, lang := range []string{"en", "ar"} {
		kinds := map[Kind]int{}
		for _, row := range table(t, "questions."+lang+".tsv", 4) {
			question, want := row[0], Wanted{Kind: Kind(row[1]), Evidence: Evidence(row[2]), Sort: Sort(row[3])}
			kinds[want.Kind]++
			got := Of(question, analyzer.Terms(question))
			if got.Kind != want.Kind || got.Evidence != want.Evidence || got.Sort != want.Sort {
				t.Errorf("Of(%q) = %q %q %q, want %q %q %q", question, got.Kind, got.Evidence, got.Sort, want.Kind, want.Evidence, want.Sort)
			}
		}
		for _, kind := range []Kind{Who, When, Where, HowMany, HowMuch, HowLong, Why, How, Which, YesNo} {
			if kinds[kind] < 25 {
				t.Errorf("%s: only %d questions that ask %q", lang, kinds[kind], kind)
			}
		}
	}
}

// met is from where on a sentence is said to have what is wanted.
const met = 0.5

func TestMet(t *testing.T) {
	analyzer := text.NewAnalyzer()
	for _, lang := range []string{"en", "ar"} {
		sentences := map[Kind]int{}
		for _, row := range table(t, "sentences."+lang+".tsv", 3) {
			question, sentence, want := row[0], row[1], row[2] == "yes"
			w := Of(question, analyzer.Terms(question))
			sentences[w.Kind]++
			if got := w.Met(sentence, analyzer.Terms(sentence)); got >= met != want {
				t.Errorf("%q: %q (%v) meets %q %q by %.2f, want met %v", question, sentence, w.Counted, w.Evidence, w.Sort, got, want)
			}
		}
		for _, kind := range []Kind{Who, When, Where, HowMany, HowMuch, HowLong, Why, How, Which, YesNo} {
			if sentences[kind] < 12 {
				t.Errorf("%s: only %d sentences for %q", lang, sentences[kind], kind)
			}
		}
	}
}

// TestQuestionsOwnIsNoAnswer asks about a year, a number, a name and a place that the
// question itself has.
func TestQuestionsOwnIsNoAnswer(t *testing.T) {
	tests := []struct{ question, sentence string }{
		{"When did the 1998 strike end?", "The 1998 strike ended."},
		{"متى انتهى إضراب 1998؟", "انتهى إضراب ١٩٩٨."},
		{"How many of the 250 seats are free?", "The hall has 250 seats."},
		{"How many of the three parties agreed?", "The 3 parties met."},
		{"كم حزبا وافق من الأحزاب الثلاثة؟", "اجتمعت الأحزاب الثلاثة."},
		{"Who beat Marta Olsen?", "Then Marta Olsen lost."},
		{"من هزم خالد العطار؟", "خسر اللاعب خالد العطار."},
		{"Where in Norway was the ship built?", "The ship was built in Norway."},
		{"أين في النرويج بنيت السفينة؟", "بنيت السفينة في النرويج."},
	}
	analyzer := text.NewAnalyzer()
	for _, tt := range tests {
		w := Of(tt.question, analyzer.Terms(tt.question))
		if got := w.Met(tt.sentence, analyzer.Terms(tt.sentence)); got >= met {
			t.Errorf("%q has what %q wants by %.2f", tt.sentence, tt.question, got)
		}
	}
}

// TestBetterEvidence compares what answers with what only might.
func TestBetterEvidence(t *testing.T) {
	tests := []struct{ question, better, worse string }{
		{"How many ships sank?", "The storm sank 14 ships.", "The storm killed 14 sailors."},
		{"كم سفينة غرقت؟", "أغرقت العاصفة 14 سفينة.", "قتلت العاصفة 14 بحارا."},
		{"كم سفينة غرقت؟", "غرقت ثلاث سفن.", "غرق ثلاثة بحارة."},
		{"How many people live there?", "Some 900 people live there.", "Prices rose by 900 dollars."},
		{"What year did it open?", "It opened in 1964.", "It opened in May."},
		{"On what date did it open?", "It opened on 3 May.", "It opened in 1964."},
		{"At what time did it open?", "It opened at 8:30.", "It opened in 1964."},
		{"في أي عام افتتح؟", "افتتح عام 1964.", "افتتح في مايو."},
		{"How much did it cost?", "It cost 40 euros.", "It weighs 40 tonnes."},
		{"كم كلّف؟", "كلّف 40 يورو.", "يزن 40 طنا."},
		{"Who paid for it?", "Ann Lee paid for it.", "The Rotary Club paid for it."},
		{"Which company paid for it?", "The Rotary Club paid for it.", "They paid for it in Oslo."},
		{"Why did he go?", "He went because of the noise.", "He went after the noise."},
		{"How long did it take?", "It took three years.", "It took years."},
		{"Who resigned?", "Johnson resigned.", "On Monday Parliament met."},
		{"How many people died?", "More than a dozen people died.", "COVID-19 struck in 2020."},
		{"How many people died?", "More than a dozen people died.", "A Boeing 737 of the airline crashed."},
		{"Who invented the gun?", "Maxim invented it.", "Substance gun is a word."},
		{"How many people died?", "It killed 40.", "In 2020 it struck; people died."},
	}
	analyzer := text.NewAnalyzer()
	for _, tt := range tests {
		w := Of(tt.question, analyzer.Terms(tt.question))
		better, worse := w.Met(tt.better, analyzer.Terms(tt.better)), w.Met(tt.worse, analyzer.Terms(tt.worse))
		if better <= worse {
			t.Errorf("%q: %q has %.2f, %q has %.2f", tt.question, tt.better, better, tt.worse, worse)
		}
	}
}

func TestCounted(t *testing.T) {
	tests := []struct {
		question string
		stem     string
	}{
		{"How many ships sank?", "ship"},
		{"How many of the hostages are free?", "hostag"},
		{"What is the number of schools in the valley?", "school"},
		{"What is the population of the island?", "inhabit"},
		{"كم سفينة غرقت؟", "سفين"},
		{"كم وزيرا استقال؟", "زير"},
		{"كم من الرهائن عادوا؟", "رهائن"},
		{"كم قتل من المدنيين؟", "مدن"},
		{"ما عدد المدارس في الوادي؟", "مدارس"},
		{"كم عدد سكان الجزيرة؟", "نسم"},
	}
	analyzer := text.NewAnalyzer()
	for _, tt := range tests {
		if got := Of(tt.question, analyzer.Terms(tt.question)); !slices.Contains(got.Counted, tt.stem) {
			t.Errorf("Of(%q) counts %v, want %q among them", tt.question, got.Counted, tt.stem)
		}
	}
}

func TestNothing(t *testing.T) {
	analyzer := text.NewAnalyzer()
	sentence := "Ann Lee paid 40 euros in Oslo on 3 May 1964."
	for _, question := range []string{"", "?", "؟", "..."} {
		w := Of(question, analyzer.Terms(question))
		if w.Kind != Other || w.Evidence != None {
			t.Errorf("Of(%q) = %+v", question, w)
		}
		if got := w.Met(sentence, analyzer.Terms(sentence)); got != 0 {
			t.Errorf("%q is met by %.2f", question, got)
		}
	}
	if got := (Wanted{}).Met(sentence, analyzer.Terms(sentence)); got != 0 {
		t.Errorf("the zero value is met by %.2f", got)
	}
	asked := "How many ships sank?"
	w := Of(asked, analyzer.Terms(asked))
	if got := w.Met("", nil); got != 0 {
		t.Errorf("an empty sentence has %.2f", got)
	}
}

func FuzzMet(f *testing.F) {
	f.Add("How many of the 12 ships sank?", "Twelve ships sank at 10:30, two of them on May 3.")
	f.Add("كم وزيرا استقال؟", "استقال وزيران في ٣ مايو \u200f2020 (52 عاما).")
	f.Add("what's", "$5 % ٪ °")
	f.Add("من هو", "ال و بن عبدال")
	f.Add("How old is it", "(34)")
	analyzer := text.NewAnalyzer()
	f.Fuzz(func(t *testing.T, question, sentence string) {
		w := Of(question, analyzer.Terms(question))
		for _, evidence := range []Evidence{w.Evidence, Name, Time, Place, Count, Amount, Duration, Reason, Manner} {
			w.Evidence = evidence
			if got := w.Met(sentence, analyzer.Terms(sentence)); !(got >= 0 && got <= 1) {
				t.Errorf("%q: %q has %v", question, sentence, got)
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	analyzer := text.NewAnalyzer()
	for _, question := range []string{"How many of the hostages held in the north were freed after the talks?", "كم عدد الرهائن المحتجزين في الشمال الذين أُفرج عنهم بعد المحادثات؟"} {
		terms := analyzer.Terms(question)
		b.Run(string(text.Detect(question)), func(b *testing.B) {
			for b.Loop() {
				Of(question, terms)
			}
		})
	}
}

func BenchmarkMet(b *testing.B) {
	analyzer := text.NewAnalyzer()
	sentences := map[string]string{
		"en": "The minister said that the talks with the farmers of the northern valley would go on through the winter, since neither side had so far been willing to give up what it had asked for.",
		"ar": "وقالت الوزارة إن المحادثات مع مزارعي الوادي ستتواصل طوال الشتاء لأن أيا من الطرفين لم يكن حتى الآن مستعدا للتخلي عما طالب به منذ بداية الخلاف حول المياه والأراضي.",
	}
	for _, question := range []string{"Who resigned?", "When did he resign?", "Where did he resign?", "How many resigned?", "How much did it cost?", "How long did it last?", "Why did he resign?", "How did he resign?"} {
		w := Of(question, analyzer.Terms(question))
		for lang, sentence := range sentences {
			terms := analyzer.Terms(sentence)
			b.Run(string(w.Kind)+"/"+lang, func(b *testing.B) {
				for b.Loop() {
					w.Met(sentence, terms)
				}
			})
		}
	}
}

// TestSpellings writes every question in other ways that readers use, and wants it
// read the same.
func TestSpellings(t *testing.T) {
	spellings := map[string]func(string) string{
		"no question mark":       func(s string) string { return strings.TrimRight(s, "?؟") },
		"right-to-left mark":     func(s string) string { return "\u200F" + s + "\u200F" },
		"left-to-right mark":     func(s string) string { return strings.ReplaceAll(s, " ", " \u200E") },
		"spaces":                 func(s string) string { return "  " + strings.ReplaceAll(s, " ", "  ") + " " },
		"typographic apostrophe": func(s string) string { return strings.ReplaceAll(s, "'", "’") },
		"capitals":               strings.ToUpper,
		"small letters":          strings.ToLower,
		"no hamza":               func(s string) string { return strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا").Replace(s) },
		"vowels":                 func(s string) string { return strings.NewReplacer("م", "مَ", "ك", "كُ", "ر", "رْ").Replace(s) },
		"tatweel":                func(s string) string { return strings.ReplaceAll(s, "ي", "يـ") },
		"final ya":               func(s string) string { return strings.ReplaceAll(s, "ى ", "ي ") },
	}
	analyzer := text.NewAnalyzer()
	for _, lang := range []string{"en", "ar"} {
		for _, row := range table(t, "questions."+lang+".tsv", 4) {
			want := Of(row[0], analyzer.Terms(row[0]))
			if want.Kind == Who && want.Evidence == None {
				continue // told by the name's capitals
			}
			for name, respelled := range spellings {
				question := respelled(row[0])
				got := Of(question, analyzer.Terms(question))
				if got.Kind != want.Kind || got.Evidence != want.Evidence || got.Sort != want.Sort {
					t.Errorf("%s: Of(%q) = %q %q %q, want %q %q %q", name, question, got.Kind, got.Evidence, got.Sort, want.Kind, want.Evidence, want.Sort)
				}
			}
		}
	}
}

// TestAdd tells in which other words the question's are said: they are counted, and no
// answer to "who".
func TestAdd(t *testing.T) {
	a := text.NewAnalyzer()
	tests := []struct{ question, word, other, sentence string }{
		{"How many bridges were built?", "bridges", "جسور", "بنيت 12 من هذه الجسور، وكلفت 400 مليون."},
		{"كم عدد الجسور التي بنيت؟", "الجسور", "bridges", "It took years until 12 of the old bridges stood, for 400 million."},
	}
	for _, tt := range tests {
		terms := a.Terms(tt.sentence)
		w := Of(tt.question, a.Terms(tt.question))
		before := w.Met(tt.sentence, terms)
		w.Add(a.Terms(tt.word)[0].Stem, []string{a.Terms(tt.other)[0].Stem})
		if after := w.Met(tt.sentence, terms); after <= before {
			t.Errorf("%q has what %q wants by %.2f, with %q by %.2f", tt.sentence, tt.question, before, tt.other, after)
		}
	}
	who := Of("من التقى مارا كويل؟", a.Terms("من التقى مارا كويل؟"))
	said := "It was Quill again."
	before := who.Met(said, a.Terms(said))
	who.Add("كويل", []string{"quill"})
	if after := who.Met(said, a.Terms(said)); before == 0 || after >= before {
		t.Errorf("%q has the name asked for by %.2f, by %.2f when it is known", said, before, after)
	}
}
