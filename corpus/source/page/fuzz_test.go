package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"newsbot/corpus"
)

func FuzzExtract(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.html"))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		body, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add("https://a.example/b", "text/html", body)
	}
	f.Add("", "", []byte("<html>"+prose))
	f.Add("", "text/html", []byte("<link rel=canonical href=https://a.example/b><p>Embargo: 2099-01-01<p>"+prose))
	f.Add("://", "text/html; charset=utf-16", []byte("\xfe\xff\x00<"))
	f.Add("https://a.example/b", "text/html", []byte("<body><table><tr><td><a><p>"+prose+"</table><pre>\x00</pre><svg><title><br>"))
	f.Add("https://a.example/b", "text/html", []byte(`<script type="application/ld+json">{"@type":"Article","articleBody":"<p>`+prose+`"}`))
	f.Fuzz(func(t *testing.T, address, contentType string, body []byte) {
		Opening(string(body))
		found, err := Extract(address, contentType, body, someDay)
		if err != nil {
			reasonOf(t, err)
			return
		}
		for _, s := range []string{found.Title, found.Source, found.Author, found.Body} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\u202e\u2066") {
				t.Errorf("%q is not clean", s)
			}
		}
		if strings.ContainsAny(found.Title+found.Source+found.Author, "\n\t") || strings.Contains(found.Body, "\n\n\n") {
			t.Errorf("%q by %q of %q: %q", found.Title, found.Author, found.Source, found.Body)
		}
		if found.Published.Time.After(someDay.Add(15 * 60 * 60 * 1e9)) {
			t.Errorf("published %v, after it was fetched", found.Published)
		}
		if _, err := corpus.CanonicalURL(address); err == nil || address == "" {
			if _, err := corpus.Prepare(found.Article); err != nil {
				t.Errorf("not fit to be stored: %v", err)
			}
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	for _, name := range []string{"wordpress", "oldtable"} {
		body, err := os.ReadFile(filepath.Join("testdata", name+".html"))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) { benchmarkPage(b, body) })
	}
	b.Run("guardian", func(b *testing.B) {
		body, err := os.ReadFile(filepath.Join(collection(b), "guardian-1", "source.html"))
		if err != nil {
			b.Fatal(err)
		}
		benchmarkPage(b, body)
	})
}

func benchmarkPage(b *testing.B, body []byte) {
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Extract("https://a.example/b", "text/html", body, someDay); err != nil {
			b.Fatal(err)
		}
	}
}
