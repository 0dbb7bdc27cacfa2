package files

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// Bounds of archives. What a header says of a file is believed only where it makes the archive larger.
const (
	// maxEntries is how many files are read: two years of three articles a day.
	maxEntries = 2_000
	// maxDirectory is how many bytes are read to list an archive: 2,000 files with long names have 300 kB, and a list of
	// twice as many folders and files of Apple's beside them does no harm. Listed, each takes up some 300 bytes of memory.
	maxDirectory = 2 << 20
	// maxUnpacked is how many bytes of all files are unpacked: the text of 2,000 articles is 20 MB, while the largest
	// upload unpacks to 20 GB. It also ends archives whose files overlap.
	maxUnpacked = 256 << 20
	// maxRatio is how many bytes may come of one byte packed, behind the first maxUnjudged. Text packs to a fifth, lines
	// of JSON with empty fields to a fiftieth; Deflate (RFC 1951) ends at a thousandth.
	maxRatio    = 200
	maxUnjudged = 1 << 20
)

// zip yields what a zip archive holds, or the article where it is a Word document.
func (r *reading) zip(p piece) bool {
	in, size, err := p.random()
	if err != nil {
		return r.refuse(p, err)
	}
	archive, err := openZip(in, size)
	if err != nil {
		return r.refuse(p, err)
	}
	f := inside(archive)
	switch {
	case f.kind == Word:
		if !p.charge(unpackedText(archive)) {
			return r.refuse(p, errUnpacked())
		}
		return r.word(p, in, size)
	case f.kind != Archive:
		return r.refuse(p, f.refusal())
	case p.at == nil:
		return r.refuse(p, &source.Refusal{Reason: source.Nested})
	}
	return r.archive(p, archive)
}

// openZip lists an archive, whose list may be as long as maxDirectory.
func openZip(in io.ReaderAt, size int64) (*zip.Reader, error) {
	list := &bounded{in: in, left: maxDirectory + 256<<10} // the end of the archive is searched for the list's beginning
	archive, err := zip.NewReader(list, size)
	if list.left < 0 {
		return nil, tooMany(0)
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, unreadable(err)
	}
	list.open = true
	return archive, nil
}

// bounded is a reader that reads so many bytes until it is open.
type bounded struct {
	in   io.ReaderAt
	left int64
	open bool
}

// ReadAt implements [io.ReaderAt].
func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.open {
		return b.in.ReadAt(p, off)
	}
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, zip.ErrFormat
	}
	return b.in.ReadAt(p, off)
}

// unpackedText is how many bytes the text of a Word document unpacks to. Package zip lets no file have more than its
// header says.
func unpackedText(archive *zip.Reader) int64 {
	var sum int64
	for _, f := range archive.File {
		if strings.HasSuffix(strings.ToLower(f.Name), ".xml") {
			sum += int64(min(f.UncompressedSize64, maxUnpacked+1))
		}
	}
	return sum
}

// archive yields what the files of an archive hold, in the order of their names. An error that ends it is the last.
func (r *reading) archive(p piece, archive *zip.Reader) bool {
	entries := list(archive)
	switch {
	case len(entries) == 0:
		return r.refuse(p, fmt.Errorf("the archive holds no file that is read: %w", corpus.ErrEmpty))
	case len(entries) > maxEntries:
		return r.refuse(p, tooMany(len(entries)))
	case declared(entries) > maxUnpacked:
		return r.refuse(p, errUnpacked())
	}
	left := int64(maxUnpacked)
	for _, e := range entries {
		if !r.entry(p.place+"/"+e.name, e.File, &left) {
			return false
		}
		switch {
		case left < 0:
			return true // the last error has said so
		case r.spoilt >= maxSpoilt:
			return r.refuse(p, &source.Refusal{Reason: source.Damaged, Err: errSpoilt})
		}
	}
	return true
}

// An entry is a file in an archive.
type entry struct {
	*zip.File
	name string // as people see it
}

// list returns the files of an archive that are not passed over, in the order of their names. One of several of a name
// has its number behind it.
func list(archive *zip.Reader) []entry {
	entries := make([]entry, 0, len(archive.File))
	for _, f := range archive.File {
		name := entryName(&f.FileHeader)
		isFolder := strings.HasSuffix(name, "/") || f.Mode().IsDir()
		if !isFolder && (leadsOut(f) || !isPassedOver(name)) {
			entries = append(entries, entry{f, cleanName(name)})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	last, n := "", 1
	for i := range entries {
		name := entries[i].name
		if n++; name != last {
			last, n = name, 1
		}
		if ext := path.Ext(name); n > 1 {
			entries[i].name = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
		}
	}
	return entries
}

// declared is how many bytes the files of kinds that are read have by what their headers say.
func declared(entries []entry) int64 {
	var sum int64
	for _, e := range entries {
		if Known(e.name) {
			sum += int64(min(e.UncompressedSize64, maxUnpacked+1))
		}
	}
	return sum
}

// entry yields what a file in an archive holds; left is how many bytes the archive may still unpack to.
func (r *reading) entry(place string, f *zip.File, left *int64) bool {
	refuse := func(err error) bool { return r.refuse(piece{place: place, left: left}, err) }
	const encrypted = 1 // of the general purpose bits (APPNOTE 4.4.4)
	switch {
	case leadsOut(f):
		return refuse(&source.Refusal{Reason: source.Hidden})
	case f.Flags&encrypted != 0:
		return refuse(&source.Refusal{Reason: source.Encrypted})
	}
	in, err := f.Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return refuse(foreign("packed by a method that is not read", AsZip))
	case err != nil:
		return refuse(unreadable(err))
	}
	defer func() { _ = in.Close() }() // only read from: nothing to lose
	p := r.piece(place, &unpacking{in: in, packed: f.CompressedSize64, left: left})
	p.size, p.left = int64(min(f.UncompressedSize64, maxUnpacked)), left
	return r.read(p)
}

// leadsOut reports whether a name would put a file elsewhere than below the folder that an archive is unpacked into, on
// any system, or is that of a link or a device. Nothing is unpacked to the disk here, but who is shown the name may do so.
func leadsOut(f *zip.File) bool {
	name := f.Name
	drive := len(name) > 1 && name[1] == ':'
	return strings.HasPrefix(name, "/") || strings.ContainsAny(name, "\\\x00") || drive ||
		slices.Contains(strings.Split(name, "/"), "..") || !f.Mode().IsRegular()
}

// unpacking is a file of an archive being unpacked, within the bounds of the archive.
type unpacking struct {
	in     io.Reader
	packed uint64 // bytes
	read   uint64
	left   *int64
}

// Read implements [io.Reader]. Its errors are refusals.
func (u *unpacking) Read(b []byte) (int, error) {
	n, err := u.in.Read(b)
	u.read += uint64(n)
	*u.left -= int64(n)
	switch {
	case *u.left < 0:
		return 0, errUnpacked()
	case u.read > maxUnjudged && u.read/maxRatio > u.packed:
		return 0, &source.Refusal{Reason: source.TooLarge, Err: errors.New("it unpacks to hundreds of times its size")}
	case err != nil && !errors.Is(err, io.EOF):
		return n, unreadable(err)
	}
	return n, err
}
