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
	Other   Kind = ""
	Who     Kind = "who"
	When    Kind = "when"
	Where   Kind = "where"
	HowMany Kind = "how many"
	HowMuch Kind = "how much"
	HowLong Kind = "how long"
	Why     Kind = "why"
	How     Kind = "how"
	Which   Kind = "which" // also "what" with a noun
	YesNo   Kind = "yes/no"
)

// Wanted is what a question wants to be told.
type Wanted struct {
	Kind Kind
}

// Of reads a question; terms are its words in order.
func Of(question string, terms []text.Term) Wanted { return Wanted{} }

// Met says how well a sentence has what is wanted, 0 to 1, by its form alone: a
// time, a number, a name that the question does not have. terms are the sentence's
// words in order. It is 0 where nothing is wanted that form can show.
func (w Wanted) Met(sentence string, terms []text.Term) float64 { return 0 }
