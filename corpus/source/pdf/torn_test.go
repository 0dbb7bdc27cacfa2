package pdf

import (
	"strings"
	"testing"
)

// vowelled is a text with all its marks, and with letters that follow themselves.
const vowelled = `قَالَ الوَزِيرُ إنَّ الحُكُومَةَ سَتَبدَأُ بِتَطبِيقِ الخُطَّةِ الجَدِيدَةِ في مَطلَعِ العامِ المُقبِلِ، وأُعلِنَ أنَّ المَدارِسَ ستُفتَحُ أمامَ التَّلامِيذِ يَومَ الأَحَدِ.
وأضافَ أنَّ لَجنَةً مُستَقِلَّةً تُشرِفُ على التَّنفِيذِ، وأنَّهُ لا يُوجَدُ أيُّ تَأخِيرٍ، وأنَّ المُوَظَّفِينَ تَتَبَّعُوا مَمَرَّ القَوافِلِ شُكرًا.`

func TestOrderlyMarks(t *testing.T) {
	if !orderly(vowelled) {
		t.Error("a text with all its marks is refused")
	}
	for name, garble := range map[string]func(string) string{
		"doubled":          strings.NewReplacer("قَ", "قَقَ", "مُ", "مُمُ", "بِ", "بِبِ", "لَ", "لَلَ", "سَ", "سَسَ", "دَ", "دَدَ", "جَ", "جَجَ", "تُ", "تُتُ").Replace,
		"tanwin doubled":   strings.NewReplacer("ةً", "ةًةً", "رًا", "رًرًا").Replace,
		"first":            strings.NewReplacer("قَ", "َق", "مُ", "ُم").Replace,
		"two on one":       strings.NewReplacer("نَّ", "نَُّ", "يُ", "يَُ").Replace,
		"torn off":         strings.NewReplacer("أُ", "أُ ", "تُ", "تُ ", "مُ", "مُ ").Replace,
		"article torn":     strings.NewReplacer("ال", "ا ل").Replace,
		"number for glyph": strings.NewReplacer("لَجنَةً", "لَ\u0fddنَةً").Replace,
		"sign for glyph":   strings.NewReplacer("الأَحَدِ", "ا˃حَدِ").Replace,
		"unknown glyph":    strings.NewReplacer("أيُّ", "\ufffdيُّ").Replace,
	} {
		s := garble(vowelled)
		if s == vowelled {
			t.Errorf("%s: nothing is garbled", name)
		}
		if orderly(s) {
			t.Errorf("%s: passes: %s", name, s)
		}
	}
}

func TestOrderlyJoined(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"the court ordersIsraelstohalttheadvance of the army and bringsacasebroughtbytraders to a vote", false},
		{"the counterrevolutionary party of the internationalization of trade", true},
		{"der Bundesverfassungsgerichtshof und die Rechtsschutzversicherung der Donaudampfschifffahrt und die Bundesverfassungsgerichtshofsordnung", true},
		{"إعصاردانياليجرفأحياء كاملة بعدانهيارسدينكبيرين في درنة وقتلآلافالسكانوالنازحين", false},
	} {
		if got := orderly(c.text); got != c.want {
			t.Errorf("got %v, want %v: %s", got, c.want, c.text)
		}
	}
}
