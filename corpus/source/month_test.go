package source

import (
	"testing"
	"time"
)

func TestParseMonth(t *testing.T) {
	families := [][]string{
		{"January", "Jan.", "JAN", "يناير", "كانون الثاني", "جانفي", "كانون الثاني/يناير", "يناير / كانون الثاني"},
		{"February", "Feb.", "فبراير", "شباط", "فيفري", "شباط/فبراير"},
		{"March", "Mar", "مارس", "آذار", "اذار"},
		{"April", "apr", "أبريل", "إبريل", "ابريل", "نيسان", "أفريل"},
		{"May", "مايو", "ماي", "أيار", "ايار"},
		{"June", "Jun.", "يونيو", "يونيه", "حزيران", "جوان"},
		{"July", "Jul", "يوليو", "يوليه", "يوليوز", "تموز", "تمّوز", "جويلية", "جويليه"},
		{"August", "Aug.", "أغسطس", "اغسطس", "آب", "أوت", "غشت"},
		{"September", "Sept.", "Sep", "سبتمبر", "أيلول", "شتنبر"},
		{"October", "Oct.", "أكتوبر", "اكتوبر", "تشرين الأول", "تشرين  الاول"},
		{"November", "Nov.", "نوفمبر", "تشرين الثاني", "نونبر", "تشرين الثاني/نوفمبر"},
		{"December", "Dec.", "ديسمبر", "كانون الأول", "دجنبر", "\u200fديسمبر"},
	}
	for i, names := range families {
		want := time.Month(i + 1)
		for _, name := range names {
			if got, ok := ParseMonth(name); !ok || got != want {
				t.Errorf("ParseMonth(%q) = %v, %v, want %v", name, got, ok, want)
			}
		}
	}
}

func TestParseMonthRefuses(t *testing.T) {
	for _, s := range []string{"", "/", "August/", "8", "Sunday", "كانون", "تشرين", "رمضان", "آب/سبتمبر", "Augusta", "marching", "مارسيليا"} {
		if got, ok := ParseMonth(s); ok {
			t.Errorf("ParseMonth(%q) = %v, want none", s, got)
		}
	}
}
