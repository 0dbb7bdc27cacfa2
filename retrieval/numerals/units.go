package numerals

import (
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A Unit is what a number counts, of the few that are translated.
type Unit string

// The units.
const (
	None       Unit = ""
	Percent    Unit = "percent"
	Dollars    Unit = "dollars"
	Euros      Unit = "euros"
	Kilometres Unit = "kilometres"
	Metres     Unit = "metres"
	Tonnes     Unit = "tonnes"
	Barrels    Unit = "barrels"
)

// A noun is a unit in Arabic: after one, after three to ten, and after eleven to 99.
type noun struct{ english, singular, plural, accusative string }

var nouns = map[Unit]noun{
	Dollars:    {"dollars", "دولار", "دولارات", "دولارًا"},
	Euros:      {"euros", "يورو", "يورو", "يورو"},
	Kilometres: {"kilometres", "كيلومتر", "كيلومترات", "كيلومترًا"},
	Metres:     {"metres", "متر", "أمتار", "مترًا"},
	Tonnes:     {"tonnes", "طن", "أطنان", "طنًّا"},
	Barrels:    {"barrels", "برميل", "براميل", "برميلًا"},
}

// unitWords are the words of units, normalised.
var unitWords = func() map[string]Unit {
	m := map[string]Unit{}
	for unit, words := range map[Unit]string{
		Percent:    "percent بالمئة بالمائة بالمية",
		Dollars:    "dollar dollars دولار دولارا دولارات",
		Euros:      "euro euros يورو",
		Kilometres: "kilometre kilometres kilometer kilometers km كيلومتر كيلومترا كيلومترات",
		Metres:     "metre metres meter meters متر مترا أمتار",
		Tonnes:     "tonne tonnes طن طنا أطنان",
		Barrels:    "barrel barrels برميل برميلا براميل",
	} {
		for w := range set(words) {
			m[w] = unit
		}
	}
	return m
}()

// unit returns what the number from first up to end counts, and where it ends then: stop
// when it is not known.
func (r *reader) unit(first, end, stop int) (Unit, int) {
	behind := r.gap(end)
	if at := strings.IndexAny(behind, "%٪"); at >= 0 && strings.TrimSpace(behind[:at]) == "" {
		_, size := utf8.DecodeRuneInString(behind[at:])
		return Percent, stop + at + size
	}
	if end >= len(r.words) || strings.TrimSpace(behind) != "" {
		return r.sign(first), stop
	}
	word, next := r.norm(end), r.norm(end+1)
	switch {
	case word == "per" && next == "cent", word == "في" && (next == "المئه" || next == "المائه" || next == "الميه"):
		return Percent, r.words[end+1].End
	case isOther(next):
		return None, stop // «دولار كندي», square metres
	}
	if u, ok := unitWords[word]; ok {
		return u, r.words[end].End
	}
	return r.sign(first), stop
}

// isOther reports whether a word makes another unit of the one before it.
func isOther(word string) bool { return otherUnits[word] }

var otherUnits = set(`كندي أسترالي تايواني مربع مربعا مربعة مكعب مكعبا مكعبة سنغافوري نيوزيلندي كنديا أستراليا`)

// sign is the unit whose sign stands before the number: $.
func (r *reader) sign(first int) Unit {
	switch gap := r.gap(first); {
	case strings.HasSuffix(gap, " $"), gap == "$":
		return Dollars
	case strings.HasSuffix(gap, " €"), gap == "€":
		return Euros
	}
	return None
}

// named is a unit in a language after the whole number n, or after a scale.
func (u Unit) named(n float64, scaled bool, lang text.Language) string {
	v, ok := nouns[u]
	switch {
	case !ok:
		return ""
	case lang != text.Arabic:
		return " " + v.english
	case scaled:
		return " " + v.singular
	}
	return " " + inflected(n, v.singular, v.plural, v.accusative)
}
