package telegramtest

import (
	"slices"
	"strings"
	"unicode"
)

// clean does to a text what Telegram does to every text that it is sent: it
// deletes U+2028 to U+202E (line separators, embeddings and overrides), carriage
// returns and the marks U+0333, U+033F and U+030A, makes spaces of other control
// characters, keeps only the last of several LRM and RLM in a row, and trims.
// Entities move with their text; those left empty go.
func clean(text string, entities []Entity) (string, []Entity) {
	runes := []rune(text)
	kept := make([]rune, 0, len(runes))
	places := make([]int, 0, len(runes)+1) // old UTF-16 unit -> new one
	at := 0
	for i, r := range runes {
		for range unitsOf(r) {
			places = append(places, at)
		}
		if r, keep := cleanRune(r, follows(runes, i)); keep {
			kept = append(kept, r)
			at += unitsOf(r)
		}
	}
	places = append(places, at)
	return trim(string(kept), move(entities, places))
}

// follows is the rune after i, 0 at the end.
func follows(runes []rune, i int) rune {
	if i+1 < len(runes) {
		return runes[i+1]
	}
	return 0
}

const (
	zwnj = '\u200C'
	lrm  = '\u200E'
	rlm  = '\u200F'
)

// cleanRune cleans one character and reports whether it stays.
func cleanRune(r, next rune) (rune, bool) {
	switch {
	case r == '\n':
		return r, true
	case r == '\r', r >= '\u2028' && r <= '\u202E', r == '\u0333', r == '\u033F', r == '\u030A':
		return 0, false
	case r < ' ':
		return ' ', true
	case (r == lrm || r == rlm) && (next == lrm || next == rlm):
		return zwnj, true
	}
	return r, true
}

// move moves entities to new places and drops those that become empty or did not
// fit the text.
func move(entities []Entity, places []int) []Entity {
	var out []Entity
	for _, e := range entities {
		end := e.Offset + e.Length
		if e.Offset < 0 || e.Length <= 0 || end >= len(places) {
			continue
		}
		e.Offset, e.Length = places[e.Offset], places[end]-places[e.Offset]
		if e.Length > 0 {
			out = append(out, e)
		}
	}
	return out
}

// trim cuts spaces and line feeds at the end, and at the start before the first
// entity.
func trim(text string, entities []Entity) (string, []Entity) {
	text = strings.TrimRight(text, " \n")
	cut := len(text) - len(strings.TrimLeft(text, " \n"))
	for _, e := range entities {
		cut = min(cut, e.Offset) // only ASCII is cut, so that bytes are units
	}
	text = text[cut:]
	length := utf16Len(text)
	out := slices.Clone(entities)
	for i := range out {
		out[i].Offset -= cut
		out[i].Length = min(out[i].Length, length-out[i].Offset)
	}
	return text, slices.DeleteFunc(out, func(e Entity) bool { return e.Length <= 0 })
}

// isBlank reports whether a text shows nothing: Telegram takes it for empty.
func isBlank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		blank := unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == '\u180E' || r == '\u2800' || r == '\uFFFC'
		return !blank
	})
}
