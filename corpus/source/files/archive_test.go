package files

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// Ten kinds in one archive, in the order of their names; what is no article is named, and ends nothing.
func TestArchive(t *testing.T) {
	data := zipOf(
		file{"week/", ""},
		file{"week/10.txt", "Front\n\nRain."},
		file{"week/02 محضر.md", "# Rain\n\nIt rained."},
		file{"week/03.html", webPage("<title>Harbour reopens after storm</title>", "")},
		file{"week/04.docx", wordDocument([]string{"Rain", "It rained."}, "")},
		file{"week/05.csv", "title,text\nA,Rain one.\nB,Rain two.\n"},
		file{"week/06.jsonl", `{"text":"Rain three."}` + "\nno JSON\n" + `{"text":"Rain four."}`},
		file{"week/07.xlsx", zipOf(file{"[Content_Types].xml", "<Types/>"}, file{"xl/workbook.xml", "<w/>"})},
		file{"week/08.zip", zipOf(file{"a.txt", "Rain."})},
		file{"week/09.png", "\x89PNG\r\n\x1a\n"},
		file{"week/11", "Rain without an extension."},
		file{"week/12.css", "p { color: red }"},
		file{"week/13.txt", ""},
		file{"week/.hidden.txt", "x"}, file{".git/config", "x"}, file{"__MACOSX/week/._10.txt", "x"}, file{"week/.DS_Store", "x"},
		file{"week/Thumbs.db", "x"}, file{"week/~$04.docx", "x"},
	)
	items, errs := readAll(t, "news.zip", data)
	want := []string{"news.zip/week/02 محضر.md", "news.zip/week/03.html", "news.zip/week/04.docx",
		"news.zip/week/05.csv:2", "news.zip/week/05.csv:3", "news.zip/week/06.jsonl:1", "news.zip/week/06.jsonl:3",
		"news.zip/week/10.txt", "news.zip/week/11"}
	if diff := cmp.Diff(want, places(items)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if alone := slices.IndexFunc(items, func(item Item) bool { return !item.Packed }); alone >= 0 {
		t.Errorf("%s is not packed", items[alone].Place)
	}
	says := []string{
		"news.zip/week/06.jsonl:2: the line is no JSON: invalid character 'o' in literal null (expecting 'u')",
		"news.zip/week/07.xlsx is of a kind that is not read (it is an Excel workbook (.xlsx); save it as .csv)",
		"news.zip/week/08.zip is an archive in an archive; unpack it first",
		"news.zip/week/09.png is of a kind that is not read (it is a PNG image)",
		"news.zip/week/12.css is of a kind that is not read (it is of no kind that is known by the extension .css; if it is plain text, rename it to end in .txt)",
		"news.zip/week/13.txt: the file is empty: the article has no text",
	}
	if diff := cmp.Diff(says, texts(errs)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func texts(errs []error) []string {
	var said []string
	for _, err := range errs {
		said = append(said, err.Error())
	}
	return said
}

// Documents that are archives are known by what is in them.
func TestInside(t *testing.T) {
	types := file{"[Content_Types].xml", "<Types/>"}
	tests := []struct {
		name  string
		files []file
		kind  Kind
		what  string
	}{
		{"docx", []file{types, {"word/document.xml", "<w/>"}}, Word, ""},
		{"docx of another tool", []file{types, {"word/document2.xml", "<w/>"}}, Word, ""},
		{"xlsx", []file{types, {"xl/workbook.xml", "<w/>"}}, "", "an Excel workbook (.xlsx)"},
		{"pptx", []file{types, {"ppt/presentation.xml", "<w/>"}}, "", "a PowerPoint presentation (.pptx)"},
		{"vsdx", []file{types, {"visio/document.xml", "<w/>"}}, "", "an office document of another kind than .docx"},
		{"odt", []file{{"mimetype", "application/vnd.oasis.opendocument.text"}}, "", "an OpenDocument text (.odt)"},
		{"ods", []file{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}, "", "an OpenDocument table (.ods)"},
		{"odp", []file{{"mimetype", "application/vnd.oasis.opendocument.presentation"}}, "", "an OpenDocument file"},
		{"epub", []file{{"mimetype", "application/epub+zip"}}, "", "an e-book (.epub)"},
		{"pages", []file{{"Index/Document.iwa", "x"}}, "", "a document of Apple's Pages, Numbers or Keynote"},
		{"jar", []file{{"META-INF/MANIFEST.MF", "x"}}, "", "a program (Java, Android)"},
		{"unknown type", []file{{"mimetype", "text/plain"}, {"a.txt", "x"}}, Archive, ""},
		{"parts below a folder", []file{{"a/[Content_Types].xml", "x"}, {"a/word/document.xml", "x"}}, Archive, ""},
	}
	for _, tt := range tests {
		archive, err := openZip(strings.NewReader(zipOf(tt.files...)), int64(len(zipOf(tt.files...))))
		if err != nil {
			t.Fatal(err)
		}
		if got := inside(archive); got.kind != tt.kind || got.what != tt.what {
			t.Errorf("%s: %q, %q; want %q, %q", tt.name, got.kind, got.what, tt.kind, tt.what)
		}
	}
}

// Names that lead elsewhere are refused, one by one.
func TestNamesThatLeadOut(t *testing.T) {
	for _, name := range []string{"../a.txt", "a/../../b.txt", "/etc/passwd.txt", "C:/a.txt", "c:a.txt", `a\b.txt`, `..\a.txt`, "a\x00.txt", "a/.."} {
		items, errs := readAll(t, "a.zip", zipOf(file{name, "Rain."}, file{"z.txt", "Rain."}))
		if len(errs) != 1 || len(items) != 1 || items[0].Place != "a.zip/z.txt" {
			t.Errorf("%q: %v, %v", name, places(items), errs)
			continue
		}
		wantReason(t, errs[0], source.Hidden)
		if strings.ContainsAny(errs[0].Error(), "\x00\n") {
			t.Errorf("%q: %q", name, errs[0])
		}
	}
	for _, name := range []string{"./a.txt", "a..b/c.txt", "a//b.txt", "a...txt", "at 5:30.txt"} {
		if items, errs := readAll(t, "a.zip", zipOf(file{name, "Rain."}, file{"z.txt", "Rain."})); len(errs) > 0 {
			t.Errorf("%q: %v, %v", name, places(items), errs)
		}
	}
}

func TestLinksInArchive(t *testing.T) {
	link := zip.FileHeader{Name: "a.txt"}
	link.SetMode(fs.ModeSymlink | 0o777)
	device := zip.FileHeader{Name: "b.txt"}
	device.SetMode(fs.ModeDevice | 0o666)
	for _, h := range []zip.FileHeader{link, device} {
		_, errs := readAll(t, "a.zip", zipWith(h, "/etc/passwd"))
		if len(errs) != 1 {
			t.Fatalf("%s: %v", h.Name, errs)
		}
		wantReason(t, errs[0], source.Hidden)
	}
}

func TestEncryptedInArchive(t *testing.T) {
	_, errs := readAll(t, "a.zip", zipWith(zip.FileHeader{Name: "a.txt", Flags: 1}, "x"))
	if len(errs) != 1 {
		t.Fatal(errs)
	}
	wantReason(t, errs[0], source.Encrypted)
}

func TestUnknownMethodInArchive(t *testing.T) {
	data := []byte(zipOf(file{"a.txt", "It rained."}))
	for _, mark := range []string{"PK\x03\x04", "PK\x01\x02"} { // the method stands behind versions and flags
		at := strings.Index(string(data), mark) + 8
		if mark == "PK\x01\x02" {
			at += 2
		}
		binary.LittleEndian.PutUint16(data[at:], 14) // LZMA
	}
	_, errs := readAll(t, "a.zip", string(data))
	if len(errs) != 1 {
		t.Fatal(errs)
	}
	wantReason(t, errs[0], source.WrongKind)
}

// Two files of one name are both read, and can be told apart.
func TestNamesTwice(t *testing.T) {
	items, errs := readAll(t, "a.zip", zipOf(file{"a.md", "Rain one."}, file{"b", "Rain."}, file{"a.md", "Rain two."}, file{"b", "Rain."}, file{"a.md", "Rain three."}))
	if want := []string{"a.zip/a.md", "a.zip/a (2).md", "a.zip/a (3).md", "a.zip/b", "a.zip/b (2)"}; !slices.Equal(places(items), want) || len(errs) > 0 {
		t.Errorf("%q, %v", places(items), errs)
	}
}

// What is damaged says so, and spares the rest.
func TestDamagedArchives(t *testing.T) {
	whole := zipOf(file{"a.txt", strings.Repeat("It rained. ", 50)}, file{"b.txt", "It rained."})
	for name, data := range map[string]string{
		"without its end": whole[:len(whole)-30], "half": whole[:len(whole)/2], "a header alone": "PK\x03\x04", "an end alone": "PK\x05\x06",
		"spanned": "PK\x07\x08PK\x03\x04", "a list that lies elsewhere": strings.Replace(whole, "PK\x01\x02", "PK\x01\x03", 1),
	} {
		items, errs := readAll(t, "a.zip", data)
		if len(errs) != 1 || len(items) > 0 {
			t.Errorf("%s: %v, %v", name, places(items), errs)
			continue
		}
		wantReason(t, errs[0], source.Damaged)
	}
	broken := []byte(whole)
	copy(broken[40:], "\xff\xff\xff\xff") // in the packed text of the first
	items, errs := readAll(t, "a.zip", string(broken))
	if len(items) != 1 || items[0].Place != "a.zip/b.txt" || len(errs) != 1 {
		t.Fatalf("%v, %v", places(items), errs)
	}
	wantReason(t, errs[0], source.Damaged)
}

func TestTooManyFiles(t *testing.T) {
	files := make([]file, maxEntries, maxEntries+2)
	for i := range files {
		files[i] = file{fmt.Sprintf("%04d.txt", i), "Rain."}
	}
	files = append(files, file{"folder/", ""}) // is not counted
	if items, errs := readAll(t, "a.zip", zipOf(files...)); len(items) != maxEntries || len(errs) > 0 {
		t.Errorf("%d articles, %v", len(items), errs)
	}
	items, errs := readAll(t, "a.zip", zipOf(append(files, file{"more.txt", "Rain."})...))
	if len(items) > 0 || len(errs) != 1 {
		t.Fatalf("%d articles, %v", len(items), errs)
	}
	wantReason(t, errs[0], source.TooLarge)
	if want := "a.zip is too large (it holds 2001 files; pack at most 2000)"; errs[0].Error() != want {
		t.Errorf("%q, want %q", errs[0], want)
	}
}

func TestArchiveOfNothing(t *testing.T) {
	_, errs := readAll(t, "a.zip", zipOf(file{"x/", ""}))
	if len(errs) != 1 || !errors.Is(errs[0], corpus.ErrEmpty) || errs[0].Error() != "a.zip: the archive holds no file that is read: the article has no text" {
		t.Error(errs)
	}
}

// Rows are read up to where their archive is damaged, which is said.
func TestDamagedRows(t *testing.T) {
	var lines, rows strings.Builder
	rows.WriteString("title,text\n")
	for i := range 20_000 {
		fmt.Fprintf(&lines, "{\"text\":\"Rain %d %x\"}\n", i, i*i*7919)
		fmt.Fprintf(&rows, "Rain %x,Rain %d\n", i*i*7919, i)
	}
	for name, data := range map[string]string{"a.jsonl": lines.String(), "a.csv": rows.String()} {
		broken := []byte(packed(name, data))
		for i := len(broken) / 2; i < len(broken)/2+64; i++ {
			broken[i] = 0xFF
		}
		items, errs := readAll(t, "a.zip", string(broken))
		if len(items) < 1_000 || len(items) >= 20_000 || len(errs) == 0 {
			t.Errorf("%s: %d articles, %v", name, len(items), errs)
			continue
		}
		wantReason(t, errs[len(errs)-1], source.Damaged)
	}
}
