package retrieval

import (
	"context"
	"slices"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

func TestMended(t *testing.T) {
	e := analyser(t)
	e.words = map[text.Language]*fields{}
	e.fields(text.Arabic).stems.add(0, []string{"presidnet"})
	for _, tt := range []struct{ name, asked, want string }{
		{"nothing to do", "What did the president say?", "What did the president say?"},
		{"left out", "What is the developmnt?", "What is the development?"},
		{"put in", "the presiident and the elecktion", "the president and the election"},
		{"a capital letter in front", "Govermment of the north", "Government of the north"},
		{"all in capitals", "WHAT DID THE GOVERMMENT SAY", "WHAT DID THE Government SAY"}, // encoded in small letters anyway
		{"begins with another letter", "the kovernment", "the government"},
		{"begins alike before what is more frequent", "the piver", "the pier"},
		{"an article has it", "the presidnet", "the presidnet"},
		{"a known name", "Who met Zelemsky in the end?", "Who met Zelensky in the end?"},
		{"a name for another word", "Who met Gobernment in the end?", "Who met Gobernment in the end?"},
		{"two errors", "the guvernmemt", "the guvernmemt"},
		{"short", "the wra", "the wra"},
		{"Arabic", "ماذا قالت الحكوممة", "ماذا قالت الحكوممة"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := e.mustAnalyse(t, tt.asked); got.meant != tt.want || got.text != tt.asked {
				t.Errorf("%q is taken for %q, want %q", got.text, got.meant, tt.want)
			}
		})
	}
}

// A mistyped word is found in the other language by what lists know of the word
// that it was meant for, and weighs less than one that was typed well.
func TestMistypedIsTranslatedByLists(t *testing.T) {
	e := analyser(t)
	a := e.mustAnalyse(t, "the presidnet")
	cover := newCoverer(a.groups).cover(wordSet(e.analyzer.Terms("قال الرئيس إن القمة ناجحة")))
	if len(cover) != 1 || cover[0] != slipped {
		t.Errorf("covered: %v, want one group by %v", cover, slipped)
	}
	if g := a.groups[0]; g.known || g.sure != slipped || g.counts(text.Arabic) >= 1 {
		t.Errorf("group %+v", g)
	}
}

// Both encoders see the question as it was meant.
func TestMistypedIsEncodedAsMeant(t *testing.T) {
	b := newBench(t, corpus.Article{Body: "تحدث الرئيس يوم الاثنين عن بناء الجسور."})
	var strong, quick []string
	note := func(in *[]string) func(context.Context, []string) error {
		return func(_ context.Context, texts []string) error {
			*in = append(*in, texts...)
			return nil
		}
	}
	b.fake.Before, b.quick.Before = note(&strong), note(&quick)
	if _, err := b.engine.Search(t.Context(), Question{Text: "What did the presidnet say?"}, 1); err != nil {
		t.Fatal(err)
	}
	const want = "What did the president say?"
	if !slices.Contains(strong, want) || !slices.Contains(quick, want) {
		t.Errorf("encoded: %q and %q, want %q", strong, quick, want)
	}
}

// What a mistyped word is translated to is told beside the words of the collection
// that it may have been meant for.
func TestExplainMistyped(t *testing.T) {
	b := newBench(t, talks()...)
	e := b.explained("the presidnet", "presidnet")
	if w := way(t, e, OriginTypo, "رئيس"); w.Language != text.Arabic || w.Weight != slipped || w.Passages[text.Arabic] != 1 {
		t.Errorf("«رئيس» is told as %+v", w)
	}
	harbour := b.explained("the harborr", "harborr")
	if w := way(t, harbour, OriginTypo, "ميناء"); w.Weight != slipped {
		t.Errorf("«ميناء» is told as %+v", w)
	}
	spoke := b.explained("harbuor", "harbuor")
	var english []string
	for _, w := range spoke.Ways {
		if w.Origin == OriginTypo && slices.Contains(w.Stems, text.Stem("harbour")) {
			english = append(english, w.Text)
		}
	}
	if len(english) != 1 {
		t.Errorf("ways that say harbour: %q, want one", english)
	}
}

// BenchmarkMeant finds what the longest words were meant for.
func BenchmarkMeant(b *testing.B) {
	e := analyser(b)
	t := text.Term{Word: text.Word{Norm: "interntaionals"}, Stem: text.Stem("interntaionals")}
	for b.Loop() {
		if meant, ok := e.meant(t); !ok {
			b.Fatalf("meant = %v", meant)
		}
	}
}
