package numerals

import (
	"math"
	"strconv"
	"strings"

	"newsbot/corpus/text"
)

// A scale is a power of a thousand that is said in a word.
type scale struct {
	value                              float64
	english                            string
	singular, dual, plural, accusative string
	joinedDual                         string // before what is counted
}

var scales = [...]scale{
	{1e12, "trillion", "تريليون", "تريليونان", "تريليونات", "تريليونًا", "تريليونا"},
	{1e9, "billion", "مليار", "ملياران", "مليارات", "مليارًا", "مليارا"},
	{1e6, "million", "مليون", "مليونان", "ملايين", "مليونًا", "مليونا"},
	{1e3, "", "ألف", "ألفان", "آلاف", "ألفًا", "ألفا"},
}

// Format writes a number in a language, Arabic or English, with its unit: "3,000",
// "1.2 million dollars", «3 آلاف», «1.2 مليون دولار», "60%".
func (n Numeral) Format(lang text.Language) string {
	if n.Unit == Percent {
		return n.digits() + "%"
	}
	if n.Digits == "" {
		for _, s := range scales {
			if text, ok := n.scaled(s, lang); ok {
				return text
			}
		}
	}
	return n.digits() + n.Unit.named(n.Value, false, lang)
}

// scaled writes a number with the word of a scale, if it takes at most one decimal.
func (n Numeral) scaled(s scale, lang text.Language) (string, bool) {
	most := 1000.0
	if s.value == 1e12 {
		most = 1e6
	}
	tenths := n.Value / s.value * 10
	if n.Value < s.value || n.Value >= most*s.value || tenths != math.Trunc(tenths) {
		return "", false
	}
	count := n.Value / s.value
	if lang != text.Arabic {
		if s.english == "" {
			return "", false
		}
		return plain(count) + " " + s.english + n.Unit.named(n.Value, true, lang), true
	}
	if s.value == 1e3 && count != math.Trunc(count) {
		return "", false // 1,500
	}
	unit := n.Unit.named(n.Value, true, lang)
	switch {
	case count == 1:
		return s.singular + unit, true
	case count == 2 && unit == "":
		return s.dual, true
	case count == 2:
		return s.joinedDual + unit, true
	case count != math.Trunc(count), unit != "" && math.Mod(count, 100) > 10:
		return plain(count) + " " + s.singular + unit, true
	}
	return plain(count) + " " + inflected(count, s.singular, s.plural, s.accusative) + unit, true
}

// inflected is an Arabic noun behind a number.
func inflected(n float64, singular, plural, accusative string) string {
	switch last := math.Mod(n, 100); {
	case n != math.Trunc(n):
		return singular
	case last >= 3 && last <= 10:
		return plural
	case last >= 11:
		return accusative
	}
	return singular
}

// digits are those of the number with separators. A number of four digits that was
// written in digits has none: it may be a year.
func (n Numeral) digits() string {
	if n.Digits != "" && len(n.Digits) == 4 && !strings.Contains(n.Digits, ".") {
		return n.Digits
	}
	if n.Digits != "" {
		return separated(n.Digits)
	}
	return separated(plain(n.Value))
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// separated puts commas between thousands.
func separated(digits string) string {
	whole, decimals, found := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		whole += "." + decimals
	}
	return whole
}
