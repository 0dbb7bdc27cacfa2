package files

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"

	"newsbot/corpus/source"
)

// inside tells by the files of a zip archive what it is: many kinds of documents are one. Their parts stand at the top.
func inside(archive *zip.Reader) form {
	parts := make(map[string]bool)
	for _, f := range archive.File {
		name := strings.ToLower(f.Name)
		parts[name] = true
		if folder, _, ok := strings.Cut(name, "/"); ok {
			parts[folder+"/"] = true
		}
	}
	switch {
	case parts["[content_types].xml"]: // the Open Packaging Conventions (ECMA-376, part 2)
		return officeForm(parts)
	case parts["mimetype"]:
		if f := openForm(mimetype(archive)); f.what != "" {
			return f
		}
	case parts["index/document.iwa"], parts["index.zip"]:
		return form{what: "a document of Apple's Pages, Numbers or Keynote", remedy: AsWord}
	case parts["meta-inf/manifest.mf"]:
		return form{what: "a program (Java, Android)"}
	}
	return form{kind: Archive}
}

// officeForm tells the documents of Microsoft Office by the folders of their parts.
func officeForm(parts map[string]bool) form {
	switch {
	case parts["word/"]:
		return form{kind: Word}
	case parts["xl/"]:
		return form{what: "an Excel workbook (.xlsx)", remedy: AsTable}
	case parts["ppt/"]:
		return form{what: "a PowerPoint presentation (.pptx)", remedy: AsWord}
	}
	return form{what: "an office document of another kind than .docx", remedy: AsWord}
}

// openForm tells documents by the type that their first file states (OpenDocument 1.2, part 3, section 3.3; EPUB OCF 3.2,
// section 4.3). It is empty for other types.
func openForm(kind string) form {
	switch {
	case strings.HasPrefix(kind, "application/epub"):
		return form{what: "an e-book (.epub)", remedy: AsWord}
	case strings.HasPrefix(kind, "application/vnd.oasis.opendocument.text"):
		return form{what: "an OpenDocument text (.odt)", remedy: AsWord}
	case strings.HasPrefix(kind, "application/vnd.oasis.opendocument.spreadsheet"):
		return form{what: "an OpenDocument table (.ods)", remedy: AsTable}
	case strings.HasPrefix(kind, "application/vnd.oasis.opendocument"):
		return form{what: "an OpenDocument file", remedy: AsWord}
	}
	return form{}
}

// mimetype returns the beginning of the file of that name.
func mimetype(archive *zip.Reader) string {
	i := slices.IndexFunc(archive.File, func(f *zip.File) bool { return f.Name == "mimetype" })
	if i < 0 {
		return ""
	}
	f, err := archive.File[i].Open()
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // only read from: nothing to lose
	head := make([]byte, 100)
	n, _ := io.ReadFull(f, head) // most are shorter; what cannot be read says nothing
	return string(head[:n])
}

// sectorSize is what the names in a compound file are aligned to, in bytes: an entry of its directory ([MS-CFB] 2.6.1).
const sectorSize = 128

// streams are the names of the streams by which compound files are told apart.
var streams = []struct {
	name string
	form
}{
	{"EncryptedPackage", form{reason: source.Encrypted}}, // [MS-OFFCRYPTO] 2.3.4.4
	{"WordDocument", form{what: "an old Word document (.doc)", remedy: AsWord}},
	{"Workbook", form{what: "an old Excel workbook (.xls)", remedy: AsTable}},
	{"Book", form{what: "an old Excel workbook (.xls)", remedy: AsTable}},
	{"PowerPoint Document", form{what: "an old PowerPoint presentation (.ppt)", remedy: AsWord}},
	{"__properties_version1.0", form{what: "a mail of Outlook's (.msg)", remedy: AsText}},
}

// compound is the refusal of a compound file ([MS-CFB]): an old office document, or a new one under a password. Its
// directory may lie anywhere, so that the names are looked for wherever an entry can begin.
func (r *reading) compound(p piece) error {
	names := make(map[string]bool)
	entry := make([]byte, sectorSize)
	for n := 0; n < MaxFile/sectorSize; n++ {
		_, err := io.ReadFull(p.in, entry)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return unreadable(err)
		}
		if name := entryStream(entry); name != "" {
			names[name] = true
		}
	}
	for _, s := range streams {
		if names[s.name] {
			return s.refusal()
		}
	}
	return foreign("an old office document (.doc, .xls)", AsWord)
}

// entryStream returns the name in an entry of a directory that may be of use, "" for none and for what is no entry: the
// length in bytes of the name and the zero behind it stands at 64, and the kind of a stream, 2, at 66.
func entryStream(entry []byte) string {
	size := int(binary.LittleEndian.Uint16(entry[64:]))
	if size < 4 || size > 64 || size%2 != 0 || entry[66] != 2 {
		return ""
	}
	units := make([]uint16, size/2-1)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(entry[2*i:])
	}
	name := string(utf16.Decode(units))
	for _, s := range streams {
		if s.name == name {
			return name
		}
	}
	return ""
}
