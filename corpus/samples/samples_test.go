package samples_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/samples"
)

// An article is one sample file, split into its front matter and its body.
type article struct {
	name string // file name without ".md", such as "cop28-deal.ar"
	raw  string
	meta map[string]string
	body string
}

// lang returns the language the file's name gives.
func (a article) lang() string {
	return a.name[strings.LastIndexByte(a.name, '.')+1:]
}

// readAll returns every sample article in name order.
func readAll(t *testing.T) []article {
	t.Helper()
	fsys := samples.FS()
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		t.Fatal(err)
	}
	var all []article
	for _, e := range entries {
		data, err := fs.ReadFile(fsys, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		a, err := parse(strings.TrimSuffix(e.Name(), ".md"), string(data))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}

// parse splits a file strictly: unlike the importer it forgives nothing, so
// that a slip in a sample shows up here.
func parse(name, raw string) (article, error) {
	rest, ok := strings.CutPrefix(raw, "---\n")
	if !ok {
		return article{}, fmt.Errorf("%s: no front matter", name)
	}
	head, body, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return article{}, fmt.Errorf("%s: front matter does not end", name)
	}
	meta := map[string]string{}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, ok := strings.Cut(line, ": ")
		if !ok || value == "" {
			return article{}, fmt.Errorf("%s: bad front matter line %q", name, line)
		}
		if _, dup := meta[key]; dup {
			return article{}, fmt.Errorf("%s: front matter has %q twice", name, key)
		}
		meta[key] = value
	}
	return article{name: name, raw: raw, meta: meta, body: body}, nil
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, raw string }{
		{"empty", ""},
		{"no front matter", "Body.\n"},
		{"unterminated", "---\ntitle: A\nBody.\n"},
		{"no value", "---\ntitle:\n---\nBody.\n"},
		{"key twice", "---\nlang: ar\nlang: en\n---\nBody.\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a, err := parse("x.en", tt.raw); err == nil {
				t.Errorf("parse(%q) = %+v, want an error", tt.raw, a)
			}
		})
	}
}

func TestFrontMatter(t *testing.T) {
	for _, a := range readAll(t) {
		t.Run(a.name, func(t *testing.T) {
			want := []string{"event", "lang", "published", "source", "title"}
			var got []string
			for key := range a.meta {
				got = append(got, key)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("keys = %q, want %q", got, want)
			}
			if name := a.meta["event"] + "." + a.meta["lang"]; name != a.name {
				t.Errorf("event and lang make %q, want the file's name", name)
			}
			if lang := a.meta["lang"]; lang != "ar" && lang != "en" {
				t.Errorf("lang = %q, want ar or en", lang)
			}
			day, err := time.Parse(time.DateOnly, a.meta["published"])
			if err != nil {
				t.Fatal(err)
			}
			if y := day.Year(); y < 2022 || y > 2025 {
				t.Errorf("published in %d, want 2022 to 2025", y)
			}
		})
	}
}

func TestBody(t *testing.T) {
	for _, a := range readAll(t) {
		t.Run(a.name, func(t *testing.T) {
			if n := len(strings.Fields(a.body)); n < 120 || n > 350 {
				t.Errorf("body has %d words, want 120 to 350", n)
			}
			if !strings.HasSuffix(a.body, "\n") || strings.HasSuffix(a.body, "\n\n") {
				t.Error("body does not end with exactly one newline")
			}
			for i, p := range strings.Split(strings.TrimSuffix(a.body, "\n"), "\n\n") {
				if p == "" || strings.Contains(p, "\n") {
					t.Errorf("paragraph %d = %q, want one non-empty line", i+1, p)
				}
			}
		})
	}
}

func TestText(t *testing.T) {
	for _, a := range readAll(t) {
		t.Run(a.name, func(t *testing.T) {
			if !utf8.ValidString(a.raw) {
				t.Error("not valid UTF-8")
			}
			for line := range strings.SplitSeq(a.raw, "\n") {
				if strings.TrimRight(line, " \t\u00a0") != line {
					t.Errorf("line ends with a space: %q", line)
				}
				if strings.Contains(line, "  ") {
					t.Errorf("line has a double space: %q", line)
				}
			}
			for _, r := range a.raw {
				if why := unwanted(r); why != "" {
					t.Errorf("has %U: %s", r, why)
				}
			}
		})
	}
}

// unwanted says what is wrong with r in a sample, or "" when nothing is.
func unwanted(r rune) string {
	switch {
	case r == '\u0640':
		return "tatweel"
	case r != '\n' && unicode.IsControl(r):
		return "control character"
	case unicode.Is(unicode.Cf, r):
		return "invisible format character"
	case unicode.IsDigit(r) && r > unicode.MaxASCII:
		return "digit other than 0-9"
	case strings.ContainsRune("*_`#<>[]", r):
		return "character with a meaning in Markdown"
	}
	return ""
}

// TestScript checks that each text is in the script of its language and that
// Arabic text has Arabic punctuation.
func TestScript(t *testing.T) {
	for _, a := range readAll(t) {
		t.Run(a.name, func(t *testing.T) {
			text := a.meta["title"] + "\n" + a.body
			share := arabicShare(text)
			if a.lang() == "en" {
				if share != 0 {
					t.Errorf("%.1f %% of the letters are Arabic, want none", 100*share)
				}
				return
			}
			if share < 0.97 {
				t.Errorf("%.1f %% of the letters are Arabic, want at least 97", 100*share)
			}
			if strings.ContainsAny(text, ",;?\"") {
				t.Error("has Latin punctuation")
			}
		})
	}
}

// arabicShare returns the share of s's letters that are Arabic, 0 to 1.
func arabicShare(s string) float64 {
	var letters, arabic int
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsLetter(r) && unicode.Is(unicode.Arabic, r) {
			arabic++
		}
	}
	return float64(arabic) / float64(max(letters, 1))
}

func TestCollection(t *testing.T) {
	count := map[string]int{}
	langs := map[string]int{}
	titles := map[string]string{}
	bilingual := 0
	for _, a := range readAll(t) {
		count[a.lang()]++
		if langs[a.meta["event"]]++; langs[a.meta["event"]] == 2 {
			bilingual++
		}
		title := a.meta["title"]
		if other, dup := titles[title]; dup {
			t.Errorf("%s and %s have the same title %q", other, a.name, title)
		}
		titles[title] = a.name
	}
	if count["ar"] < 14 || count["en"] < 14 {
		t.Errorf("articles by language = %v, want at least 14 of each", count)
	}
	if bilingual < 5 {
		t.Errorf("%d events are covered in both languages, want at least 5", bilingual)
	}
}

// TestPublished checks that the body gives the full date of its event, which is
// the day of publication or the day before it.
func TestPublished(t *testing.T) {
	for _, a := range readAll(t) {
		t.Run(a.name, func(t *testing.T) {
			day, err := time.Parse(time.DateOnly, a.meta["published"])
			if err != nil {
				t.Fatal(err)
			}
			same := written(day, a.lang())
			before := written(day.AddDate(0, 0, -1), a.lang())
			if !strings.Contains(a.body, same) && !strings.Contains(a.body, before) {
				t.Errorf("body has neither %q nor %q", same, before)
			}
		})
	}
}

// written returns day as the articles of lang write a full date.
func written(day time.Time, lang string) string {
	month := day.Month().String()
	if lang == "ar" {
		month = [...]string{
			"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
			"يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
		}[day.Month()-1]
	}
	return fmt.Sprintf("%d %s %d", day.Day(), month, day.Year())
}
