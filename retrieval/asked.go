package retrieval

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

var yearOrTime = regexp.MustCompile(`(^|[^0-9])(1[89][0-9]{2}|20[0-9]{2}|[0-2]?[0-9]:[0-5][0-9])($|[^0-9])`)

// months and weekdays, normalised, in English and in the three Arabic
// families, but for those that are common words too («آب» is written as «أب»).
var dayNames = set(`january february april june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday
	يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
	شباط اذار نيسان ايار حزيران تموز ايلول تشرين كانون
	جانفي فيفري افريل ماي جوان جويليه اوت يوليوز غشت شتنبر نونبر دجنبر
	الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت`)

// hasDate reports whether a sentence says when.
func hasDate(content string) bool {
	if yearOrTime.MatchString(text.FoldDigits(content)) {
		return true
	}
	for _, w := range text.Words(content) {
		if dayNames[w.Norm] {
			return true
		}
	}
	return false
}

// units of duration, without the letters that Arabic writes onto them.
var units = set(`second seconds minute minutes hour hours day days night nights week weeks month months year years decade decades
	ثانيه ثواني ثوان دقيقه دقيقتين دقيقتان دقائق ساعه ساعتين ساعتان ساعات يوم يومين يومان ايام ليله اسبوع اسبوعين اسبوعان اسابيع
	شهر شهرين شهران اشهر شهور سنه سنتين سنتان سنوات عام عامين عامان اعوام عقد عقدين عقود`)

// hasDuration reports whether a sentence says how long: a unit with a number
// beside it, or the Arabic dual.
func hasDuration(content string) bool {
	words := text.Words(content)
	for i, w := range words {
		unit := strings.TrimSuffix(w.Norm, "ا")
		if !units[w.Norm] && !units[unit] {
			continue
		}
		if strings.HasSuffix(w.Norm, "ين") || strings.HasSuffix(w.Norm, "ان") {
			return true
		}
		from, to := max(i-2, 0), min(i+1, len(words)-1)
		if len(text.Numbers(content[words[from].Start:words[to].End])) > 0 {
			return true
		}
	}
	return false
}

// Words that say where: kinds of place, and what stands before a place's name.
var (
	sites = set(`مدينه بمدينه ولايه بولايه منطقه بمنطقه محافظه بمحافظه بلده قريه اقليم باقليم عاصمه العاصمه بالعاصمه مطار قاعده
		جزيره مقاطعه شارع ساحه ميدان مستشفي فندق جامعه بجامعه متحف قرب بالقرب قربه ملعب استاد قصر مقر مقره مقرها ساحل سواحل ميناء حي مركزه جنوب شمال شرق غرب شمالي جنوبي شرقي غربي`)
	before = set("in at near outside off from to between around across")
)

// hasPlace reports whether a sentence says where: a kind of place in Arabic, a
// preposition and a capital in English.
func hasPlace(content string) bool {
	words := text.Words(content)
	for i, w := range words {
		if sites[w.Norm] {
			return true
		}
		if i > 0 && before[words[i-1].Norm] && capitalAt(content, w.Start) && !dayNames[w.Norm] {
			return true
		}
	}
	return false
}

func capitalAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsUpper(r)
}
