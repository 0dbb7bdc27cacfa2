package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // TIMEZONE is understood on machines without a database of time zones, too

	"newsbot/bot"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

// The names of the settings that say how a question is answered.
const (
	settingCaution    = "CAUTION"
	settingTimezone   = "TIMEZONE"
	settingWeekStart  = "WEEK_START"
	settingWeekend    = "WEEKEND"
	settingStaleAfter = "STALE_AFTER"
	settingMonths     = "MONTH_NAMES"
)

// answeringSettings are all of them.
var answeringSettings = append([]string{settingCaution, settingTimezone, settingWeekStart, settingWeekend, settingStaleAfter, settingMonths}, modelSettings...)

// The defaults of some: the machine's own zone, and a weekend that is that of the
// question's language.
const (
	ownZone         = "Local"
	weekendLanguage = "language"
)

// An answering says how questions are answered.
type answering struct {
	// caution says how sure an answer must be.
	caution retrieval.Caution
	// calendar says when "today" and "last week" are.
	calendar dates.Calendar
	// stale is the age from which on evidence of the present is said to be old.
	stale time.Duration
	// months are the names of months in Arabic dates.
	months bot.MonthNames
	// model writes them in words of its own, above the quotes.
	model model
}

// configure puts into the configuration of an engine what is its business.
func (h answering) configure(c retrieval.Config) retrieval.Config {
	c.Caution, c.Calendar, c.StaleAfter = h.caution, &h.calendar, h.stale
	return c
}

// answeringTable lists the settings in the order in which they are shown.
func answeringTable() []setting {
	return append([]setting{
		{name: settingCaution, fallback: string(retrieval.NormalCaution), set: (*config).setCaution},
		{name: settingTimezone, fallback: ownZone, set: (*config).setTimezone},
		{name: settingWeekStart, fallback: "monday", set: (*config).setWeekStart},
		{name: settingWeekend, fallback: weekendLanguage, set: (*config).setWeekend},
		{name: settingStaleAfter, fallback: "90", set: (*config).setStaleAfter},
		{name: settingMonths, fallback: string(bot.InternationalMonths), set: (*config).setMonths},
	}, modelTable()...)
}

func (c *config) setCaution(s string) (err error) {
	if c.caution, err = retrieval.ParseCaution(s); err != nil {
		return withHint(fmt.Errorf("%q is none of low, normal and high", hidden(s)),
			"high refuses more questions and answers fewer that there is no answer to, low the other way round")
	}
	return nil
}

func (c *config) setTimezone(s string) error {
	location, err := time.LoadLocation(s)
	if err != nil {
		return withHint(fmt.Errorf("%q is no time zone that is known", hidden(s)),
			"it is a name of the IANA database, such as Africa/Cairo or Europe/London; %s is the machine's own", ownZone)
	}
	c.calendar.Location = location
	return nil
}

// weekdays are the days by the names that settings have.
var weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// parseWeekday reads the name of a day.
func parseWeekday(s string) (time.Weekday, error) {
	i := slices.Index(weekdays, strings.ToLower(strings.TrimSpace(s)))
	if i < 0 {
		return 0, fmt.Errorf("%q is no day of the week", hidden(s))
	}
	return time.Weekday(i), nil
}

func (c *config) setWeekStart(s string) error {
	day, err := parseWeekday(s)
	if err != nil {
		return withHint(err, "it is the first day of a week: monday, sunday or saturday, say")
	}
	c.calendar.WeekStart = day
	return nil
}

func (c *config) setWeekend(s string) error {
	const hint = "it is two days, one after the other: friday-saturday or saturday-sunday, say; " +
		weekendLanguage + " takes the first for questions in Arabic and the second for others"
	c.calendar.Weekend = nil
	if s == weekendLanguage {
		return nil
	}
	var days []time.Weekday
	for name := range strings.SplitSeq(s, "-") {
		day, err := parseWeekday(name)
		if err != nil {
			return withHint(err, hint)
		}
		days = append(days, day)
	}
	if len(days) != 2 || (days[0]+1)%7 != days[1] {
		return withHint(errors.New("a weekend is two days, one after the other"), hint)
	}
	c.calendar.Weekend = days
	return nil
}

func (c *config) setStaleAfter(s string) error {
	return setDays(&c.stale, s, "it is the number of days after which what is reported of the present is said to be old")
}

func (c *config) setMonths(s string) (err error) {
	if c.months, err = bot.ParseMonthNames(s); err != nil {
		return withHint(fmt.Errorf("%q is not known", hidden(s)),
			"%s: أغسطس; %s: آب; %s: أوت; %s: غشت; %s: آب/أغسطس",
			bot.InternationalMonths, bot.LevantMonths, bot.MaghrebMonths, bot.MoroccoMonths, bot.BothMonths)
	}
	return nil
}

// months are the names of months that are set. What is wrong with the setting was said
// when the question was answered.
func (a *app) months() bot.MonthNames {
	c, _ := a.settings.some(settingMonths)
	return c.months
}
