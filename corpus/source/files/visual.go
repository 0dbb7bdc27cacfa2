package files

import (
	"errors"
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

// formOf returns the form of a letter in the block Arabic Presentation Forms-B (Unicode, chapter 9.2). The forms of a letter
// follow each other: isolated, final and, of one that joins on both sides, initial and medial.
func formOf(r rune) drawing {
	const (
		alef, yehHamza, alefAfter, beh, tehMarbuta, teh = 0xfe81, 0xfe89, 0xfe8d, 0xfe8f, 0xfe93, 0xfe95
		dal, seen, waw, yeh, end                        = 0xfea9, 0xfeb1, 0xfeed, 0xfef1, 0xfef5
	)
	first, forms := rune(0), rune(4)
	switch {
	case r < alef || r >= end:
		return other
	case r < yehHamza:
		first, forms = alef, 2
	case r < alefAfter:
		first = yehHamza
	case r < beh:
		first, forms = alefAfter, 2
	case r < tehMarbuta:
		first = beh
	case r < teh:
		first, forms = tehMarbuta, 2
	case r < dal:
		first = teh
	case r < seen:
		first, forms = dal, 2
	case r < waw:
		first = seen
	case r < yeh:
		first, forms = waw, 2
	default:
		first = yeh
	}
	switch (r - first) % forms {
	case 1:
		return final
	case 2:
		return initial
	}
	return other
}
