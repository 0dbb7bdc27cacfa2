package pdf

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// mostCluster bounds the characters that one glyph stands for: those of a phrase whose meaning the file states.
const mostCluster = 256

// A spot is where a glyph stands: characters that have it in common are those of one glyph.
type spot struct {
	x, y   float32
	object uint32
}

// seen looks at glyphs that may not be what they seem. A mark gets the place of its ink: what a font says of it is the
// place of its letter, or none. What has no character is one that is unknown; known is false when nothing is seen of it
// either, as of the blanks that stretch a word. What is drawn by itself between Arabic letters may be a kashida, of which
// some programs do not say so.
func (l *library) seen(text, i uint64, g *glyph, between bool) (known bool, err error) {
	mark := unicode.Is(unicode.Mn, g.r)
	symbol, control := g.r >= 0xf020 && g.r <= 0xf0ff, unicode.IsControl(g.r) && g.r != softHyphen && g.r != '\t'
	hyphen := between && g.r != ' ' || g.r == '-' || g.r == softHyphen || g.r == 0xad
	if !mark && !hyphen && (!g.unmapped && !control || symbol) {
		return true, nil
	}
	ok, err := l.call("FPDFText_GetCharBox", text, i, uint64(l.scratch), uint64(l.scratch+8), uint64(l.scratch+16), uint64(l.scratch+24))
	if err != nil {
		return false, err
	}
	b, read := l.memory.Read(l.scratch, 32)
	if uint32(ok) == 0 || !read {
		return mark, nil
	}
	const least = 0.01
	left, right, bottom, top := double(b), double(b[8:]), double(b[16:]), double(b[24:])
	inked := right-left > least && top-bottom > least
	if mark {
		if inked {
			g.left, g.right, g.bottom, g.top = left, right, bottom, top
		}
		return true, nil
	}
	if g.unmapped || control {
		g.r = unicode.ReplacementChar
	}
	// A flat stroke along the line is what stretches words, a kashida.
	const long, flat, along = 2.5, 0.15, 0.05 // times its height; of the height of a letter
	letter := g.top - g.bottom
	if high := top - bottom; (right-left > long*high || right-left > high && high < flat*letter) && abs(bottom-g.y) < along*letter {
		g.r = kashida
	}
	return inked || hyphen, nil
}

// stretches tells whether g may be a kashida: it comes after an Arabic letter, or another kashida, in an object of its own.
func stretches(before []glyph, g glyph) bool {
	if len(before) == 0 || isRTL(g.r) {
		return false
	}
	last := before[len(before)-1]
	return last.r == kashida || isRTL(last.r) && last.object != g.object
}

func (g glyph) spot() spot { return spot{g.x, g.y, g.object} }

// joins adds g to the glyph that it is a character of, when there is one: PDFium gives the characters of one glyph the
// same pen, but not always one after the other. They have one box, or each an equal share of it: two widths at one pen
// are those of two glyphs.
func (s *sheet) joins(clusters map[spot]int, g glyph) bool {
	i, ok := clusters[g.spot()]
	if !ok || g.object == 0 || len(s.glyphs[i].also) >= mostCluster || abs(s.glyphs[i].share-g.share) > 0.02 {
		clusters[g.spot()] = len(s.glyphs)
		return false
	}
	first := &s.glyphs[i]
	if first.also == nil {
		first.also = []rune{first.r}
	}
	first.also = append(first.also, g.r)
	first.left, first.right = min(first.left, g.left), max(first.right, g.right)
	first.bottom, first.top = min(first.bottom, g.bottom), max(first.top, g.top)
	if !unicode.IsLetter(first.r) && unicode.IsLetter(g.r) || isBlank(first.r) {
		first.r = g.r // what the glyph is
	}
	return true
}

// sortClusters puts the characters of glyphs in their order where the file states it.
func (l *library) sortClusters(s *sheet) error {
	for i := range s.glyphs {
		g := &s.glyphs[i]
		if g.also == nil {
			continue
		}
		if !slices.ContainsFunc(g.also, isRTL) {
			g.sorted = true // PDFium turns none of them
			g.trim()
			continue
		}
		meant, _, err := l.actualText(g.object)
		if err != nil {
			return err
		}
		if sameRunes(meant, g.also) {
			g.also, g.sorted = meant, true
			continue
		}
		g.trim()
	}
	return nil
}

// trim leaves out the blanks of a glyph at its ends: those that end a line may have no width.
func (g *glyph) trim() {
	all := g.also
	for len(all) > 1 && isBlank(all[0]) {
		all = all[1:]
	}
	for len(all) > 1 && isBlank(all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	g.also = all
}

// actualText returns what the file states that an object of a page means, in the order of reading (ISO 32000-1,
// 14.9.4), and a name of the span of objects that mean it together; nil and 0 when it does not.
func (l *library) actualText(object uint32) (meant []rune, span uint64, err error) {
	const most, size = 8, 8 * mostCluster
	n, err := l.call("FPDFPageObj_CountMarks", uint64(object))
	if err != nil {
		return nil, 0, err
	}
	for i := range min(int(int32(n)), most) {
		mark, err := l.call("FPDFPageObj_GetMark", uint64(object), uint64(i))
		if err != nil {
			return nil, 0, err
		}
		ok, err := l.call("FPDFPageObjMark_GetParamStringValue", mark, uint64(l.actualKey), uint64(l.scratch), size, uint64(l.scratch+size))
		if err != nil {
			return nil, 0, err
		}
		length, read := l.memory.Read(l.scratch+size, 4)
		if uint32(ok) == 0 || !read {
			continue
		}
		if n := int(binary.LittleEndian.Uint32(length)); n > 2 && n <= size { // a NUL of two bytes ends it
			return wide([]rune(l.utf16(l.scratch, n/2-1))), mark, nil
		}
	}
	return nil, 0, nil
}

// wide returns the text whose bytes in UTF-16 PDFium gives as a character each; all others as they are.
func wide(s []rune) []rune {
	if len(s)%2 != 0 || !slices.ContainsFunc(s, unicode.IsControl) || slices.ContainsFunc(s, func(r rune) bool { return r > 0xff }) {
		return s
	}
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return utf16.Decode(units)
}

func sameRunes(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// lateBlank is a blank that belongs where it stands among the glyphs, not where it comes: the space of a control
// character that no text has.
const lateBlank = rune(0x1c)

// once leaves out glyphs that say again what another one at their place does. Some programs give a letter and the mark
// on it, which are two glyphs, both of their characters each; some draw bold letters twice. The glyph on the line that
// most glyphs stand on is kept, or the wider one.
func once(glyphs []glyph) []glyph {
	groups := map[string][]int{}
	for i, g := range glyphs {
		if g.bearsMark() {
			said := slices.Clone(g.also)
			slices.Sort(said)
			groups[string(said)] = append(groups[string(said)], i)
		}
	}
	if len(groups) == 0 {
		return glyphs
	}
	bases := map[int]int{}
	for _, g := range glyphs {
		bases[tenths(g.y)]++
	}
	again := map[int]bool{}
	for _, group := range groups {
		slices.SortStableFunc(group, func(a, b int) int {
			if d := btoi(glyphs[a].aloft()) - btoi(glyphs[b].aloft()); d != 0 {
				return d
			}
			if d := bases[tenths(glyphs[b].y)] - bases[tenths(glyphs[a].y)]; d != 0 {
				return d
			}
			return btoi(glyphs[a].width() < glyphs[b].width()) - btoi(glyphs[b].width() < glyphs[a].width())
		})
		var kept []int
		for _, i := range group {
			if slices.ContainsFunc(kept[max(0, len(kept)-mostAgain):], func(k int) bool {
				return glyphs[k].saysAgain(glyphs[i])
			}) {
				again[i] = true
				continue
			}
			kept = append(kept, i)
		}
	}
	out := glyphs[:0:0]
	for i, g := range glyphs {
		if !again[i] {
			out = append(out, g)
		}
	}
	return out
}

// raised takes the glyphs out that mean a letter and the mark on it but are drawn where the mark is: the letter has no
// meaning of its own then. They stand off the lines that most glyphs stand on.
func raised(glyphs []glyph) (on, off []glyph) {
	bases := map[int]int{}
	for _, g := range glyphs {
		bases[tenths(g.y)]++
	}
	for i, g := range glyphs {
		if g.r == lateBlank || !g.late && (!g.bearsMark() || !isOff(bases, g)) {
			if off != nil {
				on = append(on, g)
			}
			continue
		}
		if off == nil {
			on = slices.Clone(glyphs[:i])
		}
		off = append(off, g)
	}
	if off == nil {
		return glyphs, nil
	}
	return on, off
}

// isOff tells whether near g there is a line that many more glyphs stand on than at its height.
func isOff(bases map[int]int, g glyph) bool {
	const more, most = 4, 300 // times; tenths of a point
	if g.aloft() {
		return true
	}
	at := tenths(g.y)
	reach := min(tenths(0.9*max(g.size, 1)), most)
	for y := at - reach; y <= at+reach; y++ {
		if y != at && bases[y] > more*bases[at] {
			return true
		}
	}
	return false
}

// bearsMark tells whether g is a letter and a mark on it.
func (g glyph) bearsMark() bool {
	return slices.ContainsFunc(g.also, isMark) && slices.ContainsFunc(g.also, unicode.IsLetter)
}

// aloft tells whether the ink of g, which the box of a glyph whose meaning is stated is, is that of a mark: no letter has
// all of its ink that high, or below the line.
func (g glyph) aloft() bool {
	const high = 0.45 // ems
	return g.sorted && (g.bottom > g.y+high*g.size || g.top < g.y)
}

// mostAgain bounds the glyphs that one is compared with: those of the same letters on a page.
const mostAgain = 512

// saysAgain tells whether o stands with g.
func (g glyph) saysAgain(o glyph) bool {
	const near, high, same = 0.6, 0.8, 0.5 // ems
	size := max(g.size, o.size, 1)
	common := min(g.right, o.right) - max(g.left, o.left)
	if abs(g.y-o.y) < 0.05*size {
		return common > same*min(g.width(), o.width())
	}
	return abs(g.y-o.y) < high*size && (common > 0 || abs(g.left+g.right-o.left-o.right) < 2*near*size)
}

func (g glyph) width() float32 { return g.right - g.left }

func hundredths(x float32) int { return int(math.Round(float64(x) * 100)) }

func tenths(y float32) int { return int(y * 10) }

func isMark(r rune) bool { return unicode.Is(unicode.Mn, r) }

// text returns what the glyph says. The characters of one that stands for several came in their order or reversed.
func (g glyph) text(reversed bool) string {
	if g.also == nil {
		return letters(g.r)
	}
	all := g.also
	if !g.sorted && g.reversed(reversed) {
		all = slices.Clone(all)
		if i := slices.IndexFunc(all, isAlef); i > 0 && all[i-1] == 'ل' && isMark(all[0]) {
			all[i-1], all[i] = all[i], all[i-1] // a presentation form, whose letters PDFium does not turn
		}
		slices.Reverse(all)
	}
	var b strings.Builder
	for _, r := range all {
		b.WriteString(letters(r))
	}
	return b.String()
}

// reversed tells whether the characters of a glyph came from behind, as usual says that they do: a mark stands behind
// its letter, and no font makes one glyph of an alef and a lam behind it.
func (g glyph) reversed(usual bool) bool {
	first, last := g.also[0], g.also[len(g.also)-1]
	switch string(g.also) {
	case "لله", "الله":
		return false
	case "هلل", "هللا":
		return true
	}
	switch {
	case isMark(first) != isMark(last):
		return isMark(first)
	case first == 'ل' && isAlef(last):
		return false
	case isAlef(first) && last == 'ل':
		return true
	}
	return usual
}
