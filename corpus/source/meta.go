package source

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// maxValue is the length, in runes, that one value may have: no title or
// address is longer.
const maxValue = 2000

// Meta holds what the user states about an article beside its text. An empty
// value is not given.
type Meta struct {
	Title     string // on one line
	Source    string // the outlet, as it is to be shown
	URL       string // http or https
	Published string // a date that [corpus.ParseDate] reads, or a day as a dateline writes it: 5 March 2024, «5 آذار 2024»
	Lang      string // ar, en or other
	Author    string // as it is to be shown
	Modified  string // when the outlet changed it last; a date as Published
	Embargo   string // until when answers may not quote it; a date as Published, of which a day ends the embargo as it begins in UTC
}

// metaKeys are the keys of what Meta holds, as [FieldName] has them.
var metaKeys = []string{"title", "source", "url", "published", "lang", "author", "modified", "embargo"}

// field returns where the value of a key belongs, nil for any other.
func (m *Meta) field(key string) *string {
	switch key {
	case "title":
		return &m.Title
	case "source":
		return &m.Source
	case "url":
		return &m.URL
	case "published":
		return &m.Published
	case "lang":
		return &m.Lang
	case "author":
		return &m.Author
	case "modified":
		return &m.Modified
	case "embargo":
		return &m.Embargo
	}
	return nil
}

// Apply returns a with the values of m, the user's flags, in place of its own.
// A date, address or language that cannot be read is an error that names the
// flag, as in `-lang "xx"`, and a is returned unchanged.
func Apply(a corpus.Article, m Meta) (corpus.Article, error) {
	b, err := override(a, m, func(key string) string { return "-" + key })
	if err != nil {
		return a, err
	}
	return b, nil
}

// override puts the values of m that are given over those of a. named renders
// the place a value came from, for errors, such as `-lang` or `notes.md: lang`.
func override(a corpus.Article, m Meta, named func(key string) string) (corpus.Article, error) {
	m = m.tidy()
	if key, n := m.tooLong(); key != "" {
		said := fmt.Sprintf("%s is %d characters long, and at most %d are allowed", named(key), n, maxValue)
		return a, &Fault{Kind: FaultLong, Words: []string{bareName(named(key))}, Numbers: []int{n, maxValue}, Said: said}
	}
	if m.Title != "" {
		a.Title, a.TitleDerived = m.Title, false
	}
	if m.Source != "" {
		a.Source = m.Source
	}
	if m.URL != "" {
		if _, err := corpus.CanonicalURL(m.URL); err != nil {
			return a, badValue(FaultURL, named("url"), m.URL, err)
		}
		a.URL = m.URL
	}
	if m.Published != "" {
		date, err := parsePublished(m.Published)
		if err != nil {
			return a, badValue(FaultDate, named("published"), m.Published, err)
		}
		a.Published = date
	}
	if m.Lang != "" {
		lang, err := parseLang(m.Lang)
		if err != nil {
			return a, badValue(FaultLanguage, named("lang"), m.Lang, err)
		}
		a.Language = lang
	}
	return overrideMore(a, m, named)
}

// overrideMore is the part of override for author, modification and embargo.
func overrideMore(a corpus.Article, m Meta, named func(key string) string) (corpus.Article, error) {
	if m.Author != "" {
		a.Author = m.Author
	}
	if m.Modified != "" {
		date, err := parsePublished(m.Modified)
		if err != nil {
			return a, badValue(FaultDate, named("modified"), m.Modified, err)
		}
		a.Modified = date
	}
	if m.Embargo != "" {
		date, err := parsePublished(m.Embargo)
		if err != nil {
			return a, badValue(FaultDate, named("embargo"), m.Embargo, err)
		}
		a.Embargo = date.Time.UTC()
	}
	return a, nil
}

// tidy returns m with every value valid and on one line.
func (m Meta) tidy() Meta {
	for _, key := range metaKeys {
		v := m.field(key)
		*v = oneLine(*v)
	}
	return m
}

// tooLong names the first value longer than maxValue runes, and its length.
func (m Meta) tooLong() (key string, runes int) {
	for _, key := range metaKeys {
		if n := utf8.RuneCountInString(*m.field(key)); n > maxValue {
			return key, n
		}
	}
	return "", 0
}

// parsePublished reads a date as [corpus.ParseDate] does, or else the day that a
// dateline would give, with its year and in no doubt.
func parsePublished(s string) (corpus.Date, error) {
	date, err := corpus.ParseDate(s)
	if err == nil {
		return date, nil
	}
	if words, ok := leadNorms(s); ok {
		if date, _ = parseDay(words); !date.IsZero() {
			return date, nil
		}
		if len(words) == 1 && isAmbiguousDay(words[0]) {
			return corpus.Date{}, fmt.Errorf("date %.40q does not tell day from month; write 2025-08-15, or 15 August 2025", s)
		}
	}
	return corpus.Date{}, fmt.Errorf("%w, or a day by name such as 15 August 2025", err)
}

// isAmbiguousDay tells whether day and month could change places in a day such as 8/9/2025.
func isAmbiguousDay(w string) bool {
	date, ok := numericDay(w)
	first, _, _ := strings.Cut(strings.NewReplacer("-", "/", ".", "/").Replace(w), "/")
	_, isYear := parseYear(first)
	return ok && date.IsZero() && !isYear
}

// languages are what the languages are called, as text.Normalize writes it.
var languages = sync.OnceValue(func() map[string]text.Language {
	named := map[string]text.Language{}
	for _, name := range []string{"Arabic", "ara", "العربية", "عربية", "عربي"} {
		named[text.Normalize(name)] = text.Arabic
	}
	for _, name := range []string{"English", "eng", "الإنجليزية", "الإنكليزية", "إنجليزية", "إنكليزية", "إنجليزي", "إنكليزي"} {
		named[text.Normalize(name)] = text.English
	}
	return named
})

// parseLang reads a language by its code, with or without a region ("ar", "en-GB", "other"), or by its name in either
// language.
func parseLang(s string) (text.Language, error) {
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(s), "_", "-"), "-")
	switch lang := text.Language(code); lang {
	case text.Arabic, text.English, text.Other:
		return lang, nil
	}
	if lang, ok := languages()[text.Normalize(s)]; ok {
		return lang, nil
	}
	return "", fmt.Errorf("language %.40q is not known; use ar, en or other", s)
}

// oneLine returns s valid, with each run of white space as one space and none
// around it.
func oneLine(s string) string {
	return strings.Join(strings.Fields(text.Valid(s)), " ")
}
