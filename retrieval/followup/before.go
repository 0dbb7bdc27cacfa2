package followup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

const (
	// mostBefore is how many questions of a message are gone through, the last of it.
	mostBefore = 4
	// longestTag is how long a tag of markup may be, in bytes.
	longestTag = 200
)

// before reads the message that a question may go on from. One of several questions is
// gone through as a conversation of these.
func before(analyzer *text.Analyzer, message string) *asked {
	p := read(analyzer, "")
	for _, question := range questions(withoutTags(message)) {
		q := read(analyzer, question)
		if completed, ok := q.after(p); ok {
			q = read(analyzer, completed)
		}
		p = q
	}
	return p
}

// questions are those of a message, the last mostBefore. What has quotation marks is one
// question: others may be quoted in it.
func questions(message string) []string {
	if strings.ContainsAny(message, `"«»“”„`) {
		return []string{message}
	}
	var all []string
	start := 0
	for i, r := range message {
		if r != '?' && r != '؟' {
			continue
		}
		next := i + utf8.RuneLen(r)
		if behind, _ := utf8.DecodeRuneInString(message[next:]); !unicode.IsSpace(behind) {
			continue
		}
		all = append(all, message[start:next])
		start = next
	}
	if strings.ContainsFunc(message[start:], unicode.IsLetter) {
		all = append(all, message[start:])
	}
	return all[max(len(all)-mostBefore, 0):]
}

// withoutTags is a text without the tags of markup in it.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 || open+1 >= len(s) {
			return b.String() + s
		}
		within := s[open+1 : min(len(s), open+1+longestTag)]
		end := strings.IndexAny(within, "<>")
		first, _ := utf8.DecodeRuneInString(strings.TrimPrefix(within, "/"))
		if end < 0 || within[end] == '<' || !unicode.IsLetter(first) {
			b.WriteString(s[:open+1])
			s = s[open+1:]
			continue
		}
		b.WriteString(s[:open] + " ")
		s = s[open+1+end+1:]
	}
}

// wordless reports whether a question has no letters. Only a year goes on from another
// question: other numbers are what a list is answered by.
func (q *asked) wordless() bool {
	for i := range q.words {
		if isYear(q.word(i)) {
			return false
		}
	}
	return !strings.ContainsFunc(q.text, unicode.IsLetter)
}

// hasSubject reports whether a question says what it is about: not "31 February", and not
// "And when was that?".
func (q *asked) hasSubject() bool {
	points := q.any(0, pointers, neuter, arabicPointers, arabicPronouns) >= 0
	for i := range q.words {
		switch w := q.word(i); {
		case isNumber(w), in(w, timeWords, timeFunctions, arabicTimes), in(w, askers, arabicAskers, fillers):
		case in(w, happenings, happened), strings.HasPrefix(w, "happen"):
			if !points {
				return true
			}
		case arabicFillers[w]:
		case !q.words[i].Stop, i > 0 && q.isName(i):
			return true
		}
	}
	return false
}

// isSubjectBehind reports whether the i-th word, behind a verb, is the subject that the
// question has of its own: one that is no event and no thing that the question before may
// have told of.
func (q *asked) isSubjectBehind(i int) bool {
	w := q.word(i)
	if w == "" || q.words[i].Stop || isNumber(w) || placeWords[w] {
		return false
	}
	for _, scene := range scenes {
		if scene[w] {
			return false
		}
	}
	if q.arabic {
		return !strings.HasPrefix(w, "ال") && q.isArabicNoun(i) && !q.isArabicThing(i) && !arabicFillers[w]
	}
	return !in(w, generic, fillers, happenings, measures, unitNouns, timeWords) && !q.isThing(i, i+1)
}

// hasOwnSubject reports whether a verb stands in a question with its subject behind it:
// «متى سقط بشار الأسد؟», "when did ann lund resign".
func (q *asked) hasOwnSubject(start int) bool {
	for i := start; i < len(q.words); i++ {
		if (q.isVerb(i) || doing[q.word(i)]) && q.isSubjectBehind(i+1) {
			return true
		}
	}
	return false
}
