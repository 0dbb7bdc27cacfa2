package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"newsbot/corpus/source"
)

const (
	// maxParts is how many files a document may be made of: one with thousands of pictures has fewer.
	maxParts = 10_000
	// maxMainPart is the size of the main part, inflated, in bytes. The XML of one word can take 500 bytes when each has
	// its own format; this is room for more than 60,000 such words.
	maxMainPart = 32 << 20
	// maxSidePart is that of styles, properties and relationships, which take some hundred kilobytes.
	maxSidePart = 8 << 20
	// maxToken is how many bytes one tag or one piece of text may take, as the decoder holds it as a whole.
	maxToken = 8 << 20
	// maxTokens is how many tags and texts a part may have: a word with a format of its own takes about eight, so that this is
	// room for 200,000 of them. More would take seconds.
	maxTokens = 2_000_000
	// maxDepth is how deep elements may stand in one another. A table in a table takes five levels.
	maxDepth = 256
)

// A document is the package that a Word document is: parts in a zip archive, and relationships that say what is what
// (ECMA-376 part 2).
type document struct{ parts map[string]*zip.File }

// openPackage reads the directory of the archive.
func openPackage(r io.ReaderAt, size int64) (document, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is written to a disk
		return document{}, err
	}
	if len(z.File) > maxParts {
		return document{}, fmt.Errorf("%w: %d files", errBounds, len(z.File))
	}
	d := document{parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if name := partName(f.Name); d.parts[name] == nil {
			d.parts[name] = f
		}
	}
	return d, nil
}

// partName is the form under which names are compared: they differ by more than case, and some programs write
// backslashes.
func partName(name string) string {
	return strings.ToLower(path.Clean("/" + strings.ReplaceAll(name, `\`, "/")))
}

// stream hands the decoded XML of a part to read.
func (d document) stream(name string, limit int64, read func(*decoder) error) error {
	f := d.parts[partName(name)]
	switch {
	case f == nil:
		return fmt.Errorf("the part %.80q is missing", name)
	case f.Flags&1 != 0:
		return &source.Refusal{Reason: source.Encrypted}
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // only read from: nothing to lose
	return read(newDecoder(r, limit))
}

// A decoder reads the XML of one part within bounds.
type decoder struct {
	xml    *xml.Decoder
	in     *boundedReader
	depth  int
	tokens int
}

func newDecoder(r io.Reader, limit int64) *decoder {
	in := &boundedReader{r: r, left: limit}
	// Parts are UTF-8, or UTF-16 with a byte order mark.
	utf8 := transform.NewReader(in, unicode.BOMOverride(transform.Nop))
	d := &decoder{xml: xml.NewDecoder(utf8), in: in}
	d.xml.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "utf-16") { // decoded already
			return in, nil
		}
		return nil, errors.New("its XML is neither UTF-8 nor UTF-16")
	}
	return d
}

// token returns the next tag or text. Definitions of document types are refused, as the standard wants it: they bring
// entities.
func (d *decoder) token() (xml.Token, error) {
	if d.tokens++; d.tokens > maxTokens {
		return nil, fmt.Errorf("%w: too many tags", errBounds)
	}
	d.in.since = 0
	t, err := d.xml.Token()
	if _, ok := t.(xml.Directive); ok {
		return nil, errors.New("its XML defines a document type")
	}
	return t, err
}

// root reads up to the first element and returns it.
func (d *decoder) root() (xml.StartElement, error) {
	for {
		t, err := d.token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if e, ok := t.(xml.StartElement); ok {
			return e, nil
		}
	}
}

// children calls visit for every element in the one that was opened last, up to its end, and text, unless it is nil, for
// the text there. visit has to read its element to the end.
func (d *decoder) children(visit func(xml.StartElement) error, text func([]byte)) error {
	if d.depth++; d.depth > maxDepth {
		return fmt.Errorf("%w: elements %d deep", errBounds, d.depth)
	}
	for {
		t, err := d.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := visit(t); err != nil {
				return err
			}
		case xml.EndElement:
			d.depth--
			return nil
		case xml.CharData:
			if text != nil {
				text(t)
			}
		}
	}
}

// skip reads the element that was opened last to its end.
func (d *decoder) skip() error {
	return d.children(func(xml.StartElement) error { return d.skip() }, nil)
}

// A boundedReader fails with errBounds after left bytes, and where one token takes more than maxToken.
type boundedReader struct {
	r           io.Reader
	left, since int64
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 || b.since > maxToken {
		return 0, fmt.Errorf("%w: too many bytes", errBounds)
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.since += int64(n)
	return n, err
}

// relation returns the part that another one names as what kind says, the end of the relationship's type, which is the same in
// both conformance classes; "" when it names none. The owner of the relationships of the package itself is "".
func (d document) relation(owner, kind string) string {
	dir, base := path.Split(owner)
	target := ""
	err := d.stream(dir+"_rels/"+base+".rels", maxSidePart, func(x *decoder) error {
		if _, err := x.root(); err != nil {
			return err
		}
		return x.children(func(e xml.StartElement) error {
			if target == "" && strings.HasSuffix(attr(e, "Type"), "/"+kind) && attr(e, "TargetMode") != "External" {
				target = attr(e, "Target")
			}
			return x.skip()
		}, nil)
	})
	switch {
	case err != nil || target == "":
		return ""
	case strings.HasPrefix(target, "/"):
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(dir, target)
}

// mainPart names the part that holds the text.
func (d document) mainPart() string {
	if name := d.relation("", "officeDocument"); name != "" {
		return name
	}
	return "word/document.xml"
}

// attr returns the value of an attribute, by its name without the prefix; "" when there is none.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}
