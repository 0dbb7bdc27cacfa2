package check

import (
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// FuzzFigures checks that whatever a model writes about whatever an article says is looked
// at without a panic.
func FuzzFigures(f *testing.F) {
	for _, s := range []string{
		"", " ", "\xff\xfe", "0", "00:00", "99:99 p.m.", "1e309", "٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩ مليار", "million million million", "31 February 2023", "0 March",
		"نصف نصف نصف", "السابع والستون بعد المئتين", "half past", "quarter to one", "الساعة الثانية عشرة والنصف", "twenty-first-second", "IIIIIII", "“", "«»", "''", `"a b c`, "‘’‘’",
		"COVID-19 killed 3.5m in the 1990s, says Leo XIV", "وبالولايات", "من 6 إلى 10 مارس", "4-2-1-0", "$€£ 5%", "a\u0000b", "5\u200f%", "١٥ أغسطس ٢٠٢٥",
	} {
		f.Add(s, "The storm of 8 May 2023 killed 5 people in Derna.", int64(0))
		f.Add("قُتل 5 أشخاص في درنة يوم الجمعة", s, int64(1700000000))
	}
	c := figuresChecker(f)
	f.Fuzz(func(t *testing.T, claim, source string, published int64) {
		s := Source{N: 1, Text: source, Title: source, Outlet: claim, Language: text.Detect(source)}
		if published != 0 {
			s.Published = corpus.Date{Time: time.Unix(published%(1<<36), 0).UTC()}
		}
		for _, lang := range []text.Language{text.Arabic, text.English} {
			for _, look := range c.figureTests() {
				if _, err := look(t.Context(), Claim{claim, lang, []Source{s}}); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
