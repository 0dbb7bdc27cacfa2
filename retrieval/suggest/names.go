package suggest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A name is one in a line.
type name struct {
	first, last int    // words
	text        string // in the language of the questions; "" when it is not known in that
	stems       []string
	part        bool // of a longer one, such as a surname
}

// namesIn are the names of a line that the lexicon knows and, in English, those that capital
// letters tell.
func (w *workshop) namesIn(l *line) []name {
	names := w.known(l)
	if l.article.Language != text.English || isHeadline(l) {
		return names
	}
	for i := 1; i < len(l.words); i++ {
		last := capitals(l, i)
		if last < i {
			continue
		}
		taken := slices.ContainsFunc(names, func(n name) bool { return n.first <= last && i <= n.last })
		if !taken && last > i && !endsSentence(l, i) {
			n := name{first: i, last: last}
			n.stems = stemsOf(l.words[i : last+1])
			if w.Language == text.English {
				n.text = withArticle(l, i, last)
			}
			names = append(names, n)
		}
		i = last
	}
	return names
}

// known are the names that the lexicon knows. A name without its other spelling is left out:
// there the lists do not agree.
func (w *workshop) known(l *line) (names []name) {
	other := text.English
	if l.article.Language == text.English {
		other = text.Arabic
	}
	for _, k := range w.names.Names(l.words, other) {
		if l.article.Language == text.English && !isCapital(l.text[l.words[k.First].Start:]) {
			continue
		}
		n := name{first: k.First, last: k.Last, part: k.Part, stems: stemsOf(l.words[k.First : k.Last+1])}
		switch w.Language {
		case other:
			n.text = w.inEnglish(k.Text)
			n.stems = append(n.stems, stemsOf(w.Analyzer.Terms(k.Text))...)
		case text.English:
			n.text = withArticle(l, k.First, k.Last)
		default:
			n.text = w.bare(l.text[l.words[k.First].Start:l.words[k.Last].End], k.Text)
		}
		names = append(names, n)
	}
	return names
}

// bare is an Arabic name without what is written onto it; translated is what it is in English.
// Where that leads back to another name it is "".
func (w *workshop) bare(written, translated string) string {
	if strings.HasPrefix(written, "ال") {
		return written
	}
	back := w.names.Names(w.Analyzer.Terms(translated), text.Arabic)
	if len(back) == 0 || back[0].Text == "" {
		if first, _ := utf8.DecodeRuneInString(written); strings.ContainsRune("وبلكف", first) {
			return ""
		}
		return written
	}
	own, canonical := text.Normalize(written), text.Normalize(back[0].Text)
	switch {
	case own == canonical:
		return written
	case strings.HasSuffix(own, canonical), strings.HasPrefix(own, "لل"), strings.HasPrefix(own, "ولل"):
		return back[0].Text
	}
	if first, _ := utf8.DecodeRuneInString(written); strings.ContainsRune("وبلكف", first) {
		return ""
	}
	return written
}

func stemsOf(words []text.Term) (all []string) {
	for _, t := range words {
		if !t.Stop {
			all = append(all, t.Stem)
		}
	}
	if len(all) == 0 {
		for _, t := range words {
			all = append(all, t.Stem)
		}
	}
	return all
}

// capitals is the last word of the run of words with capital letters that begins with the
// i-th; i-1 when that has none. Days, months and titles of people stand for nothing.
func capitals(l *line, i int) int {
	last := i - 1
	for ; i < len(l.words); i++ {
		t := l.words[i]
		if !isCapital(l.text[t.Start:]) || timeWords[t.Norm] || last >= 0 && i > 0 && last == i-1 && text.Gap(l.text, l.words, i) != " " {
			break
		}
		last = i
		if strings.HasSuffix(t.Norm, "'s") {
			break
		}
	}
	return last
}

// endsSentence reports whether the i-th word begins something within quotation marks or
// behind a colon, where a capital tells nothing.
func endsSentence(l *line, i int) bool {
	return strings.Trim(text.Gap(l.text, l.words, i), " ") != ""
}

// isHeadline reports whether most words of a title have capital letters, which then tell
// nothing.
func isHeadline(l *line) bool {
	small := 0
	for _, t := range l.words {
		if utf8.RuneCountInString(t.Norm) > 3 && !isCapital(l.text[t.Start:]) {
			small++
		}
	}
	return l.title && small < 2
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// withArticle is an English name as a line has it, with "the" if it stands before it.
func withArticle(l *line, first, last int) string {
	s := withoutPossessive(l.text[l.words[first].Start:l.words[last].End])
	if first > 0 && l.words[first-1].Norm == "the" || bodies[l.words[last].Norm] && l.words[first].Norm != "the" {
		return "the " + s
	}
	return s
}

// inEnglish is a name of the lexicon as a sentence has it: the Red Crescent, the United States.
func (w *workshop) inEnglish(s string) string {
	words := w.Analyzer.Terms(s)
	if w.Language != text.English || len(words) < 2 {
		return s
	}
	of := slices.ContainsFunc(words, func(t text.Term) bool { return t.Norm == "of" })
	if first := words[0].Norm; first == "united" || of || bodies[words[len(words)-1].Norm] {
		return "the " + s
	}
	return s
}

// bodies are words that English names end with before which "the" stands.
var bodies = text.WordSet(`states nations kingdom emirates house union court organization organisation crescent cross reserve council cup fund league
	committee agency authority ministry monitor survey commission agreement accord treaty`)

func withoutPossessive(s string) string {
	for _, end := range [...]string{"'s", "’s"} {
		s = strings.TrimSuffix(s, end)
	}
	return s
}

var timeWords = text.WordSet(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july
	august september october november december`)
