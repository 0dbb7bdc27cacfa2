package pdf

import (
	"encoding/binary"
	"math"
)

// The record that the loop writes of each glyph: character, box (left, top, right, bottom), object, pen, whether its font
// does not say what character it is, four bytes of nothing.
const (
	recordSize  = 48
	recordBox   = 4
	recordOwner = 20
	recordPen   = 24
	recordError = 40
	loopGlyphs  = 1024 // a call
	scratchSize = loopGlyphs * recordSize
)

// glyphLoop is a WebAssembly module that asks PDFium for many glyphs in one call. From outside every question costs a
// microsecond, most of it to watch over the context, and a page has thousands of glyphs with three questions each.
//
//	(module
//	  (import "pdfium" "FPDFText_GetUnicode" (func $unicode (param i32 i32) (result i32)))
//	  (import "pdfium" "FPDFText_GetLooseCharBox" (func $box (param i32 i32 i32) (result i32)))
//	  (import "pdfium" "FPDFText_GetCharOrigin" (func $pen (param i32 i32 i32 i32) (result i32)))
//	  (import "pdfium" "FPDFText_GetTextObject" (func $object (param i32 i32) (result i32)))
//	  (import "pdfium" "FPDFText_HasUnicodeMapError" (func $error (param i32 i32) (result i32)))
//	  (import "pdfium" "FPDFPage_GetObject" (func $get (param i32 i32) (result i32)))
//	  (import "pdfium" "memory" (memory 1))
//	  (func (export "read") (param $text i32) (param $i i32) (param $end i32) (param $out i32)
//	    (loop $next
//	      (if (i32.lt_s (local.get $i) (local.get $end)) (then
//	        (i32.store (local.get $out) (call $unicode (local.get $text) (local.get $i)))
//	        (drop (call $box (local.get $text) (local.get $i) (i32.add (local.get $out) (i32.const 4))))
//	        (drop (call $pen (local.get $text) (local.get $i)
//	          (i32.add (local.get $out) (i32.const 24)) (i32.add (local.get $out) (i32.const 32))))
//	        (i32.store offset=20 (local.get $out) (call $object (local.get $text) (local.get $i)))
//	        (i32.store offset=40 (local.get $out) (call $error (local.get $text) (local.get $i)))
//	        (local.set $out (i32.add (local.get $out) (i32.const 48)))
//	        (local.set $i (i32.add (local.get $i) (i32.const 1)))
//	        (br $next)))))
//	  (func (export "objects") (param $page i32) (param $i i32) (param $end i32) (param $out i32)
//	    (loop $next
//	      (if (i32.lt_s (local.get $i) (local.get $end)) (then
//	        (i32.store (local.get $out) (call $get (local.get $page) (local.get $i)))
//	        (local.set $out (i32.add (local.get $out) (i32.const 4)))
//	        (local.set $i (i32.add (local.get $i) (i32.const 1)))
//	        (br $next))))))
var glyphLoop = assemble()

// The bytes of WebAssembly that the loop is made of, see its specification, chapter 5.
const (
	i32      = 0x7f
	localGet = 0x20
	localSet = 0x21
	constant = 0x41
	add      = 0x6a
	less     = 0x48
	call     = 0x10
	drop     = 0x1a
	store    = 0x36
	loop     = 0x03
	cond     = 0x04
	branch   = 0x0c
	end      = 0x0b
	noResult = 0x40
)

func assemble() []byte {
	const text, i, last, out = 0, 1, 2, 3 // locals
	code := []byte{
		0, // no other locals
		loop, noResult,
		localGet, i, localGet, last, less, cond, noResult,
		localGet, out, localGet, text, localGet, i, call, 0, store, 2, 0,
		localGet, text, localGet, i, localGet, out, constant, recordBox, add, call, 1, drop,
		localGet, text, localGet, i, localGet, out, constant, recordPen, add, localGet, out, constant, recordPen + 8, add, call, 2, drop,
		localGet, out, localGet, text, localGet, i, call, 3, store, 2, recordOwner,
		localGet, out, localGet, text, localGet, i, call, 4, store, 2, recordError,
		localGet, out, constant, recordSize, add, localSet, out,
		localGet, i, constant, 1, add, localSet, i,
		branch, 1,
		end, end, end,
	}
	objects := []byte{
		0,
		loop, noResult,
		localGet, i, localGet, last, less, cond, noResult,
		localGet, out, localGet, text, localGet, i, call, 5, store, 2, 0,
		localGet, out, constant, 4, add, localSet, out,
		localGet, i, constant, 1, add, localSet, i,
		branch, 1,
		end, end, end,
	}
	m := []byte("\x00asm\x01\x00\x00\x00")
	m = append(m, section(1, vector(
		[]byte{0x60, 2, i32, i32, 1, i32},
		[]byte{0x60, 3, i32, i32, i32, 1, i32},
		[]byte{0x60, 4, i32, i32, i32, i32, 1, i32},
		[]byte{0x60, 4, i32, i32, i32, i32, 0}))...)
	m = append(m, section(2, vector(
		imported("FPDFText_GetUnicode", 0, 0),
		imported("FPDFText_GetLooseCharBox", 0, 1),
		imported("FPDFText_GetCharOrigin", 0, 2),
		imported("FPDFText_GetTextObject", 0, 0),
		imported("FPDFText_HasUnicodeMapError", 0, 0),
		imported("FPDFPage_GetObject", 0, 0),
		imported("memory", 2, 0, 1)))...)
	m = append(m, section(3, vector([]byte{3}, []byte{3}))...)
	m = append(m, section(7, vector(append(counted([]byte("read")), 0, 6), append(counted([]byte("objects")), 0, 7)))...)
	return append(m, section(10, vector(counted(code), counted(objects)))...)
}

func section(id byte, content []byte) []byte { return append([]byte{id}, counted(content)...) }

func vector(items ...[]byte) []byte {
	out := binary.AppendUvarint(nil, uint64(len(items)))
	for _, item := range items {
		out = append(out, item...)
	}
	return out
}

func counted(b []byte) []byte { return append(binary.AppendUvarint(nil, uint64(len(b))), b...) }

func imported(name string, kind ...byte) []byte {
	return append(append(counted([]byte("pdfium")), counted([]byte(name))...), kind...)
}

// records reads n glyphs from the i-th on into out.
func (l *library) records(text, i uint64, n int, out []glyph) ([]glyph, error) {
	space, ok := l.memory.Read(l.scratch, uint32(n*recordSize))
	if !ok {
		return nil, errMemory
	}
	clear(space) // what PDFium does not know it does not write
	if _, err := l.callIn(l.ctx, l.loop, "read", text, i, i+uint64(n), uint64(l.scratch)); err != nil {
		return nil, err
	}
	if space, ok = l.memory.Read(l.scratch, uint32(n*recordSize)); !ok { // memory may have moved
		return nil, errMemory
	}
	for ; len(space) > 0; space = space[recordSize:] {
		box, pen := space[recordBox:], space[recordPen:]
		g := glyph{
			r:    rune(binary.LittleEndian.Uint32(space)),
			left: float(box), top: float(box[4:]), right: float(box[8:]), bottom: float(box[12:]),
			x: double(pen), y: double(pen[8:]),
			object:   binary.LittleEndian.Uint32(space[recordOwner:]),
			unmapped: binary.LittleEndian.Uint32(space[recordError:]) == 1,
		}
		g.share = g.right - g.left
		out = append(out, g)
	}
	return out, nil
}

// float reads a number; 0 for what is none, or off every page.
func float(b []byte) float32 {
	return place32(float64(math.Float32frombits(binary.LittleEndian.Uint32(b))))
}

// double is float for numbers of eight bytes.
func double(b []byte) float32 {
	return place32(math.Float64frombits(binary.LittleEndian.Uint64(b)))
}

func place32(v float64) float32 {
	if math.IsNaN(v) || math.Abs(v) > 1e6 {
		return 0
	}
	return float32(v)
}
