package bot

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/answertype"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const (
	arabicQuote  = "واستغرق الاجتماع قرابة ثلاث ساعات."
	englishQuote = "The talks lasted nearly three hours."
)

func arabicCitation(n int) retrieval.Citation {
	return retrieval.Citation{
		N: n, ArticleID: "abcdefghijklmnop", PassageID: "abcdefghijklmnop.1",
		Title: "ختام القمة في أنكوراج", Source: "شينخوا", URL: "https://news.example/ar/1",
		Published: corpus.Day(2025, time.August, 15), Language: text.Arabic,
		Quote: retrieval.Quote{Text: arabicQuote, Start: 10, End: 10 + len(arabicQuote)},
	}
}

func englishCitation(n int) retrieval.Citation {
	return retrieval.Citation{
		N: n, ArticleID: "qrstuvwxyz234567", PassageID: "qrstuvwxyz234567.2",
		Title: "Summit ends in Anchorage", Source: "newsbot sample desk",
		Published: corpus.Day(2025, time.August, 16), Language: text.English,
		Quote: retrieval.Quote{Text: englishQuote, Start: 0, End: len(englishQuote)},
	}
}

// goldenAnswers are the shapes an answer can have, without its language.
func goldenAnswers() map[string]retrieval.Answer {
	withContext := englishCitation(1)
	withContext.Context = &retrieval.Quote{Text: "The minister spoke to reporters.", Start: 100, End: 132}
	unknown := arabicCitation(1)
	unknown.Title, unknown.Source, unknown.URL, unknown.Published = "", "", "", corpus.Date{}
	newest := corpus.Day(2025, time.August, 16)
	return map[string]retrieval.Answer{
		"answered": {
			Verdict: retrieval.Answered, Articles: 28, AsOf: newest,
			Citations: []retrieval.Citation{arabicCitation(1), englishCitation(2)},
		},
		"context": {
			Verdict: retrieval.Answered, Articles: 28, AsOf: newest,
			Citations: []retrieval.Citation{withContext},
		},
		"nearest": {
			Verdict: retrieval.Nearest, Articles: 28, AsOf: newest, Pending: 3,
			Citations: []retrieval.Citation{englishCitation(1)},
		},
		"other-language": {
			Verdict: retrieval.Nearest, Articles: 28, AsOf: newest, Pending: 3, Asked: text.Other,
			Citations: []retrieval.Citation{englishCitation(1)},
		},
		"other-language-answered": {
			Verdict: retrieval.Answered, Articles: 28, Asked: text.Other,
			Citations: []retrieval.Citation{englishCitation(1)},
		},
		"declined":         {Verdict: retrieval.Declined, Articles: 28},
		"declined-nearest": {Verdict: retrieval.Declined, Articles: 28, Citations: []retrieval.Citation{arabicCitation(1)}, AsOf: corpus.Day(2025, time.August, 15)},
		"empty":            {Verdict: retrieval.Declined},
		"declined-name": {
			Verdict: retrieval.Declined, Articles: 28, Missing: retrieval.Missing{Words: []string{"Jim Kolenko"}},
			Advice: retrieval.Advice{Kind: retrieval.AdviceSpelling, About: "Jim Kolenko"},
		},
		"declined-words": {
			Verdict: retrieval.Declined, Articles: 28, Missing: retrieval.Missing{Words: []string{"النرويج", "كرة اليد"}},
			Advice: retrieval.Advice{Kind: retrieval.AdviceBroader, About: "قمة أنكوراج"}, Near: reportOf(arabicCitation(1)),
		},
		"declined-three": {
			Verdict: retrieval.Declined, Articles: 28, Missing: retrieval.Missing{Words: []string{"Oslo", "chess", "medals"}},
			Advice: retrieval.Advice{Kind: retrieval.AdviceName}, Near: reportOf(englishCitation(1)), Pending: 3,
		},
		"nearest-together": {
			Verdict: retrieval.Nearest, Articles: 28, Missing: retrieval.Missing{Apart: []string{"Anchorage", "الشطرنج"}},
			Advice: retrieval.Advice{Kind: retrieval.AdviceSplit}, Citations: []retrieval.Citation{arabicCitation(1)},
		},
		"nearest-fact": {
			Verdict: retrieval.Nearest, Articles: 28, Missing: retrieval.Missing{Fact: answertype.When},
			Advice: retrieval.Advice{Kind: retrieval.AdviceDetail}, Citations: []retrieval.Citation{englishCitation(1)},
		},
		"follow-up": {
			Verdict: retrieval.Answered, Articles: 28, AsOf: newest, Understood: "متى اختتمت القمة في Anchorage؟",
			Citations: []retrieval.Citation{englishCitation(1)},
		},
		"premise-words": {
			Verdict: retrieval.Nearest, Articles: 28, Missing: retrieval.Missing{Words: []string{"Jim Kolenko"}, Presumed: true},
			Advice: retrieval.Advice{Kind: retrieval.AdviceSpelling, About: "Jim Kolenko"}, Citations: []retrieval.Citation{arabicCitation(1)},
		},
		"premise-together": {
			Verdict: retrieval.Nearest, Articles: 28, Missing: retrieval.Missing{Apart: []string{"Anchorage", "زيلينسكي"}, Presumed: true},
			Citations: []retrieval.Citation{englishCitation(1), arabicCitation(2)},
		},
		"premise-cited": {
			Verdict: retrieval.Nearest, Articles: 28, Missing: retrieval.Missing{Uncited: []string{"six hours", "2019"}, Presumed: true},
			Citations: []retrieval.Citation{englishCitation(1)},
		},
		"unknown": {Verdict: retrieval.Answered, Articles: 1, Citations: []retrieval.Citation{unknown}},
	}
}

// reportOf names the article of a citation.
func reportOf(c retrieval.Citation) *retrieval.Report {
	return &retrieval.Report{ArticleID: c.ArticleID, Title: c.Title, Source: c.Source, URL: c.URL, Published: c.Published, Language: c.Language}
}

func TestPlainTextGolden(t *testing.T) {
	for name, answer := range goldenAnswers() {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				answer.Language = lang
				golden(t, name+"."+string(lang)+".txt", PlainText(answer))
			})
		}
	}
}

func TestArticleTextGolden(t *testing.T) {
	article := corpus.Article{
		ID: "abcdefghijklmnop", Title: "ختام القمة في أنكوراج", Source: "شينخوا",
		URL: "https://news.example/ar/1", Published: corpus.Day(2025, time.August, 15),
		Language: text.Arabic, Body: arabicQuote + "\n\nولم يتلقَّ الزعيمان أسئلة.",
	}
	for _, lang := range []text.Language{text.Arabic, text.English} {
		t.Run(string(lang), func(t *testing.T) {
			golden(t, "article."+string(lang)+".txt", ArticleText(article, lang))
		})
	}
}

// golden compares got with a file in testdata. The files show the invisible
// characters that direct text by their names, as <FSI>.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = strings.NewReplacer(fsi, "<FSI>", pdi, "<PDI>", rlm, "<RLM>", lrm, "<LRM>").Replace(got)
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// What rendering adds to a quote can be taken away again: the quote is there,
// byte for byte.
func TestPlainTextIsVerbatim(t *testing.T) {
	tests := map[string]string{
		"arabic":                arabicQuote,
		"english":               englishQuote,
		"several lines":         "السطر الأول\n\nالسطر الثاني",
		"mixed":                 `قال المتحدث: "GDP grew 3.5%" ثم غادر`,
		"with marks of its own": "A\u200fB\u200e C",
		"emoji":                 "👍🏽 نعم",
	}
	strip := strings.NewReplacer(fsi, "", pdi, "")
	for name, quote := range tests {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				c := arabicCitation(1)
				c.Quote = retrieval.Quote{Text: quote, End: len(quote)}
				got := PlainText(retrieval.Answer{Language: lang, Verdict: retrieval.Answered, Articles: 1, Citations: []retrieval.Citation{c}})
				if !strings.Contains(strip.Replace(got), "«"+quote+"»") {
					t.Errorf("PlainText = %q, want it to hold «%s»", got, quote)
				}
			})
		}
	}
}

// Nothing of an article steers the terminal or leaves its place, wherever it
// stands in the answer.
func TestPlainTextHostile(t *testing.T) {
	hostile := []string{
		"\x1b[2J\x1b]0;owned\x07", "a\u009b31mb", "\r> fake prompt", "\x7f\b\b", "a\x00b",
		"\u202eright to left", "left open \u2066", "closed \u2069\u2069\u2069 too often", "title\nwith\u2028lines",
	}
	for _, s := range hostile {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			c := englishCitation(1)
			c.Title, c.Source, c.URL, c.Quote.Text = s, s, "https://news.example/"+s, s
			c.Context = &retrieval.Quote{Text: s}
			got := PlainText(retrieval.Answer{Language: lang, Verdict: retrieval.Answered, Articles: 1, Citations: []retrieval.Citation{c}})
			checkTame(t, got)
		}
	}
}

// checkTame fails when a rendered text holds control characters or a line whose
// directional controls are not balanced.
func checkTame(t *testing.T, s string) {
	t.Helper()
	for _, line := range strings.Split(s, "\n") {
		depth := 0
		for _, r := range line {
			switch {
			case isControl(r) && r != '\t':
				t.Errorf("line %q holds control character %U", line, r)
			case r >= '\u2066' && r <= '\u2068':
				depth++
			case r == '\u2069':
				depth--
			case r >= '\u202a' && r <= '\u202e' && depth == 0:
				t.Errorf("line %q holds %U outside an isolate", line, r)
			}
			if depth < 0 {
				t.Errorf("line %q closes an isolate that is not open", line)
				depth = 0
			}
		}
		if depth != 0 {
			t.Errorf("line %q leaves %d isolates open", line, depth)
		}
	}
}

func FuzzPlainText(f *testing.F) {
	f.Add("\x1b[2J", "\u202e\u2069", "https://news.example/\u2066")
	f.Add(arabicQuote, "شينخوا", "")
	f.Add("a\u0085b\u2028c", "\u2067\u2069\u2069", "x\ny")
	f.Fuzz(func(t *testing.T, quote, title, url string) {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			c := arabicCitation(1)
			c.Quote.Text, c.Title, c.Source, c.URL = quote, title, title, url
			checkTame(t, PlainText(retrieval.Answer{Language: lang, Verdict: retrieval.Answered, Articles: 1, Citations: []retrieval.Citation{c}}))
		}
	})
}

func TestFormatDate(t *testing.T) {
	riyadh := time.FixedZone("", 3*60*60)
	tests := []struct {
		name   string
		date   corpus.Date
		ar, en string
	}{
		{"day only", corpus.Day(2025, time.August, 15), "15 أغسطس 2025", "15 August 2025"},
		{"first month", corpus.Day(2024, time.January, 1), "1 يناير 2024", "1 January 2024"},
		{"last month", corpus.Day(2023, time.December, 31), "31 ديسمبر 2023", "31 December 2023"},
		// The day is that of the article's own zone, not of UTC.
		{"zone", corpus.Date{Time: time.Date(2025, time.May, 2, 1, 0, 0, 0, riyadh)}, "2 مايو 2025", "2 May 2025"},
		{"unknown", corpus.Date{}, "تاريخ غير معروف", "date unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FormatDate(tt.date, text.Arabic); got != tt.ar {
				t.Errorf("FormatDate(%v, ar) = %q, want %q", tt.date, got, tt.ar)
			}
			if got := FormatDate(tt.date, text.English); got != tt.en {
				t.Errorf("FormatDate(%v, en) = %q, want %q", tt.date, got, tt.en)
			}
		})
	}
}
