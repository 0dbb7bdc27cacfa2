package pdf

import (
	"context"
	"errors"
	"maps"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// Read gives an article that can be stored, a refusal, or the end of its time.
func FuzzRead(f *testing.F) {
	if err := started(); err != nil { // takes longer than one input may
		f.Fatal(err)
	}
	for _, file := range samples(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("%PDF-1.7"))
	f.Add(pages(form, textPage("A form."), textPage("One line."), []byte("/X Do")))
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		a, err := Read(ctx, data)
		var r *source.Refusal
		if errors.As(err, &r) || errors.Is(err, context.DeadlineExceeded) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := corpus.Prepare(a); err != nil {
			t.Error(err)
		}
	})
}

// Whatever stands on a page comes out in some order: no letter is lost, none is made.
func FuzzLogical(f *testing.F) {
	f.Add(".%27.25 رعسلا )ADQ( 2024-2022 Reuters.com", true)
	f.Add("the daily رابخألا said 12 - 13", false)
	f.Fuzz(func(t *testing.T, s string, rtl bool) {
		if !utf8.ValidString(s) {
			return
		}
		got := logical(cellsOf(s), rtl)
		for _, kind := range brackets {
			for _, r := range kind {
				s, got = strings.ReplaceAll(s, string(r), "("), strings.ReplaceAll(got, string(r), "(")
			}
		}
		if a, b := tally(s), tally(got); !maps.Equal(a, b) {
			t.Errorf("%q came out as %q", s, got)
		}
		orderly(s)
	})
}

func tally(s string) map[rune]int {
	out := map[rune]int{}
	for _, r := range s {
		out[r]++
	}
	return out
}

// Lines of any glyphs become paragraphs without a panic.
func FuzzLines(f *testing.F) {
	f.Add([]byte("some glyphs that stand anywhere, in sizes from 0 to 255"), uint8(3))
	f.Fuzz(func(_ *testing.T, data []byte, step uint8) {
		var glyphs []glyph
		for i := 0; i+4 < len(data); i += 1 + int(step)%5 {
			x, y := float32(data[i]), float32(data[i+1])
			r := rune(data[i+2])
			if r > 127 {
				r = 0x600 + r
			}
			glyphs = append(glyphs, glyph{r: r, left: x, right: x + float32(data[i+3]%16), bottom: y, top: y + 9, x: x, y: y,
				size: float32(data[i+4] % 32), spaced: data[i]%7 == 0})
		}
		c := &content{pages: 1}
		c.add(0, sheet{glyphs: glyphs})
		_, _ = c.article()
	})
}
