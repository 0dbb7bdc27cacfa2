package source

import (
	"strings"
	"testing"
)

func TestFieldName(t *testing.T) {
	tests := []struct{ name, key string }{
		{"title", "title"}, {"Headline", "title"}, {"العنوان", "title"}, {"عُنوان", "title"},
		{"TEXT", "text"}, {"articleBody", "text"}, {"المحتوي", "text"}, {"نص_الخبر", "text"},
		{"outlet", "source"}, {"Site-Name", "source"}, {"المصدر", "source"},
		{"Link", "url"}, {"web_url", "url"}, {"الرابط", "url"},
		{"Date", "published"}, {"Published_At", "published"}, {"pubDate", "published"}, {"تاريخ النشر", "published"}, {"\u200fالتاريخ\u200f", "published"},
		{"language", "lang"}, {"اللغه", "lang"}, {"byline", "author"}, {"الكاتب", "author"},
		{"last modified", "modified"}, {"اخر تعديل", "modified"}, {"Embargo", "embargo"}, {"حظر النشر", "embargo"},
		{" ID ", "id"}, {"created", ""}, {"category", ""}, {"", ""}, {" ", ""}, {strings.Repeat(" ", 100) + "id", ""},
	}
	for _, tt := range tests {
		if key, ok := FieldName(tt.name); key != tt.key || ok != (tt.key != "") {
			t.Errorf("FieldName(%q) = %q, %v, want %q", tt.name, key, ok, tt.key)
		}
	}
}

// No name may stand for two fields, and every key has a place in a record.
func TestFieldNamesAreOfOneField(t *testing.T) {
	of := make(map[string]string)
	for key, names := range fieldNames {
		if new(Record).field(key) == nil {
			t.Errorf("the key %q has no place in a Record", key)
		}
		if got, _ := FieldName(key); got != key {
			t.Errorf("FieldName(%q) = %q", key, got)
		}
		for _, name := range names {
			folded := foldName(name)
			if other := of[folded]; other != "" {
				t.Errorf("%q (%s) is a name twice, and of %q", name, key, other)
			}
			of[folded] = key
		}
	}
}

func TestRecordFrom(t *testing.T) {
	got := RecordFrom(map[string]string{"title": "A", "text": "B", "published": "2025-08-15", "other": "C"})
	if want := (Record{Title: "A", Text: "B", Published: "2025-08-15"}); got != want {
		t.Errorf("RecordFrom = %+v, want %+v", got, want)
	}
}
