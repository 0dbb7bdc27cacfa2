package pdf

import (
	"math"
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// What a text may have of what no text has, and how much of it must be there to tell. The shares are set so that every
// text of ours passes, and none of them does reversed, word by word or as a whole, or with its letters exchanged.
const (
	chunkWords = 150   // are judged together: a font that is read wrongly may be that of one page
	leastWords = 12    // to judge by
	mostBad    = 0.02  // of characters that are none
	mostSigns  = 0.45  // of signs among what is no blank
	mostWrong  = 0.015 // of Arabic words that cannot be
	mostSingle = 0.08  // of single letters
	mostBare   = 0.3   // of single Latin letters: initials and units are some
	leastStops = 0.02  // of words that every text in the language is full of
)

// unlikely is how likely letters are, in the mean of their logarithms, in what is no text: those of English texts are at
// -2.9, of Polish ones at -3.3; of English moved on in the alphabet, by whatever number, from -3.5 to -4.2.
const unlikely = -3.42

// orderly tells whether s reads as text does. It knows Arabic and English well, and of other languages in their scripts
// what they share with these; scripts that it does not know it lets pass, when their characters are characters.
func orderly(s string) bool {
	if !clean(s) {
		return false
	}
	var c count
	var t torn
	for field := range strings.FieldsSeq(s) {
		c.add(field)
		t.add(field)
		if c.fields == chunkWords {
			if !c.orderly() || !t.orderly() {
				return false
			}
			c, t = count{}, torn{}
		}
	}
	return c.orderly() && t.orderly()
}

// clean tells whether the characters of s are characters, most of them letters and digits.
func clean(s string) bool {
	const leastLetters = 40
	bad, signs, good := 0, 0, 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
			good++
		case r == unicode.ReplacementChar, unicode.IsControl(r), unicode.Is(unicode.Co, r), !unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r):
			bad++
		default:
			signs++
		}
	}
	all := bad + signs + good
	if over(bad, all, mostBad) || strings.Count(s, "(cid:") > 1+all/200 {
		return false
	}
	return all < leastLetters || !over(signs, all, mostSigns)
}

// over tells whether n of all is more than share, and more than one by chance.
func over(n, all int, share float64) bool { return n > 1 && float64(n) > share*float64(all) }

// A count is what the words of a stretch of text are like.
type count struct {
	fields int
	// Arabic words of two letters and more; those that cannot be; those with the article at their beginning, and with its
	// mirror image at their end; single letters; function words.
	arabic, wrong, begins, ends, single, stops int
	// The same of Latin letters, and the sum of the logarithms of how frequent each letter is in English.
	latin, latinStops, letters int
	turned                     int // English function words from behind
	bare                       int // letters that stand alone, but for the words that are one
	likely                     float64
}

func (c *count) add(field string) {
	c.fields++
	word := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) })
	if word == "" {
		return
	}
	letters := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, word))
	if unicode.Is(unicode.Arabic, letters[0]) {
		c.addArabic(letters)
		return
	}
	c.addLatin(letters)
}

func (c *count) addArabic(letters []rune) {
	w := string(letters)
	if len(letters) == 1 {
		c.single += btoi(w != "و")
		return
	}
	c.arabic++
	c.stops += btoi(arabicStops[text.Normalize(w)])
	begins := strings.HasPrefix(strings.TrimLeft(w, "وفبك"), "ال") || strings.HasPrefix(w, "لل")
	c.begins += btoi(begins)
	c.ends += btoi(!begins && len(letters) > 3 && strings.HasSuffix(w, "لا"))
	c.wrong += btoi(cannotBe(letters))
}

// cannotBe tells whether no Arabic word is written like this: ة and ى stand at the end, ؤ and ئ not at the beginning, and
// no word has what becomes of «لأ», «لإ» and «لآ» when their letters change places.
func cannotBe(letters []rune) bool {
	if strings.ContainsRune("ةىؤئ", letters[0]) {
		return true
	}
	for i, r := range letters[:len(letters)-1] {
		if endsWord(r) || r == 'ا' && i+2 < len(letters) && strings.ContainsRune("أإآا", letters[i+1]) && letters[i+2] == 'ل' {
			return true
		}
	}
	return false
}

func (c *count) addLatin(letters []rune) {
	if !unicode.Is(unicode.Latin, letters[0]) {
		return
	}
	if len(letters) == 1 {
		c.bare += btoi(letters[0] != 'a' && letters[0] != 'A' && letters[0] != 'I')
		return
	}
	c.latin++
	w := strings.ToLower(string(letters))
	c.latinStops += btoi(latinStops[w])
	c.turned += btoi(turnedStops[w])
	for _, r := range letters {
		if r = unicode.ToLower(r); r >= 'a' && r <= 'z' {
			c.letters++
			c.likely += letterFrequency[r-'a']
		}
	}
}

// orderly judges what was counted.
func (c *count) orderly() bool {
	if c.arabic < leastWords && 6*c.wrong > c.arabic && c.begins == 0 || c.arabic > 0 && c.begins == 0 && c.ends > 2 {
		return false // too few to go by shares: a headline, the last words of a text
	}
	if c.arabic >= leastWords {
		if over(c.wrong, c.arabic, mostWrong) || c.ends > c.begins && over(c.ends, c.arabic, mostWrong) ||
			over(c.single, c.arabic, mostSingle) {
			return false
		}
		const enough = 40
		if c.arabic >= enough && float64(c.stops) < leastStops*float64(c.arabic) {
			return false
		}
	}
	if c.single > c.arabic && c.single >= leastWords {
		return false
	}
	if c.bare >= leastWords && over(c.bare, c.latin+c.arabic, mostBare) {
		return false
	}
	if c.turned > c.latinStops && over(c.turned, c.latin, leastStops) {
		return false
	}
	if c.latin >= 2*leastWords && c.latin > c.arabic && c.letters > 0 && float64(c.latinStops) < leastStops*float64(c.latin) {
		return c.likely/float64(c.letters) > unlikely
	}
	return true
}

// letterFrequency has the natural logarithm of the share of each letter in English text.
var letterFrequency = func() (out [26]float64) {
	perMille := [26]float64{82, 15, 28, 43, 127, 22, 20, 61, 70, 1.5, 7.7, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 9.8, 24, 1.5, 20, 0.7}
	for i, n := range perMille {
		out[i] = math.Log(n / 1000)
	}
	return out
}()

// The words that texts are full of, in the languages whose scripts are judged: Arabic, Persian and Urdu; English,
// French, Spanish, German and Turkish.
var (
	arabicStops = text.WordSet(text.Normalize(`في من على إلى أن إن عن التي الذي هذا هذه ذلك بعد قبل مع كان كانت قال وقال لم لا ما
		بين قد أو ثم كما حتى خلال منذ عند غير كل بعض أكثر عام لكن هو هي وهو وهي وفي ومن وأن حيث عبر ضد
		در به از که را این است با برای آن تا بر شد می های کرد
		کے کی میں کا اور سے ہے نے کو پر`))
	turnedStops = text.WordSet(`eht fo dna ni ot saw rof yb htiw ta morf ti sih era erew`)
	latinStops  = text.WordSet(`the of and to in a is was for on that by with as at from he it his are were be which has had
		le la les de des et du en un une que qui dans pour sur
		el los las del y que por con una se
		der die das und den von zu mit ist im auf
		bir ve bu için ile`)
)
