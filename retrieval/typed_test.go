package retrieval

import "testing"

func TestAsWritten(t *testing.T) {
	for _, tt := range []struct{ name, typed, want string }{
		{"nothing to do", "Where was the café?", "Where was the café?"},
		{"Persian keyboard", "کیف وقع الزلزال فی ترکیا", "كيف وقع الزلزال في تركيا"},
		{"invisible marks", "ال\u200fزلزا\u200eل", "الزلزال"},
		{"vowels and tatweel", "الزِّلْزَالُ الـــكبير", "الزلزال الكبير"},
		{"all in capitals", "WHO LEADS THE US?", "who leads the us?"},
		{"two words in capitals", "NATO SUMMIT", "NATO SUMMIT"},
		{"digits", "عام ٢٠٢٢", "عام 2022"},
		{"accents set apart stay", "cafe\u0301", "cafe\u0301"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := asWritten(tt.typed); got != tt.want {
				t.Errorf("asWritten(%q) = %q, want %q", tt.typed, got, tt.want)
			}
		})
	}
}
