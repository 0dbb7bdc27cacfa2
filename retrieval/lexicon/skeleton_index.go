package lexicon

import (
	"cmp"
	"slices"
)

// What Match returns at most, and how alike its words are at least.
const (
	maxMatches    = 8
	minSimilarity = .7
)

// A NameMatch is a word of a collection that may be the word looked up.
type NameMatch struct {
	// Word is the word as it was added.
	Word string
	// Similarity is in [0.7, 1]: what [Similarity] says, less than that for a short
	// word, which many others sound like.
	Similarity float64
}

// A SkeletonIndex finds the words of a collection that may be a name as another
// spells it, in the other script or in its own. What is added are stems, for an
// index knows no others. The zero value is empty and ready for use. It may be
// read by many at once while nobody adds or removes.
//
// A word takes about 60 bytes beside its letters.
type SkeletonIndex struct {
	arabic, latin wordTable
}

// Add adds a stem; one with fewer than two consonants is never found. A stem added
// twice is found twice.
func (x *SkeletonIndex) Add(stem string) {
	word := speak(stem)
	var buf [maxIndexed]skeleton
	if keys := appendSkeletons(buf[:0], word.all()); len(keys) > 0 {
		x.table(word.arabic).add(stem, keys, outlineOf(word.all()))
	}
}

// Remove removes a stem that was added; it does nothing if there is none.
func (x *SkeletonIndex) Remove(stem string) {
	word := speak(stem)
	var buf [maxIndexed]skeleton
	x.table(word.arabic).remove(stem, appendSkeletons(buf[:0], word.all()))
}

func (x *SkeletonIndex) table(arabic bool) *wordTable {
	if arabic {
		return &x.arabic
	}
	return &x.latin
}

// Match returns the stems of the other script that a word, normalised but not
// stemmed, may be written as: at most eight of them, the likeliest first, with
// similarities of at least 0.7. Stems that lost a beginning or an end which sounds
// like an affix are found too, at a small discount.
//
// Common words have false friends, "crime" finds «كريم»: whoever knows how common
// a word is looks up rare ones only.
func (x *SkeletonIndex) Match(norm string) []NameMatch {
	word := speak(norm)
	s := nameSearch{table: x.table(!word.arabic), arabic: !word.arabic, costs: swaps}
	for _, c := range word.cuts() {
		s.look(word.sounds[c.start:c.end], c.discount)
	}
	return s.best()
}

// Spellings returns the stems of the same script that may be another spelling of
// a stem, as [SkeletonIndex.Match] does; not the stem itself. It is less sure than
// Match: a language has more words that sound alike than names spelled twice.
func (x *SkeletonIndex) Spellings(stem string) []NameMatch {
	word := speak(stem)
	s := nameSearch{table: x.table(word.arabic), arabic: word.arabic, costs: spelling, but: stem}
	s.look(word.all(), doubt(consonants(word.all())))
	return s.best()
}

// maxIndexed bounds the skeletons under which a word is kept.
const maxIndexed = 4

// A nameSearch collects the words that are like another.
type nameSearch struct {
	table  *wordTable
	costs  *swapCosts
	but    string // the word itself, which is not wanted
	arabic bool   // the script of the table
	other  spoken // the word of the table that is looked at
	found  []found
}

// found is a word of a table and how alike it is.
type found struct {
	word       int32
	similarity float64
}

// look adds the words that are like the sounds of word.
func (s *nameSearch) look(word []heard, discount float64) {
	outline := outlineOf(word)
	var buf [maxSkeletons]skeleton
	for _, key := range appendSkeletons(buf[:0], word) {
		for at := s.table.first[key]; at != 0; {
			p := &s.table.places[at]
			if !outline.unlike(&p.outline, minSimilarity+discount) {
				s.compare(word, p.word, discount)
			}
			at = p.next
		}
	}
}

// compare adds a word of the table if it is like enough.
func (s *nameSearch) compare(word []heard, id int32, discount float64) {
	s.other.read(s.table.words[id], s.arabic)
	similarity := s.costs.alikeness(word, s.other.all(), minSimilarity+discount) - discount
	if similarity < minSimilarity || s.table.words[id] == s.but {
		return
	}
	for i := range s.found {
		if s.found[i].word == id {
			s.found[i].similarity = max(s.found[i].similarity, similarity)
			return
		}
	}
	s.found = append(s.found, found{id, similarity})
}

// doubt returns what the similarity of a word with so many consonants loses: the
// fewer there are, the more other words sound alike.
func doubt(consonants int) float64 {
	switch {
	case consonants <= 2:
		return .20
	case consonants == 3:
		return .15
	case consonants == 4:
		return .10
	}
	return .04
}

// best returns the matches, best first.
func (s *nameSearch) best() []NameMatch {
	matches := make([]NameMatch, len(s.found))
	for i, f := range s.found {
		matches[i] = NameMatch{s.table.words[f.word], f.similarity}
	}
	slices.SortFunc(matches, func(a, b NameMatch) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), cmp.Compare(a.Word, b.Word))
	})
	return matches[:min(len(matches), maxMatches)]
}

// A wordTable keeps words by their skeletons: places of one skeleton are a list.
type wordTable struct {
	words  []string // by number; empty where one was removed
	free   []int32  // numbers of removed words
	first  map[skeleton]int32
	places []place // the first is not used
	spare  int32   // the list of removed places
}

// place is where a skeleton leads to.
type place struct {
	word, next int32
	outline    outline // of the word
}

func (t *wordTable) add(word string, keys []skeleton, o outline) {
	if t.first == nil {
		t.first = make(map[skeleton]int32)
		t.places = make([]place, 1)
	}
	id := t.number(word)
	for _, key := range keys {
		at := t.place()
		t.places[at] = place{id, t.first[key], o}
		t.first[key] = at
	}
}

// number returns the number of a new word.
func (t *wordTable) number(word string) int32 {
	if last := len(t.free) - 1; last >= 0 {
		id := t.free[last]
		t.free = t.free[:last]
		t.words[id] = word
		return id
	}
	t.words = append(t.words, word)
	return int32(len(t.words) - 1)
}

// place returns a place that is not in use.
func (t *wordTable) place() int32 {
	if at := t.spare; at != 0 {
		t.spare = t.places[at].next
		return at
	}
	t.places = append(t.places, place{})
	return int32(len(t.places) - 1)
}

func (t *wordTable) remove(word string, keys []skeleton) {
	id := int32(-1)
	for _, key := range keys {
		if removed := t.unlink(key, word, id); removed >= 0 {
			id = removed
		}
	}
	if id >= 0 {
		t.words[id] = ""
		t.free = append(t.free, id)
	}
}

// unlink takes a word off the list of a skeleton and returns its number, -1 if
// it is not there. Its number may be known already.
func (t *wordTable) unlink(key skeleton, word string, known int32) int32 {
	before := int32(0)
	for at := t.first[key]; at != 0; before, at = at, t.places[at].next {
		p := t.places[at]
		if known >= 0 && p.word != known || t.words[p.word] != word {
			continue
		}
		t.relink(key, before, p.next)
		t.places[at], t.spare = place{next: t.spare}, at
		return p.word
	}
	return -1
}

// relink makes next follow a place, 0 for the beginning of the list of key.
func (t *wordTable) relink(key skeleton, before, next int32) {
	switch {
	case before != 0:
		t.places[before].next = next
	case next != 0:
		t.first[key] = next
	default:
		delete(t.first, key)
	}
}
