package pdf

import (
	"math"
	"slices"

	"newsbot/corpus/source"
)

// A glyph is a character of a page, where it is drawn. Positions are in points (1/72 inch) from the lower left corner
// of the page as it is looked at.
type glyph struct {
	r                        rune
	left, right, bottom, top float32
	x, y                     float32 // the pen, on the baseline
	size                     float32 // of the font, 0 when it is that of the glyph before
	spaced                   bool    // PDFium puts a blank before it
	object                   uint32  // of the page that draws it
	unmapped                 bool    // its font does not say what character it is
	also                     []rune  // all characters of one that stands for several, as PDFium has them or, sorted, as they are read
	sorted                   bool
	first                    bool    // a mark: it stands on the first letter of a ligature
	n, before, after         int     // its number in the file; of a mark, those of the glyphs around it that are none
	late                     bool    // its order in the file is not known
	share                    float32 // the width that PDFium gives it, before anything is known better
}

// A document is an open PDF file.
type document struct {
	lib    *library
	handle uint64
	pages  int
}

// A sheet is what is read of a page.
type sheet struct {
	glyphs []glyph
	// unmapped counts glyphs whose font does not say what character they are, of asked that were looked at.
	unmapped, asked int
	pictures        bool    // asked for only when there are few glyphs
	objects         int     // that are drawn, asked for with pictures
	covered         float32 // how much of the page pictures cover, asked for with pictures
	box             box     // what is shown of the page
	boxed           bool    // the box is known
	shown           []int8  // by glyph
	angles          []int8  // by glyph: quarters to the left that its line is turned, askew for what is between
}

// sizeEvery is how many glyphs may pass until the font is asked for its size again, within a line, and whether it says
// what the glyph is. Both matter by the line, and a call costs as much as the rest of the glyph.
const sizeEvery = 32

// few is a number of glyphs that could stand beside the pictures of a scanned page: a stamp, a page number.
const few = 60

// The errors of PDFium that say more than that a file is damaged, see fpdfview.h.
const (
	errorPassword = 4 // a password is wanted
	errorSecurity = 5 // the way of its encryption is not known
)

// open opens the file, or refuses it.
func (l *library) open(data []byte) (*document, error) {
	p, err := l.write(data)
	if err != nil {
		return nil, err
	}
	handle, err := l.call("FPDF_LoadMemDocument", uint64(p), uint64(len(data)), 0)
	if err != nil {
		return nil, err
	}
	if uint32(handle) == 0 {
		code, err := l.call("FPDF_GetLastError")
		if err != nil {
			return nil, err
		}
		if c := uint32(code); c == errorPassword || c == errorSecurity {
			return nil, refuse(source.Encrypted, nil)
		}
		return nil, refuse(source.Damaged, nil)
	}
	n, err := l.call("FPDF_GetPageCount", handle)
	if err != nil {
		return nil, err
	}
	pages := int(int32(n))
	if pages <= 0 {
		return nil, refuse(source.Damaged, nil)
	}
	if pages > maxPages {
		return nil, refuse(source.TooLarge, nil)
	}
	return &document{lib: l, handle: handle, pages: pages}, nil
}

// meta returns an entry of the document information, such as "Title"; "" when there is none.
func (d *document) meta(key string) (string, error) {
	l := d.lib
	tag, err := l.write(append([]byte(key), 0))
	if err != nil {
		return "", err
	}
	size, err := l.call("FPDF_GetMetaText", d.handle, uint64(tag), 0, 0)
	if err != nil || uint32(size) <= 2 || uint32(size) > 4096 {
		return "", err // the size counts a NUL of two bytes
	}
	buffer, err := l.alloc(int(uint32(size)))
	if err != nil {
		return "", err
	}
	if _, err := l.call("FPDF_GetMetaText", d.handle, uint64(tag), uint64(buffer), uint64(uint32(size))); err != nil {
		return "", err
	}
	return l.utf16(buffer, int(uint32(size))/2-1), nil
}

// page reads page n, from 0, in PDFium's order: that of the file, with what is right-to-left turned as PDFium thinks
// best. At most most glyphs are read.
func (d *document) page(n, most int) (s sheet, err error) {
	l := d.lib
	page, err := l.call("FPDF_LoadPage", d.handle, uint64(n))
	if err != nil {
		return sheet{}, err
	}
	if uint32(page) == 0 {
		return sheet{}, refuse(source.Damaged, nil)
	}
	if s.box, s.boxed, err = l.pageBox(page); err != nil {
		return sheet{}, err
	}
	text, err := l.call("FPDFText_LoadPage", page)
	if err != nil {
		return sheet{}, err
	}
	if uint32(text) != 0 {
		if err = l.glyphs(text, most, &s); err != nil {
			return sheet{}, err
		}
		if err = l.leftOut(page, &s); err != nil {
			return sheet{}, err
		}
		if _, err := l.call("FPDFText_ClosePage", text); err != nil {
			return sheet{}, err
		}
	}
	if err = l.visibility(&s); err != nil {
		return sheet{}, err
	}
	if len(s.glyphs) < few || slices.Contains(s.shown, invisible) {
		if err = l.look(page, &s); err != nil {
			return sheet{}, err
		}
	}
	s.see()
	s.upright()
	_, err = l.call("FPDF_ClosePage", page)
	return s, err
}

func (l *library) glyphs(text uint64, most int, s *sheet) error {
	count, err := l.call("FPDFText_CountChars", text)
	if err != nil {
		return err
	}
	n := max(min(int(int32(count)), most), 0)
	s.glyphs, s.angles = make([]glyph, 0, n), make([]int8, 0, n)
	since, last, spaced := sizeEvery, float32(0), false
	angle := int8(0)
	var some []glyph
	clusters := map[spot]int{}
	for i := 0; i < n; i += loopGlyphs {
		if some, err = l.records(text, uint64(i), min(loopGlyphs, n-i), some[:0]); err != nil {
			return err
		}
		for k, g := range some {
			if g.right-g.left < 0.01 && g.r <= ' ' && g.r != softHyphen {
				spaced = g.r == ' '
				continue // PDFium adds blanks and line ends of its own, without a width
			}
			if s.joins(clusters, g) {
				continue
			}
			known, err := l.seen(text, uint64(i+k), &g, stretches(s.glyphs, g))
			if err != nil {
				return err
			}
			if !known {
				delete(clusters, g.spot())
				continue
			}
			g.spaced, spaced = spaced || isBlank(g.r), false
			if since++; since > sizeEvery || g.y != last {
				since, last = 0, g.y
				if angle, err = l.ask(text, uint64(i+k), &g, s); err != nil {
					return err
				}
			}
			s.angles = append(s.angles, angle)
			s.glyphs = append(s.glyphs, g)
		}
	}
	return l.sortClusters(s)
}

// softHyphen is what PDFium makes of a hyphen that ends a line.
const softHyphen = 2

// ask asks for what need not be known of every glyph. It returns how the glyph is turned.
func (l *library) ask(text, i uint64, g *glyph, s *sheet) (angle int8, err error) {
	size, err := l.call("FPDFText_GetFontSize", text, i)
	if err != nil {
		return 0, err
	}
	ok, err := l.call("FPDFText_GetMatrix", text, i, uint64(l.scratch))
	if err != nil {
		return 0, err
	}
	scale := 1.0
	if uint32(ok) != 0 { // FS_MATRIX: a to f
		m, _ := l.memory.Read(l.scratch, 16)
		scale = math.Hypot(float64(float(m[8:])), float64(float(m[12:])))
		angle = quarters(float64(float(m)), float64(float(m[4:])))
	}
	g.size = float32(math.Abs(math.Float64frombits(size) * scale))
	s.asked++
	if g.unmapped && g.r != kashida {
		s.unmapped++
	}
	return angle, nil
}

// askew is the angle of lines that run neither along a page nor across it, as those of watermarks.
const askew = -1

// quarters returns how many quarters to the left a line runs whose glyphs go on by (x, y).
func quarters(x, y float64) int8 {
	turns := math.Atan2(y, x) / (math.Pi / 2)
	whole := math.Round(turns)
	if math.Abs(turns-whole) > 0.1 {
		return askew
	}
	return int8(int(whole)+4) & 3
}

// upright keeps the glyphs whose lines run as most do, and turns them so that they run from left to right. How the page
// is shown does not matter: text is drawn turned on pages that are shown turned, and on others.
func (s *sheet) upright() {
	var votes [4]int
	for _, a := range s.angles {
		if a != askew {
			votes[a]++
		}
	}
	most := 0
	for a, n := range votes {
		if n > votes[most] {
			most = a
		}
	}
	kept := s.glyphs[:0]
	size := float32(0)
	for i, g := range s.glyphs {
		if g.size > 0 {
			size = g.size
		}
		if int(s.angles[i]) == most {
			g.size = size
			kept = append(kept, g.turned(most))
		}
	}
	s.glyphs = kept
	s.box = s.box.turned(most)
}

// turned returns the glyph turned n times a quarter to the right.
func (g glyph) turned(n int) glyph {
	for range n {
		g.left, g.right, g.bottom, g.top = g.bottom, g.top, -g.right, -g.left
		g.x, g.y = g.y, -g.x
	}
	return g
}
