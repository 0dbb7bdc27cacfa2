package page

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBlocks(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{"paragraphs", "<p>One\n  two.</p><p>Three.</p>", "One two.\n\nThree."},
		{"line end", "<p>One<br>two</p>", "One\ntwo"},
		{"two line ends", "<div>One<br> <br>two<br></div>", "One\n\ntwo"},
		{"marks inside a word", "<p>on<b>e</b> <i>two</i>,<span> three</span></p>", "one two, three"},
		{"items", "<p>Two:</p><ul><li>one<li>two<ul><li>half</ul></ul><p>End</p>", "Two:\n\none\ntwo\n\nhalf\n\nEnd"},
		{"figures", "<table><tr><th>Town<th>Dead</tr><tr><td>Derna<td>4,000<td></tr></table>", "Town | Dead\nDerna | 4,000"},
		{"layout", "<table><tr><td>Menu<td><p>One</p><p>Two</p></table>", "Menu\n\nOne\n\nTwo"},
		{"preformatted", "<pre>a  b\n c</pre>", "a  b\nc"},
		{"no-break space", "<p>50&nbsp;km\u00a0away</p>", "50 km away"},
		{"invisible", "<p>\u200fنص\u00ad عربي\u202c\u200b</p>", "نص عربي"},
		{"joiners stay", "<p>می\u200cرود</p>", "می\u200cرود"},
		{"marks stay", "<p>e\u0301 كِتَاب</p>", "e\u0301 كِتَاب"},
		{"nothing", "<p> </p><p>…</p>", ""},
	} {
		doc, err := parse("<body>" + tt.page)
		if err != nil {
			t.Fatal(err)
		}
		if got := join(blocksOf(doc)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// bodyOf is the text of a page of prose with something put behind its second paragraph, prose left out.
func bodyOf(t *testing.T, put string) string {
	t.Helper()
	paragraph, rest, _ := strings.Cut(prose, "\n")
	page := "<html><head><title>River rises over its banks</title></head><body><article><h1>River rises over its banks</h1>" +
		paragraph + put + rest + "</article></body></html>"
	found := extractPage(t, []byte(page))
	var kept []string
	for l := range strings.SplitSeq(found.Body, "\n") {
		if l != "" && !strings.HasPrefix(l, "The river rose") {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

func TestNoise(t *testing.T) {
	for _, noise := range []string{
		`<p>Read also: The bridge is closed</p>`,
		`<p><a href="/a">Read more about the bridge</a></p>`,
		`<p>اقرأ أيضاً: الجسر مغلق أمام السيارات</p>`,
		`<p>إقرأ أيضا</p><p><a href="/a">الجسر مغلق أمام السيارات</a></p><p><a href="/b">المدارس تغلق أبوابها</a></p>`,
		`<p>شاهد: <a href="/a">المياه تغمر السوق القديم</a></p>`,
		`<p>Advertisement</p>`, `<p>Share this</p>`, `<p>تابعونا على فيسبوك</p>`,
		`<p>File photo: the bridge in May</p>`, `<p>صورة أرشيفية: الجسر في أيار</p>`,
		`<figure><img src="a.jpg"><figcaption>The bridge in May, seen from the tower</figcaption></figure>`,
		`<div class="wp-caption"><p class="wp-caption-text">The bridge in May</p></div>`,
		`<div class="newsletter-box"><p>Get the best of our stories by mail</p></div>`,
		`<div id="onetrust-banner"><p>We use cookies to make this site better for you.</p></div>`,
		`<aside><p>The town has stood here for six hundred years.</p></aside>`,
		`<script>var a = "<p>text</p>";</script><style>p{}</style>`,
	} {
		if got := bodyOf(t, noise); got != "" {
			t.Errorf("%s leaves %q", noise, got)
		}
	}
}

func TestProseThatSoundsLikeNoise(t *testing.T) {
	for _, s := range []string{
		"Share prices fell by a tenth after the flood, and the bank closed its branch in the lower town.",
		"Watch out for the second wave, the mayor said.",
		"Video of the flood was seen by millions of people before noon.",
		"Related costs will be paid by the province.",
		"شاهد السكان المياه وهي تغمر السوق القديم.",
		"المزيد من القرى غمرته المياه قبل الفجر.",
		"صورة الوضع في المدينة قاتمة، كما قال العمدة.",
		"إعلان الطوارئ صدر بعد منتصف الليل.",
		"تابعوا السير نحو التلال حتى الفجر.",
	} {
		if got := bodyOf(t, "<p>"+s+"</p>"); got != s {
			t.Errorf("%q leaves %q", s, got)
		}
	}
}

func TestDayAboveTheText(t *testing.T) {
	for line, want := range map[string]string{
		"29 مارس 2021": "2021-03-29",
		"الجمعة 15 رمضان 1446 هـ الموافق 15 مارس 2025 م":  "2025-03-15",
		"10 ذو القعدة 1446 هجرية - 8/5/2025":              "", // May or August
		"الجمعة 15 رمضان 1446 هـ":                         "",
		"نُشر 03/04/2025":                                 "", // March or April
		"نشر في: السبت 10 كانون الأول 2022 - 14:05 مساءً": "2022-12-10",
		"Published on 15 August 2025 at 10:30 GMT":        "2025-08-15",
		"11 September 2001 remembered":                    "", // a heading
		"اليوم: 28 تشرين الثاني 2026":                     "", // the day the page is fetched, or near it
		"Sunday": "",
	} {
		page := "<html><head><title>River rises over its banks</title></head><body><article><h1>River rises over its banks</h1><p>" +
			line + "</p>" + prose + "</article></body></html>"
		found := extractPage(t, []byte(page))
		if got := found.Published.String(); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
		if isText := strings.HasPrefix(found.Body, line); isText != (line == "Sunday" || strings.Contains(line, "remembered")) {
			t.Errorf("%q: the text begins with %.40q", line, found.Body)
		}
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2023-12-13T09:05:00.000+04:00":       "2023-12-13T09:05:00+04:00",
		"2023-12-13T09:05:00.123456789123Z":   "2023-12-13T09:05:00Z",
		"2023-12-13T09:05":                    "2023-12-13T09:05:00Z",
		"2023-12-13T09:05:00+0400":            "2023-12-13T09:05:00+04:00",
		"Wed, 13 Dec 2023 09:05:00 +0400":     "2023-12-13T09:05:00+04:00",
		"Wed, 13 Dec 2023 09:05:00 GMT":       "2023-12-13T09:05:00Z",
		"December 13, 2023, 9:05 pm":          "2023-12-13T21:05:00Z",
		"20231213":                            "2023-12-13",
		"20231213T090500Z":                    "2023-12-13T09:05:00Z",
		"2023/12/13 09:05":                    "2023-12-13T09:05:00Z",
		"2023/12/13":                          "2023-12-13",
		"1702443900":                          "2023-12-13T05:05:00Z",
		"1702443900000":                       "2023-12-13T05:05:00Z",
		"١٣ كانون الأول/ديسمبر ٢٠٢٣":          "2023-12-13",
		"الأربعاء، 13 ديسمبر 2023 - 09:05":    "2023-12-13",
		"Posted on 13 December 2023 by staff": "2023-12-13",
		"3/4/2023":                            "", // April or March
		"0000-00-00 00:00:00":                 "",
		"2023-02-30":                          "",
		"9999-12-31T00:00:00Z":                "",
		"today":                               "",
		"":                                    "",
	} {
		if got := parseDate(in).String(); got != want {
			t.Errorf("parseDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTimesOfTheFrame(t *testing.T) {
	page := `<html><head><title>River rises over its banks</title></head><body>
<header><time datetime="2026-11-29">today</time></header>
<ul><li><time datetime="2024-05-01">another article's</time></li></ul>
<main><h1>River rises over its banks</h1>` + prose + `</main>
<div class="related"><time datetime="2024-05-02">another article's</time></div>
<footer><time datetime="2024-05-03">the site's</time></footer></body></html>`
	if found := extractPage(t, []byte(page)); !found.Published.IsZero() {
		t.Errorf("published %v, which is not the article's", found.Published)
	}
}

func TestTimesOfTheArticle(t *testing.T) {
	for put, want := range map[string]string{
		`<time datetime="2024-05-01T10:00:00Z">May</time>`:                                "2024-05-01T10:00:00Z",
		`<ul class="post-meta"><li><time datetime="2024-05-01">May</time></li></ul>`:      "2024-05-01",
		`<time datetime="2026-11-29T09:00:00Z">9:00</time>`:                               "2026-11-29T09:00:00Z",
		`<time datetime="2026-11-29">today</time>`:                                        "", // of the article, or of the page?
		`<time class="published" datetime="2026-11-29">today</time>`:                      "2026-11-29",
		`<time class="updated" datetime="2024-05-02"></time><time datetime="2024-05-01">`: "2024-05-01",
		`<time>١ أيار/مايو ٢٠٢٤</time>`:                                                   "2024-05-01",
		`<time datetime="soon">later</time>`:                                              "",
	} {
		page := "<html><head><title>River rises over its banks</title></head><body><form><h1>River rises over its banks</h1>" +
			put + prose + "</form></body></html>"
		if got := extractPage(t, []byte(page)).Published.String(); got != want {
			t.Errorf("%s: %q, want %q", put, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	for _, tt := range []struct{ title, heading, outlet, want string }{
		{"River rises over its banks | Harbour Daily", "", "Harbour Daily", "River rises over its banks"},
		{"Harbour Daily - River rises", "", "Harbour Daily", "River rises"},
		{"River rises over its banks - Harbour", "", "", "River rises over its banks"},
		{"Flood - rain", "", "", "Flood - rain"},
		{"Harbour | River rises again", "River rises again", "", "River rises again"},
		{"الجزيرة - الأمطار تغرق المدينة", "", "الجزيره", "الأمطار تغرق المدينة"},
		{"Follow-up: river rises", "", "Harbour", "Follow-up: river rises"},
		{"", "River rises", "", "River rises"},
		{"-", "River rises", "", "River rises"},
	} {
		head := ""
		if tt.outlet != "" {
			head = `<meta property="og:site_name" content="` + tt.outlet + `">`
		}
		page := "<html><head><title>" + tt.title + "</title>" + head + "</head><body>"
		if tt.heading != "" {
			page += "<h1>" + tt.heading + "</h1>"
		}
		doc, err := parse(page + prose)
		if err != nil {
			t.Fatal(err)
		}
		if got := gather(doc, readMetas(doc), readLinked(doc), someDay).title; got != tt.want {
			t.Errorf("%q under %q by %q: %q, want %q", tt.title, tt.heading, tt.outlet, got, tt.want)
		}
	}
}

func TestLinked(t *testing.T) {
	for name, script := range map[string]string{
		"plain":           `{"@type":"NewsArticle","headline":"T","author":{"name":"A"},"publisher":{"name":"P"},"datePublished":"2024-01-02"}`,
		"list":            `[{"@type":"WebSite","name":"x"},{"@type":"Article","headline":"T","author":["A"],"publisher":"P","datePublished":"2024-01-02"}]`,
		"graph":           `{"@graph":[{"@type":["Thing","Report"],"headline":"T","author":{"@id":"#a"},"publisher":{"@id":"#p"},"datePublished":"2024-01-02"},{"@id":"#a","name":"A"},{"@id":"#p","name":"P"}]}`,
		"nested":          `{"@type":"WebPage","mainEntity":{"@type":"https://schema.org/NewsArticle","name":"T","author":{"name":["A"]},"publisher":{"name":"P"},"dateCreated":"2024-01-02"}}`,
		"line ends":       "{\"@type\":\"NewsArticle\",\n\"headline\":\"T\",\"description\":\"a\nb\tc\",\"author\":\"A\",\"publisher\":\"P\",\"datePublished\":\"2024-01-02\"}",
		"trailing commas": `{"@type":"NewsArticle","headline":"T","author":["A",],"publisher":"P","datePublished":"2024-01-02",}`,
		"CDATA":           `<![CDATA[{"@type":"NewsArticle","headline":"T","author":"A","publisher":"P","datePublished":"2024-01-02"}]]>`,
		"semicolon":       `{"@type":"NewsArticle","headline":"T","author":"A","publisher":"P","datePublished":"2024-01-02"};`,
		"entities":        `{"@type":"NewsArticle","headline":"&#84;","author":"A","publisher":"P","datePublished":"2024-01-02"}`,
	} {
		doc, err := parse(`<script type="application/ld+json">` + script + `</script><body>`)
		if err != nil {
			t.Fatal(err)
		}
		f := readLinked(doc).facts("", "")
		if f.title != "T" || f.author != "A" || f.outlet != "P" || possible(f.published, someDay).String() != "2024-01-02" {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestLinkedOfTheArticle puts a related story before the page's own, in the ways in which pages tell them apart.
func TestLinkedOfTheArticle(t *testing.T) {
	const related = `{"@type":"NewsArticle","headline":"Another","datePublished":"2020-01-01","url":"https://other.example/x"}`
	for name, own := range map[string]string{
		"mainEntityOfPage":        `"headline":"Flood","mainEntityOfPage":"https://www.harbour.example/news/river"`,
		"mainEntityOfPage's @id":  `"headline":"Flood","mainEntityOfPage":{"@type":"WebPage","@id":"http://harbour.example/news/river/#page"}`,
		"url, from the root":      `"headline":"Flood","url":"/news/river"`,
		"@id, after canonical":    `"headline":"Flood","@id":"https://www.harbour.example/river#article"`,
		"headline of the heading": `"headline":"River rises over its banks"`,
		"name of og:title":        `"name":"The river rises"`,
	} {
		head := `<script type="application/ld+json">` + related + `</script><script type="application/ld+json">` +
			`{"@type":"NewsArticle","datePublished":"2025-06-08",` + own + `}</script>` +
			`<link rel="canonical" href="/river"><meta property="og:title" content="The river rises">`
		if got := extractPage(t, pageOf(head)).Published.String(); got != "2025-06-08" {
			t.Errorf("%s: dated %q, as the related story", name, got)
		}
	}
	alone := `<script type="application/ld+json">[` + related + `,{"@type":"NewsArticle","headline":"A third","@id":"#x","url":"/"}]</script>`
	if got := extractPage(t, pageOf(alone)).Published.String(); got != "2020-01-01" {
		t.Errorf("where none is told to be the page's: dated %q, not as the first", got)
	}
}

func TestLinkedThatIsNotThePages(t *testing.T) {
	for name, script := range map[string]string{
		"items":   `{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"T"}]}`,
		"another": `{"@type":"Organization","name":"T"}`,
		"broken":  `{"@type":"NewsArticle","headline":"T`,
		"numbers": `{"@type":5,"headline":6}`,
		"null":    `null`,
		"empty":   ``,
	} {
		doc, err := parse(`<script type="application/ld+json">` + script + `</script><body>`)
		if err != nil {
			t.Fatal(err)
		}
		if ld := readLinked(doc); ld.article != nil || !cmp.Equal(ld.facts("", ""), facts{}, cmp.AllowUnexported(facts{})) || len(ld.body()) > 0 || ld.isClosed() {
			t.Errorf("%s: %+v", name, ld)
		}
	}
}

func TestDayAboveIsNotNow(t *testing.T) {
	now := time.Date(2025, 8, 16, 1, 0, 0, 0, time.UTC)
	for day, believed := range map[string]bool{"13 August 2025": true, "15 August 2025": false, "16 August 2025": false, "17 August 2025": false} {
		if got := daysAbove([]block{{text: day}}, now); len(got) == 0 == believed {
			t.Errorf("%s: %v", day, got)
		}
	}
}
