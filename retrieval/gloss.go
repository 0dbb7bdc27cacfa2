package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/lexicon"
	"newsbot/retrieval/numerals"
)

// A Gloss is a name, number or date of a quote in the reader's language. It is an aid and
// no quote.
type Gloss struct {
	Kind       GlossKind
	Start, End int          // bytes of the article's body
	Text       string       // in the reader's language; "" for a date
	Window     dates.Window // of a date
}

// A GlossKind says what is glossed.
type GlossKind string

// What is glossed.
const (
	GlossName   GlossKind = "name"
	GlossNumber GlossKind = "number"
	GlossDate   GlossKind = "date"
)

// maxGlosses is how many a quote has at most.
const maxGlosses = 8

// gloss adds glosses to the quotes of another language than the frame's.
func (e *Engine) gloss(answer *Answer) {
	for i := range answer.Citations {
		c := &answer.Citations[i]
		if c.Language != answer.Language && (c.Language == text.Arabic || c.Language == text.English) {
			c.Glosses = e.glosses(c.Quote, c.Language, answer.Language, c.Published)
		}
	}
}

// glosses are those of a quote, in its order and each once. Only what is sure is glossed:
// names that the lists of names spell so, numbers and dates that are understood.
func (e *Engine) glosses(q Quote, from, to text.Language, published corpus.Date) (glosses []Gloss) {
	for _, s := range text.Sentences(q.Text) {
		sentence := q.Text[s.Start:s.End]
		words := e.analyzer.Terms(sentence)
		found := e.glossDates(sentence, from, published)
		found = append(found, e.glossNames(sentence, words, to, found)...)
		for _, n := range numerals.Of(sentence, words, from) {
			if g := (Gloss{GlossNumber, n.Start, n.End, n.Format(to), dates.Window{}}); !overlaps(found, g) {
				found = append(found, g)
			}
		}
		slices.SortFunc(found, func(a, b Gloss) int { return cmp.Compare(a.Start, b.Start) })
		for _, g := range found {
			g.Start, g.End = q.Start+s.Start+g.Start, q.Start+s.Start+g.End
			if g.known() && !slices.ContainsFunc(glosses, g.says) {
				glosses = append(glosses, g)
			}
		}
	}
	if len(glosses) == 1 && isBareDigits(q.Text[glosses[0].Start-q.Start:glosses[0].End-q.Start], glosses[0]) {
		return nil
	}
	return glosses[:min(len(glosses), maxGlosses)]
}

// isBareDigits reports whether a gloss is a small number alone that stands in the quote in
// digits: «٤». By itself it helps nobody.
func isBareDigits(said string, g Gloss) bool {
	const small = 2 // digits
	return g.Kind == GlossNumber && len(g.Text) <= small && !strings.ContainsFunc(said, unicode.IsLetter)
}

// says reports whether two glosses say the same.
func (g Gloss) says(o Gloss) bool {
	return g.Kind == o.Kind && g.Window == o.Window && strings.EqualFold(g.Text, o.Text)
}

// known reports whether there is something to say: a date that others show has nothing.
func (g Gloss) known() bool { return g.Text != "" || !g.Window.IsZero() }

func overlaps(all []Gloss, g Gloss) bool {
	return slices.ContainsFunc(all, func(o Gloss) bool { return g.Start < o.End && o.Start < g.End })
}

// glossDates are the times of a sentence. Those that count from its publication date are
// told beside the quote already, and a year in digits is the same in both languages: they
// keep their place and say nothing.
func (e *Engine) glossDates(sentence string, from text.Language, published corpus.Date) (found []Gloss) {
	var day dates.Day
	if !published.IsZero() {
		day = dates.DayOf(published.Time)
	}
	for _, x := range e.calendar.Stated(sentence, from, day, !published.IsZero()) {
		g := Gloss{Kind: GlossDate, Start: x.Start, End: x.End}
		if !x.Relative && !x.Named && isExact(x.Window) && !plainYear(sentence[x.Start:x.End]) {
			g.Window = x.Window
		}
		found = append(found, g)
	}
	return found
}

// isExact reports whether a window is days, a month or years: "early 2022" is neither.
func isExact(w dates.Window) bool {
	const month = 31
	if w.First == dates.Beginning || w.Last == dates.End || w.Approximate {
		return false
	}
	first, last := w.First.Time(), (w.Last + 1).Time()
	return w.Last-w.First < month || first.YearDay() == 1 && last.YearDay() == 1
}

// yearWords stand beside a year.
var yearWords = set(text.Normalize("in year years and عام العام عامي العامين سنة سنتي في و"))

// plainYear reports whether a time is years in digits alone.
func plainYear(said string) bool {
	return !slices.ContainsFunc(text.Words(said), func(w text.Word) bool {
		written := said[w.Start:w.End]
		return !yearWords[w.Norm] && (len(written) != 4 || strings.Trim(written, "0123456789") != "")
	})
}

// glossNames are the names in a sentence that the lexicon has in a language and that are
// no part of what has been found.
func (e *Engine) glossNames(sentence string, words []text.Term, to text.Language, found []Gloss) (names []Gloss) {
	for _, n := range e.lexicon.Load().Names(words, to) {
		g := Gloss{Kind: GlossName, Start: words[n.First].Start, End: words[n.Last].End, Text: n.Text}
		if !overlaps(found, g) && isNamed(sentence, words, n.First, n.Last) && !e.isOthers(sentence, words, n) {
			names = append(names, g)
		}
	}
	return names
}

// ordinary are Arabic words, as they are written, that read like a name and most often are
// none, or that name several places.
var ordinary = set("لمجرد بأول بروسيا مسقط الأناضول الجزيرة المنار السومرية المشرق سوسة الضفة")

// officesEnglish may stand behind a name that is whole without them: "US President".
var officesEnglish = set(`president secretary minister prime foreign vice chancellor senator congressman representative ambassador envoy army police
	coach captain forward midfielder defender striker goalkeeper chief ceo national`)

// isOthers reports whether a name is a part of one that the lexicon does not know:
// "Washington Mutual", "Washington" of "Denzel Washington" in Arabic, «القطب الجنوبي للقمر».
func (e *Engine) isOthers(sentence string, words []text.Term, n lexicon.Name) bool {
	if arabic(words[n.First].Norm) {
		before := n.First - 1
		if n.Part && n.First == n.Last && before >= 0 && isSpace(sentence[words[before].End:words[n.First].Start]) &&
			mayBeGiven(words[before]) && !e.general.knows(words[before].Stem) {
			return true
		}
		next := n.Last + 1
		return n.First != n.Last && next < len(words) && strings.HasPrefix(strings.TrimPrefix(words[n.First].Norm, "ب"), "ال") && strings.HasPrefix(words[next].Norm, "لل") && isSpace(sentence[words[n.Last].End:words[next].Start])
	}
	next := n.Last + 1
	return n.First == n.Last && next < len(words) && isSpace(sentence[words[n.Last].End:words[next].Start]) &&
		capitalAt(sentence, words[next].Start) && !officesEnglish[words[next].Norm] && !dayNames[words[next].Norm] && !namedAt(e.lexicon.Load(), words[next:])
}

// mayBeGiven reports whether an Arabic word that no news knows can be a given name before
// a surname: it has no article, nothing is written onto it and it is no feminine noun.
func mayBeGiven(word text.Term) bool {
	first, _ := utf8.DecodeRuneInString(word.Norm)
	return !word.Stop && !strings.ContainsRune("وفبل", first) && !strings.HasPrefix(word.Norm, "ال") && !strings.HasSuffix(word.Norm, "ه")
}

// namedAt reports whether a name begins with the first of some words.
func namedAt(l *lexicon.Lexicon, words []text.Term) bool {
	names := l.Names(words[:min(len(words), 4)], text.Arabic)
	return len(names) > 0 && names[0].First == 0
}

func isSpace(gap string) bool {
	return gap != "" && strings.TrimSpace(gap) == "" && !strings.Contains(gap, "\n")
}

// isNamed reports whether the words from first to last are written as a name: with
// capitals where there are any, and not as a word that only reads like one.
func isNamed(sentence string, words []text.Term, first, last int) bool {
	written := sentence[words[first].Start:words[last].End]
	if strings.ContainsAny(written, "\u064b\u064c\u064d\n") {
		return false // «ميتًا» is no company
	}
	start, _ := utf8.DecodeRuneInString(written)
	if unicode.Is(unicode.Arabic, start) {
		return first != last || !ordinary[strings.TrimPrefix(written, "و")]
	}
	const particle = 3 // letters: "el-Sisi", "bin", "of"
	for i := first; i <= last; i++ {
		word := sentence[words[i].Start:words[i].End]
		if (i == first || i == last || len(word) > particle && !words[i].Stop) && !strings.ContainsFunc(word, capitalOrDigit) {
			return false
		}
	}
	return first != last || !text.Shouted(sentence)
}

func capitalOrDigit(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }
