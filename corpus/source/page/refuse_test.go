package page

import (
	"fmt"
	"strings"
	"testing"

	"newsbot/corpus/source"
)

func TestRefusals(t *testing.T) {
	const short = "<p>The river rose over its banks in the night, and the lower town was told to leave by noon. The bridge is closed.</p>"
	closed := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"T","isAccessibleForFree":false}</script>`
	for _, tt := range []struct {
		name, address, page string
		want                source.Reason
	}{
		{"an article", "/a", prose, ""},
		{"closed and short", "/a", closed + short + short, source.Paywall},
		{"closed but all there", "/a", closed + strings.Repeat(prose, 4), ""},
		{"a gate by its class", "/a", prose + `<div class="paywall-gate">Log in</div>`, source.Paywall},
		{"a class that wraps all", "/a", `<div class="paywall">` + strings.Repeat(prose, 4) + `</div>`, ""},
		{"a gate by its words", "/a", prose + `<p>Subscribe to continue reading</p>`, source.Paywall},
		{"a gate in Arabic", "/a", prose + `<div>هذا المحتوى للمشتركين فقط</div>`, source.Paywall},
		{"words of a gate in a long article", "/a", strings.Repeat(prose, 4) + `<p>Subscribe to continue reading</p>`, ""},
		{"consent", "/a", "<h1>Before you continue to Harbour</h1>" + short + short, source.Consent},
		{"a proof of being human", "/a", "<h1>Checking your browser</h1>" + short + short, source.Consent},
		{"a notice below an article", "/a", strings.Repeat(prose, 2) + "<div><p>We value your privacy</p></div>", ""},
		{"nothing", "/a", "", source.NoArticle},
		{"a few words", "/a", "<p>Loading the article, please wait.</p>", source.NoArticle},
		{"short news that says so", "/a", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"T"}</script>` + short, ""},
		{"short news that does not", "/a", short, source.NoArticle},
		{"links", "/a", "<div>" + strings.Repeat(`<p><a href="/b">The river rose over its banks, and the town fled</a></p>`, 30) + "</div>", source.NoArticle},
		{"front page", "/", prose, source.NoArticle},
		{"front page of a language", "/ar/", prose, source.NoArticle},
		{"section", "/a", `<script type="application/ld+json">{"@type":"CollectionPage","name":"T"}</script>` + prose, source.NoArticle},
	} {
		page := "<html><head></head><body>" + tt.page + "</body></html>"
		_, err := Extract("https://www.harbour.example"+tt.address, "text/html", []byte(page), someDay)
		got := source.Reason("")
		if err != nil {
			got = reasonOf(t, err)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestHostilePages are pages whose makers want them to take memory or time. Each is read or refused, in time bounded by
// what a page may hold; the test's own limit is the machine's patience.
func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	paragraph := "<p>" + strings.Repeat("some words, of a text that goes on, ", 8) + "</p>"
	attributes := func() string {
		var b strings.Builder
		for i := range 200_000 {
			fmt.Fprintf(&b, "a%d=b ", i)
		}
		return b.String()
	}
	for name, page := range map[string]string{
		"open elements":            strings.Repeat("<div>", 100_000) + paragraph,
		"deep and long":            strings.Repeat("<div>", 480) + strings.Repeat(paragraph, 3000),
		"deep, many times":         strings.Repeat(strings.Repeat("<div>x, ", 480)+strings.Repeat("</div>", 480), 50),
		"nested tables":            strings.Repeat("<table><tr><td>", 120) + strings.Repeat(paragraph, 1000),
		"nested lists":             strings.Repeat("<ul><li>a", 200) + strings.Repeat("<li>b, c", 8000),
		"marks opened anew":        strings.Repeat("<font size=1><b a=1><i b=2>", 150) + strings.Repeat("<p>x", 24_000),
		"links in tables":          strings.Repeat("<table><tr><td><a href=x>", 100) + strings.Repeat("<p>x", 24_000),
		"text before a table":      "<table>" + strings.Repeat("x<p>foo, bar", 24_000),
		"many attributes":          "<p " + strings.Repeat("a=b ", 500_000) + ">" + paragraph,
		"different attributes":     "<p " + attributes() + ">" + paragraph,
		"long class":               strings.Repeat("<div class='"+strings.Repeat("related-x ", 400)+"'>text</div>", 2000),
		"long title":               "<title>" + strings.Repeat("word ", 500_000) + "</title>" + strings.Repeat("<h2>words here</h2>", 2000),
		"one long word":            "<p>" + strings.Repeat("x", 3<<20),
		"line ends":                "<div>" + strings.Repeat("a<br><br>", 12_000),
		"less-than signs":          strings.Repeat("<", 3<<20),
		"NUL":                      strings.Repeat("\x00", 3<<20) + paragraph,
		"a comment that stays":     "<!--" + strings.Repeat("-", 3<<20),
		"a script that stays":      "<script>" + strings.Repeat("<!--<script>", 200_000),
		"statements nested":        `<script type="application/ld+json">` + strings.Repeat("[", 200_000) + "</script>" + paragraph,
		"statements left open":     `<script type="application/ld+json">` + strings.Repeat(`{"a":`, 100_000) + "</script>" + paragraph,
		"times":                    "<h1>x</h1>" + strings.Repeat("<time>1 2 3 4 5 6 7 8 9</time>", 24_000),
		"properties":               strings.Repeat("<div itemprop=x>", 400) + strings.Repeat("<p itemprop=datePublished>x", 24_000),
		"plaintext":                "<plaintext>" + strings.Repeat(paragraph, 30_000),
		"options":                  "<select>" + strings.Repeat("<option>x", 24_000),
		"drawings":                 strings.Repeat("<svg><g><title>", 150) + strings.Repeat("<p>x</p>", 24_000),
		"more than a page":         strings.Repeat(paragraph, 40_000),
		"more than is ever taken":  strings.Repeat("x", MaxPage+1),
		"invalid UTF-8 everywhere": strings.Repeat("\xd8", 3<<20),
	} {
		found, err := Extract("https://a.example/x/y", "text/html; charset=utf-8", []byte("<html><body>"+page), someDay)
		if err != nil {
			reasonOf(t, err)
			continue
		}
		if len(found.Body) > maxMarkup || len(found.Title) > maxTitleTag {
			t.Errorf("%s: a title of %d bytes and a body of %d", name, len(found.Title), len(found.Body))
		}
	}
}
