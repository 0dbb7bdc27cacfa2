package answertype

import "strings"

// Amounts: a number and its unit, by what is measured.

var units = map[Sort]map[string]bool{
	Money: set(`dollar dollars euro euros pound pounds sterling yen yuan riyal riyals rial rials dirham dirhams dinar dinars ruble rubles rouble roubles rupee rupees lira liras shekel shekels cents franc francs peso pesos krona crowns usd eur gbp pence`,
		`دولار دولارا دولارات دولارين يورو جنيه جنيها جنيهات ريال ريالا ريالات درهم درهما دراهم دينار دينارا دنانير ليرة ليرات روبل روبلا فرنك فرنكا يوان إسترليني استرليني شيكل سنت سنتا قرش قرشا كرونة بيزو روبية`),
	Percentage: set(`percent percentage cent pc half third thirds quarter quarters fifth majority`,
		`بالمئة بالمائة المئة المائة بالمية المية نصف ثلث ثلثي ثلثا ثلثين ربع خمس أرباع أخماس أغلبية غالبية`),
	Length: set(`metre metres meter meters kilometre kilometres kilometer kilometers km mile miles feet foot ft inch inches centimetre centimetres centimeter centimeters m cm mm millimetres millimeters yard yards`,
		`متر مترا أمتار مترين كيلومتر كيلومترا كيلومترات كلم كم ميل ميلا أميال قدم قدما أقدام بوصة بوصات سنتيمتر سنتيمترا سنتيمترات سم م ملم مليمتر كيلو ياردة`),
	Area: set(`square sq hectare hectares acre acres km2 m2 dunams`,
		`مربع مربعا مربعة هكتار هكتارا هكتارات فدان فدانا أفدنة دونم دونما دونمات`),
	Weight: set(`kilogram kilograms kilogramme kilogrammes kg kilo kilos tonne tonnes ton tons gram grams grammes ounce ounces lb lbs pounds`,
		`كيلوغرام كيلوغراما كيلوغرامات كيلوجرام كيلوجراما كيلوجرامات كغ كغم كلغ كلغم كجم طن طنا أطنان غرام غراما غرامات جرام جراما جرامات رطل رطلا`),
	Volume: set(`litre litres liter liters gallon gallons barrel barrels cubic`,
		`لتر لترا لترات ليتر ليترا برميل برميلا براميل مكعب مكعبا مكعبة غالون غالونا`),
	Temperature: set(`degree degrees celsius fahrenheit centigrade kelvin`, `درجة درجات مئوية فهرنهايت`),
	Speed:       set(`mph kph kmh knots knot`, `عقدة عقد`),
	Age:         set(`aged year years old`, `عاما عام سنة سنوات أعوام`),
}

// unitSorts tells of each unit what it measures, those of one sort only.
var unitSorts = func() map[string]Sort {
	m := map[string]Sort{}
	for _, sort := range []Sort{Money, Length, Weight, Volume, Area, Temperature, Speed} {
		for w := range units[sort] {
			if _, ok := m[w]; !ok && w != "كم" && w != "م" && w != "m" && w != "عقد" {
				m[w] = sort
			}
		}
	}
	return m
}()

// unitOf returns what a word is a unit of, Any when it is none.
func unitOf(word string) Sort {
	switch word {
	case "percent", "percentage":
		return Percentage
	}
	return unitSorts[word]
}

// unit returns what the i-th word is a unit of.
func (s *said) unit(i int) Sort {
	w := s.word(i)
	if sort := unitOf(w); sort != Any || w == "" {
		return sort
	}
	switch w {
	case "cent", "pc", "بالمءه", "بالمئه", "بالمائه", "المئه", "المائه", "بالميه", "الميه":
		return Percentage
	}
	return Any
}

// Signs that stand beside a number.
const (
	moneySigns = "$€£¥₪₹₽₺﷼"
	degreeSign = "°"
)

func percentSign(gap string) bool {
	return strings.HasPrefix(gap, "%") || strings.HasPrefix(gap, "٪") || strings.HasPrefix(gap, " %")
}

// money reports whether the number at i is one of money.
func (s *said) money(i int) bool {
	if strings.ContainsAny(s.gap(i), moneySigns) || strings.ContainsAny(firstBytes(s.gap(i+1)), moneySigns) {
		return true
	}
	for k := i + 1; k <= i+3; k++ {
		if s.unit(k) == Money {
			return true
		}
	}
	return false
}

// firstBytes are those of what follows a number: room for a space and a sign.
func firstBytes(gap string) string { return gap[:min(len(gap), 4)] }

// amount weighs what shows how much: the number at i with a unit of the sort that
// is asked for, or of any.
func (s *said) amount(i int) float64 {
	sort := s.wanted.Sort
	if !s.number(i) {
		if sort == Any || sort == Percentage {
			return s.fraction(i)
		}
		return 0
	}
	if sort != Any {
		return max(s.measured(i, sort), s.other(i))
	}
	most := s.other(i)
	for _, sort := range [...]Sort{Money, Percentage, Length, Area, Weight, Volume, Temperature, Speed} {
		most = max(most, s.measured(i, sort))
	}
	return most
}

// other weighs the number at i, when it has no unit of the sort that is asked for.
func (s *said) other(i int) float64 {
	if s.year(i) || s.dated(i) || s.numbered(i) {
		return 0
	}
	if s.wanted.Sort == Any && s.word(i) != "one" {
		return unitUnasked
	}
	if s.unitAt(i) || percentSign(s.gap(i+1)) {
		return 0.2
	}
	return 0.4
}

// measured weighs the number that stands at i with units of a sort beside it.
func (s *said) measured(i int, sort Sort) float64 {
	switch {
	case sort == Money && s.money(i), sort == Percentage && percentSign(s.gap(i+1)), sort == Temperature && strings.Contains(s.gap(i+1), degreeSign):
		return 1
	case sort == Age:
		return s.age(i)
	case sort == Speed && s.perHour(i):
		return 1
	case sort == Area && s.squared(i):
		return 0.9
	}
	if s.money(i) && sort != Money {
		return 0.2
	}
	for k := i + 1; k <= i+3; k++ {
		w := s.word(k)
		if units[sort][w] && (k == i+1 || w != "عقد") || s.glued(i, sort) {
			return 1
		}
	}
	return 0
}

// squared reports whether a unit of length stands behind a number with a 2, or may
// have lost its "square".
func (s *said) squared(i int) bool {
	for k := i + 1; k <= min(i+3, len(s.terms)-1); k++ {
		if w := s.word(k); units[Length][w] || units[Length][strings.TrimSuffix(w, "2")] {
			return true
		}
	}
	return s.glued(i, Length)
}

// glued reports whether the unit is written onto the digits: "45km".
func (s *said) glued(i int, sort Sort) bool {
	unit := strings.TrimLeft(s.word(i), "0123456789.,")
	return unit != "" && unit != s.word(i) && units[sort][unit]
}

// fraction weighs a part that is written as a word.
func (s *said) fraction(i int) float64 {
	switch w := s.bare(i); w {
	case "half", "نصف", "ثلث", "ثلثي", "ثلثا", "ربع", "ارباع", "thirds", "quarters":
		return 0.8
	case "third", "quarter", "fifth":
		if p := s.word(i - 1); p == "a" || p == "one" {
			return 0.8
		}
	case "majority", "most", "اغلبيه", "غالبيه", "معظم":
		return 0.4
	}
	return 0
}

// perHour reports whether a number is followed by "an hour" and the like.
func (s *said) perHour(i int) bool {
	for k := i + 1; k <= i+4; k++ {
		switch s.word(k) {
		case "hour", "h", "mph", "kph", "second", "الساعه", "بالساعه", "الثانيه", "بالثانيه":
			return true
		}
	}
	return false
}

// age weighs the number at i as one's age.
func (s *said) age(i int) float64 {
	w := s.word(i)
	switch {
	case s.year(i):
		for k := i - 1; k >= max(i-5, 0); k-- {
			if begun[s.bare(k)] {
				return 0.5
			}
		}
		return 0
	case len(w) > 3 && w[0] <= '9':
		return 0
	case s.agedBefore(i):
		return 1
	case s.word(i-1) == "aged" || s.word(i-1) == "age" || s.word(i+2) == "old" || s.word(i+1) == "old":
		return 1
	case strings.HasPrefix(s.gap(i+1), ",") && strings.HasSuffix(s.gap(i), ", ") || s.gap(i) == " (" && strings.HasPrefix(s.gap(i+1), ")"):
		return 1
	case s.ofAge(i):
		return 1
	case units[Age][s.word(i+1)]:
		return 0.6
	}
	return 0
}

// begun are words of birth and foundation.
var begun = set(`born founded established built created opened`, `ولد ولدت مواليد مولود تأسس تأسست أسس أسست أنشئ أنشئت بني بنيت افتتح افتتحت`)

// agedBefore reports whether "the age of", "as young as" and the like stand before a number.
func (s *said) agedBefore(i int) bool {
	for k := i - 1; k >= max(i-3, 0); k-- {
		switch s.word(k) {
		case "age", "aged", "ages", "young", "old":
			return true
		}
	}
	return false
}

// ofAge reports whether Arabic words of age stand beside a number.
func (s *said) ofAge(i int) bool {
	for k := max(i-4, 0); k <= min(i+4, len(s.terms)-1); k++ {
		switch w := s.bare(k); w {
		case "عمره", "عمرها", "عمر", "العمر", "عمرهم", "سنه", "سن":
			if w != "سنه" || k < i {
				return true
			}
		}
	}
	return s.gap(i) == " (" && (s.word(i+1) == "عاما" || s.word(i+1) == "سنه")
}
