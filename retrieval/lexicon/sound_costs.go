package lexicon

// Costs of differences between two words are in hundredths of a consonant. Those
// of letters that are left out or stand for one another were fitted to the names
// of half of names.tsv among the words of news, and rounded: a right pair is to
// have a similarity above 0.7, and any other below.
const (
	different = 100 // two consonants that are not confused
	vowels    = 20  // two vowels
	vowelMark = 30  // two vowels, one of them و or ي

	dropFirst   = 80 // a Latin vowel at the beginning, which Arabic writes
	dropAlif    = 40 // ا, و or ي there
	dropDoubled = 20 // the second of two equal letters
	dropHeard   = 35 // h and gh
	dropHidden  = 15 // g after n
	dropSilent  = 5  // h after a consonant
	dropFinal   = 45 // a consonant that French does not speak
	dropEnd     = 10 // a or i at the end, which a stemmer takes off
	dropEndO    = 15 // o or u there
	dropEndAr   = 20 // ا, و or ي there
)

// dropCost returns what a sound costs that only one of two words has.
func dropCost(s sound) uint8 {
	switch s {
	case soundY:
		return 0
	case soundE:
		return 5
	case soundA, soundAlif, soundU:
		return 10
	case soundI:
		return 15
	case soundO, soundYa, soundStop:
		return 20
	case soundH, soundGhain:
		return dropHeard
	case soundWaw:
		return 40
	case soundW:
		return 60
	case soundHah:
		return 70
	case soundAyn:
		return 85
	}
	return different
}

// swapCosts is what it costs that one word has one sound and the other another.
// It is symmetric.
type swapCosts [sounds][sounds]uint8

// The costs between the scripts and within one, both read only. Who writes a
// name in one script chooses between letters that the other does not tell apart,
// p and b, and rarely chooses the wrong one.
var (
	swaps    = newSwapCosts(0, 0)
	spelling = newSwapCosts(20, 10)
)

// swapsOf returns the costs between a word and another.
func swapsOf(a, b *spoken) *swapCosts {
	if a.arabic == b.arabic {
		return spelling
	}
	return swaps
}

// newSwapCosts returns the costs of confusions, with something added for sounds
// that differ.
func newSwapCosts(consonant, vowel uint8) *swapCosts {
	var c swapCosts
	for a := range sounds {
		for b := range sounds {
			c[a][b] = unlike(a, b)
		}
		c[a][a] = 0
	}
	for _, x := range confusions {
		for _, b := range x.with {
			cost := x.cost + consonant
			if b.vowel() {
				cost = x.cost + vowel
			}
			c[x.sound][b], c[b][x.sound] = cost, cost
		}
	}
	if consonant > 0 {
		c[soundB][soundP], c[soundP][soundB] = different, different
	}
	return &c
}

// unlike returns the cost of two sounds that no confusion joins.
func unlike(a, b sound) uint8 {
	switch {
	case a.vowel() != b.vowel():
		return 2 * different // never better than leaving both out
	case !a.vowel():
		return different
	case a.arabicVowel() || b.arabicVowel():
		return vowelMark
	}
	return vowels
}

// confusions lists the sounds that stand for one another, each pair once, and at
// what cost. It is read only.
var confusions = [...]struct {
	sound sound
	cost  uint8
	with  []sound
}{
	{soundA, 15, []sound{soundE}},
	{soundA, 30, []sound{soundO, soundStop}},
	{soundA, 25, []sound{soundYa}},
	{soundA, 10, []sound{soundAyn}},
	{soundE, 5, []sound{soundI}},
	{soundE, 0, []sound{soundYa}},
	{soundE, 60, []sound{soundAyn}},
	{soundE, 15, []sound{soundStop}},
	{soundI, 5, []sound{soundY}},
	{soundI, 0, []sound{soundYa}},
	{soundI, 25, []sound{soundAyn, soundStop}},
	{soundI, 10, []sound{soundJ}},
	{soundO, 5, []sound{soundU}},
	{soundO, 0, []sound{soundWaw}},
	{soundO, 20, []sound{soundAyn}},
	{soundU, 5, []sound{soundW}},
	{soundU, 0, []sound{soundWaw}},
	{soundU, 20, []sound{soundAyn}},
	{soundU, 30, []sound{soundStop}},
	{soundY, 0, []sound{soundYa}},
	{soundY, 10, []sound{soundJ}},
	{soundW, 0, []sound{soundWaw}},
	{soundW, 15, []sound{soundF}},
	{soundW, 20, []sound{soundV}},
	{soundWaw, 30, []sound{soundF, soundV}},
	{soundYa, 5, []sound{soundJ}},
	{soundAyn, 10, []sound{soundStop}},
	{soundH, 5, []sound{soundHah}},
	{soundH, 50, []sound{soundJ}},
	{soundH, 25, []sound{soundKh}},
	{soundHah, 25, []sound{soundKh}},
	{soundAlif, 0, []sound{soundA}},
	{soundAlif, 5, []sound{soundE, soundI, soundO, soundU}},
	{soundAlif, 10, []sound{soundAyn, soundStop}},
	{soundSt, 0, []sound{soundS}},
	{soundSt, 10, []sound{soundSad, soundSh}},
	{soundB, 5, []sound{soundP}},
	{soundB, 40, []sound{soundV}},
	{soundP, 40, []sound{soundF}},
	{soundF, 0, []sound{soundV}},
	{soundT, 0, []sound{soundTah}},
	{soundT, 20, []sound{soundTh}},
	{soundT, 45, []sound{soundD, soundDad}},
	{soundT, 15, []sound{soundTs}},
	{soundTah, 30, []sound{soundTh}},
	{soundTh, 20, []sound{soundD, soundZah, soundS}},
	{soundTh, 10, []sound{soundDh}},
	{soundD, 10, []sound{soundDad}},
	{soundD, 5, []sound{soundDh}},
	{soundD, 50, []sound{soundZah}},
	{soundDad, 0, []sound{soundDh}},
	{soundDad, 20, []sound{soundZ}},
	{soundDh, 5, []sound{soundZah}},
	{soundDh, 0, []sound{soundZ}},
	{soundZah, 0, []sound{soundZ}},
	{soundZ, 20, []sound{soundS, soundTs, soundZh}},
	{soundZ, 35, []sound{soundSad}},
	{soundZ, 55, []sound{soundSoftC}},
	{soundZ, 25, []sound{soundLatinX0}},
	{soundS, 10, []sound{soundSad, soundSoftC}},
	{soundS, 55, []sound{soundTs}},
	{soundS, 35, []sound{soundSh, soundLatinX0}},
	{soundSad, 45, []sound{soundSoftC}},
	{soundSad, 35, []sound{soundTs}},
	{soundSoftC, 60, []sound{soundTs}},
	{soundSoftC, 45, []sound{soundSh}},
	{soundSoftC, 10, []sound{soundTsh}},
	{soundSoftC, 30, []sound{soundK}},
	{soundSh, 45, []sound{soundTsh}},
	{soundSh, 0, []sound{soundCh}},
	{soundSh, 20, []sound{soundZh}},
	{soundSh, 10, []sound{soundLatinX0}},
	{soundTsh, 0, []sound{soundCh}},
	{soundTsh, 35, []sound{soundJeem, soundK}},
	{soundCh, 15, []sound{soundKh, soundK}},
	{soundZh, 0, []sound{soundJ}},
	{soundZh, 10, []sound{soundJeem}},
	{soundJ, 0, []sound{soundJeem}},
	{soundJ, 20, []sound{soundG}},
	{soundJ, 25, []sound{soundGhain}},
	{soundJ, 30, []sound{soundKh}},
	{soundJeem, 10, []sound{soundG}},
	{soundJeem, 40, []sound{soundGhain}},
	{soundG, 0, []sound{soundGhain}},
	{soundG, 25, []sound{soundK}},
	{soundG, 10, []sound{soundQ}},
	{soundG, 10, []sound{soundQaf}},
	{soundGhain, 30, []sound{soundK, soundQ}},
	{soundGhain, 40, []sound{soundQaf}},
	{soundKh, 15, []sound{soundK, soundQaf}},
	{soundKh, 5, []sound{soundLatinX0}},
	{soundK, 0, []sound{soundQ}},
	{soundK, 10, []sound{soundQaf}},
	{soundQ, 0, []sound{soundQaf}},
	{soundM, 40, []sound{soundN}},
}
