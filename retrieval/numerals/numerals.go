// Package numerals finds the numbers in a sentence that a reader of the other language
// cannot read, and writes them in that language: «ثلاثة آلاف» as "3,000", "1.2 million
// dollars" as «1.2 مليون دولار».
//
// Begin with [Of]. What is plain in every language, 88,966, is left out.
package numerals

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A Numeral is a number in a sentence.
type Numeral struct {
	Start, End int     // bytes of the sentence, with the unit
	Value      float64 // from 0
	Digits     string  // as it is written in digits, when no word is part of it; "" otherwise
	Unit       Unit
}

// Of returns the numbers in a sentence that are written in words, with the word of a scale
// or in Arabic-Indic digits, in order. words are the sentence's in order, lang is its
// language. Numbers that are part of something else are left out: ordinals, fractions,
// times of the day, scores, names such as "Group of Seven".
func Of(sentence string, words []text.Term, lang text.Language) []Numeral {
	r := reader{sentence, words, lang}
	var out []Numeral
	for i := 0; i < len(words); {
		end := r.runEnd(i)
		if end == i {
			i++
			continue
		}
		if n, ok := r.numeral(i, end); ok {
			out = append(out, n)
		}
		i = end
	}
	return out
}

type reader struct {
	sentence string
	words    []text.Term
	lang     text.Language
}

func (r *reader) norm(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].Norm
}

// gap is what stands before the i-th word.
func (r *reader) gap(i int) string { return text.Gap(r.sentence, r.words, i) }

// runEnd returns where the words end that may be one number and begin at the i-th.
func (r *reader) runEnd(i int) int {
	if !text.NumberWord(r.norm(i)) {
		return i
	}
	end := i + 1
	for end < len(r.words) && joins(r.gap(end)) {
		switch word := r.norm(end); {
		case text.NumberWord(word):
			end++
		case (word == "and" || word == "و") && end+1 < len(r.words) && r.addsTo(end-1, end+1):
			end += 2
		default:
			return end
		}
	}
	return end
}

// addsTo reports whether the number word k may be part of the number that i is the last
// word of, behind "and": digits make two numbers.
func (r *reader) addsTo(i, k int) bool {
	return text.NumberWord(r.norm(k)) && joins(r.gap(k)) && (!isDigits(r.norm(i)) || !isDigits(r.norm(k)))
}

// joins reports whether what stands between two words lets them be one number.
func joins(gap string) bool {
	return gap == "" || gap == "-" || strings.TrimSpace(gap) == "" && !strings.Contains(gap, "\n")
}

// numeral reads the words from first up to but not including end.
func (r *reader) numeral(first, end int) (Numeral, bool) {
	start, stop := r.words[first].Start, r.words[end-1].End
	written := r.sentence[start:stop]
	values := text.Numbers(written)
	if len(values) != 1 || r.readable(first, end) || r.partOfElse(first, end) {
		return Numeral{}, false
	}
	value, err := strconv.ParseFloat(values[0], 64)
	if err != nil {
		return Numeral{}, false
	}
	n := Numeral{Start: start, End: stop, Value: value}
	if isDigits(r.norm(first)) && end == first+1 {
		n.Digits = values[0]
	} else if value < 2 {
		return Numeral{}, false // "one of them"
	}
	n.Unit, n.End = r.unit(first, end, stop)
	return n, true
}

// readable reports whether some words are digits that all can read.
func (r *reader) readable(first, end int) bool {
	for i := first; i < end; i++ {
		written := r.sentence[r.words[i].Start:r.words[i].End]
		if i == first && end == first+1 && isOrdinal(written) {
			return true
		}
		if strings.ContainsFunc(written, func(c rune) bool { return c >= utf8.RuneSelf || unicode.IsLetter(c) }) {
			return false
		}
	}
	return true
}

// isOrdinal is "23rd".
func isOrdinal(written string) bool {
	switch strings.ToLower(strings.TrimLeft(written, "0123456789,")) {
	case "st", "nd", "rd", "th":
		return isDigits(written)
	}
	return false
}

// partOfElse reports whether a number is part of something that is none by itself.
func (r *reader) partOfElse(first, end int) bool {
	before, after := r.norm(first-1), r.norm(end)
	gap, behind := r.gap(first), r.gap(end)
	digits := isDigits(r.norm(first)) && end == first+1
	switch {
	case digits && (tight(gap) && first > 0 && isDigits(before) || tight(behind) && isDigits(after)):
		return true // 10:30, 3-2
	case first > 0 && (halves[strings.TrimPrefix(before, "و")] || before == "a" && halves[r.norm(first-2)] || strings.TrimSpace(gap) == "" && ordinals[unclitic(before)]):
		return true
	case fractions[after], behind == "-" && ordinalsEnglish[after]:
		return true
	case r.andHalf(end), r.andHalf(end + 1):
		return true // "two and a half", "two years and a half"
	}
	if r.lang == text.Arabic {
		return r.definite(first) || end == first+1 && (r.norm(first) == "الف" || r.dual(first) || r.fifth(first))
	}
	c, _ := utf8.DecodeRuneInString(r.sentence[r.words[first].Start:])
	return unicode.IsUpper(c) && first > 0 && !strings.ContainsAny(gap, ".!?\"“”:")
}

// definite reports whether the i-th word has the article: it may count in order then,
// «الذكرى العشرون».
func (r *reader) definite(i int) bool {
	word := strings.TrimPrefix(r.norm(i), "و")
	for _, article := range [...]string{"ال", "بال", "لل", "كال"} {
		if rest, ok := strings.CutPrefix(word, article); ok && text.NumberWord(rest) {
			return true
		}
	}
	return false
}

// andHalf reports whether words at i add a part of one: "and a half", «ونصف».
func (r *reader) andHalf(i int) bool {
	word := r.norm(i)
	rest, joined := strings.CutPrefix(word, "و")
	return joined && halves[rest] || word == "and" && (halves[r.norm(i+1)] || r.norm(i+1) == "a" && halves[r.norm(i+2)])
}

// dual reports whether the i-th word may be two of a scale, «ألفا شخص», or one, «ألفًا».
func (r *reader) dual(i int) bool {
	word := r.norm(i)
	scale := word == "الفا" || word == "مليونا" || word == "مليارا"
	return scale && !strings.ContainsRune(r.sentence[r.words[i].Start:r.words[i].End], '\u064b')
}

// fifth reports whether the i-th word may be a fraction: «خمس السكان».
func (r *reader) fifth(i int) bool {
	return parts[r.norm(i)] && strings.HasPrefix(r.norm(i+1), "ال")
}

// tight reports whether a mark alone stands between two words.
func tight(gap string) bool {
	return gap == ":" || gap == "-" || gap == "–" || gap == "/" || gap == "." || gap == "−" || gap == "٫" || gap == ","
}

func isDigits(norm string) bool { return norm != "" && norm[0] >= '0' && norm[0] <= '9' }

// unclitic is a word without the Arabic conjunction, preposition and article.
func unclitic(norm string) string {
	norm = strings.TrimPrefix(norm, "و")
	for _, p := range [...]string{"بال", "لل", "ال", "كال"} {
		if rest, ok := strings.CutPrefix(norm, p); ok {
			return rest
		}
	}
	return norm
}

// The words that make something else of a number.
var (
	halves          = set("half quarter third نصف ربع ثلث ثلثي ثلثا")
	fractions       = set("thirds quarters fifths sixths sevenths eighths ninths tenths halves أرباع أخماس أسداس أعشار أثمان أسباع")
	ordinalsEnglish = set("first second third fourth fifth sixth seventh eighth ninth")
	ordinals        = set(`أول أولى ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة عاشر عاشرة حادي حادية
		number no group big formula channel chapter section article radio bbc رقم مجموعة القناة المادة الفصل قناة`)
	parts = set("خمس سدس سبع ثمن تسع عشر")
)

// set makes a set of words, normalised.
func set(words string) map[string]bool { return text.WordSet(words) }
