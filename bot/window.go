package bot

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

// window says which days a question is about; none when it says nothing of when. When
// nothing was found in them, the opening says so.
func window(a retrieval.Answer) []line {
	var lines []line
	switch {
	case a.BadDate == "":
	case a.Verdict == retrieval.Declined && len(a.Citations) == 0:
		lines = append(lines, phrased(a.Language, keyNoSuchDateAlone, a.BadDate))
	default:
		lines = append(lines, phrased(a.Language, keyNoSuchDate, a.BadDate))
	}
	if !a.Window.IsZero() && !sparesWindow(a) {
		lines = append(append(lines, windowLine(keyWindow, a.Window, a.Language)), ahead(a)...)
	}
	return lines
}

// ahead says of days in which there is nothing that they are still to come.
func ahead(a retrieval.Answer) []line {
	if !a.Ahead || !a.Outside && a.Verdict != retrieval.Declined {
		return nil
	}
	return []line{sentence(say(a.Language, keyWindowAhead))}
}

// sparesWindow reports whether the opening tells the window.
func sparesWindow(a retrieval.Answer) bool { return a.Outside && a.Kind == retrieval.Best }

// outside says before what lies outside the window that nothing was found in it, and
// what is missing all the same.
func (d *Document) outside(a retrieval.Answer) {
	nothing := append([]line{windowLine(keyWindowNothing, a.Window, a.Language)}, ahead(a)...)
	d.add(append(nothing, missing(a.Missing, a.Language)...)...)
	if len(a.Citations) == 0 {
		return // the nearest report follows
	}
	d.add(heading(say(a.Language, keyWindowOutside)))
}

// windowLine is a label with the days of a window.
func windowLine(k key, w dates.Window, lang text.Language) line {
	spans := []span{{text: say(lang, k)}, {role: roleMark, text: FormatWindow(w, lang)}}
	if w.Approximate {
		spans = append(spans, span{text: say(lang, keyListSeparator)}, span{text: say(lang, keyWindowApproximate)})
	}
	return line{spans: spans}
}

// FormatWindow returns the days of a window for a reader, as few words as tell them:
// "15 August 2025", "1–7 May 2025", "May 2025", "2025", "28 April to 3 May 2025", "since
// 1 March 2025". In an Arabic one numbers on both sides of a dash run from right to left,
// as the words around them do. The zero window, and one that is open at both ends, is "".
func FormatWindow(w dates.Window, lang text.Language) string {
	switch {
	case w.IsZero(), w.First == dates.Beginning && w.Last == dates.End:
		return ""
	case w.Last == dates.End:
		return say(lang, keyWindowSince, formatDay(w.First, lang))
	case w.First == dates.Beginning:
		return say(lang, keyWindowUntil, formatDay(w.Last, lang))
	case w.First == w.Last:
		return formatDay(w.First, lang)
	}
	first, last := w.First.Time(), w.Last.Time()
	switch begins, ends := first.Day() == 1, (w.Last+1).Time().Day() == 1; {
	case begins && ends && first.Month() == time.January && last.Month() == time.December:
		return formatYears(first.Year(), last.Year(), lang)
	case begins && ends:
		return formatMonths(first, last, lang)
	}
	return formatDays(first, last, lang)
}

func formatDay(d dates.Day, lang text.Language) string {
	return FormatDate(corpus.Date{Time: d.Time(), DayOnly: true}, lang)
}

func formatYears(first, last int, lang text.Language) string {
	if first == last {
		return fmt.Sprint(first)
	}
	return say(lang, keyWindowYears, first, last)
}

// formatMonths is for whole ones.
func formatMonths(first, last time.Time, lang text.Language) string {
	month := func(t time.Time) string { return monthName(t.Month(), lang) }
	switch end := fmt.Sprintf("%s %d", month(last), last.Year()); {
	case first.Year() != last.Year():
		return say(lang, keyWindowRange, fmt.Sprintf("%s %d", month(first), first.Year()), end)
	case first.Month() != last.Month():
		return say(lang, keyWindowRange, month(first), end)
	default:
		return end
	}
}

func formatDays(first, last time.Time, lang text.Language) string {
	end := FormatDate(corpus.Date{Time: last}, lang)
	switch {
	case first.Year() != last.Year():
		return say(lang, keyWindowRange, FormatDate(corpus.Date{Time: first}, lang), end)
	case first.Month() != last.Month():
		return say(lang, keyWindowRange, fmt.Sprintf("%d %s", first.Day(), monthName(first.Month(), lang)), end)
	}
	return fmt.Sprintf("%d–%s", first.Day(), end)
}

// times says what the times in a quote mean that count from its date, in a line of the
// frame: "[on Friday = 15 August 2025]".
func times(c retrieval.Citation, lang text.Language) []line {
	l := line{}
	for _, t := range c.Times {
		said, ok := within(c.Quote, t.Start, t.End)
		if !ok {
			continue
		}
		before := semicolon(lang)
		if len(l.spans) == 0 {
			before = "["
		}
		l.spans = append(l.spans, span{text: before}, span{role: roleOutside, text: shortPhrase(said)},
			span{text: " = "}, span{role: roleMark, text: FormatWindow(t.Window, lang)})
	}
	if len(l.spans) == 0 {
		return nil
	}
	l.spans = append(l.spans, span{text: "]"})
	return []line{l}
}

// timesAround says what times in a passage around a quote mean: those that the quote
// tells, and those of other quotes from it, in order.
func (p passage) timesAround(c retrieval.Citation, lang text.Language) []line {
	all := slices.Concat(c.Times, p.times)
	slices.SortFunc(all, func(a, b retrieval.Time) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	c.Times = slices.Compact(all)
	c.Quote = retrieval.Quote{Text: p.before + p.quote + p.after, Start: c.Quote.Start - len(p.before)}
	c.Quote.End = c.Quote.Start + len(c.Quote.Text)
	return times(c, lang)
}

// within returns some bytes of an article's body that stand in a quote of it.
func within(q retrieval.Quote, start, end int) (string, bool) {
	if start < q.Start || end > q.End || start >= end || end-q.Start > len(q.Text) {
		return "", false
	}
	return q.Text[start-q.Start : end-q.Start], true
}

// freshness says how new the evidence is, and of an answer about the present that rests
// on old evidence that it may no longer hold.
func freshness(a retrieval.Answer) []line {
	switch {
	case a.AsOf.IsZero() || len(a.Citations) == 0:
		return nil
	case a.Stale:
		return []line{sentence(say(a.Language, keyStale, FormatDate(a.AsOf, a.Language)))}
	}
	k := keyNewest
	if a.Verdict != retrieval.Answered {
		k = keyNewestShown
	}
	return []line{sentence(say(a.Language, k, FormatDate(a.AsOf, a.Language)))}
}
