package lexicon

import (
	"strings"
	"unicode/utf8"
)

// maxSounds is how many letters of a word are listened to. No name is longer;
// the bound keeps hostile words cheap.
const maxSounds = 40

// A sound is what a letter, or a few together, may stand for in both scripts.
type sound uint8

// The sounds. Those of Arabic that Latin script does not tell apart have their
// own, so that two Arabic words are told apart by them a little.
const (
	none sound = iota
	soundA
	soundAlif // ا at the beginning, where it carries any vowel
	soundE
	soundI // i, and y before a consonant or at the end
	soundO
	soundU
	soundY // y before a vowel
	soundW
	soundWaw  // و: a consonant or a vowel
	soundYa   // ي: a consonant or a vowel
	soundAyn  // ع
	soundStop // ء ؤ ئ
	soundH
	soundHah // ح
	soundB
	soundP
	soundF
	soundV
	soundT
	soundTah // ط
	soundTh
	soundD
	soundDad // ض
	soundDh
	soundZah // ظ
	soundZ
	soundS
	soundSt    // s before t and p, which German reads as sh
	soundSad   // ص
	soundSoftC // c before e, i and y
	soundTs
	soundSh
	soundTsh     // تش and چ
	soundCh      // ch, which English, French, German and Greek read differently
	soundZh      // zh and ژ
	soundJ       // j, which Spanish, German and Slavs read differently
	soundJeem    // ج
	soundG       // g and گ
	soundGhain   // غ and gh
	soundKh      // خ and kh
	soundK       // k, ك and c before other letters
	soundQ       // q
	soundQaf     // ق
	soundLatinX0 // x at the beginning
	soundR
	soundL
	soundM
	soundN
	sounds // how many there are
)

// vowel reports whether a sound is one that scripts write or leave out at will.
func (s sound) vowel() bool { return s >= soundA && s <= soundYa }

// arabicVowel reports whether a sound is a long vowel of Arabic or its consonant.
func (s sound) arabicVowel() bool { return s == soundWaw || s == soundYa }

// A spoken word is its sounds in order.
type spoken struct {
	sounds [maxSounds]heard
	n      int
	arabic bool
}

// heard is a sound at its place in a word.
type heard struct {
	sound sound
	// drop is what it costs, in hundredths of a consonant, if the other word does
	// not have it.
	drop uint8
	// silent says that the skeleton is worth a try without it.
	silent bool
}

// all returns the sounds of a word, which must not be changed.
func (w *spoken) all() []heard { return w.sounds[:w.n] }

// add appends a sound. A doubled consonant is one in Latin script; in Arabic
// script, which rarely writes it twice, the second may be.
func (w *spoken) add(s sound) {
	doubled := w.n > 0 && w.sounds[w.n-1].sound == s && !s.vowel()
	if w.n == maxSounds || doubled && !w.arabic {
		return
	}
	w.sounds[w.n] = heard{sound: s, drop: dropCost(s)}
	if doubled {
		w.sounds[w.n].drop = dropDoubled
	}
	w.n++
}

// last returns the sound added last.
func (w *spoken) last() sound {
	if w.n == 0 {
		return none
	}
	return w.sounds[w.n-1].sound
}

// speak reads a normalised word aloud: one without a letter of either script
// has no sounds.
func speak(norm string) spoken {
	var w spoken
	w.read(norm, isArabic(norm))
	return w
}

// read makes w the sounds of a normalised word of a script.
func (w *spoken) read(norm string, arabic bool) {
	norm = norm[:min(len(norm), maxSounds*utf8.UTFMax)] // a cut letter is no letter
	w.n, w.arabic = 0, arabic
	if arabic {
		speakArabic(w, norm)
	} else {
		speakLatin(w, norm)
	}
}

// speakArabic adds the sounds of an Arabic word.
func speakArabic(w *spoken, norm string) {
	before := rune(0)
	for _, r := range norm {
		switch {
		case before == 'ت' && r == 'ش':
			w.replace(soundTsh)
		case before == 'ت' && (r == 'س' || r == 'ز'):
			w.replace(soundTs)
		case before == 'د' && r == 'ج':
			w.replace(soundJeem)
		default:
			if s := arabicSound(r); s != none {
				w.add(s)
			}
		}
		before = r
	}
	w.endArabic(before)
}

// replace puts a sound in the place of the last: the two letters are one sound.
func (w *spoken) replace(s sound) {
	if w.n > 0 && w.n < maxSounds {
		w.n--
		w.add(s)
	}
}

// endArabic weighs what the edges of a word say: ه at the end is mostly ة.
func (w *spoken) endArabic(last rune) {
	if w.n == 0 {
		return
	}
	switch h := &w.sounds[w.n-1]; {
	case last == 'ه':
		h.drop = dropEnd
	case h.sound.vowel():
		h.drop = dropEndAr
	}
	switch first := &w.sounds[0]; {
	case w.at(0, soundWaw, soundYa):
		first.drop = dropAlif
	case w.at(0, soundA):
		*first = heard{sound: soundAlif, drop: dropAlif}
		if w.at(1, soundWaw, soundYa, soundS) {
			first.drop = dropSilent // «أو» is o, «أس» is s
		}
	}
	w.hideG()
}

// hideG makes a g or ج after n cheap to leave out: "Washington" is «واشنطن».
func (w *spoken) hideG() {
	for i := 1; i < w.n; i++ {
		if h := &w.sounds[i]; w.sounds[i-1].sound == soundN && (h.sound == soundG || h.sound == soundGhain) {
			h.drop, h.silent = dropHidden, !w.arabic
		}
	}
}

// arabicSound returns the sound of a letter, or none.
func arabicSound(r rune) sound {
	switch r {
	case 'پ':
		return soundP
	case 'چ':
		return soundTsh
	case 'ژ':
		return soundZh
	case 'ڤ':
		return soundV
	case 'گ':
		return soundG
	}
	if r < firstArabic || r > 'ي' {
		return none
	}
	return arabicSounds[r-firstArabic]
}

// firstArabic is the first letter of the Arabic block.
const firstArabic = 'ء'

// arabicSounds has the sounds of the letters from ء on.
// It is read only.
var arabicSounds = [...]sound{
	'ء' - firstArabic: soundStop, 'ؤ' - firstArabic: soundStop, 'ئ' - firstArabic: soundStop,
	'ا' - firstArabic: soundA, 'ب' - firstArabic: soundB, 'ت' - firstArabic: soundT, 'ث' - firstArabic: soundTh, 'ج' - firstArabic: soundJeem,
	'ح' - firstArabic: soundHah, 'خ' - firstArabic: soundKh, 'د' - firstArabic: soundD, 'ذ' - firstArabic: soundDh, 'ر' - firstArabic: soundR,
	'ز' - firstArabic: soundZ, 'س' - firstArabic: soundS, 'ش' - firstArabic: soundSh, 'ص' - firstArabic: soundSad, 'ض' - firstArabic: soundDad,
	'ط' - firstArabic: soundTah, 'ظ' - firstArabic: soundZah, 'ع' - firstArabic: soundAyn, 'غ' - firstArabic: soundGhain, 'ف' - firstArabic: soundF,
	'ق' - firstArabic: soundQaf, 'ك' - firstArabic: soundK, 'ل' - firstArabic: soundL, 'م' - firstArabic: soundM, 'ن' - firstArabic: soundN,
	'ه' - firstArabic: soundH, 'و' - firstArabic: soundWaw, 'ي' - firstArabic: soundYa,
}

// speakLatin adds the sounds of a Latin word.
func speakLatin(w *spoken, norm string) {
	for i := 0; i < len(norm) && w.n < maxSounds; {
		i += speakLetters(w, norm, i)
	}
	w.endLatin()
	w.hideG()
}

// speakLetters adds the sounds of the letters at i and returns how many bytes
// they are.
func speakLetters(w *spoken, norm string, i int) int {
	rest := norm[i:]
	if s, n := digraph(rest); n > 0 && (s != soundGhain || w.last() != soundN) {
		w.add(s)
		return n
	}
	switch c := rest[0]; c {
	case 'x':
		if w.n == 0 {
			w.add(soundLatinX0)
		} else {
			w.add(soundK)
			w.add(soundS)
		}
	case 'y':
		w.add(yOr(rest, soundI))
	case 'c':
		w.add(cSound(w, rest))
	case 'h':
		w.addH()
	case 's':
		w.add(sSound(rest))
	default:
		if c >= utf8.RuneSelf {
			return speakOther(w, rest)
		}
		if s := latinSound(c); s != none {
			w.add(s)
		}
	}
	return 1
}

// yOr returns the consonant if a vowel follows y, else the vowel.
func yOr(rest string, vowel sound) sound {
	if len(rest) > 1 && strings.IndexByte("aeou", rest[1]) >= 0 {
		return soundY
	}
	return vowel
}

// cSound returns what c stands for at the beginning of rest.
func cSound(w *spoken, rest string) sound {
	switch {
	case len(rest) == 1 && w.last() == soundI && w.n > 1:
		return soundCh // "Vucic"
	case len(rest) > 1 && strings.IndexByte("eiy", rest[1]) >= 0:
		return soundSoftC
	}
	return soundK
}

// sSound returns what s stands for at the beginning of rest.
func sSound(rest string) sound {
	if len(rest) > 1 && (rest[1] == 't' || rest[1] == 'p') {
		return soundSt
	}
	return soundS
}

// addH adds h, which is not heard after a consonant.
func (w *spoken) addH() {
	before := w.last()
	w.add(soundH)
	if w.last() == soundH && before != none && !before.vowel() {
		w.sounds[w.n-1].drop = dropSilent
	}
}

// endLatin weighs what is often not heard at the end of a Latin word.
func (w *spoken) endLatin() {
	if w.n < 2 {
		return
	}
	if w.sounds[0].sound.vowel() {
		w.sounds[0].drop = dropFirst
	}
	h := &w.sounds[w.n-1]
	switch h.sound {
	case soundA, soundI:
		h.drop = dropEnd
	case soundO, soundU:
		h.drop = dropEndO
	case soundE, soundH:
		h.drop = 0
	case soundS, soundT, soundD, soundZ, soundP:
		if w.sounds[w.n-2].sound.vowel() && w.n > 4 {
			h.drop, h.silent = dropFinal, true
		}
	}
}

// speakOther adds the sound of the first rune of rest, which is not ASCII, and
// returns its length.
func speakOther(w *spoken, rest string) int {
	r, n := utf8.DecodeRuneInString(rest)
	switch r {
	case 'ß':
		w.add(soundS)
	case 'æ', 'œ':
		w.add(soundE)
	case 'ə':
		w.add(soundA)
	case 'þ':
		w.add(soundTh)
	case 'ð':
		w.add(soundDh)
	}
	return n
}

// digraph returns the sound that several letters at the beginning of s stand
// for and their number, 0 if there is none.
func digraph(s string) (sound, int) {
	if len(s) < 2 {
		return none, 0
	}
	for _, d := range digraphsOf(s[0]) {
		if strings.HasPrefix(s, d.letters) {
			return d.sound, len(d.letters)
		}
	}
	return none, 0
}

// letterGroup is a group of Latin letters with one sound.
type letterGroup struct {
	letters string
	sound   sound
}

// The groups by their first letter, the longest first.
var (
	groupsB = [...]letterGroup{{"bh", soundB}}
	groupsC = [...]letterGroup{{"ch", soundCh}, {"cz", soundTsh}, {"ck", soundK}, {"cq", soundK}, {"cc", soundK}}
	groupsD = [...]letterGroup{{"dzh", soundJ}, {"dge", soundJeem}, {"dj", soundJ}, {"dh", soundDh}, {"dt", soundT}}
	groupsE = [...]letterGroup{{"ee", soundI}, {"eau", soundO}}
	groupsG = [...]letterGroup{{"gh", soundGhain}}
	groupsK = [...]letterGroup{{"kh", soundKh}}
	groupsO = [...]letterGroup{{"oo", soundU}, {"ou", soundU}}
	groupsP = [...]letterGroup{{"ph", soundF}}
	groupsR = [...]letterGroup{{"rh", soundR}}
	groupsS = [...]letterGroup{{"shch", soundSh}, {"sch", soundSh}, {"sh", soundSh}, {"sz", soundS}}
	groupsT = [...]letterGroup{{"tsch", soundTsh}, {"tsh", soundTsh}, {"tch", soundTsh}, {"th", soundTh}, {"ts", soundTs}, {"tz", soundTs}}
	groupsW = [...]letterGroup{{"wh", soundW}}
	groupsZ = [...]letterGroup{{"zh", soundZh}}
)

func digraphsOf(c byte) []letterGroup {
	switch c {
	case 'b':
		return groupsB[:]
	case 'c':
		return groupsC[:]
	case 'd':
		return groupsD[:]
	case 'e':
		return groupsE[:]
	case 'g':
		return groupsG[:]
	case 'k':
		return groupsK[:]
	case 'o':
		return groupsO[:]
	case 'p':
		return groupsP[:]
	case 'r':
		return groupsR[:]
	case 's':
		return groupsS[:]
	case 't':
		return groupsT[:]
	case 'w':
		return groupsW[:]
	case 'z':
		return groupsZ[:]
	}
	return nil
}

// latinSound returns the sound of an ASCII letter that stands for one alone, or
// none.
func latinSound(c byte) sound {
	if c < 'a' || c > 'z' {
		return none
	}
	return latinSounds[c-firstLatin]
}

// firstLatin is the first letter of the alphabet.
const firstLatin = 'a'

// latinSounds has the sounds of the letters from a on; c, h, s, x and y depend on
// what is beside them. It is read only.
var latinSounds = [...]sound{
	'a' - firstLatin: soundA, 'b' - firstLatin: soundB, 'd' - firstLatin: soundD, 'e' - firstLatin: soundE, 'f' - firstLatin: soundF,
	'g' - firstLatin: soundG, 'i' - firstLatin: soundI, 'j' - firstLatin: soundJ, 'k' - firstLatin: soundK, 'l' - firstLatin: soundL,
	'm' - firstLatin: soundM, 'n' - firstLatin: soundN, 'o' - firstLatin: soundO, 'p' - firstLatin: soundP, 'q' - firstLatin: soundQ,
	'r' - firstLatin: soundR, 't' - firstLatin: soundT, 'u' - firstLatin: soundU, 'v' - firstLatin: soundV, 'w' - firstLatin: soundW,
	'z' - firstLatin: soundZ,
}
