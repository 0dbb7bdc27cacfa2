package pdf

import (
	"unicode"
)

// What letters torn apart look like, and how much of it tells. A reader who meets one of these words once may think of
// a slip of the pen, but for characters that belong to no Arabic word.
const (
	mostTorn    = 0.01 // of Arabic words that begin with a mark, and of letters alone that are no word
	mostDoubled = 0.1  // of letters with a mark: that are there twice. «تتكلّم» vowelled has them by right
	longest     = 17   // letters of an Arabic word; more are two words joined
	longEnglish = 20   // letters of an English one
	mostJoined  = 0.01
)

// A torn counts the words of a stretch of text whose letters are not together.
type torn struct {
	arabic, latin int
	unknown       int // characters that are none, or of other scripts, within words
	apart         int // words that begin with a mark, letters alone
	marked        int // letters with a mark
	doubled       int // those that are there twice, mark and all
	impossible    int // marks that no letter bears together
	joined, long  int // of Arabic words, of Latin ones
	english       int // English function words, less German ones, whose words are long
}

// alone are letters that no text has between blanks: «ا لحوز», «إ لى».
var alone = map[rune]bool{'ا': true, 'إ': true, 'آ': true, 'ة': true, 'ى': true, 'ئ': true, 'ؤ': true, 'ء': true}

func (t *torn) add(field string) {
	runes := []rune(field)
	letters, arabic := 0, 0
	for _, r := range runes {
		letters += btoi(unicode.IsLetter(r))
		arabic += btoi(isArabic(r))
	}
	t.unknown += unknownIn(runes)
	switch {
	case arabic == 0:
		t.latin += btoi(letters > 1)
		t.long += btoi(letters > longEnglish)
		t.english += btoi(field == "the" || field == "of" || field == "and") - btoi(field == "der" || field == "die" || field == "und")
		return
	case arabic == 1 && len(runes) == 1:
		t.apart += btoi(alone[runes[0]])
	case arabic == 1 && len(runes) == 2 && isMark(runes[1]): // «أُ», which is no word
		t.apart++
	case arabic > longest && arabic == letters:
		t.joined++
	}
	t.arabic++
	t.apart += btoi(isVowel(runes[0]))
	t.addMarks(runes)
}

// addMarks counts the marks of an Arabic word.
func (t *torn) addMarks(runes []rune) {
	type marked struct {
		letter rune
		marks  [2]rune // the vowel, and a shadda
	}
	var last, now marked
	tanwins := 0 // of which a word has one, at its end
	end := func() {
		if now.marks != [2]rune{} {
			t.marked++
			t.doubled += btoi(now == last)
		}
		last = now
	}
	for _, r := range runes {
		switch {
		case r == shadda:
			t.impossible += btoi(now.marks[1] != 0)
			now.marks[1] = r
		case isVowel(r):
			t.impossible += btoi(now.marks[0] != 0)
			now.marks[0] = r
			tanwins += btoi(r <= 0x64d)
		default:
			end()
			now = marked{letter: r}
		}
	}
	end()
	t.impossible += btoi(tanwins > 1)
}

// isVowel tells whether r is one of the marks of which a letter bears one: the tanwins, the short vowels, sukun.
func isVowel(r rune) bool { return r >= 0x64b && r <= 0x652 && r != shadda }

func isArabic(r rune) bool { return unicode.IsLetter(r) && unicode.Is(unicode.Arabic, r) }

// unknownIn counts the characters of a word that are none, and those of an Arabic word that are of other scripts, such as
// glyphs without a character that bear a number in place of one.
func unknownIn(runes []rune) int {
	n := 0
	for i, r := range runes {
		if r < 0x80 || i == 0 && len(runes) == 1 {
			continue
		}
		before, after := rune(' '), rune(' ')
		if i > 0 {
			before = runes[i-1]
		}
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		if r == unicode.ReplacementChar && (unicode.IsLetter(before) || unicode.IsLetter(after)) {
			n++
			continue
		}
		foreign := !unicode.In(r, unicode.Arabic, unicode.Latin, unicode.Common, unicode.Inherited)
		n += btoi(foreign && (isArabic(before) || isArabic(after)))
		sign := unicode.In(r, unicode.S, unicode.Lm) && !unicode.Is(unicode.Arabic, r) && r != kashida
		n += btoi(sign && isArabic(before) && isArabic(after))
	}
	return n
}

// orderly judges what was counted.
func (t *torn) orderly() bool {
	return t.unknown == 0 &&
		!over(t.apart, t.arabic, mostTorn) &&
		!over(t.impossible, t.arabic, mostTorn) &&
		!over(t.doubled, t.marked, mostDoubled) &&
		!over(t.joined, t.arabic, mostJoined) &&
		(t.english <= 0 || !over(t.long, t.latin, mostJoined))
}
