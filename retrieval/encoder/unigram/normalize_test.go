package unigram

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestNormalize(t *testing.T) {
	tests := []struct {
		name, text string
		e5, use    string // use is as e5 when empty
	}{
		{name: "words", text: "النص العربي", e5: "▁النص▁العربي"},
		{name: "spaces collapse", text: " double  spaces   here", e5: "▁double▁spaces▁here"},
		{name: "trailing space", text: "نعم  ", e5: "▁نعم▁", use: "▁نعم"},
		{name: "tatweel stays", text: "العـــربية", e5: "▁العـــربية"},
		{name: "marks stay in their order", text: "شَّ شَّ", e5: "▁شَّ▁شَّ"},
		{name: "presentation forms", text: "ﻣﺮﺣﺒﺎ ﻷ", e5: "▁مرحبا▁لأ"},
		{name: "one rune, four words", text: "النبي ﷺ قال", e5: "▁النبي▁صلى▁الله▁عليه▁وسلم▁قال"},
		{name: "direction marks", text: "\u200fمرحبا\u200e world\u200f", e5: "▁مرحبا▁world▁", use: "▁مرحبا▁world"},
		{name: "direction isolates stay", text: "\u2066a\u2069", e5: "▁\u2066a\u2069"},
		{name: "non-joiner", text: "می\u200cخواهم", e5: "▁می▁خواهم", use: "▁می\u200cخواهم"},
		{name: "byte order mark", text: "\ufeffBreaking", e5: "▁Breaking"},
		{name: "no-break spaces", text: "سعر\u00a0النفط\u202f80", e5: "▁سعر▁النفط▁80"},
		{name: "full width", text: "Ｆｕｌｌ　１２３！", e5: "▁Full▁123!"},
		{name: "tildes", text: "～ 〜 ~", e5: "▁～▁〜▁~"},
		{name: "ellipsis", text: "wait… what…؟", e5: "▁wait...▁what...؟"},
		{name: "fractions and signs", text: "½ x² ™ № ℃", e5: "▁1⁄2▁x2▁TM▁No▁°C"},
		{name: "line ends", text: "a\tb\rc\nd\u2028e", e5: "▁a▁b▁c▁d▁e"},
		{name: "vertical tab", text: "e\x0bf", e5: "▁ef", use: "▁e\x0bf"},
		{name: "controls", text: "bell\x07 del\x7f c1\u0085 c1\u009f", e5: "▁bell▁del▁c1\u0085▁c1", use: "▁bell\x07▁del\x7f▁c1\u0085▁c1\u009f"},
		{name: "soft hyphen and zero-width space", text: "zero\u200bwidth soft\u00adhyphen", e5: "▁zero▁width▁soft\u00adhyphen"},
		{name: "written space mark", text: "a▁b ▁ c", e5: "▁a▁b▁c"},
		{name: "decomposed letter", text: "cafe\u0301 a\u0323\u0302", e5: "▁cafe\u0301▁a\u0323\u0302", use: "▁café▁ậ"},
		{name: "decomposed alef", text: "ا\u0654", e5: "▁ا\u0654", use: "▁أ"},
		{name: "a mark that is two", text: "0\u0344", e5: "▁0\u0308\u0301"},
		{name: "two marks that are one rune with a letter", text: "\u03b9\u0344", e5: "▁\u03b9\u0308\u0301", use: "▁\u0390"},
		{name: "broken encoding", text: "a\xff\xfeb\xc3", e5: "▁a▁b▁", use: "▁a▁b"},
		{name: "replacement character", text: "a\ufffdb", e5: "▁a▁b"},
		{name: "special spelt out", text: "<s>hello</s>", e5: "▁<s>hello</s>"},
		{name: "null", text: "a\x00b", e5: "▁ab", use: "▁a\x00b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Normalize(test.text, XLMRoberta); got != test.e5 {
				t.Errorf("Normalize(%q, XLMRoberta) = %q, want %q", test.text, got, test.e5)
			}
			want := test.use
			if want == "" {
				want = test.e5
			}
			if got := Normalize(test.text, UniversalSentenceEncoder); got != want {
				t.Errorf("Normalize(%q, UniversalSentenceEncoder) = %q, want %q", test.text, got, want)
			}
		})
	}
}

func TestNormalizeEmpty(t *testing.T) {
	for _, text := range []string{"", "   ", "\n\t\r\n"} {
		if got := Normalize(text, XLMRoberta); got != "▁" {
			t.Errorf("Normalize(%q, XLMRoberta) = %q, want one space", text, got)
		}
		if got := Normalize(text, UniversalSentenceEncoder); got != "" {
			t.Errorf("Normalize(%q, UniversalSentenceEncoder) = %q, want nothing", text, got)
		}
	}
}

// TestEveryRune compares the short cuts with NFKC itself, for all runes that NFKC
// changes and their planes. By itself no rune has another to be composed with.
func TestEveryRune(t *testing.T) {
	for r := rune(1); r < 0x30000; r++ {
		text := string(r)
		if r == wideTilde || !utf8.ValidRune(r) || isSpace(r) || isJoiner(r) || isDropped(r) {
			continue
		}
		want := "▁" + strings.ReplaceAll(norm.NFKC.String(text), " ", space)
		for strings.Contains(want, "▁▁") {
			want = strings.ReplaceAll(want, "▁▁", space)
		}
		if got := Normalize(text, XLMRoberta); got != want {
			t.Errorf("Normalize(%U, XLMRoberta) = %q, want %q", r, got, want)
		}
		if got := Normalize(text, Compose); got != want {
			t.Errorf("Normalize(%U, Compose) = %q, want %q", r, got, want)
		}
	}
}

// TestEverySettledRune checks that NFKC leaves the runes that are spared the
// tables alone, and that no rune before them takes them in.
func TestEverySettledRune(t *testing.T) {
	for r := range rune(0x30000) {
		text := string(r)
		if isSettled(r) && (!norm.NFKC.IsNormalString(text) || isSpace(r) || isJoiner(r) || isDropped(r)) {
			t.Errorf("%U is changed", r)
		}
		parts := []rune(norm.NFD.String(text))
		if last := parts[len(parts)-1]; len(parts) > 1 && isSettled(last) {
			t.Errorf("%U ends in %U", r, last)
		}
	}
}

// TestEveryPair composes each rune of two parts from them.
func TestEveryPair(t *testing.T) {
	pairs := 0
	for r := range rune(0x30000) {
		text := string(r)
		parts := norm.NFD.String(text)
		if utf8.RuneCountInString(parts) != 2 || norm.NFC.String(parts) != text || norm.NFKC.String(text) != text {
			continue
		}
		pairs++
		if got, want := Normalize(parts, UniversalSentenceEncoder), space+text; got != want {
			t.Errorf("Normalize(%q) = %q, want %q", parts, got, want)
		}
		if got, want := Normalize(parts, XLMRoberta), space+parts; got != want {
			t.Errorf("Normalize(%q, XLMRoberta) = %q, want %q", parts, got, want)
		}
	}
	if pairs < 900 {
		t.Errorf("tried %d pairs, want 900 or more", pairs)
	}
}

// TestReferencePieces holds both rule sets to the pieces of the references: all
// pieces together are the normalised text, an unknown piece being one character.
// NEWSBOT_GOLDENS names the folder with the lists.
func TestReferencePieces(t *testing.T) {
	dir := os.Getenv("NEWSBOT_GOLDENS")
	if dir == "" {
		t.Skip("NEWSBOT_GOLDENS does not name the folder of e5.golden.jsonl and use.golden.jsonl")
	}
	for file, rules := range map[string]Rules{"e5.golden.jsonl": XLMRoberta, "use.golden.jsonl": UniversalSentenceEncoder} {
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var g struct {
				Text, Kind string
				Pieces     []string
			}
			if err := json.Unmarshal(line, &g); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(g.Text, "<s>") {
				continue // the references take it for a special
			}
			if g.Kind != "" {
				g.Text = g.Kind + ": " + g.Text
			}
			got := Normalize(g.Text, rules)
			if got == "" {
				continue // the model has a sequence of its own for this
			}
			if !covers(g.Pieces[1:len(g.Pieces)-1], got) {
				t.Errorf("%s: Normalize(%q) = %q, want the pieces %q", file, g.Text, got, g.Pieces)
			}
		}
	}
}

func covers(pieces []string, text string) bool {
	for _, p := range pieces {
		if p == "<unk>" {
			_, size := utf8.DecodeRuneInString(text)
			text = text[size:]
			continue
		}
		rest, found := strings.CutPrefix(text, p)
		if !found {
			return false
		}
		text = rest
	}
	return text == ""
}

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{"", "  a  ", "بِسْمِ ٱللَّهِ", "\ufdfa\ufdfa", "a\u0301\u0301", "\xff\xc3(", "▁▁", "\u1100\u1161\u11a8"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, rules := range []Rules{0, XLMRoberta, UniversalSentenceEncoder} {
			got := Normalize(text, rules)
			switch {
			case !utf8.ValidString(got):
				t.Errorf("Normalize(%q, %d) = %q, which is broken", text, rules, got)
			case strings.Contains(got, "▁▁") || strings.ContainsAny(got, " \t\n\u200f\ufffd"):
				t.Errorf("Normalize(%q, %d) = %q keeps spaces", text, rules, got)
			case got != "" && !strings.HasPrefix(got, space):
				t.Errorf("Normalize(%q, %d) = %q does not begin with a space", text, rules, got)
			case len(got) > 13*len(text)+len(space):
				t.Errorf("Normalize made %d bytes of %d", len(got), len(text))
			}
			if again := Normalize(got, rules); again != got {
				t.Errorf("Normalize(%q, %d) = %q, and of that %q", text, rules, got, again)
			}
		}
	})
}

func BenchmarkNormalize(b *testing.B) {
	text := strings.Repeat("أعلنت وزارة الطاقة اليوم عن خطة لبناء ثلاث محطات. The ministry said so. ", 100)
	b.SetBytes(int64(len(text)))
	n := normalizer{rules: XLMRoberta}
	for b.Loop() {
		n.run(text, 1<<30)
	}
}

// TestNormalizeLongRuns would not end within the time limit of go test if
// composing or collapsing looked back further than one rune.
func TestNormalizeLongRuns(t *testing.T) {
	const n = 1 << 17
	for unit, want := range map[string]int{" ": 0, "\u0301": 2 * n, "\u064e": 2 * n, "\u1161\u11a8": 6 * n, "e\u0301": 2 * n} {
		got := Normalize(strings.Repeat(unit, n), UniversalSentenceEncoder)
		if got = strings.TrimPrefix(got, space); len(got) != want {
			t.Errorf("%d times %q became %d bytes, want %d", n, unit, len(got), want)
		}
	}
}
