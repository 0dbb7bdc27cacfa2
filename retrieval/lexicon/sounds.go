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

// weak reports whether a consonant is often not written or not heard.
func (s sound) weak() bool { return s >= soundAyn && s <= soundHah }

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

// add appends a sound, once if it is doubled.
func (w *spoken) add(s sound) {
	if w.n == maxSounds || w.n > 0 && w.sounds[w.n-1].sound == s && !s.vowel() {
		return
	}
	w.sounds[w.n] = heard{sound: s, drop: dropCost(s)}
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
	w := spoken{arabic: isArabic(norm)}
	if w.arabic {
		speakArabic(&w, norm)
	} else {
		speakLatin(&w, norm)
	}
	return w
}

// speakArabic adds the sounds of an Arabic word.
func speakArabic(w *spoken, norm string) {
	before := rune(0)
	for read, r := range norm {
		if read > maxSounds*utf8.UTFMax {
			break
		}
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

// endArabic weighs what the end of a word says: ه there is mostly ة.
func (w *spoken) endArabic(last rune) {
	if w.n == 0 {
		return
	}
	if last == 'ه' {
		w.sounds[w.n-1].drop = dropVowel
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
	const letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءؤئپچژڤگ"

	i := strings.IndexRune(letters, r)
	if i < 0 {
		return none
	}
	return [...]sound{
		soundA, soundB, soundT, soundTh, soundJeem, soundHah, soundKh, soundD, soundDh, soundR, soundZ, soundS,
		soundSh, soundSad, soundDad, soundTah, soundZah, soundAyn, soundGhain, soundF, soundQaf, soundK, soundL,
		soundM, soundN, soundH, soundWaw, soundYa, soundStop, soundStop, soundStop, soundP, soundTsh, soundZh,
		soundV, soundG,
	}[i/2] // all of them have two bytes
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
	if s, n := digraph(rest); n > 0 {
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
	h := &w.sounds[w.n-1]
	switch h.sound {
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
	groupsA = [...]letterGroup{{"aa", soundA}}
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
	groupsT = [...]letterGroup{{"tsch", soundTsh}, {"tch", soundTsh}, {"th", soundTh}, {"ts", soundTs}, {"tz", soundTs}}
	groupsW = [...]letterGroup{{"wh", soundW}}
	groupsZ = [...]letterGroup{{"zh", soundZh}}
)

func digraphsOf(c byte) []letterGroup {
	switch c {
	case 'a':
		return groupsA[:]
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

// latinSound returns the sound of a letter that stands for one alone, or none.
func latinSound(c byte) sound {
	const letters = "abdefgijklmnopqrstuvwz"
	i := strings.IndexByte(letters, c)
	if i < 0 {
		return none
	}
	return [...]sound{
		soundA, soundB, soundD, soundE, soundF, soundG, soundI, soundJ, soundK, soundL, soundM, soundN, soundO,
		soundP, soundQ, soundR, soundS, soundT, soundU, soundV, soundW, soundZ,
	}[i]
}
