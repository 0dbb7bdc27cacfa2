package dates

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// seeds adds the texts of the tables to a fuzz test.
func seeds(f *testing.F, names ...string) {
	f.Helper()
	for _, name := range names {
		for _, r := range table(f, name, 2) {
			f.Add(r.columns[0], int32(today), int32(today)-3)
		}
	}
	f.Add("31 February to early early early early mid late May of of the the 1 1 1/1/1/1/1", int32(0), int32(-1))
	f.Add("between between 1 and 2 and 3 and 4 May - - 5 2024-2025-2026", int32(Beginning), int32(End))
	f.Add("«آب/أغسطس/آب» و و7 مايو ١٥/٨/٢٠٢٥/١", int32(End), int32(Beginning))
	f.Add("99999999999999999999 9999-99-99 0/0/0000 00 May 0 days ago", int32(3), int32(4))
	f.Add("\xff\xfe on \u200fFri\u200eday\u0000 15\u00a0May\u202e 2025", int32(20000), int32(20000))
}

func FuzzAsked(f *testing.F) {
	seeds(f, "asked_en.tsv", "asked_ar.tsv")
	f.Fuzz(func(t *testing.T, question string, today, about int32) {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			a := Default().Asked(question, lang, Day(today), Day(about))
			checkExpressions(t, question, a.Expressions)
			if !strings.Contains(question, a.Problem) {
				t.Errorf("Problem %q is not in %q", a.Problem, question)
			}
			if a.Problem != "" && (!a.Window.IsZero() || len(a.Expressions) > 0) {
				t.Errorf("Asked(%q) = %+v has a window and a problem", question, a)
			}
			if a.Window.First > a.Window.Last || a.Window.IsZero() != (len(a.Expressions) == 0) {
				t.Errorf("Asked(%q) = %+v", question, a)
			}
			checkEdges(t, question, a.Expressions)
		}
		if !mayTell(question) && tokensOf(question) != nil {
			t.Errorf("mayTell(%q) = false, but there is an anchor in it", question)
		}
	})
}

func FuzzStated(f *testing.F) {
	seeds(f, "stated_en.tsv", "stated_ar.tsv")
	f.Fuzz(func(t *testing.T, sentence string, published, other int32) {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			all := Default().Stated(sentence, lang, Day(published), true)
			checkExpressions(t, sentence, all)
			checkEdges(t, sentence, all)
			for _, e := range Default().Stated(sentence, lang, Day(other), false) {
				if e.Relative {
					t.Errorf("Stated(%q) has %+v without a day of publication", sentence, e)
				}
			}
		}
	})
}

// checkEdges checks that expressions begin and end on the edges of runes.
func checkEdges(t *testing.T, s string, expressions []Expression) {
	t.Helper()
	if !utf8.ValidString(s) {
		return
	}
	for _, e := range expressions {
		if !utf8.ValidString(s[e.Start:e.End]) {
			t.Errorf("%q is cut within a rune: %q", s, s[e.Start:e.End])
		}
	}
}

// TestLongTexts reads texts that repeat what makes a reading go on, in a length that
// takes minutes when it is not linear.
func TestLongTexts(t *testing.T) {
	for _, piece := range []string{
		"early ", "of the ", "between 1 and ", "1/", "2000 to ", "the last ", "May ", "15 May to ", "قبل ", "يوم ", "من ", "آب/", "في عام ", "twenty ",
		"Friday, ", "first week of ", "و7 ", "on ", "2024-", "نهاية ", "عطلة ", "in 2019, ", "late in early ", "said ", "will ", "FRIDAY ", "this weekend ", "1980's ", "today ", "12 Ramadan ",
	} {
		s := strings.Repeat(piece, 20000)
		checkExpressions(t, s, Default().Stated(s, text.English, today, true))
		if a := Default().Asked(s, text.English, today, today); len(a.Expressions) > 0 || a.Problem != "" {
			t.Errorf("a text of %d times %q is read as a question", 20000, piece)
		}
	}
}

// BenchmarkStated measures a sentence without a time and one with a time of each
// language.
func BenchmarkStated(b *testing.B) {
	for name, s := range map[string]string{
		"english/none": "The ministry said the health workers had been sent to the villages, where the heavy rain had cut the roads and left families without help.",
		"english/time": "The two presidents met in Alaska on Friday, 15 August 2025, and agreed to speak again, officials said yesterday in a statement to reporters.",
		"arabic/none":  "وقالت الوزارة إن فرقا طبية أرسلت إلى القرى التي قطعت السيول الطرق المؤدية إليها وتركت مئات الأسر فيها من دون مساعدة أو مأوى.",
		"arabic/time":  "والتقى الرئيسان في ألاسكا يوم الجمعة 15 آب/أغسطس 2025 واتفقا على الحديث مجددا، وفق ما قال مسؤولون أمس في بيان للصحفيين.",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			c := Calendar{WeekStart: time.Monday}
			for b.Loop() {
				c.Stated(s, text.Arabic, today, true)
			}
		})
	}
}
