// Package claims tells what is somebody's claim from what a report states itself, and who
// makes it: "The mayor said …", "according to the ministry", «وأكد الوزير أن …».
//
// Begin with [Of]. It reads one sentence at a time, by the words of saying that news is
// written in and the noun phrase that is their subject; no model, no dictionary of names.
package claims

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A Kind is the force with which something is said.
type Kind string

// The kinds.
const (
	Says      Kind = "says"
	Alleges   Kind = "claims" // what the report does not vouch for: claimed, زعم
	Denies    Kind = "denies"
	Announces Kind = "announces"
)

// A Claim says that a sentence, or a part of it, is what somebody says.
type Claim struct {
	Kind Kind
	// Speaker are the bytes of the sentence that name who does: a noun phrase of at most
	// [MaxSpeaker] words. Start and End are equal when nobody is named.
	Speaker text.Span
	// Elsewhere says that the sentence has only a pronoun for the speaker, or nothing, so
	// that a sentence before it names who is meant.
	Elsewhere bool
	// Begins is the byte at which an Arabic speaker is named whose name may end at several
	// places, as in «وصف أردوغان الكارثة بأنها»; 0 for none. Speaker is empty then.
	Begins int
	// Pronoun is the English pronoun that the sentence has then, normalised: "he".
	Pronoun string
}

// MaxSpeaker is of how many words a speaker's name is at most.
const MaxSpeaker = 16

// Of finds the first claim in a sentence of an article; words are all its words in order.
// ok is false when the sentence is the report's own. What stands inside quotation marks
// is not looked at, what is said not to have been said is no claim, and neither is what
// only a relative or subordinate clause says: "the man who said he was ill died".
func Of(sentence string, words []text.Term) (c Claim, ok bool) {
	r := newReader(sentence, words)
	if r.arabic {
		c, _, ok = r.arabicClaim()
	} else {
		c, _, ok = r.englishClaim()
	}
	return c, ok
}

// Second finds the claim of somebody else that a sentence goes on to behind its first:
// "Mansour said …, while a newspaper claimed …". It names the speaker; ok is false when
// there is none. What the first speaker says that another said is none.
func Second(sentence string, words []text.Term) (c Claim, ok bool) {
	r := newReader(sentence, words)
	read, find := r.englishVerb, r.englishClaim
	if r.arabic {
		read, find = r.arabicVerb, r.arabicClaim
	}
	first, at, ok := find()
	if !ok || first.Begins > 0 {
		return Claim{}, false
	}
	const most = 60 // words on
	for i := at + 1; i < min(len(words), at+most); i++ {
		if r.quoted[i] || r.arabic && !r.contrasted(i) {
			continue
		}
		c, ok := read(i)
		if !ok || c.Elsewhere || c.Speaker.Start == c.Speaker.End || c.Speaker.Start < words[at].End || !r.arabic && !r.contrasts(c.Speaker.Start) {
			continue
		}
		if r.arabic && strings.Trim(sentence[c.Speaker.End:], " .") == "" {
			continue // «ونفى ضياع المال»: it is what is denied
		}
		if sentence[c.Speaker.Start:c.Speaker.End] != sentence[first.Speaker.Start:first.Speaker.End] {
			return c, true
		}
	}
	return Claim{}, false
}

// contrasted reports whether an Arabic verb at i may begin another's claim: behind «بينما»
// or a comma.
func (r *reader) contrasted(i int) bool {
	return r.breaks(i) || leadIns[r.norm(i-1)] || leadIns[strings.TrimPrefix(r.norm(i-1), "و")]
}

// contrasts reports whether an English speaker named at a byte begins a clause of its own.
func (r *reader) contrasts(start int) bool {
	for i, w := range r.words {
		if w.Start == start {
			return r.breaks(i) || contrasts[r.norm(i-1)]
		}
	}
	return false
}

// Subject returns the noun phrase that a sentence without a claim begins with as its
// subject, whom "he said" after it means; ok is false when that is not sure.
func Subject(sentence string, words []text.Term) (subject text.Span, ok bool) {
	r := newReader(sentence, words)
	p := phrase{}
	if r.arabic {
		p = r.arabicSubject(len(words))
	} else {
		p = r.englishSubject(len(words))
	}
	return r.span(p), !p.empty()
}

// Name is a speaker's name as it stands by itself: where the Arabic article is one with a
// preposition, «وفقًا للأمم المتحدة», the bytes that name who speaks have both.
func Name(speaker string) string {
	rest, ok := strings.CutPrefix(speaker, "لل")
	switch {
	case !ok:
		return speaker
	case strings.HasPrefix(rest, "جن"), strings.HasPrefix(rest, "جان"): // «للجنة», «للجان»
		return "الل" + rest
	}
	return "ال" + rest
}

// Quoted reports whether a sentence is nothing but words in quotation marks, three or
// more: somebody's, whom another sentence names.
func Quoted(sentence string, words []text.Term) bool {
	const least = 3
	return len(words) >= least && !slices.Contains(newReader(sentence, words).quoted, false)
}

// A reader has the words of a sentence and what stands between them.
type reader struct {
	sentence  string
	words     []text.Term
	quoted    []bool // by word, whether it stands inside quotation marks
	arabic    bool   // most words are
	yaForAlef bool   // «إلي» is written for «إلى»
}

// A phrase is words from first up to but not including end.
type phrase struct{ first, end int }

func (p phrase) empty() bool { return p.first >= p.end }

func newReader(sentence string, words []text.Term) *reader {
	r := &reader{sentence: sentence, words: words, quoted: make([]bool, len(words))}
	n := 0
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w.Norm)
		if unicode.Is(unicode.Arabic, first) {
			n++
		}
		switch w.Norm {
		case "الي", "حتي", "لدي":
			r.yaForAlef = r.yaForAlef || strings.HasSuffix(sentence[w.Start:w.End], "ي")
		}
	}
	r.arabic = 2*n > len(words)
	r.markQuoted()
	return r
}

// norm is the i-th word, normalised; "" when there is none.
func (r *reader) norm(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].Norm
}

// written is the i-th word as it is written.
func (r *reader) written(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.sentence[r.words[i].Start:r.words[i].End]
}

// gap is what stands before the i-th word, behind the word before it; of the number of
// words what stands behind the last.
func (r *reader) gap(i int) string { return text.Gap(r.sentence, r.words, i) }

// span are the bytes of a phrase.
func (r *reader) span(p phrase) text.Span {
	if p.empty() {
		return text.Span{}
	}
	s := text.Span{Start: r.words[p.first].Start, End: r.words[p.end-1].End}
	named := r.sentence[s.Start:s.End]
	for _, pair := range [...][2]string{{"«", "»"}, {"“", "”"}, {`"`, `"`}} {
		opens := strings.Contains(named, pair[0]) && strings.Count(named, pair[0]) > strings.Count(named, pair[1]) || pair[0] == pair[1] && strings.Count(named, pair[0]) == 1
		if opens && strings.HasPrefix(r.sentence[s.End:], pair[1]) {
			s.End += len(pair[1])
		}
	}
	return s
}

// marks are those of quotations.
const marks = "\"“”«»„"

// breaks reports whether something before the i-th word parts it from the word before: a
// comma, a mark of a quotation, a dash, the end of the sentence.
func (r *reader) breaks(i int) bool {
	if i <= 0 || i >= len(r.words) {
		return true
	}
	gap := r.gap(i)
	return strings.ContainsAny(gap, ",;:()[]!?…—–،؛؟‘\n"+marks) || strings.Contains(gap, " - ")
}

// marked reports whether a mark of a quotation stands before the i-th word, behind the one
// before it.
func (r *reader) marked(i int) bool { return strings.ContainsAny(r.gap(i), marks) }

// markQuoted finds the words inside quotation marks. A sentence whose first mark closes
// began inside; a mark that is never closed quotes all that follows.
func (r *reader) markQuoted() {
	var depth int
	var straight bool
	if r.opensInside() {
		depth = 1
	}
	for i := range r.words {
		for _, mark := range r.gap(i) {
			switch mark {
			case '«', '“', '„':
				depth++
			case '»', '”':
				depth = max(depth-1, 0)
			case '"':
				if depth > 0 && !straight {
					depth--
					continue
				}
				straight = !straight
				if straight {
					depth++
				} else {
					depth = max(depth-1, 0)
				}
			}
		}
		r.quoted[i] = depth > 0
	}
}

// opensInside reports whether the first mark of the sentence closes what a sentence before
// it has opened.
func (r *reader) opensInside() bool {
	at := strings.IndexAny(r.sentence, marks)
	if at < 0 {
		return false
	}
	mark, size := utf8.DecodeRuneInString(r.sentence[at:])
	if mark != '"' {
		return mark == '»' || mark == '”'
	}
	next, _ := utf8.DecodeRuneInString(r.sentence[at+size:])
	return strings.Count(r.sentence, `"`)%2 == 1 && (next == utf8.RuneError || unicode.IsSpace(next) || unicode.IsPunct(next))
}

// capital reports whether the i-th word begins with a capital letter.
func (r *reader) capital(i int) bool {
	first, _ := utf8.DecodeRuneInString(r.written(i))
	return unicode.IsUpper(first)
}

// digit reports whether the i-th word begins with a digit.
func (r *reader) digit(i int) bool {
	word := r.norm(i)
	return word != "" && word[0] >= '0' && word[0] <= '9'
}

// set are words, normalised.
func set(words string) map[string]bool { return text.WordSet(words) }

// set2 are pairs of words, normalised, with a bar between the pairs.
func set2(pairs string) map[string]bool {
	m := map[string]bool{}
	for pair := range strings.SplitSeq(text.Normalize(pairs), "|") {
		m[pair] = true
	}
	return m
}
