package retrieval

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Errors of a question that cannot be asked.
var (
	// ErrEmptyQuestion is returned for a question without a letter or digit.
	ErrEmptyQuestion = errors.New("the question has no words")
	// ErrTooLong is returned for a question of more than [MaxQuestion] runes.
	ErrTooLong = fmt.Errorf("the question is longer than %d characters", MaxQuestion)
)

// An alternative is one way to say what a group of the question's words says.
type alternative struct {
	stems  []string // all must occur
	weight float64
}

// A group is a word or phrase of the question with its spellings and
// translations: it is scored as one term.
type group struct {
	alternatives []alternative
	scripts      map[text.Language]bool // languages in which it can be found
	grams        []string               // character 4-grams of the question's own Arabic stems
	proper       bool                   // the name of one person, place or year
	year         int                    // 0 when it is none
}

// An asked question, analysed.
type analysis struct {
	text    string
	lang    text.Language // of the question itself
	groups  []group
	numbers []string // named in the question, canonical
	wants   wants
}

// wants says what kind of thing the question asks for.
type wants struct {
	number bool
	date   bool
	place  bool
}

// analyse prepares a question for searching.
func (e *Engine) analyse(question string) (analysis, error) {
	question = strings.TrimSpace(text.Valid(question))
	if utf8.RuneCountInString(question) > MaxQuestion {
		return analysis{}, ErrTooLong
	}
	if !strings.ContainsFunc(question, wordRune) {
		return analysis{}, ErrEmptyQuestion
	}
	terms := e.analyzer.Terms(question)
	return analysis{
		text:    question,
		lang:    text.Detect(question),
		groups:  e.groups(question, terms),
		numbers: text.Numbers(question),
		wants:   wanted(terms),
	}, nil
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// groups joins the question's content words with what the lexicon knows of
// them. Words the lexicon does not know stand alone.
func (e *Engine) groups(question string, terms []text.Term) []group {
	var out []group
	known := make([]bool, len(terms))
	for _, g := range e.lexicon.Groups(terms) {
		if g.First == g.Last && asksHow(terms, g.First) {
			continue
		}
		one := group{scripts: map[text.Language]bool{}, proper: g.Proper}
		for _, a := range g.Alternatives {
			one.alternatives = append(one.alternatives, alternative{a.Stems, float64(a.Weight)})
			one.scripts[a.Language] = true
		}
		for i := g.First; i <= g.Last; i++ {
			known[i] = true
			one.own(terms[i])
		}
		out = append(out, one)
	}
	for i, t := range terms {
		if known[i] || t.Stop || asksHow(terms, i) {
			continue
		}
		one := group{scripts: map[text.Language]bool{}, proper: i > 0 && capital(question, t) && !capital(question, terms[i-1])}
		one.alternatives = []alternative{{[]string{t.Stem}, 1}}
		one.own(t)
		out = append(out, one)
	}
	return unique(out)
}

// capital reports whether a word is written as a name: with a capital letter,
// but not in capitals, as abbreviations are, whose full form an article may use.
func capital(question string, t text.Term) bool {
	word := question[t.Start:t.End]
	first, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && strings.ContainsFunc(word[size:], unicode.IsLower)
}

// own notes what the question's own word can be found by.
func (g *group) own(t text.Term) {
	first, _ := utf8.DecodeRuneInString(t.Norm)
	switch {
	case unicode.IsDigit(first):
		g.scripts[text.Arabic], g.scripts[text.English] = true, true
		if n, err := strconv.Atoi(t.Norm); err == nil && n >= 1900 && n < 2100 {
			g.proper, g.year = true, n
		}
	case unicode.Is(unicode.Arabic, first):
		g.scripts[text.Arabic] = true
		g.grams = append(g.grams, text.Grams(t.Stem)...)
	default:
		g.scripts[text.English] = true
	}
	g.scripts[text.Other] = true
}

// unique drops groups that say the same again: a word asked twice counts once.
func unique(groups []group) []group {
	seen := map[string]bool{}
	out := groups[:0]
	for _, g := range groups {
		var key strings.Builder
		for _, a := range g.alternatives {
			key.WriteString(strings.Join(a.stems, " ") + "|")
		}
		if !seen[key.String()] {
			seen[key.String()] = true
			out = append(out, g)
		}
	}
	return out
}

// Words that ask for a number, a date or a place, normalised. Units of time and
// kinds of place only do with "which" before them.
var (
	numberWords = set("كم وكم بكم عدد نسبه قيمه سعر ثمن مساحه طول عمر percentage percent number amount price cost population age")
	howWords    = set("many much long old far tall large big high fast often deep heavy")
	dateWords   = set("متي ومتي when")
	timeUnits   = set("عام سنه يوم تاريخ شهر year date day month century decade")
	placeWords  = set("اين واين فين وين where")
	placeKinds  = set("مدينه دوله بلد قاره عاصمه منطقه ولايه ملعب مكان city country town place state region continent stadium")
	whichWords  = set("اي ايه what which")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// asksHow reports whether a word belongs to "how long", "how many" and the
// like: it asks, and the answer need not hold it.
func asksHow(terms []text.Term, i int) bool {
	return i > 0 && terms[i-1].Norm == "how" && howWords[terms[i].Norm]
}

// wanted reads from the question's words what it asks for.
func wanted(terms []text.Term) wants {
	var w wants
	for i, t := range terms {
		previous := ""
		if i > 0 {
			previous = terms[i-1].Norm
		}
		w.number = w.number || numberWords[t.Norm] || asksHow(terms, i)
		w.place = w.place || placeWords[t.Norm] || whichWords[previous] && placeKinds[t.Norm]
		w.date = w.date || dateWords[t.Norm] || whichWords[previous] && timeUnits[t.Norm]
	}
	return w
}
