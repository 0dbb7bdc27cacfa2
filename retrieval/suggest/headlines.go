package suggest

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
)

// headlines are questions of what the titles of quoted articles tell: "Finland becomes the 31st
// member of NATO" makes "When did Finland become the 31st member of NATO?". Arabic titles have
// the present tense, which only "why" keeps: «فيفا يمنح السعودية» makes «لماذا يمنح فيفا السعودية؟».
func (w *workshop) headlines() (all []Question) {
	for i := range w.lines {
		l := &w.lines[i]
		if !l.title || !l.article.Quoted || l.article.Language != w.Language || len(l.names) == 0 || isHeadline(l) {
			continue
		}
		did, asks := englishHeadline(l), []string{"Why did ", "When did ", "Where did ", "How did "}
		if w.Language == text.Arabic {
			did, asks = arabicHeadline(l), []string{"لماذا "}
		}
		if did == "" {
			continue
		}
		for _, ask := range asks {
			if q, ok := w.fact(ask+did, stems(l.words)); ok {
				all = append(all, q)
			}
		}
	}
	return all
}

// leadingName is the last word of the names that a line begins with, and whether there are
// several; -1 for none.
func leadingName(l *line) (last int, several bool) {
	last = l.nameFrom(0)
	if last < 0 && len(l.words) > 0 && capitals(l, 0) > 0 {
		last = capitals(l, 0)
	}
	if last >= 0 && last+2 < len(l.words) && l.words[last+1].Norm == "and" && l.nameFrom(last+2) >= 0 {
		return l.nameFrom(last + 2), true
	}
	return last, false
}

// englishHeadline is the clause of a title without its tense: "Finland become the 31st member".
func englishHeadline(l *line) string {
	last, several := leadingName(l)
	verb := last + 1
	if last < 0 || verb+1 >= len(l.words) || !l.beside(verb) || l.words[verb].Stop || isCapital(l.text[l.words[verb].Start:]) {
		return ""
	}
	base, ok := l.words[verb].Norm, several
	if !several {
		base, ok = infinitive(base)
	}
	end := clauseEnd(l, verb, englishBreaks)
	pronoun := slices.ContainsFunc(l.words[verb:end], func(t text.Term) bool { return pronouns[t.Norm] })
	if !ok || pronoun || end-verb > mostDeed+2 || stretches[l.words[end-1].Norm] { // "five years after the fire" is cut
		return ""
	}
	subject := l.text[:l.words[last].End]
	rest := ""
	if end > verb+1 {
		rest = " " + l.text[l.words[verb+1].Start:l.words[end-1].End]
	}
	return subject + " " + base + rest + "?"
}

// infinitive is a verb of the third person without its ending; ok is false for a word that
// cannot be one.
func infinitive(norm string) (base string, ok bool) {
	switch {
	case len(norm) < 4 || !strings.HasSuffix(norm, "s") || strings.HasSuffix(norm, "ss") || notThird[norm]:
		return "", false
	case norm == "dies" || norm == "lies" || norm == "ties":
		return norm[:len(norm)-1], true
	case strings.HasSuffix(norm, "ies"):
		return norm[:len(norm)-3] + "y", true
	case norm == "goes" || norm == "does":
		return norm[:len(norm)-2], true
	}
	for _, end := range [...]string{"sses", "shes", "ches", "xes", "zzes"} {
		if strings.HasSuffix(norm, end) {
			return norm[:len(norm)-2], true
		}
	}
	return norm[:len(norm)-1], true
}

// arabicHeadline is the clause of a title with the verb before its subject, one name.
func arabicHeadline(l *line) string {
	last := l.nameFrom(0)
	verb := last + 1
	if last < 0 || verb+1 >= len(l.words) || !l.beside(verb) || isAttached(l, 0) {
		return ""
	}
	norm := l.words[verb].Norm
	present := strings.HasPrefix(norm, "ي") || strings.HasPrefix(norm, "ت")
	several := strings.HasSuffix(norm, "ان") || strings.HasSuffix(norm, "ون")
	end := clauseEnd(l, verb, arabicBreaks)
	if !present || several || len([]rune(norm)) < 4 || end-verb < 2 || end-verb > mostDeed {
		return ""
	}
	if slices.ContainsFunc(l.words[verb:end], func(t text.Term) bool { return pointsBack(l.text[t.Start:t.End]) }) {
		return ""
	}
	return l.text[l.words[verb].Start:l.words[verb].End] + " " + l.text[l.words[0].Start:l.words[last].End] + " " +
		l.text[l.words[verb+1].Start:l.words[end-1].End] + "؟"
}

// stretches are words of stretches of time, which end no clause.
var stretches = text.WordSet("years months weeks days hours minutes decades year month week day hour minute decade")

// notThird are words with the ending of the third person that are something else.
var notThird = text.WordSet("news officials leaders talks troops forces ministers police times others hours minutes days weeks months years people has was this does")
