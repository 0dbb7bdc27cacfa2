package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A builder writes PDF files by hand, right ones and wrong ones.
type builder struct {
	b       bytes.Buffer
	offsets []int
}

func newBuilder() *builder {
	p := &builder{}
	p.b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return p
}

// object writes the next object and returns its number.
func (p *builder) object(format string, args ...any) int {
	p.offsets = append(p.offsets, p.b.Len())
	n := len(p.offsets)
	fmt.Fprintf(&p.b, "%d 0 obj\n", n)
	fmt.Fprintf(&p.b, format, args...)
	p.b.WriteString("\nendobj\n")
	return n
}

// stream writes a stream with the entries of its dictionary.
func (p *builder) stream(entries string, data []byte) int {
	return p.object("<< /Length %d %s >>\nstream\n%s\nendstream", len(data), entries, data)
}

// close writes the rest of the file and returns it.
func (p *builder) close(root int) []byte {
	start := p.b.Len()
	fmt.Fprintf(&p.b, "xref\n0 %d\n0000000000 65535 f \n", len(p.offsets)+1)
	for _, o := range p.offsets {
		fmt.Fprintf(&p.b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&p.b, "trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(p.offsets)+1, root, start)
	return p.b.Bytes()
}

// The entries of what pages draw: a picture of 1000 pixels in width, and a form that can draw itself.
const (
	picture = "/Type /XObject /Subtype /Image /Width 1000 /Height 600 /ColorSpace /DeviceRGB /BitsPerComponent 8"
	form    = "/Type /XObject /Subtype /Form /BBox [0 0 420 595] /Resources << /XObject << /X 2 0 R >> >>"
)

const pageEntries = "/Type /Page /MediaBox [0 0 420 595] /Resources << /Font << /F 1 0 R >> /XObject << /X 2 0 R >> >>"

// pages writes a file whose pages have these contents. They can draw as /X the stream x with these entries.
func pages(entries string, x []byte, contents ...[]byte) []byte {
	p := newBuilder()
	p.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	p.stream(entries, x)
	tree := len(p.offsets) + 2*len(contents) + 1
	var kids strings.Builder
	for _, c := range contents {
		s := p.stream("", c)
		fmt.Fprintf(&kids, "%d 0 R ", p.object("<< %s /Parent %d 0 R /Contents %d 0 R >>", pageEntries, tree, s))
	}
	p.object("<< /Type /Pages /Count %d /Kids [%s] >>", len(contents), kids.String())
	return p.close(p.object("<< /Type /Catalog /Pages %d 0 R >>", tree))
}

// textPage returns the content of a page with these lines.
func textPage(lines ...string) []byte {
	var b bytes.Buffer
	b.WriteString("BT /F 9 Tf 12 TL 40 550 Td\n")
	for _, l := range lines {
		fmt.Fprintf(&b, "(%s) '\n", strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l))
	}
	b.WriteString("ET\n")
	return b.Bytes()
}

// words are what long texts are made of.
var words = strings.Fields(`the minister said on Monday that trade between both countries had grown by a third since the
	agreement was signed and that ships were waiting for their turn in the harbour of the capital while talks on fees go on`)

// longText returns the contents of pages of English text, about size bytes in all.
func longText(size int) [][]byte {
	const linesOfPage, lettersOfLine = 42, 75
	r := rand.New(rand.NewPCG(1, 2))
	var out [][]byte
	for size > 0 {
		lines := make([]string, linesOfPage)
		for i := range lines {
			for len(lines[i]) < lettersOfLine {
				lines[i] += words[r.IntN(len(words))] + " "
			}
			lines[i] += "again."
			size -= len(lines[i])
		}
		out = append(out, textPage(lines...))
	}
	return out
}

// deflated returns data compressed.
func deflated(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
