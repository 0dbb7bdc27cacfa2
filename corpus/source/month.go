package source

import (
	"strings"
	"sync"
	"time"

	"newsbot/corpus/text"
)

// monthNames lists, from January on, how the press writes each month: English
// in full and short; Arabic in the international, the Levantine, the Maghrebi
// and the Moroccan family, with the spellings that are met.
const monthNames = `
january, jan, يناير, كانون الثاني, كانون ثاني, جانفي
february, feb, febr, فبراير, شباط, فيفري
march, mar, مارس, آذار
april, apr, أبريل, نيسان, أفريل
may, مايو, ماي, مايس, أيار
june, jun, يونيو, يونيه, حزيران, جوان
july, jul, يوليو, يوليه, يوليوز, تموز, جويلية
august, aug, أغسطس, آب, أوت, غشت
september, sept, sep, سبتمبر, أيلول, شتنبر
october, oct, أكتوبر, أوكتوبر, تشرين الأول, تشرين أول
november, nov, نوفمبر, تشرين الثاني, تشرين ثاني, نونبر
december, dec, ديسمبر, كانون الأول, كانون أول, دجنبر`

// months maps the normalised names to months. It is built at the first use and
// only read after that.
var months = sync.OnceValue(func() map[string]time.Month {
	names := make(map[string]time.Month)
	for i, line := range strings.Split(strings.TrimSpace(monthNames), "\n") {
		for name := range strings.SplitSeq(line, ", ") {
			names[text.Normalize(name)] = time.Month(i + 1)
		}
	}
	return names
})

// ParseMonth returns the month that word names in English or Arabic: "Sept.",
// «أيلول», «كانون الثاني», or the double «كانون الثاني/يناير» when both names
// agree. Spelling is compared after [text.Normalize], so hamzas, vowel marks
// and letter case do not matter.
func ParseMonth(word string) (time.Month, bool) {
	if len(word) > 100 { // no name is near that long
		return 0, false
	}
	var found time.Month
	for part := range strings.SplitSeq(text.Normalize(word), "/") {
		name := strings.Trim(strings.Join(strings.Fields(part), " "), ".")
		month, ok := months()[name]
		if !ok || found != 0 && found != month {
			return 0, false
		}
		found = month
	}
	return found, true
}

// isWeekday reports whether a normalised word is a day of the week.
func isWeekday(norm string) bool {
	switch strings.TrimPrefix(norm, "ال") {
	case "سبت", "احد", "اثنين", "ثلاثاء", "اربعاء", "خميس", "جمعه":
		return true
	}
	switch strings.TrimSuffix(norm, ".") {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun":
		return true
	}
	return false
}
