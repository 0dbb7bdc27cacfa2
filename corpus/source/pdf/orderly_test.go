package pdf

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// articles returns the bodies of the sample articles by name.
func articles(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../samples/articles/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	out := map[string]string{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "---\n")
		out[filepath.Base(f)] = body
	}
	return out
}

// Ways in which the text of PDF files is garbled. None of them says more than that a language must be Arabic (ar) or
// English (en) for it to matter.
var garblings = map[string]struct {
	language string
	garble   func(string) string
}{
	"words reversed":         {"ar", func(s string) string { return eachWord(s, backwards) }},
	"lines reversed":         {"ar", func(s string) string { return eachLine(s, backwards) }},
	"lam and alef exchanged": {"ar", strings.NewReplacer("لا", "ال", "لأ", "األ", "لإ", "اإل").Replace},
	"letters apart":          {"ar", func(s string) string { return strings.Join(strings.Split(s, ""), " ") }},
	"alphabet shifted":       {"ar", func(s string) string { return shifted(s, 0x621, 0x64a, 5) }},
	"alphabet shifted by 3":  {"en", func(s string) string { return latinShifted(s, 3) }},
	"alphabet shifted by 13": {"en", func(s string) string { return latinShifted(s, 13) }},
	"alphabet shifted by 22": {"en", func(s string) string { return latinShifted(s, 22) }},
	"glyph numbers":          {"en", func(s string) string { return shifted(s, ' ', '~', 66) }},
	"words reversed, Latin":  {"en", func(s string) string { return eachWord(s, backwards) }},
	"private use":            {"", func(s string) string { return strings.Map(func(r rune) rune { return toPrivate(r) }, s) }},
	"unknown glyphs":         {"", func(s string) string { return eachWord(s, func(string) string { return "(cid:17)(cid:4)" }) }},
	"replacement characters": {"", func(s string) string { return strings.NewReplacer("ا", "\ufffd", "e", "\ufffd").Replace(s) }},
}

func TestOrderly(t *testing.T) {
	for name, s := range articles(t) {
		if !orderly(s) {
			t.Errorf("%s is refused", name)
		}
		for how, g := range garblings {
			if strings.Contains(name, "."+g.language) && orderly(g.garble(s)) {
				t.Errorf("%s passes with %s: %.200s", name, how, g.garble(s))
			}
		}
		// One chunk of garbage in a long text.
		if long := s + "\n\n" + eachWord(s, backwards) + "\n\n" + s; orderly(long) {
			t.Errorf("%s passes with a garbled part in the middle", name)
		}
	}
}

// What a judge of ours may not know, but must not refuse.
func TestOrderlyOthers(t *testing.T) {
	for _, s := range []string{
		"",
		"Short note.",
		"GDP 2023: 4.1%, 2024: 3.2%, 2025 (est.): 2.9%; CPI 33.9 | 28.3 | 24.0",
		"Ahmed Hassan, Lina Haddad, Omar Khatib, Rana Aziz, Sami Nasser, Huda Karam, Yusuf Amin, Dina Fares, Ziad Awad, Mona Salem, Karim Badr, Nadia Sabri",
		"Правительство объявило в понедельник о новых мерах поддержки промышленности, которые вступят в силу с начала следующего года, сообщили в министерстве финансов.",
		"Le gouvernement a annoncé lundi de nouvelles mesures pour soutenir les entreprises du pays, selon un communiqué publié dans la soirée par le ministère des finances et du budget.",
		"دولت روز دوشنبه از برنامه\u200cهای تازه برای حمایت از صنایع کشور خبر داد و وزیر اقتصاد گفت که این برنامه\u200cها از آغاز سال آینده اجرا می\u200cشود و برای آن بودجه\u200cای جداگانه در نظر گرفته شده است.",
		"أسعار النفط ترتفع",
		"رئيس وزراء مصر: لا زيادة في الأسعار",
		"ص. ب. ١٢٣ القاهرة، أ. د. محمود رضا، أستاذ الاقتصاد في جامعة القاهرة، كلية التجارة",
	} {
		if !orderly(s) {
			t.Errorf("refused: %s", s)
		}
	}
}

// A headline is enough to tell that it is backwards, when it has a word that cannot be.
func TestOrderlyShort(t *testing.T) {
	for _, s := range []string{"ةيرصملا ةموكحلا ررقت", "ىلإ لصي ريزولا"} {
		if orderly(s) {
			t.Errorf("passes: %s", s)
		}
	}
}

func backwards(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

func eachLine(s string, f func(string) string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = f(lines[i])
	}
	return strings.Join(lines, "\n")
}

func eachWord(s string, f func(string) string) string {
	words := strings.Fields(s)
	for i := range words {
		words[i] = f(words[i])
	}
	return strings.Join(words, " ")
}

// shifted moves the characters between first and last on by n places.
func shifted(s string, first, last rune, n rune) string {
	return strings.Map(func(r rune) rune {
		if r < first || r > last || r == ' ' {
			return r
		}
		return first + (r-first+n)%(last-first+1)
	}, s)
}

func latinShifted(s string, n rune) string {
	return shifted(shifted(s, 'a', 'z', n), 'A', 'Z', n)
}

func toPrivate(r rune) rune {
	if unicode.IsLetter(r) {
		return 0xe000 + r%0x400
	}
	return r
}
