// Package followup completes questions that go on from the one before them in a
// conversation, in Arabic and in English: "And when?", «ولماذا؟», "What about Egypt?",
// «هل استقال؟».
//
// Begin with [Complete]. A question that stands by itself is left alone: what looks like
// one is taken for one, because a question that is wrongly changed is answered wrongly,
// and one that is wrongly left alone is only not answered.
//
// What a question goes on by is told by its form:
//
//   - what asks alone ("why?") takes the place of what asked before: "Why did Ann go?"
//   - a name, a time or a noun ("and Egypt?") takes the place of its like
//   - another event or thing ("the ferry?") takes the place of the one asked about, and
//     the time before or after ("and the day before?") that of the time; a thing unlike
//     what was asked about is asked after by itself: "the ferry: what happened?"
//   - a pronoun, or an Arabic verb without a subject, takes the name it stands for
//   - what would fit any event ("How many died?") is put behind the subject of the
//     question before: "the flood in Derna: How many died?", as is all that cannot be
//     completed with certainty.
package followup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

const (
	// longest is how many words a question has at most that may go on from another.
	longest = 24
	// longestTopic is how much is taken over of a question, in runes.
	longestTopic = 200
	// longestText is how long the questions are at most, in bytes.
	longestText = 8 << 10
)

// Complete returns what a question means after the one before it, and whether it goes on
// from that at all; completed is "" when it does not. previous is the question before as
// it was understood. The two may be in different languages: then what is completed is in
// that of previous as far as the words are known in both, and else in both. A previous of
// several questions is gone on from as a conversation of these, and one without a subject
// not at all. Tags of markup are left out. It takes time in proportion to the lengths.
func Complete(analyzer *text.Analyzer, question, previous string) (completed string, goesOn bool) {
	if len(question) > longestText || len(previous) > longestText {
		return "", false
	}
	return read(analyzer, withoutTags(question)).after(before(analyzer, previous))
}

// after completes a question after another one.
func (q *asked) after(p *asked) (completed string, goesOn bool) {
	if len(q.words) == 0 || len(q.words) > longest || len(p.words) == 0 || q.wordless() || !p.hasSubject() {
		return "", false
	}
	if q.arabic {
		completed, goesOn = q.completeArabic(p)
	} else {
		completed, goesOn = q.completeEnglish(p)
	}
	if !goesOn {
		return "", false
	}
	return q.finish(completed), true
}

// finish writes what the question was completed to as a sentence.
func (q *asked) finish(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.TrimRight(s, "?؟!.,،;؛: ")
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	if q.wantsMore(moreWords, wanting) || q.wantsMore(arabicMore, arabicWanting) {
		return s // it asks nothing
	}
	last := strings.LastIndexFunc(s, unicode.IsLetter)
	if last >= 0 && isArabic(s[last:]) {
		return s + "؟"
	}
	return s + "?"
}

// An asked is a question with its words.
type asked struct {
	text     string
	words    []word
	arabic   bool
	flat     bool // capitals mean nothing in it, or there are none
	analyzer *text.Analyzer
}

// A word is one of a question.
type word struct {
	text.Term
	bare string // Norm without a contracted verb, a possessive ending or an Arabic "and"
}

func read(analyzer *text.Analyzer, question string) *asked {
	q := &asked{text: strings.TrimSpace(text.Valid(question)), analyzer: analyzer}
	arabic, latin, capitals := 0, 0, false
	for _, t := range analyzer.Terms(q.text) {
		w := word{Term: t, bare: t.Norm}
		if isArabic(q.text[t.Start:]) {
			arabic++
			w.bare = withoutAnd(t.Norm)
		} else {
			if !isNumber(t.Norm) {
				latin++
			}
			w.bare, _, _ = strings.Cut(t.Norm, "'")
			capitals = capitals || len(q.words) > 0 && isCapital(q.text[t.Start:])
		}
		q.words = append(q.words, w)
	}
	q.arabic = arabic > latin
	q.flat = text.Shouted(q.text) || !capitals
	return q
}

func isArabic(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Arabic, r)
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// word returns the i-th word as it decides, "" beyond the ends.
func (q *asked) word(i int) string {
	if i < 0 || i >= len(q.words) {
		return ""
	}
	return q.words[i].bare
}

// from is the text from the i-th word on, "" beyond the end.
func (q *asked) from(i int) string { return q.span(i, len(q.words)) }

// span is the text from the i-th word to before the j-th.
func (q *asked) span(i, j int) string {
	if i < 0 || i >= j || i >= len(q.words) {
		return ""
	}
	return q.text[q.words[i].Start:q.words[min(j, len(q.words))-1].End]
}

// put is the text with other words in the place of those from the i-th to before the j-th.
func (q *asked) put(i, j int, other string) string {
	return q.text[:q.words[i].Start] + other + q.text[q.words[j-1].End:]
}

// gap is what stands before the i-th word, behind the one before it.
func (q *asked) gap(i int) string {
	if i <= 0 || i >= len(q.words) {
		return ""
	}
	return q.text[q.words[i-1].End:q.words[i].Start]
}

// all reports whether every word from i on is in one of the sets.
func (q *asked) all(i int, sets ...map[string]bool) bool {
	for ; i < len(q.words); i++ {
		if !in(q.word(i), sets...) {
			return false
		}
	}
	return true
}

// any returns the place of the first word from i on that is in one of the sets, -1 for
// none.
func (q *asked) any(i int, sets ...map[string]bool) int {
	for ; i < len(q.words); i++ {
		if in(q.word(i), sets...) {
			return i
		}
	}
	return -1
}

// hasWord reports whether a word stands at i or behind it.
func (q *asked) hasWord(i int, word string) bool {
	for ; i < len(q.words); i++ {
		if q.word(i) == word {
			return true
		}
	}
	return false
}

// skip returns where the question begins from i on, after any of the phrases.
func (q *asked) skip(i int, phrases [][]string) int {
	for {
		n := 0
		for _, phrase := range phrases {
			if len(phrase) > n && q.has(i, phrase) {
				n = len(phrase)
			}
		}
		if n == 0 {
			return i
		}
		i += n
	}
}

// has reports whether a phrase stands at the i-th word.
func (q *asked) has(i int, phrase []string) bool {
	for k, w := range phrase {
		if q.word(i+k) != w {
			return false
		}
	}
	return true
}

// about puts a question behind the subject of the one before it.
func (q *asked) about(p *asked, start int) string {
	return p.topicOr() + ": " + lowered(q.from(start))
}

// topic is what a question is about: what of it asks is left out. A completed question
// that names its subject before a colon is about that.
func (q *asked) topic() string {
	if head, ok := q.heading(); ok {
		return head
	}
	if q.arabic {
		return bounded(q.arabicTopic())
	}
	return bounded(q.englishTopic())
}

// heading is what stands before the colon that [asked.about] puts.
func (q *asked) heading() (string, bool) {
	head, _, found := strings.Cut(q.text, ": ")
	return bounded(head), found && head != ""
}

// bounded is a text without its end when it is too long to be taken over, and without
// the marks at its ends.
func bounded(s string) string {
	s = strings.Trim(s, "?؟!.,،;؛: ")
	if utf8.RuneCountInString(s) <= longestTopic {
		return s
	}
	runes := []rune(s)[:longestTopic]
	s = string(runes)
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i > 0 {
		s = s[:i]
	}
	return s
}

func in(word string, sets ...map[string]bool) bool {
	for _, set := range sets {
		if set[word] {
			return true
		}
	}
	return false
}

// set makes a set of the words of lists, normalised.
func set(lists ...string) map[string]bool { return text.WordSet(lists...) }

// phrases reads phrases, normalised, with commas between them.
func phrases(list string) (all [][]string) {
	for phrase := range strings.SplitSeq(text.Normalize(list), ",") {
		if words := strings.Fields(phrase); len(words) > 0 {
			all = append(all, words)
		}
	}
	return all
}
