package background

import (
	"math"
	"testing"

	"newsbot/corpus/text"
)

func TestWordsShare(t *testing.T) {
	w, err := LoadWords()
	if err != nil {
		t.Fatal(err)
	}
	a := text.NewAnalyzer()
	stem := func(word string) string { return a.Terms(word)[0].Stem }
	for _, pair := range [][2]string{{"said", "chemotherapy"}, {"رئيس", "مضيق"}, {"chemotherapy", "zorblaxian"}} {
		frequent, rare := w.Share(stem(pair[0])), w.Share(stem(pair[1]))
		if frequent <= rare {
			t.Errorf("Share(%s) = %v, Share(%s) = %v: want more and less", pair[0], frequent, pair[1], rare)
		}
		for _, s := range []float64{frequent, rare} {
			if s <= 0 || s >= 1 {
				t.Errorf("share %v is not between 0 and 1", s)
			}
		}
	}
}

func TestVectorsRoundTrip(t *testing.T) {
	v, err := LoadVectors("e5-small-q4.1", 384)
	if err != nil || v == nil {
		t.Fatalf("LoadVectors = %v, %v", v, err)
	}
	again, err := decode(Encode(v), 384)
	if err != nil {
		t.Fatal(err)
	}
	d := Direction{text.Arabic, text.English}
	if got, want := again.PassageSpread(d), v.PassageSpread(d); got != want {
		t.Errorf("spread after a round trip = %v, want %v", got, want)
	}
	for l, q := range v.Questions {
		for i := range q {
			if q[i] != again.Questions[l][i] || math.IsNaN(float64(q[i])) {
				t.Fatalf("mean question of %s differs at %d", l, i)
			}
		}
	}
}

func TestVectorsOfUnknownEncoder(t *testing.T) {
	v, err := LoadVectors("nobody-measured-this", 7)
	if v != nil || err != nil {
		t.Errorf("LoadVectors = %v, %v; want none", v, err)
	}
	var none Vectors
	if got := none.SentenceSpread(Direction{text.Arabic, text.Arabic}); got.Deviation <= 0 {
		t.Errorf("spread of an unmeasured encoder = %+v, want a positive deviation", got)
	}
}

func TestVectorsOfWrongSize(t *testing.T) {
	if _, err := LoadVectors("e5-small-q4.1", 100); err == nil {
		t.Error("LoadVectors with another dimension = nil, want an error")
	}
}
