package retrieval

import (
	"testing"

	"newsbot/corpus/text"
)

func TestAlikeness(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"harbour", "harbour", 1}, {"harbour", "harbours", sameStem}, {"harbour", "harbuor", misspelt}, {"harbour", "habour", misspelt},
		{"agreement", "agrement", misspelt}, {"port", "post", misspelt}, {"sea", "set", 0}, {"harbour", "bridge", 0},
		{"8", "eight", 1}, {"8", "9", 0}, {"2023", "2024", 0}, {"the", "then", 0},
		{"٨", "8", 1}, {"8", "ثمانية", 1}, {"الميناء", "ميناء", sameStem}, {"المحادثات", "المحدثات", misspelt}, {"أنكوراج", "انكوراج", 1}, {"قمة", "قمر", 0},
	}
	analyzer := text.NewAnalyzer()
	for _, tt := range tests {
		a, b := analyzer.Terms(tt.a), analyzer.Terms(tt.b)
		if len(a) != 1 || len(b) != 1 {
			t.Fatalf("%q and %q are %d and %d words", tt.a, tt.b, len(a), len(b))
		}
		if got := alikeness(&a[0], &b[0]); got != tt.want {
			t.Errorf("alikeness(%q, %q) = %g, want %g", tt.a, tt.b, got, tt.want)
		}
	}
}

// Words are as much like others as these are like them, and every sentence has itself.
func FuzzWording(f *testing.F) {
	f.Add("The talks lasted nearly three hours.", "Talks took almost 3 hours, he said.")
	f.Add("واستغرق الاجتماع قرابة ثلاث ساعات.", "استغرق الاجتماع ٣ ساعات")
	f.Add("\xff«»\u200f", "a\u0301 b")
	analyzer := text.NewAnalyzer()
	f.Fuzz(func(t *testing.T, asked, sentence string) {
		if len(asked)+len(sentence) > 2000 {
			return
		}
		words := analyzer.Terms(asked)
		w := &wording{words: words, alike: map[string][]float64{}}
		for range words {
			w.weights = append(w.weights, 1)
			w.whole++
		}
		others := analyzer.Terms(sentence)
		for _, share := range []float64{w.bag(others), w.aligned(others)} {
			if share < 0 || share > 1.000001 {
				t.Errorf("%q has %g of %q", sentence, share, asked)
			}
		}
		if len(words) > 0 && (!holdsInOrder(words, words) || w.aligned(words) < 0.999999) {
			t.Errorf("%q does not have itself", asked)
		}
		for i := range words {
			for k := range others {
				if slip(words[i].Norm, others[k].Norm) != slip(others[k].Norm, words[i].Norm) {
					t.Errorf("%q is a slip of %q, but not the other way round", words[i].Norm, others[k].Norm)
				}
			}
		}
	})
}
