package dates

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/text"
)

// arabicFamilies are the months in the families of names that the press uses.
var arabicFamilies = [][]string{
	strings.Split("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر", " "),
	strings.Split("كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول", ","),
	strings.Split("جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر", " "),
	strings.Split("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر", " "),
}

// weekdays are the days in Arabic, from Sunday on.
var weekdays = strings.Split("الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت", " ")

// digitsFrom writes figures with the ten digits from zero on.
func digitsFrom(zero rune, s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, s)
}

// forms are a day as it is written in both languages.
func forms(d time.Time) map[text.Language][]string {
	day, year := d.Day(), d.Year()
	suffix := "th"
	if day%10 < 4 && day/10 != 1 {
		suffix = []string{"th", "st", "nd", "rd"}[day%10]
	}
	english := []string{
		fmt.Sprintf("%d%s %s %d", day, suffix, d.Month(), year), fmt.Sprintf("%s %d%s, %d", d.Month(), day, suffix, year),
		fmt.Sprintf("the %d%s of %s, %d", day, suffix, d.Month(), year),
	}
	for _, layout := range []string{
		"2 January 2006", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "2 Jan 2006", "Monday, 2 January 2006", "Monday 2 January 2006", "Mon 2 Jan 2006",
		"2006-01-02", "2006/1/2", "02/01/2006", "2.1.2006", "2-1-2006", "Monday, January 2, 2006",
	} {
		form := strings.ReplaceAll(d.Format(layout), "May.", "May") // which is no abbreviation
		english = append(english, form, strings.ToLower(form))
	}
	var arabic []string
	for _, family := range arabicFamilies {
		name := family[d.Month()-1]
		plain := fmt.Sprintf("%d %s %d", day, name, year)
		arabic = append(arabic, plain, digitsFrom('٠', plain), digitsFrom('۰', plain), weekdays[d.Weekday()]+" "+plain, plain+"م",
			fmt.Sprintf("%d من %s عام %d", day, name, year), fmt.Sprintf("%d %s/%s %d", day, name, arabicFamilies[0][d.Month()-1], year))
	}
	arabic = append(arabic, digitsFrom('٠', d.Format("2/1/2006")), digitsFrom('٠', d.Format("2006-01-02")))
	return map[text.Language][]string{text.English: english, text.Arabic: arabic}
}

// TestForms reads days of every month in every form, in questions and in sentences.
func TestForms(t *testing.T) {
	frames := map[text.Language]string{text.English: "What happened in Cairo on %s?", text.Arabic: "ماذا حدث في القاهرة في %s؟"}
	c := Calendar{WeekStart: time.Monday}
	for month := time.January; month <= time.December; month++ {
		for _, day := range []int{1, 2, 3, 12, 13, 21, 28} {
			date := time.Date(2019+int(month)%7, month, day, 0, 0, 0, 0, time.UTC)
			want := Window{First: DayOf(date), Last: DayOf(date)}
			for lang, list := range forms(date) {
				for _, form := range list {
					question := fmt.Sprintf(frames[lang], form)
					if a := c.Asked(question, lang, today, today); a.Window != want || a.Problem != "" {
						t.Errorf("Asked(%q) = %s %s, want %s", question, a.Window.format(), a.Problem, want.format())
					}
					if s := c.Stated(question, lang, 0, false); len(s) != 1 || s[0].Window != want || s[0].Relative || s[0].Named {
						t.Errorf("Stated(%q) = %+v, want %s", question, s, want.format())
					}
				}
			}
		}
	}
}

// TestYearless reads days and months without a year: they are the last that have begun.
func TestYearless(t *testing.T) {
	c := Calendar{WeekStart: time.Monday}
	for d := today - 364; d <= today; d++ {
		date := d.Time()
		for lang, question := range map[text.Language]string{
			text.English: "What happened on " + date.Format("2 January") + "?",
			text.Arabic:  fmt.Sprintf("ماذا حدث يوم %d %s؟", date.Day(), arabicFamilies[1][date.Month()-1]),
		} {
			if a := c.Asked(question, lang, today, today); a.Window != (Window{First: d, Last: d}) {
				t.Errorf("Asked(%q) = %s, want %v", question, a.Window.format(), date)
			}
		}
	}
}
