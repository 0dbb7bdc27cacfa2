package check

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
)

// bodies are words of bodies and offices that say and do things, those a line that may be
// meant by one another.
const bodies = `bank lender مصرف بنك
government cabinet حكومة
ministry وزارة
fund صندوق
regulator regulators
authority authorities officials سلطات سلطة
army military troops جيش
police شرطة
court محكمة
parliament برلمان
union federation association اتحاد
organisation organisations organization organizations منظمة منظمات
coast guard خفر
academy أكاديمية
fighters factions rebels فصائل مقاتلون مقاتلين معارضة
residents inhabitants سكان
spokesman spokeswoman متحدث
secretary
governor حاكم
donors متبرعون
firefighters`

// bodyOf is the line of bodies that a word stands in, by the words as they are normalised.
var bodyOf = func() map[string]int {
	m := map[string]int{}
	for i, line := range strings.Split(bodies, "\n") {
		for w := range text.WordSet(line) {
			m[w] = i + 1
		}
	}
	return m
}()

// body is which body the i-th word is; 0 for none.
func (r *reading) body(i int) int {
	norm := r.words[i].Norm
	for _, before := range [...]string{"", "و", "ف"} {
		if rest, ok := strings.CutPrefix(norm, before); ok {
			if b := bodyOf[strings.TrimPrefix(rest, "ال")]; b != 0 {
				return b
			}
		}
	}
	return 0
}

// bodyIn reports whether a stretch has one of the bodies.
func (r *reading) bodyIn(s stretch, body int) bool {
	for i := s.first; i < s.end; i++ {
		if r.body(i) == body {
			return true
		}
	}
	return false
}

// bodySubject is the word of a body that a clause has for its subject: one within its
// first words, which no preposition stands before; -1 when there is none.
func (r *reading) bodySubject(k stretch) int {
	const most = 5
	for i := k.first; i < k.end && i < k.first+most; i++ {
		switch {
		case governing[r.words[i].Norm] || r.words[i].Norm == "in" || r.words[i].Norm == "في":
			return -1
		case r.body(i) != 0:
			return i
		}
	}
	return -1
}

// otherBody reports whether a clause has a body for its subject that the sentences which
// say the like do not have, though the source has it elsewhere, and these have another one
// for theirs that the claim has not.
func (h *held) otherBody(k stretch) (who string, ok bool) {
	i := h.claim.bodySubject(k)
	if i < 0 {
		return "", false
	}
	mine := h.claim.body(i)
	elsewhere := func(r *reading) bool { return r.bodyIn(stretch{first: 0, end: len(r.words)}, mine) }
	if !slices.ContainsFunc(h.sources, elsewhere) {
		return "", false
	}
	all := h.ranked(k, func(u unit) bool { return !u.clause && u.in.sentences[u.sentence].first == u.first })
	if len(all) == 0 || all[0].how < bodyFrom {
		return "", false
	}
	instead := false
	for _, u := range all {
		if u.how < all[0].how-bodyNearly {
			break
		}
		if u.in.bodyIn(stretch{first: u.first, end: u.end}, mine) {
			return "", false
		}
		if theirs := u.in.bodySubject(stretch{first: u.first, end: u.end}); theirs >= 0 {
			instead = instead || !h.claim.bodyIn(stretch{first: 0, end: len(h.claim.words)}, u.in.body(theirs))
		}
	}
	return h.claim.written(stretch{first: i, end: i + 1}), instead
}

// How near a sentence must be to say the like, and how much less near ones count, too.
const (
	bodyFrom   = 0.9
	bodyNearly = 0.05
)
