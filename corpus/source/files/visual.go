package files

import (
	"errors"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// errVisual says what is wrong with a text in visual order.
var errVisual = errors.New("its Arabic is stored from left to right, as old typesetting programs do")

// checkOrder refuses an article whose Arabic is in visual order: its letters are the forms in which they are drawn, and its
// words run backwards. Nobody would find it, and every quote of it would be garbled. A package that reads a kind in which
// this is common puts it right itself.
func checkOrder(place string, a *corpus.Article) error {
	if isVisual(a.Title) || isVisual(a.Body) {
		return &source.Refusal{Reason: source.Disordered, URL: place, Err: errVisual}
	}
	return nil
}

// isVisual tells whether most words of a text that are written in presentation forms begin with the form that ends a word, or
// end with the one that begins it.
func isVisual(s string) bool {
	forwards, backwards := 0, 0
	for word := range strings.FieldsSeq(s) {
		runes := []rune(word)
		if len(runes) < 2 {
			continue
		}
		first, last := formOf(runes[0]), formOf(runes[len(runes)-1])
		switch {
		case first == initial || last == final:
			forwards++
		case first == final || last == initial:
			backwards++
		}
	}
	return backwards > forwards
}

// A drawing is how a letter is drawn, by what it is joined to.
type drawing int

const (
	other   drawing = iota
	final           // joined to the letter before it
	initial         // joined to the letter behind it
)

// formsFrom are the first characters of letters that have as many forms as this in a row, up to the next entry.
var formsFrom = []struct{ first, forms rune }{
	{0xfe81, 2}, {0xfe89, 4}, {0xfe8d, 2}, {0xfe8f, 4}, {0xfe93, 2}, // آ to إ, ئ, ا, ب, ة
	{0xfe95, 4}, {0xfea9, 2}, {0xfeb1, 4}, {0xfeed, 2}, {0xfef1, 4}, // ت to خ, د to ز, س to ه, و and ى, ي
}

// formOf returns the form of a letter in the block Arabic Presentation Forms-B (Unicode, chapter 9.2). The forms of a letter
// follow each other: isolated, final and, of one that joins on both sides, initial and medial.
func formOf(r rune) drawing {
	const end = 0xfef5 // from where on there are ligatures
	if r >= end {
		return other
	}
	for _, f := range slices.Backward(formsFrom) {
		if r < f.first {
			continue
		}
		switch (r - f.first) % f.forms {
		case 1:
			return final
		case 2:
			return initial
		}
		return other
	}
	return other
}
