package retrieval

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
)

// Whether a question is about the present is read off its words, in either language: who
// somebody is or who holds an office, what still is, what is so now or currently, what a
// price or a state is, what is open or under way. Who did something, or has made a
// lasting thing, is not: that does not change. When in doubt it is not about the present,
// since all that depends on it is a warning.

// The words that decide, normalised.
var (
	// nowWords mean the present wherever they stand.
	nowWords = set(text.Normalize(`currently now nowadays presently
		حاليا الآن راهنا دلوقتي الحين هسه هلأ`))
	// currentWords do so before or behind what is asked about, but for stretches of time,
	// which are a window.
	currentWords = set(text.Normalize("current present الحالي الحالية الحاليين الراهن الراهنة"))
	stretches    = set(text.Normalize(`day week month year quarter season decade century
		يوم اليوم أسبوع الأسبوع شهر الشهر عام العام سنة السنة ربع الربع موسم الموسم عقد العقد قرن القرن`))
	// beings are verbs of the present that may open a question or follow who asks.
	beings = set("is are isn't aren't")
	whos   = set("who")
	whats  = set("what which how")
	// contracted are question words with such a verb.
	contractedWho  = set("who's who're")
	contractedWhat = set("what's what're")
	// holding verbs tell who has an office now.
	presentHolders = set(text.Normalize(`leads runs heads owns holds controls governs rules chairs coaches manages commands
		يرأس يترأس تترأس ترأس يقود تقود يحكم تحكم يدير تدير يتولى تتولى يملك تملك يمتلك يشغل تشغل يسيطر تسيطر يرعى`))
	// stateWords are what a price or a state is called that is different every day.
	stateWords = set(text.Normalize(`price prices rate population status situation state toll unemployment inflation value cost leader
		head president minister king queen pope chief captain coach holder champion position stance ranking score
		سعر أسعار ثمن قيمة وضع الوضع حالة الحالة حال معدل نسبة موقف موقع ترتيب رصيد سكان زعيم رئيس وزير ملك بابا مدرب قائد أمير حاكم`))
	// lasting are what somebody or something is for good.
	lasting = set(text.Normalize(`author writer inventor founder founders discoverer creator composer painter architect designer builder killer
		first father mother winner winners scorer victim victims born named called known meant capital
		مؤلف مؤلفة كاتب كاتبة مخترع مخترعة مؤسس مؤسسة مكتشف مكتشفة مبتكر ملحن رسام مهندس مصمم باني قاتل صاحب صاحبة أول الفائز الفائزة الفائزون الفائزين
		هداف ضحايا والد والدة عاصمة مخرج ناظم شاعر`))
	// over are verbs and words of the past, beside which nothing is present.
	over = set(text.Normalize(`was were did had been became won died killed wrote founded invented discovered
		signed scored said met happened born elected appointed resigned
		كان كانت كانوا قتل قتلت فاز فازت وقع وقعت توفي توفيت حدث حدثت جرى قال قالت أعلن أعلنت أصبح أصبحت صار اخترع كتب أسس اكتشف سابقا السابق السابقة الراحل الراحلة`))
	// states are what a question with «هل» asks for that may be otherwise tomorrow.
	states = set(text.Normalize(`هناك يوجد توجد عضو عضوا مفتوح مفتوحة مفتوحا مغلق مغلقة مغلقا مستمر مستمرة قائم قائمة جار جارية ساري سارية
		متوقف متوقفة محتجز محتجزة معتقل معتقلة معلق معلقة متاح متاحة محاصر محاصرة`))
	// remains are verbs that say by themselves that something still is.
	remains = set(text.Normalize("يزال تزال يزالون زال زالت مازال مازالت لازال لازالت لايزال لاتزال مايزال ماتزال"))
	negates = set(text.Normalize("لا ما لم"))
)

// asksPresent reports whether a question is about how things are when it is asked.
func asksPresent(terms []text.Term) bool {
	words := make([]string, len(terms))
	for i, t := range terms {
		words[i] = strings.ReplaceAll(t.Norm, "’", "'")
	}
	has := func(some map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return some[w] })
	}
	switch {
	case len(words) > 0 && (words[0] == "has" || words[0] == "have") && saysStill(words):
		return true
	case len(words) == 0 || has(over):
		return false
	case has(nowWords), saysCurrent(words), saysStill(words), saysThese(words):
		return true
	case has(lasting):
		return false
	}
	return asksWho(words) || asksState(words) || asksWhether(words)
}

// saysCurrent finds "the current president" and «الرئيس الحالي», but not "the current week".
func saysCurrent(words []string) bool {
	for i, w := range words {
		if !currentWords[w] {
			continue
		}
		beside := word(words, i+1)
		if arabic(w) {
			beside = word(words, i-1)
		}
		if !stretches[beside] {
			return true
		}
	}
	return false
}

// saysStill finds "is it still" and «هل لا يزال»; "to stand still" is no verb of being.
func saysStill(words []string) bool {
	for i, w := range words {
		switch {
		case w == "still" && i > 0:
			first := words[0]
			return beings[first] || first == "does" || first == "do" || first == "has" || first == "have" || beings[word(words, 1)] ||
				contractedWho[first] || contractedWhat[first] || beings[words[i-1]]
		case w == "yet" && i > 0 && i == len(words)-1:
			return words[0] == "has" || words[0] == "have" || beings[words[0]]
		case remains[w] && (i == 0 || negates[words[i-1]] || len([]rune(w)) > 4):
			return true
		}
	}
	return false
}

// saysThese finds "these days", "at the moment" and «هذه الأيام».
func saysThese(words []string) bool {
	s := " " + strings.Join(words, " ") + " "
	for _, phrase := range presentPhrases {
		if strings.Contains(s, phrase) {
			return true
		}
	}
	return false
}

var presentPhrases = []string{
	" these days ", " at the moment ", " at present ", " right now ", " as of now ", " so far ", " to date ",
	text.Normalize(" هذه الأيام "), text.Normalize(" هذه الايام "), text.Normalize(" في الوقت الحاضر "), text.Normalize(" حتى الآن "), text.Normalize(" حتى اللحظة "),
}

// asksWho finds "who is", "who leads", «من هو» and «من يرأس».
func asksWho(words []string) bool {
	first, next := word(words, 0), word(words, 1)
	switch {
	case contractedWho[first], whos[first] && (beings[next] || presentHolders[next]):
		return true
	case first != "من":
		return false
	}
	return isPronoun[next] || presentHolders[next] || stateWords[next] ||
		(next == "الذي" || next == "التي") && presentHolders[word(words, 2)]
}

var isPronoun = set("هو هي هم")

// asksState finds "what is the price of" and «كم سعر».
func asksState(words []string) bool {
	first, rest := word(words, 0), words[min(1, len(words)):]
	near := func(some map[string]bool, within int) bool {
		return slices.ContainsFunc(rest[:min(within, len(rest))], func(w string) bool { return some[w] })
	}
	switch {
	case contractedWhat[first], whats[first] && near(beings, 2):
		return near(stateWords, 5) || first == "how" && (word(words, 1) == "much" || word(words, 1) == "old")
	case first == "how" && word(words, 1) == "much" && word(words, 2) == "does":
		return true
	case first == "ما", first == "كم", first == text.Normalize("ماهو"), first == text.Normalize("ماهي"):
		return near(stateWords, 3)
	}
	return false
}

// asksWhether finds "is the airport open" and «هل المطار مفتوح».
func asksWhether(words []string) bool {
	first := word(words, 0)
	switch {
	case beings[first]:
		return word(words, 1) != "it" || word(words, 2) != "true"
	case first == "هل":
		return slices.ContainsFunc(words[1:min(7, len(words))], func(w string) bool { return states[w] })
	}
	return false
}

// word returns the i-th of some words, "" when there is none.
func word(words []string, i int) string {
	if i < 0 || i >= len(words) {
		return ""
	}
	return words[i]
}
