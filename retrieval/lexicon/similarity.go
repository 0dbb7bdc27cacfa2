package lexicon

// Similarity tells how alike two normalised words sound, from 0 to 1, whatever
// their scripts: 1 less the cost of turning the sounds of one into those of the
// other, as a part of what they weigh. Vowels weigh little. It is symmetric. Words
// with fewer than two consonants sound like nothing, 0, since too many others
// are like them; only the first forty letters count.
func Similarity(a, b string) float64 {
	x, y := speak(a), speak(b)
	if consonants(x.all()) < minConsonants || consonants(y.all()) < minConsonants {
		return 0
	}
	// Latin script mostly leaves an article out.
	costs := swapsOf(&x, &y)
	return max(costs.alikeness(x.all(), y.all(), 0), costs.alikeness(x.bare(), y.all(), 0), costs.alikeness(x.all(), y.bare(), 0))
}

// bare returns the sounds of a word without the Arabic article, if it has one
// and enough is left.
func (w *spoken) bare() []heard {
	if !w.arabic || w.n < 5 || !w.at(0, soundAlif) || !w.at(1, soundL) {
		return w.all()
	}
	return w.sounds[2:w.n]
}

// vowelWeight is what a vowel weighs, in hundredths of a consonant.
const vowelWeight = 70

// strictness is how much of a word's weight differences must cost for nothing to
// be left of the similarity: a half, of both words together a quarter.
const strictness = 4

// alikeness returns the similarity of two words' sounds, or 0 if it is below
// least.
func (c *swapCosts) alikeness(a, b []heard, least float64) float64 {
	weight := weigh(a) + weigh(b)
	if weight == 0 {
		return 0
	}
	most := int32((1 - least) * float64(weight) / strictness)
	cost := c.distance(a, b, most)
	if cost > most {
		return 0
	}
	return 1 - strictness*float64(cost)/float64(weight)
}

// weigh returns what a word weighs, in hundredths of a consonant.
func weigh(word []heard) int32 {
	weight := int32(0)
	for _, h := range word {
		if h.sound.vowel() {
			weight += vowelWeight
		} else {
			weight += different
		}
	}
	return weight
}

// distance returns the least cost of turning a into b: the weighted edit
// distance. Once it is above most it may be anything above.
func (c *swapCosts) distance(a, b []heard, most int32) int32 {
	var rows [2][maxSounds + 1]int32
	above, row := &rows[0], &rows[1]
	for j, h := range b {
		above[j+1] = above[j] + int32(h.drop)
	}
	for _, x := range a {
		swap := &c[x.sound]
		row[0] = above[0] + int32(x.drop)
		least := row[0]
		for j, y := range b {
			cost := min(above[j]+int32(swap[y.sound]), above[j+1]+int32(x.drop), row[j]+int32(y.drop))
			row[j+1] = cost
			least = min(least, cost)
		}
		if least > most {
			return least
		}
		above, row = row, above
	}
	return above[len(b)]
}
