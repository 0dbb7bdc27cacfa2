package suggest

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/answertype"
)

// turned are the question itself with another word to ask by: "When did Finland join NATO?"
// makes "Why did Finland join NATO?".
func (w *workshop) turned() (all []Question) {
	words := w.Analyzer.Terms(w.Question)
	if len(words) < 4 || text.Detect(w.Question) != w.Language {
		return nil
	}
	rest, others := turnable(w.Question, words, w.Language)
	subject := stems(words)
	if len(subject) < 2 {
		return nil
	}
	for _, other := range others {
		q, ok := w.fact(other+rest, subject)
		if ok && q.wants.Evidence != answertype.None {
			all = append(all, q)
		}
	}
	return all
}

// turnable returns what stands behind the word that a question asks by, and the words that
// may take its place; none when it is of no such form.
func turnable(question string, words []text.Term, lang text.Language) (rest string, others []string) {
	asks, second := words[0].Norm, words[1].Norm
	rest = question[words[0].End:]
	if lang == text.Arabic {
		if !arabicAdverbs[asks] || notDoing(second) {
			return "", nil
		}
		others = []string{"لماذا", "أين", "متى"}
	} else {
		if !englishAdverbs[asks] || second != "did" && (!wasDone[second] || !slices.ContainsFunc(words[2:], isParticiple)) {
			return "", nil
		}
		others = []string{"Why", "Where", "When"}
	}
	timed := slices.ContainsFunc(words, func(t text.Term) bool { return isYear(t.Norm) || timeWords[t.Norm] })
	placed := slices.ContainsFunc(words, func(t text.Term) bool { return whereWords[t.Norm] })
	return rest, slices.DeleteFunc(others, func(o string) bool {
		norm := text.Normalize(o)
		return norm == asks || timed && whenWords[norm] || placed && askWhere[norm]
	})
}

// notDoing reports whether an Arabic word behind the one that asks is no verb of the past:
// a noun, a pronoun, a verb of the present or of being.
func notDoing(norm string) bool {
	return strings.HasPrefix(norm, "ال") || strings.HasPrefix(norm, "ي") || strings.HasPrefix(norm, "ت") || notVerbs[norm]
}

func isParticiple(t text.Term) bool {
	return len(t.Norm) > 4 && strings.HasSuffix(t.Norm, "ed") || participles[t.Norm]
}

var (
	englishAdverbs = text.WordSet("when where why how")
	arabicAdverbs  = text.WordSet("متى أين لماذا كيف")
	wasDone        = text.WordSet("was were")
	whereWords     = text.WordSet("in at near from to into on في إلى قرب عند على")
	whenWords      = text.WordSet("when متى")
	askWhere       = text.WordSet("where أين")
	notVerbs       = text.WordSet("كان كانت هو هي هم هذا هذه ذلك قد لم لن لا ليس مقر موقع موعد مكان عدد")
	participles    = text.WordSet("held built born found made sold sent given taken written won lost hit shot struck broken stolen begun")
)

// whoDid are questions of who did what a line begins with that is not shown: "Szymon Marciniak
// refereed the final" makes "Who refereed the final?".
func (w *workshop) whoDid() (all []Question) {
	for i := range w.lines {
		l := &w.lines[i]
		if l.shown || l.title || !l.article.Quoted || l.article.Language != w.Language || len(l.names) == 0 {
			continue
		}
		var deed string
		n := l.names[0]
		if w.Language == text.Arabic {
			deed = arabicDeed(l, n)
		} else {
			deed = englishDeed(l, n)
		}
		if deed != "" {
			all = append(all, Question{Text: deed, Article: l.article.ID, form: facts, names: n.stems})
		}
	}
	return all
}

const (
	// mostDeed and leastDeed are of how many words a deed is.
	mostDeed, leastDeed = 9, 3
)

// englishDeed is who did what somebody of full name did at the beginning of a sentence.
func englishDeed(l *line, n name) string {
	verb := n.last + 1
	if n.first != 0 || n.last < 1 || !l.beside(verb) || !isPast(l.words[verb].Norm) {
		return ""
	}
	end := clauseEnd(l, verb, englishBreaks)
	if end-verb < leastDeed || end-verb > mostDeed || !definite(l, verb+1, end) {
		return ""
	}
	return "Who " + l.text[l.words[verb].Start:l.words[end-1].End] + "?"
}

// arabicDeed is englishDeed for Arabic, where the verb comes before the name.
func arabicDeed(l *line, n name) string {
	if n.first != 1 || n.last < 2 || n.text == "" || !l.beside(1) || isAttached(l, 1) {
		return ""
	}
	verb, _ := strings.CutPrefix(l.text[l.words[0].Start:l.words[0].End], "و")
	norm := text.Normalize(verb)
	if notVerbs[norm] || arabicSaying[norm] || strings.HasSuffix(norm, "ت") || strings.HasPrefix(norm, "ي") || strings.HasPrefix(norm, "ال") || len([]rune(norm)) < 3 {
		return ""
	}
	end := clauseEnd(l, n.last, arabicBreaks)
	if end-n.last-1 < leastDeed || end-n.last > mostDeed {
		return ""
	}
	for _, t := range l.words[n.last+1 : end] {
		if pointsBack(l.text[t.Start:t.End]) {
			return ""
		}
	}
	return "من الذي " + verb + " " + l.text[l.words[n.last+1].Start:l.words[end-1].End] + "؟"
}

// pointsBack reports whether an Arabic word ends as one with a pronoun does.
func pointsBack(written string) bool {
	for _, end := range [...]string{"ه", "ها", "هم", "هما"} {
		if strings.HasSuffix(written, end) {
			return true
		}
	}
	return false
}

// clauseEnd is the first word behind the i-th that begins another clause, or follows
// punctuation.
func clauseEnd(l *line, i int, breaks map[string]bool) int {
	for i++; i < len(l.words); i++ {
		norm := l.words[i].Norm
		if breaks[norm] || !l.beside(i) || text.Detect(norm) == text.Arabic && strings.HasPrefix(norm, "و") && len([]rune(norm)) > 4 {
			break
		}
	}
	return i
}

// definite reports whether some words name something, and point back at nothing.
func definite(l *line, from, to int) bool {
	names := false
	for i := from; i < to; i++ {
		norm := l.words[i].Norm
		if pronouns[norm] {
			return false
		}
		names = names || norm == "the" || isCapital(l.text[l.words[i].Start:])
	}
	return names
}

func isPast(norm string) bool {
	return len(norm) > 4 && strings.HasSuffix(norm, "ed") && !englishSaying[norm] || pasts[norm]
}

var (
	pasts         = text.WordSet("won lit led took made gave beat became built wrote broke sank shot struck left set cut hit drew ran lost bought sold founded")
	englishSaying = text.WordSet("added warned replied stated declared claimed reported announced urged called noted insisted argued explained wanted hoped refused expected failed seemed needed")
	englishBreaks = text.WordSet("and but while aged amid despite following after before when where who which that as because although so since until with")
	arabicBreaks  = text.WordSet("الذي التي الذين حيث بعد قبل عندما فيما بينما لكن غير كما إذ أن إن أنه أنها بعدما قبيل خلال و")
	pronouns      = text.WordSet("he she it they him her them his hers its their this that these those there here i we you us our my your himself itself themselves such")
	arabicSaying  = text.WordSet("قال أعلن أكد أضاف ذكر صرح أوضح أشار رأى اعتبر حذر نفى كشف أفاد دعا طالب أعرب شدد لفت بين تابع وصف زعم نقل كتب")
)
