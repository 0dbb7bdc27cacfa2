// Package answertype says what kind of answer a question wants, in Arabic and in
// English, and whether a sentence has one: a "when" wants a time, a "how many" a
// number, a "who" a name.
//
// Begin with [Of] and [Wanted.Met].
package answertype

import "newsbot/corpus/text"

// A Kind is what a question asks by.
type Kind string

// The kinds.
const (
	Other   Kind = "" // also "what" without a noun: "What happened?"
	Who     Kind = "who"
	When    Kind = "when"
	Where   Kind = "where"
	HowMany Kind = "how many" // also how often, and a noun of number: "the number of", «ما عدد»
	HowMuch Kind = "how much" // also how old, far, tall and the like, and a noun of amount: "the price of", «ما نسبة»
	HowLong Kind = "how long"
	Why     Kind = "why"
	How     Kind = "how"
	Which   Kind = "which" // also "what" with a noun
	YesNo   Kind = "yes/no"
)

// Evidence is what an answer must have.
type Evidence string

// The evidence that form can show.
const (
	None     Evidence = ""
	Name     Evidence = "name" // of a person, an organisation or a work
	Time     Evidence = "time"
	Place    Evidence = "place"
	Count    Evidence = "count"
	Amount   Evidence = "amount" // a number with its unit
	Duration Evidence = "duration"
	Reason   Evidence = "reason"
	Manner   Evidence = "manner"
)

// A Sort narrows the evidence down.
type Sort string

// The sorts, each of one kind of evidence.
const (
	Any Sort = ""

	// Of a name.
	Person       Sort = "person"
	Organisation Sort = "organisation"
	Work         Sort = "work" // a book, a film, a law

	// Of a time, how fine it is.
	Year  Sort = "year"
	Day   Sort = "day"
	Clock Sort = "clock"

	// Of a count.
	Frequency Sort = "frequency"

	// Of an amount, what is measured. Length is also one of a duration: "How
	// long is it?" may ask for either.
	Money       Sort = "money"
	Percentage  Sort = "percentage"
	Length      Sort = "length"
	Area        Sort = "area"
	Weight      Sort = "weight"
	Volume      Sort = "volume"
	Temperature Sort = "temperature"
	Speed       Sort = "speed"
	Age         Sort = "age"
)

// Wanted is what a question wants to be told. The zero value wants nothing that
// form can show.
type Wanted struct {
	Kind     Kind
	Evidence Evidence
	Sort     Sort
	// Counted are the stems of what is counted when Evidence is [Count], as
	// [text.Term] has them.
	Counted []string

	has []string // words, stems and numbers of the question, which are no answer
}

// Met says how well a sentence has what is wanted, 0 to 1, by its form alone: a
// time, a number, a name that the question does not have. 1 is sure, about a half a
// maybe. terms are the sentence's words in order. It is 0 where nothing is wanted
// that form can show.
func (w Wanted) Met(sentence string, terms []text.Term) float64 {
	if w.Evidence == None {
		return 0
	}
	s := hear(sentence, terms, &w)
	switch w.Evidence {
	case Name:
		return s.best(s.name)
	case Time:
		return s.best(s.time)
	case Place:
		return s.best(s.place)
	case Count:
		return s.count()
	case Amount:
		return s.best(s.amount)
	case Duration:
		return s.duration()
	case Reason:
		return s.best(s.reason)
	case Manner:
		return s.best(s.manner)
	}
	return 0
}
