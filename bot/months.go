package bot

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// MonthNames says by which names Arabic dates have their months. "" is
// [InternationalMonths].
type MonthNames string

// The names that the press of different countries prints.
const (
	InternationalMonths MonthNames = "international" // أغسطس: Egypt, Sudan, the Gulf and most agencies
	LevantMonths        MonthNames = "levant"        // آب: Iraq, Jordan, Lebanon, Palestine, Syria
	MaghrebMonths       MonthNames = "maghreb"       // أوت: Algeria, Tunisia
	MoroccoMonths       MonthNames = "morocco"       // غشت
	BothMonths          MonthNames = "both"          // آب/أغسطس: broadcasters for all of them
)

// ParseMonthNames reads the name of a kind of month names; "" is the international one.
func ParseMonthNames(s string) (MonthNames, error) {
	n := MonthNames(s)
	if n == "" {
		return InternationalMonths, nil
	}
	if _, known := otherMonths[n]; !known && n != InternationalMonths {
		return "", fmt.Errorf("%q are no month names", s)
	}
	return n, nil
}

// months are the names for the person; in a group, whose answers are for all, those of the bot.
func (t turn) months() MonthNames {
	if t.Group {
		return t.Months
	}
	return t.Months.unless(t.prefers)
}

// monthsOf are the names for whoever has a private chat; for a group those of the bot.
func (d *Dialogue) monthsOf(ctx context.Context, chat int64) (MonthNames, error) {
	r, err := d.Journal.Reader(ctx, chat)
	return d.Months.unless(r), err
}

// unless are the names, unless a person has chosen others.
func (n MonthNames) unless(r journal.Reader) MonthNames {
	if chosen, err := ParseMonthNames(r.Months); err == nil && r.Months != "" {
		return chosen
	}
	return n
}

// month is the name of a month.
func (n MonthNames) month(m time.Month) string {
	name := monthName(m, text.Arabic)
	if names := otherMonths[n]; names != nil {
		return names.Replace(name)
	}
	return name
}

// everyMonth are the Arabic months by all their names.
func everyMonth() []string {
	both := bothMonths()
	return slices.Concat(arabicMonths[:], levantMonths[:], maghrebMonths[:], moroccoMonths[:], both[:])
}

// levantMonths are the Babylonian ones.
var levantMonths = [...]string{
	"كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
	"تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
}

var maghrebMonths = [...]string{
	"جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان",
	"جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
}

var moroccoMonths = [...]string{
	"يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو",
	"يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر",
}

// otherMonths put others in place of [arabicMonths]; they are read only.
var otherMonths = map[MonthNames]*strings.Replacer{
	LevantMonths:  monthReplacer(levantMonths),
	MaghrebMonths: monthReplacer(maghrebMonths),
	MoroccoMonths: monthReplacer(moroccoMonths),
	BothMonths:    monthReplacer(bothMonths()),
}

func bothMonths() [12]string {
	var both [12]string
	for i, name := range levantMonths {
		both[i] = name + "/" + arabicMonths[i]
	}
	return both
}

func monthReplacer(names [12]string) *strings.Replacer {
	var pairs []string
	for i, name := range names {
		pairs = append(pairs, arabicMonths[i], name)
	}
	return strings.NewReplacer(pairs...)
}

// monthInDate finds the months that [FormatDate] and its like have written: after a day
// or before a year. Elsewhere «مارس» may be a verb.
var monthInDate = regexp.MustCompile(`[0-9] (?:` + strings.Join(arabicMonths[:], "|") + `)|(?:` + strings.Join(arabicMonths[:], "|") + `) [0-9]`)

// in puts the names into the dates of the bot's own words.
func (n MonthNames) in(s string) string {
	names := otherMonths[n]
	if names == nil {
		return s
	}
	return monthInDate.ReplaceAllStringFunc(s, names.Replace)
}

// dress names the months in the frame of a document, which goes out then. What is from
// outside stays as it is.
func (n MonthNames) dress(d Document) Document {
	if d.dressed || d.language != text.Arabic {
		return d
	}
	if otherMonths[n] == nil {
		d.dressed = true
		return d
	}
	dressed := Document{language: d.language, dressed: true}
	for _, b := range d.blocks {
		var lines block
		for _, l := range b {
			lines = append(lines, n.dressLine(l))
		}
		dressed.blocks = append(dressed.blocks, lines)
	}
	return dressed
}

func (n MonthNames) dressLine(l line) line {
	spans := make([]span, len(l.spans))
	for i, s := range l.spans {
		switch s.role {
		case roleWords, roleStrong, roleMark:
			s.text = n.in(s.text)
		case roleWritten:
			s.text = n.inWritten(s.text)
		}
		spans[i] = s
	}
	l.spans = spans
	return l
}

// dressReply does so for all that a reply sends. A message to somebody else has the names that he has chosen.
func (d *Dialogue) dressReply(ctx context.Context, n MonthNames, r Reply) (Reply, error) {
	for i, o := range r.Messages {
		names := n
		if o.Chat != 0 {
			var err error
			if names, err = d.monthsOf(ctx, o.Chat); err != nil {
				return Reply{}, err
			}
		}
		r.Messages[i].Document = names.dress(o.Document)
	}
	if r.Edit != nil {
		r.Edit.Document = n.dress(r.Edit.Document)
	}
	if r.Inline != nil {
		for i, result := range r.Inline.Results {
			r.Inline.Results[i].Document = n.dress(result.Document)
		}
	}
	r.Notice = n.in(r.Notice)
	return r, nil
}

// PlainText is [PlainText] with these names.
func (n MonthNames) PlainText(a retrieval.Answer) string {
	d := compose(a, nil)
	if a.Articles == 0 {
		d.say(keyImportHint)
	}
	return n.dress(d).Text()
}
