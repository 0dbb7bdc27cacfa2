package pdf

import (
	"math/rand/v2"
	"testing"
)

// A file of 2 MB that is text alone: some 630 pages.
func BenchmarkReadText(b *testing.B) {
	benchmarkRead(b, pages(form, nil, longText(1_950_000)...))
}

// A file of 2 MB as newsrooms have it: forty pages of text, and pictures.
func BenchmarkReadPictures(b *testing.B) {
	data := make([]byte, 1_800_000)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(data)
	contents := longText(130_000)
	contents[0] = append(contents[0], "q 300 0 0 200 40 40 cm /X Do Q\n"...)
	benchmarkRead(b, pages(picture, data, contents...))
}

func benchmarkRead(b *testing.B, data []byte) {
	b.Helper()
	if _, err := Read(b.Context(), data); err != nil { // starts the sandbox
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(b.Context(), data); err != nil {
			b.Fatal(err)
		}
	}
}

// What the first file of a process waits for: PDFium is compiled, with no cache, or found compiled.
func BenchmarkStart(b *testing.B) {
	b.Run("compile", func(b *testing.B) {
		for b.Loop() {
			s := &sandbox{}
			if err := s.compile(""); err != nil {
				b.Fatal(err)
			}
			s.close()
		}
	})
	b.Run("cached", func(b *testing.B) {
		dir := b.TempDir()
		for b.Loop() {
			s := &sandbox{}
			if err := s.compile(dir); err != nil {
				b.Fatal(err)
			}
			s.close()
		}
	})
}
