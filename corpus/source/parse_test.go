package source

import (
	"errors"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, file, in string
		want           corpus.Article
	}{
		{
			"front matter", "a.md", "---\ntitle: \"A quiet night\"\nsource: Valley Voice\nurl: https://example.org/a\npublished: 2025-08-15\nlang: en\nevent: storm\n---\n\nRain fell.\n\nIt *stopped*.\n",
			corpus.Article{Title: "A quiet night", Source: "Valley Voice", URL: "https://example.org/a", Published: corpus.Day(2025, 8, 15), Language: text.English, Body: "Rain fell.\n\nIt stopped."},
		},
		{
			"front matter in Arabic", "a.txt", "---\ntitle: ليلة هادئة\noutlet: صوت الوادي\ndate: ٢٠٢٥-٠٨-١٥\nlanguage: AR-eg\n---\nهطل المطر.",
			corpus.Article{Title: "ليلة هادئة", Source: "صوت الوادي", Published: corpus.Day(2025, 8, 15), Language: text.Arabic, Body: "هطل المطر."},
		},
		{
			"front matter for editors", "a.md", "---\nauthor: \"Jane Doe\"\nmodified: 2025-08-16\nembargo: 2025-08-17 06:00 +0300\n---\nRain fell.",
			corpus.Article{
				Author: "Jane Doe", Modified: corpus.Day(2025, 8, 16), Embargo: time.Date(2025, 8, 17, 3, 0, 0, 0, time.UTC), Body: "Rain fell.",
			},
		},
		{
			"an embargo until a day", "a.md", "---\nembargo: 17 August 2025\n---\nRain fell.",
			corpus.Article{Embargo: time.Date(2025, 8, 17, 0, 0, 0, 0, time.UTC), Body: "Rain fell."},
		},
		{
			"heading and dateline", "a.markdown", "# A quiet night\n\n**LONDON, Aug 15, 2025 (Reuters)** - Rain fell.\n",
			corpus.Article{Title: "A quiet night", Source: "Reuters", Published: corpus.Day(2025, 8, 15), Body: "LONDON, Aug 15, 2025 (Reuters) - Rain fell."},
		},
		{
			"headline and dateline", "a.txt", "ليلة هادئة\n\nالقاهرة 15 أغسطس 2025 (رويترز) - هطل المطر.\nثم توقف.\n",
			corpus.Article{Title: "ليلة هادئة", Source: "رويترز", Published: corpus.Day(2025, 8, 15), Body: "القاهرة 15 أغسطس 2025 (رويترز) - هطل المطر.\nثم توقف."},
		},
		{
			"front matter wins over the dateline", "a.txt", "---\nsource: Valley Voice\npublished: 2025-08-16\n---\nLONDON, Aug 15, 2025 (Reuters) - Rain fell.",
			corpus.Article{Source: "Valley Voice", Published: corpus.Day(2025, 8, 16), Body: "LONDON, Aug 15, 2025 (Reuters) - Rain fell."},
		},
		{
			"the dateline fills in the outlet", "a.txt", "---\npublished: 2025-08-16\n---\nLONDON, Aug 15, 2025 (Reuters) - Rain fell.",
			corpus.Article{Source: "Reuters", Published: corpus.Day(2025, 8, 16), Body: "LONDON, Aug 15, 2025 (Reuters) - Rain fell."},
		},
		{
			"the dateline fills in the date", "a.txt", "---\nsource: Valley Voice\n---\nLONDON, Aug 15, 2025 (Reuters) - Rain fell.",
			corpus.Article{Source: "Valley Voice", Published: corpus.Day(2025, 8, 15), Body: "LONDON, Aug 15, 2025 (Reuters) - Rain fell."},
		},
		{
			"nothing is known", "a.txt", "Rain fell on Aug 15, 2025 (a Friday).",
			corpus.Article{Body: "Rain fell on Aug 15, 2025 (a Friday)."},
		},
		{
			"a second title stays", "a.md", "---\ntitle: A quiet night\n---\n# Rain over the valley\nIt fell.",
			corpus.Article{Title: "A quiet night", Body: "Rain over the valley\n\nIt fell."},
		},
		{
			"a repeated title does not", "a.txt", "---\ntitle: A Quiet Night\n---\nA quiet night\n\nIt rained.",
			corpus.Article{Title: "A Quiet Night", Body: "It rained."},
		},
		{
			"first line with a stop", "a.txt", "It rained.\n\nIt stopped.",
			corpus.Article{Body: "It rained.\n\nIt stopped."},
		},
		{
			"first line with a stop in quotation marks", "a.txt", "قال: «هطل المطر.»\n\nثم توقف.",
			corpus.Article{Body: "قال: «هطل المطر.»\n\nثم توقف."},
		},
		{
			"first line with a question", "a.txt", "هل هطل المطر؟\n\nنعم.",
			corpus.Article{Body: "هل هطل المطر؟\n\nنعم."},
		},
		{
			"first line without a blank one below", "a.txt", "A quiet night\nIt rained.",
			corpus.Article{Body: "A quiet night\nIt rained."},
		},
		{
			"first line too long", "a.txt", strings.Repeat("quiet ", 21) + "\n\nIt rained.",
			corpus.Article{Body: strings.Repeat("quiet ", 21) + "\n\nIt rained."},
		},
		{
			"first line alone", "a.txt", "A quiet night\n\n",
			corpus.Article{Body: "A quiet night"},
		},
		{
			"dateline on a line of its own", "a.txt", "LONDON, Aug 15, 2025 (Reuters)\n\nIt rained.",
			corpus.Article{Source: "Reuters", Published: corpus.Day(2025, 8, 15), Body: "LONDON, Aug 15, 2025 (Reuters)\n\nIt rained."},
		},
		{
			"text keeps its marks", "a.TEXT", "It *rained* in [the valley](https://example.org).\r\n> Truly.",
			corpus.Article{Body: "It *rained* in [the valley](https://example.org).\n> Truly."},
		},
		{
			"no extension", "Letter to Mr. Smith", "It rained.",
			corpus.Article{Body: "It rained."},
		},
		{
			"a rule and prose", "a.txt", "---\nIt rained all night: truly.\nIt stopped.",
			corpus.Article{Body: "---\nIt rained all night: truly.\nIt stopped."},
		},
		{
			"a day by name in front matter", "a.txt", "---\npublished: 5 March 2024\n---\nIt rained.",
			corpus.Article{Published: corpus.Day(2024, 3, 5), Body: "It rained."},
		},
		{
			"byline", "a.txt", "By Jane Doe\n\nIt rained.",
			corpus.Article{Body: "By Jane Doe\n\nIt rained."},
		},
		{
			"byline in Arabic", "a.txt", "كتب: سامي الحسن\n\nهطل المطر.",
			corpus.Article{Body: "كتب: سامي الحسن\n\nهطل المطر."},
		},
		{
			"byline above the headline", "a.txt", "By Jane Doe\n\nA quiet night\n\nLONDON, Aug 15, 2025 (Reuters) - Rain fell.",
			corpus.Article{Title: "A quiet night", Source: "Reuters", Published: corpus.Day(2025, 8, 15), Body: "By Jane Doe\n\nLONDON, Aug 15, 2025 (Reuters) - Rain fell."},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.file, []byte(tt.in))
			if err != nil || got != tt.want {
				t.Errorf("Parse(%q, %q)\n got %+v, %v\nwant %+v", tt.file, tt.in, got, err, tt.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		name, file, in string
		cause          error // nil: none to branch on
		says           []string
	}{
		{"extension", "a.docx", "It rained.", nil, []string{"a.docx has the extension .docx", "end in .txt or .md"}},
		{"no file type of ours", "a.html", "It rained.", nil, []string{"a.html has the extension .html"}},
		{"binary whatever it is called", "a.txt", "%PDF-1.7", nil, []string{"a.txt is of a kind that is not read (it looks like a PDF file"}},
		{"too large", "a.txt", strings.Repeat("a", MaxFile+1), corpus.ErrTooLarge, []string{"a.txt", "the most is 5.0 MiB"}},
		{"empty", "a.txt", " \r\n\t", corpus.ErrEmpty, []string{"a.txt"}},
		{"front matter alone", "a.md", "---\ntitle: A\n---\n", corpus.ErrEmpty, []string{"a.md"}},
		{"heading alone", "a.md", "# A quiet night", corpus.ErrEmpty, []string{"a.md"}},
		{"marks alone", "a.md", "---\n***\n![](a.jpg)", corpus.ErrEmpty, []string{"a.md"}},
		{"unterminated front matter", "a.md", "---\ntitle: A quiet night\nIt rained.", nil, []string{"a.md: front matter without its closing ---: add the line"}},
		{"TOML", "a.md", "+++\ntitle = \"A\"\n+++\nIt rained.", nil, []string{`a.md: front matter between "+++" lines is not understood`, `"---"`}},
		{"bad date", "a.md", "---\ndate: 2025-02-30\n---\nIt rained.", nil, []string{"a.md: front matter: date", `"2025-02-30"`}},
		{"bad language", "a.md", "---\nLang: xx\n---\nIt rained.", nil, []string{"a.md: front matter: Lang", `"xx"`, "ar, en or other"}},
		{"bad embargo", "a.md", "---\nembargo: soon\n---\nIt rained.", nil, []string{"a.md: front matter: embargo", `"soon"`}},
		{"bad address", "a.md", "---\nurl: ftp://example.org\n---\nIt rained.", nil, []string{"a.md: front matter: url", "ftp://example.org"}},
		{"endless title", "a.md", "---\ntitle: " + strings.Repeat("a", maxValue+1) + "\n---\nIt rained.", nil, []string{"a.md: front matter: title is 2001 characters long"}},
		{"hostile name", "a\nb\x1b[31m.exe", "It rained.", nil, []string{"a b [31m.exe has the extension"}},
		{"no name, no text", "", "", corpus.ErrEmpty, []string{"the file"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.file, []byte(tt.in))
			if err == nil {
				t.Fatalf("Parse(%q) = %+v, want an error", tt.file, got)
			}
			if tt.cause != nil && !errors.Is(err, tt.cause) {
				t.Errorf("Parse(%q) = %v, want it to wrap %v", tt.file, err, tt.cause)
			}
			for _, s := range tt.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("Parse(%q) = %q, want %q in it", tt.file, err, s)
				}
			}
		})
	}
}

func TestApply(t *testing.T) {
	a := corpus.Article{Title: "A quiet night", TitleDerived: true, Source: "Reuters", Published: corpus.Day(2025, 8, 15), Body: "It rained."}
	got, err := Apply(a, Meta{
		Title: " Rain\nfell ", Source: "Valley Voice", URL: "https://example.org/a", Published: "2025-08-16 14:30", Lang: "EN",
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Published.String() != "2025-08-16T14:30:00Z" {
		t.Errorf("Apply: published %s, want 2025-08-16T14:30:00Z", got.Published)
	}
	got.Published = corpus.Date{}
	want := corpus.Article{Title: "Rain fell", Source: "Valley Voice", URL: "https://example.org/a", Language: text.English, Body: "It rained."}
	if got != want {
		t.Errorf("Apply = %+v, want %+v", got, want)
	}
	if got, err := Apply(a, Meta{Title: " "}); err != nil || got != a {
		t.Errorf("Apply of nothing = %+v, %v, want %+v", got, err, a)
	}
}

func TestApplyDays(t *testing.T) {
	tests := []struct{ in, want string }{
		{"5 March 2024", "2024-03-05"},
		{"5 آذار 2024", "2024-03-05"},
		{"٥ آذار/مارس ٢٠٢٤", "2024-03-05"},
		{"15 Aug 2025", "2025-08-15"},
		{"Friday, Aug. 15, 2025", "2025-08-15"},
		{"15/8/2025", "2025-08-15"},
		{"2025/8/15", "2025-08-15"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := Apply(corpus.Article{}, Meta{Published: tt.in})
			if err != nil || got.Published.String() != tt.want || !got.Published.DayOnly {
				t.Errorf("Apply(published %q) = %v, %v, want the day %s", tt.in, got.Published, err, tt.want)
			}
		})
	}
}

func TestApplyRefuses(t *testing.T) {
	tests := []struct {
		name string
		meta Meta
		says []string
	}{
		{"date", Meta{Title: "B", Published: "8/9/2025"}, []string{"-published", `"8/9/2025"`, "2025-08-15", "15 August 2025"}},
		{"date without a year", Meta{Title: "B", Published: "15 August"}, []string{"-published", `"15 August"`, "2025-08-15"}},
		{"month alone", Meta{Title: "B", Published: "آذار 2024"}, []string{"-published", "آذار 2024", "2025-08-15"}},
		{"no such day", Meta{Title: "B", Published: "31 February 2025"}, []string{"-published", "31 February 2025"}},
		{"day by name with a clock", Meta{Title: "B", Published: "15 Aug 2025 10:30"}, []string{"-published", "15 Aug 2025 10:30"}},
		{"day with a place", Meta{Title: "B", Published: "Cairo, 15 Aug 2025"}, []string{"-published", "Cairo"}},
		{"language", Meta{Title: "B", Lang: "fr"}, []string{"-lang", `"fr"`, "ar, en or other"}},
		{"address", Meta{Title: "B", URL: "example.org/a"}, []string{"-url", "example.org/a"}},
		{"length", Meta{Source: strings.Repeat("س", maxValue+1)}, []string{"-source is 2001 characters long", "2000"}},
	}
	a := corpus.Article{Title: "A", Body: "It rained."}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Apply(a, tt.meta)
			if err == nil || got != a {
				t.Fatalf("Apply(%+v) = %+v, %v, want an error and the article as it was", tt.meta, got, err)
			}
			for _, s := range tt.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("Apply(%+v) = %q, want %q in it", tt.meta, err, s)
				}
			}
		})
	}
}

// TestImport walks the whole way, from a file to an article fit for the store.
func TestImport(t *testing.T) {
	const in = "\uFEFF# ليلة هادئة\r\n\r\nالقاهرة 15 أغسطس 2025 (رويترز) - قالت **الهيئة** إن المطر هطل على المدينة.\r\n"
	a, err := Parse("night.md", []byte(in))
	if err != nil {
		t.Fatal(err)
	}
	if a, err = Apply(a, Meta{Source: "صوت الوادي"}); err != nil {
		t.Fatal(err)
	}
	if a, err = corpus.Prepare(a); err != nil {
		t.Fatal(err)
	}
	const body = "القاهرة 15 أغسطس 2025 (رويترز) - قالت الهيئة إن المطر هطل على المدينة."
	if a.Title != "ليلة هادئة" || a.Source != "صوت الوادي" || a.Published != corpus.Day(2025, 8, 15) ||
		a.Language != text.Arabic || a.Body != body || a.ID == "" {
		t.Errorf("imported article = %+v", a)
	}
}
