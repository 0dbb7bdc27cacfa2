package suggest

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/answertype"
)

// hidden are the lines of quoted articles in the language of the questions that are not shown.
func (w *workshop) hidden() (lines []*line) {
	for i := range w.lines {
		l := &w.lines[i]
		if !l.shown && !l.title && l.article.Quoted && l.article.Language == w.Language && len(l.words) > 0 {
			lines = append(lines, l)
		}
	}
	return lines
}

// howMany are questions of the numbers that English lines begin with: "More than 800 guests
// attended the ceremony" makes "How many guests attended the ceremony?".
func (w *workshop) howMany() (all []Question) {
	if w.Language != text.English {
		return nil
	}
	for _, l := range w.hidden() {
		i := 0
		for i < len(l.words) && bounds[l.words[i].Norm] {
			i++
		}
		number := i
		for i < len(l.words) && (text.NumberWord(l.words[i].Norm) || len(text.Numbers(l.words[i].Norm)) > 0) {
			i++
		}
		if i == number || few[l.words[number].Norm] || i+leastDeed > len(l.words) || l.words[i].Stop || !l.beside(i) {
			continue
		}
		end := clauseEnd(l, i, englishBreaks)
		done := slices.ContainsFunc(l.words[i+1:end], func(t text.Term) bool { return isPast(t.Norm) || wasDone[t.Norm] || died[t.Norm] })
		if end-i < leastDeed || end-i > mostDeed || !done || !definite(l, i+1, end) || strings.Contains(text.Gap(l.text, l.words, i), "%") {
			continue
		}
		q := "How many " + l.text[l.words[i].Start:l.words[end-1].End] + "?"
		all = append(all, Question{Text: q, Article: l.article.ID, form: facts, wants: answertype.Of(q, w.Analyzer.Terms(q))})
	}
	return all
}

// whenDone are questions of when or where something of a name was done: "Notre-Dame was
// reopened on 7 December" makes "When was Notre-Dame reopened?".
func (w *workshop) whenDone() (all []Question) {
	for _, l := range w.hidden() {
		if len(l.names) == 0 {
			continue
		}
		done, rest := englishDone(l)
		asks := [...]string{"When ", "Where "}
		if w.Language == text.Arabic {
			done, rest = arabicDone(l)
			asks = [...]string{"متى ", "أين "}
		}
		if done == "" {
			continue
		}
		for _, ask := range asks {
			q := Question{Text: ask + done, Article: l.article.ID, form: facts}
			q.wants = answertype.Of(q.Text, w.Analyzer.Terms(q.Text))
			if w.met(q.wants, l.text[l.words[rest].Start:]) >= fairly {
				all = append(all, q)
				break
			}
		}
	}
	return all
}

// met is [answertype.Wanted.Met] of a part of a line.
func (w *workshop) met(wants answertype.Wanted, part string) float64 {
	return wants.Met(part, w.Analyzer.Terms(part))
}

// mostSubject is of how many words the name of what was done something with is.
const mostSubject = 6

// englishDone reads "X was opened" at the beginning of a line, and where what follows begins.
func englishDone(l *line) (done string, rest int) {
	verb := slices.IndexFunc(l.words, func(t text.Term) bool { return wasDone[t.Norm] })
	if verb < 1 || verb > mostSubject || verb+3 > len(l.words) || !isParticiple(l.words[verb+1]) || !placing[l.words[verb+2].Norm] {
		return "", 0
	}
	n := l.names[0]
	start := l.words[0].Norm == "the"
	if n.first > 1 || n.first == 1 && !start || n.last != verb-1 {
		return "", 0
	}
	subject := l.text[l.words[0].Start:l.words[verb-1].End]
	if start {
		subject = "the" + subject[len("the"):]
	}
	was := l.text[l.words[verb].Start:l.words[verb].End]
	return was + " " + subject + " " + l.text[l.words[verb+1].Start:l.words[verb+1].End] + "?", verb + 2
}

// arabicDone reads «أُطلق تلسكوب جيمس ويب في»: a verb in the passive, by its vowel, and a name.
func arabicDone(l *line) (done string, rest int) {
	verb, _ := strings.CutPrefix(l.text[l.words[0].Start:l.words[0].End], "و")
	if !strings.Contains(verb, "ُ") || strings.HasPrefix(verb, "ي") {
		return "", 0
	}
	at := slices.IndexFunc(l.words, func(t text.Term) bool { return arabicPlacing[t.Norm] })
	if at < 2 || at > mostSubject || at+1 >= len(l.words) {
		return "", 0
	}
	named := slices.ContainsFunc(l.names, func(n name) bool { return n.first >= 1 && n.last == at-1 && !isAttached(l, n.first) })
	if !named {
		return "", 0
	}
	return verb + " " + l.text[l.words[1].Start:l.words[at-1].End] + "؟", at
}

var (
	bounds        = text.WordSet("more than at least about nearly some around over almost only up to fewer less")
	few           = text.WordSet("one two three 1 2 3")
	died          = text.WordSet("died fell fled came went")
	arabicPlacing = text.WordSet("في يوم عام بتاريخ")
)
