package pdf

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestMain keeps compiled code away from the user's cache. Those that fuzz share that of the process that starts them.
func TestMain(m *testing.M) {
	const pattern = "newsbot-pdf-"
	if strings.HasPrefix(filepath.Base(os.Getenv("XDG_CACHE_HOME")), pattern) {
		os.Exit(m.Run())
	}
	dir, err := os.MkdirTemp("", pattern)
	if err != nil {
		panic(err)
	}
	_ = os.Setenv("XDG_CACHE_HOME", dir)
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func load(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// samples returns the files of testdata that are read.
func samples(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	return files
}

func TestReadSamples(t *testing.T) {
	for _, file := range samples(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".pdf")
		t.Run(name, func(t *testing.T) {
			data := load(t, name+".pdf")
			before := string(data)
			a, err := Read(t.Context(), data)
			if err != nil {
				t.Fatal(err)
			}
			if string(data) != before {
				t.Error("Read changed the file")
			}
			if a.Published != (corpus.Date{}) || a.Modified != (corpus.Date{}) {
				t.Errorf("dates %v and %v were taken from the file", a.Published, a.Modified)
			}
			got := a.Title + "\n" + a.Author + "\n\n" + a.Body + "\n"
			golden := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(load(t, name+".txt")), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The same article comes out of every program with the same words, but for what the program did not write.
func TestReadSameWords(t *testing.T) {
	want := paragraphsOf(load(t, "../../../samples/articles/egypt-pound-float.ar.md"))
	for _, name := range []string{"chromium.ar.pdf", "libreoffice.ar.pdf", "typst.ar.pdf", "weasyprint-columns.ar.pdf", "turned.ar.pdf"} {
		a, err := Read(t.Context(), load(t, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range want {
			// The tanwin is drawn between two letters and may be taken for a mark of either.
			if !strings.Contains(tanwin.Replace(a.Body), tanwin.Replace(p)) {
				t.Errorf("%s does not have the paragraph\n%s", name, p)
			}
		}
	}
}

var tanwin = strings.NewReplacer("ًا", "ا", "اً", "ا")

// paragraphsOf returns the paragraphs below the front matter of an article.
func paragraphsOf(article []byte) []string {
	_, body, _ := strings.Cut(strings.TrimPrefix(string(article), "---\n"), "---\n")
	return strings.Split(strings.TrimSpace(body), "\n\n")
}

// reasonOf returns the reason for which a file is refused.
func reasonOf(t *testing.T, data []byte) source.Reason {
	t.Helper()
	a, err := Read(t.Context(), data)
	var r *source.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("got %.200q and error %v, want a refusal", a.Body, err)
	}
	return r.Reason
}

func TestReadRefusesSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/refused/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		want, _, _ := strings.Cut(name, ".")
		want, _, _ = strings.Cut(want, "-")
		if got := reasonOf(t, load(t, filepath.Join("refused", name))); got != source.Reason(want) {
			t.Errorf("%s: refused as %q, want %q", name, got, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	sample := load(t, "weasyprint.en.pdf")
	blank := textPage()
	many := make([][]byte, maxPages+1)
	for i := range many {
		many[i] = blank
	}
	garbage := "(\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c) Tj "
	for name, c := range map[string]struct {
		data []byte
		want source.Reason
	}{
		"empty":           {nil, source.Damaged},
		"no PDF":          {[]byte("PK\x03\x04 and more"), source.Damaged},
		"head alone":      {[]byte("%PDF-1.7\n"), source.Damaged},
		"cut off early":   {sample[:len(sample)/3], source.Damaged},
		"cut off late":    {sample[:len(sample)*9/10], source.Damaged},
		"head and end":    {[]byte("%PDF-1.7\n%%EOF"), source.Damaged},
		"too many bytes":  {append([]byte("%PDF-1.7\n"), make([]byte, MaxFile)...), source.TooLarge},
		"too many pages":  {pages(form, nil, many...), source.TooLarge},
		"no page":         {pages(form, nil), source.Damaged},
		"page of nothing": {pages(form, nil, blank), source.Scanned},
		"controls":        {pages(form, nil, []byte("BT /F 9 Tf 40 500 Td "+strings.Repeat(garbage, 30)+" ET")), source.Scanned},
		"stamp on a scan": {pages(picture, make([]byte, 100), []byte("q 300 0 0 200 40 40 cm /X Do Q "+string(textPage("Received 12 May")))), source.Scanned},
		"page tree that holds itself": {[]byte(strings.Replace(string(pages(form, nil, blank)), "/Kids [4 0 R ]", "/Kids [5 0 R ]", 1)),
			source.Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			if got := reasonOf(t, c.data); got != c.want {
				t.Errorf("refused as %q, want %q", got, c.want)
			}
		})
	}
}

// What is made to take all the memory or never to end is refused or read, and the next file is read as ever.
func TestReadHostile(t *testing.T) {
	size := 300 << 20 // more than the sandbox has
	if testing.Short() {
		size = 30 << 20
	}
	bomb := deflated(t, deflated(t, make([]byte, size)))
	text := textPage("The ministers met in Amman on Monday and spoke of trade between both countries.")
	for name, data := range map[string][]byte{
		"content that inflates": pages("/Filter [/FlateDecode /FlateDecode] "+picture, bomb, append(text, "q 300 0 0 200 40 40 cm /X Do Q"...)),
		"form that inflates":    pages("/Filter [/FlateDecode /FlateDecode] "+form, bomb, append([]byte("/X Do "), text...)),
		"form in itself":        pages(form, []byte("/X Do /X Do"), append([]byte("/X Do "), text...)),
		"many states":           pages(form, nil, append([]byte(strings.Repeat("q ", 1<<20)), text...)),
		"nested arrays":         pages(form, nil, append([]byte(strings.Repeat("[", 1<<20)), text...)),
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name == "form in itself" {
				t.Skip("takes seconds to fill the memory of the sandbox")
			}
			a, err := Read(t.Context(), data)
			var r *source.Refusal
			if !errors.As(err, &r) && !strings.HasPrefix(a.Body, "The ministers met") {
				t.Errorf("got %.100q and error %v", a.Body, err)
			}
			if r != nil && strings.Contains(r.Error(), "\n") {
				t.Errorf("the error has lines: %v", r)
			}
			if a, err := Read(t.Context(), load(t, "standard.en.pdf")); err != nil || a.Body == "" {
				t.Errorf("the file after it: %v", err)
			}
		})
	}
}

// A context that is done ends Read: before it waits, while it waits for another file, and within a file.
func TestReadEnds(t *testing.T) {
	data := load(t, "standard.en.pdf")
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(done, data); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it canceled", err)
	}
	if _, err := Read(t.Context(), data); err != nil {
		t.Fatal(err)
	}
	_, leave, err := enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waiting, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := Read(waiting, data); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the deadline to pass", err)
	}
	leave()

	// Every form draws the next one a thousand times: no machine comes to the end of it.
	within, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := Read(within, endless()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the deadline to pass", err)
	}
	if _, err := Read(t.Context(), data); err != nil {
		t.Errorf("the file after it: %v", err)
	}
}

// endless returns a file of one page that takes years to read.
func endless() []byte {
	p := newBuilder()
	p.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	const depth = 9
	draw := []byte(strings.Repeat("/X Do ", 1000))
	for i := range depth {
		p.stream("/Type /XObject /Subtype /Form /BBox [0 0 420 595] /Resources << /XObject << /X "+
			string(rune('0'+i+3))+" 0 R >> >>", draw)
	}
	p.stream("", draw) // what the last one draws is none
	content := p.stream("", draw)
	page := p.object("<< /Type /Page /MediaBox [0 0 420 595] /Parent %d 0 R /Contents %d 0 R /Resources << /XObject << /X 2 0 R >> >> >>",
		content+2, content)
	p.object("<< /Type /Pages /Count 1 /Kids [%d 0 R] >>", page)
	return p.close(p.object("<< /Type /Catalog /Pages %d 0 R >>", page+1))
}

// Compiled code that is damaged is compiled anew, and one that others may write to is left alone.
func TestSandboxCache(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles PDFium twice")
	}
	base := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", base)
	dir := filepath.Join(base, "newsbot", "pdfium")
	s := &sandbox{}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	_ = s.runtime.Close(t.Context())
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing is kept in %s: %v", dir, err)
	}
	for _, f := range files {
		if err := os.WriteFile(f, []byte("WAZEVO and no more"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = &sandbox{}
	if err := s.start(); err != nil {
		t.Fatalf("with a damaged cache: %v", err)
	}
	_ = s.runtime.Close(t.Context())
}

func TestCacheDir(t *testing.T) {
	base := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", base)
	dir, err := cacheDir()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil { //nolint:gosec // that is the case
		t.Fatal(err)
	}
	if dir, err := cacheDir(); err == nil {
		t.Errorf("%s is used, where everyone may write", dir)
	}
	t.Setenv("XDG_CACHE_HOME", filepath.Join(base, "newsbot", "pdfium", "file"))
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if dir, err := cacheDir(); err == nil {
		t.Errorf("%s is used, which cannot be made", dir)
	}
}
