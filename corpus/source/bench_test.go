package source

import (
	"strings"
	"testing"
)

// BenchmarkParse measures an ordinary article in Markdown, and texts made to
// be slow: their MB/s must not fall far below the ordinary one's, for that
// would mean time that grows faster than the text.
func BenchmarkParse(b *testing.B) {
	const article = "---\ntitle: A quiet night\n---\n\nLONDON, May 2, 2024 (Reuters) - Rain fell on [the valley](https://example.org/a).\n\n"
	prose := strings.Repeat("It **rained** through the night, the *harbour master* said, and stopped by dawn. ", 20)
	for _, bb := range []struct{ name, in string }{
		{"article", article + prose},
		{"one long line", strings.Repeat(prose, 200)},
		{"lines", strings.Repeat("the harbour stayed open through the night while boats\n", 20000)},
		{"open brackets", "a" + strings.Repeat("[", 1<<20)},
		{"empty links", "a" + strings.Repeat("[](", 1<<19)},
		{"half links", strings.Repeat("[a](b.c \"", 1<<17)},
		{"ticks", strings.Repeat("a` ``b ", 1<<18)},
		{"open stars", "a" + strings.Repeat(" *a _b **c", 1<<17)},
		{"stars and closers", strings.Repeat(" *a b**", 1<<18)},
		{"tags", strings.Repeat("a<", 1<<19)},
		{"quotation marks", strings.Repeat(">", 1<<20) + "a"},
		{"comments", strings.Repeat("a<!--", 1<<18)},
		{"parentheses", strings.Repeat("(a", 1<<19)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.in)))
			for b.Loop() {
				if _, err := Parse("a.md", []byte(bb.in)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDateline(b *testing.B) {
	for _, bb := range []struct{ name, in string }{
		{"dateline", "أنكوراج، الولايات المتحدة 15 أغسطس 2025 (شينخوا) انتهت المحادثات."},
		{"prose", "The International Monetary Fund (IMF) said it would wait."},
	} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				Dateline(bb.in)
			}
		})
	}
}
