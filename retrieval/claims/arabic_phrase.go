package claims

import (
	"strings"
	"unicode/utf8"
)

// arabicPhrase is the noun phrase that begins at the i-th word: it is empty when none
// does. It ends where something else must begin: a particle, a preposition, a day, a
// verb, a noun of what happened, which can be no name.
func (r *reader) arabicPhrase(i int) phrase {
	if r.audience(i) {
		return phrase{i, i}
	}
	return r.phraseFrom(i)
}

// phraseFrom is the same behind a preposition that is written onto the i-th word.
func (r *reader) phraseFrom(i int) phrase {
	p := phrase{i, i}
	if i >= len(r.words) || r.stops(i) || deeds[r.norm(i)] || r.deed(i) || arabicRelative[r.norm(i)] || r.digitAlone(i) {
		return p
	}
	for p.end < len(r.words) && p.end-i < MaxSpeaker {
		k := p.end
		if k > i {
			if r.breaks(k) && !r.namedInMarks(k) || r.endsArabic(p, k) {
				break
			}
		} else if _, ok := r.saying(k); ok && arabicSaying[r.norm(k)].kind != "" {
			break
		}
		p.end++
	}
	for !p.empty() && (hanging[r.norm(p.end-1)] || r.stops(p.end-1)) {
		p.end--
	}
	return p
}

// digitAlone reports whether the i-th word is a number before no noun.
func (r *reader) digitAlone(i int) bool { return r.digit(i) && (i+1 >= len(r.words) || r.breaks(i+1)) }

// namedInMarks reports whether the mark before the k-th word opens or closes a name that
// is part of a phrase: «مجموعة «بريكس»».
func (r *reader) namedInMarks(k int) bool {
	gap := strings.TrimSpace(r.gap(k))
	if gap == "»" || gap == "”" || gap == `"` && strings.HasPrefix(r.gap(k), gap) {
		return true
	}
	if gap != "«" && gap != "“" && gap != `"` {
		return false
	}
	const most = 3
	for n := k + 1; n <= k+most && n <= len(r.words); n++ {
		if strings.ContainsAny(r.gap(n), "»”\"") {
			return n < len(r.words) && !strings.ContainsAny(r.gap(n), "،,.")
		}
	}
	return false
}

// endsArabic reports whether the k-th word cannot go on with a phrase.
func (r *reader) endsArabic(p phrase, k int) bool {
	word := r.norm(k)
	if callings[word] {
		return false // «المتحدث باسم»
	}
	if prepositionsOfPosts[word] && r.posted(p, k) {
		return false
	}
	if word == "في" && (sites[r.norm(k+1)] || states[r.norm(k+1)]) {
		return false
	}
	if spans[word] && whichSpan[r.norm(k+1)] || r.stops(k) || arabicDates[word] || r.digit(k) || r.audience(k) || arabicRelative[word] || r.adverbial(k) {
		return true
	}
	if strings.HasPrefix(word, "بال") && utf8.RuneCountInString(word) > 5 {
		return true
	}
	if r.saysOrActs(k) || r.possessed(k) {
		return true
	}
	if (deeds[word] || r.deed(k)) && !heads[r.norm(k-1)] {
		return true
	}
	if organs[r.norm(p.first)] && !r.joined(p) && !describes(word) && !purpose(word) && !strings.HasPrefix(word, "و") {
		return true
	}
	return r.whole(p) && !strings.HasPrefix(word, "و")
}

// purpose reports whether a word may say what a body is for, «الهيئة العليا للانتخابات»,
// and not to whom it speaks: «للمواطنين».
func purpose(word string) bool {
	return strings.HasPrefix(word, "لل") && !strings.HasSuffix(word, "ين") && !audiences["ال"+word[len("لل"):]]
}

// joined reports whether «و» joins something to what a phrase begins with.
func (r *reader) joined(p phrase) bool {
	for k := p.first + 1; k < p.end; k++ {
		if strings.HasPrefix(r.norm(k), "و") {
			return true
		}
	}
	return false
}

// describes reports whether a word may be the adjective of a noun with the article.
func describes(word string) bool {
	if !strings.HasPrefix(word, "ال") {
		return false
	}
	for _, ending := range [...]string{"ي", "يه", "يون", "يين", "يان", "يات"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return adjectives[word]
}

// deed reports whether the k-th word has the form of a noun of what happens, «إرسال»,
// «استدعاء», with a preposition or not.
func (r *reader) deed(k int) bool {
	const letters = 5
	written, norm := r.written(k), r.norm(k)
	if unlikeDeeds[norm] || states[norm] {
		return false
	}
	if strings.HasPrefix(written, "بإ") || strings.HasPrefix(norm, "است") && utf8.RuneCountInString(norm) > letters {
		return true
	}
	runes := []rune(norm)
	if len(runes) == letters && runes[0] == 'ت' && runes[3] == 'ي' && runes[1] != 'ا' && runes[4] != 'ن' && runes[4] != 'ت' {
		return true // «تعويض», «تشكيل»
	}
	return strings.HasPrefix(written, "إ") && len(runes) == letters && runes[3] == 'ا'
}

// saysOrActs reports whether the k-th word is a verb.
func (r *reader) saysOrActs(k int) bool {
	if _, ok := r.saying(k); ok {
		return true
	}
	word, _ := r.unjoined(k)
	return acting[word] || acting[r.norm(k)] || issuing[r.norm(k)]
}

// posted reports whether a preposition at k says where whom the phrase begins with is
// posted: «مسؤول في الوزارة», «السفير لدى تركيا», and not when or on which occasion.
func (r *reader) posted(p phrase, k int) bool {
	next := strings.TrimPrefix(r.norm(k+1), "ال")
	if occasions[next] || arabicDates[r.norm(k+1)] || r.digit(k+1) || r.stops(k+1) {
		return false
	}
	for n := p.first; n < k && n < p.first+3; n++ {
		if posts[strings.TrimPrefix(r.norm(n), "ال")] {
			return true
		}
	}
	return false
}

// audience reports whether the k-th word is to whom something is said: «لرويترز».
func (r *reader) audience(k int) bool {
	word := r.norm(k)
	if rest, ok := strings.CutPrefix(word, "لل"); ok {
		return audiences["ال"+rest] || audiences[rest]
	}
	rest, ok := strings.CutPrefix(word, "ل")
	return ok && audiences[rest]
}

// adverbial reports whether the k-th word is in the indefinite accusative, «رسميًا», in
// which no speaker is.
func (r *reader) adverbial(k int) bool {
	return strings.ContainsRune(r.written(k), '\u064b') || adverbials[r.norm(k)]
}

// possessed reports whether a pronoun is written onto the k-th word, «نظيره», «دعمها»: it
// is spoken of and does not speak.
func (r *reader) possessed(k int) bool {
	word := strings.TrimRight(r.written(k), "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
	n := utf8.RuneCountInString(word)
	if endingNames[r.norm(k)] {
		return false
	}
	return n > 3 && strings.HasSuffix(word, "ه") && !strings.HasSuffix(word, "الله") || n > 4 && (strings.HasSuffix(word, "ها") || strings.HasSuffix(word, "هما")) ||
		n > 5 && strings.HasSuffix(word, "هم")
}

// whole reports whether a phrase is the whole name of a state, a capital or the like,
// which nothing goes on with but «و».
func (r *reader) whole(p phrase) bool {
	switch p.end - p.first {
	case 1:
		return states[r.norm(p.first)]
	case 2:
		return unions[r.norm(p.first)+" "+r.norm(p.first+1)]
	}
	return false
}

// definite reports whether the i-th word has the article.
func (r *reader) definite(i int) bool { return strings.HasPrefix(r.norm(i), "ال") && !r.breaks(i) }

// arabicSubject is the subject of the verb that a sentence begins with, or of «أما»,
// before the end-th word. Only verbs that have no object before what is said of it are
// sure.
func (r *reader) arabicSubject(end int) phrase {
	for i := 0; i < end && i < 4; i++ {
		word, _ := r.unjoined(i)
		switch {
		case word == "اما" || r.norm(i) == "اما":
			return r.within(i+1, end)
		case intransitive[word] || intransitive[r.norm(i)]:
			return r.within(i+1, end)
		case acting[word] || acting[r.norm(i)]:
			if p := r.within(i+1, end); r.whole(p) {
				return p
			}
			return phrase{}
		case !arabicOpeners[r.norm(i)] && !arabicOpeners[word]:
			return phrase{}
		}
	}
	return phrase{}
}

// within is the phrase at i when it ends before the end-th word.
func (r *reader) within(i, end int) phrase {
	p := r.arabicPhrase(i)
	if p.end > end || p.end-p.first > MaxSpeaker/2 || p.end < len(r.words) && r.norm(p.end) == "" {
		return phrase{}
	}
	return p
}
