package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// parseLead reads what stands before the outlet: place and date, either of
// which may be missing. ok is false when it is anything else.
func parseLead(lead string) (d dateline, ok bool) {
	words, ok := leadWords(lead)
	if !ok {
		return dateline{}, false
	}
	norms := normsOf(words)
	d.words = words
	for i := range norms {
		if d.date, d.dated = parseDay(norms[i:]); d.dated {
			d.words = words[:i]
			break
		}
	}
	if n := len(d.words); d.dated && n > 1 && d.words[n-1].norm == "في" {
		d.words, d.inDay = d.words[:n-1], true
	}
	if !isPlace(d.words, d.dated) {
		return dateline{}, false
	}
	if n := len(d.words); n > 0 {
		d.place = strings.TrimFunc(lead[d.words[0].start:d.words[n-1].end], isFiller)
		if !d.words[n-1].isAbbreviation() { // "MOSCOW. Aug 15"
			d.place = strings.TrimSuffix(d.place, ".")
		}
	}
	return d, true
}

// normsOf returns the normalised forms of words.
func normsOf(words []word) []string {
	norms := make([]string, len(words))
	for i, w := range words {
		norms[i] = w.norm
	}
	return norms
}

// leadNorms returns the normalised words of s, as leadWords splits them.
func leadNorms(s string) (norms []string, ok bool) {
	words, ok := leadWords(s)
	return normsOf(words), ok
}

// leadWords splits the part of a line before the outlet into words. It gives up
// at punctuation that no dateline has.
func leadWords(lead string) ([]word, bool) {
	var words []word
	start := -1
	end := func(i int) {
		if start < 0 {
			return
		}
		raw := strings.TrimFunc(lead[start:i], isFiller)
		if norm := text.Normalize(raw); norm != "" {
			words = append(words, word{start: start, end: i, raw: raw, norm: norm})
		}
		start = -1
	}
	for i, r := range lead {
		switch {
		case strings.ContainsRune(`!?؟;؛:"«»“”…[]{}<>=*@#`, r), len(words) > maxLeadWords:
			return nil, false
		case r == '(': // the second name of a month
			end(i)
			words = append(words, word{start: i, end: i + 1, raw: "/", norm: "/"})
		case unicode.IsSpace(r), strings.ContainsRune(",،|)", r), isDash(r) && standsFree(lead, i, r):
			end(i)
		case start < 0 && !isFiller(r):
			start = i
		}
	}
	end(len(lead))
	return words, true
}

// isPlace reports whether words can be the name of a place, which may be
// missing. Latin words begin with a capital; Arabic, which has none, is told
// from a sentence by the words that only sentences have.
func isPlace(words []word, dated bool) bool {
	if len(words) > maxPlaceWords {
		return false
	}
	for i, w := range words {
		first, last := i == 0, i == len(words)-1
		switch {
		case strings.ContainsAny(w.norm, "0123456789"):
			return false
		case first && isOpener(w.norm) && !isHague(words):
			return false
		case strings.HasSuffix(w.norm, ".") && !w.isAbbreviation() && (!last || !dated):
			return false
		case !w.isName():
			return false
		}
	}
	return true
}

// isHague reports the one place that begins with an article in English.
func isHague(words []word) bool {
	return len(words) > 1 && words[0].norm == "the" && words[1].norm == "hague"
}

// isAbbreviation reports whether a stop after w shortens it: "Calif.", "D.C.".
func (w word) isAbbreviation() bool {
	r, _ := utf8.DecodeRuneInString(w.raw)
	return unicode.IsUpper(r) && len(strings.ReplaceAll(w.raw, ".", "")) <= 5
}

// isName reports whether w can be part of a name.
func (w word) isName() bool {
	if strings.ContainsFunc(w.raw, unicode.IsUpper) {
		return true
	}
	if strings.ContainsFunc(w.raw, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
		return isConnector(w.norm)
	}
	return !isSentenceWord(w)
}

// isShouted reports whether w is in Latin capitals, as agencies write the first
// word of a dateline.
func (w word) isShouted() bool {
	letters := 0
	for _, r := range w.raw {
		if unicode.IsLetter(r) {
			if !unicode.IsUpper(r) {
				return false
			}
			letters++
		}
	}
	return letters >= 3
}

// credible weighs what the line shows. A known agency needs little else; an
// unknown name in brackets could be anything, so that place and form must speak
// for it.
func (d dateline) credible() bool {
	if !isOutletShaped(d.outlet) {
		return false
	}
	known, located := isKnownOutlet(d.outlet), isLocated(d.words)
	switch {
	case d.inDay: // «غزة في 7 أكتوبر 2023 (…)» may be any sentence
		return known && located
	case len(d.words) == 0:
		return known && d.closed
	case known:
		return d.closed || d.dated || located
	case !couldBeOutlet(d.outlet):
		return false
	case d.dated:
		return d.closed || located
	}
	// A country with a name in brackets is as likely a line of a list.
	return d.closed && (beginsWith(d.words, cities()) || isShouted(d.words))
}

// isLocated reports whether words begin with a place that is known, with the
// kind of a place («مدينة», «محافظة»), or with a word in capitals.
func isLocated(words []word) bool {
	if len(words) == 0 {
		return false
	}
	return beginsWith(words, places()) || isPlaceKind(words[0].norm) || words[0].isShouted()
}

// isShouted reports whether words begin in capitals and are not the short name
// of an organisation, whose full name is what the brackets hold.
func isShouted(words []word) bool {
	return words[0].isShouted() && (len(words) > 1 || len(words[0].raw) >= 7)
}

// beginsWith reports whether the first one to three words are a name in set.
func beginsWith(words []word, set map[string]bool) bool {
	name := ""
	for _, w := range words[:min(len(words), 3)] {
		part, _, _ := strings.Cut(w.norm, "/")
		name = strings.TrimSpace(name + " " + strings.TrimSuffix(part, "."))
		if set[name] {
			return true
		}
	}
	return false
}
