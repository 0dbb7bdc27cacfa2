package lexicon

import "slices"

// minConsonants is how many consonants a word needs to be compared: one is
// shared by too many words. Names of two, «أوباما», are told apart by their vowels.
const minConsonants = 2

// maxSkeletons bounds the skeletons of a word.
const maxSkeletons = 8

// A skeleton is the classes of a word's consonants, four bits each, the first in
// the highest bits used.
type skeleton uint64

// maxBones is how many consonants a skeleton keeps: the rest of a longer word
// is left to Similarity.
const maxBones = 12

// The classes of consonants, numbered from 1, by which a skeleton is written.
const classLetters = "-bftdsckgxrlmna"

const (
	classB skeleton = iota + 1
	classF
	classT
	classD
	classS
	classSh
	classK
	classG
	classKh
	classR
	classL
	classM
	classN
	classVowel          // at the beginning only
	silent     skeleton = 0
)

// Skeletons returns the consonants of a normalised word in an alphabet common to
// Arabic and Latin script, so that words that sound alike share one. Letters that
// have several readings give several skeletons, at most eight, the likeliest
// first. h is left out, and so are vowels, و, ي and ع but for
// one at the beginning, written a; doubled letters are one.
// It returns nil for a word with fewer than two consonants.
func Skeletons(norm string) []string {
	w := speak(norm)
	var buf [maxSkeletons]skeleton
	var out []string
	for _, k := range appendSkeletons(buf[:0], w.all()) {
		out = append(out, k.String())
	}
	return out
}

// String writes a skeleton in small Latin letters; c stands for sh.
func (k skeleton) String() string {
	var b []byte
	for shift := 60; shift >= 0; shift -= 4 {
		if class := k >> shift & 15; class != silent {
			b = append(b, classLetters[class])
		}
	}
	return string(b)
}

// consonants counts the consonants of a word; w and y are such at the beginning only.
func consonants(word []heard) int {
	n := 0
	for i, h := range word {
		s := h.sound
		if s == soundStop || s.vowel() && (i > 0 || s < soundY) {
			continue
		}
		if i == len(word)-1 && (s == soundH || s == soundAyn) {
			continue
		}
		n++
	}
	return n
}

// appendSkeletons appends the skeletons of a word to keys, which is empty, up to
// its capacity: each once, and none for a word with too few consonants.
func appendSkeletons(keys []skeleton, word []heard) []skeleton {
	if consonants(word) < minConsonants {
		return keys
	}
	keys = append(keys, 0)
	bones := 0
	for i, h := range word {
		r := &readings[h.sound]
		if i == 0 {
			r = h.reading()
		}
		if r.n == 0 || bones == maxBones {
			continue
		}
		bones++
		known := len(keys)
		for _, class := range r.class[1:r.n] {
			keys = appendWith(keys, known, class)
		}
		if h.silent {
			keys = appendWith(keys, known, silent)
		}
		for k := range known {
			keys[k] = keys[k].with(r.class[0])
		}
	}
	return distinct(keys)
}

// reading returns the classes of the first sound of a word, where a vowel is
// hardly ever left out.
func (h heard) reading() *reading {
	r := readings[h.sound]
	switch {
	case h.sound == soundAlif && h.drop == dropSilent:
		r = reading{[4]skeleton{classVowel, silent}, 2}
	case r.n == 0 && h.sound != soundH && h.sound != soundHah:
		r = reading{[4]skeleton{classVowel}, 1}
	}
	for i, class := range r.class[:r.n] {
		if class == silent && r.class[0] != classVowel {
			r.class[i] = classVowel
		}
	}
	return &r
}

// distinct returns the keys that are not empty in their order, each once.
func distinct(keys []skeleton) []skeleton {
	kept := keys[:0]
	for _, k := range keys {
		if k != 0 && !slices.Contains(kept, k) {
			kept = append(kept, k)
		}
	}
	return kept
}

// appendWith appends the first known keys with a class at their end.
func appendWith(keys []skeleton, known int, class skeleton) []skeleton {
	for k := 0; k < known && len(keys) < cap(keys); k++ {
		keys = append(keys, keys[k].with(class))
	}
	return keys
}

// with returns k with a class at its end, once if it is there already.
func (k skeleton) with(class skeleton) skeleton {
	if class == silent || k&15 == class {
		return k
	}
	return k<<4 | class
}

// reading is the classes a sound may have, the likeliest first.
type reading struct {
	class [4]skeleton
	n     int
}

// readings is read only. Sounds that are not listed are no part of a skeleton.
var readings = [sounds]reading{
	soundB:       {[4]skeleton{classB}, 1},
	soundP:       {[4]skeleton{classB}, 1},
	soundF:       {[4]skeleton{classF}, 1},
	soundV:       {[4]skeleton{classF}, 1},
	soundW:       {[4]skeleton{silent, classF}, 2},
	soundT:       {[4]skeleton{classT}, 1},
	soundTah:     {[4]skeleton{classT}, 1},
	soundTh:      {[4]skeleton{classT}, 1},
	soundD:       {[4]skeleton{classD}, 1},
	soundDad:     {[4]skeleton{classD}, 1},
	soundDh:      {[4]skeleton{classD, classS}, 2},
	soundZah:     {[4]skeleton{classD, classS}, 2},
	soundZ:       {[4]skeleton{classS}, 1},
	soundS:       {[4]skeleton{classS}, 1},
	soundSt:      {[4]skeleton{classS, classSh}, 2},
	soundSad:     {[4]skeleton{classS}, 1},
	soundSoftC:   {[4]skeleton{classS, classSh}, 2},
	soundTs:      {[4]skeleton{classS}, 1},
	soundSh:      {[4]skeleton{classSh}, 1},
	soundTsh:     {[4]skeleton{classSh}, 1},
	soundCh:      {[4]skeleton{classSh, classK, classKh}, 3},
	soundZh:      {[4]skeleton{classG}, 1},
	soundJ:       {[4]skeleton{classG, silent, classKh}, 3},
	soundJeem:    {[4]skeleton{classG}, 1},
	soundG:       {[4]skeleton{classG}, 1},
	soundGhain:   {[4]skeleton{classG, silent}, 2},
	soundKh:      {[4]skeleton{classKh}, 1},
	soundK:       {[4]skeleton{classK}, 1},
	soundQ:       {[4]skeleton{classK, classG}, 2},
	soundQaf:     {[4]skeleton{classK, classG}, 2},
	soundLatinX0: {[4]skeleton{classSh, classS}, 2},
	soundR:       {[4]skeleton{classR}, 1},
	soundL:       {[4]skeleton{classL}, 1},
	soundM:       {[4]skeleton{classM}, 1},
	soundN:       {[4]skeleton{classN}, 1},
}
