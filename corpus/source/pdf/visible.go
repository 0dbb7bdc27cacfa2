package pdf

// A box is a part of a page, in points.
type box struct{ left, bottom, right, top float32 }

func (b box) width() float32  { return max(b.right-b.left, 0) }
func (b box) height() float32 { return max(b.top-b.bottom, 0) }
func (b box) area() float32   { return b.width() * b.height() }

// within returns what of b lies in o.
func (b box) within(o box) box {
	return box{max(b.left, o.left), max(b.bottom, o.bottom), min(b.right, o.right), min(b.top, o.top)}
}

// turned returns the box turned n times a quarter to the right, as glyphs are.
func (b box) turned(n int) box {
	for range n {
		b = box{b.bottom, -b.right, b.top, -b.left}
	}
	return b
}

// How a glyph is shown.
const (
	shown     = iota
	invisible // neither filled nor stroked: what was recognised of a scan
	layered   // in a layer that is off
)

// pageBox returns what of a page is shown: its crop box, or its media box when it has none. ok is false when it has
// neither.
func (l *library) pageBox(page uint64) (b box, ok bool, err error) {
	got, err := l.call("FPDF_GetPageBoundingBox", page, uint64(l.scratch))
	if err != nil || uint32(got) == 0 {
		return box{}, false, err
	}
	m, _ := l.memory.Read(l.scratch, 16) // FS_RECTF: left, top, right, bottom
	b = box{float(m), float(m[12:]), float(m[8:]), float(m[4:])}
	return b, b.area() > 0, nil
}

// visibility finds out how each glyph of a page is shown, by the object that draws it.
func (l *library) visibility(s *sheet) (err error) {
	s.shown = make([]int8, len(s.glyphs))
	last, how := uint32(0), int8(shown)
	for i, g := range s.glyphs {
		if g.object != last && g.object != 0 {
			last = g.object
			if how, err = l.shows(uint64(g.object)); err != nil {
				return err
			}
		}
		s.shown[i] = how
	}
	return nil
}

// shows tells how an object of a page is shown.
func (l *library) shows(object uint64) (int8, error) {
	const invisibleMode = 3 // the text rendering mode of ISO 32000-1, 9.3.6
	if len(l.hidden) > 0 {
		if off, err := l.isLayered(object); err != nil || off {
			return layered, err
		}
	}
	mode, err := l.call("FPDFTextObj_GetTextRenderMode", object)
	if err != nil || int32(mode) != invisibleMode {
		return shown, err
	}
	return invisible, nil
}

// isLayered tells whether an object is drawn in a layer that is off.
func (l *library) isLayered(object uint64) (bool, error) {
	const most = 8 // marks that are looked at
	n, err := l.call("FPDFPageObj_CountMarks", object)
	if err != nil {
		return false, err
	}
	for i := range min(int(int32(n)), most) {
		mark, err := l.call("FPDFPageObj_GetMark", object, uint64(i))
		if err != nil {
			return false, err
		}
		name, err := l.markName(mark)
		if err != nil {
			return false, err
		}
		if l.hidden[name] {
			return true, nil
		}
	}
	return false, nil
}

// markName returns the name of the layer that a mark stands for; "" when there is none.
func (l *library) markName(mark uint64) (string, error) {
	const room = 512 // bytes of scratch for each: no layer has a longer name
	key, result := uint64(l.scratch), uint64(l.scratch)+room
	if !l.memory.Write(l.scratch, []byte("Name\x00")) {
		return "", errMemory
	}
	got, err := l.call("FPDFPageObjMark_GetParamStringValue", mark, key, result, room, result+room)
	if err != nil || uint32(got) == 0 {
		return "", err
	}
	size, _ := l.memory.ReadUint32Le(uint32(result) + room)
	if size < 2 || size > room {
		return "", nil
	}
	return l.utf16(uint32(result), int(size)/2-1), nil
}

// see leaves out the glyphs that no reader sees: beside the page, in layers that are off, and those that are invisible,
// unless they are what was recognised of a picture beneath.
func (s *sheet) see() {
	const beneath = 0.3 // of the page
	visible := false
	for i, g := range s.glyphs {
		visible = visible || s.shown[i] == shown && g.r > ' '
	}
	kept, angles := s.glyphs[:0], s.angles[:0]
	size, end, on := float32(0), 0, true
	for i, g := range s.glyphs {
		if i == end {
			end, on = s.run(i)
		}
		if g.size > 0 {
			size = g.size
		}
		switch {
		case s.shown[i] == layered, s.boxed && !on,
			s.shown[i] == invisible && visible && s.covered < beneath:
			continue
		}
		g.size = size
		kept, angles = append(kept, g), append(angles, s.angles[i])
	}
	s.glyphs, s.angles = kept, angles
}

// run returns where the run of glyphs ends that begins at i and is written along one line, and whether any of it stands on
// what is shown of the page: a line that is too long for the page is read whole.
func (s *sheet) run(i int) (end int, on bool) {
	last := s.glyphs[i]
	for end = i; end < len(s.glyphs); end++ {
		g := s.glyphs[end]
		if g.y != last.y && g.x != last.x {
			break
		}
		on, last = on || s.box.has(g), g
	}
	return end, on
}

// has tells whether the glyph stands in the box.
func (b box) has(g glyph) bool {
	x, y := (g.left+g.right)/2, g.y
	return x >= b.left && x <= b.right && y >= b.bottom && y <= b.top
}

// unread tells whether a page without letters may have text that cannot be read: a picture covers it, or it has so many
// shapes that letters may be among them. A cover has a picture and a few words.
func (s *sheet) unread(n, letters int) bool {
	const (
		scan   = 0.7 // of the page
		shapes = 300
	)
	few := letters < lettersOfText
	if n == 0 {
		few = letters == 0
	}
	return few && s.covered >= scan || letters == 0 && s.objects >= shapes
}

// look looks at what a page draws besides text: how many things, and how much of the page pictures cover.
func (l *library) look(page uint64, s *sheet) error {
	const mostObjects, image, form = 400, 3, 5 // see fpdf_edit.h; a form may hold anything
	n, err := l.call("FPDFPage_CountObjects", page)
	if err != nil {
		return err
	}
	s.objects = int(int32(n))
	area := float32(0)
	for i := range min(s.objects, mostObjects) {
		object, err := l.call("FPDFPage_GetObject", page, uint64(i))
		if err != nil {
			return err
		}
		kind, err := l.call("FPDFPageObj_GetType", object)
		if err != nil {
			return err
		}
		if k := uint32(kind); k != image && k != form {
			continue
		}
		s.pictures = true
		pictured := uint32(kind) == image
		if !pictured {
			if pictured, err = l.hasPicture(object, 0); err != nil {
				return err
			}
		}
		b, err := l.bounds(object)
		if err != nil {
			return err
		}
		if pictured {
			area += b.within(s.box).area()
		}
	}
	if s.boxed {
		s.covered = area / s.box.area()
	}
	return nil
}

// hasPicture tells whether a form draws a picture, in itself or in another form.
func (l *library) hasPicture(form uint64, depth int) (bool, error) {
	const most, deepest, image, inner = 50, 3, 3, 5
	n, err := l.call("FPDFFormObj_CountObjects", form)
	if err != nil || depth == deepest {
		return false, err
	}
	for i := range min(int(int32(n)), most) {
		object, err := l.call("FPDFFormObj_GetObject", form, uint64(i))
		if err != nil {
			return false, err
		}
		kind, err := l.call("FPDFPageObj_GetType", object)
		if err != nil || uint32(kind) == image {
			return err == nil, err
		}
		if uint32(kind) == inner {
			if found, err := l.hasPicture(object, depth+1); err != nil || found {
				return found, err
			}
		}
	}
	return false, nil
}

// bounds returns where an object of a page is drawn.
func (l *library) bounds(object uint64) (box, error) {
	at := uint64(l.scratch)
	got, err := l.call("FPDFPageObj_GetBounds", object, at, at+4, at+8, at+12)
	if err != nil || uint32(got) == 0 {
		return box{}, err
	}
	m, _ := l.memory.Read(l.scratch, 16) // left, bottom, right, top
	return box{float(m), float(m[4:]), float(m[8:]), float(m[12:])}, nil
}
