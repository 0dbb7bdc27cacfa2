package source

import (
	"fmt"
	"strings"
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
		return a, fmt.Errorf("%s is %d characters long, and at most %d are allowed", named(key), n, maxValue)
	}
	if m.Title != "" {
		a.Title, a.TitleDerived = m.Title, false
	}
	if m.Source != "" {
		a.Source = m.Source
	}
	if m.URL != "" {
		if _, err := corpus.CanonicalURL(m.URL); err != nil {
			return a, fmt.Errorf("%s: %w", named("url"), err)
		}
		a.URL = m.URL
	}
	if m.Published != "" {
		date, err := parsePublished(m.Published)
		if err != nil {
			return a, fmt.Errorf("%s: %w", named("published"), err)
		}
		a.Published = date
	}
	if m.Lang != "" {
		lang, err := parseLang(m.Lang)
		if err != nil {
			return a, fmt.Errorf("%s: %w", named("lang"), err)
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
			return a, fmt.Errorf("%s: %w", named("modified"), err)
		}
		a.Modified = date
	}
	if m.Embargo != "" {
		date, err := parsePublished(m.Embargo)
		if err != nil {
			return a, fmt.Errorf("%s: %w", named("embargo"), err)
		}
		a.Embargo = date.Time.UTC()
	}
	return a, nil
}

// tidy returns m with every value valid and on one line.
func (m Meta) tidy() Meta {
	for _, v := range []*string{&m.Title, &m.Source, &m.URL, &m.Published, &m.Lang, &m.Author, &m.Modified, &m.Embargo} {
		*v = oneLine(*v)
	}
	return m
}

// tooLong names the first value longer than maxValue runes, and its length.
func (m Meta) tooLong() (key string, runes int) {
	for _, v := range []struct{ key, value string }{
		{"title", m.Title}, {"source", m.Source}, {"url", m.URL}, {"published", m.Published}, {"lang", m.Lang},
		{"author", m.Author}, {"modified", m.Modified}, {"embargo", m.Embargo},
	} {
		if n := utf8.RuneCountInString(v.value); n > maxValue {
			return v.key, n
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
	}
	return corpus.Date{}, fmt.Errorf("%w, or a day by name such as 15 August 2025", err)
}

// parseLang reads a language by its code, with or without a region: "ar",
// "en-GB", "other".
func parseLang(s string) (text.Language, error) {
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(s), "_", "-"), "-")
	switch lang := text.Language(code); lang {
	case text.Arabic, text.English, text.Other:
		return lang, nil
	}
	return "", fmt.Errorf("language %.40q is not known; use ar, en or other", s)
}

// oneLine returns s valid, with each run of white space as one space and none
// around it.
func oneLine(s string) string {
	return strings.Join(strings.Fields(text.Valid(s)), " ")
}
