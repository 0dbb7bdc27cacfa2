package answertype

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A said is a sentence that may answer.
type said struct {
	text   string
	terms  []text.Term
	wanted *Wanted
	words  []heard
}

// A heard word.
type heard struct {
	bare    string // without the letter that Arabic writes onto it: و, ب, ل, ف, ك
	arabic  bool
	capital bool
	known   bool // the question has it
}

// hear looks at a sentence's words.
func hear(sentence string, terms []text.Term, wanted *Wanted) *said {
	s := &said{sentence, terms, wanted, make([]heard, len(terms))}
	for i, t := range terms {
		first, _ := utf8.DecodeRuneInString(sentence[t.Start:])
		w := heard{bare: t.Norm, arabic: unicode.Is(unicode.Arabic, first), capital: unicode.IsUpper(first)}
		if w.arabic {
			w.bare = bare(t.Norm)
		}
		w.known = slices.Contains(wanted.has, t.Norm) || slices.Contains(wanted.has, t.Stem) || w.bare != t.Norm && slices.Contains(wanted.has, w.bare)
		s.words[i] = w
	}
	return s
}

// best is the best evidence that any word gives.
func (s *said) best(evidence func(int) float64) float64 {
	most := 0.0
	for i := range s.terms {
		if most = max(most, evidence(i)); most >= 1 {
			return 1
		}
	}
	return most
}

// word returns the i-th word, "" beyond the ends.
func (s *said) word(i int) string {
	if i < 0 || i >= len(s.terms) {
		return ""
	}
	return s.terms[i].Norm
}

// bare is word without the letter that Arabic writes onto it.
func (s *said) bare(i int) string {
	if i < 0 || i >= len(s.words) {
		return ""
	}
	return s.words[i].bare
}

func bare(word string) string {
	for _, prefix := range [...]string{"و", "ب", "ل", "ف", "ك"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return word
}

// in reports whether the i-th word is in a set, by itself or bare.
func (s *said) in(i int, words map[string]bool) bool {
	w, bare := s.word(i), s.bare(i)
	return w != "" && (words[w] || bare != w && words[bare])
}

// unarticled is bare without the Arabic article, alone or behind such a letter.
func (s *said) unarticled(i int) string {
	w := s.word(i)
	for _, prefix := range [...]string{"ال", "وال", "بال", "لل", "فال", "كال"} {
		if rest, ok := strings.CutPrefix(w, prefix); ok {
			return rest
		}
	}
	return s.bare(i)
}

// known reports whether the question has the i-th word.
func (s *said) known(i int) bool { return s.words[i].known }

func (s *said) arabic(i int) bool { return i >= 0 && i < len(s.words) && s.words[i].arabic }

func (s *said) capital(i int) bool { return i >= 0 && i < len(s.words) && s.words[i].capital }

// gap is what stands between the i-th word and the one before it, or the
// beginning and the end of the sentence.
func (s *said) gap(i int) string { return text.Gap(s.text, s.terms, i) }

// joined reports whether nothing but white space stands before the i-th word.
func (s *said) joined(i int) bool {
	return i > 0 && i < len(s.terms) && strings.TrimSpace(s.gap(i)) == ""
}
