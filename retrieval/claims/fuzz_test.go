package claims

import (
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// FuzzOf checks that any text is read without a panic, and that a speaker is words of it.
func FuzzOf(f *testing.F) {
	for _, s := range []string{
		"", `"`, "said", "according to", `," said `, "«قال", "أما فقال", "على حد", "وكان قد أعلن", "بحسب ما", "X: \"", "and said", "in said",
		`"We go," said Ann Lee, the mayor.`, "وقالت مجموعة «بريكس» إن", "وفقًا للأمم المتحدة", "the the the said", "ناقل قوله", "وجاء في بيان",
		"he said, while Ann said", "قال علي، ونفى أحد الناجين أن", "وتعهد ببناء", "رفضت النقابة وأعلنت إضرابا", "quoted as saying", strings.Repeat("who said ", 40), strings.Repeat("قال ", 40), "said said said said that", "a, b, c, said", "\xff said \xff that",
	} {
		f.Add(s)
	}
	a := text.NewAnalyzer()
	f.Fuzz(func(t *testing.T, s string) {
		words := a.Terms(s)
		c, ok := Of(s, words)
		if ok && c.Kind == "" {
			t.Errorf("the claim of %q has no kind", s)
		}
		named := s[c.Speaker.Start:c.Speaker.End]
		if n := len(a.Terms(named)); n > MaxSpeaker+1 {
			t.Errorf("the speaker of %q has %d words", s, n)
		}
		if c.Elsewhere && named != "" {
			t.Errorf("the speaker of %q is %q and elsewhere", s, named)
		}
		if second, ok := Second(s, words); ok && s[second.Speaker.Start:second.Speaker.End] == "" {
			t.Errorf("the second speaker of %q is empty", s)
		}
		if subject, ok := Subject(s, words); ok && s[subject.Start:subject.End] == "" {
			t.Errorf("the subject of %q is empty", s)
		}
	})
}
