package suggest

import (
	"strings"

	"newsbot/corpus/text"
)

// A class is what kind of event a noun stands for: which questions it has.
type class int

const (
	disaster class = iota // it happens, and people come to harm
	meeting               // it takes place, and people attend it
	contest               // somebody wins it
	deal                  // it is reached, and says something
	occasion              // it takes place
)

// A topic is an event by the name that it has in questions: "the Alaska summit".
type topic struct {
	text    string
	class   class
	article string // ID
	stems   map[string]bool
	head    noun
	main    bool // a title has it
}

// A noun is one of an event.
type noun struct {
	class class
	// arabic is the noun as it is written, feminine says of the Arabic one which forms of
	// verbs it has, and verb which verb it happens by, masculine; "" for the class's own.
	arabic   string
	feminine bool
	verb     string
}

// leading is how many sentences at the beginning of an article tell what it is about.
const leading = 1

// mostTopics is how many events questions are made of.
const mostTopics = 3

// topics are the events that the question and the quoted articles are about, those of titles
// and of what is shown first.
func (w *workshop) topics() (topics []topic) {
	look := func(l *line) {
		for at := range l.words {
			t, ok := w.topicAt(l, at)
			if ok && len(topics) < mostTopics && !sameTopic(topics, t) {
				topics = append(topics, t)
			}
		}
	}
	if w.question.article.Language == w.Language {
		look(&w.question)
	}
	for _, first := range [...]bool{true, false} {
		for i := range w.lines {
			l := &w.lines[i]
			telling := l.title || l.shown || l.index < leading
			if l.article.Quoted && l.article.Language == w.Language && telling && (l.title || l.shown) == first && !isHeadline(l) {
				look(l)
			}
		}
	}
	return topics
}

// sameTopic reports whether an event is one of others by another name: of one class with a
// word in common.
func sameTopic(topics []topic, t topic) bool {
	for _, o := range topics {
		for s := range t.stems {
			if o.stems[s] && (o.class == t.class || o.text == t.text) {
				return true
			}
		}
	}
	return false
}

func (w *workshop) topicAt(l *line, at int) (t topic, ok bool) {
	from, to := 0, 0
	if w.Language == text.Arabic {
		t.text, t.head, from, to, ok = arabicEvent(l, at)
	} else {
		t.text, t.head, from, to, ok = englishEvent(l, at)
	}
	t.class, t.article, t.main = t.head.class, l.article.ID, l.title || l == &w.question
	if ok {
		t.stems = stems(l.words[from : to+1])
	}
	return t, ok
}

// nameFrom is the last word of the name that begins at a word, and nameTo the first of the
// one that ends there; -1 for none.
func (l *line) nameFrom(at int) int {
	for _, n := range l.names {
		if n.first == at {
			return n.last
		}
	}
	return -1
}

func (l *line) nameTo(at int) int {
	for _, n := range l.names {
		if n.last == at {
			return n.first
		}
	}
	return -1
}

// beside reports whether the i-th word follows the one before it with nothing but a space or
// a hyphen between them.
func (l *line) beside(i int) bool {
	if i <= 0 || i >= len(l.words) {
		return false
	}
	gap := text.Gap(l.text, l.words, i)
	return gap == " " || gap == "-"
}

// englishEvent reads the event of which a noun of the line is the head: what stands before it
// as a part of its name, and where it was. One that no name tells is none.
func englishEvent(l *line, at int) (name string, head noun, from, to int, ok bool) {
	class, known := englishEvents[l.words[at].Norm]
	if !known {
		return "", noun{}, 0, 0, false
	}
	from, to = at, at
	named := false
	for l.beside(from) {
		before := l.words[from-1]
		if first := l.nameTo(from - 1); first >= 0 {
			from, named = first, true
			continue
		}
		if !modifiers[before.Norm] && !isYear(before.Norm) {
			break
		}
		from--
	}
	if l.beside(at+1) && placing[l.words[at+1].Norm] {
		next := at + 2
		if next < len(l.words) && l.words[next].Norm == "the" {
			next++
		}
		if last := l.nameFrom(next); next < len(l.words) && last >= 0 && l.beside(next) && (l.words[at+1].Norm != "of" || class != meeting) {
			to, named = last, true
		}
	}
	name = l.text[l.words[from].Start:l.words[to].End]
	if !named || strings.Contains(text.Normalize(name), "'s") || to-from > 6 || l.unsure(from) {
		return "", noun{}, 0, 0, false
	}
	if from == 0 && l.nameFrom(0) < 0 {
		name = strings.ToLower(name[:1]) + name[1:]
	}
	return "the " + name, noun{class: class}, from, to, true
}

// unsure reports whether the words before the i-th say that there is no such thing, not yet,
// or more than one.
func (l *line) unsure(i int) bool {
	for j := max(0, i-2); j < i; j++ {
		if unsure[l.words[j].Norm] {
			return true
		}
	}
	return false
}

func isYear(norm string) bool {
	return len(norm) == 4 && (strings.HasPrefix(norm, "19") || strings.HasPrefix(norm, "20")) && strings.Trim(norm, "0123456789") == ""
}

// arabicEvent is englishEvent for Arabic, where the noun comes first: «قمة ألاسكا», «مؤتمر
// المناخ في دبي».
func arabicEvent(l *line, at int) (name string, head noun, from, to int, ok bool) {
	head, definite, known := arabicHead(l.words[at].Norm)
	if !known || l.unsure(at) {
		return "", noun{}, 0, 0, false
	}
	from, to = at, at
	named := false
	if last := l.nameFrom(at + 1); !definite && last >= 0 && l.beside(at+1) && !isAttached(l, at+1) {
		to, named = last, true
	} else if last := l.nameFrom(at); definite && last > at { // «الاتفاق السعودي الإيراني»
		to, named = last, true
		for to-at < 3 && l.beside(to+1) && isOfPlace(l.words[to+1].Norm) {
			to++
		}
	} else if !definite {
		for to+1 < len(l.words) && to-at < 2 && l.beside(to+1) && strings.HasPrefix(l.words[to+1].Norm, "ال") && l.nameFrom(to+1) < 0 && !l.words[to+1].Stop {
			to++
		}
	}
	if next := to + 1; l.beside(next) && l.words[next].Norm == "في" && l.beside(next+1) {
		if last := l.nameFrom(next + 1); last >= 0 && !named && (definite || to > at) {
			to, named = last, true
		}
	}
	if next := to + 1; named && l.beside(next) && l.beside(next+1) && l.words[next].Norm == "عام" && isYear(l.words[next+1].Norm) {
		to = next + 1
	}
	if !named {
		return "", noun{}, 0, 0, false
	}
	article := ""
	if definite {
		article = "ال"
	}
	name = article + head.arabic
	if to > at {
		name += " " + l.text[l.words[at+1].Start:l.words[to].End]
	}
	return name, head, from, to, true
}

// isOfPlace reports whether an Arabic word has the form of one that says where something is from.
func isOfPlace(norm string) bool {
	return strings.HasPrefix(norm, "ال") && (strings.HasSuffix(norm, "ي") || strings.HasSuffix(norm, "يه"))
}

// isAttached reports whether a conjunction or preposition is written onto a name.
func isAttached(l *line, i int) bool {
	for _, n := range l.names {
		if n.first == i {
			written := l.text[l.words[n.first].Start:l.words[n.last].End]
			return n.text != written
		}
	}
	return false
}

// arabicHead is the noun of an event in a word, without what is written onto it.
func arabicHead(norm string) (head noun, definite, ok bool) {
	for _, prefix := range [...]string{"", "و", "ب", "ل", "وب", "ول", "ف"} {
		rest, found := strings.CutPrefix(norm, prefix)
		if !found {
			continue
		}
		if n, known := arabicEvents[rest]; known {
			return n, false, true
		}
		if bare, found := strings.CutPrefix(rest, "ال"); found {
			if n, known := arabicEvents[bare]; known {
				return n, true, true
			}
		}
	}
	return noun{}, false, false
}
