package corpus

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"newsbot/corpus/text"
)

// Date is when an article was published: an instant, or no more than a calendar day. The zero Date is unknown.
type Date struct {
	// Time is the instant, in the zone it was given in. With DayOnly it is midnight UTC of the day.
	Time time.Time
	// DayOnly says that only the calendar day is known.
	DayOnly bool
}

// Years outside this range are mistakes, not dates of news.
const (
	minYear = 1800
	maxYear = 2200
)

const dayLayout = "2006-01-02"

// Day returns the Date of a calendar day.
func Day(y int, m time.Month, d int) Date {
	return Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), DayOnly: true}
}

// ParseDate reads "2025-08-15", "2025-08-15 14:30", RFC 3339 ("2025-08-15T14:30:00+03:00") and mixtures of these.
// A time without a zone is UTC; fractions of a second are dropped; Arabic digits are read as well. Days that do not
// exist and years outside 1800 to 2200 are refused. The error quotes the input and shows the forms accepted.
func ParseDate(s string) (Date, error) {
	bad := func(why string) (Date, error) {
		const forms = "2025-08-15, 2025-08-15 14:30 or 2025-08-15T14:30:00+03:00"
		return Date{}, fmt.Errorf("date %q %s: write %s", shorten(s, 40), why, forms)
	}
	in := strings.TrimSpace(text.FoldDigits(shorten(s, 80)))
	d, ok := parseForms(in)
	if !ok {
		return bad("is not understood")
	}
	if !d.inRange() {
		return bad(fmt.Sprintf("is outside the years %d to %d", minYear, maxYear))
	}
	return d, nil
}

// parseForms tries the day alone and then every form with a time of day.
func parseForms(s string) (Date, bool) {
	if t, err := time.ParseInLocation(dayLayout, s, time.UTC); err == nil {
		return Date{Time: t, DayOnly: true}, true
	}
	for _, name := range []string{" UTC", " GMT"} {
		if rest, ok := strings.CutSuffix(s, name); ok {
			s = rest + "Z"
		}
	}
	for _, sep := range []string{"T", " "} {
		for _, clock := range []string{"15:04:05", "15:04"} {
			for _, zone := range []string{"Z07:00", "", " Z07:00", "Z0700", " Z0700"} {
				// In UTC, or a zone that happens to be the machine's own would come back under its name.
				t, err := time.ParseInLocation(dayLayout+sep+clock+zone, s, time.UTC)
				if err == nil {
					return Date{Time: t.Truncate(time.Second)}, true
				}
			}
		}
	}
	return Date{}, false
}

// inRange reports whether the year is believable, in the date's own zone and in UTC.
func (d Date) inRange() bool {
	for _, t := range []time.Time{d.Time, d.Time.UTC()} {
		if t.Year() < minYear || t.Year() > maxYear {
			return false
		}
	}
	return true
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// String returns "" for an unknown date, "2025-08-15" for a day, RFC 3339 for an instant. ParseDate reads it back.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.DayOnly:
		return d.Time.UTC().Format(dayLayout)
	}
	return d.Time.Format(time.RFC3339)
}

// MarshalJSON writes null for an unknown date and what String returns for any other.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON reads what MarshalJSON writes, and any string ParseDate takes; null and "" are the unknown date.
func (d *Date) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("read date: %w", err)
	}
	if s == nil || *s == "" {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(*s)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// tidy returns the date as it is stored: whole seconds, no monotonic clock, a day at midnight UTC.
func (d Date) tidy() (Date, error) {
	if d.IsZero() {
		return Date{}, nil
	}
	if d.DayOnly {
		y, m, day := d.Time.Date()
		d = Day(y, m, day)
	}
	return ParseDate(d.String())
}
