package retrieval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A sentence that opens with a pronoun, a bare role or a verb of saying
// without a subject leaves open whom it speaks of. needOf and antecedent find the
// sentence that says.

// maxJoined is how many sentences a quote may span to bring the name along.
const maxJoined = 3

// maxBack is how far back a name is looked for, in sentences.
const maxBack = 8

var (
	persons  = set("he she his her him")
	pronouns = set("they it their its them this these those هو هي هم هما وهو وهي وهم وهما")
	// openers may stand before the words that decide.
	openers = set("but and also then however later so yet still meanwhile earlier لكن ولكن ثم كذلك ايضا كما في وفي المقابل جانبه جانبها من ومن جهته جهتها بدوره بدورها السياق نفسه ذاته هذا")
	roles   = set("president minister spokesman spokeswoman spokesperson official officials leader leaders company group agency team court ministry statement report researchers scientists organisers organizers authorities الرئيس الوزير الوزيره المتحدث المتحدثه المسوول المسوولون المسؤول المسؤولون الزعيم الزعيمان الزعيمين الرئيسان الشركه الوزاره الوكاله الفريق المحكمه البيان التقرير الباحثون العلماء المنظمون السلطات الجانبان الطرفان")
	saying  = set("said says added told urged warned called asked insisted argued promised denied noted stressed explained announced continued قال قالت قالوا اضاف اضافت اضافوا اوضح اوضحت اوضحوا اكد اكدت اكدوا تابع تابعت اشار اشارت اشاروا ذكر ذكرت ذكروا لفت لفتت شدد شددت بين بينت اعرب اعربت اعلن اعلنت كشف كشفت راي رات اعتبر اعتبرت حذر حذرت دعا دعت حث حثت انتقد انتقدت رحب رحبت ادان ادانت هدد هددت وعد وعدت رفض رفضت اقر اقرت جدد جددت عبر عبرت طالب طالبت وصف وصفت نفي نفت توقع توقعت")
	// joints follow a verb whose subject is left out.
	joints = set("ان انه انها انهم بان بانه بانها الي عن علي في من هذه هذا ذلك")
)

// A need is what a sentence leaves open.
type need int

const (
	nothing   need = iota
	something      // what "it", "these" or «هذا» means
	somebody       // who "he" is, or who it was that «أضاف»
)

// needOf says what a sentence leaves open. words are its words in order.
func needOf(sentence string, words []text.Term) need {
	words = afterOpeners(words)
	if len(words) == 0 {
		return nothing
	}
	first := words[0].Norm
	switch {
	case persons[first]:
		return somebody
	case pronouns[first]:
		return something
	case first == "the" && len(words) > 1 && roles[words[1].Norm] && !named(sentence, words[2:]):
		return somebody
	case roles[first] && !named(sentence, words[1:]):
		return somebody
	case verbWithoutSubject(words):
		return somebody
	}
	return nothing
}

// namesSomebody reports whether a sentence can say who is meant after it: by a
// verb of saying with its subject, by a role with a name, or by two capitals
// beside each other.
func namesSomebody(sentence string, words []text.Term) bool {
	for i, w := range words {
		next := words[min(i+1, len(words)-1)]
		if i == len(words)-1 {
			next = text.Term{}
		}
		switch {
		case says(w.Norm) && arabic(w.Norm):
			if next.Norm != "" && !joints[next.Norm] && !next.Stop {
				return true
			}
		case says(w.Norm):
			if i > 0 && capitalAt(sentence, words[i-1].Start) && !words[i-1].Stop {
				return true
			}
		case roles[w.Norm] && named(sentence, words[i+1:]):
			return true
		case capitalAt(sentence, w.Start) && next.Norm != "" && capitalAt(sentence, next.Start) && !w.Stop && !next.Stop:
			return true
		}
	}
	return false
}

// says reports whether a word is a verb of saying, with or without a
// conjunction written onto it.
func says(word string) bool {
	return saying[word] || saying[strings.TrimPrefix(word, "و")] || saying[strings.TrimPrefix(word, "ف")]
}

// afterOpeners drops words like "but" and «من جانبه», unless they are all.
func afterOpeners(words []text.Term) []text.Term {
	for i, w := range words {
		if !openers[w.Norm] || i == 4 {
			return words[i:]
		}
	}
	return nil
}

// verbWithoutSubject is the Arabic «وأضاف أن»: a verb of saying, then at once
// what was said; or «وقال الوزير إن», a verb and a bare role.
func verbWithoutSubject(words []text.Term) bool {
	if !says(words[0].Norm) {
		return false
	}
	if len(words) == 1 {
		return true
	}
	next := words[1].Norm
	if roles[next] {
		return len(words) > 2 && joints[words[2].Norm]
	}
	return joints[next] || strings.HasPrefix(next, "ب") && joints[strings.TrimPrefix(next, "ب")]
}

// named reports whether a name or a closer description follows a role at once:
// "the minister Ann Lee", "the president of France", «الرئيس الفرنسي». A Latin
// name shows by its capital.
func named(sentence string, rest []text.Term) bool {
	if len(rest) == 0 {
		return false
	}
	next := rest[0]
	first, _ := utf8.DecodeRuneInString(sentence[next.Start:])
	if unicode.Is(unicode.Latin, first) {
		return unicode.IsUpper(first) || next.Norm == "of"
	}
	return !next.Stop && !saying[next.Norm] && !joints[next.Norm]
}

// antecedent returns the index of the sentence before i that names whom
// sentence i speaks of, or i when it leaves nothing open or none is found. needs
// says what a sentence leaves open, names whether it names somebody. When none
// near does, the nearest complete sentence must do.
func antecedent(i int, needs func(int) need, names func(int) bool) int {
	wanted := needs(i)
	if wanted == nothing {
		return i
	}
	nearest := i
	for j := i - 1; j >= 0 && i-j <= maxBack; j-- {
		if needs(j) != nothing {
			continue
		}
		if wanted == something || names(j) {
			return j
		}
		if nearest == i {
			nearest = j
		}
	}
	return nearest
}
