package bot

import (
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// arabicMonths are the months as most of the Arab press prints them; it is
// read only.
var arabicMonths = [...]string{
	"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
	"يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
}

// FormatDate returns the day of a publication date for a reader: western digits
// and the month by name, "15 August 2025" or «15 أغسطس 2025». An unknown date
// is said to be unknown. The day is that of the date's own time zone.
func FormatDate(d corpus.Date, lang text.Language) string {
	if d.IsZero() {
		return say(lang, keyDateUnknown)
	}
	year, month, day := d.Time.Date()
	return say(lang, keyDate, day, monthName(month, lang), year)
}

func monthName(m time.Month, lang text.Language) string {
	if lang == text.Arabic {
		return arabicMonths[m-1]
	}
	return m.String()
}

// date is [FormatDate] as part of a line.
func date(d corpus.Date, lang text.Language) span {
	if d.IsZero() {
		return span{text: FormatDate(d, lang)}
	}
	return span{role: roleMark, text: FormatDate(d, lang)}
}

// dating are the dates of an article: when it was published and, if it was, when
// it was corrected.
func dating(published, corrected corpus.Date, lang text.Language) []span {
	spans := []span{date(published, lang)}
	if !corrected.IsZero() {
		spans = append(spans, span{text: say(lang, keyCorrectedOn, FormatDate(corrected, lang))})
	}
	return spans
}
