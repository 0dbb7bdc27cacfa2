package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"newsbot/corpus/text"
)

// prose makes a text of sentences with the given numbers of words; 0 ends a paragraph.
func prose(lengths ...int) string {
	var b strings.Builder
	for i, n := range lengths {
		if n == 0 {
			b.WriteString("\n\n")
			continue
		}
		fmt.Fprintf(&b, "Sentence%s.", strings.Repeat(" so", n-1))
		if i < len(lengths)-1 {
			b.WriteString(" ")
		}
	}
	return b.String()
}

func repeat(n, times int) []int {
	list := make([]int, times)
	for i := range list {
		list[i] = n
	}
	return list
}

func TestSplitSizes(t *testing.T) {
	for _, test := range []struct {
		name    string
		lengths []int
		want    []int // words of each passage
	}{
		{"one sentence", []int{5}, []int{5}},
		{"short article", []int{20, 20, 0, 15}, []int{55}},
		{"one full passage", repeat(20, 6), []int{120}},
		{"balanced", repeat(20, 7), []int{80, 60}},
		{"remainder joined", append(repeat(20, 6), 10), []int{60, 70}},
		{"paragraph ends preferred", []int{20, 20, 20, 20, 0, 20, 20, 20, 20, 20}, []int{80, 100}},
		{"paragraph end too near", []int{10, 0, 20, 20, 20, 20}, []int{90}},
		{"very long sentence cut", []int{70, 200, 70}, []int{70, 66, 67, 67, 70}},
		{"rest beside a long sentence", []int{90, 20}, []int{110}},
		{"rest beside more", []int{85, 30, 60}, []int{85, 90}},
		{"two halves", []int{80, 80}, []int{80, 80}},
		{"rest between", []int{90, 30, 90}, []int{120, 90}},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := prose(test.lengths...)
			var got []int
			for _, p := range checkSplit(t, body) {
				got = append(got, CountWords(body[p.Start:p.End]))
			}
			if fmt.Sprint(got) != fmt.Sprint(test.want) {
				t.Errorf("passages of %v words; want %v", got, test.want)
			}
		})
	}
}

func TestSplitArabic(t *testing.T) {
	body := strings.Repeat(arabicBody+"\n\n", 6)
	ps := checkSplit(t, body)
	if len(ps) < 2 {
		t.Fatalf("%d passages; want several", len(ps))
	}
	for _, p := range ps {
		if !strings.HasSuffix(body[p.Start:p.End], "العام.") {
			t.Errorf("passage %d ends inside a paragraph: %q", p.N, body[p.Start:p.End])
		}
	}
}

func TestSplitEmpty(t *testing.T) {
	for _, body := range []string{"", "  \n\t "} {
		if ps := Split(body); len(ps) != 0 {
			t.Errorf("Split(%q) = %v; want none", body, ps)
		}
	}
}

// TestSplitGenerated holds the bounds on texts of every shape: as sentences are at most 60 words long, no passage
// need be outside 40 to 120 words.
func TestSplitGenerated(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	inside, all := 0, 0
	for range 500 {
		lengths := make([]int, 1+r.IntN(80))
		for i := range lengths {
			lengths[i] = 1 + r.IntN(40)
			if i > 0 && r.IntN(4) == 0 {
				lengths[i] = 0
			}
		}
		body := prose(lengths...)
		ps := checkSplit(t, body)
		for _, p := range ps {
			words := CountWords(body[p.Start:p.End])
			if words > maxWords || (words < tinyWords && len(ps) > 1) {
				t.Errorf("passage %d of %d has %d words in %v", p.N, len(ps), words, lengths)
			}
			all++
			if words >= minWords && words <= maxWords {
				inside++
			}
		}
	}
	if share := float64(inside) / float64(all); share < 0.9 {
		t.Errorf("%.3f of the passages have 60 to 120 words; want 0.9", share)
	}
}

func TestSplitHuge(t *testing.T) {
	for _, test := range []struct{ name, body string }{
		{"one line of a megabyte", strings.Repeat("كلمة word ", 75_000)},
		{"one word of a megabyte", strings.Repeat("x", 1<<20)},
		{"a megabyte of lines without a word", strings.Repeat("*\n", 1<<19)},
		{"a megabyte of lines of one word", strings.Repeat("a\n", 1<<19)},
		{"a megabyte of stops", strings.Repeat(".", 1<<20)},
		{"a megabyte of short sentences", strings.Repeat("So it is. ", 100_000)},
	} {
		t.Run(test.name, func(t *testing.T) { checkSplit(t, test.body) })
	}
}

func FuzzSplit(f *testing.F) {
	f.Add(arabicBody)
	f.Add(prose(100, 30, 0, 100, 200, 7))
	f.Add("a.\xff\n\n\u200f؟ b")
	f.Fuzz(func(t *testing.T, body string) { checkSplit(t, body) })
}

// FuzzDecodeSpans reads arbitrary bytes as the sentences of a passage, as from a damaged file.
func FuzzDecodeSpans(f *testing.F) {
	f.Add(10, 30, encodeSpans(10, []text.Span{{Start: 10, End: 15}, {Start: 17, End: 30}}))
	f.Add(0, 5, []byte{0x80})
	f.Fuzz(func(t *testing.T, start, end int, packed []byte) {
		if start < 0 || end < start {
			return
		}
		spans, err := decodeSpans(text.Span{Start: start, End: end}, packed)
		if err != nil {
			return
		}
		at := start
		for _, s := range spans {
			if s.Start < at || s.End < s.Start || s.End > end {
				t.Fatalf("span %v behind %d in a passage from %d to %d", s, at, start, end)
			}
			at = s.End
		}
		again, err := decodeSpans(text.Span{Start: start, End: end}, encodeSpans(start, spans))
		if err != nil || !slices.Equal(again, spans) {
			t.Errorf("%v packed and read is %v, %v", spans, again, err)
		}
	})
}

// checkSplit splits a body and checks what must hold for every one.
func checkSplit(t *testing.T, body string) []Passage {
	t.Helper()
	ps := Split(body)
	sentences := text.Sentences(body)
	at := 0
	for i, p := range ps {
		if p.N != i+1 || p.ID != "" || p.ArticleID != "" || len(p.Sentences) == 0 {
			t.Fatalf("passage %d: %+v", i, p)
		}
		if p.Start != p.Sentences[0].Start || p.End != p.Sentences[len(p.Sentences)-1].End {
			t.Fatalf("passage %d from %d to %d, sentences %v", p.N, p.Start, p.End, p.Sentences)
		}
		for _, s := range p.Sentences {
			if len(sentences) == 0 || s != sentences[0] {
				t.Fatalf("passage %d: sentence %v; want the next of %v", p.N, s, sentences)
			}
			if gap := strings.TrimFunc(body[at:s.Start], unicode.IsSpace); gap != "" {
				t.Fatalf("%q is in no passage", gap)
			}
			at = s.End
			sentences = sentences[1:]
		}
		if words := CountWords(body[p.Start:p.End]); len(p.Sentences) > 1 && words > mostWords {
			t.Errorf("passage %d has %d words in %d sentences", p.N, words, len(p.Sentences))
		}
	}
	if len(sentences) > 0 {
		t.Fatalf("%d sentences are in no passage", len(sentences))
	}
	return ps
}
