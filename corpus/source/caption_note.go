package source

import (
	"strings"
	"time"
	"unicode"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A DayFault is why a day in a caption is not taken.
type DayFault int

// The faults.
const (
	NoFault  DayFault = iota // it is no day, or a day too many
	DayOrder                 // day and month could change places
	DayYear                  // its year is missing
	DayNone                  // there is no such day
)

// parseNote reads a line of an outlet, a day and an address. ok is false when there is
// anything else in it.
func parseNote(line string, known func(string) bool) (m Meta, ok bool) {
	words := strings.Fields(line)
	if len(words) > maxCaptionWords {
		return Meta{}, false
	}
	rest := words[:0:0]
	for _, w := range words {
		address, is := captionAddress(w)
		switch {
		case !is:
			rest = append(rest, w)
		case m.URL != "":
			return Meta{}, false
		default:
			m.URL = address
		}
	}
	name, day, ok := cutDay(rest)
	if !ok {
		return Meta{}, false
	}
	m.Published = day.String()
	if name == "" {
		return m, m != Meta{}
	}
	m.Source = name
	return m, isOutletNote(name, !day.IsZero(), known)
}

// captionAddress reads a word as the address of a page.
func captionAddress(word string) (string, bool) {
	word = strings.Trim(word, `,،;؛<>()[]«»"'`)
	lower := strings.ToLower(word)
	switch {
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
	case strings.HasPrefix(lower, "www."):
		word = "https://" + word
	default:
		return "", false
	}
	_, err := corpus.CanonicalURL(word)
	return word, err == nil
}

// cutDay finds the day in the words of a note, and returns what stands on the one side
// of it. ok is false when something stands on both, or when there is a day that cannot
// be read in one way.
func cutDay(words []string) (name string, day corpus.Date, ok bool) {
	for i := range words {
		date, _, n := dayAt(words[i:])
		if n == 0 {
			continue
		}
		before, after := trimNote(words[:i]), trimNote(words[i+n:])
		if date.IsZero() || before != "" && after != "" {
			return "", corpus.Date{}, false
		}
		return before + after, date, true
	}
	return trimNote(words), corpus.Date{}, true
}

// dayAt reads the day, with or without a time, that words begin with, and returns how
// many of them it has; 0 for none. The date is zero when there is a fault in it.
func dayAt(words []string) (date corpus.Date, fault DayFault, n int) {
	for n := min(len(words), 3); n > 0; n-- {
		if d, err := corpus.ParseDate(bareDay(words[:n])); err == nil {
			return d, NoFault, n
		}
	}
	if !strings.ContainsFunc(strings.Join(words[:min(len(words), maxDayWords)], " "), unicode.IsDigit) {
		return corpus.Date{}, NoFault, 0
	}
	for i := 1; i <= min(len(words), maxDayWords); i++ {
		s := bareDay(words[:i])
		norms, fine := leadNorms(s)
		if !fine {
			break
		}
		if d, is := parseDay(norms); is && strings.ContainsFunc(s, unicode.IsDigit) {
			date, fault, n = d, dayFault(d, norms), i
		}
	}
	if date.IsZero() {
		return date, fault, n
	}
	timed, more := clockAt(date, words[n:])
	return timed, NoFault, n + more
}

// bareDay joins the words of a day, without what stands around them.
func bareDay(words []string) string {
	return strings.TrimRight(strings.TrimLeft(strings.Join(words, " "), "(["), ")],،;؛|")
}

// dayFault says why there is no date in the normalised words of one.
func dayFault(d corpus.Date, norms []string) DayFault {
	if !d.IsZero() {
		return NoFault
	}
	if len(norms) == 1 {
		if isAmbiguousDay(norms[0]) {
			return DayOrder
		}
		return DayNone
	}
	norms = trimDay(norms)
	if len(norms) == 0 {
		return DayNone
	}
	if _, ok := parseYear(norms[len(norms)-1]); !ok {
		return DayYear
	}
	return DayNone
}

// clockAt returns a day with the time of day that words begin with, if they do: "14:30",
// "at 2:30 pm", «في الساعة 14:30». n is how many of them it has.
func clockAt(day corpus.Date, words []string) (timed corpus.Date, n int) {
	for n < min(len(words), 2) && clockLeads[strings.Trim(text.Normalize(words[n]), ",")] {
		n++
	}
	if n == len(words) {
		return day, 0
	}
	clock := text.FoldDigits(strings.Trim(words[n], ",،;؛|()[]"))
	if n+1 < len(words) {
		if half, ok := dayHalves[strings.Trim(text.Normalize(words[n+1]), ".,()")]; ok {
			clock, n = clock+half, n+1
		}
	}
	for _, layout := range []string{"15:04", "15:04:05", "3:04PM"} {
		if at, err := time.Parse(layout, strings.ToUpper(clock)); err == nil {
			n++
			if n < len(words) && isZone(words[n]) {
				if !isUTC(words[n]) {
					return day, 0
				}
				n++
			}
			y, m, d := day.Time.Date()
			return corpus.Date{Time: time.Date(y, m, d, at.Hour(), at.Minute(), at.Second(), 0, time.UTC)}, n
		}
	}
	return day, 0
}

// isZone reports whether a word behind a time may be the zone that it is in: "GMT", "EST".
func isZone(w string) bool {
	w = strings.Trim(w, ",،.;()")
	if noteOutlets()[outletKey(w)] || outlets()[outletKey(w)] {
		return false
	}
	return len(w) >= 2 && len(w) <= 5 && strings.ToUpper(w) == w && !strings.ContainsFunc(w, func(r rune) bool { return r < 'A' || r > 'Z' })
}

func isUTC(w string) bool {
	w = strings.Trim(w, ",،.;()")
	return w == "UTC" || w == "GMT"
}

// clockLeads stand before a time of day, one or two of them, and dayHalves behind it.
var (
	clockLeads = map[string]bool{"at": true, "في": true, "عند": true, "الساعه": true}
	dayHalves  = map[string]string{"am": "AM", "pm": "PM", "a.m": "AM", "p.m": "PM", "ص": "AM", "م": "PM", "صباحا": "AM", "مساء": "PM"}
)
