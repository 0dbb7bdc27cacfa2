package background

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"newsbot/corpus/text"
)

func TestWordVectors(t *testing.T) {
	const id, dim = "use-multilingual-3.1", 512
	all, err := LoadWordVectors(id, dim)
	if err != nil || len(all) != 2 {
		t.Fatalf("LoadWordVectors = %d languages, %v", len(all), err)
	}
	for _, lang := range []text.Language{text.Arabic, text.English} {
		v := all[lang]
		if len(v.Centre) != dim || len(v.Scales) != HubWords || len(v.Data) != dim*HubWords {
			t.Fatalf("%s: %d numbers of the centre, %d scales, %d numbers", lang, len(v.Centre), len(v.Scales), len(v.Data))
		}
		if slices.Contains(v.Data, -128) {
			t.Errorf("%s: a number is -128, which no matrix takes", lang)
		}
		sum := make([]float64, dim)
		for i, x := range v.Data {
			sum[i%dim] += float64(v.Scales[i/dim]) * float64(x) / HubWords
		}
		for i, x := range sum {
			if math.Abs(x-float64(v.Centre[i])) > 1e-3 {
				t.Fatalf("%s: the mean of number %d is %v, the centre has %v", lang, i, x, v.Centre[i])
			}
		}
	}
	raw, err := data.ReadFile("data/" + id + ".words.bin")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(EncodeWords(all), raw) {
		t.Error("what was read is written differently")
	}
}

func TestWordVectorsThatDoNotFit(t *testing.T) {
	if v, err := LoadWordVectors("nobody-measured-this", 512); v != nil || err != nil {
		t.Errorf("LoadWordVectors of an unknown encoder = %v, %v; want none", v, err)
	}
	for _, dim := range []int{0, -1, 511} {
		if _, err := LoadWordVectors("use-multilingual-3.1", dim); err == nil {
			t.Errorf("LoadWordVectors with %d numbers = nil, want an error", dim)
		}
	}
}
