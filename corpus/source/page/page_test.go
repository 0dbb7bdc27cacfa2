package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// someDay is when the pages of these tests are fetched.
var someDay = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// golden is what a page of testdata gives.
type golden struct {
	Refused   source.Reason `json:",omitempty"`
	Title     string        `json:",omitempty"`
	Source    string        `json:",omitempty"`
	Author    string        `json:",omitempty"`
	Language  string        `json:",omitempty"`
	Published string        `json:",omitempty"`
	Modified  string        `json:",omitempty"`
	URL       string        `json:",omitempty"`
	Body      []string      `json:",omitempty"` // its lines
}

// TestPages holds what is found in pages in the manner of Arabic news sites against golden files. Every page shows one
// custom: its name says which.
func TestPages(t *testing.T) {
	contentTypes := map[string]string{
		"oldtable": "text/html", // declared by the page
		"iso":      "text/html; charset=windows-1256",
		"reversed": "text/html; charset=windows-1256",
	}
	addresses := map[string]string{
		"wordpress": "https://almarfa.example/2023/09/09/haouz/?fbclid=1",
		"ogonly":    "https://barqa.example/news/4471",
		"amp":       "https://www.gulfwindow.example/climate/cop28-deal/amp",
		"front":     "https://almarfa.example/",
	}
	paths, err := filepath.Glob(filepath.Join("testdata", "*.html"))
	if err != nil || len(paths) < 12 {
		t.Fatalf("%d pages, %v", len(paths), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			contentType, ok := contentTypes[name]
			if !ok {
				contentType = "text/html; charset=utf-8"
			}
			address, ok := addresses[name]
			if !ok {
				address = "https://www." + name + ".example/news/1"
			}
			checkGolden(t, strings.TrimSuffix(path, ".html")+".json", goldenOf(t, address, contentType, body))
		})
	}
}

func goldenOf(t *testing.T, address, contentType string, body []byte) golden {
	t.Helper()
	found, err := Extract(address, contentType, body, someDay)
	if err != nil {
		return golden{Refused: reasonOf(t, err)}
	}
	return golden{
		Title: found.Title, Source: found.Source, Author: found.Author, Language: string(found.Language),
		Published: found.Published.String(), Modified: found.Modified.String(), URL: found.URL,
		Body: strings.Split(found.Body, "\n"),
	}
}

func reasonOf(t *testing.T, err error) source.Reason {
	t.Helper()
	refusal, ok := errors.AsType[*source.Refusal](err)
	if !ok {
		t.Fatalf("%v is no refusal", err)
	}
	return refusal.Reason
}

func checkGolden(t *testing.T, path string, got golden) {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, buf.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), buf.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// prose is text enough for an article.
var prose = strings.Repeat("<p>The river rose over its banks in the night, and the lower town was told to leave by noon.</p>\n", 6)

// pageOf is a page with the given head and prose.
func pageOf(head string) []byte {
	return []byte("<!DOCTYPE html><html><head><title>River rises over its banks</title>" + head + "</head><body><article>" +
		"<h1>River rises over its banks</h1>" + prose + "</article></body></html>")
}

// extractPage extracts the article of a page that must have one.
func extractPage(t *testing.T, page []byte) source.Found {
	t.Helper()
	found, err := Extract("https://www.harbour.example/news/river", "text/html", page, someDay)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestDatesThatCannotBe(t *testing.T) {
	for stated, rejected := range map[string]string{
		"2026-12-01T12:00:00Z":      "2026-12-01T12:00:00Z",
		"1970-01-01":                "1970-01-01",
		"1970-01-01T00:00:00Z":      "1970-01-01T00:00:00Z",
		"2026-11-30T00:30:00+14:00": "", // it is tomorrow already where that was written
		"":                          "",
		"yesterday":                 "",
	} {
		found := extractPage(t, pageOf(`<meta property="article:published_time" content="`+stated+`">`))
		if got := found.Rejected.String(); got != rejected {
			t.Errorf("%q: rejected %q, want %q", stated, got, rejected)
		}
		if rejected != "" && !found.Published.IsZero() {
			t.Errorf("%q: published %v, want unknown", stated, found.Published)
		}
	}
}

// TestImpossibleDatesArePassedOver puts a date that cannot be before one that can, within and across the statements.
func TestImpossibleDatesArePassedOver(t *testing.T) {
	stated := func(props string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A flood",` + props + `}</script>`
	}
	for head, want := range map[string]string{
		stated(`"datePublished":"1970-01-01"`) + `<meta property="article:published_time" content="2025-07-07">`:              "2025-07-07",
		stated(`"datePublished":"2027-01-01","dateCreated":"2025-07-07"`):                                                     "2025-07-07",
		`<meta name="dc.date" content="1970-01-01"><meta name="pubdate" content="2025-07-07">`:                                "2025-07-07",
		`<meta name="date" content="2027-01-01"></head><body><time datetime="1970-01-01"></time><p>7 July 2025</p>`:           "2025-07-07",
		`<meta name="date" content="1970-01-01"></head><body><p>LONDON, 7 July 2025 (Reuters) - The town was told to go.</p>`: "2025-07-07",
	} {
		found := extractPage(t, []byte("<html><head><title>A flood in the night</title>"+head+prose))
		if found.Published.String() != want || !found.Rejected.IsZero() {
			t.Errorf("%s: published %q, rejected %q, want %q alone", head, found.Published, found.Rejected, want)
		}
	}
	found := extractPage(t, pageOf(stated(`"datePublished":"1970-01-01","dateModified":"2031-01-01"`)+`<meta name="pubdate" content="2031-01-01">`))
	if !found.Published.IsZero() || found.Rejected.String() != "1970-01-01" || !found.Modified.IsZero() {
		t.Errorf("published %v, rejected %v, modified %v; want the first of those that cannot be rejected", found.Published, found.Rejected, found.Modified)
	}
}

func TestOutletOfNoName(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.harbour.example/a/b":  "harbour.example",
		"https://WWW.Harbour.example./a/b": "harbour.example",
		"https://news.harbour.example/a/b": "news.harbour.example",
		"http://127.0.0.1:8931/a/b":        "",
		"http://[2001:db8::1]:80/a/b":      "",
		"http://localhost:8080/a/b":        "",
		"http://press.localhost/a/b":       "",
		"http://intranet/a/b":              "",
	} {
		found, err := Extract(address, "text/html", pageOf(""), someDay)
		if err != nil || found.Source != want {
			t.Errorf("%s: outlet %q, %v; want %q", address, found.Source, err, want)
		}
	}
}

func TestUndatedStaysUndated(t *testing.T) {
	if found := extractPage(t, pageOf("")); !found.Published.IsZero() || !found.Modified.IsZero() {
		t.Errorf("published %v, modified %v; the page states no date", found.Published, found.Modified)
	}
}

// TestOrderOfStatements takes the statements of a page away one by one, the most deliberate first.
func TestOrderOfStatements(t *testing.T) {
	statements := []string{
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"A flood","datePublished":"2024-01-01","publisher":{"name":"One"}}</script>`,
		`<meta property="article:published_time" content="2024-01-02"><meta property="og:site_name" content="Two">`,
		`<meta name="parsely-pub-date" content="2024-01-03"><meta name="application-name" content="Three">`,
		`</head><body><article><h1>River rises over its banks</h1><time datetime="2024-01-04">today</time>`,
		`<span itemprop="datePublished" content="2024-01-05"></span><span itemprop="publisher">Five</span>`,
		`<p>LONDON, 6 January 2024 (Reuters) - The river rose over its banks in the night.</p>`,
	}
	outlets := []string{"One", "Two", "Three", "Five", "Five", "Reuters", "harbour.example"}
	for i := range len(statements) + 1 {
		page := "<html><head><title>River rises over its banks</title>" + strings.Join(statements[i:], "\n") + prose
		found := extractPage(t, []byte(page))
		want := fmt.Sprintf("2024-01-%02d", i+1)
		if i == len(statements) {
			want = ""
		}
		if found.Published.String() != want || found.Source != outlets[i] {
			t.Errorf("without the first %d: %q by %q, want %q by %q", i, found.Published, found.Source, want, outlets[i])
		}
	}
}

func TestAddress(t *testing.T) {
	const fetched = "https://www.harbour.example/news/river?id=4"
	for stated, want := range map[string]string{
		"":                                     fetched,
		"https://harbour.example/river":        "https://harbour.example/river",
		"/river#top":                           "https://www.harbour.example/river",
		"https://m.harbour.example/river":      "https://m.harbour.example/river",
		"https://other.example/river":          fetched,
		"https://www.harbour.example/":         fetched,
		"https://www.harbour.example":          fetched,
		"javascript:alert(1)":                  fetched,
		"https://user@www.harbour.example/x":   fetched,
		"https://www.harbour.example:99999/x":  fetched,
		"http://www.harbour.example/%zz":       fetched,
		"  https://www.harbour.example/river ": "https://www.harbour.example/river",
	} {
		if got := address(fetched, stated); got != want {
			t.Errorf("address(%q) = %q, want %q", stated, got, want)
		}
	}
	if got := address("https://a.co.uk/x", "https://b.co.uk/x"); got != "https://a.co.uk/x" {
		t.Errorf("two sites under co.uk are taken for one: %q", got)
	}
}

func TestWrongKind(t *testing.T) {
	for _, tt := range []struct{ contentType, body string }{
		{"application/pdf", "%PDF-1.7"},
		{"text/html", "%PDF-1.7 and more"},
		{"image/png", "\x89PNG\r\n\x1a\n"},
		{"application/json", `{"a":1}`},
		{"text/plain", "Only words."},
		{"application/rss+xml", "<rss><channel></channel></rss>"},
		{"", "Only words."},
		{"", ""},
	} {
		_, err := Extract("https://a.example/x", tt.contentType, []byte(tt.body), someDay)
		if err == nil || reasonOf(t, err) != source.WrongKind {
			t.Errorf("%q %q: %v, want %s", tt.contentType, tt.body, err, source.WrongKind)
		}
	}
	for _, contentType := range []string{"text/html", "TEXT/HTML;charset=x", "application/xhtml+xml", "", "text/plain"} {
		if _, err := Extract("https://a.example/x", contentType, pageOf(""), someDay); err != nil {
			t.Errorf("%q: %v", contentType, err)
		}
	}
}

func TestLongTitle(t *testing.T) {
	long := strings.Repeat("فيضان ", 1000)
	page := strings.Replace(string(pageOf("")), "River rises over its banks", long, 2)
	a, err := corpus.Prepare(extractPage(t, []byte(page)).Article)
	if err != nil {
		t.Fatal(err)
	}
	if n := len([]rune(a.Title)); n > 300 || n < 200 || !strings.HasPrefix(a.Title, "فيضان فيضان") {
		t.Errorf("title of %d runes: %q", n, a.Title)
	}
}

func TestControlsInTitle(t *testing.T) {
	found := extractPage(t, pageOf("<meta property='og:title' content='\u202eRiver\u2066 rises\x00\u00ad again\u200b'>"))
	if found.Title != "River rises again" {
		t.Errorf("title %q", found.Title)
	}
}
