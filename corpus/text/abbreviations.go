package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// endsLatin decides for a full stop after a Latin token or a number.
func (e edge) endsLatin(next rune) bool {
	switch kind := abbreviationKind(e.before); {
	case kind == beforeName:
		return false
	case kind == beforeNumber:
		return !unicode.IsDigit(next)
	case !atLeast(e.before, 2) && isLabel(lastWord(e.lead)):
		return true
	case kind == anywhere, isInitials(e.before):
		return isOpener(firstWord(e.after))
	}
	return true
}

// isInitials reports whether a Latin token is one letter or several with dots
// between them: "J", "U.S", "a.m", the hour glued on or not ("47a.m").
func isInitials(token string) bool {
	letters := strings.TrimLeft(token, "0123456789")
	if letters == "" || letters != token && !strings.Contains(letters, ".") {
		return false
	}
	run := 0
	for _, r := range letters {
		switch {
		case r == '.':
			run = 0
		case unicode.IsLetter(r) && run == 0:
			run++
		default:
			return false
		}
	}
	return true
}

// isLabel reports whether an English word is commonly followed by a letter that
// is no initial: plan B, vitamin D.
func isLabel(word string) bool {
	switch strings.ToLower(word) {
	case "plan", "vitamin", "hepatitis", "group", "type", "class", "grade", "option", "section", "appendix", "annex", "terminal", "block", "gate", "influenza":
		return true
	}
	return false
}

// endsArabic decides for a full stop after an Arabic token. Single letters
// abbreviate titles (د. أ. م.), agencies (أ.ف.ب.) and, after a number, eras and
// units, where a sentence may end.
func (e edge) endsArabic() bool {
	token := strings.Map(dropInvisible, e.before)
	last := token[strings.LastIndexByte(token, '.')+1:]
	switch {
	case strings.HasPrefix(token, "أ.د") || strings.HasPrefix(token, "ا.د"):
		return false
	case isLetterName(last):
		return continues(firstWord(e.after))
	case atLeast(last, 2):
		return !isJoinedTitle(last)
	case e.number || strings.Contains(token, "."):
		return continues(firstWord(e.after))
	}
	return false
}

// isJoinedTitle reports whether an Arabic token is the conjunction with an
// abbreviated title: (التقى) د. محمد وم. أحمد.
func isJoinedTitle(token string) bool {
	return token == "ود" || token == "وم" || token == "وأ"
}

// isLetterName reports whether an Arabic token is the name of a Latin letter, as
// in جون إف. كينيدي.
func isLetterName(token string) bool {
	switch token {
	case "آر", "إف", "إم", "إل", "جي", "جيه", "كي", "كيه", "دي", "بي", "سي", "إن", "إس", "إي", "إيه", "دبليو", "تي", "إتش", "اتش", "كيو", "يو":
		return true
	}
	return false
}

// firstWord returns the letters that s starts with, past quotation marks and
// invisible characters.
func firstWord(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != utf8.RuneError })
	if end < 0 {
		return s
	}
	return s[:end]
}

// continues reports whether an Arabic word links what follows to what came
// before: it begins with و or ف, or is a conjunction.
func continues(word string) bool {
	switch word {
	case "لكن", "ثم", "أو", "بل", "حتى", "أم", "إلا":
		return true
	}
	return (strings.HasPrefix(word, "و") || strings.HasPrefix(word, "ف")) && atLeast(word, 2) && !hasRootConjunction(word)
}

// hasRootConjunction reports whether the و or ف that an Arabic word begins with is a
// letter of its root, or of «في»: فريق, وزير.
func hasRootConjunction(word string) bool {
	switch word {
	case "في", "فيه", "فيها", "فيهم", "فيهما", "فوق", "فور", "فقط", "فرق", "فرقة", "فوز", "فترة", "فتاة", "فئة", "فصل", "فرد", "فساد", "فضاء", "فيلم",
		"وفد", "وفود", "وزارة", "وزراء", "وقت", "وسط", "وفق", "وفقا", "وفاة", "ورقة", "وحدة", "وسائل", "وسيلة", "والد", "والدة", "والده", "والدها":
		return true
	}
	for _, stem := range [...]string{"فريق", "فرنس", "فلسطين", "فنزويل", "فيتنام", "فيينا", "فيديو", "فيروس", "فيضان", "فندق", "فنان", "وزير", "وزارت", "وكالة", "ولاية", "واشنطن", "وثيقة", "وثائق", "وظيفة"} {
		if strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}

// isReportingVerb reports whether an Arabic word tells who spoke the quotation
// before it. News prose begins a new sentence with وقال and goes on with قال.
func isReportingVerb(word string) bool {
	switch word {
	case "قال", "قالت", "يقول", "تقول", "تساءل", "تساءلت", "يتساءل", "سأل", "سألت", "أضاف", "أضافت", "أجاب", "أجابت", "رد", "ردت", "هتف", "هتفت", "صرخ", "صرخت", "صاح", "صاحت", "همس", "همست", "ناشد", "ناشدت", "علق", "علقت", "كتب", "كتبت",
		"أوضح", "أوضحت", "أكد", "أكدت", "تابع", "تابعت", "ذكر", "ذكرت", "أشار", "أشارت":
		return true
	}
	return false
}

// namesArabicSpeaker reports whether Arabic text is soon over after a verb of saying:
// «قال الرئيس.». With «إن» or a colon it begins another sentence.
func namesArabicSpeaker(after string) bool {
	end := strings.IndexFunc(after, func(r rune) bool { return isStop(r) || isLineEnd(r) })
	if end < 0 || !isReportingVerb(firstWord(after)) {
		return false
	}
	told := after[:end]
	return !strings.ContainsAny(told, ":،\"«“") && !strings.Contains(told, " إن") && !strings.Contains(told, " أن")
}

// namesSpeaker reports whether English text begins with a name of up to three words
// and a verb of saying that ends the sentence or clause: "Smith asked."
func namesSpeaker(after string) bool {
	const longestName = 3 // words
	after, _, _ = strings.Cut(after, "\n")
	for range longestName + 1 {
		word, rest, _ := strings.Cut(after, " ")
		if verb := strings.TrimRight(word, ".,"); isSpeakersVerb(verb) {
			return verb != word && !strings.HasPrefix(rest, "\"") && !strings.HasPrefix(rest, "“") || rest == ""
		}
		if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) || strings.ContainsAny(word, ",.;:!?") {
			return false
		}
		after = rest
	}
	return false
}

// isSpeakersVerb reports whether an English word tells that somebody spoke.
func isSpeakersVerb(word string) bool {
	switch word {
	case "said", "says", "asked", "asks", "shouted", "replied", "added", "answered", "cried", "whispered", "told", "yelled", "exclaimed", "wondered", "continued", "concluded", "recalled", "explained":
		return true
	}
	return false
}

// hasInnerCapital reports whether the word that s starts with has a capital within,
// as iPhone has: it may begin a sentence in lower case.
func hasInnerCapital(s string) bool { return strings.IndexFunc(firstWord(s), unicode.IsUpper) > 0 }

// isOpener reports whether a word, as written, commonly begins an English
// sentence and is no part of a name after an abbreviation.
func isOpener(word string) bool {
	switch word {
	case "He", "She", "It", "They", "We", "I", "You", "The", "This", "That", "These", "Those", "There", "Here", "His", "Her", "Its", "Their", "Our", "My",
		"A", "An", "In", "On", "At", "By", "For", "From", "With", "Of", "To", "As", "After", "Before", "During", "Since", "Until", "While", "When", "Where", "What", "Who", "Why", "How",
		"But", "And", "Or", "So", "Yet", "If", "Although", "Though", "Because", "However", "Meanwhile", "Moreover", "Now", "Then", "Also", "Some", "Many", "Most", "No", "Not", "Both",
		"Each", "Every", "Other", "Another", "Such", "Under", "Last", "Earlier", "Later", "According", "Despite", "Officials", "Police":
		return true
	}
	return false
}

// kind tells what an abbreviation says about the stop behind it.
type kind int

const (
	noAbbreviation kind = iota
	beforeName          // never ends a sentence: Mr. Smith
	beforeNumber        // ends one unless a number follows: No. 5, Jan. 6
	anywhere            // may end one: Inc., etc.
)

// abbreviationKind classifies a Latin token. Titles, months and states are
// abbreviations only with a capital: "he fell ill." and "a sales rep." are not.
func abbreviationKind(token string) kind {
	lower := strings.ToLower(token)
	if token != lower {
		if k := capitalAbbreviation(lower); k != noAbbreviation {
			return k
		}
	}
	switch lower {
	case "vs", "v", "e.g", "i.e", "cf", "viz", "ca", "mr", "mrs", "ms", "dr", "prof":
		return beforeName
	case "no", "nos", "fig", "figs", "vol", "pp", "est", "max", "min":
		return beforeNumber
	case "inc", "ltd", "corp", "bros", "plc", "jr", "sr", "etc", "approx", "dept", "govt", "intl", "al", "ph.d", "psy.d", "b.sc", "m.sc", "pub.l":
		return anywhere
	}
	return noAbbreviation
}

// capitalAbbreviation classifies a token that was written with a capital.
func capitalAbbreviation(lower string) kind {
	switch lower {
	case "gen", "sen", "gov", "rep", "reps", "sens", "capt", "lt", "col", "sgt", "cpl", "maj", "brig", "cmdr", "adm", "rev", "hon",
		"pres", "st", "ste", "mt", "ft", "msgr", "supt", "insp", "det", "amb", "atty", "messrs", "mme", "mlle", "mx":
		return beforeName
	case "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ch", "art":
		return beforeNumber
	case "co", "cos", "llc", "ave", "blvd", "rd", "univ", "assn",
		"calif", "fla", "mass", "conn", "wash", "ariz", "colo", "mich", "minn", "tenn", "va", "pa", "ga":
		return anywhere
	}
	return noAbbreviation
}
