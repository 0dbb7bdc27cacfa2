package text

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTerms(t *testing.T) {
	tests := []struct {
		name, text string
		want       string // stems; stop words in brackets
	}{
		{"empty", "", ""},
		{"english", "The presidents were meeting in Paris", "[the] presid [were] meet [in] pari"},
		{"possessive", "Trump's plan, voters’ choices", "trump plan voter choic"},
		{"contractions", "What's new? It isn’t", "[what] new [it] [isnt]"},
		{"contractions without apostrophes", "Whats new? It shouldnt. Theyve", "[whats] new [it] [shouldnt] [theyve]"},
		{"apostrophe in a name", "O'Neill", "oneil"},
		{"accents", "Beyoncé Erdoğan", "beyonc erdogan"},
		{"pronoun and country", "tell us about the US and the U.S. economy", "[tell] [us] [about] [the] us [and] [the] us economi"},
		{"organisation in capitals", "Who leads the WHO?", "[who] lead [the] who"},
		{"all in capitals", "WHO LEADS THE US", "[who] lead [the] [us]"},
		{"numbers", "1,000 and ٣٫٥ in 2018م", "1000 [and] 3.5 [in] 2018 م"},
		{"arabic", "ما هي نتائج القمة الأمريكية؟", "[ما] [هي] نتائج قم امريك"},
		{"arabic conjunction and article", "والمفاوضات وبالمدارس للوزير", "مفاوض مدارس وزير"},
		{"arabic, marks and tatweel", "\u200fالمُفاوَضـــات\u200f", "مفاوض"},
		{"arabic, persian letters", "المفاوضات فی طهران", "مفاوض [في] طهر"},
		{"arabic stop words with pronouns", "لديهم بينها عندنا وفيها فإنه", "[لديهم] [بين] [عندنا] [في] [فان]"},
		{"arabic look-alikes", "ولي العهد واحد وام", "ول عهد احد وام"},
		{"ali and on", "علي السيستاني على المنبر", "عل سيستان [عل] منبر"},
		{"arabic topics told by their spelling", "إمام المسجد أمام منى، منها آية", "امام مسجد [امام] من [من] اي"},
		{"month and verb", "It may end in May", "[it] [may] end [in] may"},
		{"dialect", "مين كسب ايه اللي حصل", "[مين] كسب [اي] [لي] حصل"},
		{"question words", "كم أين متى لماذا كيف ماذا من هل أي", "[كم] [اين] [مت] [لماذا] [كيف] [ماذا] [من] [هل] [اي]"},
		{"honorific", "النبي ﷺ", "نب [صلياللهعليهوسلم]"},
		{"each word by its own script", "قمة COP28 في Dubai", "قم cop28 [في] dubai"},
		{"other script", "Москва", "москва"},
	}
	a := NewAnalyzer()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 2 { // the second time from the cache
				if diff := cmp.Diff(tt.want, stems(a.Terms(tt.text))); diff != "" {
					t.Errorf("Terms(%q): -want +got\n%s", tt.text, diff)
				}
			}
		})
	}
}

// stems writes the stems of terms on one line, those of stop words in brackets.
func stems(terms []Term) string {
	var list []string
	for _, term := range terms {
		if term.Stop {
			list = append(list, "["+term.Stem+"]")
			continue
		}
		list = append(list, term.Stem)
	}
	return strings.Join(list, " ")
}

func TestTermsKeepTopics(t *testing.T) {
	const topics = "president minister war oil price year people killed country world news said Iran May " +
		"قال سنة عام رئيس وزير حرب نفط سعر دولة دول شعب قتيل عالم أخبار ولي الأحد الوسط"
	for _, term := range NewAnalyzer().Terms(topics) {
		if term.Stop {
			t.Errorf("%q is a stop word", term.Norm)
		}
	}
}

func TestTermsAgreeWithWords(t *testing.T) {
	const s = "في U.S. قمة COP28، 1,000 متظاهر ﷺ O'Neill"
	var got []Word
	for _, term := range NewAnalyzer().Terms(s) {
		got = append(got, term.Word)
	}
	if diff := cmp.Diff(Words(s), got); diff != "" {
		t.Errorf("words of Words and Terms differ: -words +terms\n%s", diff)
	}
}

func TestAnalyzerCacheIsBounded(t *testing.T) {
	a := NewAnalyzer()
	for i := range 3 * cacheWords {
		a.Terms(fmt.Sprintf("w%d", i))
	}
	if n := len(a.young) + len(a.old); n > 2*cacheWords {
		t.Errorf("cache holds %d words, want at most %d", n, 2*cacheWords)
	}
	if got := stems(a.Terms("w0 running")); got != "w0 run" {
		t.Errorf("Terms after the cache has turned over = %q, want %q", got, "w0 run")
	}
}

func TestAnalyzerConcurrently(t *testing.T) {
	a := NewAnalyzer()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 500 {
				word := fmt.Sprintf("meetings%d", (g+i)%50)
				if got := a.Terms(word)[0].Stem; got != word {
					t.Errorf("Terms(%q) = %q", word, got)
				}
				if got := a.Terms("والمفاوضات")[0].Stem; got != "مفاوض" {
					t.Errorf("Terms(والمفاوضات) = %q", got)
				}
			}
		})
	}
	wg.Wait()
}

func TestLight10(t *testing.T) {
	tests := []struct{ name, word, want string }{
		{"article", "القمه", "قم"},
		{"conjunction", "وقال", "قال"},
		{"conjunction before two letters", "وقد", "وقد"},
		{"conjunction and article", "والوزير", "وزير"},
		{"preposition and article", "بالقاهره", "قاهر"},
		{"lam and article", "للوزير", "وزير"},
		{"article before one letter", "الم", "الم"},
		{"suffixes in order", "معلوماتها", "معلوم"},
		{"suffix before one letter", "به", "به"},
		{"plural", "المهندسون", "مهندس"},
		{"nisba", "امريكيه", "امريك"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := light10(tt.word); got != tt.want {
				t.Errorf("light10(%q) = %q, want %q", tt.word, got, tt.want)
			}
		})
	}
}

func TestGrams(t *testing.T) {
	tests := []struct {
		name, stem string
		want       []string
	}{
		{"empty", "", nil},
		{"three letters", "سفر", nil},
		{"four letters", "وزير", []string{"وزير"}},
		{"six letters", "مفاوضا", []string{"مفاو", "فاوض", "اوضا"}},
		{"latin", "meeting", nil},
		{"digits", "2025", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Grams(tt.stem)); diff != "" {
				t.Errorf("Grams(%q): -want +got\n%s", tt.stem, diff)
			}
		})
	}
}

func FuzzTerms(f *testing.F) {
	for _, s := range []string{"U.S.'s", "'s", "وال", "O'", "ﷺ", "\xff", "1,000", "والمفاوضات", "WHO US"} {
		f.Add(s)
	}
	a := NewAnalyzer()
	f.Fuzz(func(t *testing.T, s string) {
		words := Words(s)
		terms := a.Terms(s)
		if len(words) != len(terms) {
			t.Fatalf("%q has %d words and %d terms", s, len(words), len(terms))
		}
		for i, term := range terms {
			if term.Word != words[i] || term.Stem == "" {
				t.Errorf("term %d of %q is %+v, its word %+v", i, s, term, words[i])
			}
			Grams(term.Stem)
		}
	})
}

// newsSample is about 100 kB of both languages with several thousand different
// words.
func newsSample() string {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "قال وزير الخارجية رقم%s إن المفاوضات بين الجانبين أحرزت تقدما كبيرا في %d يوما، مؤكدا ضرورة مواصلة الحوار. ", arabicWord(i), i)
		fmt.Fprintf(&b, "The minister of sector%d said on Friday that negotiations with the U.S. had made progress, according to Reuters. ", i)
	}
	return b.String()
}

// arabicWord returns the i-th of a row of different Arabic words.
func arabicWord(i int) string {
	letters := []rune("بتثجحخدذرز")
	var word []rune
	for range 4 {
		word = append(word, letters[i%10])
		i /= 10
	}
	return string(word)
}

func BenchmarkTerms(b *testing.B) {
	s := newsSample()
	b.Run("cold", func(b *testing.B) {
		b.SetBytes(int64(len(s)))
		for b.Loop() {
			NewAnalyzer().Terms(s)
		}
	})
	b.Run("warm", func(b *testing.B) {
		a := NewAnalyzer()
		b.SetBytes(int64(len(s)))
		for b.Loop() {
			a.Terms(s)
		}
	})
}

func BenchmarkWords(b *testing.B) {
	s := newsSample()
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Words(s)
	}
}

func BenchmarkNormalize(b *testing.B) {
	s := newsSample()
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Normalize(s)
	}
}

func TestGap(t *testing.T) {
	const s = "«Gaza, غزة»."
	terms := NewAnalyzer().Terms(s)
	for i, want := range []string{"«", ", ", "»."} {
		if got := Gap(s, terms, i); got != want {
			t.Errorf("before %d: got %q, want %q", i, got, want)
		}
	}
	if got := Gap("…", nil, 0); got != "…" {
		t.Errorf("without terms: got %q", got)
	}
}
