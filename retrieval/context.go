package retrieval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A sentence that opens with a pronoun, a bare role or a verb of saying
// without a subject leaves open whom it speaks of. needsName and antecedent
// find the sentence that says.

// maxJoined is how many sentences a quote may span to bring the name along.
const maxJoined = 3

// maxBack is how far back a name is looked for, in sentences.
const maxBack = 8

var (
	pronouns = set("he she they it his her their its him them this these those هو هي هم هما وهو وهي وهم وهما كما")
	// openers may stand before the words that decide.
	openers = set("but and also then however later so yet still meanwhile earlier لكن ولكن ثم كذلك ايضا كما في وفي المقابل جانبه جانبها من ومن جهته جهتها بدوره بدورها السياق نفسه ذاته هذا")
	roles   = set("president minister spokesman spokeswoman spokesperson official officials leader leaders company group agency team court ministry statement report researchers scientists organisers organizers authorities الرئيس الوزير الوزيره المتحدث المتحدثه المسوول المسوولون المسؤول المسؤولون الزعيم الزعيمان الزعيمين الرئيسان الشركه الوزاره الوكاله الفريق المحكمه البيان التقرير الباحثون العلماء المنظمون السلطات الجانبان الطرفان")
	saying  = set("said says added told noted stressed explained announced continued قال قالت قالوا اضاف اضافت اضافوا اوضح اوضحت اوضحوا اكد اكدت اكدوا تابع تابعت اشار اشارت اشاروا ذكر ذكرت ذكروا لفت لفتت شدد شددت بين بينت اعرب اعربت اعلن اعلنت كشف كشفت راي رات اعتبر اعتبرت حذر حذرت دعا دعت طالب طالبت وصف وصفت نفي نفت توقع توقعت")
	// joints follow a verb whose subject is left out.
	joints = set("ان انه انها انهم بان بانه بانها الي عن علي في من هذه هذا ذلك")
)

// needsName reports whether a sentence leaves open whom it speaks of. words
// are its words in order.
func needsName(sentence string, words []text.Term) bool {
	words = afterOpeners(words)
	if len(words) == 0 {
		return false
	}
	first := words[0].Norm
	switch {
	case pronouns[first]:
		return true
	case first == "the" && len(words) > 1 && roles[words[1].Norm]:
		return !named(sentence, words[2:])
	case roles[first]:
		return !named(sentence, words[1:])
	}
	return verbWithoutSubject(words)
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
	verb := words[0].Norm
	if !saying[verb] && !saying[strings.TrimPrefix(verb, "و")] && !saying[strings.TrimPrefix(verb, "ف")] {
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
// sentence i speaks of, or i when it needs none or none is found. needs says of
// a sentence whether it leaves that open.
func antecedent(needs func(int) bool, i int) int {
	for j := i; j >= 0 && i-j <= maxBack; j-- {
		if !needs(j) {
			return j
		}
	}
	return i
}
