package lexicon

// An outline says so much of a word that most words that are too unlike need not
// be read. The zero value says nothing.
type outline struct {
	waw, round uint8 // و; those, and o, u and w, which it costs nothing to take for it
	ya, front  uint8 // ي; those, and i, y, e and j, which cost little
	heard, h   uint8 // h and ح that are heard; all of them
	weight     int16 // see weigh
}

// maxOutlined is how many sounds a word with an outline has: the numbers of a
// longer one may not fit.
const maxOutlined = 32

// outlineOf returns the outline of a word.
func outlineOf(word []heard) outline {
	var o outline
	if len(word) > maxOutlined {
		return o
	}
	for _, h := range word {
		switch h.sound {
		case soundWaw:
			o.waw++
			o.round++
		case soundO, soundU, soundW:
			o.round++
		case soundYa:
			o.ya++
			o.front++
		case soundI, soundY, soundE, soundJ:
			o.front++
		case soundH, soundHah:
			o.h++
			if h.drop >= dropHeard {
				o.heard++
			}
		}
	}
	o.weight = int16(weigh(word))
	return o
}

// unlike reports whether two words are too unlike for a similarity of least: each
// و, ي and h beyond what the other word has for it is left out or taken for
// another sound.
func (o *outline) unlike(p *outline, least float64) bool {
	if o.weight == 0 || p.weight == 0 {
		return false
	}
	cost := max(o.extra(p), p.extra(o))
	return float64(cost*strictness) > (1-least)*float64(int32(o.weight)+int32(p.weight))
}

// extra returns the least that the sounds cost which the other word lacks.
func (o *outline) extra(p *outline) int32 {
	const glide, breath = 20, 25 // the least that one of them costs
	n := glide*max(0, int32(o.waw)-int32(p.round)) + glide*max(0, int32(o.ya)-int32(p.front))
	return n + breath*max(0, int32(o.heard)-int32(p.h))
}
