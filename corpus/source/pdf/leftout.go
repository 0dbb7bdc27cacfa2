package pdf

import "encoding/binary"

// leftOut adds what PDFium leaves out of its text: blanks that an object of their own draws, which has no ink, and letters
// whose meaning the file states, when the one before means the same.
func (l *library) leftOut(page uint64, s *sheet) error {
	drawn := make(map[uint32]int, len(s.glyphs)/4)
	for i, g := range s.glyphs {
		if _, ok := drawn[g.object]; !ok {
			drawn[g.object] = i
		}
	}
	n, err := l.call("FPDFPage_CountObjects", page)
	if err != nil {
		return err
	}
	const text, most = 1, scratchSize / 4 // see fpdf_edit.h
	left := maxLeftOut
	for from := 0; from < int(int32(n)); from += most {
		objects, err := l.objects(page, from, min(from+most, int(int32(n))))
		if err != nil {
			return err
		}
		for i, object := range objects {
			if _, ok := drawn[object]; ok || object == 0 {
				continue
			}
			if left--; left < 0 {
				return nil
			}
			kind, err := l.call("FPDFPageObj_GetType", uint64(object))
			if err != nil {
				return err
			}
			if uint32(kind) != text {
				continue
			}
			beside := objects[max(0, i-2):min(len(objects), i+3)]
			if err := l.restore(object, beside, drawn, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxLeftOut bounds the objects of a page that are asked what they are. A page of text has some hundred words.
const maxLeftOut = 20_000

// objects returns the objects of a page between two numbers, as PDFium names them.
func (l *library) objects(page uint64, from, to int) ([]uint32, error) {
	if _, err := l.callIn(l.ctx, l.loop, "objects", page, uint64(from), uint64(to), uint64(l.scratch)); err != nil {
		return nil, err
	}
	b, ok := l.memory.Read(l.scratch, uint32(4*(to-from)))
	if !ok {
		return nil, errMemory
	}
	out := make([]uint32, to-from)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out, nil
}

// restore adds a text object that PDFium leaves out. Beside are the objects drawn before it and after it, drawn has the
// glyph of each.
func (l *library) restore(object uint32, beside []uint32, drawn map[uint32]int, s *sheet) error {
	ok, err := l.call("FPDFPageObj_GetBounds", uint64(object), uint64(l.scratch), uint64(l.scratch+4), uint64(l.scratch+8), uint64(l.scratch+12))
	if err != nil {
		return err
	}
	b, read := l.memory.Read(l.scratch, 16) // left, bottom, right, top
	if uint32(ok) == 0 || !read {
		return nil
	}
	g := glyph{r: lateBlank, left: float(b), bottom: float(b[4:]), right: float(b[8:]), top: float(b[12:]), late: true}
	if ok, err = l.call("FPDFPageObj_GetMatrix", uint64(object), uint64(l.scratch)); err != nil {
		return err
	}
	m, read := l.memory.Read(l.scratch, 24) // FS_MATRIX: a to f
	if uint32(ok) == 0 || !read {
		return nil
	}
	g.x, g.y = float(m[16:]), float(m[20:])
	angle := quarters(float64(float(m)), float64(float(m[4:])))
	const least, letter = 0.02, 4 // points; a letter and its marks
	if g.right-g.left > least && g.top-g.bottom > least {
		meant, span, err := l.actualText(object)
		if err != nil || len(meant) == 0 || len(meant) > letter || !isRTL(meant[0]) {
			return err
		}
		g.r, g.also, g.sorted = meant[0], meant, true
		for _, o := range beside {
			_, other, err := l.actualText(o)
			if err != nil {
				return err
			}
			if i, ok := drawn[o]; ok && other == span {
				s.glyphs[i].takePlace(g)
				return nil
			}
		}
	} else {
		g.left, g.right, g.bottom, g.top = g.x, g.x, g.y, g.y
	}
	s.glyphs = append(s.glyphs, g)
	s.angles = append(s.angles, angle)
	return nil
}

// takePlace puts g where o is drawn, another glyph of those that mean the same together, if that is the larger one: the
// letter, not its mark.
func (g *glyph) takePlace(o glyph) {
	if o.width()*(o.top-o.bottom) > g.width()*(g.top-g.bottom) {
		g.left, g.right, g.bottom, g.top, g.x, g.y = o.left, o.right, o.bottom, o.top, o.x, o.y
	}
}
