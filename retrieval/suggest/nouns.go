package suggest

import (
	"strings"

	"newsbot/corpus/text"
)

// englishEvents are the nouns of events.
var englishEvents = classes(map[class]string{
	disaster: `earthquake earthquakes quake quakes flood floods flooding fire fires wildfire wildfires hurricane cyclone storm typhoon tsunami
		eruption crash collapse explosion blast attack attacks shooting bombing invasion war outbreak epidemic accident derailment stampede landslide
		drought famine coup massacre shipwreck riots`,
	meeting:  `summit talks conference meeting negotiations congress forum`,
	contest:  `final election elections vote referendum match championship tournament race`,
	deal:     `agreement deal ceasefire truce treaty accord`,
	occasion: `opening reopening launch landing ceremony coronation funeral expansion withdrawal merger trial mission inauguration parade protests visit`,
})

// modifiers are words before such a noun that belong to the name of an event.
var modifiers = text.WordSet(`climate bridge peace trade grain gas nuclear border presidential parliamentary general prisoner hostage
	forest dam ferry plane train factory school bank currency debt cargo ship air peace opening closing moon space world cup`)

// placing are the words behind such a noun before where it was.
var placing = text.WordSet("in of at near on")

// unsure are words before the name of an event that is none yet, none at all, or one of
// several.
var unsure = text.WordSet(`without no any another not possible potential future next previous last earlier planned proposed first second third each every
	late if avoid prevent against more other similar fake
	دون بدون بلا لا اي أخرى مقبل مقبلة محتمل محتملة تجنب منع بعض كل غير لن لم ليس حالة`)

// arabicEvents are those of Arabic by their normalised forms: each is a word, "f" for a feminine
// one, and the verb that it happens by, if that is not the class's own.
var arabicEvents = arabicNouns(map[class]string{
	disaster: `زلزال;فيضانات f;فيضان;سيول f;حريق:اندلع;حرائق f:اندلع;إعصار;عاصفة f:هب;تسونامي;تحطم;انهيار;انفجار;هجوم;هجمات f;حرب f:اندلع;غزو:بدأ;
		حادث;كارثة f;انقلاب;مجزرة f;تفجير;قصف;احتجاجات f:اندلع;جفاف;انزلاق`,
	meeting:  `قمة f;مؤتمر;محادثات f:جرى;مفاوضات f:جرى;اجتماع;لقاء;مباحثات f:جرى;منتدى`,
	contest:  `نهائي;انتخابات f;مباراة f;بطولة f;استفتاء;سباق`,
	deal:     `اتفاق;اتفاقية f;هدنة f:بدأ;معاهدة f;صفقة f`,
	occasion: `افتتاح;إطلاق;هبوط;مراسم f;جنازة f;انسحاب;محاكمة f:بدأ;تنصيب;إعادة f;تتويج`,
})

func classes(lists map[class]string) map[string]class {
	all := map[string]class{}
	for c, list := range lists {
		for w := range strings.FieldsSeq(list) {
			all[w] = c
		}
	}
	return all
}

// ofClass are the verbs by which events of a class happen, masculine.
var ofClass = map[class]string{disaster: "وقع", meeting: "عُقد", contest: "أُقيم", deal: "أُبرم", occasion: "جرى"}

// arabicNouns reads the lists of nouns.
func arabicNouns(lists map[class]string) map[string]noun {
	all := map[string]noun{}
	for c, list := range lists {
		for entry := range strings.SplitSeq(list, ";") {
			word, verb, _ := strings.Cut(strings.TrimSpace(entry), ":")
			word, feminine := strings.CutSuffix(word, " f")
			n := noun{class: c, arabic: word, feminine: feminine, verb: verb}
			if verb == "" {
				n.verb = ofClass[c]
			}
			all[text.Normalize(word)] = n
		}
	}
	return all
}

// happened is the verb by which an event happened, in its form.
func (n noun) happened() string {
	if !n.feminine {
		return n.verb
	}
	switch n.verb {
	case "جرى":
		return "جرت"
	case "بدأ":
		return "بدأت"
	}
	return n.verb + "ت"
}

// lasted and was are other verbs in its form.
func (n noun) lasted() string { return n.form("استمر", "استمرت") }

func (n noun) form(masculine, feminine string) string {
	if n.feminine {
		return feminine
	}
	return masculine
}
