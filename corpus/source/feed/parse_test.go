package feed

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

const address = "https://news.example/feeds/all.xml"

// rss is an RSS feed with some items.
func rss(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
		xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Valley Voice - RSS</title><link>https://news.example/</link>` +
		strings.Join(items, "\n") + `</channel></rss>`
}

// words are n words of one sentence each ten.
func words(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "word%d", i)
		if i%10 == 9 {
			b.WriteByte('.')
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func parse(t *testing.T, body string) Document {
	t.Helper()
	doc, err := Parse("", address, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestParseKinds(t *testing.T) {
	text := words(80)
	want := Document{Title: "Valley Voice", Withdrawn: map[corpus.Hash]bool{}, Items: []Item{{
		Key: itemKey("tag:1"), Link: "https://news.example/2025/08/summit", Title: "Summit in Anchorage ends",
		Text: "First.\n\n" + text, Full: true, Author: "A. Writer",
		Published: instant("2025-08-16T10:00:00Z"), Modified: instant("2025-08-16T12:00:00Z"),
	}}}
	tests := []struct{ name, body string }{
		{"rss", strings.Replace(rss(`<item><title>Summit in &lt;b&gt;Anchorage&lt;/b&gt; ends</title><link>/2025/08/summit#top</link>
			<guid isPermaLink="false">tag:1</guid><dc:creator>A. Writer</dc:creator><pubDate>Sat, 16 Aug 2025 10:00:00 GMT</pubDate>
			<dc:date>2025-08-16T12:00:00Z</dc:date><description>First.</description>
			<content:encoded><![CDATA[<p>First.</p><script>no()</script><p>`+text+`</p>]]></content:encoded></item>`), "no()", "no('<p>')", 1)},
		{"atom", `<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley Voice | Atom Feed</title><link href="https://news.example/"/>
			<entry><id>tag:1</id><title type="html">Summit in &lt;i&gt;Anchorage&lt;/i&gt; ends</title><author><name>A. Writer</name></author>
			<link rel="alternate" href="/2025/08/summit"/><published>2025-08-16T10:00:00Z</published><updated>2025-08-16T12:00:00Z</updated>
			<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>` + text + `</p></div></content></entry></feed>`},
		{"json", `{"version":"https://jsonfeed.org/version/1.1","title":"Valley Voice","home_page_url":"https://news.example/",
			"items":[{"id":"tag:1","url":"https://news.example/2025/08/summit","title":"Summit in Anchorage ends",
			"authors":[{"name":"A. Writer"}],"date_published":"2025-08-16T10:00:00Z","date_modified":"2025-08-16T12:00:00Z",
			"content_html":"<p>First.</p><p>` + text + `</p>"}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(want, parse(t, tt.body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func instant(s string) corpus.Date {
	d, err := corpus.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestParseDates(t *testing.T) {
	tests := []struct{ given, want string }{
		{"Sat, 16 Aug 2025 10:00:00 +0300", "2025-08-16T10:00:00+03:00"},
		{"2025-08-16", "2025-08-16"},
		{"16 Aug 2025", "2025-08-16"},
		{"Mon, 01 Jan 0001 00:00:00 GMT", ""},
		{"soon", ""},
		{"", ""},
	}
	for _, tt := range tests {
		doc := parse(t, rss(`<item><title>T</title><pubDate>`+tt.given+`</pubDate></item>`))
		if got := doc.Items[0].Published.String(); got != tt.want {
			t.Errorf("date %q: %q, want %q", tt.given, got, tt.want)
		}
	}
}

func TestParseArabicCharacterSets(t *testing.T) {
	const title = "اختتام القمة في أنكوراج"
	body := `<?xml version="1.0" encoding="%s"?><rss version="2.0"><channel><title>صوت الوادي - خلاصات</title><item><title>` +
		title + `</title><link>https://news.example/1</link><description>` + strings.Repeat("انتهت القمة في ألاسكا بلا اتفاق. ", 40) +
		`</description></item></channel></rss>`
	windows, err := charmap.Windows1256.NewEncoder().String(fmt.Sprintf(body, "windows-1256"))
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := charmap.Windows1256.NewEncoder().String(fmt.Sprintf(body, "utf-8"))
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"utf-8": fmt.Sprintf(body, "utf-8"), "windows-1256": windows, "windows-1256 declared as utf-8": wrong,
		"utf-8 declared as windows-1256": fmt.Sprintf(body, "windows-1256"), "mark": "\uFEFF" + fmt.Sprintf(body, "utf-8"),
	} {
		t.Run(name, func(t *testing.T) {
			doc := parse(t, body)
			if doc.Title != "صوت الوادي" || len(doc.Items) != 1 || doc.Items[0].Title != title || !doc.Items[0].Full {
				t.Errorf("got %+v", doc)
			}
		})
	}
}

func TestParseNames(t *testing.T) {
	doc := parse(t, rss(
		`<item><guid>same</guid><title>A</title><link>/a</link></item>`,
		`<item><guid>same</guid><title>B</title><link>/b</link></item>`,
		`<item><title>C</title><link>/c?utm_source=rss</link></item>`,
		`<item><title>C again</title><link>/c?utm_source=rss</link></item>`,
		`<item><guid>https://news.example/d</guid><title>D</title></item>`,
		`<item><title>No link</title><link>javascript:alert(1)</link></item>`,
		`<item></item>`,
	))
	var got []string
	for _, it := range doc.Items {
		got = append(got, it.Title+" "+it.Link)
	}
	want := []string{
		"A https://news.example/a", "B https://news.example/b", "C https://news.example/c?utm_source=rss",
		"D https://news.example/d", "No link ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseManyItems(t *testing.T) {
	var items []string
	day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range maxEntries { // oldest first
		items = append(items, fmt.Sprintf("<item><title>%d</title><link>/%d</link><pubDate>%s</pubDate></item>",
			i, i, day.Add(time.Duration(i)*time.Hour).Format(time.RFC1123Z)))
	}
	doc := parse(t, rss(items...))
	if len(doc.Items) != maxItems || doc.Items[0].Title != fmt.Sprint(maxEntries-1) {
		t.Errorf("%d items, the first %q; want %d, the newest", len(doc.Items), doc.Items[0].Title, maxItems)
	}
}

func TestParseWithdrawn(t *testing.T) {
	doc := parse(t, `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>V</title>
		<at:deleted-entry ref="tag:7" when="2025-08-16T12:00:00Z"/><entry><id>tag:8</id><title>T</title></entry></feed>`)
	if diff := cmp.Diff(map[corpus.Hash]bool{itemKey("tag:7"): true}, doc.Withdrawn); diff != "" {
		t.Error(diff)
	}
}

func TestParseRefuses(t *testing.T) {
	bomb := `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">`
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	bomb += `]><rss version="2.0"><channel><title>&j;</title><item><title>&j;</title><link>/x</link></item></channel></rss>`
	if doc, err := Parse("", address, []byte(bomb)); err == nil {
		if size := len(fmt.Sprint(doc)); size > 10_000 {
			t.Errorf("entities grew to %d bytes", size)
		}
	}
	for _, body := range []string{"", "<html><body>Hello</body></html>", "<rss", "{", `{"items":7}`, "\x00\x01", "<feed/><feed>"} {
		doc, err := Parse("", address, []byte(body))
		var refusal *source.Refusal
		if err == nil && len(doc.Items) == 0 {
			continue // an empty feed is one
		}
		if !errors.As(err, &refusal) || refusal.Reason != source.NoFeed && refusal.Reason != source.Garbled || refusal.URL != address {
			t.Errorf("Parse(%q): %v", body, err)
		}
	}
	if _, err := Parse("", address, []byte("<html></html>")); err == nil || !strings.Contains(err.Error(), "no RSS, Atom or JSON feed") {
		t.Errorf("a page: %v", err)
	}
}

func TestPlain(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain", "plain"},
		{"a & b &amp; c", "a & b & c"},
		{"one\ntwo\n\nthree", "one\ntwo\n\nthree"},
		{"<p>one\ntwo</p><p>three</p>", "one two\n\nthree"},
		{"one<br>two<br/><br/>three", "one\ntwo\n\nthree"},
		{"<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"},
		{"<div><figure><img src=x><figcaption>a photo</figcaption></figure>text</div>", "text"},
		{"a<svg><svg>x</svg>y</svg>b", "ab"},
		{"5 < 6 and <b>7</b> > 6", "5 < 6 and 7 > 6"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"«قال» <em>أمس</em>", "«قال» أمس"},
		{"<script>x", ""},
	}
	for _, tt := range tests {
		if got := plain(tt.in); got != tt.want {
			t.Errorf("plain(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestStubs(t *testing.T) {
	long := words(160)
	tests := []struct {
		name, content, description, want string
		full                             bool
	}{
		{"nothing", "", "", "", false},
		{"short content", "Talks ended.", "", "Talks ended.", false},
		{"content", words(60), "", words(60), true},
		{"description", "", long, long, true},
		{"short description", "", words(100), words(100), false},
		{"dots", long + " and …", "", long + " and …", false},
		{"brackets", long + " [...]", "", long + " [...]", false},
		{"entity", long + " [&#8230;]", "", long + " […]", false},
		{"read more", "<p>" + long + `</p><a href="/x">Read more »</a>`, "", long, false},
		{"read more, Arabic", long + " <a>اقرأ المزيد...</a>", "", long, false},
		{"more in a sentence", long + " People read more", "", long + " People read more", true},
		{"more in a sentence, Arabic", long + " والناس يريدون المزيد", "", long + " والناس يريدون المزيد", true},
		{"appeared", "<p>" + long + `</p><p>The post <a>Talks</a> appeared first on <a>Valley Voice</a>.</p>`, "", long, true},
		{"the longer", "Talks ended.", long, long, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, full := fullest(tt.content, tt.description); got != tt.want || full != tt.full {
				t.Errorf("fullest: %q %v, want %q %v", got, full, tt.want, tt.full)
			}
		})
	}
}

func TestDiscover(t *testing.T) {
	tests := []struct{ page, want string }{
		{`<link rel="alternate" type="application/rss+xml" href="/rss">`, "https://news.example/rss"},
		{`<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed"><link type="application/atom+xml; x=1" rel="Alternate home" href="atom.xml"/>`,
			"https://news.example/feeds/atom.xml"},
		{`<link rel="stylesheet" type="application/rss+xml" href="/rss"><link rel="alternate" type="text/html" href="/m">`, ""},
		{`<link rel="alternate" type="application/rss+xml" href="javascript:x"><link rel=alternate type=application/feed+json href=//other.example/f>`,
			"https://other.example/f"},
		{"no page", ""},
	}
	for _, tt := range tests {
		if got := Discover(address, []byte(tt.page)); got != tt.want {
			t.Errorf("Discover(%q) = %q, want %q", tt.page, got, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("", []byte(rss(`<item><title>A &lt;b&gt;</title><link>/a</link><pubDate>Sat, 16 Aug 2025 10:00:00 GMT</pubDate></item>`)))
	f.Add("application/atom+xml; charset=windows-1256", []byte(`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
		<at:deleted-entry ref="x"/><entry xml:base="http://[::1"><id>x</id><link href="%zz"/><content type="xhtml"><div>…</div></content></entry></feed>`))
	f.Add("application/json", []byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"url":"/x","content_html":"<p>x","date_published":"2025"},null]}`))
	f.Add("", []byte("<?xml version='1.0' encoding='utf-16'?><rss><channel><item><guid>\xff</guid></item></channel></rss>"))
	for _, body := range hostile() {
		f.Add("", []byte(body[:min(len(body), 2000)]))
	}
	f.Add("", []byte(`<feed xml:base="/a/"><entry xml:base="b/" xml:base='c'><link href="d"/><content type="xhtml" xml:base="e"><a href="f"/></content></entry></feed>`))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		doc, err := Parse(contentType, address, body)
		if err != nil {
			var refusal *source.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("the error is no refusal: %v", err)
			}
			return
		}
		if len(doc.Items) > maxItems {
			t.Fatalf("%d items", len(doc.Items))
		}
		keys := map[corpus.Hash]bool{}
		for _, it := range doc.Items {
			if keys[it.Key] {
				t.Fatal("two items have the same key")
			}
			keys[it.Key] = true
			if it.Link != "" {
				if _, err := corpus.CanonicalURL(it.Link); err != nil {
					t.Fatal(err)
				}
			}
			if strings.ContainsAny(it.Title+it.Author, "\n\r\x00") {
				t.Fatalf("title %q, author %q", it.Title, it.Author)
			}
			if _, err := corpus.ParseDate(it.Published.String()); !it.Published.IsZero() && err != nil {
				t.Fatal(err)
			}
		}
	})
}

// hostile are feeds that are made to harm.
func hostile() map[string]string {
	var spaces, bolds strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&spaces, " xmlns:n%d='u%d'", i, i)
	}
	for i := range 100_000 {
		fmt.Fprintf(&bolds, "<b a=%d><p>", i)
	}
	return map[string]string{
		"nested bases":     "<feed>" + strings.Repeat("<entry xml:base='aaaaaaaaaaaaaaaaaaaaaaaa/'>", 8000),
		"items":            "<rss><channel>" + strings.Repeat("<item></item>", 690_000) + "</channel></rss>",
		"elements":         "<feed>" + strings.Repeat("<x/>", 400_000) + "</feed>",
		"dates":            "<rss><channel><item>" + strings.Repeat("<pubDate>M</pubDate>", 200_000) + "</item></channel></rss>",
		"a long date":      "<rss><channel><item><pubDate>Mon, 2 Jan 2006" + strings.Repeat("M", 4_000_000) + "</pubDate></item></channel></rss>",
		"namespaces":       "<rss><channel" + spaces.String() + ">" + strings.Repeat("<q></q>", 50_000) + "</channel></rss>",
		"divided text":     "<rss><channel><x:a>" + strings.Repeat("y", 1_000_000) + strings.Repeat("a<!---->", 20_000) + "</x:a></channel></rss>",
		"nested":           "<rss>" + strings.Repeat("<x:a>", 900_000),
		"JSON":             `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat(`{"date_published":"x"},`, 200_000) + `{}]}`,
		"its own xml":      `<feed xmlns:q="http://www.w3.org/XML/1998/namespace"><entry q:base="http://x/"/></feed>`,
		"size":             rss("<item><title>" + strings.Repeat("x", maxSize) + "</title></item>"),
		"hidden HTML":      `<feed><entry><content type="xhtml"><?x ` + bolds.String() + `?></content></entry></feed>`,
		"bases and links":  `<feed xml:base="http://x/` + strings.Repeat("a", 3000) + `/"><entry><content type="html">` + strings.Repeat("&lt;a href=x>", 300_000) + "</content></entry></feed>",
		"a long link":      "<rss><channel><link>http://x/" + strings.Repeat("a", 4_000_000) + "</link>" + strings.Repeat("<item><link>y</link></item>", 500) + "</channel></rss>",
		"deleted entries":  `<feed>` + strings.Repeat(`<x:deleted-entry ref="y"/>`, 90_000) + "</feed>",
		"another encoding": `<rss><?xml version="1.0" encoding="utf-16"?><channel/></rss>`,
	}
}

// TestParseHostile: what is made to harm takes little memory. Where it takes time as well, the
// run does not end.
func TestParseHostile(t *testing.T) {
	for name, body := range hostile() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			doc, err := Parse("", address, []byte(body))
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > 500<<20 {
				t.Errorf("it used %d MB", used>>20)
			}
			if len(doc.Items) > maxItems || len(doc.Withdrawn) > maxItems || err == nil && name != "hidden HTML" && name != "bases and links" &&
				name != "a long link" && name != "deleted entries" {
				t.Errorf("%d items, %d withdrawn, error %v", len(doc.Items), len(doc.Withdrawn), err)
			}
		})
	}
}

// TestParseBase: links are relative to the root's xml:base; what stands in texts stays.
func TestParseBase(t *testing.T) {
	doc := parse(t, `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/2025/"><title>V</title><link href="https://other.example/"/>
		<entry xml:base="http://elsewhere.example/"><id>1</id><link href="a"/><title>On xml:base</title><content type="html">&lt;p xml:base="x">About xml:base</content></entry></feed> <!-- the end`)
	it := doc.Items[0]
	if it.Link != "https://news.example/2025/a" || it.Title != "On xml:base" || it.Text != "About xml:base" {
		t.Errorf("%+v", it)
	}
}
