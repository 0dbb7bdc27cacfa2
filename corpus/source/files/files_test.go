package files

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// someDay is when the files of these tests are read.
var someDay = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// readAll reads a file of any kind.
func readAll(t testing.TB, name, data string) (items []Item, errs []error) {
	t.Helper()
	f := File{Name: name, ReaderAt: strings.NewReader(data), Size: int64(len(data)), Now: someDay}
	for item, err := range Read(t.Context(), f) {
		if err != nil {
			errs = append(errs, err)
			if item.Article != (corpus.Article{}) || item.Place == "" {
				t.Errorf("an error with %+v", item)
			}
			continue
		}
		items = append(items, item)
	}
	return items, errs
}

// readOne reads a file of one article.
func readOne(t testing.TB, name, data string) Item {
	t.Helper()
	items, errs := readAll(t, name, data)
	if len(items) != 1 || len(errs) > 0 {
		t.Fatalf("%s: %d articles, errors %v", name, len(items), errs)
	}
	return items[0]
}

// places are where items stand.
func places(items []Item) []string {
	var names []string
	for _, item := range items {
		names = append(names, item.Place)
	}
	return names
}

// wantReason checks that an error is a refusal for one of the reasons.
func wantReason(t testing.TB, err error, want ...source.Reason) {
	t.Helper()
	refusal, ok := errors.AsType[*source.Refusal](err)
	if !ok || !slices.Contains(want, refusal.Reason) {
		t.Errorf("error %v, want a refusal for %v", err, want)
	}
}

func foreignOf(t testing.TB, err error) *ForeignError {
	t.Helper()
	foreign, ok := errors.AsType[*ForeignError](err)
	if !ok {
		t.Fatalf("%v is no ForeignError", err)
	}
	return foreign
}

const prose = "The harbour of the town reopened on Monday after nine days of storm, and the first ferry left before dawn with forty passengers.\n\n" +
	"Fishermen had waited for the all-clear since the weekend, when the waves broke over the mole and carried off two cranes."

// webPage is a page with a body of prose.
func webPage(head, top string) string {
	return "<!DOCTYPE html><html><head>" + head + "</head><body><article>" + top + "<p>" +
		strings.Join(strings.Split(prose, "\n\n"), "</p><p>") + "</p></article></body></html>"
}

// What each kind of file gives; the same words give the same article.
func TestReadKinds(t *testing.T) {
	date := corpus.Day(2025, 8, 15)
	front := "---\ntitle: Harbour reopens\nsource: Example Herald\ndate: 2025-08-15\n---\n"
	want := corpus.Article{Title: "Harbour reopens", Source: "Example Herald", Published: date, Body: prose}
	oneLine := strings.ReplaceAll(prose, "\n\n", `\n\n`)
	tests := []struct {
		name, data, place, note string
		kind                    Kind
	}{
		{"a.txt", front + prose, "a.txt", "", Text},
		{"a", front + prose, "a", "", Text},
		{"a.pdf", front + prose, "a.pdf", "it is plain text, whatever its name says", Text},
		{"a.md", front + "> " + strings.ReplaceAll(prose, "\n\n", "\n\n> "), "a.md", "", Markdown},
		{"a.html", webPage(`<title>Harbour reopens</title><meta property="og:site_name" content="Example Herald"><meta name="date" content="2025-08-15">`, ""), "a.html", "", Page},
		{"a.txt", webPage(`<title>Harbour reopens</title><meta property="og:site_name" content="Example Herald"><meta name="date" content="2025-08-15">`, ""), "a.txt", "it is a web page, whatever its name says", Page},
		{"a.html", front + webPage("", ""), "a.html", "", Page},
		{"a.html", strings.ReplaceAll(front, "\n", "\r\n") + webPage("<title>Another title</title>", ""), "a.html", "", Page},
		{"a.docx", wordDocument(strings.Split(prose, "\n\n"), front), "a.docx", "", Word},
		{"a.zip", wordDocument(strings.Split(prose, "\n\n"), front), "a.zip", "it is a Word document, whatever its name says", Word},
		{"a.jsonl", `{"title":"Harbour reopens","source":"Example Herald","published":"2025-08-15","text":"` + oneLine + `"}`, "a.jsonl:1", "", Lines},
		{"a.txt", `{"title":"Harbour reopens","source":"Example Herald","published":"2025-08-15","text":"` + oneLine + `"}`, "a.txt:1", "it is lines of JSON, whatever its name says", Lines},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+string(tt.kind), func(t *testing.T) {
			got := readOne(t, tt.name, tt.data)
			got.Article.Language = "" // only pages know it
			if diff := cmp.Diff(Item{Place: tt.place, Kind: tt.kind, Note: tt.note, Article: want}, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// Documents state what a text file states in its own words: in front matter, headline and dateline.
func TestDocumentsStateAsTextDoes(t *testing.T) {
	agency := "LONDON, May 2, 2024 (Reuters) - " + prose
	tests := []struct {
		name string
		item Item
		want corpus.Article
	}{
		{"headline and dateline", readOne(t, "a.docx", wordDocument(append([]string{"Harbour reopens"}, strings.Split(agency, "\n\n")...), "")),
			corpus.Article{Title: "Harbour reopens", Source: "Reuters", Published: corpus.Day(2024, 5, 2), Body: agency}},
		{"a paragraph for each line", readOne(t, "a.docx", wordDocument(append([]string{"Title: Harbour reopens", "Source: Example Herald", "Embargo: 2099-01-01"}, strings.Split(prose, "\n\n")...), "")),
			corpus.Article{Title: "Harbour reopens", Source: "Example Herald", Embargo: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), Body: prose}},
		{"Arabic names", readOne(t, "a.docx", wordDocument([]string{"العنوان: عودة الميناء", "المصدر: الأفق", "هطل المطر على البلدة يوم الاثنين."}, "")),
			corpus.Article{Title: "عودة الميناء", Source: "الأفق", Body: "هطل المطر على البلدة يوم الاثنين."}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.item.Article); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.name, diff)
		}
	}
}

// A PDF file is one whatever it is called, wherever it lies, and says what is wrong with it.
func TestReadPDF(t *testing.T) {
	lines := []string{"Title: Harbour reopens", "Source: Example Herald", "It rained on the town for nine days, and the harbour was closed until Monday."}
	want := corpus.Article{Title: "Harbour reopens", Source: "Example Herald", Body: lines[2]}
	data := pdfFile(40, lines...)
	tests := []struct{ name, data, place, note string }{
		{"a.pdf", data, "a.pdf", ""},
		{"a.txt", data, "a.txt", "it is a PDF file, whatever its name says"},
		{"a.pdf", "\x00\x01 junk\r\n" + data, "a.pdf", ""},
		{"a.zip", zipOf(file{"b.pdf", data}), "a.zip/b.pdf", ""},
	}
	for _, tt := range tests {
		got := readOne(t, tt.name, tt.data)
		if diff := cmp.Diff(Item{Place: tt.place, Packed: tt.name == "a.zip", Kind: PDF, Note: tt.note, Article: want}, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.place, diff)
		}
	}
	for _, broken := range []string{"%PDF-1.7\n", data[:200]} {
		_, errs := readAll(t, "a.pdf", broken)
		if len(errs) != 1 {
			t.Fatal(errs)
		}
		wantReason(t, errs[0], source.Damaged, source.Scanned)
		if !strings.HasPrefix(errs[0].Error(), "a.pdf ") {
			t.Error(errs[0])
		}
	}
}

// A page from a file stands where it says that it does, else nowhere.
func TestPageAddress(t *testing.T) {
	tests := []struct{ name, head, url, outlet string }{
		{"none", "", "", ""},
		{"canonical", `<link rel=canonical href="https://herald.example/news/4">`, "https://herald.example/news/4", "herald.example"},
		{"Open Graph", `<meta property="og:url" content="https://herald.example/news/5">`, "https://herald.example/news/5", "herald.example"},
		{"relative", `<link rel=canonical href="/news/4">`, "", ""},
		{"of the front page", `<link rel=canonical href="https://herald.example/">`, "", ""},
		{"no web address", `<link rel=canonical href="file:///etc/passwd">`, "", ""},
	}
	for _, tt := range tests {
		got := readOne(t, "a.html", webPage("<title>Harbour reopens after storm</title>"+tt.head, "")).Article
		if got.URL != tt.url || got.Source != tt.outlet || got.Body != prose {
			t.Errorf("%s: %q of %q: %q", tt.name, got.URL, got.Source, got.Body)
		}
	}
}

// An embargo is never lost, wherever a page states it.
func TestPageEmbargo(t *testing.T) {
	for _, page := range []string{
		"---\nembargo: 2099-01-01\n---\n" + webPage("", ""),
		webPage("", "<p>Embargo: 2099-01-01</p>"),
		webPage("", "<p>Title: Rain</p><p>Source: Herald</p><p>Embargo: 2099-01-01</p>"),
		"<html><body><p>Embargo: 2099-01-01</p><p>" + prose + "</body></html>",
		strings.Replace(webPage("", ""), "<body>", "<body><p>Embargo: 2099-01-01</p>", 1),
		strings.Replace(webPage("", ""), "<body>", "<body><div><b>Title:</b> Rain<br>Embargo: 2099-01-01</div>", 1),
		strings.Replace(webPage("", ""), "<body>", "<body><pre>\nTitle: Rain\nEmbargo: 2099-01-01\n</pre>", 1),
	} {
		if got := readOne(t, "a.html", page).Article; got.Embargo.IsZero() {
			t.Errorf("%.60q: no embargo: %+v", page, got)
		}
	}
}

// A date that cannot be is left out, and said.
func TestPageRejectsDate(t *testing.T) {
	got := readOne(t, "a.html", webPage(`<meta name="date" content="2031-01-01">`, ""))
	if !got.Article.Published.IsZero() || got.Rejected != corpus.Day(2031, 1, 1) {
		t.Errorf("published %v, rejected %v", got.Article.Published, got.Rejected)
	}
}

// Nothing and next to nothing, of every kind.
func TestEmptyFiles(t *testing.T) {
	for _, name := range []string{"a", "a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.csv", "a.jsonl", "a.zip", "a.rar"} {
		_, errs := readAll(t, name, "")
		if len(errs) != 1 || !errors.Is(errs[0], corpus.ErrEmpty) || errs[0].Error() != name+": the file is empty: the article has no text" {
			t.Errorf("%s: %v", name, errs)
		}
	}
	for name, data := range map[string]string{
		"a.txt": " \n\uFEFF", "a.md": "# Title", "a.jsonl": "\n \n", "a.zip": zipOf(), "b.zip": zipOf(file{"__MACOSX/a.txt", "x"}, file{"d/", ""}),
		"a.docx": wordDocument(nil, ""), "c.zip": zipOf(file{"a.txt", ""}),
	} {
		_, errs := readAll(t, name, data)
		if len(errs) != 1 || !errors.Is(errs[0], corpus.ErrEmpty) || !strings.HasPrefix(errs[0].Error(), name) {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

// Too large is refused before it is read, with the limit of its kind.
func TestTooLarge(t *testing.T) {
	tests := []struct {
		name, head string
		size       int64
		says       string
	}{
		{"a.txt", "It rained.", source.MaxFile + 1, "a.txt is too large (it has 5.1 MiB, and the most is 5 MiB; "},
		{"a.html", "<html>", 10<<20 + 1, "a.html is too large (it has 10.1 MiB, and the most is 10 MiB; "},
		{"a.pdf", "%PDF-1.7", MaxFile + 1, "a.pdf is too large (it has 20.1 MiB, and the most is 20 MiB; "},
	}
	for _, tt := range tests {
		f := File{Name: tt.name, ReaderAt: &sparse{head: tt.head}, Size: tt.size}
		n := 0
		for item, err := range Read(t.Context(), f) {
			n++
			wantReason(t, err, source.TooLarge)
			if item.Place != tt.name || !strings.HasPrefix(err.Error(), tt.says) {
				t.Errorf("%s: %v", item.Place, err)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d errors, want one", tt.name, n)
		}
		if got := f.ReaderAt.(*sparse).read; got > headSize {
			t.Errorf("%s: %d bytes read", tt.name, got)
		}
	}
}

// sparse is a file of blanks behind its head.
type sparse struct {
	head string
	read int
}

func (s *sparse) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	if off < int64(len(s.head)) {
		copy(p, s.head[off:])
	}
	s.read += len(p)
	return len(p), nil
}

// A file of rows may be longer than what is read as a whole; one bad row does not end it.
func TestLongRows(t *testing.T) {
	line := `{"text":"` + strings.Repeat("rain ", 200<<10) + `"}` + "\n"
	data := strings.Repeat(line, 12) + "no JSON\n" + strings.Repeat(line, 12)
	if len(data) <= MaxFile {
		t.Fatal("too short a file")
	}
	items, errs := readAll(t, "news.jsonl", data)
	if len(items) != 24 || len(errs) != 1 || !errors.Is(errs[0], source.ErrJSON) || !strings.HasPrefix(errs[0].Error(), "news.jsonl:13: ") {
		t.Errorf("%d articles, %v", len(items), errs)
	}
	if items[23].Place != "news.jsonl:25" {
		t.Errorf("the last stands at %s", items[23].Place)
	}
}

// The reader stops when nobody wants more, and when ctx ends, without an error of its own.
func TestReadStops(t *testing.T) {
	var lines strings.Builder
	for n := range 100 {
		fmt.Fprintf(&lines, "{\"text\":\"Rain %d\"}\n", n)
	}
	packed := zipOf(file{"a.jsonl", lines.String()}, file{"b.jsonl", lines.String()})
	for name, data := range map[string]string{"a.jsonl": lines.String(), "a.zip": packed} {
		f := File{Name: name, ReaderAt: strings.NewReader(data), Size: int64(len(data))}
		n := 0
		for _, err := range Read(t.Context(), f) {
			if n++; n == 3 || err != nil {
				break
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		after := 0
		for _, err := range Read(ctx, f) {
			if after++; after == 3 {
				cancel()
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n != 3 || after != 3 {
			t.Errorf("%s: %d and %d articles, want 3", name, n, after)
		}
		cancel()
	}
}

// An error of the disk is none of the file's.
func TestReadFails(t *testing.T) {
	n := 0
	for _, err := range Read(t.Context(), File{Name: "a.txt", ReaderAt: failing{}, Size: 10}) {
		if n++; !errors.Is(err, errDisk) || !strings.HasPrefix(err.Error(), "a.txt") {
			t.Errorf("error %v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d errors, want one", n)
	}
}

var errDisk = errors.New("the disk is on fire")

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errDisk }
