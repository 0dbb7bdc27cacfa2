package unigram

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// piece is a vocabulary entry of the tests.
type piece struct {
	text  string
	score float32
}

// unknown is the id of the tests' unknown piece.
const unknown = 0

// newTokenizer makes a tokenizer whose first pieces are the unknown one and a
// special that is written <s>.
func newTokenizer(tb testing.TB, pieces ...piece) *Tokenizer {
	tb.Helper()
	v := Vocabulary{Lengths: []byte{0, 0}, Scores: []float32{0, 0}, Unknown: unknown, UnknownScore: -20}
	for _, p := range pieces {
		v.Lengths = append(v.Lengths, byte(len(p.text)))
		v.Text = append(v.Text, p.text...)
		v.Scores = append(v.Scores, p.score)
	}
	t, err := New(v, XLMRoberta)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// cut returns the pieces of a text, the unknown one written "?".
func cut(t *Tokenizer, text string) string {
	var pieces []string
	for _, id := range t.Encode(nil, text, 1000) {
		p := t.Piece(id)
		if id == unknown {
			p = "?"
		}
		pieces = append(pieces, p)
	}
	return strings.Join(pieces, " ")
}

func TestEncode(t *testing.T) {
	tokenizer := newTokenizer(t,
		piece{"▁", -5}, piece{"▁ال", -3}, piece{"قمح", -6}, piece{"▁القمح", -12}, piece{"ق", -7}, piece{"م", -7}, piece{"ح", -7},
		piece{"a", -1}, piece{"aa", -2}, piece{"aaa", -3}, piece{"ab", -9}, piece{"b", -9}, piece{"▁a", -6})
	tests := []struct{ name, text, want string }{
		{"the best sum, not the longest piece", "القمح", "▁ال قمح"},
		{"a space of its own", "قمح", "▁ قمح"},
		{"unknown character inside", "القعمح", "▁ال ق ? م ح"},
		{"every unknown character by itself", "😀😀", "▁ ? ?"},
		{"equal sums: the last piece begins earliest", "aaa", "▁ aaa"},
		{"equal sums: of the same last piece, the first found", "aaaa", "▁a aaa"},
		{"a better way found later", "ab", "▁ ab"},
		{"a special in the text is text", "<s>", "▁ ? ? ?"},
		{"nothing", "", "▁"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := cut(tokenizer, test.text); got != test.want {
				t.Errorf("Encode(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestEncodeLimit(t *testing.T) {
	tokenizer := newTokenizer(t, piece{"▁", -5}, piece{"a", -1}, piece{"b", -1})
	all := tokenizer.Encode(nil, "abab", 100)
	for limit := range 7 {
		want := all[:min(limit, len(all))]
		if got := tokenizer.Encode(nil, "abab", limit); !slices.Equal(got, want) {
			t.Errorf("Encode with limit %d = %v, want %v", limit, got, want)
		}
	}
	if got := tokenizer.Encode([]int32{9}, "", 1); !slices.Equal(got, []int32{9, 2}) {
		t.Errorf("Encode did not append: %v", got)
	}
}

// TestEncodeLongText checks that the search looks only at what the limit needs:
// its working memory stays small enough to be kept.
func TestEncodeLongText(t *testing.T) {
	tokenizer := newTokenizer(t, piece{"▁", -5}, piece{"a", -1})
	text := strings.Repeat("a", 1<<20)
	if got := tokenizer.Encode(nil, text, 10); len(got) != 10 {
		t.Errorf("Encode returned %d ids, want 10", len(got))
	}
	n := normalizer{rules: XLMRoberta}
	n.run(text, 100)
	if len(n.out) > 100+utf8.UTFMax {
		t.Errorf("normalised %d bytes with a limit of 100", len(n.out))
	}
	if got := tokenizer.Encode(nil, text, 1<<30); len(got) != 1<<20+1 {
		t.Errorf("Encode of a megabyte returned %d ids, want %d", len(got), 1<<20+1)
	}
}

func TestNewErrors(t *testing.T) {
	good := func() Vocabulary {
		return Vocabulary{Lengths: []byte{0, 1, 1}, Text: []byte("ab"), Scores: []float32{0, -1, -2}}
	}
	if _, err := New(good(), 0); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		spoil func(v *Vocabulary)
	}{
		{"a score missing", func(v *Vocabulary) { v.Scores = v.Scores[:2] }},
		{"text too short", func(v *Vocabulary) { v.Text = v.Text[:1] }},
		{"text too long", func(v *Vocabulary) { v.Text = []byte("abc") }},
		{"two equal pieces", func(v *Vocabulary) { v.Text = []byte("aa") }},
		{"unknown id out of range", func(v *Vocabulary) { v.Unknown = 3 }},
		{"no pieces", func(v *Vocabulary) { *v = Vocabulary{Lengths: []byte{0}, Scores: []float32{0}} }},
		{"nothing at all", func(v *Vocabulary) { *v = Vocabulary{} }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := good()
			test.spoil(&v)
			if _, err := New(v, 0); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestPieceOutOfRange(t *testing.T) {
	tokenizer := newTokenizer(t, piece{"a", -1})
	for _, id := range []int32{-1, 0, 1, 3, 1 << 30} {
		if got := tokenizer.Piece(id); got != "" {
			t.Errorf("Piece(%d) = %q, want nothing", id, got)
		}
	}
}

func TestConcurrent(t *testing.T) {
	tokenizer := newTokenizer(t, piece{"▁", -5}, piece{"a", -1}, piece{"ab", -1.5})
	var wg sync.WaitGroup
	for c := range 8 {
		wg.Go(func() {
			text := strings.Repeat("ab", c+1)
			want := "▁" + strings.Repeat(" ab", c+1)
			for range 50 {
				if got := cut(tokenizer, text); got != want {
					t.Errorf("Encode(%q) = %q, want %q", text, got, want)
				}
			}
		})
	}
	wg.Wait()
}

// exhaustive returns the score of the best way to cut text, by trying them all.
func exhaustive(t *Tokenizer, text string) float32 {
	best := map[int]float32{len(text): 0}
	for i := len(text) - 1; i >= 0; i-- {
		if !utf8.RuneStart(text[i]) {
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		best[i] = t.vocab.UnknownScore + best[i+size]
		for id := range t.vocab.Lengths {
			if p := t.Piece(int32(id)); p != "" && strings.HasPrefix(text[i:], p) {
				best[i] = max(best[i], t.vocab.Scores[id]+best[i+len(p)])
			}
		}
	}
	return best[0]
}

func FuzzEncode(f *testing.F) {
	tokenizer := newTokenizer(f,
		piece{"▁", -4}, piece{"▁a", -4}, piece{"ab", -4}, piece{"abc", -8}, piece{"b", -3}, piece{"c", -2}, piece{"▁ab", -7},
		piece{"ال", -2}, piece{"لا", -3}, piece{"ا", -4}, piece{"▁الا", -5}, piece{"\u064e", -5})
	for _, seed := range []string{"", "abc", "aabcabb", "الا لا", "اَلا", "\xff", "\ufdfa"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 {
			return
		}
		normal := Normalize(text, XLMRoberta)
		rest, score := normal, float32(0)
		for _, id := range tokenizer.Encode(nil, text, 1<<20) {
			p := tokenizer.Piece(id)
			score += tokenizer.vocab.Scores[id]
			if id == unknown {
				_, size := utf8.DecodeRuneInString(rest)
				p, score = rest[:size], score+tokenizer.vocab.UnknownScore
			}
			if !strings.HasPrefix(rest, p) {
				t.Fatalf("Encode(%q): piece %q where %q is left", text, p, rest)
			}
			rest = rest[len(p):]
		}
		if rest != "" {
			t.Errorf("Encode(%q) leaves %q", text, rest)
		}
		if want := exhaustive(tokenizer, normal); score < want-.01 {
			t.Errorf("Encode(%q) scores %v, want %v", text, score, want)
		}
	})
}
