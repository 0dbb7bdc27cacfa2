package source

import (
	"fmt"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// fieldNames are the names that people give to what is known of an article, in front matter, JSON lines and the columns
// of tables, by the key of the field. The key itself is always one of them. What says no more than when something was
// made or stored ("created", "added") is none: it is no date of publication.
var fieldNames = map[string][]string{
	"id": {"id", "المعرف", "معرف"},
	"title": {"title", "headline", "heading", "article title",
		"العنوان", "عنوان", "العنوان الرئيسي", "عنوان الخبر", "عنوان المقال"},
	"text": {"text", "body", "content", "full text", "article text", "article body", "body text", "article content",
		"النص", "نص", "النص الكامل", "نص الخبر", "نص المقال", "المحتوى", "المتن", "متن الخبر"},
	"source": {"source", "outlet", "publisher", "publication", "newspaper", "site name", "source name",
		"المصدر", "مصدر", "اسم المصدر", "الناشر", "الصحيفة", "الوسيلة", "الوسيلة الإعلامية", "المنصة"},
	"url": {"url", "link", "permalink", "web url", "article url", "source url",
		"الرابط", "رابط", "رابط الخبر", "رابط المقال"},
	"published": {"published", "date", "published at", "published on", "published date", "date published",
		"publication date", "publish date", "pub date",
		"التاريخ", "تاريخ", "تاريخ النشر", "نشر في"},
	"lang":   {"lang", "language", "اللغة", "لغة", "لغة النص"},
	"author": {"author", "authors", "byline", "writer", "reporter", "author name", "الكاتب", "كاتب", "الكاتبة", "المؤلف", "الصحفي", "المراسل", "اسم الكاتب", "بقلم"},
	"modified": {"modified", "updated", "date modified", "modified at", "last modified", "updated at", "last updated",
		"التعديل", "تاريخ التعديل", "آخر تعديل", "التحديث", "تاريخ التحديث", "آخر تحديث"},
	"embargo": {"embargo", "embargo until", "embargoed until",
		"الحظر", "حظر", "حظر النشر", "حظر حتى", "الحظر حتى", "محظور حتى"},
}

// fieldKeys has the key of every name, as foldName folds it.
var fieldKeys = func() map[string]string {
	keys := make(map[string]string)
	for key, names := range fieldNames {
		for _, name := range names {
			keys[foldName(name)] = key
		}
	}
	return keys
}()

// maxFieldName is the length in bytes of the longest name that is looked up; those known are shorter by half.
const maxFieldName = 80

// FieldName returns the key of the field that people call s: "id", "title", "text", "source", "url", "published", "lang",
// "author", "modified" or "embargo". Case, spaces, hyphens, underscores, points and the spellings of Arabic make no
// difference: "Published_At", "publishedAt" and «تاريخ النشر» are all "published". It reports false for any other name.
func FieldName(s string) (key string, ok bool) {
	if len(s) > maxFieldName {
		return "", false
	}
	key, ok = fieldKeys[foldName(s)]
	return key, ok
}

// foldName is the form under which the names of fields are compared.
func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\u00a0_-.", r) {
			return -1
		}
		return r
	}, text.Normalize(s))
}

// RecordFrom returns the record that has values, by the keys of [FieldName]; other keys are passed over.
func RecordFrom(values map[string]string) Record {
	var r Record
	for key, value := range values {
		if into := r.field(key); into != nil {
			*into = value
		}
	}
	return r
}

// Article returns the article that a record states. One with an ID has been in a store before, and is taken as it is;
// what another does not say of date and outlet is found in its dateline, as in a file. A title that is too long is cut.
//
// A text without a word (wraps [corpus.ErrEmpty]) and a date, address or language that cannot be read are errors. named
// renders the place of a value, by its key, as in `column "Link"`.
func (r Record) Article(named func(key string) string) (corpus.Article, error) {
	if !HasText(r.Text) {
		return corpus.Article{}, fmt.Errorf("%w: %s is missing, or has no word", corpus.ErrEmpty, named("text"))
	}
	a := corpus.Article{ID: strings.TrimSpace(r.ID), Body: r.Text}
	meta := Meta{
		Title: firstRunes(oneLine(r.Title), maxValue), Source: r.Source, URL: r.URL, Published: r.Published, Lang: r.Lang,
		Author: r.Author, Modified: r.Modified, Embargo: r.Embargo,
	}
	a, err := override(a, meta, named)
	if err != nil {
		return a, err
	}
	return completeFromDateline(a), nil
}
