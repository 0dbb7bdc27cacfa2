package files

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkRead reads what newsrooms hold: a thousand short files, alone and in one archive, and one long file of rows.
func BenchmarkRead(b *testing.B) {
	article := "LONDON, May 2, 2024 (Reuters) - " + strings.Repeat(prose+"\n\n", 9) // 350 words
	files := make([]file, 1_000)
	for i := range files {
		files[i] = file{fmt.Sprintf("%04d.txt", i), article}
	}
	line := `{"text":"` + strings.ReplaceAll(article, "\n", `\n`) + `"}` + "\n"
	pages := make([]file, 100)
	for i := range pages {
		pages[i] = file{fmt.Sprintf("%04d.html", i), webPage("", "")}
	}
	b.Run("texts", func(b *testing.B) { benchmarkFiles(b, files...) })
	b.Run("texts in an archive", func(b *testing.B) { benchmarkFiles(b, file{"a.zip", zipOf(files...)}) })
	b.Run("pages in an archive", func(b *testing.B) { benchmarkFiles(b, file{"a.zip", zipOf(pages...)}) })
	b.Run("lines", func(b *testing.B) { benchmarkFiles(b, file{"a.jsonl", strings.Repeat(line, 1_000)}) })
}

func benchmarkFiles(b *testing.B, files ...file) {
	var size, articles int64
	for _, f := range files {
		size += int64(len(f.data))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		articles = 0
		for _, f := range files {
			items, errs := readAll(b, f.name, f.data)
			if len(errs) > 0 {
				b.Fatal(errs[0])
			}
			articles += int64(len(items))
		}
	}
	b.ReportMetric(float64(articles), "articles/op")
}
