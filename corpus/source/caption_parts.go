package source

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
)

// A notePart is a part of a note that stands by itself: an address, a day or a name.
type notePart struct {
	words string // as they stand there
	url   string
	day   corpus.Date
	fault DayFault
	// cut says that punctuation parts it from the one before.
	cut bool
}

func (p notePart) isDay() bool  { return !p.day.IsZero() || p.fault != NoFault }
func (p notePart) isName() bool { return p.url == "" && !p.isDay() }

// noteParts parts a line.
func noteParts(line string) (parts []notePart) {
	words := strings.Fields(line)
	if len(words) > maxCaptionWords {
		return []notePart{{words: line}}
	}
	cut := true
	add := func(p notePart) {
		p.cut = p.cut || cut || opens(p.words)
		parts, cut = append(parts, p), closes(p.words)
	}
	for i := 0; i < len(words); {
		if url, is := captionAddress(words[i]); is {
			add(notePart{words: words[i], url: url, cut: true})
			cut = true
			i++
			continue
		}
		if day, fault, n := dayAt(words[i:]); n > 0 {
			add(notePart{words: strings.Join(words[i:i+n], " "), day: day, fault: fault})
			i += n
			cut = cut || !day.DayOnly && !day.IsZero() || i < len(words) && unicode.IsDigit(firstRune(words[i])) // a time that is none
			continue
		}
		last := len(parts) - 1
		switch w := words[i]; {
		case strings.ContainsFunc(w, isWordRune) && last >= 0 && parts[last].isName() && !cut && !opens(w):
			parts[last].words += " " + w
			cut = closes(w)
		case strings.ContainsFunc(w, isWordRune):
			add(notePart{words: w})
		default: // punctuation by itself
			cut = true
		}
		i++
	}
	return parts
}

// opens and closes report whether punctuation parts words from those before and behind
// them.
func opens(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("([", r)
}

func closes(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(",،;؛|)]–—:", r)
}

// takeParts takes what is understood of a note that is not understood as a whole, and
// returns the rest: all of it when nothing is.
func (m *Meta) takeParts(line string, known func(string) bool) []Unread {
	parts := noteParts(line)
	said, taken := partsSaid(parts, known)
	for i := range parts {
		taken[i] = taken[i] && m.lacks(partOf(said, parts[i]))
	}
	if !slices.Contains(taken, true) {
		u := Unread{Text: line}
		if len(parts) == 1 {
			u.Why = parts[0].fault
		}
		return []Unread{u}
	}
	for i, p := range parts {
		if taken[i] {
			m.fill(partOf(said, p))
		}
	}
	return unread(parts, taken)
}

// partOf is what of the notes of a line one part of it says.
func partOf(said Meta, p notePart) Meta {
	switch {
	case p.url != "":
		return Meta{URL: said.URL}
	case p.isDay():
		return Meta{Published: said.Published}
	}
	return Meta{Source: said.Source}
}

// partsSaid finds what the parts of a note say, and which of them do. A day within a
// sentence says nothing of the article, nor does an outlet.
func partsSaid(parts []notePart, known func(string) bool) (said Meta, taken []bool) {
	taken = make([]bool, len(parts))
	days, names, urls := 0, 0, 0
	for _, p := range parts {
		switch {
		case p.isDay():
			days++
		case p.isName():
			names++
		default:
			urls++
		}
	}
	for i, p := range parts {
		if p.url != "" && urls == 1 {
			said.URL, taken[i] = p.url, true
		}
		if !p.isName() || said.Source != "" || isWithin(parts, i) {
			continue
		}
		name := trimNote(strings.Fields(p.words))
		if name != "" && isOutletNote(name, days > 0 && names == 1, known) {
			said.Source, taken[i] = name, true
		}
	}
	for i, p := range parts {
		if days != 1 || p.day.IsZero() || i > 0 && !p.cut && !taken[i-1] || i+1 < len(parts) && !parts[i+1].cut && !taken[i+1] {
			continue
		}
		said.Published, taken[i] = p.day.String(), true
	}
	return said, taken
}

// isWithin reports whether names stand on both sides of a part.
func isWithin(parts []notePart, i int) bool {
	return i > 0 && i+1 < len(parts) && parts[i-1].isName() && parts[i+1].isName()
}

// unread are the parts that were not taken. Names that follow one another are one.
func unread(parts []notePart, taken []bool) (left []Unread) {
	joined := false
	for i, p := range parts {
		if taken[i] {
			joined = false
			continue
		}
		if joined && p.isName() {
			left[len(left)-1].Text += " " + p.words
		} else {
			left = append(left, Unread{p.words, p.fault})
		}
		joined = p.isName()
	}
	for i := range left {
		left[i].Text = strings.Trim(left[i].Text, " ,،;؛|()[]")
	}
	return left
}

// takeSource takes the name of an outlet by its field, and a day or an address beside
// it. It returns what cannot be taken.
func (m *Meta) takeSource(line, value string) []Unread {
	parts := noteParts(value)
	taken := make([]bool, len(parts))
	var name []string
	beside, ended := false, false
	for i, p := range parts {
		named := p.isName() || p.isDay() && p.day.IsZero() && !p.cut // "Radio 5 May" is one, too
		switch {
		case named && !ended:
			name, taken[i] = append(name, p.words), true
		case !named:
			beside, ended = true, len(name) > 0
		}
	}
	if !beside || len(name) == 0 {
		if m.takeField("source", value) {
			return nil
		}
		return []Unread{{Text: line}}
	}
	if !m.takeField("source", strings.Trim(strings.Join(name, " "), ` ,،;؛|-–—`)) {
		return []Unread{{Text: line}}
	}
	for i, p := range parts {
		switch {
		case taken[i]:
		case p.url != "":
			taken[i] = m.takeField("url", p.url)
		case !p.day.IsZero():
			taken[i] = m.takeField("published", p.day.String())
		}
	}
	return unread(parts, taken)
}

// takePublished takes a day by its field, with what else stands beside it, and returns
// what cannot be taken.
func (m *Meta) takePublished(line, value string, known func(string) bool) []Unread {
	left := m.takeParts(value, known)
	if len(left) == 1 && left[0].Text == value { // nothing was
		left[0].Text = line
	}
	return left
}
