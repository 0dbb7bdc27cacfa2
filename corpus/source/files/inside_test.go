package files

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"newsbot/corpus/source"
)

// oldDocument is a compound file whose directory, one sector behind the header, names streams.
func oldDocument(streams ...string) string {
	data := make([]byte, 1024)
	copy(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for _, name := range streams {
		entry := make([]byte, sectorSize)
		for i, unit := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(entry[2*i:], unit)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(name)+2))
		entry[66] = 2
		data = append(data, entry...)
	}
	return string(data)
}

// Old documents and new ones under a password are told apart.
func TestCompoundFiles(t *testing.T) {
	tests := []struct {
		name, data string
		reason     source.Reason
		says       string
	}{
		{"a.docx", oldDocument("EncryptionInfo", "EncryptedPackage"), source.Encrypted, "a.docx wants a password; save it without one"},
		{"a.doc", oldDocument("1Table", "WordDocument"), source.WrongKind, "a.doc is of a kind that is not read (it is an old Word document (.doc); save it as .docx)"},
		{"a.docx", oldDocument("WordDocument"), source.WrongKind, "a.docx is of a kind that is not read (it is an old Word document (.doc); save it as .docx)"},
		{"a.xls", oldDocument("Workbook"), source.WrongKind, "a.xls is of a kind that is not read (it is an old Excel workbook (.xls); save it as .csv)"},
		{"a.xls", oldDocument("Book"), source.WrongKind, "a.xls is of a kind that is not read (it is an old Excel workbook (.xls); save it as .csv)"},
		{"a.ppt", oldDocument("PowerPoint Document"), source.WrongKind, "a.ppt is of a kind that is not read (it is an old PowerPoint presentation (.ppt); save it as .docx)"},
		{"a.msg", oldDocument("__properties_version1.0"), source.WrongKind, "a.msg is of a kind that is not read (it is a mail of Outlook's (.msg); if it is plain text, rename it to end in .txt)"},
		{"a", oldDocument("Other"), source.WrongKind, "a is of a kind that is not read (it is an old office document (.doc, .xls); save it as .docx)"},
		{"a", oldDocument()[:100], source.WrongKind, "a is of a kind that is not read (it is an old office document (.doc, .xls); save it as .docx)"},
		// The text of a document that speaks of passwords is no name of a stream.
		{"a.doc", oldDocument("WordDocument") + strings.Repeat("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00", 80), source.WrongKind,
			"a.doc is of a kind that is not read (it is an old Word document (.doc); save it as .docx)"},
	}
	for _, tt := range tests {
		_, errs := readAll(t, tt.name, tt.data)
		if len(errs) != 1 || errs[0].Error() != tt.says {
			t.Errorf("%s: %v, want %q", tt.name, errs, tt.says)
			continue
		}
		wantReason(t, errs[0], tt.reason)
		_, errs = readAll(t, "a.zip", zipOf(file{tt.name, tt.data}))
		if len(errs) != 1 || errs[0].Error() != "a.zip/"+tt.says {
			t.Errorf("%s in an archive: %v", tt.name, errs)
		}
	}
}
