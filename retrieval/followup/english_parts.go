package followup

import "strings"

// A parsed is how an English question is made.
type parsed struct {
	asker     int // place of the word that asks; -1 for none
	begins    int // place of what belongs to it before: "in which"
	head      int // place of a noun behind it: "how many people"; -1 for none
	auxiliary int // place of the auxiliary that follows; -1 for none
	rest      int // place of what follows all that
	after     int // in Arabic, the same with the verb "to be"
}

func (q *asked) parse() parsed {
	p := parsed{asker: -1, begins: q.skip(0, leads), head: -1, auxiliary: -1}
	p.rest = p.begins
	i := p.begins
	if prepositions[q.word(i)] && askers[q.word(i+1)] {
		i++
	}
	if !askers[q.word(i)] {
		if auxiliaries[q.word(i)] {
			p.auxiliary, p.rest = i, i+1
		}
		return p
	}
	p.asker, p.rest = i, i+1
	if q.words[i].Norm != q.word(i) || strings.HasSuffix(q.word(i), "s") && q.word(i) != "whose" { // "who's"
		p.auxiliary = i
		return p
	}
	return q.parseHead(p)
}

// parseHead reads on behind the word that asks.
func (q *asked) parseHead(p parsed) parsed {
	w := q.word(p.asker)
	i := p.asker + 1
	if w == "how" && measures[q.word(i)] {
		i++
	}
	noun := w == "which" || w == "what" || w == "whose" || w == "how" && counts[q.word(i-1)]
	for k := i; k < min(i+4, len(q.words)); k++ {
		if auxiliaries[q.word(k)] {
			if k > i {
				p.head = i
			}
			p.auxiliary, p.rest = k, k+1
			return p
		}
		if !noun {
			break
		}
	}
	p.rest = i
	return p
}

// adverbial reports whether it asks for what is neither the subject nor the object.
func (q *asked) adverbial(p parsed) bool {
	w := q.word(p.asker)
	if w == "how" && p.begins == p.asker {
		return !counts[q.word(p.asker+1)]
	}
	return adverbs[w] || p.begins < p.asker
}

// substitute puts a bare asker in the place of what asked before.
func (q *asked) substitute(p *asked, start int) string {
	phrase := q.askPhrase(start)
	if p.arabic {
		return p.askInArabic(phrase)
	}
	if q.hasWord(start, "not") {
		p = p.negated()
	}
	return p.ask(phrase)
}

// negated is a question with "not" in it, as "Why not?" means it.
func (q *asked) negated() *asked {
	p := q.parse()
	if p.auxiliary < 0 || p.auxiliary == p.asker || !in(q.word(p.auxiliary), doing, be, negatable) {
		return q
	}
	verb := q.words[p.auxiliary]
	return read(q.analyzer, q.text[:verb.End]+"n't"+q.text[verb.End:])
}

// ask is the question with another phrase that asks.
func (q *asked) ask(phrase string) string {
	p := q.parse()
	_, titled := q.heading()
	if titled || p.auxiliary < 0 && p.asker < 0 {
		return q.topic() + ": " + phrase
	}
	if !asksAdverbially(phrase) {
		return q.askArgument(p, phrase)
	}
	aux := q.word(p.auxiliary)
	switch {
	case p.auxiliary == p.asker: // "who's"
		return q.topic() + ": " + phrase
	case p.auxiliary < 0:
		return q.cleft(p, phrase)
	case p.asker < 0, q.adverbial(p):
		return phrase + " " + lowered(q.from(p.auxiliary))
	case p.head < 0 && doing[aux] && q.word(p.asker) == "what" && strings.HasSuffix(phrase, " what"):
		return q.topic() + ": " + phrase
	case p.head >= 0 && doing[aux]:
		return phrase + " " + q.withObject(p)
	case p.head >= 0:
		return phrase + " " + q.span(p.auxiliary, p.auxiliary+1) + " " + q.span(p.head, p.auxiliary) + " " + q.from(p.rest)
	case q.word(p.asker) == "who":
		if doing[aux] {
			return phrase + " " + q.from(p.auxiliary)
		}
		if be[aux] && q.isParticiple(p.rest) {
			return phrase + " " + q.span(p.auxiliary, p.rest) + " someone " + q.from(p.rest)
		}
		return q.topic() + ": " + phrase
	case doing[aux]:
		return phrase + " " + q.withObject(p)
	}
	return phrase + " " + q.from(p.auxiliary)
}

// askArgument is the question with another subject or object that asks.
func (q *asked) askArgument(p parsed, phrase string) string {
	subject := p.asker >= 0 && !q.adverbial(p) && !doing[q.word(p.auxiliary)] && p.auxiliary != p.asker
	switch {
	case !subject:
		return q.topic() + ": " + phrase
	case p.auxiliary < 0 && strings.HasPrefix(phrase, "who") && counts[q.word(p.asker+1)]:
		return phrase + " " + q.from(p.rest+1) // without the noun that was counted
	case p.auxiliary < 0:
		return phrase + " " + q.from(p.rest)
	}
	return phrase + " " + q.from(p.auxiliary)
}

// asksAdverbially reports whether a phrase asks for what is neither the subject nor the
// object.
func asksAdverbially(phrase string) bool {
	first, rest, _ := strings.Cut(phrase, " ")
	next, _, _ := strings.Cut(rest, " ")
	switch first {
	case "how":
		return !counts[next] || strings.HasSuffix(phrase, " time")
	case "what", "which":
		return in(next, timeWords) || next == "time" || next == "date"
	}
	return adverbs[first] || prepositions[first]
}

// withObject puts what was asked for behind its verb: "did France win medals".
func (q *asked) withObject(p parsed) string {
	object := "that"
	if p.head >= 0 {
		object = q.span(p.head, p.auxiliary)
	}
	for i := p.rest + 2; i < len(q.words); i++ {
		if prepositions[q.word(i)] || q.startsTime(i) {
			return q.span(p.auxiliary, i) + " " + object + " " + q.from(i)
		}
	}
	return q.from(p.auxiliary) + " " + object
}

// startsTime reports whether the time that a question tells begins at i.
func (q *asked) startsTime(i int) bool {
	from, _, ok := q.time()
	return ok && (from == i || from == i+1 && in(q.word(i), fewWords))
}

// cleft asks of a question whose subject asked: "when did people die".
func (q *asked) cleft(p parsed, phrase string) string {
	if q.word(p.asker) == "what" && strings.HasPrefix(q.word(p.rest), "happen") {
		return phrase + " did it happen " + q.from(p.rest+1)
	}
	if s, ok := q.did(p); ok {
		return phrase + " " + s
	}
	return q.topic() + ": " + phrase
}

// englishTopic is what an English question is about.
func (q *asked) englishTopic() string {
	p := q.parse()
	if from, to, ok := q.thing(); ok && prepositions[q.word(from-1)] && q.vague(p.rest, from-1) {
		return q.span(from, max(to, q.afterTime(to)))
	}
	last := len(q.words) - 1
	if from, to, ok := q.thing(); ok && from == p.rest && to <= last && q.leavesOut(p, to) {
		return q.span(from, to)
	}
	if s, ok := q.role(); ok && s == q.span(p.rest, last) && q.leavesOut(p, last) {
		return s
	}
	switch {
	case p.asker < 0 && p.auxiliary < 0:
		return q.from(q.skip(p.begins, topicLeads))
	case p.head < 0 && in(q.word(p.rest), vagueSubjects) && q.word(p.auxiliary) == "did":
		return q.objectOf(p.rest + 1)
	case p.head < 0 && in(q.word(p.rest), vagueSubjects):
		return q.from(p.rest + 1)
	case q.word(p.asker) == "who" && strings.HasSuffix(q.word(p.rest), "ing"):
		return q.objectOf(p.rest)
	case p.head < 0 && q.word(p.auxiliary) == "did":
		return q.told(p)
	case p.head >= 0:
		return q.span(p.head, p.auxiliary) + " " + q.from(p.rest)
	case p.auxiliary < 0 && in(q.word(p.asker), askers) && !counts[q.word(p.asker+1)]:
		return q.objectOf(p.rest)
	case (prepositions[q.word(p.rest)] || q.word(p.rest) == "behind") && (determiners[q.word(p.rest+1)] || q.isName(p.rest+1)):
		return q.from(p.rest + 1) // "who was behind the attack"
	}
	return q.from(p.rest)
}

// leavesOut reports whether the words from i on, behind the subject, say nothing that
// belongs to what the question is about: "will the airport reopen".
func (q *asked) leavesOut(p parsed, i int) bool {
	if last := len(q.words) - 1; i == last && measuring[q.word(last)] {
		return true
	}
	if p.auxiliary < 0 || q.word(p.auxiliary) == "did" || len(q.words)-i > 2 {
		return false
	}
	for ; i < len(q.words); i++ {
		if in(q.word(i), prepositions, timeWords) || q.isName(i) || q.isParticiple(i) {
			return false
		}
	}
	return true
}

// vagueSubjects are what [asked.did] puts for a subject that is asked for.
var vagueSubjects = set("someone something")

// vague reports whether the words from the i-th to before the j-th would fit any event:
// "people died", "the latest".
func (q *asked) vague(i, j int) bool {
	for ; i < j; i++ {
		if w := q.word(i); !q.words[i].Stop && !in(w, generic, casualties, fillers) && w != "latest" && w != "news" {
			return false
		}
	}
	return true
}

// afterTime is the end of the time that begins at i, or i.
func (q *asked) afterTime(i int) int {
	if from, to, ok := q.time(); ok && (from == i || from == i+1 && prepositions[q.word(i)]) {
		return to
	}
	return i
}

// topicLeads begin what is no question: "tell me about the flood".
var topicLeads = phrases("about,what about,how about,tell me about,news about,news of,latest on,latest about,give me,show me,summary of,everything about,the latest on")

// objectOf is what follows the verb at i, when that is a name or has a determiner, and
// else all from the verb on.
func (q *asked) objectOf(i int) string {
	if baseOf[q.word(i)] == "" && baseOf[q.word(i+1)] != "" {
		i++ // "which team won the cup"
	}
	next := i + 1
	if prepositions[q.word(next)] && generic[q.word(i)] {
		next++
	}
	if determiners[q.word(next)] || q.isName(next) {
		return q.from(next)
	}
	return q.from(i)
}
