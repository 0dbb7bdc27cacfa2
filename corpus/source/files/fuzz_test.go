package files

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// FuzzZip checks that whatever an archive holds, what comes of it is within bounds: places are one line, articles clean,
// and every error names the archive.
func FuzzZip(f *testing.F) {
	word := wordDocument([]string{"Rain", "It rained."}, "")
	for _, s := range []string{
		zipOf(), zipOf(file{"a.txt", "Rain."}), zipOf(file{"a/b.md", "# Rain\n\nIt rained."}, file{"../c.txt", "x"}, file{"a/b.md", "Rain."}),
		zipOf(file{"a.jsonl", "{\"text\":\"Rain.\"}\n{}"}, file{"b.csv", "title,text\na,b"}, file{"c.html", webPage("", "")}),
		word, zipOf(file{"a.docx", word}, file{"b.zip", zipOf()}), zipOf(file{"mimetype", "application/epub+zip"}),
		stored("a.txt", "Rain."), packed("\x9F\xE9.txt", strings.Repeat("Rain. ", 99)), "PK\x05\x06" + strings.Repeat("\x00", 18), "PK\x03\x04",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<20 {
			t.Skip()
		}
		n := checkFile(t, "a\u202E.zip", append([]byte("PK\x03\x04"), data...))
		n += checkFile(t, "a\u202E.zip", data)
		if n == 0 {
			t.Error("neither an article nor an error")
		}
	})
}

// FuzzRead checks the same of files of other kinds.
func FuzzRead(f *testing.F) {
	for name, s := range map[string]string{
		"a.txt": "---\ntitle: Rain\n---\nIt rained.", "a.html": webPage("<title>Rain</title>", "<p>Embargo: 2099-01-01</p>"), "a.csv": "text;date\nRain;x\n",
		"a.jsonl": `{"text":"Rain."}`, "a.docx": wordDocument([]string{"Rain"}, "title: Rain\nsource: Herald"), "a.doc": oldDocument("WordDocument"), "a.pdf": pdfFile(40, "Title: Rain", "It rained."),
		"b.mht": "From:\n\x00\xb6 by\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n",
		"a.mht": savedPage("https://herald.example/1", "quoted-printable", webPage("", "")), "a.md": "\xff\xfeR\x00", "": "",
	} {
		f.Add(name, []byte(s))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if len(data) > 1<<20 || len(name) > 300 {
			t.Skip()
		}
		if checkFile(t, name, data) == 0 {
			t.Error("neither an article nor an error")
		}
	})
}

// checkFile reads a file and returns how many articles and errors it gives.
func checkFile(t *testing.T, name string, data []byte) (n int) {
	f := File{Name: name, ReaderAt: strings.NewReader(string(data)), Size: int64(len(data)), Now: someDay}
	for item, err := range Read(t.Context(), f) {
		n++
		if utf8.RuneCountInString(item.Place) > 400 || !utf8.ValidString(item.Place) || strings.ContainsFunc(item.Place, turns) || item.Place == "" {
			t.Errorf("place %q", item.Place)
		}
		if err != nil {
			checkError(t, item, err)
			continue
		}
		a := item.Article
		for _, s := range []string{a.Title, a.Source, a.Author} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\n") {
				t.Errorf("%s: %q is not clean", item.Place, s)
			}
		}
		if strings.TrimSpace(a.Body) == "" || item.Kind == "" {
			t.Errorf("%+v", item)
		}
	}
	return n
}

// turns reports whether a rune breaks the line or turns the text around it.
func turns(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// checkError checks that an error names its place, as far as a long one can be, and wraps nothing unknown.
func checkError(t *testing.T, item Item, err error) {
	said := err.Error()
	if start := item.Place[:min(len(item.Place), 40)]; !strings.HasPrefix(said, start) {
		t.Errorf("%q does not begin with %q", said, start)
	}
	if strings.ContainsAny(said, "\x00\n\r") {
		t.Errorf("%q is not one line", said)
	}
	if refusal, ok := errors.AsType[*source.Refusal](err); ok && refusal.URL == "" {
		t.Errorf("%q: a refusal without a name", said)
	}
	if errors.Is(err, corpus.ErrEmpty) && item.Article.Body != "" {
		t.Errorf("%q with a text", said)
	}
}
