package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNumbers(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"none", "no figures here", nil},
		{"empty", "", nil},
		{"ascii digits", "308 points in 2015", []string{"308", "2015"}},
		{"arabic digits", "قُتل ٣٠٨ أشخاص في ٢٠٢٥", []string{"308", "2025"}},
		{"persian digits", "۳۰۸", []string{"308"}},
		{"group separators", "1,000 and 1,234,567", []string{"1000", "1234567"}},
		{"arabic separators", "١٬٢٣٤٫٥ مليار", []string{"1234500000000"}},
		{"decimal point", "3.5 percent", []string{"3.5"}},
		{"decimal comma", "نما بنسبة 3,5 بالمئة", []string{"3.5"}},
		{"needless zeros", "05.50", []string{"5.5"}},
		{"once each", "5, 5 and five", []string{"5"}},
		{"date", "12.05.2024", []string{"12.05.2024"}},
		{"list, not groups", "2018,2019", []string{"2018", "2019"}},
		{"digits with letters", "the 21st, 10km, $3bn, F16", []string{"21", "10", "3000000000"}},
		{"fraction of a billion", "$1.25bn", []string{"1250000000"}},
		{"unit", "seven people", []string{"7"}},
		{"two hundred of something", "مئتا جندي", []string{"200"}},
		{"tens and unit", "twenty-one days and thirty two nights", []string{"21", "32"}},
		{"hundred", "two hundred and fifty", []string{"250"}},
		{"two numbers of hundreds", "between one hundred and two hundred", []string{"100", "200"}},
		{"two units", "five and six", []string{"5", "6"}},
		{"scale after word", "three million", []string{"3000000"}},
		{"scale after digits", "3 million", []string{"3000000"}},
		{"scale after decimal", "3.5 million", []string{"3500000"}},
		{"scales", "two million three hundred thousand and five", []string{"2300005"}},
		{"rising scales", "one thousand and two million", []string{"1000", "2000000"}},
		{"hundred thousand", "one hundred thousand", []string{"100000"}},
		{"digits stay apart", "5 million and 300 others", []string{"5000000", "300"}},
		{"indefinite plural", "millions of people", nil},
		{"sentence break", "He won three. Million more", []string{"3", "1000000"}},
		{"line break", "three\nmillion", []string{"3", "1000000"}},
		{"arabic one", "رجل واحد وامرأة واحدة", []string{"1"}},
		{"arabic two", "اثنان أو اثنتان", []string{"2"}},
		{"monday is no number", "يوم الاثنين", nil},
		{"someone is no number", "لم يصب أحد", nil},
		{"arabic eleven", "أحد عشر كوكبا وإحدى عشرة دولة", []string{"11"}},
		{"arabic twelve", "اثنا عشر شهرا", []string{"12"}},
		{"arabic teen", "ثلاثة عشر لاعبا وثماني عشرة لاعبة", []string{"13", "18"}},
		{"arabic tens", "خمسة وعشرون", []string{"25"}},
		{"two arabic units", "ثلاثة وأربعة", []string{"3", "4"}},
		{"arabic hundred", "مئة وخمسة وعشرون", []string{"125"}},
		{"arabic hundred, older spelling", "مائتان وثلاثمائة", []string{"200", "300"}},
		{"arabic thousands", "ثلاثة آلاف وخمسمئة", []string{"3500"}},
		{"arabic dual", "ألفان وخمسة", []string{"2005"}},
		{"arabic digits and thousands", "3 آلاف و500 شخص", []string{"3500"}},
		{"arabic million and a half", "مليون و200 ألف", []string{"1200000"}},
		{"arabic scale alone", "مليون دولار", []string{"1000000"}},
		{"arabic indefinite plural", "آلاف المتظاهرين", nil},
		{"arabic clitics", "بخمسة، ولثلاثة، والأربعة", []string{"5", "3", "4"}},
		{"per cent", "5 في المئة و6 بالمائة", []string{"5", "6"}},
		{"arabic list of years", "1994 و2002", []string{"1994", "2002"}},
		{"verbs are no numbers", "تسعى لست", nil},
		{"diacritics", "ثَلاثَةُ رِجالٍ", []string{"3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Numbers(tt.text)); diff != "" {
				t.Errorf("Numbers(%q): -want +got\n%s", tt.text, diff)
			}
		})
	}
}

func TestNumberWord(t *testing.T) {
	for _, word := range []string{"12", "3.5", "21st", "three", "hundred", "millions", "ثلاثه", "وخمسون", "الاف", "مئتا", "بعشرين"} {
		if !NumberWord(word) {
			t.Errorf("NumberWord(%q) = false", word)
		}
	}
	for _, word := range []string{"", "and", "و", "tone", "احد", "الاثنين", "بالمئه", "سته عشر ونصف"} {
		if NumberWord(word) {
			t.Errorf("NumberWord(%q) = true", word)
		}
	}
}

func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"three million", "3 آلاف و500", "مليون مليون مليون مليون", "1,000.5bn", "أحد عشر", "99999999999999999999 hundred trillion"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		seen := make(map[string]bool)
		for _, n := range Numbers(s) {
			if n == "" || seen[n] {
				t.Errorf("Numbers(%q) has %q empty or twice", s, n)
			}
			seen[n] = true
			for _, r := range n {
				if (r < '0' || r > '9') && r != '.' {
					t.Errorf("Numbers(%q) has %q", s, n)
				}
			}
		}
	})
}
