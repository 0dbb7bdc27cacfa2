package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSentences(t *testing.T) {
	// A bar marks where one sentence ends and the next begins.
	tests := []struct{ name, want string }{
		{"one", "The summit ended."},
		{"two", "The summit ended.| No deal was reached."},
		{"no stop", "Summit ends without deal"},
		{"question and exclamation", "Who won?| Nobody!| Really?!| Yes."},
		{"arabic", "انتهت القمة.| لم يتم التوصل إلى اتفاق.| لماذا؟| لا أحد يعرف!"},
		{"urdu full stop", "یہ خبر ہے۔| وہ چلا گیا۔"},
		{"lines", "Title\n|First line.\n|Second line"},
		{"windows lines", "Title\r\n|First line.\r\n|\r\n|Second line"},
		{"line and paragraph separators", "One\u2028|Two\u2029|Three"},
		{"bullets", "Points:\n|- no deal\n|• a meeting in May\n|3. sanctions stay"},
		{"list numbers", "1. Gaza is calm.| 2. Lebanon is not."},

		{"decimals", "Growth was 3.5 percent.| Inflation was ٣.٥ percent."},
		{"year", "كان ذلك عام 2021.| ثم عاد."},
		{"year with its letter", "توفي عام 622م.| ودفن هناك."},
		{"year in english", "It was founded in 1987.| Today it has 300 members."},
		{"titles", "Mr. Smith met Gen. Dan Caine and Dr. No in St. Louis.| They talked."},
		{"acronym in a name", "U.S. President Donald Trump spoke."},
		{"acronym at the end", "He lives in the U.S.| He likes it."},
		{"acronym before a lower-case word", "The U.N. said so."},
		{"initials", "J. K. Rowling and George W. Bush met."},
		{"initial at the end", "They chose plan B.| The others left."},
		{"time of day", "It opens at 9 a.m. on Friday.| It closes at 5 p.m.| The rest is closed."},
		{"time of day, hour glued on", "It aired at 7:30p.m. local time."},
		{"company", "Apple Inc. said so.| Shell plc. fell.| He left Foo Ltd.| The shares rose."},
		{"company before a name", "Acme Corp. Chairman Jane Doe left."},
		{"month", "It began on Jan. 6 and ended in Feb.| Nobody knows why."},
		{"number", "No. 5 is alive.| He said no.| Then he left."},
		{"latin abbreviations", "Some states, e.g. Oman, i.e. the south, agreed vs. Iran, etc. and left."},
		{"words that are abbreviations elsewhere", "He fell ill.| Trump left.| She is a sales rep.| Sales rose."},
		{"arabic titles", "التقى د. محمد أ. علي وم. أحمد في ص. ب. 12.| ثم غادر."},
		{"arabic agency", "قالت وكالة أ.ف.ب. إن القمة انتهت.| وأضافت أنها نجحت."},
		{"arabic era", "وقع ذلك سنة 1400 هـ.| وكان الحدث كبيرا."},
		{"arabic initials", "ولد جون إف. كينيدي عام 1917."},
		{"arabic stop without a space", "انتهت القمة.|وغادر الوفد."},
		{"arabic year without a space", "كان ذلك عام 2021.|وقال الوزير ذلك."},
		{"english stop without a space", "The talks ended.|They went home."},
		{"domain", "See example.com and www.Example.Org for more."},
		{"link", "اقرأ https://example.com/a?b=c.d&e=F في الموقع."},

		{"ellipsis in a sentence", "He waited... and waited… then left."},
		{"ellipsis at the end", "He waited...| Nobody came."},
		{"arabic ellipsis at the end", "انتظر طويلا...| لم يأت أحد."},
		{"arabic ellipsis in a sentence", "انتظر... ثم غادر… ولم يعد."},
		{"arabic headline dots", "غزة.. استشهاد صحفي"},
		{"spaced dots", "He waited . . . and left."},

		{"stop in quotation marks", "\"It is over.\"| He left."},
		{"curly quotation marks", "“It is over.”| ‘We know.’| He left."},
		{"guillemets", "«انتهى كل شيء.»| غادر الوفد."},
		{"stop after guillemets", "قال «انتهى كل شيء».| غادر الوفد."},
		{"spaced guillemets", "« انتهى كل شيء. »| غادر الوفد."},
		{"quotation goes on in lower case", "\"It is over.\" he said."},
		{"question in a quotation", "\"Is it over?\" he asked.| \"Yes!\" she said."},
		{"arabic quotation goes on", "\"انتهى كل شيء.\"، قال الوزير."},
		{"arabic question goes on", "«هل انتهت؟» تساءل الوزير."},
		{"arabic question, then a sentence", "«هل انتهت؟»| وقال الوزير نعم."},
		{"brackets", "It ended (in May.)| He left (why?) early."},
		{"arabic mark in brackets", "فاز (؟) بالمركز الأول (هل هذا صحيح؟).| نعم."},
		{"name with a mark", "Yahoo! said so."},
		{"footnotes", "It ended.[1][2]| He left. [3]| She stayed."},
		{"stray quotation mark", "It ended. \"\n|He left."},
		{"emoji after the stop", "خبر عاجل! 🔥🔥\n|انتهت القمة"},
		{"direction marks", "\u200fانتهت القمة.\u200f| غادر الوفد.\u200f"},
		{"isolates", "\u2067انتهت القمة.\u2069| The end."},
		{"outer space", "  Hello there.  | Bye.  "},
		{"mixed", "قال ترامب: \"We made progress.\"| وأضاف أن القمة نجحت."},
		{"invalid utf-8", "a\xff.| B\xfe."},
		{"only marks", "..."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checkMarked(t, tt.want)
		})
	}
}

func TestSentencesOfNothing(t *testing.T) {
	for _, s := range []string{"", " ", "\n\r\n\t", "\u00a0\u2003"} {
		if got := Sentences(s); len(got) != 0 {
			t.Errorf("Sentences(%q) = %v, want none", s, got)
		}
	}
}

func TestLongSentences(t *testing.T) {
	word := strings.Repeat("ب", 9)
	tests := []struct {
		name, text string
		ends       string // what every piece but the last ends with
	}{
		{"semicolons", strings.Repeat(word+" "+word+"، "+word+"؛ ", 100), "؛"},
		{"commas", strings.Repeat(word+" "+word+"، ", 200), "،"},
		{"spaces", strings.Repeat(word+" ", 500), word},
		{"commas that belong to numbers", strings.Repeat("1,000 ", 500), "1,000"},
		{"a megabyte of nothing", strings.Repeat("ب", 1<<19), "ب"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spans := Sentences(tt.text)
			checkSentences(t, tt.text, spans)
			if len(spans) < 2 {
				t.Fatalf("got %d spans, want the text cut", len(spans))
			}
			for _, sp := range spans[:len(spans)-1] {
				if piece := tt.text[sp.Start:sp.End]; !strings.HasSuffix(piece, tt.ends) {
					t.Errorf("piece ends with %q, want %q", piece[max(0, len(piece)-20):], tt.ends)
				}
			}
		})
	}
}

func TestSentencesOfRepeats(t *testing.T) {
	const size = 128 << 10
	for _, unit := range []string{"ب", "ب ", "a", ".", ". ", ".\u00a0", "a.", "U.S. ", "\"", ".\"", "[1]", ".[1", "(؟)", "، ", " ", "\u200f", ".\u200f", "🔥", "\xff", "\n", "؟! "} {
		s := strings.Repeat(unit, size/len(unit))
		checkSentences(t, s, Sentences(s))
	}
}

// checkSentences fails unless spans are what Sentences promises for s.
func checkSentences(t *testing.T, s string, spans []Span) {
	t.Helper()
	checkSpans(t, s, spans)
	end := 0
	for _, sp := range spans {
		if gap := s[end:sp.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("%q between two sentences of %.200q is in neither", gap, s)
		}
		sentence := s[sp.Start:sp.End]
		if n := utf8.RuneCountInString(sentence); n > maxSentenceRunes {
			t.Fatalf("a sentence has %d runes, want at most %d", n, maxSentenceRunes)
		}
		if n := len(Words(sentence)); n > MaxSentenceWords {
			t.Fatalf("a sentence has %d words, want at most %d", n, MaxSentenceWords)
		}
		if strings.TrimFunc(sentence, unicode.IsSpace) != sentence {
			t.Fatalf("sentence %q has outer white space", sentence)
		}
		end = sp.End
	}
	if rest := s[end:]; strings.TrimSpace(rest) != "" {
		t.Fatalf("%q at the end of %.200q is in no sentence", rest, s)
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{
		"Mr. Smith left. He said \"no.\" then", "د. محمد. قال «لا.»، ثم", "1. a\r\n2. b", "...", "a.[12] b", "أ.ف.ب.", "\xff.\xff", "U.S. He", ". »", "(؟)",
		strings.Repeat("ب", 1001), strings.Repeat("1,000؛ ", 300),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkSentences(t, s, Sentences(s))
	})
}

func BenchmarkSentences(b *testing.B) {
	b.Run("news", func(b *testing.B) {
		s := newsSample()
		b.SetBytes(int64(len(s)))
		for b.Loop() {
			Sentences(s)
		}
	})
	b.Run("one line", func(b *testing.B) {
		s := strings.Repeat("كلمة، ", 1<<20/11)
		b.SetBytes(int64(len(s)))
		for b.Loop() {
			Sentences(s)
		}
	})
}
