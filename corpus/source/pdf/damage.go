package pdf

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
)

var (
	// streamStart matches what comes between the dictionary of a stream and its data.
	streamStart = regexp.MustCompile(`>>\s{0,4}stream\r?\n`)
	// deflatedAlone matches a dictionary whose stream is deflated and no more.
	deflatedAlone = regexp.MustCompile(`/Filter\s*(?:/FlateDecode\s*(?:/|>>|$)|\[\s*/FlateDecode\s*\])`)
	// notText matches the dictionary of a stream that has no text, or none that is missed: pictures, fonts, profiles.
	notText   = regexp.MustCompile(`/Image|/Length[123]|/Alternate|/Metadata|/Type1C|/CIDFontType0C|/OpenType|/XRef|/FunctionType|/ShadingType`)
	contents  = regexp.MustCompile(`/Contents\s*(?:\d{1,8}\s+\d{1,5}\s+R|\[[^\]]*\])`)
	reference = regexp.MustCompile(`(\d{1,8})\s+(\d{1,5})\s+R`)
	objects   = regexp.MustCompile(`(?:^|[\s>])(\d{1,8})\s+(\d{1,5})\s+obj`)
	layersOff = regexp.MustCompile(`/OFF\s*\[([^\]]*)\]`)
	layerName = regexp.MustCompile(`/Name\s*(?:\(([^()\\]{1,200})\)|<([0-9A-Fa-f\s]{2,800})>)`)
)

// A raw is a file as it lies on the disk. PDFium says nothing of what it cannot read of a page, and does not know which
// layers are off; both are looked up here, as far as objects are not kept within each other.
type raw struct {
	data      []byte
	encrypted bool
}

func newRaw(data []byte) *raw {
	return &raw{data, bytes.Contains(data, []byte("/Encrypt"))}
}

// damaged tells whether a stream that may have text cannot be inflated to its end. Encrypted files are not looked at.
func (r *raw) damaged() bool {
	const (
		dictionary = 2 << 10   // bytes that are looked at before a stream
		most       = 128 << 20 // bytes that are inflated of a file: more than its text has
	)
	if r.encrypted {
		return false
	}
	left := int64(most)
	for _, at := range streamStart.FindAllIndex(r.data, -1) {
		head := r.data[max(0, at[0]-dictionary):at[0]]
		if i := bytes.LastIndex(head, []byte("obj")); i >= 0 {
			head = head[i:]
		}
		if !deflatedAlone.Match(head) || notText.Match(head) || bytes.Contains(head, []byte("/N ")) && !bytes.Contains(head, []byte("/ObjStm")) {
			continue
		}
		n, ok := inflates(r.data[at[1]:], left)
		if !ok {
			return true
		}
		if left -= n; left <= 0 {
			return false
		}
	}
	return false
}

// inflates tells whether what data begins with can be inflated to its end, or to most bytes. Wrong checksums are common,
// and harmless.
func inflates(data []byte, most int64) (n int64, ok bool) {
	const header = 2 // RFC 1950: the method, 8, in the first four bits, and a multiple of 31
	if len(data) < header || bytes.HasPrefix(data, []byte("endstream")) {
		return 0, true
	}
	if data[0]&15 != 8 || (int(data[0])<<8|int(data[1]))%31 != 0 {
		return 0, false
	}
	z := flate.NewReader(bytes.NewReader(data[header:]))
	n, err := io.CopyN(io.Discard, z, most)
	return n, err == nil || errors.Is(err, io.EOF)
}

// lacks tells whether a page says that its content is in an object that is not there.
func (r *raw) lacks() bool {
	there := map[string]bool{}
	for _, m := range objects.FindAllSubmatch(r.data, -1) {
		there[string(m[1])+" "+string(m[2])] = true
	}
	for _, m := range contents.FindAllSubmatch(r.data, -1) {
		for _, ref := range reference.FindAllSubmatch(m[0], -1) {
			if !there[string(ref[1])+" "+string(ref[2])] {
				return true
			}
		}
	}
	return false
}

// hidden returns the names of the layers that are off.
func (r *raw) hidden() map[string]bool {
	const (
		longest = 2 << 10 // bytes of a layer's object
		most    = 64      // layers, each of which is looked for in the whole file
	)
	out := map[string]bool{}
	if r.encrypted || !bytes.Contains(r.data, []byte("/OCProperties")) {
		return out
	}
	for _, m := range layersOff.FindAllSubmatch(r.data, 2) {
		for _, ref := range reference.FindAllSubmatch(m[1], most) {
			i := bytes.Index(r.data, []byte("\n"+string(ref[1])+" "+string(ref[2])+" obj"))
			if i < 0 {
				continue
			}
			object, _, _ := bytes.Cut(r.data[i:min(len(r.data), i+longest)], []byte("endobj"))
			if name := layerName.FindSubmatch(object); name != nil {
				out[nameOf(name)] = true
			}
		}
	}
	delete(out, "")
	return out
}

// nameOf returns the string that layerName found.
func nameOf(m [][]byte) string {
	if len(m[1]) > 0 {
		return decoded(m[1])
	}
	digits := strings.Join(strings.Fields(string(m[2])), "")
	out := make([]byte, 0, len(digits)/2)
	for i := 0; i+1 < len(digits); i += 2 {
		out = append(out, hex(digits[i])<<4|hex(digits[i+1]))
	}
	return decoded(out)
}

func hex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}

// decoded returns the text of a string of a PDF file, which is UTF-16 when it says so.
func decoded(b []byte) string {
	if !bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return string(b)
	}
	var units []uint16
	for i := 2; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(units))
}
