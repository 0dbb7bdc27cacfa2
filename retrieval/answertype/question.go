package answertype

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// An asker is a word that asks.
type asker int

const (
	notAsker asker = iota
	askWho
	askWhen
	askWhere
	askWhy
	askHow
	askMany // كم: how many, how much, how long
	askWhat
	askWhich
)

// askers are the words that ask, normalised, English contractions without their end.
// «من», «ما» and «لم» ask only where a question begins: elsewhere they are "from" and "not".
var askers = askerWords([]asking{
	{askWho, "who whom whose whos من ومن فمن لمن ولمن بمن ممن عمن مين ومين منو منهو مينو شكون لمين"},
	{askWhen, "when whens متى ومتى فمتى أيمتى إيمتى إيمتا متا امتى وامتى إمتا امتا وقتاش وقتيش فوقاش أيان"},
	{askWhere, "where wheres أين وأين فأين لأين فين وفين وين منين لفين لوين فوين أنى وينو وينه وينها وينهم وينك فينه فينها فينهم فينك"},
	{askWhy, "why whys لمادا لماذا ولماذا فلماذا ليش وليش ليه وليه لم لمه لشو علاش"},
	{askHow, "how hows كيف وكيف فكيف إزاي ازاي ازاى إزاى كيفاش شلون اشلون كيفما"},
	{askMany, "كم لكم وكم فكم بكم كام وكام بكام قديش قديه أديش بقديش گديش كديش چم شقد شكد اشقد اشگد اشكد شحال بشحال"},
	{askWhat, "what whats ما وما فما ماذا وماذا فماذا بماذا لماذ عماذا مماذا عما بما مم بم عم علام إلام ماهو ماهي ماهى ماهم ماهية مالذي ماالذي مالتي شو وشو وش ايش إيش شنو شنهو شنوه شنية آش أش واش " +
		"ماسم مااسم ماسبب ماعدد"},
	{askWhich, "which أي وأي فأي بأي لأي كأي أية بأية لأية أيهما أيهم أيها أيتهما أيهن أنهي انهى أنهو"},
})

// asking are words that ask alike.
type asking struct {
	asker
	words string
}

func askerWords(rows []asking) map[string]asker {
	m := map[string]asker{}
	for _, row := range rows {
		for w := range set(row.words) {
			m[w] = row.asker
		}
	}
	return m
}

var (
	// preambles come before an indirect question: "can you tell me when".
	preambles = set(`do does can could would will you anyone anybody someone somebody i i'd id we know knows tell me us please explain to want wanna need like love wonder wondering remind say ask let i'm im am
		curious about hi hello hey so and but ok okay well any idea just also find out is it possible remember give sorry then understand trying figure`,
		`هل تعرف تعرفون تعرفين تعلم تعلمون نعرف أعرف اعرف يعرف بيعرف بتعرف تعرفوا تدري يدري يمكنك يمكن ممكن لو سمحت سمحتم من فضلك فضلكم أخبرني أخبروني خبرني خبروني قل قولي قولوا لي لنا قلي قوللي
		عايز عايزة عاوز عاوزة ابغى أبغى ابي أبي بدي أريد أود أحتاج نريد معرفة حابب حاب أن ان حد حدا أحد عندك فكرة عن تقول تقولي تقولوا تخبرني تخبرنا إخباري اشرح اشرحوا وضح فسر السلام عليكم مرحبا طيب يا ترى يعني حضرتك وضحوا هلا بالله`)
	// orders tell to name something: "name the city", «اذكر».
	orders = set(`name list mention state identify give`, `اذكر أذكر اذكري سم سمي عدد حدد`)
	// yesNo begin an Arabic question for yes or no.
	yesNo = set(`هل وهل فهل أليس أليست أليسوا ألم أولم أولا أفلا أكان أكانت أيوجد أتوجد أيمكن أتعتقد صحيح`)
	// hands are words that a «من» behind them asks by: «على يد من».
	hands = set(`يد يدي بيد قبل ابن بنت مع لدى بين عن إلى على عند بقيادة برئاسة ضد كتاب هو هي باسم`)
)

// A question is what is asked.
type question struct {
	text  string
	terms []text.Term
	words []string // normalised, English contractions without their end
}

// word returns the i-th word, "" beyond the ends.
func (q *question) word(i int) string {
	if i < 0 || i >= len(q.words) {
		return ""
	}
	return q.words[i]
}

// contracted takes the verb off "who's", "what're" and the like.
func contracted(word string) string {
	head, _, found := strings.Cut(word, "'")
	if found && head != "" && askers[head] != notAsker {
		return head
	}
	return word
}

// Of reads a question; terms are its words in order.
func Of(asked string, terms []text.Term) Wanted {
	q := &question{asked, terms, make([]string, len(terms))}
	for i, t := range terms {
		q.words[i] = contracted(t.Norm)
	}
	w := q.read()
	w.has = wordsOf(asked, terms)
	return w
}

// wordsOf are the words, stems and numbers of a question.
func wordsOf(asked string, terms []text.Term) []string {
	has := make([]string, 0, 2*len(terms))
	numbers := false
	for _, t := range terms {
		if t.Stop {
			continue
		}
		has = append(has, t.Norm)
		if t.Stem != t.Norm {
			has = append(has, t.Stem)
		}
		numbers = numbers || text.NumberWord(t.Norm)
	}
	if numbers {
		has = append(has, text.Numbers(asked)...)
	}
	return has
}

// read finds what asks, and reads on from there.
func (q *question) read() Wanted {
	i, ok := q.find()
	if !ok {
		return q.unasked()
	}
	if q.asksWhatFor(i) {
		return Wanted{Kind: Why, Evidence: Reason}
	}
	switch a := askers[q.word(i)]; a {
	case askWho:
		return q.who(i)
	case askWhen:
		return Wanted{Kind: When, Evidence: Time}
	case askWhere:
		return Wanted{Kind: Where, Evidence: Place}
	case askWhy:
		return Wanted{Kind: Why, Evidence: Reason}
	case askHow:
		return q.how(i + 1)
	case askMany:
		return q.many(i)
	default:
		return q.what(i, a == askWhich)
	}
}

// asksWhatFor reports whether a "for" stands before the "what" at i: «علشان ايه».
func (q *question) asksWhatFor(i int) bool {
	a := askers[q.word(i)]
	if a != askWhat && q.word(i) != "ايه" {
		return false
	}
	switch q.word(i - 1) {
	case "علشان", "عشان", "مشان", "منشان", "لاجل":
		return true
	case "شان", "اجل":
		return q.word(i-2) == "من"
	}
	return false
}

// find returns the place of the word that asks: where the question begins, where
// a clause begins after a comma, or, failing these, anywhere.
func (q *question) find() (int, bool) {
	start := q.start()
	first := q.begins(start)
	if clause, ok := q.afterComma(start + 1); ok && (first < 0 || q.subordinate(first)) {
		return clause, true
	}
	if first >= 0 {
		return first, true
	}
	if q.asksYesNo() || orders[q.word(start)] {
		return 0, false
	}
	return q.inside(start)
}

// start is where the question begins after its preamble.
func (q *question) start() int {
	i := 0
	for i < len(q.terms) && q.preamble(i) {
		i++
	}
	return i
}

// preamble reports whether the i-th word only leads up to the question: the «من» of
// «من فضلك» does, one that asks does not, and «هل من» is "is there".
func (q *question) preamble(i int) bool {
	w, next := q.word(i), q.word(i+1)
	return preambles[w] && (w != "هل" || next != "من") && (askers[w] == notAsker || preambles[next])
}

// begins returns the place of a word that asks at i, or behind a preposition
// there; -1 when there is none.
func (q *question) begins(i int) int {
	for k := i; k < min(i+4, len(q.terms)); k++ {
		w := q.word(k)
		switch {
		case w == "لم" && q.negated(k+1):
			return -1
		case w == "من" && q.word(k+1) == "شان":
			return -1 // «من شان شو»: for
		case w == "من" && askers[q.word(k+1)] != notAsker && q.word(k+1) != "من", w == "ما" && k > i:
			continue // «من أي», «من أين»: from
		case askers[w] != notAsker && (k == i || w != "من" && w != "لم" || hands[q.word(k-1)]):
			return k
		case k > i+1 && !hands[w] || !prepositions[w] && !hands[w]:
			return -1
		}
	}
	return -1
}

// negated reports whether the verb at i makes a "not" of the «لم» before it, which asks
// why only before the past.
func (q *question) negated(i int) bool {
	return strings.HasPrefix(q.word(i), "ي") || !strings.ContainsAny(q.text, "?؟") && startsVerb(q.word(i))
}

// afterComma returns the place of a word that asks at the beginning of a later clause.
func (q *question) afterComma(from int) (int, bool) {
	for i := max(from, 1); i < len(q.terms); i++ {
		if !strings.ContainsAny(q.gap(i), ",،;:؛—–") {
			continue
		}
		if k := q.begins(i); k >= 0 {
			return k, true
		}
	}
	return 0, false
}

// gap is what stands between the i-th word and the one before it.
func (q *question) gap(i int) string { return q.text[q.terms[i-1].End:q.terms[i].Start] }

// subordinate reports whether what seems to ask is a conjunction or a preposition:
// "When the war ended, who signed?", «من بين الدول، ما التي».
func (q *question) subordinate(i int) bool {
	switch askers[q.word(i)] {
	case askWhen, askWhere:
		return !auxiliaries[q.word(i+1)]
	case askWho:
		return q.word(i) == "من"
	}
	return false
}

// asksYesNo reports whether the question wants a yes or a no.
func (q *question) asksYesNo() bool {
	i := 0
	for i < 2 && (q.word(i) == "and" || q.word(i) == "so" || q.word(i) == "but") {
		i++
	}
	return auxiliaries[q.word(i)] || yesNo[q.word(i)]
}

// inside looks for what asks in the midst: "The cup went to which team?". A "who"
// there is a relative clause more often, unless it stands last.
func (q *question) inside(from int) (int, bool) {
	for i := max(from, 0); i < len(q.terms); i++ {
		w := q.word(i)
		switch a := askers[w]; {
		case a == notAsker, w == "من" && !hands[q.word(i-1)], w == "ما", w == "لم", w == "ممن", w == "عما", w == "بما", w == "علام":
		case !arabicAt(q.text, q.terms[i].Start) && (a == askWho || a == askWhen || a == askWhere || a == askHow || a == askWhy || a == askWhat):
			if i == len(q.terms)-1 || i > from && auxiliaries[q.word(i+1)] || a == askWhat || w == "how" && howMuch(q.word(i+1)) {
				return i, true
			}
		default:
			return i, true
		}
	}
	return 0, false
}

// unasked reads what has no word that asks: a yes or no, an order, or a few words.
func (q *question) unasked() Wanted {
	start := q.start()
	if w, ok := q.named(start); ok {
		return w
	}
	if orders[q.word(start)] {
		if w, ok := q.ordered(start + 1); ok {
			return w
		}
		return Wanted{Kind: Which}
	}
	if start > 1 && !q.asksYesNo() || start > 2 {
		if w, ok := q.ordered(start); ok {
			return w
		}
	}
	if q.asksYesNo() {
		return Wanted{Kind: YesNo}
	}
	return Wanted{}
}

// named reads a question that is but a noun of number, amount or cause and what it is
// of: "price of gold today", «سبب الحريق؟».
func (q *question) named(i int) (Wanted, bool) {
	w, next := q.word(i), q.word(i+1)
	switch {
	case next == "", q.any(i, moving):
		return Wanted{}, false
	case w == "death" && next == "toll":
		return Wanted{Kind: HowMany, Evidence: Count}, true
	case w == "عدد":
		if c, _ := nounClass(next); !strings.HasPrefix(next, "ال") || c.evidence == Reason {
			return Wanted{}, false // "list", as in «عدد أسباب الحرب»
		}
		return q.number(i), true
	case arabicAt(q.text, q.terms[i].Start):
		if c, ok := nouns[w]; !ok || !titular(c) || q.terms[i+1].Stop {
			return Wanted{}, false
		}
	default:
		if c, ok := nouns[w]; !ok || !titular(c) || next != "of" {
			return Wanted{}, false
		}
	}
	return q.noun(i)
}

// moving are verbs that make news of a number: "Death toll rises to 40".
var moving = set(`rises rose climbs climbed hits reaches reached tops passes falls fell drops dropped jumps soars surges`,
	`يرتفع ترتفع ارتفع ينخفض تنخفض انخفض يتراجع يواصل يبلغ يصل يتجاوز تجاوز يسجل يهبط`)

// titular reports whether a noun of its own asks for what it is of.
func titular(c class) bool {
	return c.evidence == Count && c.sort == Any || c.sort == Money || c.evidence == Reason
}

// ordered reads what is to be named: "the three cities that".
func (q *question) ordered(i int) (Wanted, bool) {
	for k := i; k < min(i+3, len(q.terms)); k++ {
		if w, ok := q.noun(k); ok {
			return w, true
		}
	}
	return Wanted{}, false
}

func arabicAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.Is(unicode.Arabic, r)
}

func capitalAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsUpper(r)
}
