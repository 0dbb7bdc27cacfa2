package corpus

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"day", "2025-08-15", "2025-08-15"},
		{"white space", " 2025-08-15\n", "2025-08-15"},
		{"leap day", "2024-02-29", "2024-02-29"},
		{"Arabic digits", "٢٠٢٥-٠٨-١٥", "2025-08-15"},
		{"Persian digits", "۲۰۲۵-۰۸-۱۵ ۱۴:۳۰", "2025-08-15T14:30:00Z"},
		{"minutes", "2025-08-15 14:30", "2025-08-15T14:30:00Z"},
		{"seconds", "2025-08-15 14:30:59", "2025-08-15T14:30:59Z"},
		{"RFC 3339", "2025-08-15T14:30:59Z", "2025-08-15T14:30:59Z"},
		{"RFC 3339 with zone", "2025-08-15T14:30:59+03:00", "2025-08-15T14:30:59+03:00"},
		{"fraction dropped", "2025-08-15T14:30:59.987654-05:00", "2025-08-15T14:30:59-05:00"},
		{"no seconds, zone", "2025-08-15T14:30+03:00", "2025-08-15T14:30:00+03:00"},
		{"zone without colon", "2025-08-15 14:30 +0300", "2025-08-15T14:30:00+03:00"},
		{"zone apart", "2025-08-15 14:30:00 -05:00", "2025-08-15T14:30:00-05:00"},
		{"UTC", "2025-08-15 14:30 UTC", "2025-08-15T14:30:00Z"},
		{"GMT", "2025-08-15 14:30 GMT", "2025-08-15T14:30:00Z"},
		{"first year", "1800-01-01", "1800-01-01"},
		{"last year", "2200-12-31", "2200-12-31"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseDate(test.in)
			if err != nil || got.String() != test.want {
				t.Fatalf("ParseDate(%q) = %q, %v; want %q", test.in, got, err, test.want)
			}
			if again, err := ParseDate(got.String()); err != nil || !again.Time.Equal(got.Time) || again.DayOnly != got.DayOnly {
				t.Errorf("ParseDate(%q) = %v, %v; want the same again", got.String(), again, err)
			}
		})
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, test := range []struct{ name, in string }{
		{"empty", ""},
		{"a day February does not have", "2025-02-30"},
		{"a 29th of February without a leap year", "2025-02-29"},
		{"a thirteenth month", "2025-13-01"},
		{"hour 25", "2025-08-15 25:00"},
		{"words", "yesterday"},
		{"slashes", "15/08/2025"},
		{"two digits for the year", "25-08-15"},
		{"too early", "1799-12-31"},
		{"too late", "2201-01-01"},
		{"too late once in UTC", "2200-12-31T23:00:00-05:00"},
		{"more behind it", "2025-08-15 or so"},
		{"a zone without a known offset", "2025-08-15 14:30 EST"},
		{"very long", strings.Repeat("2025-08-15 ", 1000)},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseDate(test.in)
			if err == nil {
				t.Fatalf("ParseDate(%q) = %v; want an error", test.in, got)
			}
			msg := err.Error()
			if !strings.Contains(msg, shorten(test.in, 40)) || !strings.Contains(msg, "write 2025-08-15, ") || len(msg) > 300 {
				t.Errorf("ParseDate(%q): %q; want the input and the forms accepted", test.in, msg)
			}
		})
	}
}

func TestDateJSON(t *testing.T) {
	cairo := time.FixedZone("", 2*60*60)
	for _, test := range []struct {
		name string
		date Date
		want string
	}{
		{"unknown", Date{}, `null`},
		{"day", Day(2025, time.August, 15), `"2025-08-15"`},
		{"instant", Date{Time: time.Date(2025, time.August, 15, 9, 5, 0, 0, cairo)}, `"2025-08-15T09:05:00+02:00"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := json.Marshal(test.date)
			if err != nil || string(got) != test.want {
				t.Fatalf("Marshal = %s, %v; want %s", got, err, test.want)
			}
			back := Day(1999, 1, 1)
			if err := json.Unmarshal(got, &back); err != nil || back.String() != test.date.String() {
				t.Errorf("Unmarshal(%s) = %v, %v; want %v", got, back, err, test.date)
			}
		})
	}
	var d Date
	for _, in := range []string{`"soon"`, `12`, `{}`} {
		if err := json.Unmarshal([]byte(in), &d); err == nil {
			t.Errorf("Unmarshal(%s) = %v; want an error", in, d)
		}
	}
}

// The zone of the machine must not find its way into a date.
func TestDateKeepsItsZone(t *testing.T) {
	d, err := ParseDate("2025-08-15T14:30:00+00:00")
	if err != nil || d.Time.Location() != time.UTC {
		t.Errorf("ParseDate gave location %v, %v; want UTC", d.Time.Location(), err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2025-08-15", "2025-08-15T14:30:59+03:00", "2025-08-15 14:30 UTC", "٢٠٢٥-٠٨-١٥", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		again, err := ParseDate(d.String())
		if err != nil || again.String() != d.String() || d.IsZero() {
			t.Errorf("ParseDate(%q) = %q, which reads as %q, %v", s, d, again, err)
		}
	})
}
