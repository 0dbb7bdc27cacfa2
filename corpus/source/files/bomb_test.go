package files

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"newsbot/corpus/source"
)

// repeated is an archive whose list names the one file in it so many times: files that overlap, which take no room.
func repeated(t *testing.T, data string, times int) string {
	t.Helper()
	const endSize = 22
	list, end := strings.LastIndex(data, "PK\x01\x02"), len(data)-endSize
	if list < 0 || data[end:end+4] != "PK\x05\x06" {
		t.Fatal("not an archive of one file")
	}
	var b bytes.Buffer
	b.WriteString(data[:list])
	b.WriteString(strings.Repeat(data[list:end], times))
	tail := []byte(data[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(times))
	binary.LittleEndian.PutUint16(tail[10:], uint16(times))
	binary.LittleEndian.PutUint32(tail[12:], uint32((end-list)*times))
	b.Write(tail)
	return b.String()
}

// stored packs a file as it is.
func stored(name, data string) string {
	return zipWith(zip.FileHeader{Name: name, Method: zip.Store}, data)
}

// packed packs a file small.
func packed(name, data string) string {
	return zipWith(zip.FileHeader{Name: name, Method: zip.Deflate}, data)
}

// Small archives that unpack to gigabytes are refused, whatever their files are called.
func TestBombs(t *testing.T) {
	rain := strings.Repeat("It rained on the town. ", 4<<20/23)
	bomb := wordBomb(40 << 20)
	tests := []struct {
		name, data string
		most       int // articles and errors
		says       string
	}{
		{"of text", repeated(t, packed("a.txt", rain), 1_900), 1, "a.zip is too large (the archive has more than 256 MiB unpacked"},
		{"without extensions", repeated(t, packed("a", rain), 1_900), 300, "MiB unpacked, and is not read on"},
		{"of lines", repeated(t, packed("a", strings.Repeat("{}\n", 1<<20)), 1_900), 5_100, "a.zip is damaged, or not of the kind that it seems; save it anew (the rows of 5 of its files are no articles; the rest is left out)"},
		{"of Word documents", repeated(t, stored("a.docx", bomb), 1_000), 20, "a (7).docx is too large (the archive has more than 256 MiB unpacked"},
		{"in one file", packed("a.txt", strings.Repeat("\x00", 30<<20)), 1, "a.zip/a.txt is too large (it has 30.1 MiB, and the most is 5 MiB"},
		{"in lines", packed("a.jsonl", strings.Repeat("\n", 30<<20)), 1, "it unpacks to hundreds of times its size"},
		{"of a list", repeated(t, stored("a", ""), 60_000), 1, "it lists too many files; pack at most 2000"},
		{"in an archive", packed("b.zip", repeated(t, packed("a.txt", rain), 1_900)), 1, "a.zip/b.zip is an archive in an archive"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if len(tt.data) > MaxFile {
				t.Fatalf("%d bytes are no bomb", len(tt.data))
			}
			f := File{Name: "a.zip", ReaderAt: strings.NewReader(tt.data), Size: int64(len(tt.data)), Now: someDay}
			n, said := 0, false
			for _, err := range Read(t.Context(), f) {
				n++
				said = said || err != nil && strings.Contains(err.Error(), tt.says)
			}
			if n > tt.most || !said {
				t.Errorf("%d articles and errors; none of them %q", n, tt.says)
			}
		})
	}
}

// wordBomb is a Word document with so much in its parts.
func wordBomb(size int) string {
	return zipOf(file{"[Content_Types].xml", "<Types/>"}, file{"word/document.xml", strings.Repeat("\x00", size)})
}

// A header that says less than there is does not open the gate.
func TestSizesThatLie(t *testing.T) {
	data := []byte(packed("a.txt", strings.Repeat("It rained. ", 4<<20)))
	at := strings.Index(string(data), "PK\x01\x02")
	binary.LittleEndian.PutUint32(data[at+24:], 100)
	items, errs := readAll(t, "a.zip", string(data))
	if len(items) > 0 || len(errs) != 1 {
		t.Fatalf("%d articles, %v", len(items), errs)
	}
	wantReason(t, errs[0], source.Damaged, source.TooLarge)
}

// Text that packs well is no bomb.
func TestDenseText(t *testing.T) {
	line := `{"title":"","text":"Rain in the town and on the hills above it, all day.","tags":[],"related":[],"pictures":[],"region":""}` + "\n"
	data := zipOf(file{"a.txt", strings.Repeat("It rained.\n", 60<<10)}, file{"b.jsonl", strings.Repeat(line, 2_000)})
	items, errs := readAll(t, "a.zip", data)
	if len(items) != 2_001 || len(errs) > 0 {
		t.Errorf("%d articles, %v", len(items), errs[:min(len(errs), 3)])
	}
}
