package numerals

import (
	"testing"

	"newsbot/corpus/text"
)

func TestFormat(t *testing.T) {
	tests := []struct {
		n      Numeral
		en, ar string
	}{
		{Numeral{Value: 3}, "3", "3"},
		{Numeral{Value: 1000}, "1,000", "ألف"},
		{Numeral{Value: 2000}, "2,000", "ألفان"},
		{Numeral{Value: 3000}, "3,000", "3 آلاف"},
		{Numeral{Value: 3500}, "3,500", "3,500"},
		{Numeral{Value: 92000}, "92,000", "92 ألفًا"},
		{Numeral{Value: 100000}, "100,000", "100 ألف"},
		{Numeral{Value: 1e6}, "1 million", "مليون"},
		{Numeral{Value: 1.2e6}, "1.2 million", "1.2 مليون"},
		{Numeral{Value: 2e6, Unit: Dollars}, "2 million dollars", "مليونا دولار"},
		{Numeral{Value: 8e6}, "8 million", "8 ملايين"},
		{Numeral{Value: 11e6}, "11 million", "11 مليونًا"},
		{Numeral{Value: 11e6, Unit: Dollars}, "11 million dollars", "11 مليون دولار"},
		{Numeral{Value: 103e6}, "103 million", "103 ملايين"},
		{Numeral{Value: 1234567}, "1,234,567", "1,234,567"},
		{Numeral{Value: 42e9, Unit: Euros}, "42 billion euros", "42 مليار يورو"},
		{Numeral{Value: 2e12}, "2 trillion", "تريليونان"},
		{Numeral{Value: 5, Unit: Dollars}, "5 dollars", "5 دولارات"},
		{Numeral{Value: 12, Unit: Kilometres}, "12 kilometres", "12 كيلومترًا"},
		{Numeral{Value: 300, Unit: Metres}, "300 metres", "300 متر"},
		{Numeral{Value: 7.5, Unit: Tonnes}, "7.5 tonnes", "7.5 طن"},
		{Numeral{Value: 60, Unit: Percent}, "60%", "60%"},
		{Numeral{Value: 2019, Digits: "2019"}, "2019", "2019"},
		{Numeral{Value: 12345, Digits: "12345"}, "12,345", "12,345"},
		{Numeral{Value: 3000000, Digits: "3000000"}, "3,000,000", "3,000,000"},
	}
	for _, tt := range tests {
		if got := tt.n.Format(text.English); got != tt.en {
			t.Errorf("%+v in English: got %s, want %s", tt.n, got, tt.en)
		}
		if got := tt.n.Format(text.Arabic); got != tt.ar {
			t.Errorf("%+v in Arabic: got %s, want %s", tt.n, got, tt.ar)
		}
	}
}

func TestOf(t *testing.T) {
	tests := []struct {
		lang     text.Language
		sentence string
		want     []string // in English
	}{
		{text.English, "Twenty-five people and six dogs.", []string{"25", "6"}},
		{text.English, "Formula One and Channel Four.", nil},
		{text.English, "It costs $3 million, or three million Canadian dollars.", []string{"3 million dollars", "3 million"}},
		{text.English, "Half a million, three quarters, two and a half, three years and a half, the twenty-first.", nil},
		{text.English, "Ten per cent of ninety kilometres.", []string{"10%", "90 kilometres"}},
		{text.Arabic, "ثلاثمئة وخمسون ألف دولار", []string{"350,000 dollars"}},
		{text.Arabic, "في ٢٠١٩ و١٢٣٤٥ و٣٫٥ و10", []string{"2019", "12,345", "3.5"}},
		{text.Arabic, "٪٥٠ و٥٠٪ و5 في المئة وخمسة بالمئة", []string{"50", "50%", "5%"}},
		{text.Arabic, "ألف كتابًا وقُتل ألفا شخص وبلغ ألفًا", []string{"1,000"}},
		{text.Arabic, "السادسة والعشرين والثالثة عشرة والذكرى الخمسون", nil},
		{text.Arabic, "مليون دولار كندي", []string{"1 million"}},
	}
	a := text.NewAnalyzer()
	for _, tt := range tests {
		var got []string
		for _, n := range Of(tt.sentence, a.Terms(tt.sentence), tt.lang) {
			got = append(got, n.Format(text.English))
		}
		if len(got) != len(tt.want) {
			t.Errorf("%s: got %q, want %q", tt.sentence, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: got %q, want %q", tt.sentence, got, tt.want)
			}
		}
	}
}

// FuzzOf checks that any text is read without a panic, and that numerals stand in order.
func FuzzOf(f *testing.F) {
	for _, s := range []string{"", "three million dollars", "half a million", "٣ آلاف", "5%", "٥٪", "two and a half", "million million million", "9999999999999999999999 billion", "1.2.3 million", "\xff three"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	a := text.NewAnalyzer()
	f.Fuzz(func(t *testing.T, s string, arabic bool) {
		lang, other := text.English, text.Arabic
		if arabic {
			lang, other = other, lang
		}
		end := 0
		for _, n := range Of(s, a.Terms(s), lang) {
			if n.Start < end || n.End <= n.Start || n.End > len(s) {
				t.Fatalf("%q: a numeral of bytes %d to %d after byte %d", s, n.Start, n.End, end)
			}
			end = n.End
			if n.Format(other) == "" || n.Format(lang) == "" {
				t.Errorf("%q: %+v is nothing", s, n)
			}
		}
	})
}
