package page

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// expectation is what go-readability's own tests expect of a page.
type expectation struct {
	Title         string
	SiteName      string
	PublishedTime string
	ModifiedTime  string
}

// collection returns the folder of the pages that go-readability's module ships for its own tests, or skips.
func collection(t testing.TB) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "codeberg.org/readeck/go-readability/v2").Output()
	dir := filepath.Join(strings.TrimSpace(string(out)), "test-pages")
	if _, statErr := os.Stat(dir); err != nil || statErr != nil {
		t.Skip("go-readability's test pages are not here: the module is vendored, or not in the cache")
	}
	return dir
}

// A score is how one page of the collection came out.
type score struct {
	want                        expectation
	got                         source.Found
	refused                     error
	title, date, modified, site verdict
	expected                    int // letters of the text that is expected
	precision, recall           float64
}

// f1 is the harmonic mean of precision and recall of the words.
func (s score) f1() float64 {
	return 2 * s.precision * s.recall / max(s.precision+s.recall, 1e-9)
}

// A verdict compares a value with what is expected of it.
type verdict int

const (
	none  verdict = iota // nothing is expected
	wrong                // another value, or none
	near                 // a title without the name of the site, or with it
	right
)

func (v verdict) String() string { return [...]string{"-", "wrong", "near", "right"}[v] }

// longText is the number of letters from which a page counts as one with a text: the collection has many pages of a few
// lines, each for one custom of markup.
const longText = 1000

// TestCollection measures the extraction on the pages that go-readability's module ships for its own tests, against what
// those expect. go test -v -run TestCollection prints a line for every page.
//
// What is left out by intention counts against the text: captions of pictures, boxes of the site, comments. A page that
// lists articles is refused by intention.
func TestCollection(t *testing.T) {
	dir := collection(t)
	folders, err := filepath.Glob(filepath.Join(dir, "*", "source.html"))
	if err != nil || len(folders) < 100 {
		t.Fatalf("%d pages, %v", len(folders), err)
	}
	var sum totals
	for _, f := range folders {
		s := measurePage(t, filepath.Dir(f))
		sum.add(s)
		t.Logf("%-40s letters %6d F1 %.3f (P %.3f R %.3f) title %s, date %s, modified %s, site %s%s", filepath.Base(filepath.Dir(f)),
			s.expected, s.f1(), s.precision, s.recall, s.title, s.date, s.modified, s.site, s.differences())
		if s.refused == nil && s.expected >= longText && s.f1() < 0.85 {
			t.Errorf("%s: F1 %.3f", filepath.Base(filepath.Dir(f)), s.f1())
		}
	}
	sum.check(t)
}

// differences shows what came out otherwise than expected.
func (s score) differences() string {
	if s.refused != nil {
		return fmt.Sprintf("\n    refused: %v", s.refused)
	}
	out := ""
	for _, d := range []struct {
		verdict
		got, want string
	}{
		{s.title, s.got.Title, s.want.Title}, {s.date, s.got.Published.String(), s.want.PublishedTime},
		{s.modified, s.got.Modified.String(), s.want.ModifiedTime}, {s.site, s.got.Source, s.want.SiteName},
	} {
		if d.verdict == wrong || d.verdict == near {
			out += fmt.Sprintf("\n    got %q, expected %q", d.got, d.want)
		}
	}
	return out
}

// measurePage extracts one page and compares.
func measurePage(t *testing.T, dir string) score {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var s score
	if err := json.Unmarshal(read("expected-metadata.json"), &s.want); err != nil {
		t.Fatal(err)
	}
	doc, err := parse(string(read("expected.html")))
	if err != nil {
		t.Fatal(err)
	}
	expected := join(blocksOf(doc))
	s.expected = letters(expected)
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) // one page is dated September 2026
	s.got, s.refused = Extract("http://fakehost/test/page.html", "text/html; charset=utf-8", read("source.html"), now)
	if s.refused != nil {
		return s
	}
	s.title, s.site = compareNames(s.want.Title, s.got.Title), compareNames(s.want.SiteName, s.got.Source)
	s.date, s.modified = compareDates(s.want.PublishedTime, s.got.Published), compareDates(s.want.ModifiedTime, s.got.Modified)
	s.precision, s.recall = overlap(words(expected), words(s.got.Body))
	return s
}

func compareNames(want, got string) verdict {
	want = line(want)
	switch {
	case want == "":
		return none
	case want == got:
		return right
	case got != "" && (strings.HasPrefix(want, got) || strings.HasPrefix(got, want) || strings.HasSuffix(want, got)):
		return near
	}
	return wrong
}

// compareDates compares instants: the zone may be stated in two ways.
func compareDates(want string, got corpus.Date) verdict {
	d := parseDate(want)
	switch {
	case d.IsZero():
		return none
	case d.Time.Equal(got.Time):
		return right
	}
	return wrong
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// overlap compares two bags of words.
func overlap(want, got []string) (precision, recall float64) {
	count := make(map[string]int)
	for _, w := range want {
		count[w]++
	}
	both := 0
	for _, w := range got {
		if count[w] > 0 {
			both++
		}
		count[w]--
	}
	return float64(both) / float64(max(len(got), 1)), float64(both) / float64(max(len(want), 1))
}

// totals are the sums over the collection.
type totals struct {
	titles, dates, modified, sites [right + 1]int
	pages, texts, refused          int // texts are the pages with a long text
	refusedTexts                   int
	precision, recall, f1, lowest  float64 // sums over the texts that were not refused, and their lowest F1
}

func (c *totals) add(s score) {
	c.pages++
	isText := s.expected >= longText
	if isText {
		c.texts++
	}
	if s.refused != nil {
		c.refused++
		if isText {
			c.refusedTexts++
		}
		return
	}
	c.titles[s.title]++
	c.dates[s.date]++
	c.modified[s.modified]++
	c.sites[s.site]++
	if isText {
		c.precision, c.recall, c.f1 = c.precision+s.precision, c.recall+s.recall, c.f1+s.f1()
		if c.lowest == 0 || s.f1() < c.lowest {
			c.lowest = s.f1()
		}
	}
}

// check prints the totals and holds them against what was measured, less a little.
func (c *totals) check(t *testing.T) {
	n := float64(c.texts - c.refusedTexts)
	f1 := c.f1 / n
	t.Logf("%d pages, %d with a long text; refused %d, of them long %d", c.pages, c.texts, c.refused, c.refusedTexts)
	t.Logf("long texts: precision %.4f, recall %.4f, F1 %.4f, lowest %.3f", c.precision/n, c.recall/n, f1, c.lowest)
	for _, v := range []struct {
		name   string
		counts [right + 1]int
		floor  float64
	}{{"titles", c.titles, 0.93}, {"dates", c.dates, 0.97}, {"modified", c.modified, 0.85}, {"sites", c.sites, 0.95}} {
		given := v.counts[wrong] + v.counts[near] + v.counts[right]
		t.Logf("%s: %d right, %d near, %d wrong of %d", v.name, v.counts[right], v.counts[near], v.counts[wrong], given)
		if share := float64(v.counts[right]+v.counts[near]) / float64(given); share < v.floor {
			t.Errorf("%s: %.3f right or near, want %.2f", v.name, share, v.floor)
		}
	}
	if f1 < 0.98 || c.refusedTexts > 1 {
		t.Errorf("F1 %.4f, want 0.98; %d long texts refused, want 1 at most", f1, c.refusedTexts)
	}
}
