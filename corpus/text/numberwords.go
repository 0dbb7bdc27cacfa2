package text

import "strings"

// atomOf reads one normalised word as a part of a number.
func atomOf(word string) atom {
	switch {
	case word == "":
		return atom{}
	case word[0] >= '0' && word[0] <= '9':
		return digitsAtom(word)
	case isASCII(word):
		return englishAtom(word)
	}
	return arabicAtom(word)
}

// digitsAtom reads the digits a word starts with: "3.5", "21st", "10km". The
// press's 3bn and 2tn are one word for two.
func digitsAtom(word string) atom {
	end := strings.IndexFunc(word, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
	if end < 0 {
		return atom{kind: atomDigits, digits: trimZeros(word)}
	}
	digits := trimZeros(canonicalNumber(strings.TrimRight(word[:end], ".,")))
	switch word[end:] {
	case "bn":
		return atom{kind: atomDigits, digits: shiftPoint(digits, 9)}
	case "tn":
		return atom{kind: atomDigits, digits: shiftPoint(digits, 12)}
	}
	return atom{kind: atomDigits, digits: digits}
}

// trimZeros drops zeros before a number and at the end of its decimals. Dates
// and versions with several dots keep theirs.
func trimZeros(digits string) string {
	whole, decimals, found := strings.Cut(digits, ".")
	if strings.Contains(decimals, ".") {
		return digits
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if decimals = strings.TrimRight(decimals, "0"); !found || decimals == "" {
		return whole
	}
	return whole + "." + decimals
}

// shiftPoint multiplies canonical digits by 10 to the n.
func shiftPoint(digits string, n int) string {
	whole, decimals, _ := strings.Cut(digits, ".")
	if len(decimals) > n {
		return trimZeros(whole + decimals[:n] + "." + decimals[n:])
	}
	return trimZeros(whole + decimals + strings.Repeat("0", n-len(decimals)))
}

// unit, teen, tens, scale and plural make atoms of spelled numbers.
func unit(v float64) atom   { return atom{kind: atomUnit, value: v} }
func teen(v float64) atom   { return atom{kind: atomTeen, value: v} }
func tens(v float64) atom   { return atom{kind: atomTens, value: v} }
func scale(v float64) atom  { return atom{kind: atomScale, value: v} }
func plural(v float64) atom { return atom{kind: atomPlural, value: v} }

// englishAtom reads a lower-case English word.
func englishAtom(word string) atom {
	small := [...]string{
		"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	}
	for i, w := range small {
		if w == word {
			if i < 9 {
				return unit(float64(i + 1))
			}
			return teen(float64(i + 1))
		}
	}
	for i, w := range [...]string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		if w == word {
			return tens(float64(10 * (i + 2)))
		}
	}
	return englishScale(word)
}

// englishScale reads the English words from hundred upwards.
func englishScale(word string) atom {
	switch word {
	case "and":
		return atom{kind: atomAnd}
	case "hundred":
		return atom{kind: atomHundred, value: 100}
	case "thousand":
		return scale(1e3)
	case "million":
		return scale(1e6)
	case "billion":
		return scale(1e9)
	case "trillion":
		return scale(1e12)
	case "thousands":
		return plural(1e3)
	case "millions":
		return plural(1e6)
	case "billions":
		return plural(1e9)
	}
	return atom{}
}

// NumberWord reports whether a normalised word is a number or names one, by itself or
// as a part: "12", "three", "hundred", «آلاف». "one" and «واحد» are; «أحد» is not.
func NumberWord(norm string) bool {
	kind := atomOf(norm).kind
	return kind != atomNone && kind != atomAnd && kind != atomEleven
}

// arabicAtom reads a normalised Arabic word, with the clitics it may carry.
func arabicAtom(word string) atom {
	if word == "و" {
		return atom{kind: atomAnd, arabic: true}
	}
	a := arabicNumber(word)
	rest, and := word, false
	if a.kind == atomNone {
		rest, and = cutConjunction(rest)
		a = arabicNumber(rest)
	}
	if a.kind == atomNone {
		a = arabicNumber(cutPreposition(rest))
	}
	a.arabic, a.and = true, and
	return a
}

// cutConjunction takes و or ف off a word.
func cutConjunction(word string) (string, bool) {
	if rest, ok := strings.CutPrefix(word, "و"); ok {
		return rest, true
	}
	return strings.CutPrefix(word, "ف")
}

// cutPreposition takes the article or a preposition off a word. The weekday
// الاثنين, the verb لست, the noun كمية and the per cent of بالمئة are no numbers.
func cutPreposition(word string) string {
	switch word {
	case "الاثنين", "لست", "الست", "كميه", "المئه", "المائه", "الميه", "بالمئه", "بالمائه", "بالميه":
		return ""
	}
	for _, prefix := range [...]string{"بال", "كال", "لل", "ال", "ب", "ل", "ك"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok {
			return rest
		}
	}
	return ""
}

// arabicNumber reads a normalised Arabic word without clitics, in every gender
// and case.
func arabicNumber(word string) atom {
	if a := arabicSmall(word); a.kind != atomNone {
		return a
	}
	if a := arabicHundred(word); a.kind != atomNone {
		return a
	}
	switch word {
	case "الف", "الفا":
		return scale(1e3)
	case "مليون", "مليونا":
		return scale(1e6)
	case "مليار", "مليارا", "بليون", "بليونا":
		return scale(1e9)
	case "تريليون", "تريليونا", "ترليون":
		return scale(1e12)
	case "الاف", "الوف":
		return plural(1e3)
	case "ملايين":
		return plural(1e6)
	case "مليارات", "بلايين":
		return plural(1e9)
	case "الفان", "الفين", "الفي":
		return atom{kind: atomDual, value: 1e3}
	case "مليونان", "مليونين", "مليوني":
		return atom{kind: atomDual, value: 1e6}
	case "ملياران", "مليارين", "ملياري":
		return atom{kind: atomDual, value: 1e9}
	}
	return atom{}
}

// arabicSmall reads the numbers below a hundred.
func arabicSmall(word string) atom {
	switch word {
	case "واحد", "واحده", "واحدا":
		return unit(1)
	case "احد", "احدي":
		return atom{kind: atomEleven, value: 1}
	case "اثنان", "اثنين", "اثنتان", "اثنتين", "اثنا", "اثني", "اثنتا", "اثنتي":
		return unit(2)
	case "عشر", "عشره":
		return teen(10)
	}
	stems := [...]string{"ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"}
	for i, stem := range stems {
		rest, ok := strings.CutPrefix(word, stem)
		if !ok {
			continue
		}
		switch {
		case rest == "", rest == "ه", stem == "ثمان" && (rest == "ي" || rest == "يه"):
			return unit(float64(i + 3))
		case rest == "ون", rest == "ين":
			return tens(float64(10 * (i + 3)))
		}
	}
	if word == "عشرون" || word == "عشرين" {
		return tens(20)
	}
	return atom{}
}

// arabicHundred reads مئة and its compounds, in both spellings.
func arabicHundred(word string) atom {
	switch word {
	case "مئه", "مائه", "ميه":
		return atom{kind: atomHundred, value: 100}
	case "مئتان", "مئتين", "مئتي", "مئتا", "مائتان", "مائتين", "مائتي", "مائتا", "ميتين":
		return atom{kind: atomHundreds, value: 200}
	}
	stem, ok := strings.CutSuffix(word, "مئه")
	if !ok {
		stem, ok = strings.CutSuffix(word, "مائه")
	}
	if !ok || stem == "" {
		return atom{}
	}
	if a := arabicSmall(stem); a.kind == atomUnit && a.value >= 3 {
		return atom{kind: atomHundreds, value: 100 * a.value}
	}
	return atom{}
}
