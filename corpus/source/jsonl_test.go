package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// readLines reads everything; each error stands in for its line.
func readLines(r io.Reader) (lines []Line, errs []error) {
	for line, err := range JSONL("news.jsonl", r) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		lines = append(lines, line)
	}
	return lines, errs
}

func TestJSONL(t *testing.T) {
	const in = "\uFEFF" + `{"title":"Harbour reopens","text":"The harbour reopened.","source":"Example Herald","url":"https://news.example/1","published":"2024-02-03","lang":"en","author":"Jane Doe","modified":"2024-02-04T10:00:00Z","embargo":"2024-02-05"}` +
		"\r\n\r\n  \n" + ` {"text":"القاهرة - 12 ديسمبر 2023 (الأفق) - هطل المطر.","tags":["rain",{"a":null}],"title":null}` +
		"\n" + `{"id":"expimtsgmz3od5e2","text":"القاهرة - 12 ديسمبر 2023 (الأفق) - هطل المطر."}`
	want := []Line{
		{N: 1, Article: corpus.Article{
			Title: "Harbour reopens", Body: "The harbour reopened.", Source: "Example Herald", URL: "https://news.example/1",
			Published: corpus.Day(2024, 2, 3), Language: text.English, Author: "Jane Doe",
			Modified: corpus.Date{Time: time.Date(2024, 2, 4, 10, 0, 0, 0, time.UTC)}, Embargo: time.Date(2024, 2, 5, 0, 0, 0, 0, time.UTC),
		}},
		{N: 4, Article: corpus.Article{
			Body: "القاهرة - 12 ديسمبر 2023 (الأفق) - هطل المطر.", Source: "الأفق", Published: corpus.Day(2023, 12, 12),
		}},
		// What was exported is taken as it is.
		{N: 5, Article: corpus.Article{ID: "expimtsgmz3od5e2", Body: "القاهرة - 12 ديسمبر 2023 (الأفق) - هطل المطر."}},
	}
	for _, r := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in))} {
		got, errs := readLines(r)
		if len(errs) > 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("JSONL = %+v, %v; want %+v", got, errs, want)
		}
	}
}

// Whatever a line is, those around it are read, and it is named.
func TestJSONLRefuses(t *testing.T) {
	tests := []struct {
		name, line, says string
		is               error
	}{
		{"prose", `It rained.`, "invalid character 'I'", ErrJSON},
		{"a list", `[{"text":"a"}]`, `the line is no object; write {"title"`, ErrJSON},
		{"a string", `"text"`, "the line is no object", ErrJSON},
		{"cut", `{"text":"It rained`, "the line ends too early", ErrJSON},
		{"cut behind a value", `{"text":"It rained"`, "the line ends too early", ErrJSON},
		{"cut behind a key", `{"text"`, "the line ends too early", ErrJSON},
		{"two objects", `{"text":"a"} {"text":"b"}`, "there is more behind the object", ErrJSON},
		{"garbage behind", `{"text":"a"},`, "there is more behind the object", ErrJSON},
		{"no quotes", `{text:"a"}`, "invalid character 't'", ErrJSON},
		{"a number", `{"text":"a","published":1700000000}`, `"published" is a number, and must be a string`, ErrJSON},
		{"a negative number", `{"text":-1}`, `"text" is a number`, ErrJSON},
		{"a boolean", `{"text":true}`, `"text" is true or false`, ErrJSON},
		{"an object", `{"text":"a","source":{"name":"b"}}`, `"source" is an object`, ErrJSON},
		{"a list of authors", `{"text":"a","author":["b"]}`, `"author" is a list`, ErrJSON},
		{"a key twice", `{"text":"a","title":"b","title":"c"}`, `key "title" stands twice`, ErrJSON},
		{"two names of one field", `{"text":"a","published":"2025-08-15","Date":"2025-08-16"}`, `keys "published" and "Date" say the same`, ErrJSON},
		{"two names of the text", `{"النص":"a","body":"a"}`, `keys "النص" and "body" say the same`, ErrJSON},
		{"a number in another case", `{"text":"a","Published":1700000000}`, `"Published" is a number`, ErrJSON},
		{"a bad date under another name", `{"text":"a","تاريخ النشر":"soon"}`, `"تاريخ النشر": date "soon"`, nil},
		{"no text under another name", `{"Body":"…"}`, `"Body" is missing, or has no word`, corpus.ErrEmpty},
		{"NUL", "{\"text\":\"a\x00b\"}", "contains NUL bytes", ErrJSON},
		{"deep", `{"text":"a","x":` + strings.Repeat("[", 20000) + `}`, "exceeded max depth", ErrJSON},
		{"no text", `{"title":"a"}`, `"text" is missing`, corpus.ErrEmpty},
		{"text of marks", `{"text":" … "}`, `"text" is missing, or has no word`, corpus.ErrEmpty},
		{"null text", `{"text":null}`, `"text" is missing`, corpus.ErrEmpty},
		{"nothing", `{}`, `"text" is missing`, corpus.ErrEmpty},
		{"too long", `{"text":"` + strings.Repeat("a", maxJSONLine) + `"}`, "the line is longer than 10.1 MiB", corpus.ErrTooLarge},
		{"a bad date", `{"text":"a","published":"2025-02-30"}`, `"published": date "2025-02-30" is not understood`, nil},
		{"a bad embargo", `{"text":"a","embargo":"soon"}`, `"embargo": date "soon"`, nil},
		{"a bad modification", `{"text":"a","modified":"soon"}`, `"modified": date "soon"`, nil},
		{"a bad address", `{"text":"a","url":"ftp://a.example"}`, `"url": link "ftp://a.example"`, nil},
		{"a bad language", `{"text":"a","lang":"tlh"}`, `"lang": language "tlh"`, nil},
		{"an outlet of 5,000 characters", `{"text":"a","source":"` + strings.Repeat("ب", 5000) + `"}`, `"source" is 5000 characters long`, nil},
		{
			"windows-1256", "{\"text\":\"\xc7\xe1\xd3\xe1\xc7\xe3 \xda\xe1\xed\xdf\xe3\",\"url\":\"https://news.example/" + strings.Repeat("a", 200) + "\"}",
			"news.jsonl:2: the line is not UTF-8; convert the file, for example with iconv -f windows-1256 -t utf-8", ErrJSON,
		},
		{"windows-1252", "{\"text\":\"The caf\xe9 in M\xfcnchen\"}", "iconv -f windows-1252 -t utf-8", ErrJSON},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines, errs := readLines(strings.NewReader("{\"text\":\"before\"}\n" + tt.line + "\n{\"text\":\"after\"}\n"))
			if len(lines) != 2 || lines[0].Article.Body != "before" || lines[1].Article.Body != "after" || lines[1].N != 3 {
				t.Errorf("the lines around it are %+v", lines)
			}
			if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), "news.jsonl:2: ") || !strings.Contains(errs[0].Error(), tt.says) {
				t.Fatalf("errors %v, want one that says %q", errs, tt.says)
			}
			if tt.is != nil && !errors.Is(errs[0], tt.is) {
				t.Errorf("%v does not wrap %v", errs[0], tt.is)
			}
		})
	}
}

// What cannot be read ends the file, with the line where it did.
func TestJSONLBreaksOff(t *testing.T) {
	broken := errors.New("the disk is broken")
	lines, errs := readLines(io.MultiReader(strings.NewReader("{\"text\":\"a\"}\n{\"te"), iotest.ErrReader(broken)))
	if len(lines) != 1 || len(errs) != 1 || !errors.Is(errs[0], broken) || !strings.HasPrefix(errs[0].Error(), "news.jsonl:2: ") {
		t.Errorf("lines %+v, errors %v", lines, errs)
	}
}

// A line may be as long as the longest text needs it to be.
func TestJSONLLongest(t *testing.T) {
	in := `{"text":"` + strings.Repeat(`\n`, corpus.MaxBody-1) + `a"}`
	lines, errs := readLines(strings.NewReader(in + strings.Repeat(" ", maxJSONLine-len(in)) + "\r\n"))
	if len(errs) > 0 || len(lines) != 1 || len(lines[0].Article.Body) != corpus.MaxBody {
		t.Errorf("%d lines, errors %v", len(lines), errs)
	}
}

// A title of a page that is too long is cut, and so is that of a line.
func TestJSONLCutsTitles(t *testing.T) {
	lines, errs := readLines(strings.NewReader(`{"text":"a","title":" ` + strings.Repeat("ب ", 5000) + `"}`))
	if len(lines) != 1 || len(errs) > 0 {
		t.Fatalf("lines %+v, errors %v", lines, errs)
	}
	if want := strings.Repeat("ب ", maxValue/2); lines[0].Article.Title != strings.TrimSpace(want) {
		t.Errorf("the title is %q", lines[0].Article.Title)
	}
}

func FuzzJSONL(f *testing.F) {
	for _, s := range []string{
		`{"title":"A","text":"Rain.","source":"B","url":"https://a.example/b","published":"2025-08-15","lang":"en"}`,
		"\uFEFF{\"text\":\"LONDON, May 2, 2024 (Reuters) - Rain.\"}\r\n\n{\"text\":\"\\ud800\\u0000 a\"}",
		`{"id":"expimtsgmz3od5e2","text":"هطل المطر.","embargo":"2025-08-15T10:00:00+03:00","modified":"15 August 2025","author":"س"}`,
		`{"text":"a","x":[{"text":1}]}`, `{"text":"a","text":"b"}`, `{"text":1}`, "[]\n{}\nnull\n\x00", "\xff\xfe{\x00", `{"text":"a"`, "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		last := 0
		for line, err := range JSONL("a.jsonl", strings.NewReader(in)) {
			if line.N <= last || line.N > strings.Count(in, "\n")+1 {
				t.Fatalf("line %d comes after line %d", line.N, last)
			}
			last = line.N
			if err != nil {
				if !strings.HasPrefix(err.Error(), fmt.Sprintf("a.jsonl:%d: ", line.N)) {
					t.Errorf("%q does not name the line", err)
				}
				continue
			}
			checkRecord(t, line.Article)
		}
	})
}

// checkRecord makes sure that an article that can be stored is the same after it
// has been written and read.
func checkRecord(t *testing.T, a corpus.Article) {
	t.Helper()
	a, err := corpus.Prepare(a)
	if err != nil {
		return
	}
	data, err := json.Marshal(NewRecord(a))
	if err != nil {
		t.Fatal(err)
	}
	lines, errs := readLines(strings.NewReader(string(data)))
	if len(lines) != 1 || len(errs) > 0 {
		t.Fatalf("%s comes back as %d lines, errors %v", data, len(lines), errs)
	}
	b := lines[0].Article
	b.TitleDerived = a.TitleDerived // to tell is the store's part
	if b, err = corpus.Prepare(b); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	a.ID, b.ID = "", "" // one made from a title that was derived is another
	if fmt.Sprintf("%+v", NewRecord(a)) != fmt.Sprintf("%+v", NewRecord(b)) {
		t.Errorf("%+v comes back as %+v", a, b)
	}
}
