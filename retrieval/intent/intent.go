// Package intent reads from the words of a question what kind of answer is wanted, where
// another one than the best quotes is: a timeline («ماذا حدث في …»), a summary, the list of
// articles about something, the newest reports, where a sentence is from, or what one
// outlet says.
//
// Begin with [Read]. It is careful: whoever asks an ordinary question and gets a list has
// no answer, whoever asks for a list in unusual words still gets one. The forms are in
// forms_en.go and forms_ar.go, and pattern.go says how they are written.
package intent

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A Kind is a kind of answer.
type Kind string

// The kinds.
const (
	Best     Kind = ""         // what answers the question best
	Timeline Kind = "timeline" // what happened, in order
	Summary  Kind = "summary"  // what an article says
	Source   Kind = "source"   // where words are from
	About    Kind = "about"    // which articles there are
	Latest   Kind = "latest"   // what is new
)

// An Intent is what a question asks for.
type Intent struct {
	Kind Kind
	// Topic is what the question is about, cut from it, "" for nothing: the question
	// without what says of which kind it is and which outlet's reports are meant. Of a
	// [Source] it is the words to be found.
	Topic string
	// Outlet is where the outlet stands that is asked for, as bytes of the question; both
	// are 0 for any.
	Outlet text.Span
	// Pasted says of a [Source] that the question is these words and nothing else, so that
	// they may as well be a topic.
	Pasted bool
	// Ordered says that it gives orders, such as to ignore the rules, and asks nothing.
	Ordered bool
	// Pointed says that the article is meant that was spoken of: "summarise it".
	Pointed bool
}

// An Outlets tells how many of some words, from the first on, name an outlet: the longest
// name there is, 0 for none.
type Outlets func(words []text.Word) int

// Read reads what a question asks for. outlets knows those of the collection.
func Read(question string, outlets Outlets) Intent {
	r := reading{question: question, words: text.Words(question), outlets: outlets}
	for i := range r.words { // apostrophes are typed in two ways
		r.words[i].Norm = strings.ReplaceAll(r.words[i].Norm, "’", "'")
	}
	r.to = len(r.words)
	if len(r.words) == 0 || len(r.words) > mostWords {
		return Intent{Topic: question}
	}
	if longest(orders, r.words) > 0 {
		return Intent{Topic: question, Ordered: true}
	}
	if in, ok := r.source(); ok {
		return in
	}
	r.accordingTo()
	r.politely()
	in := r.kind()
	in.Outlet = r.outlet
	if in.Kind == Best && r.outlet == (text.Span{}) {
		in.Topic = question
	}
	return in
}

// mostWords is how long a question with a form may be: more is an article.
const mostWords = 250

// A reading is a question that is being read: its words from and to are those left.
type reading struct {
	question string
	words    []text.Word
	from, to int
	outlets  Outlets
	outlet   text.Span
}

// left are the words left.
func (r *reading) left() []text.Word { return r.words[r.from:r.to] }

// topic is the question's part that is left, without marks around it.
func (r *reading) topic() string { return r.between(r.from, r.to) }

// between is the part of some words, without marks around it but those that words take
// with them, such as the % behind a number.
func (r *reading) between(from, to int) string {
	if from >= to {
		return ""
	}
	return r.question[r.words[from].Start:r.words[to-1].End]
}

// marks reports whether there is a mark of some between the word before and the i-th.
func (r *reading) marks(i int, some string) bool {
	start, end := 0, len(r.question)
	if i > 0 {
		start = r.words[i-1].End
	}
	if i < len(r.words) {
		end = r.words[i].Start
	}
	return strings.ContainsAny(r.question[start:end], some)
}

// accordingTo takes out "according to Reuters", at the beginning or at the end.
func (r *reading) accordingTo() {
	for _, p := range according {
		if n := p.begin(r.left()); n > 0 {
			if k := r.named(r.from + n); k > 0 && r.from+n+k < r.to {
				r.take(r.from+n, k)
				r.from += n + k
				return
			}
		}
	}
	for i := r.from + 1; i < r.to-1; i++ {
		for _, p := range according {
			if n := p.begin(r.words[i:r.to]); n > 0 && i+n < r.to && r.named(i+n) == r.to-i-n {
				r.take(i+n, r.to-i-n)
				r.to = i
				return
			}
		}
	}
}

// named is how many of the words left, from the i-th on, name an outlet.
func (r *reading) named(i int) int {
	if i >= r.to || r.outlet != (text.Span{}) {
		return 0
	}
	return min(r.outlets(r.words[i:r.to]), r.to-i)
}

// take notes n words as the outlet.
func (r *reading) take(i, n int) {
	r.outlet = text.Span{Start: r.words[i].Start, End: r.words[i+n-1].End}
}

// politely passes over "please tell me".
func (r *reading) politely() {
	for range 3 {
		n := longest(polite, r.left())
		if n == 0 || n == len(r.left()) {
			break
		}
		r.from += n
	}
	r.endsWith(politeEnd)
}

// endsWith leaves out the end of the question when it is one of some.
func (r *reading) endsWith(some []pattern) {
	for k := min(3, len(r.left())-1); k > 0; k-- {
		if whole(some, r.words[r.to-k:r.to]) {
			r.to -= k
			return
		}
	}
}

// kind finds the form of what is left.
func (r *reading) kind() Intent {
	if in, ok := r.bare(); ok {
		return in
	}
	for _, read := range []func() (Intent, bool){r.latest, r.saidBy, r.unfolding, r.byForm} {
		if in, ok := read(); ok {
			return in
		}
	}
	return Intent{Topic: r.topic()}
}

// bare reads the name of an outlet and no more, or "Reuters on the summit".
func (r *reading) bare() (Intent, bool) {
	const longest = 12 // words that such a question has
	if len(r.left()) > longest {
		return Intent{}, false
	}
	n := r.named(r.from)
	on := r.from + n
	switch {
	case n == 0:
		return Intent{}, false
	case on == r.to:
		r.take(r.from, n)
		return Intent{Kind: Latest}, true
	case !aboutWord[r.words[on].Norm] || on+1 == r.to:
		return Intent{}, false
	}
	r.take(r.from, n)
	return Intent{Topic: r.between(on+1, r.to)}, true
}

// byForm reads a form that begins the question.
func (r *reading) byForm() (Intent, bool) {
	for _, f := range forms {
		n := f.begin(r.left())
		if n == 0 {
			continue
		}
		r.from += n - f.kept
		switch f.kind {
		case Summary:
			return r.summary(), true
		case About:
			r.outletOf()
		}
		return Intent{Kind: f.kind, Topic: r.topic()}, r.from < r.to
	}
	return Intent{}, false
}

// summary reads what is to be summed up.
func (r *reading) summary() Intent {
	in := Intent{Kind: Summary}
	if n := longest(theArticle, r.left()); n > 0 {
		in.Pointed = true
		r.from += n
	}
	r.from += longest(ofTopic, r.left())
	r.endsWith(anArticle)
	if whole(newsOf, r.left()) {
		return Intent{Kind: Latest}
	}
	in.Topic = r.topic()
	in.Pointed = in.Topic == ""
	return in
}

// unfolding reads "how did the crisis unfold".
func (r *reading) unfolding() (Intent, bool) {
	n := longest(howDid, r.left())
	if n == 0 {
		return Intent{}, false
	}
	for _, p := range unfolds {
		for k := 1; k <= 2 && n+k < len(r.left()); k++ {
			if p.begin(r.words[r.to-k:r.to]) == k {
				return Intent{Kind: Timeline, Topic: r.between(r.from+n, r.to-k)}, true
			}
		}
	}
	return Intent{}, false
}

// latest reads "latest news", with an outlet or without, when that is all.
func (r *reading) latest() (Intent, bool) {
	left := r.left()
	if whole(newest, left) {
		return Intent{Kind: Latest}, true
	}
	n := longest(newestOf, left)
	if n == 0 || n == len(left) {
		return Intent{}, false
	}
	k := r.named(r.from + n)
	if k == 0 || n+k < len(left) && !whole(newsOf, left[n+k:]) {
		return Intent{}, false
	}
	r.take(r.from+n, k)
	return Intent{Kind: Latest}, true
}

// saidBy reads "what did Reuters say about the summit".
func (r *reading) saidBy() (Intent, bool) {
	for _, p := range didWhat {
		n := p.begin(r.left())
		k := r.named(r.from + n)
		if n == 0 || k == 0 {
			continue
		}
		verb := longest(say, r.words[r.from+n+k:r.to])
		if verb == 0 && !p.verbs {
			continue
		}
		r.take(r.from+n, k)
		r.from += n + k + verb
		r.from += longest(ofTopic, r.left())
		if r.from == r.to {
			return Intent{Kind: Latest}, true
		}
		return Intent{Topic: r.topic()}, true
	}
	return Intent{}, false
}

// outletOf takes an outlet that the topic begins or ends with out of it.
func (r *reading) outletOf() {
	for i := r.from + 1; i < r.to-1; i++ {
		if n := longest(from, r.words[i:r.to]); n > 0 && r.named(i+n) == r.to-i-n && r.to > i+n {
			r.take(i+n, r.to-i-n)
			r.to = i
			return
		}
	}
}

// source reads where words are asked for: behind or before "who said", or when there is
// nothing but them.
func (r *reading) source() (Intent, bool) {
	quoted, at := r.quotation()
	n, end := longest(whoSaid, r.words), 0
	for _, p := range thisFrom {
		for k := 2; k <= 6 && k < len(r.words); k++ {
			if p.begin(r.words[len(r.words)-k:]) == k && r.marks(len(r.words)-k, "?؟.!\"”»“«—–-:\n") {
				end = max(end, k)
			}
		}
	}
	switch {
	case n == 0 && end == 0 && at == 0 && quoted >= fewestQuoted && quoted == len(r.words):
		return Intent{Kind: Source, Topic: r.topic()}, true
	case (n > 0 || end > 0) && quoted >= fewestQuoted:
		return Intent{Kind: Source, Topic: r.between(at, at+quoted)}, true
	case n > 0 && len(r.words)-n >= fewestSaid:
		return Intent{Kind: Source, Topic: r.between(n, len(r.words)), Pasted: true}, true
	case end > 0 && len(r.words)-end >= fewestSaid:
		return Intent{Kind: Source, Topic: r.between(0, len(r.words)-end)}, true
	case len(r.words) >= fewestPasted && !r.asks():
		return Intent{Kind: Source, Topic: r.topic(), Pasted: true}, true
	}
	return Intent{}, false
}

// How many words there are at least of what somebody said: in quotation marks, behind "who
// said", and without either.
const (
	fewestQuoted = 3
	fewestSaid   = 5
	fewestPasted = 8
)

// quotation returns how many words stand in quotation marks, of which there is one pair,
// and which is the first; 0 when there is none. Apostrophes are no marks.
func (r *reading) quotation() (n, at int) {
	open := strings.IndexAny(r.question, "\"“«„")
	if open < 0 {
		return 0, 0
	}
	_, size := utf8.DecodeRuneInString(r.question[open:])
	end := strings.LastIndexAny(r.question, "\"”»“")
	if end < open+size {
		return 0, 0
	}
	at = -1
	for i, w := range r.words {
		if w.Start >= open && w.End <= end {
			if at < 0 {
				at = i
			}
			n++
		}
	}
	return n, max(at, 0)
}

// asks reports whether the question has the form of one.
func (r *reading) asks() bool {
	end := strings.TrimRightFunc(r.question, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("\"”»’)", c) })
	switch {
	case strings.HasSuffix(end, "?"), strings.HasSuffix(end, "؟"):
		return true
	case strings.HasSuffix(end, "."):
		return false
	}
	return asking[r.words[0].Norm] || r.asksWho() || longest(polite, r.words) > 0 || r.begins()
}

// asksWho reports whether the question begins with the «من» that asks who.
func (r *reading) asksWho() bool {
	if len(r.words) < 2 || r.words[0].Norm != "من" {
		return false
	}
	next := r.words[1].Norm
	return !behindOf[next] && (!strings.HasPrefix(next, "ال") || next == "الذي" || next == "التي" || next == "الذين")
}

// begins reports whether the question begins with a form of any kind.
func (r *reading) begins() bool {
	for _, f := range forms {
		if f.begin(r.words) > 0 {
			return true
		}
	}
	return longest(howDid, r.words) > 0 || longest(newestOf, r.words) > 0
}

// Asks reports whether a text begins as a question does, not as a topic.
func Asks(s string) bool {
	words := text.Words(s)
	return len(words) > 0 && asking[words[0].Norm]
}
