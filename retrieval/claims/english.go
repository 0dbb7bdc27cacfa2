package claims

import "strings"

// englishClaim is [Of] for English; at is the word that says so.
func (r *reader) englishClaim() (c Claim, at int, ok bool) {
	if c, ok := r.englishScript(); ok {
		return c, len(r.words), true
	}
	for i := range r.words {
		if r.quoted[i] {
			continue
		}
		if r.norm(i) == "according" && r.norm(i+1) == "to" {
			if c, ok := r.accordingTo(i + 2); ok {
				return c, i, true
			}
		}
		if c, ok := r.englishVerb(i); ok {
			return c, i, true
		}
	}
	return Claim{}, 0, false
}

// englishScript is "Lavrov: "We will see"": a few words, a colon and a quotation.
func (r *reader) englishScript() (Claim, bool) {
	const most = 6
	for i := 1; i < len(r.words) && i <= most; i++ {
		gap := r.gap(i)
		if strings.Contains(gap, ":") {
			speaks := r.marked(i) && !r.quoted[i-1] && r.capital(0)
			for k := range i {
				speaks = speaks && !englishSaying[r.norm(k)].known()
			}
			return Claim{Kind: Says, Speaker: r.span(phrase{0, i})}, speaks && !r.hasFinite(phrase{0, i})
		}
		if r.breaks(i) {
			break
		}
	}
	return Claim{}, false
}

// accordingTo reads the noun phrase at the i-th word, behind "according to".
func (r *reader) accordingTo(i int) (Claim, bool) {
	if word := r.norm(i); word == "" || schemes[word] || schemes[r.norm(i+1)] && determiners[word] {
		return Claim{}, false
	}
	if pronouns[r.norm(i)] {
		return Claim{Kind: Says, Elsewhere: true, Pronoun: r.norm(i)}, true
	}
	return Claim{Kind: Says, Speaker: r.span(r.phraseAt(i))}, true
}

// phraseAt is the noun phrase that begins at the i-th word.
func (r *reader) phraseAt(i int) phrase {
	p := phrase{i, i}
	for p.end < len(r.words) && p.end-i < MaxSpeaker {
		k := p.end
		if k > i && (r.breaks(k) || r.endsPhrase(k)) {
			break
		}
		p.end++
	}
	for p.end > i+1 && (dangling[r.norm(p.end-1)] || determiners[r.norm(p.end-1)] || issued[r.norm(p.end-1)]) {
		p.end--
	}
	return p
}

// endsPhrase reports whether the k-th word cannot belong to the noun phrase before it.
func (r *reader) endsPhrase(k int) bool {
	word := r.norm(k)
	if word == "in" && r.norm(k+1) == "charge" {
		return false
	}
	if word == "in" || word == "at" {
		return !r.capital(k+1) || englishDates[r.norm(k+1)] // "officials in Cairo"
	}
	return afterPhrase[word] || englishAux[word] || englishDates[word] || r.digit(k) || englishSaying[word].known() || pronouns[word]
}

// englishVerb reads the claim whose verb of saying is the i-th word.
func (r *reader) englishVerb(i int) (Claim, bool) {
	v := englishSaying[r.norm(i)]
	if !v.known() || !r.complements(i, v) || r.negated(i) {
		return Claim{}, false
	}
	if r.norm(i) == "saying" && r.norm(i-1) == "as" {
		return r.quotedAs(i - 1)
	}
	if v.form == participle {
		if !r.breaks(i) || r.marked(i) {
			return Claim{}, false
		}
		return r.by(v.kind, r.englishSubject(i))
	}
	if !r.breaks(i) && passive[r.norm(r.beforeAdverbs(i))] || reduced[r.norm(i)] && r.norm(i+1) == "by" {
		return r.passiveClaim(i, v)
	}
	if !r.breaks(i) && (determiners[r.norm(i-1)] || v.form == base && unbased[r.norm(i-1)]) {
		return Claim{}, false
	}
	if p, ok := r.inverted(i); ok {
		return r.by(v.kind, p)
	}
	return r.active(i, v)
}

// by is a claim of whom a phrase names.
func (r *reader) by(kind Kind, p phrase) (Claim, bool) {
	c := Claim{Kind: kind}
	switch {
	case p.empty(): // nobody can be named
	case nobody[r.norm(p.first)]:
		return Claim{}, false
	case p.end-p.first == 1 && pronouns[r.norm(p.first)]:
		c.Elsewhere, c.Pronoun = true, r.norm(p.first)
	default:
		c.Speaker = r.span(p)
	}
	return c, true
}

// passiveClaim is "was announced by the ministry"; "is said to be" is nobody's.
func (r *reader) passiveClaim(i int, v verb) (Claim, bool) {
	if r.norm(i+1) != "by" || r.breaks(i+1) || !reduced[r.norm(i)] {
		return Claim{}, false
	}
	return r.by(v.kind, r.phraseAt(i+2))
}

// complements reports whether what follows a verb, or stands before it, can be what is
// said.
func (r *reader) complements(i int, v verb) bool {
	next := r.norm(i + 1)
	if next == "to" && v.form == finite && r.breaks(i) && !r.marked(i) {
		return false // "the ships, said to be ready"
	}
	if unsaid[r.norm(i)][next] || v.form == finite && r.norm(i) == "claimed" && r.digit(i+1) {
		return false
	}
	switch r.norm(i) {
	case "claims":
		return !r.breaks(i) && (pronouns[r.norm(i-1)] || r.capital(i-1) && !adjective(r.norm(i-1)))
	case "claimed":
		return speechStarts[next] || r.marked(i) || r.marked(i+1) || next == "responsibility" || r.finiteSoon(i+1)
	case "described":
		return r.wordSoon(i+1, "as")
	case "accused":
		return r.wordSoon(i+1, "of")
	case "told":
		return next != "" && !r.breaks(i+1) || r.marked(i+1)
	}
	return !v.weak || speechStarts[next] || r.marked(i) || r.saidBefore(i) || r.marked(i+1) || strings.Contains(r.gap(i+1), ":") ||
		determiners[next] && r.finiteSoon(i+2) || next == "to" && promising[r.norm(i)]
}

// saidBefore reports whether what is said stands before the verb at i and its subject:
// "…," Graham added; "prices fell, the bank noted."
func (r *reader) saidBefore(i int) bool {
	k := i
	for k > 0 && !r.breaks(k) {
		k--
	}
	return k > 3 && k < i && (r.marked(k) || strings.Contains(r.gap(k), ",") && r.breaks(i+1))
}

// adjective reports whether a word is of a people more likely than a country: "Russian".
func adjective(norm string) bool {
	for _, ending := range [...]string{"ian", "ean", "ican", "ish", "ese", "ench", "eli", "aqi", "emeni", "audi", "utch", "yrian"} {
		if strings.HasSuffix(norm, ending) {
			return true
		}
	}
	return false
}

// wordSoon reports whether a word comes in the same clause.
func (r *reader) wordSoon(i int, word string) bool {
	const most = 12
	for k := i; k < len(r.words) && k < i+most; k++ {
		if r.norm(k) == word {
			return true
		}
	}
	return false
}

// finiteSoon reports whether a clause begins at the i-th word.
func (r *reader) finiteSoon(i int) bool {
	const most = 8
	for k := i; k < len(r.words) && k < i+most && (k == i || !r.breaks(k)); k++ {
		if englishAux[r.norm(k)] {
			return true
		}
	}
	return false
}

// negated reports whether the verb at i is denied, or only possible: "did not say".
func (r *reader) negated(i int) bool {
	const most = 3
	for k := i - 1; k >= 0 && i-k <= most && !r.breaks(k+1); k-- {
		word := r.norm(k)
		if denying[word] || strings.HasSuffix(word, "n't") || strings.HasSuffix(word, "n’t") {
			return true
		}
		if modal[word] && (i-k == 1 || i-k == 2 && word != "to") && !r.capital(k) {
			return true
		}
	}
	return false
}

// beforeAdverbs is the last word before the i-th that is no adverb: "was also said".
func (r *reader) beforeAdverbs(i int) int {
	k := i - 1
	for k >= 0 && !r.breaks(k+1) && (adverbs[r.norm(k)] || strings.HasSuffix(r.norm(k), "ly") && !r.capital(k)) {
		k--
	}
	return k
}

// inverted is the noun phrase behind a verb that stands behind what was said: "…," said
// the mayor. Behind a comma alone it must be all that follows.
func (r *reader) inverted(i int) (phrase, bool) {
	if !r.breaks(i) || i == 0 || i+1 >= len(r.words) || r.breaks(i+1) || englishDates[r.norm(i+1)] {
		return phrase{}, false
	}
	if !r.capital(i+1) && !determiners[r.norm(i+1)] && !r.marked(i) {
		return phrase{}, false
	}
	if speechStarts[r.norm(i+1)] || prepositions[r.norm(i+1)] {
		return phrase{}, false
	}
	if v := englishSaying[r.norm(i)]; !r.marked(i) && (v.kind != Says || transitives[r.norm(i)]) {
		return phrase{}, false // "Haddad, the mayor, announced a loan."
	}
	p := r.phraseAt(i + 1)
	if r.marked(i) {
		return p, !p.empty()
	}
	return p, !p.empty() && r.breaks(p.end) && !r.hasFinite(p)
}

// hasFinite reports whether a phrase has a verb, so that it is none.
func (r *reader) hasFinite(p phrase) bool {
	for k := p.first; k < p.end; k++ {
		if (englishAux[r.norm(k)] || englishPast[r.norm(k)]) && !r.capital(k) {
			return true
		}
	}
	return false
}
