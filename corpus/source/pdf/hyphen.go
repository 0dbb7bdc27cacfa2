package pdf

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hyphens tells the hyphens that part words at the ends of lines from those that belong to their words.
type hyphens struct {
	vocabulary map[string]bool
	parting    bool // the program that made the file parts words
}

// partsWords matches the names of programs that part words unless they are told not to.
var partsWords = regexp.MustCompile(`(?i)\b(?:typst|\w*tex|indesign|quarkxpress)\b`)

// hyphensOf finds out what the hyphens at the ends of lines are.
func hyphensOf(lines []*line, parting bool) *hyphens {
	const (
		least = 3    // parted words, as programs that part them do in every column
		share = 0.06 // of the lines; of compounds that stand at the end by chance there are fewer
	)
	h := &hyphens{vocabulary: wordsOf(lines), parting: parting}
	ended := 0
	for i, l := range lines[:max(0, len(lines)-1)] {
		if !l.hyphen {
			continue
		}
		ended++
		if l.soft || h.isProven(lastWord(withoutHyphen(l.text)), firstWord(lines[i+1].text)) {
			h.parting = true
		}
	}
	h.parting = h.parting || ended >= least && over(ended, len(lines), share)
	return h
}

func withoutHyphen(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[:len(s)-n]
}

// joint returns the text of l as it goes on with next: with a blank, or without one where a word or an address was parted.
// The address is the one that l ends with, or "".
func (h *hyphens) joint(l, next *line, address string) string {
	s := l.text
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune("([{«‹“", last) || goesOn(address, next.text) {
		return s
	}
	whole := withoutHyphen(s)
	if !l.hyphen || whole == "" {
		return s + " "
	}
	before, _ := utf8.DecodeLastRuneInString(whole)
	after, _ := utf8.DecodeRuneInString(next.text)
	switch {
	case !unicode.IsLetter(before) || !unicode.IsLetter(after) && !unicode.IsDigit(after):
		return s + " "
	case unicode.IsLower(after) && (l.soft || h.isParted(lastWord(whole), next.text)),
		h.vocabulary[strings.ToLower(lastWord(whole)+firstWord(next.text))]:
		return whole
	}
	return whole + "-"
}

// isParted tells whether a hyphen parts a word that goes on at the beginning of rest. When nothing tells, it belongs to
// the word: nothing that was written may be lost.
func (h *hyphens) isParted(a, rest string) bool {
	b := firstWord(rest)
	switch {
	case h.isProven(a, b):
		return true
	case !h.parting || strings.HasPrefix(rest[len(b):], "-"):
		return false
	}
	return !isCompound(a, b, h.vocabulary)
}

// isProven tells whether a and b can only be the parts of one word.
func (h *hyphens) isProven(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return h.vocabulary[a+b] || !h.vocabulary[a+"-"+b] && !h.vocabulary[b] && lastSyllables[b]
}

// lastSyllables are the ends of many words, and no words.
var lastSyllables = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`tion tions tional tioned sion sions ment ments mental ing ings ingly ness ity ities ally ly ble bly
		ence ences ance ances ture tures tive tives ists ism ian ians ical tic tics tary tory ery ers ter ters tered ted ting
		der ders ding dent dents cent cial tial cious tious ous ogy ologist dle tle ple ning ring ling sing ished ishing`) {
		out[w] = true
	}
	return out
}()

// address returns the address that s ends with; "" when it ends with something else.
func address(s string) string {
	last := s[strings.LastIndexAny(s, " \n")+1:]
	if isAddress.MatchString(last) {
		return last
	}
	return ""
}

// isAddress matches addresses and parts of them.
var isAddress = regexp.MustCompile(`^\w+://|^www\.|^/?[\w.-]+\.[a-z]{2,}/`)

// goesOn tells whether an address that a line had no room for goes on in the next line. Signs that addresses alone have
// within must stand there, fewer when the line ended with one.
func goesOn(address, next string) bool {
	const separators = "/-_=&?#%."
	next, _, _ = strings.Cut(next, " ")
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case address == "" || next == "" || first > unicode.MaxASCII || strings.ContainsRune("(\"'[", first):
		return false
	case strings.HasSuffix(address, "://"):
		return true
	}
	inside := strings.TrimRight(next, ".,:;!?)\"»]،")
	if strings.ContainsRune(separators, rune(address[len(address)-1])) {
		return unicode.IsLower(first) && strings.ContainsAny(inside, separators) || strings.ContainsAny(inside, "0123456789")
	}
	return strings.ContainsAny(inside, "/=%")
}

// isCompound tells whether two parts of a word have a hyphen between them anyway.
func isCompound(a, b string, vocabulary map[string]bool) bool {
	const long = 4 // letters: shorter words are syllables of others as well
	a, b = strings.ToLower(a), strings.ToLower(b)
	switch {
	case vocabulary[a+b]:
		return false
	case vocabulary[a+"-"+b]:
		return true
	}
	return len(b) >= long && (firstParts[a] || len(a) >= long && vocabulary[a] && vocabulary[b])
}

// firstParts are words that many compounds begin with, and hardly any syllable.
var firstParts = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`all anti blue broad brand cross deep early eight far fast first five four full gold green
		half hand hard head heavy high ill ice large late least left light like long low mass mid most multi near new
		newly nine non old one open part post quasi red right second self semi seven short silver single six small so soft
		state ten third three time top two under war well white wide world year young`) {
		out[w] = true
	}
	return out
}()

// wordsOf returns the words of lines in lower case, compounds whole and in parts, but for the words that a line's end
// may have parted.
func wordsOf(lines []*line) map[string]bool {
	out := map[string]bool{}
	for i, l := range lines {
		fields := strings.Fields(l.text)
		if l.hyphen && len(fields) > 0 {
			fields = fields[:len(fields)-1]
		}
		if i > 0 && lines[i-1].hyphen && len(fields) > 0 {
			fields = fields[1:]
		}
		for _, f := range fields {
			w := strings.ToLower(strings.TrimFunc(f, notLetter))
			if out[w] = true; strings.Contains(w, "-") {
				for part := range strings.SplitSeq(w, "-") {
					out[part] = true
				}
			}
		}
	}
	return out
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, notLetter)
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, notLetter); i >= 0 {
		return s[:i]
	}
	return s
}
