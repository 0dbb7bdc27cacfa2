package answertype

import (
	"strings"

	"newsbot/corpus/text"
)

// What comes after the word that asks.

// who reads "who" at i. "Who is Ann Lee?" wants to be told about a name that it has,
// which no form shows.
func (q *question) who(i int) Wanted {
	if q.word(i) != "whose" && q.aboutName(i) {
		return Wanted{Kind: Who}
	}
	for i++; be[q.word(i)] || determiners[q.word(i)] || copulas[q.word(i)]; i++ {
	}
	if c, _ := nounClass(q.word(i)); c.evidence == Name && c.sort == Organisation {
		return Wanted{Kind: Who, Evidence: Name, Sort: Organisation}
	}
	return Wanted{Kind: Who, Evidence: Name, Sort: Person}
}

// aboutName reports whether nothing but a name follows a "who is".
func (q *question) aboutName(i int) bool {
	if arabicAt(q.text, q.terms[i].Start) {
		return q.aboutArabicName(i + 1)
	}
	i++
	if be[q.word(i)] {
		i++
	} else if q.terms[i-1].Norm == q.word(i-1) { // not "who's"
		return false
	}
	if text.Shouted(q.text) {
		return false
	}
	capitals := 0
	for ; i < len(q.terms); i++ {
		t := q.terms[i]
		if _, role := nounClass(t.Norm); role || !t.Stop && !capitalAt(q.text, t.Start) {
			return false
		}
		if t.Stop && t.Norm != "the" && t.Norm != "of" && t.Norm != "and" {
			return false
		}
		capitals++
	}
	return capitals > 0
}

// aboutArabicName is aboutName for what follows «من»: «هو» and a name, which has
// no role, no article and no verb.
func (q *question) aboutArabicName(i int) bool {
	switch q.word(i) {
	case "هم", "هما":
		if i++; strings.HasPrefix(q.word(i), "ال") {
			return false
		}
	case "هو", "هي", "كان", "كانت", "يكون", "تكون":
		i++
	default:
		return false
	}
	if i >= len(q.terms) || len(q.terms)-i > 5 {
		return false
	}
	_, role := nounClass(q.word(i))
	if role && !givenNames[q.word(i)] || superlatives[q.word(i)] {
		return false
	}
	for ; i < len(q.terms); i++ {
		switch q.word(i) {
		case "الذي", "التي", "الذين", "في", "من", "اللي", "عن":
			return false
		}
	}
	return true
}

// Words that follow "how" and ask for a number.
var measures = map[string]class{
	"long": {HowLong, Duration, Any}, "longer": {HowLong, Duration, Any}, "soon": {When, Time, Any}, "late": {When, Time, Any}, "early": {When, Time, Any},
	"often": {HowMany, Count, Frequency}, "frequently": {HowMany, Count, Frequency}, "regularly": {HowMany, Count, Frequency},
	"old": {HowMuch, Amount, Age}, "young": {HowMuch, Amount, Age}, "tall": {HowMuch, Amount, Length}, "far": {HowMuch, Amount, Length}, "high": {HowMuch, Amount, Any},
	"deep": {HowMuch, Amount, Length}, "wide": {HowMuch, Amount, Length}, "close": {HowMuch, Amount, Length}, "near": {HowMuch, Amount, Length}, "thick": {HowMuch, Amount, Length},
	"big": {HowMuch, Amount, Any}, "large": {HowMuch, Amount, Any}, "small": {HowMuch, Amount, Any}, "heavy": {HowMuch, Amount, Weight}, "low": {HowMuch, Amount, Any},
	"fast": {HowMuch, Amount, Speed}, "quickly": {HowMuch, Amount, Any}, "hot": {HowMuch, Amount, Temperature}, "cold": {HowMuch, Amount, Temperature}, "warm": {HowMuch, Amount, Temperature},
	"expensive": {HowMuch, Amount, Money}, "cheap": {HowMuch, Amount, Money}, "rich": {HowMuch, Amount, Money}, "strong": {HowMuch, Amount, Any},
}

var moneyWords = set(`cost costs pay pays paid paying spend spends spent earn earns earned worth price fine fined raise raised money invest invested donate donated charge charged fund funding sell sold buy bought dollars budget owe owes lose lost`,
	`كلف كلفت يكلف تكلف تكلفة كلفة دفع دفعت يدفع تدفع أنفق أنفقت ينفق تنفق سعر ثمن قيمة مبلغ راتب ميزانية موازنة ربح ربحت خسر خسرت تبرع تبرعت غرامة باع بيع بيعت يتقاضى تتقاضى استثمر يساوي تساوي يتكلف تتكلف اشترى اشترت ثروة تمويل جمع جمعت دفعوا سعرها ثمنها`)

var lastingWords = set(`استغرق استغرقت يستغرق تستغرق ستستغرق سيستغرق دام دامت يدوم تدوم ستدوم سيدوم استمر استمرت يستمر تستمر سيستمر ستستمر مدة المدة لبث ظل ظلت بقي بقيت قضى قضت أمضى أمضت مكث حكم وقت الوقت زمن الزمن مضى مضت صمد صمدت خد خدت أخذ أخذت ياخد تاخد بياخد بتاخد يأخذ تأخذ قعد قعدت`)

// how reads on after "how": "many", "much", "old" or a manner.
func (q *question) how(i int) Wanted {
	next := strings.TrimSuffix(q.word(i), "'s")
	c, measured := measures[next]
	switch {
	case next == "many":
		return q.counted(i + 1)
	case next == "much":
		return q.much(i + 1)
	case next == "come":
		return Wanted{Kind: Why, Evidence: Reason}
	case c.evidence == Duration && be[q.word(i+1)] && !pronouns[q.word(i+2)]:
		return Wanted{Kind: HowLong, Evidence: Duration, Sort: Length}
	case measured:
		return Wanted{Kind: c.kind, Evidence: c.evidence, Sort: c.sort}
	}
	if q.any(i, dying) {
		return Wanted{Kind: How, Evidence: Reason}
	}
	return Wanted{Kind: How, Evidence: Manner}
}

// dying asks how for the cause.
var dying = set(`die died killed dead death dies`, `توفي توفيت مات ماتت قتل قتلت لقي لقيت وفاة مقتل يموت`)

var weighing = set("weigh weighs weighed")

var pronouns = set("he she it they we you i")

// howMuch reports whether a word behind "how" makes it ask for a number.
func howMuch(word string) bool {
	_, measured := measures[word]
	return measured || word == "many" || word == "much"
}

// much reads on after "how much".
func (q *question) much(i int) Wanted {
	switch next := q.word(i); {
	case next == "people", next == "persons":
		return q.counted(i) // "many" is meant
	case next == "time", next == "longer":
		return Wanted{Kind: HowLong, Evidence: Duration}
	case q.any(i, moneyWords):
		return Wanted{Kind: HowMuch, Evidence: Amount, Sort: Money}
	case q.any(i, weighing):
		return Wanted{Kind: HowMuch, Evidence: Amount, Sort: Weight}
	}
	return Wanted{Kind: HowMuch, Evidence: Amount}
}

// any reports whether a word from i on is in a set.
func (q *question) any(i int, words map[string]bool) bool {
	for ; i < len(q.terms); i++ {
		if words[q.word(i)] {
			return true
		}
	}
	return false
}

// many reads on after «كم» at i, which asks how many, how much and how long.
func (q *question) many(i int) Wanted {
	at := i + 1
	for manyFillers[q.word(at)] || superlatives[q.word(at)] {
		at++
	}
	next := q.word(at)
	c, typed := nounClass(next)
	switch {
	case next == "الساعه":
		return Wanted{Kind: When, Evidence: Time, Sort: Clock}
	case next == "مره" || next == "مرات":
		return Wanted{Kind: HowMany, Evidence: Count, Sort: Frequency, Counted: q.countedStems(at)}
	case unitOf(next) != Any && strings.HasPrefix(q.word(i), "ب") && strings.HasPrefix(q.word(at+1), "ال"):
		return Wanted{Kind: HowMuch, Evidence: Amount, Sort: Money} // «بكم كيلو السكر؟»
	case unitOf(next) != Any:
		return Wanted{Kind: HowMany, Evidence: Amount, Sort: unitOf(next)}
	case q.any(at, ages):
		return Wanted{Kind: HowMuch, Evidence: Amount, Sort: Age}
	case timeUnits[next] || twoUnits[next]:
		return Wanted{Kind: HowMany, Evidence: Duration}
	case strings.HasPrefix(q.word(i), "ب") && !typed && !estimates[next]:
		return Wanted{Kind: HowMuch, Evidence: Amount, Sort: Money}
	case lastingWords[next]:
		return Wanted{Kind: HowLong, Evidence: Duration}
	case typed && c.evidence == Count && c.sort == Any:
		return q.number(at)
	case typed && (c.kind == HowMuch || c.kind == HowLong):
		return Wanted{Kind: c.kind, Evidence: c.evidence, Sort: c.sort}
	case moneyWords[next]:
		return Wanted{Kind: HowMuch, Evidence: Amount, Sort: Money}
	}
	return q.counted(at)
}

// manyFillers stand between «كم» and what is counted.
var manyFillers = set(`هو هي كان كانت يقدر تقدر قدر قدرت يبلغ تبلغ بلغ بلغت وصل وصلت يصل تصل يوجد توجد هناك في فيه عندها عنده لديها لديه لدى يكون تكون من إجمالي متوسط معدل حوالي تقريبا مجموع إلى`)

// ages make «كم» ask for an age wherever they stand: «كم يبلغ من العمر».
var ages = set(`العمر عمره عمرها`)

// estimates follow «بكم» where it does not ask for a price: «بكم يقدر عدد».
var estimates = set(`يقدر تقدر قدر قدرت عدد`)

// counted reads what is counted from i on: the words up to the next function word.
func (q *question) counted(i int) Wanted {
	for i < len(q.terms) && q.terms[i].Stop {
		i++
	}
	next := q.word(i)
	switch {
	case next == "times":
		return Wanted{Kind: HowMany, Evidence: Count, Sort: Frequency, Counted: q.countedStems(i)}
	case timeUnits[next]:
		return Wanted{Kind: HowMany, Evidence: Duration}
	case unitOf(next) != Any:
		return Wanted{Kind: HowMany, Evidence: Amount, Sort: unitOf(next)}
	}
	return Wanted{Kind: HowMany, Evidence: Count, Counted: q.countedStems(i)}
}

// number reads a noun of number at i, and what is counted behind it.
func (q *question) number(i int) Wanted {
	if w := q.word(i); w == "population" || w == "سكان" || w == "السكان" {
		return Wanted{Kind: HowMany, Evidence: Count, Counted: append([]string{q.terms[i].Stem}, people...)}
	}
	return q.counted(i + 1)
}

// people are the stems of those who are counted without being named.
var people = []string{"peopl", "person", "inhabit", "resid", "نسم", "شخص", "سكن", "ساك"}

// countedStems returns the stems of up to three words from i on, as many as stand
// together: the noun and what describes it.
func (q *question) countedStems(i int) []string {
	var stems []string
	for k := i; k < min(i+3, len(q.terms)) && !q.terms[k].Stop; k++ {
		stems = append(stems, q.terms[k].Stem)
		// «كم وزيرا»: the ending of the accusative is no part of the word.
		if bare, ok := strings.CutSuffix(q.terms[k].Stem, "ا"); ok && len(bare) >= 6 {
			stems = append(stems, bare)
		}
		if arabicAt(q.text, q.terms[k].Start) {
			break // the noun comes first, then a verb or what describes it
		}
	}
	// «كم قتل من المدنيين»: it was a verb.
	if q.word(i+1) == "من" && i+2 < len(q.terms) {
		stems = append(stems, q.terms[i+2].Stem)
	}
	switch q.word(i) {
	case "people", "persons", "residents", "inhabitants", "شخص", "شخصا", "اشخاص", "نسمه", "سكان", "السكان":
		stems = append(stems, people...)
	}
	return stems
}

// what reads on after "what" or "which" at i.
func (q *question) what(i int, which bool) Wanted {
	switch w := q.word(i); {
	case w == "ايه" && (copulas[q.word(i+1)] || q.word(i+1) == "اللي" || q.word(i+1) == ""):
		which = false // «إيه», not «أية»
	case w == "ماسم" || w == "مااسم":
		return Wanted{Kind: Which, Evidence: Name}
	case w == "ماسبب":
		return Wanted{Kind: Why, Evidence: Reason}
	case w == "ماعدد":
		return q.counted(i + 1)
	}
	if !arabicAt(q.text, q.terms[i].Start) {
		return q.englishWhat(i+1, which)
	}
	return q.arabicWhat(i, which)
}

// Verbs that follow "what" as its subject.
var (
	causing = set(`caused causes cause causing led leads made makes prompted prompts triggered triggers sparked sparks motivated drove drives forced
		تسبب تسببت يسبب سبب دفع دفعت يدفع جعل جعلت يجعل أدى أدت يؤدي حمل أثار أشعل أفضى خلى خلا`)
	doing = set(`happened happens happen gave gives went goes came comes became becomes brought brings took takes began begins kept keeps lies stands stood helped helps won wins lost said says
		grew fell rose broke struck hit set put did does means makes got gets remains remained connects separates`)
)

// englishWhat reads on at i, behind "what" or "which".
func (q *question) englishWhat(i int, which bool) Wanted {
	rest := Wanted{} // when no noun is asked for
	if which {
		rest.Kind = Which
	}
	next := q.word(i)
	switch {
	case be[next]:
		return q.identity(i+1, rest)
	case q.terms[i-1].Norm == "what's" || q.word(i-1) == "whats":
		return q.identity(i, rest)
	case auxiliaries[next] || next == "":
		return rest
	case !which && causing[next] && !q.nounFollows(i):
		return Wanted{Kind: Why, Evidence: Reason}
	case which && (next == "of" || next == "one" || next == "ones"):
		i++
	}
	if w, ok := q.phrase(i, false); ok {
		return w
	}
	if i < len(q.terms) && q.terms[i].Stop || doing[next] || strings.HasSuffix(next, "ed") && next != "speed" {
		return rest // "What happened?"
	}
	return Wanted{Kind: Which}
}

// identity reads on behind "what is" at i: a noun of something is asked for, rest
// otherwise, and where the noun has "a" before it, which asks what that is.
func (q *question) identity(i int, rest Wanted) Wanted {
	if w, ok := q.phrase(i, true); ok && q.word(i) != "a" && q.word(i) != "an" {
		return w
	}
	return rest
}

// nounFollows reports whether the word at i, which may be a verb, has "of" behind
// it, as "what cause of" has.
func (q *question) nounFollows(i int) bool { return q.word(i+1) == "of" || auxiliaries[q.word(i+1)] }

// phrase reads an English noun phrase from i on. Its last noun counts; behind "what
// is" it must be the end of the phrase, else it is the subject of something:
// "What is the city known for?"
func (q *question) phrase(i int, copular bool) (Wanted, bool) {
	for determiners[q.word(i)] || i < len(q.terms) && (q.terms[i].Norm == "two" || q.terms[i].Norm == "most" || q.terms[i].Norm == "following") {
		i++
	}
	last, end := -1, i
	for end < len(q.terms) && end < i+7 && !q.terms[end].Stop && (end == i || !strings.ContainsAny(q.gap(end), ",;:")) {
		if _, ok := nounClass(q.word(end)); ok && (last < 0 || copular || !q.possessive(last)) {
			last = end
		}
		end++
	}
	if last < 0 || copular && (last != end-1 || end < len(q.terms) && !followers[q.word(end)]) {
		return Wanted{}, false
	}
	return q.noun(last)
}

// followers may stand behind a noun that is asked for.
var followers = set(`of behind about in for on at that who which whose to from by between among during and or not when where with before after per within against under than it its his her their the`)

// possessive reports whether the i-th word ends in 's: what it has is asked for.
func (q *question) possessive(i int) bool { return strings.HasSuffix(q.terms[i].Norm, "'s") }

// noun reads the noun at i, when it is one that tells what is asked for.
func (q *question) noun(i int) (Wanted, bool) {
	if i >= len(q.terms) {
		return Wanted{}, false
	}
	c, ok := nounClass(q.terms[i].Norm)
	if !ok {
		return Wanted{}, false
	}
	if c.evidence == Count && c.sort == Any {
		return q.number(i), true
	}
	return Wanted{Kind: c.kind, Evidence: c.evidence, Sort: c.sort}, true
}

// arabicWhat reads on behind «ما», «ماذا» and «أي» at i: the noun comes first.
func (q *question) arabicWhat(i int, which bool) Wanted {
	if q.asksCause(i) {
		return Wanted{Kind: Why, Evidence: Reason}
	}
	copular := strings.HasPrefix(q.word(i), "ماه")
	for i++; copulas[q.word(i)]; i++ {
		copular = true
	}
	ranked := false
	for superlatives[q.word(i)] || q.word(i) == "من" && which {
		ranked, i = true, i+1
	}
	definite := strings.HasPrefix(q.word(i), "ال")
	singledOut := which || ranked || definite && q.relative(i+1)
	if c, ok := nounClass(q.word(i)); ok && (singledOut || definite || !copular || !generic(c) || related[q.word(i)]) {
		found, _ := q.noun(i)
		return found
	}
	if singledOut && (which || definite) || ranked {
		return Wanted{Kind: Which}
	}
	return Wanted{}
}

// asksCause reports whether «ما الذي» and the like at i ask for what brought something
// about. «ما الذي أدى إليه» asks for what came of it, and «ماذا يسبب» may.
func (q *question) asksCause(i int) bool {
	w, verb := q.word(i), i+1
	if next := q.word(verb); next == "الذي" || next == "اللي" {
		verb++
	} else if w == "ما" || askers[w] == askWhich {
		return false
	}
	if q.word(i-1) == "الي" || q.word(verb+1) == "اليه" || w == "ماذا" && (q.word(verb) == "يسبب" || q.word(verb) == "تسبب") {
		return false
	}
	return causing[q.word(verb)]
}

var copulas = set(`يقدر قدر يبلغ بلغ مدى هو هي هم هما كان كانت تكون يكون ذا تلك هذا هذه هى`)

// relative reports whether a relative pronoun follows at i or soon after.
func (q *question) relative(i int) bool {
	for k := i; k < min(i+5, len(q.terms)); k++ {
		switch q.word(k) {
		case "الذي", "التي", "الذين", "اللذان", "اللتان", "اللواتي", "اللي", "اللتي":
			return true
		}
	}
	return false
}

// generic reports whether a noun may stand before the name of what it is: «ما هي
// مدينة أردبيل؟» asks for no city.
func generic(c class) bool { return c.evidence == Place || c.evidence == Name || c.evidence == Time }

// related are nouns of something else: «ما هي عاصمة كندا؟» does ask for a city.
var related = set(`عاصمة مقر موقع مكان مسقط حدود اسم أسماء لقب ألقاب كنية عنوان تاريخ موعد سنة عام توقيت رئيس رئيسة ملك زعيم قائد مؤسس مؤلف مدرب مدير حاكم زوجة زوج والد والدة دول مدن عملة`)
