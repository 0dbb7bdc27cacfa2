package background

import (
	"context"
	"math"
	"testing"

	"newsbot/corpus/text"
	"newsbot/retrieval/background/bank"
	"newsbot/retrieval/encoder/e5"
)

// bankSample has e5 encode the bank.
func bankSample(t *testing.T) *Sample {
	t.Helper()
	if testing.Short() {
		t.Skip("encodes 360 texts")
	}
	enc, err := e5.New(e5.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &Sample{
		Questions: map[text.Language][][]float32{}, Passages: map[text.Language][][]float32{}, Sentences: map[text.Language][][]float32{},
	}
	for _, lang := range languages {
		var passages, sentences []string
		for _, i := range bank.Items() {
			q, err := enc.Question(t.Context(), text.FoldDigits(i.Question[lang]))
			if err != nil {
				t.Fatal(err)
			}
			s.Questions[lang] = append(s.Questions[lang], q)
			passages, sentences = append(passages, text.FoldDigits(i.Passage[lang])), append(sentences, text.FoldDigits(i.Sentence(lang)))
		}
		s.Passages[lang] = encoded(t, enc.Passages, passages)
		s.Sentences[lang] = encoded(t, enc.Passages, sentences)
	}
	return s
}

func encoded(t *testing.T, encode func(context.Context, []string) ([][]float32, error), texts []string) [][]float32 {
	t.Helper()
	v, err := encode(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestReaches prints what e5 does on the bank, and makes sure that it is what is written in
// the program: so e5 measured is e5 as it ships.
func TestReaches(t *testing.T) {
	s := bankSample(t)
	ships, err := LoadVectors("e5-small-q4.1", 384)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []struct {
		name    string
		texts   map[text.Language][][]float32
		ships   func(Direction) Spread
		written map[Direction]reach
	}{
		{"passageReach", s.Passages, ships.PassageSpread, passageReach},
		{"sentenceReach", s.Sentences, ships.SentenceSpread, sentenceReach},
	} {
		for _, q := range languages {
			for _, p := range languages {
				d := Direction{q, p}
				x := newPairs(centre(s.Questions[q], mean(s.Questions[q])), centre(kind.texts[p], mean(s.Passages[p])), nil)
				unit := kind.ships(d).Deviation
				got := reach{unrelated: deviation(x.unrelated) / unit, related: average(x.related) / unit}
				t.Logf("%s {%s, %s}: {unrelated: %.3f, related: %.2f}", kind.name, q, p, got.unrelated, got.related)
				w := kind.written[d]
				if math.Abs(got.unrelated-w.unrelated) > .005 || math.Abs(got.related-w.related) > .05 {
					t.Errorf("%s %v is %+v, written is %+v", kind.name, d, got, w)
				}
			}
		}
	}
}

// TestMeasureE5 makes of e5 what ships of it, and the same of e5 whose vectors have more in
// common: only differences count.
func TestMeasureE5(t *testing.T) {
	s := bankSample(t)
	ships, err := LoadVectors("e5-small-q4.1", 384)
	if err != nil {
		t.Fatal(err)
	}
	shifted := &Sample{
		Questions: map[text.Language][][]float32{}, Passages: map[text.Language][][]float32{}, Sentences: map[text.Language][][]float32{},
	}
	for _, l := range languages {
		shifted.Questions[l], shifted.Passages[l], shifted.Sentences[l] = shift(s.Questions[l]), shift(s.Passages[l]), shift(s.Sentences[l])
	}
	for name, v := range map[string]*Vectors{"as it is": Measure(s), "shifted": Measure(shifted)} {
		for d := range passageReach {
			for kind, pair := range map[string][2]Spread{
				"passages": {v.PassageSpread(d), ships.PassageSpread(d)}, "sentences": {v.SentenceSpread(d), ships.SentenceSpread(d)},
			} {
				if got, want := pair[0].Deviation, pair[1].Deviation; math.Abs(got/want-1) > .02 {
					t.Errorf("%s, %v, %s: deviation %.4f, ships with %.4f", name, d, kind, got, want)
				}
			}
		}
	}
}

// shift adds the same number to unit vectors, which stay of unit length.
func shift(vectors [][]float32) [][]float32 {
	out := make([][]float32, len(vectors))
	for i, v := range vectors {
		out[i] = append([]float32{float32(math.Sqrt(.8))}, v...)
		for j := range v {
			out[i][j+1] *= float32(math.Sqrt(.2))
		}
	}
	return out
}

// A toy sample has two numbers a vector: questions along the first, and texts of which
// the answers come so near.
func toy(near float64, others int) *Sample {
	one := func(x float64) []float32 { return []float32{float32(x), float32(math.Sqrt(1 - x*x))} }
	s := &Sample{
		Questions: map[text.Language][][]float32{}, Passages: map[text.Language][][]float32{}, Sentences: map[text.Language][][]float32{},
		OtherPassages: map[text.Language][][]float32{}, OtherSentences: map[text.Language][][]float32{},
	}
	for _, l := range languages {
		for i := range 20 {
			side := float64(1 - 2*(i%2))
			s.Questions[l], s.Passages[l] = append(s.Questions[l], one(side*.9)), append(s.Passages[l], one(side*near))
		}
		s.Sentences[l] = s.Passages[l]
		for i := range others {
			s.OtherPassages[l] = append(s.OtherPassages[l], one(float64(i%3-1)*.5))
		}
	}
	return s
}

// TestMeasureIsFinite makes something fit for use of every sample, be it empty, of one point,
// or of opposites.
func TestMeasureIsFinite(t *testing.T) {
	for name, s := range map[string]*Sample{
		"empty": {}, "toy": toy(.9, 0), "alike": toy(0, 1), "opposite": toy(-.9, 40), "with others": toy(.5, 40),
	} {
		v := Measure(s)
		if err := v.check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for d := range passageReach {
			if z := v.PassageSpread(d).Z(1); math.IsNaN(z) || z < 0 {
				t.Errorf("%s: the nearest of all lies %v deviations above the mean", name, z)
			}
		}
	}
}
