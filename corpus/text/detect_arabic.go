package text

import (
	"strings"
	"unicode"
)

// arabicTally is the evidence of the words in Arabic letters.
type arabicTally struct {
	weight  int     // letters, and functionWordLetters for each function word
	arabic  float64 // evidence for Arabic
	foreign float64 // evidence for Persian, Urdu and their neighbours
}

// language decides between Arabic and Other. Arabic typed on a Persian keyboard
// has the neighbours' letters in many words, so a little of that evidence must
// not outweigh the absence of any other.
func (t *arabicTally) language() Language {
	if t.foreign > 1 && t.foreign > t.arabic {
		return Other
	}
	return Arabic
}

// add weighs one word.
func (t *arabicTally) add(word string) {
	t.weight += letters(word)
	bare := strings.Map(dropInvisible, word)
	folded := Normalize(bare)
	t.foreign += foreignLetters(bare)
	switch {
	case isPersian(bare), isUrdu(bare):
		t.foreign += 2
	case strings.Contains(word, "\u200C"):
		t.foreign++ // a ZWNJ inside a word is Persian spelling
	case isArabicFunction(folded):
		t.weight += functionWordLetters
		t.arabic += 2
	case looksArabic(bare):
		t.arabic++
	}
}

// dropInvisible drops marks, tatweel and format characters and keeps the
// letters as they were typed.
func dropInvisible(r rune) rune {
	if c := classOf(r); c == classMark || c == classFormat {
		return -1
	}
	return r
}

// looksArabic reports whether a word has the article, or a letter that Arabic
// uses far more than its neighbours do.
func looksArabic(word string) bool {
	for _, article := range [...]string{"ال", "وال", "بال", "لل", "فال", "كال"} {
		if rest, ok := strings.CutPrefix(word, article); ok && atLeast(rest, 3) {
			return true
		}
	}
	return strings.ContainsAny(word, "ةأإىؤ")
}

// foreignLetters weighs the letters of a word that Arabic lacks. Some mark a
// neighbour beyond doubt; چ گ پ are also written in dialect words and foreign
// names; ی and ک come with a Persian keyboard. Presentation forms and letters
// that Arabic newspapers use for names (ڤ) say nothing.
func foreignLetters(word string) float64 {
	strong, loan, keyboard := 0.0, 0.0, 0.0
	for _, r := range word {
		switch {
		case r == 'ی' || r == 'ک':
			keyboard = 0.5
		case r == 'پ' || r == 'چ' || r == 'گ':
			loan = 1
		case r == 'ڤ' || r == 'ڭ' || r == 'ٱ' || r == 'ھ' || r == 'ڨ':
		case r >= 0x0671 && r <= 0x06D3 && unicode.IsLetter(r):
			strong = 1.5
		}
	}
	return max(strong, loan+keyboard)
}

// isPersian reports whether a word, as typed, is a frequent Persian word that
// Arabic does not have. Words that are Arabic too (ما، من، هم), or look so when
// Arabic is typed on a Persian keyboard (این for أين, می for the name May), are
// left out.
func isPersian(word string) bool {
	switch word {
	case "است", "از", "با", "برای", "که", "را", "در", "های", "هایی", "نمی", "شده", "شدند", "شود", "کرده", "کردن", "کند", "کنند", "آیا", "آخرین",
		"بوده", "نیز", "یک", "اگر", "هر", "چه", "چی", "چرا", "کجا", "کجاست", "چیست", "کیست", "چگونه", "چطور", "چند", "کدام", "چقدر", "کسی",
		"هست", "هستند", "نیست", "دارد", "دارند", "داشت", "خواهد", "گفت", "گفته", "باید", "پس", "پیش", "زیر", "همه", "هیچ", "چون", "وقتی", "دیگر",
		"امروز", "دیروز", "فردا", "کشور", "کشورهای", "جنگ", "نفت", "قیمت", "تهران", "تازه", "مردم", "جهان", "جمهوری", "رییس", "رهبر", "شهر", "مورد",
		"ایشان", "آنها", "آنان", "شما", "آمریکا", "اسرائیل", "روسیه", "اوکراین", "چین", "ترکیه", "عربستان", "دلار", "جمهور", "فوتبال",
		"كه", "براي", "چيست", "كجاست", "كيست", "هاي", "نيست":
		return true
	}
	return false
}

// isUrdu reports whether a word, as typed, is a frequent Urdu word. Words that
// look Arabic (اس، ان، بعد) are left out.
func isUrdu(word string) bool {
	switch word {
	case "ہے", "ہیں", "کے", "کا", "کو", "میں", "نے", "سے", "اور", "یہ", "وہ", "تھا", "تھی", "تھے", "گیا", "گئی", "گئے", "کیا", "کون", "کہاں",
		"کب", "کیوں", "کیسے", "کتنے", "کتنی", "وزیراعظم", "پاکستان", "بھارت", "امریکہ", "کہا", "لیے", "ساتھ", "ایک", "نہیں", "ہوا", "ہوئی", "بھی", "گی", "گا":
		return true
	}
	return false
}

// isArabicFunction reports whether a normalised word is a function word of
// Arabic, written or spoken, that marks a text as Arabic. Words that are as
// frequent in Persian (به، او، اما) are left out.
func isArabicFunction(word string) bool {
	switch word {
	case "ما", "من", "ماذا", "لماذا", "هل", "متي", "اين", "كيف", "كم", "اي", "ايه", "هو", "هي", "هذا", "هذه", "ذلك", "تلك", "هناك", "التي", "الذي", "الذين",
		"في", "علي", "الي", "عن", "مع", "حتي", "منذ", "بين", "عند", "قبل", "بعد", "حول", "ضد", "دون", "خلال", "وفي", "وعلي", "ومن", "وان", "ثم", "لكن", "ولكن",
		"لم", "لن", "لا", "ليس", "ليست", "قد", "سوف", "كان", "كانت", "يكون", "كل", "بعض", "غير", "اكثر", "انه", "انها", "له", "لها", "بها", "فيه", "فيها", "منه", "منها",
		"عليه", "عليها", "قال", "وقال", "فقط", "نحن", "انا", "انت", "مين", "فين", "ليه", "ازاي", "امتي", "اللي", "ده", "دي", "شو", "وين", "ليش", "شنو", "مش", "عشان",
		"واش", "علاش", "كيفاش", "شكون", "ايش", "وش", "كام", "بكام", "احنا", "الان":
		return true
	}
	return false
}
