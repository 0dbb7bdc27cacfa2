package claims

import "strings"

// active is the claim of the noun phrase before the verb at i.
func (r *reader) active(i int, v verb) (Claim, bool) {
	k := r.beforeAdverbs(i)
	k = r.beforeDate(k)
	k = r.beforeAdverbs(k + 1)
	if k < 0 {
		return Claim{}, false // it begins with the verb, as an order does
	}
	if r.breaks(k + 1) {
		return r.apart(k+1, v)
	}
	switch r.norm(k) {
	case "and", "but", "then", "or":
		return r.by(v.kind, r.englishSubject(k))
	}
	p := phrase{k, k + 1}
	for p.first > 0 && !r.breaks(p.first) && !clauses[r.norm(p.first-1)] {
		p.first--
	}
	if relative[r.norm(p.first-1)] && !r.breaks(p.first) && p.first > 1 && r.finite(p.first) {
		p = phrase{p.first - 1, p.first - 1} // "a spokesman who declined to be named said"
		for p.first > 0 && (p.first == p.end || !r.breaks(p.first)) && !clauses[r.norm(p.first-1)] {
			p.first--
		}
	}
	if p.first > 0 && !r.breaks(p.first) && subordinate[r.norm(p.first-1)] || relative[r.norm(k)] || relative[r.norm(p.first)] {
		return Claim{}, false
	}
	return r.by(v.kind, r.trimmed(r.lastClause(p)))
}

// beforeDate skips a day of the week before the verb: "Biden on Friday said".
func (r *reader) beforeDate(k int) int {
	if k < 1 || r.breaks(k+1) || !weekdays[r.norm(k)] {
		return k
	}
	k--
	if r.norm(k) == "on" && !r.breaks(k+1) {
		k--
	}
	return k
}

// apart is the claim of a verb that something stands before: "Lavrov, the foreign
// minister, said". Its subject is the first part of the sentence, behind the last
// quotation, that can be one.
func (r *reader) apart(i int, v verb) (Claim, bool) {
	from := 0
	for k := i - 1; k > 0; k-- {
		if r.marked(k) || strings.ContainsAny(r.gap(k), ";:") {
			from = k
			break
		}
	}
	if r.marked(i) {
		from = i
	}
	for from < i {
		p := phrase{from, from + 1}
		for p.end < i && !r.breaks(p.end) {
			p.end++
		}
		if q := r.trimmed(p); !q.empty() && !r.aside(q) && !r.hasFinite(q) {
			return r.by(v.kind, r.withName(q, i))
		}
		from = p.end
	}
	return r.by(v.kind, phrase{})
}

// withName goes on with a phrase that describes, "the owner", "Iran's minister", up to the
// name between the commas behind it, which must end before the end-th word.
func (r *reader) withName(p phrase, end int) phrase {
	const most = 5 // words of a name
	first, last := p.end, p.end
	if strings.TrimSpace(r.gap(first)) != "," || !determiners[r.norm(p.first)] && r.capital(p.end-1) {
		return p
	}
	for last < end && (last == first || !r.breaks(last)) {
		if !r.capital(last) && !particles[r.norm(last)] || englishDates[r.norm(last)] {
			return p
		}
		last++
	}
	if last == first || last-first > most || last-p.first > MaxSpeaker || strings.TrimSpace(r.gap(last)) != "," {
		return p
	}
	return phrase{p.first, last}
}

// quotedAs is the claim of "quoted the doctor as saying" and "was quoted as saying", whose
// "as" is the i-th word.
func (r *reader) quotedAs(i int) (Claim, bool) {
	for k := i - 1; k > 0 && i-k <= MaxSpeaker+1; k-- {
		if r.norm(k) != "quoted" && r.norm(k) != "cited" {
			continue
		}
		if k+1 < i {
			return r.by(Says, r.trimmed(phrase{k + 1, i}))
		}
		return r.by(Says, r.englishSubject(r.beforeAdverbs(k)+1))
	}
	return Claim{}, false
}

// aside reports whether a part of a sentence is no subject: "who was there", "speaking
// first".
func (r *reader) aside(p phrase) bool {
	first := r.norm(p.first)
	return relative[first] || subordinate[first] || clauses[first] || prepositions[first] ||
		strings.HasSuffix(first, "ing") || strings.HasSuffix(first, "ed") && !r.capital(p.first) || englishDates[first] || r.digit(p.first)
}

// lastClause drops from a phrase a clause that "and" joins to it: "five died and police".
func (r *reader) lastClause(p phrase) phrase {
	verb := -1
	for k := p.first; k < p.end; k++ {
		word := r.norm(k)
		ed := strings.HasSuffix(word, "ed") && len(word) > 4 && !r.capital(k) && k > p.first && !determiners[r.norm(k-1)] && r.gap(k) == " "
		switch {
		case (englishAux[word] || englishPast[word]) && !r.capital(k), ed:
			verb = k
		case (word == "and" || word == "but") && verb >= 0 && k > verb:
			p.first, verb = k+1, -1
		}
	}
	if verb >= 0 && englishAux[r.norm(verb)] {
		return phrase{}
	}
	return p
}

// trimmed drops from a phrase what leads over to it, "meanwhile", "on Friday", "in a
// statement", and what goes beyond [MaxSpeaker] words. It is empty when what remains may
// not be who speaks.
func (r *reader) trimmed(p phrase) phrase {
	for !p.empty() && (openers[r.norm(p.first)] || englishDates[r.norm(p.first)]) {
		p.first++
	}
	if !p.empty() && prepositions[r.norm(p.first)] {
		p = r.afterSetting(p)
	}
	for k := p.first + 1; k < p.end; k++ {
		if (r.norm(k) == "in" || r.norm(k) == "on") && settings[r.norm(k+1)] || r.norm(k) == "during" {
			p.end = k // "the ministry in a statement"
		}
	}
	for p.end-p.first > MaxSpeaker {
		p.end--
		for p.end > p.first && !prepositions[r.norm(p.end)] && p.end-p.first > 1 {
			p.end--
		}
	}
	if p.end-p.first == 1 && (determiners[r.norm(p.first)] || r.digit(p.first)) {
		return phrase{}
	}
	return p
}

// afterSetting drops the preposition that a phrase begins with and what belongs to it: it
// ends before an article, or where capitals begin or end.
func (r *reader) afterSetting(p phrase) phrase {
	k := p.first + 1
	if determiners[r.norm(k)] {
		k++
	}
	for k++; k < p.end; k++ {
		switch {
		case englishDates[r.norm(k)], r.digit(k):
		case determiners[r.norm(k)], r.capital(k) != r.capital(k-1) && !prepositions[r.norm(k)] && r.norm(k-1) != "of":
			return phrase{k, p.end}
		case englishDates[r.norm(k-1)] || r.digit(k-1):
			return phrase{k, p.end}
		}
	}
	return phrase{}
}

// englishSubject is the noun phrase that the sentence begins with, before its verb, which
// comes before the end-th word.
func (r *reader) englishSubject(end int) phrase {
	from := 0
	for from < end {
		p := phrase{from, from}
		for p.end < end && (p.end == from || !r.breaks(p.end)) {
			p.end++
		}
		for k := p.first + 1; k < p.end; k++ {
			if r.finite(k) {
				return r.subjectOf(phrase{p.first, k})
			}
		}
		if q := r.trimmed(p); !q.empty() && !r.aside(q) && p.end < end {
			// The verb comes behind what stands between commas.
			return r.subjectOf(q)
		}
		from = max(p.end, from+1)
	}
	return phrase{}
}

// subjectOf is a phrase that can be a subject: it has a capital or an article.
func (r *reader) subjectOf(p phrase) phrase {
	p = r.trimmed(p)
	for !p.empty() && adverbs[r.norm(p.end-1)] {
		p.end--
	}
	if p.empty() || r.aside(p) || r.hasFinite(p) || !r.capital(p.first) && !determiners[r.norm(p.first)] && !pronouns[r.norm(p.first)] {
		return phrase{}
	}
	return p
}

// finite reports whether the k-th word is the verb of a clause.
func (r *reader) finite(k int) bool {
	word := r.norm(k)
	if r.capital(k) {
		return false
	}
	return englishAux[word] || englishPast[word] || englishSaying[word].form == finite && englishSaying[word].known() ||
		strings.HasSuffix(word, "ed") && len(word) > 4 && r.gap(k) == " " && !determiners[r.norm(k-1)]
}
