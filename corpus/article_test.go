package corpus

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/corpus/text"
)

const arabicBody = "افتتحت وزارة الثقافة يوم الأحد متحفًا جديدًا في وسط المدينة. وقالت الوزيرة إن المتحف يضم أكثر من ألفي قطعة.\n\nوأضافت أن الدخول مجاني حتى نهاية العام."

func TestPrepare(t *testing.T) {
	a, err := Prepare(Article{
		Title:     "  A \t title\r\nof two lines ",
		Source:    "The\x00 Daily\xff ",
		Published: Date{Time: time.Date(2025, 8, 15, 14, 30, 59, 99, time.UTC)},
		URL:       " https://news.example/a?utm_source=x ",
		Body:      "\ufeff\r\n First line. \r\nSecond\x00 line.\rThird line.\n\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Article{
		ID: a.ID, Title: "A title of two lines", Source: "The Daily\ufffd", Language: text.English,
		Published: Date{Time: time.Date(2025, 8, 15, 14, 30, 59, 0, time.UTC)},
		URL:       "https://news.example/a?utm_source=x",
		Body:      "First line. \nSecond line.\nThird line.",
	}
	if a != want {
		t.Errorf("Prepare = %#v\nwant %#v", a, want)
	}
	if len(a.ID) != 16 || strings.Trim(a.ID, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		t.Errorf("ID = %q; want 16 of [a-z2-7]", a.ID)
	}
	again, err := Prepare(a)
	if err != nil || again != a {
		t.Errorf("Prepare again = %#v, %v; want no change", again, err)
	}
}

func TestPrepareFindsTitleAndLanguage(t *testing.T) {
	a, err := Prepare(Article{Body: arabicBody})
	if err != nil {
		t.Fatal(err)
	}
	if want := "افتتحت وزارة الثقافة يوم الأحد متحفًا جديدًا في وسط المدينة."; a.Title != want || !a.TitleDerived {
		t.Errorf("Title = %q, derived %v; want %q, true", a.Title, a.TitleDerived, want)
	}
	if a.Language != text.Arabic {
		t.Errorf("Language = %q; want %q", a.Language, text.Arabic)
	}
	a.Body = "Another text altogether. " + a.Body
	b, err := Prepare(a)
	if err != nil || b.Title != "Another text altogether." || b.ID == a.ID {
		t.Errorf("Prepare of a new body = title %q, ID %s, %v; want a new title and ID", b.Title, b.ID, err)
	}
}

func TestPrepareCutsTitles(t *testing.T) {
	long := strings.Repeat("كلمة طويلة ", 60) + "."
	a, err := Prepare(Article{Body: long})
	if err != nil {
		t.Fatal(err)
	}
	if n := utf8.RuneCountInString(a.Title); n > 140 || n < 120 || !strings.HasSuffix(a.Title, "ة…") {
		t.Errorf("derived title = %q of %d runes; want at most 140, cut behind a word", a.Title, n)
	}
	a, err = Prepare(Article{Title: strings.Repeat("x", 10_000_000), Source: strings.Repeat("ص", 1000), Body: "A body."})
	if err != nil {
		t.Fatal(err)
	}
	if n := utf8.RuneCountInString(a.Title); n != 300 {
		t.Errorf("title of %d runes; want 300", n)
	}
	if n := utf8.RuneCountInString(a.Source); n != 120 {
		t.Errorf("source of %d runes; want 120", n)
	}
}

func TestPrepareRefuses(t *testing.T) {
	ok := Article{Body: "A body."}
	for _, test := range []struct {
		name   string
		change func(*Article)
		is     error
		say    string
	}{
		{"no body", func(a *Article) { a.Body = "" }, ErrEmpty, "no text"},
		{"white space", func(a *Article) { a.Body = " \r\n\t\u00a0" }, ErrEmpty, "no text"},
		{"no word", func(a *Article) { a.Body = "*** 🙂 …" }, ErrEmpty, "no text"},
		{"too large", func(a *Article) { a.Body = strings.Repeat("word ", 1_500_000) }, ErrTooLarge, "7.2 MiB of text, the most is 5 MiB"},
		{"too large once made valid", func(a *Article) { a.Body = strings.Repeat("a\xff", 2_000_000) }, ErrTooLarge, "7.6 MiB"},
		{"language", func(a *Article) { a.Language = "klingon" }, nil, `"klingon"`},
		{"link", func(a *Article) { a.URL = "javascript:alert(1)" }, nil, `"javascript:alert(1)"`},
		{"date", func(a *Article) { a.Published = Day(1492, 10, 12) }, nil, `"1492-10-12"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := ok
			test.change(&a)
			_, err := Prepare(a)
			if err == nil || !strings.Contains(err.Error(), test.say) || (test.is != nil && !errors.Is(err, test.is)) {
				t.Errorf("Prepare: %v; want %v with %q", err, test.is, test.say)
			}
		})
	}
}

func TestKey(t *testing.T) {
	base := Article{Title: "Title", Source: "Outlet", Published: Day(2025, 8, 15), Body: "One two.\n\nThree."}
	linked := base
	linked.URL = "https://news.example/a"
	for _, test := range []struct {
		name   string
		from   Article
		change func(*Article)
		same   bool
	}{
		{"white space", base, func(a *Article) { a.Body = " One  two.\r\nThree. " }, true},
		{"direction marks", base, func(a *Article) { a.Body = "\u200fOne two.\u200e\n\nThree." }, true},
		{"added", base, func(a *Article) { a.Added = time.Unix(1, 0) }, true},
		{"language", base, func(a *Article) { a.Language = text.Other }, true},
		{"a derived title", base, func(a *Article) { a.TitleDerived = true }, false},
		{"body", base, func(a *Article) { a.Body = "One two.\n\nFour." }, false},
		{"title", base, func(a *Article) { a.Title = "Titles" }, false},
		{"outlet", base, func(a *Article) { a.Source = "" }, false},
		{"date", base, func(a *Article) { a.Published = Date{} }, false},
		{"words moved from title to outlet", base, func(a *Article) { a.Title, a.Source = "", "Title Outlet" }, false},
		{"link of the same page", linked, func(a *Article) { a.URL = "https://NEWS.example/a/?utm_source=x#top" }, true},
		{"other text behind the link", linked, func(a *Article) { a.Body, a.Title = "Corrected.", "New" }, true},
		{"another link", linked, func(a *Article) { a.URL = "https://news.example/b" }, false},
		{"no link", linked, func(a *Article) { a.URL = "" }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := test.from
			test.change(&a)
			if got := a.Key() == test.from.Key(); got != test.same {
				t.Errorf("same key = %v; want %v:\n%q\n%q", got, test.same, a.Key(), test.from.Key())
			}
		})
	}
}

// IDs are in links and in other stores: they must never change.
func TestIDsNeverChange(t *testing.T) {
	linked := Article{URL: "https://news.example/a"}
	if got, want := NewID(linked.Key()), "qrcy2csklidclryh"; got != want {
		t.Errorf("ID of a link = %s; want %s", got, want)
	}
	told := Article{Title: "عنوان", Source: "شينخوا", Published: Day(2025, 8, 15), Body: arabicBody}
	if got, want := NewID(told.Key()), "3iarmwewqxnqvogq"; got != want {
		t.Errorf("ID of a text = %s; want %s", got, want)
	}
}

func FuzzPrepare(f *testing.F) {
	f.Add("title", "source", "https://news.example/a", arabicBody)
	f.Add("", "", "", "A\r\n\xff\x00b")
	f.Fuzz(func(t *testing.T, title, source, link, body string) {
		a, err := Prepare(Article{Title: title, Source: source, URL: link, Body: body})
		if err != nil {
			return
		}
		if again, err := Prepare(a); err != nil || again != a {
			t.Errorf("Prepare twice = %#v, %v; want %#v", again, err, a)
		}
		for _, s := range []string{a.Title, a.Source, a.Body, a.URL} {
			if !utf8.ValidString(s) || strings.Contains(s, "\x00") || strings.Contains(s, "\r") {
				t.Errorf("%q is not clean", s)
			}
		}
		if strings.Contains(a.Title, "\n") || a.Title == "" || len(Split(a.Body)) == 0 {
			t.Errorf("title %q, %d passages", a.Title, len(Split(a.Body)))
		}
	})
}
