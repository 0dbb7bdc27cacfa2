package page

import (
	"errors"
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
		{"an article at the address of a language", "/ar", `<meta property="article:published_time" content="2025-09-04">` + prose, ""},
		{"a front page that is dated", "/", `<meta property="article:published_time" content="2025-09-04">` + prose, source.NoArticle},
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

// councilNews is an article of four short paragraphs, and aidNews one of three.
var (
	councilNews = []string{
		"The council of Marlow approved a new bus line on Tuesday, deputy mayor Ellen Frost told reporters after the vote.",
		"The line will link the station with the hospital every ten minutes and cost two million pounds a year.",
		"Residents of the north side had asked for it since the old tram was closed in 1962 by the county.",
		"Work on the stops begins in March and the first bus is expected to run before the school year starts.",
	}
	aidNews = []string{
		"وصلت قافلة مساعدات تضم ستين شاحنة إلى بلدة الباب بعد حصار دام أربعة أشهر كاملة وفق الهلال الأحمر.",
		"وقال المتحدث باسم الهلال في الباب إن الشاحنات تحمل طحينا وأدوية وحليبا للأطفال يكفي عشرة آلاف أسرة.",
		"وتستعد الباب لاستقبال قافلة ثانية في نهاية الأسبوع إذا صمدت الهدنة بين الطرفين.",
	}
)

// newsPage is a page with a headline and paragraphs in its article, with more below them and outside of it.
func newsPage(paragraphs []string, below, outside string) string {
	return "<html><head><title>News of the day</title></head><body><article><h1>News of the day</h1><p>" +
		strings.Join(paragraphs, "</p><p>") + "</p>" + below + "</article>" + outside + "</body></html>"
}

const forSubscribers = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"T","isAccessibleForFree":false}</script>`

func TestStubs(t *testing.T) {
	for name, page := range map[string]string{
		"a call beside the article":          newsPage(councilNews[:3], "", "<div><p>Subscribe to continue reading</p></div>"),
		"a note below the text":              newsPage(councilNews, "<div><p>Already a subscriber? Sign in</p></div>", ""),
		"a call among what is not free":      newsPage(councilNews, "<p>Already a subscriber? Log in</p>", forSubscribers),
		"a sentence at the end":              newsPage(councilNews, "<p>For one pound a week you read everything that we publish on all devices: subscribe now to read the full story.</p>", ""),
		"an offer with a sentence":           newsPage(aidNews, "<h3>هذا المحتوى للمشتركين</h3><p>اشترك الآن من دولار واحد في الشهر، وألغ اشتراكك متى شئت.</p>", ""),
		"a call above other news":            newsPage(aidNews, "<p>لقراءة المقال كاملا اشترك الآن</p>", "<p>"+strings.Join(councilNews, "</p><p>")+"</p>"),
		"a gate beside the article":          newsPage(councilNews[:3], "", `<div class="paywall"><h2>Keep reading for $1</h2><p>Cancel anytime.</p></div>`),
		"two paragraphs that are not free":   newsPage(councilNews[:2], "", forSubscribers),
		"no end":                             newsPage(councilNews, "<p>The council, which has debated the matter since…</p>", forSubscribers),
		"more is stated than is shown":       newsPage(councilNews[:1], "", strings.Replace(forSubscribers, `"T"`, `"T","articleBody":"`+strings.Join(councilNews, " ")+`"`, 1)),
		"a newsletter, but not free for all": newsPage(councilNews[:2], `<div class="newsletter"><p>Already a subscriber?</p></div>`, forSubscribers),
	} {
		_, err := Extract("https://www.harbour.example/a", "text/html", []byte(page), someDay)
		if err == nil || reasonOf(t, err) != source.Paywall {
			t.Errorf("%s: %v, want %s", name, err, source.Paywall)
		}
	}
}

// TestWholeShortArticles are pages with all of their article, and with words of pages that have none.
func TestWholeShortArticles(t *testing.T) {
	const bar = "<p>We use cookies to make this site better. By reading on you accept our privacy policy.</p><p>Accept all cookies</p>"
	const barInArabic = "<p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك. بمتابعة التصفح فإنك توافق على سياسة الخصوصية.</p>"
	for name, tt := range map[string]struct {
		page string
		want []string
	}{
		"a bar below":                  {newsPage(aidNews, "", "<div>"+bar+"</div>"), aidNews},
		"a bar above":                  {strings.Replace(newsPage(aidNews, "", ""), "<body>", "<body><div>"+barInArabic+"</div>", 1), aidNews},
		"a bar in what is no article":  {"<html><body><div>" + bar + "</div><div><p>" + strings.Join(councilNews, "</p><p>") + "</p></div>", councilNews},
		"a newsletter outside":         {newsPage(councilNews, "", "<div class=promo><p>Subscribe to continue getting our letter. Already a subscriber? Sign in</p></div>"), councilNews},
		"a newsletter inside":          {newsPage(councilNews, "<div class=newsletter><p>Subscribe to our letter. Already a subscriber? Sign in</p></div>", ""), councilNews},
		"the frame":                    {newsPage(councilNews, "", "<footer><p>Subscribe to continue reading on paper</p></footer>"), councilNews},
		"not free, but all there":      {newsPage(councilNews, "", forSubscribers), councilNews},
		"what is paid for is there":    {strings.Replace(newsPage(councilNews, "", forSubscribers), "<article>", `<article class="paywall">`, 1), councilNews},
		"all that is stated is shown":  {newsPage([]string{strings.Join(councilNews, " ")}, "", strings.Replace(forSubscribers, `"T"`, `"T","articleBody":"`+strings.Join(councilNews, " ")+`"`, 1)), []string{strings.Join(councilNews, " ")}},
		"short paragraphs, no og:type": {newsPage([]string{"Grimsvotn erupted on Tuesday and sent ash nine kilometres high.", "Nobody was hurt, the weather office said on Wednesday morning.", "Flights to the island were cancelled until Thursday noon.", "The road along the southern coast stays closed until Friday.", "Scientists had measured hundreds of small quakes since May."}, "", ""), nil},
	} {
		found, err := Extract("https://www.harbour.example/a", "text/html", []byte(tt.page), someDay)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if want := strings.Join(tt.want, "\n\n"); tt.want != nil && found.Body != want {
			t.Errorf("%s: %q, want %q", name, found.Body, want)
		}
	}
}

func TestConsentPages(t *testing.T) {
	for name, page := range map[string]string{
		"privacy":                      "<h1>Your privacy</h1><p>We use cookies and similar technologies to show you content and ads, measure how they do, and learn about our readers. By clicking Accept you agree to this and to sharing with our partners.</p><p>You can change your choice at any time in the settings, which are found at the bottom of each page of the site.</p>",
		"Arabic":                       "<h1>الموافقة</h1><p>يستخدم هذا الموقع ملفات تعريف الارتباط لتقديم محتوى وإعلانات تناسبك ولقياس أدائها. بالضغط على موافق فإنك تقبل سياسة الخصوصية وشروط الاستخدام.</p><p>يمكنك تغيير اختيارك في أي وقت من إعدادات الخصوصية أسفل كل صفحة من صفحات الموقع.</p>",
		"an article that hides behind": `<title>Before you continue to Harbour</title>` + "<p>" + councilNews[0] + "</p><p>" + councilNews[1] + "</p>",
		"a box that is taken out":      `<div class="consent-box"><p>We value your privacy. We and our partners keep cookies on your device.</p></div><div id="root"></div>`,
	} {
		_, err := Extract("https://www.harbour.example/a", "text/html", []byte("<html><body><div>"+page+"</div></body></html>"), someDay)
		if err == nil || reasonOf(t, err) != source.Consent {
			t.Errorf("%s: %v, want %s", name, err, source.Consent)
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
		"gates":                    strings.Repeat("<div class=paywall>", 79) + strings.Repeat(paragraph, 3000),
		"articles of no text":      strings.Repeat("<article>", 79) + strings.Repeat("<p>x", 24_000),
		"statements of articles":   `<script type="application/ld+json">[` + strings.Repeat(`{"@type":"Article","url":"/x"},`, 30_000) + "{}]</script>" + paragraph,
		"quotes left open":         "<p>" + strings.Repeat(`«"“`, 300_000),
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

// A page over which the search breaks down is refused with a word of what
// happened.
func TestBreakdown(t *testing.T) {
	for _, value := range []any{"index out of range", errors.New("index out of range"), strings.Repeat("index out of range ", 1000)} {
		_, err := guard("https://a.example/x", func() (source.Found, error) { panic(value) })
		if reasonOf(t, err) != source.NoArticle || !strings.Contains(err.Error(), "https://a.example/x") ||
			!strings.Contains(err.Error(), "index out of range") || len(err.Error()) > 500 {
			t.Errorf("%v", err)
		}
	}
}
