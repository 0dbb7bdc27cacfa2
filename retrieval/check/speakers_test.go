package check

import (
	"context"
	"errors"
	"testing"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
)

// A wholeCase is a claim about a source and what is wrong with it.
type wholeCase struct {
	source, claim string
	want          Kind
}

var wholeCases = []wholeCase{
	{"The mayor of Odessa, Ivan Petrov, said the bridge would reopen in May. Governor Anna Kos said the cost was too high.",
		"Anna Kos complained that the cost was too high.", Fine},
	{"The mayor of Odessa, Ivan Petrov, said the bridge would reopen in May. Governor Anna Kos said the cost was too high.",
		"Ivan Petrov said that the cost was too high.", Speaker},
	{"Brazil beat Germany in the final on Sunday after extra time.", "Germany beat Brazil in the final on Sunday.", Speaker},
	{"Brazil beat Germany in the final on Sunday after extra time.", "Germany was beaten by Brazil in the final on Sunday.", Fine},
	{"Brazil beat Germany in the final on Sunday after extra time.", "Germany lost the final to Brazil on Sunday.", Fine},
	{"The union did not accept the offer of the railway company.", "The union accepted the offer of the railway company.", Negation},
	{"The union did not accept the offer of the railway company.", "The railway company's offer was not accepted by the union.", Fine},
	{"Oil prices fell sharply in London on Friday.", "Oil prices rose sharply in London on Friday.", Negation},
	{"Oil prices fell sharply in London on Friday.", "هبطت أسعار النفط بشدة في لندن يوم الجمعة.", Fine},
	{"Oil prices fell sharply in London on Friday.", "ارتفعت أسعار النفط بشدة في لندن يوم الجمعة.", Negation},
	{"لم توافق الحكومة على خطة الوزير لخفض الضرائب.", "The government did not approve the minister's plan to cut taxes.", Fine},
	{"لم توافق الحكومة على خطة الوزير لخفض الضرائب.", "The government approved the minister's plan to cut taxes.", Negation},
	{"The ferry reached the island at noon with all its passengers.", "Pirates seized three tankers off the coast of Somalia.", Meaning},
}

// Each of the tests by itself, with the real encoders: the figures are not looked at.
func TestWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs the encoders: not with -short")
	}
	c := encodersChecker(t)
	for _, tt := range wholeCases {
		claim := Claim{Text: tt.claim, Language: text.Detect(tt.claim), Sources: []Source{{N: 1, Text: tt.source, Language: text.Detect(tt.source)}}}
		got := Fault{}
		for _, look := range []func(context.Context, Claim) (Fault, error){c.negations, c.speakers, c.meaning} {
			f, err := look(t.Context(), claim)
			if err != nil {
				t.Fatal(err)
			}
			if got.Kind == Fine {
				got = f
			}
		}
		if got.Kind != tt.want {
			t.Errorf("%q about %q: %q in %q, want %q", tt.claim, tt.source, got.Kind, got.What, tt.want)
		}
	}
}

func encodersChecker(t *testing.T) *Checker {
	t.Helper()
	strong, err := e5.New(e5.Options{})
	if err != nil {
		t.Fatal(err)
	}
	quick, err := use.New(use.Options{})
	if err != nil {
		t.Fatal(err)
	}
	config := figuresChecker(t).config
	config.Encoder, config.Quick = strong, quick
	return New(config)
}

func TestSameName(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"Putin", "بوتين", true},
		{"Trump", "بوتين", false},
		{"Weissman", "Wakeman", false},
		{"أحمد", "محمد", false},
		{"Hopfield", "هوبفيلد", true},
		{"Hinton", "هوبفيلد", false},
	}
	for _, tt := range tests {
		a, b := readingOf(t, tt.a), readingOf(t, tt.b)
		if got := a.words[0].sameName(&b.words[0]); got != tt.want {
			t.Errorf("%q sameName %q = %v", tt.a, tt.b, got)
		}
	}
}

func TestSubjectOf(t *testing.T) {
	tests := []struct{ text, want string }{
		{"On Monday President Joe Biden left for Rome.", "President Joe Biden"},
		{"In Paris the crowd waited.", ""},
		{"Prices rose.", ""},
		{"أعلنت الجزائر فتح مجالها الجوي.", "الجزائر"},
	}
	for _, tt := range tests {
		r := readingOf(t, tt.text)
		got := ""
		if s := r.subjectOf(r.clauses[0]); s.end > 0 {
			got = r.written(s)
		}
		if got != tt.want {
			t.Errorf("subject of %q = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// letters is an encoder of texts by their letters.
type letters struct{ err error }

func (l letters) Passages(_ context.Context, texts []string) ([][]float32, error) {
	var out [][]float32
	for _, s := range texts {
		v := make([]float32, 8)
		for _, r := range s {
			v[r%8]++
		}
		out = append(out, centred(v, nil))
	}
	return out, l.err
}

// The errors are those of the encoders, and what failed is not remembered.
func TestEncoderFails(t *testing.T) {
	broken := errors.New("broken")
	config := figuresChecker(t).config
	config.Encoder = letters{err: broken}
	c := New(config)
	claim := Claim{Text: "The ferry sank.", Language: text.English, Sources: []Source{{N: 1, Text: "The ferry sank.", Language: text.English}}}
	for range 2 {
		if _, err := c.Check(t.Context(), claim); !errors.Is(err, broken) {
			t.Errorf("Check = %v, want the encoder's error", err)
		}
	}
}

// A checker remembers no more than its bounds.
func TestMemoryBounded(t *testing.T) {
	var m memory
	for i := range 2*mostReadings + 1 {
		m.keep([32]byte{byte(i), byte(i >> 8)}, &reading{})
		if len(m.reads) > mostReadings {
			t.Fatalf("%d readings", len(m.reads))
		}
	}
}

// FuzzCheck checks that no claim and no source makes the checker panic.
func FuzzCheck(f *testing.F) {
	for _, c := range wholeCases {
		f.Add(c.claim, c.source, "A title")
	}
	for _, s := range []string{"", "\xff", "not", "who who who", "He said he said.", "، و", "قال إن", "«»", "A B", "By by by was", "وولا ولم", "Al-", "x\u200f'S"} {
		f.Add(s, "Ann Lee said she did not know.", s)
		f.Add("Ann Lee was beaten by Bob Ray.", s, s)
	}
	config := figuresChecker(f).config
	config.Encoder, config.Quick = letters{}, letters{}
	c := New(config)
	f.Fuzz(func(t *testing.T, claim, source, title string) {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			s := []Source{{N: 1, Text: source, Title: title, Language: text.Detect(source)}, {N: 2, Text: title, Language: lang}}
			for _, look := range []func(context.Context, Claim) (Fault, error){c.Check, c.negations, c.speakers, c.meaning} {
				fault, err := look(t.Context(), Claim{Text: claim, Language: lang, Sources: s})
				if err != nil {
					t.Fatal(err)
				}
				if utf8.ValidString(claim) && !utf8.ValidString(fault.What) {
					t.Errorf("%q is at fault in %q", fault.What, claim)
				}
			}
		}
	})
}

// A name that «و» joins to the one before it is no other subject.
func TestJoinedSubject(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs the encoders: not with -short")
	}
	claim := "حضر القمة الرئيس البرازيلي لولا دا سيلفا ورئيس الوزراء الهندي ناريندرا مودي في مركز ساندتون للمؤتمرات."
	source := "Brazilian President Luiz Inacio Lula da Silva and Indian Prime Minister Narendra Modi attended the meeting at the Sandton Convention Centre."
	got, err := encodersChecker(t).speakers(t.Context(), Claim{Text: claim, Language: text.Arabic, Sources: []Source{{N: 1, Text: source, Language: text.English}}})
	if err != nil {
		t.Fatal(err)
	}
	if got != (Fault{}) {
		t.Errorf("%q in %q, want nothing", got.Kind, got.What)
	}
}
