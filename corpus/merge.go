package corpus

import (
	"net/url"
	"strings"
	"time"
)

// takers copy fields from one article to another.
var takers = []struct {
	field Fields
	take  func(to, from *Article)
}{
	{FieldTitle, func(to, from *Article) { to.Title, to.TitleDerived = from.Title, from.TitleDerived }},
	{FieldSource, func(to, from *Article) { to.Source = from.Source }},
	{FieldPublished, func(to, from *Article) { to.Published = from.Published }},
	{FieldURL, func(to, from *Article) { to.URL = from.URL }},
	{FieldLanguage, func(to, from *Article) { to.Language = from.Language }},
	{FieldBody, func(to, from *Article) { to.Body = from.Body }},
	{FieldAuthor, func(to, from *Article) { to.Author = from.Author }},
	{FieldEmbargo, func(to, from *Article) { to.Embargo = from.Embargo }},
}

// merge returns what a stored article becomes when a draft is given. Fields that were set by hand stay, unless overrule
// is set: kept are those of which the draft says something else.
func merge(old *Article, d *draft, overrule bool) (merged Article, kept Fields) {
	merged = *old
	for _, t := range takers {
		switch {
		case d.says&t.field == 0,
			t.field == FieldURL && sameAddress(old, &d.Article),
			t.field == FieldSource && old.Source != "" && namesHost(&d.Article): // a page that does not name its outlet
			continue
		}
		next := merged
		t.take(&next, &d.Article)
		switch {
		case differences(&merged, &next) == 0:
		case old.Edited&t.field != 0 && !overrule:
			kept |= t.field
		default:
			merged = next
		}
	}
	if merged.Body != old.Body && (d.says|old.Edited)&FieldLanguage == 0 {
		merged.Language = d.Language
	}
	if !d.Modified.IsZero() {
		merged.Modified = d.Modified
	}
	return merged, kept
}

// sameAddress tells whether two links lead to the same.
func sameAddress(a, b *Article) bool {
	ha, oka := addressHash(a)
	hb, okb := addressHash(b)
	return oka == okb && ha == hb
}

// namesHost tells whether the outlet of an article is only the host of its link.
func namesHost(a *Article) bool {
	u, err := url.Parse(a.URL)
	if err != nil || a.URL == "" {
		return false
	}
	bare := func(host string) string { return strings.TrimPrefix(strings.ToLower(host), "www.") }
	return bare(a.Source) == bare(u.Hostname())
}

// said returns the fields of which a prepared article says something. Its language may have been found in the text.
func said(a *Article, language bool) Fields {
	says := FieldBody
	for f, ok := range map[Fields]bool{
		FieldTitle: !a.TitleDerived, FieldSource: a.Source != "", FieldPublished: !a.Published.IsZero(), FieldURL: a.URL != "",
		FieldLanguage: language, FieldAuthor: a.Author != "", FieldEmbargo: !a.Embargo.IsZero(),
	} {
		if ok {
			says |= f
		}
	}
	return says
}

// differences returns the fields in which two articles differ. Titles that are both derived differ only as the texts do.
func differences(a, b *Article) (f Fields) {
	for _, d := range []struct {
		field Fields
		same  bool
	}{
		{FieldTitle, a.TitleDerived == b.TitleDerived && (a.TitleDerived || a.Title == b.Title)},
		{FieldSource, a.Source == b.Source},
		{FieldPublished, a.Published.String() == b.Published.String()},
		{FieldURL, a.URL == b.URL},
		{FieldLanguage, a.Language == b.Language},
		{FieldBody, a.Body == b.Body},
		{FieldAuthor, a.Author == b.Author},
		{FieldEmbargo, a.Embargo.Equal(b.Embargo)},
	} {
		if !d.same {
			f |= d.field
		}
	}
	return f
}

// correction returns when an article that becomes another was corrected last. White space is no correction, and neither is
// what nobody could read yet. What the outlet says counts, if it says something new that can be true.
func correction(old, next *Article, now time.Time) Date {
	retitled := !old.TitleDerived && !next.TitleDerived && fold(old.Title) != fold(next.Title)
	switch {
	case !retitled && fold(old.Body) == fold(next.Body), old.Embargo.After(now):
		return old.Corrected
	case next.Modified.String() != old.Modified.String() &&
		next.Modified.Time.After(next.Published.Time) && !next.Modified.Time.After(now):
		return next.Modified
	}
	return Day(now.UTC().Date())
}
