package corpus

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// The bounds of a text and of the caption of a picture in Telegram, in UTF-16 code units
// (https://core.telegram.org/bots/api#sendmessage, #sendphoto), and from where on one is as good as full: whoever parts a text
// does so between two sentences or paragraphs.
const (
	fullText, mostText       = 3686, 4096
	fullCaption, mostCaption = 922, 1024
)

// mayGoOn tells whether two posts, between which there is no other, may be one text: they are by the same author in the same
// minute, words alone. Busy desks publish several stories within a minute: whether the second goes on from the first is another
// question.
func (p *part) mayGoOn(q *part) bool {
	return !p.noted && p.text != "" && q.text != "" && p.album == "" && q.album == "" && p.author == q.author &&
		!p.published.IsZero() && p.published.Truncate(time.Minute).Equal(q.published.Truncate(time.Minute))
}

// goesOn tells whether a text is the continuation of another by how the one ends and the other begins: the first is as long as a
// post can be, or ends in the middle of a sentence; the second says that it goes on, or begins in the middle of one.
func goesOn(first, second string) bool {
	first, second = strings.TrimSpace(first), strings.TrimSpace(second)
	if text.Detect(first) != text.Detect(second) {
		return false // a desk that publishes in two languages
	}
	return isFull(first) || endsOpen(first) || beginsOpen(first, second) || isNextOf(first, second)
}

// isFull tells whether there was no room for more.
func isFull(s string) bool {
	n := 0
	for _, r := range s {
		if n += utf16.RuneLen(r); n > mostText {
			break // links were written below it
		}
	}
	return n >= fullText || fullCaption <= n && n <= mostCaption
}

// The marks that texts end with: openEnds in the middle of a sentence, closedEnds at its end, before which quotation marks and
// brackets may stand.
const (
	openEnds   = "…,،;؛:-–—"
	closedEnds = ".!?؟…"
	quotes     = "\"'«»“”‘’„()[]{}"
)

// saidToGoOn are the words at the end of a text that is to go on, and goingOn those at the beginning of what goes on, as
// text.Normalize writes them.
var (
	saidToGoOn = normalized("يتبع", "to be continued", "continued", "continues", "more follows")
	goingOn    = normalized("تتمة", "تابع", "continued")
)

func normalized(phrases ...string) (list []string) {
	for _, p := range phrases {
		list = append(list, text.Normalize(p))
	}
	return list
}

// mostPhrase is how many bytes at the end or the beginning of a text are looked at for a phrase.
const mostPhrase = 100

// endsOpen tells whether a text breaks off: after a comma or a dash, with the promise that it goes on, or in the middle of the
// second sentence of a line or a later one. A line of one sentence without an end is a headline or a signature.
func endsOpen(s string) bool {
	if strings.HasSuffix(s, "...") {
		return true
	}
	bare := strings.TrimRight(s, quotes+" ")
	last := lastRune(bare)
	if strings.ContainsRune(openEnds, last) {
		return true
	}
	end := text.Normalize(strings.ToValidUTF8(bare[max(0, len(bare)-mostPhrase):], ""))
	for _, w := range saidToGoOn {
		if before, ok := strings.CutSuffix(strings.TrimRight(end, closedEnds+quotes+" "), w); ok && endsWord(before) {
			return true
		}
	}
	line := s[strings.LastIndexByte(s, '\n')+1:]
	return (unicode.IsLetter(last) || unicode.IsNumber(last)) && endsSentence(line) && !endsInName(line)
}

// endsSentence tells whether a sentence ends within a line.
func endsSentence(line string) bool {
	for _, mark := range []string{". ", "! ", "? ", "؟ "} {
		if strings.Contains(line, mark) {
			return true
		}
	}
	return false
}

// endsInName tells whether the last word of a line is an address, the name of a channel or a hashtag.
func endsInName(line string) bool {
	last := line[strings.LastIndexByte(line, ' ')+1:]
	return strings.ContainsAny(last, "@#/") || strings.Contains(last, ".")
}

// endsWord tells whether a word begins behind s.
func endsWord(s string) bool {
	return !unicode.IsLetter(lastRune(s))
}

// lastRune is the last character of s; the null character, which is in no text, for none.
func lastRune(s string) (last rune) {
	if s != "" {
		last, _ = utf8.DecodeLastRuneInString(s)
	}
	return last
}

// beginsOpen tells whether a text begins in the middle of a sentence, or says that it goes on with one.
func beginsOpen(first, second string) bool {
	if strings.HasPrefix(second, "…") || strings.HasPrefix(second, "...") {
		return true
	}
	begin := text.Normalize(strings.ToValidUTF8(second[:min(len(second), mostPhrase)], ""))
	begin = strings.TrimLeft(begin, quotes+" ")
	for _, w := range goingOn {
		if after, ok := strings.CutPrefix(begin, w); ok && after != "" && !strings.HasPrefix(after, " ") && !beginsWord(after) {
			return true // no sentence that begins with the word
		}
	}
	end := lastRune(strings.TrimRight(first, quotes+" "))
	word := []rune(strings.TrimLeft(second[:min(len(second), mostPhrase)], quotes+" "))
	return len(word) > 1 && unicode.IsLower(word[0]) && !unicode.IsUpper(word[1]) && // "iPhone" begins a sentence, too
		!strings.ContainsRune(closedEnds, end)
}

// beginsWord tells whether s goes on with a letter.
func beginsWord(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r)
	}
	return false
}

// isNextOf tells whether two texts are numbered one after the other, as 1/3 and 2/3, at the beginning or the end of each, or the
// second begins with its number in brackets.
func isNextOf(first, second string) bool {
	for _, b := range numbersOf(second) {
		if b[0] > 1 && strings.ContainsAny(second[:1], "([") {
			return true
		}
		for _, a := range numbersOf(first) {
			if b[0] == a[0]+1 && b[1] == a[1] {
				return true
			}
		}
	}
	return false
}

// numbersOf reads which part a text says that it is, and of how many, in its first and its last word.
func numbersOf(s string) (found [][2]int) {
	words := []string{s, s}
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		words[0] = s[:i]
	}
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i >= 0 {
		words[1] = s[i+1:]
	}
	for _, w := range words {
		if len(w) > 20 {
			continue
		}
		bare := strings.Trim(text.FoldDigits(w), quotes+".:-")
		n, all, split := strings.Cut(bare, "/")
		i, err := strconv.Atoi(n)
		of, errOf := strconv.Atoi(all)
		if split && err == nil && errOf == nil && 0 < i && i <= of && of <= maxParts {
			found = append(found, [2]int{i, of})
		}
	}
	return found
}
