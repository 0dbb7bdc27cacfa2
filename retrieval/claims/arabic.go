package claims

import (
	"strings"
	"unicode/utf8"
)

// arabicClaim is [Of] for Arabic; at is the word that says so.
func (r *reader) arabicClaim() (c Claim, at int, ok bool) {
	if c, ok := r.arabicScript(); ok {
		return c, len(r.words), true
	}
	for i := range r.words {
		if r.quoted[i] {
			continue
		}
		for _, read := range [...]func(int) (Claim, bool){r.sourced, r.stated, r.arabicVerb, r.arabicParticiple} {
			if c, ok := read(i); ok {
				return c, i, true
			}
		}
	}
	return Claim{}, 0, false
}

// arabicScript is «لافروف: «سنرى»»: a few words, a colon and a quotation.
func (r *reader) arabicScript() (Claim, bool) {
	const most = 6
	for i := 1; i < len(r.words) && i <= most; i++ {
		if strings.Contains(r.gap(i), ":") {
			before := phrase{0, i}
			for k := range i {
				if _, ok := r.saying(k); ok || r.stops(k) {
					return Claim{}, false
				}
			}
			return Claim{Kind: Says, Speaker: r.span(before)}, r.marked(i) && !r.quoted[i-1]
		}
		if r.breaks(i) {
			break
		}
	}
	return Claim{}, false
}

// unjoined is the i-th word without the conjunction that may be written onto it.
func (r *reader) unjoined(i int) (word string, joined bool) {
	word = r.norm(i)
	for _, conjunction := range [...]string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(word, conjunction); ok && utf8.RuneCountInString(rest) > 1 {
			return rest, true
		}
	}
	return word, false
}

// saying returns the verb of saying that the i-th word is, with or without a conjunction.
func (r *reader) saying(i int) (v arabicSay, ok bool) {
	if v, ok = arabicSaying[r.norm(i)]; ok {
		return v, true
	}
	word, joined := r.unjoined(i)
	if joined {
		v, ok = arabicSaying[word]
	}
	return v, ok
}

// sourced is «بحسب الوزارة», «وفقا للوزارة», «نقلا عن الوزارة».
func (r *reader) sourced(i int) (Claim, bool) {
	word := r.norm(i)
	if !sources[word] {
		if word, _ = r.unjoined(i); !sources[word] {
			return Claim{}, false
		}
	}
	at := i + 1
	switch word {
	case "نقلا":
		if r.norm(at) != "عن" {
			return Claim{}, false
		}
		at++
	case "حد":
		if r.norm(i-1) != "علي" || !wordings[r.norm(at)] {
			return Claim{Kind: Says, Elsewhere: true}, wordingsOf[r.norm(at)] && r.norm(i-1) == "علي"
		}
		at++
	case "وفقا", "طبقا":
		if !strings.HasPrefix(r.norm(at), "ل") {
			return Claim{}, false
		}
	}
	first := r.norm(at)
	if r.breaks(at) || at >= len(r.words) || first == "ما" || first == "لما" || arabicScheme(first) {
		return Claim{}, false // what a verb behind it says is read there
	}
	if wordingsOf[strings.TrimPrefix(first, "ل")] {
		return Claim{Kind: Says, Elsewhere: true}, true
	}
	if wordings[strings.TrimPrefix(first, "ل")] && !r.breaks(at+1) && !r.stops(at+1) {
		at++ // «بحسب تصريحات الوزير»
	}
	p := r.phraseFrom(at)
	c := Claim{Kind: Says, Speaker: r.span(p)}
	if to := r.written(at); strings.HasPrefix(to, "ل") && !strings.HasPrefix(to, "لل") && (word == "وفقا" || word == "طبقا") {
		c.Speaker.Start += len("ل")
	}
	return c, !p.empty()
}

// arabicScheme reports whether a word is what things go by and nobody who speaks:
// «وفق مبدأ», «وفقا للقانون».
func arabicScheme(norm string) bool {
	for _, clitic := range [...]string{"", "لل", "ال", "ل"} {
		if rest, ok := strings.CutPrefix(norm, clitic); ok && arabicSchemes[rest] {
			return true
		}
	}
	return false
}

// stated is «وجاء في بيان الوزارة أن»: what a document says.
func (r *reader) stated(i int) (Claim, bool) {
	word, _ := r.unjoined(i)
	if !standing[word] && !standing[r.norm(i)] || r.norm(i+1) != "في" || !documents[strings.TrimPrefix(r.norm(i+2), "ال")] {
		return Claim{}, false
	}
	p := r.arabicPhrase(i + 2)
	return Claim{Kind: Says, Speaker: r.span(p)}, !p.empty() && r.wordSoon(p.end, "ان")
}

// arabicVerb reads the claim whose verb of saying is the i-th word.
func (r *reader) arabicVerb(i int) (Claim, bool) {
	v, ok := r.saying(i)
	if !ok || r.deniedArabic(i, v) || strings.Contains(r.written(i), "\u064f") && !v.present {
		return Claim{}, false // «ذُكر»: it does not say by whom
	}
	before := r.norm(i - 1)
	_, joined := r.unjoined(i)
	_, exact := arabicSaying[r.norm(i)]
	switch {
	case arabicRelative[before] && !r.breaks(i):
		return Claim{}, false
	case before == "وقد" || before == "فقد" || before == "لقد":
	case before == "قد":
		if p, ok := r.wasSaying(i - 1); ok {
			if v.weak && !r.arabicSpeech(i+1, v) {
				return Claim{}, false
			}
			return r.arabicBy(i, v, p)
		}
	case i == 0, joined && !exact, r.breaks(i), butThat(r.norm(i-2), before), leadIns[before], leadIns[strings.TrimPrefix(before, "و")], v.suffixed:
	default:
		return r.subjectFirst(i, v)
	}
	if p, ok := r.topic(i); ok {
		return r.arabicBy(i, v, p)
	}
	return r.verbFirst(i, v)
}

// butThat is «غير أنه» and «إلا أنها».
func butThat(first, second string) bool {
	return (first == "غير" || first == "الا" || first == "بيد") && strings.HasPrefix(second, "ان") && thats[second]
}

// deniedArabic reports whether the verb at i is denied, or only possible.
func (r *reader) deniedArabic(i int, v arabicSay) bool {
	if i == 0 || r.breaks(i) {
		return false
	}
	before, _ := r.unjoined(i - 1)
	if before == "ما" {
		led := strings.TrimPrefix(r.norm(i-2), "و")
		return !sources[r.norm(i-2)] && !sources[led] && led != "هذا" && led != "هو"
	}
	return arabicDenying[before] || v.present && irrealis[before]
}

// verbFirst reads the noun phrase behind the verb at i.
func (r *reader) verbFirst(i int, v arabicSay) (Claim, bool) {
	if v.relays {
		return r.relayed(i)
	}
	at := i + 1
	if backs[r.norm(at)] {
		at++ // «وفقا لما أفادت به الشركة»
	}
	p := r.arabicPhrase(at)
	if p.empty() || r.breaks(at) || joinedAfter(r, i) && r.accusative(at) {
		p = phrase{at, at}
	}
	if v.with == "بـ" {
		return r.promised(i, p, v)
	}
	if v.with == "ب" {
		return r.transitive(p, v)
	}
	behind := i > 3 && !p.empty() && (r.breaks(i) || leadIns[r.norm(i-1)]) && r.breaks(p.end) && v.with == ""
	if v.weak && !behind && !r.arabicSpeech(p.end, v) {
		return Claim{}, false
	}
	if !p.empty() && r.possessed(p.first) && !r.arabicSpeech(p.end, arabicSay{}) {
		return Claim{}, false // «أكد فوزه مكانته»
	}
	if r.norm(i) == "يذكر" || r.norm(i) == "ويذكر" {
		return Claim{}, false // «يذكر أن»: it is worth knowing
	}
	if p.empty() && !v.weak && !r.leavesOut(i+1) && r.opensSentence(i) {
		return Claim{Kind: v.kind, Elsewhere: deeds[r.norm(i+1)] || r.deed(i+1)}, true
	}
	return r.arabicBy(i, v, p)
}

// transitive is «اتهمت الوزارة الشركة بالتقصير»: where its subject ends and its object
// begins is only sure of what is whole.
func (r *reader) transitive(p phrase, v arabicSay) (Claim, bool) {
	const most = 10
	for k := p.first; k < len(r.words) && k < p.first+most && (k == p.first || !r.breaks(k)); k++ {
		if word := r.norm(k); strings.HasPrefix(word, "ب") && k > p.first && (k >= p.end || !r.definite(k)) || thats[word] {
			c := Claim{Kind: v.kind, Elsewhere: p.empty()}
			switch {
			case r.whole(p):
				c.Speaker = r.span(p)
			case !p.empty():
				c.Begins = r.words[p.first].Start
			}
			return c, true
		}
	}
	return Claim{}, false
}

// leavesOut reports whether the word behind a verb shows that its subject is left out.
func (r *reader) leavesOut(k int) bool {
	return k >= len(r.words) || r.stops(k) || r.breaks(k) || r.audience(k)
}

// arabicBy is a claim of whom a phrase names, or of whoever the subject of the sentence
// is.
func (r *reader) arabicBy(i int, v arabicSay, p phrase) (Claim, bool) {
	if !p.empty() {
		if r.isNobody(p) {
			return Claim{}, false
		}
		return Claim{Kind: v.kind, Speaker: r.span(r.withMatter(p))}, true
	}
	if s := r.arabicSubject(i); !s.empty() {
		return Claim{Kind: v.kind, Speaker: r.span(s)}, true
	}
	if s := r.sharedSubject(i); !s.empty() {
		return Claim{Kind: v.kind, Speaker: r.span(s)}, true
	}
	// What the report tells itself goes first and who did it is not sure: it stays the
	// report's.
	opens := r.opensSentence(i)
	return Claim{Kind: v.kind, Elsewhere: opens}, opens
}

// opensSentence reports whether nothing that could be the subject stands before the i-th
// word: a sentence before this one has it.
func (r *reader) opensSentence(i int) bool {
	for k := range i {
		word, _ := r.unjoined(k)
		if !arabicStops[word] && !r.stops(k) && !arabicOpeners[word] && !arabicOpeners[r.norm(k)] && !leadIns[r.norm(k)] && !r.digit(k) && !r.quoted[k] {
			return false
		}
	}
	return true
}

// arabicSpeech reports whether what is said begins at the k-th word.
func (r *reader) arabicSpeech(k int, v arabicSay) bool {
	gap := r.gap(min(k, len(r.words)))
	if strings.ContainsAny(gap, ":"+marks) {
		return true
	}
	const most = 10
	for n := k; n < len(r.words) && n < k+most; n++ {
		word := r.norm(n)
		if word == v.with && (v.with != "الي" || thats[r.norm(n+1)]) {
			return true // «أشار إلى أن», and not «أشار إلى البيان»
		}
		if thats[word] && (v.with == "" || v.with == "عن" || n > k) {
			return true
		}
		if n > k && r.breaks(n) && !r.commaAside(n) {
			return strings.ContainsAny(r.gap(n), ":"+marks)
		}
	}
	return false
}

// commaAside reports whether a comma alone stands before the n-th word: «قال الوزير، في
// مؤتمر صحفي، إن».
func (r *reader) commaAside(n int) bool { return strings.Trim(r.gap(n), " ") == "،" }

// relayed is «نقلت الوكالة عن مسؤول قوله»: who is quoted, or else who quotes.
func (r *reader) relayed(i int) (Claim, bool) {
	const most = 10
	agency := r.arabicPhrase(i + 1)
	if r.norm(i-1) == "ما" && !agency.empty() {
		return Claim{Kind: Says, Speaker: r.span(agency)}, true
	}
	for k := i + 1; k < len(r.words) && k < i+most; k++ {
		if thats[r.norm(k)] && !agency.empty() {
			return Claim{Kind: Says, Speaker: r.span(agency)}, true
		}
		if r.norm(k) != "عن" {
			continue
		}
		p := r.arabicPhrase(k + 1)
		if sayings[r.norm(p.end)] || thats[r.norm(p.end)] {
			return Claim{Kind: Says, Speaker: r.span(p)}, !p.empty()
		}
	}
	return Claim{}, false
}

// wasSaying is the speaker of «كان الوزير قد أعلن», whose «قد» is the i-th word; empty
// when it is left out.
func (r *reader) wasSaying(i int) (phrase, bool) {
	for k := i - 1; k >= 0 && i-k <= MaxSpeaker+1; k-- {
		if word, _ := r.unjoined(k); was[word] || was[r.norm(k)] {
			p := r.arabicPhrase(k + 1)
			if k+1 == i {
				return phrase{}, true
			}
			p.end = min(p.end, i)
			return p, true
		}
		if r.breaks(k) && !r.commaAside(k) {
			return phrase{}, false
		}
	}
	return phrase{}, false
}

// topic is the speaker of «أما الوزير فقال»: what stands before the verb at i.
func (r *reader) topic(i int) (phrase, bool) {
	if !strings.HasPrefix(r.norm(i), "ف") {
		return phrase{}, false
	}
	for k := i - 1; k >= 0 && i-k <= 2*MaxSpeaker; k-- {
		if word := r.norm(k); word == "اما" || word == "واما" {
			p := r.arabicPhrase(k + 1)
			p.end = min(p.end, i)
			return p, true
		}
	}
	return phrase{}, false
}

// subjectFirst is «مصادر طبية قالت إن», «الرئيس يعلن»: a verb behind its subject, which
// begins a clause.
func (r *reader) subjectFirst(i int, v arabicSay) (Claim, bool) {
	k := i
	for k > 0 && !r.breaks(k) && i-k <= MaxSpeaker && !clauseStarts[r.norm(k-1)] {
		k--
	}
	if k > 0 && !r.breaks(k) && !clauseStarts[r.norm(k-1)] {
		return Claim{}, false
	}
	if word := r.norm(k - 1); arabicSubordinate[word] {
		return Claim{}, false
	}
	p := r.arabicPhrase(k)
	if p.empty() || p.end != i || r.possessed(k) || v.weak && !r.arabicSpeech(i+1, v) || !v.present && !r.speaksAt(i+1) || r.isNobody(p) {
		return Claim{}, false
	}
	return Claim{Kind: v.kind, Speaker: r.span(p)}, true
}

// speaksAt reports whether what is said begins at once at the k-th word.
func (r *reader) speaksAt(k int) bool {
	return thats[r.norm(k)] || k < len(r.words) && strings.ContainsAny(r.gap(k), ":"+marks) || r.stops(k)
}

// arabicParticiple is «مؤكدا أن», said by the subject of the sentence.
func (r *reader) arabicParticiple(i int) (Claim, bool) {
	kind, ok := participles[r.norm(i)]
	if !ok || i == 0 {
		return Claim{}, false
	}
	if !r.speaksAt(i+1) || r.stops(i+1) && !thats[r.norm(i+1)] && !thats[r.norm(i+2)] {
		return Claim{}, false
	}
	p := r.arabicSubject(i)
	return Claim{Kind: kind, Speaker: r.span(p), Elsewhere: p.empty() && r.opensSentence(i)}, true
}
