package lexicon

// Costs are in hundredths of a consonant.
const (
	different  = 100 // two consonants that are not confused
	dropVowel  = 15
	dropShort  = 6 // e, which Arabic rarely writes
	dropLong   = 22
	dropWeak   = 40
	dropHidden = 15
	dropSilent = 5
	dropFinal  = 45
)

// dropCost returns what a sound costs that only one of two words has.
func dropCost(s sound) uint8 {
	switch s {
	case soundE:
		return dropShort
	case soundA, soundI, soundO, soundU:
		return dropVowel
	case soundY, soundW, soundWaw, soundYa:
		return dropLong
	case soundStop:
		return dropSilent
	case soundAyn:
		return dropVowel
	case soundH, soundHah, soundGhain:
		return dropWeak
	}
	return different
}

// swapCosts is what it costs that one word has one sound and the other another.
type swapCosts [sounds][sounds]uint8

// swaps is read only.
var swaps = newSwapCosts()

// confusion is a set of sounds that stand for one another at a cost.
type confusion struct {
	cost  uint8
	sound sound
	by    []sound
}

func newSwapCosts() *swapCosts {
	var c swapCosts
	for a := range sounds {
		for b := range sounds {
			c[a][b] = unlike(a, b)
		}
		c[a][a] = 0
	}
	for _, x := range confusions() {
		for _, b := range x.by {
			c[x.sound][b], c[b][x.sound] = x.cost, x.cost
		}
	}
	return &c
}

// unlike returns the cost of two sounds that no confusion joins.
func unlike(a, b sound) uint8 {
	switch {
	case a.vowel() && b.vowel():
		return 18
	case a.vowel() != b.vowel():
		return 2 * different // never better than leaving both out
	}
	return different
}

// confusions lists which letters stand for one another, mostly those of the two
// scripts.
func confusions() []confusion {
	return []confusion{
		{0, soundA, []sound{soundAyn}},
		{4, soundA, []sound{soundE, soundStop}},
		{10, soundE, []sound{soundAyn}},
		{10, soundO, []sound{soundAyn}},
		{10, soundU, []sound{soundAyn}},
		{10, soundI, []sound{soundAyn}},
		{12, soundA, []sound{soundO, soundYa}},
		{4, soundE, []sound{soundYa, soundI, soundStop}},
		{0, soundYa, []sound{soundI, soundY}},
		{4, soundI, []sound{soundY, soundStop}},
		{0, soundWaw, []sound{soundU, soundO, soundW}},
		{4, soundO, []sound{soundU}},
		{4, soundU, []sound{soundW}},
		{10, soundU, []sound{soundStop}},
		{10, soundAyn, []sound{soundStop}},
		{20, soundW, []sound{soundV, soundF}},
		{30, soundWaw, []sound{soundV, soundF}},
		{10, soundJ, []sound{soundYa, soundY, soundI}},
		{0, soundH, []sound{soundHah}},
		{25, soundKh, []sound{soundH, soundHah}},
		{0, soundB, []sound{soundP}},
		{40, soundB, []sound{soundV}},
		{40, soundP, []sound{soundF}},
		{0, soundF, []sound{soundV}},
		{0, soundT, []sound{soundTah}},
		{10, soundTh, []sound{soundT, soundTah, soundDh}},
		{20, soundTh, []sound{soundS, soundZah, soundD}},
		{45, soundT, []sound{soundD, soundDad}},
		{0, soundD, []sound{soundDad}},
		{10, soundD, []sound{soundDh, soundZah}},
		{4, soundDh, []sound{soundZah, soundDad}},
		{10, soundZ, []sound{soundZah, soundDh, soundTs, soundS}},
		{20, soundZ, []sound{soundDad, soundSad, soundZh}},
		{0, soundS, []sound{soundSad, soundSoftC}},
		{0, soundSad, []sound{soundSoftC}},
		{10, soundSoftC, []sound{soundTsh, soundTs, soundZ}},
		{15, soundSoftC, []sound{soundSh}},
		{30, soundSoftC, []sound{soundK}},
		{25, soundTs, []sound{soundS, soundSad, soundT}},
		{35, soundS, []sound{soundSh}},
		{4, soundCh, []sound{soundTsh, soundSh}},
		{10, soundCh, []sound{soundK, soundKh}},
		{15, soundTsh, []sound{soundSh}},
		{35, soundTsh, []sound{soundK, soundJeem}},
		{0, soundZh, []sound{soundJ, soundJeem}},
		{20, soundZh, []sound{soundSh}},
		{0, soundJ, []sound{soundJeem}},
		{20, soundJ, []sound{soundKh, soundG, soundGhain, soundH}},
		{0, soundG, []sound{soundGhain, soundJeem}},
		{10, soundGhain, []sound{soundJeem}},
		{4, soundG, []sound{soundQaf}},
		{10, soundG, []sound{soundQ}},
		{25, soundG, []sound{soundK}},
		{30, soundGhain, []sound{soundK, soundQaf, soundQ}},
		{15, soundKh, []sound{soundK, soundQaf}},
		{0, soundK, []sound{soundQ}},
		{4, soundK, []sound{soundQaf}},
		{0, soundQ, []sound{soundQaf}},
		{5, soundLatinX0, []sound{soundSh, soundS, soundZ, soundKh}},
		{40, soundM, []sound{soundN}},
	}
}
