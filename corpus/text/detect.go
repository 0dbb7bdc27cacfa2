package text

import (
	"strings"
	"unicode"
)

const (
	// maxDetectBytes is as much of a text as is read to tell its language.
	maxDetectBytes = 8 << 10
	// functionWordLetters is how many letters a function word of the frame of a
	// text counts for when two scripts meet: «ما هو GDP growth forecast؟» is
	// asked in Arabic though most of its letters are Latin.
	functionWordLetters = 8
)

// Detect returns the language of a text or question, judged by its first 8 kB.
//
// The script with more letters decides, function words counting for several;
// then the function words and letters of the neighbours are weighed against it:
// Persian, Urdu and others written in Arabic letters, French, German, Spanish,
// Turkish and others written in Latin ones are Other. Without such evidence a
// text in Latin letters is English ("Gaza?", "Oil price") and one in Arabic
// letters is Arabic, also when typed on a Persian keyboard. Links, mentions and
// commands are passed over. Text without letters is Other.
func Detect(s string) Language {
	var t tally
	for _, field := range strings.Fields(clipBytes(s, maxDetectBytes)) {
		if !isAddress(field) {
			t.add(field)
		}
	}
	switch {
	case t.other >= max(t.arabic.weight, t.latin.weight): // also when all are 0
		return Other
	case t.arabic.weight*3 >= t.latin.weight*2: // Arabic words leave their vowels out
		return t.arabic.language()
	}
	return t.latin.language()
}

// isAddress reports whether a field is a link, a mention or a bot command:
// written in Latin letters whatever the language around it.
func isAddress(field string) bool {
	return strings.Contains(field, "://") || strings.HasPrefix(field, "www.") ||
		field[0] == '@' || field[0] == '/'
}

// tally gathers the evidence of a text, script by script.
type tally struct {
	arabic arabicTally
	latin  latinTally
	other  int  // letters of other scripts
	begun  bool // a word was seen
}

// add weighs the words of one white-space separated field.
func (t *tally) add(field string) {
	for sc := (scanner{s: field}); sc.next(); {
		switch sc.kind {
		case classArabic, classHonorific:
			t.arabic.add(sc.word())
			t.arabic.weight += t.opening()
		case classLatin:
			t.latin.add(sc.word())
			t.latin.weight += t.opening()
		case classLetter:
			t.other += letters(sc.word())
		}
	}
	if strings.ContainsRune(field, '؟') {
		t.arabic.weight += functionWordLetters
	}
	if strings.ContainsAny(field, "¿¡") {
		t.latin.spanishMark = true
	}
}

// opening returns what a word weighs for being the first of the text, which is
// in the language of the frame more often than any other.
func (t *tally) opening() int {
	if t.begun {
		return 0
	}
	t.begun = true
	return functionWordLetters
}

// letters counts the letters of a word.
func letters(word string) int {
	n := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
