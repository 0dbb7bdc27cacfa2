package csv

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// A result is a row, or the error that came instead.
type result struct {
	source.Line
	err error
}

func readAll(r io.Reader) []result {
	var all []result
	for row, err := range Read("posts.csv", r) {
		all = append(all, result{row, err})
	}
	return all
}

// bodies are the texts of rows, with their lines, and errors.
func bodies(all []result) []string {
	var out []string
	for _, r := range all {
		if r.err != nil {
			out = append(out, "error: "+r.err.Error())
			continue
		}
		out = append(out, r.Article.Body)
	}
	return out
}

func TestFields(t *testing.T) {
	const id = "abcdefgh234567ab"
	tests := []struct {
		name, in string
		want     source.Record
	}{
		{"all", "id,title,text,source,url,published,lang,author,modified,embargo\n" + id + ",A,It rained.,Daily,https://a.example/1,2025-08-15,en,Jane Doe,2025-08-16,2099-01-02\n",
			source.Record{ID: id, Title: "A", Text: "It rained.", Source: "Daily", URL: "https://a.example/1", Published: "2025-08-15", Lang: "en", Author: "Jane Doe", Modified: "2025-08-16", Embargo: "2099-01-02T00:00:00Z"}},
		{"usual names", "No.,Headline,Body,Outlet,Link,Date,Byline\n7,A,It rained.,Daily,https://a.example/1,15 August 2025,Jane Doe\n",
			source.Record{Title: "A", Text: "It rained.", Source: "Daily", URL: "https://a.example/1", Published: "2025-08-15", Author: "Jane Doe"}},
		{"Arabic names", "العنوان؛;النص;المصدر;الرابط;التاريخ;الكاتب\nعنوان;هطل المطر.;اليوم;https://a.example/1;15 آب 2025;منى\n",
			source.Record{Text: "هطل المطر.", Source: "اليوم", URL: "https://a.example/1", Published: "2025-08-15", Author: "منى"}},
		{"a number is no ID of ours", "id,text\n12,It rained.\n", source.Record{Text: "It rained."}},
		{"dateline", "text\n\"LONDON, May 2, 2024 (Reuters) - Rain.\"\n", source.Record{Text: "LONDON, May 2, 2024 (Reuters) - Rain.", Source: "Reuters", Published: "2024-05-02"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := readAll(strings.NewReader(tt.in))
			if len(all) != 1 || all[0].err != nil {
				t.Fatalf("Read = %+v", all)
			}
			got := all[0].Line
			if r := source.NewRecord(got.Article); r != tt.want || got.N != 2 {
				t.Errorf("Read = %+v\nwant   %+v", got, tt.want)
			}
		})
	}
}

func TestShapes(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"blank", "\n \n,,\n", nil},
		{"no rows", "title,text\n", nil},
		{"comma", "title,text\nA,b\n", []string{"b"}},
		{"semicolon", "title;text\nA;b, c\n", []string{"b, c"}},
		{"tab", "title\ttext\nA\tb, c; d\n", []string{"b, c; d"}},
		{"bar", "title|text\nA|b, c\n", []string{"b, c"}},
		{"separator stated", "sep=;\r\ntext;a,title\r\nb;A\r\n", []string{"b"}},
		{"commas in the names", "text;\"note, short\"\nb;n\n", []string{"b"}},
		{"one column", "text\nIt rained, and rained; again.\n", []string{"It rained, and rained; again."}},
		{"quotes", "title,text\nA,\"She said \"\"yes\"\",\nthen \"\"no\"\".\"\nB,5\" of rain\nC, \"d\" \n", []string{"She said \"yes\",\nthen \"no\".", "5\" of rain", "d"}},
		{"line feed in a name", "\"ti\ntle\",\"full\ntext\"\nA,b\n", []string{"b"}},
		{"line ends", "text,title\r\nb,A\rc,B\n\"d\r\ne\rf\",C", []string{"b", "c", "d\ne\nf"}},
		{"byte order mark", "\uFEFFtext,title\nb,A\n", []string{"b"}},
		{"blank rows and lines", "\n,\ntext,title\n\n , \nb,A\n", []string{"b"}},
		{"empty cells at the end", "text,title,,\nb,A,,\nc,B,,,,\nd,C\n", []string{"b", "c", "d"}},
		{"last row cut short", "text,title\nb,A", []string{"b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := bodies(readAll(strings.NewReader(tt.in)))
			if strings.Join(got, "\x00") != strings.Join(tt.want, "\x00") {
				t.Errorf("Read = %q, want %q", got, tt.want)
			}
			for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
				wide := bodies(readAll(iotest.OneByteReader(bytes.NewReader(utf16Of(tt.in, order)))))
				if strings.Join(got, "\x00") != strings.Join(wide, "\x00") {
					t.Errorf("Read = %q in UTF-16, want %q", wide, got)
				}
			}
		})
	}
}

// utf16Of is text as UTF-16 with a byte order mark.
func utf16Of(s string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + strings.TrimPrefix(s, "\uFEFF"))) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

// Each error names file and line, and is told by what it wraps; rows after it are read.
func TestErrors(t *testing.T) {
	const arabic1256 = "\xe5\xd8\xe1 \xc7\xe1\xe3\xd8\xd1 \xda\xe1\xec \xc7\xe1\xcc\xc8\xc7\xe1"
	refused := new(source.Refusal)
	tests := []struct {
		name, in string
		want     error  // what the only error wraps
		says     string // what it begins with
		bodies   string // of the rows that are read, by spaces
	}{
		{"too few cells", "title,text\nA\nB,b\n", ErrRow, "posts.csv:2: ", "b"},
		{"too many cells", "title,text\nA,b,c\nB,d\n", ErrRow, "posts.csv:2: ", "d"},
		{"very many cells", "title,text\nA,b" + strings.Repeat(",", 3*maxColumns) + "c\nB,d\n", ErrRow, "posts.csv:2: ", "d"},
		{"no text", "title,text\nA,\nB,b\n", corpus.ErrEmpty, `posts.csv:2: the article has no text: column "text"`, "b"},
		{"no word", "title,text\nA,...\nB,b\n", corpus.ErrEmpty, "posts.csv:2: ", "b"},
		{"behind a quote", "title,text\n\"A\" a,\"b\nc\"\nB,d\n", ErrRow, "posts.csv:2: ", "d"},
		{"NUL", "title,text\nA,a\x00b\nB,b\n", ErrRow, "posts.csv:2: ", "b"},
		{"unclosed quote", "title,text\nA,b\nB,\"c\nC,d\n", ErrRow, "posts.csv:3: the quote that opens on line 3 is never closed", "b"},
		{"unclosed quote further down", "text,title\n\"b\nc\",\"A\nB\n", ErrRow, "posts.csv:2: the quote that opens on line 3", ""},
		{"bad date", "text,Date,title\na,soon,A\nb,,B\n", nil, `posts.csv:2: column "Date": date "soon"`, "b"},
		{"bad address", "text,Link\na,ftp://a\nb,\n", nil, `posts.csv:2: column "Link": `, "b"},
		{"windows-1256", "title,text\nA," + arabic1256 + "\nB,b\n", refused, "posts.csv:2 is in characters that cannot be read (they are not UTF-8: save the table as \"CSV UTF-8\", or convert it with iconv -f windows-1256", "b"},
		{"windows-1256 from the first row", arabic1256 + "," + arabic1256 + "\na,b\n", refused, "posts.csv:1 is in characters", ""},
		{"windows-1252", "title,text\nA,l'\xe9t\xe9 \xe0 la mer\nB,b\n", refused, "posts.csv:2 is in characters", "b"},
		{"UTF-16 without a mark", "t\x00e\x00x\x00t\x00\n\x00a\x00", ErrColumns, "posts.csv:1: the first row contains NUL", ""},
		{"no column of the text", "\nname,\"price, net\"\na,b\n", ErrColumns, `posts.csv:2: no column holds the text; call one "text", "body" or «النص» in the first row, which has: "name", "price, net"`, ""},
		{"two columns of the text", "text,Body\na,b\n", ErrColumns, `posts.csv:1: columns "text" and "Body" both hold the text`, ""},
		{"too many columns", "text" + strings.Repeat(",x", maxColumns) + "\n", ErrColumns, "posts.csv:1: ", ""},
		{"quote of the first row never closed", "text,\"a\nb,c\n", ErrRow, "posts.csv:1: ", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var good []string
			var errs []error
			for _, r := range readAll(strings.NewReader(tt.in)) {
				if r.err != nil {
					errs = append(errs, r.err)
					continue
				}
				good = append(good, r.Article.Body)
			}
			if got := strings.Join(good, " "); got != tt.bodies {
				t.Errorf("read %q, want %q", got, tt.bodies)
			}
			if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), tt.says) {
				t.Fatalf("errors %q, want one that begins %q", errs, tt.says)
			}
			r, isRefusal := errors.AsType[*source.Refusal](errs[0])
			switch {
			case errors.Is(tt.want, refused) && (!isRefusal || r.Reason != source.Garbled):
				t.Errorf("%v is no refusal of the characters", errs[0])
			case !errors.Is(tt.want, refused) && tt.want != nil && !errors.Is(errs[0], tt.want):
				t.Errorf("%v does not wrap %v", errs[0], tt.want)
			}
		})
	}
}

// Errors show no more than a few names.
func TestNamesInErrorsAreBounded(t *testing.T) {
	in := strings.Repeat(strings.Repeat("x", 1000)+",", 500) + "\n"
	all := readAll(strings.NewReader(in))
	if len(all) != 1 || !errors.Is(all[0].err, ErrColumns) || len(all[0].err.Error()) > 2000 {
		t.Errorf("Read: %.3000v", all)
	}
}

// A row that is too long is an error, and the next ones are read.
func TestLongRows(t *testing.T) {
	long := strings.Repeat("It rained. ", 20<<20/11)
	tests := []struct{ name, row string }{
		{"line", "A," + long},
		{"quoted", "A,\"" + strings.Repeat(long[:1<<20]+"\n", 20) + "\""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := readAll(strings.NewReader("title,text\n" + tt.row + "\nB,b\n"))
			if len(all) != 2 || !errors.Is(all[0].err, corpus.ErrTooLarge) || all[0].N != 2 || all[1].err != nil || all[1].Article.Body != "b" {
				t.Errorf("Read = %.500q", bodies(all))
			}
		})
	}
}

func TestFailingReader(t *testing.T) {
	for _, in := range []string{"", "title,text\nA,b\nB,"} {
		cause := errors.New("the disk is gone")
		all := readAll(io.MultiReader(strings.NewReader(in), iotest.ErrReader(cause)))
		if len(all) == 0 || !errors.Is(all[len(all)-1].err, cause) {
			t.Errorf("Read of %q = %q, want an error at its end", in, bodies(all))
		}
	}
}

// Whoever has enough may stop.
func TestStop(t *testing.T) {
	n := 0
	for _, err := range Read("posts.csv", strings.NewReader("text\na\nb\n")) {
		if n++; err != nil || n == 1 {
			break
		}
	}
	if n != 1 {
		t.Errorf("%d rows", n)
	}
}

// endless is a table of n rows that is made as it is read.
type endless struct {
	row  string
	n    int
	rest string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		if e.n == 0 {
			return 0, io.EOF
		}
		e.n--
		e.rest = e.row
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// No more than a row is held, however many there are.
func TestManyRows(t *testing.T) {
	rows := 1_000_000
	if testing.Short() {
		rows = 50_000
	}
	table := io.MultiReader(strings.NewReader("title,text\n"), &endless{row: "Rain,\"It rained\nin the valley.\"\n", n: rows})
	n := 0
	for row, err := range Read("posts.csv", table) {
		if n++; err != nil || row.N != 2*n {
			t.Fatalf("row %d: line %d, %v", n, row.N, err)
		}
	}
	if n != rows {
		t.Errorf("%d rows, want %d", n, rows)
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"title,text\nA,b\n", "text;title\r\n\"a;\"\"b\"\"\";A\r\n", "sep=|\ntext|x\na|b", "\uFEFFالنص\tالتاريخ\nهطل المطر\t15 آب 2025\n",
		"text\n\"a", "text,title\na\nb,c,d\n\"e\"f,g\n", "\xff\xfet\x00e\x00x\x00t\x00\n\x00a\x00", "text,id\na\x00,\xe9\xe8\xe7\n", ",,,\n\"", "",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		line := 0
		for row, err := range Read("posts.csv", bytes.NewReader(in)) {
			if row.N <= line {
				t.Errorf("line %d comes behind line %d", row.N, line)
			}
			line = row.N
			if err != nil {
				if !strings.HasPrefix(err.Error(), "posts.csv:") {
					t.Errorf("%q does not name the file", err)
				}
				continue
			}
			a := row.Article
			if strings.TrimSpace(a.Body) == "" || strings.ContainsAny(a.Body, "\x00\r") || strings.ContainsAny(a.Title+a.Source+a.URL, "\n\x00") {
				t.Errorf("Read = %+v", a)
			}
			if a.ID != "" && !corpus.IsID(a.ID) {
				t.Errorf("ID %q", a.ID)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	row := "Rain,2025-08-15,\"" + strings.Repeat("It rained, and \"\"it rained\"\".\nهطل المطر. ", 60) + "\"\n"
	b.SetBytes(int64(1000 * len(row)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range Read("posts.csv", io.MultiReader(strings.NewReader("title,date,text\n"), &endless{row: row, n: 1000})) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
