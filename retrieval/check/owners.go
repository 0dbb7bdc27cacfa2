package check

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
)

// owner is the name that a figure is of, as far as can be told: the nearest before it in its
// sentence that tells no place, else the one that a pronoun of the sentence means, else the
// first behind it.
func (r *reading) owner(f *figure) stretch {
	s := f.sentence
	if t := r.lastOwner(stretch{first: s.first, end: f.first, sentence: s.sentence}); t.end > 0 {
		return t
	}
	const back = 2
	if r.stands(s) {
		for n := s.sentence - 1; n >= 0 && n >= s.sentence-back; n-- {
			if t := r.firstOwner(r.sentences[n]); t.end > 0 {
				return t
			}
		}
		return stretch{}
	}
	return r.firstOwner(stretch{first: f.last + 1, end: s.end, sentence: s.sentence})
}

// stands reports whether a stretch has a pronoun for somebody named before.
func (r *reading) stands(s stretch) bool {
	return slices.ContainsFunc(r.words[s.first:s.end], func(w word) bool {
		return standing[w.Norm] || isArabic(w.Norm) && (strings.HasSuffix(w.Norm, "ها") || strings.HasSuffix(w.Norm, "هم") || strings.HasSuffix(r.text[w.Start:w.End], "ه"))
	})
}

// of are the stretches whose names a figure may be of that has an owner: its sentence, and
// those before when a pronoun stands before the owner, or instead of it.
func (r *reading) of(f *figure, owner stretch) (all []stretch, sure bool) {
	s := f.sentence
	inIt := owner.first >= s.first && owner.end <= f.first
	if inIt && !r.stands(stretch{first: s.first, end: owner.end}) {
		return []stretch{s}, true
	}
	all, sure = r.about(unit{in: r, first: s.first, end: s.end, sentence: s.sentence})
	return all, sure || r.title
}

func (r *reading) lastOwner(s stretch) (last stretch) {
	for _, run := range r.runs(s) {
		if r.mayOwn(run) {
			last = r.untitled(run)
		}
	}
	return last
}

func (r *reading) firstOwner(s stretch) stretch {
	for _, run := range r.runs(s) {
		if r.mayOwn(run) {
			return r.untitled(run)
		}
	}
	return stretch{}
}

// meets reports whether a stretch of a source has a name of the claim; a title alone, which
// others have as well, is none.
func (h *held) meets(name stretch, in *reading, s stretch) bool {
	for j := s.first; j < s.end; j++ {
		if !in.titleAt(j) && h.named(name, in, stretch{first: j, end: j + 1}) {
			return true
		}
	}
	return false
}

// titleAt reports whether the i-th word is one that stands before names.
func (r *reading) titleAt(i int) bool {
	norm := r.words[i].Norm
	return capitalisedTitles[norm] || slices.ContainsFunc(withoutJoined(norm), func(form string) bool {
		return introducing[form] || introducing["ال"+form]
	})
}

// untitled is a name without the titles before it, which many have.
func (r *reading) untitled(run stretch) stretch {
	for run.first < run.end-1 && r.titleAt(run.first) {
		run.first++
	}
	return run
}

// mayOwn reports whether figures may be of a name: it tells no place, no nationality and
// nobody's source.
func (r *reading) mayOwn(run stretch) bool {
	last := r.words[run.end-1].Norm
	if r.placed(run.first) || r.adjectival(run) || strings.HasSuffix(last, "'s") || strings.HasSuffix(last, "’s") {
		return false
	}
	for i := run.first - 1; i >= 0 && i >= run.first-2; i-- {
		switch norm := r.words[i].Norm; {
		case origins[norm], (norm == "a" || norm == "an") && i == run.first-1:
			return false // "of Toronto", "a Czech"
		case r.words[i].weight > 0:
			return true
		}
	}
	return true
}

// origins stand before a name that something is of or from, or that tells it.
var origins = text.WordSet("from of to by against than", "من إلى ضد وفق بحسب حسب")
