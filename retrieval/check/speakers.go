package check

import (
	"context"
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/claims"
)

// speakers finds what the claim has somebody say, do or undergo whom the sources have not
// do that: another speaker, another name beside the same words, or two names exchanged.
func (c *Checker) speakers(ctx context.Context, claim Claim) (Fault, error) {
	h, err := c.hold(ctx, claim)
	if err != nil || h == nil {
		return Fault{}, err
	}
	speaker, verdict := h.attributed()
	if verdict == another {
		return Fault{Kind: Speaker, What: h.claim.written(speaker)}, nil
	}
	if verdict == unknown {
		speaker = stretch{}
	}
	for _, k := range h.claim.clauses {
		if who, ok := h.displaced(k, speaker); ok {
			return Fault{Kind: Speaker, What: who}, nil
		}
		if who, ok := h.exchanged(k); ok {
			return Fault{Kind: Speaker, What: who}, nil
		}
		if who, ok := h.otherBody(k); ok {
			return Fault{Kind: Speaker, What: who}, nil
		}
	}
	return Fault{}, nil
}

// ranked are the units that speak of the same as a stretch of the claim, nearest first.
func (h *held) ranked(k stretch, takes func(unit) bool) []near {
	var all []near
	for _, u := range h.units {
		if takes(u) && !u.in.title && h.speaksOf(k, u) {
			all = append(all, near{u, h.near(k, u)})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int {
		switch {
		case a.how > b.how:
			return -1
		case a.how < b.how:
			return 1
		}
		return 0
	})
	return all
}

// A near is a unit with how much it speaks of the same.
type near struct {
	unit
	how float64
}

// A verdict says whether the sources have somebody else for the speaker.
type verdict int

const (
	unknown verdict = iota
	same
	another
)

// attributed finds whom the claim has for its speaker, and whether it is that of the
// sentences that say the like.
func (h *held) attributed() (mine stretch, v verdict) {
	mine = h.claim.speaker(0)
	if !slices.ContainsFunc(h.claim.runs(mine), func(run stretch) bool { return !h.claim.adjectival(run) }) {
		return mine, unknown // "the Ukrainian leader" may be anybody's name
	}
	said := h.claim.without(mine)
	all := h.ranked(said, func(u unit) bool { return !u.clause && u.in.sentences[u.sentence].first == u.first })
	for _, u := range all {
		if u.how < all[0].how-speakerNearly {
			break
		}
		theirs := u.in.speakers(u.sentence)
		if len(theirs) == 0 && h.shares(mine, u.in, u.in.sentences[u.sentence]) {
			return mine, unknown
		}
		for _, t := range theirs {
			t.end = min(t.end+speakerGoesOn, len(u.in.words))
			if h.shares(mine, u.in, t) {
				return mine, same
			}
			if !u.in.hasName(t) {
				return mine, unknown
			}
			v = another
		}
	}
	return mine, v
}

// How much less than the nearest a part of a source may be and still be meant.
const (
	speakerNearly = 0.1
	speakerGoesOn = 3 // words of a name that may be left out of who speaks
	nameNearly    = 0.15
)

// without is what the claim says behind or before its speaker: the longer of both.
func (r *reading) without(s stretch) stretch {
	if s.first > len(r.words)-s.end {
		return stretch{first: 0, end: s.first, vector: r.sentences[0].vector}
	}
	return stretch{first: s.end, end: len(r.words), vector: r.sentences[0].vector}
}

// speaker is who says what a sentence says; empty when nobody is named.
func (r *reading) speaker(sentence int) stretch {
	s := r.sentences[sentence]
	from := r.words[s.first].Start
	terms := r.terms(s)
	c, ok := claims.Of(r.text[from:r.words[s.end-1].End], terms)
	if !ok {
		return stretch{}
	}
	return r.spanned(s, text.Span{Start: from + c.Speaker.Start, End: from + c.Speaker.End})
}

// terms are the words of a stretch, as of a text of its own.
func (r *reading) terms(s stretch) []text.Term {
	from := r.words[s.first].Start
	var out []text.Term
	for _, w := range r.words[s.first:s.end] {
		t := w.Term
		t.Start -= from
		t.End -= from
		out = append(out, t)
	}
	return out
}

// spanned are the words of a stretch within a span of the text.
func (r *reading) spanned(s stretch, span text.Span) stretch {
	out := stretch{}
	for i := s.first; i < s.end; i++ {
		if r.words[i].Start >= span.Start && r.words[i].End <= span.End {
			if out.end == 0 {
				out.first = i
			}
			out.end = i + 1
		}
	}
	return out
}

// speakers are those who say what a sentence says, by name as far as they are named in the
// sentences before it.
func (r *reading) speakers(sentence int) []stretch {
	const back = 3
	s := r.sentences[sentence]
	from := r.words[s.first].Start
	c, ok := claims.Of(r.text[from:r.words[s.end-1].End], r.terms(s))
	if !ok {
		return nil
	}
	var out []stretch
	if t := r.speaker(sentence); r.hasName(t) {
		out = append(out, t)
	} else if !c.Elsewhere && t.end > 0 {
		return []stretch{t}
	}
	if second, ok := claims.Second(r.text[from:r.words[s.end-1].End], r.terms(s)); ok {
		out = append(out, r.spanned(s, text.Span{Start: from + second.Speaker.Start, End: from + second.Speaker.End}))
	}
	for i := sentence - 1; len(out) == 0 && i >= 0 && i >= sentence-back; i-- {
		if t := r.speaker(i); r.hasName(t) {
			return []stretch{t}
		}
		if t := r.subject(i); r.hasName(t) {
			return []stretch{t}
		}
	}
	return out
}

// subject is the first name of a sentence, with the names beside it.
func (r *reading) subject(sentence int) stretch {
	s := r.sentences[sentence]
	for i := s.first; i < s.end; i++ {
		if r.words[i].name {
			end := i + 1
			for end < s.end && r.words[end].name {
				end++
			}
			return stretch{first: i, end: end}
		}
	}
	return stretch{}
}

func (r *reading) hasName(s stretch) bool {
	return slices.ContainsFunc(r.words[s.first:s.end], func(w word) bool { return w.name })
}

// acronym reports whether the i-th word is a few capitals, which may be a name's first letters.
func (r *reading) acronym(i int) bool {
	const most = 5
	written := strings.TrimSuffix(strings.TrimSuffix(r.text[r.words[i].Start:r.words[i].End], "'s"), "’s")
	return len(written) <= most && strings.ToUpper(written) == written && !isArabic(written)
}

// sameName is how alike names must be.
const sameName = 0.8

// shares reports whether a stretch of the claim and one of a source have a name in common.
func (h *held) shares(mine stretch, in *reading, theirs stretch) bool {
	return slices.ContainsFunc(h.claim.runs(mine), func(run stretch) bool { return h.named(run, in, theirs) })
}

// displaced reports whether a clause has a name that the parts of the sources do not have
// which say the like, and these have another instead. The speaker is not looked at.
func (h *held) displaced(k, speaker stretch) (who string, ok bool) {
	var mine []stretch
	for _, run := range h.claim.runs(k) {
		if (run.first < speaker.first || run.first >= speaker.end) && !h.claim.placed(run.first) && !h.claim.acronym(run.end-1) && !h.claim.adjectival(run) && h.claim.sureName(run) && h.anywhereNamed(run) {
			mine = append(mine, run)
		}
	}
	if len(mine) == 0 {
		return "", false
	}
	all := h.ranked(k, func(u unit) bool { return u.clause })
	least := displacedFrom
	if len(all) > 0 && all[0].in.lang != h.claim.lang {
		least = displacedAcross
	}
	if len(all) == 0 || all[0].how < least {
		return "", false
	}
	if who, ok := h.otherSubject(k, mine, all[0].unit); ok && h.claim.telling(k) >= leastTelling {
		return h.claim.written(who), true
	}
	for _, run := range mine {
		missing, instead := true, false
		for _, u := range all {
			if u.how < all[0].how-nameNearly {
				break
			}
			about, sure := u.in.about(u.unit)
			for _, a := range about {
				missing = missing && sure && !h.named(run, u.in, a)
			}
			if !u.in.refersBack(u.unit) {
				about = about[:1] // who is meant by "the two" is not sure
			}
			instead = instead || h.hasOther(u.in, about)
		}
		if missing && instead {
			return h.claim.written(run), true
		}
	}
	return "", false
}

// sureName reports whether a name is one for sure: a word without capitals that nobody has
// counted may be any rare word.
func (r *reading) sureName(run stretch) bool {
	return slices.ContainsFunc(r.words[run.first:run.end], func(w word) bool {
		return w.capital || w.listed || sameSeat(w.Norm, w.Norm)
	})
}

// anywhereNamed reports whether a source has a name of the claim at all.
func (h *held) anywhereNamed(run stretch) bool {
	return slices.ContainsFunc(h.sources, func(r *reading) bool { return h.named(run, r, stretch{first: 0, end: len(r.words)}) })
}

// otherSubject reports whether a clause has another name for its subject than the part of
// a source that says the like.
func (h *held) otherSubject(k stretch, mine []stretch, u unit) (stretch, bool) {
	own := h.claim.subjectOf(k)
	if own.end == 0 || !slices.ContainsFunc(mine, func(m stretch) bool { return m.first == own.first }) {
		return stretch{}, false
	}
	if h.claim.goesOn(k) && h.named(own, u.in, u.in.sentences[u.sentence]) {
		return stretch{}, false // it is one of several
	}
	whole := stretch{first: u.first, end: u.end, sentence: u.sentence}
	theirs := u.in.subjectOf(whole)
	if theirs.sentence != u.sentence && theirs.end > 0 && h.named(own, u.in, u.in.sentences[theirs.sentence]) {
		return stretch{}, false // a pronoun may mean either
	}
	if h.named(own, u.in, u.in.sentences[u.sentence]) && !h.claimNames(u.in, theirs) || h.claim.coordinated(own) || u.in.coordinated(theirs) {
		return stretch{}, false
	}
	if theirs.end == 0 || h.named(own, u.in, theirs) || h.claim.passive(k) != u.in.passive(whole) || h.claim.converse(k, u) {
		return stretch{}, false
	}
	return own, true
}

const (
	displacedFrom   = 1.35
	displacedAcross = 1.1
	leastTelling    = 3 // words that tell something of a clause whose subject is looked at
)

// about are the stretches whose names a unit speaks of: its sentence and, when that has no
// subject of its own, those before it up to one that has; sure is false when none has.
func (r *reading) about(u unit) (out []stretch, sure bool) {
	const back = 3
	pronoun := slices.ContainsFunc(r.words[u.first:u.end], func(w word) bool { return standing[w.Norm] })
	for i := u.sentence; i >= 0 && i >= u.sentence-back; i-- {
		out = append(out, r.sentences[i])
		if r.hasOwnSubject(r.sentences[i]) && (i < u.sentence || !pronoun) {
			return out, true
		}
	}
	return out, false
}

// refersBack reports whether a unit has a pronoun of one person.
func (r *reading) refersBack(u unit) bool {
	return slices.ContainsFunc(r.words[u.first:u.end], func(w word) bool { return pronouns[w.Norm] }) ||
		isArabic(r.words[u.first].Norm) && !r.hasOwnSubject(r.sentences[u.sentence])
}

// hasOwnSubject reports whether a sentence begins with a name, within a few words.
func (r *reading) hasOwnSubject(u stretch) bool {
	const most = 6
	for i := u.first; i < u.end && i < u.first+most; i++ {
		norm := r.words[i].Norm
		if standing[norm] {
			return false
		}
		if r.words[i].name && !r.placed(i) {
			return true
		}
	}
	return false
}

// placed reports whether the i-th word tells where: "in Syria", «بمراكش».
func (r *reading) placed(i int) bool {
	norm := r.words[i].Norm
	if isArabic(norm) && strings.HasPrefix(norm, "ب") && !strings.HasPrefix(r.words[i].Stem, "ب") {
		return true
	}
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		before := r.words[k].Norm
		if placing[before] {
			return true
		}
		if !r.words[k].name && before != "the" && r.words[k].weight > 0 || joinsNames[before] {
			return false
		}
	}
	return false
}

var (
	placing    = text.WordSet("in at near around across inside outside through via off", "في قرب وسط داخل خارج عبر شمال جنوب شرق غرب شمالي جنوبي شرقي غربي مدينة منطقة")
	joinsNames = text.WordSet("and to by with for from")
)

// standing are words that stand for a subject named before.
var standing = text.WordSet(`he she it they who which whose his her its their this these that him them`, `الذي التي الذين هو هي هم وهو وهي وهم`)

// hasOther reports whether stretches begin with a name that the claim has not.
func (h *held) hasOther(in *reading, about []stretch) bool {
	for _, s := range about {
		for j := s.first; j < s.end; j++ {
			if !in.words[j].name || in.placed(j) {
				continue
			}
			found := false
			for i := range h.claim.words {
				found = found || h.names(i, in, stretch{first: j, end: j + 1})
			}
			if !found {
				return true
			}
		}
	}
	return false
}

// telling is how many words of a stretch tell something.
func (r *reading) telling(s stretch) int {
	n := 0
	for _, w := range r.words[s.first:s.end] {
		if w.weight > 0 {
			n++
		}
	}
	return n
}
