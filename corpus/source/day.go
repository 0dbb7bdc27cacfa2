package source

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"newsbot/corpus"
)

// maxDayWords is the length of a date with its weekday in both calendars.
const maxDayWords = 12

// parseDay reads the normalised words of a dateline's date: "15 August 2025",
// "Aug. 15, 2025", "2025-08-15", weekday before or not, year or not. ok reports
// whether words are a date and nothing else. The date itself is unknown when
// words do not settle it: without a year, on a day that does not exist, or with
// an order of numbers that can be read in two ways.
func parseDay(words []string) (date corpus.Date, ok bool) {
	words = trimDay(words)
	switch len(words) {
	case 0:
		return corpus.Date{}, false
	case 1:
		return numericDay(words[0])
	}
	// A month's name may take up several words, so the day is found from one
	// end and the year from the other.
	year, named := 0, words
	if y, ok := parseYear(words[len(words)-1]); ok {
		year, named = y, words[:len(words)-1]
	}
	if len(named) == 0 {
		return corpus.Date{}, false
	}
	day, name := dayAndMonth(named)
	month, ok := ParseMonth(strings.Join(name, " "))
	if !ok {
		return corpus.Date{}, false
	}
	return calendarDay(year, month, day), true
}

// leadingDay reads the longest date that s opens with and returns the byte at
// which it ends; 0 when s does not open with one.
func leadingDay(s string) (date corpus.Date, end int) {
	read := 0
	for _, i := range wordEnds(s, maxDayWords) {
		norms, ok := leadNorms(s[:i])
		if !ok {
			break
		}
		// A dash behind the date adds no word to it.
		if d, ok := parseDay(norms); ok && len(norms) > read {
			date, end, read = d, i, len(norms)
		}
	}
	return date, end
}

// wordEnds returns the bytes at which the first n words of s end, colons and
// commas behind them left out.
func wordEnds(s string, n int) []int {
	var ends []int
	for i := 0; len(ends) < n; {
		i += len(s[i:]) - len(strings.TrimLeftFunc(s[i:], isFiller))
		if i == len(s) {
			break
		}
		length := strings.IndexFunc(s[i:], unicode.IsSpace)
		if length < 0 {
			length = len(s) - i
		}
		ends = append(ends, len(strings.TrimRight(s[:i+length], ":,،")))
		i += length
	}
	return ends
}

// trimDay removes what surrounds a date: weekdays, «الموافق» with the Islamic
// date before it, «م» after the year, and «من» or "of" before the month.
func trimDay(words []string) []string {
	for len(words) > 0 && isWeekday(words[0]) {
		words = words[1:]
	}
	if i := slices.Index(words, "الموافق"); i > 0 && i <= 5 && isNumber(words[0]) {
		words = words[i+1:]
	}
	if n := len(words); n > 1 && words[n-1] == "م" {
		words = words[:n-1]
	}
	if len(words) > 2 && (words[1] == "من" || words[1] == "of") {
		words = append([]string{words[0]}, words[2:]...)
	}
	return words
}

// dayAndMonth parts "15 august" or "august 15". day is 0 when there is none.
func dayAndMonth(words []string) (day int, name []string) {
	last := len(words) - 1
	if d, ok := parseNumber(words[0]); ok {
		return d, words[1:]
	}
	if d, ok := parseNumber(words[last]); ok {
		return d, words[:last]
	}
	return 0, words
}

// parseNumber reads a day of one or two digits: "15", "3rd", "15.".
func parseNumber(w string) (int, bool) {
	w = strings.TrimSuffix(w, ".")
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, suffix)
	}
	if len(w) == 0 || len(w) > 2 {
		return 0, false
	}
	n, err := strconv.ParseUint(w, 10, 8)
	return int(n), err == nil
}

func isNumber(w string) bool {
	_, ok := parseNumber(w)
	return ok
}

// parseYear reads a year of four digits.
func parseYear(w string) (int, bool) {
	w = strings.TrimSuffix(strings.TrimSuffix(w, "."), "م")
	n, err := strconv.ParseUint(w, 10, 16)
	if len(w) != 4 || err != nil || n < 1800 || n > 2200 {
		return 0, false
	}
	return int(n), true
}

// numericDay reads "2025-08-15", "2025/8/15" and "15/8/2025". Where day and
// month could change places ("8/9/2025") the date is unknown.
func numericDay(w string) (date corpus.Date, ok bool) {
	parts := strings.FieldsFunc(w, func(r rune) bool { return strings.ContainsRune("-/.", r) })
	if len(parts) != 3 {
		return corpus.Date{}, false
	}
	if year, isYear := parseYear(parts[0]); isYear {
		month, okMonth := parseNumber(parts[1])
		day, okDay := parseNumber(parts[2])
		return calendarDay(year, time.Month(month), day), okMonth && okDay
	}
	first, ok1 := parseNumber(parts[0])
	second, ok2 := parseNumber(parts[1])
	year, ok3 := parseYear(parts[2])
	if !ok1 || !ok2 || !ok3 {
		return corpus.Date{}, false
	}
	switch {
	case first > 12:
		return calendarDay(year, time.Month(second), first), true
	case second > 12:
		return calendarDay(year, time.Month(first), second), true
	}
	return corpus.Date{}, true
}

// calendarDay is the given day, or unknown when there is no such day.
func calendarDay(year int, month time.Month, day int) corpus.Date {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if year == 0 || t.Month() != month || t.Day() != day {
		return corpus.Date{}
	}
	return corpus.Day(year, month, day)
}

// maxFindDay is as much of a text, in runes, as FindDay reads.
const maxFindDay = 200

// FindDay returns the first calendar day that a short text states in words or figures, with its year: «نُشر الجمعة 15
// آب/أغسطس 2025», "Posted on 15 August 2025 at 10:30". It is the zero Date when there is none in no doubt.
func FindDay(s string) corpus.Date {
	s = firstRunes(s, maxFindDay)
	inWord := false
	for i, r := range s {
		begins := !inWord
		inWord = unicode.IsLetter(r) || unicode.IsDigit(r)
		if !begins || !inWord {
			continue
		}
		if d, _ := leadingDay(s[i:]); !d.IsZero() {
			return d
		}
	}
	return corpus.Date{}
}
