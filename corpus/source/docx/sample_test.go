package docx

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The files that programs write: LibreOffice, and python-docx upon a pattern of Word. Beside each is what is to be read of it:
// the title, the author, and below an empty line the body.
func TestSamples(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.docx"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(path, ".docx") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			a, err := readBytes(data)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Title + "\n" + a.Author + "\n\n" + a.Body + "\n"; got != string(want) {
				t.Errorf("Read = %q\nwant   %q", got, want)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	data := docxOf(b, strings.Repeat(p(strings.Repeat("It rained. ", 20), strings.Repeat("Then it snowed. ", 20)), 2000))
	b.SetBytes(int64(2000 * (11 + 16) * 20))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readBytes(data); err != nil {
			b.Fatal(err)
		}
	}
}
